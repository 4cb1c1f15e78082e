//! The one way for changes from anybody else into a document (trust-and-sync, *The gate*).
//!
//! Two steps. [`Room::screen`] decides by headers alone: which of the chunks that wait here precede a
//! signed head, have their whole past, keep to the limits and follow from their past.
//! [`Screened::apply`] then lets Automerge at them, on a copy. Between the two the caller writes
//! down what is in flight: should Automerge end the process after all, the next start knows what did it,
//! and has it tried in another process first ([`Screened::trial`], [`try_out`]).

mod apply;
mod room;
mod screen;
mod trial;

use closeknit_ids::ChangeHash;

pub use self::{
    room::Room,
    screen::Screened,
    trial::{Unsound, try_out},
};
use crate::{change::RawChange, document::Document, fault::Fault, reading::Reading};

/// What came of one attempt to take changes in.
#[derive(Debug, Clone)]
pub struct Admission {
    /// The document with what was admitted. Without a refusal or admitted changes, as it was.
    pub document: Document,
    /// What was admitted, each change after all that it depends on: what to store.
    pub admitted: Vec<RawChange>,
    /// What the document says, if anything was admitted.
    pub reading: Reading,
    /// Why it stopped, if it did. The document takes nothing more until its owner begins another
    /// generation, or this machine has another version of the program.
    pub refusal: Option<Refusal>,
}

/// A signed change is not taken in: the fault of the document's owner, never of who brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("change {change}: {fault}")]
pub struct Refusal {
    /// Which change.
    pub change: ChangeHash,
    /// What is wrong with it.
    pub fault: Fault,
}

impl Refusal {
    /// Whether the owner's machines contradict each other, so that machines may hold either side and
    /// only the owner can settle it.
    #[must_use]
    pub const fn is_fork(&self) -> bool {
        matches!(self.fault, Fault::Forked { .. })
    }
}
