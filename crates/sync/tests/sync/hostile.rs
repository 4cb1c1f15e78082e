//! Whatever a hostile neighbour sends: no panic, nothing for those who may not have it, and a strike
//! for what is no frame.

use closeknit_ids::StatementId;
use closeknit_sync::{
    Ending, Event, Limits, Standing,
    frame::MAX_FRAME,
    message::{Ids, Message, StatementIds, Statements},
};
use proptest::prelude::*;

use crate::{
    samples,
    swollen::swollen_frames,
    village::{
        ALICE, BOB, Job, Village, conn, is_about_documents,
        shelf::{Says, Shelf, device, hash},
    },
};

/// Alice with a few posts, and mallory, a member, who is connected and about to misbehave.
fn with_mallory(mallory_dialled: bool) -> (Village, usize) {
    let mut village = Village::of(2);
    village.shelf(ALICE).write(b"a lift on Thursday");
    let line = if mallory_dialled { village.connect(BOB, ALICE) } else { village.connect(ALICE, BOB) };
    village.settle();
    assert!(village.is_equal(line));
    (village, line)
}

fn alices_ending(village: &Village, line: usize) -> Option<Ending> {
    let end = village.lines[line].ends.iter().position(|end| *end == ALICE).unwrap();
    village.lines[line].endings[end]
}

fn send(village: &mut Village, line: usize, frame: Vec<u8>) {
    village.tell(ALICE, Event::Frame { conn: conn(line), bytes: frame });
}

/// Every kind of message, with made up content and with content that makes sense.
fn every_message() -> Vec<Message> {
    let mut village = Village::of_strangers(2);
    village.shelf(ALICE).write(b"a lift on Thursday");
    village.connect(BOB, ALICE);
    village.settle();
    village.write(BOB, b"soup");
    village.state(BOB, Says::Note(vec![1]));
    village.settle();
    let mut messages = village.messages_since(0);
    messages.extend(samples::messages().into_iter().map(|(_, message)| message));
    messages
}

#[test]
fn every_kind_of_frame_reads_back_as_it_was_written() {
    let messages = every_message();
    let mut kinds: Vec<u16> = Vec::new();
    for message in &messages {
        let frame = message.to_frame().unwrap();
        kinds.push(u16::from_be_bytes([frame[0], frame[1]]));
        assert_eq!(Message::from_frame(&frame).unwrap().as_ref(), Some(message));
    }
    kinds.sort_unstable();
    kinds.dedup();
    let all = (1..=6).chain(16..=24).chain(32..=40);
    assert_eq!(kinds, all.collect::<Vec<u16>>());
}

#[test]
fn every_truncation_of_every_frame_is_a_strike_and_nothing_worse() {
    for message in every_message() {
        let frame = message.to_frame().unwrap();
        let step = if frame.len() > 400 { 97 } else { 1 };
        // A kind without payload is whole if its payload is empty.
        let ends = (0..frame.len()).filter(|end| end % step == 0 || frame.len() - end < 4);
        for end in ends {
            let (mut village, line) = with_mallory(true);
            send(&mut village, line, frame[..end].to_vec());
            assert_eq!(
                alices_ending(&village, line),
                Some(Ending::BrokenFraming),
                "{message:?} cut at {end}"
            );
        }
    }
}

#[test]
fn three_strikes_and_the_door_stays_shut_for_a_day() {
    let (mut village, mut line) = with_mallory(true);
    for strike in 1..=3 {
        send(&mut village, line, vec![0]);
        assert_eq!(alices_ending(&village, line), Some(Ending::BrokenFraming));
        assert_eq!(village.shunned.len(), usize::from(strike == 3));
        village.settle();
        line = village.connect(BOB, ALICE);
        village.settle();
    }
    assert_eq!(alices_ending(&village, line), Some(Ending::Stranger));
    village.pass(24 * 3_600_000);
    let line = village.connect(BOB, ALICE);
    village.settle();
    assert!(village.is_equal(line));
}

#[test]
fn a_false_signature_and_a_stream_that_cannot_be_cut_are_strikes_too() {
    for (event, ending) in [
        (Event::Forged { conn: conn(0) }, Ending::Forged),
        (Event::Broken { conn: conn(0) }, Ending::BrokenFraming),
    ] {
        let (mut village, line) = with_mallory(true);
        village.tell(ALICE, event);
        assert_eq!(alices_ending(&village, line), Some(ending));
    }
}

#[test]
fn frames_of_a_later_version_are_passed_over() {
    let (mut village, line) = with_mallory(true);
    for kind in [0, 7, 25, 64, 1000, u16::MAX] {
        for payload in [0, 1, 5_000, MAX_FRAME - 2] {
            send(&mut village, line, [kind.to_be_bytes().to_vec(), vec![7; payload]].concat());
        }
    }
    assert!(village.is_equal(line));
    // And fields of a later version at the end of those of this one.
    let mut longer = Message::StatementsNext(()).to_frame().unwrap();
    longer.extend([1, 2, 3]);
    send(&mut village, line, longer);
    assert!(village.is_up(line));
}

#[test]
fn frames_that_promise_too_much_are_strikes() {
    for frame in swollen_frames() {
        let (mut village, line) = with_mallory(true);
        let start = frame[..frame.len().min(60)].to_vec();
        send(&mut village, line, frame);
        assert_eq!(alices_ending(&village, line), Some(Ending::BrokenFraming), "{start:?}");
    }
}

fn any_message() -> impl Strategy<Value = Message> {
    prop::sample::select(every_message())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(
        frames in prop::collection::vec(
            (prop_oneof![0..40_u16, any::<u16>()], prop::collection::vec(any::<u8>(), 0..300)),
            1..20,
        ),
        proven: bool,
    ) {
        let (mut village, mut line) = with_mallory(true);
        if !proven {
            // Nobody's machine: of a member's, alice needs no proof.
            let nobody = village.add(Shelf::new(device(100), 100), Limits::default());
            line = village.connect(nobody, ALICE);
        }
        let moment = village.said.len();
        for (kind, payload) in frames {
            send(&mut village, line, [kind.to_be_bytes().as_slice(), &payload].concat());
        }
        let said = village.said[moment..].iter().filter(|said| said.from == ALICE).count();
        prop_assert!(proven || said == 0, "a stranger was answered");
        while village.work(ALICE) {}
        village.pass(400_000);
    }

    #[test]
    fn a_flipped_bit_never_panics(message in any_message(), place: prop::sample::Index, bit in 0..8_u8) {
        let mut frame = message.to_frame().unwrap();
        let place = place.index(frame.len());
        frame[place] ^= 1 << bit;
        let (mut village, line) = with_mallory(true);
        send(&mut village, line, frame);
        while village.work(ALICE) {}
    }

    /// Frames that are well made but come when nobody expects them. Alice dialled or was dialled.
    #[test]
    fn messages_out_of_order_do_no_harm(
        messages in prop::collection::vec(any_message(), 1..40),
        mallory_dialled: bool,
    ) {
        let (mut village, line) = with_mallory(mallory_dialled);
        let before = village.machines[ALICE].shelf.everything();
        for message in messages {
            send(&mut village, line, message.to_frame().unwrap());
            if village.machines[ALICE].jobs.len() > 2 {
                village.work(ALICE);
            }
        }
        prop_assert!(village.machines[ALICE].jobs.len() < 40);
        let struck = alices_ending(&village, line) == Some(Ending::BrokenFraming);
        prop_assert!(!struck, "well made frames are no strike");
        while village.work(ALICE) {}
        let after = village.machines[ALICE].shelf.everything();
        prop_assert!(before.0.is_subset(&after.0), "nothing is lost");
        // And with an honest neighbour alice still comes to terms.
        village.cut(line);
        let honest = village.connect(BOB, ALICE);
        village.settle();
        prop_assert!(village.is_equal(honest));
    }

    /// Somebody whose member is not active yet asks for everything in every way.
    #[test]
    fn whoever_may_have_statements_only_gets_statements_only(
        messages in prop::collection::vec(any_message(), 1..40),
    ) {
        let mut village = Village::of_strangers(2);
        village.shelf(ALICE).write(b"a lift on Thursday");
        let line = village.connect(BOB, ALICE);
        // Hello, proof, time and summary.
        (0..4).for_each(|_| _ = village.deliver(line, 1));
        prop_assert_eq!(village.neighbour(ALICE, line).unwrap().standing, Some(Standing::StatementsOnly));
        for message in messages {
            send(&mut village, line, message.to_frame().unwrap());
        }
        let told = village.said.iter().filter(|said| said.from == ALICE);
        prop_assert!(!told.clone().any(|said| is_about_documents(&said.frame)));
        prop_assert!(told.count() > 0);
        let mut jobs = village.machines[ALICE].jobs.iter();
        prop_assert!(!jobs.any(|job| matches!(job, Job::Documents(..))), "nor are their posts taken");
    }
}

#[test]
fn a_stranger_may_not_send_much() {
    let mut village = Village::of(2);
    let line = village.connect(BOB, ALICE);
    village.lines[line].queues[1].clear();
    send(&mut village, line, [vec![3, 0], vec![0; 100_000]].concat());
    assert_eq!(alices_ending(&village, line), Some(Ending::Stranger));
}

#[test]
fn pushes_that_the_engine_has_no_time_for_do_not_pile_up() {
    let (mut village, line) = with_mallory(true);
    for n in 0..200_u8 {
        let piece = village.shelf(BOB).write(&[n; 300]);
        send(&mut village, line, Message::DocumentNews(piece).to_frame().unwrap());
        let statements = Statements { statements: vec![vec![n; 300]], more: false };
        send(&mut village, line, Message::StatementNews(statements).to_frame().unwrap());
    }
    assert!(village.machines[ALICE].jobs.len() <= 32, "{}", village.machines[ALICE].jobs.len());
    // Mallory says of none of it that it was pushed.
    village.settle();
    village.pass(300_000);
    village.settle();
    assert!(village.same(ALICE, BOB), "what was not taken is asked for");
}

#[test]
fn ids_without_end_are_not_kept() {
    let made_up = |n: u8| {
        let ids = (0..8_000_u32).map(|m| StatementId(hash(&[&[n], m.to_be_bytes().as_slice()].concat())));
        ids.collect::<Vec<_>>()
    };
    for mallory_dialled in [true, false] {
        let (mut village, line) = with_mallory(mallory_dialled);
        let moment = village.said.len();
        let mut strangers = Village::of_strangers(2);
        strangers.connect(BOB, ALICE);
        strangers.settle();
        // What begins a round of comparing statements, on either side.
        for message in strangers.messages_since(0) {
            if matches!(message, Message::Summary(_) | Message::StatementSums(_)) {
                send(&mut village, line, message.to_frame().unwrap());
            }
        }
        for n in 0..20_u8 {
            let (ids, more) = (made_up(n), n < 19);
            let message = if mallory_dialled {
                Message::StatementIds(StatementIds { buckets: vec![0], ids, more })
            } else {
                Message::StatementOffers(Ids { ids, more })
            };
            send(&mut village, line, message.to_frame().unwrap());
        }
        let messages = village.messages_since(moment).into_iter();
        let wants =
            messages.map(|m| if let Message::StatementWants(wants) = m { wants.ids.len() } else { 0 });
        assert_eq!(wants.sum::<usize>(), 64 * 1024);
    }
}
