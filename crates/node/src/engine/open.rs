//! Documents kept in memory for a while: the next change of the same member comes soon.

use closeknit_ids::DocId;
use closeknit_replica::Document;

/// So many are kept; each costs some tens of kilobytes.
const KEPT: usize = 8;

/// The documents used last, the latest at the end.
#[derive(Debug, Default)]
pub(crate) struct Open(Vec<(DocId, Document)>);

impl Open {
    pub(crate) fn get(&self, doc: DocId) -> Option<Document> {
        self.0.iter().find(|(kept, _)| *kept == doc).map(|(_, document)| document.clone())
    }

    pub(crate) fn keep(&mut self, doc: DocId, document: Document) {
        self.forget(doc);
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push((doc, document));
    }

    pub(crate) fn forget(&mut self, doc: DocId) {
        self.0.retain(|(kept, _)| *kept != doc);
    }
}
