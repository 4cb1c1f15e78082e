//! A member's document: how it is laid out, written and read, how it begins afresh, and the gate
//! through which everybody else's changes come in (trust-and-sync, *Documents* and *The gate*).
//!
//! A [`Document`] is an Automerge document of which every change is known by hash. Its owner writes
//! [`Act`]s to it; anybody reads its records, tolerantly. Changes of others wait in a [`Room`] until
//! a [`SignedHead`] vouches for them, are screened by their headers alone, and only then shown to
//! Automerge, on a copy. No function here does I/O, asks a clock or draws a random number.
//!
//! ```
//! use closeknit_domain::{Closed, Closure, Record};
//! use closeknit_ids::{ActorId, RecordId};
//! use closeknit_replica::{Act, Document, Room, SignedHead};
//!
//! // Rosa writes.
//! let mut rosa = Document::found();
//! let closure = Closure { post: RecordId([1; 16]), how: Closed::Met, at: "2026-11-12T12:40:00Z".parse()? };
//! let act = Act::add(RecordId([2; 16]), Record::Closure(closure));
//! let change = rosa.write(ActorId([9; 16]), 1_794_487_200, &[act])?.ok_or("nothing to write")?;
//!
//! // Sam's machine has her tip, whose signature it checked, and the bytes of the change.
//! let past = rosa.past(change.hash()).ok_or("just written")?;
//! let copy = Document::found();
//! let mut room = Room::default();
//! room.expect(SignedHead { hash: change.hash(), count: past.count, bytes: past.bytes });
//! room.put(change.bytes())?;
//! let screened = room.screen(&copy);
//! // ... here it writes down that this change is in flight ...
//! assert_eq!(screened.in_flight(), Some(change.hash()));
//! let admission = screened.apply();
//! assert_eq!(admission.document.read(), rosa.read());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod change;
mod document;
mod doubled;
mod fault;
mod fields;
mod gate;
mod generation;
mod golden;
mod header;
mod history;
mod limits;
pub mod locked;
mod marks;
mod operations;
mod reader;
mod reading;
mod replay;
mod runs;
mod schema;
mod slim;
mod texts;
mod vector;
mod writing;

pub use change::{Framing, RawChange};
pub use document::{Document, RebuildError};
pub use fault::{Fault, Limit};
pub use gate::{Admission, Refusal, Room, Screened, Unsound, try_out};
pub use generation::NextGeneration;
pub use limits::{ChangeLimits, LIMITS, Limits};
pub use marks::Mark;
pub use reading::Reading;
pub use slim::Slim;
pub use vector::{Extent, Reached, SignedHead, Vector};
pub use writing::{Act, WriteError};
