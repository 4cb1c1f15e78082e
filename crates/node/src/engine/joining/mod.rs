//! Letting somebody in, and getting in. The conversation itself is [`closeknit_sync::join`]; here
//! its proofs are made and checked, and what both persons see is kept.

mod attempt;
mod inviting;
mod looking;
mod newcomer;
mod open;
mod pairing;
mod returning;
mod said;

use closeknit_api::{
    ErrorCode, Tag, calls,
    views::{DoorView, InvitationView, JoinStage, JoiningView},
};
use closeknit_ids::{CircleId, InvitationId};
use closeknit_net::{Alpn, ConnId};
use closeknit_store::{self as store, Durability, Invitation as Given, Stage};
use closeknit_sync::join::{InviterEvent, NewcomerEvent, Refusal};
use closeknit_trust::{
    circle::Salt,
    invitation::{Invitation, Invited, MOST_ADDRESSES, Token},
    statement::Found,
    text::CircleName,
};

use self::open::Open;
pub(super) use self::{attempt::Attempt, inviting::Door};
use super::{
    Engine, Moment,
    failure::{Failure, Outcome},
    sentence::civil,
    settings,
};

const HOUR: i64 = 3600;
/// A week.
const USUAL_HOURS: u32 = 7 * 24;
/// Longer than this an invitation is not open.
const MOST_HOURS: u32 = 31 * 24;

/// The own attempt to get in, and who is at the door here.
#[derive(Debug, Default)]
pub(super) struct Joining {
    pub(super) own: Option<Attempt>,
    pub(super) doors: Vec<Door>,
}

/// A circle that is entered here, as it was founded.
fn begun(id: CircleId, terms: &Found, at: Moment) -> store::Circle {
    store::Circle {
        id,
        stage: Stage::Real,
        name: terms.name.to_string(),
        zone: terms.zone.to_string(),
        created: at.now.as_second(),
    }
}

impl Engine {
    /// Makes an invitation: a secret that this machine will know again.
    pub(super) fn invite(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::Invite,
    ) -> Outcome<InvitationView> {
        if !self.circle(id)?.may_invite() {
            return Err(Failure::new(ErrorCode::NotAVoter));
        }
        let uses = call.uses.unwrap_or(1).clamp(1, 30);
        let hours = call.hours.unwrap_or(USUAL_HOURS).clamp(1, MOST_HOURS);
        let to = if self.circle(id)?.is_draft() { Invited::Draft(id) } else { Invited::Circle(id) };
        self.give(at, id, to, (uses, hours))
    }

    /// Makes an invitation that so many newcomers can use, for so many hours.
    fn give(
        &mut self,
        at: Moment,
        id: CircleId,
        to: Invited,
        (uses, hours): (u16, u32),
    ) -> Outcome<InvitationView> {
        let expires = at.now.as_second().saturating_add(i64::from(hours).saturating_mul(HOUR));
        let token = Token::generate(&mut self.rng);
        let ends = jiff::Timestamp::from_second(expires).map_err(Failure::internal)?;
        let secret: [u8; 32] = token.clone().into();
        let given = Given {
            id: InvitationId(token.key().0),
            secret: secret.to_vec(),
            uses_left: u32::from(uses),
            expires,
        };
        let pairs = matches!(to, Invited::Machine { .. });
        self.store.write(Durability::Full, |batch| {
            batch.put_invitation(id, &given)?;
            if pairs { settings::set_pairs(batch, id, &token.key()) } else { Ok::<_, Failure>(()) }
        })?;
        // Into a draft, and back in, only this machine lets: nobody else is there, or needs to know.
        if matches!(to, Invited::Circle(_)) {
            self.share_invitation(at, id, &token, uses, ends)?;
        }
        let salt = self.own_salt(id)?;
        let circle = self.circle(id)?;
        let invitation = Invitation {
            name: CircleName::new(&circle.name).map_err(Failure::internal)?,
            circle: to,
            device: self.secrets.device.id(),
            addresses: self.network.addresses().take(MOST_ADDRESSES).collect(),
            salt: Salt(salt.0),
            token,
            expires: u64::try_from(expires).unwrap_or(0),
        };
        let view = InvitationView {
            text: invitation.to_text().map_err(Failure::internal)?.to_string(),
            expires: civil(&circle.zone, ends),
            uses,
        };
        self.serve()?;
        Ok(view)
    }

    pub(super) fn joining_view(&mut self, _: Moment, _: &calls::Joining) -> Outcome<JoiningView> {
        let shown = |door: &&Door| door.stage != JoinStage::Looking && door.stage != JoinStage::Asking;
        let doors = self.joining.doors.iter().filter(shown).map(Door::view).collect::<Vec<DoorView>>();
        Ok(JoiningView { own: self.joining.own.as_ref().map(Attempt::view), doors })
    }

    /// A person says whether both screens show the same code.
    pub(super) fn confirm(&mut self, at: Moment, call: &calls::Confirm) -> Outcome<JoiningView> {
        if self.joining.own.as_ref().is_some_and(|own| own.id == call.id) {
            let said =
                if call.yes { NewcomerEvent::Confirm } else { NewcomerEvent::Refuse(Refusal::Declined) };
            if call.yes
                && let Some(own) = &mut self.joining.own
            {
                own.confirmed();
            }
            self.newcomer_event(at, said)?;
        } else if let Some(conn) =
            self.joining.doors.iter().find(|door| door.id == call.id).map(|door| door.conn)
        {
            let said = if call.yes { InviterEvent::Confirm } else { InviterEvent::Refuse(Refusal::Declined) };
            if call.yes
                && let Some(door) = self.joining.doors.iter_mut().find(|door| door.conn == conn)
            {
                door.confirmed();
            }
            self.inviter_event(at, conn, said)?;
        } else {
            return Err(Failure::not_found(&call.id));
        }
        self.tag(Tag::Joining);
        self.joining_view(at, &calls::Joining {})
    }

    pub(super) fn stop_joining(&mut self, at: Moment, _: &calls::StopJoining) -> Outcome<JoiningView> {
        self.newcomer_event(at, NewcomerEvent::Refuse(Refusal::Left))?;
        self.joining.own = None;
        self.serve()?;
        self.tag(Tag::Joining);
        self.joining_view(at, &calls::Joining {})
    }

    /// The invitation whose door this is, and of which circle.
    fn invitation_at(&self, door: &Alpn) -> Outcome<Option<(CircleId, Open)>> {
        for circle in self.circles.keys() {
            let mut open = self.open_invitations(*circle)?.into_iter();
            if let Some(here) = open.find(|open| Alpn::join(&open.id.0) == *door) {
                return Ok(Some((*circle, here)));
            }
        }
        Ok(None)
    }

    /// Some time has passed for everybody who waits.
    pub(super) fn joining_tick(&mut self, at: Moment) -> Outcome<()> {
        let conns: Vec<ConnId> = self.joining.doors.iter().map(|door| door.conn).collect();
        for conn in conns {
            self.inviter_event(at, conn, InviterEvent::Tick)?;
        }
        self.newcomer_event(at, NewcomerEvent::Tick)?;
        self.redial_inviter(at);
        Ok(())
    }
}
