//! After a damaged database was salvaged: its log may have gaps, and is read as a stranger's would be. And the
//! search index, which is no reason to set a database aside.

use closeknit_ids::{ChangeHash, CircleId, DocId};
use closeknit_replica::{Admission, Document, Room};
use closeknit_store::{Durability, Staged, Store, View};
use closeknit_trust::{device::DeviceKeys, roster::Authority};
use tracing::warn;

use super::{
    Engine, Moment,
    circle::Circle,
    document::{Held, change_row, load, signed_head, tip_row},
    failure::{Failure, Outcome},
    pieces::lacking,
    typed::given,
    waiting::allowance,
};

/// Of so many records the words are put into the search index in one go: some milliseconds.
const SOME: u32 = 100;
/// Whoever asked nothing for so long is reading, or not there.
const QUIET_MS: u64 = 10_000;

impl Engine {
    /// Once, when nobody has asked for anything for a while, since everybody waits until it is done: the search
    /// index is made anew if it is damaged.
    pub(super) fn mend_search(&mut self, at: Moment) -> Outcome<()> {
        let quiet = at.steady_ms.saturating_sub(self.called_ms) >= QUIET_MS;
        if self.searchable || !quiet {
            return Ok(());
        }
        self.searchable = true;
        if self.store.mend_search()? {
            warn!("the search index was damaged: it was made anew");
        }
        Ok(())
    }

    /// Puts the words of what came in into the search index, little by little: a circle that comes in as a whole is
    /// on the board before that.
    pub(super) fn index_some(&mut self) -> Outcome<()> {
        self.store.index_words(SOME)?;
        Ok(())
    }

    /// Before somebody searches nothing waits any more. Without room on the disk what is in the index is searched.
    pub(super) fn index_for(&mut self, typed: Option<&str>) {
        if given(typed).is_some()
            && let Err(error) = self.store.index_words(u32::MAX)
        {
            warn!(%error, "the words of some records cannot be searched");
        }
    }
}

impl Circle {
    /// Keeps in the log what fits, of every document that is known. Others are mended when their owner is known again.
    pub(super) fn mend_log(&mut self, store: &mut Store) -> Outcome<()> {
        let docs: Vec<DocId> = self.held.keys().copied().collect();
        docs.into_iter().try_for_each(|doc| self.mend_document(store, doc))?;
        self.lack_cuts(store.view())
    }

    /// Keeps in the log what fits of a document, and stages the rest under the head that it precedes until a
    /// neighbour brings what is missing in between.
    pub(super) fn mend_document(&mut self, store: &mut Store, doc: DocId) -> Outcome<()> {
        let id = self.id;
        let Some(held) = self.held.get_mut(&doc) else { return Ok(()) };
        if load(store.view(), id, doc, held).is_ok() {
            return Ok(());
        }
        let generation = held.generation;
        warn!(doc = %doc.short(), "a log with gaps");
        let document = screened(store.view(), id, doc, held)?;
        let rows = store.view().changes(id, doc, generation)?;
        let (fitting, left): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| document.holds(row.hash));
        let left: Vec<_> = left.into_iter().map(|row| Staged { hash: row.hash, bytes: row.bytes }).collect();
        held.lacking = lacking(&held.tips, &[], held.base, &document);
        store.write(Durability::Full, |batch| {
            batch.purge_generation(id, doc, generation)?;
            let kept =
                document.changes().filter(|change| fitting.iter().any(|row| row.hash == change.hash()));
            for change in kept {
                batch.add_change(id, doc, generation, &change_row(&document, change)?)?;
            }
            for tip in held.tips.iter() {
                batch.put_tip(id, &tip_row(tip))?;
            }
            if let Some(head) = held.lacking.first() {
                let allowance = allowance(&held.tips, &[], held.base);
                batch.stage(id, doc, generation, *head, &allowance.first_of(left), allowance)?;
            }
            Ok(())
        })
    }

    /// Of what a salvaged log holds and no tip vouches for any more, the own is signed again, and that of others goes:
    /// it comes back with its tip.
    pub(super) fn vouch_again(&mut self, store: &mut Store, keys: &DeviceKeys) -> Outcome<()> {
        let own = self.doc(self.me);
        for doc in self.held.keys().copied().collect::<Vec<_>>() {
            let document = self.document(store, doc)?;
            if self.is_vouched_for(doc, &document) {
                continue;
            }
            warn!(doc = %doc.short(), "a log with changes that no tip vouches for");
            let generation = self.held.get(&doc).map_or(0, |held| held.generation);
            if doc != own {
                self.cut_document(store, doc)?;
            } else if self.roster.authority(keys.id(), doc, generation) == Authority::Full {
                self.commit_own_after(store, keys, &document, &[], |_| Ok(()))?;
            }
        }
        Ok(())
    }

    fn is_vouched_for(&self, doc: DocId, document: &Document) -> bool {
        let Some(held) = self.held.get(&doc) else { return true };
        let cuts = self.cut_heads(doc, held.generation, document);
        let signed = held.tips.iter().map(|tip| tip.head().head).chain(cuts).chain([held.base.hash]);
        let signed: Vec<ChangeHash> = signed.collect();
        document.heads().all(|head| signed.iter().any(|until| document.precedes(head, *until) == Some(true)))
    }
}

/// A document of which the log has gaps or more than fits: what of it the gate takes.
pub(super) fn screened(view: View<'_>, circle: CircleId, doc: DocId, held: &Held) -> Outcome<Document> {
    let mut room = Room::default();
    let empty = Document::rebuild(held.base, []).map_err(Failure::internal)?;
    if !empty.has_base() {
        room.expect(held.base);
    }
    held.tips.iter().for_each(|tip| room.expect(signed_head(tip)));
    for row in view.changes(circle, doc, held.generation)? {
        // What is no change at all is left out: a neighbour has it whole.
        let _ = room.put(&row.bytes);
    }
    let Admission { document, .. } = room.screen(&empty).apply();
    Ok(document)
}

#[cfg(test)]
mod tests {
    use closeknit_api::{Request, calls};
    use jiff::Timestamp;

    use super::*;
    use crate::engine::Input;

    #[test]
    fn the_search_index_is_looked_at_when_nobody_has_asked_for_a_while() {
        let directory = tempfile::tempdir().unwrap();
        let mut engine = Engine::open(&directory.path().join("profile")).unwrap();
        let at = |steady_ms| Moment { now: Timestamp::UNIX_EPOCH, steady_ms };
        let status = Request::of(&calls::Status {}).unwrap();
        let looked_at = |engine: &mut Engine, ms| {
            engine.handle(at(ms), Input::Tick);
            engine.searchable
        };
        // Somebody looks around, each time before they have been quiet for long.
        for ms in (0..60_000).step_by(5_000) {
            engine.call(at(ms), &status);
            assert!(!looked_at(&mut engine, ms + 4_000), "{ms}");
        }
        assert!(!looked_at(&mut engine, 55_000 + QUIET_MS - 1));
        assert!(looked_at(&mut engine, 55_000 + QUIET_MS));
    }
}
