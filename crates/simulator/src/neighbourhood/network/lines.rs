//! Lines between two machines, and the frames on their way.

use std::collections::BTreeSet;

use closeknit_net::{CloseReason, ConnId, NetEvent, Purpose};

use super::{End, Frame, HOLD_MS, Network, Person};
use crate::weather::Fate;

impl Network {
    pub(super) fn other<'a>(&'a self, end: &'a End) -> &'a End {
        self.ends.get(&end.other).unwrap_or(end)
    }

    pub(super) fn ends_of(&self, person: Person) -> impl Iterator<Item = ConnId> {
        self.ends.iter().filter(move |(_, end)| end.person == person).map(|(conn, _)| *conn)
    }

    /// Both ends learn that the line is gone; what is on its way is lost.
    pub(super) fn break_line(&mut self, conn: ConnId, reason: CloseReason) {
        let Some(end) = self.ends.remove(&conn) else { return };
        let ends = [Some((conn, end.clone())), self.ends.remove(&end.other).map(|other| (end.other, other))];
        for (conn, end) in ends.into_iter().flatten() {
            self.on_their_way.retain(|(_, event)| !about(event, conn));
            if self.stations[end.person.0].on {
                self.on_their_way.push_back((end.person, NetEvent::Closed { conn, reason }));
            }
        }
    }

    pub(super) fn open(&mut self, from: Person, to: Person, purpose: Purpose) {
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

    /// The next event, and whose it is.
    pub(in super::super) fn next(&mut self) -> Option<(Person, NetEvent)> {
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
    pub(in super::super) fn is_held_up(&self) -> bool {
        self.weather.as_ref().is_some_and(|weather| !weather.one_way.is_empty())
    }

    pub(super) fn send(&mut self, conn: ConnId, bytes: Vec<u8>) {
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
    pub(super) fn close(&mut self, conn: ConnId, code: u16, now_ms: u64) {
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
