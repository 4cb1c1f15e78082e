//! The one task that decides: who is served, whom to dial, which connection stays.

mod dialling;

use std::{
    collections::{HashMap, HashSet, VecDeque},
    net::SocketAddr,
    time::{Duration, Instant},
};

use closeknit_ids::{CircleId, DeviceId};
use iroh::endpoint::Connection;
use rand::rngs::StdRng;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::{AbortHandle, JoinSet},
    time::{sleep_until, timeout},
};

use crate::{
    Alpn, Circle, CloseReason, ConnId, DialError, NetEvent, Purpose,
    call::{Answer, Called},
    discovery::Wish,
    door::Guest,
    handle::Command,
    line::{FLUSH, Line, Order, refuse},
    live::{Ends, Live, Meeting},
    near::Change,
    networks::{self, OwnNetwork, Places},
    outbox::Outboxes,
    served::Served,
    station::Station,
    wanted::Wanted,
};

/// So many hints wait for the engine; more are dropped, since they come again.
const MAX_BACKLOG: usize = 1024;
/// iroh keeps some 16 KiB for each machine that ever finished a handshake. After so many the
/// endpoint is bound anew, which frees them: whoever has seen a door's name pass by could otherwise
/// come again and again as somebody else.
const MAX_GUESTS: usize = 2048;
/// If the sockets could not be bound, they are tried again after so long.
const TRY_AGAIN: Duration = Duration::from_secs(5);
/// Saying goodbye at the end may take so long.
const GOODBYE: Duration = Duration::from_secs(3);

/// Everything that comes in.
pub(crate) struct Inbox {
    pub orders: mpsc::UnboundedReceiver<Command>,
    pub guests: mpsc::Receiver<Guest>,
    pub changes: mpsc::Receiver<Change>,
    pub networks: watch::Receiver<Vec<OwnNetwork>>,
}

/// What is known, served and under way.
pub(crate) struct Switchboard {
    us: DeviceId,
    station: Station,
    places: Places,
    rng: StdRng,
    events: mpsc::Sender<NetEvent>,
    /// Events that wait for a place in `events`, so that a busy engine does not stop us.
    backlog: VecDeque<NetEvent>,
    outboxes: Outboxes,
    wishes: watch::Sender<Wish>,
    served: Served,
    wanted: Wanted,
    live: Live,
    last_conn: u64,
    lines: JoinSet<(ConnId, CloseReason)>,
    dials: JoinSet<Answer>,
    under_way: HashMap<Called, UnderWay>,
    addresses: Vec<SocketAddr>,
    /// Who was let in since the endpoint was bound.
    guests: HashSet<DeviceId>,
    /// How often it was bound.
    bound: u64,
}

struct UnderWay {
    abort: AbortHandle,
    /// The engine asked for it and wants to hear.
    asked: bool,
}

impl Switchboard {
    pub(crate) fn new(
        us: DeviceId,
        station: Station,
        rng: StdRng,
        events: mpsc::Sender<NetEvent>,
        outboxes: Outboxes,
        wishes: watch::Sender<Wish>,
    ) -> Self {
        Self {
            us,
            station,
            places: Places::default(),
            rng,
            events,
            backlog: VecDeque::new(),
            outboxes,
            wishes,
            served: Served::default(),
            wanted: Wanted::new(us),
            live: Live::new(us),
            last_conn: 0,
            lines: JoinSet::new(),
            dials: JoinSet::new(),
            under_way: HashMap::new(),
            addresses: Vec::new(),
            guests: HashSet::new(),
            bound: 0,
        }
    }

    /// Runs until shut down, or until nobody is left to talk to.
    pub(crate) async fn run(mut self, mut inbox: Inbox) {
        self.look_around(true);
        let done = loop {
            let wake_at = self.next(Instant::now());
            let events = self.events.clone();
            tokio::select! {
                order = inbox.orders.recv() => match order {
                    Some(Command::Shutdown(done)) => break Some(done),
                    Some(order) => self.obey(order).await,
                    None => break None,
                },
                Some(guest) = inbox.guests.recv() => self.admit_guest(guest).await,
                Some(Ok((call, answer))) = self.dials.join_next_with_id() => self.answered(call, answer),
                Some(Ok((conn, reason))) = self.lines.join_next() => self.ended(conn, reason),
                Some(change) = inbox.changes.recv() => self.notice(change),
                Ok(()) = inbox.networks.changed() => {
                    let networks = inbox.networks.borrow_and_update().clone();
                    self.moved_to(networks).await;
                }
                Ok(permit) = events.reserve(), if !self.backlog.is_empty() => {
                    if let Some(event) = self.backlog.pop_front() {
                        permit.send(event);
                    }
                }
                () = sleep_until(wake_at.into()) => self.on_time().await,
                () = events.closed() => break None,
            }
        };
        self.stop(done.is_some()).await;
        if let Some(done) = done {
            // Whoever asked may not wait any more.
            let _ = done.send(());
        }
    }

    fn tell(&mut self, event: NetEvent) {
        let hint = matches!(event, NetEvent::Near { .. } | NetEvent::Gone { .. });
        if !hint || self.backlog.len() < MAX_BACKLOG {
            self.backlog.push_back(event);
        }
    }

    async fn obey(&mut self, order: Command) {
        let now = Instant::now();
        match order {
            Command::Circles(circles) => self.serve_circles(circles),
            Command::Joins(joins) => {
                self.served.set_joins(joins);
                self.station.serve(self.served.doors());
            }
            Command::Know(circle, whereabouts) => {
                let device = whereabouts.device;
                self.wanted.know(circle, whereabouts, now);
                self.already_up(circle, device);
            }
            Command::Forget(circle, device) => self.wanted.forget((circle, device)),
            Command::Dial(dial) => self.dial_as_asked(dial),
            Command::Close(conn, code) => {
                let reason = CloseReason::Ours(code);
                if let Some((ends, lasted)) = self.live.end(conn, Order::Finish(reason), now) {
                    self.lost(&ends, reason, lasted, now);
                }
            }
            Command::Wake => self.rebind(networks::now().await).await,
            Command::Shutdown(_) => {}
        }
    }

    // --- who is served ---

    fn serve_circles(&mut self, circles: Vec<Circle>) {
        self.served.set_circles(circles);
        let served = &self.served;
        self.wanted.retain(|circle| served.serves(circle));
        let left = self.live.those(|ends| ends.circle().is_some_and(|circle| !served.serves(circle)));
        for conn in left {
            self.drop_line(conn, CloseReason::NotServed, Instant::now());
        }
        self.station.serve(self.served.doors());
        self.wish();
    }

    /// Tells discovery what to announce and to look for.
    fn wish(&self) {
        let wish = Wish {
            addresses: self.addresses.clone(),
            speaks: self.station.speaks(),
            reach: self.station.reach(),
            circles: self.served.announced(),
            bound: self.bound,
        };
        self.wishes.send_if_modified(|known| {
            let changed = *known != wish;
            *known = wish;
            changed
        });
    }

    // --- where we are ---

    async fn moved_to(&mut self, networks: Vec<OwnNetwork>) {
        if self.station.must_move(&networks) {
            self.rebind(networks).await;
        } else if networks != self.station.networks() {
            self.station.stay(networks);
            self.look_around(false);
        }
    }

    /// Drops every connection and binds the sockets anew.
    async fn rebind(&mut self, networks: Vec<OwnNetwork>) {
        let now = Instant::now();
        for conn in self.live.those(|_| true) {
            self.drop_line(conn, CloseReason::Moved, now);
        }
        for (_, under_way) in self.under_way.drain() {
            under_way.abort.abort();
        }
        if let Err(error) = self.station.rebind(networks).await {
            tracing::error!(%error, "no socket at all can be opened");
        }
        self.guests.clear();
        self.bound = self.bound.saturating_add(1);
        self.wanted.restart(Instant::now());
        self.look_around(false);
    }

    /// Takes note of the own addresses, and tells of them if they have changed.
    fn look_around(&mut self, first: bool) {
        let new_network = self.places.moved(self.station.networks());
        if new_network {
            self.served.moved();
        }
        let addresses = self.station.addresses();
        if first || new_network || addresses != self.addresses {
            self.addresses.clone_from(&addresses);
            self.tell(NetEvent::OwnAddresses { addresses, new_network });
        }
        self.wish();
    }

    fn notice(&mut self, change: Change) {
        match change {
            Change::Near(circle, whereabouts) => {
                if self.served.serves(circle) {
                    if self.wanted.near(circle, whereabouts.clone(), Instant::now()) {
                        self.hang_up(circle, whereabouts.device);
                    }
                    self.already_up(circle, whereabouts.device);
                }
                self.tell(NetEvent::Near { circle, whereabouts });
            }
            Change::Gone(circle, device) => {
                self.wanted.gone((circle, device));
                self.tell(NetEvent::Gone { circle, device });
            }
        }
    }

    /// A machine that dialled us before we heard of it is not to be dialled.
    fn already_up(&mut self, circle: CircleId, device: DeviceId) {
        if self.live.is_up(&device, &Purpose::Circle(circle)) {
            self.wanted.opened((circle, device));
        }
    }

    // --- connections ---

    async fn admit_guest(&mut self, guest: Guest) {
        let device = DeviceId(*guest.connection.remote_id().as_bytes());
        if self.guests.insert(device) && self.guests.len() > MAX_GUESTS {
            tracing::warn!("let in too many different machines: starting afresh");
            self.rebind(self.station.networks().to_vec()).await;
            return;
        }
        let door = Alpn::named(guest.connection.alpn());
        match self.served.purpose(&door) {
            Some(purpose) => {
                let ends = Ends { device, purpose: purpose.clone(), dialled: false };
                self.admit(guest.connection, guest.address, ends, false);
            }
            // The door was closed while the handshake ran.
            None => refuse(&guest.connection, CloseReason::NotServed),
        }
    }

    fn admit(&mut self, connection: Connection, address: SocketAddr, ends: Ends, asked: bool) {
        let now = Instant::now();
        let called = (ends.purpose.clone(), ends.device);
        let served = ends.circle().is_none_or(|circle| self.served.serves(circle) || asked);
        let meeting =
            if served { self.live.meet(&ends, now) } else { Meeting::Refused(CloseReason::NotServed) };
        match meeting {
            Meeting::Welcome => {}
            Meeting::Instead(other, reason) => self.drop_line(other, reason, now),
            Meeting::Refused(reason) => {
                refuse(&connection, reason);
                if ends.dialled && reason == CloseReason::Busy {
                    self.failed(called, DialError::Busy, asked);
                }
                return;
            }
        }
        // Their dial has come through, so that ours to them is not needed.
        if !ends.dialled
            && let Some(under_way) = self.under_way.get(&called)
            && self.us > ends.device
        {
            under_way.abort.abort();
            self.under_way.remove(&called);
        }
        if let Some(circle) = ends.circle() {
            self.wanted.opened((circle, ends.device));
        }
        self.last_conn = self.last_conn.saturating_add(1);
        let conn = ConnId(self.last_conn);
        let (order, orders) = oneshot::channel();
        let outbox = self.outboxes.open(conn);
        let line = Line {
            conn,
            connection,
            device: ends.device,
            purpose: ends.purpose.clone(),
            dialled: ends.dialled,
            address,
            outbox: outbox.clone(),
            events: self.events.clone(),
        };
        self.live.add(conn, ends, now, order, outbox);
        self.lines.spawn(line.run(orders));
    }

    /// Tells a connection to end at once. It is off the table.
    fn drop_line(&mut self, conn: ConnId, reason: CloseReason, now: Instant) {
        if let Some((ends, lasted)) = self.live.end(conn, Order::Drop(reason), now) {
            self.lost(&ends, reason, lasted, now);
        }
    }

    /// A connection has ended, by itself or as told.
    fn ended(&mut self, conn: ConnId, reason: CloseReason) {
        let now = Instant::now();
        self.outboxes.remove(conn);
        let Some((ends, lasted)) = self.live.remove(conn, now) else { return };
        self.lost(&ends, reason, lasted, now);
        if reason == CloseReason::Silent {
            // iroh sends a new handshake down the path of connections that are still open, which is
            // as dead: none may stay open.
            for other in self.live.those(|other| other.device == ends.device) {
                self.drop_line(other, CloseReason::Silent, now);
            }
        }
    }

    fn lost(&mut self, ends: &Ends, reason: CloseReason, lasted: Duration, now: Instant) {
        // Where the other end holds another that is dead by now, this one ends as a duplicate and none is up.
        if let Some(circle) = ends.circle()
            && !self.live.is_up(&ends.device, &ends.purpose)
        {
            self.wanted.closed((circle, ends.device), reason, lasted, now, &mut self.rng);
        }
    }

    // --- the end ---

    async fn stop(&mut self, flush: bool) {
        let now = Instant::now();
        for (_, under_way) in self.under_way.drain() {
            under_way.abort.abort();
        }
        for conn in self.live.those(|_| true) {
            self.live.end(conn, Order::Quit { flush }, now);
        }
        let lines = &mut self.lines;
        let all = async { while lines.join_next().await.is_some() {} };
        if timeout(FLUSH * 2, all).await.is_err() {
            self.lines.abort_all();
        }
        if timeout(GOODBYE, self.station.close()).await.is_err() {
            tracing::debug!("not everybody heard our goodbye");
        }
    }
}
