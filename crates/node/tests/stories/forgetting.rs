//! What is forgotten on one machine is hidden on all at once and in no file after a week.

use std::{fs, path::Path, time::Duration};

use closeknit_api::{
    ErrorCode, calls,
    views::{Closing, Verdict},
};
use closeknit_trust::{
    ledger::Ledger,
    statement::{Body, Pen, Remove, Statement},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};
use closeknit_store::Scope;

pub(crate) const DAY: Duration = Duration::from_secs(24 * 60 * 60);
pub(crate) const CANARY: &str = "canary in the third birdcage";

pub(crate) fn forget(ids: &[&str]) -> calls::Forget {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    calls::Forget { ids: Some(ids), ..calls::Forget::default() }
}

pub(crate) fn needs_with_detail(
    street: &mut Neighbourhood,
    person: Person,
    title: &str,
    detail: &str,
) -> String {
    let call = calls::Post {
        category: "ride".into(),
        title: title.into(),
        detail: Some(detail.into()),
        when: Some("2026-11-26T09:20/2026-11-26T12:30".into()),
        ..calls::Post::default()
    };
    street.tell(person, &call).card.id
}

pub(crate) fn closes(street: &mut Neighbourhood, person: Person, need: &str) {
    street.tell(person, &calls::Close { id: need.into(), how: Closing::NotNeeded, duplicate_of: None });
}

fn backs_up(street: &mut Neighbourhood, person: Person, name: &str) -> String {
    let path = street.profile(person).parent().unwrap().join(name).display().to_string();
    street.tell(person, &calls::WriteBackup { path, passphrase: None }).path
}

fn restore(path: &str, words: &str) -> calls::RestoreBackup {
    calls::RestoreBackup { path: path.into(), words: Some(words.into()), passphrase: None }
}

/// A second machine of somebody, from a backup.
pub(crate) fn second_machine(street: &mut Neighbourhood, person: Person, name: &str) -> Person {
    let (sheet, backup) = (street.words_of(person), backs_up(street, person, "second.backup"));
    let second = street.person(name);
    street.tell(second, &restore(&backup, &sheet));
    second
}

/// Time goes by, and everybody looks what there is to do.
pub(crate) fn waits(street: &mut Neighbourhood, time: Duration) {
    street.skip(time);
    street.pass(Duration::from_secs(2));
}

/// As neighbours do in the evening: they hear what time it is at the other's.
pub(crate) fn meet_again(street: &mut Neighbourhood, people: &[Person]) {
    street.part_all();
    street.meet(people);
    street.pass(Duration::from_secs(2));
}

fn found(street: &mut Neighbourhood, person: Person, typed: &str) -> usize {
    street.tell(person, &calls::Board { search: Some(typed.into()), ..Default::default() }).posts.len()
}

/// What is to go is still in a file of theirs a day later, else the test sees nothing; and in none a week later, though they
/// meet nobody.
pub(crate) fn goes_in_a_week(street: &mut Neighbourhood, person: Person, text: &str) {
    waits(street, DAY);
    assert!(street.holds_bytes(person, text.as_bytes()), "else the test sees nothing");
    street.part_all();
    waits(street, 8 * DAY);
    assert!(!street.holds_bytes(person, text.as_bytes()));
    is_whole(street, person);
}

pub(crate) fn is_whole(street: &mut Neighbourhood, person: Person) {
    street.switch_off(person);
    street.switch_on(person).unwrap();
    assert_eq!(street.tell(person, &calls::Rebuild {}).changed, 0, "{}", street.name(person));
}

#[test]
fn what_one_forgets_everybody_hides_at_once_with_all_that_belongs_to_it() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = needs_with_detail(&mut street, alice, "Lift to the eye clinic", CANARY);
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    street
        .tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep: Some(CANARY.into()) });
    let kept = street.needs(alice, "A ladder for Saturday");
    assert_eq!(found(&mut street, carol, "birdcage"), 1);

    let refused = street.refused(alice, &forget(&[&need]));
    assert_eq!(refused.code, ErrorCode::NotOver, "{refused:?}");
    assert_eq!(street.refusal(bob, &forget(&[&need])), ErrorCode::NotFound, "it is not his");
    assert_eq!(street.tell(alice, &calls::Forgetting::default()).over, 0);
    assert_eq!(street.tell(alice, &calls::Forget::default()).says.id, "forget-nothing");

    closes(&mut street, alice, &need);
    assert_eq!(street.tell(alice, &calls::Forgetting::default()).over, 1, "with its answer and its end");
    // Carol hears of it later, and from bob.
    street.part(carol);
    let report = street.tell(alice, &forget(&[&need]));
    assert_eq!((report.count, report.says.id.as_str()), (1, "forget-done"));
    for person in [alice, bob] {
        assert_eq!(street.titles(person), ["A ladder for Saturday"]);
        assert_eq!(found(&mut street, person, "birdcage"), 0);
        assert_eq!(street.refusal(person, &calls::Show { id: need.clone() }), ErrorCode::NotFound);
    }
    street.part(alice);
    street.meet(&[bob, carol]);
    assert_eq!(street.titles(carol), ["A ladder for Saturday"]);
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.shows(bob, &kept).card.title, "A ladder for Saturday");
    people.iter().for_each(|person| is_whole(&mut street, *person));
    street.all_equal(&people);

    // Bob's promise points to nothing now. In a month it is over, and he may forget it as well.
    assert_eq!(street.tell(bob, &calls::Forgetting::default()).over, 0);
}

#[test]
fn alone_there_is_nobody_to_forget() {
    let mut street = Neighbourhood::new();
    let alice = street.person("alice");
    street.starts(alice, "Millrace");
    let need = street.needs(alice, "Lift to the eye clinic");
    closes(&mut street, alice, &need);
    assert_eq!(street.refusal(alice, &forget(&[&need])), ErrorCode::NobodyElseYet);
}

#[test]
fn more_than_one_statement_names_is_forgotten_all_the_same() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    for n in 0..40 {
        let need = street.needs(alice, &format!("Need {n}"));
        closes(&mut street, alice, &need);
    }
    street.needs(alice, "One that stays");
    let before = street.tell(alice, &calls::CountAll {}).statements;
    street.part_all();
    assert_eq!(street.tell(alice, &calls::Forget::default()).count, 40);
    assert!(street.tell(alice, &calls::CountAll {}).statements > before + 2);
    street.meet(&people);
    street.all_equal(&people);
    for person in [alice, bob] {
        assert_eq!(street.titles(person), ["One that stays"]);
    }
    people.iter().for_each(|person| is_whole(&mut street, *person));
    street.needs(alice, "And another");
    street.all_equal(&people);
}

/// Her words are on paper; whoever hears of it keeps nothing for a week.
#[test]
fn what_is_forgotten_with_the_words_is_in_no_file_as_soon_as_its_machine_hears_of_it() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = needs_with_detail(&mut street, alice, CANARY, CANARY);
    street.needs(alice, "One that stays");
    street.all_equal(&people);
    let sheet = street.writes_down(alice);
    closes(&mut street, alice, &need);
    street.part(carol);
    street.part(alice);
    assert!(street.tell(alice, &calls::Forgetting::default()).needs_words);
    let at_once = calls::Forget { at_once: Some(true), ..forget(&[&need]) };
    let refused = street.refused(alice, &at_once);
    assert_eq!(refused.code, ErrorCode::BadWords, "{refused:?}");
    let of_bob = street.words_of(bob);
    let with = |words: &str| calls::Forget { words: Some(words.into()), ..at_once.clone() };
    assert_eq!(street.refusal(alice, &with(&of_bob)), ErrorCode::OtherWords);
    assert_eq!(street.titles(alice).len(), 2, "nothing was forgotten");

    let done = street.tell(alice, &with(&sheet));
    assert_eq!(done.notes[0].id, "forget-others-at-once");
    street.pass(Duration::from_secs(2));
    assert!(!street.holds_bytes(alice, CANARY.as_bytes()));
    assert!(street.holds_bytes(bob, CANARY.as_bytes()), "he has not heard of it");
    for (one, other) in [(alice, bob), (bob, carol)] {
        street.part_all();
        street.meet(&[one, other]);
        street.pass(Duration::from_secs(2));
        assert!(!street.holds_bytes(other, CANARY.as_bytes()), "{} has it", street.name(other));
        assert_eq!(street.titles(other), ["One that stays"]);
    }
    people.iter().for_each(|person| is_whole(&mut street, *person));
    street.meet(&people);
    street.all_equal(&people);
}

/// Her need was there before the circle was, and the circle took it over.
#[test]
fn what_a_draft_held_and_its_circle_forgot_is_in_no_file_a_week_later() {
    let mut street = Neighbourhood::new();
    street.discovery();
    let (alice, bob) = (street.person("alice"), street.person("bob"));
    street.starts(alice, "Millrace");
    let need = needs_with_detail(&mut street, alice, "Lift to the eye clinic", CANARY);
    let invitation = street.invites(alice);
    street.joins(bob, &invitation, alice);
    street.all_equal(&[alice, bob]);
    closes(&mut street, alice, &need);
    street.tell(alice, &forget(&[&need]));
    waits(&mut street, 9 * DAY);
    assert!(street.titles(alice).is_empty());
    for person in [alice, bob] {
        assert!(!street.holds_bytes(person, CANARY.as_bytes()), "{} has it", street.name(person));
    }
}

/// Mallory begins anew again and again. What that leaves is wiped once an hour, and none of it is missed.
#[test]
fn nobody_makes_a_neighbours_machine_write_all_its_pages_anew_all_the_time() {
    let (mut street, people) = Neighbourhood::circle(&["mallory", "bob"]);
    let (mallory, bob) = (people[0], people[1]);
    let words = street.words_of(mallory);
    let scope = Scope::Circle(street.circle_id(bob));
    let traces = |street: &Neighbourhood| {
        street.copied_store(bob).store.view().setting(scope, "purged").unwrap().is_some()
    };
    let mut left = Vec::new();
    for title in ["One", "Two", "Three"] {
        let need = needs_with_detail(&mut street, mallory, title, CANARY);
        closes(&mut street, mallory, &need);
        street.tell(mallory, &calls::Forget { words: Some(words.clone()), ..forget(&[&need]) });
        street.all_equal(&people);
        waits(&mut street, Duration::from_secs(60));
        left.push(traces(&street));
    }
    assert_eq!(left, [false, true, true]);
    waits(&mut street, DAY);
    assert!(!traces(&street) && !street.holds_bytes(bob, CANARY.as_bytes()));
}

#[test]
fn a_string_forgotten_on_one_machine_is_in_no_file_of_any_a_week_later() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = needs_with_detail(&mut street, alice, CANARY, CANARY);
    street.promises(bob, &need);
    street.all_equal(&people);
    for person in &people {
        assert!(street.holds_bytes(*person, CANARY.as_bytes()), "else the test sees nothing");
    }
    let (sheet, carols) = (street.words_of(alice), street.words_of(carol));
    let (hers, bobs) = (backs_up(&mut street, alice, "old.backup"), backs_up(&mut street, bob, "old.backup"));
    let others = backs_up(&mut street, carol, "old.backup");
    // As one that a migration left.
    let copy = street.profile(bob).join("closeknit.db.before-1");
    fs::copy(street.profile(bob).join("closeknit.db"), &copy).unwrap();
    closes(&mut street, alice, &need);
    street.tell(alice, &forget(&[&need]));
    street.all_equal(&people);
    waits(&mut street, 6 * DAY);
    assert!(street.holds_bytes(carol, CANARY.as_bytes()), "hidden, and not purged yet");
    waits(&mut street, 2 * DAY);
    let nowhere = |street: &mut Neighbourhood, people: &[Person]| {
        for person in people {
            assert!(street.titles(*person).is_empty());
            assert!(!street.holds_bytes(*person, CANARY.as_bytes()), "{} has it", street.name(*person));
        }
    };
    // The first look after a week finds the copy; it goes a week after it was first seen.
    waits(&mut street, 8 * DAY);
    assert!(!Path::new(&copy).exists());
    nowhere(&mut street, &people);

    // Old backups brought back, hers and a neighbour's, bring nothing back.
    let bobs_words = street.words_of(bob);
    assert_eq!(street.tell(alice, &restore(&hers, &sheet)).says.id, "backup-restored-nothing");
    assert_eq!(street.tell(bob, &restore(&bobs, &bobs_words)).says.id, "backup-restored-nothing");
    nowhere(&mut street, &people);
    // On an empty machine nobody knows better, until it meets somebody who does.
    street.part_all();
    street.switch_off(carol);
    fs::remove_dir_all(street.profile(carol)).unwrap();
    street.switch_on(carol).unwrap();
    street.tell(carol, &restore(&others, &carols));
    assert_eq!(street.titles(carol), [CANARY]);
    street.meet(&[bob, carol]);
    nowhere(&mut street, &[bob]);
    assert!(street.titles(carol).is_empty());
    street.meet(&people);
    street.all_equal(&people);
    waits(&mut street, 8 * DAY);
    nowhere(&mut street, &people);
    people.iter().for_each(|person| is_whole(&mut street, *person));
}

#[test]
fn an_old_stick_brings_back_nothing_that_was_forgotten() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = needs_with_detail(&mut street, alice, CANARY, CANARY);
    street.all_equal(&people);
    let path = street.profile(bob).parent().unwrap().join("old.stick").display().to_string();
    street.tell(bob, &calls::WriteParcel { path: path.clone(), to: None });
    street.part(carol);
    closes(&mut street, alice, &need);
    street.tell(alice, &forget(&[&need]));
    street.all_equal(&[alice, bob]);
    waits(&mut street, 8 * DAY);
    for person in [alice, bob] {
        street.tell(person, &calls::ReadParcel { path: path.clone() });
        assert!(street.titles(person).is_empty());
        assert!(!street.holds_bytes(person, CANARY.as_bytes()), "{} has it", street.name(person));
    }
    // Who has not heard of it shows what the stick holds, until they meet.
    street.tell(carol, &calls::ReadParcel { path });
    assert_eq!(street.titles(carol), [CANARY]);
    street.meet(&people);
    street.all_equal(&people);
    assert!(street.titles(carol).is_empty());
}

/// Both founders want somebody to go. (Signed with their keys while their machines are off.)
pub(crate) fn remove(street: &mut Neighbourhood, voters: &[Person], gone: Person) {
    let (circle, member) = (street.circle_id(voters[0]), street.member_id(gone));
    let mut case = None;
    for voter in voters {
        let me = street.member_id(*voter);
        street.switch_off(*voter);
        let (mut store, keys) = (street.store(*voter), street.keys(*voter));
        let mut ledger = Ledger::new(circle);
        for row in store.view().statements(circle).unwrap() {
            ledger.insert(Statement::parse(&row.bytes).unwrap());
        }
        let vote = ledger.write(Pen::Device(&keys, me), &Body::Remove(Remove { member, case })).unwrap();
        case = case.or(Some(vote.id()));
        store
            .write(closeknit_store::Durability::Full, |batch| {
                batch.add_statement(circle, vote.id(), vote.bytes())
            })
            .unwrap();
        drop(store);
        street.switch_on(*voter).unwrap();
        street.run();
    }
}

#[test]
fn the_document_of_somebody_removed_is_hidden_at_once_and_purged_a_month_later() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    needs_with_detail(&mut street, carol, "Carol's need", CANARY);
    street.all_equal(&people);
    street.part(carol);
    remove(&mut street, &[alice, bob], carol);
    street.meet(&[alice, bob]);
    street.pass(Duration::from_secs(2));
    assert!(street.titles(alice).is_empty() && street.titles(bob).is_empty());
    waits(&mut street, 29 * DAY);
    assert!(street.holds_bytes(bob, CANARY.as_bytes()));
    waits(&mut street, 2 * DAY);
    for person in [alice, bob] {
        assert!(!street.holds_bytes(person, CANARY.as_bytes()));
        is_whole(&mut street, person);
    }
    street.all_equal(&[alice, bob]);
}

#[test]
fn what_is_long_over_is_forgotten_by_itself_once_a_month_unless_one_says_no() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    assert!(street.tell(alice, &calls::Forgetting::default()).by_itself);
    let no = calls::Forgetting { by_itself: Some(false) };
    assert!(!street.tell(bob, &no).by_itself);
    needs_with_detail(&mut street, alice, "Alice's lift", CANARY);
    needs_with_detail(&mut street, bob, "Bob's lift", "He keeps it");
    // It ends on the 26th, and is over a day later.
    waits(&mut street, 32 * DAY);
    assert_eq!(street.titles(alice), ["Alice's lift", "Bob's lift"]);
    waits(&mut street, 2 * DAY);
    meet_again(&mut street, &people);
    for person in &people {
        assert_eq!(street.titles(*person), ["Bob's lift"]);
    }
    waits(&mut street, 8 * DAY);
    for person in &people {
        assert!(!street.holds_bytes(*person, CANARY.as_bytes()));
    }
    street.all_equal(&people);

    // The next time is a month later, whatever else is over by then.
    let statements = street.tell(alice, &calls::CountAll {}).statements;
    let need = street.needs(alice, "Another lift");
    closes(&mut street, alice, &need);
    waits(&mut street, 2 * DAY);
    meet_again(&mut street, &people);
    assert_eq!(street.tell(alice, &calls::CountAll {}).statements, statements);
    waits(&mut street, 31 * DAY);
    meet_again(&mut street, &people);
    assert_eq!(street.titles(bob), ["Bob's lift"]);
    assert!(street.tell(bob, &calls::Forgetting { by_itself: Some(true) }).by_itself);
    waits(&mut street, DAY);
    assert!(street.titles(alice).is_empty());
    people.iter().for_each(|person| is_whole(&mut street, *person));
}

#[test]
fn thanks_that_nobody_has_yet_leave_no_word_behind_when_they_are_taken_down() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep: None });
    street.tell(alice, &calls::Close { id: need.clone(), how: Closing::Met, duplicate_of: None });
    street.all_equal(&people);
    street.part_all();
    let thanks = calls::Thank { id: need.clone(), text: CANARY.into(), to: None };
    let history = street.tell(alice, &thanks).history;
    let thanked = history.iter().find(|done| done.undo.is_some() && done.says.id.contains("thank")).unwrap();
    street.tell(alice, &calls::Undo { id: thanked.id.clone() });
    street.meet(&people);
    street.all_equal(&people);
    assert!(!street.holds_bytes(bob, CANARY.as_bytes()), "it never came to him");
    waits(&mut street, 8 * DAY);
    assert!(!street.holds_bytes(alice, CANARY.as_bytes()));
    // Other things are taken back without a new beginning.
    let before = street.tell(alice, &calls::CountAll {}).statements;
    street.tell(alice, &calls::Undo { id: need });
    assert_eq!(street.tell(alice, &calls::CountAll {}).statements, before);
}

#[test]
fn doorstep_details_go_with_the_next_beginning_a_week_after_the_end() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    let answer =
        calls::Answer { id: promise, verdict: Verdict::Accept, doorstep: Some("Mill Lane 7".into()) };
    street.tell(alice, &answer);
    let over = street.needs(alice, "Something else");
    closes(&mut street, alice, &over);
    let sealed = |street: &mut Neighbourhood| {
        let (circle, member) = (street.circle_id(alice), street.member_id(alice));
        street.switch_off(bob);
        let rows = street.store(bob).view().records(circle).unwrap();
        street.switch_on(bob).unwrap();
        rows.iter().filter(|row| row.0 == member && row.1.kind == "answer").map(|row| row.1.body.len()).max()
    };
    let with = sealed(&mut street).unwrap();
    waits(&mut street, 8 * DAY);
    street.tell(alice, &forget(&[&over]));
    street.all_equal(&people);
    assert_eq!(sealed(&mut street).unwrap(), with, "the week since the end is not over");
    waits(&mut street, 2 * DAY);
    let another = street.needs(alice, "And another");
    closes(&mut street, alice, &another);
    street.tell(alice, &forget(&[&another]));
    street.all_equal(&people);
    assert!(sealed(&mut street).unwrap() + 100 < with);
    assert_eq!(street.shows(bob, &need).promises.len(), 1, "the promise stands");
}

#[test]
fn a_machine_that_came_back_forgets_nothing_before_it_met_another_or_none_is_left() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    let need = street.needs(alice, "Lift to the eye clinic");
    closes(&mut street, alice, &need);
    let (sheet, backup) = (street.words_of(alice), backs_up(&mut street, alice, "second.backup"));
    street.part_all();
    let laptop = street.person("laptop");
    street.part_all();
    street.tell(laptop, &restore(&backup, &sheet));
    street.part_all();
    assert_eq!(street.refusal(laptop, &forget(&[&need])), ErrorCode::MeetFirst);
    assert_eq!(street.refusal(laptop, &calls::BeginAnew::default()), ErrorCode::MeetFirst);
    let alone = calls::Forget { none_left: Some(true), ..forget(&[&need]) };
    assert_eq!(street.tell(laptop, &alone).count, 1);
    assert!(street.titles(laptop).is_empty());
}
