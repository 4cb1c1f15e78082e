//! How much of a document somebody holds, in a few bytes per actor.

use std::collections::BTreeMap;

use closeknit_ids::{ActorId, ChangeHash};
use serde::{Deserialize, Serialize};

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Changes.
    pub count: u64,
    /// Bytes of their chunks.
    pub bytes: u64,
}

/// A head that somebody signed, and what the signature says stands in its past, itself included:
/// the part of a tip, or of a Generation statement, that the gate needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// The change.
    pub hash: ChangeHash,
    /// How many changes.
    pub count: u64,
    /// Bytes of their chunks.
    pub bytes: u64,
}

impl SignedHead {
    pub(crate) const fn covers(&self, past: Extent) -> bool {
        past.count <= self.count && past.bytes <= self.bytes
    }
}

/// For each actor the last change held, of one generation. As long as actors never fork, it tells
/// exactly which changes somebody has (trust-and-sync, *The wire*).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vector(pub(crate) BTreeMap<ActorId, Reached>);

impl Vector {
    /// How many actors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An actor's last change: its number, and enough of its hash to notice another with that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The sequence number.
    pub seq: u32,
    /// The first eight bytes of the hash.
    pub hash: [u8; 8],
}

impl Reached {
    pub(crate) fn new(seq: u32, hash: ChangeHash) -> Self {
        let mut first = [0; 8];
        for (to, from) in first.iter_mut().zip(hash.0) {
            *to = from;
        }
        Self { seq, hash: first }
    }

    pub(crate) fn is(&self, hash: ChangeHash) -> bool {
        hash.0.starts_with(&self.hash)
    }
}
