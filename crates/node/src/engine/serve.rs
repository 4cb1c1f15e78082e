//! What the network serves and looks for, and where other machines are.

use std::{collections::BTreeMap, net::SocketAddr};

use closeknit_api::Tag;
use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{Alpn, Bind, Circle as Served, DeviceSecret, NetConfig, SALTS_SERVED, Salt, Whereabouts};
use closeknit_store::Durability;
use closeknit_sync::Sync;
use closeknit_trust::device::DeviceKeys;
use jiff::Timestamp;
use tracing::info;

use super::{
    Command, Engine, Moment,
    failure::{Failure, Outcome},
    settings,
};

/// What is known of the network.
#[derive(Debug, Default)]
pub(super) struct Network {
    state: State,
    own: Vec<SocketAddr>,
    /// Machines that announce themselves here.
    near: BTreeMap<(CircleId, DeviceId), Whereabouts>,
    /// The doors that are open for newcomers.
    doors: Vec<Alpn>,
    /// It is up, and what is to be done then was not done yet, since the disk said no: with the addresses that were
    /// to be looked for.
    undone: Option<Vec<String>>,
}

#[derive(Debug, Default)]
enum State {
    /// Not used by this process.
    #[default]
    Off,
    Up,
    Missing(String),
}

impl Network {
    pub(super) fn missing(&mut self, reason: &str) {
        self.state = State::Missing(reason.to_owned());
    }

    pub(super) const fn is_up(&self) -> bool {
        matches!(self.state, State::Up)
    }

    pub(super) fn why_missing(&self) -> Option<&str> {
        match &self.state {
            State::Missing(reason) => Some(reason),
            _ => None,
        }
    }

    pub(super) fn addresses(&self) -> impl Iterator<Item = SocketAddr> {
        self.own.iter().copied()
    }

    /// Where a machine announces itself, in whichever circle.
    pub(super) fn seen_at(&self, device: DeviceId) -> Vec<SocketAddr> {
        let seen = self.near.iter().filter(|((_, near), _)| *near == device);
        seen.flat_map(|(_, found)| found.addresses.iter().copied()).collect()
    }

    /// Where a machine announces itself in a circle.
    pub(super) fn near_as(&self, circle: CircleId, device: DeviceId) -> Option<&Whereabouts> {
        self.near.get(&(circle, device))
    }

    /// The machines that announce themselves in a circle, but for one.
    pub(super) fn others_near(&self, circle: CircleId, than: DeviceId) -> Vec<DeviceId> {
        let near = self.near.keys().filter(|(id, device)| *id == circle && *device != than);
        near.map(|(_, device)| *device).collect()
    }

    pub(super) fn is_near(&self, circle: CircleId, device: DeviceId) -> bool {
        self.near.contains_key(&(circle, device))
    }
}

pub(super) fn config(keys: &DeviceKeys, listen: Option<SocketAddr>, discovery: bool) -> NetConfig {
    NetConfig {
        device: DeviceSecret(*keys.network_secret()),
        bind: listen.map_or(Bind::LocalNetworks, Bind::Only),
        discovery,
    }
}

impl Engine {
    /// Begins the exchange of every circle.
    pub(super) fn begin_exchanges(&mut self) {
        for (id, _) in self.circles.iter().filter(|(_, circle)| !circle.is_draft()) {
            self.exchanges.insert(*id, Sync::new(closeknit_sync::Limits::default()));
        }
    }

    /// The network is up: serve, and look for everybody.
    pub(super) fn networked(&mut self, at: Moment, know: &[String]) -> Outcome<()> {
        self.network.state = State::Up;
        self.network.undone = Some(know.to_vec());
        self.shun_again(at)?;
        self.serve_anew()?;
        let circles: Vec<CircleId> = self.circles.keys().copied().collect();
        for circle in circles {
            self.know_machines(circle)?;
        }
        self.network.undone = None;
        for text in know {
            if let Some(circle) = self.current {
                self.know_address(at, circle, text)?;
            }
        }
        self.tag(Tag::Near);
        Ok(())
    }

    /// What could not be done when the network came up is done as soon as it can be.
    pub(super) fn serve_at_last(&mut self, at: Moment) -> Outcome<()> {
        match self.network.undone.clone() {
            Some(know) => self.networked(at, &know),
            None => Ok(()),
        }
    }

    /// A new salt for every circle: at start and on a new network.
    fn serve_anew(&mut self) -> Outcome<()> {
        let circles: Vec<CircleId> = self.circles.keys().copied().collect();
        for circle in circles {
            let salt = Salt::random(&mut self.rng);
            let mut salts = settings::own_salts(self.store.view(), circle)?;
            salts.insert(0, salt);
            salts.truncate(SALTS_SERVED);
            self.store.write(Durability::Normal, |batch| settings::set_own_salts(batch, circle, &salts))?;
        }
        self.serve()
    }

    /// The newest salt of one's own door.
    pub(super) fn own_salt(&mut self, circle: CircleId) -> Outcome<Salt> {
        if let Some(salt) = settings::own_salts(self.store.view(), circle)?.first() {
            return Ok(*salt);
        }
        let salt = Salt::random(&mut self.rng);
        self.store.write(Durability::Normal, |batch| settings::set_own_salts(batch, circle, &[salt]))?;
        Ok(salt)
    }

    /// Tells the network which circles to serve and which doors to open.
    pub(super) fn serve(&mut self) -> Outcome<()> {
        if !self.network.is_up() {
            return Ok(());
        }
        let mut served = Vec::new();
        let ids: Vec<CircleId> = self.circles.keys().copied().collect();
        for id in ids {
            // Of a draft nothing is to be found but the door for whom it invited.
            if !self.circle(id)?.is_draft() || !self.store.view().invitations(id)?.is_empty() {
                self.own_salt(id)?;
                served.push(Served { id, salts: settings::own_salts(self.store.view(), id)? });
            }
        }
        if let Some(own) = self.joining.own.as_ref().filter(|own| !own.is_over()) {
            let id = own.invitation.circle.id();
            if !served.iter().any(|circle| circle.id == id) {
                served.push(Served { id, salts: Vec::new() });
            }
        }
        self.do_net(Command::Circles(served));
        self.network.doors = self.doors()?;
        self.do_net(Command::Joins(self.network.doors.clone()));
        Ok(())
    }

    /// Opens the doors of invitations that came from others, and closes those of what was taken back.
    pub(super) fn open_doors(&mut self) -> Outcome<()> {
        let doors = self.doors()?;
        if self.network.is_up() && self.network.doors != doors {
            self.network.doors.clone_from(&doors);
            self.do_net(Command::Joins(doors));
        }
        Ok(())
    }

    /// Asks for a connection to every machine of a circle that was ever heard of.
    pub(super) fn know_machines(&mut self, id: CircleId) -> Outcome<()> {
        let circle = self.circle(id)?;
        let others = circle.other_machines(self.secrets.device.id());
        let machines: Vec<DeviceId> = others.chain(circle.own_to_tell()).collect();
        let addresses = self.store.view().addresses(id)?;
        for device in machines {
            let Some(salt) = settings::salt_of(self.store.view(), id, device)? else { continue };
            let of_device = addresses.iter().filter(|address| address.device == device);
            let addresses = of_device.filter_map(|address| address.address.parse().ok()).collect();
            self.do_net(Command::Know(id, Whereabouts { device, salt, addresses }));
        }
        Ok(())
    }

    /// Remembers where a machine is, and asks for a connection to it.
    pub(super) fn note_whereabouts(&mut self, at: Moment, id: CircleId, found: &Whereabouts) -> Outcome<()> {
        let when = at.now.as_second();
        self.store.write(Durability::Normal, |batch| {
            settings::set_salt_of(batch, id, found.device, found.salt)?;
            for address in &found.addresses {
                batch.seen_at(id, found.device, &address.to_string(), when)?;
            }
            Ok::<_, Failure>(())
        })?;
        self.do_net(Command::Know(id, found.clone()));
        Ok(())
    }

    /// A machine announces itself on the local network.
    pub(super) fn seen_near(&mut self, at: Moment, id: CircleId, found: &Whereabouts) -> Outcome<()> {
        self.network.near.insert((id, found.device), found.clone());
        self.tag(Tag::Near);
        let invited = self.joining.own.as_ref().is_some_and(|own| own.invitation.device == found.device);
        if invited {
            self.redial_inviter(at);
        }
        // A hint only: whoever holds the circle's id can say so. The roster says whose machine it is.
        match self.circles.get(&id) {
            Some(circle)
                if circle.roster.may_read(found.device)
                    || circle.own_to_tell().any(|own| own == found.device) =>
            {
                self.note_whereabouts(at, id, found)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn gone(&mut self, circle: CircleId, device: DeviceId) -> Outcome<()> {
        self.network.near.remove(&(circle, device));
        self.tag(Tag::Near);
        Ok(())
    }

    pub(super) fn own_addresses(&mut self, addresses: Vec<SocketAddr>, new_network: bool) -> Outcome<()> {
        info!(count = addresses.len(), new_network, "own addresses");
        self.network.own = addresses;
        self.tag(Tag::Near);
        if new_network { self.serve_anew() } else { Ok(()) }
    }

    /// When a machine was last met.
    pub(super) fn last_met(&self, id: CircleId, device: DeviceId) -> Outcome<Option<Timestamp>> {
        let addresses = self.store.view().addresses(id)?;
        let last = addresses
            .iter()
            .filter(|known| known.device == device)
            .filter_map(|known| known.last_exchange)
            .max();
        Ok(last.and_then(|seconds| Timestamp::from_second(seconds).ok()))
    }
}
