//! The files in `tests/hostile`, how they are made, and that each gets its verdict.
//!
//! Every file is an idea of somebody who means harm, written down here with what the app is to make of it. The
//! files are made by this program; after a change of an idea, run it twice: the first run writes them and fails.
#![cfg(test)]
#![allow(clippy::string_slice, reason = "a test may stop at a surprise")]

mod backups;
mod bag;
mod changes;
#[path = "../../../../crates/replica/tests/hostile/craft.rs"]
mod craft;
mod frames;
mod invitations;
mod parcels;
mod signing;
mod statements;
mod tars;
mod texts;
mod tips;
mod together;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use closeknit_hostile::{Kind, acts_of_one_member};

/// However large what a file claims to hold, the app keeps to this much memory.
const MOST_MEMORY: usize = 96 * 1024 * 1024;
/// And to this much time, on a slow and busy machine without optimisation.
const MOST_TIME: Duration = Duration::from_secs(60);
/// All files together.
const MOST_BYTES: usize = 3 * 1024 * 1024;
const LIST: &str = "verdicts.txt";

#[global_allocator]
static MEMORY: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// An idea.
struct File {
    name: String,
    bytes: Vec<u8>,
    /// What the app is to make of it.
    verdict: String,
    /// The idea in words.
    why: &'static str,
}

fn file(name: &str, bytes: impl Into<Vec<u8>>, verdict: impl Into<String>, why: &'static str) -> File {
    File { name: name.into(), bytes: bytes.into(), verdict: verdict.into(), why }
}

fn files(kind: Kind) -> Vec<File> {
    match kind {
        Kind::Invitation => invitations::files(),
        Kind::Frame => frames::files(),
        Kind::Statement => statements::files(),
        Kind::Tip => tips::files(),
        Kind::Change => changes::files(),
        Kind::Backup => backups::files(),
        Kind::Tar => tars::files(),
        Kind::Parcel => parcels::files(),
        Kind::Ics => texts::for_calendars(),
        Kind::Csv => texts::for_tables(),
    }
}

fn folder(kind: Kind) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(kind.name())
}

/// What is in a folder, by name.
fn kept(kind: Kind) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder(kind)) else { return BTreeMap::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.file_name().unwrap().to_str().unwrap().into(), fs::read(path).unwrap())).collect()
}

/// What is to be in it: the files, and the list of them.
fn made(kind: Kind) -> BTreeMap<String, Vec<u8>> {
    let files = files(kind);
    let lines = files.iter().map(|File { name, verdict, why, .. }| format!("{name}\t{verdict}\t{why}\n"));
    let list = (LIST.to_owned(), lines.collect::<String>().into_bytes());
    let count = files.len();
    let made: BTreeMap<_, _> = files.into_iter().map(|file| (file.name, file.bytes)).chain([list]).collect();
    assert_eq!(made.len(), count + 1, "two files of {kind:?} have one name");
    made
}

#[test]
fn the_files_are_those_that_are_described_here() {
    let mut written = Vec::new();
    let (mut count, mut bytes, mut contents, mut doubled) = (0, 0, BTreeSet::new(), Vec::new());
    let all: Vec<_> = Kind::ALL.iter().map(|kind| (*kind, made(*kind))).collect();
    for (kind, made) in &all {
        let (kind, kept) = (*kind, kept(*kind));
        for (name, content) in made {
            bytes += content.len();
            if name != LIST {
                count += 1;
                if !contents.insert((kind, content)) {
                    doubled.push(format!("{}/{name}", kind.name()));
                }
            }
            if kept.get(name) != Some(content) {
                fs::create_dir_all(folder(kind)).unwrap();
                fs::write(folder(kind).join(name), content).unwrap();
                written.push(format!("{}/{name}", kind.name()));
            }
        }
        for name in kept.keys().filter(|name| !made.contains_key(*name)) {
            fs::remove_file(folder(kind).join(name)).unwrap();
            written.push(format!("{}/{name} (nobody knows it)", kind.name()));
        }
    }
    assert_eq!(doubled, Vec::<String>::new(), "these are the same as others");
    assert!(count >= 300, "{count} files");
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
    assert_eq!(written, Vec::<String>::new(), "these were not as described, and are now");
}

#[test]
fn every_file_gets_its_verdict() {
    let mut surprises = Vec::new();
    for kind in Kind::ALL {
        let all = kept(kind);
        let list = String::from_utf8(all[LIST].clone()).unwrap();
        for line in list.lines() {
            let [name, verdict, _] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
            let bytes = &all[name];
            let (before, since) = (MEMORY.allocated(), Instant::now());
            MEMORY.set_limit(before + MOST_MEMORY).unwrap();
            let judged = catch_unwind(|| kind.judge(name, bytes)).unwrap_or_else(|_| "a panic".into());
            MEMORY.set_limit(usize::MAX).unwrap();
            assert!(since.elapsed() < MOST_TIME, "{}/{name}: {:?}", kind.name(), since.elapsed());
            if judged != verdict {
                surprises.push(format!("{}/{name}: {judged} and not {verdict}", kind.name()));
            }
        }
        assert_eq!(list.lines().count() + 1, all.len(), "a file of {kind:?} has no verdict");
    }
    assert!(surprises.is_empty(), "\n{}", surprises.join("\n"));
}

/// The fuzz target `member` for a moment, with the same beginnings each time.
#[test]
fn no_member_alone_removes_anybody_makes_a_voter_or_writes_in_anothers_document() {
    use rand::{RngExt as _, SeedableRng as _};
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(256);
    let mut rng = rand::rngs::StdRng::seed_from_u64(1);
    let entered: usize = (0..cases)
        .map(|_| {
            let length = rng.random_range(8..400);
            let bytes: Vec<u8> = (0..length).map(|_| rng.random()).collect();
            acts_of_one_member(&bytes)
        })
        .sum();
    assert!(entered > 3 * cases, "mallory said only {entered} things");
}
