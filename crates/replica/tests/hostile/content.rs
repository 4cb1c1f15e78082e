//! Operations on what is not there, or on too much of it.

use automerge::{
    Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue,
    marks::{ExpandMark, Mark},
    transaction::{Transactable, Transaction},
};
use closeknit_replica::{Fault, Limit, RawChange};

use crate::{
    bare::{self, End, Outcome},
    craft::*,
    gatehouse::*,
};

/// `k` of the object with this number by the actor at this place is null.
fn inside(parts: Parts, actor: u64, counter: u64) -> Parts {
    let one = |value: u64| [vec![0x7f], unsigned(value)].concat();
    parts.set(OBJECT_ACTOR, one(actor)).set(OBJECT_COUNTER, one(counter))
}

#[test]
fn an_actor_that_is_not_in_the_past() {
    let mallory = mallory();
    let stranger = Parts { others: vec![vec![5; 16]], ..next(&mallory) };
    let spoilt = inside(stranger, 1, 3);
    assert_eq!(bare::apply(&mallory, &spoilt.chunk()), Outcome::Panicked);
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Reference);
}

#[test]
fn an_actor_beyond_the_table() {
    let mallory = mallory();
    let spoilt = inside(next(&mallory), 1, 3);
    assert_eq!(bare::apply(&mallory, &spoilt.chunk()), Outcome::Panicked);
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Reference);
    let spoilt = inside(next(&mallory), u64::MAX, 3);
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Reference);
}

#[test]
fn actors_of_odd_lengths() {
    let mallory = mallory();
    for length in [0, 15, 17, 100] {
        let spoilt = Parts { actor: vec![5; length], ..next(&mallory) };
        assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Malformed("an actor"), "{length}");
    }
}

#[test]
fn an_object_that_is_not_there() {
    let mallory = mallory();
    let golden = Parts { others: vec![b"closeknit/golden".to_vec()], ..next(&mallory) };
    // Nobody has written operation 900 yet; the golden actor wrote 16.
    let later = inside(golden.clone(), 1, 900);
    assert_eq!(bare::apply(&mallory, &later.chunk()), Outcome::Panicked);
    assert_eq!(refused(&mallory, later.chunk()), Fault::Reference);
    let beyond = inside(golden.clone(), 1, 17);
    assert_eq!(bare::apply(&mallory, &beyond.chunk()), Outcome::Panicked);
    assert_eq!(refused(&mallory, beyond.chunk()), Fault::Reference);
    let half = golden.clone().set(OBJECT_COUNTER, vec![0x7f, 3]);
    assert_eq!(refused(&mallory, half.chunk()), Fault::Reference);
    let sound = inside(golden, 1, 16);
    assert_eq!(bare::apply(&mallory, &sound.chunk()), Outcome::Sound);
    assert_eq!(show(&mallory, &[sound.chunk()]).unwrap().refusal, None);
}

/// The header has nothing against it: only Automerge knows that this operation made no object.
#[test]
fn an_operation_that_is_no_object() {
    let mallory = mallory();
    let scalar = next(&mallory).start_op - 1;
    let first = Parts { others: vec![SECOND.to_vec()], ..next(&mallory) };
    let spoilt = inside(first, 1, scalar);
    assert_eq!(bare::apply(&mallory, &spoilt.chunk()), Outcome::Panicked);
    bare::quietly(|| assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Panicked)).unwrap();
}

/// An operation of a concurrent change: whoever has that already could apply this one, the next
/// machine could not. The past alone decides.
#[test]
fn an_object_beside_the_past() {
    let before = mallory();
    let mut mallory = before.clone();
    let made = next(&mallory).start_op;
    let change = write(&mut mallory, SECOND, 3);
    let beside =
        Parts { others: vec![SECOND.to_vec()], deps: next(&before).deps, start_op: made, ..next(&mallory) };
    let spoilt = Parts { start_op: made, ..inside(beside, 1, made) };
    assert!(mallory.holds(change.hash()));
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Reference);

    // In one batch, the library takes a reference to an operation that comes after.
    let ahead = Parts {
        start_op: made + 1,
        ..inside(Parts { others: vec![SECOND.to_vec()], ..next(&before) }, 1, made + 9)
    };
    assert_eq!(refused(&before, Parts { start_op: made, ..ahead }.chunk()), Fault::Reference);
}

fn nested(depth: usize) -> Vec<u8> {
    let mut bare = bare::automerge(&mallory()).with_actor(automerge::ActorId::from(FRESH));
    let mut transaction = bare.transaction();
    let mut inside = ROOT;
    for _ in 0..depth {
        inside = transaction.put_object(&inside, "a", ObjType::Map).unwrap();
    }
    let (hash, _) = transaction.commit();
    bare.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes().to_vec()
}

pub(crate) fn hydrate_nested_maps() {
    let mut bare = bare::automerge(&mallory());
    bare.apply_changes([automerge::Change::try_from(nested(60_000).as_slice()).unwrap()]).unwrap();
    let bare = Automerge::load(&bare.save()).unwrap();
    std::hint::black_box(bare.hydrate(None));
}

#[test]
fn maps_in_maps_in_maps() {
    let mallory = mallory();
    assert_eq!(
        bare::in_a_child("nesting", bare::LONG),
        End::Died,
        "the stack overflows, and nothing can catch that"
    );
    assert_eq!(refused(&mallory, nested(2_001)), Fault::Limit(Limit::ChangeOps));
}

/// Change by change they get in, as deep as anybody likes; nobody here ever descends.
#[test]
fn nested_maps_that_keep_to_every_limit() {
    let before = mallory();
    let mut bare = bare::automerge(&before).with_actor(automerge::ActorId::from(FRESH));
    let (mut inside, mut chunks) = (ROOT, Vec::new());
    for _ in 0..12 {
        let mut transaction = bare.transaction();
        for _ in 0..2_000 {
            inside = transaction.put_object(&inside, "a", ObjType::Map).unwrap();
        }
        let (hash, _) = transaction.commit();
        chunks.push(bare.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes().to_vec());
    }
    let admission = show(&before, &chunks).unwrap();
    assert_eq!((admission.refusal, admission.admitted.len()), (None, 12));
    assert_eq!(admission.document.read(), before.read());
    assert!(admission.document.live_bytes() < 10_000);
    let actor = closeknit_ids::ActorId([3; 16]);
    let next = admission.document.next_generation(actor, 0, &Default::default()).unwrap();
    assert_eq!(next.document.read(), before.read());
    assert!(next.document.extent().bytes < 10_000, "the depths stay behind");
}

/// Ten thousand values under one key, none of which knows of the others.
#[test]
fn a_key_with_many_values_at_once() {
    let before = mallory();
    let many = Parts { columns: set_null_times(2_000), ..next(&before) };
    let admission = show(&before, &[many.chunk()]).unwrap();
    assert_eq!(admission.refusal, None);
    assert_eq!(admission.document.read(), before.read());
    assert!(admission.document.holds(RawChange::new(many.chunk()).unwrap().hash()));
}

/// What one act does to an honest note's text.
type Spoil = fn(&mut Transaction<'_>, &ObjId);

/// In the one text that merges there is room for more than letters. None of it is unsound, and none of it is
/// a note; all of it stays in this document.
#[test]
fn a_text_that_is_more_than_letters() {
    let before = mallory();
    let spoils: [(&str, usize, Spoil); 8] = [
        ("a number", 1, |tx, text| tx.insert(text, 2, 7).unwrap()),
        ("nothing", 1, |tx, text| tx.insert(text, 2, ScalarValue::Null).unwrap()),
        ("a counter", 1, |tx, text| tx.insert(text, 2, ScalarValue::counter(1)).unwrap()),
        ("a map", 1, |tx, text| {
            let map = tx.insert_object(text, 2, ObjType::Map).unwrap();
            tx.put(&map, "k", "v").unwrap();
        }),
        ("a text in a text", 1, |tx, text| {
            let inner = tx.insert_object(text, 2, ObjType::Text).unwrap();
            tx.splice_text(&inner, 0, 0, "inside").unwrap();
        }),
        ("a block", 1, |tx, text| {
            tx.split_block(text, 2).unwrap();
        }),
        ("more than a note holds, at one place", 1, |tx, text| {
            tx.insert(text, 2, "x".repeat(17_000)).unwrap();
        }),
        ("marks, of which nobody here knows", 0, |tx, text| {
            let mark = Mark::new("link".to_owned(), "https://example.org", 0, 4);
            tx.mark(text, mark, ExpandMark::Both).unwrap();
        }),
    ];
    for (what, skipped, spoil) in spoils {
        let mut bare = bare::automerge(&before).with_actor(automerge::ActorId::from(FRESH));
        let mut tx = bare.transaction();
        let (_, notes) = tx.get(ROOT, "note").unwrap().unwrap();
        let note = tx.put_object(&notes, "0b".repeat(16), ObjType::Map).unwrap();
        tx.put(&note, "title", "Spring meeting").unwrap();
        tx.put(&note, "written", ScalarValue::Timestamp(1_794_475_200_000)).unwrap();
        let text = tx.put_object(&note, "text", ObjType::Text).unwrap();
        tx.splice_text(&text, 0, 0, "We met").unwrap();
        spoil(&mut tx, &text);
        let (hash, _) = tx.commit();
        let chunk = bare.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes().to_vec();
        let admission = show(&before, &[chunk]).unwrap();
        assert_eq!(admission.refusal, None, "{what}");
        let reading = admission.document.read();
        assert_eq!(reading.skipped, before.read().skipped + skipped, "{what}");
        assert_eq!(reading.records.len(), before.read().records.len() + 1 - skipped, "{what}");
        sound_to_the_bone(&admission.document);
        let actor = closeknit_ids::ActorId([3; 16]);
        let next = admission.document.next_generation(actor, 0, &Default::default()).unwrap();
        assert_eq!(next.document.read(), reading, "{what}");
    }
}

/// Two thousand times the same letter, in a handful of bytes: that is how many operations it is.
#[test]
fn a_text_that_is_one_long_run() {
    let before = mallory();
    let mut bare = bare::automerge(&before).with_actor(automerge::ActorId::from(FRESH));
    let mut tx = bare.transaction();
    let text = tx.put_object(ROOT, "text", ObjType::Text).unwrap();
    tx.splice_text(&text, 0, 0, &"x".repeat(2_000)).unwrap();
    let (hash, _) = tx.commit();
    let chunk = bare.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes().to_vec();
    assert_eq!(refused(&before, chunk), Fault::Limit(Limit::ChangeOps));
}
