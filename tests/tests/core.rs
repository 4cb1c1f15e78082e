//! The core does no I/O and has no clock and no dice (design: architecture, decision 5): time, randomness and
//! ids are passed in, so that the same events always give the same effects.
#![cfg(test)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The crates that are plain functions and state machines.
const CORE: [&str; 5] = ["ids", "domain", "trust", "replica", "sync"];

/// What reaches past what is passed in.
const OUTSIDE: [&str; 16] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::thread",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "Instant::now",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "SysRng",
    "rand::rng()",
    "getrandom::",
    "println!",
];

fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// The lines of a source file that reach outside, up to its tests, without comments.
fn reaching(source: &str) -> Vec<&str> {
    let code = source.split("#[cfg(test)]\nmod ").next().unwrap();
    let is_comment = |line: &str| line.trim_start().starts_with("//");
    let lines = code.lines().filter(|line| !is_comment(line));
    lines.filter(|line| OUTSIDE.iter().any(|outside| line.contains(outside))).map(str::trim).collect()
}

#[test]
fn the_core_takes_nothing_that_is_not_passed_in() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    for name in CORE {
        let files = rust_files(&crates.join(name).join("src"));
        assert!(!files.is_empty(), "{name} has no source");
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            assert_eq!(reaching(&source), [""; 0], "in {}", file.display());
        }
    }
}

#[test]
fn reaching_outside_is_found_in_code_and_nowhere_else() {
    let source = "\
//! Nothing here calls std::fs.
fn late() -> Timestamp {
    let now = Timestamp::now();
    now
}
#[cfg(test)]
mod tests {
    use std::fs;
}";
    assert_eq!(reaching(source), ["let now = Timestamp::now();"]);
}
