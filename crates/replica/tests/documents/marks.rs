//! How far a member has seen what others wrote.

use closeknit_domain::{Record, text::Title};
use closeknit_ids::{ChangeHash, MemberId};
use closeknit_replica::{Act, Document, Mark};

use crate::support::{NOW, actor, add_need, bring, need, record_id, write_need};

const ALICE: MemberId = MemberId([1; 32]);
const BOB: MemberId = MemberId([2; 32]);

fn marks(document: &mut Document, by: u8, author: MemberId, mark: Mark) -> bool {
    document.write(actor(by), NOW, &[Act::mark(author, mark)]).unwrap().is_some()
}

#[test]
fn there_is_one_mark_an_author_and_saying_the_same_again_writes_nothing() {
    let mut carol = Document::found();
    let (first, second) = (ChangeHash([7; 32]), ChangeHash([8; 32]));
    assert!(carol.marks().is_empty());
    assert!(marks(&mut carol, 3, ALICE, Mark::new(0, [first])));
    assert!(!marks(&mut carol, 3, ALICE, Mark::new(0, [first])));
    assert!(marks(&mut carol, 3, BOB, Mark::new(4, [second, first, second])));
    assert!(marks(&mut carol, 3, ALICE, Mark::new(0, [second])));
    let said: Vec<_> = carol.marks().into_iter().collect();
    assert_eq!(said, [(ALICE, Mark::new(0, [second])), (BOB, Mark::new(4, [first, second]))]);
    assert_eq!(carol.read().skipped, 0, "nor are they records");
    assert!(carol.read().records.is_empty());
}

#[test]
fn others_take_marks_in_and_a_new_generation_keeps_them() {
    let mut carol = Document::found();
    marks(&mut carol, 3, ALICE, Mark::new(2, [ChangeHash([7; 32])]));
    let admission = bring(&carol, &Document::found());
    assert!(admission.refusal.is_none());
    assert_eq!(admission.document.marks(), carol.marks());
    let next = carol.next_generation(actor(4), NOW, &Default::default()).unwrap();
    assert_eq!(next.document.marks(), carol.marks());
}

#[test]
fn two_machines_of_one_member_write_the_same_mark() {
    let mut laptop = Document::found();
    let mut phone = laptop.clone();
    marks(&mut laptop, 3, ALICE, Mark::new(0, [ChangeHash([7; 32])]));
    marks(&mut phone, 4, ALICE, Mark::new(0, [ChangeHash([8; 32])]));
    let both = bring(&phone, &laptop).document;
    assert_eq!(both.marks(), bring(&laptop, &phone).document.marks());
    assert_eq!(both.marks().len(), 1, "of two made apart one is read, on both alike");
}

#[test]
fn a_post_was_seen_as_it_is_only_if_its_last_edit_was() {
    let mut alice = Document::found();
    write_need(&mut alice, 1, 1);
    let seen: Vec<_> = alice.heads().collect();
    write_need(&mut alice, 1, 2);
    assert_eq!(alice.within(&seen), [record_id(1)]);
    let all: Vec<_> = alice.heads().collect();
    assert_eq!(alice.within(&all).len(), 2);

    let mut later = need("Need number 1");
    later.title = Title::new("Need number 1, at ten").unwrap();
    let edit = Act::edit(record_id(1), Record::Post(need("Need number 1")), Record::Post(later));
    alice.write(actor(1), NOW, &[edit, add_need(3)]).unwrap();
    assert_eq!(alice.within(&seen), [], "she has changed it since");
    assert_eq!(alice.within(&all), [record_id(2)]);
    assert_eq!(alice.within(&[ChangeHash([9; 32])]), [], "what nobody has here covers nothing");
}

/// What *seen by* costs: one mark a member of the circle, once an hour at most.
#[test]
fn a_mark_that_moves_on_is_small() {
    let mut carol = Document::found();
    let mark = |n: u8| Mark::new(0, [ChangeHash([n; 32])]);
    let first = carol.write(actor(3), NOW, &[Act::mark(ALICE, mark(1))]).unwrap().unwrap();
    let next = carol.write(actor(3), NOW, &[Act::mark(ALICE, mark(2))]).unwrap().unwrap();
    println!("the first mark for an author takes {} bytes, a later one {}", first.size(), next.size());
    assert!(first.size() < 400 && next.size() < 250);
    let thirty: Vec<_> = (0..30).map(|n| Act::mark(MemberId([n; 32]), mark(n))).collect();
    let many = carol.write(actor(3), NOW, &thirty).unwrap().unwrap();
    println!("thirty at once {}", many.size());
    assert!(many.size() < 30 * 200);
}
