//! The side that comes.

use closeknit_api::{
    ErrorCode, Phrase, Tag, calls,
    views::{JoinStage, JoinView, JoiningView},
};
use closeknit_domain::{MemberKind, Record, text::Name};
use closeknit_ids::{CircleId, DeviceId, MemberId};
use closeknit_net::{Alpn, ConnId, Dial, Salt, Whereabouts};
use closeknit_replica::Act;
use closeknit_store::{self as store, Durability, Stage};
use closeknit_sync::join::{Ask, Newcomer, NewcomerEffect, NewcomerEvent, Refusal};
use closeknit_trust::{
    circle::draft_circle,
    code::{CodeNonce, Commitment, Joining as Compared, Side},
    invitation::{Back, Invitation, InvitationError, Invited},
    signature::Signature,
    statement::{Body, Enrol, Found, Founder, Pen, Statement},
    words::{Nonce, Words},
};
use tracing::info;

use super::{
    super::{
        Command, Engine, Moment,
        acts::new_record,
        circle::{Circle, machine_label},
        failure::{Failure, Outcome},
        settings, start, typed,
    },
    pairing::{Handed, machine_name},
    said::{About, Signed, to_newcomer},
};

/// Between two attempts to reach the machine that invited.
const REDIAL_MS: u64 = 2_000;
/// So long the machine that invited is waited for, before another one of the circle is asked.
const PATIENCE_MS: u64 = 6_000;
/// A machine that just started does not have its doors open yet; one that answers so often without
/// knowing the invitation does not know it.
const MOST_WRONG_DOORS: u32 = 3;

/// One attempt to get into a circle.
#[derive(Debug)]
pub(in super::super) struct Attempt {
    pub(in super::super) id: String,
    pub(in super::super) invitation: Invitation,
    name: Name,
    kind: MemberKind,
    pub(super) me: MemberId,
    /// From which, and from this number, the own member key of that circle is made; a machine that is to be one
    /// more of a member's has no words.
    key: Option<(Words, Nonce)>,
    code_nonce: CodeNonce,
    inviter: Option<Inviter>,
    /// Of a machine that is to be one more of a member's: what the other one told of them.
    pub(super) handed: Option<Handed>,
    talk: Option<(ConnId, Newcomer)>,
    redial_ms: u64,
    /// From when on other machines of the circle are asked too.
    others_ms: u64,
    wrong_doors: u32,
    /// The Found that was signed here, if the circle is a draft.
    signed: Option<Found>,
    pub(super) joined: Option<CircleId>,
    stage: JoinStage,
    code: Option<String>,
    says: Phrase,
}

/// Who invites, as they said and as the connection proved.
#[derive(Debug)]
struct Inviter {
    about: About,
    device: DeviceId,
    commitment: Commitment,
    /// What the own key signed last, where it signed before.
    signed: Option<Signed>,
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
    fn says(&self, step: &str) -> Phrase {
        let of = if self.pairs() { "pairing" } else { "joining" };
        Phrase::new(format!("{of}-{step}")).text("circle", self.invitation.name.to_string())
    }

    /// Whether this machine is to be one more of a member who is there already.
    const fn pairs(&self) -> bool {
        matches!(self.invitation.circle, Invited::Machine { .. })
    }

    fn at(&mut self, stage: JoinStage, says: Phrase) {
        self.stage = stage;
        self.says = says;
    }

    pub(in super::super) const fn is_over(&self) -> bool {
        matches!(self.stage, JoinStage::Joined | JoinStage::Refused)
    }

    /// Whether this person was in the circle before.
    const fn comes_back(&self) -> bool {
        matches!(self.invitation.circle, Invited::Back(_))
    }

    fn door(&self) -> Alpn {
        Alpn::join(&self.invitation.token.key().0)
    }

    fn compared(&self, inviter: &Inviter, own: DeviceId) -> Compared {
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

    /// The machine that invited answers, or another one of the circle.
    pub(in super::super) fn newcomer_opened(
        &mut self,
        at: Moment,
        conn: ConnId,
        device: DeviceId,
    ) -> Outcome<()> {
        let own_device = self.secrets.device.id();
        let Some(own) = &mut self.joining.own else { return Ok(()) };
        let invited = own.invitation.device == device
            || matches!(own.invitation.circle, Invited::Circle(circle) if self.network.is_near(circle, device));
        if own.talk.is_some() || own.is_over() || !invited {
            self.do_net(Command::Close(conn, 0));
            return Ok(());
        }
        let circle = own.invitation.circle.id();
        let proof = own.invitation.token.prove(circle, own.me, own_device, device);
        let about = About { member: own.me, kind: own.kind, name: own.name.clone() };
        let ask =
            Ask { proof: postcard::to_stdvec(&proof).map_err(Failure::internal)?, about: about.to_bytes() };
        let (machine, effects) = Newcomer::new(at.steady_ms, ask);
        own.talk = Some((conn, machine));
        own.at(JoinStage::Asking, own.says("asking"));
        self.tag(Tag::Joining);
        self.newcomer_effects(at, effects)
    }

    /// Something happened on a connection to an inviter: perhaps on one of an earlier attempt.
    pub(in super::super) fn newcomer_heard(
        &mut self,
        at: Moment,
        conn: ConnId,
        event: NewcomerEvent,
    ) -> Outcome<()> {
        let talk = self.joining.own.as_ref().and_then(|own| own.talk.as_ref());
        if talk.is_some_and(|(now, _)| *now == conn) { self.newcomer_event(at, event) } else { Ok(()) }
    }

    /// Something happened in the conversation with the inviter.
    pub(in super::super) fn newcomer_event(&mut self, at: Moment, event: NewcomerEvent) -> Outcome<()> {
        let Some((_, machine)) = self.joining.own.as_mut().and_then(|own| own.talk.as_mut()) else {
            return Ok(());
        };
        let effects = machine.handle(at.steady_ms, event);
        self.newcomer_effects(at, effects)
    }

    fn newcomer_effects(&mut self, at: Moment, effects: Vec<NewcomerEffect>) -> Outcome<()> {
        for effect in effects {
            let Some(conn) =
                self.joining.own.as_ref().and_then(|own| own.talk.as_ref()).map(|(conn, _)| *conn)
            else {
                return Ok(());
            };
            let answer = match effect {
                NewcomerEffect::Send(frame) => {
                    self.do_net(Command::Send(conn, frame));
                    continue;
                }
                NewcomerEffect::Welcomed { about, commitment } => self.welcomed(conn, &about, commitment),
                NewcomerEffect::Compare { nonce } => self.show_code(nonce),
                NewcomerEffect::OtherConfirmed => continue,
                NewcomerEffect::Sign { found } => self.sign_found(&found)?,
                NewcomerEffect::Enrol { found } => self.enrol(at, &found)?,
                NewcomerEffect::TakeStatements { statements } => Some(self.take_welcome(at, &statements)?),
                NewcomerEffect::Joined => {
                    self.joined(at, conn)?;
                    continue;
                }
                NewcomerEffect::Refused { why, here } => {
                    self.not_joined(at, conn, why, here)?;
                    continue;
                }
            };
            match answer {
                Some(answer) => self.newcomer_event(at, answer)?,
                // A person decides next.
                None => self.tag(Tag::Joining),
            }
        }
        Ok(())
    }

    fn welcomed(&mut self, conn: ConnId, about: &[u8], commitment: [u8; 32]) -> Option<NewcomerEvent> {
        let device = self.connections.get(&conn).map(|connection| connection.device)?;
        let own_device = self.secrets.device.id();
        let own = self.joining.own.as_mut()?;
        let signed = Signed::read(about);
        let handed = About::read_handed(about).filter(|_| own.pairs());
        own.handed = handed.map(|(_, handed)| handed);
        let about = About::read(about).filter(|about| !own.pairs() || about.member == own.me);
        let Some(about) = about else { return Some(NewcomerEvent::Refuse(Refusal::Broken)) };
        let inviter = Inviter { about, device, commitment: Commitment(commitment), signed };
        let compared = own.compared(&inviter, own_device);
        own.inviter = Some(inviter);
        let Commitment(commitment) = own.code_nonce.commit(&compared, Side::Newcomer);
        Some(NewcomerEvent::Promise { commitment, nonce: own.code_nonce.0 })
    }

    fn show_code(&mut self, nonce: [u8; 32]) -> Option<NewcomerEvent> {
        let own_device = self.secrets.device.id();
        let own = self.joining.own.as_mut()?;
        let inviter = own.inviter.as_ref()?;
        let (compared, nonce) = (own.compared(inviter, own_device), CodeNonce(nonce));
        if !inviter.commitment.opens_to(&nonce, &compared, Side::Inviter) {
            return Some(NewcomerEvent::Refuse(Refusal::Broken));
        }
        let code = compared.code(&nonce, &own.code_nonce).to_string();
        let says = if inviter.device == own.invitation.device {
            own.says("compare")
        } else {
            Phrase::new("joining-compare-other").text("name", inviter.about.name.to_string())
        };
        own.at(JoinStage::Compare, says.text("code", &code));
        own.code = Some(code);
        None
    }

    /// The circle begins with the inviter and this member, and with nobody else.
    fn sign_found(&mut self, offered: &[u8]) -> Outcome<Option<NewcomerEvent>> {
        let Some(own) = &mut self.joining.own else { return Ok(None) };
        let refuse = Ok(Some(NewcomerEvent::Refuse(Refusal::Broken)));
        let Ok((found, _)) = postcard::from_bytes::<(Found, Signature)>(offered) else { return refuse };
        let inviter = own.inviter.as_ref().map(|inviter| inviter.about.member);
        let both = [Some(own.me), inviter];
        let founders = found.founders.iter().all(|founder| both.contains(&Some(founder.member)));
        let ours = found.name == own.invitation.name && matches!(own.invitation.circle, Invited::Draft(_));
        if !(founders && ours && found.is_sound()) {
            return refuse;
        }
        let Some((words, nonce)) = &own.key else { return refuse };
        let signature = found.sign(&words.member_key(nonce)).map_err(Failure::internal)?;
        own.signed = Some(found);
        Ok(Some(NewcomerEvent::Signed { signature: signature.0.to_vec() }))
    }

    /// Enrols this machine in the circle that was invited to, and keeps its beginning.
    fn enrol(&mut self, at: Moment, found: &[u8]) -> Outcome<Option<NewcomerEvent>> {
        let Some(own) = &mut self.joining.own else { return Ok(None) };
        let refuse = Ok(Some(NewcomerEvent::Refuse(Refusal::Broken)));
        let Ok(found) = Statement::parse(found) else { return refuse };
        let Body::Found(terms) = found.body() else { return refuse };
        let invited = match own.invitation.circle {
            Invited::Circle(circle)
            | Invited::Back(Back { circle, .. })
            | Invited::Machine { circle, .. } => found.circle() == circle,
            // Founded here and now, or before by whoever invites.
            Invited::Draft(draft) => {
                let inviter = own.inviter.as_ref().map(|inviter| inviter.about.member);
                let began = |founder: &Founder| {
                    Some(founder.member) == inviter && draft_circle(founder.member) == draft
                };
                own.signed.as_ref().is_none_or(|signed| signed == terms) && terms.founders.iter().any(began)
            }
        };
        // Whoever comes back continues what their key signed before.
        let signed = own.inviter.as_ref().and_then(|inviter| inviter.signed).filter(|_| own.comes_back());
        if !invited || own.comes_back() && signed.is_none() {
            return refuse;
        }
        let index = signed.map_or(1, |signed| signed.index.saturating_add(1));
        let prev: Vec<_> = std::iter::once(found.id()).chain(signed.map(|signed| signed.statement)).collect();
        if own.pairs() {
            return self.consent(at, &found, terms).map(Some);
        }
        let Some((words, nonce)) = own.key.clone() else { return refuse };
        let (circle, me) = (found.circle(), own.me);
        let machine = self.secrets.device.machine(circle, me, machine_label());
        let body = Body::Enrol(Enrol::by_words(machine, &words, nonce));
        let enrol = Statement::sign(Pen::Member(&words.member_key(&nonce)), circle, index, &prev, &body)
            .map_err(Failure::internal)?;
        let row = store::Circle {
            id: circle,
            stage: Stage::Real,
            name: terms.name.to_string(),
            zone: terms.zone.to_string(),
            created: at.now.as_second(),
        };
        self.store.write(Durability::Full, |batch| {
            batch.put_circle(&row)?;
            settings::set_member(batch, circle, me, nonce)?;
            // Whoever left and comes back says both with the same statements.
            settings::set_leaving(batch, circle, None)?;
            batch.add_statement(circle, found.id(), found.bytes())?;
            if signed.is_none() {
                batch.add_statement(circle, enrol.id(), enrol.bytes())?;
            } else {
                // It comes with all others, after what it continues.
                settings::set_behind(batch, circle, true)?;
            }
            Ok::<_, Failure>(())
        })?;
        own.joined = Some(circle);
        let loaded = Circle::load(self.store.view(), &row, &self.secrets)?;
        self.circles.insert(circle, loaded);
        Ok(Some(NewcomerEvent::Enrolled { enrol: enrol.bytes().to_vec() }))
    }

    fn take_welcome(&mut self, at: Moment, statements: &[Vec<u8>]) -> Outcome<NewcomerEvent> {
        let Some(circle) = self.joining.own.as_ref().and_then(|own| own.joined) else {
            return Ok(NewcomerEvent::Refuse(Refusal::Broken));
        };
        let Some(circle) = self.circles.get_mut(&circle) else {
            return Ok(NewcomerEvent::Refuse(Refusal::Broken));
        };
        circle.take_statements(
            &mut self.store,
            &mut closeknit_trust::ledger::Room::default(),
            statements,
            at.now,
        )?;
        Ok(NewcomerEvent::Taken)
    }

    /// In: the member's own document begins, and the exchange with the inviter's machine.
    fn joined(&mut self, at: Moment, conn: ConnId) -> Outcome<()> {
        self.do_net(Command::Close(conn, 0));
        let Some(own) = &mut self.joining.own else { return Ok(()) };
        let Some(id) = own.joined else { return Ok(()) };
        own.talk = None;
        let (name, kind) = (own.name.clone(), own.kind);
        let named = Whereabouts {
            device: own.invitation.device,
            salt: Salt(own.invitation.salt.0),
            addresses: own.invitation.addresses.clone(),
        };
        let host = own.inviter.as_ref().map_or(named.device, |inviter| inviter.device);
        let (pairs, back) = (own.pairs(), own.key.clone().filter(|_| own.comes_back()));
        own.at(JoinStage::Joined, own.says(if back.is_some() { "back" } else { "joined" }));
        let token = own.invitation.token.key();
        self.store.write(Durability::Full, |batch| {
            settings::set_joining_nonce(batch, &token, None)?;
            settings::set_current(batch, id)
        })?;
        self.current = Some(id);
        self.begin_exchange(id);
        match back {
            // Their profile, and everything else they wrote, comes from the neighbours.
            Some((words, _)) => self.take_words(words)?,
            // Of a member who is there already all comes from their other machine.
            None if pairs => {}
            None => {
                let profile = Record::Profile(start::profile(name, kind));
                let profile = Act::add(new_record(&mut self.rng), profile);
                self.write(at, id, &[profile])?;
            }
        }
        for found in [Some(&named), self.network.near_as(id, host).cloned().as_ref()].into_iter().flatten() {
            self.note_whereabouts(at, id, found)?;
        }
        self.serve()?;
        for tag in [Tag::Status, Tag::Board, Tag::Circle, Tag::Joining] {
            self.tag(tag);
        }
        Ok(())
    }

    fn not_joined(&mut self, at: Moment, conn: ConnId, why: Refusal, here: bool) -> Outcome<()> {
        info!(?why, here, "not joined");
        let founder = |own: &Attempt| own.signed.is_some() && own.joined.is_some();
        if self.joining.own.as_ref().is_some_and(founder) {
            // The circle has begun, with this member as one of its two: only the greeting was cut
            // off, and the next meeting of the two machines makes up for it.
            return self.joined(at, conn);
        }
        self.do_net(Command::Close(conn, 0));
        let Some(own) = &mut self.joining.own else { return Ok(()) };
        own.talk = None;
        own.code = None;
        own.at(JoinStage::Refused, to_newcomer(why, here));
        if let Some(unfinished) = own.joined.take() {
            // Enrolled but never admitted: nothing of this is the member's yet.
            self.circles.remove(&unfinished);
            self.store.write(Durability::Full, |batch| batch.remove_circle(unfinished))?;
        }
        self.serve()?;
        self.tag(Tag::Joining);
        Ok(())
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
