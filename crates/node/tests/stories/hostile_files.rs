//! The files of `tests/hostile` in the hands of a whole member: what is refused leaves no row behind.

use std::{fs, path::Path, time::Duration};

use closeknit_api::calls;
use closeknit_hostile::{
    BEGINNING_OF_A_PASSPHRASE, Kind,
    scene::scene,
    sealed::{parts, recipient, to_alice},
};
use closeknit_store::{DocumentSummary, StatementRow, TipRow};
use closeknit_sync::{
    Piece, Version,
    frame::Decoder,
    message::{Message, Statements},
};
use closeknit_trust::circle::doc_id;

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

/// A file with its verdict.
struct Hostile {
    name: String,
    bytes: Vec<u8>,
    verdict: String,
}

fn files(kind: Kind) -> Vec<Hostile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/hostile").join(kind.name());
    let list = fs::read_to_string(folder.join("verdicts.txt")).unwrap();
    let files = list.lines().map(|line| {
        let mut columns = line.split('\t').map(str::to_owned);
        let (name, verdict) = (columns.next().unwrap(), columns.next().unwrap());
        Hostile { bytes: fs::read(folder.join(&name)).unwrap(), name, verdict }
    });
    files.collect()
}

/// All that is signed, and all that waits or was refused, on a machine.
#[derive(Debug, PartialEq)]
struct Rows {
    circles: usize,
    statements: Vec<StatementRow>,
    documents: Vec<DocumentSummary>,
    tips: Vec<TipRow>,
    in_flight: usize,
    refused: usize,
    staged: u64,
}

fn rows(street: &mut Neighbourhood, person: Person) -> Rows {
    let circle = street.circle_id(person);
    street.switch_off(person);
    let store = street.store(person);
    let view = store.view();
    let rows = Rows {
        circles: view.circles().unwrap().len(),
        statements: view.statements(circle).unwrap(),
        documents: view.documents(circle).unwrap(),
        tips: view.tips(circle).unwrap(),
        in_flight: view.in_flight(circle).unwrap().len(),
        refused: view.refusals(circle).unwrap().len() + view.quarantined(circle).unwrap().len(),
        staged: view.staged_bytes(circle).unwrap(),
    };
    drop(store);
    street.switch_on(person).unwrap();
    rows
}

fn put(street: &Neighbourhood, person: Person, name: &str, bytes: &[u8]) -> String {
    let path = street.profile(person).parent().unwrap().join(name);
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[test]
fn a_backup_that_is_refused_leaves_no_row() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    street.needs(alice, "Lift to the eye clinic");
    let before = rows(&mut street, alice);
    let words = Some(scene().alice.words.phrase().to_string());
    let sealed = files(Kind::Tar).into_iter().map(|file| Hostile { bytes: to_alice(&file.bytes), ..file });
    let refused =
        files(Kind::Backup).into_iter().chain(sealed).filter(|file| !file.verdict.starts_with("opens"));
    let mut count = 0;
    for file in refused {
        let path = put(&street, alice, &file.name, &file.bytes);
        let by_passphrase = file.name.starts_with(BEGINNING_OF_A_PASSPHRASE);
        let restore = calls::RestoreBackup {
            path,
            words: words.clone().filter(|_| !by_passphrase),
            passphrase: by_passphrase.then(|| "correct horse".to_owned()),
        };
        street.refused(alice, &restore);
        count += 1;
    }
    assert!(count > 140, "{count}");
    assert_eq!(rows(&mut street, alice), before);
}

#[test]
fn a_parcel_that_is_refused_leaves_no_row() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    street.needs(alice, "Lift to the eye clinic");
    let before = rows(&mut street, alice);
    let key = street.keys(alice).recipient();
    for file in files(Kind::Parcel) {
        let bytes = if file.name.ends_with(".frames") {
            let mut parcel = parts(&file.bytes);
            parcel.stanzas = vec![recipient(key.as_bytes())];
            parcel.to_bytes()
        } else {
            file.bytes
        };
        // What stands in the others is of a circle that alice has never heard of.
        let path = put(&street, alice, &file.name, &bytes);
        street.refused(alice, &calls::ReadParcel { path });
    }
    assert_eq!(rows(&mut street, alice), before);
}

#[test]
fn an_invitation_that_is_none_begins_nothing() {
    let mut street = Neighbourhood::new();
    let alice = street.person("alice");
    for file in files(Kind::Invitation).into_iter().filter(|file| file.verdict != "taken") {
        let invitation = String::from_utf8_lossy(&file.bytes).into_owned();
        street.refused(alice, &calls::Join { invitation, name: "alice".into(), kind: None });
    }
    assert_eq!(street.tell(alice, &calls::Joining {}).own, None);
    assert_eq!(street.tell(alice, &calls::Status {}).circles.len(), 0);
}

/// Mallory is a member, and says it to alice. Broken frames and false signatures are strikes.
#[test]
fn whatever_a_member_says_leaves_no_row_that_is_not_signed_well() {
    let files = files(Kind::Frame);
    for some in files.chunks(2) {
        let (mut street, people) = Neighbourhood::circle(&["alice", "mallory"]);
        let (alice, mallory) = (people[0], people[1]);
        street.needs(alice, "Lift to the eye clinic");
        let before = rows(&mut street, alice);
        for file in some {
            street.pass(Duration::from_secs(60));
            let (mut decoder, mut bytes) = (Decoder::default(), file.bytes.as_slice());
            while let Ok(Some(frame)) = decoder.take(&mut bytes) {
                let is_up = street.network().are_joined(mallory, alice);
                if is_up && frame.len() <= closeknit_sync::frame::MAX_FRAME {
                    street.network().blurts(mallory, alice, &frame);
                }
                street.run();
            }
        }
        let after = rows(&mut street, alice);
        let names: Vec<_> = some.iter().map(|file| &file.name).collect();
        assert_eq!(after, before, "{names:?}");
        street.needs(alice, "Another lift");
        street.all_equal(&people);
        assert_eq!(street.titles(mallory).len(), 2);
    }
}

/// Only bytes that nobody can have signed, and signatures that are false, are the fault of who brings them. What
/// its author signed well and is bad all the same is the author's, and what cannot be judged here is nobody's.
#[test]
fn who_brings_it_is_blamed_for_false_signatures_and_broken_bytes_alone() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "mallory"]);
    let (alice, mallory) = (people[0], people[2]);
    let doc = doc_id(street.circle_id(alice), street.member_id(mallory));
    let piece = |tips: Vec<Vec<u8>>, changes: Vec<Vec<u8>>| {
        let version = Version([7; 16]);
        Message::DocumentNews(Piece { doc, generation: 0, version, tips, changes, more: false })
    };
    let statement = |bytes| Message::StatementNews(Statements { statements: vec![bytes], more: false });
    let is_change = |file: &Hostile| file.name.ends_with(".change");
    let framings = ["Length", "NotAChange", "Checksum", "Compressed"];
    let mut said: Vec<(String, Message, bool)> = Vec::new();
    for Hostile { name, bytes, verdict } in files(Kind::Statement) {
        if bytes.len() <= closeknit_sync::message::LONGEST_STATEMENT {
            said.push((name, statement(bytes), verdict == "FalseSignature"));
        }
    }
    for Hostile { name, bytes, verdict } in files(Kind::Tip) {
        if bytes.len() <= Piece::LONGEST_TIP {
            said.push((name, piece(vec![bytes], vec![]), verdict == "FalseSignature"));
        }
    }
    for Hostile { name, bytes, verdict } in files(Kind::Change).into_iter().filter(is_change) {
        said.push((name, piece(vec![], vec![bytes]), framings.contains(&verdict.as_str())));
    }
    let (mut blamed, mut spared) = (0, 0);
    for (name, message, is_fault) in said {
        if !street.network().are_joined(mallory, alice) {
            // Whatever there was, a day has passed.
            street.skip(Duration::from_secs(25 * 3_600));
            street.pass(Duration::from_secs(60));
        }
        assert!(street.network().are_joined(mallory, alice), "before {name}");
        street.network().blurts(mallory, alice, &message.to_frame().unwrap());
        street.run();
        assert_eq!(!street.network().are_joined(mallory, alice), is_fault, "{name}");
        *(if is_fault { &mut blamed } else { &mut spared }) += 1;
    }
    assert!(blamed > 35 && spared > 100, "{blamed} and {spared}");
    street.needs(alice, "Alice goes on");
    street.needs(people[1], "Bob goes on");
    assert_eq!(street.titles(alice).len(), 2);
}
