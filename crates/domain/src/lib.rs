//! The words and rules of mutual aid: what people write down, and what follows from it.
//!
//! Every record has one writer, and nobody writes a status (mutual-aid, *Records*). A record is one
//! of the types in [`record`]; what the screens show is computed from all of them and the time now.
//! There is no I/O here, no Automerge, and no clock.

mod basis;
mod board;
pub mod category;
pub mod expiry;
mod first;
mod flags;
mod fold;
mod groups;
pub mod hours;
mod known;
mod order;
pub mod record;
mod seats;
pub mod state;
pub mod text;
pub mod time;
pub mod when;
pub mod words;

pub use basis::{basis, basis_fields};
pub use board::Board;

pub use category::Category;
pub use closeknit_ids::MemberKind;
pub use first::{Accept, to_accept};
pub use hours::Load;
pub use known::Known;
pub use record::{
    Amount, Answer, Basis, Capacity, Closed, Closure, Commitment, CommitmentRef, MemberRecords, Mode,
    Phrases, Post, PostKind, PostRef, Profile, Proxy, Record, Sealed, Unit, Verdict, Want, Withdrawal,
};
pub use seats::Seat;
pub use state::{
    Amounts, AnswerRef, CommitmentState, CommitmentStatus, PostFlag, PostState, PostStatus, Void,
};
pub use time::{Window, Zone};
pub use words::Sentence;
