//! The conversations with all machines of one circle.

use closeknit_ids::DeviceId;

use crate::{ConnId, Effect, Event, Holdings, Standing};

/// What one machine may cost this one, and how long it is waited for.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes in both directions with one machine in an hour.
    pub bytes_an_hour: u64,
    /// Documents of which this machine has nothing yet, asked for at one machine in an hour.
    pub documents_an_hour: u32,
    /// How long a dialler may take to prove itself, in milliseconds.
    pub proof_ms: u64,
    /// How long an answer may take, in milliseconds.
    pub answer_ms: u64,
    /// How often connected machines compare although nothing seems to have changed, in milliseconds.
    pub compare_ms: u64,
    /// How long a machine with three strikes is shunned, in milliseconds; strikes count as long.
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

/// What went one way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Bytes of frames with their lengths.
    pub bytes: u64,
    /// Frames.
    pub frames: u64,
    /// Statements.
    pub statements: u64,
    /// Changes.
    pub changes: u64,
}

/// What went over one connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exchanged {
    /// From here to there.
    pub sent: Tally,
    /// From there to here.
    pub received: Tally,
}

/// How two machines stand to each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Agreement {
    /// Something is on its way, or not compared yet.
    #[default]
    Working,
    /// Both have the same.
    Equal,
    /// They differ, but neither wants what the other has.
    Settled,
}

/// A machine that is connected, for the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neighbour {
    /// The connection.
    pub conn: ConnId,
    /// The machine.
    pub device: DeviceId,
    /// What it may have; `None` until it has proved itself.
    pub standing: Option<Standing>,
    /// How the two stand.
    pub agreement: Agreement,
    /// Since when it is connected, in the milliseconds that were passed in.
    pub since_ms: u64,
    /// What was exchanged since then.
    pub exchanged: Exchanged,
}

/// The conversations with all machines of one circle.
#[derive(Debug)]
pub struct Sync {
    limits: Limits,
}

impl Sync {
    /// Nobody is connected yet.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits }
    }

    /// Takes what happened and says what is to be done, in that order.
    ///
    /// `now_ms` are milliseconds of any clock that does not go back while the process runs.
    pub fn handle(&mut self, now_ms: u64, event: Event, holdings: &dyn Holdings) -> Vec<Effect> {
        let _ = (now_ms, event, holdings, &self.limits);
        Vec::new()
    }

    /// Has nothing to do with a machine until then: what [`Effect::Shun`] said before a restart.
    pub fn shun(&mut self, device: DeviceId, until_ms: u64) {
        let _ = (device, until_ms);
    }

    /// All machines that are connected.
    pub fn neighbours(&self) -> impl Iterator<Item = Neighbour> {
        std::iter::empty()
    }
}
