//! One more machine of a member: it comes to the door as a newcomer does, with a line that says whose it is to
//! be, and the machine that is there already enrols it. The words never travel.

use closeknit_api::{ErrorCode, Tag, calls, views::InvitationView};
use closeknit_domain::text::Name;
use closeknit_ids::{CircleId, InvitationId};
use closeknit_net::ConnId;
use closeknit_store::Durability;
use closeknit_sync::join::{InviterEvent, NewcomerEvent, Refusal};
use closeknit_trust::{
    invitation::Invited,
    seal::Recipient,
    statement::{Body, Enrol, Found, Machine, Pen, Statement},
    words::Nonce,
};
use serde::{Deserialize, Serialize};

use super::{
    super::{
        Engine, Moment,
        circle::{Circle, machine_label},
        failure::{Failure, Outcome},
        settings,
    },
    begun,
};

/// Both machines are at hand.
const HOURS: u32 = 1;

/// What a new machine is told beside whose it is to be.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Handed {
    /// From which the words make the member's key.
    pub(super) nonce: Nonce,
    /// Whom backups are sealed to.
    pub(super) backup: Option<Recipient>,
}

impl Engine {
    /// Makes a line with which another machine becomes one of the member's. It is good for one, and an hour.
    pub(in super::super) fn pair(
        &mut self,
        at: Moment,
        id: CircleId,
        _: &calls::Pair,
    ) -> Outcome<InvitationView> {
        let circle = self.circle(id)?;
        if circle.is_draft() {
            return Err(Failure::new(ErrorCode::OneMachineYet));
        }
        if !circle.belongs() {
            return Err(Failure::new(ErrorCode::NotAMember));
        }
        circle.check_room_for_a_machine()?;
        let leads_to = Invited::Machine { circle: id, member: circle.me };
        self.give(at, id, leads_to, (1, HOURS))
    }

    /// What the new machine needs to know beside what everybody does.
    pub(super) fn handed(&self, id: CircleId) -> Outcome<Handed> {
        let own = self.secrets.words().map(closeknit_trust::words::Words::recipient);
        let backup = match own {
            None => settings::backup_recipient(self.store.view())?,
            words => words,
        };
        Ok(Handed { nonce: settings::nonce(self.store.view(), id)?, backup })
    }

    /// Enrols the machine at the door as one more of the member's, and seals what is the member's own to it too.
    pub(super) fn enrol_own(&mut self, at: Moment, conn: ConnId, machine: &[u8]) -> Outcome<InviterEvent> {
        let refuse = Ok(InviterEvent::Refuse(Refusal::Broken));
        let door = self.door(conn)?;
        let (id, device, token) = (door.circle, door.device, door.token);
        let Ok(machine) = postcard::from_bytes::<Machine>(machine) else { return refuse };
        let Self { circles, store, secrets, .. } = self;
        let circle = circles.get_mut(&id).ok_or_else(|| Failure::internal("no circle to enrol in"))?;
        if machine.device != device || !machine.consents(id, circle.me) {
            return refuse;
        }
        // Whoever was enrolled and did not hear of it, because the line broke, may come again.
        let mut new = Vec::new();
        if circle.roster.machine(device, circle.me).is_none() {
            let ledger =
                circle.ledger.as_ref().ok_or_else(|| Failure::internal("a draft has one machine"))?;
            let enrol = Body::Enrol(Enrol::by_device(machine));
            let enrol = ledger.write(Pen::Device(&secrets.device, circle.me), &enrol)?;
            new.push(enrol);
        }
        store.write(Durability::Full, |batch| {
            for statement in &new {
                batch.add_statement(id, statement.id(), statement.bytes())?;
                batch.use_invitation(id, InvitationId(token.0))?;
            }
            Ok::<_, Failure>(())
        })?;
        circle.learn(store, new.clone())?;
        let all = circle.ledger.iter().flat_map(|ledger| ledger.iter());
        let all = all.map(|statement| statement.bytes().to_vec()).collect();
        self.stated(at, id, &new, None)?;
        self.seal_again(at, id)?;
        for tag in [Tag::Circle, Tag::Near, Tag::Me] {
            self.tag(tag);
        }
        Ok(InviterEvent::Admitted { statements: all })
    }

    /// On the new machine: keeps the circle's beginning, and agrees to be one of the member's machines.
    pub(super) fn consent(&mut self, at: Moment, found: &Statement, terms: &Found) -> Outcome<NewcomerEvent> {
        let fresh = self.secrets.words().is_none() && !settings::words_kept(self.store.view())?;
        let Some(own) = &mut self.joining.own else { return Ok(NewcomerEvent::Refuse(Refusal::Broken)) };
        let (circle, me, Handed { nonce, backup }) = match own.handed {
            Some(handed) => (found.circle(), own.me, handed),
            None => return Ok(NewcomerEvent::Refuse(Refusal::Broken)),
        };
        let machine = self.secrets.device.machine(circle, me, machine_label());
        let row = begun(circle, terms, at);
        self.store.write(Durability::Full, |batch| {
            batch.put_circle(&row)?;
            settings::set_member(batch, circle, me, nonce)?;
            // The member may have gone on elsewhere: nothing begins anew here before that is known.
            settings::set_behind(batch, circle, true)?;
            if fresh {
                // They exist, on paper or on the other machine: here no others are made.
                settings::set_words_kept(batch)?;
                backup.iter().try_for_each(|backup| settings::set_backup_recipient(batch, backup))?;
            }
            batch.add_statement(circle, found.id(), found.bytes())?;
            Ok::<_, Failure>(())
        })?;
        own.joined = Some(circle);
        let loaded = Circle::load(self.store.view(), &row, &self.secrets)?;
        self.circles.insert(circle, loaded);
        Ok(NewcomerEvent::Enrolled { enrol: postcard::to_stdvec(&machine).map_err(Failure::internal)? })
    }
}

/// What this machine is called, where people are asked for a name.
pub(super) fn machine_name() -> Outcome<Name> {
    Name::new(&machine_label()).map_err(|error| Failure::text("name", error))
}
