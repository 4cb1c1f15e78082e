//! Changes from others: what waits, what comes in, what does not.

use std::{cell::RefCell, collections::BTreeSet};

use closeknit_ids::ChangeHash;
use closeknit_replica::{Document, Fault, Framing, RawChange, Room, SignedHead};
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};

use crate::support::*;

/// Alice's document after three needs, its head signed.
fn three_needs() -> (Document, Vec<RawChange>, SignedHead) {
    let mut alice = Document::found();
    let changes: Vec<_> = (1..=3).map(|number| write_need(&mut alice, 1, number)).collect();
    let head = signed(&alice, &changes[2]);
    (alice, changes, head)
}

#[test]
fn what_no_signed_head_needs_waits() {
    let (_, changes, head) = three_needs();
    let bob = Document::found();
    let mut room = Room::default();
    assert_eq!(room.put(changes[0].bytes()), Err(Framing::Unannounced), "nothing is expected at all");

    room.expect(head);
    for change in &changes[..2] {
        room.put(change.bytes()).unwrap();
    }
    let screened = room.screen(&bob);
    assert_eq!(screened.in_flight(), None, "without its head nothing shows that it precedes it");
    let admission = screened.apply();
    assert_eq!((admission.admitted.len(), admission.refusal), (0, None));
    assert_eq!(room.waiting().count(), 2);

    room.put(changes[2].bytes()).unwrap();
    let screened = room.screen(&bob);
    assert_eq!(screened.in_flight(), Some(changes[0].hash()));
    let admission = screened.apply();
    assert_eq!(admission.admitted, changes, "in causal order");
    assert_eq!((room.waiting().count(), room.heads().count()), (0, 0));
}

#[test]
fn a_change_waits_for_what_it_depends_on() {
    let (alice, changes, head) = three_needs();
    let bob = Document::found();
    let mut room = Room::default();
    room.expect(head);
    room.put(changes[2].bytes()).unwrap();
    room.put(changes[0].bytes()).unwrap();
    // The first is not known to precede the head: the second, between them, is missing.
    assert_eq!(room.screen(&bob).in_flight(), None);
    room.put(changes[1].bytes()).unwrap();
    room.put(changes[1].bytes()).unwrap();
    let admission = room.screen(&bob).apply();
    assert_eq!(admission.document.read(), alice.read());
}

#[test]
fn a_head_whose_other_branch_is_missing_brings_in_the_branch_that_is_here() {
    let mut laptop = Document::found();
    let mut phone = Document::found();
    let left = write_need(&mut laptop, 1, 1);
    let right = write_need(&mut phone, 2, 2);
    laptop = bring(&phone, &laptop).document;
    let merged = write_need(&mut laptop, 1, 3);

    let mut room = Room::default();
    room.expect(signed(&laptop, &merged));
    room.put(left.bytes()).unwrap();
    room.put(merged.bytes()).unwrap();
    let admission = room.screen(&Document::found()).apply();
    assert_eq!(admission.admitted, [left]);
    room.put(right.bytes()).unwrap();
    let admission = room.screen(&admission.document).apply();
    assert_eq!(admission.admitted, [right, merged]);
    assert_eq!(admission.document.read(), laptop.read());
}

#[test]
fn a_room_holds_what_the_heads_announce_and_no_more() {
    let (_, changes, head) = three_needs();
    let mut room = Room::default();
    room.expect(SignedHead { count: 2, ..head });
    room.put(changes[0].bytes()).unwrap();
    room.put(changes[1].bytes()).unwrap();
    assert_eq!(room.put(changes[2].bytes()), Err(Framing::Unannounced));

    let mut room = Room::default();
    room.expect(SignedHead { bytes: changes[0].size() + changes[1].size(), ..head });
    room.put(changes[0].bytes()).unwrap();
    room.put(changes[1].bytes()).unwrap();
    assert_eq!(room.put(changes[2].bytes()), Err(Framing::Unannounced));
}

/// Whoever brought them: a room is filled by several who hold the document.
#[test]
fn what_precedes_no_head_gives_way_to_what_does() {
    let (alice, changes, head) = three_needs();
    let mut fork = Document::found();
    let strange: Vec<_> = (4..=5).map(|number| write_need(&mut fork, 7, number)).collect();
    let mut room = Room::default();
    room.expect(head);
    for change in strange.iter().chain(&changes[..1]) {
        room.put(change.bytes()).unwrap();
    }
    assert_eq!(
        room.put(changes[1].bytes()),
        Err(Framing::Unannounced),
        "nobody knows yet what the head needs"
    );
    room.put(changes[2].bytes()).unwrap();
    assert_eq!(room.waiting().collect::<Vec<_>>(), [changes[2].hash()]);
    room.put(changes[0].bytes()).unwrap();
    room.put(changes[1].bytes()).unwrap();
    let admission = room.screen(&Document::found()).apply();
    assert_eq!(admission.document.read(), alice.read());
}

/// The first is still to come, and somebody sends what has nothing to do with it, again and again.
#[test]
fn what_a_head_needs_is_there_however_much_else_comes() {
    let (alice, changes, head) = three_needs();
    let mut fork = Document::found();
    let strange: Vec<_> = (4..=40).map(|number| write_need(&mut fork, 7, number)).collect();
    let mut room = Room::default();
    room.expect(head);
    let [first, second, third] = &changes[..] else { panic!("three") };
    room.put(third.bytes()).unwrap();
    for (number, change) in strange.iter().enumerate() {
        let _ = room.put(change.bytes());
        if number == strange.len() / 2 {
            room.put(second.bytes()).unwrap();
        }
    }
    let waits: BTreeSet<_> = room.waiting().collect();
    assert!(waits.contains(&second.hash()) && waits.contains(&third.hash()));
    room.put(first.bytes()).unwrap();
    let admission = room.screen(&Document::found()).apply();
    assert_eq!(admission.document.read(), alice.read());
}

#[test]
fn a_signature_over_less_than_there_is_lets_nothing_in() {
    let (_, changes, head) = three_needs();
    let lies = [SignedHead { count: head.count - 1, ..head }, SignedHead { bytes: head.bytes - 1, ..head }];
    for lie in lies {
        let mut room = Room::default();
        room.expect(lie);
        changes.iter().for_each(|change| {
            room.put(change.bytes()).unwrap();
        });
        let bob = Document::found();
        let admission = room.screen(&bob).apply();
        assert_eq!(admission.refusal.map(|refusal| refusal.fault), Some(Fault::Signed));
        assert_eq!(admission.admitted, []);
        assert!(admission.document.heads().eq(bob.heads()));
    }
}

#[test]
fn two_changes_under_one_number_freeze_the_document_and_what_came_before_stays() {
    let mut one = Document::found();
    let first = write_need(&mut one, 1, 1);
    // A copied profile whose process did not take a new actor.
    let mut other = one.clone();
    let good = write_need(&mut one, 1, 2);
    let twin = write_need(&mut other, 1, 3);
    let bob = bring(&one, &Document::found()).document;

    let mut room = Room::default();
    room.expect(signed(&other, &twin));
    room.put(twin.bytes()).unwrap();
    let admission = room.screen(&bob).apply();
    let refusal = admission.refusal.unwrap();
    assert!(refusal.is_fork());
    assert_eq!(refusal.change, twin.hash());
    assert_eq!(refusal.fault, Fault::Forked { actor: actor(1), seq: 2, held: good.hash() });
    assert_eq!(admission.document.read(), bob.read());
    assert!(bob.holds(first.hash()));
}

#[test]
fn both_sides_of_a_fork_at_once_come_out_the_same_in_any_order() {
    let mut one = Document::found();
    write_need(&mut one, 1, 1);
    let mut other = one.clone();
    let twins = [write_need(&mut one, 1, 2), write_need(&mut other, 1, 3)];
    let heads = [signed(&one, &twins[0]), signed(&other, &twins[1])];
    let first = one.changes().nth(1).unwrap().clone();
    let attempt = |order: [usize; 2]| {
        let mut room = Room::default();
        heads.iter().for_each(|head| room.expect(*head));
        room.put(first.bytes()).unwrap();
        order.iter().for_each(|place| {
            room.put(twins[*place].bytes()).unwrap();
        });
        room.screen(&Document::found()).apply()
    };
    let (forth, back) = (attempt([0, 1]), attempt([1, 0]));
    assert!(forth.refusal.unwrap().is_fork());
    assert_eq!(forth.refusal, back.refusal);
    assert_eq!(forth.admitted, back.admitted);
    assert_eq!(forth.admitted.len(), 2, "the first, and one of the twins");
}

/// Which machine writes next, and which it hears from before.
fn edits() -> impl Strategy<Value = Vec<(usize, Option<usize>)>> {
    vec((0..3_usize, proptest::option::of(0..3_usize)), 1..14)
}

/// How often what makes this hard came up.
#[derive(Debug, Default)]
struct Counts {
    several_heads: u32,
    merges: u32,
    waited: u32,
}

/// Three machines of Alice's write and meet as it comes; Bob gets the changes in any order and in any
/// portions, and ends with the same document as somebody who got them at once.
#[test]
fn any_order_and_any_portions_come_to_the_same() {
    let deliveries = (edits(), any::<prop::sample::Index>(), any::<bool>(), vec(1..5_usize, 14));
    let counts = RefCell::new(Counts::default());
    let run = TestRunner::default().run(&deliveries, |(edits, turn, reverse, portions)| {
        let alice = written_apart(&edits);
        let mut changes: Vec<_> = alice.changes().skip(1).cloned().collect();
        let len = changes.len();
        changes.rotate_left(turn.index(len));
        if reverse {
            changes.reverse();
        }
        let mut counts = counts.borrow_mut();
        counts.several_heads += u32::from(alice.heads().count() > 1);
        counts.merges += u32::from(edits.iter().any(|(_, from)| from.is_some()));
        let bob = delivered(&alice, &changes, &portions, &mut counts);
        prop_assert!(bob.heads().eq(alice.heads()));
        prop_assert_eq!(bob.read(), alice.read());
        prop_assert_eq!(bob.vector(), alice.vector());
        for change in alice.changes() {
            prop_assert_eq!(bob.past(change.hash()), alice.past(change.hash()));
        }
        Ok(())
    });
    run.unwrap();
    let Counts { several_heads, merges, waited } = counts.into_inner();
    assert!(
        [several_heads, merges, waited].iter().all(|count| *count > 10),
        "{several_heads} {merges} {waited}"
    );
}

fn written_apart(edits: &[(usize, Option<usize>)]) -> Document {
    let mut machines = vec![Document::found(); 3];
    for (number, (machine, from)) in edits.iter().enumerate() {
        if let Some(from) = from {
            machines[*machine] = bring(&machines[*from], &machines[*machine]).document;
        }
        write_need(&mut machines[*machine], *machine as u8 + 1, number as u8);
    }
    let together = bring(&machines[1], &machines[0]).document;
    bring(&machines[2], &together).document
}

fn delivered(alice: &Document, changes: &[RawChange], portions: &[usize], counts: &mut Counts) -> Document {
    let mut room = Room::default();
    signed_heads(alice).into_iter().for_each(|head| room.expect(head));
    let (mut bob, mut left) = (Document::found(), changes);
    for portion in portions {
        let (now, later) = left.split_at((*portion).min(left.len()));
        left = later;
        now.iter().for_each(|change| {
            room.put(change.bytes()).unwrap();
        });
        let admission = room.screen(&bob).apply();
        assert_eq!(admission.refusal, None);
        bob = admission.document;
        counts.waited += u32::from(room.waiting().count() > 0);
    }
    assert_eq!(room.waiting().count(), 0);
    bob
}

#[test]
fn a_change_that_came_before_is_no_news() {
    let (alice, changes, head) = three_needs();
    let bob = bring(&alice, &Document::found()).document;
    let mut room = Room::default();
    room.expect(head);
    room.put(changes[1].bytes()).unwrap();
    assert_eq!(room.screen(&bob).in_flight(), None);
    assert_eq!(room.waiting().collect::<Vec<ChangeHash>>(), []);
}
