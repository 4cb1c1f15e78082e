//! The side that comes: what is said at the door, once there is one.

use closeknit_api::{Phrase, Tag, views::JoinStage};
use closeknit_domain::Record;
use closeknit_ids::DeviceId;
use closeknit_net::{ConnId, Salt, Whereabouts};
use closeknit_replica::Act;
use closeknit_store::Durability;
use closeknit_sync::join::{Ask, Newcomer, NewcomerEffect, NewcomerEvent, Refusal};
use closeknit_trust::{
    circle::draft_circle,
    code::{CodeNonce, Commitment, Side},
    invitation::{Back, Invited},
    signature::Signature,
    statement::{Body, Enrol, Found, Founder, Pen, Statement},
};
use tracing::info;

use super::{
    super::{
        Command, Engine, Moment,
        acts::new_record,
        circle::{Circle, machine_label},
        failure::{Failure, Outcome},
        settings, start,
    },
    attempt::{Attempt, Inviter},
    begun,
    said::{About, Signed, to_newcomer},
};

impl Engine {
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
        let row = begun(circle, terms, at);
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
