//! Looking for the door: for the machine that invited, and for others that hold the invitation.

use closeknit_api::{
    ErrorCode, Phrase, Tag, calls,
    views::{JoinStage, JoiningView},
};
use closeknit_domain::{MemberKind, text::Name};
use closeknit_ids::DeviceId;
use closeknit_net::{Alpn, Dial};
use closeknit_store::Durability;
use closeknit_sync::join::{NewcomerEvent, Refusal};
use closeknit_trust::{
    code::CodeNonce,
    invitation::{Invitation, InvitationError, Invited},
    words::{Nonce, Words},
};

use super::{
    super::{
        Command, Engine, Moment,
        failure::{Failure, Outcome},
        settings, start, typed,
    },
    attempt::Attempt,
    pairing::machine_name,
    said::to_newcomer,
};

/// Between two attempts to reach the machine that invited.
const REDIAL_MS: u64 = 2_000;
/// So long the machine that invited is waited for, before another one of the circle is asked.
const PATIENCE_MS: u64 = 6_000;
/// A machine that just started does not have its doors open yet; one that answers so often without
/// knowing the invitation does not know it.
const MOST_WRONG_DOORS: u32 = 3;

impl Engine {
    /// Starts to join: looks for the machine that invited.
    pub(in super::super) fn join(&mut self, at: Moment, call: &calls::Join) -> Outcome<JoiningView> {
        let invitation = Invitation::from_text(&call.invitation).map_err(bad_invitation)?;
        let kind = call.kind.map_or(MemberKind::Person, start::kind_of);
        if matches!(invitation.circle, Invited::Machine { .. }) {
            self.not_inside(&invitation)?;
            return self.look_for(at, invitation, (machine_name()?, kind), None);
        }
        let name = typed::text("name", &call.name, Name::new)?;
        if matches!(invitation.circle, Invited::Back(_)) {
            return Err(Failure::new(ErrorCode::BadWords).with("reason", "needed"));
        }
        self.not_inside(&invitation)?;
        let words = self.words_or_new()?;
        let nonce = self.joining_nonce(&invitation)?;
        self.look_for(at, invitation, (name, kind), Some((words, nonce)))
    }

    /// Whoever is in a circle already need not come in.
    pub(super) fn not_inside(&self, invitation: &Invitation) -> Outcome<()> {
        let circle = invitation.circle.id();
        let inside = self.circles.values().find(|own| own.id == circle || own.was(circle));
        // One that was entered and never arrived in is entered again.
        if inside.is_some_and(|own| own.is_draft() || own.own_records().is_some()) {
            let here = inside.is_some_and(|own| !own.belongs());
            let code = if here { ErrorCode::StillHere } else { ErrorCode::AlreadyMember };
            return Err(Failure::new(code).with("circle", &invitation.name));
        }
        Ok(())
    }

    /// Begins an attempt: whoever was talked to before hears that it is over.
    pub(super) fn look_for(
        &mut self,
        at: Moment,
        invitation: Invitation,
        (name, kind): (Name, MemberKind),
        key: Option<(Words, Nonce)>,
    ) -> Outcome<JoiningView> {
        self.newcomer_event(at, NewcomerEvent::Refuse(Refusal::Left))?;
        let me = match (invitation.circle, &key) {
            (Invited::Machine { member, .. }, _) => member,
            (_, Some((words, nonce))) => words.member_key(nonce).id(),
            (_, None) => return Err(Failure::internal("nobody can come in without a key")),
        };
        let attempt = Attempt {
            id: format!("own-{}", hex(&invitation.token.key().0)),
            name,
            kind,
            me,
            key,
            code_nonce: CodeNonce::generate(&mut self.rng),
            inviter: None,
            handed: None,
            talk: None,
            redial_ms: at.steady_ms,
            others_ms: at.steady_ms.saturating_add(PATIENCE_MS),
            wrong_doors: 0,
            signed: None,
            joined: None,
            stage: JoinStage::Looking,
            code: None,
            says: Phrase::new(match invitation.circle {
                Invited::Circle(_) => "joining-looking-circle",
                Invited::Draft(_) | Invited::Back(_) => "joining-looking",
                Invited::Machine { .. } => "pairing-looking",
            }),
            invitation,
        };
        self.joining.own = Some(attempt);
        self.serve()?;
        self.redial_inviter(at);
        self.tag(Tag::Joining);
        self.joining_view(at, &calls::Joining {})
    }

    /// With one invitation one comes as one and the same, however often the line breaks.
    fn joining_nonce(&mut self, invitation: &Invitation) -> Outcome<Nonce> {
        let token = invitation.token.key();
        if let Some(nonce) = settings::joining_nonce(self.store.view(), &token)? {
            return Ok(nonce);
        }
        let nonce = Nonce::generate(&mut self.rng);
        self.store
            .write(Durability::Full, |batch| settings::set_joining_nonce(batch, &token, Some(nonce)))?;
        Ok(nonce)
    }

    /// The profile's words; new ones for a profile that has none.
    pub(in super::super) fn words_or_new(&mut self) -> Outcome<Words> {
        if let Some(words) = self.secrets.words() {
            return Ok(words.clone());
        }
        if settings::words_kept(self.store.view())? {
            // They exist on paper: making others would give this person two sheets.
            return Err(Failure::new(ErrorCode::BadWords).with("reason", "on-paper"));
        }
        let words = Words::generate(&mut self.rng);
        self.secrets.keep_words(&self.directory, words.clone())?;
        Ok(words)
    }

    /// Dials the machine that invited, if there is no connection and it is time to; later also every other
    /// one that announces itself for the circle. Whoever can do that holds the circle's id; the door itself
    /// says that it holds the invitation.
    pub(in super::super) fn redial_inviter(&mut self, at: Moment) {
        let Some(own) = &mut self.joining.own else { return };
        if own.talk.is_some() || own.is_over() || at.steady_ms < own.redial_ms {
            return;
        }
        own.redial_ms = at.steady_ms.saturating_add(REDIAL_MS);
        let (alpn, device) = (own.door(), own.invitation.device);
        let mut addresses = self.network.seen_at(device);
        addresses.extend(own.invitation.addresses.iter().copied());
        addresses.dedup();
        let (circle, ask_others) = (own.invitation.circle, at.steady_ms >= own.others_ms);
        self.do_net(Command::Dial(Dial::Join { alpn: alpn.clone(), device, addresses }));
        if let Invited::Circle(circle) = circle
            && ask_others
        {
            for device in self.network.others_near(circle, device) {
                let addresses = self.network.seen_at(device);
                self.do_net(Command::Dial(Dial::Join { alpn: alpn.clone(), device, addresses }));
            }
        }
    }

    /// The machine that invited answers, and has no such door.
    pub(in super::super) fn not_known_there(&mut self, door: &Alpn, device: DeviceId) -> Outcome<()> {
        let asked = |own: &Attempt| own.door() == *door && own.invitation.device == device;
        let waits = |own: &&mut Attempt| own.talk.is_none() && !own.is_over() && asked(own);
        let Some(own) = self.joining.own.as_mut().filter(waits) else { return Ok(()) };
        own.wrong_doors = own.wrong_doors.saturating_add(1);
        if own.wrong_doors < MOST_WRONG_DOORS {
            return Ok(());
        }
        own.at(JoinStage::Refused, to_newcomer(Refusal::WrongToken, false));
        self.tag(Tag::Joining);
        self.serve()
    }
}

pub(super) fn bad_invitation(error: InvitationError) -> Failure {
    let reason = match error {
        InvitationError::Newer => return Failure::new(ErrorCode::NewerVersion),
        InvitationError::None => "none",
        InvitationError::Cut { .. } => "cut",
        InvitationError::Mistake | InvitationError::TooLong => "mistake",
    };
    Failure::new(ErrorCode::BadInvitation).with("reason", reason)
}

fn hex(bytes: &[u8; 32]) -> String {
    closeknit_ids::StatementId(*bytes).short()
}
