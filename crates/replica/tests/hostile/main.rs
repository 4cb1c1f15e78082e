//! Every known way to break automerge 0.12 (trust-and-sync, *The gate*): each test first shows what the
//! library does with such bytes when it gets them, then that the gate refuses them and that nothing
//! else is touched.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the library alone is what these tests show")]

mod bare;
mod compression;
mod content;
mod craft;
mod form;
mod gatehouse;
mod graph;
mod mutations;
mod run_lengths;
