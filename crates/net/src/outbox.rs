//! The bounded send queue of each connection.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use crate::{ConnId, MAX_FRAME, MAX_QUEUED_BYTES, MAX_QUEUED_FRAMES, NotSent};

/// The send queues of all connections that are up, shared between the handle, which fills them,
/// and the connections, which empty them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outboxes(Arc<Mutex<HashMap<ConnId, Arc<Outbox>>>>);

impl Outboxes {
    pub(crate) fn open(&self, conn: ConnId) -> Arc<Outbox> {
        let outbox = Arc::new(Outbox::default());
        lock(&self.0).insert(conn, outbox.clone());
        outbox
    }

    pub(crate) fn remove(&self, conn: ConnId) {
        lock(&self.0).remove(&conn);
    }

    pub(crate) fn push(&self, conn: ConnId, frame: Vec<u8>) -> Result<(), NotSent> {
        let outbox = lock(&self.0).get(&conn).cloned().ok_or(NotSent::Closed)?;
        outbox.push(frame)
    }
}

/// One send queue.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    queue: Mutex<Queue>,
    filled: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    frames: VecDeque<Vec<u8>>,
    bytes: usize,
    /// A frame was refused: the engine waits to hear of room.
    refused: bool,
    /// The engine has sent something.
    spoken: bool,
    /// No frame is taken any more; the connection ends when the last has left.
    ending: bool,
}

/// What the writer of a connection takes from its queue.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The next frame, and whether a frame was refused and there is room again.
    Frame { frame: Vec<u8>, room: bool },
    /// The queue is empty and stays so.
    End,
}

impl Outbox {
    pub(crate) fn push(&self, frame: Vec<u8>) -> Result<(), NotSent> {
        if frame.is_empty() || frame.len() > MAX_FRAME {
            return Err(NotSent::Length);
        }
        let mut queue = lock(&self.queue);
        if queue.ending {
            return Err(NotSent::Closed);
        }
        let bytes = queue.bytes.saturating_add(frame.len());
        if bytes > MAX_QUEUED_BYTES || queue.frames.len() >= MAX_QUEUED_FRAMES {
            queue.refused = true;
            return Err(NotSent::Full);
        }
        queue.bytes = bytes;
        queue.spoken = true;
        queue.frames.push_back(frame);
        drop(queue);
        self.filled.notify_one();
        Ok(())
    }

    /// Whether the engine has ever sent something here.
    pub(crate) fn has_spoken(&self) -> bool {
        lock(&self.queue).spoken
    }

    /// Takes no more frames; those queued still leave.
    pub(crate) fn end(&self) {
        lock(&self.queue).ending = true;
        self.filled.notify_one();
    }

    /// Waits for the next frame. Only one task may wait. May be cancelled without loss.
    pub(crate) async fn take(&self) -> Taken {
        loop {
            if let Some(taken) = self.take_now() {
                return taken;
            }
            self.filled.notified().await;
        }
    }

    fn take_now(&self) -> Option<Taken> {
        let mut queue = lock(&self.queue);
        let Some(frame) = queue.frames.pop_front() else {
            return queue.ending.then_some(Taken::End);
        };
        queue.bytes = queue.bytes.saturating_sub(frame.len());
        let half = queue.bytes <= MAX_QUEUED_BYTES / 2 && queue.frames.len() <= MAX_QUEUED_FRAMES / 2;
        let room = queue.refused && half;
        if room {
            queue.refused = false;
        }
        Some(Taken::Frame { frame, room })
    }
}

/// A panic elsewhere does not leave these maps half-written: every change is one call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn frames_leave_in_order_and_then_the_end() {
        let outboxes = Outboxes::default();
        let conn = ConnId(1);
        let outbox = outboxes.open(conn);
        outboxes.push(conn, vec![1]).unwrap();
        outboxes.push(conn, vec![2]).unwrap();
        outbox.end();
        assert_eq!(outboxes.push(conn, vec![3]), Err(NotSent::Closed));
        assert_eq!(outbox.take().await, Taken::Frame { frame: vec![1], room: false });
        assert_eq!(outbox.take().await, Taken::Frame { frame: vec![2], room: false });
        assert_eq!(outbox.take().await, Taken::End);
        outboxes.remove(conn);
        assert_eq!(outboxes.push(conn, vec![4]), Err(NotSent::Closed));
    }

    #[tokio::test]
    async fn a_full_queue_refuses_and_tells_once_when_it_is_half_empty() {
        let outboxes = Outboxes::default();
        let conn = ConnId(1);
        let outbox = outboxes.open(conn);
        let mut taken = 0;
        while outboxes.push(conn, vec![0; MAX_FRAME]).is_ok() {
            taken += 1;
        }
        assert_eq!(taken, MAX_QUEUED_BYTES / MAX_FRAME);
        assert_eq!(outboxes.push(conn, vec![0; MAX_FRAME]), Err(NotSent::Full));
        let mut rooms = 0;
        for left in (0..taken).rev() {
            let Taken::Frame { room, .. } = outbox.take().await else { panic!("ended") };
            if room {
                rooms += 1;
                assert_eq!(left, MAX_QUEUED_BYTES / 2 / MAX_FRAME);
            }
        }
        assert_eq!(rooms, 1);
    }

    #[test]
    fn many_small_frames_are_bounded_too() {
        let outboxes = Outboxes::default();
        outboxes.open(ConnId(1));
        for _ in 0..MAX_QUEUED_FRAMES {
            outboxes.push(ConnId(1), vec![1]).unwrap();
        }
        assert_eq!(outboxes.push(ConnId(1), vec![1]), Err(NotSent::Full));
    }

    #[test]
    fn a_frame_of_the_wrong_length_is_refused_before_it_is_queued() {
        let outboxes = Outboxes::default();
        outboxes.open(ConnId(1));
        assert_eq!(outboxes.push(ConnId(1), vec![]), Err(NotSent::Length));
        assert_eq!(outboxes.push(ConnId(1), vec![0; MAX_FRAME + 1]), Err(NotSent::Length));
        assert_eq!(outboxes.push(ConnId(1), vec![0; MAX_FRAME]), Ok(()));
    }
}
