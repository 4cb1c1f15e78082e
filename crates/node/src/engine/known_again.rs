//! Documents that are known again: of a member whom a damaged database had forgotten, and of generations that lead again.
//! The log holds them already, and nobody sends them.

use closeknit_ids::DocId;
use closeknit_store::{Durability, Store, View};
use closeknit_trust::tip::Tip;

use super::{
    circle::Circle,
    document::load,
    failure::{Failure, Outcome},
    pieces::lacking,
    records,
};

impl Circle {
    /// Whether the log holds already something of documents that were not known before, or not in this generation.
    pub(super) fn returns(&self, view: View<'_>) -> Outcome<bool> {
        let mut unread = self.held.iter().filter(|(_, held)| held.unread);
        unread.try_fold(false, |any, (doc, held)| Ok(any || view.has_begun(self.id, *doc, held.generation)?))
    }

    /// Reads what the log holds already of documents that were not known before, or not in this generation: of a
    /// member who is known again, and of generations that lead again.
    pub(super) fn return_to(&mut self, store: &mut Store) -> Outcome<()> {
        let unread = self.held.iter().filter(|(_, held)| held.unread).map(|(doc, _)| *doc);
        for doc in unread.collect::<Vec<_>>() {
            self.read_again(store, doc)?;
            if let Some(held) = self.held.get_mut(&doc) {
                held.unread = false;
            }
        }
        Ok(())
    }

    fn read_again(&mut self, store: &mut Store, doc: DocId) -> Outcome<()> {
        let Some(held) = self.held.get_mut(&doc) else { return Ok(()) };
        let (id, owner, generation) = (self.id, held.owner, held.generation);
        let tips = store.view().tips_of(id, doc)?.into_iter().filter(|row| row.generation == generation);
        for row in tips {
            held.tips.take(Tip::parse(&row.bytes).map_err(Failure::internal)?, |_, _| false);
        }
        if held.tips.iter().next().is_none() && !store.view().has_begun(id, doc, generation)? {
            return Ok(());
        }
        // A salvage mends what it knows whose it is.
        self.mend_document(store, doc)?;
        let Some(held) = self.held.get_mut(&doc).filter(|held| held.tips.iter().next().is_some()) else {
            return Ok(());
        };
        let document = load(store.view(), id, doc, held)?;
        let cuts = self.cut_heads(doc, generation, &document);
        let Some(held) = self.held.get_mut(&doc) else { return Ok(()) };
        held.lacking = lacking(&held.tips, &cuts, held.base, &document);
        if document.has_base() {
            let records = document.read().records;
            let rows = records::rows(&records);
            store.write(Durability::Normal, |batch| batch.replace_records(id, owner, &rows))?;
            self.put_records(owner, records);
        }
        Ok(())
    }
}
