//! One connection: proof first, then rounds of comparing until both ends are equal.
//!
//! The listener leads. The dialler says what it has ([`Summary`]) whenever it waits for nothing and
//! either it has changed or the listener has given it cause. The listener, when it waits for nothing,
//! compares: it starts a round for what differs (a digest; statements before documents), or gives
//! its verdict. One round for the same difference is enough: what remains then is refused by one
//! of the two.

use closeknit_ids::DeviceId;

use crate::{
    Agreement, ConnId, Effect, Ending, Exchanged, Neighbour, Root, ShortDigest, Standing,
    documents::Fetching,
    greeting::SPOKEN,
    limits::LONGEST_PROOF_FRAME,
    message::{Hello, Message, StatementPage, Statements, Summary, Verdict},
    statements::{Learning, Serving},
    tally::on_the_wire,
    turn::Turn,
};

/// Since this version of the protocol a digest is short.
const SHORT: u16 = 2;

#[derive(Debug, Clone)]
pub(crate) struct Conn {
    pub(crate) id: ConnId,
    pub(crate) device: DeviceId,
    pub(crate) dialled: bool,
    pub(crate) since: u64,
    pub(crate) identity: Identity,
    /// Of the protocol, as soon as both have said what they speak.
    pub(crate) version: u16,
    pub(crate) round: Round,
    pub(crate) compared: Compared,
    pub(crate) agreement: Agreement,
    pub(crate) learning: Learning,
    pub(crate) serving: Serving,
    pub(crate) fetching: Fetching,
    pub(crate) exchanged: Exchanged,
    /// When the last frame came.
    pub(crate) heard_at: u64,
    /// Whether the other end has said what time it is.
    pub(crate) said_time: bool,
}

/// Who is at the other end.
#[derive(Debug, Clone)]
pub(crate) enum Identity {
    /// Not proved yet.
    Unproven {
        /// What it has said of its version.
        hello: Option<Hello>,
    },
    /// Proved by this chain to the listener, who says nothing before the first summary: by that it knows whether the
    /// dialler knows it already.
    Heard { chain: Vec<Vec<u8>>, standing: Standing },
    /// Proved by this chain, and judged by it again whenever statements change.
    Proven { chain: Vec<Vec<u8>>, standing: Standing },
}

/// What two machines compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    Statements,
    Documents,
}

/// Where a round of comparing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Round {
    None,
    /// The listener has sent a digest and waits for the other's side of it.
    Asked(Set, u64),
    /// The dialler has answered a digest and waits for the listener's side.
    Awaiting(Set, u64),
}

/// All that one machine has, in two numbers; of documents none if the other may not have any.
pub(crate) type Roots = (Root, Option<Root>);

/// What was said about being equal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compared {
    /// What the dialler's last summary said. `None` if another is due even if it says the same.
    pub(crate) said: Option<Roots>,
    /// Its number.
    number: u32,
    /// The listener's last verdict, at the dialler's.
    pub(crate) verdict: Option<Verdict>,
    /// The dialler's last summary, at the listener's. `None` if another will come.
    pub(crate) heard: Option<Summary>,
    /// Whether the listener owes a verdict.
    owed: bool,
    /// The differences for which the listener has held a round, ours and theirs.
    tried_statements: Option<(Root, Root)>,
    tried_documents: Option<(Root, Root)>,
    /// What was here when the two were last equal.
    agreed: Option<Roots>,
    /// When the two last compared without a cause.
    at: u64,
}

impl Conn {
    pub(crate) fn new(id: ConnId, device: DeviceId, dialled: bool, now: u64) -> Self {
        Self {
            id,
            device,
            dialled,
            since: now,
            identity: Identity::Unproven { hello: None },
            version: SPOKEN.lowest,
            round: Round::None,
            compared: Compared { at: now, ..Compared::default() },
            agreement: Agreement::Working,
            learning: Learning::default(),
            serving: Serving::default(),
            fetching: Fetching::default(),
            exchanged: Exchanged::default(),
            heard_at: now,
            said_time: false,
        }
    }

    pub(crate) fn standing(&self) -> Option<Standing> {
        match self.identity {
            Identity::Unproven { .. } | Identity::Heard { .. } => None,
            Identity::Proven { standing, .. } => Some(standing),
        }
    }

    pub(crate) fn is_active(&self) -> bool {
        self.standing() == Some(Standing::Active)
    }

    pub(crate) fn neighbour(&self) -> Neighbour {
        Neighbour {
            conn: self.id,
            device: self.device,
            standing: self.standing(),
            agreement: self.agreement,
            since_ms: self.since,
            exchanged: self.exchanged,
        }
    }

    /// Takes a frame.
    pub(crate) fn hear(&mut self, frame: &[u8], turn: &mut Turn<'_>) -> Result<(), Ending> {
        self.heard_at = turn.now;
        self.exchanged.received.frame(frame.len());
        if !turn.common.conduct.spend(turn.now, self.device, on_the_wire(frame.len())) {
            return Err(Ending::Quota);
        }
        if self.standing().is_none() && frame.len() > LONGEST_PROOF_FRAME {
            return Err(Ending::Stranger);
        }
        let Some(message) = Message::from_frame(frame).map_err(|_| Ending::BrokenFraming)? else {
            return Ok(());
        };
        self.exchanged.received.content(&message);
        match message {
            Message::Hello(hello) => self.on_hello(hello),
            Message::Proof(proof) => self.on_proof(proof.chain, turn),
            other if self.standing().is_none() => self.on_first_words(other, turn),
            proven => self.on_message(proven, turn),
        }
    }

    pub(crate) fn on_message(&mut self, message: Message, turn: &mut Turn<'_>) -> Result<(), Ending> {
        match message {
            Message::Hello(_) | Message::Proof(_) | Message::Writer(_) => Ok(()),
            Message::Clock(clock) => {
                self.on_clock(clock, turn);
                Ok(())
            }
            Message::Summary(summary) => {
                self.compared.heard = Some(summary);
                self.compared.owed = true;
                Ok(())
            }
            Message::Verdict(verdict) => {
                self.compared.verdict = Some(verdict);
                Ok(())
            }
            Message::StatementDigest(theirs) => {
                self.on_statement_digest(|ours| ours.differing(&theirs), turn)
            }
            Message::StatementSums(theirs) => self.on_statement_digest(|ours| theirs.differing(ours), turn),
            Message::StatementIds(ids) => self.on_statement_ids(ids, turn),
            Message::StatementOffers(offers) => {
                self.on_statement_offers(&offers, turn);
                Ok(())
            }
            Message::StatementWants(wants) => self.on_statement_wants(&wants, turn),
            Message::Statements(page) => {
                self.on_statements(page, turn);
                Ok(())
            }
            Message::StatementPage(StatementPage { statements, more }) => {
                self.on_statements(Statements { statements, more }, turn);
                Ok(())
            }
            Message::StatementsNext(()) => self.serve_statements(turn),
            Message::StatementNews(page) => {
                self.on_statement_news(page, turn);
                Ok(())
            }
            Message::DocumentDigest(theirs) => self.on_document_digest(|ours| ours.differing(&theirs), turn),
            Message::DocumentSums(theirs) => self.on_document_digest(|ours| theirs.differing(ours), turn),
            Message::DocumentEntries(entries) => self.on_document_entries(entries, turn),
            Message::DocumentOffers(offers) => {
                self.on_document_offers(offers, turn);
                Ok(())
            }
            Message::DocumentAsk(ask) => self.on_document_ask(&ask, turn),
            Message::DocumentAnswer(piece) => {
                self.on_document_answers(vec![piece], turn);
                Ok(())
            }
            Message::DocumentAsks(asks) => self.on_document_asks(&asks, turn),
            Message::DocumentAnswers(answers) => {
                self.on_document_answers(answers.pieces, turn);
                Ok(())
            }
            Message::DocumentNews(piece) => {
                self.on_document_news(piece, turn);
                Ok(())
            }
        }
    }

    pub(crate) fn send(&mut self, message: &Message, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let frame = message.to_frame().map_err(|_| Ending::Stuck)?;
        self.exchanged.sent.content(message);
        self.send_frame(frame, turn)
    }

    pub(crate) fn send_frame(&mut self, frame: Vec<u8>, turn: &mut Turn<'_>) -> Result<(), Ending> {
        self.exchanged.sent.frame(frame.len());
        let allowed = turn.common.conduct.spend(turn.now, self.device, on_the_wire(frame.len()));
        turn.effects.push(Effect::Send { conn: self.id, frame });
        if allowed { Ok(()) } else { Err(Ending::Quota) }
    }

    /// Asks for what is lacking as far as there is room, and compares once nothing is.
    pub(crate) fn go_on(&mut self, turn: &mut Turn<'_>) -> Result<(), Ending> {
        if self.standing().is_none() {
            return Ok(());
        }
        self.want_statements(turn)?;
        self.ask_documents(turn)?;
        if self.is_waiting() {
            self.agreement = Agreement::Working;
            return Ok(());
        }
        let (statements, documents) = turn.common.stock.roots(turn.holdings);
        let ours = (statements, self.is_active().then_some(documents));
        if self.dialled { self.summarise(ours, turn) } else { self.compare(ours, turn) }
    }

    fn is_waiting(&self) -> bool {
        self.round != Round::None || self.learning.is_waiting() || self.fetching.is_waiting()
    }

    /// At the dialler's: says what it has, if that is news, and heeds the verdict.
    fn summarise(&mut self, ours: Roots, turn: &mut Turn<'_>) -> Result<(), Ending> {
        if self.compared.said != Some(ours) {
            self.say_summary(ours, turn)?;
        }
        let number = self.compared.number;
        match self.compared.verdict.filter(|verdict| verdict.of == number) {
            Some(Verdict { equal: true, .. }) => {
                self.compared.agreed = Some(ours);
                self.conclude(Agreement::Equal, turn);
            }
            Some(_) if !self.is_active() => return Err(Ending::NotActive),
            Some(_) => self.conclude(Agreement::Settled, turn),
            // Asked whether nothing has changed, it has not.
            None if self.agreement == Agreement::Equal && self.compared.agreed == Some(ours) => {}
            None => self.agreement = Agreement::Working,
        }
        Ok(())
    }

    pub(crate) fn say_summary(&mut self, ours: Roots, turn: &mut Turn<'_>) -> Result<(), Ending> {
        self.compared.said = Some(ours);
        self.compared.number = self.compared.number.wrapping_add(1);
        let summary = Summary { number: self.compared.number, statements: ours.0, documents: ours.1 };
        self.send(&Message::Summary(summary), turn)
    }

    /// At the listener's: starts a round for what differs, or gives its verdict.
    fn compare(&mut self, ours: Roots, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let Some(theirs) = self.compared.heard else {
            self.agreement = Agreement::Working;
            return Ok(());
        };
        let statements = (ours.0, theirs.statements);
        if statements.0 != statements.1 && self.compared.tried_statements != Some(statements) {
            self.compared.tried_statements = Some(statements);
            return self.start_round(Set::Statements, turn);
        }
        if !self.is_active() {
            return Err(Ending::NotActive);
        }
        if let (Some(ours), Some(theirs)) = (ours.1, theirs.documents)
            && ours != theirs
            && self.compared.tried_documents != Some((ours, theirs))
        {
            self.compared.tried_documents = Some((ours, theirs));
            return self.start_round(Set::Documents, turn);
        }
        let equal = ours == (theirs.statements, theirs.documents);
        if std::mem::take(&mut self.compared.owed) {
            self.send(&Message::Verdict(Verdict { of: theirs.number, equal }), turn)?;
        }
        self.conclude(if equal { Agreement::Equal } else { Agreement::Settled }, turn);
        Ok(())
    }

    fn start_round(&mut self, set: Set, turn: &mut Turn<'_>) -> Result<(), Ending> {
        self.agreement = Agreement::Working;
        self.round = Round::Asked(set, turn.now);
        let heard = self.compared.heard.take();
        let short = heard.filter(|_| self.version >= SHORT).map(|summary| summary.number);
        let stock = &mut turn.common.stock;
        let buckets = match set {
            Set::Statements => stock.statements(turn.holdings).buckets(),
            Set::Documents => stock.documents(turn.holdings).buckets(),
        };
        let digest = match (set, short) {
            (Set::Statements, Some(of)) => Message::StatementSums(ShortDigest::new(of, buckets)),
            (Set::Statements, None) => Message::StatementDigest(buckets.clone()),
            (Set::Documents, Some(of)) => Message::DocumentSums(ShortDigest::new(of, buckets)),
            (Set::Documents, None) => Message::DocumentDigest(buckets.clone()),
        };
        self.send(&digest, turn)
    }

    fn conclude(&mut self, agreement: Agreement, turn: &mut Turn<'_>) {
        if self.agreement == agreement {
            return;
        }
        self.agreement = agreement;
        match agreement {
            Agreement::Working => {}
            Agreement::Equal => turn.effects.push(Effect::Equal { conn: self.id }),
            Agreement::Settled => turn.effects.push(Effect::Settled { conn: self.id }),
        }
    }

    /// The other end has said something new, or will have to: what it said before counts no more.
    pub(crate) fn compare_again(&mut self) {
        self.compared.said = None;
        self.compared.verdict = None;
    }

    /// One end has told the other of something new: the dialler says what it has after that, also if that is what it
    /// said before, for what is held may grow under a tip that was known already. The listener waits for it.
    pub(crate) fn moved(&mut self) {
        self.compared.said = None;
        self.compared.heard = None;
        self.compared.verdict = None;
    }

    /// Looks at the time.
    pub(crate) fn tick(&mut self, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let limits = &turn.common.limits;
        let (proof_ms, answer_ms, compare_ms) = (limits.proof_ms, limits.answer_ms, limits.compare_ms);
        if self.standing().is_none() {
            let late = turn.now.saturating_sub(self.since) > proof_ms;
            return if late { Err(Ending::Stranger) } else { Ok(()) };
        }
        if let Some(since) = self.owed_since() {
            let silent = turn.now.saturating_sub(since.max(self.heard_at)) > answer_ms;
            let endless = turn.now.saturating_sub(since) > answer_ms.saturating_mul(5);
            if silent || endless {
                return Err(Ending::Silent);
            }
        }
        if turn.now.saturating_sub(self.compared.at) >= compare_ms {
            self.compared.at = turn.now;
            self.compared.said = None;
            self.try_again();
            self.want_known(turn);
        }
        Ok(())
    }

    /// What was tried in vain may go well now.
    pub(crate) fn try_again(&mut self) {
        (self.compared.tried_statements, self.compared.tried_documents) = (None, None);
        self.fetching.try_again();
    }

    /// Since when the other end owes an answer.
    fn owed_since(&self) -> Option<u64> {
        let round = match self.round {
            Round::None => None,
            Round::Asked(_, since) | Round::Awaiting(_, since) => Some(since),
        };
        [round, self.learning.asked_at(), self.fetching.asked_at()].into_iter().flatten().min()
    }
}
