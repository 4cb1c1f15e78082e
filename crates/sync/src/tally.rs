//! What the screens show of a connected machine.

use closeknit_ids::DeviceId;

use crate::{ConnId, Standing, message::Message};

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

impl Tally {
    pub(crate) fn frame(&mut self, length: usize) {
        self.frames = self.frames.saturating_add(1);
        self.bytes = self.bytes.saturating_add(on_the_wire(length));
    }

    pub(crate) fn content(&mut self, message: &Message) {
        let statements = message.statements().len();
        let changes = message.pieces().iter().map(|piece| piece.changes.len()).sum();
        self.statements = self.statements.saturating_add(count(statements));
        self.changes = self.changes.saturating_add(count(changes));
    }
}

/// The bytes that a frame takes with its length.
pub(crate) fn on_the_wire(frame: usize) -> u64 {
    count(frame).saturating_add(4)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
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
