//! Parts of documents through the gate: tips first, then changes (trust-and-sync, *The gate*).
//!
//! Several documents that came together are looked at on all processors, and what is admitted of them is committed
//! at once.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{ChangeHash, CircleId, DocId, MemberId};
use closeknit_replica::{Admission, Document, Fault, Mark, Refusal as Refused, Screened, SignedHead};
use closeknit_store::{Allowance, Batch, Durability, InFlight, RecordRow, Refusal, Staged, Store, TipId};
use closeknit_sync::{Piece, Version};
use closeknit_trust::tip::{Taken, Tip, TipError, Tips, version};
use tracing::{info, warn};

use super::{
    VERSION,
    admit::Judged,
    attempts::{self, Begun},
    circle::Circle,
    cut,
    document::{Held, change_row, signed_head, tip_row},
    failure::{Failure, Outcome},
    parallel, records,
    waiting::{allowance, fill, may_wait_on, reached, room_for, that_fit, waiting},
};
use crate::apart::Apart;

/// Fewer documents are through the gate sooner than a thread is started for them.
const DOCUMENTS: usize = 2;

impl Circle {
    /// Puts parts of documents, each of another, through the gate, and says what became of each.
    pub(crate) fn take_pieces(
        &mut self,
        store: &mut Store,
        apart: Option<&dyn Apart>,
        pieces: &[Piece],
    ) -> Outcome<Vec<Judged>> {
        let mut judged: Vec<Judged> = pieces.iter().map(|_| Judged::default()).collect();
        let arrivals = self.arrivals(store, pieces, &mut judged)?;
        let looked_at = parallel::each(arrivals.iter().collect(), DOCUMENTS, Arrival::screen);
        let (mut screened, mut at_the_gate) = (Vec::new(), Vec::new());
        for (arrival, looked_at) in arrivals.iter().zip(looked_at) {
            match looked_at {
                Some(looked_at) => {
                    screened.push((arrival.piece.doc, looked_at));
                    at_the_gate.push(arrival);
                }
                None => mark(&mut judged, arrival.number, |judged| judged.forged = true),
            }
        }
        let begun = self.begin(store, apart, &screened)?;
        let mut going_in = Vec::new();
        for ((arrival, (_, screened)), begun) in at_the_gate.into_iter().zip(screened).zip(begun) {
            match begun {
                Begun::Noted => going_in.push((arrival, screened)),
                Begun::SetAside(why) => {
                    self.refuse(store, arrival.piece, &arrival.tips, why)?;
                    mark(&mut judged, arrival.number, |judged| {
                        (judged.refused, judged.altered) = (true, Some(arrival.piece.doc));
                    });
                }
            }
        }
        let passed = parallel::each(going_in, DOCUMENTS, |(arrival, screened)| arrival.pass(screened));
        self.commit(store, passed, &mut judged)?;
        Ok(judged)
    }

    /// What is wanted of the pieces, with all that the gate looks at.
    fn arrivals<'p>(
        &mut self,
        store: &Store,
        pieces: &'p [Piece],
        judged: &mut [Judged],
    ) -> Outcome<Vec<Arrival<'p>>> {
        let wanted: Vec<(usize, &Piece)> =
            pieces.iter().enumerate().filter(|(_, piece)| self.may_come(piece)).collect();
        let parsed = parallel::each(wanted, DOCUMENTS, |(number, piece)| {
            let tips: Vec<_> = piece.tips.iter().map(|bytes| Tip::parse(bytes)).collect();
            (number, piece, tips)
        });
        let mut arrivals = Vec::new();
        for (number, piece, parsed) in parsed {
            let mut tips = Vec::new();
            for tip in parsed {
                match tip {
                    Ok(tip) if self.may_speak(&tip, piece) => tips.push(tip),
                    // An unknown or dropped signer is ignored without blame, and asked for again once its
                    // statements are here.
                    Ok(_) => {}
                    Err(TipError::FalseSignature) => mark(judged, number, |judged| judged.forged = true),
                    Err(error) => info!(%error, "a tip was passed over"),
                }
            }
            let document = self.document(store, piece.doc)?;
            let heads = self.heads(piece.doc, &document, &tips);
            let staged = self.staged_chunks(store, piece.doc)?;
            // What does not wait on is asked for again.
            let staged = if may_wait_on(&heads, &staged, piece) { staged } else { Vec::new() };
            arrivals.push(Arrival { number, piece, tips, document, heads, staged });
        }
        Ok(arrivals)
    }

    fn may_come(&mut self, piece: &Piece) -> bool {
        let Some(held) = self.held.get(&piece.doc) else { return false };
        if held.generation != piece.generation || !self.roster.is_active(held.owner) {
            return false;
        }
        let rival = self.is_of_a_rival(held, piece);
        if rival && let Some(held) = self.held.get_mut(&piece.doc) {
            held.refused_versions.insert(piece.version);
        }
        !rival
    }

    /// Whether a piece is of another generation with the same number, from somebody who does not know yet that
    /// it lost: what it offers then stands on another base. (What a backup holds is offered under no version.)
    fn is_of_a_rival(&self, held: &Held, piece: &Piece) -> bool {
        if !self.has_rivals(piece.doc) {
            return false;
        }
        let tips: Vec<Tip> = piece.tips.iter().filter_map(|bytes| Tip::parse(bytes).ok()).collect();
        let here = Version::from(version(held.generation, Some(held.base.hash), &tips));
        piece.version != here && piece.version != Version::from([0; 32])
    }

    pub(super) fn has_rivals(&self, doc: DocId) -> bool {
        self.roster.lineage(doc).is_some_and(|lineage| lineage.rivals().next().is_some())
    }

    fn may_speak(&self, tip: &Tip, piece: &Piece) -> bool {
        let head = tip.head();
        let about = (head.circle, head.doc, head.generation) == (self.id, piece.doc, piece.generation);
        let refused = self.held.get(&head.doc).is_some_and(|held| held.refused.contains(&TipId(tip.id())));
        about && self.counts(tip) && !refused
    }

    /// What the gate's room lets in: what is or precedes a head that somebody with authority signed.
    fn heads(&self, doc: DocId, document: &Document, tips: &[Tip]) -> Vec<SignedHead> {
        let Some(held) = self.held.get(&doc) else { return Vec::new() };
        let base = (!document.has_base()).then_some(held.base);
        let tips = held.tips.iter().chain(tips).map(signed_head);
        let cuts = self.cut_heads(doc, held.generation, document).into_iter().map(cut::named);
        base.into_iter().chain(tips).chain(cuts).collect()
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

    /// Commits what the gate admitted of each, and stages what still waits for its head.
    fn commit(&mut self, store: &mut Store, passed: Vec<Passed<'_>>, judged: &mut [Judged]) -> Outcome<()> {
        let under_way = store.view().in_flight(self.id)?;
        let entries: Vec<Entry<'_>> =
            passed.into_iter().filter_map(|passed| self.entry_of(passed, &under_way)).collect();
        if entries.is_empty() {
            return Ok(());
        }
        let id = self.id;
        store
            .write(Durability::Normal, |batch| entries.iter().try_for_each(|entry| entry.write(id, batch)))?;
        // All of it is on the disk: whatever befalls one, memory follows for the others too.
        let mut done = Ok(());
        for entry in entries {
            let number = entry.passed.number;
            let mut one = Judged::default();
            done = done.and(self.enter(store, entry, &mut one));
            mark(judged, number, |judged| *judged = Judged { forged: judged.forged, ..one });
        }
        done
    }

    /// Works out what is to be written of a document.
    fn entry_of<'p>(&self, mut passed: Passed<'p>, under_way: &[InFlight]) -> Option<Entry<'p>> {
        let doc = passed.piece.doc;
        let held = self.held.get(&doc)?;
        if passed.admission.admitted.is_empty() && self.records_of(held.owner).is_none() {
            // All of it was here, but not who its owner is: a damaged database had lost that.
            passed.read();
        }
        let Passed { admission, tips: offered, .. } = &passed;
        let document = &admission.document;
        // A tip that leads to what is refused is not taken; the admitted prefix stays all the same.
        let offered = offered.iter().filter(|tip| !leads_to(tip, admission)).cloned().collect();
        let tips = Retipped::of(&held.tips, offered, document);
        let cuts = self.cut_heads(doc, held.generation, document);
        let lacking = lacking(&tips.now, &cuts, held.base, document);
        let ended = attempts::ended(under_way, doc, passed.in_flight, document).collect();
        let allowance = allowance(&tips.now, &cuts, held.base);
        let base = (!document.has_base()).then_some(held.base);
        let heads = tips.now.iter().map(signed_head).chain(cuts.iter().copied().map(cut::named)).chain(base);
        let heads: Vec<SignedHead> = heads.collect();
        // A backup may hold what no tip signs for: changes beyond where a machine was cut off.
        let waiting = that_fit(&heads, std::mem::take(&mut passed.waiting));
        passed.waiting = allowance.first_of(waiting);
        let cleared = held.lacking.clone();
        Some(Entry { owner: held.owner, passed, tips, lacking, cleared, ended, allowance })
    }

    /// Follows in memory what was committed.
    fn enter(&mut self, store: &mut Store, entry: Entry<'_>, judged: &mut Judged) -> Outcome<()> {
        let Entry { passed, tips, lacking, .. } = entry;
        let is_read = !passed.rows.is_empty();
        let Passed { piece, tips: offered, admission, waiting, mut marks, .. } = passed;
        let beyond: Vec<Tip> = offered.into_iter().filter(|tip| leads_to(tip, &admission)).collect();
        let Admission { document, admitted, reading, refusal } = admission;
        let doc = piece.doc;
        let nothing_new = admitted.is_empty() && tips.added.is_empty() && waiting.is_empty();
        judged.refused = refusal.is_some();
        // What stands on a rival's base is nobody's fault.
        let faulty = |refusal: &Refused| refusal.fault != Fault::Base || !self.has_rivals(doc);
        if let Some(refusal) = refusal.filter(faulty) {
            self.refuse(store, piece, &beyond, &refusal.to_string())?;
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
        let (generation, owner, version) = (held.generation, held.owner, Version::from(held.version()));
        if !admitted.is_empty() {
            let all = held.tips.iter().map(|tip| tip.bytes().to_vec()).collect();
            let changes = admitted.iter().map(|change| change.bytes().to_vec()).collect();
            judged.seen = marks.remove(&self.me);
            judged.grew = Some(Piece { doc, generation, version, tips: all, changes, more: false });
            let skipped = u32::try_from(reading.skipped).unwrap_or(u32::MAX);
            self.skipped.insert(owner, skipped);
            self.put_records(owner, reading.records);
        } else if !nothing_new || judged.refused || crowded {
            judged.altered = Some(doc);
            if is_read {
                self.put_records(owner, reading.records);
            }
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
}

/// Whether a tip leads to what the gate refused.
fn leads_to(tip: &Tip, admission: &Admission) -> bool {
    let head = tip.head().head;
    admission.refusal.is_some_and(|refusal| refusal.change == head || !admission.document.holds(head))
}

fn mark(judged: &mut [Judged], number: usize, how: impl FnOnce(&mut Judged)) {
    if let Some(judged) = judged.get_mut(number) {
        how(judged);
    }
}

/// A piece that came, and what the gate looks at with it.
struct Arrival<'p> {
    /// Which of the pieces.
    number: usize,
    piece: &'p Piece,
    /// The tips that were offered, by machines with authority.
    tips: Vec<Tip>,
    /// The document as it is held.
    document: Document,
    heads: Vec<SignedHead>,
    /// What came before and waits on the disk.
    staged: Vec<Staged>,
}

impl<'p> Arrival<'p> {
    /// The first step of the gate. `None` if a chunk is no change: no signature covers such bytes, so whoever sent
    /// them is at fault.
    fn screen(&self) -> Option<Screened<'_>> {
        let mut room = room_for(&self.heads);
        let chunks = self.staged.iter().map(|chunk| &chunk.bytes).chain(&self.piece.changes);
        if let Err(error) = fill(&mut room, chunks) {
            info!(%error, "a chunk that is no change");
            return None;
        }
        Some(room.screen(&self.document))
    }

    /// The second step, and what is to be kept after it.
    fn pass(&self, screened: Screened<'_>) -> Passed<'p> {
        let in_flight = screened.in_flight();
        let admission = screened.apply();
        let came = self.staged.iter().map(|chunk| &chunk.bytes).chain(&self.piece.changes);
        let waiting = waiting(came, &admission.document);
        let rows = records::rows(&admission.reading.records);
        let marks = if admission.admitted.is_empty() { BTreeMap::new() } else { admission.document.marks() };
        let (number, piece, tips) = (self.number, self.piece, self.tips.clone());
        Passed { number, piece, tips, admission, waiting, rows, marks, in_flight }
    }
}

/// What came out of the gate.
struct Passed<'p> {
    number: usize,
    piece: &'p Piece,
    tips: Vec<Tip>,
    admission: Admission,
    /// What came and was not admitted yet.
    waiting: Vec<Staged>,
    /// What the document says now, if anything was admitted.
    rows: Vec<RecordRow>,
    /// Whose documents its owner says to have seen, and how far; the same.
    marks: BTreeMap<MemberId, Mark>,
    /// What was written down before Automerge saw anything.
    in_flight: Option<ChangeHash>,
}

impl Passed<'_> {
    /// Looks at what the document says, although nothing was admitted.
    fn read(&mut self) {
        self.admission.reading = self.admission.document.read();
        self.rows = records::rows(&self.admission.reading.records);
    }
}

/// What is to be written of a document.
struct Entry<'p> {
    owner: MemberId,
    passed: Passed<'p>,
    tips: Retipped,
    lacking: BTreeSet<ChangeHash>,
    /// The heads under which something was staged before.
    cleared: BTreeSet<ChangeHash>,
    ended: Vec<ChangeHash>,
    allowance: Allowance,
}

impl Entry<'_> {
    fn write(&self, id: CircleId, batch: &mut Batch<'_>) -> Outcome<()> {
        let Passed { piece, admission, waiting, rows, .. } = &self.passed;
        let (doc, generation) = (piece.doc, piece.generation);
        for change in &admission.admitted {
            batch.add_change(id, doc, generation, &change_row(&admission.document, change)?)?;
        }
        for old in &self.tips.replaced {
            batch.remove_tip(id, doc, generation, old.device(), old.head().head)?;
        }
        for tip in &self.tips.added {
            batch.put_tip(id, &tip_row(tip))?;
        }
        // All that waits is staged anew, under the first head that is lacking now.
        for head in &self.cleared {
            batch.clear_staged(id, doc, generation, *head)?;
        }
        if let Some(head) = self.lacking.first() {
            batch.stage(id, doc, generation, *head, waiting, self.allowance)?;
        }
        if !admission.admitted.is_empty() || !rows.is_empty() {
            batch.replace_records(id, self.owner, rows)?;
        }
        for hash in &self.ended {
            batch.end_admission(id, doc, *hash)?;
        }
        Ok(())
    }
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
