//! Whom to dial, and when again: the machines that the engine knows and those seen near.

use std::{
    collections::HashMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use closeknit_ids::{CircleId, DeviceId};
use rand::{Rng, RngExt};

use crate::{CloseReason, MAX_ADDRESSES, Salt, Whereabouts};

/// The first pause after a failure; it doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// No pause is longer, jitter apart.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A machine whose engine, or ours, has closed on purpose is left alone for so long.
const HOLD: Duration = Duration::from_secs(30);
/// A machine that has no room is left alone for so long.
const BUSY: Duration = Duration::from_secs(10);
/// Of two machines that see each other at once, the one with the larger id lets the other go first.
const AFTER_YOU: Duration = Duration::from_millis(700);
/// A connection that lasted so long was a good one: the next pause is the first again.
const GOOD: Duration = Duration::from_secs(10);
/// So many machines are looked after; further ones are reached when they dial.
const MAX_WANTED: usize = 4096;
/// So many salts of one machine are tried in one handshake.
const MAX_SALTS: usize = 4;

/// A machine in a circle.
pub(crate) type Member = (CircleId, DeviceId);

/// One dial that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Due {
    pub member: Member,
    pub addresses: Vec<SocketAddr>,
    /// Newest first.
    pub salts: Vec<Salt>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    Dialling,
    Live,
}

#[derive(Debug)]
struct Entry {
    /// What the engine said; `None` if it does not know the machine.
    known: Option<Vec<SocketAddr>>,
    /// What the machine announces, if it is near.
    near: Option<Whereabouts>,
    salts: Vec<Salt>,
    state: State,
    /// Where it was dialled last.
    tried: Vec<SocketAddr>,
    failures: u32,
    next: Instant,
    /// Not before this, even if it comes near.
    hold: Instant,
}

impl Entry {
    fn new(now: Instant) -> Self {
        Self {
            known: None,
            near: None,
            salts: Vec::new(),
            state: State::Idle,
            tried: Vec::new(),
            failures: 0,
            next: now,
            hold: now,
        }
    }

    fn add_salt(&mut self, salt: Salt) {
        self.salts.retain(|known| *known != salt);
        self.salts.insert(0, salt);
        self.salts.truncate(MAX_SALTS);
    }

    /// What is announced now; where that failed, or nothing is, also what is known from before.
    /// The first to answer at any of them decides the handshake, so old ones can do harm.
    fn addresses(&self) -> Vec<SocketAddr> {
        let mut all: Vec<SocketAddr> = Vec::new();
        let near = self.near.iter().flat_map(|near| &near.addresses);
        let known = self.known.iter().flatten().filter(|_| self.near.is_none() || self.failures > 0);
        for address in near.chain(known) {
            if !all.contains(address) {
                all.push(*address);
            }
        }
        all.truncate(MAX_ADDRESSES);
        all
    }

    fn at(&self) -> Instant {
        self.next.max(self.hold)
    }
}

/// All machines that are wanted.
#[derive(Debug)]
pub(crate) struct Wanted {
    us: DeviceId,
    entries: HashMap<Member, Entry>,
}

impl Wanted {
    pub(crate) fn new(us: DeviceId) -> Self {
        Self { us, entries: HashMap::new() }
    }

    fn entry(&mut self, member: Member, now: Instant) -> Option<&mut Entry> {
        if member.1 == self.us {
            return None;
        }
        if !self.entries.contains_key(&member) && self.entries.len() >= MAX_WANTED {
            tracing::warn!(device = %member.1.short(), "too many machines to look after");
            return None;
        }
        Some(self.entries.entry(member).or_insert_with(|| Entry::new(now)))
    }

    /// The engine knows a machine: it is due at once if this is news.
    pub(crate) fn know(&mut self, circle: CircleId, whereabouts: Whereabouts, now: Instant) {
        if let Some(entry) = self.entry((circle, whereabouts.device), now) {
            let addresses = Some(whereabouts.addresses);
            if entry.known != addresses || !entry.salts.contains(&whereabouts.salt) {
                entry.failures = 0;
                entry.next = now;
            }
            entry.known = addresses;
            entry.add_salt(whereabouts.salt);
        }
    }

    pub(crate) fn forget(&mut self, member: Member) {
        if let Some(entry) = self.entries.get_mut(&member) {
            entry.known = None;
            self.drop_if_unwanted(member);
        }
    }

    /// A machine came near, or is near elsewhere than before. Says whether it is being dialled where it is not: that
    /// would go on until nobody has answered for long enough, so it is to end, and counts as ended.
    pub(crate) fn near(&mut self, circle: CircleId, whereabouts: Whereabouts, now: Instant) -> bool {
        let us = self.us;
        let Some(entry) = self.entry((circle, whereabouts.device), now) else { return false };
        let in_vain = entry.state == State::Dialling
            && !whereabouts.addresses.iter().any(|address| entry.tried.contains(address));
        if in_vain {
            entry.state = State::Idle;
        }
        let polite = if us > whereabouts.device { AFTER_YOU } else { Duration::ZERO };
        entry.failures = 0;
        entry.next = now + polite;
        entry.add_salt(whereabouts.salt);
        entry.near = Some(whereabouts);
        in_vain
    }

    pub(crate) fn gone(&mut self, member: Member) {
        if let Some(entry) = self.entries.get_mut(&member) {
            entry.near = None;
            self.drop_if_unwanted(member);
        }
    }

    /// Only these circles any more.
    pub(crate) fn retain(&mut self, served: impl Fn(CircleId) -> bool) {
        self.entries.retain(|(circle, _), _| served(*circle));
    }

    fn drop_if_unwanted(&mut self, member: Member) {
        if let Some(entry) = self.entries.get(&member)
            && entry.known.is_none()
            && entry.near.is_none()
        {
            self.entries.remove(&member);
        }
    }

    /// Everything is due again: this machine has woken or moved.
    pub(crate) fn restart(&mut self, now: Instant) {
        let us = self.us;
        for ((_, device), entry) in &mut self.entries {
            entry.state = State::Idle;
            entry.failures = 0;
            entry.next = if us > *device { now + AFTER_YOU } else { now };
        }
    }

    /// At most `room` machines whose time has come, those near first; they count as being dialled.
    pub(crate) fn due(&mut self, now: Instant, room: usize) -> Vec<Due> {
        let mut due: Vec<(&Member, &mut Entry)> =
            self.entries.iter_mut().filter(|(_, entry)| is_due(entry, now)).collect();
        due.sort_by_key(|(member, entry)| (entry.near.is_none(), entry.at(), **member));
        due.into_iter()
            .take(room)
            .map(|(member, entry)| {
                entry.state = State::Dialling;
                entry.tried = entry.addresses();
                Due { member: *member, addresses: entry.tried.clone(), salts: entry.salts.clone() }
            })
            .collect()
    }

    /// When something is due next.
    pub(crate) fn next(&self) -> Option<Instant> {
        let idle = self.entries.values().filter(|entry| dialable(entry));
        idle.map(Entry::at).min()
    }

    /// A connection is up, whoever dialled.
    pub(crate) fn opened(&mut self, member: Member) {
        if let Some(entry) = self.entries.get_mut(&member) {
            entry.state = State::Live;
        }
    }

    /// A dial failed.
    pub(crate) fn failed(&mut self, member: Member, busy: bool, now: Instant, rng: &mut impl Rng) {
        let us = self.us;
        if let Some(entry) = self.entries.get_mut(&member)
            && entry.state == State::Dialling
        {
            entry.state = State::Idle;
            entry.failures = entry.failures.saturating_add(1);
            let polite = if us > member.1 { AFTER_YOU } else { Duration::ZERO };
            entry.next = now + pause(entry.failures, rng) + polite;
            if busy {
                entry.hold = now + jitter(BUSY, rng);
            }
        }
    }

    /// The last connection is gone after it `lasted` so long.
    pub(crate) fn closed(
        &mut self,
        member: Member,
        reason: CloseReason,
        lasted: Duration,
        now: Instant,
        rng: &mut impl Rng,
    ) {
        let us = self.us;
        if let Some(entry) = self.entries.get_mut(&member) {
            entry.state = State::Idle;
            if lasted >= GOOD {
                entry.failures = 0;
            }
            entry.failures = entry.failures.saturating_add(1);
            let polite = if us > member.1 { AFTER_YOU } else { Duration::ZERO };
            entry.next = now + pause(entry.failures, rng) + polite;
            match reason {
                CloseReason::Ours(_) | CloseReason::Theirs(_) | CloseReason::NotServed => {
                    entry.hold = now + jitter(HOLD, rng);
                }
                CloseReason::Busy => entry.hold = now + jitter(BUSY, rng),
                _ => {}
            }
        }
    }
}

/// Nobody can be dialled without an address.
fn dialable(entry: &Entry) -> bool {
    let known = entry.known.as_ref().is_some_and(|addresses| !addresses.is_empty());
    entry.state == State::Idle && (known || entry.near.is_some())
}

fn is_due(entry: &Entry, now: Instant) -> bool {
    dialable(entry) && entry.at() <= now
}

fn pause(failures: u32, rng: &mut impl Rng) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    let pause = FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE);
    jitter(pause, rng)
}

/// Between three and five quarters of it, so that machines do not keep step.
fn jitter(pause: Duration, rng: &mut impl Rng) -> Duration {
    pause.mul_f64(rng.random_range(0.75..1.25))
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng as _, rngs::StdRng};

    use super::*;

    const CIRCLE: CircleId = CircleId([1; 32]);
    const ALICE: DeviceId = DeviceId([1; 32]);
    const BOB: DeviceId = DeviceId([2; 32]);

    fn at(device: DeviceId, salt: u8, address: &str) -> Whereabouts {
        Whereabouts { device, salt: Salt([salt; 16]), addresses: vec![address.parse().unwrap()] }
    }

    struct Story {
        wanted: Wanted,
        now: Instant,
        rng: StdRng,
    }

    impl Story {
        fn of(us: DeviceId) -> Self {
            Self { wanted: Wanted::new(us), now: Instant::now(), rng: StdRng::seed_from_u64(1) }
        }

        /// How long until something is due, which then is dialled.
        fn wait(&mut self) -> Duration {
            let next = self.wanted.next().expect("something is due some time");
            let waited = next.saturating_duration_since(self.now);
            self.now = self.now.max(next);
            assert_eq!(self.wanted.due(self.now, 1).len(), 1);
            waited
        }
    }

    #[test]
    fn pauses_double_up_to_a_minute_and_start_anew_when_bob_comes_near() {
        let mut alice = Story::of(ALICE);
        alice.wanted.know(CIRCLE, at(BOB, 1, "10.0.0.2:1"), alice.now);
        assert_eq!(alice.wait(), Duration::ZERO);
        let mut expected = 0.5;
        for _ in 0..12 {
            alice.wanted.failed((CIRCLE, BOB), false, alice.now, &mut alice.rng);
            let pause = alice.wait().as_secs_f64();
            assert!((expected * 0.75..expected * 1.25).contains(&pause), "{pause} for {expected}");
            expected = f64::min(expected * 2.0, 60.0);
        }
        alice.wanted.failed((CIRCLE, BOB), false, alice.now, &mut alice.rng);
        alice.wanted.near(CIRCLE, at(BOB, 2, "10.0.0.2:2"), alice.now);
        let due = alice.wanted.due(alice.now, 1);
        assert_eq!(due[0].addresses, ["10.0.0.2:2".parse().unwrap()], "only where he is now");
        assert_eq!(due[0].salts, [Salt([2; 16]), Salt([1; 16])], "the newest salt first");
        alice.wanted.failed((CIRCLE, BOB), false, alice.now, &mut alice.rng);
        let due = alice.wanted.due(alice.now + LONGEST_PAUSE, 1);
        assert_eq!(due[0].addresses, ["10.0.0.2:2".parse().unwrap(), "10.0.0.2:1".parse().unwrap()]);
    }

    #[test]
    fn who_is_dialled_where_they_were_and_comes_near_elsewhere_is_dialled_there_at_once() {
        let mut alice = Story::of(ALICE);
        alice.wanted.know(CIRCLE, at(BOB, 1, "10.0.0.2:1"), alice.now);
        alice.wait();
        assert!(alice.wanted.near(CIRCLE, at(BOB, 2, "10.0.0.2:2"), alice.now), "the dial is in vain");
        assert_eq!(alice.wait(), Duration::ZERO);
        assert!(!alice.wanted.near(CIRCLE, at(BOB, 3, "10.0.0.2:2"), alice.now), "that one may come through");
        assert_eq!(alice.wanted.due(alice.now, 9), []);
        alice.wanted.opened((CIRCLE, BOB));
        assert!(!alice.wanted.near(CIRCLE, at(BOB, 3, "10.0.0.2:3"), alice.now), "nobody is dialling");
    }

    #[test]
    fn of_two_who_see_each_other_the_smaller_dials_first() {
        let (mut alice, mut bob) = (Story::of(ALICE), Story::of(BOB));
        alice.wanted.near(CIRCLE, at(BOB, 1, "10.0.0.2:1"), alice.now);
        bob.wanted.near(CIRCLE, at(ALICE, 1, "10.0.0.1:1"), bob.now);
        assert_eq!(alice.wait(), Duration::ZERO);
        assert_eq!(bob.wait(), AFTER_YOU);
    }

    #[test]
    fn whoever_is_connected_or_being_dialled_is_not_dialled() {
        let mut alice = Story::of(ALICE);
        alice.wanted.know(CIRCLE, at(BOB, 1, "10.0.0.2:1"), alice.now);
        assert_eq!(alice.wanted.due(alice.now, 0), [], "no room");
        assert_eq!(alice.wanted.due(alice.now, 9).len(), 1);
        assert_eq!(alice.wanted.due(alice.now, 9), []);
        alice.wanted.opened((CIRCLE, BOB));
        assert_eq!(alice.wanted.next(), None);
        let member = (CIRCLE, BOB);
        alice.wanted.closed(member, CloseReason::Silent, GOOD, alice.now, &mut alice.rng);
        assert!(alice.wait() < Duration::from_secs(1));
    }

    #[test]
    fn a_close_on_purpose_is_respected_even_if_bob_stays_near() {
        let mut alice = Story::of(ALICE);
        alice.wanted.near(CIRCLE, at(BOB, 1, "10.0.0.2:1"), alice.now);
        alice.wait();
        alice.wanted.opened((CIRCLE, BOB));
        let member = (CIRCLE, BOB);
        alice.wanted.closed(member, CloseReason::Theirs(7), GOOD, alice.now, &mut alice.rng);
        alice.wanted.near(CIRCLE, at(BOB, 1, "10.0.0.2:9"), alice.now);
        assert!(alice.wait() > HOLD / 2);
    }

    #[test]
    fn the_unknown_are_dropped_when_gone_and_the_known_when_forgotten() {
        let mut alice = Story::of(ALICE);
        alice.wanted.near(CIRCLE, at(BOB, 1, "10.0.0.2:1"), alice.now);
        alice.wanted.know(CIRCLE, at(BOB, 1, "10.0.0.2:1"), alice.now);
        alice.wanted.gone((CIRCLE, BOB));
        assert_eq!(alice.wanted.due(alice.now, 9).len(), 1, "still known");
        alice.wanted.forget((CIRCLE, BOB));
        assert!(alice.wanted.entries.is_empty());
        alice.wanted.near(CIRCLE, at(BOB, 1, "10.0.0.2:1"), alice.now);
        alice.wanted.retain(|circle| circle != CIRCLE);
        assert!(alice.wanted.entries.is_empty());
    }

    #[test]
    fn neither_oneself_nor_a_crowd_without_end() {
        let mut alice = Story::of(ALICE);
        alice.wanted.know(CIRCLE, at(ALICE, 1, "10.0.0.1:1"), alice.now);
        assert!(alice.wanted.entries.is_empty());
        for n in 0..u32::try_from(MAX_WANTED).unwrap() + 10 {
            let mut id = [0xff; 32];
            id[..4].copy_from_slice(&n.to_be_bytes());
            alice.wanted.near(CIRCLE, at(DeviceId(id), 1, "10.0.0.2:1"), alice.now);
        }
        assert_eq!(alice.wanted.entries.len(), MAX_WANTED);
    }

    #[test]
    fn those_near_go_first_after_waking() {
        let mut alice = Story::of(ALICE);
        let carol = DeviceId([3; 32]);
        alice.wanted.know(CIRCLE, at(BOB, 1, "10.0.0.2:1"), alice.now);
        alice.wanted.near(CIRCLE, at(carol, 1, "10.0.0.3:1"), alice.now);
        alice.wanted.opened((CIRCLE, BOB));
        alice.wanted.opened((CIRCLE, carol));
        alice.wanted.restart(alice.now);
        let due = alice.wanted.due(alice.now, 9);
        assert_eq!(due.iter().map(|due| due.member.1).collect::<Vec<_>>(), [carol, BOB]);
    }
}
