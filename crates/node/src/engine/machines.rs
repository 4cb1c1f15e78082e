//! The member's own machines: which there are, and one that is lost is taken away (trust-and-sync, *Drop*).

use closeknit_api::{
    ErrorCode, Phrase, Tag, Value, calls,
    views::{MachinesView, OwnMachine},
};
use closeknit_domain::plain::plain;
use closeknit_ids::{CircleId, DeviceId};
use closeknit_replica::Document;
use closeknit_sync::Agreement;
use closeknit_trust::{
    ledger::MOST_MACHINES,
    roster::Enrolled,
    statement::{Body, Cut, DropDevice, Pen},
};

use super::{
    Engine, Moment,
    acts::Written,
    circle::Circle,
    failure::{Failure, Outcome},
    posts::only,
    sentence::civil,
};

impl Engine {
    pub(super) fn machines_view(
        &mut self,
        _: Moment,
        id: CircleId,
        _: &calls::Machines,
    ) -> Outcome<MachinesView> {
        let circle = self.circle(id)?;
        let mut own: Vec<&Enrolled> = circle.roster.machines_of(circle.me).collect();
        let this = self.secrets.device.id();
        own.sort_by_key(|machine| (machine.dropped, machine.device != this, machine.label.to_string()));
        let used = own.iter().filter(|machine| !machine.dropped).count();
        let machines = own.into_iter().map(|machine| self.own_machine(circle, machine));
        Ok(MachinesView {
            says: Phrase::new("machines-count").number("count", used),
            machines: machines.collect::<Outcome<_>>()?,
            notes: if circle.is_draft() { vec![Phrase::new("machines-draft")] } else { Vec::new() },
            can_pair: !circle.is_draft() && circle.belongs(),
            needs_words: self.secrets.words().is_none(),
        })
    }

    fn own_machine(&self, circle: &Circle, machine: &Enrolled) -> Outcome<OwnMachine> {
        let this = machine.device == self.secrets.device.id();
        let last = self.last_met(circle.id, machine.device)?.map(|when| civil(&circle.zone, when));
        let says = match last {
            _ if machine.dropped => Phrase::new("machine-taken-away"),
            _ if this => Phrase::new("machine-this"),
            Some(when) => Phrase::new("machine-met").with("when", Value::When(when)),
            None => Phrase::new("machine-never-met"),
        };
        Ok(OwnMachine {
            id: machine.device.to_string(),
            label: machine.label.to_string(),
            this,
            taken_away: machine.dropped,
            says,
            dropping: self.dropping(circle, machine)?,
        })
    }

    /// What taking a machine away does, and what of it is not here.
    fn dropping(&self, circle: &Circle, machine: &Enrolled) -> Outcome<Vec<Phrase>> {
        if circle.is_draft() || !circle.belongs() || machine.dropped {
            return Ok(Vec::new());
        }
        if machine.device == self.secrets.device.id() {
            let only_here =
                circle.own_said().iter().filter(|said| !self.is_elsewhere(circle.id, **said)).count();
            let mut says = vec![Phrase::new("drop-this-does")];
            if only_here > 0 {
                says.push(Phrase::new("drop-this-unsent").number("count", only_here));
            }
            says.push(Phrase::new("drop-for-good"));
            return Ok(says);
        }
        let mut says = vec![Phrase::new("drop-does"), Phrase::new("drop-does-not")];
        says.push(match self.last_met(circle.id, machine.device)? {
            Some(when) => Phrase::new("drop-heard").with("when", Value::When(civil(&circle.zone, when))),
            None => Phrase::new("drop-never-heard"),
        });
        let lacking = circle.lacking_of(machine.device);
        if lacking > 0 {
            says.push(Phrase::new("drop-lacks").number("count", lacking));
        }
        says.push(self.compared_with(circle.id));
        says.push(Phrase::new("drop-for-good"));
        Ok(says)
    }

    /// With how many machines in reach this one has just compared what it holds.
    fn compared_with(&self, id: CircleId) -> Phrase {
        let near = || self.exchanges.get(&id).into_iter().flat_map(|exchange| exchange.neighbours());
        let working = near().any(|neighbour| neighbour.agreement == Agreement::Working);
        match near().count() {
            0 => Phrase::new("drop-nobody-near"),
            _ if working => Phrase::new("drop-fetching"),
            count => Phrase::new("drop-compared").number("count", count),
        }
    }

    /// Takes a machine away. What it wrote up to here stays.
    pub(super) fn drop_machine(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::DropMachine,
    ) -> Outcome<MachinesView> {
        let circle = self.circle(id)?;
        if circle.is_draft() {
            return Err(Failure::new(ErrorCode::OneMachineYet));
        }
        if !circle.belongs() {
            return Err(Failure::new(ErrorCode::NotAMember));
        }
        let device = circle.own_machine_named(&call.machine)?;
        let this = device == self.secrets.device.id();
        let key = match this {
            true => None,
            false => Some(self.key_of_words(id, call.words.as_deref(), "to-drop")?),
        };
        let Self { circles, store, secrets, rng, .. } = self;
        let circle = circles.get_mut(&id).ok_or_else(|| Failure::new(ErrorCode::NotStarted))?;
        let (actor, document) = circle.take_own(store, rng)?;
        let pen = key.as_ref().map_or(Pen::Device(&secrets.device, circle.me), Pen::Member);
        let cuts = if this { Vec::new() } else { circle.cuts(&document)? };
        let ledger =
            circle.ledger.as_ref().ok_or_else(|| Failure::internal("a circle without statements"))?;
        let statement = ledger.write(pen, &Body::Drop(DropDevice { device, cuts }))?;
        // With the Drop this machine vouches for all that it cuts at: whoever lacks some of it learns from the
        // new tip that there is something to ask for.
        circle.commit_own_after(store, &secrets.device, &document, &[], |batch| {
            Ok(batch.add_statement(id, statement.id(), statement.bytes()).map(|_| ())?)
        })?;
        circle.own = Some((actor, document));
        circle.learn(store, [statement.clone()])?;
        circle.cut_off(store)?;
        let doc = circle.doc(circle.me);
        self.share(at, id, Written { doc, changes: Vec::new(), statements: vec![statement] })?;
        for tag in [Tag::Near, Tag::Circle, Tag::Me, Tag::Status, Tag::Board] {
            self.tag(tag);
        }
        self.machines_view(at, id, &calls::Machines {})
    }
}

impl Circle {
    /// Fails where no more machine may become the member's.
    pub(super) fn check_room_for_a_machine(&self) -> Outcome<()> {
        if self.roster.machines_of(self.me).count() < MOST_MACHINES {
            return Ok(());
        }
        Err(Failure::new(ErrorCode::TooManyMachines).with("most", MOST_MACHINES))
    }

    /// One of the member's own machines in use, by its name or the beginning of its id.
    fn own_machine_named(&self, typed: &str) -> Outcome<DeviceId> {
        let typed = typed.trim();
        let used = || self.roster.machines_of(self.me).filter(|machine| !machine.dropped);
        let called = used().filter(|machine| plain(&machine.label) == plain(typed));
        let called: Vec<DeviceId> = called.map(|machine| machine.device).collect();
        if !called.is_empty() {
            return only(typed, called.into_iter());
        }
        let begins = typed.to_lowercase();
        only(typed, used().map(|machine| machine.device).filter(|id| id.to_string().starts_with(&begins)))
    }

    /// Where the own document stands: up to here counts what any of the member's machines wrote.
    fn cuts(&self, document: &Document) -> Outcome<Vec<Cut>> {
        if !document.has_base() {
            return Err(Failure::new(ErrorCode::OwnStopped));
        }
        let generation = self.held.get(&self.doc(self.me)).map_or(0, |held| held.generation);
        Ok(vec![Cut { generation, heads: document.heads().collect() }])
    }

    /// How many changes are known to have been written on an own machine and are not here; at least so many.
    fn lacking_of(&self, device: DeviceId) -> u32 {
        let Some(held) = self.held.get(&self.doc(self.me)) else { return 0 };
        let tips = held.tips.iter().filter(|tip| tip.device() == device);
        let lacking = tips.filter(|tip| held.lacking.contains(&tip.head().head));
        let known = held.tips.iter().filter(|tip| !held.lacking.contains(&tip.head().head));
        let known = known.map(|tip| tip.head().count).max().unwrap_or(0);
        lacking.map(|tip| tip.head().count.saturating_sub(known).max(1)).max().unwrap_or(0)
    }
}
