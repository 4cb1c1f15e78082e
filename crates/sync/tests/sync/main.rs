//! Machines of one circle that talk over links in memory.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod cost;
mod hostile;
mod joining;
mod samples;
mod stories;
mod swollen;
mod transcript;
mod village;
mod weather;
