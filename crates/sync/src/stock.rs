//! What this machine has, as far as it is compared: a copy of ids and versions that knows its digests.

use closeknit_ids::{DocId, StatementId};

use crate::{
    Entry, Holdings,
    digest::{Digested, Root},
};

/// All statements and the catalogue of documents.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stock {
    statements: Digested<StatementId>,
    documents: Digested<Entry>,
    statements_read: bool,
    documents_read: bool,
}

impl Stock {
    pub(crate) fn statements(&mut self, holdings: &dyn Holdings) -> &mut Digested<StatementId> {
        if !self.statements_read {
            self.statements_read = true;
            self.statements.replace(holdings.statements());
        }
        &mut self.statements
    }

    pub(crate) fn documents(&mut self, holdings: &dyn Holdings) -> &mut Digested<Entry> {
        if !self.documents_read {
            self.documents_read = true;
            self.documents.replace(holdings.catalogue());
        }
        &mut self.documents
    }

    pub(crate) fn roots(&mut self, holdings: &dyn Holdings) -> (Root, Root) {
        (self.statements(holdings).root(), self.documents(holdings).root())
    }

    /// More statements: what they say may put documents into the catalogue or take them out.
    pub(crate) fn stated(&mut self, new: &[StatementId]) {
        new.iter().for_each(|id| self.statements.put(*id));
        self.documents_read = false;
    }

    /// A document is in another state.
    pub(crate) fn altered(&mut self, doc: DocId, holdings: &dyn Holdings) {
        match holdings.entry(doc) {
            Some(entry) => self.documents.put(entry),
            None => self.documents.remove(&doc.0),
        }
    }

    /// Reads everything anew when it is next needed.
    pub(crate) fn distrust(&mut self) {
        (self.statements_read, self.documents_read) = (false, false);
    }
}
