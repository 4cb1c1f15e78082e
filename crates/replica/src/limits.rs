//! What one change, and one generation of a document, may cost (trust-and-sync, *The gate*).
//!
//! The numbers hold for everybody: a machine refuses to write what another would refuse to read.

/// What one change may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeLimits {
    /// Bytes of the whole chunk.
    pub bytes: usize,
    /// Operations, counted from the run lengths. Predecessors are bounded by the same number.
    pub ops: u64,
}

impl ChangeLimits {
    /// Any change but those of a base.
    pub const ORDINARY: Self = Self { bytes: 64 * KIB, ops: 2_000 };
    /// The changes that a generation begins with.
    pub const BASE: Self = Self { bytes: 256 * KIB, ops: 20_000 };
}

/// What one generation of a document may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Dependencies of one change.
    pub deps: u64,
    /// The first operation number that is too high.
    pub start_op: u64,
    /// The first time, in seconds before or after 1970, that is too far away. Automerge keeps the distances
    /// between times, and computes them without looking whether they fit.
    pub time: u64,
    /// Changes in the base.
    pub base: usize,
    /// Changes in all.
    pub changes: usize,
    /// Actors in all.
    pub actors: usize,
    /// Bytes of all changes.
    pub bytes: u64,
    /// Operations in all. Run lengths make operations nearly free in bytes, and each costs time and
    /// memory wherever the document is read.
    pub ops: u64,
    /// Bytes of keys and mark names in one change once its run lengths are expanded: Automerge
    /// copies a repeated name for each operation.
    pub names: u64,
    /// Bytes applied at once.
    pub batch: usize,
    /// Bytes of live records above which none is taken that makes them more.
    pub live: usize,
    /// Bytes of live records on top of that for answers, withdrawals and closures. A base holds both.
    pub reserve: usize,
    /// As so many bytes a letter of a text that merges counts among the live ones: it takes an operation, and
    /// a base holds no more of those.
    pub letter: usize,
}

/// The limits of every document.
pub const LIMITS: Limits = Limits {
    deps: 32,
    start_op: 1 << 31,
    time: 1 << 40,
    base: 8,
    changes: 5_000,
    actors: 256,
    bytes: 2 * MIB,
    ops: 250_000,
    names: MIB,
    batch: 256 * KIB,
    live: 1024 * KIB,
    reserve: 384 * KIB,
    letter: 14,
};

const KIB: usize = 1024;
const MIB: u64 = 1024 * 1024;
