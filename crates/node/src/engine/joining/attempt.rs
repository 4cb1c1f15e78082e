//! One attempt to get into a circle, and how far it is.

use closeknit_api::{
    Phrase,
    views::{JoinStage, JoinView},
};
use closeknit_domain::{MemberKind, text::Name};
use closeknit_ids::{CircleId, DeviceId, MemberId};
use closeknit_net::{Alpn, ConnId};
use closeknit_sync::join::Newcomer;
use closeknit_trust::{
    code::{CodeNonce, Commitment, Joining as Compared},
    invitation::{Invitation, Invited},
    statement::Found,
    words::{Nonce, Words},
};

use super::{
    pairing::Handed,
    said::{About, Signed},
};

/// One attempt to get into a circle.
#[derive(Debug)]
pub(in super::super) struct Attempt {
    pub(in super::super) id: String,
    pub(in super::super) invitation: Invitation,
    pub(super) name: Name,
    pub(super) kind: MemberKind,
    pub(super) me: MemberId,
    /// From which, and from this number, the own member key of that circle is made; a machine that is to be one
    /// more of a member's has no words.
    pub(super) key: Option<(Words, Nonce)>,
    pub(super) code_nonce: CodeNonce,
    pub(super) inviter: Option<Inviter>,
    /// Of a machine that is to be one more of a member's: what the other one told of them.
    pub(super) handed: Option<Handed>,
    pub(super) talk: Option<(ConnId, Newcomer)>,
    pub(super) redial_ms: u64,
    /// From when on other machines of the circle are asked too.
    pub(super) others_ms: u64,
    pub(super) wrong_doors: u32,
    /// The Found that was signed here, if the circle is a draft.
    pub(super) signed: Option<Found>,
    pub(super) joined: Option<CircleId>,
    pub(super) stage: JoinStage,
    pub(super) code: Option<String>,
    pub(super) says: Phrase,
}

/// Who invites, as they said and as the connection proved.
#[derive(Debug)]
pub(super) struct Inviter {
    pub(super) about: About,
    pub(super) device: DeviceId,
    pub(super) commitment: Commitment,
    /// What the own key signed last, where it signed before.
    pub(super) signed: Option<Signed>,
}

impl Attempt {
    pub(super) fn view(&self) -> JoinView {
        JoinView {
            id: self.id.clone(),
            circle: self.invitation.name.to_string(),
            own: self.pairs(),
            stage: self.stage,
            code: self.code.clone(),
            says: self.says.clone(),
        }
    }

    pub(super) fn confirmed(&mut self) {
        if self.stage == JoinStage::Compare {
            self.at(JoinStage::Waiting, self.says("waiting"));
        }
    }

    /// Where it stands, in a sentence.
    pub(super) fn says(&self, step: &str) -> Phrase {
        let of = if self.pairs() { "pairing" } else { "joining" };
        Phrase::new(format!("{of}-{step}")).text("circle", self.invitation.name.to_string())
    }

    /// Whether this machine is to be one more of a member who is there already.
    pub(super) const fn pairs(&self) -> bool {
        matches!(self.invitation.circle, Invited::Machine { .. })
    }

    pub(super) fn at(&mut self, stage: JoinStage, says: Phrase) {
        self.stage = stage;
        self.says = says;
    }

    pub(in super::super) const fn is_over(&self) -> bool {
        matches!(self.stage, JoinStage::Joined | JoinStage::Refused)
    }

    /// Whether this person was in the circle before.
    pub(super) const fn comes_back(&self) -> bool {
        matches!(self.invitation.circle, Invited::Back(_))
    }

    pub(super) fn door(&self) -> Alpn {
        Alpn::join(&self.invitation.token.key().0)
    }

    pub(super) fn compared(&self, inviter: &Inviter, own: DeviceId) -> Compared {
        Compared {
            circle: self.invitation.circle.id(),
            token: self.invitation.token.key(),
            inviter: inviter.about.member,
            inviter_device: inviter.device,
            newcomer: self.me,
            newcomer_device: own,
        }
    }
}
