//! What both sides of a joining have in common: versions and patience.

use super::Refusal;
use crate::{greeting, message::Hello};

const SECOND: u64 = 1000;

/// For whom a side waits; each has its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// The dialler's first words: 10 seconds.
    Greeting,
    /// The other machine: a minute.
    Machine,
    /// A person, here or there: ten minutes.
    Person,
    /// This side's own engine: it is never late.
    Engine,
}

/// Why a joining does not go on, and on which side the reason lies.
#[derive(Debug)]
pub(super) enum Stop {
    Here(Refusal),
    There(Refusal),
}

#[derive(Debug)]
pub(super) struct Link {
    wait: Wait,
    since_ms: u64,
}

impl Link {
    pub(super) const HELLO: Hello = greeting::SPOKEN;

    pub(super) fn new(now_ms: u64, wait: Wait) -> Self {
        Self { wait, since_ms: now_ms }
    }

    pub(super) fn wait(&mut self, now_ms: u64, wait: Wait) {
        *self = Self::new(now_ms, wait);
    }

    pub(super) fn is_late(&self, now_ms: u64) -> bool {
        let patience = match self.wait {
            Wait::Greeting => 10 * SECOND,
            Wait::Machine => 60 * SECOND,
            Wait::Person => 600 * SECOND,
            Wait::Engine => return false,
        };
        now_ms.saturating_sub(self.since_ms) > patience
    }

    /// Whether there is a version that both speak.
    pub(super) fn agree(theirs: Hello) -> Result<(), Refusal> {
        greeting::agree(Self::HELLO, theirs).map(|_| ()).map_err(Refusal::Version)
    }
}
