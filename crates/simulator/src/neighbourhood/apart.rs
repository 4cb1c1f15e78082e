//! Where a machine tries what it ended over before: in a world power goes more often than a program ends over anything.

use std::sync::atomic::{AtomicU32, Ordering};

use closeknit_node::{Apart, Verdict};
use closeknit_replica::try_out;

/// Beside the machine, in this process: no power goes there.
#[derive(Debug, Default)]
pub(super) struct Beside {
    tried: AtomicU32,
}

impl Beside {
    /// How often something was tried.
    pub(super) fn tried(&self) -> u32 {
        self.tried.load(Ordering::Relaxed)
    }
}

impl Apart for Beside {
    fn try_out(&self, trial: &[u8]) -> Verdict {
        self.tried.fetch_add(1, Ordering::Relaxed);
        if try_out(trial).is_ok() { Verdict::Sound } else { Verdict::Refused }
    }
}
