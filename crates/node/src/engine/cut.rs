//! What a machine that was taken away wrote counts up to its cut; the rest goes from every document here
//! (trust-and-sync, *Documents*).

use closeknit_ids::{
    ChangeHash, DeviceId, DocId,
    planted::{Bug, is_planted},
};
use closeknit_replica::{Document, SignedHead};
use closeknit_store::{Durability, Store, View};
use closeknit_trust::{
    ledger::Ledger,
    roster::Authority,
    tip::{Tip, Tips},
};
use tracing::{info, warn};

use super::{
    circle::Circle,
    document::{Held, change_row, load, tip_row},
    failure::{Failure, Outcome},
    pieces::lacking,
    records, settings,
};

impl Circle {
    /// Whether the machine that signed a tip still speaks for the document without bounds.
    pub(super) fn counts(&self, tip: &Tip) -> bool {
        let head = tip.head();
        is_planted(Bug::TipUnchecked)
            || self.roster.authority(tip.device(), head.doc, head.generation) == Authority::Full
    }

    /// Whether what a machine signed stays here: it counts, or nobody says whose machine that is. A damaged database may
    /// have lost the enrolment, and this may be the only place where that is which it signed; whoever has the enrolment
    /// gives it back.
    pub(super) fn stays(&self, device: DeviceId, doc: DocId, generation: u32) -> bool {
        let known = |ledger: &Ledger| {
            self.roster.owner_of_doc(doc).is_some_and(|owner| ledger.has_enrolled(device, owner))
        };
        self.roster.authority(device, doc, generation) == Authority::Full
            || self.ledger.as_ref().is_some_and(|ledger| !known(ledger))
    }

    fn keeps(&self, tip: &Tip) -> bool {
        is_planted(Bug::TipUnchecked) || self.stays(tip.device(), tip.head().doc, tip.head().generation)
    }

    /// Where the writing of machines that were taken away ends in a generation: what is or precedes these
    /// counts. Of several Drops of one machine each must spare it.
    pub(super) fn cut_heads(&self, doc: DocId, generation: u32, document: &Document) -> Vec<ChangeHash> {
        let mut heads = Vec::new();
        for cuts in self.cuts_in(doc, generation) {
            let spared = |head: &ChangeHash, cut: &Vec<ChangeHash>| {
                cut.iter().any(|until| head == until || document.precedes(*head, *until) == Some(true))
            };
            heads.extend(cuts.iter().flatten().filter(|head| cuts.iter().all(|cut| spared(head, cut))));
        }
        heads.sort_unstable();
        heads.dedup();
        heads
    }

    /// Of each machine that was taken away where each Drop of it ends its writing in a generation.
    fn cuts_in(&self, doc: DocId, generation: u32) -> impl Iterator<Item = Vec<Vec<ChangeHash>>> {
        let owner = self.roster.owner_of_doc(doc);
        let machines = owner.into_iter().flat_map(|owner| self.roster.machines_of(owner));
        let dropped = machines.filter(|machine| machine.dropped);
        dropped.filter_map(move |machine| match self.roster.authority(machine.device, doc, generation) {
            Authority::UpTo(cuts) => Some(cuts),
            Authority::None | Authority::Full => None,
        })
    }

    /// Whether a tip or a cut leads to anything in a document: all who signed some of it may have been taken away.
    pub(super) fn is_led_to(&self, doc: DocId, held: &Held) -> bool {
        let cut = || self.cuts_in(doc, held.generation).flatten().flatten().next().is_some();
        held.tips.iter().next().is_some() || cut()
    }

    /// Takes out of the documents here what only machines vouched for that may not any more. Says which
    /// documents stand differently.
    pub(crate) fn cut_off(&mut self, store: &mut Store) -> Outcome<Vec<DocId>> {
        let uncounted = |held: &Held| held.tips.iter().any(|tip| !self.keeps(tip));
        let docs = self.held.iter().filter(|(_, held)| uncounted(held)).map(|(doc, _)| *doc);
        let mut cut = Vec::new();
        for doc in docs.collect::<Vec<_>>() {
            match self.cut_document(store, doc) {
                Ok(()) => cut.push(doc),
                // It is tried again at the next start; until then nobody is told of it under these tips.
                Err(Failure(error)) => warn!(%error, doc = %doc.short(), "could not cut a document"),
            }
        }
        self.lack_cuts(store.view())?;
        Ok(cut)
    }

    /// Notes which heads the cuts name that are not here: no tip leads to them any more, and whoever has them is asked.
    pub(super) fn lack_cuts(&mut self, view: View<'_>) -> Outcome<()> {
        let mut all = Vec::new();
        for (doc, held) in &self.held {
            let mut lacking = false;
            for head in self.cuts_in(*doc, held.generation).flatten().flatten() {
                lacking |= !view.has_change(self.id, *doc, held.generation, head)?;
            }
            // A log with gaps is mended, and looked at then.
            if lacking && let Ok(document) = load(view, self.id, *doc, held) {
                let cuts = self.cut_heads(*doc, held.generation, &document).into_iter();
                all.extend(cuts.filter(|head| !document.holds(*head)).map(|head| (*doc, head)));
            }
        }
        for (doc, head) in all {
            if let Some(held) = self.held.get_mut(&doc) {
                held.lacking.insert(head);
            }
        }
        Ok(())
    }

    pub(super) fn cut_document(&mut self, store: &mut Store, doc: DocId) -> Outcome<()> {
        let before = self.document(store, doc)?;
        let id = self.id;
        let held = self.held.get(&doc).ok_or_else(|| Failure::internal("no such document"))?;
        let (generation, base, owner) = (held.generation, held.base, held.owner);
        let mut tips = Tips::default();
        for tip in held.tips.iter().filter(|tip| self.keeps(tip)) {
            tips.take(tip.clone(), |_, _| false);
        }
        let cuts = self.cut_heads(doc, generation, &before);
        let heads: Vec<ChangeHash> = tips.iter().map(|tip| tip.head().head).chain(cuts.clone()).collect();
        let after = before.at(&heads).map_err(Failure::internal)?;
        let gone = before.extent().count.saturating_sub(after.extent().count);
        info!(doc = %doc.short(), gone, "what a machine wrote that was taken away goes");
        let reading = after.read();
        let golden = Document::golden_base().hash;
        store.write(Durability::Normal, |batch| {
            batch.purge_generation(id, doc, generation)?;
            for change in after.changes().filter(|change| change.hash() != golden) {
                batch.add_change(id, doc, generation, &change_row(&after, change)?)?;
            }
            for tip in tips.iter() {
                batch.put_tip(id, &tip_row(tip))?;
            }
            if after.has_base() {
                batch.replace_records(id, owner, &records::rows(&reading.records))?;
            }
            if gone > 0 {
                settings::set_purged(batch, id, true)?;
            }
            Ok::<_, Failure>(())
        })?;
        let lacking = lacking(&tips, &cuts, base, &after);
        if let Some(held) = self.held.get_mut(&doc) {
            held.tips = tips;
            held.lacking = lacking;
            held.staged.clear();
            held.refused_versions.clear();
            held.crowded = false;
        }
        self.open.forget(doc);
        if owner == self.me {
            self.own = None;
            self.goes_on.take();
        }
        if after.has_base() {
            self.put_records(owner, reading.records);
        }
        Ok(())
    }
}

/// A head that a statement names and of which nothing more is known: how much is in its past is bounded by the
/// limits of a generation alone.
pub(super) const fn named(hash: ChangeHash) -> SignedHead {
    SignedHead { hash, count: u64::MAX, bytes: u64::MAX }
}
