//! What is tried somewhere else comes to the same as here.

use std::collections::BTreeSet;

use closeknit_replica::{Document, Room, Unsound, try_out};

use crate::support::*;

/// What bob's machine would hand to another process before it takes in what alice has.
fn trial(alice: &Document, bob: &Document) -> Vec<u8> {
    let mut room = Room::default();
    if !bob.has_base() {
        room.expect(bob.base());
    }
    signed_heads(alice).into_iter().for_each(|head| room.expect(head));
    for change in alice.changes_after(&bob.vector()) {
        room.put(change.bytes()).unwrap();
    }
    room.screen(bob).trial().unwrap()
}

#[test]
fn what_the_gate_takes_in_here_it_takes_in_elsewhere() {
    let mut alice = Document::found();
    write_need(&mut alice, 1, 1);
    let bob = bring(&alice, &Document::found()).document;
    // Two of alice's machines write at once, then one of them again.
    let mut laptop = alice.clone();
    write_need(&mut laptop, 2, 2);
    write_need(&mut alice, 1, 3);
    alice = bring(&laptop, &alice).document;
    assert_eq!(alice.heads().count(), 2);
    try_out(&trial(&alice, &bob)).unwrap();
    write_need(&mut alice, 1, 4);
    try_out(&trial(&alice, &bob)).unwrap();
    try_out(&trial(&alice, &alice)).unwrap();
}

#[test]
fn the_beginning_of_a_generation_can_be_tried_too() {
    let mut alice = Document::found();
    (1..=3).for_each(|number| drop(write_need(&mut alice, 1, number)));
    let mut next = alice.next_generation(actor(7), NOW, &BTreeSet::new()).unwrap().document;
    let bob = Document::awaiting(next.base());
    try_out(&trial(&next, &bob)).unwrap();
    write_need(&mut next, 8, 4);
    try_out(&trial(&next, &bob)).unwrap();
}

#[test]
fn what_is_cut_or_made_up_is_not_sound() {
    let mut alice = Document::found();
    write_need(&mut alice, 1, 1);
    let bytes = trial(&alice, &Document::found());
    for length in 0..bytes.len() {
        assert!(try_out(&bytes[..length]).is_err(), "{length}");
    }
    assert!(matches!(try_out(&[0xff; 300]), Err(Unsound::Unreadable(_))));
}
