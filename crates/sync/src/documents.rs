//! Documents: catalogues compared, asked for piece by piece, pushed when they grow.
//!
//! An ask says how far this machine has got, staged changes included, and gets one piece; the next
//! ask says how far it has got by then. So whoever answers keeps nothing in mind, a piece is under
//! way only when the one before was taken, and an exchange that breaks off goes on where it was.
//! Short documents are asked for many in a frame, and come together: they share what compressing and
//! committing them costs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use closeknit_ids::DocId;

use crate::{
    Buckets, Effect, Ending, Entry, Piece, Position, Ticket, Version,
    conn::{Conn, Round, Set},
    limits::{MOST_ASKS, MOST_PUSHED, MOST_PUSHED_AT_ONCE, MOST_PUSHES_WAITING, PIECE},
    message::{
        DocumentAnswers, DocumentAsk, DocumentAsks, DocumentEntries, DocumentOffers, Listed, MOST_ACTORS,
        MOST_ASKED, MOST_ENTRIES, MOST_LISTED, Message,
    },
    statements::pages,
    turn::Turn,
};

/// Since this version of the protocol several documents are asked for in one frame.
const SEVERAL: u16 = 2;

/// What the other end may have and this machine wants.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fetching {
    /// To be asked for.
    offers: BTreeMap<DocId, Entry>,
    /// Asked for, a frame each, in the order in which the answers will come.
    asks: VecDeque<Group>,
    /// What the engine was handed.
    taking: BTreeMap<Ticket, Vec<Taking>>,
    /// What was asked for here: not asked for again in vain.
    answered: BTreeMap<DocId, (Entry, Vec<Position>)>,
    /// At the listener's, while the other side of a digest comes in: lines that need no offer, and
    /// bytes pushed in answer.
    seen: BTreeSet<DocId>,
    pushed: usize,
}

/// Documents asked for together.
#[derive(Debug, Clone)]
struct Group {
    docs: BTreeMap<DocId, Asked>,
    at: u64,
}

#[derive(Debug, Clone)]
struct Asked {
    entry: Entry,
    reached: Vec<Position>,
}

#[derive(Debug, Clone)]
struct Taking {
    /// Of what it was a piece.
    entry: Entry,
    /// Whether there may be more of it.
    more: bool,
}

impl Fetching {
    pub(crate) fn is_waiting(&self) -> bool {
        !(self.offers.is_empty() && self.asks.is_empty() && self.taking.is_empty())
    }

    /// Since when the oldest answer is owed.
    pub(crate) fn asked_at(&self) -> Option<u64> {
        self.asks.front().map(|group| group.at)
    }

    fn is_asked(&self, doc: DocId) -> bool {
        self.asks.iter().any(|group| group.docs.contains_key(&doc))
    }

    /// What was asked for in vain may be asked for again.
    pub(crate) fn try_again(&mut self) {
        self.answered.clear();
    }
}

impl Conn {
    /// At the dialler's: answers with its lines in the buckets that differ.
    pub(crate) fn on_document_digest(
        &mut self,
        differing: impl FnOnce(&Buckets) -> Vec<u8>,
        turn: &mut Turn<'_>,
    ) -> Result<(), Ending> {
        if !self.dialled {
            return Ok(());
        }
        self.round = Round::Awaiting(Set::Documents, turn.now);
        self.compare_again();
        let (buckets, entries) = if self.is_active() {
            let stock = turn.common.stock.documents(turn.holdings);
            let buckets = differing(stock.buckets());
            let entries: Vec<Entry> = stock.within(&buckets).copied().collect();
            (buckets, entries.into_iter().map(|entry| listed(entry, turn)).collect())
        } else {
            (Vec::new(), Vec::new())
        };
        for (entries, more) in pages(&entries, MOST_ENTRIES) {
            let entries = DocumentEntries { buckets: buckets.clone(), entries, more };
            self.send(&Message::DocumentEntries(entries), turn)?;
        }
        Ok(())
    }

    /// At the listener's: gives what is short and known to be missing, asks for what is wanted, and
    /// offers the rest.
    pub(crate) fn on_document_entries(
        &mut self,
        said: DocumentEntries,
        turn: &mut Turn<'_>,
    ) -> Result<(), Ending> {
        if !matches!(self.round, Round::Asked(Set::Documents, _)) || !self.is_active() {
            return Ok(());
        }
        for listed in &said.entries {
            self.weigh(listed, turn)?;
        }
        if said.more {
            return Ok(());
        }
        self.round = Round::None;
        self.fetching.pushed = 0;
        let seen = std::mem::take(&mut self.fetching.seen);
        let stock = turn.common.stock.documents(turn.holdings);
        let within = stock.within(&said.buckets);
        let offers: Vec<Entry> = within.filter(|entry| !seen.contains(&entry.doc)).copied().collect();
        for (entries, more) in pages(&offers, MOST_ENTRIES) {
            self.send(&Message::DocumentOffers(DocumentOffers { entries, more }), turn)?;
        }
        Ok(())
    }

    /// Compares one line of the other's catalogue with this one's.
    fn weigh(&mut self, theirs: &Listed, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let entry = theirs.entry;
        let ours = turn.common.stock.documents(turn.holdings).get(&entry.doc.0).copied();
        if ours == Some(entry) {
            self.fetching.seen.insert(entry.doc);
            return Ok(());
        }
        let (we_lack, they_lack) = lack(ours, theirs, turn);
        let needs_no_offer = they_lack && self.answer_unasked(theirs, turn)? || we_lack && !they_lack;
        if needs_no_offer && ours.is_some() {
            self.fetching.seen.insert(entry.doc);
        }
        // With equal vectors it is a tip that one of the two lacks.
        if we_lack || !they_lack {
            self.offer(entry, turn);
        }
        Ok(())
    }

    /// Pushes what the other lacks if that is known and short; says whether it was.
    fn answer_unasked(&mut self, theirs: &Listed, turn: &mut Turn<'_>) -> Result<bool, Ending> {
        let Listed { entry, reached: Some(reached) } = theirs else { return Ok(false) };
        let room = MOST_PUSHED_AT_ONCE.saturating_sub(self.fetching.pushed).min(MOST_PUSHED);
        if room == 0 {
            return Ok(false);
        }
        let piece = turn.holdings.missing(entry.doc, entry.generation, reached, room);
        let fits = |piece: &Piece| !piece.more && piece.bytes() <= room && piece.fits();
        let Some(piece) = piece.filter(fits) else {
            return Ok(false);
        };
        self.fetching.pushed = self.fetching.pushed.saturating_add(piece.bytes());
        self.send(&Message::DocumentNews(piece), turn)?;
        Ok(true)
    }

    /// At the dialler's: what the listener has otherwise, or what this machine lacks.
    pub(crate) fn on_document_offers(&mut self, offers: DocumentOffers, turn: &mut Turn<'_>) {
        for entry in offers.entries {
            self.offer(entry, turn);
        }
        if !offers.more && matches!(self.round, Round::Awaiting(Set::Documents, _)) {
            self.round = Round::None;
        }
    }

    fn offer(&mut self, entry: Entry, turn: &Turn<'_>) {
        if self.is_active() && turn.holdings.wants(&entry) {
            self.fetching.offers.insert(entry.doc, entry);
        }
    }

    /// Documents whose tips are known but not their changes are asked for everywhere.
    pub(crate) fn want_known(&mut self, turn: &Turn<'_>) {
        if self.is_active() {
            turn.holdings.wanting().into_iter().for_each(|entry| self.want(entry));
        }
    }

    /// Asks for a document, unless what the other end has of it is wanted already.
    pub(crate) fn want(&mut self, entry: Entry) {
        if self.is_active() {
            self.fetching.offers.entry(entry.doc).or_insert(entry);
        }
    }

    /// Asks for what is wanted, as far as there is room.
    pub(crate) fn ask_documents(&mut self, turn: &mut Turn<'_>) -> Result<(), Ending> {
        while self.fetching.asks.len().saturating_add(self.fetching.taking.len()) < MOST_ASKS {
            let mut asks = self.next_asks(turn);
            if asks.len() > 1 {
                self.send(&Message::DocumentAsks(DocumentAsks { asks }), turn)?;
            } else if let Some(ask) = asks.pop() {
                self.send(&Message::DocumentAsk(ask), turn)?;
            } else {
                break;
            }
        }
        Ok(())
    }

    /// Takes from what is wanted as much as one frame asks for.
    fn next_asks(&mut self, turn: &mut Turn<'_>) -> Vec<DocumentAsk> {
        let most = if self.version < SEVERAL { 1 } else { MOST_ASKED };
        let mut group = Group { docs: BTreeMap::new(), at: turn.now };
        let (mut asks, mut positions) = (Vec::new(), 0_usize);
        while asks.len() < most && positions < MOST_ACTORS && turn.common.ways.has_room() {
            let ways = &mut turn.common.ways;
            let mut docs = self.fetching.offers.keys().copied();
            let Some(doc) = docs.find(|doc| ways.may_ask_for(*doc, self.id, turn.now)) else { break };
            let Some(entry) = self.fetching.offers.remove(&doc) else { break };
            if !turn.holdings.wants(&entry) {
                continue;
            }
            let reached = turn.holdings.reached(doc, entry.generation);
            if reached.len() > MOST_ACTORS {
                continue;
            }
            let in_vain = self.fetching.answered.get(&doc).is_some_and(|(e, r)| (e, r) == (&entry, &reached));
            if in_vain || !self.may_ask(doc, turn) {
                continue;
            }
            turn.common.ways.asked(doc, self.id, turn.now);
            positions = positions.saturating_add(reached.len());
            asks.push(DocumentAsk { doc, generation: entry.generation, reached: reached.clone() });
            group.docs.insert(doc, Asked { entry, reached });
        }
        if !asks.is_empty() {
            self.fetching.asks.push_back(group);
        }
        asks
    }

    /// New documents are counted, each once for a connection.
    fn may_ask(&mut self, doc: DocId, turn: &mut Turn<'_>) -> bool {
        turn.common.stock.documents(turn.holdings).contains(&doc.0)
            || self.fetching.answered.contains_key(&doc)
            || turn.common.conduct.new_document(turn.now, self.device)
    }

    /// Gives one piece.
    pub(crate) fn on_document_ask(&mut self, ask: &DocumentAsk, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let piece = self.piece_for(ask, PIECE, turn);
        self.send(&Message::DocumentAnswer(piece), turn)
    }

    /// Gives as many pieces as have room together, at least the first.
    pub(crate) fn on_document_asks(
        &mut self,
        said: &DocumentAsks,
        turn: &mut Turn<'_>,
    ) -> Result<(), Ending> {
        let (mut pieces, mut named) = (Vec::new(), BTreeSet::new());
        let mut room = PIECE;
        // Each of another document: a frame buys no more looking than it says.
        for ask in said.asks.iter().filter(|ask| named.insert(ask.doc)) {
            let piece = self.piece_for(ask, room, turn);
            let is_whole = !piece.more && piece.weight() <= room;
            if !pieces.is_empty() && !is_whole {
                break;
            }
            room = room.saturating_sub(piece.weight());
            pieces.push(piece);
        }
        self.send(&Message::DocumentAnswers(DocumentAnswers { pieces }), turn)
    }

    /// One piece, if the standing of the other end allows; an empty one if there is nothing.
    fn piece_for(&self, ask: &DocumentAsk, room: usize, turn: &Turn<'_>) -> Piece {
        let piece = if self.is_active() {
            turn.holdings.missing(ask.doc, ask.generation, &ask.reached, room)
        } else {
            None
        };
        let nothing = || Piece {
            doc: ask.doc,
            generation: ask.generation,
            version: Version([0; 16]),
            tips: Vec::new(),
            changes: Vec::new(),
            more: false,
        };
        piece.filter(Piece::fits).unwrap_or_else(nothing)
    }

    /// Hands over what came; what was asked for with it and did not come is asked for again.
    pub(crate) fn on_document_answers(&mut self, pieces: Vec<Piece>, turn: &mut Turn<'_>) {
        let Some(Group { mut docs, .. }) = self.fetching.asks.pop_front() else { return };
        let (mut came, mut answered) = (Vec::new(), false);
        for piece in pieces {
            let Some(Asked { entry, reached }) = docs.remove(&piece.doc) else { continue };
            answered = true;
            self.fetching.answered.insert(piece.doc, (entry, reached));
            if piece.tips.is_empty() && piece.changes.is_empty() {
                turn.common.ways.answered(piece.doc, self.id);
                turn.common.ways.brought(piece.doc, false);
            } else {
                came.push(piece);
            }
        }
        for (doc, Asked { entry, .. }) in docs {
            turn.common.ways.answered(doc, self.id);
            // Whoever answers nothing is not asked for ever.
            if answered {
                self.offer(entry, turn);
            }
        }
        if !came.is_empty() {
            self.take_documents(came, turn);
        }
    }

    pub(crate) fn on_document_news(&mut self, piece: Piece, turn: &mut Turn<'_>) {
        self.moved();
        let entry = Entry { doc: piece.doc, generation: piece.generation, version: piece.version };
        if !self.is_active() || !turn.holdings.wants(&entry) {
            return;
        }
        self.fetching.answered.remove(&piece.doc);
        if piece.bytes() <= MOST_PUSHED && self.fetching.taking.len() < MOST_PUSHES_WAITING {
            // There may be more than was pushed.
            self.take_documents(vec![Piece { more: true, ..piece }], turn);
        } else {
            self.fetching.offers.insert(entry.doc, entry);
        }
    }

    fn take_documents(&mut self, pieces: Vec<Piece>, turn: &mut Turn<'_>) {
        let taking = |piece: &Piece| {
            let entry = Entry { doc: piece.doc, generation: piece.generation, version: piece.version };
            Taking { entry, more: piece.more }
        };
        let ticket = turn.common.ticket(self.id);
        self.fetching.taking.insert(ticket, pieces.iter().map(taking).collect());
        turn.effects.push(Effect::TakeDocuments { conn: self.id, ticket, pieces });
    }

    /// The engine is done with what it was handed; what is still wanted will be asked for. Says of which
    /// documents that was.
    pub(crate) fn documents_taken(&mut self, ticket: Ticket, turn: &mut Turn<'_>) -> Vec<DocId> {
        let taken = self.fetching.taking.remove(&ticket).unwrap_or_default();
        for Taking { entry, more } in &taken {
            // A push that came while an answer is under way does not end the asking.
            if !self.fetching.is_asked(entry.doc) {
                turn.common.ways.answered(entry.doc, self.id);
            }
            turn.common.stock.altered(entry.doc, turn.holdings);
            let matters = *more || turn.common.ways.is_contested(entry.doc);
            let brought = if matters { self.has_brought(entry, turn) } else { None };
            if let Some(something) = brought {
                turn.common.ways.brought(entry.doc, something);
            }
            if *more && brought != Some(false) {
                self.offer(*entry, turn);
            }
        }
        taken.iter().map(|taking| taking.entry.doc).collect()
    }

    /// Whether the last answer of a document brought this machine further than it was when it asked. Of a push nobody
    /// knows.
    fn has_brought(&self, entry: &Entry, turn: &Turn<'_>) -> Option<bool> {
        let (_, before) = self.fetching.answered.get(&entry.doc)?;
        Some(*before != turn.holdings.reached(entry.doc, entry.generation))
    }

    /// The other end may not have documents any more, nor is it asked for any.
    pub(crate) fn stop_documents(&mut self, turn: &mut Turn<'_>) {
        self.fetching = Fetching::default();
        turn.common.ways.stop_documents(self.id);
        if matches!(self.round, Round::Asked(Set::Documents, _) | Round::Awaiting(Set::Documents, _)) {
            self.round = Round::None;
        }
    }

    /// Tells of new changes at once, in a frame made for all.
    pub(crate) fn push_document(
        &mut self,
        frame: &[u8],
        news: &Message,
        turn: &mut Turn<'_>,
    ) -> Result<(), Ending> {
        self.moved();
        self.exchanged.sent.content(news);
        self.send_frame(frame.to_vec(), turn)
    }
}

/// What a document grew by, as it is told to the neighbours; what does not fit into a frame is left to
/// the next round of comparing.
pub(crate) fn news(mut piece: Piece, entry: Entry) -> Option<Message> {
    piece.version = entry.version;
    piece.more = piece.bytes() > MOST_PUSHED;
    if piece.more {
        piece.changes.clear();
    }
    piece.fits().then_some(Message::DocumentNews(piece))
}

fn listed(entry: Entry, turn: &Turn<'_>) -> Listed {
    let reached = turn.holdings.reached(entry.doc, entry.generation);
    Listed { entry, reached: (reached.len() <= MOST_LISTED).then_some(reached) }
}

/// Whether this machine lacks changes of a document that the other has, and whether the other lacks
/// some that are here: both, as long as it is not known.
fn lack(ours: Option<Entry>, theirs: &Listed, turn: &Turn<'_>) -> (bool, bool) {
    let Some(ours) = ours else { return (true, false) };
    match &theirs.reached {
        _ if ours.generation > theirs.entry.generation => (false, true),
        Some(their) if ours.generation == theirs.entry.generation => {
            let our = turn.holdings.reached(ours.doc, ours.generation);
            (is_beyond(their, &our), is_beyond(&our, their))
        }
        _ => (true, true),
    }
}

/// Whether somebody who has got as far as `one` has a change that the other lacks.
fn is_beyond(one: &[Position], other: &[Position]) -> bool {
    one.iter().any(|at| {
        let same_actor = other.iter().find(|position| position.actor == at.actor);
        same_actor.is_none_or(|position| position.seq < at.seq || position.seq == at.seq && position != at)
    })
}
