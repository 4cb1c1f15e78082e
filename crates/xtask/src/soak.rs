//! `cargo app soak`: what CI does for minutes, for as long as one likes.

use crate::{
    Call, debian,
    run::{Result, cargo, run, run_reading},
    rust, say,
    test::root_runner,
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
        ("--networks", None) => {
            measure("networks", "six members on networks of every kind; a quarter of an hour")
        }
        ("--flood", None) => {
            measure("flood", "strangers and hostile members in crowds; a quarter of an hour")
        }
        ("--kills", Some(number)) if number > 0 => kill(number),
        ("--cases", Some(number)) if number > 0 => generate(number),
        ("--seeds", Some(number)) if number > 0 => live(number),
        _ => Err("It is `cargo app soak [--kills NUMBER | --cases NUMBER | --seeds NUMBER | --networks | --flood]`."
            .to_owned()),
    }
}

fn kill(number: u32) -> Result {
    rust::ready()?;
    debian::ready(debian::COMPILER)?;
    say::step("cargo build --release --bin closeknit", "the member that is killed");
    run(cargo().args(["build", "--release", "--bin", "closeknit"]))?;
    say::step(
        &format!("{number} kills"),
        "nothing that was acknowledged may be lost; nine a second on two cores",
    );
    run(cargo()
        .args(["test", "--release", "--package", "closeknit-tests", "--test", "kills", "--", "--nocapture"])
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

/// Runs all stories of a test with real members, those for the night too, and prints the rows of figures that they
/// print among other things as one table.
fn measure(test: &str, why: &str) -> Result {
    rust::ready()?;
    debian::ready(debian::COMPILER)?;
    say::step("cargo build --bin closeknit", "the members");
    run(cargo().args(["build", "--bin", "closeknit"]))?;
    say::step(test, why);
    let mut stories = cargo();
    stories.arg("test").args(root_runner()?).args(["--package", "closeknit-tests", "--test", test]);
    // One after the other: each is timed.
    stories.args(["--", "--include-ignored", "--nocapture", "--test-threads", "1"]);
    let mut table = String::new();
    let well = run_reading(&mut stories, |line| {
        if let Some((_, row)) = line.split_once("| ") {
            table.push_str(&format!("| {row}\n"));
        }
    })?;
    println!("\n| What | Figure | Bound |\n|---|---|---|\n{table}");
    if well { Ok(()) } else { Err(format!("Not all of {test} went well.")) }
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
