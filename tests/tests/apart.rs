//! The real program starts itself to try a change that ended it before, and that process keeps to its
//! bounds.
#![cfg(test)]

mod member;

use std::{
    fs,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};
use closeknit_domain::{Closed, Closure, Record};
use closeknit_ids::{ActorId, RecordId};
use closeknit_node::{Apart as _, Bounds, Process, TRY_APART, Verdict};
use closeknit_replica::{Act, Document, Room, SignedHead};
use member::{closeknit, until_equal};
use serde_json::json;

/// What a machine has to try that holds nothing of a document with one record.
fn trial() -> Vec<u8> {
    let mut alice = Document::found();
    let at = "2026-11-24T11:00:00Z".parse().unwrap();
    let closure = Closure { post: RecordId([7; 16]), how: Closed::Met, at };
    let act = Act::add(RecordId([1; 16]), Record::Closure(closure));
    let change = alice.write(ActorId([1; 16]), 0, &[act]).unwrap().unwrap();
    let past = alice.past(change.hash()).unwrap();
    let mut room = Room::default();
    room.expect(SignedHead { hash: change.hash(), count: past.count, bytes: past.bytes });
    room.put(change.bytes()).unwrap();
    room.screen(&Document::found()).trial().unwrap()
}

fn process() -> Process {
    Process::of(closeknit(), [TRY_APART.into()])
}

#[test]
fn the_program_tries_what_it_is_given_within_bounds() {
    assert_eq!(process().try_out(&trial()), Verdict::Sound);
    let narrow = process().within(Bounds { memory: 1 << 20, seconds: 20 });
    let verdict = narrow.try_out(&trial());
    assert!(matches!(verdict, Verdict::Ended(_)), "{verdict:?}");
    let hurried = process().within(Bounds { memory: 1 << 30, seconds: 0 });
    assert_eq!(hurried.try_out(&trial()), Verdict::Ended("it did not come to an end".into()));
    // Neither of these is a verdict on a change.
    for nothing in [&b""[..], b"something else"] {
        let verdict = process().try_out(nothing);
        assert!(matches!(verdict, Verdict::Untried(_)), "{verdict:?}");
    }
    let gone = Process::of("/nowhere/closeknit", [TRY_APART.into()]);
    assert!(matches!(gone.try_out(&trial()), Verdict::Untried(_)));
}

#[test]
fn nobody_is_told_of_the_argument() {
    let help = Command::new(closeknit()).arg("--help").stdin(Stdio::null()).output().unwrap();
    assert!(!String::from_utf8(help.stdout).unwrap().contains(TRY_APART));
}

#[test]
fn what_ended_the_program_twice_is_tried_apart_and_taken_in() -> Result<()> {
    let (mut alice, mut bob) = member::alice_and_bob()?;
    bob.kill();
    let post = json!({ "kind": "need", "category": "errand", "title": "Two heavy bags", "mode": "choose" });
    alice.call("post", &post)?;
    let address = alice.address()?;
    alice.kill();

    // As if bob's program had ended over it twice.
    let written = alice.database(&alice.profile.path().join("closeknit.db"))?;
    let (circle, doc, hash): (Vec<u8>, Vec<u8>, Vec<u8>) =
        written.query_row("SELECT circle, doc, hash FROM change ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    drop(written);
    let ended = bob.database(&bob.profile.path().join("closeknit.db"))?;
    ended.execute(
        "INSERT INTO in_flight (circle, doc, hash, attempts) VALUES (?1, ?2, ?3, 2)",
        (circle, doc, hash),
    )?;
    drop(ended);

    alice.run(&[])?;
    bob.run(&[&address])?;
    until_equal(&alice, &bob)?;
    assert_eq!(bob.titles()?, ["Two heavy bags"]);
    let log = fs::read_to_string(bob.profile.path().join("log/closeknit.log"))?;
    let tried: Vec<_> = log.lines().filter(|line| line.contains("tried in a process of its own")).collect();
    assert_eq!(tried.len(), 1, "{tried:?}");
    let tried = tried.first().context("nothing was tried")?;
    assert!(tried.contains("Sound"), "{tried}");
    bob.kill();
    let ended = bob.database(&bob.profile.path().join("closeknit.db"))?;
    assert_eq!(ended.query_row("SELECT count(*) FROM in_flight", [], |row| row.get::<_, u32>(0))?, 0);
    Ok(())
}
