//! What version 1 wrote is read for ever.

use closeknit_domain::{
    Amount, Answer, Category, Closed, Closure, Commitment, CommitmentRef, Mode, Part, Post, PostKind,
    PostRef, Proxy, Record, Sealed, Unit, Verdict, Want, When, Withdrawal,
    record::Basis,
    text::{Name, Phrase, Place, Say},
    time::{Window, Zone},
};
use closeknit_ids::MemberId;
use closeknit_replica::{Document, RawChange, Room, SignedHead};

use crate::support::*;

const DOCUMENT: &str = include_str!("../frozen/document-1.txt");

fn bytes() -> Vec<u8> {
    let hex: Vec<u8> = DOCUMENT.bytes().filter(u8::is_ascii_hexdigit).collect();
    hex.chunks(2).map(|two| u8::from_str_radix(str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

/// One of each kind that version 1 knew.
fn records() -> [Record; 8] {
    let at = |text: &str| text.parse().unwrap();
    let zone = Zone::new("Europe/Madrid").unwrap();
    let window =
        Window::new("2026-11-26T09:20".parse().unwrap(), "2026-11-26T12:30".parse().unwrap(), zone).unwrap();
    let (edith, phone) = (Name::new("Edith").unwrap(), Phrase::new("on the phone").unwrap());
    let lift = Post {
        when: When::Once(window),
        place: Some(Place::new("Station Side").unwrap()),
        until: Some(at("2026-11-28T10:00:00Z")),
        proxy: Some(Proxy { person: edith, consent: phone }),
        urgent: true,
        ..need("Lift to the eye clinic")
    };
    let ladder = Post {
        kind: PostKind::Offer,
        category: Category::Lend,
        standing: true,
        want: Want { amount: Amount::new(3).unwrap(), unit: Unit::Items },
        mode: Mode::First,
        detail: None,
        ..need("A ladder")
    };
    let bob = MemberId([0xb0; 32]);
    let post = PostRef { author: bob, id: record_id(9) };
    let commitment = Commitment {
        post,
        part: Part::Whole,
        amount: Amount::new(2).unwrap(),
        role: None,
        say: Some(Say::new("Gladly.").unwrap()),
        basis: Basis::new([7; 32], vec![record_id(1), record_id(2)]).unwrap(),
        made: at("2026-11-23T10:00:00Z"),
    };
    let answer = Answer {
        post: record_id(2),
        commitment: CommitmentRef { helper: bob, id: record_id(8) },
        verdict: Verdict::Accept,
        doorstep: Some(Sealed::new(vec![1, 2, 3]).unwrap()),
        at: at("2026-11-23T11:00:00Z"),
    };
    [
        Record::Profile(profile("Alice")),
        Record::Post(lift),
        Record::Post(ladder),
        Record::Commitment(commitment),
        Record::Answer(answer),
        Record::Withdrawal(Withdrawal {
            commitment: record_id(4),
            slots: None,
            at: at("2026-11-24T11:00:00Z"),
        }),
        Record::Closure(Closure {
            post: record_id(3),
            how: Closed::DuplicateOf(post),
            at: at("2026-11-25T11:00:00Z"),
        }),
        Record::Capacity(Sealed::new(vec![9, 9]).unwrap()),
    ]
}

#[test]
fn a_document_of_version_1_is_read_and_would_be_written_the_same() {
    let change = RawChange::new(bytes()).unwrap();
    let mut room = Room::default();
    let size = u64::try_from(change.bytes().len()).unwrap();
    room.expect(SignedHead { hash: change.hash(), count: 2, bytes: 2 * size });
    room.put(change.bytes()).unwrap();
    let admission = room.screen(&Document::found()).apply();
    assert_eq!(admission.refusal, None);
    let reading = admission.document.read();
    assert_eq!(reading.skipped, 0);
    let expected: Vec<_> = (1..).map(record_id).zip(records()).collect();
    assert_eq!(reading.records.into_iter().collect::<Vec<_>>(), expected);

    let mut alice = Document::found();
    let acts: Vec<_> = (1..).zip(records()).map(|(number, record)| add(number, record)).collect();
    assert_eq!(alice.write(actor(1), NOW, &acts).unwrap().unwrap().bytes(), bytes());
}
