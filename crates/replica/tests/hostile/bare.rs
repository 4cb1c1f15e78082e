//! What automerge does with hostile bytes when it gets them: in this process where it only panics, in
//! a child process where it hangs, eats the memory or ends the process.

use std::{
    io::{BufRead, BufReader},
    panic::{AssertUnwindSafe, catch_unwind},
    process::{Command, Stdio},
    sync::Once,
    time::{Duration, Instant},
};

use automerge::{Automerge, Change, ROOT, transaction::Transactable};
use closeknit_replica::Document;

use crate::{content, run_lengths};

/// The bare library with Mallory's document.
pub(crate) fn automerge(document: &Document) -> Automerge {
    let mut bare = Automerge::new();
    let changes: Vec<_> = document.changes().map(|c| Change::try_from(c.bytes()).unwrap()).collect();
    bare.apply_changes(changes).unwrap();
    bare
}

/// What came of giving the library a chunk.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It said so.
    Refused,
    Panicked,
    /// It took the change, and what it saves then it cannot load.
    DoesNotLoadAgain,
    /// It took the change, and whoever asks for it gets other bytes.
    WrittenDifferently,
    /// It took the change, and the next local edit panics.
    CannotBeEdited,
    Sound,
}

/// Gives the library one chunk, and then does what a program does.
pub(crate) fn apply(document: &Document, chunk: &[u8]) -> Outcome {
    let mut bare = automerge(document);
    let attempt = quietly(|| {
        let Ok(change) = Change::try_from(chunk) else { return Outcome::Refused };
        let hash = change.hash();
        if bare.apply_changes([change]).is_err() {
            return Outcome::Refused;
        }
        if Automerge::load(&bare.save()).is_err() {
            return Outcome::DoesNotLoadAgain;
        }
        if bare.get_changes(&[]).iter().all(|change| change.hash() != hash) {
            return Outcome::WrittenDifferently;
        }
        let edits = || {
            for value in 0..3 {
                let mut transaction = bare.transaction();
                transaction.put(ROOT, "edit", value).unwrap();
                transaction.commit();
            }
        };
        if quietly(edits).is_none() { Outcome::CannotBeEdited } else { Outcome::Sound }
    });
    attempt.unwrap_or(Outcome::Panicked)
}

/// Runs `work`; nothing if it panics, which is not printed: these panics are expected.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    thread_local!(static QUIET: std::cell::Cell<bool> = const { std::cell::Cell::new(false) });
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                loud(panic);
            }
        }));
    });
    let before = QUIET.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    QUIET.set(before);
    done
}

/// How a child process ended that gave the library something.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    /// By itself: a stack overflow, a failed allocation.
    Died,
    /// It was ended: too long.
    Hung,
    /// It was ended: too much memory.
    Swelled,
}

/// After this a child that ought to end by itself, or to swell, will not.
pub(crate) const LONG: Duration = Duration::from_secs(60);
const MOST_MEMORY: u64 = 1 << 30;

/// Runs one attack on the library in a child process, under a watch that ends it after `patience` or at
/// a GiB.
pub(crate) fn in_a_child(attack: &str, patience: Duration) -> End {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "bare::child", "--ignored", "--nocapture"])
        .env("CLOSEKNIT_ATTACK", attack)
        .env("RUST_TEST_THREADS", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let begun = lines.any(|line| line.is_ok_and(|line| line.contains("the attack begins")));
    assert!(begun, "the child never came to the attack");
    let since = Instant::now();
    let end = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break if status.success() { End::Done } else { End::Died };
        }
        if memory(child.id()) > MOST_MEMORY {
            break End::Swelled;
        }
        if since.elapsed() > patience {
            break End::Hung;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    if matches!(end, End::Hung | End::Swelled) {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    end
}

/// Bytes a process has in memory; 0 where the system does not say.
fn memory(process: u32) -> u64 {
    let pages = std::fs::read_to_string(format!("/proc/{process}/statm"));
    let pages = pages.ok().and_then(|line| line.split(' ').nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * 4096
}

#[test]
#[ignore = "the other side of `in_a_child`"]
fn child() {
    let Ok(attack) = std::env::var("CLOSEKNIT_ATTACK") else { return };
    let attack: fn() = match attack.as_str() {
        "nothing" => || {},
        "operations" => run_lengths::read_operations_bomb,
        "predecessors" => run_lengths::read_predecessors_bomb,
        "names" => run_lengths::apply_names_bomb,
        "nesting" => content::hydrate_nested_maps,
        _ => panic!("no such attack"),
    };
    println!("\nthe attack begins");
    attack();
}

#[test]
fn a_child_that_does_nothing_ends_well() {
    assert_eq!(in_a_child("nothing", LONG), End::Done);
}
