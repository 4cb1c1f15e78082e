//! What the member does: one transaction on their own document, signed, committed, then shared.

use std::collections::BTreeSet;

use closeknit_api::ErrorCode;
use closeknit_domain::MemberRecords;
use closeknit_ids::{DocId, RecordId};
use closeknit_replica::{Act, Document, RawChange};
use closeknit_store::{Batch, Durability, Store};
use closeknit_trust::{
    device::DeviceKeys,
    statement::Statement,
    tip::{Head, Taken, Tip},
};
use jiff::Timestamp;
use rand_core::CryptoRng;
use tracing::warn;

use super::{
    circle::Circle,
    document::{change_row, load, new_actor, tip_row},
    failure::{Failure, Outcome},
    generation::Signing,
    records,
};

/// What there is to share after an act.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) doc: DocId,
    pub(crate) changes: Vec<Vec<u8>>,
    /// New generations were begun: their statements go first.
    pub(crate) statements: Vec<Statement>,
}

/// A fresh record id.
pub(crate) fn new_record(rng: &mut impl CryptoRng) -> RecordId {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    RecordId(bytes)
}

impl Circle {
    /// Writes acts into the own document as one change, or with a long text as several. What it says is
    /// on the disk when this returns; if it fails, nothing happened.
    pub(crate) fn write(
        &mut self,
        store: &mut Store,
        keys: &DeviceKeys,
        rng: &mut impl CryptoRng,
        now: Timestamp,
        acts: &[Act],
    ) -> Outcome<Option<Written>> {
        let doc = self.doc(self.me);
        let acts = self.as_written(now, acts)?;
        let (actor, mut document) = self.take_own(store, rng)?;
        let seconds = now.as_second();
        let changes = document.write_in_parts(actor, seconds, &acts)?;
        if changes.is_empty() {
            self.own = Some((actor, document));
            return Ok(None);
        }
        // The document in memory is put back only after the commit: a failure loads it from the log.
        self.commit_own(store, keys, &document, &changes)?;
        if document.wants_generation() && self.may_begin_afresh(keys.id()) {
            match self.begin_generation(store, Signing::by(keys), rng, now, &document, &BTreeSet::new()) {
                Ok(begun) => return Ok(Some(begun)),
                // What was written is on the disk, and stands whether or not there is room for a new beginning.
                Err(Failure(error)) => warn!(%error, "the own document could not begin anew"),
            }
        } else {
            self.own = Some((actor, document));
        }
        let changes = changes.iter().map(|change| change.bytes().to_vec()).collect();
        Ok(Some(Written { doc, changes, statements: Vec::new() }))
    }

    pub(super) fn take_own(
        &mut self,
        store: &Store,
        rng: &mut impl CryptoRng,
    ) -> Outcome<(closeknit_ids::ActorId, Document)> {
        if let Some(own) = self.own.take() {
            return Ok(own);
        }
        let doc = self.doc(self.me);
        let held = self.held.get(&doc).ok_or_else(|| Failure::internal("no document of one's own"))?;
        let stopped = |_| Failure::new(ErrorCode::OwnStopped);
        Ok((new_actor(rng), load(store.view(), self.id, doc, held).map_err(stopped)?))
    }

    /// Commits changes that were just written, with a tip for the new head and the records.
    fn commit_own(
        &mut self,
        store: &mut Store,
        keys: &DeviceKeys,
        document: &Document,
        changes: &[RawChange],
    ) -> Outcome<()> {
        self.commit_own_after(store, keys, document, changes, |_| Ok(()))
    }

    /// The same, in one transaction with something that comes before.
    pub(crate) fn commit_own_after(
        &mut self,
        store: &mut Store,
        keys: &DeviceKeys,
        document: &Document,
        changes: &[RawChange],
        before: impl FnOnce(&mut Batch<'_>) -> Outcome<()>,
    ) -> Outcome<()> {
        let (id, me, doc) = (self.id, self.me, self.doc(self.me));
        let held = self.held.get_mut(&doc).ok_or_else(|| Failure::internal("no document of one's own"))?;
        let generation = held.generation;
        let (mut tips, mut replaced) = (held.tips.clone(), Vec::new());
        let mut signed = Vec::new();
        for head in document.heads() {
            let past = document.past(head).ok_or_else(|| Failure::internal("a head that is not here"))?;
            let (count, bytes) = (narrow(past.count)?, narrow(past.bytes)?);
            let tip = Tip::sign(keys, Head { circle: id, doc, generation, head, count, bytes });
            if let Taken::New { replaced: old } =
                tips.take(tip.clone(), |a, b| document.precedes(*a, *b).unwrap_or(false))
            {
                replaced.extend(old);
                signed.push(tip);
            }
        }
        let reading = document.read();
        store.write(Durability::Full, |batch| {
            before(batch)?;
            for change in changes {
                batch.add_change(id, doc, generation, &change_row(document, change)?)?;
            }
            for old in &replaced {
                let head = old.head();
                batch.remove_tip(id, doc, head.generation, old.device(), head.head)?;
            }
            for tip in &signed {
                batch.put_tip(id, &tip_row(tip))?;
            }
            batch.replace_records(id, me, &records::rows(&reading.records))?;
            Ok::<_, Failure>(())
        })?;
        held.tips = tips;
        held.lacking.retain(|head| !document.holds(*head));
        // What is kept for the next change from another own machine lacks this one.
        self.open.forget(doc);
        self.put_records(me, reading.records);
        Ok(())
    }

    /// Everything this member wrote here.
    pub(crate) fn own_records(&self) -> Option<&MemberRecords> {
        self.records_of(self.me)
    }
}

pub(super) fn narrow(number: u64) -> Outcome<u32> {
    u32::try_from(number).map_err(Failure::internal)
}
