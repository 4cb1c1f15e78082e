//! The side that comes: it dials.

use super::{
    Refusal,
    link::{Link, Stop, Wait},
    message::{Ask, Bytes, JoinMessage},
};

/// What happened at the newcomer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewcomerEvent {
    /// A frame came.
    Frame(Vec<u8>),
    /// Some time has passed; wanted about every second.
    Tick,
    /// The connection is gone.
    Closed,
    /// After [`NewcomerEffect::Welcomed`].
    Promise {
        /// A promise of `nonce`.
        commitment: [u8; 32],
        /// A number for the code, secret until the inviter has revealed its own.
        nonce: [u8; 32],
    },
    /// After [`NewcomerEffect::Compare`]: the person here says that both codes are the same.
    Confirm,
    /// After [`NewcomerEffect::Sign`].
    Signed {
        /// Over the Found that was offered.
        signature: Vec<u8>,
    },
    /// After [`NewcomerEffect::Enrol`]; on disk by now.
    Enrolled {
        /// This machine's Enrol statement.
        enrol: Vec<u8>,
    },
    /// After [`NewcomerEffect::TakeStatements`]: they are on disk.
    Taken,
    /// At any time: no. Also how a person gives up.
    Refuse(Refusal),
}

/// What is to be done at the newcomer's, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewcomerEffect {
    /// Send a frame.
    Send(Vec<u8>),
    /// The invitation is good. Check who invites, then [`NewcomerEvent::Promise`].
    Welcomed {
        /// Who invites.
        about: Vec<u8>,
        /// The inviter's promise of a nonce.
        commitment: [u8; 32],
    },
    /// Check that the nonce is what the inviter promised, and show the code; then
    /// [`NewcomerEvent::Confirm`] or [`NewcomerEvent::Refuse`].
    Compare {
        /// What the inviter revealed.
        nonce: [u8; 32],
    },
    /// The inviter's person has confirmed, for the screen.
    OtherConfirmed,
    /// Check the Found that begins the circle and sign it with the member key:
    /// [`NewcomerEvent::Signed`].
    Sign {
        /// Signed by the inviter.
        found: Vec<u8>,
    },
    /// This is the circle. Check that it is the one invited to, and enrol this machine:
    /// [`NewcomerEvent::Enrolled`].
    Enrol {
        /// The Found statement, signed by both founders.
        found: Vec<u8>,
    },
    /// Take these into the set and keep them, then [`NewcomerEvent::Taken`].
    TakeStatements {
        /// Ancestors first.
        statements: Vec<Vec<u8>>,
    },
    /// All statements are here. The connection is to be closed, after what was sent has left; a
    /// connection to the circle brings the documents.
    Joined,
    /// It did not come to that. The connection is to be closed, after what was sent has left.
    Refused {
        /// Why.
        why: Refusal,
        /// Whether the reason lies on this side.
        here: bool,
    },
}

/// One attempt to get in.
#[derive(Debug)]
pub struct Newcomer {
    link: Link,
    step: Step,
    effects: Vec<NewcomerEffect>,
}

#[derive(Debug)]
enum Step {
    Greeting,
    Asking,
    Promising,
    Revealing { nonce: [u8; 32] },
    Confirming { ours: bool, theirs: bool },
    Waiting { signed: bool },
    Signing,
    Enrolling,
    Receiving,
    Taking { more: bool },
    Over,
}

impl Newcomer {
    /// The connection that this side dialled is up: asks to be let in.
    #[must_use]
    pub fn new(now_ms: u64, ask: Ask) -> (Self, Vec<NewcomerEffect>) {
        let link = Link::new(now_ms, Wait::Machine);
        let mut newcomer = Self { link, step: Step::Greeting, effects: Vec::new() };
        let said = newcomer
            .say(&JoinMessage::Hello(Link::HELLO))
            .and_then(|()| newcomer.say(&JoinMessage::Ask(ask)));
        if let Err(stop) = said {
            newcomer.stop(stop);
        }
        let effects = std::mem::take(&mut newcomer.effects);
        (newcomer, effects)
    }

    /// Takes what happened and says what is to be done, in that order. After
    /// [`NewcomerEffect::Joined`] or [`NewcomerEffect::Refused`] nothing is done any more.
    pub fn handle(&mut self, now_ms: u64, event: NewcomerEvent) -> Vec<NewcomerEffect> {
        let result = match event {
            _ if matches!(self.step, Step::Over) => Ok(()),
            NewcomerEvent::Frame(frame) => self.hear(now_ms, &frame),
            NewcomerEvent::Tick if self.link.is_late(now_ms) => Err(Stop::Here(Refusal::TooLate)),
            NewcomerEvent::Tick => Ok(()),
            NewcomerEvent::Closed => Err(Stop::There(Refusal::Left)),
            NewcomerEvent::Refuse(why) => Err(Stop::Here(why)),
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
                Link::agree(hello).map_err(Stop::Here)?;
                self.go(now_ms, Step::Asking, Wait::Machine);
            }
            (Step::Asking, Some(JoinMessage::Welcome(welcome))) => {
                let (about, commitment) = (welcome.about, welcome.commitment);
                self.effects.push(NewcomerEffect::Welcomed { about, commitment });
                self.go(now_ms, Step::Promising, Wait::Engine);
            }
            (Step::Revealing { nonce: ours }, Some(JoinMessage::Nonce(nonce))) => {
                self.say(&JoinMessage::Nonce(ours))?;
                self.effects.push(NewcomerEffect::Compare { nonce });
                self.go(now_ms, Step::Confirming { ours: false, theirs: false }, Wait::Person);
            }
            (Step::Confirming { ours, theirs: false }, Some(JoinMessage::Confirmed(()))) => {
                self.effects.push(NewcomerEffect::OtherConfirmed);
                self.confirm(now_ms, ours, true);
            }
            (Step::Waiting { signed: false }, Some(JoinMessage::Offer(Bytes(found)))) => {
                self.effects.push(NewcomerEffect::Sign { found });
                self.go(now_ms, Step::Signing, Wait::Engine);
            }
            (Step::Waiting { .. }, Some(JoinMessage::Circle(Bytes(found)))) => {
                self.effects.push(NewcomerEffect::Enrol { found });
                self.go(now_ms, Step::Enrolling, Wait::Engine);
            }
            (Step::Receiving, Some(JoinMessage::Statements(page))) => {
                self.effects.push(NewcomerEffect::TakeStatements { statements: page.statements });
                self.go(now_ms, Step::Taking { more: page.more }, Wait::Engine);
            }
            _ => return Err(Stop::Here(Refusal::Broken)),
        }
        Ok(())
    }

    /// Takes what engine or person have decided. A decision that comes when it is not asked for any
    /// more changes nothing.
    fn decide(&mut self, now_ms: u64, decision: NewcomerEvent) -> Result<(), Stop> {
        match (std::mem::replace(&mut self.step, Step::Over), decision) {
            (Step::Promising, NewcomerEvent::Promise { commitment, nonce }) => {
                self.say(&JoinMessage::Commitment(commitment))?;
                self.go(now_ms, Step::Revealing { nonce }, Wait::Machine);
            }
            (Step::Confirming { ours: false, theirs }, NewcomerEvent::Confirm) => {
                self.say(&JoinMessage::Confirmed(()))?;
                self.confirm(now_ms, true, theirs);
            }
            (Step::Signing, NewcomerEvent::Signed { signature }) => {
                self.say(&JoinMessage::Signature(Bytes(signature)))?;
                self.go(now_ms, Step::Waiting { signed: true }, Wait::Machine);
            }
            (Step::Enrolling, NewcomerEvent::Enrolled { enrol }) => {
                self.say(&JoinMessage::Enrol(Bytes(enrol)))?;
                self.go(now_ms, Step::Receiving, Wait::Machine);
            }
            (Step::Taking { more: true }, NewcomerEvent::Taken) => {
                self.say(&JoinMessage::Next(()))?;
                self.go(now_ms, Step::Receiving, Wait::Machine);
            }
            (Step::Taking { more: false }, NewcomerEvent::Taken) => {
                self.say(&JoinMessage::Done(()))?;
                self.effects.push(NewcomerEffect::Joined);
            }
            (step, _) => self.step = step,
        }
        Ok(())
    }

    fn confirm(&mut self, now_ms: u64, ours: bool, theirs: bool) {
        if ours && theirs {
            self.go(now_ms, Step::Waiting { signed: false }, Wait::Machine);
        } else {
            self.go(now_ms, Step::Confirming { ours, theirs }, Wait::Person);
        }
    }

    fn go(&mut self, now_ms: u64, step: Step, wait: Wait) {
        self.step = step;
        self.link.wait(now_ms, wait);
    }

    fn say(&mut self, message: &JoinMessage) -> Result<(), Stop> {
        let frame = message.to_frame().map_err(|_| Stop::Here(Refusal::Broken))?;
        self.effects.push(NewcomerEffect::Send(frame));
        Ok(())
    }

    fn stop(&mut self, stop: Stop) {
        self.step = Step::Over;
        let (why, here) = match stop {
            Stop::Here(why) => (why, true),
            Stop::There(why) => (why, false),
        };
        if here && let Ok(frame) = JoinMessage::Refusal(why).to_frame() {
            self.effects.push(NewcomerEffect::Send(frame));
        }
        self.effects.push(NewcomerEffect::Refused { why, here });
    }
}
