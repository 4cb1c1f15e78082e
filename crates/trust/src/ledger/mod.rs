//! The statements of one circle: a set that only grows.
//!
//! Whether a statement enters depends on its bytes and its past alone, never on a clock, a quota,
//! the roster, or the kinds that this version knows. So machines that were offered the same
//! statements, in whatever order, hold the same set.

mod past;
mod room;
mod write;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use closeknit_ids::{CircleId, DeviceId, MemberId, StatementId};

pub(crate) use past::Pasts;
pub use room::{MOST_WAITING, Offered, Room};
pub use write::WriteError;

use crate::statement::{Body, Statement};

/// The most machines of one member that a machine's enrolment may have in its past, itself included.
pub const MOST_MACHINES: usize = 16;
/// How many statements with one index are named as proof that a key was copied.
pub const MOST_FORK_PROOFS: usize = 4;

/// A statement's place in the order of arrival; its past lies before it.
pub(crate) type Place = u32;

/// The statements of one circle that this machine holds.
#[derive(Debug, Clone)]
pub struct Ledger {
    circle: CircleId,
    entries: Vec<Entry>,
    places: HashMap<StatementId, Place>,
    /// Those that no other names.
    heads: BTreeSet<Place>,
    /// By the key that signed and its index.
    signed: BTreeMap<DeviceId, BTreeMap<u16, Vec<Place>>>,
    /// By member, each machine's first enrolment.
    machines: BTreeMap<MemberId, BTreeMap<DeviceId, Place>>,
    /// Indices that a key used more than once.
    forks: BTreeSet<(DeviceId, u16)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) statement: Statement,
    pub(crate) prev: Box<[Place]>,
}

/// What became of an offered statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the set now.
    New,
    /// It was already.
    Known,
    /// It was not taken, because these of its `prev` are not here.
    Waiting {
        /// To be asked for.
        missing: Vec<StatementId>,
    },
    /// It will never enter, here or anywhere. Its author is at fault, not who passed it on.
    Refused(Refusal),
}

/// Why a statement will never enter the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It belongs to another circle.
    #[error("the statement belongs to another circle")]
    OtherCircle,
    /// It does not follow the last statement of its key that it names.
    #[error("the statement does not continue what its key signed before")]
    WrongIndex,
    /// It names no enrolment of its signer.
    #[error("the statement's machine is not enrolled for its member in what it names")]
    NotEnrolled,
    /// Its member has [`MOST_MACHINES`] machines in its past already.
    #[error("its member has {MOST_MACHINES} machines already")]
    TooManyMachines,
}

/// Several statements by one key with one index: there are copies of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// Whose key.
    pub device: DeviceId,
    /// Which index.
    pub index: u16,
    /// Up to [`MOST_FORK_PROOFS`] of them, in ascending order.
    pub statements: Vec<StatementId>,
}

impl Ledger {
    /// The empty set of a circle. The first statement that enters is its Found.
    #[must_use]
    pub fn new(circle: CircleId) -> Self {
        Self {
            circle,
            entries: Vec::new(),
            places: HashMap::new(),
            heads: BTreeSet::new(),
            signed: BTreeMap::new(),
            machines: BTreeMap::new(),
            forks: BTreeSet::new(),
        }
    }

    /// Of which circle.
    #[must_use]
    pub const fn circle(&self) -> CircleId {
        self.circle
    }

    /// Takes a statement if its past is here and it follows from it.
    pub fn insert(&mut self, statement: Statement) -> Outcome {
        if statement.circle() != self.circle {
            return Outcome::Refused(Refusal::OtherCircle);
        }
        if self.contains(statement.id()) {
            return Outcome::Known;
        }
        let missing = self.missing_of(&statement);
        if !missing.is_empty() {
            return Outcome::Waiting { missing };
        }
        let prev: Box<[Place]> =
            statement.prev().iter().filter_map(|id| self.places.get(id).copied()).collect();
        if let Err(refusal) = self.check(&statement, &prev) {
            return Outcome::Refused(refusal);
        }
        self.add(statement, prev);
        Outcome::New
    }

    /// Which of a statement's `prev` are not here.
    #[must_use]
    pub fn missing_of(&self, statement: &Statement) -> Vec<StatementId> {
        statement.prev().iter().copied().filter(|id| !self.contains(*id)).collect()
    }

    /// The entry rules. They look at the statements that this one names directly, so the answer is
    /// the same wherever they are held: a key's statement names the one before it, and its first
    /// one for a member names the enrolment.
    fn check(&self, statement: &Statement, prev: &[Place]) -> Result<(), Refusal> {
        if matches!(statement.body(), Body::Found(_)) {
            return Ok(());
        }
        let named = || prev.iter().filter_map(|place| self.at(*place));
        let own = |other: &&Statement| other.device() == statement.device();
        let last = named().filter(own).map(Statement::index).max().unwrap_or(0);
        if statement.index() != last.saturating_add(1) {
            return Err(Refusal::WrongIndex);
        }
        let enrolled = statement.signed_by_member_key()
            || named().any(|other| {
                other.member() == statement.member()
                    && (other.device() == statement.device() || enrols(other) == Some(statement.device()))
            });
        if !enrolled {
            return Err(Refusal::NotEnrolled);
        }
        match enrols(statement) {
            Some(machine) if !self.has_room_for(machine, statement.member(), prev) => {
                Err(Refusal::TooManyMachines)
            }
            _ => Ok(()),
        }
    }

    fn has_room_for(&self, machine: DeviceId, member: MemberId, prev: &[Place]) -> bool {
        let enrolled = self.machines.get(&member).map_or(0, BTreeMap::len);
        // What is not here is not in the past either, so the walk is for members at the limit only.
        enrolled < MOST_MACHINES || {
            let mut machines = self.machines_in_past(member, prev);
            machines.insert(machine);
            machines.len() <= MOST_MACHINES
        }
    }

    fn machines_in_past(&self, member: MemberId, prev: &[Place]) -> BTreeSet<DeviceId> {
        let mut seen = vec![false; self.entries.len()];
        let mut ahead = prev.to_vec();
        let mut machines = BTreeSet::new();
        while let Some(place) = ahead.pop() {
            let (Some(entry), Some(seen)) = (self.entry(place), seen.get_mut(place as usize)) else {
                continue;
            };
            if !std::mem::replace(seen, true) {
                ahead.extend_from_slice(&entry.prev);
                let theirs = entry.statement.member() == member;
                machines.extend(enrols(&entry.statement).filter(|_| theirs));
            }
        }
        machines
    }

    fn add(&mut self, statement: Statement, prev: Box<[Place]>) {
        let place = Place::try_from(self.entries.len()).unwrap_or(Place::MAX);
        for named in &prev {
            self.heads.remove(named);
        }
        self.heads.insert(place);
        self.places.insert(statement.id(), place);
        let slot = self.signed.entry(statement.device()).or_default().entry(statement.index()).or_default();
        slot.push(place);
        if slot.len() > 1 {
            self.forks.insert((statement.device(), statement.index()));
        }
        if let Some(machine) = enrols(&statement) {
            self.machines.entry(statement.member()).or_default().entry(machine).or_insert(place);
        }
        self.entries.push(Entry { statement, prev });
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether this one is here.
    #[must_use]
    pub fn contains(&self, id: StatementId) -> bool {
        self.places.contains_key(&id)
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: StatementId) -> Option<&Statement> {
        self.places.get(&id).and_then(|place| self.at(*place))
    }

    /// All of them, each after its past.
    pub fn iter(&self) -> impl Iterator<Item = &Statement> {
        self.entries.iter().map(|entry| &entry.statement)
    }

    /// Whether an enrolment of this machine for this member is here, whatever became of it.
    #[must_use]
    pub fn has_enrolled(&self, device: DeviceId, member: MemberId) -> bool {
        self.machines.get(&member).is_some_and(|machines| machines.contains_key(&device))
    }

    /// Those that no other names.
    pub fn heads(&self) -> impl Iterator<Item = StatementId> {
        self.heads.iter().filter_map(|place| self.at(*place)).map(Statement::id)
    }

    /// Keys that signed different statements with one index: somebody has a copy. Their owner
    /// should be told.
    ///
    /// All of them are in the set. If the fifth were refused, the set would depend on the order of
    /// arrival, and a neighbour's statement that rests on it could never enter here: one bad machine
    /// could split the circle for good.
    pub fn forks(&self) -> impl Iterator<Item = Fork> {
        self.forks.iter().map(|(device, index)| {
            let places = self.signed.get(device).and_then(|signed| signed.get(index)).into_iter().flatten();
            let mut statements: Vec<_> =
                places.filter_map(|place| self.at(*place)).map(Statement::id).collect();
            statements.sort_unstable();
            statements.truncate(MOST_FORK_PROOFS);
            Fork { device: *device, index: *index, statements }
        })
    }

    /// Whether this key signed different statements with one index.
    pub(crate) fn was_copied(&self, device: DeviceId) -> bool {
        self.forks.range((device, 0)..=(device, u16::MAX)).next().is_some()
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn entry(&self, place: Place) -> Option<&Entry> {
        self.entries.get(place as usize)
    }

    fn at(&self, place: Place) -> Option<&Statement> {
        self.entry(place).map(|entry| &entry.statement)
    }
}

fn enrols(statement: &Statement) -> Option<DeviceId> {
    match statement.body() {
        Body::Enrol(enrol) => Some(enrol.machine.device),
        _ => None,
    }
}
