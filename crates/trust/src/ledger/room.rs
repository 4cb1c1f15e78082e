//! Where statements wait that came before their past did.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::StatementId;

use super::{Ledger, Outcome, Refusal};
use crate::statement::Statement;

/// The most statements that wait in one room.
pub const MOST_WAITING: usize = 256;

/// The waiting room of one connection. What waits is in no digest and goes when the connection does;
/// who sends ancestors first needs none.
#[derive(Debug, Clone, Default)]
pub struct Room {
    waiting: BTreeMap<StatementId, Statement>,
}

/// What an offer led to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// New in the set, each after its past.
    pub entered: Vec<Statement>,
    /// Will never enter.
    pub refused: Vec<(Statement, Refusal)>,
    /// The statement had to wait and the room was full: it is gone and must be asked for again.
    pub full: bool,
}

impl Room {
    /// Offers a statement to the set; it waits here if its past is missing, and those that waited
    /// for it follow it.
    pub fn offer(&mut self, statement: Statement, ledger: &mut Ledger) -> Offered {
        let mut offered = Offered::default();
        self.put(statement, ledger, &mut offered);
        if !offered.entered.is_empty() {
            self.settle(ledger, &mut offered);
        }
        offered
    }

    /// Looks again, after statements entered by another way.
    pub fn retry(&mut self, ledger: &mut Ledger) -> Offered {
        let mut offered = Offered::default();
        self.settle(ledger, &mut offered);
        offered
    }

    /// What is waited for and neither here nor waiting itself: to be asked for.
    #[must_use]
    pub fn missing(&self, ledger: &Ledger) -> BTreeSet<StatementId> {
        let missing = self.waiting.values().flat_map(|statement| ledger.missing_of(statement));
        missing.filter(|id| !self.waiting.contains_key(id)).collect()
    }

    /// How many wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether none waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn put(&mut self, statement: Statement, ledger: &mut Ledger, offered: &mut Offered) {
        match ledger.insert(statement.clone()) {
            Outcome::New => offered.entered.push(statement),
            Outcome::Known => {}
            Outcome::Refused(refusal) => offered.refused.push((statement, refusal)),
            Outcome::Waiting { .. } if self.waiting.contains_key(&statement.id()) => {}
            Outcome::Waiting { .. } if self.waiting.len() >= MOST_WAITING => offered.full = true,
            Outcome::Waiting { .. } => {
                self.waiting.insert(statement.id(), statement);
            }
        }
    }

    fn settle(&mut self, ledger: &mut Ledger, offered: &mut Offered) {
        loop {
            let (ready, waiting): (BTreeMap<_, _>, BTreeMap<_, _>) = std::mem::take(&mut self.waiting)
                .into_iter()
                .partition(|(_, statement)| ledger.missing_of(statement).is_empty());
            self.waiting = waiting;
            if ready.is_empty() {
                return;
            }
            for statement in ready.into_values() {
                self.put(statement, ledger, offered);
            }
        }
    }
}
