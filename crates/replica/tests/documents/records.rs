//! Records there and back.

use std::{cell::RefCell, collections::HashSet};

use automerge::{
    ActorId, Automerge, Change, ObjType, ROOT, ReadDoc, ScalarValue, Value,
    transaction::{CommitOptions, Transactable, Transaction},
};
use closeknit_domain::{
    Amount, Closed, Closure, Commitment, CommitmentRef, How, Outcome, Part, Post, PostRef, Record, Thanks,
    Withdrawal,
    record::Basis,
    text::{Say, Title},
};
use closeknit_ids::MemberId;
use closeknit_replica::{Act, Document, RawChange, Room, SignedHead};
use jiff::{Timestamp, ToSpan, civil::DateTime};
use proptest::{prelude::*, test_runner::TestRunner};

use crate::{any::*, support::*};

#[test]
fn a_record_comes_back_as_it_was_written() {
    let kinds = RefCell::new(HashSet::new());
    let run = TestRunner::default().run(&(record_ids(), records()), |(id, record)| {
        let mut alice = Document::found();
        alice.write(actor(1), NOW, &[Act::add(id, record.clone())]).unwrap().unwrap();
        kinds.borrow_mut().insert(std::mem::discriminant(&record));
        let reading = alice.read();
        prop_assert_eq!(reading.skipped, 0);
        prop_assert_eq!(reading.records.into_iter().collect::<Vec<_>>(), [(id, record)]);
        Ok(())
    });
    run.unwrap();
    assert_eq!(kinds.into_inner().len(), 13, "every kind came up");
}

#[test]
fn an_edited_record_reads_as_edited() {
    let run = TestRunner::default().run(&(record_ids(), same_kind()), |(id, (from, to))| {
        let mut alice = Document::found();
        alice.write(actor(1), NOW, &[Act::add(id, from.clone())]).unwrap().unwrap();
        let change = alice.write(actor(1), NOW, &[Act::edit(id, from.clone(), to.clone())]).unwrap();
        prop_assert_eq!(change.is_some(), from != to);
        prop_assert_eq!(&alice.read().records[&id], &to);
        Ok(())
    });
    run.unwrap();
}

#[test]
fn two_machines_edit_different_fields_of_one_post() {
    let mut laptop = Document::found();
    write_need(&mut laptop, 1, 1);
    let mut phone = bring(&laptop, &Document::found()).document;
    let seen = need("Need number 1");

    let retitled = Post { title: Title::new("Lift to the eye clinic").unwrap(), ..seen.clone() };
    let edit = Act::edit(record_id(1), Record::Post(seen.clone()), Record::Post(retitled));
    laptop.write(actor(1), NOW, &[edit]).unwrap().unwrap();
    let hurried = Post { urgent: true, detail: None, ..seen.clone() };
    let edit = Act::edit(record_id(1), Record::Post(seen), Record::Post(hurried));
    phone.write(actor(2), NOW, &[edit]).unwrap().unwrap();

    laptop = bring(&phone, &laptop).document;
    phone = bring(&laptop, &phone).document;
    assert_eq!(laptop.read(), phone.read());
    let Record::Post(post) = &laptop.read().records[&record_id(1)] else { panic!("a post") };
    assert_eq!((&*post.title, post.urgent, &post.detail), ("Lift to the eye clinic", true, &None));
}

#[test]
fn moments_are_kept_in_whole_seconds() {
    let mut alice = Document::found();
    let at = "1969-12-31T23:59:58.250Z".parse().unwrap();
    let act = add(1, Record::Withdrawal(Withdrawal { commitment: record_id(2), slots: None, at }));
    alice.write(actor(1), NOW, &[act]).unwrap();
    let Record::Withdrawal(read) = &alice.read().records[&record_id(1)] else { panic!("a withdrawal") };
    assert_eq!(read.at.to_string(), "1969-12-31T23:59:58Z");
}

/// Lets another version of the program (or anything else that speaks Automerge) write to Alice's document.
pub(crate) fn write_freely(alice: &Document, by: u8, edit: impl FnOnce(&mut Transaction<'_>)) -> Document {
    let mut automerge = Automerge::new().with_actor(ActorId::from([by; 16]));
    let changes: Vec<Change> = alice.changes().map(|c| Change::try_from(c.bytes()).unwrap()).collect();
    automerge.apply_changes(changes).unwrap();
    let mut transaction = automerge.transaction();
    edit(&mut transaction);
    let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(NOW));
    let change = RawChange::new(automerge.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes()).unwrap();
    let mut room = Room::default();
    room.expect(SignedHead { hash: change.hash(), count: 5_000, bytes: 1 << 21 });
    room.put(change.bytes()).unwrap();
    let admission = room.screen(alice).apply();
    assert_eq!(admission.refusal, None);
    admission.document
}

pub(crate) fn object(
    transaction: &Transaction<'_>,
    inside: &automerge::ObjId,
    name: &str,
) -> automerge::ObjId {
    match transaction.get(inside, name).unwrap() {
        Some((Value::Object(_), id)) => id,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn odd_records_are_skipped_and_counted_and_the_rest_stands() {
    let mut alice = Document::found();
    for number in 1..=6 {
        write_need(&mut alice, 1, number);
    }
    alice.write(actor(1), NOW, &[add(7, Record::Profile(profile("Alice")))]).unwrap();
    let odd = write_freely(&alice, 2, |tx| {
        let needs = object(tx, &ROOT, "need");
        let need = |tx: &Transaction<'_>, number| object(tx, &needs, &record_id(number).to_string());
        // Out of range, of another type, missing, torn, of no known word.
        let (one, two, three, four, five) = (need(tx, 1), need(tx, 2), need(tx, 3), need(tx, 4), need(tx, 5));
        tx.put(&one, "title", "x".repeat(101)).unwrap();
        tx.put(&two, "urgent", "yes").unwrap();
        tx.delete(&three, "amount").unwrap();
        tx.put(&four, "consent", "on the phone").unwrap();
        tx.put(&five, "mode", "auction").unwrap();
        // No id, no map, an id that stands elsewhere too.
        tx.put_object(&needs, "not an id", ObjType::Map).unwrap();
        tx.put(&needs, record_id(8).to_string(), "no map").unwrap();
        let answers = object(tx, &ROOT, "answer");
        tx.put_object(&answers, record_id(7).to_string(), ObjType::Map).unwrap();
    });
    let reading = odd.read();
    let left: Vec<_> = reading.records.keys().copied().collect();
    assert_eq!(left, [record_id(6), record_id(7)]);
    assert_eq!(reading.skipped, 8);
}

#[test]
fn what_is_shown_is_read_strictly_and_another_kind_is_passed_by() {
    for (kind, days, records, skipped) in [
        ("shown", "ride -s-s--p\nfood-meal ppppppp", 1, 0),
        ("shown", "", 1, 0),
        ("shown", "ride -s-s--", 0, 1),
        ("shown", "ride -s-s--ps", 0, 1),
        ("shown", "ride -s-s--x", 0, 1),
        ("shown", "flying -s-s--p", 0, 1),
        ("shown", &"ride -s-s--p\n".repeat(21), 0, 1),
        ("mark", "ride", 0, 0),
    ] {
        let odd = write_freely(&Document::found(), 2, |tx| {
            let later = object(tx, &ROOT, "later");
            let record = tx.put_object(&later, record_id(1).to_string(), ObjType::Map).unwrap();
            tx.put(&record, "kind", kind).unwrap();
            tx.put(&record, "days", days).unwrap();
        });
        let reading = odd.read();
        assert_eq!((reading.records.len(), reading.skipped), (records, skipped), "{kind} {days:?}");
    }
}

#[test]
fn windows_out_of_range_do_not_enter() {
    let windows = [
        "2026-11-12T12:30:00/2026-11-12T09:20:00[Europe/Madrid]",
        "2026-11-12T09:20:00/2026-11-12T12:30:00[Europe/Nowhere]",
        "2026-11-12T09:20:00/2030-11-12T12:30:00[UTC]",
        "2026-11-12T09:20:00/2026-11-12T12:30:00",
        "2026-11-12T09:20:00/2026-11-12T12:30:00[UTC]\n",
        "2026-11-12T09:20:00/2026-11-12T12:30:00[UTC]\n2026-11-12T09:20:00/2026-11-12T13:30:00[UTC]",
        "2026-11-12T09:20:00/2026-11-12T12:30:00[UTC]\n2026-11-13T09:20:00/2026-11-13T12:30:00[Asia/Tokyo]",
        "2026-11-12T09:20:00/2026-11-12T12:30:00[UTC]\nRRULE:FREQ=HOURLY",
        "2026-11-12T09:20:00/2026-11-12T12:30:00[UTC]\nRRULE:FREQ=DAILY;COUNT=367",
        "2026-11-12T09:20:00/2026-11-12T12:30:00[UTC]\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY",
        "RRULE:FREQ=DAILY",
        "[]",
        "",
    ];
    for window in windows {
        let mut alice = Document::found();
        write_need(&mut alice, 1, 1);
        let odd = write_freely(&alice, 2, |tx| {
            let needs = object(tx, &ROOT, "need");
            let one = object(tx, &needs, &record_id(1).to_string());
            tx.put(&one, "window", window).unwrap();
        });
        assert_eq!((odd.read().records.len(), odd.read().skipped), (0, 1), "{window:?}");
    }
}

#[test]
fn what_this_version_does_not_know_stays_through_edits() {
    let mut alice = Document::found();
    write_need(&mut alice, 1, 1);
    let mut newer = write_freely(&alice, 2, |tx| {
        let needs = object(tx, &ROOT, "need");
        let one = object(tx, &needs, &record_id(1).to_string());
        tx.put(&one, "weather", 3).unwrap();
        let votes = object(tx, &ROOT, "vote");
        let record = tx.put_object(&votes, record_id(2).to_string(), ObjType::Map).unwrap();
        tx.put(&record, "say", "We meet at the bridge").unwrap();
    });
    assert_eq!((newer.read().records.len(), newer.read().skipped), (1, 0), "unknown is not odd");

    let to = Post { urgent: true, ..need("Need number 1") };
    let edit = Act::edit(record_id(1), Record::Post(need("Need number 1")), Record::Post(to));
    newer.write(actor(1), NOW, &[edit]).unwrap().unwrap();
    write_freely(&newer, 3, |tx| {
        let needs = object(tx, &ROOT, "need");
        let one = object(tx, &needs, &record_id(1).to_string());
        assert_eq!(tx.get(&one, "weather").unwrap().unwrap().0.as_i64(), Some(3));
        let votes = object(tx, &ROOT, "vote");
        assert!(tx.get(&votes, record_id(2).to_string()).unwrap().is_some());
        tx.put(&one, "weather", ScalarValue::Null).unwrap();
    });
}

/// Sixty-five days in a row, one more than fit.
fn too_many_days() -> String {
    let day = |day: u8| {
        let at = DateTime::constant(2026, 11, 1, 9, 0, 0, 0).checked_add(i64::from(day).days()).unwrap();
        format!("{at}/{}[UTC]", at.checked_add(1.hour()).unwrap())
    };
    (0..65).map(day).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_new_in_a_record_is_out_of_range_where_it_does_not_fit() {
    let nine_roles: String = (1..=9).map(|role| format!("1 role {role}\n")).collect();
    let odd: [(&str, &str, ScalarValue); 13] = [
        ("need", "window", too_many_days().into()),
        ("need", "roles", nine_roles.as_str().into()),
        ("need", "roles", "0 with a van".into()),
        ("need", "roles", "1 with a van\n2 with a van".into()),
        ("need", "roles", "van".into()),
        ("need", "lend", ScalarValue::Uint(367)),
        ("need", "resting", "yes".into()),
        ("commitment", "slots", "".into()),
        ("commitment", "slots", "tuesday".into()),
        ("commitment", "every", "yes".into()),
        ("withdrawal", "slots", ScalarValue::Uint(1)),
        ("outcome", "how", "splendidly".into()),
        ("thanks", "to", ScalarValue::Bytes(vec![1; 31])),
    ];
    for (container, field, value) in odd {
        let alice = one_of_each();
        let all = alice.read();
        assert_eq!(all.skipped, 0);
        let other = write_freely(&alice, 2, |tx| {
            let map = object(tx, &ROOT, container);
            let id = tx.keys(&map).next().unwrap();
            let record = object(tx, &map, &id);
            tx.put(&record, field, value.clone()).unwrap();
        });
        let read = other.read();
        assert_eq!((read.records.len(), read.skipped), (all.records.len() - 1, 1), "{field} is {value:?}");
    }
}

fn one_of_each() -> Document {
    let at = Timestamp::from_second(NOW).unwrap();
    let commitment = CommitmentRef { helper: MemberId([1; 32]), id: record_id(2) };
    let post = PostRef { author: MemberId([1; 32]), id: record_id(1) };
    let promise = Commitment {
        post,
        part: Part::Whole,
        amount: Amount::ONE,
        role: None,
        say: None,
        basis: Basis::new([7; 32], Vec::new()).unwrap(),
        made: at,
    };
    let acts = [
        add_need(1),
        add(2, Record::Commitment(promise)),
        add(3, Record::Withdrawal(Withdrawal { commitment: record_id(2), slots: None, at })),
        add(4, Record::Outcome(Outcome { commitment, slot: None, how: How::Partly, reason: None, at })),
        add(5, Record::Thanks(Thanks { to: None, post: None, text: Say::new("Thank you").unwrap(), at })),
    ];
    let mut alice = Document::found();
    alice.write(actor(1), NOW, &acts).unwrap();
    alice
}

#[test]
fn what_was_ended_is_open_again_once_the_end_is_removed() {
    let mut laptop = Document::found();
    let at = Timestamp::from_second(NOW).unwrap();
    let closure = Record::Closure(Closure { post: record_id(1), how: Closed::NotNeeded, at });
    laptop.write(actor(1), NOW, &[add_need(1), add(2, closure.clone())]).unwrap();
    let phone = bring(&laptop, &Document::found()).document;
    laptop.write(actor(1), NOW, &[Act::remove(record_id(2), closure.clone())]).unwrap().unwrap();
    let phone = bring(&laptop, &phone).document;
    assert_eq!(phone.read(), laptop.read());
    assert_eq!(phone.read().records.into_keys().collect::<Vec<_>>(), [record_id(1)]);
    assert!(laptop.write(actor(1), NOW, &[Act::remove(record_id(2), closure)]).is_err(), "it is gone");
}
