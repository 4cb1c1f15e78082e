//! The network between the engines, in memory: where each machine is, and what its program asks of it.

mod finding;
mod frame;
mod lines;
mod strangers;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::SocketAddr,
};

use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{Alpn, Circle, CloseReason, ConnId, NetEvent, Purpose, Salt, Whereabouts};
use closeknit_node::Command;

pub use self::frame::Frame;
use super::Person;
use crate::weather::Weather;

/// After an engine has closed a connection on purpose its machine is left alone for so long
/// (`closeknit_net`, redialling).
const HOLD_MS: u64 = 30_000;

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

    /// Takes somebody's machine away from all others.
    pub(crate) fn part(&mut self, person: Person) {
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
}
