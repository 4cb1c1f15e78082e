//! What comes from other machines: statements into the set, and what is made of them.

use closeknit_ids::DocId;
use closeknit_replica::{Document, Mark};
use closeknit_store::{Durability, Store};
use closeknit_sync::Piece;
use closeknit_trust::{
    ledger,
    roster::Roster,
    statement::{Body, Statement, StatementError},
};
use jiff::Timestamp;
use tracing::info;

use super::{
    circle::{Circle, Moved},
    document::load,
    failure::{Failure, Outcome},
    parallel, records,
};

/// Fewer signatures are checked sooner than a thread is started for them.
const SIGNATURES: usize = 32;

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
    /// How far the owner of that has seen the own document, if they say so.
    pub(crate) seen: Option<Mark>,
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
        for read in parallel::each(statements.iter().collect(), SIGNATURES, |bytes| Statement::parse(bytes)) {
            match read {
                Ok(statement) => judged.stated.extend(room.offer(statement, ledger).entered),
                Err(StatementError::FalseSignature) => judged.forged = true,
                Err(error) => info!(%error, "a statement was passed over"),
            }
        }
        if !judged.stated.is_empty() {
            judged.stated.extend(self.waiting.retry(ledger).entered);
            let (id, moved) = (self.id, self.refold());
            let rivalled = self.newly_rivalled(&judged.stated);
            let returning = self.returns(store.view())?;
            let written = store.write(lasting(&judged.stated), |batch| {
                for statement in &judged.stated {
                    batch.add_statement(id, statement.id(), statement.bytes())?;
                }
                self.note_gone(batch, now)?;
                rivalled.iter().try_for_each(|doc| self.begin_afresh(batch, *doc))?;
                if returning {
                    // The power may go before they are read.
                    records::trust(batch, id, false)?;
                }
                self.leave_behind(batch, &moved, now)
            });
            if let Err(failure) = written {
                self.go_by_the_disk(store.view())?;
                return Err(failure);
            }
            for doc in rivalled {
                if let Some(held) = self.held.get_mut(&doc) {
                    held.refused.clear();
                    held.refused_versions.clear();
                }
            }
            self.return_to(store)?;
            if returning {
                store.write(Durability::Normal, |batch| records::trust(batch, id, true))?;
            }
            self.cut_off(store)?;
        }
        Ok(judged)
    }

    /// Documents of which one more beginning with the number of the leading one is known now. What came of it before was
    /// refused for its base, and is nobody's fault.
    fn newly_rivalled(&self, stated: &[Statement]) -> Vec<DocId> {
        let begins = |statement: &&Statement| matches!(statement.body(), Body::Generation(_));
        let docs = stated.iter().filter(begins).map(|statement| self.doc(statement.member()));
        docs.filter(|doc| self.has_rivals(*doc)).collect()
    }

    /// Takes own statements that are committed already.
    pub(crate) fn learn(
        &mut self,
        store: &mut Store,
        statements: impl IntoIterator<Item = Statement>,
    ) -> Outcome<()> {
        self.suppose(statements);
        self.return_to(store)
    }

    /// Goes by statements that are not committed yet.
    pub(crate) fn suppose(&mut self, statements: impl IntoIterator<Item = Statement>) {
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

    /// A document, from memory or from the log.
    pub(crate) fn document(&mut self, store: &Store, doc: DocId) -> Outcome<Document> {
        if let Some(document) = self.open.get(doc) {
            return Ok(document);
        }
        let held = self.held.get(&doc).ok_or_else(|| Failure::internal("no such document"))?;
        load(store.view(), self.id, doc, held)
    }
}

/// What others can say again may be heard again after the power went. Whoever left is told at once that it was heard,
/// keeps nothing of the circle then, and says nothing again: neither that, nor what they had said before.
fn lasting(stated: &[Statement]) -> Durability {
    let leaves = stated.iter().any(|statement| matches!(statement.body(), Body::Leave));
    if leaves { Durability::Full } else { Durability::Normal }
}
