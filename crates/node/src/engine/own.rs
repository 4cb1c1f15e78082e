//! What the member's own machines alone know of what they can carry: one record, sealed to them.

use std::collections::BTreeSet;

use closeknit_domain::{
    Board, Capacity, Known, Record, Sealed, Shown, Weekly,
    capacity::Weights,
    hours::{self, Carried},
};
use closeknit_ids::{CircleId, RecordId};
use closeknit_replica::Act;
use closeknit_trust::seal;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    Engine, Moment,
    acts::new_record,
    circle::Circle,
    failure::{Failure, Outcome},
    ways::Ways,
};

/// What a member can carry, wishes to show, and what their promises weigh.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Own {
    pub(super) capacity: Capacity,
    pub(super) beside: Beside,
    pub(super) ways: Ways,
}

/// What came later: it follows the capacity in the sealed bytes, where an older version does not look.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Beside {
    pub(super) weights: Weights,
    /// What they wish to show. The circle sees it in a record of its own, unless they rest.
    pub(super) shows: Shown,
    /// Standing offers that rest because their author does.
    pub(super) rested: BTreeSet<RecordId>,
}

impl Own {
    fn to_bytes(&self) -> Outcome<Vec<u8>> {
        let mut bytes = postcard::to_stdvec(&self.capacity).map_err(Failure::internal)?;
        bytes.extend(postcard::to_stdvec(&self.beside).map_err(Failure::internal)?);
        bytes.extend(postcard::to_stdvec(&self.ways).map_err(Failure::internal)?);
        Ok(bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (capacity, rest) = postcard::take_from_bytes(bytes).ok()?;
        let (beside, rest) = later(rest)?;
        let (ways, _) = later(rest)?;
        Some(Self { capacity, beside, ways })
    }

    /// When they are usually free, if what they typed can be read.
    pub(super) fn weekly(&self) -> Option<Weekly> {
        self.capacity.free.as_deref().and_then(|typed| Weekly::parse(typed).ok())
    }

    /// What the member carries, weighed their own way.
    pub(super) fn carried(&self, circle: &Circle, known: &Known<'_>, board: &Board) -> Vec<Carried> {
        self.beside.weights.weigh(hours::carried(known, board, circle.me))
    }
}

/// What follows in the bytes; nothing of it, where an older version wrote them.
fn later<T: Default + DeserializeOwned>(bytes: &[u8]) -> Option<(T, &[u8])> {
    if bytes.is_empty() { Some((T::default(), bytes)) } else { postcard::take_from_bytes(bytes).ok() }
}

impl Engine {
    /// The own capacity, opened; nothing of it, if none was written yet.
    pub(super) fn own(&self, circle: &Circle) -> Own {
        self.sealed_own(circle).map(|(.., own)| own).unwrap_or_default()
    }

    /// The same with the record that it is in: of several the one with the smallest id counts.
    fn sealed_own(&self, circle: &Circle) -> Option<(RecordId, Record, Own)> {
        circle.own_records()?.iter().find_map(|(id, record)| {
            let Record::Capacity(sealed) = record else { return None };
            let plain = seal::open(sealed.as_bytes(), circle.locks.keys()).ok()?;
            Some((*id, record.clone(), Own::from_bytes(&plain)?))
        })
    }

    /// Seals what is the member's own to the machines they have now, so that a new one can open it too.
    pub(super) fn seal_again(&mut self, at: Moment, id: CircleId) -> Outcome<()> {
        let circle = self.circle(id)?;
        let mut acts = circle.locked_anew(at.now)?;
        if let Some((id, from, own)) = self.sealed_own(circle) {
            acts.push(Act::edit(id, from, circle.sealed_to_self(&own)?));
        }
        if acts.is_empty() { Ok(()) } else { self.write(at, id, &acts) }
    }

    /// The words are about to go from here: what only they open here is sealed to this machine too.
    pub(super) fn seal_before_words_go(&mut self, at: Moment) -> Outcome<()> {
        let key = [self.secrets.device.identity()];
        let needs = |circle: &&Circle| {
            let mut own = circle.own_records().into_iter().flatten();
            let sealed = own.any(|(id, record)| match record {
                Record::Capacity(sealed) => seal::open(sealed.as_bytes(), &key).is_err(),
                _ => circle.locks.needs_more_than(&key, circle.me, *id),
            });
            sealed && circle.belongs()
        };
        let circles: Vec<CircleId> = self.circles.values().filter(needs).map(|circle| circle.id).collect();
        circles.into_iter().try_for_each(|id| self.seal_again(at, id))
    }

    /// Writes the own capacity, and with it what follows from it for others to see.
    pub(super) fn keep_own(&mut self, at: Moment, id: CircleId, mut own: Own) -> Outcome<()> {
        let fresh = [new_record(&mut self.rng), new_record(&mut self.rng)];
        let circle = self.circle(id)?;
        let mut acts = circle.resting(at.now, &mut own);
        acts.extend(circle.showing(fresh[0], at.now, &own));
        match self.sealed_own(circle) {
            Some((_, _, before)) if before == own => {}
            Some((id, from, _)) => acts.push(Act::edit(id, from, circle.sealed_to_self(&own)?)),
            None => acts.push(Act::add(fresh[1], circle.sealed_to_self(&own)?)),
        }
        if acts.is_empty() { Ok(()) } else { self.write(at, id, &acts) }
    }
}

impl Circle {
    /// Seals to the member's own words and machines.
    fn sealed_to_self(&self, own: &Own) -> Outcome<Record> {
        let sealed = seal::seal(&own.to_bytes()?, &self.own_recipients()?)?;
        Ok(Record::Capacity(Sealed::new(sealed).map_err(|error| Failure::range("capacity", error))?))
    }
}
