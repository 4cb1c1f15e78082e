//! Records there and back.

use std::{cell::RefCell, collections::HashSet};

use automerge::{
    ActorId, Automerge, Change, ObjType, ROOT, ReadDoc, ScalarValue, Value,
    transaction::{CommitOptions, Transactable, Transaction},
};
use closeknit_domain::{
    Amount, Answer, Audience, Category, Chosen, Closed, Closure, Commitment, CommitmentRef, Days, How, Kind,
    Level, Locked, MemberKind, Mode, Outcome, Part, Phrases, Post, PostKind, PostRef, Profile, Proxy, Record,
    Repeat, Role, Roles, Sealed, Shown, SlotId, SlotIds, Slots, Thanks, Unit, Verdict, Want, When,
    Withdrawal,
    record::Basis,
    text::{Detail, Name, Phrase, Place, Say, Title},
    time::{Window, Zone},
};
use closeknit_ids::{MemberId, RecordId};
use closeknit_replica::{Act, Document, RawChange, Room, SignedHead};
use jiff::{Timestamp, ToSpan, civil::DateTime};
use proptest::{collection::vec, option, prelude::*, sample::select, test_runner::TestRunner};

use crate::support::*;

/// Text that fits: what is left after the bounds took what they do not like.
fn text<T>(
    most: usize,
    parse: fn(&str) -> Result<T, closeknit_domain::text::TextError>,
) -> impl Strategy<Value = T>
where
    T: std::fmt::Debug,
{
    vec(select(vec!['a', 'Z', ' ', 'é', '中', '7', '\'', '"', '[', ']', '/', '😀']), 1..most)
        .prop_filter_map("empty", move |letters| parse(&letters.into_iter().collect::<String>()).ok())
}

fn record_ids() -> impl Strategy<Value = RecordId> {
    any::<[u8; 16]>().prop_map(RecordId)
}

fn members() -> impl Strategy<Value = MemberId> {
    any::<[u8; 32]>().prop_map(MemberId)
}

fn moments() -> impl Strategy<Value = Timestamp> {
    (-200_000_000_000_i64..200_000_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn amounts() -> impl Strategy<Value = Amount> {
    (1..=Amount::MOST).prop_map(|amount| Amount::new(amount).unwrap())
}

fn windows() -> impl Strategy<Value = Window> {
    let zones = select(vec!["Europe/Madrid", "UTC", "America/Argentina/Buenos_Aires", "Asia/Kathmandu"]);
    (zones, 0..400_000_i64, 1..500_000_i64).prop_filter_map("skipped hour", |(zone, start, length)| {
        let epoch = DateTime::constant(2026, 1, 1, 0, 0, 0, 0);
        let start = epoch.checked_add(start.minutes()).ok()?;
        let end = start.checked_add(length.minutes()).ok()?;
        Window::new(start, end, Zone::new(zone).ok()?).ok()
    })
}

fn slots() -> impl Strategy<Value = SlotId> {
    windows().prop_map(|window| window.slot())
}

fn slot_ids() -> impl Strategy<Value = SlotIds> {
    vec(slots(), 1..9).prop_map(|slots| SlotIds::new(slots.into_iter().collect()).unwrap())
}

fn rules() -> impl Strategy<Value = Repeat> {
    select(vec![
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU;COUNT=366",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=9",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270301T230000Z",
        "FREQ=MONTHLY;BYDAY=1MO,-1FR",
    ])
    .prop_map(|rule| rule.parse().unwrap())
}

fn whens() -> impl Strategy<Value = When> {
    let days = (windows(), 2..=Slots::MOST).prop_filter_map("skipped hour", |(first, count)| {
        let day = |day: i64| {
            let [start, end] = [first.start(), first.end()].map(|at| at.checked_add(day.days()).unwrap());
            Window::new(start, end, first.zone().clone()).ok()
        };
        let windows: Option<Vec<_>> = (0..i64::try_from(count).unwrap()).map(day).collect();
        Slots::new(windows?).ok().map(When::Slots)
    });
    prop_oneof![
        Just(When::Anytime),
        windows().prop_map(When::Once),
        days,
        (windows(), rules()).prop_map(|(first, rule)| When::Repeats(first, rule)),
    ]
}

fn roles() -> impl Strategy<Value = Roles> {
    vec((text(30, Phrase::new), amounts()), 0..4).prop_filter_map("twice", |roles| {
        Roles::new(roles.into_iter().map(|(name, amount)| Role { name, amount }).collect()).ok()
    })
}

fn phrases() -> impl Strategy<Value = Phrases> {
    vec(text(30, Phrase::new), 0..6).prop_map(|list| Phrases::new(list).unwrap())
}

fn sealed() -> impl Strategy<Value = Sealed> {
    vec(any::<u8>(), 0..200).prop_map(|bytes| Sealed::new(bytes).unwrap())
}

fn profiles() -> impl Strategy<Value = Profile> {
    let kinds = select(vec![MemberKind::Person, MemberKind::Household, MemberKind::Organisation]);
    (text(40, Name::new), kinds, phrases(), option::of(text(50, Place::new)), phrases(), phrases()).prop_map(
        |(name, kind, languages, area, skills, lends)| Profile { name, kind, languages, area, skills, lends },
    )
}

fn posts() -> impl Strategy<Value = Post> {
    let kinds = select(vec![PostKind::Need, PostKind::Offer]);
    let units = select(vec![Unit::Helpers, Unit::Hours, Unit::Items]);
    let modes = select(vec![Mode::TurnUp, Mode::First, Mode::Choose]);
    let proxies = (text(20, Name::new), text(20, Phrase::new));
    let proxies = option::of(proxies.prop_map(|(person, consent)| Proxy { person, consent }));
    let words = (text(100, Title::new), option::of(text(300, Detail::new)), option::of(text(50, Place::new)));
    let audiences = prop_oneof![Just(Audience::Circle), chosen().prop_map(Audience::Chosen)];
    let reviews = (option::of(moments()), option::of(moments()));
    let times = (whens(), option::of(moments()), reviews, moments());
    let flags = any::<(bool, bool, bool)>();
    let want = (amounts(), units).prop_map(|(amount, unit)| Want { amount, unit });
    let want = (want, roles(), option::of((1..=Days::MOST).prop_map(|days| Days::new(days).unwrap())));
    (kinds, select(Category::ALL), words, times, flags, want, (modes, audiences), proxies).prop_map(
        |(
            kind,
            category,
            (title, detail, place),
            (when, until, (reviewed, changed), posted),
            (urgent, standing, resting),
            (want, roles, lend),
            (mode, audience),
            proxy,
        )| {
            Post {
                kind,
                category,
                title,
                detail,
                urgent,
                when,
                place,
                want,
                roles,
                lend,
                mode,
                proxy,
                standing,
                resting,
                reviewed,
                audience,
                changed,
                until,
                posted,
            }
        },
    )
}

fn chosen() -> impl Strategy<Value = Chosen> {
    let members = proptest::collection::btree_set(members(), 1..=Chosen::MOST);
    members.prop_map(|members| Chosen::new(members).unwrap())
}

fn commitments() -> impl Strategy<Value = Commitment> {
    let post = (members(), record_ids()).prop_map(|(author, id)| PostRef { author, id });
    let basis = (any::<[u8; 32]>(), vec(record_ids(), 0..Basis::MOST));
    let basis = basis.prop_map(|(fields, seen)| Basis::new(fields, seen).unwrap());
    let part = prop_oneof![Just(Part::Whole), Just(Part::Every), slot_ids().prop_map(Part::Slots)];
    let words = (option::of(text(30, Phrase::new)), option::of(text(100, Say::new)));
    (post, part, amounts(), words, basis, moments()).prop_map(
        |(post, part, amount, (role, say), basis, made)| Commitment {
            post,
            part,
            amount,
            role,
            say,
            basis,
            made,
        },
    )
}

fn answers() -> impl Strategy<Value = Answer> {
    let commitment = (members(), record_ids()).prop_map(|(helper, id)| CommitmentRef { helper, id });
    let verdicts = select(vec![Verdict::Accept, Verdict::StandBy, Verdict::Decline]);
    (record_ids(), commitment, verdicts, option::of(sealed()), moments()).prop_map(
        |(post, commitment, verdict, doorstep, at)| Answer { post, commitment, verdict, doorstep, at },
    )
}

fn closures() -> impl Strategy<Value = Closure> {
    let other =
        (members(), record_ids()).prop_map(|(author, id)| Closed::DuplicateOf(PostRef { author, id }));
    let how = prop_oneof![Just(Closed::Met), Just(Closed::NotNeeded), other];
    (record_ids(), how, moments()).prop_map(|(post, how, at)| Closure { post, how, at })
}

fn withdrawals() -> impl Strategy<Value = Withdrawal> {
    (record_ids(), option::of(slot_ids()), moments()).prop_map(|(commitment, slots, at)| Withdrawal {
        commitment,
        slots,
        at,
    })
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    let commitment = (members(), record_ids()).prop_map(|(helper, id)| CommitmentRef { helper, id });
    let how = select(vec![How::Happened, How::Partly, How::DidNot]);
    (commitment, option::of(slots()), how, option::of(sealed()), moments())
        .prop_map(|(commitment, slot, how, reason, at)| Outcome { commitment, slot, how, reason, at })
}

fn thanks() -> impl Strategy<Value = Thanks> {
    let post = (members(), record_ids()).prop_map(|(author, id)| PostRef { author, id });
    (option::of(members()), option::of(post), text(100, Say::new), moments())
        .prop_map(|(to, post, text, at)| Thanks { to, post, text, at })
}

fn records() -> impl Strategy<Value = Record> {
    prop_oneof![
        profiles().prop_map(Record::Profile),
        sealed().prop_map(Record::Capacity),
        posts().prop_map(Record::Post),
        commitments().prop_map(Record::Commitment),
        answers().prop_map(Record::Answer),
        withdrawals().prop_map(Record::Withdrawal),
        outcomes().prop_map(Record::Outcome),
        closures().prop_map(Record::Closure),
        thanks().prop_map(Record::Thanks),
        shown().prop_map(Record::Shown),
        locked().prop_map(Record::Locked),
    ]
}

fn locked() -> impl Strategy<Value = Locked> {
    let kinds =
        vec![Kind::Need, Kind::Offer, Kind::Commitment, Kind::Answer, Kind::Withdrawal, Kind::Closure];
    let kinds = select([kinds, vec![Kind::Outcome, Kind::Thanks]].concat());
    let sealed = vec(any::<u8>(), 0..300).prop_map(|bytes| Sealed::new(bytes).unwrap());
    (kinds, option::of(moments()), sealed).prop_map(|(kind, until, sealed)| Locked { kind, until, sealed })
}

fn shown() -> impl Strategy<Value = Shown> {
    let level = || select(Level::ALL.to_vec());
    let days = vec(level(), 7).prop_map(|days| days.try_into().unwrap());
    vec((select(Category::ALL.to_vec()), days), 0..Category::ALL.len()).prop_map(Shown::new)
}

fn same_kind() -> impl Strategy<Value = (Record, Record)> {
    let kind = |record: &Record| match record {
        Record::Post(post) => (std::mem::discriminant(record), Some(post.kind)),
        _ => (std::mem::discriminant(record), None),
    };
    prop_oneof![
        (profiles(), profiles()).prop_map(|(a, b)| (Record::Profile(a), Record::Profile(b))),
        (posts(), posts()).prop_map(|(a, b)| (Record::Post(a), Record::Post(b))),
        (answers(), answers()).prop_map(|(a, b)| (Record::Answer(a), Record::Answer(b))),
        (closures(), closures()).prop_map(|(a, b)| (Record::Closure(a), Record::Closure(b))),
        (shown(), shown()).prop_map(|(a, b)| (Record::Shown(a), Record::Shown(b))),
    ]
    .prop_filter("another kind", move |(a, b)| kind(a) == kind(b))
}

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
    assert_eq!(kinds.into_inner().len(), 11, "every kind came up");
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

fn object(transaction: &Transaction<'_>, inside: &automerge::ObjId, name: &str) -> automerge::ObjId {
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
        let notes = object(tx, &ROOT, "note");
        let record = tx.put_object(&notes, record_id(2).to_string(), ObjType::Map).unwrap();
        tx.put(&record, "text", "We met at the bridge").unwrap();
    });
    assert_eq!((newer.read().records.len(), newer.read().skipped), (1, 0), "unknown is not odd");

    let to = Post { urgent: true, ..need("Need number 1") };
    let edit = Act::edit(record_id(1), Record::Post(need("Need number 1")), Record::Post(to));
    newer.write(actor(1), NOW, &[edit]).unwrap().unwrap();
    write_freely(&newer, 3, |tx| {
        let needs = object(tx, &ROOT, "need");
        let one = object(tx, &needs, &record_id(1).to_string());
        assert_eq!(tx.get(&one, "weather").unwrap().unwrap().0.as_i64(), Some(3));
        let notes = object(tx, &ROOT, "note");
        assert!(tx.get(&notes, record_id(2).to_string()).unwrap().is_some());
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
