//! Many members on one thread, from one seed, in hostile weather. For tests only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a test may stop at a surprise: that is what it is for"
)]

mod calm;
mod checkers;
pub mod counts;
pub mod disk;
mod faults;
pub mod neighbourhood;
mod run;
pub mod saved;
pub mod trace;
pub mod weather;
mod workload;
pub mod workshop;
mod world;

pub use run::{Run, run, run_told};
pub use world::{Machine, Plan, World, Wrong};
