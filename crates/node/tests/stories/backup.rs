//! A backup, a profile that is gone, and the circle back from 24 words.

use std::{collections::BTreeSet, fs, ops::ControlFlow, path::PathBuf};

use closeknit_api::{ErrorCode, calls, views::Verdict};
use closeknit_archive::{Item, OpenWith};
use closeknit_trust::{
    statement::{Body, Statement},
    words::Words,
};

use closeknit_simulator::{
    disk::Unsynced,
    neighbourhood::{Neighbourhood, Person},
    trace::Trace,
};

fn file(street: &Neighbourhood, person: Person, name: &str) -> PathBuf {
    street.profile(person).parent().unwrap().join(name)
}

fn writes(street: &mut Neighbourhood, person: Person, name: &str) -> String {
    let path = file(street, person, name).display().to_string();
    street.tell(person, &calls::WriteBackup { path: path.clone(), passphrase: None }).path
}

fn restore(path: &str, words: &str) -> calls::RestoreBackup {
    calls::RestoreBackup { path: path.into(), words: Some(words.into()), passphrase: None }
}

/// Everything signed that is in a backup.
#[derive(Debug, Default, PartialEq, Eq)]
struct Payload {
    statements: BTreeSet<Vec<u8>>,
    tips: BTreeSet<Vec<u8>>,
    changes: BTreeSet<Vec<u8>>,
}

fn payload(path: &str, words: &str) -> Payload {
    let identity = Words::from_phrase(words).unwrap().identity();
    let mut go_on = |_| ControlFlow::Continue(());
    let archive = fs::File::open(path).unwrap();
    let mut backup = closeknit_archive::open(archive, OpenWith::Identities(&[identity]), &mut go_on).unwrap();
    let mut payload = Payload::default();
    let taken = backup.items(&mut go_on, |item| {
        match item {
            Item::Statement { bytes, .. } => payload.statements.insert(bytes),
            Item::Tip { bytes } => payload.tips.insert(bytes),
            Item::Change { bytes, .. } => payload.changes.insert(bytes),
        };
        Ok::<_, closeknit_archive::ArchiveError>(())
    });
    taken.unwrap();
    payload
}

/// A profile that is deleted, and a new one on the same machine.
fn loses_everything(street: &mut Neighbourhood, person: Person) {
    street.switch_off(person);
    fs::remove_dir_all(street.profile(person)).unwrap();
    street.switch_on(person).unwrap();
    assert_eq!(street.tell(person, &calls::Status {}).circles.len(), 0);
}

#[test]
fn with_the_words_the_circle_comes_back_and_a_backup_of_it_carries_the_same() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.tell(alice, &calls::Capacity { hours: Some(4), ..calls::Capacity::default() });
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    let doorstep = Some("Canary Lane 7".to_owned());
    street.tell(alice, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep });
    street.needs(bob, "A ladder for Saturday");
    let sheet = street.words_of(alice);
    let first = writes(&mut street, alice, "first.backup");
    let (me, shown) = (street.tell(alice, &calls::Me {}), street.shows(alice, &need));
    street.part_all();

    loses_everything(&mut street, alice);
    assert_eq!(street.refusal(alice, &restore(&first, "abandon abandon")), ErrorCode::BadWords);
    let others = street.words_of(bob);
    assert_eq!(street.refusal(alice, &restore(&first, &others)), ErrorCode::BackupLocked);
    let report = street.tell(alice, &restore(&first, &sheet));
    assert_eq!(report.says.id, "backup-restored", "{report:?}");
    assert!(report.notes.iter().any(|note| note.id == "backup-restored-device"), "{report:?}");
    assert_eq!(street.titles(alice), ["A ladder for Saturday", "Lift to the eye clinic"]);
    assert_eq!(street.tell(alice, &calls::Me {}), me, "what was sealed to oneself opens with the words");
    assert_eq!(street.shows(alice, &need).promises, shown.promises, "with the doorstep");

    // The same payload; the new machine alone was added.
    let second = writes(&mut street, alice, "second.backup");
    let (before, after) = (payload(&first, &sheet), payload(&second, &sheet));
    assert_eq!((&after.changes, &after.tips), (&before.changes, &before.tips));
    assert!(before.changes.len() > 6 && before.tips.len() >= 3);
    let added: Vec<_> = after.statements.difference(&before.statements).collect();
    assert!(before.statements.is_subset(&after.statements));
    assert_eq!(added.len(), 1);
    assert!(matches!(Statement::parse(added[0]).unwrap().body(), Body::Enrol(_)));

    // A second time there is nothing new in it.
    assert_eq!(street.tell(alice, &restore(&first, &sheet)).says.id, "backup-restored-nothing");

    // The neighbours take the new machine for hers, and she goes on where she was.
    street.meet(&people);
    street.all_equal(&people);
    street.needs(alice, "Back again");
    street.all_equal(&people);
    assert!(street.titles(bob).contains(&"Back again".to_owned()));
    street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::StandBy, doorstep: None });
    street.all_equal(&people);
    street.switch_off(alice);
    street.switch_on(alice).unwrap();
    assert_eq!(street.tell(alice, &calls::Rebuild {}).changed, 0);
    street.all_equal(&people);
}

#[test]
fn what_was_posted_after_the_backup_comes_back_from_the_neighbours() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    street.needs(alice, "Before");
    let sheet = street.words_of(alice);
    let backup = writes(&mut street, alice, "early.backup");
    street.needs(alice, "After");
    street.part_all();
    loses_everything(&mut street, alice);
    street.tell(alice, &restore(&backup, &sheet));
    assert_eq!(street.titles(alice), ["Before"]);
    street.needs(alice, "On the new machine");
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.titles(bob), ["After", "Before", "On the new machine"]);
}

#[test]
fn a_draft_comes_back_too_and_can_still_begin() {
    let mut street = Neighbourhood::new();
    street.discovery();
    let (alice, bob) = (street.person("alice"), street.person("bob"));
    street.starts(alice, "Millrace");
    let need = street.needs(alice, "Lift to the eye clinic");
    let sheet = street.words_of(alice);
    let backup = writes(&mut street, alice, "draft.backup");
    loses_everything(&mut street, alice);
    street.tell(alice, &restore(&backup, &sheet));
    let circle = street.tell(alice, &calls::Circle {});
    assert!(circle.draft, "{circle:?}");
    assert_eq!(circle.name, "Millrace");
    assert_eq!(street.shows(alice, &need).card.title, "Lift to the eye clinic");
    let invitation = street.invites(alice);
    street.joins(bob, &invitation, alice);
    street.all_equal(&[alice, bob]);
    assert_eq!(street.titles(bob), ["Lift to the eye clinic"]);
}

/// From the days before the circle began. It took over what the draft held.
#[test]
fn a_backup_of_a_draft_brings_no_second_circle_beside_the_one_it_became() {
    let mut street = Neighbourhood::new();
    street.discovery();
    let (alice, bob) = (street.person("alice"), street.person("bob"));
    street.starts(alice, "Millrace");
    street.needs(alice, "Lift to the eye clinic");
    let sheet = street.words_of(alice);
    let backup = writes(&mut street, alice, "draft.backup");
    let invitation = street.invites(alice);
    street.joins(bob, &invitation, alice);
    let report = street.tell(alice, &restore(&backup, &sheet));
    assert_eq!(report.says.id, "backup-restored-nothing");
    assert_eq!(street.tell(alice, &calls::Status {}).circles.len(), 1);
    assert!(!street.tell(alice, &calls::Circle {}).draft);
    street.needs(alice, "Soup for six");
    street.all_equal(&[alice, bob]);
    assert_eq!(street.titles(bob), ["Lift to the eye clinic", "Soup for six"]);
}

#[test]
fn wherever_the_power_goes_while_a_backup_comes_back_the_next_time_brings_a_machine_that_others_hear() {
    for went in 0.. {
        let mut street = Neighbourhood::of_seed(1, Trace::default());
        let people = street.founds(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let sheet = street.words_of(alice);
        let backup = writes(&mut street, alice, "whole.backup");
        loses_everything(&mut street, alice);
        street.part_all();
        street.disk(alice).cut_after(Some((went, Unsynced::Kept)));
        let restored = street.ask(alice, &restore(&backup, &sheet));
        street.disk(alice).cut_after(None);
        let whole = restored.is_ok() && street.is_on(alice);
        if !street.is_on(alice) {
            street.switch_on(alice).unwrap();
            street.tell(alice, &restore(&backup, &sheet));
        }
        street.needs(alice, "Lift to the eye clinic");
        street.meet(&[alice, bob]);
        assert_eq!(street.titles(bob), ["Lift to the eye clinic"], "after {went} writes");
        if whole {
            assert!(went > 3, "{went}");
            return;
        }
    }
}

#[test]
fn with_sixteen_machines_a_backup_brings_no_seventeenth_that_nobody_would_hear() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    let sheet = street.words_of(alice);
    let one = writes(&mut street, alice, "one.backup");
    for number in 2..=16 {
        let more = street.person(&format!("machine {number}"));
        street.tell(more, &restore(&one, &sheet));
        street.meet(&[alice, more]);
    }
    let all = writes(&mut street, alice, "all.backup");
    let last = street.person("one too many");
    assert_eq!(street.refusal(last, &restore(&all, &sheet)), ErrorCode::TooManyMachines);
    assert_eq!(street.tell(last, &calls::Status {}).circles.len(), 0);
}

#[test]
fn a_backup_that_is_not_whole_or_not_ones_own_is_refused_and_changes_nothing() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    street.needs(alice, "Lift to the eye clinic");
    let sheet = street.words_of(alice);
    let backup = writes(&mut street, alice, "whole.backup");
    let whole = fs::read(&backup).unwrap();
    let before = street.tell(alice, &calls::CountAll {});
    let broken = file(&street, alice, "broken.backup");
    for place in [whole.len() / 3, whole.len() / 2, whole.len() - 9] {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        fs::write(&broken, &bytes).unwrap();
        let code = street.refusal(alice, &restore(&broken.display().to_string(), &sheet));
        assert_eq!(code, ErrorCode::BackupRefused, "a bit at {place}");
        fs::write(&broken, &whole[..place]).unwrap();
        let code = street.refusal(alice, &restore(&broken.display().to_string(), &sheet));
        assert_eq!(code, ErrorCode::BackupRefused, "cut at {place}");
    }
    let missing = file(&street, alice, "missing.backup").display().to_string();
    assert_eq!(street.refusal(alice, &restore(&missing, &sheet)), ErrorCode::FileProblem);
    assert_eq!(street.tell(alice, &calls::CountAll {}), before);

    let view = street.tell(alice, &calls::ShowBackup { path: backup.clone(), ..Default::default() });
    assert_eq!(view.circles, ["Millrace"]);
    assert_eq!((view.documents, view.signer.id.as_str()), (2, "backup-signer-you"));
    // Bob's words do not open it, and with a passphrase nobody's do.
    let call = calls::ShowBackup { path: backup, ..Default::default() };
    assert_eq!(street.refusal(bob, &call), ErrorCode::BackupLocked);
    let path = file(&street, alice, "passphrase.backup").display().to_string();
    let passphrase = Some("a lamp, a ladder, a lift".to_owned());
    street.tell(alice, &calls::WriteBackup { path: path.clone(), passphrase: passphrase.clone() });
    let call = calls::ShowBackup { path: path.clone(), ..Default::default() };
    assert_eq!(street.refusal(alice, &call), ErrorCode::BackupLocked);
    let wrong = calls::ShowBackup { passphrase: Some("a lamp".into()), ..call.clone() };
    assert_eq!(street.refusal(alice, &wrong), ErrorCode::BackupLocked);
    assert_eq!(street.tell(alice, &calls::ShowBackup { passphrase, ..call }).documents, 2);
}

#[test]
fn a_machine_that_came_back_begins_no_generation_before_it_met_another() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let sheet = street.words_of(alice);
    let path = writes(&mut street, alice, "early.backup");
    // What bob knows and the backup does not: her document has begun afresh meanwhile.
    let early = street.tell(alice, &calls::CountAll {}).statements;
    street.rewrites_until(alice, |count| count.statements > early);
    street.all_equal(&people);
    street.part_all();

    loses_everything(&mut street, alice);
    street.tell(alice, &restore(&path, &sheet));
    let restored = street.tell(alice, &calls::CountAll {}).statements;
    assert_eq!(restored, early + 1, "her new machine");
    street.rewrites_until(alice, |count| count.changes > 160);
    street.switch_off(alice);
    street.switch_on(alice).unwrap();
    street.needs(alice, "Written before she met anybody");
    assert_eq!(street.tell(alice, &calls::CountAll {}).statements, restored, "it is held back");

    street.meet(&people);
    street.all_equal(&people);
    let met = street.tell(alice, &calls::CountAll {}).statements;
    assert_eq!(met, restored + 1, "the one that bob knew, and no rival");
    street.rewrites_until(alice, |count| count.statements > met);
    street.all_equal(&people);
    assert_eq!(street.titles(bob), street.titles(alice));
}

/// A passphrase is slow to turn into a key, so that there is time to say stop.
#[test]
fn a_backup_that_is_stopped_leaves_the_older_file_as_it_was() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    let path = writes(&mut street, alice, "kept.backup");
    let older = fs::read(&path).unwrap();
    let underway = std::sync::Arc::new(closeknit_node::Underway::default());
    street.shows_progress(alice, std::sync::Arc::clone(&underway));
    let call = calls::WriteBackup { path: path.clone(), passphrase: Some("a lamp, a ladder".into()) };
    let stopper = std::thread::spawn(move || {
        while underway.view().says.is_none() {
            std::thread::yield_now();
        }
        underway.stop();
    });
    assert_eq!(street.refusal(alice, &call), ErrorCode::BackupStopped);
    stopper.join().unwrap();
    assert_eq!(fs::read(&path).unwrap(), older);
    assert!(street.tell(alice, &calls::Progress::default()).says.is_none());
    street.tell(alice, &call);
    assert_ne!(fs::read(&path).unwrap(), older);
}
