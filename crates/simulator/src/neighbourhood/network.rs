//! The network between the engines: doors, dials, lines and what is on its way.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::SocketAddr,
};

use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{
    Alpn, Circle, CloseReason, ConnId, Dial, DialError, NetEvent, Purpose, SALTS_SERVED, Salt, Whereabouts,
};
use closeknit_node::Command;
use closeknit_sync::message::Message;

use super::{Person, contains};
use crate::weather::{Fate, Weather};

/// After an engine has closed a connection on purpose its machine is left alone for so long
/// (`closeknit_net`, redialling).
const HOLD_MS: u64 = 30_000;

/// A frame, and who sent it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Who sent it.
    pub from: Person,
    /// Whose machine it was sent to.
    pub to: Person,
    /// What was sent.
    pub bytes: Vec<u8>,
}

impl Frame {
    /// Whether it only says what is held, or what time it is.
    #[must_use]
    pub fn only_compares(&self) -> bool {
        matches!(
            Message::from_frame(&self.bytes),
            Ok(Some(Message::Summary(_) | Message::Verdict(_) | Message::Clock(_)))
        )
    }

    /// Whether it brings something of a document.
    #[must_use]
    pub fn brings_content(&self) -> bool {
        match Message::from_frame(&self.bytes) {
            Ok(Some(Message::DocumentAnswer(piece) | Message::DocumentNews(piece))) => {
                !piece.changes.is_empty()
            }
            _ => false,
        }
    }

    /// Whether these bytes stand in it, also where it is deflated.
    pub fn says(&self, wanted: &[u8]) -> bool {
        let piece = match Message::from_frame(&self.bytes) {
            Ok(Some(Message::DocumentAnswer(piece) | Message::DocumentNews(piece))) => Some(piece),
            _ => None,
        };
        let changes = piece.into_iter().flat_map(|piece| piece.changes);
        contains(&self.bytes, wanted) || changes.into_iter().any(|change| contains(&change, wanted))
    }
}

/// A machine as the network sees it.
#[derive(Debug)]
struct Station {
    on: bool,
    place: usize,
    device: DeviceId,
    address: SocketAddr,
    circles: Vec<Circle>,
    doors: Vec<Alpn>,
    known: BTreeMap<(CircleId, DeviceId), Known>,
    near: BTreeMap<(CircleId, DeviceId), Whereabouts>,
}

#[derive(Debug, Default)]
struct Known {
    addresses: BTreeSet<SocketAddr>,
    salts: Vec<Salt>,
    not_before_ms: u64,
}

/// One end of a line.
#[derive(Debug, Clone)]
struct End {
    person: Person,
    other: ConnId,
    purpose: Purpose,
    /// Nothing more is heard here but that it is closed.
    closing: bool,
}

/// The network between the machines, in memory.
#[derive(Debug, Default)]
pub struct Network {
    stations: Vec<Station>,
    ends: BTreeMap<ConnId, End>,
    on_their_way: VecDeque<(Person, NetEvent)>,
    /// Every frame that was sent.
    pub frames: Vec<Frame>,
    /// Whether machines of one place find each other without having heard of each other.
    pub announce: bool,
    /// What strangers at a door were told.
    told: BTreeMap<ConnId, Vec<Vec<u8>>>,
    lines: u64,
    /// What is between them; without it everything arrives, in order.
    pub weather: Option<Weather>,
}

impl Network {
    pub(super) fn move_in(&mut self, person: Person) {
        let last = u8::try_from(person.0 + 1).unwrap();
        self.stations.push(Station {
            on: false,
            place: 0,
            device: DeviceId([0; 32]),
            address: SocketAddr::from(([10, 0, 0, last], 7000)),
            circles: Vec::new(),
            doors: Vec::new(),
            known: BTreeMap::new(),
            near: BTreeMap::new(),
        });
    }

    pub(super) fn plug_in(&mut self, person: Person, device: DeviceId) {
        let station = &mut self.stations[person.0];
        station.on = true;
        station.device = device;
    }

    pub(super) fn unplug(&mut self, person: Person) {
        let station = &mut self.stations[person.0];
        station.on = false;
        station.circles.clear();
        station.doors.clear();
        station.known.clear();
        station.near.clear();
        self.on_their_way.retain(|(to, _)| *to != person);
        let theirs: Vec<ConnId> = self.ends_of(person).collect();
        for conn in theirs {
            self.break_line(conn, CloseReason::Leaving);
        }
    }

    pub(super) fn tell_addresses(&mut self, person: Person) {
        let addresses = vec![self.stations[person.0].address];
        self.on_their_way.push_back((person, NetEvent::OwnAddresses { addresses, new_network: false }));
    }

    pub(super) fn part(&mut self, person: Person) {
        let place = self.new_place();
        self.stations[person.0].place = place;
        self.break_lines_out_of_reach();
    }

    pub(super) fn gather(&mut self, people: &[Person]) {
        let place = self.new_place();
        for person in people {
            self.stations[person.0].place = place;
        }
        self.break_lines_out_of_reach();
    }

    /// Puts somebody's machine where another's is.
    pub(crate) fn beside(&mut self, person: Person, other: Person) {
        self.stations[person.0].place = self.stations[other.0].place;
        self.break_lines_out_of_reach();
    }

    /// Whether anybody who is no member was told something of a document.
    pub(crate) fn strangers_heard_content(&self) -> bool {
        let content = |bytes: &Vec<u8>| {
            matches!(
                Message::from_frame(bytes),
                Ok(Some(Message::DocumentAnswer(_) | Message::DocumentNews(_) | Message::Statements(_)))
            )
        };
        self.told.values().flatten().any(content)
    }

    fn new_place(&self) -> usize {
        self.stations.iter().map(|station| station.place).max().unwrap_or(0) + 1
    }

    fn in_reach(&self, one: Person, other: Person) -> bool {
        let (one, other) = (&self.stations[one.0], &self.stations[other.0]);
        one.on && other.on && one.place == other.place
    }

    fn break_lines_out_of_reach(&mut self) {
        let apart = |(_, end): &(&ConnId, &End)| !self.in_reach(end.person, self.other(end).person);
        let broken: Vec<ConnId> = self.ends.iter().filter(apart).map(|(conn, _)| *conn).collect();
        for conn in broken {
            self.break_line(conn, CloseReason::Silent);
        }
    }

    fn other<'a>(&'a self, end: &'a End) -> &'a End {
        self.ends.get(&end.other).unwrap_or(end)
    }

    fn ends_of(&self, person: Person) -> impl Iterator<Item = ConnId> {
        self.ends.iter().filter(move |(_, end)| end.person == person).map(|(conn, _)| *conn)
    }

    /// Both ends learn that the line is gone; what is on its way is lost.
    fn break_line(&mut self, conn: ConnId, reason: CloseReason) {
        let Some(end) = self.ends.remove(&conn) else { return };
        let ends = [Some((conn, end.clone())), self.ends.remove(&end.other).map(|other| (end.other, other))];
        for (conn, end) in ends.into_iter().flatten() {
            self.on_their_way.retain(|(_, event)| !about(event, conn));
            if self.stations[end.person.0].on {
                self.on_their_way.push_back((end.person, NetEvent::Closed { conn, reason }));
            }
        }
    }

    /// The next event, and whose it is.
    pub(super) fn next(&mut self) -> Option<(Person, NetEvent)> {
        while let Some((person, event)) = self.take_next() {
            let heard = match &event {
                NetEvent::Frame { conn, .. } => self.ends.get(conn).is_some_and(|end| !end.closing),
                _ => true,
            };
            if heard && self.is_lost(person, &event) {
                continue;
            }
            if let NetEvent::Closed { conn, .. } = &event {
                self.ends.remove(conn);
            }
            if heard && self.stations[person.0].on {
                return Some((person, event));
            }
        }
        None
    }

    /// The first of everything, or the first of any line, as the weather has it.
    fn take_next(&mut self) -> Option<(Person, NetEvent)> {
        let Self { weather: Some(weather), on_their_way, ends, .. } = self else {
            return self.on_their_way.pop_front();
        };
        let mut streams = BTreeSet::new();
        let mut firsts = Vec::new();
        for (place, (to, event)) in on_their_way.iter().enumerate() {
            let conn = conn_of(event);
            if !streams.insert((*to, conn)) {
                continue;
            }
            let from = conn.and_then(|conn| ends.get(&conn)).and_then(|end| ends.get(&end.other));
            let is_frame = matches!(event, NetEvent::Frame { .. });
            if is_frame && from.is_some_and(|from| weather.one_way.contains(&(from.person, *to))) {
                weather.seen.held_up += 1;
            } else {
                firsts.push(place);
            }
        }
        let picked = weather.pick(firsts.len());
        firsts.get(picked).and_then(|place| on_their_way.remove(*place))
    }

    /// Whether a frame is lost, and its line with it. What is said twice comes once more.
    fn is_lost(&mut self, person: Person, event: &NetEvent) -> bool {
        let (Some(weather), NetEvent::Frame { conn, bytes }) = (&mut self.weather, event) else {
            return false;
        };
        let conn = *conn;
        match weather.fate() {
            Fate::Arrives => {}
            Fate::Twice => {
                self.on_their_way.push_front((person, NetEvent::Frame { conn, bytes: bytes.clone() }));
            }
            Fate::Lost => self.break_line(conn, CloseReason::Silent),
        }
        !self.ends.contains_key(&conn)
    }

    /// Whether a direction may be dead.
    pub(super) fn is_held_up(&self) -> bool {
        self.weather.as_ref().is_some_and(|weather| !weather.one_way.is_empty())
    }

    pub(super) fn command(&mut self, person: Person, command: Command, now_ms: u64) {
        let station = &mut self.stations[person.0];
        match command {
            Command::Circles(circles) => {
                station.circles = circles;
                self.end_what_is_not_served(person);
            }
            Command::Joins(doors) => station.doors = doors,
            Command::Know(circle, found) => {
                let known = station.known.entry((circle, found.device)).or_default();
                known.addresses = found.addresses.into_iter().collect();
                known.salts.retain(|salt| *salt != found.salt);
                known.salts.insert(0, found.salt);
            }
            Command::Dial(dial) => self.dial(person, dial),
            Command::Send(conn, bytes) => self.send(conn, bytes),
            Command::Close(conn, code) => self.close(conn, code, now_ms),
            Command::Wake => {
                let theirs: Vec<ConnId> = self.ends_of(person).collect();
                theirs.into_iter().for_each(|conn| self.break_line(conn, CloseReason::Moved));
            }
        }
    }

    fn end_what_is_not_served(&mut self, person: Person) {
        let served: Vec<CircleId> = self.stations[person.0].circles.iter().map(|circle| circle.id).collect();
        let over: Vec<ConnId> = self
            .ends_of(person)
            .filter(|conn| matches!(&self.ends[conn].purpose, Purpose::Circle(circle) if !served.contains(circle)))
            .collect();
        over.into_iter().for_each(|conn| self.break_line(conn, CloseReason::NotServed));
    }

    fn send(&mut self, conn: ConnId, bytes: Vec<u8>) {
        let Some(end) = self.ends.get(&conn).filter(|end| !end.closing).cloned() else { return };
        assert!((1..=closeknit_net::MAX_FRAME).contains(&bytes.len()), "a frame of {} bytes", bytes.len());
        if let Some(told) = self.told.get_mut(&conn) {
            told.push(bytes);
            return;
        }
        let Some(to) = self.ends.get(&end.other) else { return };
        let said = match &mut self.weather {
            Some(weather) => weather.as_said_by(end.person, bytes),
            None => vec![bytes],
        };
        for bytes in said {
            self.frames.push(Frame { from: end.person, to: to.person, bytes: bytes.clone() });
            self.on_their_way.push_back((to.person, NetEvent::Frame { conn: end.other, bytes }));
        }
    }

    /// A machine says something to another that its program would not say.
    pub fn blurts(&mut self, from: Person, to: Person, bytes: &[u8]) {
        let line = self.ends_of(from).find(|conn| self.other(&self.ends[conn]).person == to);
        self.send(line.expect("a line between the two"), bytes.to_vec());
    }

    /// Whether a connection joins the two.
    pub fn are_joined(&self, from: Person, to: Person) -> bool {
        self.ends_of(from).any(|conn| self.other(&self.ends[&conn]).person == to)
    }

    /// What was sent before still arrives; then both learn that it is closed.
    fn close(&mut self, conn: ConnId, code: u16, now_ms: u64) {
        let Some(end) = self.ends.get_mut(&conn).filter(|end| !end.closing) else { return };
        end.closing = true;
        let end = end.clone();
        self.on_their_way.push_back((end.person, NetEvent::Closed { conn, reason: CloseReason::Ours(code) }));
        let Some(other) = self.ends.get(&end.other).cloned() else { return };
        let closed = NetEvent::Closed { conn: end.other, reason: CloseReason::Theirs(code) };
        self.on_their_way.push_back((other.person, closed));
        if let Purpose::Circle(circle) = end.purpose {
            for (one, two) in [(end.person, other.person), (other.person, end.person)] {
                let device = self.stations[two.0].device;
                let known = self.stations[one.0].known.entry((circle, device)).or_default();
                known.not_before_ms = now_ms + HOLD_MS;
            }
        }
    }

    fn dial(&mut self, person: Person, dial: Dial) {
        let (device, purpose) = (dial.device(), dial.purpose());
        let addresses = match &dial {
            Dial::Circle { to, .. } => &to.addresses,
            Dial::Join { addresses, .. } => addresses,
        };
        let opens = |station: &Station| match &dial {
            Dial::Circle { circle, to } => serves(station, *circle, &[to.salt]),
            Dial::Join { alpn, .. } => station.doors.contains(alpn),
        };
        let there = self.reached(person, device, addresses);
        // What is there already is not dialled again.
        if there.is_some_and(|there| self.has_such_line(person, there, &purpose)) {
            return;
        }
        let open = there.is_some_and(|there| opens(&self.stations[there.0]));
        match there {
            Some(there) if open => self.open(person, there, purpose),
            answers => {
                let why = if answers.is_some() { DialError::WrongDoor } else { DialError::NobodyAnswered };
                self.on_their_way.push_back((person, NetEvent::DialFailed { device, purpose, why }));
            }
        }
    }

    fn has_such_line(&self, from: Person, to: Person, purpose: &Purpose) -> bool {
        let between =
            |end: &End| (end.person, &end.purpose) == (from, purpose) && self.other(end).person == to;
        self.ends.values().any(between)
    }

    /// Whose machine answers there.
    fn reached(&self, from: Person, device: DeviceId, at: &[SocketAddr]) -> Option<Person> {
        // Of copies of a machine the one that is there.
        let mut there = (0..self.stations.len()).map(Person).filter(|there| {
            let station = &self.stations[there.0];
            station.on && station.device == device && at.contains(&station.address)
        });
        let blocked =
            |there| self.weather.as_ref().is_some_and(|weather| weather.one_way.contains(&(from, there)));
        there.find(|there| self.in_reach(from, *there) && !blocked(*there))
    }

    fn open(&mut self, from: Person, to: Person, purpose: Purpose) {
        let (ours, theirs) = (ConnId(self.lines + 1), ConnId(self.lines + 2));
        self.lines += 2;
        for (conn, other, person, peer) in [(ours, theirs, from, to), (theirs, ours, to, from)] {
            let end = End { person, other, purpose: purpose.clone(), closing: false };
            self.ends.insert(conn, end);
            let (device, address) = (self.stations[peer.0].device, self.stations[peer.0].address);
            let dialled = conn == ours;
            let opened = NetEvent::Opened { conn, device, purpose: purpose.clone(), dialled, address };
            self.on_their_way.push_back((person, opened));
        }
    }

    /// Machines announce themselves, and whoever is known and in reach is dialled. Says whether
    /// anything came of it.
    pub(super) fn look_around(&mut self, now_ms: u64) -> bool {
        if self.announce {
            self.announce_all();
        }
        let mut due = Vec::new();
        for (place, station) in self.stations.iter().enumerate() {
            for ((circle, device), known) in &station.known {
                let from = Person(place);
                let addresses: Vec<SocketAddr> = known.addresses.iter().copied().collect();
                let Some(to) = self.reached(from, *device, &addresses) else { continue };
                let purpose = Purpose::Circle(*circle);
                let served = station.circles.iter().any(|served| served.id == *circle);
                let opens = serves(&self.stations[to.0], *circle, &known.salts);
                let line = self.has_such_line(from, to, &purpose);
                if served
                    && opens
                    && !line
                    && known.not_before_ms <= now_ms
                    && !due.contains(&(to, from, purpose.clone()))
                {
                    due.push((from, to, purpose));
                }
            }
        }
        for (from, to, purpose) in due {
            self.open(from, to, purpose);
        }
        !self.on_their_way.is_empty()
    }

    /// Whoever holds a circle's id recognises its machines in the same place.
    fn announce_all(&mut self) {
        for looker in (0..self.stations.len()).map(Person) {
            let mut seen = BTreeMap::new();
            for other in (0..self.stations.len()).map(Person).filter(|other| *other != looker) {
                if self.in_reach(looker, other) {
                    let (station, own) = (&self.stations[other.0], &self.stations[looker.0]);
                    let looked_for = |circle: &&Circle| own.circles.iter().any(|own| own.id == circle.id);
                    for circle in station.circles.iter().filter(looked_for) {
                        let Some(salt) = circle.salts.first().copied() else { continue };
                        let found =
                            Whereabouts { device: station.device, salt, addresses: vec![station.address] };
                        seen.insert((circle.id, station.device), found);
                    }
                }
            }
            let station = &mut self.stations[looker.0];
            let before = std::mem::replace(&mut station.near, seen.clone());
            for ((circle, device), found) in &seen {
                if before.get(&(*circle, *device)) != Some(found) {
                    if station.circles.iter().any(|own| own.id == *circle && !own.salts.is_empty()) {
                        let known = station.known.entry((*circle, *device)).or_default();
                        known.addresses.extend(&found.addresses);
                        known.salts.insert(0, found.salt);
                    }
                    let near = NetEvent::Near { circle: *circle, whereabouts: found.clone() };
                    self.on_their_way.push_back((looker, near));
                }
            }
            for (circle, device) in before.keys().filter(|key| !seen.contains_key(key)) {
                self.on_their_way.push_back((looker, NetEvent::Gone { circle: *circle, device: *device }));
            }
        }
    }

    /// A stranger's machine at somebody's door for a circle: it knows the door, and is nobody.
    pub fn stranger(&mut self, at: Person, device: DeviceId, circle: CircleId) -> ConnId {
        let conn = ConnId(self.lines + 1);
        self.lines += 2;
        let purpose = Purpose::Circle(circle);
        self.ends.insert(
            conn,
            End { person: at, other: ConnId(conn.0 + 1), purpose: purpose.clone(), closing: false },
        );
        let address = SocketAddr::from(([10, 0, 9, 9], 9));
        self.told.insert(conn, Vec::new());
        self.on_their_way
            .push_back((at, NetEvent::Opened { conn, device, purpose, dialled: false, address }));
        conn
    }

    /// What a stranger says.
    pub fn stranger_says(&mut self, conn: ConnId, bytes: Vec<u8>) {
        let person = self.ends[&conn].person;
        self.on_their_way.push_back((person, NetEvent::Frame { conn, bytes }));
    }

    /// What a stranger was told so far.
    pub fn told(&self, conn: ConnId) -> &[Vec<u8>] {
        &self.told[&conn]
    }

    /// Whether the line is still there.
    pub fn is_up(&self, conn: ConnId) -> bool {
        self.ends.contains_key(&conn)
    }
}

fn serves(station: &Station, circle: CircleId, salts: &[Salt]) -> bool {
    let served = station.circles.iter().find(|served| served.id == circle);
    served.is_some_and(|served| served.salts.iter().take(SALTS_SERVED).any(|salt| salts.contains(salt)))
}

const fn conn_of(event: &NetEvent) -> Option<ConnId> {
    match event {
        NetEvent::Opened { conn, .. }
        | NetEvent::Frame { conn, .. }
        | NetEvent::Room { conn }
        | NetEvent::Closed { conn, .. } => Some(*conn),
        _ => None,
    }
}

fn about(event: &NetEvent, conn: ConnId) -> bool {
    match event {
        NetEvent::Opened { conn: about, .. }
        | NetEvent::Frame { conn: about, .. }
        | NetEvent::Room { conn: about } => *about == conn,
        _ => false,
    }
}
