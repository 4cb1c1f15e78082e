//! Documents as their owners and their neighbours meet them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests may stop at the first surprise

mod gate;
mod generations;
mod histories;
mod records;
mod support;
