//! Thousands of spoilt changes, each with a right checksum and a good signature. Whatever the gate lets
//! in must be sound; whatever it refuses must leave the document as it was; and its verdict must not
//! hang on what else has arrived.

use std::time::{Duration, Instant};

use automerge::{
    ActorId, Automerge, ObjType, ROOT, ReadDoc, ScalarValue,
    marks::{ExpandMark, Mark},
    transaction::{Transactable, Transaction},
};
use closeknit_replica::{Document, Fault, RawChange};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::{bare, craft::*, gatehouse::*};

/// A change, and what was there before it.
struct Context {
    /// Exactly its past.
    before: Document,
    /// Its past, and something that neither knows of the other.
    beside: Document,
    data: Vec<u8>,
}

/// Every kind of content that Automerge has, by two actors who overwrite each other's.
fn contexts() -> Vec<Context> {
    let mallory = mallory();
    let mut one = bare::automerge(&mallory).with_actor(ActorId::from([21; 16]));
    write_freely(&mut one, |tx| {
        let list = tx.put_object(ROOT, "list", ObjType::List).unwrap();
        (0..9_usize).for_each(|at| tx.insert(&list, at, at as i64).unwrap());
        let text = tx.put_object(ROOT, "text", ObjType::Text).unwrap();
        tx.splice_text(&text, 0, 0, "hello wörld 😀").unwrap();
        tx.put(ROOT, "counter", ScalarValue::counter(3)).unwrap();
    });
    let mut other = one.fork().with_actor(ActorId::from([22; 16]));
    write_freely(&mut one, |tx| {
        let (list, text) = (object(tx, "list"), object(tx, "text"));
        tx.delete(&list, 3).unwrap();
        tx.insert_object(&list, 2, ObjType::Map).unwrap();
        tx.splice_text(&text, 4, 3, "EEE").unwrap();
        tx.increment(ROOT, "counter", 4).unwrap();
        tx.put(ROOT, "value", vec![1_u8, 2, 3]).unwrap();
    });
    write_freely(&mut other, |tx| {
        let text = object(tx, "text");
        let bold = Mark::new("bold".to_owned(), true, 1, 6);
        tx.mark(&text, bold, ExpandMark::Both).unwrap();
        tx.put(ROOT, "counter", 1.5).unwrap();
        tx.put(ROOT, "value", true).unwrap();
    });
    one.merge(&mut other).unwrap();
    write_freely(&mut one, |tx| {
        tx.put(ROOT, "value", "settled").unwrap();
        tx.delete(ROOT, "counter").unwrap();
        let list = object(tx, "list");
        tx.put(&list, 0, ScalarValue::Timestamp(5)).unwrap();
    });
    let chunks: Vec<_> =
        one.get_changes(&[]).iter().map(|c| RawChange::new(c.raw_bytes()).unwrap()).collect();
    let whole = Document::rebuild(mallory.base(), chunks.clone()).unwrap();
    chunks.iter().skip(1).map(|change| context(&whole, change)).collect()
}

fn context(whole: &Document, change: &RawChange) -> Context {
    let past = whole.changes().filter(|other| {
        other.hash() != change.hash() && whole.precedes(other.hash(), change.hash()) == Some(true)
    });
    let before = Document::rebuild(whole.base(), past.cloned().collect::<Vec<_>>()).unwrap();
    let beside = edited_beside(&before);
    let data = change.bytes();
    let data = data[data.len() - length(data)..].to_vec();
    Context { before, beside, data }
}

/// `before` with a change that edits all that the honest changes edit.
fn edited_beside(before: &Document) -> Document {
    let mut automerge = bare::automerge(before).with_actor(ActorId::from([99; 16]));
    write_freely(&mut automerge, |tx| {
        tx.put(ROOT, "value", "another").unwrap();
        tx.put(ROOT, "k", 1).unwrap();
        if tx.get(ROOT, "list").unwrap().is_some() {
            let (list, text) = (object(tx, "list"), object(tx, "text"));
            tx.delete(&list, 0).unwrap();
            tx.insert(&list, 2, "between").unwrap();
            tx.splice_text(&text, 2, 1, "xyz").unwrap();
            tx.put(ROOT, "counter", 9).unwrap();
        }
    });
    let change = automerge.get_last_local_change().unwrap();
    let admission = show(before, &[change.raw_bytes().to_vec()]).unwrap();
    assert_eq!(admission.refusal, None);
    admission.document
}

/// The length that a chunk's header states.
fn length(chunk: &[u8]) -> usize {
    let bytes = chunk[9..].iter().scan(true, |more, byte| {
        let read = *more;
        *more = byte & 0x80 != 0;
        read.then_some(usize::from(byte & 0x7f))
    });
    bytes.enumerate().map(|(place, bits)| bits << (7 * place)).sum()
}

fn write_freely(automerge: &mut Automerge, edit: impl FnOnce(&mut Transaction<'_>)) {
    let mut transaction = automerge.transaction();
    edit(&mut transaction);
    transaction.commit().0.unwrap();
}

fn object(transaction: &Transaction<'_>, name: &str) -> automerge::ObjId {
    transaction.get(ROOT, name).unwrap().unwrap().1
}

/// Flips, replaces, removes or adds one to sixteen bytes.
fn spoil(data: &mut Vec<u8>, rng: &mut StdRng) {
    let times = [1, 1, 1, 1, 1, 2, 2, 2, 4, 16][rng.random_range(0..10)];
    for _ in 0..times {
        if data.is_empty() {
            return;
        }
        let at = rng.random_range(0..data.len());
        match rng.random_range(0..8) {
            0..=3 => data[at] ^= 1 << rng.random_range(0..8),
            4 => data[at] = rng.random(),
            5 => data[at] = [0, 1, 0x7f, 0x80, 0xff][rng.random_range(0..5)],
            6 => {
                data.remove(at);
            }
            _ => data.insert(at, [0, 0x7f, 0x80, 0xff][rng.random_range(0..4)]),
        }
    }
}

/// For longer runs, at night.
fn from_environment(name: &str, usually: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usually)
}

/// How often each thing came up.
#[derive(Debug, Default)]
struct Counts {
    same: u32,
    waits: u32,
    by_header: u32,
    by_automerge: u32,
    panics: u32,
    admitted: u32,
}

#[test]
fn whatever_comes_in_is_sound() {
    let (mutations, seed) =
        (from_environment("CLOSEKNIT_MUTATIONS", 4_000), from_environment("CLOSEKNIT_SEED", 7));
    let contexts = contexts();
    let mut rng = StdRng::seed_from_u64(seed);
    let mut counts = Counts::default();
    for number in 0..mutations {
        let context = &contexts[rng.random_range(0..contexts.len())];
        let mut data = context.data.clone();
        spoil(&mut data, &mut rng);
        if data == context.data {
            counts.same += 1;
            continue;
        }
        let since = Instant::now();
        bare::quietly(|| try_one(context, &chunk(CHANGE, &data, &data), &mut counts))
            .unwrap_or_else(|| panic!("mutation {number} of seed {seed}: {data:?}"));
        assert!(since.elapsed() < Duration::from_secs(2), "mutation {number} took {:?}", since.elapsed());
    }
    println!("{counts:?}");
    let Counts { waits, by_header, by_automerge, panics, admitted, .. } = counts;
    assert!(
        [waits, by_header, by_automerge, panics, admitted].iter().all(|count| *count >= 20),
        "{counts:?}"
    );
}

fn try_one(context: &Context, chunk: &[u8], counts: &mut Counts) {
    let admission = show(&context.before, &[chunk.to_vec()]).unwrap();
    let elsewhere = show(&context.beside, &[chunk.to_vec()]).unwrap();
    assert_eq!(admission.refusal, elsewhere.refusal, "the verdict hangs on what else is here");
    assert_eq!(admission.admitted, elsewhere.admitted);
    match admission.refusal.map(|refusal| refusal.fault) {
        None if admission.admitted.is_empty() => counts.waits += 1,
        None => {
            counts.admitted += 1;
            sound_to_the_bone(&admission.document);
            sound_to_the_bone(&elsewhere.document);
            return;
        }
        Some(Fault::Panicked) => counts.panics += 1,
        Some(Fault::NotApplied | Fault::NotCanonical) => counts.by_automerge += 1,
        Some(_) => counts.by_header += 1,
    }
    assert!(admission.document.heads().eq(context.before.heads()));
    assert_eq!(admission.document.extent(), context.before.extent());
}
