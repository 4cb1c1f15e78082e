//! Which keys speak for whom, and what a Drop takes from them (rule 1).

use std::collections::{BTreeMap, HashMap, HashSet};

use closeknit_ids::{DeviceId, MemberId};

use super::{
    Dropped,
    said::{AllSaid, Key, Said},
};
use crate::{
    ledger::{Entry, Pasts, Place},
    statement::{DropDevice, Enrol},
};

/// What Drops made void, and which machines they took away.
#[derive(Debug, Default)]
pub(super) struct Voided {
    places: HashSet<Place>,
    pub(super) dropped: BTreeMap<Key, Dropped>,
}

impl Voided {
    /// A Drop by the member key voids the enrolments, admissions and generations of that machine
    /// that are not in its past; one by the machine itself only those that have it in theirs.
    pub(super) fn by_drops(entries: &[Entry], said: &AllSaid<'_>) -> Self {
        let drops: Vec<_> = said.drops.iter().filter(|drop| is_valid(drop)).collect();
        if drops.is_empty() {
            return Self::default();
        }
        let mut acts: HashMap<Key, Vec<Place>> = HashMap::new();
        for (key, place) in acts_of(said) {
            acts.entry(key).or_default().push(place);
        }
        let acts_against =
            |drop: &Said<'_, DropDevice>| acts.get(&target(drop)).map_or(&[][..], Vec::as_slice);
        let places: Vec<Place> = drops
            .iter()
            .flat_map(|drop| acts_against(drop).iter().copied().chain([drop.place]))
            .collect::<HashSet<_>>()
            .into_iter()
            .collect();
        let pasts = Pasts::new(entries, &places, &places);
        let mut voided = Self::default();
        for drop in drops {
            let by_member_key = drop.statement.signed_by_member_key();
            let void = |act: &&Place| {
                if by_member_key { !pasts.holds(**act, drop.place) } else { pasts.holds(drop.place, **act) }
            };
            voided.places.extend(acts_against(drop).iter().filter(void));
            let dropped = voided.dropped.entry(target(drop)).or_default();
            dropped.cuts.extend(by_member_key.then(|| drop.body.cuts.clone()));
        }
        for dropped in voided.dropped.values_mut() {
            dropped.cuts.sort_unstable();
            dropped.cuts.dedup();
        }
        voided
    }

    pub(super) fn holds(&self, place: Place) -> bool {
        self.places.contains(&place)
    }
}

fn target(drop: &Said<'_, DropDevice>) -> Key {
    (drop.body.device, drop.by())
}

/// Whether the member key or the machine itself signed; the member key cannot be taken away.
fn is_valid(drop: &Said<'_, DropDevice>) -> bool {
    let statement = drop.statement;
    let of_itself = statement.device() == drop.body.device;
    drop.body.device.0 != statement.member().0 && (statement.signed_by_member_key() || of_itself)
}

fn acts_of<'a>(said: &'a AllSaid<'_>) -> impl Iterator<Item = (Key, Place)> + 'a {
    let enrols = said.enrols.iter().map(|said| (said.key(), said.place));
    let admits = said.admits.iter().map(|said| (said.key(), said.place));
    let generations = said.generations.iter().map(|said| (said.key(), said.place));
    enrols.chain(admits).chain(generations)
}

/// The keys whose chain of enrolments ends at their member's key.
pub(crate) struct Speakers(HashSet<Key>);

impl Speakers {
    /// From enrolments that are not void.
    pub(crate) fn of<'a>(enrols: impl Iterator<Item = (Key, &'a Enrol)>) -> Self {
        let mut by_signer: HashMap<Key, Vec<Key>> = HashMap::new();
        let mut members: HashSet<MemberId> = HashSet::new();
        for ((signer, member), enrol) in enrols {
            by_signer.entry((signer, member)).or_default().push((enrol.machine.device, member));
            members.insert(member);
        }
        let mut speakers = HashSet::new();
        let mut new: Vec<Key> = members.into_iter().map(|member| (DeviceId(member.0), member)).collect();
        while let Some(key) = new.pop() {
            if speakers.insert(key) {
                new.extend(by_signer.get(&key).into_iter().flatten());
            }
        }
        Self(speakers)
    }

    /// Whether this key speaks for its member. The member key always does.
    pub(crate) fn holds(&self, key: Key) -> bool {
        let (device, member) = key;
        device.0 == member.0 || self.0.contains(&key)
    }
}
