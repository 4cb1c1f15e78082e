//! Every bound of the conversation that is not a bound of a frame.

/// What one machine may cost this one, and how long it is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in both directions with one machine in an hour.
    pub bytes_an_hour: u64,
    /// Documents of which this machine has nothing yet, asked for at one machine in an hour.
    pub documents_an_hour: u32,
    /// How long a dialler may take to prove itself, in milliseconds.
    pub proof_ms: u64,
    /// How long the other end may be silent while it owes an answer, in milliseconds. An answer may
    /// take five times as long.
    pub answer_ms: u64,
    /// How often connected machines compare although nothing seems to have changed, in milliseconds.
    pub compare_ms: u64,
    /// How long a machine with three strikes is shunned, in milliseconds; a strike counts as long.
    pub shun_ms: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MINUTE: u64 = 60_000;
        Self {
            bytes_an_hour: 1024 * 1024 * 1024,
            documents_an_hour: 5_000,
            proof_ms: 10_000,
            answer_ms: MINUTE,
            compare_ms: 5 * MINUTE,
            shun_ms: 24 * 60 * MINUTE,
        }
    }
}

/// What grew by more than this is not pushed with its bytes, in bytes.
pub(crate) const MOST_PUSHED: usize = 16 * 1024;
/// What is pushed in answer to one digest, in bytes.
pub(crate) const MOST_PUSHED_AT_ONCE: usize = 64 * 1024;
/// Changes in one piece of a document, in bytes; a single longer one goes alone.
pub(crate) const PIECE: usize = 256 * 1024;
/// Statements in one frame, in bytes.
pub(crate) const PAGE: usize = 128 * 1024;
/// Frames that ask for documents at one machine at once; the answers to one have together at most [`PIECE`] bytes.
pub(crate) const MOST_ASKS: usize = 2;
/// Documents on their way or waiting for the engine, over all connections.
pub(crate) const MOST_FETCHING: usize = 256;
/// Pushes of one machine that wait for the engine.
pub(crate) const MOST_PUSHES_WAITING: usize = 16;
/// Ids of statements that another machine may claim to have and this one lacks.
pub(crate) const MOST_LACKING: usize = 64 * 1024;
/// So many strikes and a machine is shunned.
pub(crate) const STRIKES: usize = 3;
/// Machines whose conduct is remembered.
pub(crate) const MOST_REMEMBERED: usize = 4096;
/// What an unproven dialler may send in one frame: a chain, and the lengths in it.
pub(crate) const LONGEST_PROOF_FRAME: usize = crate::message::MAX_PROOF + 1024;
