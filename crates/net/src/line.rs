//! One connection from its handshake to its end.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use closeknit_ids::DeviceId;
use iroh::endpoint::{Connection, ConnectionError, RecvStream, SendStream, VarInt};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, MissedTickBehavior, interval, timeout},
};

use crate::{
    CloseReason, ConnId, HEARTBEAT, NetEvent, Purpose, SILENCE,
    frame::{self, Heard, Reader, Unheard},
    outbox::{Outbox, Taken},
};

/// A listener waits so long for the dialler's stream.
const STREAM_PATIENCE: Duration = Duration::from_secs(5);
/// A listener waits so long for the dialler's first frame.
const FIRST_FRAME: Duration = Duration::from_secs(10);
/// A dialler waits so long for the first word of the listener, whose engine decides whether to
/// answer at all.
const FIRST_WORD: Duration = Duration::from_secs(60);
/// What is queued may take so long to leave when a connection is closed in order.
pub(crate) const FLUSH: Duration = Duration::from_secs(1);

/// How a connection is told to end.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Order {
    /// After what is queued has left.
    Finish(CloseReason),
    /// Now.
    Drop(CloseReason),
    /// The machine shuts down: after what is queued has left, or now. The engine is not told.
    Quit {
        /// Whether what is queued still leaves.
        flush: bool,
    },
}

/// A connection whose handshake is over.
#[derive(Debug)]
pub(crate) struct Line {
    pub conn: ConnId,
    pub connection: Connection,
    pub device: DeviceId,
    pub purpose: Purpose,
    pub dialled: bool,
    pub address: SocketAddr,
    pub outbox: Arc<Outbox>,
    pub events: mpsc::Sender<NetEvent>,
}

/// How talking ended.
enum Over {
    Because(CloseReason),
    /// As ordered by [`Order::Quit`], or because nobody listens any more.
    Quit,
    /// The other end has finished its stream and is about to say why.
    TheyFinished,
}

impl Line {
    /// Carries frames both ways until either end has enough, and says why it ended. An order whose
    /// sender is dropped counts as quitting.
    pub(crate) async fn run(self, mut order: oneshot::Receiver<Order>) -> (ConnId, CloseReason) {
        let conn = self.conn;
        let (over, told) = match self.open(&mut order).await {
            Ok((send, recv)) => (self.talk(send, recv, &mut order).await, true),
            Err(over) => (over, false),
        };
        let (reason, quiet) = match over {
            Over::Because(reason) => (reason, false),
            Over::Quit => (CloseReason::Leaving, true),
            // Dropping our stream has finished it, which they wait for.
            Over::TheyFinished => match timeout(FLUSH * 2, self.connection.closed()).await {
                Ok(error) => (heard_why(&error), false),
                Err(_) => (CloseReason::Lost, false),
            },
        };
        self.connection.close(wire_code(reason), b"");
        let events = self.events.clone();
        // Frees the endpoint's socket, which may be bound anew while the engine is busy.
        drop(self);
        if told && !quiet {
            // The engine is gone: nobody to tell.
            let _ = events.send(NetEvent::Closed { conn, reason }).await;
        }
        (conn, reason)
    }

    /// Opens or awaits the one stream and tells the engine.
    async fn open(&self, order: &mut oneshot::Receiver<Order>) -> Result<(SendStream, RecvStream), Over> {
        let opening = async {
            let streams = self.streams().await.map_err(Over::Because)?;
            let opened = NetEvent::Opened {
                conn: self.conn,
                device: self.device,
                purpose: self.purpose.clone(),
                dialled: self.dialled,
                address: self.address,
            };
            self.events.send(opened).await.map_err(|_| Over::Quit)?;
            Ok(streams)
        };
        tokio::select! {
            biased;
            order = order => Err(ordered(order).over()),
            streams = opening => streams,
        }
    }

    async fn streams(&self) -> Result<(SendStream, RecvStream), CloseReason> {
        if self.dialled {
            let (mut send, recv) = self.connection.open_bi().await.map_err(|error| heard_why(&error))?;
            // A stream is invisible to the other end until something is on it.
            frame::write_beat(&mut send).await.map_err(|_| self.why_lost())?;
            Ok((send, recv))
        } else {
            let streams = timeout(STREAM_PATIENCE, self.connection.accept_bi()).await;
            streams.map_err(|_| CloseReason::NothingSaid)?.map_err(|error| heard_why(&error))
        }
    }

    async fn talk(&self, send: SendStream, recv: RecvStream, order: &mut oneshot::Receiver<Order>) -> Over {
        let finishing = AtomicBool::new(false);
        let reading = self.read(recv, &finishing);
        let writing = self.write(send);
        tokio::pin!(reading, writing);
        tokio::select! {
            biased;
            order = order => {
                let order = ordered(order);
                if order.flushes() {
                    finishing.store(true, Ordering::Relaxed);
                    self.outbox.end();
                    // Their reader has had everything once they finish in turn; a close before
                    // that would throw away what they have not read yet.
                    let _ = timeout(FLUSH, async { tokio::join!(writing, reading) }).await;
                }
                order.over()
            }
            over = &mut reading => over,
            over = &mut writing => over,
        }
    }

    async fn read(&self, recv: RecvStream, finishing: &AtomicBool) -> Over {
        let mut frames = Reader::new(recv);
        let opened = Instant::now();
        let mut patience = if self.dialled { FIRST_WORD } else { SILENCE };
        let mut spoken = self.dialled;
        loop {
            let heard = frames.next(patience).await;
            patience = SILENCE;
            match heard {
                Ok(Heard::Alive) if !spoken && opened.elapsed() > FIRST_FRAME => {
                    return Over::Because(CloseReason::NothingSaid);
                }
                Ok(Heard::Alive) => {}
                Ok(Heard::Frame(_)) if finishing.load(Ordering::Relaxed) => {}
                Ok(Heard::Frame(bytes)) => {
                    spoken = true;
                    let frame = NetEvent::Frame { conn: self.conn, bytes };
                    if self.events.send(frame).await.is_err() {
                        return Over::Quit;
                    }
                }
                Ok(Heard::End) => return Over::TheyFinished,
                Err(Unheard::Silent) => return Over::Because(CloseReason::Silent),
                Err(Unheard::Framing) => return Over::Because(self.why_lost_or(CloseReason::Framing)),
                Err(Unheard::Io(_)) => return Over::Because(self.why_lost()),
            }
        }
    }

    /// Writes frames and, once this end has something to say, heartbeats. A listener whose engine
    /// says nothing says nothing at all.
    async fn write(&self, mut send: SendStream) -> Over {
        let mut beats = interval(HEARTBEAT);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut talking = self.dialled;
        let mut room = false;
        loop {
            let written = tokio::select! {
                taken = self.outbox.take() => match taken {
                    Taken::Frame { frame, room: now } => {
                        talking = true;
                        room |= now;
                        frame::write(&mut send, &frame).await
                    }
                    Taken::End => {
                        let _ = send.finish();
                        let _ = send.stopped().await;
                        return Over::Quit;
                    }
                },
                _ = beats.tick(), if talking => frame::write_beat(&mut send).await,
                permit = self.events.reserve(), if room => {
                    room = false;
                    if let Ok(permit) = permit {
                        permit.send(NetEvent::Room { conn: self.conn });
                    }
                    Ok(())
                }
            };
            if written.is_err() {
                return Over::Because(self.why_lost());
            }
        }
    }

    fn why_lost(&self) -> CloseReason {
        self.why_lost_or(CloseReason::Lost)
    }

    fn why_lost_or(&self, otherwise: CloseReason) -> CloseReason {
        self.connection.close_reason().map_or(otherwise, |error| heard_why(&error))
    }
}

impl Order {
    fn flushes(self) -> bool {
        matches!(self, Self::Finish(_) | Self::Quit { flush: true })
    }

    fn over(self) -> Over {
        match self {
            Self::Finish(reason) | Self::Drop(reason) => Over::Because(reason),
            Self::Quit { .. } => Over::Quit,
        }
    }
}

fn ordered(order: Result<Order, oneshot::error::RecvError>) -> Order {
    order.unwrap_or(Order::Quit { flush: false })
}

/// Codes of the engine lie above this, ours below.
const ENGINE: u32 = 0x1_0000;

/// Ends a connection that never became a line.
pub(crate) fn refuse(connection: &Connection, reason: CloseReason) {
    connection.close(wire_code(reason), b"");
}

fn wire_code(reason: CloseReason) -> VarInt {
    VarInt::from_u32(match reason {
        CloseReason::Lost | CloseReason::Theirs(_) => 0,
        CloseReason::Duplicate => 1,
        CloseReason::Busy => 2,
        CloseReason::Silent => 3,
        CloseReason::Framing => 4,
        CloseReason::NothingSaid => 5,
        CloseReason::Moved => 6,
        CloseReason::NotServed => 7,
        CloseReason::Leaving => 8,
        CloseReason::Ours(code) => ENGINE.saturating_add(u32::from(code)),
    })
}

fn heard_why(error: &ConnectionError) -> CloseReason {
    match error {
        ConnectionError::ApplicationClosed(close) => match close.error_code.into_inner() {
            1 => CloseReason::Duplicate,
            2 => CloseReason::Busy,
            3 => CloseReason::Silent,
            4 => CloseReason::Framing,
            5 => CloseReason::NothingSaid,
            6 => CloseReason::Moved,
            7 => CloseReason::NotServed,
            8 => CloseReason::Leaving,
            code => code
                .checked_sub(u64::from(ENGINE))
                .and_then(|code| u16::try_from(code).ok())
                .map_or(CloseReason::Lost, CloseReason::Theirs),
        },
        ConnectionError::TimedOut => CloseReason::Silent,
        _ => CloseReason::Lost,
    }
}
