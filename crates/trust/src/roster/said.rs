//! The statements of a ledger, sorted by what they say.

use closeknit_ids::{DeviceId, MemberId};

use crate::{
    ledger::{Entry, Place},
    statement::{Admit, Body, DropDevice, Enrol, Found, Generation, Remove, Statement, Vouch},
};

/// One statement and its body.
#[derive(Debug)]
pub(super) struct Said<'a, T> {
    pub(super) place: Place,
    pub(super) statement: &'a Statement,
    pub(super) body: &'a T,
}

impl<T> Clone for Said<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Said<'_, T> {}

impl<T> Said<'_, T> {
    pub(super) fn by(&self) -> MemberId {
        self.statement.member()
    }

    /// The key that signed, for the member in whose name.
    pub(super) fn key(&self) -> Key {
        (self.statement.device(), self.statement.member())
    }
}

/// A key that signs, and for whom: one machine may have belonged to two members in turn.
pub(super) type Key = (DeviceId, MemberId);

/// Everything that a fold looks at.
#[derive(Debug, Default)]
pub(super) struct AllSaid<'a> {
    pub(super) found: Option<&'a Found>,
    pub(super) enrols: Vec<Said<'a, Enrol>>,
    pub(super) drops: Vec<Said<'a, DropDevice>>,
    pub(super) admits: Vec<Said<'a, Admit>>,
    pub(super) vouches: Vec<Said<'a, Vouch>>,
    pub(super) removes: Vec<Said<'a, Remove>>,
    pub(super) leaves: Vec<MemberId>,
    pub(super) generations: Vec<Said<'a, Generation>>,
}

impl<'a> AllSaid<'a> {
    pub(super) fn sort(entries: &'a [Entry]) -> Self {
        let mut all = Self::default();
        for (place, entry) in (0..).zip(entries) {
            all.add(place, &entry.statement);
        }
        all
    }

    fn add(&mut self, place: Place, statement: &'a Statement) {
        match statement.body() {
            Body::Found(body) => self.found = Some(body),
            Body::Enrol(body) => self.enrols.push(Said { place, statement, body }),
            Body::Drop(body) => self.drops.push(Said { place, statement, body }),
            Body::Admit(body) => self.admits.push(Said { place, statement, body }),
            Body::Vouch(body) => self.vouches.push(Said { place, statement, body }),
            Body::Remove(body) => self.removes.push(Said { place, statement, body }),
            Body::Leave if statement.signed_by_member_key() => self.leaves.push(statement.member()),
            Body::Generation(body) => self.generations.push(Said { place, statement, body }),
            Body::Leave | Body::Unknown { .. } => {}
        }
    }
}
