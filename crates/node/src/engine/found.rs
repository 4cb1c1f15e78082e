//! A draft becomes a circle: both founders sign, and what the draft holds becomes the first
//! generation of the member's document there (trust-and-sync, *A circle begins with two*).

use closeknit_api::Tag;
use closeknit_domain::MemberKind;
use closeknit_ids::{CircleId, InvitationId, MemberId};
use closeknit_replica::{Document, RawChange};
use closeknit_store::{self as store, Stage};
use closeknit_trust::{
    circle::draft_circle,
    ledger::Ledger,
    roster::Roster,
    signature::Signature,
    statement::{Body, Enrol, Found, Founder, Pen, Statement},
    text::{CircleName, ZoneName},
    words::Nonce,
};

use super::{
    Engine, Moment,
    circle::{Circle, machine_label},
    document::{load, new_actor},
    failure::{Failure, Outcome},
    settings,
};

/// What two people agree on, with the signature of the one who drew it up.
#[derive(Debug)]
pub(crate) struct Terms {
    pub(crate) found: Found,
    pub(crate) signature: Signature,
}

impl Engine {
    /// Draws up the beginning of a circle with this newcomer.
    pub(super) fn draw_up(
        &mut self,
        draft: CircleId,
        newcomer: MemberId,
        kind: MemberKind,
    ) -> Outcome<Terms> {
        let words = self.words_or_new()?;
        let nonce = settings::nonce(self.store.view(), draft)?;
        let founding = Nonce::generate(&mut self.rng);
        let circle = self.circle(draft)?;
        let name = CircleName::new(&circle.name).map_err(Failure::internal)?;
        let zone = ZoneName::new(circle.zone.name()).map_err(Failure::internal)?;
        let me = Founder { member: circle.me, kind: circle.own_kind() };
        let found = Found::new(name, zone, founding, me, Founder { member: newcomer, kind });
        let signature = found.sign(&words.member_key(&nonce)).map_err(Failure::internal)?;
        Ok(Terms { found, signature })
    }

    /// The circle begins. The draft stays in the log as what it was, and is not shown any more.
    /// The invitation that led to it has been used once.
    pub(super) fn found(
        &mut self,
        at: Moment,
        draft: CircleId,
        found: &Statement,
        invitation: InvitationId,
    ) -> Outcome<()> {
        let words = self.words_or_new()?;
        let nonce = settings::nonce(self.store.view(), draft)?;
        let key = words.member_key(&nonce);
        let (id, me) = (found.circle(), key.id());
        let machine = self.secrets.device.machine(id, me, machine_label());
        let enrol = Body::Enrol(Enrol::by_words(machine, &words, nonce));
        let enrol =
            Statement::sign(Pen::Member(&key), id, 1, &[found.id()], &enrol).map_err(Failure::internal)?;
        let old = self.store.view().circle(draft)?.ok_or_else(|| Failure::internal("no draft"))?;
        let row = store::Circle { id, stage: Stage::Real, ..old.clone() };
        let mut ledger = Ledger::new(id);
        ledger.insert(found.clone());
        ledger.insert(enrol.clone());
        let roster = Roster::fold(&ledger);
        let mut circle = Circle::assemble(&row, me, self.secrets.device.id(), Some(ledger), roster);
        circle.take_keys(self.secrets.identities(Some(&nonce)));
        let salts = settings::own_salts(self.store.view(), draft)?;
        // All or nothing: what the draft holds is never in neither of the two.
        let (document, changes) = self.taken_over(at, draft)?;
        circle.commit_own_after(&mut self.store, &self.secrets.device, &document, &changes, |batch| {
            batch.put_circle(&row)?;
            batch.put_circle(&store::Circle { stage: Stage::Past { became: id }, ..old })?;
            settings::set_member(batch, id, me, nonce)?;
            settings::set_current(batch, id)?;
            batch.move_invitations(draft, id)?;
            batch.use_invitation(id, invitation)?;
            // The newcomer knows the door of the draft by this salt.
            settings::set_own_salts(batch, id, &salts)?;
            for statement in [found, &enrol] {
                batch.add_statement(id, statement.id(), statement.bytes())?;
            }
            Ok(())
        })?;
        self.circles.remove(&draft);
        self.exchanges.remove(&draft);
        self.circles.insert(id, circle);
        self.current = Some(id);
        self.begin_exchange(id);
        if settings::words_kept(self.store.view())? && !self.circles.values().any(Circle::is_draft) {
            // Only the draft still needed them here.
            self.forget_words()?;
        }
        for tag in [Tag::Status, Tag::Circle, Tag::Board, Tag::Me] {
            self.tag(tag);
        }
        Ok(())
    }

    /// What the draft holds, as the first generation of a document.
    fn taken_over(&mut self, at: Moment, draft: CircleId) -> Outcome<(Document, Vec<RawChange>)> {
        let before = self.circle(draft)?;
        let doc = before.doc(before.me);
        let held = before.held.get(&doc).ok_or_else(|| Failure::internal("a draft without document"))?;
        let old = load(self.store.view(), draft, doc, held)?;
        let mut document = Document::found();
        let changes = document.take_over(&old, new_actor(&mut self.rng), at.now.as_second())?;
        Ok((document, changes))
    }
}

impl Circle {
    /// Whether this circle was that draft before it began: the draft is named after one of the two.
    pub(crate) fn was(&self, draft: CircleId) -> bool {
        !self.is_draft()
            && self.roster.members().any(|member| member.founder && draft_circle(member.id) == draft)
    }

    /// What this member says they are.
    pub(crate) fn own_kind(&self) -> MemberKind {
        let profile = self.own_records().into_iter().flatten().find_map(|(_, record)| match record {
            closeknit_domain::Record::Profile(profile) => Some(profile.kind),
            _ => None,
        });
        profile.unwrap_or(MemberKind::Person)
    }
}
