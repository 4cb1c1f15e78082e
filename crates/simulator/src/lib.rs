//! Many members on one thread, out of one number, in hostile weather. For tests only.
//!
//! - [`neighbourhood`] is where they live: real engines on real (encrypted) databases, joined by a network in memory.
//!   The stories of `crates/node/tests/stories` are lived there too.
//! - [`World`] is a circle of one seed. Step by step its members make calls like those of any face (`workload`, `comings`), the
//!   [`weather`] turns, and things go wrong (`faults`, [`disk`]), some lie (`lies`, [`workshop`]), some are of a later version
//!   (`later`); then the faults stop, everybody meets (`calm`), and it is looked what must hold (`checkers`, `limits`),
//!   measured by what was answered ([`saved`]), but for what is gone by right (`excuses`).
//! - `beginnings` are circles that were founded once for all seeds.
//! - [`counts`] says how often each fault and each interesting state occurred: what never does is red.
//! - [`trace`] is one hash over all that happened. The same seed gives the same.
//!
//! # A seed that is red
//!
//! `cargo test` names it, what was wrong, and the command that lives through it once more with every line of its
//! trace:
//!
//! ```text
//! CLOSEKNIT_SEED=83 cargo test -p closeknit-simulator --test seeds whatever -- --nocapture
//! ```
//!
//! A night of them is `cargo app soak --seeds 50000`; its worlds are larger (`CLOSEKNIT_NIGHT=1`). A seed means
//! something as long as nothing draws from the dice that did not before, so every cause that was found gets a story
//! of its own among those of the crate that was wrong.
//!
//! # What is not random, and what is
//!
//! Whatever an engine draws comes from the dice it is given, and time is what the world says. Only age draws from the
//! system, for what is sealed; so no hash of sealed content is in the trace, and no decision of a world depends on one.
//!
//! # Bugs that are planted
//!
//! With the feature `planted` of this crate four known bugs can be turned on in a thread
//! ([`closeknit_ids::planted`]); `tests/planted.rs` shows after how many seeds each is found. Nothing else turns the
//! feature on, and a release does not compile with it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a test may stop at a surprise: that is what it is for"
)]

mod beginnings;
mod calm;
mod checkers;
mod comings;
pub mod counts;
pub mod disk;
mod excuses;
mod faults;
mod later;
mod lies;
mod limits;
pub mod neighbourhood;
mod run;
pub mod saved;
pub mod trace;
pub mod weather;
mod workload;
pub mod workshop;
mod world;

pub use run::{Run, red, run, run_all, run_told};
pub use world::{Machine, Plan, World, Wrong};
