//! How a newcomer gets in, as two small state machines over the frames of one connection.
//!
//! ```text
//! newcomer                                     inviter
//! Hello, Ask {proof, who}             →        the engine judges the proof
//!                                     ←        Hello, Welcome {who, commitment}   or Refusal
//! Commitment                          →
//!                                     ←        Nonce
//! Nonce                               →        both screens show the code; both persons confirm
//! Confirmed                          ← →       Confirmed
//!      only if the circle is a draft  ←        Offer {Found signed by the inviter}
//! Signature {over that Found}         →        the circle begins
//!      in any case                    ←        Circle {Found signed by both founders}
//! Enrol                               →        the engine admits
//!                                     ←        Statements, one frame for each Next
//! Done                                →
//! ```
//!
//! Who is who, what a proof proves and which code follows from the nonces is not judged here: the
//! engine makes and checks those bytes. Either side may refuse at any step, with a reason that both
//! screens show.
//!
//! What the engine keeps, it keeps before the machine is told: so somebody whose connection broke off
//! may ask again with the same invitation, as the same member, and comes to the same end.

mod inviter;
mod link;
mod message;
mod newcomer;

pub use inviter::{Inviter, InviterEffect, InviterEvent};
pub use message::{Ask, Bytes, JoinMessage, Refusal, Welcome};
pub use newcomer::{Newcomer, NewcomerEffect, NewcomerEvent};
