//! What the engine asks of the network.

use std::net::SocketAddr;

use closeknit_ids::{CircleId, DeviceId};
use tokio::sync::{mpsc, oneshot};

use crate::{Alpn, ConnId, Purpose, Salt, Whereabouts, outbox::Outboxes};

/// A circle this machine takes part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Which. Whoever holds the id can recognise its machines on the local network.
    pub id: CircleId,
    /// This machine's own salts for it, newest first. The first [`crate::SALTS_SERVED`] are served,
    /// the newest is announced. With none the circle is only looked for: its machines are reported
    /// as near, but not dialled, and nothing is announced (a newcomer who looks for an inviter).
    pub salts: Vec<Salt>,
}

/// One connection that is wanted now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dial {
    /// For a circle.
    Circle {
        /// Which.
        circle: CircleId,
        /// Whom, where, with which salt.
        to: Whereabouts,
    },
    /// At the door of an invitation.
    Join {
        /// [`Alpn::join`] of the invitation.
        alpn: Alpn,
        /// The inviter's machine.
        device: DeviceId,
        /// Where it was.
        addresses: Vec<SocketAddr>,
    },
}

impl Dial {
    /// What the connection would be for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        match self {
            Self::Circle { circle, .. } => Purpose::Circle(*circle),
            Self::Join { alpn, .. } => Purpose::Join(alpn.clone()),
        }
    }

    /// Whom it is to.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        match self {
            Self::Circle { to, .. } => to.device,
            Self::Join { device, .. } => *device,
        }
    }
}

/// A frame that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// The connection is gone or was never there.
    #[error("the connection is closed")]
    Closed,
    /// The queue holds [`crate::MAX_QUEUED_BYTES`] or [`crate::MAX_QUEUED_FRAMES`]. The frame was not
    /// queued; [`crate::NetEvent::Room`] tells when there is room again.
    #[error("the send queue is full")]
    Full,
    /// Longer than [`crate::MAX_FRAME`], or empty (which is how a heartbeat looks).
    #[error("a frame has between one byte and 320 KiB")]
    Length,
}

#[derive(Debug)]
pub(crate) enum Command {
    Circles(Vec<Circle>),
    Joins(Vec<Alpn>),
    Know(CircleId, Whereabouts),
    Forget(CircleId, DeviceId),
    Dial(Dial),
    Close(ConnId, u16),
    Wake,
    Shutdown(oneshot::Sender<()>),
}

/// The network, as the engine holds it: cheap to clone, and no call waits, but [`Self::shutdown`].
///
/// When the last handle is dropped without it, the network stops without flushing.
#[derive(Debug, Clone)]
pub struct NetHandle {
    device: DeviceId,
    commands: mpsc::UnboundedSender<Command>,
    outboxes: Outboxes,
}

impl NetHandle {
    pub(crate) fn new(
        device: DeviceId,
        commands: mpsc::UnboundedSender<Command>,
        outboxes: Outboxes,
    ) -> Self {
        Self { device, commands, outboxes }
    }

    /// This machine.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// Serves exactly these circles from now on. Connections for others are closed.
    pub fn set_circles(&self, circles: Vec<Circle>) {
        self.command(Command::Circles(circles));
    }

    /// Opens exactly these doors for newcomers from now on. Connections that came through a door
    /// stay when it closes.
    pub fn set_joins(&self, joins: Vec<Alpn>) {
        self.command(Command::Joins(joins));
    }

    /// This machine is known to be in the circle: it is dialled, and dialled again whenever the
    /// connection is lost, until [`Self::forget`]. Known addresses and the salt are tried beside
    /// what it announces; calling again replaces the addresses and adds the salt.
    pub fn know(&self, circle: CircleId, whereabouts: Whereabouts) {
        self.command(Command::Know(circle, whereabouts));
    }

    /// Undoes [`Self::know`]. Machines seen near are dialled all the same.
    pub fn forget(&self, circle: CircleId, device: DeviceId) {
        self.command(Command::Forget(circle, device));
    }

    /// Dials once and now. Answered by [`crate::NetEvent::Opened`] or
    /// [`crate::NetEvent::DialFailed`]; by neither if the connection is there already.
    pub fn dial(&self, dial: Dial) {
        self.command(Command::Dial(dial));
    }

    /// Queues one frame, without length: the length is put before it here.
    ///
    /// # Errors
    /// The frame was not queued, and why. Frames that were queued arrive whole and in order or the
    /// connection ends.
    pub fn send(&self, conn: ConnId, frame: Vec<u8>) -> Result<(), NotSent> {
        self.outboxes.push(conn, frame)
    }

    /// Ends a connection, after the frames queued so far have left or a second has passed. The
    /// other end is told the code. Its machine is not redialled for half a minute.
    pub fn close(&self, conn: ConnId, code: u16) {
        self.command(Command::Close(conn, code));
    }

    /// The machine has slept: every connection is dropped, sockets are bound anew and known and
    /// near machines redialled at once.
    pub fn wake(&self) {
        self.command(Command::Wake);
    }

    /// Sends what is queued (for a second at most), says goodbye and frees the sockets. No event
    /// follows.
    pub async fn shutdown(&self) {
        let (done, finished) = oneshot::channel();
        self.command(Command::Shutdown(done));
        // An error means that the network has already stopped, which is what was asked for.
        let _ = finished.await;
    }

    fn command(&self, command: Command) {
        if self.commands.send(command).is_err() {
            tracing::debug!("a command after the network had stopped");
        }
    }
}
