//! Neighbours who answer and give nothing keep nobody else from giving.

use closeknit_sync::{
    Event, Holdings, Piece, Version,
    message::{DocumentAsk, DocumentAsks, Message, Statements},
};

use crate::village::{ALICE, BOB, CAROL, DAVE, Village, conn, shelf::Says};

/// Lets alice and bob exchange; what goes to carol stays on its way.
fn alice_and_bob(village: &mut Village, line: usize) {
    while village.deliver(line, 0) | village.deliver(line, 1) | village.work(ALICE) | village.work(BOB) {}
}

fn hears(village: &mut Village, line: usize, message: &Message) {
    village.tell(BOB, Event::Frame { conn: conn(line), bytes: message.to_frame().unwrap() });
}

#[test]
fn whoever_answers_without_an_end_keeps_no_statement_from_coming() {
    let mut village = Village::of(3);
    village.shelf(CAROL).state(Says::Note(vec![1]));
    village.shelf(ALICE).state(Says::Note(vec![2]));
    village.shelf(ALICE).write(b"a lift on Thursday");
    let with_carol = village.connect(BOB, CAROL);
    while !village.messages_since(0).iter().any(|message| matches!(message, Message::StatementWants(_))) {
        village.deliver(with_carol, 1);
        village.deliver(with_carol, 0);
    }
    let with_alice = village.connect(BOB, ALICE);
    alice_and_bob(&mut village, with_alice);
    assert!(!village.is_equal(with_alice), "bob is patient");
    let found = village.shelf(CAROL).statements()[0];
    let statements = vec![village.shelf(CAROL).statement(found).unwrap()];
    for _ in 0..2 {
        village.pass(31_000);
        // One that everybody knows, and there are more.
        hears(
            &mut village,
            with_carol,
            &Message::Statements(Statements { statements: statements.clone(), more: true }),
        );
        alice_and_bob(&mut village, with_alice);
    }
    assert!(village.is_up(with_carol));
    assert!(village.is_equal(with_alice) && village.same(ALICE, BOB));
}

#[test]
fn whoever_answers_that_there_is_more_and_gives_none_keeps_no_document_from_coming() {
    let mut village = Village::of(4);
    let piece = village.shelf(DAVE).write(b"a ladder to lend");
    village.shelf(ALICE).take(&piece);
    village.shelf(CAROL).take(&piece);
    let with_carol = village.connect(BOB, CAROL);
    let is_ask = |message: &Message| matches!(message, Message::DocumentAsk(_) | Message::DocumentAsks(_));
    let mut answered = 0;
    let mut lie = |village: &mut Village| {
        let asked = village.said.iter().filter(|said| (said.from, said.to) == (BOB, CAROL));
        let asks = asked.filter(|said| is_ask(&Message::from_frame(&said.frame).unwrap().unwrap())).count();
        while answered < asks {
            answered += 1;
            let version = Version::from([u8::try_from(answered).unwrap(); 32]);
            let nothing = Piece { version, changes: vec![], more: true, ..piece.clone() };
            hears(village, with_carol, &Message::DocumentAnswer(nothing));
            while village.work(BOB) {}
        }
        answered
    };
    while !village.messages_since(0).iter().any(is_ask) {
        village.deliver(with_carol, 1);
        village.deliver(with_carol, 0);
    }
    let with_alice = village.connect(BOB, ALICE);
    for _ in 0..4 {
        alice_and_bob(&mut village, with_alice);
        lie(&mut village);
    }
    assert_eq!(lie(&mut village), 1, "carol is not asked for ever");
    assert!(village.machines[BOB].shelf.has_text(b"a ladder to lend"));
    assert!(village.is_equal(with_alice));
}

#[test]
fn a_document_that_is_named_many_times_in_a_frame_is_looked_at_once() {
    let mut village = Village::of(2);
    let doc = village.shelf(ALICE).write(b"a lift on Thursday").doc;
    let line = village.connect(BOB, ALICE);
    village.settle();
    let moment = village.said.len();
    let asks = vec![DocumentAsk { doc, generation: 0, reached: Vec::new() }; 64];
    let frame = Message::DocumentAsks(DocumentAsks { asks }).to_frame().unwrap();
    village.tell(ALICE, Event::Frame { conn: conn(line), bytes: frame });
    let answers = village.messages_since(moment);
    assert!(matches!(answers.as_slice(), [Message::DocumentAnswers(answer)] if answer.pieces.len() == 1));
}
