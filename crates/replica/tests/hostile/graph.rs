//! Changes that do not fit their place in the history.

use closeknit_replica::{Document, Fault, Limit, RawChange};

use crate::{
    bare::{self, Outcome},
    craft::*,
    gatehouse::*,
};

#[test]
fn an_author_footer_on_a_later_change() {
    let mallory = mallory();
    let footer = [vec![1], prefixed(b"mallory")].concat();
    let own_last = mallory.changes().nth(1).unwrap().hash().0;
    let mut deps: Vec<_> = next(&mallory).deps.into_iter().chain([own_last]).collect();
    deps.sort();
    let spoilt = Parts { actor: FIRST.to_vec(), seq: 2, deps, extra: footer, ..next(&mallory) };
    assert_eq!(bare::apply(&mallory, &spoilt.chunk()), Outcome::Panicked);
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Extra);
}

#[test]
fn a_message_or_an_author_where_the_library_takes_it() {
    let mallory = mallory();
    let told = Parts { message: b"psst".to_vec(), ..next(&mallory) };
    assert_eq!(bare::apply(&mallory, &told.chunk()), Outcome::Sound);
    assert_eq!(refused(&mallory, told.chunk()), Fault::Extra);
    let named = Parts { extra: [vec![1], prefixed(b"mallory")].concat(), ..next(&mallory) };
    assert_eq!(bare::apply(&mallory, &named.chunk()), Outcome::Sound);
    assert_eq!(refused(&mallory, named.chunk()), Fault::Extra);
}

#[test]
fn a_gap_in_the_sequence_numbers() {
    let mallory = mallory();
    for seq in [2, 5, u64::from(u32::MAX)] {
        let spoilt = Parts { seq, ..next(&mallory) };
        assert_eq!(bare::apply(&mallory, &spoilt.chunk()), Outcome::Panicked, "{seq}");
        assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Seq, "{seq}");
    }
    let spoilt = Parts { seq: 0, ..next(&mallory) };
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Malformed("the header"));
    let spoilt = Parts { seq: (1 << 32) + 1, ..next(&mallory) };
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Malformed("the header"));
}

/// Two branches of one actor, each with good numbers: a change must stand on its actor's last.
#[test]
fn a_change_beside_its_own_past() {
    let mallory = mallory();
    let golden = mallory.base().hash.0;
    let beside = Parts { actor: FIRST.to_vec(), seq: 2, deps: vec![golden], start_op: 17, ..next(&mallory) };
    let outcome = bare::apply(&mallory, &beside.chunk());
    assert_eq!(outcome, Outcome::Panicked, "its operations have the numbers of others");
    assert_eq!(refused(&mallory, beside.chunk()), Fault::Seq);
}

#[test]
fn one_sequence_number_twice() {
    let mallory = mallory();
    let held = mallory.changes().nth(2).unwrap().hash();
    let twin = Parts { actor: SECOND.to_vec(), seq: 1, ..next(&mallory) }.chunk();
    assert_eq!(bare::apply(&mallory, &twin), Outcome::Refused);

    // The library refuses a whole batch for it, good changes too.
    let good = next(&mallory).chunk();
    let mut bare = bare::automerge(&mallory);
    let before = bare.get_heads();
    let both = [&good, &twin].map(|chunk| automerge::Change::try_from(chunk.as_slice()).unwrap());
    bare.apply_changes(both).unwrap_err();
    assert_eq!(bare.get_heads(), before);

    let fault = refused(&mallory, twin.clone());
    let actor = closeknit_ids::ActorId(SECOND);
    assert_eq!(fault, Fault::Forked { actor, seq: 1, held });

    // At the gate what came before stays.
    let hash = |chunk: &Vec<u8>| RawChange::new(chunk.as_slice()).unwrap().hash().0;
    let mut deps = vec![hash(&good), hash(&twin)];
    deps.sort();
    let start_op = next(&mallory).start_op + 1;
    let join = Parts { deps, seq: 2, start_op, ..next(&mallory) }.chunk();
    let admission = show(&mallory, &[good.clone(), twin, join]).unwrap();
    assert!(admission.refusal.unwrap().is_fork());
    assert_eq!(admission.admitted, [RawChange::new(good).unwrap()]);
    sound_to_the_bone(&admission.document);
}

#[test]
fn operation_numbers_near_the_end() {
    let mallory = mallory();
    let end = u64::from(u32::MAX);
    for start_op in [end - 1, end] {
        let spoilt = Parts { start_op, ..next(&mallory) };
        let outcome = bare::apply(&mallory, &spoilt.chunk());
        // Taken, and the document is dead: at the next edit, or already when it is saved.
        assert!(matches!(outcome, Outcome::CannotBeEdited | Outcome::Panicked), "{start_op}: {outcome:?}");
        assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Limit(Limit::StartOp));
    }
    for start_op in [1 << 31, 1 << 40, u64::MAX] {
        let spoilt = Parts { start_op, ..next(&mallory) };
        assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Limit(Limit::StartOp));
    }
}

/// The library keeps the distances between times. From the beginning of all time to now is too far: where
/// overflow is noticed, whoever writes next panics.
#[test]
fn times_beyond_all_calendars() {
    let mallory = mallory();
    let earliest = Parts { time: i64::MIN, ..next(&mallory) };
    if cfg!(debug_assertions) {
        assert_ne!(bare::apply(&mallory, &earliest.chunk()), Outcome::Sound);
    }
    for time in [i64::MIN, i64::MAX] {
        let spoilt = Parts { time, ..next(&mallory) };
        assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Malformed("the time"), "{time}");
    }
    let most = i64::try_from(closeknit_replica::LIMITS.time).unwrap();
    for time in [-most, most] {
        let spoilt = Parts { time, ..next(&mallory) };
        assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Malformed("the time"), "{time}");
    }
    for time in [1 - most, -1, most - 1] {
        let early = Parts { time, ..next(&mallory) };
        assert_eq!(show(&mallory, &[early.chunk()]).unwrap().refusal, None, "{time}");
    }
}

#[test]
fn operation_numbers_that_do_not_follow_the_past() {
    let mallory = mallory();
    let right = next(&mallory).start_op;
    for start_op in [1, right - 1] {
        let spoilt = Parts { start_op, ..next(&mallory) };
        let outcome = bare::apply(&mallory, &spoilt.chunk());
        assert_eq!(outcome, Outcome::DoesNotLoadAgain, "{start_op}: the library takes it, and saves rubbish");
        assert_eq!(refused(&mallory, spoilt.chunk()), Fault::StartOp);
    }
    for start_op in [right + 1, right + 1_000_000] {
        let spoilt = Parts { start_op, ..next(&mallory) };
        assert_eq!(refused(&mallory, spoilt.chunk()), Fault::StartOp);
    }
}

#[test]
fn dependencies_out_of_order_or_twice_or_too_many() {
    let mut mallory = Document::found();
    let mut other = mallory.clone();
    write(&mut mallory, FIRST, 1);
    let other = write(&mut other, SECOND, 2);
    let mallory = show(&mallory, &[other.bytes().to_vec()]).unwrap().document;
    let sound = next(&mallory);
    assert_eq!(sound.deps.len(), 2);

    let turned = Parts { deps: sound.deps.iter().rev().copied().collect(), ..sound.clone() };
    assert_eq!(refused(&mallory, turned.chunk()), Fault::DepsOrder);
    let doubled = Parts { deps: vec![sound.deps[0]; 2], ..sound.clone() };
    assert_eq!(refused(&mallory, doubled.chunk()), Fault::DepsOrder);
    let many = Parts { deps: (0..33).map(|number| [number; 32]).collect(), ..sound };
    assert_eq!(refused(&mallory, many.chunk()), Fault::Limit(Limit::Deps));
}

#[test]
fn a_second_beginning() {
    let mallory = mallory();
    let spoilt = Parts { deps: Vec::new(), start_op: 1, ..next(&mallory) };
    assert_eq!(bare::apply(&mallory, &spoilt.chunk()), Outcome::Sound, "the library does not mind");
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Base);
}
