//! `cargo app soak`: what CI does for minutes, for as long as one likes.

use crate::{
    Call, debian,
    run::{Result, cargo, run},
    rust, say,
};

/// So many of each, unless another number is named.
const USUAL_KILLS: u32 = 1_000;
const USUAL_CASES: u32 = 10_000;
const USUAL_SEEDS: u32 = 50_000;

/// What is generated: the package, and the words after `cargo test`.
const GENERATED: &[(&str, &[&str])] = &[
    ("closeknit-domain", &["--test", "histories"]),
    ("closeknit-trust", &["--test", "all", "fold"]),
    // With how long the fold of a large circle takes.
    ("closeknit-trust", &["--test", "all", "speed", "--", "--include-ignored", "--nocapture"]),
    ("closeknit-hostile", &["--test", "files", "no_member_alone"]),
    ("closeknit-node", &["--test", "stories", "law", "--", "--nocapture"]),
    // Gone through whole, whatever the number of cases.
    ("closeknit-sync", &["--test", "sync", "interleavings", "--", "--include-ignored"]),
    ("closeknit-archive", &["--test", "corruption", "--", "--include-ignored", "--nocapture"]),
];

pub(crate) fn soak(call: Call) -> Result {
    let words: Vec<_> = call.words.iter().map(|word| word.to_string_lossy()).collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let (what, number) = match words.as_slice() {
        [] => ("--kills", None),
        [what] => (*what, None),
        [what, number] => (*what, Some(number.parse::<u32>().unwrap_or(0))),
        _ => ("", None),
    };
    match (what, number) {
        ("--kills", None) => kill(USUAL_KILLS),
        ("--cases", None) => generate(USUAL_CASES),
        ("--seeds", None) => live(USUAL_SEEDS),
        ("--kills", Some(number)) if number > 0 => kill(number),
        ("--cases", Some(number)) if number > 0 => generate(number),
        ("--seeds", Some(number)) if number > 0 => live(number),
        _ => Err("It is `cargo app soak [--kills NUMBER | --cases NUMBER | --seeds NUMBER]`.".to_owned()),
    }
}

fn kill(number: u32) -> Result {
    rust::ready()?;
    debian::ready(debian::COMPILER)?;
    say::step("cargo build --bin closeknit", "the member that is killed");
    run(cargo().args(["build", "--bin", "closeknit"]))?;
    say::step(&format!("{number} kills"), "nothing that was acknowledged may be lost; some two seconds each");
    run(cargo()
        .args(["test", "--package", "closeknit-tests", "--test", "kills", "--", "--nocapture"])
        .env("CLOSEKNIT_KILLS", number.to_string()))
}

/// Larger worlds and longer storms than in a check, on all cores. Each red seed is named with how to repeat it.
fn live(number: u32) -> Result {
    rust::ready()?;
    debian::ready(debian::COMPILER)?;
    say::step(
        &format!("{number} seeds"),
        "each a circle in hostile weather, and all must be well in the end",
    );
    run(cargo()
        .args(["test", "--release", "--package", "closeknit-simulator", "--test", "seeds", "whatever"])
        .args(["--", "--nocapture"])
        .env("CLOSEKNIT_NIGHT", "1")
        .env("CLOSEKNIT_SEEDS", number.to_string()))
}

fn generate(number: u32) -> Result {
    rust::ready()?;
    debian::ready(debian::COMPILER)?;
    for (package, words) in GENERATED {
        say::step(&format!("{number} cases of {package}"), "what nobody thought of may be among them");
        run(cargo()
            .args(["test", "--release", "--package", package])
            .args(*words)
            .env("PROPTEST_CASES", number.to_string()))?;
    }
    Ok(())
}
