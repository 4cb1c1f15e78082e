//! The side that is a member already.

use closeknit_api::{
    Phrase, Tag,
    views::{DoorView, JoinStage},
};
use closeknit_domain::MemberKind;
use closeknit_ids::{CircleId, DeviceId, InvitationId, MemberId};
use closeknit_net::{Alpn, ConnId};
use closeknit_store::Durability;
use closeknit_sync::join::{Ask, Inviter, InviterEffect, InviterEvent, Refusal};
use closeknit_trust::{
    circle::draft_circle,
    code::{CodeNonce, Commitment, Joining as Compared, Side},
    invitation::{AdmissionProof, TokenKey},
    signature::Signature,
    statement::{Admit, Body, Pen, Statement},
};
use tracing::info;

use super::{
    super::{
        Command, Engine, Moment,
        failure::{Failure, Outcome},
        found::Terms,
        me::kind_view,
        settings,
    },
    said::{About, Signed, to_inviter},
};

/// So many people may knock at once; an eleventh is asked to come back.
const MOST_DOORS: usize = 10;

/// Somebody at the door.
#[derive(Debug)]
pub(in super::super) struct Door {
    pub(super) id: String,
    pub(super) conn: ConnId,
    pub(super) device: DeviceId,
    pub(super) circle: CircleId,
    /// The circle as the invitation names it: the draft that it was, perhaps.
    named: CircleId,
    pub(super) token: TokenKey,
    /// What comes is to be one more machine of this member.
    pub(super) pairs: bool,
    machine: Inviter,
    code_nonce: CodeNonce,
    /// Who they say they are, and that they hold the invitation.
    asks: Option<(About, AdmissionProof)>,
    /// What a draft is to begin with.
    terms: Option<Terms>,
    pub(super) stage: JoinStage,
    code: Option<String>,
    says: Phrase,
}

impl Door {
    pub(super) fn view(&self) -> DoorView {
        let about = self.asks.as_ref().map(|(about, _)| about);
        DoorView {
            id: self.id.clone(),
            name: about.map(|about| about.name.to_string()).unwrap_or_default(),
            kind: kind_view(about.map_or(MemberKind::Person, |about| about.kind)),
            own: self.pairs,
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
        let of = if self.pairs { "door-machine" } else { "door" };
        Phrase::new(format!("{of}-{step}")).text("name", self.name())
    }

    fn name(&self) -> String {
        self.asks.as_ref().map(|(about, _)| about.name.to_string()).unwrap_or_default()
    }

    fn at(&mut self, stage: JoinStage, says: Phrase) {
        self.stage = stage;
        self.says = says;
    }

    fn compared(&self, inviter: MemberId, inviter_device: DeviceId) -> Option<Compared> {
        let (about, _) = self.asks.as_ref()?;
        Some(Compared {
            circle: self.named,
            token: self.token,
            inviter,
            inviter_device,
            newcomer: about.member,
            newcomer_device: self.device,
        })
    }
}

impl Engine {
    /// Somebody came to the door of an invitation.
    pub(in super::super) fn door_opened(
        &mut self,
        at: Moment,
        conn: ConnId,
        device: DeviceId,
        alpn: &Alpn,
    ) -> Outcome<()> {
        let invitation = self.invitation_at(alpn)?;
        let over = |door: &Door| matches!(door.stage, JoinStage::Joined | JoinStage::Refused);
        let open = self.joining.doors.iter().filter(|door| !over(door)).count();
        let Some((circle, given)) = invitation.filter(|_| open < MOST_DOORS) else {
            self.do_net(Command::Close(conn, 0));
            return Ok(());
        };
        // Those who are in or were turned away stay on the screen until somebody else knocks.
        self.joining.doors.retain(|door| !over(door));
        let token = TokenKey(given.id.0);
        self.joining.doors.push(Door {
            id: format!("door-{}", conn.0),
            conn,
            device,
            circle,
            named: circle,
            token,
            pairs: settings::pairs(self.store.view(), circle, &token)?,
            machine: Inviter::new(at.steady_ms),
            code_nonce: CodeNonce::generate(&mut self.rng),
            asks: None,
            terms: None,
            stage: JoinStage::Looking,
            code: None,
            says: Phrase::new("door-compare"),
        });
        Ok(())
    }

    /// Something happened in the conversation with somebody at the door.
    pub(in super::super) fn inviter_event(
        &mut self,
        at: Moment,
        conn: ConnId,
        event: InviterEvent,
    ) -> Outcome<()> {
        let Some(door) = self.joining.doors.iter_mut().find(|door| door.conn == conn) else { return Ok(()) };
        for effect in door.machine.handle(at.steady_ms, event) {
            let answer = match effect {
                InviterEffect::Send(frame) => {
                    self.do_net(Command::Send(conn, frame));
                    continue;
                }
                InviterEffect::Judge(ask) => Some(self.judge(at, conn, &ask)?),
                InviterEffect::Compare { commitment, nonce } => self.show_door_code(conn, commitment, nonce),
                InviterEffect::OtherConfirmed => continue,
                InviterEffect::Begin => Some(self.begin_circle(conn)?),
                InviterEffect::Founded { signature } => Some(self.founded(at, conn, &signature)?),
                InviterEffect::Admit { enrol } if self.door(conn)?.pairs => {
                    Some(self.enrol_own(at, conn, &enrol)?)
                }
                InviterEffect::Admit { enrol } => Some(self.admit(at, conn, &enrol)?),
                InviterEffect::Joined => {
                    self.door_over(conn, None);
                    self.serve()?;
                    continue;
                }
                InviterEffect::Refused { why, here } => {
                    info!(?why, here, "the conversation at the door broke off");
                    let refused = (!self.let_in(conn)).then_some((why, here));
                    self.door_over(conn, refused);
                    self.serve()?;
                    continue;
                }
            };
            match answer {
                Some(answer) => self.inviter_event(at, conn, answer)?,
                None => self.tag(Tag::Joining),
            }
        }
        Ok(())
    }

    pub(super) fn door(&mut self, conn: ConnId) -> Outcome<&mut Door> {
        let door = self.joining.doors.iter_mut().find(|door| door.conn == conn);
        door.ok_or_else(|| Failure::internal("nobody at this door"))
    }

    /// Whether they hold a good invitation, and who they say they are.
    fn judge(&mut self, at: Moment, conn: ConnId, ask: &Ask) -> Outcome<InviterEvent> {
        let device = self.secrets.device.id();
        let (circle, token, theirs, pairs) = {
            let door = self.door(conn)?;
            (door.circle, door.token, door.device, door.pairs)
        };
        let refuse = |why| Ok(InviterEvent::Refuse(why));
        let (Ok(proof), Some(mut about)) =
            (postcard::from_bytes::<AdmissionProof>(&ask.proof), About::read(&ask.about))
        else {
            return refuse(Refusal::Broken);
        };
        let own = self.circle(circle)?;
        let me = own.me;
        // What was made in a draft names the draft, also when the circle has begun meanwhile.
        let named =
            [circle, draft_circle(me)].into_iter().find(|named| proof.holds(*named, about.member, device));
        let Some(named) = named.filter(|_| proof.token == token && proof.device == theirs) else {
            return refuse(Refusal::WrongToken);
        };
        let given = self.open_invitations(circle)?.into_iter().find(|given| given.id.0 == token.0);
        let Some(given) = given else { return refuse(Refusal::WrongToken) };
        // Whoever was let in and did not hear of it, because the line broke, may come again; and so may who
        // has only their words left. They are called what they are called here.
        let machine = own.roster.machine(theirs, me);
        let known = if pairs { machine.is_some() } else { own.roster.is_active(about.member) };
        if let Some(profile) = own.reader(at.now).profile(about.member).filter(|_| known && !pairs) {
            (about.name, about.kind) = (profile.name.clone(), profile.kind);
        }
        let cannot_found = own.is_draft() && about.kind == MemberKind::Organisation;
        // A machine that was taken away does not come back: whoever has it might not be its owner.
        let taken_away = machine.is_some_and(|machine| machine.dropped);
        let may = pairs && !taken_away || !pairs && (known || own.may_invite());
        let refusal = match () {
            () if pairs != (about.member == me) => Some(Refusal::WrongToken),
            () if !known && given.expires < at.now.as_second() => Some(Refusal::Expired),
            () if !known && given.uses_left == 0 => Some(Refusal::Used),
            () if !may || cannot_found => Some(Refusal::NotAllowed),
            () if !own.belongs() => Some(Refusal::NotAllowed),
            () => None,
        };
        let name = own.reader(at.now).profile(me).map(|profile| (profile.name.clone(), profile.kind));
        let Some((name, kind)) = name else { return refuse(Refusal::NotAllowed) };
        let signed = own.ledger.as_ref().and_then(|ledger| ledger.last(DeviceId(about.member.0)));
        let signed = signed.map(|last| Signed { index: last.index(), statement: last.id() });
        let welcome = About { member: me, kind, name };
        let welcome = match pairs {
            true => welcome.with_handed(&self.handed(circle)?),
            false => Signed::after(welcome.to_bytes(), signed),
        };
        let door = self.door(conn)?;
        door.asks = Some((about, proof));
        door.named = named;
        if let Some(why) = refusal {
            return refuse(why);
        }
        door.stage = JoinStage::Asking;
        let compared = door.compared(me, device).ok_or_else(|| Failure::internal("nobody asked"))?;
        let Commitment(commitment) = door.code_nonce.commit(&compared, Side::Inviter);
        Ok(InviterEvent::Welcome { about: welcome, commitment, nonce: door.code_nonce.0 })
    }

    fn show_door_code(
        &mut self,
        conn: ConnId,
        commitment: [u8; 32],
        nonce: [u8; 32],
    ) -> Option<InviterEvent> {
        let device = self.secrets.device.id();
        let circle = self.door(conn).ok()?.circle;
        let me = self.circle(circle).ok()?.me;
        let door = self.door(conn).ok()?;
        let (compared, nonce) = (door.compared(me, device)?, CodeNonce(nonce));
        if !Commitment(commitment).opens_to(&nonce, &compared, Side::Newcomer) {
            return Some(InviterEvent::Refuse(Refusal::Broken));
        }
        let code = compared.code(&door.code_nonce, &nonce).to_string();
        door.at(JoinStage::Compare, door.says("compare").text("code", &code));
        door.code = Some(code);
        None
    }

    /// Both said yes: a draft is offered to be founded; of a circle its beginning is shown.
    fn begin_circle(&mut self, conn: ConnId) -> Outcome<InviterEvent> {
        let circle = self.door(conn)?.circle;
        if let Some(ledger) = &self.circle(circle)?.ledger {
            let found =
                ledger.iter().next().ok_or_else(|| Failure::internal("a circle without beginning"))?;
            return Ok(InviterEvent::Circle { found: found.bytes().to_vec() });
        }
        let Some((about, _)) = self.door(conn)?.asks.clone() else {
            return Ok(InviterEvent::Refuse(Refusal::Broken));
        };
        let terms = self.draw_up(circle, about.member, about.kind)?;
        let offer = (&terms.found, terms.signature);
        let found = postcard::to_stdvec(&offer).map_err(Failure::internal)?;
        self.door(conn)?.terms = Some(terms);
        Ok(InviterEvent::Offer { found })
    }

    /// The newcomer signed too: the circle begins.
    fn founded(&mut self, at: Moment, conn: ConnId, signature: &[u8]) -> Outcome<InviterEvent> {
        let refuse = Ok(InviterEvent::Refuse(Refusal::Broken));
        let (draft, token, terms) = {
            let door = self.door(conn)?;
            (door.circle, door.token, door.terms.take())
        };
        let (Some(terms), Ok(signature)) = (terms, <[u8; Signature::LEN]>::try_from(signature)) else {
            return refuse;
        };
        let Ok(found) = Statement::found(&terms.found, [terms.signature, Signature(signature)]) else {
            return refuse;
        };
        self.found(at, draft, &found, InvitationId(token.0))?;
        let door = self.door(conn)?;
        door.circle = found.circle();
        Ok(InviterEvent::Circle { found: found.bytes().to_vec() })
    }

    /// Lets the newcomer's machine in. A founder needs no admission.
    fn admit(&mut self, at: Moment, conn: ConnId, enrol: &[u8]) -> Outcome<InviterEvent> {
        let refuse = Ok(InviterEvent::Refuse(Refusal::Broken));
        let door = self.door(conn)?;
        let (id, device, token) = (door.circle, door.device, door.token);
        let Some((about, proof)) = door.asks.clone() else { return refuse };
        let Ok(enrol) = Statement::parse(enrol) else { return refuse };
        let Body::Enrol(body) = enrol.body() else { return refuse };
        if enrol.member() != about.member || body.machine.device != device || body.words.is_none() {
            return refuse;
        }
        let mut statements = vec![enrol];
        let Self { circles, store, secrets, .. } = self;
        let circle =
            circles.get_mut(&id).ok_or_else(|| Failure::internal("no circle to let anybody into"))?;
        circle.suppose(statements.clone());
        let Some(ledger) = &circle.ledger else { return refuse };
        if !statements.iter().all(|statement| ledger.contains(statement.id())) {
            return refuse;
        }
        let known = circle.roster.is_active(about.member);
        if !known {
            let admit = Body::Admit(Admit { member: about.member, kind: about.kind, proof });
            let pen = Pen::Device(&secrets.device, circle.me);
            statements.push(ledger.write(pen, &admit)?);
        }
        let written = store.write(Durability::Full, |batch| {
            for statement in &statements {
                batch.add_statement(id, statement.id(), statement.bytes())?;
            }
            if !known {
                batch.use_invitation(id, InvitationId(token.0))?;
            }
            Ok::<_, Failure>(())
        });
        if let Err(failure) = written {
            // The enrolment was learned already, to admit whom it names.
            circle.go_by_the_disk(store.view())?;
            return Err(failure);
        }
        circle.learn(store, statements.clone())?;
        let all = circle.ledger.iter().flat_map(|ledger| ledger.iter());
        let all = all.map(|statement| statement.bytes().to_vec()).collect();
        self.stated(at, id, &statements, None)?;
        self.tag(Tag::Circle);
        Ok(InviterEvent::Admitted { statements: all })
    }

    /// Whether whoever is at this door is in the circle: their machine was enrolled here, whatever
    /// became of the line afterwards.
    fn let_in(&self, conn: ConnId) -> bool {
        let door = self.joining.doors.iter().find(|door| door.conn == conn);
        let circle = door.and_then(|door| self.circles.get(&door.circle));
        door.zip(circle).is_some_and(|(door, circle)| circle.roster.may_read(door.device))
    }

    fn door_over(&mut self, conn: ConnId, refused: Option<(Refusal, bool)>) {
        self.do_net(Command::Close(conn, 0));
        if let Ok(door) = self.door(conn) {
            let name = door.name();
            match refused {
                None => door.at(JoinStage::Joined, door.says("joined")),
                // Whoever never said who they are leaves no trace on the screen, unless they tried.
                Some((why, _)) if door.asks.is_none() && why != Refusal::WrongToken => {
                    door.stage = JoinStage::Looking
                }
                Some((why, here)) => door.at(JoinStage::Refused, to_inviter(why, here, &name)),
            }
            door.code = None;
        }
        self.joining.doors.retain(|door| door.conn != conn || door.stage != JoinStage::Looking);
        self.tag(Tag::Joining);
    }
}
