//! Statements until both have the same: digests, ids of unequal buckets, wants, ancestors first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use closeknit_ids::StatementId;

use crate::{
    Buckets, Effect, Ending, Ticket,
    conn::{Conn, Round, Set},
    limits::{MOST_LACKING, MOST_PUSHED, MOST_PUSHES_WAITING, PAGE},
    message::{Ids, MOST_IDS, MOST_STATEMENTS, Message, StatementIds, StatementPage, Statements},
    turn::Turn,
};

/// Since this version of the protocol statements that were asked for come packed.
const PACKED: u16 = 2;

/// What the other end has and this machine lacks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Learning {
    /// At the listener's, while the other side of a digest comes in.
    theirs: BTreeSet<StatementId>,
    /// The other end has them, this machine does not.
    lacking: BTreeSet<StatementId>,
    /// When they were asked for, if they were.
    asked: Option<u64>,
    /// What the engine was handed: for an answer, whether more is to come of it; `None` for a push.
    taking: BTreeMap<Ticket, Option<bool>>,
}

impl Learning {
    pub(crate) fn is_waiting(&self) -> bool {
        !self.lacking.is_empty() || self.asked.is_some() || !self.taking.is_empty()
    }

    /// Since when an answer is owed; none is while the engine works on the last.
    pub(crate) fn asked_at(&self) -> Option<u64> {
        self.asked.filter(|_| self.taking.values().all(Option::is_none))
    }
}

/// What the other end has asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Serving {
    wanted: BTreeSet<StatementId>,
    queue: VecDeque<StatementId>,
}

impl Conn {
    /// At the dialler's: answers with what it has in the buckets that differ.
    pub(crate) fn on_statement_digest(
        &mut self,
        differing: impl FnOnce(&Buckets) -> Vec<u8>,
        turn: &mut Turn<'_>,
    ) -> Result<(), Ending> {
        if !self.dialled {
            return Ok(());
        }
        let stock = turn.common.stock.statements(turn.holdings);
        let buckets = differing(stock.buckets());
        let ids: Vec<StatementId> = stock.within(&buckets).copied().collect();
        self.round = Round::Awaiting(Set::Statements, turn.now);
        self.compare_again();
        for (ids, more) in pages(&ids, MOST_IDS) {
            self.send(&Message::StatementIds(StatementIds { buckets: buckets.clone(), ids, more }), turn)?;
        }
        Ok(())
    }

    /// At the listener's: learns what it lacks and offers what the other lacks.
    pub(crate) fn on_statement_ids(&mut self, said: StatementIds, turn: &mut Turn<'_>) -> Result<(), Ending> {
        if !matches!(self.round, Round::Asked(Set::Statements, _)) {
            return Ok(());
        }
        let room = MOST_LACKING.saturating_sub(self.learning.theirs.len());
        self.learning.theirs.extend(said.ids.into_iter().take(room));
        if said.more {
            return Ok(());
        }
        self.round = Round::None;
        let theirs = std::mem::take(&mut self.learning.theirs);
        let stock = turn.common.stock.statements(turn.holdings);
        let offers: Vec<StatementId> =
            stock.within(&said.buckets).filter(|id| !theirs.contains(id)).copied().collect();
        self.learning.lacking.extend(theirs.into_iter().filter(|id| !stock.contains(&id.0)));
        for (ids, more) in pages(&offers, MOST_IDS) {
            self.send(&Message::StatementOffers(Ids { ids, more }), turn)?;
        }
        Ok(())
    }

    /// At the dialler's: learns what it lacks.
    pub(crate) fn on_statement_offers(&mut self, offers: &Ids, turn: &mut Turn<'_>) {
        if !matches!(self.round, Round::Awaiting(Set::Statements, _)) {
            return;
        }
        let stock = turn.common.stock.statements(turn.holdings);
        let room = MOST_LACKING.saturating_sub(self.learning.lacking.len());
        let new = offers.ids.iter().filter(|id| !stock.contains(&id.0)).take(room);
        self.learning.lacking.extend(new);
        if !offers.more {
            self.round = Round::None;
        }
    }

    /// Asks for what is lacking, if no other machine is being asked.
    pub(crate) fn want_statements(&mut self, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let busy_elsewhere = !turn.common.ways.may_ask_for_statements(self.id, turn.now);
        // All at once, or a descendant would come before an ancestor offered later.
        let more_to_come = matches!(self.round, Round::Awaiting(Set::Statements, _));
        let asked = self.learning.asked.is_some();
        if self.learning.lacking.is_empty() || asked || busy_elsewhere || more_to_come {
            return Ok(());
        }
        let stock = turn.common.stock.statements(turn.holdings);
        self.learning.lacking.retain(|id| !stock.contains(&id.0));
        let wants: Vec<StatementId> = self.learning.lacking.iter().copied().collect();
        if wants.is_empty() {
            return Ok(());
        }
        turn.common.ways.statements_asked(self.id, turn.now);
        self.learning.asked = Some(turn.now);
        for (ids, more) in pages(&wants, MOST_IDS) {
            self.send(&Message::StatementWants(Ids { ids, more }), turn)?;
        }
        Ok(())
    }

    /// Gives what is asked for and here, ancestors first.
    pub(crate) fn on_statement_wants(&mut self, wants: &Ids, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let stock = turn.common.stock.statements(turn.holdings);
        self.serving.wanted.extend(wants.ids.iter().filter(|id| stock.contains(&id.0)));
        if wants.more {
            return Ok(());
        }
        let wanted = std::mem::take(&mut self.serving.wanted);
        let in_order = turn.holdings.statements().into_iter();
        self.serving.queue = in_order.filter(|id| wanted.contains(id)).collect();
        self.serve_statements(turn)
    }

    pub(crate) fn serve_statements(&mut self, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let mut statements = Vec::new();
        let mut bytes: usize = 0;
        while statements.len() < MOST_STATEMENTS
            && let Some(id) = self.serving.queue.front()
        {
            if let Some(statement) = turn.holdings.statement(*id) {
                bytes = bytes.saturating_add(statement.len());
                if bytes > PAGE {
                    break;
                }
                statements.push(statement);
            }
            self.serving.queue.pop_front();
        }
        let more = !self.serving.queue.is_empty();
        let page = if self.version < PACKED {
            Message::Statements(Statements { statements, more })
        } else {
            Message::StatementPage(StatementPage { statements, more })
        };
        self.send(&page, turn)
    }

    pub(crate) fn on_statements(&mut self, page: Statements, turn: &mut Turn<'_>) {
        if self.learning.asked_at().is_none() {
            return;
        }
        // Of more there is always some.
        let more = page.more && !page.statements.is_empty();
        self.take_statements(page.statements, Some(more), turn);
    }

    pub(crate) fn on_statement_news(&mut self, page: Statements, turn: &mut Turn<'_>) {
        self.moved();
        let bytes: usize = page.statements.iter().map(Vec::len).sum();
        if bytes <= MOST_PUSHED && self.learning.taking.len() < MOST_PUSHES_WAITING {
            self.take_statements(page.statements, None, turn);
        }
    }

    fn take_statements(&mut self, statements: Vec<Vec<u8>>, answer: Option<bool>, turn: &mut Turn<'_>) {
        let ticket = turn.common.ticket(self.id);
        self.learning.taking.insert(ticket, answer);
        turn.effects.push(Effect::TakeStatements { conn: self.id, ticket, statements });
    }

    /// The engine is done with a page; asks for the next.
    pub(crate) fn statements_taken(&mut self, ticket: Ticket, turn: &mut Turn<'_>) -> Result<(), Ending> {
        match self.learning.taking.remove(&ticket) {
            None | Some(None) => {}
            Some(Some(true)) => {
                self.learning.asked = Some(turn.now);
                self.send(&Message::StatementsNext(()), turn)?;
            }
            Some(Some(false)) => {
                self.learning.asked = None;
                self.learning.lacking.clear();
                turn.common.ways.statements_came(self.id);
            }
        }
        Ok(())
    }

    /// Tells of new statements at once. Many are left to the next round of comparing.
    pub(crate) fn push_statements(&mut self, new: &[StatementId], turn: &mut Turn<'_>) -> Result<(), Ending> {
        if self.standing().is_none() || new.is_empty() || new.len() > MOST_STATEMENTS {
            return Ok(());
        }
        let statements: Vec<Vec<u8>> = new.iter().filter_map(|id| turn.holdings.statement(*id)).collect();
        if statements.iter().map(Vec::len).sum::<usize>() > MOST_PUSHED {
            return Ok(());
        }
        self.moved();
        self.send(&Message::StatementNews(Statements { statements, more: false }), turn)
    }
}

/// Splits a list into frames; at least one, and all but the last say that more follow.
pub(crate) fn pages<T: Clone>(list: &[T], most: usize) -> Vec<(Vec<T>, bool)> {
    let mut pages: Vec<(Vec<T>, bool)> = list.chunks(most).map(|page| (page.to_vec(), true)).collect();
    match pages.last_mut() {
        Some((_, more)) => *more = false,
        None => pages.push((Vec::new(), false)),
    }
    pages
}
