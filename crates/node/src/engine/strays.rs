//! What the log holds of generations that no note names, or under a number that another takes. The statement that began
//! one may be lost with a damaged database, and the note that it was left behind as well.

use std::collections::BTreeSet;

use closeknit_ids::{ChangeHash, DocId};
use closeknit_replica::{Document, SignedHead};
use closeknit_store::{Batch, View};

use super::{circle::Circle, failure::Outcome, left_behind::Left, settings};

/// Two generations may have the same number. The log keeps the one that does not lead, or is void, under
/// numbers from here on, which no generation has: there are not so many statements.
const ASIDE: u32 = 1 << 31;

impl Circle {
    /// Of a generation that the log holds and no note names, what is known: it began with what is in it.
    pub(super) fn stray(&self, view: View<'_>, doc: DocId, stored: u32, since: i64) -> Outcome<Left> {
        let rows = view.changes(self.id, doc, stored)?;
        let held: BTreeSet<ChangeHash> = rows.into_iter().map(|row| row.hash).collect();
        let counting = self.roster.lineage(doc).map(|lineage| lineage.counting()).unwrap_or_default();
        let begun = counting.iter().rev().find(|counted| held.contains(&counted.base));
        let begun = begun.or_else(|| counting.iter().rev().find(|counted| counted.n == stored));
        let (n, base) = match begun.filter(|_| stored > 0) {
            Some(counted) => (counted.n, (counted.base, u64::from(counted.count), u64::from(counted.bytes))),
            None => {
                let golden = Document::golden_base();
                (stored, (golden.hash, golden.count, golden.bytes))
            }
        };
        Ok(Left { doc, n, stored, base, since, settled: false })
    }

    /// Keeps a generation under a number that no other has.
    pub(super) fn put_aside(&self, batch: &mut Batch<'_>, doc: DocId, n: u32) -> Outcome<u32> {
        let generations = batch.generations(self.id)?.into_iter();
        let free = generations.map(|(_, stored)| stored.saturating_add(1)).max().unwrap_or(ASIDE).max(ASIDE);
        batch.renumber_generation(self.id, doc, n, free)?;
        Ok(free)
    }

    /// Where another generation stands under the number of one that begins: that is put aside. If it is somebody else's or
    /// nobody knows what began it, it goes.
    pub(super) fn make_room(
        &self,
        batch: &mut Batch<'_>,
        left: &mut [Left],
        doc: DocId,
        (n, base): (u32, SignedHead),
    ) -> Outcome<()> {
        // All have the same generation 0.
        if n == 0 || !batch.generations(self.id)?.contains(&(doc, n)) {
            return Ok(());
        }
        if batch.changes(self.id, doc, n)?.iter().any(|row| row.hash == base.hash) {
            return Ok(());
        }
        let own = doc == self.doc(self.me);
        match left.iter_mut().find(|left| left.is_of(doc) && left.stored == n) {
            Some(left) if own && !left.is_void(self) => left.stored = self.put_aside(batch, doc, n)?,
            _ => {
                batch.purge_generation(self.id, doc, n)?;
                settings::set_purged(batch, self.id, true)?;
            }
        }
        Ok(())
    }
}
