//! Statements as bytes: one spelling, honest signatures, and everything else refused.

use closeknit_ids::{CircleId, MemberKind, StatementId};
use closeknit_trust::{
    ledger::WriteError,
    signature::Signature,
    statement::{
        Body, Enrol, Found, Founder, Generation, K, MOST_BYTES, MOST_INDEX, MOST_PREV, Pen, Statement,
        StatementError,
    },
    text::{CircleName, DeviceLabel, ZoneName},
    words::Nonce,
};
use proptest::prelude::*;

use crate::support::{scene::unknown, *};

fn terms(kinds: [MemberKind; 2]) -> Found {
    let founder = |who: usize, kind| Founder { member: cast()[who].id(), kind };
    let [alices, bobs] = kinds;
    let name = CircleName::new("Millrace").unwrap();
    let zone = ZoneName::new("Europe/Vienna").unwrap();
    Found::new(name, zone, Nonce([7; 16]), founder(ALICE, alices), founder(BOB, bobs))
}

fn sign(terms: &Found, who: usize) -> Signature {
    terms.sign(&cast()[who].key).unwrap()
}

/// One of each kind, by whom it should be.
fn one_of_each() -> Vec<Statement> {
    let mut ledger = begun();
    let carol = &cast()[CAROL];
    welcome(&mut ledger, ALICE, CAROL);
    vouch_both(&mut ledger, CAROL);
    let case = remove(&mut ledger, CAROL, BOB, None);
    remove(&mut ledger, ALICE, BOB, Some(&case));
    say(&mut ledger, carol.pen(0), &carol.enrol_by_device(1));
    generation(&mut ledger, CAROL, 0, 1, 9);
    drop_by_words(&mut ledger, CAROL, 0);
    say(&mut ledger, carol.words_pen(), &Body::Leave);
    say(&mut ledger, cast()[ALICE].pen(0), &unknown(4));
    ledger.iter().cloned().collect()
}

#[test]
fn what_is_read_is_what_was_written() {
    let statements = one_of_each();
    let kinds: std::collections::BTreeSet<u16> =
        statements.iter().map(|statement| statement.body().kind()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 8, 900]);
    for statement in statements {
        let read = Statement::parse(statement.bytes()).unwrap();
        assert_eq!(read.id(), statement.id());
        assert_eq!(read.bytes(), statement.bytes());
        assert_eq!(read.body(), statement.body());
        assert_eq!((read.circle(), read.member()), (statement.circle(), statement.member()));
        assert_eq!((read.device(), read.index()), (statement.device(), statement.index()));
        assert_eq!(read.prev(), statement.prev());
        assert_eq!(Statement::kept(statement.bytes()).unwrap().body(), statement.body());
    }
}

#[test]
fn every_altered_bit_is_refused() {
    for statement in one_of_each() {
        for place in 0..statement.bytes().len() {
            let mut altered = statement.bytes().to_vec();
            altered[place] ^= 1 << (place % 8);
            assert!(Statement::parse(&altered).is_err(), "byte {place} of {statement:?}");
            assert!(Statement::parse(&statement.bytes()[..place]).is_err(), "{place} bytes of {statement:?}");
        }
        let longer = [statement.bytes(), &[0]].concat();
        assert_eq!(Statement::parse(&longer), Err(StatementError::Malformed));
    }
}

#[test]
fn both_founders_sign_in_either_order() {
    let terms = terms([MemberKind::Person, MemberKind::Person]);
    let (alices, bobs) = (sign(&terms, ALICE), sign(&terms, BOB));
    let found = Statement::found(&terms, [alices, bobs]).unwrap();
    assert_eq!(Statement::found(&terms, [bobs, alices]).unwrap(), found);
    assert_eq!(found.circle(), CircleId(found.id().0));
    assert_eq!(Statement::found(&terms, [alices, alices]), Err(StatementError::FalseSignature));
    let carols = sign(&terms, CAROL);
    assert_eq!(Statement::found(&terms, [alices, carols]), Err(StatementError::FalseSignature));
}

#[test]
fn a_circle_needs_two_different_founders_who_can_vote() {
    let parish = terms([MemberKind::Person, MemberKind::Organisation]);
    let signatures = [ALICE, BOB].map(|who| sign(&parish, who));
    assert_eq!(Statement::found(&parish, signatures), Err(StatementError::Malformed));
    let sound = terms([MemberKind::Person, MemberKind::Household]);
    let [a, b] = sound.founders;
    for unsound in [
        Found { founders: [b, a], ..sound.clone() },
        Found { founders: [a, a], ..sound.clone() },
        Found { k: K + 1, ..sound.clone() },
        Found { k: 0, ..sound.clone() },
    ] {
        let signatures = [ALICE, BOB].map(|who| sign(&unsound, who));
        assert_eq!(Statement::found(&unsound, signatures), Err(StatementError::Malformed), "{unsound:?}");
    }
}

#[test]
fn nobody_can_claim_a_neighbours_machine() {
    let ledger = begun();
    let (alice, mallory) = (&cast()[ALICE], &cast()[ERIN]);
    let stolen = alice.machines[0].clone();
    let claim = Body::Enrol(Enrol::by_words(stolen.clone(), &mallory.words, mallory.nonce));
    let refused = WriteError::Statement(StatementError::FalseSignature);
    assert_eq!(ledger.write(mallory.words_pen(), &claim).unwrap_err(), refused);
    let mut swapped = mallory.machines[0].clone();
    swapped.recipient = stolen.recipient;
    let claim = Body::Enrol(Enrol::by_words(swapped, &mallory.words, mallory.nonce));
    assert_eq!(ledger.write(mallory.words_pen(), &claim).unwrap_err(), refused);
    let elsewhere = alice.devices[1].machine(
        CircleId([9; 32]),
        alice.id(),
        DeviceLabel::new("of another circle").unwrap(),
    );
    let claim = Body::Enrol(Enrol::by_words(elsewhere, &alice.words, alice.nonce));
    assert_eq!(ledger.write(alice.words_pen(), &claim).unwrap_err(), refused);
}

#[test]
fn only_the_words_say_what_the_words_say() {
    let ledger = begun();
    let alice = &cast()[ALICE];
    let malformed = WriteError::Statement(StatementError::Malformed);
    assert_eq!(ledger.write(alice.pen(0), &alice.enrol_by_words(1)).unwrap_err(), malformed);
    assert_eq!(ledger.write(alice.words_pen(), &alice.enrol_by_device(1)).unwrap_err(), malformed);
}

#[test]
fn limits_are_kept_when_writing_and_when_reading() {
    let ledger = begun();
    let (alice, circle) = (&cast()[ALICE], ledger.circle());
    let prev =
        |count: usize| (0..count).map(|n| StatementId([u8::try_from(n).unwrap(); 32])).collect::<Vec<_>>();
    let sign = |index: u16, prev: &[StatementId]| {
        Statement::sign(alice.pen(0), circle, index, prev, &vouch_body(CAROL))
    };
    assert!(sign(MOST_INDEX, &prev(MOST_PREV)).is_ok());
    assert_eq!(sign(MOST_INDEX + 1, &prev(1)), Err(StatementError::Malformed));
    assert_eq!(sign(0, &prev(1)), Err(StatementError::Malformed));
    assert_eq!(sign(1, &prev(0)), Err(StatementError::Malformed));
    assert_eq!(sign(1, &prev(MOST_PREV + 1)), Err(StatementError::Malformed));
    let long = Body::Unknown { kind: 900, argument: vec![0; MOST_BYTES] };
    assert_eq!(ledger.write(alice.pen(0), &long), Err(WriteError::Statement(StatementError::TooLong)));
    let newer = [&[2], &ledger.iter().next().unwrap().bytes()[1..]].concat();
    assert_eq!(Statement::parse(&newer), Err(StatementError::NewerFormat(2)));
}

/// What the argument of a known kind holds beyond what this version reads may mean something to a
/// later one, so it is carried, and says nothing here.
#[test]
fn a_known_kind_that_cannot_be_read_is_carried() {
    let ledger = begun();
    let odd = Body::Unknown { kind: vouch_body(CAROL).kind(), argument: vec![1, 2, 3] };
    let statement = ledger.write(cast()[ALICE].pen(0), &odd).unwrap();
    assert_eq!(Statement::parse(statement.bytes()).unwrap().body(), &odd);
    let leave = Body::Unknown { kind: Body::Leave.kind(), argument: vec![0] };
    assert_eq!(ledger.write(cast()[ALICE].words_pen(), &leave).unwrap().body(), &leave);
}

#[test]
fn a_generation_may_forget_many_records_at_once() {
    let mut ledger = begun();
    let Body::Generation(small) = generation_body(1, 1) else { unreachable!() };
    let forgets = |count: u8| {
        let forgotten = (0..count).map(|n| closeknit_ids::RecordId([n; 16])).collect();
        Body::Generation(Generation { forgotten, ..small.clone() })
    };
    let most =
        (0..=255).take_while(|count| ledger.write(cast()[ALICE].pen(0), &forgets(*count)).is_ok()).last();
    assert!(most >= Some(40), "{most:?}");
    // Also when there are more heads than it can name.
    for newcomer in [CAROL, PARISH, DAVE, ERIN] {
        let enrol = begun().write(cast()[newcomer].words_pen(), &cast()[newcomer].enrol_by_words(0)).unwrap();
        ledger.insert(enrol);
    }
    let most = most.unwrap();
    // Two records are as long as one head.
    for fewer in 0..10 {
        let named = ledger.write(cast()[ALICE].pen(0), &forgets(most - fewer)).unwrap().prev().len();
        assert!((1..=2 + usize::from(fewer) / 2).contains(&named), "{fewer} fewer: {named}");
        assert!(named >= usize::from(fewer) / 2, "{fewer} fewer: {named}");
    }
}

#[test]
fn a_newcomer_enrols_before_they_hold_anything() {
    let mut ledger = begun();
    let carol = &cast()[CAROL];
    let first = [StatementId(ledger.circle().0)];
    let pen: Pen<'_> = carol.words_pen();
    let enrol = Statement::sign(pen, ledger.circle(), 1, &first, &carol.enrol_by_words(0)).unwrap();
    assert_eq!(ledger.insert(enrol), closeknit_trust::ledger::Outcome::New);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever bytes come: refused, or written back just as they are.
    #[test]
    fn any_bytes_are_refused_or_canonical(
        which in 0..9_usize,
        edits in proptest::collection::vec((any::<usize>(), any::<u8>(), 0..3_u8), 0..4),
    ) {
        let statements = one_of_each_once();
        let mut bytes = statements[which % statements.len()].bytes().to_vec();
        for (place, byte, edit) in edits {
            let place = place % bytes.len();
            match edit {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => {
                    bytes.remove(place);
                }
            }
        }
        if let Ok(read) = Statement::parse(&bytes) {
            prop_assert_eq!(read.bytes(), &bytes[..]);
            let known = statements.iter().any(|statement| statement.id() == read.id());
            prop_assert!(known, "an altered statement was taken");
        }
    }
}

fn one_of_each_once() -> &'static [Statement] {
    static STATEMENTS: std::sync::OnceLock<Vec<Statement>> = std::sync::OnceLock::new();
    STATEMENTS.get_or_init(one_of_each)
}
