//! Being found and finding, on every own network: our part around swarm-discovery, which speaks
//! mDNS.
//!
//! swarm-discovery keeps whatever name it hears for as long as a flood lasts, and stops for good on
//! a socket error; both are watched here and answered by starting it afresh. It is also started
//! afresh on every change of what is announced, under a new random name, so that an observer
//! cannot tie what was announced before to what is announced now.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use closeknit_ids::{CircleId, DeviceId};
use data_encoding::HEXLOWER;
use rand::{Rng as _, rngs::StdRng, seq::SliceRandom as _};
use swarm_discovery::{Discoverer, DropGuard, IpClass, Peer};
use tokio::{
    runtime::Handle,
    sync::{Notify, mpsc, watch},
    time::{MissedTickBehavior, interval},
};

use crate::{
    Salt,
    announce::{self, MAX_ANNOUNCED},
    near::{Announcement, Change, Nearby},
    networks::OwnNetwork,
};

/// The service under which all circles of everywhere announce themselves, told apart only by
/// those who can read the entries.
const SERVICE: &str = "closeknit";
/// A machine is found after about so long.
const CADENCE: Duration = Duration::from_millis(1500);
/// So many names since the last start are a flood.
const FLOOD: usize = 2048;
/// Whoever has heard so many answers to a question keeps theirs to themselves. With less than a flood of them, anybody
/// who shouts names could silence the machines that there are.
const ANSWERS_PER_SECOND: f32 = FLOOD as f32 / 1.5;
/// So many names since the last start are a crowd.
const CROWD: usize = 128;
/// The more names swarm-discovery hears the more seldom it asks: in a crowd it is started afresh so often, and then
/// asks soon.
const CADENCE_IN_A_CROWD: Duration = Duration::from_secs(10);
const AFTER_A_CROWD: Duration = Duration::from_secs(30);
/// After a flood nothing is heard for so long, and twice as long after each further one.
const FIRST_REST: Duration = Duration::from_secs(5);
const LONGEST_REST: Duration = Duration::from_secs(300);
/// If nothing at all is heard for so long, not even ourselves, it has stopped working.
const DEAF: Duration = Duration::from_secs(30);
/// So many announcements wait to be looked at; more are dropped, and come again.
const WAITING: usize = 64;

/// What to announce and what to look for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Wish {
    /// Where this machine can be reached.
    pub addresses: Vec<SocketAddr>,
    /// Through which of its own addresses it speaks.
    pub speaks: Vec<IpAddr>,
    /// Addresses outside these are no use; `None`: all are.
    pub reach: Option<Vec<OwnNetwork>>,
    /// The circles, and the salt to announce; none for those that are only looked for.
    pub circles: Vec<(CircleId, Option<Salt>)>,
    /// Counts up whenever sockets are bound anew, so that ours are too.
    pub bound: u64,
}

/// Looks and announces as wished until either channel closes.
pub(crate) async fn run(
    us: DeviceId,
    rng: StdRng,
    wishes: watch::Receiver<Wish>,
    changes: mpsc::Sender<Change>,
) {
    let now = Instant::now();
    let (sightings, seen) = mpsc::channel(WAITING);
    let discovery = Discovery {
        us,
        rng,
        wish: Wish::default(),
        nearby: Nearby::new(us, now),
        running: None,
        started: now,
        names: Arc::default(),
        last_crowd: None,
        rest: FIRST_REST,
        resting_until: None,
        last_heard: now,
        sightings,
        flooded: Arc::new(Notify::new()),
    };
    discovery.run(wishes, seen, changes).await;
}

struct Discovery {
    us: DeviceId,
    rng: StdRng,
    wish: Wish,
    nearby: Nearby,
    running: Option<DropGuard>,
    started: Instant,
    /// How many names were heard since.
    names: Arc<AtomicUsize>,
    last_crowd: Option<Instant>,
    /// How long the next rest is.
    rest: Duration,
    resting_until: Option<Instant>,
    last_heard: Instant,
    sightings: mpsc::Sender<Sighting>,
    flooded: Arc<Notify>,
}

enum Sighting {
    Ourselves,
    Somebody(Announcement),
}

impl Discovery {
    async fn run(
        mut self,
        mut wishes: watch::Receiver<Wish>,
        mut seen: mpsc::Receiver<Sighting>,
        changes: mpsc::Sender<Change>,
    ) {
        let mut ticks = interval(Duration::from_millis(500));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let flooded = self.flooded.clone();
        loop {
            let news = tokio::select! {
                wish = wishes.changed() => {
                    if wish.is_err() {
                        return;
                    }
                    let wish = wishes.borrow_and_update().clone();
                    self.wish_for(wish)
                }
                Some(sighting) = seen.recv() => self.see(sighting),
                () = flooded.notified() => {
                    self.have_a_rest();
                    Vec::new()
                }
                _ = ticks.tick() => self.look_after(Instant::now()),
            };
            for change in news {
                if changes.send(change).await.is_err() {
                    return;
                }
            }
        }
    }

    fn wish_for(&mut self, wish: Wish) -> Vec<Change> {
        let circles = wish.circles.iter().map(|(circle, _)| *circle).collect();
        let mut news = self.nearby.look_for(circles);
        news.extend(self.nearby.reach(wish.reach.clone()));
        self.wish = wish;
        if self.resting_until.is_none() {
            self.start();
        }
        news
    }

    fn see(&mut self, sighting: Sighting) -> Vec<Change> {
        self.last_heard = Instant::now();
        match sighting {
            Sighting::Ourselves => Vec::new(),
            Sighting::Somebody(announcement) => self.nearby.hear(&announcement, self.last_heard),
        }
    }

    fn look_after(&mut self, now: Instant) -> Vec<Change> {
        let deaf = now.saturating_duration_since(self.last_heard) > DEAF;
        let rested = self.resting_until.is_some_and(|until| until <= now);
        let crowd = self.names.load(Ordering::Relaxed) >= CROWD;
        if crowd {
            self.last_crowd = Some(now);
        }
        let asks_seldom = crowd && now.saturating_duration_since(self.started) > CADENCE_IN_A_CROWD;
        if rested || ((deaf || asks_seldom) && self.running.is_some()) {
            tracing::debug!(rested, crowd, "looking afresh");
            self.start();
        }
        // After a crowd, too: what was heard last in it was heard long ago.
        let crowded = self.last_crowd.is_some_and(|last| now.saturating_duration_since(last) < AFTER_A_CROWD);
        self.nearby.expire(if crowded { CADENCE_IN_A_CROWD } else { CADENCE }, now)
    }

    fn have_a_rest(&mut self) {
        if self.running.take().is_none() {
            return;
        }
        let now = Instant::now();
        if now.saturating_duration_since(self.started) > LONGEST_REST {
            self.rest = FIRST_REST;
        }
        tracing::warn!(rest = ?self.rest, "too many announcements: not listening for a while");
        self.resting_until = Some(now + self.rest);
        self.rest = self.rest.saturating_mul(2).min(LONGEST_REST);
    }

    /// Starts anew, if there is anything to look for.
    fn start(&mut self) {
        self.running = None;
        self.resting_until = None;
        self.names = Arc::default();
        self.started = Instant::now();
        self.last_heard = self.started;
        if self.wish.circles.is_empty() || self.wish.speaks.is_empty() {
            return;
        }
        let Some(discoverer) = self.discoverer() else {
            tracing::error!("an announcement that does not fit");
            return;
        };
        match discoverer.spawn(&Handle::current()) {
            Ok(guard) => self.running = Some(guard),
            Err(error) => {
                tracing::warn!(%error, "cannot look for machines on the local network, trying again");
                self.resting_until = Some(self.started + DEAF);
            }
        }
    }

    fn discoverer(&mut self) -> Option<Discoverer> {
        let mut label = [0; 8];
        self.rng.fill_bytes(&mut label);
        let label = HEXLOWER.encode(&label);
        let v4: Vec<Ipv4Addr> = self.wish.speaks.iter().filter_map(v4).collect();
        let class = if v4.is_empty() { IpClass::V6Only } else { IpClass::V4Only };
        let mut discoverer = Discoverer::new(SERVICE.to_owned(), label.clone())
            .with_cadence(CADENCE)
            .with_response_rate(ANSWERS_PER_SECOND)
            .with_ip_class(class)
            .with_multicast_interfaces_v4(v4)
            .with_callback(self.callback(label));
        let entries = self.entries();
        if !entries.is_empty() {
            for address in &self.wish.addresses {
                discoverer = discoverer.with_addrs(address.port(), [address.ip()]);
            }
            discoverer = discoverer.with_txt_attributes(entries).ok()?;
        }
        Some(discoverer)
    }

    /// One entry for each circle, in no order that says anything.
    fn entries(&mut self) -> Vec<(String, Option<String>)> {
        let mut circles: Vec<(CircleId, Salt)> = self
            .wish
            .circles
            .iter()
            .filter_map(|(circle, salt)| salt.map(|salt| (*circle, salt)))
            .take(MAX_ANNOUNCED)
            .collect();
        circles.shuffle(&mut self.rng);
        let sealed = circles
            .into_iter()
            .filter_map(|(circle, salt)| announce::seal(circle, salt, self.us, &self.wish.addresses));
        sealed.enumerate().map(|(n, entry)| (n.to_string(), Some(entry))).collect()
    }

    fn callback(&self, own: String) -> impl FnMut(&str, &Peer) + Send + 'static {
        let sightings = self.sightings.clone();
        let flooded = self.flooded.clone();
        let count = self.names.clone();
        let hasher = RandomState::new();
        let mut names: HashSet<u64> = HashSet::new();
        move |label, peer| {
            if names.len() < FLOOD && names.insert(hasher.hash_one(label)) {
                count.store(names.len(), Ordering::Relaxed);
                if names.len() == FLOOD {
                    flooded.notify_one();
                }
            }
            if names.len() >= FLOOD || peer.is_expiry() {
                return;
            }
            let sighting = if label == own {
                Sighting::Ourselves
            } else {
                Sighting::Somebody(Announcement {
                    addresses: peer.addrs().iter().map(|(ip, port)| (*ip, *port).into()).collect(),
                    entries: peer
                        .txt_attributes()
                        .filter_map(|(_, value)| value.map(str::to_owned))
                        .take(MAX_ANNOUNCED)
                        .collect(),
                })
            };
            // A full queue is no loss: whatever is said is said again.
            let _ = sightings.try_send(sighting);
        }
    }
}

fn v4(address: &IpAddr) -> Option<Ipv4Addr> {
    match address {
        IpAddr::V4(ip) => Some(*ip),
        IpAddr::V6(_) => None,
    }
}
