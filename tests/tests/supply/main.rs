//! What Closeknit stands on that others made: how much of it there is, that it is what we chose, and that none of it
//! is older than a hole that was closed. `cargo deny` asks about licences and sources besides.
//!
//! A row here is moved by whoever makes it move, in the same change, with the reason in its message.
#![cfg(test)]

mod exceptions;
mod floors;
mod growth;
mod npm;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The top of the repository.
fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The text of a file of the repository.
fn read(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}
