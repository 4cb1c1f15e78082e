//! Somebody lost their machine and has their words on paper: any neighbour lets them back in.
//!
//! The words make their member key again once they know from which number; the neighbour's invitation
//! tells it. From there on it is a joining like any other, but nobody is admitted: the new machine is
//! enrolled by the words.

use closeknit_api::{
    ErrorCode, calls,
    views::{InvitationView, JoiningView},
};
use closeknit_domain::{MemberKind, text::Name};
use closeknit_ids::{CircleId, MemberId};
use closeknit_trust::{
    invitation::{Back, Invitation, Invited},
    statement::{Body, Enrol},
    words::{Nonce, Words},
};

use super::{
    super::{
        Engine, Moment,
        circle::Circle,
        failure::{Failure, Outcome},
    },
    looking::bad_invitation,
};

/// It is for somebody who stands there now.
const HOURS: u32 = 24;

impl Engine {
    /// Makes an invitation for a member who has only their words left. It lets in nobody new.
    pub(in super::super) fn let_back(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::LetBack,
    ) -> Outcome<InvitationView> {
        let circle = self.circle(id)?;
        if !circle.belongs() {
            return Err(Failure::new(ErrorCode::NotAMember));
        }
        let member = circle.member_named(&circle.reader(at.now), &call.member)?;
        if member == circle.me {
            return Err(Failure::new(ErrorCode::AboutYourself));
        }
        let nonce = circle.nonce_of(member).ok_or_else(|| Failure::not_found(&call.member))?;
        self.give(at, id, Invited::Back(Back::of(id, member, nonce)), (0, HOURS))
    }

    /// Starts to come back: looks for the neighbour's machine.
    pub(in super::super) fn come_back(&mut self, at: Moment, call: &calls::ComeBack) -> Outcome<JoiningView> {
        let invitation = Invitation::from_text(&call.invitation).map_err(bad_invitation)?;
        let words = Words::from_phrase(&call.words)?;
        let Invited::Back(back) = invitation.circle else {
            return Err(Failure::new(ErrorCode::BadInvitation).with("reason", "new"));
        };
        let (_, nonce) = back.key(&words).ok_or_else(|| Failure::new(ErrorCode::OtherWords))?;
        self.not_inside(&invitation)?;
        // The neighbour's machine knows the name; until it has told, the circle's stands for it.
        let name = Name::new(&invitation.name).map_err(Failure::internal)?;
        self.look_for(at, invitation, (name, MemberKind::Person), Some((words, nonce)))
    }

    /// Words that were typed here and proved right: kept, unless this profile has some or had them on
    /// paper, until they are asked back.
    pub(in super::super) fn take_words(&mut self, words: Words) -> Outcome<()> {
        if self.secrets.words().is_none() {
            self.secrets.keep_words(&self.directory, words)?;
        }
        self.use_keys();
        Ok(())
    }
}

impl Circle {
    /// From which number a member's words make their key here.
    fn nonce_of(&self, member: MemberId) -> Option<Nonce> {
        let own = self.ledger.iter().flat_map(|ledger| ledger.iter());
        own.filter(|statement| statement.member() == member).find_map(|statement| match statement.body() {
            Body::Enrol(Enrol { words: Some(side), .. }) => Some(side.nonce),
            _ => None,
        })
    }
}
