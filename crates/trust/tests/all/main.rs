//! What the crate promises, told as stories of alice, bob and their neighbours.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may stop at the first surprise")]

mod chain;
mod fold;
mod frozen;
mod ledger;
mod roster;
mod speed;
mod statements;
mod support;
