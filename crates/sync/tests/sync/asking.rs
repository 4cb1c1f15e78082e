//! Documents: who is asked for what, how much at once, and that it comes once.

use closeknit_sync::{
    Event, Holdings,
    message::{DocumentAnswers, Message},
};

use crate::village::{
    ALICE, BOB, CAROL, DAVE, Job, Village, conn,
    shelf::{Says, device, hash},
};

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
    let mut village = Village::among(200, 2);
    for member in 0..200 {
        village.shelf(ALICE).write_as(member, b"hello");
    }
    let line = village.connect(BOB, ALICE);
    let mut most = 0;
    while village.deliver(line, 0) | village.deliver(line, 1) {
        // Bob's engine does nothing yet.
        most = most.max(village.machines[BOB].jobs.len());
    }
    assert_eq!(most, 2, "two frames of 64 each");
    assert!(!village.is_equal(line));
    village.settle();
    assert!(village.is_equal(line) && village.same(ALICE, BOB));
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
    let messages = village.messages_since(0);
    let answers = messages.iter().filter(|message| !matches!(message, Message::DocumentNews(_)));
    let came: usize = answers.map(|message| message.pieces().len()).sum();
    assert_eq!(came, 3, "three documents that dave lacked");
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
fn with_many_neighbours_no_more_is_asked_for_than_fits_the_admission_queue() {
    let mut village = Village::among(300, 8);
    for member in 0..300 {
        let piece = village.shelf(1).write_as(member, &[1; 100]);
        (2..8).for_each(|machine| _ = village.shelf(machine).take(&piece));
    }
    let lines: Vec<usize> = (1..8).map(|machine| village.connect(ALICE, machine)).collect();
    let mut moved = true;
    while moved {
        moved = lines.iter().any(|line| village.deliver(*line, 0) | village.deliver(*line, 1));
    }
    let waiting = |job: &Job| if let Job::Documents(_, _, pieces) = job { pieces.len() } else { 0 };
    assert_eq!(village.machines[ALICE].jobs.iter().map(waiting).sum::<usize>(), 256);
    village.settle();
    assert!(lines.iter().all(|line| village.is_equal(*line)));
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
fn short_documents_come_many_in_a_frame_and_what_has_no_room_in_it_comes_with_the_next() {
    let mut village = Village::among(40, 2);
    for member in 0..40 {
        // Every tenth is long, and one is longer than any answer.
        let bytes = match member {
            7 => 300 * 1024,
            member if member % 10 == 0 => 100 * 1024,
            _ => 2_000,
        };
        for part in 0..(bytes / 60_000 + 1) {
            let part = u8::try_from(part).unwrap();
            village.shelf(ALICE).write_as(member, &vec![part; bytes.min(60_000)]);
        }
    }
    let line = village.connect(BOB, ALICE);
    village.settle();
    assert!(village.is_equal(line) && village.same(ALICE, BOB));
    let messages = village.messages_since(0);
    let several = |message: &&Message| matches!(message, Message::DocumentAnswers(_));
    let together: Vec<&Message> = messages.iter().filter(several).collect();
    assert!(together.iter().any(|message| message.pieces().len() > 10), "several at once");
    assert!(together.iter().all(|message| {
        let bytes: usize = message.pieces().iter().map(closeknit_sync::Piece::bytes).sum();
        bytes <= 256 * 1024
    }));
    let frames = messages.iter().filter(|message| !message.pieces().is_empty()).count();
    assert!((4..12).contains(&frames), "{frames} frames");
}

#[test]
fn who_answers_several_asks_with_nothing_is_not_asked_for_ever() {
    let mut village = Village::among(9, 2);
    for member in 0..9 {
        village.shelf(ALICE).write_as(member, b"hello");
    }
    let line = village.connect(BOB, ALICE);
    while !village.messages_since(0).iter().any(|message| matches!(message, Message::DocumentAsks(_))) {
        village.deliver(line, 0);
        village.deliver(line, 1);
    }
    let asks = |village: &Village| {
        village.messages_since(0).iter().filter(|message| matches!(message, Message::DocumentAsks(_))).count()
    };
    let before = asks(&village);
    let nothing = Message::DocumentAnswers(DocumentAnswers { pieces: Vec::new() }).to_frame().unwrap();
    village.tell(BOB, Event::Frame { conn: conn(line), bytes: nothing });
    assert_eq!(asks(&village), before);
}
