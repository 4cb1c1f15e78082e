//! Who is near: announcements heard, recognised, merged and forgotten. Everything that outsiders
//! can make grow has a bound.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    net::SocketAddr,
    time::{Duration, Instant},
};

use closeknit_ids::{CircleId, DeviceId};
use sha2::{Digest as _, Sha256};

use crate::{
    MAX_ADDRESSES, Salt, Whereabouts, announce,
    networks::{OwnNetwork, in_order},
};

/// So many announcements of known circles are kept.
const MAX_HEARD: usize = 512;
/// So many announcements of others are remembered, so that they are not tried again.
const MAX_FOREIGN: usize = 1024;
/// So many entries of one announcement are tried.
const MAX_ENTRIES: usize = announce::MAX_ANNOUNCED;
/// So many unknown announcements are tried at once, and so many more each second.
const TRIES: f64 = 256.0;

/// One announcement as it came from the wire.
#[derive(Debug, Clone)]
pub(crate) struct Announcement {
    pub addresses: Vec<SocketAddr>,
    /// The values of its TXT record.
    pub entries: Vec<String>,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Near(CircleId, Whereabouts),
    Gone(CircleId, DeviceId),
}

/// What an announcement says, in short: played back under any name it is the same one.
type Print = [u8; 32];

/// A recognised announcement.
#[derive(Debug)]
struct Heard {
    device: DeviceId,
    salts: BTreeMap<CircleId, Salt>,
    addresses: Vec<SocketAddr>,
    /// Counts up: a later announcement of the same machine is the truer one.
    order: u64,
    last: Instant,
    /// Recognised under other circles than those looked for now.
    stale: bool,
}

/// All that is heard on the local networks.
#[derive(Debug)]
pub(crate) struct Nearby {
    us: DeviceId,
    circles: Vec<CircleId>,
    /// Only addresses on these are told; `None`: all.
    reach: Option<Vec<OwnNetwork>>,
    heard: HashMap<Print, Heard>,
    foreign: HashSet<Print>,
    told: BTreeMap<(CircleId, DeviceId), Whereabouts>,
    tries: f64,
    refilled: Instant,
    counter: u64,
}

impl Nearby {
    pub(crate) fn new(us: DeviceId, now: Instant) -> Self {
        Self {
            us,
            circles: Vec::new(),
            reach: None,
            heard: HashMap::new(),
            foreign: HashSet::new(),
            told: BTreeMap::new(),
            tries: TRIES,
            refilled: now,
            counter: 0,
        }
    }

    /// Looks for these circles from now on.
    pub(crate) fn look_for(&mut self, circles: Vec<CircleId>) -> Vec<Change> {
        if self.circles == circles {
            return Vec::new();
        }
        self.circles = circles;
        self.foreign.clear();
        for heard in self.heard.values_mut() {
            heard.stale = true;
            heard.salts.retain(|circle, _| self.circles.contains(circle));
        }
        self.heard.retain(|_, heard| !heard.salts.is_empty());
        self.changes()
    }

    /// Tells only of addresses on these networks from now on; with `None`, of all.
    pub(crate) fn reach(&mut self, networks: Option<Vec<OwnNetwork>>) -> Vec<Change> {
        self.reach = networks;
        self.changes()
    }

    /// An announcement came in.
    pub(crate) fn hear(&mut self, announcement: &Announcement, now: Instant) -> Vec<Change> {
        let addresses = in_order(announcement.addresses.clone());
        let print = fingerprint(announcement, &addresses);
        if let Some(known) = self.heard.get_mut(&print)
            && !known.stale
        {
            known.last = now;
            return Vec::new();
        }
        if self.foreign.contains(&print) || !self.may_try(now) {
            return Vec::new();
        }
        let Some((device, salts)) = self.recognise(announcement, &addresses) else {
            if self.foreign.len() >= MAX_FOREIGN {
                self.foreign.clear();
            }
            self.foreign.insert(print);
            return Vec::new();
        };
        if self.heard.len() >= MAX_HEARD && !self.heard.contains_key(&print) {
            return Vec::new();
        }
        self.counter = self.counter.saturating_add(1);
        let heard = Heard { device, salts, addresses, order: self.counter, last: now, stale: false };
        self.heard.insert(print, heard);
        self.changes()
    }

    /// Forgets what was not heard again. With many machines around each is heard less often.
    pub(crate) fn expire(&mut self, cadence: Duration, now: Instant) -> Vec<Change> {
        let machines = u32::try_from(self.heard.len()).unwrap_or(u32::MAX);
        let patience = cadence.saturating_mul(machines.saturating_add(3));
        self.heard.retain(|_, heard| now.saturating_duration_since(heard.last) < patience);
        self.changes()
    }

    /// Trying costs a few microseconds for each circle and entry; a flood must not cost a core.
    fn may_try(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.refilled).as_secs_f64();
        self.refilled = now;
        self.tries = (self.tries + passed * TRIES).min(TRIES);
        let may = self.tries >= 1.0;
        if may {
            self.tries -= 1.0;
        }
        may
    }

    fn recognise(
        &self,
        announcement: &Announcement,
        addresses: &[SocketAddr],
    ) -> Option<(DeviceId, BTreeMap<CircleId, Salt>)> {
        let mut salts = BTreeMap::new();
        let mut who = None;
        for entry in announcement.entries.iter().take(MAX_ENTRIES) {
            for circle in &self.circles {
                if let Some((device, salt)) = announce::open(*circle, entry, addresses)
                    && *who.get_or_insert(device) == device
                {
                    salts.insert(*circle, salt);
                    break;
                }
            }
        }
        let device = who.filter(|device| *device != self.us)?;
        Some((device, salts))
    }

    /// Compares what is heard with what was told.
    fn changes(&mut self) -> Vec<Change> {
        let now = self.whereabouts();
        let mut changes = Vec::new();
        for (circle, device) in self.told.keys() {
            if !now.contains_key(&(*circle, *device)) {
                changes.push(Change::Gone(*circle, *device));
            }
        }
        for (member, whereabouts) in &now {
            if self.told.get(member) != Some(whereabouts) {
                changes.push(Change::Near(member.0, whereabouts.clone()));
            }
        }
        self.told = now;
        changes
    }

    fn reaches(&self, address: &SocketAddr) -> bool {
        match &self.reach {
            Some(networks) => networks.iter().any(|network| network.contains(address.ip())),
            None => true,
        }
    }

    fn whereabouts(&self) -> BTreeMap<(CircleId, DeviceId), Whereabouts> {
        let mut newest_first: Vec<&Heard> = self.heard.values().collect();
        newest_first.sort_by_key(|heard| std::cmp::Reverse(heard.order));
        let mut all: BTreeMap<(CircleId, DeviceId), Whereabouts> = BTreeMap::new();
        for heard in newest_first {
            for (circle, salt) in &heard.salts {
                let at = all.entry((*circle, heard.device)).or_insert_with(|| Whereabouts {
                    device: heard.device,
                    salt: *salt,
                    addresses: Vec::new(),
                });
                for address in heard.addresses.iter().filter(|address| self.reaches(address)) {
                    if !at.addresses.contains(address) && at.addresses.len() < MAX_ADDRESSES {
                        at.addresses.push(*address);
                    }
                }
            }
        }
        all.retain(|_, at| !at.addresses.is_empty());
        all
    }
}

fn fingerprint(announcement: &Announcement, addresses: &[SocketAddr]) -> Print {
    let mut hash = Sha256::new();
    hash.update(format!("{addresses:?}"));
    for entry in announcement.entries.iter().take(MAX_ENTRIES) {
        hash.update(entry);
        hash.update([0]);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLRACE: CircleId = CircleId([1; 32]);
    const ALLOTMENT: CircleId = CircleId([2; 32]);
    const ALICE: DeviceId = DeviceId([1; 32]);
    const BOB: DeviceId = DeviceId([2; 32]);
    const CADENCE: Duration = Duration::from_secs(1);

    fn announced(device: DeviceId, salt: u8, circles: &[CircleId], at: &str) -> Announcement {
        let addresses = vec![at.parse().unwrap()];
        let entries = circles
            .iter()
            .map(|circle| announce::seal(*circle, Salt([salt; 16]), device, &addresses).unwrap())
            .collect();
        Announcement { addresses, entries }
    }

    fn near(circle: CircleId, device: DeviceId, salt: u8, at: &[&str]) -> Change {
        let addresses = at.iter().map(|at| at.parse().unwrap()).collect();
        Change::Near(circle, Whereabouts { device, salt: Salt([salt; 16]), addresses })
    }

    fn alice(now: Instant) -> Nearby {
        let mut alice = Nearby::new(ALICE, now);
        alice.look_for(vec![MILLRACE, ALLOTMENT]);
        alice
    }

    #[test]
    fn bob_is_told_once_and_again_only_when_something_changed() {
        let now = Instant::now();
        let mut alice = alice(now);
        let bob = announced(BOB, 1, &[MILLRACE, ALLOTMENT], "10.0.0.2:1");
        let both = [near(MILLRACE, BOB, 1, &["10.0.0.2:1"]), near(ALLOTMENT, BOB, 1, &["10.0.0.2:1"])];
        assert_eq!(alice.hear(&bob, now), both);
        assert_eq!(alice.hear(&bob, now), []);
        // Bob moves: a new announcement, the old one still in the air.
        let moved = announced(BOB, 2, &[MILLRACE], "10.0.0.9:1");
        assert_eq!(
            alice.hear(&moved, now),
            [near(MILLRACE, BOB, 2, &["10.0.0.9:1", "10.0.0.2:1"])],
            "the new address first, and the new salt"
        );
        let later = now + CADENCE * 3;
        alice.hear(&moved, later);
        assert_eq!(
            alice.expire(CADENCE, now + CADENCE * 5),
            [Change::Gone(ALLOTMENT, BOB), near(MILLRACE, BOB, 2, &["10.0.0.9:1"])]
        );
        assert_eq!(alice.expire(CADENCE, later + CADENCE * 5), [Change::Gone(MILLRACE, BOB)]);
    }

    #[test]
    fn oneself_and_strangers_are_not_near() {
        let now = Instant::now();
        let mut alice = alice(now);
        let own = announced(ALICE, 1, &[MILLRACE], "10.0.0.1:1");
        let stranger = announced(BOB, 1, &[CircleId([9; 32])], "10.0.0.2:1");
        let nonsense =
            Announcement { entries: vec!["?".into(); 100], ..announced(BOB, 1, &[], "10.0.0.2:1") };
        for foreign in [own, stranger, nonsense] {
            assert_eq!(alice.hear(&foreign, now), []);
        }
        assert!(alice.heard.is_empty());
        assert_eq!(alice.foreign.len(), 3);
    }

    #[test]
    fn an_announcement_played_back_from_elsewhere_is_not_believed() {
        let now = Instant::now();
        let mut alice = alice(now);
        let bob = announced(BOB, 1, &[MILLRACE], "10.0.0.2:1");
        let forged = Announcement { addresses: vec!["10.0.0.66:1".parse().unwrap()], ..bob.clone() };
        assert_eq!(alice.hear(&forged, now), []);
        assert_eq!(alice.hear(&bob, now).len(), 1);
        assert_eq!(alice.hear(&forged, now), [], "nor does it displace the true one");
        assert_eq!(alice.heard.len(), 1);
    }

    #[test]
    fn a_flood_is_bounded_in_memory_and_in_tries() {
        let now = Instant::now();
        let mut alice = alice(now);
        for n in 0..10_000_u32 {
            let flood = Announcement {
                addresses: vec!["10.0.0.66:1".parse().unwrap()],
                entries: vec![format!("{n}")],
            };
            // A tenth of a second each, so that tries do not run out.
            assert_eq!(alice.hear(&flood, now + CADENCE / 10 * n), []);
        }
        assert!(alice.foreign.len() <= MAX_FOREIGN);
        let end = now + CADENCE * 1001;
        let mut tried = 0;
        for n in 0..1000 {
            let bob = announced(BOB, 1, &[MILLRACE], &format!("10.0.0.2:{n}"));
            alice.hear(&bob, end);
            tried = alice.heard.len();
        }
        assert!(tried as f64 <= TRIES, "{tried} tried in one moment");
    }

    #[test]
    fn a_circle_that_is_left_is_not_looked_for() {
        let now = Instant::now();
        let mut alice = alice(now);
        let bob = announced(BOB, 1, &[MILLRACE, ALLOTMENT], "10.0.0.2:1");
        alice.hear(&bob, now);
        assert_eq!(alice.look_for(vec![ALLOTMENT]), [Change::Gone(MILLRACE, BOB)]);
        assert_eq!(alice.look_for(vec![ALLOTMENT, MILLRACE]), []);
        assert_eq!(
            alice.hear(&bob, now),
            [near(MILLRACE, BOB, 1, &["10.0.0.2:1"])],
            "what was heard before is looked at again"
        );
    }

    #[test]
    fn who_is_on_none_of_our_networks_is_not_near() {
        let now = Instant::now();
        let mut alice = alice(now);
        let home = OwnNetwork { address: "10.0.0.1".parse().unwrap(), prefix: 24 };
        let cafe = OwnNetwork { address: "192.168.7.1".parse().unwrap(), prefix: 24 };
        assert_eq!(alice.reach(Some(vec![home])), []);
        assert_eq!(alice.hear(&announced(BOB, 1, &[MILLRACE], "8.8.8.8:1"), now), []);
        let bob = announced(BOB, 1, &[MILLRACE], "10.0.0.2:1");
        assert_eq!(alice.hear(&bob, now), [near(MILLRACE, BOB, 1, &["10.0.0.2:1"])]);
        assert_eq!(alice.reach(Some(vec![cafe])), [Change::Gone(MILLRACE, BOB)]);
    }
}
