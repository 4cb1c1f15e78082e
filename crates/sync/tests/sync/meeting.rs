//! Two machines meet: who dials, who may hear something, which versions they speak, what each side can say of it.

use closeknit_sync::{
    Ending, Event, Limits, Outdated, Standing,
    message::{Clock, Hello, Message},
};

use crate::village::{
    ALICE, BOB, CAROL, Village, conn, founding,
    shelf::{Says, Shelf, TIME, device},
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
fn a_listener_shows_its_chain_to_whoever_may_not_know_it() {
    let shown = |village: &Village, moment: usize| {
        let said = village.said[moment..].iter().filter(|said| said.from == ALICE);
        let proofs = said.filter_map(|said| match Message::from_frame(&said.frame).unwrap() {
            Some(Message::Proof(proof)) => Some(proof.chain.len()),
            _ => None,
        });
        proofs.collect::<Vec<_>>()
    };
    let mut village = Village::of(2);
    let line = village.connect(BOB, ALICE);
    village.settle();
    assert!(village.is_equal(line));
    assert_eq!(shown(&village, 0), [0], "bob has the same statements");
    village.cut(line);
    village.state(ALICE, Says::Note(Vec::new()));
    let moment = village.said.len();
    let line = village.connect(BOB, ALICE);
    village.settle();
    assert!(village.is_equal(line));
    assert_eq!(shown(&village, moment), [2]);
}

/// What comes before the proof is not listened to, and after it only the time and what the dialler has.
#[test]
fn a_listener_says_nothing_before_the_first_summary() {
    let mut village = Village::of(2);
    village.write(ALICE, b"the key is under the mat");
    let line = village.connect(BOB, ALICE);
    (0..3).for_each(|_| _ = village.deliver(line, 1));
    assert_eq!(village.neighbour(ALICE, line).unwrap().standing, None);
    let asks = Message::StatementsNext(()).to_frame().unwrap();
    village.tell(ALICE, Event::Frame { conn: conn(line), bytes: asks });
    assert_eq!(village.lines[line].endings[1], Some(Ending::Stranger));
    let line = village.connect(BOB, ALICE);
    (0..3).for_each(|_| _ = village.deliver(line, 1));
    village.lines[line].queues[1].clear();
    village.pass(11_000);
    assert_eq!(village.lines[line].endings[1], Some(Ending::Stranger), "nor to one who waits");
    assert!(village.said.iter().all(|said| said.from != ALICE));
}

#[test]
fn who_has_no_proof_does_not_dial_into_the_dark() {
    let mut village = Village::of(2);
    let nobody = village.add(Shelf::new(device(66), 66), Limits::default());
    let line = village.connect(nobody, ALICE);
    assert_eq!(village.lines[line].endings[0], Some(Ending::NoProof));
    assert_eq!(village.said.len(), 0);
}

/// Bob's database was damaged: of the statements only those about alice are left.
#[test]
fn who_lost_the_own_proof_is_known_to_whoever_calls() {
    let mut village = Village::of(2);
    village.write(ALICE, b"free on Monday");
    let mut shelf = Shelf::new(device(1), 1);
    shelf.hear_statements(&founding(2)[..2]);
    let bob = village.add(shelf, Limits::default());
    let line = village.connect(bob, ALICE);
    assert_eq!(village.lines[line].endings[0], Some(Ending::NoProof), "he calls nobody");
    let line = village.connect(ALICE, bob);
    village.settle();
    assert_eq!(village.lines[line].endings, [None, None]);
    assert!(village.machines[bob].shelf.has_text(b"free on Monday"));
    // And now he has it again.
    let line = village.connect(bob, ALICE);
    village.settle();
    assert_eq!(village.lines[line].endings[0], None);
}

#[test]
fn machines_with_different_versions_say_who_must_update() {
    for (theirs, outdated) in [
        (Hello { lowest: 3, highest: 9 }, Outdated::Here),
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
            [Message::Hello(Hello { lowest: 1, highest: 2 }), Message::Proof(_), Message::Clock(_)]
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
