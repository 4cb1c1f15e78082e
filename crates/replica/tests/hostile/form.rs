//! Changes in another form than the one that Automerge writes, and chunks that are none.

use automerge::Change;
use closeknit_replica::{Fault, Framing, RawChange, Room};

use crate::{
    bare::{self, Outcome},
    craft::*,
    gatehouse::*,
};

/// Automerge keeps no chunks. What it writes again must be what was signed.
#[test]
fn changes_in_another_form() {
    let mallory = mallory();
    // A lone value as a run of one, where Automerge writes a literal.
    let run_of_one = next(&mallory).set(ACTION, vec![1, 1]);
    // Another actor in the table, for nothing.
    let unused = Parts { others: vec![FIRST.to_vec()], ..next(&mallory) };
    // Two runs where one would do.
    let split = Parts { columns: set_null_times(4), ..next(&mallory) }.set(ACTION, vec![2, 1, 2, 1]);
    for (what, spoilt) in [("a run of one", run_of_one), ("an unused actor", unused), ("a split run", split)]
    {
        let outcome = bare::apply(&mallory, &spoilt.chunk());
        assert_eq!(outcome, Outcome::DoesNotLoadAgain, "{what}: the library takes it, and saves rubbish");
        let fault = bare::quietly(|| refused(&mallory, spoilt.chunk())).unwrap();
        assert!(matches!(fault, Fault::NotCanonical | Fault::Panicked), "{what}: {fault}");
    }
}

#[test]
fn the_good_ones_before_a_bad_one_stay() {
    let mallory = mallory();
    let mut ahead = mallory.clone();
    let mut chunks: Vec<_> =
        (10..40).map(|number| write(&mut ahead, FIRST, number).bytes().to_vec()).collect();
    chunks.push(next(&ahead).set(ACTION, vec![1, 1]).chunk());
    let bad = RawChange::new(chunks[30].as_slice()).unwrap().hash();
    let after = Parts { deps: vec![bad.0], seq: 2, start_op: next(&ahead).start_op + 1, ..next(&ahead) };
    chunks.push(after.chunk());

    let admission = bare::quietly(|| show(&mallory, &chunks).unwrap()).unwrap();
    assert_eq!(admission.refusal.unwrap().change, bad);
    assert_eq!(admission.admitted.len(), 30);
    assert!(admission.document.heads().eq(ahead.heads()));
    assert_eq!(admission.document.read(), ahead.read());
    sound_to_the_bone(&admission.document);
}

#[test]
fn an_unknown_column() {
    let mallory = mallory();
    let spoilt = next(&mallory).set(0x1a2, vec![0x7f, 1]);
    assert_eq!(bare::apply(&mallory, &spoilt.chunk()), Outcome::DoesNotLoadAgain);
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Column);
    let mut turned = next(&mallory);
    turned.columns.reverse();
    assert_eq!(refused(&mallory, turned.chunk()), Fault::Column);
    let mut doubled = next(&mallory);
    doubled.columns.insert(0, doubled.columns[0].clone());
    assert_eq!(refused(&mallory, doubled.chunk()), Fault::Column);
}

#[test]
fn columns_of_different_lengths() {
    let mallory = mallory();
    let kinds =
        [(KEY_NAME, vec![2, 1, b'k']), (INSERT, vec![2]), (VALUE_META, vec![2, 0]), (PRED_COUNT, vec![2, 0])];
    for (kind, column) in kinds {
        let spoilt = next(&mallory).set(kind, column);
        assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Malformed("a column"), "{kind:x}");
    }
    let no_operation = Parts { columns: Vec::new(), ..next(&mallory) };
    assert_eq!(refused(&mallory, no_operation.chunk()), Fault::Empty);
}

#[test]
fn every_cut_is_noticed() {
    let mallory = mallory();
    let chunk = next(&mallory).chunk();
    let mut room = Room::default();
    for length in 0..chunk.len() {
        assert_eq!(room.put(&chunk[..length]), Err(Framing::Length), "{length}");
    }
    let longer = [chunk, vec![0]].concat();
    assert_eq!(room.put(&longer), Err(Framing::Length));
    assert_eq!(room.waiting().count(), 0);
    untouched(&mallory, &mallory);
}

#[test]
fn every_flipped_bit_is_noticed() {
    let mallory = mallory();
    let chunk = next(&mallory).chunk();
    let (mut read_by_the_library, mut room) = (0, Room::default());
    for bit in 0..chunk.len() * 8 {
        let mut flipped = chunk.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let read = bare::quietly(|| Change::try_from(flipped.as_slice()).is_ok());
        read_by_the_library += usize::from(read == Some(true));
        room.put(&flipped).unwrap_err();
    }
    assert!(read_by_the_library > 0, "the library does not look at the checksum of a change");
    assert_eq!(room.waiting().count(), 0);
    untouched(&mallory, &mallory);
}
