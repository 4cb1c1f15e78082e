//! Notes: written by one, read by all, and changed by their writer's machines apart from each other.

use closeknit_api::{
    ErrorCode, calls,
    views::{NoteView, TypedNote},
};
use closeknit_domain::text::NoteText;
use closeknit_simulator::neighbourhood::{Neighbourhood, Person};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use crate::forgetting::{DAY, closes, forget, is_whole, second_machine, waits};

const FIRST: &str = "Tea at four.\nAna keeps the key.\nNext time in May.";
const CANARY: &str = "canary behind the third curtain";

fn writes(street: &mut Neighbourhood, person: Person, title: &str, text: &str) -> String {
    street.tell(person, &calls::WriteNote { title: title.into(), text: text.into() }).card.id
}

/// Changes a text as a form does that was opened on `was`.
fn changes(street: &mut Neighbourhood, person: Person, id: &str, was: &NoteView, text: &str) -> NoteView {
    let was = Some(TypedNote { title: was.card.title.clone(), text: was.text.clone() });
    let title = was.as_ref().map(|was| was.title.clone());
    street.tell(person, &calls::ChangeNote { id: id.into(), title, text: Some(text.into()), was })
}

fn note(street: &mut Neighbourhood, person: Person, id: &str) -> NoteView {
    street.tell(person, &calls::Note { id: id.into() })
}

fn titles(street: &mut Neighbourhood, person: Person) -> Vec<String> {
    let notes = street.tell(person, &calls::Notes::default()).notes;
    notes.into_iter().map(|note| note.title).collect()
}

fn found(street: &mut Neighbourhood, person: Person, typed: &str) -> Vec<String> {
    let notes = street.tell(person, &calls::Notes { search: Some(typed.into()) });
    assert_eq!(notes.says.map(|says| says.id), notes.notes.is_empty().then(|| "notes-not-found".into()));
    notes.notes.into_iter().map(|note| note.title).collect()
}

#[test]
fn everybody_reads_a_note_and_its_writer_alone_changes_it() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let id = writes(&mut street, alice, "Spring meeting", FIRST);
    let read = note(&mut street, bob, id.get(..8).unwrap());
    assert_eq!((read.card.title.as_str(), read.text.as_str()), ("Spring meeting", FIRST));
    assert_eq!(read.card.by.name.as_deref(), Some("alice"));
    assert!(!read.can_change && !read.can_forget && !read.changed);

    let change = calls::ChangeNote { id: id.clone(), text: Some("Mine now".into()), ..Default::default() };
    assert_eq!(street.refusal(bob, &change), ErrorCode::NotYours);
    assert_eq!(street.refusal(bob, &calls::RemoveNote { id: id.clone() }), ErrorCode::NotYours);
    let long = calls::WriteNote { title: "Long".into(), text: "x".repeat(NoteText::TYPED + 1) };
    assert_eq!(street.refusal(alice, &long), ErrorCode::BadInput);
    assert_eq!(street.refusal(alice, &calls::WriteNote::default()), ErrorCode::BadInput, "it has no title");

    let title = Some("The spring meeting".to_owned());
    let changed = street.tell(alice, &calls::ChangeNote { id: id.clone(), title, ..Default::default() });
    assert!(changed.changed && changed.can_change && changed.can_forget);
    street.pass(std::time::Duration::from_secs(2));
    writes(&mut street, bob, "Where the ladder is", "Behind the bakery");
    assert_eq!(titles(&mut street, alice), ["Where the ladder is", "The spring meeting"]);
    assert_eq!(found(&mut street, alice, "bakery"), ["Where the ladder is"]);
    assert_eq!(found(&mut street, bob, "ana key"), ["The spring meeting"]);
    let board = calls::Board { search: Some("bakery".into()), ..Default::default() };
    assert!(street.tell(alice, &board).posts.is_empty(), "a note is no post");
    street.all_equal(&people);

    street.tell(alice, &calls::RemoveNote { id: id.clone() });
    assert_eq!(titles(&mut street, bob), ["Where the ladder is"]);
    assert_eq!(street.refusal(bob, &calls::Note { id }), ErrorCode::NotFound);
    people.iter().for_each(|person| is_whole(&mut street, *person));
}

/// An organisation's three machines, none of which hears of the others meanwhile.
#[test]
fn three_machines_of_one_member_change_one_text_apart_and_all_of_it_stands() {
    let (mut street, people) = Neighbourhood::circle(&["library", "bob"]);
    let (desk, bob) = (people[0], people[1]);
    let (office, hall) = (street.pairs(desk, "office"), street.pairs(desk, "hall"));
    let all = [desk, office, hall, bob];
    let id = writes(&mut street, desk, "Spring meeting", FIRST);
    street.meet(&all);
    street.all_equal(&all);
    street.part_all();

    let was = note(&mut street, desk, &id);
    changes(&mut street, desk, &id, &was, &FIRST.replace("four", "half past four"));
    changes(&mut street, office, &id, &was, &FIRST.replace("key", "key and the stamps"));
    let at_office = note(&mut street, office, &id);
    changes(&mut street, office, &id, &at_office, &at_office.text.replace("May", "June"));
    changes(&mut street, hall, &id, &was, &format!("{FIRST}\nBo brings soup."));

    street.meet(&[hall, bob]);
    street.part_all();
    street.meet(&[office, bob]);
    street.part_all();
    street.meet(&all);
    street.all_equal(&all);
    for person in all {
        assert_eq!(
            note(&mut street, person, &id).text,
            "Tea at half past four.\nAna keeps the key and the stamps.\nNext time in June.\nBo brings soup."
        );
        is_whole(&mut street, person);
    }
}

#[test]
fn what_arrived_while_a_form_was_open_stays() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let laptop = street.pairs(people[0], "laptop");
    let all = [people[0], laptop, people[1]];
    let id = writes(&mut street, people[0], "Spring meeting", FIRST);
    street.meet(&all);
    let opened = note(&mut street, laptop, &id);
    changes(&mut street, people[0], &id, &opened, &FIRST.replace("four", "five"));
    street.all_equal(&all);
    let text = FIRST.replace("May", "June");
    let saved = changes(&mut street, laptop, &id, &opened, &text);
    assert_eq!(saved.text, "Tea at five.\nAna keeps the key.\nNext time in June.");
    // Said again, it is there already.
    let again = changes(&mut street, laptop, &id, &saved, &saved.text.clone());
    assert_eq!(again, saved);
    street.all_equal(&all);
    assert_eq!(note(&mut street, people[1], &id).text, saved.text);
}

/// The laptop changes a note while the other machine begins afresh and changes it too.
#[test]
fn a_note_that_was_changed_apart_from_a_new_beginning_loses_nothing() {
    for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1]] {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let over = street.needs(alice, "Long over");
        closes(&mut street, alice, &over);
        let id = writes(&mut street, alice, "Spring meeting", FIRST);
        let laptop = second_machine(&mut street, alice, "laptop");
        let all = [alice, laptop, bob];
        street.meet(&all);
        street.all_equal(&all);
        street.part_all();

        let was = note(&mut street, alice, &id);
        street.tell(alice, &forget(&[&over]));
        changes(&mut street, alice, &id, &was, &FIRST.replace("four", "five"));
        let long = "And so on. ".repeat(300);
        changes(&mut street, laptop, &id, &was, &format!("{}\n{long}", FIRST.replace("May", "June")));
        let other = writes(&mut street, laptop, "Written on the laptop", &long);

        for at in order {
            street.meet(&[all[at], all[(at + 1) % 3]]);
            street.part_all();
        }
        street.meet(&all);
        street.all_equal(&all);
        for person in all {
            let text = note(&mut street, person, &id).text;
            let expected = format!("Tea at five.\nAna keeps the key.\nNext time in June.\n{long}");
            assert_eq!(text, expected.trim(), "{} in {order:?}", street.name(person));
            assert_eq!(note(&mut street, person, &other).text, long.trim());
            is_whole(&mut street, person);
        }
    }
}

#[test]
fn a_forgotten_note_is_in_no_file_of_any_machine_a_week_later() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let id = writes(&mut street, alice, "To be forgotten", CANARY);
    let kept = writes(&mut street, alice, "Spring meeting", FIRST);
    street.all_equal(&people);
    for person in &people {
        assert!(street.holds_bytes(*person, CANARY.as_bytes()), "else the test sees nothing");
    }
    assert_eq!(street.refusal(bob, &forget(&[&id])), ErrorCode::NotFound, "it is not his");
    assert_eq!(street.tell(alice, &forget(&[&id])).count, 1);
    street.all_equal(&people);
    for person in [alice, bob, carol] {
        assert_eq!(titles(&mut street, person), ["Spring meeting"]);
        assert!(found(&mut street, person, "canary").is_empty());
    }
    waits(&mut street, 8 * DAY);
    for person in [alice, bob, carol] {
        assert!(!street.holds_bytes(person, CANARY.as_bytes()), "{} has it", street.name(person));
        assert_eq!(note(&mut street, person, &kept).text, FIRST);
    }
}

/// Alone, on a stick, and in a backup.
#[test]
fn notes_come_along_wherever_everything_does() {
    let mut street = Neighbourhood::new();
    let (alice, bob) = (street.person("alice"), street.person("bob"));
    street.starts(alice, "Millrace");
    let long = "Everything that was said. ".repeat(150);
    let alone = street.tell(alice, &calls::WriteNote { title: "Alone".into(), text: long.clone() });
    assert!(alone.can_change && !alone.can_forget, "there is nobody yet who could forget it");
    let invitation = street.invites(alice);
    street.joins(bob, &invitation, alice);
    street.all_equal(&[alice, bob]);
    let notes = street.tell(bob, &calls::Notes::default()).notes;
    assert_eq!(note(&mut street, bob, &notes[0].id).text, long.trim());

    street.part_all();
    let carried = writes(&mut street, alice, "Carried", FIRST);
    let path = street.profile(alice).parent().unwrap().join("stick").display().to_string();
    street.tell(alice, &calls::WriteParcel { path: path.clone(), to: None });
    street.tell(bob, &calls::ReadParcel { path });
    assert_eq!(note(&mut street, bob, &carried).text, FIRST);
    assert_eq!(found(&mut street, bob, "stamp"), [""; 0]);

    let laptop = second_machine(&mut street, alice, "laptop");
    assert_eq!(note(&mut street, laptop, &carried).text, FIRST);
    assert_eq!(found(&mut street, laptop, "said").len(), 1);
}

/// Machines of alice write words into one note, begin afresh, start again, and meet whenever they meet.
fn whatever_they_write(seed: u64) -> (usize, usize) {
    let mut rng = StdRng::seed_from_u64(seed);
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let id = writes(&mut street, alice, "Spring meeting", FIRST);
    let laptop = second_machine(&mut street, alice, "laptop");
    let tablet = (seed % 2 == 1).then(|| second_machine(&mut street, alice, "tablet"));
    let all: Vec<Person> = [bob, alice, laptop].into_iter().chain(tablet).collect();
    street.meet(&all);
    street.part_all();
    let (mut words, mut begun) = (Vec::new(), 0);
    for step in 0..40 {
        let own = all[rng.random_range(1..all.len())];
        match rng.random_range(0..10) {
            0..5 => {
                let was = note(&mut street, own, &id);
                let mut said: Vec<&str> = was.text.split(' ').collect();
                let word = format!("word{step}.");
                said.insert(rng.random_range(0..=said.len()), &word);
                changes(&mut street, own, &id, &was, &said.join(" "));
                words.push(word);
            }
            5 => {
                let over = street.needs(own, "Over");
                closes(&mut street, own, &over);
                begun += usize::from(street.ask(own, &forget(&[&over])).is_ok());
            }
            6 => {
                street.switch_off(own);
                street.switch_on(own).unwrap();
                street.part_all();
            }
            _ => {
                let first = rng.random_range(0..all.len());
                let second = (first + rng.random_range(1..all.len())) % all.len();
                street.meet(&[all[first], all[second]]);
                street.part_all();
            }
        }
    }
    street.meet(&all);
    street.all_equal(&all);
    let text = note(&mut street, bob, &id).text;
    for person in all {
        assert_eq!(note(&mut street, person, &id).text, text, "{} with seed {seed}", street.name(person));
        is_whole(&mut street, person);
    }
    let lost: Vec<_> = words.iter().filter(|word| !text.contains(word.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?} with seed {seed}: {text}");
    let twice = words.iter().filter(|word| text.matches(word.as_str()).count() > 1).count();
    (begun, twice)
}

/// A word may come to stand twice, where two machines wrote the same again at once; it is never lost.
#[test]
fn whatever_they_write_into_one_note_and_whoever_meets_whom_every_word_stands() {
    let (begun, twice) = (0..24).map(whatever_they_write).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    println!("{begun} new beginnings, {twice} words that stand twice");
    assert!(begun > 10, "{begun}");
}
