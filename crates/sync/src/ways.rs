//! What is on its way, and from where: from one machine at a time, for as long as that brings something.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::DocId;

use crate::{ConnId, limits::MOST_FETCHING};

/// Who is asked for what. Nothing need come twice, but nobody keeps others from giving: what is not here after a while,
/// or was answered with nothing, is asked for elsewhere beside it.
#[derive(Debug, Clone)]
pub(crate) struct Ways {
    /// In milliseconds.
    patience: u64,
    /// From one at a time, so that ancestors come first.
    statements: Option<Asked>,
    documents: BTreeMap<DocId, Asked>,
    /// Documents on their way that more than one machine has.
    contested: BTreeSet<DocId>,
    /// Documents of which an answer brought nothing.
    doubted: BTreeSet<DocId>,
}

#[derive(Debug, Clone, Copy)]
struct Asked {
    conn: ConnId,
    at: u64,
}

impl Ways {
    pub(crate) const fn new(patience: u64) -> Self {
        Self {
            patience,
            statements: None,
            documents: BTreeMap::new(),
            contested: BTreeSet::new(),
            doubted: BTreeSet::new(),
        }
    }

    pub(crate) fn may_ask_for_statements(&self, conn: ConnId, now: u64) -> bool {
        self.statements.is_none_or(|asked| asked.conn == conn || self.is_late(asked, now))
    }

    pub(crate) fn statements_asked(&mut self, conn: ConnId, at: u64) {
        self.statements = Some(Asked { conn, at });
    }

    pub(crate) fn statements_came(&mut self, conn: ConnId) {
        self.statements.take_if(|asked| asked.conn == conn);
    }

    pub(crate) fn may_ask_for(&mut self, doc: DocId, conn: ConnId, now: u64) -> bool {
        let Some(asked) = self.documents.get(&doc).copied() else { return true };
        if asked.conn == conn {
            return false;
        }
        self.contested.insert(doc);
        self.doubted.contains(&doc) || self.is_late(asked, now)
    }

    pub(crate) fn has_room(&self) -> bool {
        self.documents.len() < MOST_FETCHING
    }

    pub(crate) fn asked(&mut self, doc: DocId, conn: ConnId, at: u64) {
        self.documents.insert(doc, Asked { conn, at });
    }

    /// An answer is here, whatever is in it.
    pub(crate) fn answered(&mut self, doc: DocId, conn: ConnId) {
        if self.documents.get(&doc).is_some_and(|asked| asked.conn == conn) {
            self.documents.remove(&doc);
        }
    }

    /// Whether another machine waits to be asked for a document.
    pub(crate) fn is_contested(&self, doc: DocId) -> bool {
        self.contested.contains(&doc)
    }

    /// Whether an answer brought this machine further.
    pub(crate) fn brought(&mut self, doc: DocId, something: bool) {
        if something {
            self.contested.remove(&doc);
            self.doubted.remove(&doc);
        } else {
            self.doubted.insert(doc);
        }
    }

    pub(crate) fn stop_documents(&mut self, conn: ConnId) {
        self.documents.retain(|_, asked| asked.conn != conn);
    }

    /// Frees what a connection had taken for itself.
    pub(crate) fn release(&mut self, conn: ConnId) {
        self.stop_documents(conn);
        self.statements_came(conn);
    }

    /// What was in doubt may go well now.
    pub(crate) fn look_again(&mut self) {
        self.contested.clear();
        self.doubted.clear();
    }

    const fn is_late(&self, asked: Asked, now: u64) -> bool {
        now.saturating_sub(asked.at) > self.patience
    }
}
