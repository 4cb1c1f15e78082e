//! Carried by foot: what one machine wrote to a stick, and another reads.

use std::{fs, path::PathBuf};

use closeknit_api::{ErrorCode, calls, views::BackupReport};
use closeknit_archive::{ArchiveError, write_parcel};
use closeknit_ids::DeviceId;
use closeknit_sync::{
    frame::with_length,
    message::{Hello, Message, Proof, Statements, Writer},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

use crate::forgetting::second_machine;

fn stick(street: &Neighbourhood, person: Person, name: &str) -> String {
    street.profile(person).parent().unwrap().join(name).display().to_string()
}

fn writes(street: &mut Neighbourhood, person: Person, name: &str) -> String {
    let path = stick(street, person, name);
    let report = street.tell(person, &calls::WriteParcel { path: path.clone(), to: None });
    assert_eq!(u64::from(report.bytes), fs::metadata(&path).unwrap().len());
    path
}

fn read(path: &str) -> calls::ReadParcel {
    calls::ReadParcel { path: path.into() }
}

fn reads(street: &mut Neighbourhood, person: Person, path: &str) -> BackupReport {
    street.tell(person, &read(path))
}

fn held(street: &mut Neighbourhood, person: Person) -> String {
    street.tell(person, &calls::CountAll {}).digest
}

#[test]
fn two_machines_that_no_network_joins_come_to_have_the_same() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    street.part_all();
    let need = street.needs(alice, "Lift to the eye clinic");
    street.needs(bob, "A ladder for Saturday");
    let there = writes(&mut street, alice, "there");
    let report = reads(&mut street, bob, &there);
    assert_eq!((report.says.id.as_str(), report.notes.len()), ("backup-restored", 0), "{report:?}");
    assert_eq!(street.titles(bob), ["A ladder for Saturday", "Lift to the eye clinic"]);

    // He promises, and carries his answer back.
    street.promises(bob, &need);
    let before = street.shows(alice, &need).delivery;
    let back = writes(&mut street, bob, "back");
    reads(&mut street, alice, &back);
    street.all_equal(&[alice, bob]);
    assert_eq!(street.shows(alice, &need).delivery, before, "nobody was met: nothing counts as there");
    assert_eq!(reads(&mut street, alice, &back).says.id, "backup-restored-nothing");
    assert_eq!(
        reads(&mut street, bob, &there).says.id,
        "backup-restored-nothing",
        "an old one after a newer"
    );

    // Who was away gets everything of everybody from one stick, and shares it over the wire.
    let all = writes(&mut street, bob, "all");
    reads(&mut street, carol, &all);
    street.all_equal(&people);
    assert_eq!(street.titles(carol), ["A ladder for Saturday", "Lift to the eye clinic"]);
    for person in people {
        assert_eq!(street.tell(person, &calls::Rebuild {}).changed, 0);
        street.switch_off(person);
        street.switch_on(person).unwrap();
    }
}

/// A file and the words make it one of hers; no network ever joins it to any other.
#[test]
fn a_machine_that_only_gets_files_is_one_of_hers_all_the_same() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.all_equal(&people);
    let cabin = second_machine(&mut street, alice, "cabin");
    street.part_all();
    let edit = |change: calls::Edit| calls::Edit { id: need.clone(), ..change };
    street
        .tell(alice, &edit(calls::Edit { title: Some("Lift to the dentist".into()), ..Default::default() }));
    street.tell(cabin, &edit(calls::Edit { detail: Some("Third floor".into()), ..Default::default() }));

    let (there, back) = (writes(&mut street, alice, "there"), writes(&mut street, cabin, "back"));
    reads(&mut street, cabin, &there);
    reads(&mut street, alice, &back);
    street.all_equal(&[alice, cabin]);
    reads(&mut street, bob, &back);
    reads(&mut street, bob, &there);
    street.all_equal(&[alice, cabin, bob]);
    for person in [alice, cabin, bob] {
        let post = street.shows(person, &need);
        assert_eq!(post.card.title, "Lift to the dentist");
        assert_eq!(post.detail.as_deref(), Some("Third floor"));
    }
    for own in [alice, cabin] {
        assert_eq!(street.tell(own, &calls::Machines {}).machines.len(), 2);
    }
}

#[test]
fn what_came_by_foot_goes_on_over_the_wire() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    street.part(alice);
    street.needs(alice, "Lift to the eye clinic");
    let path = writes(&mut street, alice, "stick");
    reads(&mut street, bob, &path);
    assert_eq!(street.titles(carol), ["Lift to the eye clinic"]);
    street.all_equal(&people);
}

#[test]
fn parcels_in_any_order_and_however_often_bring_the_same() {
    for seed in 0..8 {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
        street.part_all();
        let mut rng = StdRng::seed_from_u64(seed);
        let mut sticks = Vec::new();
        for n in 0..9 {
            let person = people[rng.random_range(0..people.len())];
            street.needs(person, &format!("Need {n}"));
            sticks.push(writes(&mut street, person, &format!("stick {n}")));
            let (reader, path) =
                (people[rng.random_range(0..people.len())], &sticks[rng.random_range(0..sticks.len())]);
            reads(&mut street, reader, path);
        }
        // The last of each is as good as all of them; in whatever order, and with old ones between.
        for person in &people {
            sticks.push(writes(&mut street, *person, &format!("last of {}", person.0)));
        }
        for person in &people {
            for _ in 0..sticks.len() {
                let (one, other) = (rng.random_range(0..sticks.len()), rng.random_range(0..sticks.len()));
                sticks.swap(one, other);
            }
            for path in &sticks {
                reads(&mut street, *person, path);
            }
        }
        street.all_equal(&people);
        assert_eq!(street.titles(people[0]).len(), 9);
    }
}

#[test]
fn one_for_one_neighbour_is_for_nobody_else() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    street.part_all();
    street.needs(alice, "Lift to the eye clinic");
    let path = stick(&street, alice, "for bob");
    let written = street.tell(alice, &calls::WriteParcel { path: path.clone(), to: Some("Bob".into()) });
    assert!(written.notes.iter().any(|note| note.id == "parcel-for-one"), "{written:?}");
    let before = held(&mut street, carol);
    assert_eq!(street.refusal(carol, &read(&path)), ErrorCode::ParcelLocked);
    assert_eq!(held(&mut street, carol), before);
    reads(&mut street, bob, &path);
    street.all_equal(&[alice, bob]);
    let nobody = calls::WriteParcel { path, to: Some("Erin".into()) };
    assert_eq!(street.refusal(alice, &nobody), ErrorCode::NotFound);
}

#[test]
fn who_came_meanwhile_reads_and_is_read() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let dora = street.person("dora");
    street.part_all();
    let early = writes(&mut street, bob, "early");
    street.meet(&[alice, dora]);
    let invitation = street.invites(alice);
    street.joins(dora, &invitation, alice);
    street.part_all();
    street.needs(dora, "A ladder for Saturday");
    street.needs(alice, "Lift to the eye clinic");

    // Bob has never heard of her, and she cannot open what he wrote before.
    assert_eq!(street.refusal(dora, &read(&early)), ErrorCode::ParcelLocked);
    let hers = writes(&mut street, dora, "hers");
    reads(&mut street, bob, &hers);
    assert_eq!(street.titles(bob), ["A ladder for Saturday"]);
    street.needs(bob, "Soup for six");
    let his = writes(&mut street, bob, "his");
    reads(&mut street, dora, &his);
    street.all_equal(&[bob, dora]);
}

#[test]
fn who_was_removed_opens_nothing_that_was_written_after_and_is_not_read_any_more() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "dave"]);
    let (alice, bob, dave) = (people[0], people[1], people[2]);
    street.part_all();
    let old = writes(&mut street, alice, "old");
    street.meet(&[alice, bob]);
    for voter in [alice, bob] {
        street.tell(voter, &calls::Remove { member: "dave".into() });
    }
    street.needs(alice, "Lift to the eye clinic");
    street.all_equal(&[alice, bob]);
    street.part_all();
    let after = writes(&mut street, alice, "after");
    assert_eq!(street.refusal(dave, &read(&after)), ErrorCode::ParcelLocked);
    reads(&mut street, dave, &old);
    street.needs(dave, "A ladder for Saturday");
    let his = writes(&mut street, dave, "his");
    let before = held(&mut street, bob);
    assert_eq!(street.refusal(bob, &read(&his)), ErrorCode::ParcelFormer);
    reads(&mut street, bob, &old);
    assert_eq!(held(&mut street, bob), before);
    assert_eq!(street.titles(bob), ["Lift to the eye clinic"]);
}

#[test]
fn what_is_no_parcel_for_here_is_refused_in_words_that_say_why() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let path = writes(&mut street, alice, "whole");
    let missing = stick(&street, alice, "missing");
    assert_eq!(street.refusal(alice, &read(&missing)), ErrorCode::FileProblem);
    let (mut other, others) = Neighbourhood::circle(&["mallory", "trudy"]);
    assert_eq!(other.refusal(others[0], &read(&path)), ErrorCode::ParcelLocked);
    let mut alone = Neighbourhood::new();
    let erin = alone.person("erin");
    alone.starts(erin, "Nobody yet");
    let nowhere = calls::WriteParcel { path: stick(&alone, erin, "nowhere"), to: None };
    assert_eq!(alone.refusal(erin, &nowhere), ErrorCode::NobodyElse);
    let backup = stick(&street, alice, "backup");
    street.tell(alice, &calls::WriteBackup { path: backup.clone(), passphrase: None });
    assert_eq!(street.refusal(alice, &read(&backup)), ErrorCode::ParcelLocked);
    fs::write(&missing, b"holiday pictures").unwrap();
    assert_eq!(street.refusal(alice, &read(&missing)), ErrorCode::ParcelRefused);
    let nowhere = PathBuf::from(&missing).join("below a file").display().to_string();
    assert_eq!(street.refusal(bob, &calls::WriteParcel { path: nowhere, to: None }), ErrorCode::FileProblem);
}

/// Posts that do not become much shorter when they are packed.
fn posts_letters(street: &mut Neighbourhood, person: Person, posts: usize, rng: &mut StdRng) {
    for n in 0..posts {
        let letters = (0..1_400).map(|_| char::from(rng.random_range(b'a'..=b'z'))).collect();
        let call = calls::Post {
            category: "ride".into(),
            title: format!("Number {n}"),
            detail: Some(letters),
            when: Some("2026-11-26T09:20/2026-11-26T12:30".into()),
            ..calls::Post::default()
        };
        street.tell(person, &call);
    }
}

/// Whatever happens to a stick, what is read of it is a whole beginning of it, or nothing. (Every bit
/// of its first 4 KiB: `crates/archive/tests/parcel.rs`.)
#[test]
fn of_a_damaged_parcel_a_whole_beginning_comes_or_nothing() {
    const POSTS: usize = 110;
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let mut rng = StdRng::seed_from_u64(500);
    street.part(carol);
    for person in [alice, bob] {
        posts_letters(&mut street, person, POSTS, &mut rng);
    }
    let path = writes(&mut street, alice, "whole");
    let whole = fs::read(&path).unwrap();
    assert!(whole.len() > 3 * 64 * 1024, "{}", whole.len());
    let damaged = stick(&street, carol, "damaged");
    let mut places: Vec<usize> = (0..500).map(|_| rng.random_range(0..whole.len())).collect();
    places.sort_unstable();
    let (mut refused, mut broke_off, mut seen) = (0, 0, vec![0]);
    for (n, place) in places.into_iter().enumerate() {
        let mut bytes = whole.clone();
        if n % 2 == 0 {
            bytes.truncate(place)
        } else {
            bytes[place] ^= 1 << rng.random_range(0..8)
        }
        fs::write(&damaged, &bytes).unwrap();
        match street.ask(carol, &read(&damaged)) {
            Ok(report) => {
                assert_eq!(report.notes.first().map(|note| note.id.as_str()), Some("parcel-broke-off"));
                broke_off += 1;
            }
            Err(error) => {
                assert!(matches!(error.code, ErrorCode::ParcelRefused | ErrorCode::ParcelLocked));
                refused += 1;
            }
        }
        let now = street.tell(carol, &calls::CountAll {}).records;
        if seen.last() != Some(&now) {
            seen.push(now);
        }
    }
    assert!(refused > 20 && broke_off > 20, "{refused} refused, {broke_off} broke off");
    assert!(seen.len() == 3 && seen.is_sorted(), "nothing, then one of the two documents: {seen:?}");
    assert_eq!(street.tell(carol, &calls::Rebuild {}).changed, 0);
    reads(&mut street, carol, &path);
    street.all_equal(&people);
    assert_eq!(street.titles(carol).len(), 2 * POSTS);
}

/// Anybody who has seen a parcel's recipients, or the statements that name them, can seal one.
#[test]
fn a_forged_parcel_brings_nothing_that_its_author_did_not_sign() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let (other, others) = Neighbourhood::circle(&["mallory", "trudy"]);
    let proof_of = |street: &Neighbourhood, person: Person| {
        let mut frames = street.frames().iter().rev().filter(|frame| frame.from == person);
        let proof = frames.find_map(|frame| match Message::from_frame(&frame.bytes) {
            Ok(Some(Message::Proof(proof))) => Some(proof),
            _ => None,
        });
        proof.expect("they proved themselves")
    };
    let (alices, bobs) = (proof_of(&street, alice), street.keys(bob));
    let (mallorys, mallory) = (proof_of(&other, others[0]), other.keys(others[0]).id());
    let before = street.tell(bob, &calls::CountAll {});
    let path = stick(&street, bob, "forged");
    let forge = |street: &mut Neighbourhood, messages: Vec<Message>, more: &[u8]| {
        let written = write_parcel(PathBuf::from(&path).as_path(), &[bobs.recipient()], |put| {
            for message in &messages {
                put(&with_length(&message.to_frame().unwrap()).unwrap())?;
            }
            put(more).map(|()| Ok::<_, ArchiveError>(()))?
        });
        written.unwrap();
        street.ask(bob, &read(&path))
    };
    let hello = || Message::Hello(Hello { lowest: 1, highest: 1 });
    let writer = |device: DeviceId| Message::Writer(Writer { device });
    let refused = |answer: Result<BackupReport, closeknit_api::ApiError>| answer.unwrap_err().code;
    let alice_id = street.keys(alice).id();

    let newer = vec![Message::Hello(Hello { lowest: 3, highest: 7 })];
    assert_eq!(refused(forge(&mut street, newer, b"")), ErrorCode::NewerVersion);
    assert_eq!(refused(forge(&mut street, vec![], b"")), ErrorCode::ParcelRefused);
    let unproven = vec![hello(), Message::Statements(Statements { statements: vec![], more: false })];
    assert_eq!(refused(forge(&mut street, unproven, b"")), ErrorCode::ParcelRefused);
    let elsewhere = vec![hello(), writer(mallory), Message::Proof(mallorys.clone())];
    assert_eq!(refused(forge(&mut street, elsewhere, b"")), ErrorCode::ParcelElsewhere);
    let stranger = vec![hello(), writer(mallory), Message::Proof(alices.clone())];
    assert_eq!(refused(forge(&mut street, stranger, b"")), ErrorCode::ParcelStranger);
    let empty = vec![hello(), writer(alice_id), Message::Proof(Proof { chain: vec![] })];
    assert_eq!(refused(forge(&mut street, empty, b"")), ErrorCode::ParcelStranger);

    // Under alice's name, with what strangers signed, what nobody signed, and what is no frame.
    let mut statements = mallorys.chain;
    statements.extend(alices.chain.iter().map(|bytes| {
        let mut bytes = bytes.clone();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        bytes
    }));
    let later = with_length(b"\x7f\xffsomething of later").unwrap();
    for more in [&later[..], &[0xff; 8], &[0, 0, 0, 9, 0, 17]] {
        let under_her_name = vec![
            hello(),
            writer(alice_id),
            Message::Proof(alices.clone()),
            Message::Statements(Statements { statements: statements.clone(), more: false }),
        ];
        let report = forge(&mut street, under_her_name, more).unwrap();
        assert_eq!(report.notes.is_empty(), more == later, "{report:?}");
    }
    assert_eq!(street.tell(bob, &calls::CountAll {}), before);
}
