//! What released versions said is understood for ever.
//!
//! `frames-v1.txt` never changes. It holds one frame of every kind, by name, and a conversation of
//! bob, who dialled, with alice. What is said since stands in a file of its own, `frames-since-v1.txt`; the
//! text to put there is what the first test prints when it fails.

use closeknit_sync::{Event, join::JoinMessage, message::Message};

use crate::{
    samples,
    village::{ALICE, BOB, Village, conn, shelf::Says},
};

const VERSION_1: &str = include_str!("../frames-v1.txt");
const SINCE: &str = include_str!("../frames-since-v1.txt");

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn lines(text: &str) -> Vec<(&str, Vec<u8>)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').unwrap()).map(|(name, hex)| (name, bytes(hex))).collect()
}

/// Both have posts, alice knows of somebody more: every kind of round happens.
fn before_they_meet() -> Village {
    let mut village = Village::of(3);
    village.shelf(ALICE).write(b"a lift on Thursday");
    village.shelf(ALICE).state(Says::Note(b"vouch".to_vec()));
    village.shelf(BOB).write(b"soup for six");
    village.shelf(BOB).write(&[7; 20_000]);
    village
}

/// What this version says, as the file has it.
fn transcript() -> String {
    let mut text = String::new();
    let mut line = |name: &str, frame: &[u8]| text.push_str(&format!("{name} {}\n", hex(frame)));
    for (name, message) in samples::messages() {
        line(name, &message.to_frame().unwrap());
    }
    for (name, message) in samples::join_messages() {
        line(name, &message.to_frame().unwrap());
    }
    let mut village = before_they_meet();
    let connection = village.connect(BOB, ALICE);
    village.settle();
    assert!(village.is_equal(connection));
    village.write(ALICE, b"a ladder to lend");
    village.settle();
    for said in &village.said {
        line(if said.from == BOB { "bob:" } else { "alice:" }, &said.frame);
    }
    text
}

#[test]
fn this_version_says_what_the_transcript_says() {
    let frozen = [lines(VERSION_1), lines(SINCE)].concat();
    let names: Vec<&str> = frozen.iter().map(|(name, _)| *name).collect();
    let ours = transcript();
    for (name, frame) in lines(&ours).iter().filter(|(name, _)| !name.ends_with(':')) {
        let Some((_, then)) = frozen.iter().find(|(known, _)| known == name) else {
            panic!("{name} is not in the transcript, which has {names:?}. This version says:\n{ours}");
        };
        // How well something is deflated may change.
        assert!(name.ends_with("deflated") || frame == then, "{name} was otherwise in version 1");
    }
}

#[test]
fn every_frame_of_version_1_is_understood() {
    let frozen = [lines(VERSION_1), lines(SINCE)].concat();
    let meaning = |name: &str| frozen.iter().find(|(known, _)| *known == name).unwrap().1.clone();
    for (name, message) in samples::messages() {
        assert_eq!(Message::from_frame(&meaning(name)).unwrap(), Some(message), "{name}");
    }
    for (name, message) in samples::join_messages() {
        let heard = JoinMessage::from_frame(&meaning(name)).unwrap().unwrap();
        // Whoever is to update is seen from the other side.
        if name != "join-refusal-version" {
            assert_eq!(heard, message, "{name}");
        }
    }
}

#[test]
fn with_a_machine_of_version_1_everybody_comes_to_have_the_same() {
    let frozen = lines(VERSION_1);
    for (recorded, listening) in [("bob:", ALICE), ("alice:", BOB)] {
        let mut village = before_they_meet();
        let connection = village.connect(BOB, ALICE);
        for (_, frame) in frozen.iter().filter(|(name, _)| *name == recorded) {
            village.tell(listening, Event::Frame { conn: conn(connection), bytes: frame.clone() });
            while village.work(listening) {}
        }
        let shelf = &village.machines[listening].shelf;
        assert!(shelf.has_text(b"soup for six") && shelf.has_text(b"a lift on Thursday"));
        assert!(shelf.has_text(&[7; 20_000]) && shelf.staged() == 0);
        assert!(village.is_up(connection));
        let end = usize::from(listening == ALICE);
        assert!(village.lines[connection].equal[end] > 0, "{recorded}");
    }
}
