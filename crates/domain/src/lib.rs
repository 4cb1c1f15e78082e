//! The words and rules of mutual aid: what people write down, and what follows from it.
//!
//! Every record has one writer, and nobody writes a status (mutual-aid, *Records*). A record is one
//! of the types in [`record`]; what the screens show is computed from all of them and the time now.
//! There is no I/O here, no Automerge, and no clock.

pub mod category;
pub mod record;
pub mod text;
pub mod time;

pub use category::Category;
pub use closeknit_ids::MemberKind;
pub use record::{
    Amount, Answer, Basis, Capacity, Closed, Closure, Commitment, CommitmentRef, MemberRecords, Mode,
    Phrases, Post, PostKind, PostRef, Profile, Proxy, Record, Sealed, Unit, Verdict, Want, Withdrawal,
};
