//! Which neighbours are around, and what was exchanged when.

use closeknit_api::{
    ErrorCode, Phrase, Tag, Value, calls,
    views::{Exchange, MachineView, NearView},
};
use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{NotWhereabouts, Whereabouts};
use closeknit_sync::{Agreement, Neighbour};

use super::{
    Engine, Moment,
    circle::Circle,
    failure::{Failure, Outcome},
    sentence::civil,
};

impl Engine {
    pub(super) fn near(&mut self, at: Moment, id: CircleId, _: &calls::Near) -> Outcome<NearView> {
        let address = self.own_address(id)?;
        let machines = self.machines(at, id)?;
        Ok(NearView { says: self.near_says(self.circle(id)?, &machines), address, machines })
    }

    /// The machines of a circle, those that are near first.
    fn machines(&self, at: Moment, id: CircleId) -> Outcome<Vec<MachineView>> {
        let own = self.secrets.device.id();
        let circle = self.circle(id)?;
        let neighbours: Vec<Neighbour> =
            self.exchanges.get(&id).into_iter().flat_map(|e| e.neighbours()).collect();
        let mut machines = Vec::new();
        for member in circle.active_members() {
            for machine in circle.roster.machines_of(member).filter(|m| !m.dropped && m.device != own) {
                let met = neighbours.iter().find(|neighbour| neighbour.device == machine.device);
                let last = self.last_met(id, machine.device)?.map(|when| civil(&circle.zone, when));
                let exchange = met.map_or(Exchange::Away, |neighbour| match neighbour.agreement {
                    Agreement::Working => Exchange::Exchanging,
                    Agreement::Equal => Exchange::Equal,
                    Agreement::Settled => Exchange::Settled,
                });
                machines.push(MachineView {
                    id: machine.device.to_string(),
                    owner: circle.reader(at.now).person(member),
                    label: machine.label.to_string(),
                    exchange,
                    says: self.machine_says(id, machine.device, exchange, last.as_deref()),
                    last,
                    received: met.map_or(0, |neighbour| pieces(&neighbour.exchanged.received)),
                    sent: met.map_or(0, |neighbour| pieces(&neighbour.exchanged.sent)),
                });
            }
        }
        machines.sort_by_key(|machine| (machine.exchange == Exchange::Away, machine.owner.name.clone()));
        Ok(machines)
    }

    fn near_says(&self, circle: &Circle, machines: &[MachineView]) -> Phrase {
        let connected = machines.iter().filter(|machine| machine.exchange != Exchange::Away).count();
        let last = machines.iter().filter_map(|machine| machine.last.clone()).max();
        match (connected, last) {
            _ if !self.network.is_up() => Phrase::new("near-off"),
            _ if circle.active_members().len() < 2 && machines.is_empty() => Phrase::new("near-alone"),
            (0, None) => Phrase::new("near-nobody"),
            (0, Some(last)) => Phrase::new("near-nobody-since").with("when", Value::When(last)),
            (count, _) => Phrase::new("near-some").number("count", count),
        }
    }

    /// One sentence on who is near, and the last exchange.
    pub(super) fn near_in_a_word(&self, at: Moment, id: CircleId) -> Outcome<Phrase> {
        Ok(self.near_says(self.circle(id)?, &self.machines(at, id)?))
    }

    fn machine_says(
        &self,
        circle: CircleId,
        device: DeviceId,
        exchange: Exchange,
        last: Option<&str>,
    ) -> Phrase {
        match (exchange, last) {
            (Exchange::Equal, _) => Phrase::new("near-machine-equal"),
            (Exchange::Settled, _) => Phrase::new("near-machine-settled"),
            (Exchange::Exchanging, _) => Phrase::new("near-machine-exchanging"),
            (Exchange::Away, _) if self.network.is_near(circle, device) => Phrase::new("near-machine-seen"),
            (Exchange::Away, Some(when)) => {
                Phrase::new("near-machine-away").with("when", Value::When(when.to_owned()))
            }
            (Exchange::Away, None) => Phrase::new("near-machine-never"),
        }
    }

    /// This machine's own address text, while it can be found.
    fn own_address(&mut self, circle: CircleId) -> Outcome<Option<String>> {
        if !self.network.is_up() || self.circle(circle)?.is_draft() {
            return Ok(None);
        }
        let salt = self.own_salt(circle)?;
        let addresses: Vec<_> = self.network.addresses().collect();
        let device = self.secrets.device.id();
        Ok((!addresses.is_empty()).then(|| Whereabouts { device, salt, addresses }.to_text()))
    }

    /// Looks for the machine that shows this address text.
    pub(super) fn know(&mut self, at: Moment, id: CircleId, call: &calls::Know) -> Outcome<NearView> {
        let device = self.know_address(at, id, &call.address)?;
        self.tag(Tag::Near);
        let mut near = self.near(at, id, &calls::Near {})?;
        // Whoever asked wants to know about this machine; it may not be known as a member's yet.
        near.machines.retain(|machine| machine.id == device.to_string());
        if near.machines.is_empty() {
            near.machines.push(MachineView {
                id: device.to_string(),
                owner: closeknit_api::views::Person { id: String::new(), name: None, me: false },
                label: device.short(),
                exchange: Exchange::Away,
                last: None,
                says: Phrase::new("near-machine-never"),
                received: 0,
                sent: 0,
            });
        }
        Ok(near)
    }

    pub(super) fn know_address(&mut self, at: Moment, id: CircleId, text: &str) -> Outcome<DeviceId> {
        let found = Whereabouts::from_text(text).map_err(|error| match error {
            NotWhereabouts::Newer => Failure::new(ErrorCode::NewerVersion),
            _ => Failure::new(ErrorCode::BadInput).with("field", "address").with("reason", error),
        })?;
        self.note_whereabouts(at, id, &found)?;
        Ok(found.device)
    }
}

fn pieces(tally: &closeknit_sync::Tally) -> u32 {
    u32::try_from(tally.statements.saturating_add(tally.changes)).unwrap_or(u32::MAX)
}
