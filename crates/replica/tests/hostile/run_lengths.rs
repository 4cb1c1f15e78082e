//! A few bytes that claim many rows.

use std::time::{Duration, Instant};

use automerge::{Automerge, Change};
use closeknit_replica::{ChangeLimits, Document, Fault, LIMITS, Limit, RawChange, Room, SignedHead};

use crate::{
    bare::{self, End},
    craft::*,
    gatehouse::*,
};

/// Refuses within a moment, by the clock.
fn refused_at_once(document: &Document, chunk: Vec<u8>) -> Fault {
    let since = Instant::now();
    let fault = show(document, std::slice::from_ref(&chunk)).unwrap().refusal.unwrap().fault;
    assert!(since.elapsed() < Duration::from_millis(500), "{:?}", since.elapsed());
    assert_eq!(refused(document, chunk), fault);
    fault
}

fn operations_bomb(document: &Document) -> Vec<u8> {
    Parts { columns: set_null_times(1 << 40), ..next(document) }.chunk()
}

pub(crate) fn read_operations_bomb() {
    let _ = Change::try_from(operations_bomb(&mallory()).as_slice());
}

#[test]
fn a_run_length_bomb_of_operations() {
    let mallory = mallory();
    let alone = Parts { deps: Vec::new(), start_op: 1, columns: set_null_times(1 << 40), ..next(&mallory) };
    assert_eq!(alone.chunk().len(), 79, "seventy-nine bytes that claim a million million operations");
    assert_eq!(bare::in_a_child("operations", Duration::from_secs(2)), End::Hung);
    assert_eq!(refused_at_once(&mallory, operations_bomb(&mallory)), Fault::Limit(Limit::ChangeOps));
}

/// One operation that claims to follow 2^40 others.
fn predecessors_bomb(document: &Document) -> Vec<u8> {
    let many = signed(1 << 40);
    let count = [vec![0x7f], unsigned(1 << 40)].concat();
    let spoilt = next(document)
        .set(PRED_COUNT, count)
        .set(PRED_ACTOR, [many.clone(), vec![0]].concat())
        .set(PRED_COUNTER, [many, vec![1]].concat());
    spoilt.chunk()
}

pub(crate) fn read_predecessors_bomb() {
    let _ = Change::try_from(predecessors_bomb(&mallory()).as_slice());
}

#[test]
fn a_run_length_bomb_of_predecessors() {
    let mallory = mallory();
    assert_ne!(bare::in_a_child("predecessors", Duration::from_secs(2)), End::Done);
    assert_eq!(refused_at_once(&mallory, predecessors_bomb(&mallory)), Fault::Limit(Limit::ChangeOps));
}

/// Few operations, and a name that is long and stands with each of them.
fn names_bomb(document: &Document) -> Vec<u8> {
    let ops = 19_000;
    let run = |value: &[u8]| [signed(ops), value.to_vec()].concat();
    let spoilt = Parts { columns: set_null_times(19_000), ..next(document) };
    spoilt.set(EXPAND, vec![0, 0xb8, 0x94, 0x01]).set(MARK_NAME, run(&prefixed(&[b'n'; 200_000]))).chunk()
}

pub(crate) fn apply_names_bomb() {
    let mallory = mallory();
    let mut bare = bare::automerge(&mallory);
    let _ = bare.apply_changes([Change::try_from(names_bomb(&mallory).as_slice()).unwrap()]);
}

#[test]
fn a_run_length_bomb_of_names() {
    let mallory = mallory();
    assert!(names_bomb(&mallory).len() < ChangeLimits::BASE.bytes);
    if cfg!(target_os = "linux") {
        assert_eq!(bare::in_a_child("names", bare::LONG), End::Swelled);
    }
    assert_eq!(refused_at_once(&mallory, names_bomb(&mallory)), Fault::Limit(Limit::Names));
}

#[test]
fn limits_of_one_change_are_exact() {
    let mallory = mallory();
    let of = |count| Parts { columns: set_null_times(count), ..next(&mallory) }.chunk();
    let most = ChangeLimits::ORDINARY.ops;
    assert_eq!(show(&mallory, &[of(most)]).unwrap().refusal, None);
    assert_eq!(refused(&mallory, of(most + 1)), Fault::Limit(Limit::ChangeOps));
    assert_eq!(refused(&mallory, of(ChangeLimits::BASE.ops)), Fault::Limit(Limit::ChangeOps), "no base");
    assert_eq!(refused(&mallory, of(ChangeLimits::BASE.ops + 1)), Fault::Limit(Limit::ChangeOps));
}

/// A string value under `k`, to fill a chunk to `size` bytes.
fn filled(document: &Document, size: usize) -> Vec<u8> {
    let sized = |value: usize| {
        let meta = [vec![0x7f], unsigned((value as u64) << 4 | 6)].concat();
        next(document).set(VALUE_META, meta).set(0x57, vec![b'x'; value]).chunk()
    };
    let around = sized(size).len() - size;
    sized(size - around)
}

#[test]
fn limits_of_bytes_are_exact() {
    let mallory = mallory();
    let most = ChangeLimits::ORDINARY.bytes;
    assert_eq!(filled(&mallory, most).len(), most);
    assert_eq!(show(&mallory, &[filled(&mallory, most)]).unwrap().refusal, None);
    assert_eq!(refused(&mallory, filled(&mallory, most + 1)), Fault::Limit(Limit::ChangeBytes));
    let huge = filled(&mallory, ChangeLimits::BASE.bytes + 1);
    assert!(RawChange::new(huge).is_err());
}

/// Each change keeps to the limits, and together they would take the machine's time and memory
/// whenever the document is read.
#[test]
fn operations_that_are_nearly_free_in_bytes() {
    let mallory = mallory();
    let (mut chunks, mut parts) = (Vec::new(), next(&mallory));
    parts.columns = set_null_times(ChangeLimits::ORDINARY.ops);
    let sound = LIMITS.ops / ChangeLimits::ORDINARY.ops;
    for _ in 0..=sound {
        let chunk = parts.chunk();
        parts.deps = vec![RawChange::new(chunk.as_slice()).unwrap().hash().0];
        parts.seq += 1;
        parts.start_op += ChangeLimits::ORDINARY.ops;
        chunks.push(chunk);
    }
    assert!(chunks.iter().map(Vec::len).sum::<usize>() < 20_000, "twenty thousand bytes");
    let since = Instant::now();
    let admission = show(&mallory, &chunks).unwrap();
    assert!(since.elapsed() < Duration::from_secs(10), "{:?}", since.elapsed());
    assert_eq!(admission.refusal.unwrap().fault, Fault::Limit(Limit::Ops));
    assert!(admission.admitted.len() as u64 >= sound - 1, "what came before stays");
    assert!(admission.document.holds(admission.admitted[0].hash()));
}

#[test]
fn a_generation_has_so_many_actors() {
    let mut mallory = mallory();
    let held = 3;
    for number in held..u16::try_from(LIMITS.actors).unwrap() {
        let mut actor = [50; 16];
        actor[..2].copy_from_slice(&number.to_be_bytes());
        write(&mut mallory, actor, number);
    }
    let admission = show(&mallory, &[next(&mallory).chunk()]).unwrap();
    assert_eq!(admission.refusal.unwrap().fault, Fault::Limit(Limit::Actors));
    assert!(admission.document.heads().eq(mallory.heads()));
    let known = write(&mut mallory.clone(), FIRST, 999);
    assert_eq!(show(&mallory, &[known.bytes().to_vec()]).unwrap().refusal, None);
}

/// Changes with dependencies that nobody has wait in a room with walls. Automerge keeps them in a
/// queue for good, and in what it saves.
#[test]
fn changes_whose_past_never_comes() {
    let mallory = mallory();
    let orphan = |number: u64| {
        let mut actor = FRESH.to_vec();
        actor[..8].copy_from_slice(&number.to_be_bytes());
        let mut dep = [number as u8; 32];
        dep[..8].copy_from_slice(&number.to_be_bytes());
        Parts { deps: vec![dep], actor, ..next(&mallory) }.chunk()
    };
    let mut bare = bare::automerge(&mallory);
    let small = bare.save().len();
    for number in 0..300 {
        bare.apply_changes([Change::try_from(orphan(number).as_slice()).unwrap()]).unwrap();
    }
    assert!(bare.save().len() > 10 * small, "the library keeps them");
    assert!(Automerge::load(&bare.save()).is_ok());

    let mut room = Room::default();
    let hash = RawChange::new(orphan(0)).unwrap().hash();
    room.expect(SignedHead { hash, count: 200, bytes: 1 << 20 });
    for number in 0..300 {
        room.put(&orphan(number)).unwrap();
        assert!(room.waiting().count() <= 200, "no more than were announced");
    }
    assert!(room.waiting().any(|waiting| waiting == hash), "what no head needs gives way, and no head does");
    let screened = room.screen(&mallory);
    assert_eq!(screened.in_flight(), None);
    untouched(&mallory, &screened.apply().document);
}
