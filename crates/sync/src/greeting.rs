//! The first words: which version two machines speak, proof of who they are, and what time it is there.

use crate::{
    Effect, Ending, Gone, Outdated, Standing,
    conn::{Conn, Identity},
    message::{Clock, Hello, LONGEST_STATEMENT, MAX_PROOF, MOST_IN_CHAIN, Message, Proof},
    turn::Turn,
};

/// What this version of the app speaks.
pub(crate) const SPOKEN: Hello = Hello { lowest: 1, highest: 2 };

/// Since this version of the protocol the listener introduces itself after the dialler's first summary.
const AFTER_SUMMARY: u16 = 2;

/// The newest version that both speak, or who must be updated.
pub(crate) fn agree(ours: Hello, theirs: Hello) -> Result<u16, Outdated> {
    let newest = ours.highest.min(theirs.highest);
    if newest >= ours.lowest.max(theirs.lowest) {
        Ok(newest)
    } else if ours.highest < theirs.lowest {
        Err(Outdated::Here)
    } else {
        Err(Outdated::There)
    }
}

/// Whether a chain keeps its bounds.
pub(crate) fn is_short(chain: &[Vec<u8>]) -> bool {
    chain.len() <= MOST_IN_CHAIN
        && chain.iter().all(|statement| statement.len() <= LONGEST_STATEMENT)
        && chain.iter().map(Vec::len).sum::<usize>() <= MAX_PROOF
}

impl Conn {
    /// The connection is up. The dialler introduces itself; the listener says nothing.
    pub(crate) fn opened(&mut self, turn: &mut Turn<'_>) -> Result<(), Ending> {
        if turn.common.conduct.is_shunned(turn.now, self.device) {
            return Err(Ending::Stranger);
        }
        if !self.dialled {
            return Ok(());
        }
        // Whoever dials introduces itself before the other end has said a word.
        match turn.holdings.gone(self.device) {
            Some(Gone::Left) => return Err(Ending::Left),
            Some(Gone::PutOut) => return Err(Ending::NotActive),
            None => {}
        }
        self.introduce(turn.holdings.chain(), turn)?;
        let (statements, documents) = turn.common.stock.roots(turn.holdings);
        self.say_summary((statements, Some(documents)), turn)
    }

    /// Whoever lost the statements that make its chain, because its database was damaged, dials nobody. To somebody who
    /// belongs and calls it says so with an empty one: they know it from their own statements, and give them back. One
    /// who has the same statements knows it without.
    fn introduce(&mut self, chain: Vec<Vec<u8>>, turn: &mut Turn<'_>) -> Result<(), Ending> {
        if self.dialled && chain.is_empty() || !is_short(&chain) {
            return Err(Ending::NoProof);
        }
        self.send(&Message::Hello(SPOKEN), turn)?;
        self.send(&Message::Proof(Proof { chain }), turn)?;
        self.send(&Message::Clock(Clock { seconds: turn.holdings.time() }), turn)
    }

    /// The other end says what time it is, once a connection.
    pub(crate) fn on_clock(&mut self, clock: Clock, turn: &mut Turn<'_>) {
        if !std::mem::replace(&mut self.said_time, true) {
            turn.effects.push(Effect::Clock { conn: self.id, seconds: clock.seconds });
        }
    }

    pub(crate) fn on_hello(&mut self, theirs: Hello) -> Result<(), Ending> {
        if let Identity::Unproven { hello: hello @ None } = &mut self.identity {
            *hello = Some(theirs);
            if self.dialled {
                agree(SPOKEN, theirs).map_err(Ending::Version)?;
            }
        }
        Ok(())
    }

    /// The other end proves that it belongs to the circle. Only then the listener speaks.
    pub(crate) fn on_proof(&mut self, chain: Vec<Vec<u8>>, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let Identity::Unproven { hello } = self.identity else { return Ok(()) };
        let theirs = hello.ok_or(Ending::Stranger)?;
        let version = agree(SPOKEN, theirs).map_err(Ending::Version);
        let standing =
            if is_short(&chain) { turn.holdings.standing(self.device, &chain) } else { Standing::Stranger };
        if standing == Standing::Stranger {
            return version.and(Err(Ending::Stranger));
        }
        if !self.dialled && version.as_ref().is_ok_and(|version| *version >= AFTER_SUMMARY) {
            self.identity = Identity::Heard { chain, standing };
        } else {
            if !self.dialled {
                self.introduce(turn.holdings.chain(), turn)?;
            }
            self.believe(chain, standing, turn);
        }
        self.version = version?;
        Ok(())
    }

    fn believe(&mut self, chain: Vec<Vec<u8>>, standing: Standing, turn: &mut Turn<'_>) {
        self.identity = Identity::Proven { chain, standing };
        turn.effects.push(Effect::Known { conn: self.id, standing });
        self.want_known(turn);
    }

    /// What comes before the listener has spoken: after a proof the time, and what the dialler has. Anything else ends it.
    pub(crate) fn on_first_words(&mut self, message: Message, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let Identity::Heard { chain, standing } = &mut self.identity else {
            return Err(Ending::Stranger);
        };
        match message {
            Message::Clock(clock) => {
                self.on_clock(clock, turn);
                Ok(())
            }
            Message::Summary(summary) => {
                let (chain, standing) = (std::mem::take(chain), *standing);
                let (statements, _) = turn.common.stock.roots(turn.holdings);
                let is_known = summary.statements == statements && turn.holdings.belongs();
                self.introduce(if is_known { Vec::new() } else { turn.holdings.chain() }, turn)?;
                self.believe(chain, standing, turn);
                self.on_message(Message::Summary(summary), turn)
            }
            _ => Err(Ending::Stranger),
        }
    }

    /// Statements have changed: judges the other end anew, before anything else is said to it.
    pub(crate) fn judge_again(&mut self, turn: &mut Turn<'_>) -> Result<(), Ending> {
        let (chain, standing, was_told) = match &mut self.identity {
            Identity::Unproven { .. } => return Ok(()),
            Identity::Heard { chain, standing } => (chain, standing, false),
            Identity::Proven { chain, standing } => (chain, standing, true),
        };
        let now = turn.holdings.standing(self.device, chain);
        let before = std::mem::replace(standing, now);
        if was_told && before != now {
            turn.effects.push(Effect::Known { conn: self.id, standing: now });
        }
        match now {
            Standing::Stranger => Err(Ending::NotActive),
            Standing::StatementsOnly => {
                self.stop_documents(turn);
                Ok(())
            }
            Standing::Active => {
                self.try_again();
                self.want_known(turn);
                Ok(())
            }
        }
    }
}
