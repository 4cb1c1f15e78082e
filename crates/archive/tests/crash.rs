//! The process is killed wherever it writes a backup: the older one stands whole until the new one does.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use std::{
    env, fs,
    ops::ControlFlow,
    process::{Command, ExitStatus, Stdio},
};

use closeknit_archive::{ArchiveError, Filling, SealTo, write};
use closeknit_ids::ActorId;
use story::*;

const TO: &str = "CLOSEKNIT_CRASH_WRITING_TO";
const AT: &str = "CLOSEKNIT_CRASH_AT";
const CHANGES: u64 = 24;

fn contents(bag: &mut Filling<'_, '_>, mut point: impl FnMut()) -> Result<(), ArchiveError> {
    bag.statement(b"found, signed")?;
    point();
    bag.document(MILLRACE, ROSA, 0, &[7; 2_500_000])?;
    for seq in 1..=CHANGES {
        point();
        bag.change(ActorId([1; 16]), seq, &[7; 9_000])?;
    }
    point();
    bag.readable("board.html", b"<!doctype html><title>Millrace</title>")
}

/// In a process of its own; ends it at the point that it is told, and writes the backup if it comes that far.
#[test]
#[ignore = "the other side of a process that is killed"]
fn writes_until_it_is_killed() {
    let Some(to) = env::var_os(TO) else { return };
    let at: usize = env::var(AT).unwrap().parse().unwrap();
    let passed = std::cell::Cell::new(0);
    let point = || {
        if passed.replace(passed.get() + 1) == at {
            std::process::abort();
        }
    };
    let recipients = [words().recipient()];
    let mut watch = |_| {
        point();
        ControlFlow::Continue(())
    };
    let seal = SealTo::Recipients(&recipients);
    write(to.as_ref(), &about(), seal, &laptop(), &mut watch, |bag| contents(bag, point)).unwrap();
}

/// Lets another process write a backup, which ends at a point, or where its file would be longer than so many
/// blocks of 512 bytes.
fn another_process(shelf: &Shelf, at: usize, blocks: Option<u64>) -> ExitStatus {
    let limit = blocks.map(|blocks| format!("ulimit -f {blocks}; ")).unwrap_or_default();
    let script = format!("ulimit -c 0; {limit}exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).arg(env::current_exe().unwrap());
    command.args(["--exact", "writes_until_it_is_killed", "--ignored"]);
    command.env(TO, &shelf.path).env(AT, at.to_string()).env("TMPDIR", shelf.directory.path());
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap()
}

#[test]
fn the_older_backup_stands_whole_wherever_the_process_is_killed() {
    let shelf = Shelf::with_backup();
    let older = shelf.bytes();
    let mut killed = 0;
    loop {
        let ended = another_process(&shelf, killed, None);
        if ended.success() {
            break;
        }
        killed += 1;
        assert!(shelf.bytes() == older && is_whole(&shelf.path), "killed at point {killed}");
    }
    assert!(killed > CHANGES as usize + 4, "{killed} points");
    assert!(shelf.bytes().len() > 2_500_000 && is_whole(&shelf.path), "the new one");
}

/// The system ends a process whose file grows beyond what is allowed, at that very write.
#[test]
fn the_older_backup_stands_whole_at_whichever_byte_the_process_is_killed() {
    let shelf = Shelf::with_backup();
    let older = shelf.bytes();
    let mut killed = 0;
    for blocks in (0..).step_by(64) {
        if another_process(&shelf, usize::MAX, Some(blocks)).success() {
            break;
        }
        killed += 1;
        assert!(shelf.bytes() == older && is_whole(&shelf.path), "killed at {} bytes", blocks * 512);
        for part in fs::read_dir(shelf.directory.path()).unwrap().map(|entry| entry.unwrap().path()) {
            if part != shelf.path {
                assert!(!is_whole(&part), "what is half written is no backup");
                fs::remove_file(part).unwrap();
            }
        }
    }
    assert!(killed > 70, "{killed} places");
    assert!(shelf.bytes().len() > 2_500_000 && is_whole(&shelf.path), "the new one");
}
