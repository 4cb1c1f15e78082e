//! A profile that another process uses, of a newer version, or damaged on the disk.

use std::{fs, path::PathBuf};

use closeknit_api::{ErrorCode, Value, calls};
use closeknit_node::Engine;
use closeknit_store::{Durability, Scope};
use closeknit_trust::circle::doc_id;

use closeknit_simulator::{
    disk::Unsynced,
    neighbourhood::{Neighbourhood, Person},
    trace::Trace,
};

use crate::forgetting::{CANARY, DAY, closes, forget, goes_in_a_week, is_whole, meet_again, waits};

pub(crate) const PAGE: usize = 4096;
/// A database of before there were keys.
const PLAIN: &[u8] = include_bytes!("../../../store/tests/fixtures/version-1.db");
/// Where SQLite keeps `user_version` in the first page (https://www.sqlite.org/fileformat2.html).
const USER_VERSION: std::ops::Range<usize> = 60..64;

pub(crate) fn database(street: &Neighbourhood, person: Person) -> PathBuf {
    street.profile(person).join("closeknit.db")
}

/// These bytes are somebody's database from now on, and nothing else of it is there.
pub(crate) fn puts_in_place(street: &Neighbourhood, person: Person, bytes: &[u8]) {
    for entry in fs::read_dir(street.profile(person)).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("closeknit.db") {
            fs::remove_file(path).unwrap();
        }
    }
    fs::write(database(street, person), bytes).unwrap();
}

#[test]
fn a_second_process_on_a_profile_is_refused() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let error = Engine::open(&street.profile(people[0])).unwrap_err();
    assert_eq!(error.code, ErrorCode::ProfileInUse);
    street.needs(people[0], "Lift to the eye clinic");
    street.all_equal(&people);
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    street.switch_off(alice);
    let path = database(&street, alice);
    let mut bytes = PLAIN.to_vec();
    bytes[USER_VERSION].copy_from_slice(&4_000_u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    let error = street.switch_on(alice).unwrap_err();
    assert_eq!(error.code, ErrorCode::NewerDatabase);
    assert_eq!(error.values["found"], Value::Text("4000".into()));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_key_file_that_is_damaged_is_named_and_left_as_it_is() {
    let mut street = Neighbourhood::new();
    let alice = street.person("alice");
    street.starts(alice, "Millrace");
    street.switch_off(alice);
    let path = street.profile(alice).join("device.key");
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert_eq!(street.switch_on(alice).unwrap_err().code, ErrorCode::FileProblem);
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

/// The power goes while a salvaged database is mended: the next start mends it, whatever was done already.
#[test]
fn where_the_power_goes_while_a_database_is_mended_the_next_start_mends_it() {
    let mut cut = 0;
    loop {
        let mut street = Neighbourhood::of_seed(1, Trace::default());
        let people = street.founds(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let need = street.needs(alice, "Lift to the eye clinic");
        street.promises(bob, &need);
        street.needs(bob, "A ladder for Saturday");
        street.all_equal(&people);
        street.switch_off(bob);
        let mut damaged = fs::read(database(&street, bob)).unwrap();
        // The rows of the board are among what is lost.
        let half = damaged.len() / 2 / PAGE * PAGE;
        damaged[half..half + PAGE].fill(0);
        fs::write(database(&street, bob), damaged).unwrap();
        street.disk(bob).cut_after(Some((cut, Unsynced::Kept)));
        let whole = street.start(bob).is_ok();
        street.disk(bob).cut_after(None);
        if whole {
            assert!(cut > 3, "{cut}");
            return;
        }
        street.switch_on(bob).unwrap();
        street.meet(&people);
        assert_eq!(street.tell(bob, &calls::Rebuild {}).changed, 0, "after {cut} writes");
        street.all_equal(&people);
        street.needs(bob, "Bob goes on");
        street.all_equal(&people);
        cut += 1;
    }
}

/// Where the journal has come to the end of a batch, after every batch.
fn batches(journal: &[u8]) -> Vec<usize> {
    const HEADER: usize = 32;
    const FRAME: usize = 24 + PAGE;
    // The last frame of a batch says how large the database is then; all others say nothing.
    let ends = journal[HEADER..].chunks_exact(FRAME).enumerate().filter(|(_, frame)| frame[4..8] != [0; 4]);
    ends.map(|(frame, _)| HEADER + (frame + 1) * FRAME).collect()
}

#[test]
fn a_stop_anywhere_while_a_generation_begins_leaves_nothing_out() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    street.part_all();
    let before = street.tell(alice, &calls::CountAll {}).statements;
    street.posts_until(alice, |count| count.changes > 120);
    while street.tell(alice, &calls::CountAll {}).statements == before {
        // Started anew, so that the journal holds the next act alone.
        street.switch_off(alice);
        street.switch_on(alice).unwrap();
        street.posts_at_length(alice);
    }
    let titles = street.titles(alice);
    let [database, journal] =
        ["closeknit.db", "closeknit.db-wal"].map(|name| street.profile(alice).join(name));
    let (whole, written) = (fs::read(&database).unwrap(), fs::read(&journal).unwrap());
    street.switch_off(alice);
    let ends = batches(&written);
    let mut with_the_statement = None;
    for end in ends.iter().rev().take(4) {
        fs::write(&database, &whole).unwrap();
        fs::write(&journal, &written[..*end]).unwrap();
        street.switch_on(alice).unwrap();
        let count = street.tell(alice, &calls::CountAll {});
        if count.statements > before {
            with_the_statement = Some(*end);
        }
        // The last act may not be there yet; what is there stands in the log, as a whole.
        assert!(street.titles(alice).iter().all(|title| titles.contains(title)));
        assert!(street.titles(alice).len() + 1 >= titles.len());
        assert_eq!(street.tell(alice, &calls::Rebuild {}).changed, 0);
        street.switch_off(alice);
    }
    fs::write(&database, &whole).unwrap();
    fs::write(&journal, &written[..with_the_statement.unwrap()]).unwrap();
    street.switch_on(alice).unwrap();
    street.meet(&people);
    assert_eq!(street.titles(bob), titles, "the first moment at which the generation has begun");
    street.all_equal(&people);
}

#[test]
fn what_could_be_read_of_a_damaged_database_may_be_behind_until_another_was_met() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let circle = Scope::Circle(street.circle_id(bob));
    let behind = |street: &mut Neighbourhood| {
        street.switch_off(bob);
        let behind = street.store(bob).view().setting(circle, "behind").unwrap().is_some();
        street.switch_on(bob).unwrap();
        behind
    };
    street.part_all();
    assert!(!behind(&mut street));
    street.switch_off(bob);
    let mut bytes = fs::read(database(&street, bob)).unwrap();
    let last = bytes.len() - PAGE;
    bytes[last..].fill(0);
    fs::write(database(&street, bob), bytes).unwrap();
    street.switch_on(bob).unwrap();
    assert_eq!(street.tell(bob, &calls::Status {}).notices[0].id, "notice-database-set-aside");
    assert!(behind(&mut street));
    street.meet(&[alice, bob]);
    assert!(!behind(&mut street));
}

/// Alice forgets a need apart from everybody, and writes one. Then her database is damaged: the statement by which the
/// new beginning began is lost; what she wrote in it is there, and the note of what was left behind.
fn loses_the_statement_of_a_beginning(street: &mut Neighbourhood, alice: Person, over: &str) {
    let circle = street.circle_id(alice);
    let doc = doc_id(circle, street.member_id(alice));
    street.part_all();
    street.switch_off(alice);
    let before = fs::read(database(street, alice)).unwrap();
    street.switch_on(alice).unwrap();
    street.tell(alice, &forget(&[over]));
    street.needs(alice, CANARY);
    street.switch_off(alice);
    let store = street.store(alice);
    let changes = store.view().changes(circle, doc, 1).unwrap();
    let mut tips = store.view().tips_of(circle, doc).unwrap();
    tips.retain(|tip| tip.generation == 1);
    let note = store.view().setting(Scope::Circle(circle), "left-behind").unwrap().unwrap();
    drop(store);
    fs::write(database(street, alice), before).unwrap();
    let mut store = street.store(alice);
    store
        .write(Durability::Full, |batch| {
            batch.set(Scope::Circle(circle), "left-behind", &note)?;
            changes.iter().try_for_each(|row| batch.add_change(circle, doc, 1, row).map(drop))?;
            tips.iter().try_for_each(|tip| batch.put_tip(circle, tip).map(drop))
        })
        .unwrap();
    drop(store);
    street.switch_on(alice).unwrap();
}

/// She begins again, under the same number.
#[test]
fn a_beginning_of_which_the_statement_is_lost_stands_in_the_way_of_no_other() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let over = street.needs(alice, "Long over");
    street.needs(alice, "A ladder for Saturday");
    closes(&mut street, alice, &over);
    street.all_equal(&people);
    loses_the_statement_of_a_beginning(&mut street, alice, &over);
    street.tell(alice, &forget(&[&over]));
    street.needs(alice, "Lift to the eye clinic");
    is_whole(&mut street, alice);
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.titles(bob), ["A ladder for Saturday", "Lift to the eye clinic"]);
}

/// Nobody knows that it ever began: it is hidden, and goes as what was left behind does.
#[test]
fn what_was_written_in_a_beginning_of_which_the_statement_is_lost_is_in_no_file_a_week_later() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    let over = street.needs(alice, "Long over");
    closes(&mut street, alice, &over);
    street.all_equal(&people);
    loses_the_statement_of_a_beginning(&mut street, alice, &over);
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.titles(alice), ["Long over"], "that it was forgotten is lost as well");
    goes_in_a_week(&mut street, alice, CANARY);
    assert_eq!(street.titles(alice), ["Long over"], "what leads again does not go");
    street.meet(&people);
    street.all_equal(&people);
}

/// Alice's machine loses what a new beginning begins with, before anybody has it.
fn loses_the_base_of_a_beginning(street: &mut Neighbourhood, alice: Person) {
    let circle = street.circle_id(alice);
    let doc = doc_id(circle, street.member_id(alice));
    street.switch_off(alice);
    let mut store = street.store(alice);
    store
        .write(Durability::Full, |batch| {
            batch.set(Scope::Profile, "unmended", &[1])?;
            batch.purge_generation(circle, doc, 1)
        })
        .unwrap();
    drop(store);
    street.switch_on(alice).unwrap();
}

/// Seed 39234 of a night. Everybody knows that alice's list began anew, and nobody has what it begins with: all that she has
/// written would go a week later, with what was left behind.
#[test]
fn a_beginning_that_never_comes_is_begun_once_more_from_what_was_left_behind() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let over = street.needs(alice, CANARY);
    street.needs(alice, "A ladder for Saturday");
    closes(&mut street, alice, &over);
    street.all_equal(&people);
    street.part_all();
    street.tell(alice, &forget(&[&over]));
    loses_the_base_of_a_beginning(&mut street, alice);
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.titles(bob), ["A ladder for Saturday"]);
    assert!(street.tell(alice, &calls::Forgetting::default()).stopped);
    waits(&mut street, 6 * DAY);
    meet_again(&mut street, &people);
    assert!(street.tell(alice, &calls::Forgetting::default()).stopped, "somebody may have it yet");
    street.part_all();
    waits(&mut street, 26 * DAY);
    assert!(street.tell(alice, &calls::Forgetting::default()).stopped, "nobody says that the clock is right");
    assert!(street.titles(bob).is_empty(), "what was forgotten stands in the same document");
    street.meet(&people);
    waits(&mut street, DAY);
    street.all_equal(&people);
    for person in &people {
        assert_eq!(street.titles(*person), ["A ladder for Saturday"]);
    }
    assert!(!street.tell(alice, &calls::Forgetting::default()).stopped);
    street.needs(alice, "Lift to the eye clinic");
    waits(&mut street, 8 * DAY);
    street.all_equal(&people);
    for person in people {
        assert_eq!(street.titles(person), ["A ladder for Saturday", "Lift to the eye clinic"]);
        assert!(!street.holds_bytes(person, CANARY.as_bytes()));
        is_whole(&mut street, person);
    }
}
