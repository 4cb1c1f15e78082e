//! What comes from other machines: statements into the set, changes through the gate.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{ActorId, ChangeHash, DocId};
use closeknit_replica::{
    Admission, Document, Fault, Framing, RawChange, Refusal as Refused, Room, SignedHead,
};
use closeknit_store::{Allowance, Durability, Refusal, Staged, Store, TipId};
use closeknit_sync::{Piece, Version};
use closeknit_trust::{
    ledger,
    roster::Roster,
    statement::{Statement, StatementError},
    tip::{Taken, Tip, TipError, Tips, version},
};
use jiff::Timestamp;
use tracing::{info, warn};

use super::{
    VERSION,
    attempts::Begun,
    circle::{Circle, Moved},
    cut,
    document::{Held, change_row, load, signed_head, tip_row},
    failure::{Failure, Outcome},
    parallel, records,
};
use crate::apart::Apart;

/// What became of something that another machine handed over.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// It bore a signature that is false under the key it names: the fault of whoever sent it.
    pub(crate) forged: bool,
    /// The gate refused what its author signed: the author's fault, not the sender's.
    pub(crate) refused: bool,
    /// Statements that are new here.
    pub(crate) stated: Vec<Statement>,
    /// What is new of a document, to be passed on.
    pub(crate) grew: Option<Piece>,
    /// A document that stands differently, with nothing to pass on.
    pub(crate) altered: Option<DocId>,
}

impl Circle {
    /// Judges statements, ancestors first. What is new is committed.
    pub(crate) fn take_statements(
        &mut self,
        store: &mut Store,
        room: &mut ledger::Room,
        statements: &[Vec<u8>],
        now: Timestamp,
    ) -> Outcome<Judged> {
        let Some(ledger) = &mut self.ledger else { return Ok(Judged::default()) };
        let mut judged = Judged::default();
        // Signatures take longest, and need nothing but their bytes.
        for read in parallel::each(statements, |bytes| Statement::parse(bytes)) {
            match read {
                Ok(statement) => judged.stated.extend(room.offer(statement, ledger).entered),
                Err(StatementError::FalseSignature) => judged.forged = true,
                Err(error) => info!(%error, "a statement was passed over"),
            }
        }
        if !judged.stated.is_empty() {
            let (id, moved) = (self.id, self.refold());
            store.write(Durability::Normal, |batch| {
                for statement in &judged.stated {
                    batch.add_statement(id, statement.id(), statement.bytes())?;
                }
                self.note_gone(batch, now)?;
                self.leave_behind(batch, &moved, now)
            })?;
            self.return_to(store.view(), &moved)?;
            self.cut_off(store)?;
        }
        Ok(judged)
    }

    /// Takes own statements that are committed already.
    pub(crate) fn learn(&mut self, statements: impl IntoIterator<Item = Statement>) {
        if let Some(ledger) = &mut self.ledger {
            for statement in statements {
                ledger.insert(statement);
            }
        }
        self.refold();
    }

    /// Folds the statements anew and follows what changed. Says which documents begin afresh.
    pub(super) fn refold(&mut self) -> Vec<Moved> {
        if let Some(ledger) = &self.ledger {
            self.roster = Roster::fold(ledger);
        }
        let moved = self.follow_roster();
        for Moved { doc, .. } in &moved {
            if *doc == self.doc(self.me) {
                self.own = None;
                self.unsettled = true;
                self.goes_on.take();
            }
            self.open.forget(*doc);
        }
        moved
    }

    /// Puts part of a document through the gate: tips first, then changes (trust-and-sync, *The gate*).
    pub(crate) fn take_piece(
        &mut self,
        store: &mut Store,
        apart: Option<&dyn Apart>,
        piece: &Piece,
    ) -> Outcome<Judged> {
        let mut judged = Judged::default();
        let Some(held) = self.held.get(&piece.doc) else { return Ok(judged) };
        if held.generation != piece.generation || !self.roster.is_active(held.owner) {
            return Ok(judged);
        }
        if self.is_of_a_rival(held, piece) {
            if let Some(held) = self.held.get_mut(&piece.doc) {
                held.refused_versions.insert(piece.version);
            }
            return Ok(judged);
        }
        let tips = self.verified_tips(piece, &mut judged);
        let document = self.document(store, piece.doc)?;
        let mut room = Room::default();
        self.expect(&mut room, piece.doc, &document, &tips);
        let staged = self.staged_chunks(store, piece.doc)?;
        for chunk in staged.iter().map(|chunk| &chunk.bytes).chain(&piece.changes) {
            match room.put(chunk) {
                Ok(_) => {}
                // More than the tips known here announce: the sender may know a tip whose signer is
                // not known here yet, which is nobody's fault.
                Err(Framing::Unannounced) => break,
                // No signature covers such bytes: whoever sent them is at fault.
                Err(error) => {
                    info!(%error, "a chunk that is no change");
                    judged.forged = true;
                    return Ok(judged);
                }
            }
        }
        let screened = room.screen(&document);
        if let Begun::SetAside(why) = self.begin(store, apart, piece.doc, &screened)? {
            self.refuse(store, piece, &tips, why)?;
            judged.refused = true;
            judged.altered = Some(piece.doc);
            return Ok(judged);
        }
        let in_flight = screened.in_flight();
        let admission = screened.apply();
        let came = staged.into_iter().map(|chunk| chunk.bytes).chain(piece.changes.iter().cloned());
        let waiting = waiting(came, &admission.document);
        let passed = Passed { tips, admission, waiting, in_flight };
        self.commit(store, piece, passed, &mut judged)?;
        Ok(judged)
    }

    /// Whether a piece is of another generation with the same number, from somebody who does not know yet that
    /// it lost: what it offers then stands on another base. (What a backup holds is offered under no version.)
    fn is_of_a_rival(&self, held: &Held, piece: &Piece) -> bool {
        let tips: Vec<Tip> = piece.tips.iter().filter_map(|bytes| Tip::parse(bytes).ok()).collect();
        let here = Version::from(version(held.generation, Some(held.base.hash), &tips));
        self.has_rivals(piece.doc) && piece.version != here && piece.version != Version::from([0; 32])
    }

    fn has_rivals(&self, doc: DocId) -> bool {
        self.roster.lineage(doc).is_some_and(|lineage| lineage.rivals().next().is_some())
    }

    /// The tips of machines that may speak for the document. An unknown or dropped signer is ignored
    /// without blame, and asked for again once its statements are here.
    fn verified_tips(&self, piece: &Piece, judged: &mut Judged) -> Vec<Tip> {
        let mut tips = Vec::new();
        for bytes in &piece.tips {
            match Tip::parse(bytes) {
                Ok(tip) if self.may_speak(&tip, piece) => tips.push(tip),
                Ok(_) => {}
                Err(TipError::FalseSignature) => judged.forged = true,
                Err(error) => info!(%error, "a tip was passed over"),
            }
        }
        tips
    }

    fn may_speak(&self, tip: &Tip, piece: &Piece) -> bool {
        let head = tip.head();
        let about = (head.circle, head.doc, head.generation) == (self.id, piece.doc, piece.generation);
        let refused = self.held.get(&head.doc).is_some_and(|held| held.refused.contains(&TipId(tip.id())));
        about && self.counts(tip) && !refused
    }

    /// Lets into the gate's room what is or precedes a head that somebody with authority signed.
    fn expect(&self, room: &mut Room, doc: DocId, document: &Document, tips: &[Tip]) {
        let Some(held) = self.held.get(&doc) else { return };
        if !document.has_base() {
            room.expect(held.base);
        }
        for tip in held.tips.iter().chain(tips) {
            room.expect(signed_head(tip));
        }
        for head in self.cut_heads(doc, held.generation, document) {
            room.expect(cut::named(head));
        }
    }

    fn staged_chunks(&self, store: &Store, doc: DocId) -> Outcome<Vec<Staged>> {
        let Some(held) = self.held.get(&doc) else { return Ok(Vec::new()) };
        let mut chunks = Vec::new();
        for head in &held.lacking {
            chunks.extend(store.view().staged(self.id, doc, held.generation, *head)?);
        }
        Ok(chunks)
    }

    /// Remembers that these tips lead to something that is not taken in.
    fn refuse(&mut self, store: &mut Store, piece: &Piece, tips: &[Tip], reason: &str) -> Outcome<()> {
        let id = self.id;
        let Some(held) = self.held.get_mut(&piece.doc) else { return Ok(()) };
        warn!(doc = %piece.doc.short(), reason, "a member's document stops here");
        store.write(Durability::Normal, |batch| {
            for tip in tips {
                let (tip, version) = (TipId(tip.id()), VERSION.to_owned());
                batch.refuse(id, &Refusal { doc: piece.doc, tip, version, reason: reason.to_owned() })?;
            }
            Ok::<_, Failure>(())
        })?;
        held.refused.extend(tips.iter().map(|tip| TipId(tip.id())));
        held.refused_versions.insert(piece.version);
        Ok(())
    }

    /// Commits what the gate admitted, and stages what still waits for its head.
    fn commit(
        &mut self,
        store: &mut Store,
        piece: &Piece,
        passed: Passed,
        judged: &mut Judged,
    ) -> Outcome<()> {
        let Passed { tips: offered, admission, waiting, in_flight } = passed;
        let (id, doc) = (self.id, piece.doc);
        let Some(held) = self.held.get(&doc) else { return Ok(()) };
        let (generation, owner) = (held.generation, held.owner);
        let Admission { document, admitted, refusal } = admission;
        let refused = refusal.is_some();
        judged.refused = refused;
        // A tip that leads to what is refused is not taken; the admitted prefix stays all the same.
        let offered_tips = if refused { Vec::new() } else { offered.clone() };
        let tips = Retipped::of(&held.tips, offered_tips, &document);
        let cuts = self.cut_heads(doc, generation, &document);
        let lacking = lacking(&tips.now, &cuts, held.base, &document);
        let reading = document.read();
        let ended = self.ended(store.view(), doc, in_flight, &document)?;
        let nothing_new = admitted.is_empty() && tips.added.is_empty() && waiting.is_empty();
        store.write(Durability::Normal, |batch| {
            for change in &admitted {
                batch.add_change(id, doc, generation, &change_row(&document, change)?)?;
            }
            for old in &tips.replaced {
                batch.remove_tip(id, doc, generation, old.device(), old.head().head)?;
            }
            for tip in &tips.added {
                batch.put_tip(id, &tip_row(tip))?;
            }
            // All that waits is staged anew, under the first head that is lacking now.
            for head in &held.lacking {
                batch.clear_staged(id, doc, generation, *head)?;
            }
            if let Some(head) = lacking.first() {
                batch.stage(id, doc, generation, *head, &waiting, allowance(&tips.now, &cuts, held.base))?;
            }
            if !admitted.is_empty() {
                batch.replace_records(id, owner, records::rows(&reading.records))?;
            }
            Ok::<_, Failure>(ended(batch)?)
        })?;
        // What stands on a rival's base is nobody's fault.
        let faulty = |refusal: &Refused| refusal.fault != Fault::Base || !self.has_rivals(doc);
        if let Some(refusal) = refusal.filter(faulty) {
            self.refuse(store, piece, &offered, &refusal.to_string())?;
        }
        let crowded = !tips.too_many.is_empty();
        if crowded {
            self.refuse(store, piece, &tips.too_many, "a fifth tip of one machine")?;
        }
        let Some(held) = self.held.get_mut(&doc) else { return Ok(()) };
        held.crowded |= crowded;
        held.tips = tips.now;
        held.lacking = lacking;
        held.staged = if held.lacking.is_empty() { BTreeMap::new() } else { reached(&document, &waiting) };
        let version = Version::from(held.version());
        if !admitted.is_empty() {
            let all = held.tips.iter().map(|tip| tip.bytes().to_vec()).collect();
            let changes = admitted.iter().map(|change| change.bytes().to_vec()).collect();
            judged.grew = Some(Piece { doc, generation, version, tips: all, changes, more: false });
            let skipped = u32::try_from(reading.skipped).unwrap_or(u32::MAX);
            self.skipped.insert(owner, skipped);
            self.put_records(owner, reading.records);
        } else if !nothing_new || refused || crowded {
            judged.altered = Some(doc);
        }
        if owner == self.me {
            self.own = None;
            let doubled = document.doubled();
            let (known, new) = &mut self.doubled;
            new.extend(doubled.difference(known));
            *known = doubled;
        }
        self.open.keep(doc, document);
        Ok(())
    }

    /// A document, from memory or from the log.
    pub(crate) fn document(&mut self, store: &Store, doc: DocId) -> Outcome<Document> {
        if let Some(document) = self.open.get(doc) {
            return Ok(document);
        }
        let held = self.held.get(&doc).ok_or_else(|| Failure::internal("no such document"))?;
        load(store.view(), self.id, doc, held)
    }
}

/// What came out of the gate.
struct Passed {
    /// The tips that were offered, by machines with authority.
    tips: Vec<Tip>,
    admission: Admission,
    /// What came and was not admitted yet.
    waiting: Vec<Staged>,
    /// What was written down before Automerge saw anything.
    in_flight: Option<ChangeHash>,
}

/// Tips after an admission: more is known now of what precedes what.
struct Retipped {
    now: Tips,
    added: Vec<Tip>,
    replaced: Vec<Tip>,
    /// More than one machine may have side by side.
    too_many: Vec<Tip>,
}

impl Retipped {
    fn of(before: &Tips, offered: Vec<Tip>, document: &Document) -> Self {
        let in_past =
            |earlier: &ChangeHash, later: &ChangeHash| document.precedes(*earlier, *later).unwrap_or(false);
        let (mut now, mut too_many) = (Tips::default(), Vec::new());
        for tip in before.iter().cloned().chain(offered) {
            if now.take(tip.clone(), in_past) == Taken::TooMany {
                too_many.push(tip);
            }
        }
        let added = now.iter().filter(|tip| !before.iter().any(|old| old == *tip)).cloned().collect();
        let replaced = before.iter().filter(|old| !now.iter().any(|tip| tip == *old)).cloned().collect();
        Self { now, added, replaced, too_many }
    }
}

/// Heads that are named and not here.
pub(super) fn lacking(
    tips: &Tips,
    cuts: &[ChangeHash],
    base: SignedHead,
    document: &Document,
) -> BTreeSet<ChangeHash> {
    let base = (!document.has_base()).then_some(base.hash);
    let heads = tips.iter().map(|tip| tip.head().head).chain(cuts.iter().copied()).chain(base);
    heads.filter(|head| !document.holds(*head)).collect()
}

/// What came and was not admitted yet.
fn waiting(came: impl Iterator<Item = Vec<u8>>, document: &Document) -> Vec<Staged> {
    let chunks = came.filter_map(|bytes| RawChange::new(bytes).ok());
    let chunks = chunks.filter(|change| !document.holds(change.hash()));
    chunks.map(|change| Staged { hash: change.hash(), bytes: change.bytes().to_vec() }).collect()
}

/// How far each actor's changes are here without a gap, those that wait included: a gap must be asked
/// for again, whoever left it.
fn reached(document: &Document, waiting: &[Staged]) -> BTreeMap<ActorId, (u32, ChangeHash)> {
    let mut held: BTreeMap<ActorId, u32> = BTreeMap::new();
    for change in document.changes() {
        if let Some((actor, seq)) = document.written_by(change.hash()) {
            let last = held.entry(actor).or_default();
            *last = (*last).max(seq);
        }
    }
    let mut positions: Vec<_> = waiting.iter().filter_map(position).collect();
    positions.sort_unstable();
    let mut reached = BTreeMap::new();
    for (actor, seq, hash) in positions {
        let last = held.entry(actor).or_default();
        if seq == last.saturating_add(1) {
            *last = seq;
            reached.insert(actor, (seq, hash));
        }
    }
    reached
}

/// Who wrote a chunk that waits, and as which of theirs.
fn position(staged: &Staged) -> Option<(ActorId, u32, ChangeHash)> {
    let (actor, seq) = RawChange::new(staged.bytes.as_slice()).ok()?.written_by()?;
    Some((actor, seq, staged.hash))
}

/// As much may wait as all signed heads announce together.
pub(super) fn allowance(tips: &Tips, cuts: &[ChangeHash], base: SignedHead) -> Allowance {
    let heads = tips.iter().map(signed_head).chain(cuts.iter().copied().map(cut::named)).chain([base]);
    heads.fold(Allowance { changes: 0, bytes: 0 }, |sum, head| Allowance {
        changes: sum.changes.saturating_add(head.count),
        bytes: sum.bytes.saturating_add(head.bytes),
    })
}
