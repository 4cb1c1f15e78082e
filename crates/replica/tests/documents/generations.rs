//! Beginning afresh.

use std::collections::BTreeSet;

use automerge::{ObjType, ROOT, ReadDoc, transaction::Transactable};
use closeknit_domain::{
    Answer, Closed, Closure, CommitmentRef, Post, Record, Sealed, Verdict, Withdrawal,
    text::{Detail, Title},
};
use closeknit_ids::{MemberId, RecordId};
use closeknit_replica::{Act, Document, Fault, LIMITS, Room, WriteError};

use crate::{records::write_freely, support::*};

#[test]
fn the_next_generation_has_what_is_live_and_not_what_is_forgotten() {
    let mut alice = Document::found();
    for number in 1..=5 {
        write_need(&mut alice, 1, number);
    }
    let (from, mut to) = (need("Need number 2"), need("Need number 2"));
    to.detail = None;
    alice.write(actor(1), NOW, &[Act::edit(record_id(2), Record::Post(from), Record::Post(to))]).unwrap();

    let next = alice.next_generation(actor(2), NOW, &BTreeSet::from([record_id(3)])).unwrap();
    assert_eq!(next.closes, alice.heads().collect::<Vec<_>>());
    let mut expected = alice.read();
    expected.records.remove(&record_id(3));
    assert_eq!(next.document.read(), expected);
    assert_eq!(next.document.base().count, next.document.extent().count);
    let text: Vec<u8> = next.document.changes().flat_map(|change| change.bytes().to_vec()).collect();
    let holds = |words: &str| text.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(holds("Need number 2") && !holds("Need number 3"), "forgotten words are gone from the bytes");
}

/// What Alice's laptop wrote while her other machine began afresh is written again, field by field.
#[test]
fn what_was_written_apart_from_a_new_beginning_is_written_again_in_it() {
    let edit = |number: u8, from: &Post, to: &Post| {
        Act::edit(record_id(number), Record::Post(from.clone()), Record::Post(to.clone()))
    };
    let titled = |title: &str| Post { title: Title::new(title).unwrap(), ..need("Need") };
    let mut alice = Document::found();
    let posts = (1..=6).map(|number| add(number, Record::Post(need("Need"))));
    alice.write(actor(1), NOW, &posts.collect::<Vec<_>>()).unwrap();
    let closes: Vec<_> = alice.heads().collect();
    let mut laptop = alice.clone();
    let forgotten = BTreeSet::from([record_id(6)]);
    let mut next = alice.next_generation(actor(2), NOW, &forgotten).unwrap().document;

    // Apart: one is edited here, another there, a third on both; one is taken out here, one there.
    let short = Post { detail: None, ..need("Need") };
    let here = [edit(1, &need("Need"), &short), edit(3, &need("Need"), &titled("Here"))];
    next.write(actor(2), NOW, &here).unwrap();
    next.write(actor(2), NOW, &[Act::remove(record_id(4), Record::Post(need("Need")))]).unwrap();
    let there = [
        edit(1, &need("Need"), &titled("There")),
        edit(2, &need("Need"), &short),
        edit(3, &need("Need"), &titled("There")),
        edit(4, &need("Need"), &titled("There")),
        edit(6, &need("Need"), &titled("There")),
        Act::remove(record_id(5), Record::Post(need("Need"))),
        add(7, Record::Post(need("New"))),
    ];
    laptop.write(actor(3), NOW, &there).unwrap();

    let taken = laptop.at(&closes).unwrap();
    assert_eq!(taken.read(), alice.read());
    let changes = next.write_again(&laptop, &[], &taken, &forgotten, actor(4), NOW).unwrap();
    assert_eq!(changes.len(), 1);
    let expected =
        [(1, Post { detail: None, ..titled("There") }), (2, short), (3, titled("Here")), (7, need("New"))];
    let expected = expected.into_iter().map(|(number, post)| (record_id(number), Record::Post(post)));
    assert_eq!(next.read().records, expected.collect());
    // If it is not known what was taken over, the newer of what one machine wrote stands all the same.
    let mut edited = laptop.clone();
    edited.write(actor(3), NOW, &[edit(1, &titled("There"), &titled("There, later"))]).unwrap();
    let mut unknown = next.clone();
    unknown.write_again(&edited, &[], &Document::found(), &forgotten, actor(5), NOW).unwrap();
    let later = Post { detail: None, ..titled("There, later") };
    assert_eq!(unknown.read().records.get(&record_id(1)), Some(&Record::Post(later)));
    assert_eq!(unknown.read().records.get(&record_id(3)), Some(&Record::Post(titled("Here"))));

    let again = next.write_again(&laptop, &[], &taken, &forgotten, actor(4), NOW).unwrap();
    assert!(again.is_empty(), "a second time there is nothing to write");
}

/// As much as fits, in changes that everybody takes.
#[test]
fn much_that_was_written_apart_is_written_in_several_changes() {
    let alice = Document::found();
    let mut next = alice.next_generation(actor(2), NOW, &BTreeSet::new()).unwrap().document;
    let mut laptop = alice.clone();
    for at in 0..10 {
        let posts = (0..10).map(|n| Act::add(numbered(7, at * 10 + n), Record::Post(long_need())));
        laptop.write(actor(3), NOW, &posts.collect::<Vec<_>>()).unwrap();
    }
    let changes = next.write_again(&laptop, &[], &alice, &BTreeSet::new(), actor(4), NOW).unwrap();
    assert!(changes.len() > 3, "{}", changes.len());
    assert_eq!(next.read(), laptop.read());
}

#[test]
fn a_neighbour_gets_the_next_generation_through_the_gate() {
    let mut alice = Document::found();
    // Enough for a base of several changes.
    for number in 0..=200 {
        let post = Post { detail: Some(Detail::new(&"words ".repeat(300)).unwrap()), ..need("Long") };
        alice.write(actor(1), NOW, &[add(number, Record::Post(post))]).unwrap();
    }
    let mut next = alice.next_generation(actor(2), NOW, &BTreeSet::new()).unwrap().document;
    let base: Vec<_> = next.changes().cloned().collect();
    assert!(base.len() > 1 && base.len() <= LIMITS.base, "{} changes", base.len());
    write_need(&mut next, 2, 201);

    let bob = Document::awaiting(next.base());
    assert!(!bob.has_base());
    assert!(matches!(bob.clone().write(actor(3), NOW, &[add_need(1)]), Err(WriteError::NoBase)));

    // Nothing comes in before the base is complete.
    let mut room = Room::default();
    room.expect(next.base());
    signed_heads(&next).into_iter().for_each(|head| room.expect(head));
    let changes: Vec<_> = next.changes().cloned().collect();
    for change in changes.iter().filter(|change| change.hash() != base[1].hash()) {
        room.put(change.bytes()).unwrap();
    }
    assert_eq!(room.screen(&bob).in_flight(), None);
    room.put(base[1].bytes()).unwrap();
    let admission = room.screen(&bob).apply();
    assert_eq!(admission.refusal, None);
    assert_eq!(admission.admitted.len(), changes.len());
    assert_eq!(admission.document.read(), next.read());
    assert!(admission.document.has_base());

    let log = admission.admitted;
    assert_eq!(Document::rebuild(next.base(), log.clone()).unwrap().read(), next.read());

    // A machine that stopped in the middle of the base goes on from there.
    let half = Document::rebuild(next.base(), log[..1].to_vec()).unwrap();
    assert!(!half.has_base());
    let admission = bring(&next, &half);
    assert_eq!((admission.refusal, admission.document.read()), (None, next.read()));
}

#[test]
fn only_a_base_may_stand_on_nothing() {
    let mut alice = Document::found();
    write_need(&mut alice, 1, 1);
    let next = alice.next_generation(actor(2), NOW, &BTreeSet::new()).unwrap().document;
    let first = next.changes().next().unwrap();
    let mut room = Room::default();
    room.expect(signed(&next, first));
    room.put(first.bytes()).unwrap();
    let admission = room.screen(&alice).apply();
    assert_eq!(admission.refusal.map(|refusal| refusal.fault), Some(Fault::Base));
    assert!(admission.document.heads().eq(alice.heads()));
}

#[test]
fn unknown_content_reaches_the_next_generation() {
    let mut alice = Document::found();
    write_need(&mut alice, 1, 1);
    let alice = write_freely(&alice, 2, |tx| {
        let later = tx.get(ROOT, "later").unwrap().unwrap().1;
        let record = tx.put_object(&later, record_id(9).to_string(), ObjType::Map).unwrap();
        let list = tx.put_object(&record, "steps", ObjType::List).unwrap();
        tx.insert(&list, 0, "first").unwrap();
        let step = tx.insert_object(&list, 1, ObjType::Map).unwrap();
        tx.put(&step, "what", "second").unwrap();
        let text = tx.put_object(&record, "minutes", ObjType::Text).unwrap();
        tx.splice_text(&text, 0, 0, "We met on Tuesday. 😀").unwrap();
        tx.put_object(ROOT, "a map nobody knows", ObjType::Map).unwrap();
    });
    let next = alice.next_generation(actor(3), NOW, &BTreeSet::new()).unwrap().document;
    write_freely(&next, 4, |tx| {
        let at = |tx: &automerge::transaction::Transaction<'_>, map: &automerge::ObjId, key: &str| {
            tx.get(map, key).unwrap().unwrap().1
        };
        let later = at(tx, &ROOT, "later");
        let record = at(tx, &later, &record_id(9).to_string());
        let list = at(tx, &record, "steps");
        assert_eq!(tx.get(&list, 0).unwrap().unwrap().0.as_str(), Some("first"));
        let step = tx.get(&list, 1).unwrap().unwrap().1;
        assert_eq!(tx.get(&step, "what").unwrap().unwrap().0.as_str(), Some("second"));
        assert_eq!(tx.text(at(tx, &record, "minutes")).unwrap(), "We met on Tuesday. 😀");
        at(tx, &ROOT, "a map nobody knows");
        tx.put(&record, "read", true).unwrap();
    });
}

#[test]
fn a_draft_becomes_the_document_of_a_circle() {
    let mut draft = Document::found();
    for number in 1..=40 {
        let post = Post { detail: Some(Detail::new(&"words ".repeat(300)).unwrap()), ..need("Long") };
        draft.write(actor(1), NOW, &[add(number, Record::Post(post))]).unwrap();
    }
    let mut alice = Document::found();
    let changes = alice.take_over(&draft, actor(2), NOW).unwrap();
    assert!(changes.len() > 1, "more than one ordinary change can hold");
    assert_eq!(alice.read(), draft.read());
    assert_eq!(bring(&alice, &Document::found()).document.read(), draft.read());
}

#[test]
fn the_owner_is_asked_for_a_new_generation_in_time_and_a_full_document_says_so() {
    let mut alice = Document::found();
    assert!(!alice.wants_generation());
    let long = |text: &str| Some(Detail::new(&text.repeat(1_990)).unwrap());
    // The same record again and again: much history, little that lives.
    let mut was = Post { detail: long("a"), ..need("Long") };
    alice.write(actor(1), NOW, &[add(1, Record::Post(was.clone()))]).unwrap();
    let mut turns = 0;
    while !alice.wants_generation() {
        turns += 1;
        let now = Post { detail: long(if turns % 2 == 0 { "a" } else { "ß" }), ..was.clone() };
        let edit = Act::edit(record_id(1), Record::Post(was), Record::Post(now.clone()));
        alice.write(actor(1), NOW, &[edit]).unwrap().unwrap();
        was = now;
    }
    assert!(alice.extent().bytes >= LIMITS.bytes / 2);
    let next = alice.next_generation(actor(2), NOW, &BTreeSet::new()).unwrap().document;
    assert!(!next.wants_generation());

    // Many records: all of it lives.
    let bob = full();
    assert!((LIMITS.live - 500..=LIMITS.live).contains(&bob.live_bytes()));
    let next = bob.next_generation(actor(2), NOW, &BTreeSet::new()).unwrap().document;
    assert_eq!(next.read(), bob.read());
    assert!(!next.wants_generation(), "a generation that begins large does not ask for another");
}

/// The id of one of many records.
fn numbered(kind: u8, number: u32) -> RecordId {
    let mut id = [kind; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    RecordId(id)
}

/// A post that is as long as one can be.
fn long_need() -> Post {
    Post { detail: Some(Detail::new(&"ß".repeat(1_990)).unwrap()), ..need("Long") }
}

/// Writes the same again and again, some at a time, until there is no room; how many that were.
fn fill(document: &mut Document, kind: u8, at_a_time: u32, record: impl Fn(u32) -> Record) -> u32 {
    let mut written = 0;
    loop {
        let acts: Vec<Act> = (written..written + at_a_time)
            .map(|number| Act::add(numbered(kind, number), record(number)))
            .collect();
        match document.write(actor(1), NOW, &acts) {
            Ok(_) => written += at_a_time,
            Err(error) => {
                assert!(matches!(error, WriteError::Full), "{error}");
                return written;
            }
        }
    }
}

/// Bob's document with as many needs as it takes.
fn full() -> Document {
    let mut bob = Document::found();
    assert!(fill(&mut bob, 1, 10, |_| Record::Post(long_need())) > 200);
    fill(&mut bob, 3, 1, |_| Record::Post(need("Short")));
    bob
}

#[test]
fn in_a_full_document_what_was_begun_can_be_ended_and_made_smaller() {
    let mut bob = full();
    let at = jiff::Timestamp::from_second(NOW).unwrap();
    let closure = |number| Record::Closure(Closure { post: numbered(1, number), how: Closed::Met, at });
    let promised = CommitmentRef { helper: MemberId([5; 32]), id: record_id(5) };
    let answer = Answer {
        post: numbered(1, 0),
        commitment: promised,
        verdict: Verdict::Accept,
        doorstep: Some(Sealed::new(vec![7; 900]).unwrap()),
        at,
    };
    let withdrawal = Withdrawal { commitment: record_id(5), slots: None, at };
    let ends =
        [Record::Answer(answer.clone()), Record::Withdrawal(withdrawal), closure(0)].into_iter().zip(200..);
    for (record, number) in ends {
        bob.write(actor(1), NOW, &[add(number, record)]).unwrap();
    }
    let declined = Answer { verdict: Verdict::StandBy, doorstep: None, ..answer.clone() };
    let (first, then) = (Record::Answer(answer), Record::Answer(declined));
    bob.write(actor(1), NOW, &[Act::edit(record_id(200), first.clone(), then.clone())]).unwrap();
    bob.write(actor(1), NOW, &[Act::edit(record_id(200), then, first)]).unwrap();

    // Of the rest only what makes it smaller.
    let edit = |from: &Post, to: &Post| {
        [Act::edit(numbered(3, 1), Record::Post(from.clone()), Record::Post(to.clone()))]
    };
    let (long, short) = (long_need(), need("Short"));
    let full = bob.write(actor(1), NOW, &edit(&short, &long)).unwrap_err();
    assert!(matches!(full, WriteError::Full), "{full}");
    bob.write(actor(1), NOW, &edit(&short, &Post { detail: None, ..short.clone() })).unwrap();

    // Every need can be closed; and whatever is in the reserve still fits the next generation.
    let closed = fill(&mut bob, 2, 10, closure);
    assert!(closed > 4_000, "{closed}");
    let next = bob.next_generation(actor(2), NOW, &BTreeSet::new()).unwrap().document;
    assert_eq!(next.read(), bob.read());
    assert!(!next.wants_generation(), "a generation that begins large does not ask for another");
    bob.write(actor(1), NOW, &[Act::edit(numbered(1, 2), Record::Post(long), Record::Post(short))]).unwrap();
}

#[test]
fn two_hundred_actors_are_enough_for_a_new_generation() {
    let mut alice = Document::found();
    for by in 0..199 {
        assert!(!alice.wants_generation(), "{by} actors");
        write_need(&mut alice, by, by);
    }
    assert!(alice.wants_generation(), "199 and the golden one");
}
