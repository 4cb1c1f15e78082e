//! Many members on one thread, from one seed, in hostile weather. For tests only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a test may stop at a surprise: that is what it is for"
)]

pub mod disk;
pub mod neighbourhood;
pub mod trace;
pub mod weather;
pub mod workshop;
