//! `cargo app soak`: what CI does for minutes, for as long as one likes.

use crate::{
    Call, debian,
    run::{Result, cargo, run},
    rust, say,
};

/// So many kills, unless another number is named.
const USUAL_KILLS: &str = "1000";

pub(crate) fn soak(call: Call) -> Result {
    let words: Vec<_> = call.words.iter().map(|word| word.to_string_lossy()).collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let kills = match words.as_slice() {
        [] | ["--kills"] => USUAL_KILLS,
        ["--kills", number] if number.parse::<u32>().is_ok_and(|number| number > 0) => number,
        _ => return Err("It is `cargo app soak [--kills NUMBER]`.".to_owned()),
    };
    rust::ready()?;
    debian::ready(debian::COMPILER)?;
    say::step("cargo build --bin closeknit", "the member that is killed");
    run(cargo().args(["build", "--bin", "closeknit"]))?;
    say::step(&format!("{kills} kills"), "nothing that was acknowledged may be lost; some two seconds each");
    run(cargo()
        .args(["test", "--package", "closeknit-tests", "--test", "kills", "--", "--nocapture"])
        .env("CLOSEKNIT_KILLS", kills))
}
