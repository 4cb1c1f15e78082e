//! Machines of one circle that talk over links in memory.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod asking;
mod belonging;
mod cost;
mod hostile;
mod interleavings;
mod joining;
mod meeting;
mod parcel;
mod patience;
mod samples;
mod stalling;
mod swollen;
mod transcript;
mod village;
mod weather;
