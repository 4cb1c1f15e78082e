//! What stands in whose past, and what somebody else lacks.

use std::collections::BTreeSet;

use closeknit_domain::Record;
use closeknit_replica::{Act, Document, Extent, Fault, Vector, WriteError};

use crate::support::*;

#[test]
fn everybody_begins_with_the_same_document() {
    let (alice, bob) = (Document::found(), Document::found());
    assert!(alice.heads().eq(bob.heads()));
    assert!(alice.has_base());
    assert_eq!(alice.extent(), Extent { count: 1, bytes: alice.base().bytes });
    assert_eq!(alice.read().records.len(), 0);
}

#[test]
fn one_act_is_one_change_and_nothing_is_none() {
    let mut alice = Document::found();
    let (profile_act, need_act) = (add(1, Record::Profile(profile("Alice"))), add_need(2));
    let change = alice.write(actor(1), NOW, &[profile_act, need_act]).unwrap().unwrap();
    assert_eq!(alice.read().records.len(), 2);
    assert!(alice.heads().eq([change.hash()]));

    let same =
        Act::edit(record_id(2), Record::Post(need("Need number 2")), Record::Post(need("Need number 2")));
    assert_eq!(alice.write(actor(1), NOW, &[same]).unwrap(), None);
    assert_eq!(alice.write(actor(1), NOW, &[]).unwrap(), None);
    assert!(alice.heads().eq([change.hash()]), "nothing written, nothing changed");
}

#[test]
fn an_act_that_does_not_fit_leaves_the_document_as_it_was() {
    let mut alice = Document::found();
    write_need(&mut alice, 1, 1);
    let before: Vec<_> = alice.heads().collect();
    let (post, other) = (Record::Post(need("A")), Record::Profile(profile("Alice")));

    let again = alice.write(actor(1), NOW, &[add_need(2), add_need(1)]);
    assert!(matches!(again, Err(WriteError::Exists(id)) if id == record_id(1)));
    let unknown = alice.write(actor(1), NOW, &[Act::edit(record_id(5), post.clone(), post.clone())]);
    assert!(matches!(unknown, Err(WriteError::Unknown(id)) if id == record_id(5)));
    let kind = alice.write(actor(1), NOW, &[Act::edit(record_id(1), post, other)]);
    assert!(matches!(kind, Err(WriteError::OtherKind(id)) if id == record_id(1)));

    assert!(alice.heads().eq(before));
    assert_eq!(alice.read().records.len(), 1, "the first act of a failing pair is not written either");
}

#[test]
fn a_change_that_others_would_refuse_is_not_written() {
    let mut alice = Document::found();
    let long = |number| {
        let mut post = need("Long");
        post.detail = Some(closeknit_domain::text::Detail::new(&"é".repeat(2_000)).unwrap());
        add(number, Record::Post(post))
    };
    let many: Vec<Act> = (0..20).map(long).collect();
    let written = alice.write(actor(1), NOW, &many);
    assert!(matches!(written, Err(WriteError::Refused(Fault::Limit(_)))), "{written:?}");
    assert_eq!(alice.extent().count, 1);
}

/// Two machines of Alice's, apart and together again:
/// `golden – a1 – a2 – m`, `golden – b1 – m`, and `a1 – b1` concurrent.
#[test]
fn pasts_of_two_machines_that_were_apart() {
    let mut laptop = Document::found();
    let mut phone = Document::found();
    let a1 = write_need(&mut laptop, 1, 1);
    let a2 = write_need(&mut laptop, 1, 2);
    let b1 = write_need(&mut phone, 2, 3);
    assert_eq!(laptop.precedes(a1.hash(), b1.hash()), None, "not here yet");

    laptop = bring(&phone, &laptop).document;
    let heads: BTreeSet<_> = laptop.heads().collect();
    assert_eq!(heads, BTreeSet::from([a2.hash(), b1.hash()]));
    assert_eq!(laptop.precedes(a1.hash(), a2.hash()), Some(true));
    assert_eq!(laptop.precedes(a2.hash(), a1.hash()), Some(false));
    assert_eq!(laptop.precedes(a1.hash(), b1.hash()), Some(false));
    assert_eq!(laptop.precedes(a1.hash(), a1.hash()), Some(true));

    let merged = write_need(&mut laptop, 1, 4);
    assert!(laptop.heads().eq([merged.hash()]));
    assert_eq!(laptop.written_by(merged.hash()), Some((actor(1), 3)));
    assert_eq!(merged.written_by(), Some((actor(1), 3)));
    let base = laptop.base().bytes;
    assert_eq!(laptop.past(b1.hash()), Some(Extent { count: 2, bytes: base + b1.size() }));
    let all = base + [&a1, &a2, &b1, &merged].iter().map(|change| change.size()).sum::<u64>();
    assert_eq!(laptop.past(merged.hash()), Some(Extent { count: 5, bytes: all }));
    assert_eq!(laptop.extent(), Extent { count: 5, bytes: all });
}

#[test]
fn a_vector_tells_what_somebody_lacks() {
    let mut laptop = Document::found();
    let start = laptop.vector();
    let mut phone = laptop.clone();
    let a1 = write_need(&mut laptop, 1, 1);
    let after_one = laptop.vector();
    let b1 = write_need(&mut phone, 2, 2);
    laptop = bring(&phone, &laptop).document;
    let a2 = write_need(&mut laptop, 1, 3);

    let lacks = |vector: &Vector| laptop.changes_after(vector).map(|c| c.hash()).collect::<Vec<_>>();
    assert_eq!(lacks(&start), [a1.hash(), b1.hash(), a2.hash()]);
    assert_eq!(lacks(&after_one), [b1.hash(), a2.hash()]);
    let phone_has = phone.vector();
    assert_eq!(lacks(&phone_has), [a1.hash(), a2.hash()]);
    assert_eq!(lacks(&laptop.vector()), []);
    assert_eq!(laptop.changes_after(&Default::default()).count(), 4, "the golden change too");
}

#[test]
fn whoever_holds_the_other_side_of_a_fork_gets_all_of_that_actor() {
    let begin = Document::found();
    let (mut one, mut other) = (begin.clone(), begin);
    let first = write_need(&mut one, 1, 1);
    write_need(&mut other, 1, 2);
    let lacking: Vec<_> = one.changes_after(&other.vector()).map(|c| c.hash()).collect();
    assert_eq!(lacking, [first.hash()]);
}

#[test]
fn the_log_rebuilds_the_document() {
    let mut laptop = Document::found();
    let mut phone = Document::found();
    write_need(&mut laptop, 1, 1);
    write_need(&mut phone, 2, 2);
    laptop = bring(&phone, &laptop).document;
    write_need(&mut laptop, 1, 3);

    let log: Vec<_> = laptop.changes().skip(1).cloned().collect();
    let again = Document::rebuild(laptop.base(), log.clone()).unwrap();
    assert_eq!(again.read(), laptop.read());
    assert!(again.heads().eq(laptop.heads()));
    assert_eq!(again.vector(), laptop.vector());

    // A log with a hole in it says where, and what stands before it can still be read.
    let holed = [log[0].clone(), log[2].clone()];
    let error = Document::rebuild(laptop.base(), holed.clone()).unwrap_err();
    assert_eq!((error.change, error.fault), (log[2].hash(), Fault::MissingDep));
    let rest = Document::rebuild_with_gaps(laptop.base(), holed).unwrap();
    assert!(rest.heads().eq([log[0].hash()]));
    assert_eq!(rest.read().records.len(), 1);
    let whole = Document::rebuild_with_gaps(laptop.base(), log).unwrap();
    assert_eq!(whole.read(), laptop.read());
}

#[test]
fn a_rebuilt_document_can_be_written_on() {
    let mut alice = Document::found();
    write_need(&mut alice, 1, 1);
    let log: Vec<_> = alice.changes().cloned().collect();
    let mut again = Document::rebuild(alice.base(), log).unwrap();
    write_need(&mut again, 2, 2);
    assert_eq!(bring(&again, &alice).document.read(), again.read());
}
