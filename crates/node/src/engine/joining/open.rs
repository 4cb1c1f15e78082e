//! The invitations that are open at this machine: those it gave out, and those of others with a say. Any of
//! their machines may let in who comes, so that nobody stands before a closed door because one laptop sleeps.
//!
//! An invitation travels in its maker's document, sealed to those machines. Nothing of it is kept elsewhere:
//! it ends with the record, and with its maker's say.

use closeknit_domain::{OpenInvitation, Record, Sealed};
use closeknit_ids::{CircleId, DeviceId, InvitationId, MemberId};
use closeknit_net::Alpn;
use closeknit_replica::Act;
use closeknit_trust::{
    invitation::Token,
    seal::{self, MOST_RECIPIENTS, Recipient},
    statement::Body,
};
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::super::{
    Engine, Moment,
    acts::new_record,
    circle::Circle,
    failure::{Failure, Outcome},
};

/// An invitation as this machine judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) id: InvitationId,
    pub(super) uses_left: u32,
    pub(super) expires: i64,
}

impl Engine {
    /// Every invitation that this machine can complete, ended ones too: whoever comes late hears why.
    pub(super) fn open_invitations(&self, id: CircleId) -> Outcome<Vec<Open>> {
        let circle = self.circle(id)?;
        let here = self.secrets.device.id();
        let given = self.store.view().invitations(id)?.into_iter().map(|given| {
            // Those that were let in here are counted off already.
            let elsewhere = circle.let_in_with(given.id, |device| device != here);
            let uses_left = given.uses_left.saturating_sub(elsewhere);
            Open { id: given.id, uses_left, expires: given.expires }
        });
        let mut open: Vec<Open> = given.collect();
        for shared in circle.shared_invitations() {
            if open.iter().all(|known| known.id != shared.id) {
                open.push(shared);
            }
        }
        Ok(open)
    }

    /// The doors of all open invitations.
    pub(in super::super) fn doors(&self) -> Outcome<Vec<Alpn>> {
        let mut doors = Vec::new();
        for id in self.circles.keys() {
            doors.extend(self.open_invitations(*id)?.iter().map(|open| Alpn::join(&open.id.0)));
        }
        Ok(doors)
    }

    /// Lets the machines of all who have a say know of an invitation, and takes back the secrets of those that are over.
    pub(super) fn share_invitation(
        &mut self,
        at: Moment,
        circle_id: CircleId,
        token: &Token,
        uses: u16,
        expires: Timestamp,
    ) -> Outcome<()> {
        let circle = self.circle(circle_id)?;
        let recipients = circle.doorkeepers(self.secrets.device.id());
        if recipients.is_empty() {
            return Ok(());
        }
        let secret = Zeroizing::new(<[u8; 32]>::from(token.clone()));
        let sealed = Sealed::new(seal::seal(&*secret, &recipients)?).map_err(Failure::internal)?;
        let id = InvitationId(token.key().0);
        let record = Record::Invitation(OpenInvitation { id, uses, until: expires, sealed: Some(sealed) });
        let mut acts = circle.ended_invitations(at.now);
        acts.push(Act::add(new_record(&mut self.rng), record));
        self.write(at, circle_id, &acts)
    }

    /// Takes back the secrets of own invitations that are over.
    pub(in super::super) fn take_back_invitations(&mut self, at: Moment, id: CircleId) -> Outcome<()> {
        let ended = self.circle(id)?.ended_invitations(at.now);
        if ended.is_empty() { Ok(()) } else { self.write(at, id, &ended) }
    }
}

impl Circle {
    /// Whether a member has invitations open.
    pub(in super::super) fn has_open_invitations(&self, member: MemberId) -> bool {
        let records = self.records_of(member);
        records.is_some_and(|records| records.values().any(|record| matches!(record, Record::Invitation(_))))
    }

    /// What those with a say gave out.
    fn given_out(&self) -> impl Iterator<Item = &OpenInvitation> {
        let voters = self.records().filter(|(member, _)| self.roster.is_voter(*member));
        voters.flat_map(|(_, records)| records.values()).filter_map(|record| match record {
            Record::Invitation(open) => Some(open),
            _ => None,
        })
    }

    /// How many an invitation is meant for, if that is known here.
    pub(in super::super) fn meant_for(&self, id: InvitationId) -> Option<u16> {
        self.given_out().find(|open| open.id == id).map(|open| open.uses)
    }

    /// What others with a say gave out, as far as it is for this machine.
    fn shared_invitations(&self) -> impl Iterator<Item = Open> {
        self.given_out().filter(|open| self.locks.opens(open)).map(|open| Open {
            id: open.id,
            uses_left: u32::from(open.uses).saturating_sub(self.let_in_with(open.id, |_| true)),
            expires: open.until.as_second(),
        })
    }

    /// How many were let in with an invitation, at the machines in question.
    fn let_in_with(&self, id: InvitationId, at: impl Fn(DeviceId) -> bool) -> u32 {
        let statements = self.ledger.iter().flat_map(|ledger| ledger.iter());
        let with = statements.filter(|statement| match statement.body() {
            Body::Admit(admit) => admit.proof.token.0 == id.0 && at(statement.device()),
            _ => false,
        });
        u32::try_from(with.count()).unwrap_or(u32::MAX)
    }

    /// The machines that may let somebody in besides this one: the member's own first. In a circle with
    /// more of them than can be sealed to, the first of the others.
    fn doorkeepers(&self, here: DeviceId) -> Vec<Recipient> {
        let others = self.roster.members().filter(|member| member.voter && member.id != self.me);
        let keepers = [self.me].into_iter().chain(others.map(|member| member.id));
        let keepers = keepers.filter(|member| self.roster.is_active(*member));
        let machines = keepers.flat_map(|member| self.roster.machines_of(member));
        let machines = machines.filter(|machine| !machine.dropped && machine.device != here);
        machines.map(|machine| machine.recipient).take(MOST_RECIPIENTS).collect()
    }

    /// The secret of an own invitation goes once its time is over; how many it was for is still told.
    fn ended_invitations(&self, now: Timestamp) -> Vec<Act> {
        let own = self.own_records().into_iter().flatten();
        let ended = own.filter_map(|(id, record)| match record {
            Record::Invitation(open) if open.until < now && open.sealed.is_some() => {
                let ended = Record::Invitation(OpenInvitation { sealed: None, ..open.clone() });
                Some(Act::edit(*id, record.clone(), ended))
            }
            _ => None,
        });
        ended.collect()
    }
}
