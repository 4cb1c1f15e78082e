//! What two machines of one circle say to each other, as a state machine over frames.
//!
//! - [`Sync`] takes an [`Event`] and the time, and returns [`Effect`]s: no sockets, no clock, no
//!   storage, no judgement of its own. One per circle.
//! - [`Holdings`] is what it asks its own machine: what is here, and what is to be thought of others.
//!   Statements, tips and changes are opaque bytes to it.
//! - [`join`] is the other conversation: how a newcomer gets in.
//! - [`frame`] and [`message`] are the bytes on the wire, and in a parcel.
pub mod frame;
pub mod holdings;
pub mod join;
pub mod message;

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

pub use digest::{Buckets, Root};
pub use event::{ConnId, Effect, Ending, Event, Outdated, Ticket};
pub use holdings::{Entry, Holdings, Piece, Position, Standing, Version};
pub use limits::Limits;
pub use sync::Sync;
pub use tally::{Agreement, Exchanged, Neighbour, Tally};
