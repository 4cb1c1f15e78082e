//! `cargo app advisories`: known weaknesses in what we build on. Not part of the tests, since the answer
//! changes with the world and not with the code.

use std::process::Command;

use crate::{
    Call,
    run::{Result, run},
    rust, say,
};

/// Where the database is kept.
const DATABASE: &str = "https://github.com/RustSec/advisory-db";

pub(crate) fn advisories(call: Call) -> Result {
    rust::ready()?;
    let mut deny = rust::deny()?;
    match call.words.as_slice() {
        [] => say::step("cargo-deny check advisories", &format!("with {DATABASE}")),
        [copy] => {
            let copy = call.from.join(copy);
            say::step("cargo-deny check advisories", &format!("with the copy in {}", copy.display()));
            instead(&mut deny, &format!("file://{}", copy.display()));
        }
        _ => return Err("`cargo app advisories` takes at most one directory.".into()),
    }
    run(deny.args(["check", "advisories"]))
}

/// Sends git to a copy of the database.
fn instead(deny: &mut Command, copy: &str) {
    deny.env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", format!("url.{copy}.insteadOf"))
        .env("GIT_CONFIG_VALUE_0", DATABASE);
}
