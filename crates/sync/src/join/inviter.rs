//! The side that is a member already: it listens.

use super::{
    Refusal,
    link::{Link, Stop, Wait},
    message::{Ask, Bytes, JoinMessage, Welcome},
};
use crate::message::{LONGEST_STATEMENT, MOST_STATEMENTS, Statements};

/// Statements in one frame, in bytes.
const STATEMENTS_AT_ONCE: usize = 128 * 1024;

/// What happened at the inviter's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InviterEvent {
    /// A frame came.
    Frame(Vec<u8>),
    /// Some time has passed; wanted about every second.
    Tick,
    /// The connection is gone.
    Closed,
    /// After [`InviterEffect::Judge`]: the invitation is good.
    Welcome {
        /// Who invites, for the newcomer's screen.
        about: Vec<u8>,
        /// A promise of `nonce`.
        commitment: [u8; 32],
        /// A number for the code, secret until the newcomer has promised one too.
        nonce: [u8; 32],
    },
    /// After [`InviterEffect::Compare`]: the person here says that both codes are the same.
    Confirm,
    /// After [`InviterEffect::Begin`] in a draft: the Found to be signed by the newcomer.
    Offer {
        /// Signed by the inviter.
        found: Vec<u8>,
    },
    /// After [`InviterEffect::Begin`] in a circle, or [`InviterEffect::Founded`] in what was a
    /// draft: on disk by now.
    Circle {
        /// The Found statement, signed by both founders.
        found: Vec<u8>,
    },
    /// After [`InviterEffect::Admit`]: all statements, the newcomer's Enrol and Admit among them.
    Admitted {
        /// Ancestors first.
        statements: Vec<Vec<u8>>,
    },
    /// At any time: no. Also how a person says no.
    Refuse(Refusal),
}

/// What is to be done at the inviter's, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InviterEffect {
    /// Send a frame.
    Send(Vec<u8>),
    /// Judge whether this newcomer holds a good invitation: [`InviterEvent::Welcome`] or
    /// [`InviterEvent::Refuse`].
    Judge(Ask),
    /// Check that the nonce is what was promised, and show the code; then [`InviterEvent::Confirm`]
    /// or [`InviterEvent::Refuse`].
    Compare {
        /// What the newcomer promised.
        commitment: [u8; 32],
        /// What it revealed.
        nonce: [u8; 32],
    },
    /// The newcomer's person has confirmed, for the screen.
    OtherConfirmed,
    /// Both have confirmed: [`InviterEvent::Offer`] or [`InviterEvent::Circle`].
    Begin,
    /// The newcomer has signed the Found offered: complete it, keep it, then [`InviterEvent::Circle`].
    Founded {
        /// The newcomer's signature.
        signature: Vec<u8>,
    },
    /// The newcomer's machine: check it, admit its member, then [`InviterEvent::Admitted`].
    Admit {
        /// The Enrol statement.
        enrol: Vec<u8>,
    },
    /// The newcomer has everything. The connection is to be closed.
    Joined,
    /// Nobody joined. The connection is to be closed, after what was sent has left.
    Refused {
        /// Why.
        why: Refusal,
        /// Whether the reason lies on this side.
        here: bool,
    },
}

/// One newcomer at the door.
#[derive(Debug)]
pub struct Inviter {
    link: Link,
    step: Step,
    effects: Vec<InviterEffect>,
}

#[derive(Debug)]
enum Step {
    Greeting,
    Asking,
    Judging,
    Promising { nonce: [u8; 32] },
    Revealing { commitment: [u8; 32] },
    Confirming { ours: bool, theirs: bool },
    Beginning,
    Signing,
    Founding,
    Enrolling,
    Admitting,
    Handing { rest: std::vec::IntoIter<Vec<u8>> },
    Finishing,
    Over,
}

impl Inviter {
    /// Somebody has dialled; nothing is said before they speak.
    #[must_use]
    pub fn new(now_ms: u64) -> Self {
        Self { link: Link::new(now_ms, Wait::Greeting), step: Step::Greeting, effects: Vec::new() }
    }

    /// Takes what happened and says what is to be done, in that order. After
    /// [`InviterEffect::Joined`] or [`InviterEffect::Refused`] nothing is done any more.
    pub fn handle(&mut self, now_ms: u64, event: InviterEvent) -> Vec<InviterEffect> {
        let result = match event {
            _ if matches!(self.step, Step::Over) => Ok(()),
            InviterEvent::Frame(frame) => self.hear(now_ms, &frame),
            InviterEvent::Tick if self.link.is_late(now_ms) => Err(Stop::Here(Refusal::TooLate)),
            InviterEvent::Tick => Ok(()),
            InviterEvent::Closed => Err(Stop::There(Refusal::Left)),
            InviterEvent::Refuse(why) => Err(Stop::Here(why)),
            decision => self.decide(now_ms, decision),
        };
        if let Err(stop) = result {
            self.stop(stop);
        }
        std::mem::take(&mut self.effects)
    }

    fn hear(&mut self, now_ms: u64, frame: &[u8]) -> Result<(), Stop> {
        let message = JoinMessage::from_frame(frame).map_err(|_| Stop::Here(Refusal::Broken))?;
        match (std::mem::replace(&mut self.step, Step::Over), message) {
            (step, None) => self.step = step,
            (_, Some(JoinMessage::Refusal(why))) => return Err(Stop::There(why)),
            (Step::Greeting, Some(JoinMessage::Hello(hello))) => {
                self.say(&JoinMessage::Hello(Link::HELLO))?;
                Link::agree(hello).map_err(Stop::Here)?;
                self.go(now_ms, Step::Asking, Wait::Machine);
            }
            (Step::Asking, Some(JoinMessage::Ask(ask))) => {
                self.effects.push(InviterEffect::Judge(ask));
                self.go(now_ms, Step::Judging, Wait::Engine);
            }
            (Step::Promising { nonce }, Some(JoinMessage::Commitment(commitment))) => {
                self.say(&JoinMessage::Nonce(nonce))?;
                self.go(now_ms, Step::Revealing { commitment }, Wait::Machine);
            }
            (Step::Revealing { commitment }, Some(JoinMessage::Nonce(nonce))) => {
                self.effects.push(InviterEffect::Compare { commitment, nonce });
                self.go(now_ms, Step::Confirming { ours: false, theirs: false }, Wait::Person);
            }
            (Step::Confirming { ours, theirs: false }, Some(JoinMessage::Confirmed(()))) => {
                self.effects.push(InviterEffect::OtherConfirmed);
                self.confirm(now_ms, ours, true);
            }
            (Step::Signing, Some(JoinMessage::Signature(Bytes(signature)))) => {
                self.effects.push(InviterEffect::Founded { signature });
                self.go(now_ms, Step::Founding, Wait::Engine);
            }
            (Step::Enrolling, Some(JoinMessage::Enrol(Bytes(enrol)))) => {
                self.effects.push(InviterEffect::Admit { enrol });
                self.go(now_ms, Step::Admitting, Wait::Engine);
            }
            (Step::Handing { rest }, Some(JoinMessage::Next(()))) => self.hand(now_ms, rest)?,
            (Step::Finishing, Some(JoinMessage::Done(()))) => self.effects.push(InviterEffect::Joined),
            _ => return Err(Stop::Here(Refusal::Broken)),
        }
        Ok(())
    }

    /// Takes what engine or person have decided. A decision that comes when it is not asked for any
    /// more (the other side spoke meanwhile) changes nothing.
    fn decide(&mut self, now_ms: u64, decision: InviterEvent) -> Result<(), Stop> {
        match (std::mem::replace(&mut self.step, Step::Over), decision) {
            (Step::Judging, InviterEvent::Welcome { about, commitment, nonce }) => {
                self.say(&JoinMessage::Welcome(Welcome { about, commitment }))?;
                self.go(now_ms, Step::Promising { nonce }, Wait::Machine);
            }
            (Step::Confirming { ours: false, theirs }, InviterEvent::Confirm) => {
                self.say(&JoinMessage::Confirmed(()))?;
                self.confirm(now_ms, true, theirs);
            }
            (Step::Beginning, InviterEvent::Offer { found }) => {
                self.say(&JoinMessage::Offer(Bytes(found)))?;
                self.go(now_ms, Step::Signing, Wait::Machine);
            }
            (Step::Beginning | Step::Founding, InviterEvent::Circle { found }) => {
                self.say(&JoinMessage::Circle(Bytes(found)))?;
                self.go(now_ms, Step::Enrolling, Wait::Machine);
            }
            (Step::Admitting, InviterEvent::Admitted { statements }) => {
                self.hand(now_ms, statements.into_iter())?;
            }
            (step, _) => self.step = step,
        }
        Ok(())
    }

    fn confirm(&mut self, now_ms: u64, ours: bool, theirs: bool) {
        if ours && theirs {
            self.effects.push(InviterEffect::Begin);
            self.go(now_ms, Step::Beginning, Wait::Engine);
        } else {
            self.go(now_ms, Step::Confirming { ours, theirs }, Wait::Person);
        }
    }

    fn hand(&mut self, now_ms: u64, mut rest: std::vec::IntoIter<Vec<u8>>) -> Result<(), Stop> {
        let mut statements = Vec::new();
        let mut bytes: usize = 0;
        while statements.len() < MOST_STATEMENTS
            && bytes.saturating_add(LONGEST_STATEMENT) <= STATEMENTS_AT_ONCE
            && let Some(statement) = rest.next()
        {
            bytes = bytes.saturating_add(statement.len());
            statements.push(statement);
        }
        let more = !rest.as_slice().is_empty();
        self.say(&JoinMessage::Statements(Statements { statements, more }))?;
        let step = if more { Step::Handing { rest } } else { Step::Finishing };
        self.go(now_ms, step, Wait::Machine);
        Ok(())
    }

    fn go(&mut self, now_ms: u64, step: Step, wait: Wait) {
        self.step = step;
        self.link.wait(now_ms, wait);
    }

    fn say(&mut self, message: &JoinMessage) -> Result<(), Stop> {
        let frame = message.to_frame().map_err(|_| Stop::Here(Refusal::Broken))?;
        self.effects.push(InviterEffect::Send(frame));
        Ok(())
    }

    fn stop(&mut self, stop: Stop) {
        self.step = Step::Over;
        let (why, here) = match stop {
            Stop::Here(why) => (why, true),
            Stop::There(why) => (why, false),
        };
        if here && let Ok(frame) = JoinMessage::Refusal(why).to_frame() {
            self.effects.push(InviterEffect::Send(frame));
        }
        self.effects.push(InviterEffect::Refused { why, here });
    }
}
