//! What goes into the state machine and what comes out of it.

use closeknit_ids::{DeviceId, DocId, StatementId};

use crate::{Piece, Standing};

/// A connection, as the network numbers them; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// Names what was handed to the engine, until it is [`Event::Taken`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A connection is up, and the network has proved that the other end is `device`.
    Opened {
        /// Which connection.
        conn: ConnId,
        /// Who is at the other end.
        device: DeviceId,
        /// Whether this machine dialled.
        dialled: bool,
    },
    /// One frame came, without its length.
    Frame {
        /// From where.
        conn: ConnId,
        /// Kind and payload.
        bytes: Vec<u8>,
    },
    /// What came could not be cut into frames: a length over the bound, or an end inside a frame.
    Broken {
        /// From where.
        conn: ConnId,
    },
    /// A frame found no room in the network's queue: the other end does not read.
    Full {
        /// Whose queue.
        conn: ConnId,
    },
    /// A connection is gone.
    Closed {
        /// Which.
        conn: ConnId,
    },
    /// Some time has passed; wanted about every second.
    Tick,
    /// The set of statements grew. To be told before anything else is, so that a removal is heeded
    /// at once.
    Stated {
        /// What is new, ancestors first.
        statements: Vec<StatementId>,
        /// The connection that it came from; `None` if this machine wrote it or read it from a file.
        source: Option<ConnId>,
    },
    /// A document grew by a commit or an admission; what is here is on disk.
    Grew {
        /// All tips and the new changes. Neighbours get it as it is, or are told of it if it is large.
        piece: Piece,
        /// The connection that it came from; `None` if this machine wrote it or read it from a file.
        source: Option<ConnId>,
    },
    /// A document is in another state, in a way that is nothing to push: purged, hidden, a tip known.
    Altered {
        /// Which.
        doc: DocId,
    },
    /// The engine is done with what an effect handed over, whatever came of it. What was new was told
    /// before, as [`Event::Stated`] or [`Event::Grew`].
    Taken {
        /// Which effect.
        ticket: Ticket,
    },
    /// Something that came from there bore a signature that is false under the key it names.
    Forged {
        /// From where.
        conn: ConnId,
    },
}

/// What is to be done, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send a frame.
    Send {
        /// Where.
        conn: ConnId,
        /// Kind and payload, without length.
        frame: Vec<u8>,
    },
    /// End a connection, after what was sent before has left. No event about it is needed.
    Close {
        /// Which.
        conn: ConnId,
        /// Why.
        why: Ending,
    },
    /// The other end has proved who it is, or its standing is another than before.
    Known {
        /// Which connection.
        conn: ConnId,
        /// What it may have.
        standing: Standing,
    },
    /// What the other end's clock says. Nothing follows from it but that people may be told.
    Clock {
        /// Which connection.
        conn: ConnId,
        /// Seconds since 1970, as it says.
        seconds: i64,
    },
    /// Judge these statements; then [`Event::Stated`] for what is new, then [`Event::Taken`].
    TakeStatements {
        /// From where.
        conn: ConnId,
        /// For [`Event::Taken`].
        ticket: Ticket,
        /// As signed, ancestors first.
        statements: Vec<Vec<u8>>,
    },
    /// Put these through the gate; then [`Event::Grew`] for what is new, then [`Event::Taken`].
    TakeDocuments {
        /// From where.
        conn: ConnId,
        /// For [`Event::Taken`].
        ticket: Ticket,
        /// Each of another document.
        pieces: Vec<Piece>,
    },
    /// Both machines hold the same statements and know the same state of every document, and nothing
    /// is on its way. Told again each time it becomes so.
    Equal {
        /// Which connection.
        conn: ConnId,
    },
    /// Nothing more will come or go for now, although the two are not equal: one has what the other
    /// refuses.
    Settled {
        /// Which connection.
        conn: ConnId,
    },
    /// Have nothing to do with this machine for a while; to be remembered over a restart.
    Shun {
        /// Which machine.
        device: DeviceId,
        /// Until when, in the milliseconds that were passed in.
        until_ms: u64,
    },
}

/// Which of two machines has the older app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outdated {
    /// This one must be updated.
    Here,
    /// The other one must be updated.
    There,
}

/// Why a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The other end did not prove that it belongs to the circle, or is shunned. It is told nothing.
    Stranger,
    /// This machine has no chain of statements to prove itself with.
    NoProof,
    /// No version of the protocol is spoken by both.
    Version(Outdated),
    /// Its member is not, or no longer, active in the circle.
    NotActive,
    /// It sent what is no frame. A strike.
    BrokenFraming,
    /// It sent a signature that is false. A strike.
    Forged,
    /// It used up what one machine may send in an hour.
    Quota,
    /// It did not answer in time.
    Silent,
    /// It does not read what is sent.
    Stuck,
    /// Its member left, which is known here.
    Left,
}

impl Ending {
    /// The number that the network tells the other end.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Stranger => 0,
            Self::Version(Outdated::Here) => 1,
            Self::Version(Outdated::There) => 2,
            Self::NotActive => 3,
            Self::BrokenFraming => 4,
            Self::Forged => 5,
            Self::Quota => 6,
            Self::Silent => 7,
            Self::Stuck => 8,
            Self::NoProof => 9,
            Self::Left => 10,
        }
    }

    /// What the other end meant by a number, seen from here.
    #[must_use]
    pub const fn from_code(code: u16) -> Option<Self> {
        Some(match code {
            0 => Self::Stranger,
            1 => Self::Version(Outdated::There),
            2 => Self::Version(Outdated::Here),
            3 => Self::NotActive,
            4 => Self::BrokenFraming,
            5 => Self::Forged,
            6 => Self::Quota,
            7 => Self::Silent,
            8 => Self::Stuck,
            9 => Self::NoProof,
            10 => Self::Left,
            _ => return None,
        })
    }
}
