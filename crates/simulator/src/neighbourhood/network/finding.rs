//! How machines find each other: who announces itself, who is dialled, and who answers.

use std::{collections::BTreeMap, net::SocketAddr};

use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{Circle, Dial, DialError, NetEvent, Purpose, SALTS_SERVED, Salt, Whereabouts};

use super::{End, Network, Person, Station};

impl Network {
    pub(super) fn dial(&mut self, person: Person, dial: Dial) {
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

    /// Machines announce themselves, and whoever is known and in reach is dialled. Says whether
    /// anything came of it.
    pub(in super::super) fn look_around(&mut self, now_ms: u64) -> bool {
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
}

fn serves(station: &Station, circle: CircleId, salts: &[Salt]) -> bool {
    let served = station.circles.iter().find(|served| served.id == circle);
    served.is_some_and(|served| served.salts.iter().take(SALTS_SERVED).any(|salt| salts.contains(salt)))
}
