//! What a connection works with while one event is handled.

use std::collections::BTreeMap;

use crate::{ConnId, Effect, Holdings, Limits, Ticket, conduct::Conduct, stock::Stock, ways::Ways};

/// What all connections share.
#[derive(Debug, Clone)]
pub(crate) struct Common {
    pub(crate) limits: Limits,
    pub(crate) stock: Stock,
    pub(crate) conduct: Conduct,
    /// Who is asked for what.
    pub(crate) ways: Ways,
    /// What the engine was handed and has not taken yet.
    pub(crate) tickets: BTreeMap<Ticket, ConnId>,
    next_ticket: u64,
    looked_at: u64,
}

impl Common {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            stock: Stock::default(),
            conduct: Conduct::new(limits.clone()),
            ways: Ways::new(limits.answer_ms),
            tickets: BTreeMap::new(),
            next_ticket: 0,
            looked_at: 0,
            limits,
        }
    }

    pub(crate) fn ticket(&mut self, conn: ConnId) -> Ticket {
        let ticket = Ticket(self.next_ticket);
        self.next_ticket = self.next_ticket.wrapping_add(1);
        self.tickets.insert(ticket, conn);
        ticket
    }

    /// From time to time, reads anew what there is here: the copy might have missed something.
    pub(crate) fn look_again(&mut self, now: u64) {
        if now.saturating_sub(self.looked_at) >= self.limits.compare_ms {
            self.looked_at = now;
            self.stock.distrust();
            self.ways.look_again();
        }
    }
}

/// One event being handled.
pub(crate) struct Turn<'a> {
    pub(crate) now: u64,
    pub(crate) holdings: &'a dyn Holdings,
    pub(crate) common: &'a mut Common,
    pub(crate) effects: Vec<Effect>,
}
