//! What the state machine asks its own machine: opaque bytes, ids, and judgements made elsewhere.

use closeknit_ids::{ActorId, DeviceId, DocId, StatementId};
use serde::{Deserialize, Serialize};

use crate::{bounded, limits::PIECE};

/// How far this machine trusts another one at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The complete fold says that its member is active: documents flow.
    Active,
    /// Its chain proves it a member, but the fold does not say so yet: statements flow, nothing else.
    StatementsOnly,
    /// Its chain proves nothing, or it was removed or dropped: the connection ends.
    Stranger,
}

/// Why a machine belongs no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// Its member left: whoever leaves can stop telling of it.
    Left,
    /// It was taken away, or its member was removed.
    PutOut,
}

/// The state of a document, told apart from every other: the first half of the catalogue version
/// that `trust` computes from generation and tips.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version(pub [u8; 16]);

impl From<[u8; 32]> for Version {
    fn from(full: [u8; 32]) -> Self {
        let mut half = [0; 16];
        for (to, from) in half.iter_mut().zip(full) {
            *to = from;
        }
        Self(half)
    }
}

impl std::fmt::Debug for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Version({:08x})", u128::from_be_bytes(self.0) >> 96)
    }
}

/// One line of a catalogue: a document and the state in which somebody knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Which document.
    pub doc: DocId,
    /// Its leading generation.
    pub generation: u32,
    /// From generation and known verified tips, applied or not.
    pub version: Version,
}

/// How far somebody has got with one actor of a document: that actor's last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Which actor.
    pub actor: ActorId,
    /// The number of its last change, from 1.
    pub seq: u32,
    /// The first eight bytes of that change's hash: shows an actor that wrote two changes of one number.
    pub hash: [u8; 8],
}

/// Part of a document on its way from one machine to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Of which document.
    pub doc: DocId,
    /// Of which generation.
    pub generation: u32,
    /// The state in which the sender knows the document.
    pub version: Version,
    /// The signed tips that the sender knows, byte for byte; they come before any change.
    #[serde(serialize_with = "bounded::write_blobs")]
    #[serde(deserialize_with = "bounded::blobs::<{ Piece::MOST_TIPS }, { Piece::LONGEST_TIP }, _>")]
    pub tips: Vec<Vec<u8>>,
    /// Raw changes in causal order.
    #[serde(with = "crate::pack")]
    pub changes: Vec<Vec<u8>>,
    /// Whether the sender has more that the receiver lacks.
    pub more: bool,
}

impl Piece {
    /// The most tips in one piece: 16 machines, 4 tips each.
    pub const MOST_TIPS: usize = 64;
    /// The longest tip, in bytes.
    pub const LONGEST_TIP: usize = 256;
    /// The most changes in one piece: as many as a generation may have.
    pub const MOST_CHANGES: usize = 5_000;
    /// The longest change, in bytes: one of a generation's base.
    pub const LONGEST_CHANGE: usize = 256 * 1024;

    /// Bytes of its changes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.changes.iter().map(Vec::len).sum()
    }

    /// Bytes of its changes and of its tips.
    pub(crate) fn weight(&self) -> usize {
        self.tips.iter().map(Vec::len).fold(self.bytes(), usize::saturating_add)
    }

    /// Whether it keeps every bound of a frame: what does not would be a strike for its sender.
    pub(crate) fn fits(&self) -> bool {
        self.tips.len() <= Self::MOST_TIPS
            && self.tips.iter().all(|tip| tip.len() <= Self::LONGEST_TIP)
            && self.changes.len() <= Self::MOST_CHANGES
            && self.changes.iter().all(|change| change.len() <= Self::LONGEST_CHANGE)
            && self.bytes() <= PIECE
    }
}

/// What this machine holds of one circle, and what it thinks of others. Implemented by the engine;
/// asked only while [`Sync::handle`](crate::Sync::handle) runs.
///
/// Documents here are those of active members, in their leading generation. All bytes are as signed.
pub trait Holdings {
    /// Proof that this machine belongs to the circle: the least chain of statements from Found to
    /// its own Enrol, ancestors first; at most 64 KiB together.
    fn chain(&self) -> Vec<Vec<u8>>;

    /// Whether whoever has the same statements knows without a chain that this machine belongs to the circle.
    fn belongs(&self) -> bool;

    /// What this machine's clock says, in seconds since 1970: neighbours are told.
    fn time(&self) -> i64;

    /// What is to be thought of `device`, which showed `chain` (bytes from outside, not yet judged).
    /// Called again whenever statements changed.
    fn standing(&self, device: DeviceId, chain: &[Vec<u8>]) -> Standing;

    /// Whether all that is known of `device` is that it belongs no more. It is told nothing, not even who calls.
    fn gone(&self, device: DeviceId) -> Option<Gone>;

    /// The ids of all statements in the set (not of those that wait), each after its ancestors.
    fn statements(&self) -> Vec<StatementId>;

    /// A statement of the set.
    fn statement(&self, id: StatementId) -> Option<Vec<u8>>;

    /// Every document of an active member of which a verified tip is known here, once.
    fn catalogue(&self) -> Vec<Entry>;

    /// One line of the [catalogue](Self::catalogue).
    fn entry(&self, doc: DocId) -> Option<Entry>;

    /// How far this machine has a generation of a document, staged changes included as far as
    /// nothing is missing before them. Empty if it has none of it.
    fn reached(&self, doc: DocId, generation: u32) -> Vec<Position>;

    /// Whether what a neighbour offers is wanted: its owner is active; the generation is current, or
    /// newer with its statement; a tip of this machine's own version is known but not held, or the
    /// version is another than this machine's; and it was not refused before by this version of the app.
    fn wants(&self, offered: &Entry) -> bool;

    /// Lines of the catalogue of which a tip is known whose changes are neither held nor refused:
    /// asked for at every neighbour, whatever the digests say.
    fn wanting(&self) -> Vec<Entry>;

    /// What somebody who has `reached` so much of `generation` lacks: all tips, then changes in
    /// causal order, no more than `at_most` bytes of them, but at least one if any is missing. Of a
    /// newer generation, if this machine holds one. `None` if there is nothing to give.
    ///
    /// `reached` comes from outside and may name anything.
    fn missing(&self, doc: DocId, generation: u32, reached: &[Position], at_most: usize) -> Option<Piece>;
}
