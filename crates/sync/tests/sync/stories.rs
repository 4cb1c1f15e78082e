//! What people would see happen.

use closeknit_sync::{
    Ending, Event, Holdings, Limits, Outdated, Standing,
    message::{Clock, Hello, Message},
};

use crate::village::{
    ALICE, BOB, CAROL, DAVE, Village, conn, is_about_documents,
    shelf::{Says, Shelf, TIME, device, hash},
};

#[test]
fn alice_posts_and_bob_has_it_at_once() {
    let mut village = Village::of(2);
    let line = village.connect(BOB, ALICE);
    village.settle();
    assert!(village.is_equal(line));
    village.write(ALICE, b"a lift on Thursday");
    village.settle();
    assert!(village.machines[BOB].shelf.has_text(b"a lift on Thursday"));
    assert!(village.is_equal(line));
    assert_eq!(village.lines[line].equal, [2, 2], "told each time");
}

#[test]
fn alice_posts_while_bob_sleeps_and_carol_carries_it() {
    let mut village = Village::of(3);
    village.write(ALICE, b"a lift on Thursday");
    let line = village.connect(ALICE, CAROL);
    village.settle();
    village.cut(line);
    let line = village.connect(CAROL, BOB);
    village.settle();
    assert!(village.machines[BOB].shelf.has_text(b"a lift on Thursday"));
    assert!(village.is_equal(line) && village.same(ALICE, BOB));
}

#[test]
fn it_does_not_matter_who_dials() {
    for (dialler, listener) in [(ALICE, BOB), (BOB, ALICE)] {
        let mut village = Village::of(2);
        village.write(ALICE, b"soup for six");
        village.write(BOB, b"a ladder to lend");
        village.state(ALICE, Says::Note(b"vouch".to_vec()));
        let line = village.connect(dialler, listener);
        village.settle();
        assert!(village.is_equal(line) && village.same(ALICE, BOB));
    }
}

#[test]
fn two_members_who_never_heard_of_each_other_meet() {
    let mut village = Village::of_strangers(3);
    village.write(BOB, b"free on Monday");
    village.write(CAROL, b"a ladder to lend");
    let line = village.connect(BOB, CAROL);
    village.settle();
    assert!(village.is_equal(line) && village.same(BOB, CAROL));
    assert!(village.machines[CAROL].shelf.has_text(b"free on Monday"));
    assert_eq!(village.neighbour(BOB, line).unwrap().standing, Some(Standing::Active));
}

#[test]
fn a_stranger_who_knows_the_address_hears_not_one_byte() {
    let mut village = Village::of(2);
    village.write(ALICE, b"the key is under the mat");
    // Mallory has a circle of her own, and proves that.
    let mut shelf = Shelf::new(device(66), 66);
    shelf.state(Says::Found);
    shelf.state(Says::Admit(device(66), 66));
    let mallory = village.add(shelf, Limits::default());
    let line = village.connect(mallory, ALICE);
    village.settle();
    assert_eq!(village.lines[line].endings[1], Some(Ending::Stranger));
    let line = village.connect(mallory, ALICE);
    village.lines[line].queues[1].clear();
    village.pass(11_000);
    assert_eq!(village.lines[line].endings[1], Some(Ending::Stranger), "nor one who waits");
    let line = village.connect(mallory, ALICE);
    village.lines[line].queues[1].pop_front();
    village.settle();
    assert_eq!(village.lines[line].endings[1], Some(Ending::Stranger), "nor one without a greeting");
    assert!(village.said.iter().all(|said| said.from != ALICE));
}

#[test]
fn a_post_of_many_pieces_arrives_after_interruptions_without_being_sent_twice() {
    let mut village = Village::of(2);
    for n in 0..40_u32 {
        // What does not deflate.
        let text: Vec<u8> = (0..60_u32 * 1024 / 32)
            .flat_map(|block| hash(&[n.to_be_bytes(), block.to_be_bytes()].concat()))
            .collect();
        village.shelf(ALICE).write(&text);
    }
    let mut interruptions = 0;
    loop {
        let line = village.connect(BOB, ALICE);
        for _ in 0..12 {
            for end in [0, 1] {
                village.deliver(line, end);
            }
            village.work(ALICE);
            village.work(BOB);
        }
        if village.is_equal(line) {
            break;
        }
        village.cut(line);
        while village.work(BOB) {}
        interruptions += 1;
        assert!(interruptions < 40, "no progress");
    }
    assert!(village.same(ALICE, BOB) && village.machines[BOB].shelf.staged() == 0);
    assert!(interruptions > 1);
    let once = 40 * 60 * 1024;
    let most = once + (interruptions + 1) * (300 * 1024);
    assert!(village.bytes_since(0) < most, "{} bytes for {once}", village.bytes_since(0));
}

#[test]
fn only_a_few_documents_are_under_way_at_once() {
    let mut village = Village::among(30, 2);
    for member in 0..30 {
        village.shelf(ALICE).write_as(member, b"hello");
    }
    let line = village.connect(BOB, ALICE);
    let mut most = 0;
    while village.deliver(line, 0) | village.deliver(line, 1) {
        // Bob's engine does nothing yet.
        most = most.max(village.machines[BOB].jobs.len());
    }
    assert_eq!(most, 4);
    assert!(!village.is_equal(line));
    village.settle();
    assert!(village.is_equal(line) && village.same(ALICE, BOB));
}

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
fn what_is_known_but_not_held_is_asked_for_at_everybody() {
    let mut village = Village::of(3);
    let mut piece = village.shelf(ALICE).write(b"a lift on Thursday");
    let whole = piece.clone();
    piece.changes.clear();
    // Bob and carol know alice's tip, so that their catalogues are equal; carol has the change too.
    village.shelf(BOB).take(&piece);
    village.shelf(CAROL).take(&whole);
    let line = village.connect(BOB, CAROL);
    village.settle();
    assert!(village.machines[BOB].shelf.has_text(b"a lift on Thursday"));
    assert!(village.is_equal(line));
}

#[test]
fn what_one_machine_refuses_is_asked_for_once_and_the_rest_goes_on() {
    let mut village = Village::of(3);
    let bad = village.shelf(ALICE).write(b"not to be read by this version");
    let refused = village.shelf(ALICE).entry(bad.doc).unwrap().version;
    village.shelf(BOB).refused.insert(refused);
    let line = village.connect(BOB, ALICE);
    village.settle();
    assert!(!village.is_equal(line));
    assert_eq!(village.lines[line].settled, [1, 1], "both know that no more will come");
    let moment = village.said.len();
    village.write(BOB, b"a ladder to lend");
    village.settle();
    assert!(village.machines[ALICE].shelf.has_text(b"a ladder to lend"));
    assert!(village.bytes_since(moment) < 5_000);
    assert!(village.is_up(line));
}

#[test]
fn a_document_comes_from_one_neighbour_at_a_time() {
    let mut village = Village::of(4);
    let everybody: Vec<_> = (0..4).map(|n| village.shelf(n).write(&[b'x'; 5_000])).collect();
    for piece in &everybody {
        (0..3).for_each(|n| _ = village.shelf(n).take(piece));
    }
    for machine in [ALICE, BOB, CAROL] {
        village.connect(DAVE, machine);
    }
    village.settle();
    assert!((0..3).all(|machine| village.same(machine, DAVE)));
    let answers = village.messages_since(0).into_iter();
    let asked = answers.filter(|m| matches!(m, Message::DocumentAnswer(_))).count();
    assert_eq!(asked, 3, "three documents that dave lacked");
}

#[test]
fn a_change_reaches_everybody_in_a_row_and_in_a_ring_and_then_it_is_quiet() {
    for ring in [false, true] {
        let mut village = Village::of(5);
        let mut lines: Vec<usize> = (1..5).map(|n| village.connect(n, n - 1)).collect();
        if ring {
            lines.push(village.connect(0, 4));
        }
        village.settle();
        let moment = village.said.len();
        village.write(CAROL, b"soup for six");
        village.settle();
        assert!((0..5).all(|machine| village.machines[machine].shelf.has_text(b"soup for six")));
        assert!(lines.iter().all(|line| village.is_equal(*line)));
        let frames = village.said.len() - moment;
        assert!(frames <= lines.len() * 6, "{frames} frames");
        village.pass(1_000);
        assert_eq!(village.settle(), 0);
    }
}

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

#[test]
fn the_screen_can_say_what_was_exchanged() {
    let mut village = Village::of(2);
    village.write(ALICE, b"a lift on Thursday");
    village.write(BOB, b"soup");
    village.write(BOB, b"a ladder");
    let line = village.connect(BOB, ALICE);
    village.settle();
    village.state(ALICE, Says::Note(vec![]));
    village.settle();
    let [bobs, alices] = [BOB, ALICE].map(|end| village.neighbour(end, line).unwrap().exchanged);
    assert_eq!(bobs.sent, alices.received);
    assert_eq!(bobs.received, alices.sent);
    assert_eq!((bobs.sent.changes, bobs.received.changes), (2, 1));
    assert_eq!((bobs.sent.statements, bobs.received.statements), (0, 1));
    let bytes = village.bytes_since(0);
    assert_eq!(usize::try_from(bobs.sent.bytes + bobs.received.bytes).unwrap(), bytes);
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
fn who_has_no_proof_does_not_dial_into_the_dark() {
    let mut village = Village::of(2);
    let nobody = village.add(Shelf::new(device(66), 66), Limits::default());
    let line = village.connect(nobody, ALICE);
    assert_eq!(village.lines[line].endings[0], Some(Ending::NoProof));
    assert_eq!(village.said.len(), 0);
}

#[test]
fn machines_with_different_versions_say_who_must_update() {
    for (theirs, outdated) in [
        (Hello { lowest: 2, highest: 9 }, Outdated::Here),
        (Hello { lowest: 0, highest: 0 }, Outdated::There),
    ] {
        let mut village = Village::of(2);
        let line = village.connect(BOB, ALICE);
        // Bob's app is another one: it greets with another Hello, and proves itself as ever.
        let hello = Message::Hello(theirs).to_frame().unwrap();
        village.lines[line].queues[1][0] = hello;
        village.deliver(line, 1);
        village.deliver(line, 1);
        assert_eq!(village.lines[line].endings[1], Some(Ending::Version(outdated)));
        let told = village.messages_since(4);
        assert!(matches!(
            told.as_slice(),
            [Message::Hello(Hello { lowest: 1, highest: 1 }), Message::Proof(_), Message::Clock(_)]
        ));
        // And the other way round: bob, who dialled, hears it from the listener.
        let mut village = Village::of(2);
        let line = village.connect(BOB, ALICE);
        let hello = Message::Hello(theirs).to_frame().unwrap();
        village.tell(BOB, Event::Frame { conn: conn(line), bytes: hello });
        assert_eq!(village.lines[line].endings[0], Some(Ending::Version(outdated)));
    }
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

#[test]
fn machines_with_the_same_changes_tell_each_other_of_different_tips() {
    for (dialler, listener) in [(ALICE, BOB), (BOB, ALICE)] {
        let mut village = Village::of(3);
        let admit = village.shelf(CAROL).state(Says::Admit(device(100), 2));
        let admit = village.shelf(CAROL).statement(admit).unwrap();
        let piece = village.shelf(CAROL).write(b"free on Monday");
        for machine in [ALICE, BOB] {
            village.shelf(machine).hear_statements(std::slice::from_ref(&admit));
            village.shelf(machine).take(&piece);
        }
        let mut laptop = village.machines[BOB].shelf.clone();
        laptop.device = device(100);
        laptop.sign(piece.doc);
        village.shelf(BOB).take(&closeknit_sync::Piece { changes: vec![], ..laptop.whole(piece.doc) });
        let line = village.connect(dialler, listener);
        village.settle();
        assert_eq!([ALICE, BOB].map(|machine| village.machines[machine].shelf.tips(piece.doc)), [2, 2]);
        assert!(village.is_equal(line));
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
fn with_many_neighbours_no_more_is_asked_for_than_fits_the_admission_queue() {
    let mut village = Village::among(100, 8);
    for member in 0..100 {
        let piece = village.shelf(1).write_as(member, &[1; 100]);
        (2..8).for_each(|machine| _ = village.shelf(machine).take(&piece));
    }
    let lines: Vec<usize> = (1..8).map(|machine| village.connect(ALICE, machine)).collect();
    let mut moved = true;
    while moved {
        moved = lines.iter().any(|line| village.deliver(*line, 0) | village.deliver(*line, 1));
    }
    assert_eq!(village.machines[ALICE].jobs.len(), 16);
    village.settle();
    assert!(lines.iter().all(|line| village.is_equal(*line)));
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
fn what_a_stick_brought_only_the_beginning_of_is_asked_for_at_once() {
    let mut village = Village::of(3);
    village.connect(BOB, ALICE);
    village.settle();
    let whole = village.shelf(CAROL).write(b"a ladder to lend");
    village.shelf(BOB).take(&closeknit_sync::Piece { changes: vec![], ..whole.clone() });
    let moment = village.said.len();
    village.tell(BOB, Event::Altered { doc: whole.doc });
    assert!(matches!(village.messages_since(moment).as_slice(), [Message::DocumentAsk(_)]));
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

#[test]
fn each_hears_once_what_time_it_is_at_the_other() {
    let mut village = Village::of(2);
    let line = village.connect(BOB, ALICE);
    village.settle();
    assert_eq!(village.lines[line].times, [[TIME], [TIME]]);
    // Said again, it is passed over; and from a stranger nobody hears it.
    let again = Message::Clock(Clock { seconds: i64::MIN }).to_frame().unwrap();
    village.tell(ALICE, Event::Frame { conn: conn(line), bytes: again });
    village.settle();
    assert_eq!(village.lines[line].times, [[TIME], [TIME]]);
    assert!(village.is_equal(line));
}
