//! Who belongs, who does not any more, and which generation leads decides what is sent.

use closeknit_sync::{Ending, Event, Holdings, Standing};

use crate::village::{
    ALICE, BOB, CAROL, DAVE, Village, is_about_documents,
    shelf::{Says, device},
};

#[test]
fn somebody_who_is_removed_gets_nothing_from_that_moment() {
    let mut village = Village::of(3);
    let line = village.connect(CAROL, ALICE);
    village.settle();
    village.state(ALICE, Says::Remove(2));
    let moment = village.said.len();
    village.write(ALICE, b"a lift on Thursday");
    village.settle();
    assert_eq!(village.lines[line].endings[1], Some(Ending::NotActive));
    assert_eq!(village.bytes_since(moment), 0);
    let again = village.connect(CAROL, ALICE);
    village.settle();
    assert!(!village.is_up(again));
    assert!(village.said[moment..].iter().all(|said| said.from == CAROL));
    assert!(!village.machines[CAROL].shelf.has_text(b"a lift on Thursday"));
}

#[test]
fn somebody_whose_removal_comes_by_in_the_middle_gets_nothing_more() {
    let mut village = Village::of(4);
    for _ in 0..30 {
        village.shelf(ALICE).write(&[7; 20_000]);
    }
    let with_dave = village.connect(DAVE, ALICE);
    for _ in 0..3 {
        village.deliver(with_dave, 0);
        village.deliver(with_dave, 1);
    }
    village.shelf(BOB).state(Says::Remove(3));
    let with_bob = village.connect(BOB, ALICE);
    while village.deliver(with_bob, 0) | village.deliver(with_bob, 1) | village.work(ALICE) {}
    assert!(village.machines[ALICE].shelf.has_put_out(device(3)));
    let moment = village.said.len();
    village.settle();
    assert_eq!(village.lines[with_dave].endings[1], Some(Ending::NotActive));
    let told = village.said[moment..].iter().filter(|said| said.from == ALICE && said.to == DAVE);
    assert_eq!(told.count(), 0);
}

#[test]
fn a_newcomer_gets_documents_as_soon_as_the_statements_say_so() {
    let mut village = Village::of_strangers(3);
    village.write(ALICE, b"a lift on Thursday");
    // Alice has not heard that bob was admitted; bob can show it.
    let line = village.connect(BOB, ALICE);
    let mut standings = Vec::new();
    while village.deliver(line, 1) | village.deliver(line, 0) | village.work(ALICE) | village.work(BOB) {
        let standing = village.neighbour(ALICE, line).unwrap().standing;
        if standings.last() != Some(&standing) {
            standings.push(standing);
        }
        let content = village.said.iter().any(|said| said.from == ALICE && is_about_documents(&said.frame));
        assert!(!content || standing == Some(Standing::Active));
    }
    assert_eq!(standings, [None, Some(Standing::StatementsOnly), Some(Standing::Active)]);
    assert!(village.machines[BOB].shelf.has_text(b"a lift on Thursday"));
}

#[test]
fn a_new_generation_replaces_the_old_one_everywhere() {
    let mut village = Village::of(3);
    for n in 0..10 {
        village.write(ALICE, &[n; 100]);
    }
    let lines = [village.connect(BOB, ALICE), village.connect(CAROL, BOB)];
    village.settle();
    village.begin_anew(ALICE);
    village.settle();
    assert!(lines.iter().all(|line| village.is_equal(*line)));
    assert!(village.same(ALICE, BOB) && village.same(ALICE, CAROL));
    assert_eq!(village.machines[CAROL].shelf.everything().1.values().next().unwrap().len(), 1);
}

#[test]
fn nobody_is_told_of_a_generation_that_does_not_lead() {
    let mut village = Village::of(2);
    let old = village.shelf(ALICE).write(b"a lift on Thursday");
    village.begin_anew(ALICE);
    village.connect(BOB, ALICE);
    village.settle();
    let moment = village.said.len();
    village.tell(ALICE, Event::Grew { piece: old, source: None });
    assert_eq!(village.said.len(), moment);
}

#[test]
fn somebody_who_is_not_active_any_more_is_asked_for_nothing_and_let_go() {
    let mut village = Village::of(4);
    for _ in 0..10 {
        village.shelf(DAVE).write(&[7; 20_000]);
    }
    let with_dave = village.connect(DAVE, ALICE);
    while village.machines[ALICE].jobs.is_empty() {
        village.deliver(with_dave, 0);
        village.deliver(with_dave, 1);
    }
    // Alice has asked dave for his posts, and has the first in her hands.
    village.state(ALICE, Says::Suspend(3));
    let moment = village.said.len();
    assert_eq!(village.neighbour(ALICE, with_dave).unwrap().standing, Some(Standing::StatementsOnly));
    village.settle();
    assert!(!village.said[moment..].iter().any(|said| is_about_documents(&said.frame) && said.from == ALICE));
    assert_eq!(village.lines[with_dave].endings[1], Some(Ending::NotActive), "once both know it");
    assert!(village.machines[DAVE].shelf.has_put_out(device(3)), "dave was told by then");
}

#[test]
fn what_came_from_an_unknown_machine_is_asked_for_again_once_it_is_known() {
    let mut village = Village::of(2);
    let line = village.connect(BOB, ALICE);
    village.settle();
    // Alice has a new machine, but the word of it has not gone out yet, and its posts have.
    let admit = village.shelf(ALICE).state(Says::Admit(device(100), 0));
    let mut laptop = village.machines[ALICE].shelf.clone();
    laptop.device = device(100);
    let piece = laptop.write(b"from my new laptop");
    village.shelf(ALICE).take(&piece);
    village.tell(ALICE, Event::Grew { piece, source: None });
    village.settle();
    assert!(!village.machines[BOB].shelf.has_text(b"from my new laptop"));
    village.tell(ALICE, Event::Stated { statements: vec![admit], source: None });
    village.settle();
    assert!(village.machines[BOB].shelf.has_text(b"from my new laptop"));
    assert!(village.is_equal(line));
}

/// Whoever dials says first who they are, and how much there is.
#[test]
fn nobody_introduces_themselves_to_somebody_they_know_to_be_removed() {
    let mut village = Village::of(3);
    village.state(ALICE, Says::Remove(2));
    let moment = village.said.len();
    let line = village.connect(ALICE, CAROL);
    assert_eq!(village.lines[line].endings[0], Some(Ending::NotActive));
    assert_eq!(village.said.len(), moment);
}

#[test]
fn posts_of_somebody_who_was_removed_are_no_difference_between_the_others() {
    let mut village = Village::of(4);
    let piece = village.shelf(CAROL).write(b"free on Monday");
    village.shelf(ALICE).take(&piece);
    village.shelf(BOB).take(&piece);
    let line = village.connect(BOB, ALICE);
    village.settle();
    village.state(ALICE, Says::Remove(2));
    village.settle();
    let with_dave = village.connect(DAVE, BOB);
    village.settle();
    assert!(village.is_equal(line) && village.is_equal(with_dave));
}

#[test]
fn many_statements_come_page_by_page_and_ancestors_first() {
    for (dialler, listener) in [(ALICE, BOB), (BOB, ALICE)] {
        let mut village = Village::of(2);
        for _ in 0..600 {
            village.shelf(ALICE).state(Says::Note(vec![1; 300]));
        }
        let line = village.connect(dialler, listener);
        let mut pages = 0;
        while village.deliver(line, 0) | village.deliver(line, 1) | village.work(ALICE) {
            pages += usize::from(village.work(BOB));
            assert_eq!(village.machines[BOB].shelf.statements_waiting(), 0);
        }
        assert!(village.is_equal(line) && village.same(ALICE, BOB));
        assert!(pages >= 3, "{pages} pages");
    }
}

#[test]
fn statements_that_one_machine_will_never_take_do_not_stop_the_rest() {
    for (dialler, listener) in [(ALICE, BOB), (BOB, ALICE)] {
        let mut village = Village::of(2);
        let unwelcome = village.shelf(ALICE).state(Says::Note(vec![1]));
        village.shelf(BOB).unwelcome.insert(unwelcome);
        village.shelf(ALICE).write(b"a lift on Thursday");
        let line = village.connect(dialler, listener);
        village.settle();
        assert_eq!(village.lines[line].settled, [1, 1]);
        assert!(village.machines[BOB].shelf.has_text(b"a lift on Thursday"));
    }
}

#[test]
fn while_bob_learns_from_alice_he_does_not_learn_the_same_from_carol() {
    let mut village = Village::of(3);
    for _ in 0..100 {
        let new = village.shelf(ALICE).state(Says::Note(vec![1; 300]));
        let bytes = village.shelf(ALICE).statement(new).unwrap();
        village.shelf(CAROL).hear_statements(&[bytes]);
    }
    let lines = [village.connect(BOB, ALICE), village.connect(BOB, CAROL)];
    village.settle();
    assert!(lines.iter().all(|line| village.is_equal(*line)));
    let received: u64 =
        lines.iter().map(|line| village.neighbour(BOB, *line).unwrap().exchanged.received.statements).sum();
    assert_eq!(received, 100);
}
