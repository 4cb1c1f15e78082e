//! The one record whose text merges.

use std::collections::BTreeSet;

use automerge::{ObjType, ROOT, ScalarValue, transaction::Transactable};
use closeknit_domain::{
    Note, Record,
    text::{NoteText, Title},
};
use closeknit_ids::RecordId;
use closeknit_replica::{Act, Document, LIMITS, WriteError};

use crate::{
    records::{object, write_freely},
    support::*,
};

fn note(text: &str) -> Note {
    let text = NoteText::held(text).unwrap();
    let written = jiff::Timestamp::from_second(NOW).unwrap();
    Note { title: Title::new("Spring meeting").unwrap(), text, written, changed: None }
}

fn edit(from: &str, to: &str) -> [Act; 1] {
    [Act::edit(record_id(1), Record::Note(note(from)), Record::Note(note(to)))]
}

fn text_of(document: &Document) -> String {
    let reading = document.read();
    assert_eq!(reading.skipped, 0);
    let Record::Note(note) = &reading.records[&record_id(1)] else { panic!("a note") };
    note.text.as_deref().unwrap_or_default().to_owned()
}

/// A text of so many letters in which no word comes twice.
fn words(letters: usize) -> String {
    let words: String = (0..letters).map(|word| format!("w{word} ")).collect();
    words.chars().take(letters).collect()
}

const FIRST: &str = "Tea at four.\nAna keeps the key.\nNext time in May.";

#[test]
fn two_machines_edit_different_places_of_one_note() {
    let mut laptop = Document::found();
    laptop.write(actor(1), NOW, &[add(1, Record::Note(note(FIRST)))]).unwrap().unwrap();
    let mut phone = bring(&laptop, &Document::found()).document;

    laptop.write(actor(1), NOW, &edit(FIRST, &FIRST.replace("four", "half past four"))).unwrap().unwrap();
    phone.write(actor(2), NOW, &edit(FIRST, &FIRST.replace("key", "key and the stamps"))).unwrap().unwrap();
    phone.write(actor(2), NOW, &edit(FIRST, &format!("{FIRST}\nBo brings soup."))).unwrap().unwrap();

    let neighbour = bring(&phone, &bring(&laptop, &Document::found()).document).document;
    laptop = bring(&phone, &laptop).document;
    phone = bring(&laptop, &phone).document;
    assert_eq!((laptop.read(), phone.read()), (phone.read(), neighbour.read()));
    assert_eq!(
        text_of(&neighbour),
        "Tea at half past four.\nAna keeps the key and the stamps.\nNext time in May.\nBo brings soup."
    );
}

/// Long as it may be, written anew as a whole, and changed here and there: everybody takes it.
#[test]
fn a_long_note_goes_over_several_changes() {
    let (whole, other) = (words(NoteText::TYPED), words(NoteText::TYPED).replace('w', "v"));
    let mut alice = Document::found();
    let changes = alice.write_in_parts(actor(1), NOW, &[add(1, Record::Note(note(&whole)))]).unwrap();
    assert_eq!(changes.len(), 3, "each letter is an operation");
    assert!(alice.clone().write(actor(1), NOW, &edit(&whole, &other)).is_err(), "it does not fit one");
    alice.write_in_parts(actor(1), NOW, &edit(&whole, &other)).unwrap();
    let bob = bring(&alice, &Document::found());
    assert_eq!((bob.refusal, text_of(&bob.document)), (None, note(&other).text.unwrap().to_string()));

    let mut now = other;
    for number in 0..300 {
        let next = now.replacen(&format!("v{number} "), &format!("edited{number} "), 1);
        alice.write(actor(1), NOW, &edit(&now, &next)).unwrap().unwrap();
        now = next;
    }
    assert!(!alice.wants_generation(), "some hundred edits of a long note are no burden");
    let next = alice.next_generation(actor(2), NOW, &BTreeSet::new()).unwrap().document;
    assert_eq!((next.read(), next.base().count), (alice.read(), 1));
    let bob = bring(&next, &Document::awaiting(next.base()));
    assert_eq!((bob.refusal, bob.document.read()), (None, alice.read()));
}

/// What somebody wrote alone comes along when others join.
#[test]
fn a_draft_with_long_notes_becomes_a_circle() {
    let mut draft = Document::found();
    for number in 1..=5 {
        let acts = [add(number, Record::Note(note(&words(NoteText::TYPED)))), add_need(number + 100)];
        draft.write_in_parts(actor(1), NOW, &acts).unwrap();
    }
    let mut real = Document::found();
    real.take_over(&draft, actor(2), NOW).unwrap();
    assert_eq!(real.read(), draft.read());
    let bob = bring(&real, &Document::found());
    assert_eq!((bob.refusal, bob.document.read()), (None, draft.read()));
}

/// The laptop wrote while another machine began afresh and somebody wrote there too.
#[test]
fn what_was_written_in_a_note_apart_from_a_new_beginning_merges() {
    let mut alice = Document::found();
    alice.write(actor(1), NOW, &[add(1, Record::Note(note(FIRST)))]).unwrap();
    let closes: Vec<_> = alice.heads().collect();
    let mut laptop = alice.clone();
    let mut next = alice.next_generation(actor(2), NOW, &BTreeSet::new()).unwrap().document;
    next.write(actor(2), NOW, &edit(FIRST, &FIRST.replace("four", "five"))).unwrap();
    let long = format!("{}\n{}", FIRST.replace("May", "June"), words(NoteText::TYPED - 100));
    laptop.write_in_parts(actor(3), NOW, &edit(FIRST, &long)).unwrap();
    laptop.write_in_parts(actor(3), NOW, &[add(2, Record::Note(note(&long)))]).unwrap();

    let taken = laptop.at(&closes).unwrap();
    let none = BTreeSet::new();
    let changes = next.write_again(&laptop, &[], &taken, &none, actor(4), NOW).unwrap();
    assert!(changes.len() > 3, "{} changes", changes.len());
    assert_eq!(text_of(&next), note(&long.replace("four", "five")).text.unwrap().to_string());
    assert_eq!(next.read().records[&record_id(2)], Record::Note(note(&long)));
    assert!(next.write_again(&laptop, &[], &taken, &none, actor(4), NOW).unwrap().is_empty());
    let bob = bring(&next, &Document::awaiting(next.base()));
    assert_eq!((bob.refusal, bob.document.read()), (None, next.read()));
}

/// Two machines wrote the same note again, and one went on with it.
#[test]
fn of_a_note_that_stands_twice_the_newer_text_shows() {
    let mut left = Document::found();
    left.write(actor(1), NOW, &[add(1, Record::Note(note(FIRST)))]).unwrap();
    for (one, other) in [(8, 9), (9, 8)] {
        let mut tablet = Document::found();
        tablet.write(actor(one), NOW, &[add(1, Record::Note(note(FIRST)))]).unwrap();
        let newer = FIRST.replace("four", "six");
        tablet.write(actor(one), NOW, &edit(FIRST, &newer)).unwrap();
        let mut phone = Document::found();
        phone.write(actor(other), NOW, &[add(1, Record::Note(note(FIRST)))]).unwrap();

        phone = bring(&tablet, &phone).document;
        tablet = bring(&phone, &tablet).document;
        let doubled = phone.doubled();
        assert_eq!(doubled, BTreeSet::from([record_id(1)]));
        // Both at once, as machines do that meet.
        phone.reconcile(&doubled, &[left.clone()], actor(5), NOW).unwrap();
        tablet.reconcile(&doubled, &[left.clone()], actor(6), NOW).unwrap();
        let both = bring(&tablet, &phone).document;
        assert_eq!(text_of(&both), newer);
    }
}

#[test]
fn an_odd_note_is_skipped_and_counted() {
    let mut alice = Document::found();
    for number in 1..=7 {
        alice.write(actor(1), NOW, &[add(number, Record::Note(note(FIRST)))]).unwrap();
    }
    let odd = write_freely(&alice, 2, |tx| {
        let notes = object(tx, &ROOT, "note");
        let place = |tx: &_, number| object(tx, &notes, &record_id(number).to_string());
        let text = |tx: &_, number| object(tx, &place(tx, number), "text");
        // No text but a string; none at all; too long; a number, a map in it; no title.
        tx.put(place(tx, 1), "text", "a string").unwrap();
        tx.delete(place(tx, 2), "text").unwrap();
        tx.insert(text(tx, 3), 0, "x".repeat(16_001)).unwrap();
        tx.insert(text(tx, 4), 3, 7).unwrap();
        tx.insert_object(text(tx, 5), 3, ObjType::Map).unwrap();
        tx.put(place(tx, 6), "title", ScalarValue::Null).unwrap();
    });
    let read = odd.read();
    assert_eq!((read.records.len(), read.skipped), (1, 6));
    assert_eq!(read.records[&record_id(7)], Record::Note(note(FIRST)));
    // What is odd is carried along all the same.
    let next = odd.next_generation(actor(3), NOW, &BTreeSet::new()).unwrap().document;
    assert_eq!(next.read(), read);
}

#[test]
fn a_document_full_of_notes_goes_on() {
    let mut alice = Document::found();
    let long = Record::Note(note(&words(NoteText::TYPED)));
    let numbered = |number: u8| RecordId([number; 16]);
    let mut written = 0;
    let full = loop {
        match alice.write_in_parts(actor(1), NOW, &[Act::add(numbered(written), long.clone())]) {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(full, WriteError::Full), "{full}");
    assert!((18..20).contains(&written), "{written} of the longest");
    let next = alice.next_generation(actor(2), NOW, &BTreeSet::new()).unwrap().document;
    assert_eq!(next.read(), alice.read());
    assert!(next.base().count <= LIMITS.base as u64);
    assert!(!next.wants_generation(), "a generation that begins large does not ask for another");
    alice.write(actor(1), NOW, &[Act::remove(numbered(0), long.clone())]).unwrap();
    alice.write_in_parts(actor(1), NOW, &[Act::add(numbered(200), long)]).unwrap();
}

/// Run with `--nocapture` to read it.
#[test]
fn what_a_note_costs() {
    let mut alice = Document::found();
    let before = alice.extent();
    let whole = words(3_000);
    alice.write_in_parts(actor(1), NOW, &[add(1, Record::Note(note(&whole)))]).unwrap();
    let bytes = alice.extent().bytes - before.bytes;
    let change = alice.write(actor(1), NOW, &edit(&whole, &whole.replacen("w7 ", "seven ", 1))).unwrap();
    let log: Vec<_> = alice.changes().cloned().collect();
    let start = std::time::Instant::now();
    let loaded = Document::rebuild(alice.base(), log).unwrap();
    let took = start.elapsed();
    let start = std::time::Instant::now();
    assert_eq!(loaded.read(), alice.read());
    let read = start.elapsed();
    let one = change.unwrap().size();
    println!(
        "3,000 letters: {bytes} bytes; an edit of a word: {one}; loaded in {took:?}, read twice in {read:?}"
    );
    assert!(bytes < 3_800 && one < 400, "{bytes} and {one} bytes");
}
