//! What the network tells the engine.

use std::net::SocketAddr;

use closeknit_ids::{CircleId, DeviceId};

use crate::{Alpn, Whereabouts};

/// One connection, named for as long as the process runs; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// What a connection is for. Both ends agree on it: it is the door that the dialler named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Two machines of one circle catch up.
    Circle(CircleId),
    /// A newcomer at the door of an invitation.
    Join(Alpn),
}

/// What happened. Of one connection: `Opened`, then its `Frame`s and `Room`s in order, then
/// `Closed`, each once and nothing after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetEvent {
    /// A connection is up and the other end has proved to be `device`: no more than that. The
    /// listener has said nothing yet and says nothing before the engine does.
    Opened {
        /// Its name from now on.
        conn: ConnId,
        /// The other end.
        device: DeviceId,
        /// The circle or the invitation it came for.
        purpose: Purpose,
        /// Whether this end dialled.
        dialled: bool,
        /// Where the other end is.
        address: SocketAddr,
    },
    /// One frame, without its length. While the engine does not take events from the channel no
    /// more is read from the wire: this is the back-pressure on the other end.
    Frame {
        /// From where.
        conn: ConnId,
        /// At most [`crate::MAX_FRAME`] bytes, at least one.
        bytes: Vec<u8>,
    },
    /// The send queue, which refused a frame, has emptied to less than half.
    Room {
        /// Whose queue.
        conn: ConnId,
    },
    /// The connection is gone.
    Closed {
        /// Which.
        conn: ConnId,
        /// Why.
        reason: CloseReason,
    },
    /// A machine of this circle announces itself on the local network, or does so anew from other
    /// addresses or with another salt. A hint only: whoever holds the circle's id can say so.
    Near {
        /// The circle whose id the announcement was made with.
        circle: CircleId,
        /// Who and where.
        whereabouts: Whereabouts,
    },
    /// Nothing was heard of a machine that was near, for several times its usual pause.
    Gone {
        /// The circle it was near in.
        circle: CircleId,
        /// Which machine.
        device: DeviceId,
    },
    /// The addresses at which this machine can be reached; told once at start and on every change.
    OwnAddresses {
        /// What to write into an invitation or an address text. Empty: no network but this machine.
        addresses: Vec<SocketAddr>,
        /// On a network where it was not a moment ago. Salts that were announced before are not
        /// announced here: call [`crate::NetHandle::set_circles`] with a new one in front.
        new_network: bool,
    },
    /// What [`crate::NetHandle::dial`] asked for did not come about. Machines that are redialled
    /// by themselves fail without an event.
    DialFailed {
        /// Who was dialled.
        device: DeviceId,
        /// For what.
        purpose: Purpose,
        /// Why not.
        why: DialError,
    },
}

/// Why a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CloseReason {
    /// The engine here closed it, with this code.
    Ours(u16),
    /// The engine there closed it, with this code.
    Theirs(u16),
    /// Nothing was heard for [`crate::SILENCE`].
    Silent,
    /// The transport failed, or the other end ended it without a word.
    Lost,
    /// The other end named a longer frame than there are, or broke off inside one.
    Framing,
    /// Both ends dialled, or one dialled again; the other connection stays.
    Duplicate,
    /// One end has no room for more connections.
    Busy,
    /// The dialler did not say anything in time.
    NothingSaid,
    /// One end woke up, or has moved to another network; it will dial again.
    Moved,
    /// One end stops listening for this circle or invitation.
    NotServed,
    /// One end shuts down.
    Leaving,
}

/// Why a dial failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DialError {
    /// No address is known.
    #[error("no address is known")]
    NoAddress,
    /// Every address lies outside the networks this machine is part of, and it was started to
    /// stay inside them ([`crate::Bind::LocalNetworks`]).
    #[error("the address is not on a network that this machine is part of")]
    NotLocal,
    /// The id is not a public key, or is our own.
    #[error("this is not another machine")]
    NotAnother,
    /// Somebody answers, but does not know the door: the salt or the invitation is old.
    #[error("the machine that answers does not know this circle or invitation")]
    WrongDoor,
    /// Somebody answers at the address who is not this machine.
    #[error("another machine answers at this address")]
    WrongDevice,
    /// It answers that it takes no more connections now, or this machine has no room.
    #[error("too many connections at once")]
    Busy,
    /// Nobody answered within [`crate::DIAL_TIMEOUT`].
    #[error("nobody answered")]
    NobodyAnswered,
    /// Anything else, in the transport's words, for the log.
    #[error("{0}")]
    Other(String),
}
