//! Changes that mallory signed in her own document: every known way to break the library, and every limit.

use std::io::Write as _;

use closeknit_hostile::{as_chunk, mallorys};
use closeknit_replica::{ChangeLimits, Document, LIMITS, RawChange};

use crate::{File, craft::*, file};

const FIRST: [u8; 16] = [1; 16];
const SECOND: [u8; 16] = [2; 16];
const FRESH: [u8; 16] = [9; 16];

/// A sound change on top of what alice holds, by a fresh actor.
fn next() -> Parts {
    let document = mallorys();
    Parts {
        deps: document.heads().map(|head| head.0).collect(),
        actor: FRESH.to_vec(),
        seq: 1,
        start_op: start_op(document),
        time: 0,
        message: Vec::new(),
        others: Vec::new(),
        columns: set_null(),
        extra: Vec::new(),
    }
}

/// The lowest number that no operation has.
fn start_op(document: &Document) -> u64 {
    (1..).find(|start| admits(document, *start)).unwrap()
}

fn admits(document: &Document, start_op: u64) -> bool {
    let mut room = closeknit_replica::Room::default();
    let parts = Parts {
        deps: document.heads().map(|head| head.0).collect(),
        actor: FRESH.to_vec(),
        seq: 1,
        start_op,
        time: 0,
        message: Vec::new(),
        others: Vec::new(),
        columns: set_null(),
        extra: Vec::new(),
    };
    let chunk = parts.chunk();
    let hash = RawChange::new(chunk.as_slice()).unwrap().hash();
    room.expect(closeknit_replica::SignedHead { hash, count: u64::MAX, bytes: u64::MAX });
    room.put(&chunk).unwrap();
    room.screen(document).in_flight().is_some()
}

fn hash(chunk: &[u8]) -> [u8; 32] {
    RawChange::new(chunk).unwrap().hash().0
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    deflater.write_all(bytes).unwrap();
    deflater.finish().unwrap()
}

/// Several chunks in one file.
fn several(chunks: &[Vec<u8>]) -> Vec<u8> {
    let framed = |chunk: &Vec<u8>| [(chunk.len() as u32).to_be_bytes().as_slice(), chunk].concat();
    chunks.iter().flat_map(framed).collect()
}

/// One operation in the object of this number by the actor at this place.
fn inside(parts: Parts, actor: u64, counter: u64) -> Parts {
    let one = |value: u64| [vec![0x7f], unsigned(value)].concat();
    parts.set(OBJECT_ACTOR, one(actor)).set(OBJECT_COUNTER, one(counter))
}

fn filled(size: usize) -> Vec<u8> {
    let sized = |value: usize| {
        let meta = [vec![0x7f], unsigned((value as u64) << 4 | 6)].concat();
        next().set(VALUE_META, meta).set(0x57, vec![b'x'; value]).chunk()
    };
    let around = sized(size).len() - size;
    sized(size - around)
}

pub(crate) fn files() -> Vec<File> {
    [chunks(), headers(), columns(), graphs()].into_iter().flatten().collect()
}

fn chunks() -> Vec<File> {
    let sound = next();
    let (data, bytes) = (sound.data(), sound.chunk());
    let mut swollen = data.clone();
    swollen.resize(1 << 20, 0);
    let flipped = |place: usize| {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1;
        flipped
    };
    let length_spelt_long = {
        let mut long = bytes.clone();
        let length = long[9];
        long.splice(9..10, [length | 0x80, 0]);
        long
    };
    vec![
        file(
            "sound.change",
            bytes.clone(),
            "admitted 1",
            "as an honest machine might write it; the others are spoilt from it",
        ),
        file("empty.change", [], "Length", "no bytes"),
        file("magic-only.change", &bytes[..4], "Length", "four bytes"),
        file("other-magic.change", flipped(0), "NotAChange", "it does not begin as a chunk"),
        file("checksum-wrong.change", flipped(5), "Checksum", "the checksum is another"),
        file("content-wrong.change", flipped(bytes.len() - 1), "Checksum", "the content is another"),
        file("cut.change", &bytes[..bytes.len() - 1], "Length", "the last byte is missing"),
        file("longer.change", [bytes.as_slice(), &[0]].concat(), "Length", "a byte follows"),
        file("two-chunks.change", [bytes.as_slice(), &bytes].concat(), "Length", "another chunk follows"),
        file("length-endless.change", [&bytes[..9], &[0xff; 11]].concat(), "Length", "a length without end"),
        file(
            "length-most.change",
            [&bytes[..9], &[0xff, 0xff, 0xff, 0xff, 0x0f]].concat(),
            "Length",
            "it claims four thousand million bytes",
        ),
        file("length-spelt-long.change", length_spelt_long, "Length", "a length with a longer spelling"),
        file(
            "document.change",
            chunk(DOCUMENT, &data, &data),
            "NotAChange",
            "a whole document, which has a parser of its own",
        ),
        file("bundle.change", chunk(3, &data, &data), "NotAChange", "a bundle"),
        file("kind-255.change", chunk(0xff, &data, &data), "NotAChange", "a kind that is none"),
        file(
            "deflated.change",
            chunk(COMPRESSED, &deflate(&data), &data),
            "Compressed",
            "sound, and deflated",
        ),
        file(
            "deflate-bomb.change",
            chunk(COMPRESSED, &deflate(&swollen), &swollen),
            "Compressed",
            "a few bytes that inflate to a mebibyte",
        ),
        file(
            "65536-bytes.change",
            filled(ChangeLimits::ORDINARY.bytes),
            "admitted 1",
            "as long as a change may be",
        ),
        file(
            "65537-bytes.change",
            filled(ChangeLimits::ORDINARY.bytes + 1),
            "Limit(ChangeBytes)",
            "one byte longer than a change may be",
        ),
    ]
}

fn headers() -> Vec<File> {
    let data = next().data();
    vec![
        file("no-data.change", as_chunk(&[]), "Malformed(\"the dependencies\")", "nothing inside"),
        file(
            "data-cut.change",
            as_chunk(&data[..40]),
            "Malformed(\"an actor\")",
            "the header ends too early",
        ),
        file(
            "deps-claim-much.change",
            as_chunk(&[0xff, 0xff, 0xff, 0xff, 0x0f]),
            "Limit(Deps)",
            "four thousand million dependencies",
        ),
        file(
            "deps-33.change",
            Parts { deps: (0..33).map(|n| [n; 32]).collect(), ..next() }.chunk(),
            "Limit(Deps)",
            "one dependency too many",
        ),
        file(
            "deps-32.change",
            Parts { deps: (0..32).map(|n| [n; 32]).collect(), ..next() }.chunk(),
            "waits",
            "as many as there may be, and nobody has them",
        ),
        file(
            "deps-twice.change",
            Parts { deps: vec![next().deps[0]; 2], ..next() }.chunk(),
            "DepsOrder",
            "one dependency twice",
        ),
        file(
            "deps-reversed.change",
            Parts { deps: vec![[9; 32], [8; 32]], ..next() }.chunk(),
            "DepsOrder",
            "dependencies out of order",
        ),
        file(
            "deps-unknown.change",
            Parts { deps: vec![[9; 32]], ..next() }.chunk(),
            "waits",
            "its past never comes",
        ),
        file(
            "actor-none.change",
            Parts { actor: vec![], ..next() }.chunk(),
            "Malformed(\"an actor\")",
            "an actor without a name",
        ),
        file(
            "actor-15-bytes.change",
            Parts { actor: vec![9; 15], ..next() }.chunk(),
            "Malformed(\"an actor\")",
            "a short actor",
        ),
        file(
            "actor-17-bytes.change",
            Parts { actor: vec![9; 17], ..next() }.chunk(),
            "Malformed(\"an actor\")",
            "a long actor",
        ),
        file(
            "seq-0.change",
            Parts { seq: 0, ..next() }.chunk(),
            "Malformed(\"the header\")",
            "numbers begin at one",
        ),
        file("seq-2.change", Parts { seq: 2, ..next() }.chunk(), "Seq", "a number is left out"),
        file(
            "seq-most.change",
            Parts { seq: u64::from(u32::MAX), ..next() }.chunk(),
            "Seq",
            "the last number",
        ),
        file(
            "seq-beyond.change",
            Parts { seq: 1 << 32, ..next() }.chunk(),
            "Malformed(\"the header\")",
            "a number that does not fit",
        ),
        file(
            "start-op-0.change",
            Parts { start_op: 0, ..next() }.chunk(),
            "Malformed(\"the header\")",
            "operations begin at one",
        ),
        file(
            "start-op-1.change",
            Parts { start_op: 1, ..next() }.chunk(),
            "StartOp",
            "the numbers of others",
        ),
        file(
            "start-op-later.change",
            Parts { start_op: next().start_op + 1, ..next() }.chunk(),
            "StartOp",
            "numbers left out",
        ),
        file(
            "start-op-last.change",
            Parts { start_op: (1 << 31) - 1, ..next() }.chunk(),
            "StartOp",
            "the last number that is not too high",
        ),
        file(
            "start-op-too-high.change",
            Parts { start_op: 1 << 31, ..next() }.chunk(),
            "Limit(StartOp)",
            "the first that is",
        ),
        file(
            "start-op-near-2-32.change",
            Parts { start_op: u64::from(u32::MAX) - 1, ..next() }.chunk(),
            "Limit(StartOp)",
            "after which the library is dead",
        ),
        file(
            "start-op-most.change",
            Parts { start_op: u64::MAX, ..next() }.chunk(),
            "Limit(StartOp)",
            "the highest number there is",
        ),
        file(
            "time-most.change",
            Parts { time: i64::MAX, ..next() }.chunk(),
            "Malformed(\"the time\")",
            "written at the end of time: the library writes down how far times lie apart, and that does not fit",
        ),
        file(
            "time-least.change",
            Parts { time: i64::MIN, ..next() }.chunk(),
            "Malformed(\"the time\")",
            "written before all time",
        ),
        file(
            "time-too-late.change",
            Parts { time: 1 << 40, ..next() }.chunk(),
            "Malformed(\"the time\")",
            "thirty thousand years from now",
        ),
        file(
            "time-late.change",
            Parts { time: (1 << 40) - 1, ..next() }.chunk(),
            "admitted 1",
            "a second earlier: nobody believes it, and it does no harm",
        ),
        file(
            "time-before-1970.change",
            Parts { time: -1, ..next() }.chunk(),
            "admitted 1",
            "a clock that has stopped",
        ),
        file("message.change", Parts { message: b"psst".to_vec(), ..next() }.chunk(), "Extra", "a message"),
        file(
            "author-first.change",
            Parts { extra: [vec![1], prefixed(b"mallory")].concat(), ..next() }.chunk(),
            "Extra",
            "an author's name at the end",
        ),
        file(
            "author-later.change",
            {
                let own = mallorys().changes().nth(1).unwrap().hash().0;
                let mut deps: Vec<_> = next().deps.into_iter().chain([own]).collect();
                deps.sort_unstable();
                Parts {
                    actor: FIRST.to_vec(),
                    seq: 2,
                    deps,
                    extra: [vec![1], prefixed(b"mallory")].concat(),
                    ..next()
                }
                .chunk()
            },
            "Extra",
            "an author's name on a later change: the library panics",
        ),
        file(
            "extra-bytes.change",
            Parts { extra: vec![0; 100], ..next() }.chunk(),
            "Extra",
            "bytes at the end",
        ),
        file(
            "others-claim-much.change",
            {
                let mut data = [
                    unsigned(1),
                    next().deps[0].to_vec(),
                    prefixed(&FRESH),
                    unsigned(1),
                    unsigned(next().start_op),
                    signed(0),
                    unsigned(0),
                ]
                .concat();
                data.extend(unsigned(1 << 40));
                as_chunk(&data)
            },
            "Limit(Actors)",
            "a million million actors",
        ),
        file(
            "others-twice.change",
            Parts { others: vec![FIRST.to_vec(); 2], ..next() }.chunk(),
            "Malformed(\"the actors\")",
            "an actor named twice",
        ),
        file(
            "others-unused.change",
            Parts { others: vec![FIRST.to_vec()], ..next() }.chunk(),
            "Panicked or NotCanonical",
            "an actor named for nothing: the library takes it, and saves rubbish",
        ),
    ]
}

fn columns() -> Vec<File> {
    let run = |count: i64, value: &[u8]| [signed(count), value.to_vec()].concat();
    let times = |count: u64| Parts { columns: set_null_times(count), ..next() }.chunk();
    let golden = || Parts { others: vec![b"closeknit/golden".to_vec()], ..next() };
    let mut turned = next();
    turned.columns.reverse();
    let mut doubled = next();
    doubled.columns.insert(0, doubled.columns[0].clone());
    let predecessors = next()
        .set(PRED_COUNT, [vec![0x7f], unsigned(1 << 40)].concat())
        .set(PRED_ACTOR, run(1 << 40, &[0]))
        .set(PRED_COUNTER, run(1 << 40, &[1]));
    let names = Parts { columns: set_null_times(1_900), ..next() }
        .set(EXPAND, vec![0, 0xec, 0x0e])
        .set(MARK_NAME, run(1_900, &prefixed(&[b'n'; 2_000])));
    vec![
        file("no-operation.change", Parts { columns: vec![], ..next() }.chunk(), "Empty", "nothing is done"),
        file(
            "column-unknown.change",
            next().set(0x1a2, vec![0x7f, 1]).chunk(),
            "Column",
            "a column that no version has",
        ),
        file(
            "column-deflated.change",
            next().set(KEY_NAME | 8, deflate(&[0x7f, 1, b'k'])).chunk(),
            "Column",
            "a deflated column",
        ),
        file("columns-reversed.change", turned.chunk(), "Column", "columns out of order"),
        file("column-twice.change", doubled.chunk(), "Column", "a column twice"),
        file(
            "columns-of-two-lengths.change",
            next().set(VALUE_META, vec![2, 0]).chunk(),
            "Malformed(\"a column\")",
            "one column is longer than the others",
        ),
        file(
            "run-of-one.change",
            next().set(ACTION, vec![1, 1]).chunk(),
            "Panicked or NotCanonical",
            "a run of one, where the library writes a literal",
        ),
        file(
            "run-of-none.change",
            next().set(ACTION, vec![0, 0]).chunk(),
            "Malformed(\"a column\")",
            "a run of nothing",
        ),
        file(
            "run-split.change",
            Parts { columns: set_null_times(4), ..next() }.set(ACTION, vec![2, 1, 2, 1]).chunk(),
            "Panicked or NotCanonical",
            "two runs where one would do",
        ),
        file(
            "run-negative.change",
            next().set(ACTION, signed(i64::MIN)).chunk(),
            "Malformed(\"a column\")",
            "a literal run without end",
        ),
        file("2000-operations.change", times(2_000), "admitted 1", "as many operations as there may be"),
        file("2001-operations.change", times(2_001), "Limit(ChangeOps)", "one operation too many"),
        file(
            "20000-operations.change",
            times(20_000),
            "Limit(ChangeOps)",
            "as many as in a beginning, which this is not",
        ),
        file(
            "run-length-bomb.change",
            times(1 << 40),
            "Limit(ChangeOps)",
            "a few bytes that claim a million million operations",
        ),
        file(
            "predecessors-bomb.change",
            predecessors.chunk(),
            "Limit(ChangeOps)",
            "one operation that follows a million million others",
        ),
        file(
            "names-bomb.change",
            names.chunk(),
            "Limit(Names)",
            "a long name, as often as there are operations",
        ),
        file(
            "object-of-a-stranger.change",
            inside(Parts { others: vec![vec![5; 16]], ..next() }, 1, 3).chunk(),
            "Reference",
            "an actor that is not in its past",
        ),
        file(
            "object-beyond-the-table.change",
            inside(next(), 1, 3).chunk(),
            "Reference",
            "an actor that it does not name",
        ),
        file(
            "object-that-is-not-there.change",
            inside(golden(), 1, 900).chunk(),
            "Reference",
            "an operation that nobody has written yet",
        ),
        file(
            "object-that-is-none.change",
            inside(Parts { others: vec![SECOND.to_vec()], ..next() }, 1, next().start_op - 1).chunk(),
            "Panicked or NotCanonical",
            "an operation that made no object: the library panics, and nothing is lost",
        ),
        file(
            "object-half-named.change",
            golden().set(OBJECT_COUNTER, vec![0x7f, 3]).chunk(),
            "Reference",
            "half the name of an object",
        ),
        file(
            "object-sound.change",
            inside(golden(), 1, 16).chunk(),
            "admitted 1",
            "in a container that is there",
        ),
        file(
            "action-unknown.change",
            next().set(ACTION, vec![0x7f, 100]).chunk(),
            "NotApplied",
            "an action that no version has",
        ),
        file(
            "value-longer-than-the-column.change",
            next().set(VALUE_META, vec![0x7f, 0xf6, 0x7f]).chunk(),
            "Malformed(\"a column\")",
            "a value that goes on beyond the end",
        ),
        file(
            "key-no-utf8.change",
            next().set(KEY_NAME, vec![0x7f, 2, 0xc3, 0x28]).chunk(),
            "NotApplied",
            "a name that is no text",
        ),
    ]
}

fn graphs() -> Vec<File> {
    let good = next().chunk();
    let twin = Parts { actor: SECOND.to_vec(), seq: 1, ..next() }.chunk();
    let mut deps = vec![hash(&good), hash(&twin)];
    deps.sort_unstable();
    let join = Parts { deps, seq: 2, start_op: next().start_op + 1, ..next() }.chunk();
    let on =
        |chunk: &[u8], seq: u64, start_op: u64| Parts { deps: vec![hash(chunk)], seq, start_op, ..next() };
    let second = on(&good, 2, next().start_op + 1).chunk();
    let bad = on(&second, 3, next().start_op + 2).set(ACTION, vec![1, 1]).chunk();
    let after = on(&bad, 4, next().start_op + 3).chunk();
    let many = || {
        let (mut chunks, mut parts) = (Vec::new(), next());
        parts.columns = set_null_times(ChangeLimits::ORDINARY.ops);
        for _ in 0..=LIMITS.ops / ChangeLimits::ORDINARY.ops {
            let chunk = parts.chunk();
            parts.deps = vec![hash(&chunk)];
            parts.seq += 1;
            parts.start_op += ChangeLimits::ORDINARY.ops;
            chunks.push(chunk);
        }
        several(&chunks)
    };
    let actors = || {
        let (mut chunks, mut parts) = (Vec::new(), next());
        for number in 0..=LIMITS.actors as u16 {
            parts.actor = [number.to_be_bytes().as_slice(), &[9; 14]].concat();
            let chunk = parts.chunk();
            parts.deps = vec![hash(&chunk)];
            parts.start_op += 1;
            chunks.push(chunk);
        }
        several(&chunks)
    };
    let beside =
        Parts { actor: FIRST.to_vec(), seq: 2, deps: vec![mallorys().base().hash.0], start_op: 17, ..next() };
    vec![
        file(
            "a-second-beginning.change",
            Parts { deps: vec![], start_op: 1, ..next() }.chunk(),
            "Base",
            "another change that stands on nothing",
        ),
        file(
            "one-number-twice.change",
            twin.clone(),
            format!(
                "Forked {{ actor: ActorId(02020202), seq: 1, held: {:?} }}",
                mallorys().changes().nth(2).unwrap().hash()
            ),
            "another change under a number that is used",
        ),
        file(
            "beside-its-own-past.change",
            beside.chunk(),
            "Seq",
            "it does not stand on what its actor wrote before",
        ),
        file(
            "two-in-a-row.changes",
            several(&[good.clone(), second.clone()]),
            "admitted 2",
            "two honest changes",
        ),
        file(
            "two-the-wrong-way-round.changes",
            several(&[second.clone(), good.clone()]),
            "admitted 1",
            "only what the head covers comes in",
        ),
        file(
            "good-then-bad.changes",
            several(&[good.clone(), second, bad, after]),
            "Panicked or NotCanonical after 2",
            "what came before the bad one stays",
        ),
        file(
            "good-beside-a-twin.changes",
            several(&[good, twin, join]),
            format!(
                "Forked {{ actor: ActorId(02020202), seq: 1, held: {:?} }} after 1",
                mallorys().changes().nth(2).unwrap().hash()
            ),
            "what has nothing to do with the twin stays",
        ),
        file(
            "operations-nearly-free.changes",
            many(),
            "Limit(Ops) after 124",
            "changes within every limit of their own, and too much together",
        ),
        file("actors-257.changes", actors(), "Limit(Actors) after 253", "an actor for every change"),
        file("length-beyond-the-end.changes", [0xff; 64], "nothing", "a length beyond the end of the file"),
    ]
}
