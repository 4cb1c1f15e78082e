//! Who may know whom (design: architecture, layout): a crate that reaches past its neighbours is found here.
#![cfg(test)]

use std::{collections::BTreeSet, env, process::Command};

use serde_json::{Value, json};

/// Our crates, and those of ours that each may know. Arrows run one way: a crate knows only crates above it.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("xtask", &[]),
    ("ids", &[]),
    ("domain", &["ids"]),
    ("trust", &["ids"]),
    ("replica", &["ids", "domain", "trust"]),
    ("sync", &["ids", "trust", "replica"]),
    ("store", &["ids", "trust", "replica"]),
    ("archive", &["ids", "trust", "replica"]),
    ("net", &["ids", "trust", "sync"]),
    ("api", &[]),
    ("node", &["ids", "domain", "trust", "replica", "sync", "store", "archive", "net", "api"]),
    ("web", &["api", "node"]),
    ("say", &["api"]),
    ("cli", &["api", "node", "web", "say"]),
    ("app", &["api", "node", "say"]),
    (
        "tests",
        &["ids", "domain", "trust", "replica", "sync", "store", "archive", "net", "api", "node", "web"],
    ),
    ("hostile", &["ids", "domain", "trust", "replica", "sync", "archive"]),
    ("simulator", &["ids", "domain", "trust", "replica", "sync", "store", "net", "api", "node"]),
    ("bench", &["ids", "domain", "trust", "replica", "sync", "store", "net", "api", "node", "tests"]),
];

/// Crates of others that only some of ours may know. A star stands for any ending.
const KNOWN_TO: &[(&str, &[&str])] = &[
    ("tauri*", &["app"]),
    ("gio", &["app"]),
    ("tokio*", &["net", "node", "web", "cli", "app", "tests", "bench"]),
    ("iroh*", &["net", "bench"]),
    ("swarm-discovery", &["net"]),
    ("automerge", &["replica", "bench"]),
    ("rusqlite", &["store", "bench"]),
    ("axum", &["web"]),
    ("samod*", &["bench"]),
];

/// What a crate's own tests may know besides, each with its reason.
const IN_TESTS: &[(&str, &str, &str)] = &[
    ("store", "automerge", "it keeps real changes, which it never reads"),
    ("node", "closeknit-hostile", "a whole member is to make of its files what their verdicts say"),
    ("node", "closeknit-simulator", "its stories are lived in the neighbourhood of the simulator"),
    ("tests", "closeknit-simulator", "a day between neighbours is lived through in one process"),
    ("tests", "iroh", "strangers have a network of their own"),
    ("tests", "rusqlite", "what a killed member was doing stands in its log"),
];

/// The repository's commands come before everything else, so they build on nothing.
const STD_ONLY: &str = "xtask";

/// A line of one crate's dependencies.
#[derive(Clone, Copy)]
struct Arrow<'metadata> {
    from: &'metadata str,
    to: &'metadata str,
    only_in_tests: bool,
}

impl Arrow<'_> {
    fn complaint(&self) -> Option<String> {
        let Self { from, to, only_in_tests } = *self;
        if only_in_tests && IN_TESTS.iter().any(|(who, whom, _)| (*who, *whom) == (from, to)) {
            return None;
        }
        let is_right = if from == STD_ONLY {
            false
        } else if let Some(ours) = to.strip_prefix("closeknit-") {
            row(MAY_KNOW, from).contains(&ours)
        } else {
            KNOWN_TO.iter().all(|(pattern, knowers)| !matches(pattern, to) || knowers.contains(&from))
        };
        (!is_right).then(|| format!("{from} may not know {to}"))
    }
}

fn row<'table>(table: &[(&str, &'table [&'table str])], name: &str) -> &'table [&'table str] {
    table.iter().find(|(of, _)| *of == name).map_or(&[], |(_, row)| row)
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

fn text<'metadata>(value: &'metadata Value, field: &str) -> &'metadata str {
    value[field].as_str().unwrap_or_default()
}

fn crates(metadata: &Value) -> Vec<&str> {
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(|package| text(package, "name").strip_prefix("closeknit-").unwrap()).collect()
}

fn arrows(metadata: &Value) -> Vec<Arrow<'_>> {
    let packages = metadata["packages"].as_array().unwrap();
    let of = |package| {
        let from = text(package, "name").strip_prefix("closeknit-").unwrap();
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        dependencies.map(move |dependency| Arrow {
            from,
            to: text(dependency, "name"),
            only_in_tests: text(dependency, "kind") == "dev",
        })
    };
    packages.iter().flat_map(of).collect()
}

fn complaints(metadata: &Value) -> Vec<String> {
    arrows(metadata).iter().filter_map(Arrow::complaint).collect()
}

fn metadata() -> Value {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output =
        Command::new(cargo).args(["metadata", "--format-version", "1", "--no-deps"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_crate_knows_only_whom_it_may() {
    let metadata = metadata();
    assert_eq!(complaints(&metadata), [""; 0]);
    let (here, listed): (BTreeSet<&str>, BTreeSet<&str>) =
        (crates(&metadata).into_iter().collect(), MAY_KNOW.iter().map(|(name, _)| *name).collect());
    assert_eq!(here, listed, "the crates that are here, and those that this test knows of");
    // The rules speak of crates that are really used, and the exceptions are needed.
    let arrows = arrows(&metadata);
    for (pattern, _) in KNOWN_TO {
        assert!(arrows.iter().any(|arrow| matches(pattern, arrow.to)), "nobody uses {pattern} any more");
    }
    for (from, to, _) in IN_TESTS {
        let is_used = arrows.iter().any(|arrow| arrow.only_in_tests && (arrow.from, arrow.to) == (from, to));
        assert!(is_used, "the tests of {from} do not use {to} any more");
    }
}

#[test]
fn the_arrows_run_one_way() {
    for (index, (name, known)) in MAY_KNOW.iter().enumerate() {
        for other in *known {
            assert!(
                MAY_KNOW[..index].iter().any(|(above, _)| above == other),
                "{name} knows {other} below it"
            );
        }
    }
}

#[test]
fn each_kind_of_wrong_arrow_is_found() {
    let with = |from: &str, to: &str, kind: Option<&str>| {
        let dependency = json!({ "name": to, "kind": kind });
        complaints(
            &json!({ "packages": [{ "name": format!("closeknit-{from}"), "dependencies": [dependency] }] }),
        )
    };
    assert_eq!(with("cli", "closeknit-store", None), ["cli may not know closeknit-store"]);
    assert_eq!(with("domain", "closeknit-trust", Some("dev")), ["domain may not know closeknit-trust"]);
    assert_eq!(with("node", "tauri-build", Some("build")), ["node may not know tauri-build"]);
    assert_eq!(with("sync", "tokio", None), ["sync may not know tokio"]);
    assert_eq!(with("xtask", "serde", None), ["xtask may not know serde"]);
    assert_eq!(with("store", "automerge", None), ["store may not know automerge"]);
    assert_eq!(with("unheard-of", "closeknit-ids", None), ["unheard-of may not know closeknit-ids"]);
    assert_eq!(with("store", "automerge", Some("dev")), [""; 0]);
    assert_eq!(with("web", "closeknit-node", None), [""; 0]);
}
