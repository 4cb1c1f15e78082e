//! Writing the next statement: which index it has, and what it names.

use std::collections::BTreeSet;

use closeknit_ids::{DeviceId, MemberId, StatementId};

use super::{Ledger, Place};
use crate::statement::{Body, MOST_INDEX, MOST_PREV, Pen, Statement, StatementError};

/// Why a statement cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The circle's first statement is not here yet.
    #[error("the circle's beginning is not here yet")]
    NoCircle,
    /// The machine is not enrolled for the member in whose name it would speak.
    #[error("this machine is not enrolled for its member")]
    NotEnrolled,
    /// The key has signed [`MOST_INDEX`] statements. Another machine of the member can go on.
    #[error("this machine has signed all {MOST_INDEX} statements that it may")]
    UsedUp,
    /// It does not fit, or is none.
    #[error(transparent)]
    Statement(#[from] StatementError),
}

impl Ledger {
    /// Writes and signs the next statement of a key, without taking it into the set.
    ///
    /// It names the key's last statement and all heads; if they are more than fit, then first of all
    /// what this statement is about, and then the newest heads.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn write(&self, pen: Pen<'_>, body: &Body) -> Result<Statement, WriteError> {
        if self.is_empty() {
            return Err(WriteError::NoCircle);
        }
        let (index, own) = self.next(&pen)?;
        let heads: Vec<Place> = self.heads.iter().rev().copied().collect();
        let all = distinct(own.iter().chain(&heads));
        if all.len() <= MOST_PREV {
            match self.sign(pen, index, &all, body) {
                Err(StatementError::TooLong) => {}
                done => return Ok(done?),
            }
        }
        let related = self.last_signed(&self.keys_concerned(&pen, body));
        let newest = self.one_head_each(&heads);
        let mut most = distinct(own.iter().chain(&related).chain(&newest));
        most.truncate(MOST_PREV);
        loop {
            match self.sign(pen, index, &most, body) {
                Err(StatementError::TooLong) if most.len() > own.len().max(1) => most.pop(),
                done => return Ok(done?),
            };
        }
    }

    /// The index that a key uses next in this circle.
    #[must_use]
    pub fn next_index(&self, device: DeviceId) -> u16 {
        self.last_of(device).map_or(1, |(index, _)| index.saturating_add(1))
    }

    /// What a key signed last in this circle.
    #[must_use]
    pub fn last(&self, key: DeviceId) -> Option<&Statement> {
        self.last_of(key).and_then(|(_, place)| self.at(place))
    }

    /// The next index and what must be named: the key's last statement, and the enrolment if the key
    /// has not spoken for this member before.
    fn next(&self, pen: &Pen<'_>) -> Result<(u16, Vec<Place>), WriteError> {
        let (device, member) = (pen.device(), pen.member());
        let index = self.next_index(device);
        if index > MOST_INDEX {
            return Err(WriteError::UsedUp);
        }
        let last = self.last_of(device).map(|(_, place)| place);
        let spoke =
            last.and_then(|place| self.at(place)).is_some_and(|statement| statement.member() == member);
        let by_member_key = device.0 == member.0;
        let enrolment = self.machines.get(&member).and_then(|machines| machines.get(&device)).copied();
        if !spoke && !by_member_key && enrolment.is_none() {
            return Err(WriteError::NotEnrolled);
        }
        let enrolment = enrolment.filter(|_| !spoke && !by_member_key);
        Ok((index, last.into_iter().chain(enrolment).collect()))
    }

    fn sign(
        &self,
        pen: Pen<'_>,
        index: u16,
        prev: &[Place],
        body: &Body,
    ) -> Result<Statement, StatementError> {
        let prev: Vec<StatementId> =
            prev.iter().filter_map(|place| self.at(*place)).map(Statement::id).collect();
        Statement::sign(pen, self.circle, index, &prev, body)
    }

    /// A key's statement with the highest index; of copies the one that came first.
    fn last_of(&self, device: DeviceId) -> Option<(u16, Place)> {
        let (index, places) = self.signed.get(&device)?.last_key_value()?;
        places.first().map(|place| (*index, *place))
    }

    /// Whose statements must be in the past for this one to mean what it says: a Drop keeps what it
    /// has seen of the machine, a vote for removal spares the admissions it has seen, a generation
    /// follows those it has seen.
    fn keys_concerned(&self, pen: &Pen<'_>, body: &Body) -> Vec<DeviceId> {
        match body {
            Body::Drop(drop) => vec![drop.device],
            Body::Admit(admit) => self.keys_of(admit.member),
            Body::Vouch(vouch) => self.keys_of(vouch.member),
            Body::Remove(remove) => self.keys_of(remove.member),
            Body::Generation(_) => self.keys_of(pen.member()),
            Body::Found(_) | Body::Enrol(_) | Body::Leave | Body::Unknown { .. } => Vec::new(),
        }
    }

    fn keys_of(&self, member: MemberId) -> Vec<DeviceId> {
        let machines = self.machines.get(&member).into_iter().flat_map(|machines| machines.keys().copied());
        std::iter::once(DeviceId(member.0)).chain(machines).collect()
    }

    fn last_signed(&self, keys: &[DeviceId]) -> Vec<Place> {
        keys.iter().filter_map(|key| self.last_of(*key)).map(|(_, place)| place).collect()
    }

    /// Of each key its newest head only, so that copies of one key do not crowd out everybody else.
    fn one_head_each(&self, newest_first: &[Place]) -> Vec<Place> {
        let mut keys = BTreeSet::new();
        let first_of_key =
            |place: &&Place| self.at(**place).is_some_and(|statement| keys.insert(statement.device()));
        newest_first.iter().filter(first_of_key).copied().collect()
    }
}

fn distinct<'a>(places: impl Iterator<Item = &'a Place>) -> Vec<Place> {
    let mut seen = BTreeSet::new();
    places.copied().filter(|place| seen.insert(*place)).collect()
}
