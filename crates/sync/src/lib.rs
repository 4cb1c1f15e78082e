//! What two machines of one circle say to each other, as a state machine over frames.
//!
//! - [`Sync`] takes an [`Event`] and the time, and returns [`Effect`]s: no sockets, no clock, no
//!   storage, no judgement of its own. One per circle.
//! - [`Holdings`] is what it asks its own machine: what is here, and what is to be thought of others.
//!   Statements, tips and changes are opaque bytes to it.
//! - [`join`] is the other conversation: how a newcomer gets in.
//! - [`frame`] and [`message`] are the bytes on the wire, and in a [`parcel`].
//!
//! The life of a connection (trust-and-sync, *The wire*):
//!
//! ```text
//! dialler                                    listener
//! Hello, Proof, Summary              →       judges the chain; says nothing before
//! judges the chain                   ←       Hello, Proof, and a Verdict if all is equal; else
//!                                    ←       StatementSums: 256 short numbers
//! StatementIds of unequal buckets    →
//!                                    ←       StatementOffers; StatementWants, as the dialler too
//! Statements, Summary                →       documents only from here on, and only if active
//!                                    ←       DocumentSums: 256 short numbers
//! DocumentEntries, short vectors     →
//!                                    ←       DocumentNews if short, DocumentOffers, DocumentAsks
//! DocumentAnswers, DocumentAsks, …   →       piece by piece, each when the one before was taken
//! Summary                            →
//!                                    ←       Verdict: equal
//! ```
//!
//! From then on whatever grows is pushed at once, and followed by a Summary and a Verdict.
//!
//! ```
//! use closeknit_sync::{Effect, Event, Holdings, Sync};
//!
//! /// What an engine does with an event: the effects, in their order.
//! fn on_event(sync: &mut Sync, now_ms: u64, event: Event, holdings: &mut impl Holdings) {
//!     for effect in sync.handle(now_ms, event, holdings) {
//!         match effect {
//!             Effect::Send { conn, frame } => println!("{conn:?} gets {} bytes", frame.len()),
//!             Effect::Close { conn, why } => println!("{conn:?} ends: {why:?}"),
//!             Effect::TakeStatements { ticket, .. } | Effect::TakeDocuments { ticket, .. } => {
//!                 // Judged and kept; what is new is told as `Stated` or `Grew`. Then:
//!                 on_event(sync, now_ms, Event::Taken { ticket }, holdings);
//!             }
//!             Effect::Equal { conn } => println!("{conn:?} has the same"),
//!             Effect::Known { .. } | Effect::Settled { .. } | Effect::Shun { .. } | Effect::Clock { .. } => {}
//!         }
//!     }
//! }
//! ```

pub mod frame;
pub mod holdings;
pub mod join;
pub mod message;
pub mod parcel;

mod bounded;
mod conduct;
mod conn;
mod digest;
mod documents;
mod event;
mod greeting;
mod limits;
mod pack;
mod statements;
mod stock;
mod sync;
mod tally;
mod turn;
mod ways;

pub use digest::{Buckets, Root, ShortDigest};
pub use event::{ConnId, Effect, Ending, Event, Outdated, Ticket};
pub use holdings::{Entry, Gone, Holdings, Piece, Position, Standing, Version};
pub use limits::Limits;
pub use sync::Sync;
pub use tally::{Agreement, Exchanged, Neighbour, Tally};
