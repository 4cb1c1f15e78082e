//! Neighbours who do not answer, or have less than they said, hold nobody up.

use closeknit_sync::{Ending, Event, message::Message};

use crate::village::{ALICE, BOB, CAROL, DAVE, Village, conn, shelf::Says};

#[test]
fn a_neighbour_who_does_not_answer_is_left_and_another_one_asked() {
    let mut village = Village::of(3);
    let piece = village.shelf(ALICE).write(b"a lift on Thursday");
    village.shelf(CAROL).take(&piece);
    let silent = village.connect(BOB, ALICE);
    loop {
        let moved = village.deliver(silent, 1);
        // Alice's answers get lost.
        village.lines[silent].queues[0].retain(|frame| frame[..2] != [0, 36]);
        if !(village.deliver(silent, 0) | moved) {
            break;
        }
    }
    let line = village.connect(BOB, CAROL);
    village.settle();
    assert!(!village.is_equal(line), "bob waits for alice");
    village.pass(61_000);
    village.settle();
    assert_eq!(village.lines[silent].endings[0], Some(Ending::Silent));
    assert!(village.machines[BOB].shelf.has_text(b"a lift on Thursday"));
    assert!(village.is_equal(line));
}

#[test]
fn a_neighbour_who_does_not_read_is_left() {
    let mut village = Village::of(2);
    let line = village.connect(BOB, ALICE);
    village.settle();
    village.tell(ALICE, Event::Full { conn: conn(line) });
    assert_eq!(village.lines[line].endings[1], Some(Ending::Stuck));
}

#[test]
fn a_neighbour_who_talks_but_does_not_answer_is_left_too() {
    let mut village = Village::of(2);
    village.shelf(ALICE).write(b"a lift on Thursday");
    let line = village.connect(BOB, ALICE);
    while village.deliver(line, 1) | {
        village.lines[line].queues[0].retain(|frame| frame[..2] != [0, 36]);
        village.deliver(line, 0)
    } {}
    for _ in 0..6 {
        assert_eq!(village.lines[line].endings[0], None);
        village.pass(50_000);
        village.tell(BOB, Event::Frame { conn: conn(line), bytes: vec![200, 0] });
    }
    village.pass(1_000);
    assert_eq!(village.lines[line].endings[0], Some(Ending::Silent));
}

#[test]
fn connected_machines_compare_every_five_minutes_even_if_one_forgot_to_say_something() {
    let mut village = Village::of(2);
    let line = village.connect(BOB, ALICE);
    village.settle();
    // Written, but the conversation was not told.
    village.shelf(ALICE).write(b"a lift on Thursday");
    village.pass(60_000);
    village.settle();
    assert!(!village.same(ALICE, BOB));
    for _ in 0..2 {
        village.pass(300_000);
        village.settle();
    }
    assert!(village.same(ALICE, BOB) && village.is_equal(line));
}

#[test]
fn what_a_neighbour_got_meanwhile_is_found_within_five_minutes() {
    let mut village = Village::of(3);
    let whole = village.shelf(CAROL).write(b"free on Monday");
    let tip = closeknit_sync::Piece { changes: vec![], ..whole.clone() };
    village.shelf(ALICE).take(&tip);
    village.shelf(BOB).take(&tip);
    let line = village.connect(BOB, ALICE);
    village.settle();
    assert!(village.is_equal(line), "both know of it and neither has it");
    // From a stick; the conversation with bob was not told.
    village.shelf(ALICE).take(&whole);
    village.pass(300_000);
    village.settle();
    assert!(village.machines[BOB].shelf.has_text(b"free on Monday"));
}

#[test]
fn what_was_asked_of_somebody_who_is_let_go_comes_from_another() {
    let mut village = Village::of(4);
    let piece = village.shelf(BOB).write(&[7; 20_000]);
    village.shelf(DAVE).take(&piece);
    let with_dave = village.connect(DAVE, ALICE);
    while !village.messages_since(0).iter().any(|message| matches!(message, Message::DocumentAnswer(_))) {
        village.deliver(with_dave, 1);
        village.deliver(with_dave, 0);
    }
    // Dave's answer is on its way when alice hears that he is not active any more.
    village.state(ALICE, Says::Suspend(3));
    let news = Message::DocumentNews(village.machines[DAVE].shelf.whole(piece.doc)).to_frame().unwrap();
    village.tell(ALICE, Event::Frame { conn: conn(with_dave), bytes: news });
    while village.deliver(with_dave, 1) {}
    assert!(village.machines[ALICE].jobs.is_empty(), "neither the answer nor a push is taken");
    let with_bob = village.connect(BOB, ALICE);
    while village.deliver(with_bob, 1)
        | village.deliver(with_bob, 0)
        | village.work(ALICE)
        | village.work(BOB)
    {}
    assert!(village.is_equal(with_bob) && village.same(ALICE, BOB));
}

#[test]
fn an_old_push_is_answered_even_if_it_brings_nothing_new() {
    for of_documents in [true, false] {
        let mut village = Village::of(3);
        let with_alice = village.connect(BOB, ALICE);
        let with_carol = village.connect(BOB, CAROL);
        let others = village.connect(CAROL, ALICE);
        village.settle();
        // Bob has carol's news and has told alice so, before alice comes to pass on the same to bob.
        if of_documents {
            village.write(CAROL, b"free on Monday");
        } else {
            village.state(CAROL, Says::Note(vec![1]));
        }
        while village.deliver(others, 1) | village.deliver(with_carol, 0) | village.work(BOB) {}
        while village.deliver(with_alice, 1) {}
        village.settle();
        assert!([with_alice, with_carol, others].iter().all(|line| village.is_equal(*line)));
    }
}

#[test]
fn nothing_is_asked_for_twice_if_the_first_answer_did_not_help() {
    let mut village = Village::of(2);
    let piece = village.shelf(ALICE).write(&[7; 600]);
    village.shelf(ALICE).write(&[8; 600]);
    village.shelf(ALICE).longest_answer = 500;
    village.shelf(BOB).ignored.insert(piece.doc);
    let line = village.connect(BOB, ALICE);
    village.settle();
    let asks = village.messages_since(0).into_iter().filter(|m| matches!(m, Message::DocumentAsk(_)));
    assert_eq!(asks.count(), 1);
    assert_eq!(village.lines[line].settled, [1, 1]);
}

#[test]
fn who_hears_of_a_post_from_somebody_without_it_asks_the_others() {
    let mut village = Village::of(4);
    let whole = village.shelf(DAVE).write(b"a ladder to lend");
    let tip = closeknit_sync::Piece { changes: vec![], ..whole.clone() };
    let with_alice = village.connect(BOB, ALICE);
    let with_carol = village.connect(BOB, CAROL);
    village.settle();
    // Alice tells of a tip whose changes she has not; carol has them.
    village.shelf(CAROL).take(&whole);
    village.tell(CAROL, Event::Altered { doc: whole.doc });
    village.shelf(ALICE).take(&tip);
    let news = closeknit_sync::Piece { more: true, ..tip };
    village.tell(ALICE, Event::Grew { piece: news, source: None });
    while village.deliver(with_alice, 0) | village.deliver(with_alice, 1) | village.work(BOB) {}
    let moment = village.said.len();
    while village.deliver(with_carol, 1) {}
    let told = village.messages_since(moment);
    assert!(matches!(told.as_slice(), [.., Message::DocumentAnswer(_)]), "carol was asked, too: {told:?}");
    village.settle();
    assert!(village.machines[BOB].shelf.has_text(b"a ladder to lend"));
    assert!(village.machines[ALICE].shelf.has_text(b"a ladder to lend"));
    assert!(village.is_equal(with_alice) && village.is_equal(with_carol));
}

#[test]
fn what_comes_under_a_tip_that_was_known_leaves_nobody_waiting() {
    let mut village = Village::of(4);
    let whole = village.shelf(DAVE).write(b"a ladder to lend");
    village.shelf(ALICE).take(&closeknit_sync::Piece { changes: vec![], ..whole.clone() });
    village.shelf(BOB).take(&whole);
    let line = village.connect(ALICE, BOB);
    // Bob's machine calls what both have the same, and alice hears so while she still asks for the changes.
    while village.deliver(line, 1) {}
    while village.deliver(line, 0) {}
    // They reach her on a stick before his answer does.
    let piece = village.shelf(ALICE).take(&whole).unwrap();
    village.tell(ALICE, Event::Grew { piece, source: None });
    village.settle();
    assert!(village.is_equal(line), "{:?}", village.agreement(line));
}
