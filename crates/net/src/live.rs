//! The connections that are up, and which of two between the same machines stays.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use closeknit_ids::{CircleId, DeviceId};
use tokio::sync::oneshot;

use crate::{CloseReason, ConnId, MAX_LIVE, Purpose, line::Order, outbox::Outbox};

/// Two connections that begin within so long of each other were dialled by both ends at once.
const AT_ONCE: Duration = Duration::from_secs(3);

/// In a full room nobody gives way sooner after the last who did.
const TURN: Duration = Duration::from_secs(60);

/// What a connection is known by, beside its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ends {
    pub device: DeviceId,
    pub purpose: Purpose,
    /// By us.
    pub dialled: bool,
}

/// One connection that is up.
#[derive(Debug)]
struct Entry {
    ends: Ends,
    since: Instant,
    order: oneshot::Sender<Order>,
    outbox: Arc<Outbox>,
}

impl Entry {
    /// A guest of a circle to whom the engine has not said a word: it speaks to nobody who has not proved to belong.
    fn is_unproved(&self) -> bool {
        !self.ends.dialled && self.ends.circle().is_some() && !self.outbox.has_spoken()
    }
}

/// Whether a new connection may stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meeting {
    Welcome,
    /// In place of this one, which ends.
    Instead(ConnId, CloseReason),
    /// Not at all.
    Refused(CloseReason),
}

/// All connections that are up and not told to end.
#[derive(Debug)]
pub(crate) struct Live {
    us: DeviceId,
    entries: HashMap<ConnId, Entry>,
}

impl Live {
    pub(crate) fn new(us: DeviceId) -> Self {
        Self { us, entries: HashMap::new() }
    }

    /// What to do with a connection whose handshake has ended.
    pub(crate) fn meet(&self, new: &Ends, now: Instant) -> Meeting {
        if let Some((conn, other)) = self.between(&new.device, &new.purpose) {
            let age = now.saturating_duration_since(other.since);
            return if stays(self.us, &other.ends, age, new) {
                Meeting::Refused(CloseReason::Duplicate)
            } else {
                Meeting::Instead(conn, CloseReason::Duplicate)
            };
        }
        if self.entries.len() < MAX_LIVE {
            return Meeting::Welcome;
        }
        // Strangers who know the door could come again and again until they have all places. Whoever belongs has said
        // so long before another has come so far.
        if let Some(conn) = self.oldest_unproved() {
            return Meeting::Instead(conn, CloseReason::Busy);
        }
        // A newcomer has only this door, and comes in at once. Members take turns: whoever was there longest has told
        // all there was, and what comes in later is passed on by the others.
        let gives_way = match new.purpose {
            Purpose::Join(_) => self.youngest_of_a_circle(),
            Purpose::Circle(_) => self.next_turn().filter(|turn| *turn <= now).and(self.oldest_of_a_circle()),
        };
        match gives_way {
            Some(conn) => Meeting::Instead(conn, CloseReason::Busy),
            None => Meeting::Refused(CloseReason::Busy),
        }
    }

    /// In a full room, from when on somebody gives way to a member who has no place.
    pub(crate) fn next_turn(&self) -> Option<Instant> {
        let last = self.of_circles().map(|(_, one)| one.since).max()?;
        (self.entries.len() >= MAX_LIVE).then(|| last + TURN)
    }

    fn between(&self, device: &DeviceId, purpose: &Purpose) -> Option<(ConnId, &Entry)> {
        let mut entries = self.entries.iter();
        let found = entries.find(|(_, one)| one.ends.device == *device && one.ends.purpose == *purpose);
        found.map(|(conn, entry)| (*conn, entry))
    }

    fn oldest_unproved(&self) -> Option<ConnId> {
        let unproved = self.entries.iter().filter(|(_, one)| one.is_unproved());
        unproved.min_by_key(|(conn, one)| (one.since, **conn)).map(|(conn, _)| *conn)
    }

    fn of_circles(&self) -> impl Iterator<Item = (&ConnId, &Entry)> {
        self.entries.iter().filter(|(_, one)| one.ends.circle().is_some())
    }

    fn youngest_of_a_circle(&self) -> Option<ConnId> {
        self.of_circles().max_by_key(|(conn, one)| (one.since, **conn)).map(|(conn, _)| *conn)
    }

    fn oldest_of_a_circle(&self) -> Option<ConnId> {
        self.of_circles().min_by_key(|(conn, one)| (one.since, **conn)).map(|(conn, _)| *conn)
    }

    pub(crate) fn add(
        &mut self,
        conn: ConnId,
        ends: Ends,
        now: Instant,
        order: oneshot::Sender<Order>,
        outbox: Arc<Outbox>,
    ) {
        self.entries.insert(conn, Entry { ends, since: now, order, outbox });
    }

    pub(crate) fn is_up(&self, device: &DeviceId, purpose: &Purpose) -> bool {
        self.between(device, purpose).is_some()
    }

    /// How many are up and keep their place, and how many of them were dialled by us for a circle.
    pub(crate) fn count(&self) -> (usize, usize) {
        let ours = |one: &&Entry| one.ends.dialled && matches!(one.ends.purpose, Purpose::Circle(_));
        let stay = self.entries.values().filter(|one| !one.is_unproved());
        (stay.count(), self.entries.values().filter(ours).count())
    }

    /// Takes one off the table, and says what it was and how long it lasted.
    pub(crate) fn remove(&mut self, conn: ConnId, now: Instant) -> Option<(Ends, Duration)> {
        let entry = self.entries.remove(&conn)?;
        Some((entry.ends, now.saturating_duration_since(entry.since)))
    }

    /// Takes one off the table and tells it to end.
    pub(crate) fn end(&mut self, conn: ConnId, order: Order, now: Instant) -> Option<(Ends, Duration)> {
        let entry = self.entries.remove(&conn)?;
        // It may be ending by itself at this moment.
        let _ = entry.order.send(order);
        Some((entry.ends, now.saturating_duration_since(entry.since)))
    }

    /// The connections of these circles or this device.
    pub(crate) fn those(&self, chosen: impl Fn(&Ends) -> bool) -> Vec<ConnId> {
        self.entries.iter().filter(|(_, one)| chosen(&one.ends)).map(|(conn, _)| *conn).collect()
    }
}

impl Ends {
    /// The circle it is for.
    pub(crate) fn circle(&self) -> Option<CircleId> {
        match self.purpose {
            Purpose::Circle(circle) => Some(circle),
            Purpose::Join(_) => None,
        }
    }
}

/// Whether an older connection stays when a new one comes up between the same ends. Both ends
/// decide alike: whoever dials has no connection, so the new one is the true one; unless both
/// dialled at once, where the one dialled by the smaller id stays.
fn stays(us: DeviceId, old: &Ends, age: Duration, new: &Ends) -> bool {
    if old.dialled == new.dialled || age >= AT_ONCE {
        return false;
    }
    let smaller_is_us = us < old.device;
    old.dialled == smaller_is_us
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Alpn;

    const ALICE: DeviceId = DeviceId([1; 32]);
    const BOB: DeviceId = DeviceId([2; 32]);
    const CIRCLE: Purpose = Purpose::Circle(CircleId([1; 32]));

    fn to(device: DeviceId, dialled: bool) -> Ends {
        Ends { device, purpose: CIRCLE, dialled }
    }

    fn add(live: &mut Live, n: u64, ends: Ends, now: Instant) -> oneshot::Receiver<Order> {
        let (order, ordered) = oneshot::channel();
        let outbox = Arc::new(Outbox::default());
        outbox.push(b"hello".to_vec()).unwrap();
        live.add(ConnId(n), ends, now, order, outbox);
        ordered
    }

    /// What alice and bob keep when both have dialled, whichever comes up first at either.
    #[test]
    fn when_both_dial_at_once_both_keep_alices() {
        let now = Instant::now();
        for first in [true, false] {
            let mut alice = Live::new(ALICE);
            add(&mut alice, 1, to(BOB, first), now);
            let second = alice.meet(&to(BOB, !first), now + AT_ONCE / 2);
            let mut bob = Live::new(BOB);
            add(&mut bob, 1, to(ALICE, !first), now);
            let at_bob = bob.meet(&to(ALICE, first), now);
            // `first`: the one that alice dialled is up and stays; else it comes second and wins.
            let expected = if first {
                Meeting::Refused(CloseReason::Duplicate)
            } else {
                Meeting::Instead(ConnId(1), CloseReason::Duplicate)
            };
            assert_eq!((second, at_bob), (expected, expected));
        }
    }

    #[test]
    fn who_dials_again_has_lost_the_old_one() {
        let now = Instant::now();
        for (us, them) in [(ALICE, BOB), (BOB, ALICE)] {
            for (old, new, age) in [(true, true, 0), (false, false, 0), (true, false, 3), (false, true, 3)] {
                let mut live = Live::new(us);
                add(&mut live, 1, to(them, old), now);
                let meeting = live.meet(&to(them, new), now + Duration::from_secs(age));
                assert_eq!(meeting, Meeting::Instead(ConnId(1), CloseReason::Duplicate));
            }
        }
    }

    #[test]
    fn another_circle_is_another_connection() {
        let now = Instant::now();
        let mut live = Live::new(ALICE);
        add(&mut live, 1, to(BOB, true), now);
        let other = Ends { purpose: Purpose::Circle(CircleId([2; 32])), ..to(BOB, true) };
        assert_eq!(live.meet(&other, now), Meeting::Welcome);
    }

    #[test]
    fn a_guest_to_whom_nothing_was_said_gives_way_the_oldest_first() {
        let now = Instant::now();
        let mut live = Live::new(ALICE);
        for n in 2..u8::try_from(MAX_LIVE).unwrap() {
            add(&mut live, n.into(), to(DeviceId([n + 10; 32]), n % 2 == 0), now);
        }
        for (n, later) in [(0, 2), (1, 1)] {
            let (order, _) = oneshot::channel();
            let (ends, since) = (to(DeviceId([n + 10; 32]), false), now + Duration::from_secs(later));
            live.add(ConnId(n.into()), ends, since, order, Arc::default());
        }
        assert_eq!(live.count(), (MAX_LIVE - 2, MAX_LIVE / 2 - 1), "there is room for more");
        for gives_way in [1, 0] {
            let meeting = live.meet(&to(BOB, gives_way == 0), now);
            assert_eq!(meeting, Meeting::Instead(ConnId(gives_way), CloseReason::Busy));
            live.end(ConnId(gives_way), Order::Drop(CloseReason::Busy), now);
            add(
                &mut live,
                100 + gives_way,
                to(DeviceId([99 + u8::try_from(gives_way).unwrap(); 32]), false),
                now,
            );
        }
        assert_eq!(
            live.meet(&to(BOB, false), now),
            Meeting::Refused(CloseReason::Busy),
            "all have proved it"
        );
    }

    /// Fourteen machines in a room: each has twelve others, and the one without a place gets one in its turn.
    #[test]
    fn in_a_full_room_members_take_turns() {
        let now = Instant::now();
        let mut live = Live::new(ALICE);
        assert_eq!(live.next_turn(), None, "there is room");
        for n in 0..u8::try_from(MAX_LIVE).unwrap() {
            let since = now + Duration::from_secs(u64::from(n));
            add(&mut live, n.into(), to(DeviceId([n + 10; 32]), n % 2 == 0), since);
        }
        let full = now + Duration::from_secs(u64::try_from(MAX_LIVE).unwrap() - 1);
        assert_eq!(live.next_turn(), Some(full + TURN));
        assert_eq!(live.meet(&to(BOB, false), full + TURN / 2), Meeting::Refused(CloseReason::Busy));
        for turn in 1..4 {
            let then = full + TURN * turn;
            let oldest = ConnId(u64::from(turn) - 1);
            let last = to(DeviceId([u8::try_from(turn).unwrap() + 50; 32]), turn % 2 == 0);
            assert_eq!(live.meet(&last, then), Meeting::Instead(oldest, CloseReason::Busy));
            live.end(oldest, Order::Drop(CloseReason::Busy), then);
            add(&mut live, 100 + u64::from(turn), last, then);
            assert_eq!(live.meet(&to(BOB, false), then), Meeting::Refused(CloseReason::Busy), "one a turn");
        }
    }

    #[test]
    fn in_a_full_room_a_newcomer_still_finds_a_place() {
        let now = Instant::now();
        let mut live = Live::new(ALICE);
        let mut orders = Vec::new();
        for n in 0..MAX_LIVE {
            let n = u8::try_from(n).unwrap();
            let ends = to(DeviceId([n + 10; 32]), n % 2 == 0);
            orders.push(add(&mut live, n.into(), ends, now + Duration::from_secs(n.into())));
        }
        assert_eq!(live.count(), (MAX_LIVE, MAX_LIVE / 2));
        assert_eq!(live.meet(&to(BOB, false), now), Meeting::Refused(CloseReason::Busy));
        let newcomer = Ends { purpose: Purpose::Join(Alpn::join(&[1; 32])), ..to(BOB, false) };
        let youngest = ConnId(u64::try_from(MAX_LIVE).unwrap() - 1);
        assert_eq!(live.meet(&newcomer, now), Meeting::Instead(youngest, CloseReason::Busy));
        live.end(youngest, Order::Drop(CloseReason::Busy), now);
        assert!(matches!(orders.pop().unwrap().try_recv(), Ok(Order::Drop(CloseReason::Busy))));
        assert_eq!(live.meet(&newcomer, now), Meeting::Welcome);
    }
}
