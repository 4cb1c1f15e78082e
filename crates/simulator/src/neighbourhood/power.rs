//! Machines that lose power, and what is on their disks then.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use closeknit_api::{ApiError, ErrorCode};
use closeknit_net::NetEvent;
use closeknit_node::{Input, Openers, Vault};
use closeknit_store::{ProfileLock, Store};
use tempfile::TempDir;

use super::{Neighbourhood, Person, directory};
use crate::{
    disk::{Plate, PowerCut, Unsynced, copy_files},
    trace::Trace,
};

/// What is answered by a machine that went out meanwhile: nothing, and nobody knows what became of the act.
#[must_use]
pub fn no_power() -> ApiError {
    ApiError::new(ErrorCode::Internal).with("reason", "the power went")
}

/// Does something; nothing, if the power went.
pub(super) fn with_power<T>(what: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(what)) {
        Ok(done) => Some(done),
        Err(thrown) if thrown.is::<PowerCut>() => None,
        Err(thrown) => resume_unwind(thrown),
    }
}

/// A copy of somebody's database, gone when it is dropped.
#[derive(Debug)]
pub struct CopiedStore {
    /// It.
    pub store: Store,
    _directory: TempDir,
}

impl Neighbourhood {
    /// The disk of somebody's machine.
    #[must_use]
    pub fn disk(&self, person: Person) -> &Plate {
        &self.homes[person.0].disk
    }

    /// Whether somebody's machine is on.
    #[must_use]
    pub fn is_on(&self, person: Person) -> bool {
        self.homes[person.0].engine.is_some()
    }

    /// Somebody's machine loses power between two things that it does. Says whether anything was at stake.
    pub fn loses_power(&mut self, person: Person, unsynced: Unsynced) -> bool {
        let at_stake = self.homes[person.0].disk.lose_power(unsynced);
        self.power_is_gone(person);
        at_stake
    }

    /// Ends the program in the middle of things; others notice in time.
    pub fn unplugs(&mut self, person: Person) {
        self.homes[person.0].engine = None;
        self.network.unplug(person);
    }

    /// The database of a machine as it is on the disk now, also while it is on.
    #[must_use]
    pub fn copied_store(&self, person: Person) -> CopiedStore {
        let copy = directory("closeknit-copy");
        copy_files(&self.profile(person), copy.path());
        let vault = Vault::of(copy.path(), Openers::default()).unwrap();
        let store = Store::open(&ProfileLock::take(copy.path()).unwrap(), &vault.page_key()).unwrap();
        CopiedStore { store, _directory: copy }
    }

    /// Whether a damaged database was put aside in somebody's profile.
    #[must_use]
    pub fn has_set_aside(&self, person: Person) -> bool {
        let files = std::fs::read_dir(self.profile(person)).unwrap();
        let mut names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
        names.any(|name| name.starts_with("closeknit.db.damaged"))
    }

    /// The program is gone, and the profile is as the power left it. Nobody was told.
    pub(super) fn power_is_gone(&mut self, person: Person) {
        let home = &mut self.homes[person.0];
        home.engine = None;
        home.disk.put_back();
        if let Some(trace) = &mut self.trace {
            trace.note(format_args!("{} goes out", home.name));
        }
        self.network.unplug(person);
    }

    /// Lets so many things arrive that are on their way; the rest waits.
    pub fn deliver(&mut self, events: usize) {
        for _ in 0..events {
            let Some((person, event)) = self.network.next() else {
                if self.network.look_around(self.steady_ms) {
                    continue;
                } else {
                    return;
                };
            };
            self.hand_over(person, event);
        }
    }

    /// What happened so far.
    pub fn trace(&mut self) -> &mut Trace {
        self.trace.as_mut().expect("a neighbourhood of a seed")
    }

    /// Each machine that is on notices that time has passed.
    pub fn tick(&mut self) {
        for person in (0..self.homes.len()).map(Person) {
            self.handle(person, Input::Tick);
        }
    }

    fn hand_over(&mut self, person: Person, event: NetEvent) {
        self.handle(person, Input::Net(event));
    }
}
