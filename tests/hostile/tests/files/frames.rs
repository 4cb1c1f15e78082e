//! What comes over a connection: from a machine that has not proved itself, and from mallory's.

use closeknit_sync::{
    Entry, Piece, Position, Version,
    frame::MAX_FRAME,
    message::{
        DocumentAsk, DocumentOffers, Hello, Ids, Message, Proof, StatementIds, Statements, Summary, Verdict,
    },
};
use closeknit_trust::{chain, circle::doc_id};

use crate::{File, file, signing::here, together};

pub(crate) const BROKEN: &str = "BrokenFraming";

/// With its length.
fn framed(frame: &[u8]) -> Vec<u8> {
    [(frame.len() as u32).to_be_bytes().as_slice(), frame].concat()
}

pub(crate) fn of_kind(kind: u16, payload: &[u8]) -> Vec<u8> {
    framed(&[kind.to_be_bytes().as_slice(), payload].concat())
}

pub(crate) fn message(message: &Message) -> Vec<u8> {
    framed(&message.to_frame().unwrap())
}

fn hello() -> Vec<u8> {
    message(&Message::Hello(Hello { lowest: 1, highest: 1 }))
}

fn chain_of(device: closeknit_ids::DeviceId) -> Vec<Vec<u8>> {
    let chain = chain::prove(&here().ledger, &here().roster, device).unwrap();
    chain.into_iter().map(|statement| statement.bytes().to_vec()).collect()
}

fn proof(chain: Vec<Vec<u8>>) -> Vec<u8> {
    [hello(), message(&Message::Proof(Proof { chain }))].concat()
}

/// The beginning of a list that promises more than can be.
fn promise(kind: u16, before: &[u8], length: u64) -> Vec<u8> {
    of_kind(kind, &[before, &postcard::to_stdvec(&length).unwrap()].concat())
}

/// Broken frames end every connection; who has not proved themselves may say nothing else either.
pub(crate) fn both(verdict: &str) -> String {
    each(if verdict == BROKEN { BROKEN } else { "Stranger" }, verdict)
}

fn each(stranger: &str, member: &str) -> String {
    format!("stranger: {stranger}; member: {member}")
}

pub(crate) fn piece(changes: Vec<Vec<u8>>, tips: Vec<Vec<u8>>) -> Piece {
    let doc = doc_id(here().circle(), here().mallory.id());
    Piece { doc, generation: 0, version: Version([1; 16]), tips, changes, more: false }
}

fn news(changes: Vec<Vec<u8>>, tips: Vec<Vec<u8>>) -> Vec<u8> {
    message(&Message::DocumentNews(piece(changes, tips)))
}

/// News of which the packed changes are these bytes.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let piece = piece(vec![], vec![]);
    let start = postcard::to_stdvec(&(piece.doc, piece.generation, piece.version, 0_u8)).unwrap();
    of_kind(37, &[start.as_slice(), &postcard::to_stdvec(bytes).unwrap(), &[0]].concat())
}

fn deflated(promised: u64, plain: &[u8]) -> Vec<u8> {
    packed(&deflate(promised, plain))
}

pub(crate) fn deflate(promised: u64, plain: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let header = [vec![1], postcard::to_stdvec(&promised).unwrap()].concat();
    let mut deflater = flate2::write::DeflateEncoder::new(header, flate2::Compression::best());
    deflater.write_all(plain).unwrap();
    deflater.finish().unwrap()
}

pub(crate) fn files() -> Vec<File> {
    [streams(), greetings(), lists(), pieces(), together::files()].into_iter().flatten().collect()
}

fn streams() -> Vec<File> {
    let most = MAX_FRAME as u32;
    vec![
        file("empty.frames", [], each("goes on", "goes on"), "nothing is said"),
        file("heartbeats.frames", [0; 400], each("goes on", "goes on"), "a hundred heartbeats"),
        file("cut-in-the-length.frames", [0, 0, 1], each(BROKEN, BROKEN), "it ends in a length"),
        file(
            "cut-in-the-frame.frames",
            [&[0, 0, 1, 0], [7; 100].as_slice()].concat(),
            each(BROKEN, BROKEN),
            "it ends in a frame",
        ),
        file(
            "length-one-too-much.frames",
            (most + 1).to_be_bytes(),
            each(BROKEN, BROKEN),
            "one byte more than a frame may have: refused by its length",
        ),
        file(
            "length-most.frames",
            [0xff; 4],
            each(BROKEN, BROKEN),
            "four gibibytes, of which nothing is set aside",
        ),
        file(
            "length-longest-and-nothing.frames",
            most.to_be_bytes(),
            each(BROKEN, BROKEN),
            "the longest frame, which never comes",
        ),
        file("one-byte.frames", framed(&[0]), each(BROKEN, BROKEN), "a frame too short to have a kind"),
        file(
            "text.frames",
            "GET / HTTP/1.1\r\n\r\n",
            each(BROKEN, BROKEN),
            "somebody mistakes it for a page",
        ),
        file(
            "kind-0.frames",
            of_kind(0, &[7; 50]),
            each("goes on", "goes on"),
            "a kind that never was is passed over",
        ),
        file(
            "kind-later.frames",
            of_kind(1_000, &[7; 50]),
            each("goes on", "goes on"),
            "a kind of a later version is passed over",
        ),
        file(
            "kind-last.frames",
            of_kind(u16::MAX, &[]),
            each("goes on", "goes on"),
            "the last kind there can be",
        ),
        file(
            "kind-joining.frames",
            of_kind(64, &[0; 40]),
            each("goes on", "goes on"),
            "joining is another conversation",
        ),
        file(
            "kind-of-a-parcel.frames",
            of_kind(6, &[7; 32]),
            both("goes on"),
            "what belongs into a parcel means nothing here",
        ),
        file(
            "many-unknown.frames",
            of_kind(999, &[]).repeat(500),
            each("goes on", "goes on"),
            "five hundred kinds that nobody knows",
        ),
    ]
}

fn greetings() -> Vec<File> {
    let scene = here();
    let mallory = scene.mallory.devices[0].id();
    let long = vec![vec![7; 1_280]; 52];
    let mut altered = chain_of(mallory);
    let place = altered.len() - 1;
    let end = altered[place].len() - 1;
    altered[place][end] ^= 1;
    let puppet = |kind: usize| {
        let puppet = &scene.puppets[0];
        let enrol = scene
            .ledger
            .write(closeknit_trust::statement::Pen::Member(&puppet.key), &puppet.enrol(scene.circle(), 0));
        let mut chain = chain_of(mallory);
        chain.truncate(chain.len() - kind);
        chain.push(enrol.unwrap().bytes().to_vec());
        chain
    };
    let found = scene.ledger.iter().next().unwrap().bytes().to_vec();
    vec![
        file(
            "hello-twice.frames",
            [hello(), hello()].concat(),
            each("goes on", "goes on"),
            "it greets twice",
        ),
        file(
            "hello-later.frames",
            message(&Message::Hello(Hello { lowest: 3, highest: 9 })),
            each("goes on", "goes on"),
            "it speaks later versions only: who must update is said once it has proved itself",
        ),
        file(
            "hello-reversed.frames",
            message(&Message::Hello(Hello { lowest: 9, highest: 1 })),
            each("goes on", "goes on"),
            "versions the wrong way round",
        ),
        file("hello-cut.frames", of_kind(1, &[1]), both(BROKEN), "half a greeting"),
        file(
            "proof-without-hello.frames",
            message(&Message::Proof(Proof { chain: chain_of(mallory) })),
            both("goes on"),
            "a proof before a greeting",
        ),
        file("proof-none.frames", proof(vec![]), both("goes on"), "a proof of nothing"),
        file(
            "proof-of-mallorys-machine.frames",
            proof(chain_of(mallory)),
            both("goes on"),
            "somebody else shows mallory's proof",
        ),
        file(
            "proof-only-found.frames",
            proof(vec![found]),
            both("goes on"),
            "the beginning alone proves nothing",
        ),
        file("proof-altered.frames", proof(altered), both("goes on"), "a signature in it is false"),
        file(
            "proof-puppet.frames",
            proof(puppet(0)),
            both("goes on"),
            "somebody made up enrolled themselves, and nobody let them in",
        ),
        file(
            "proof-garbage.frames",
            proof(vec![vec![7; 300]; 10]),
            both("goes on"),
            "ten statements that are none",
        ),
        file("proof-too-long.frames", proof(long), both("goes on"), "more than a proof may be"),
        file(
            "proof-claims-much.frames",
            [hello(), promise(2, &[], 1 << 40)].concat(),
            both(BROKEN),
            "a million million statements",
        ),
        file(
            "proof-of-257.frames",
            {
                let chain = postcard::to_stdvec(&vec![vec![7_u8]; 257]).unwrap();
                [hello(), of_kind(2, &chain)].concat()
            },
            both(BROKEN),
            "one statement more than a proof may have",
        ),
        file(
            "summary-first.frames",
            of_kind(3, &[&[1], [0; 16].as_slice(), &[0]].concat()),
            both("goes on"),
            "a stranger compares",
        ),
        file(
            "news-first.frames",
            message(&Message::StatementNews(Statements { statements: vec![vec![7; 300]], more: false })),
            both("goes on with 1"),
            "a stranger tells news",
        ),
    ]
}

fn lists() -> Vec<File> {
    let ids = |count: usize| vec![closeknit_ids::StatementId([7; 32]); count];
    let digest = |bytes: usize| of_kind(16, &postcard::to_stdvec(&vec![7_u8; bytes]).unwrap());
    let wants = |count| message(&Message::StatementWants(Ids { ids: ids(count), more: false }));
    let entry =
        Entry { doc: doc_id(here().circle(), here().alice.id()), generation: 0, version: Version([7; 16]) };
    vec![
        file("digest-short.frames", digest(2_047), both(BROKEN), "a digest that lacks a byte"),
        file("digest-long.frames", digest(2_049), both(BROKEN), "a digest of a byte too many"),
        file("digest-claims-much.frames", promise(16, &[], u64::MAX), both(BROKEN), "a digest without end"),
        file("digest-unasked.frames", digest(2_048), both("goes on"), "a digest that nobody asked for"),
        file("ids-claim-much.frames", promise(18, &[], 1 << 40), both(BROKEN), "a million million ids"),
        file(
            "ids-8193.frames",
            {
                // Their length is enough: the rest need not come.
                promise(19, &[], 8_193)
            },
            both(BROKEN),
            "more ids than a frame may have",
        ),
        file("ids-unknown.frames", wants(100), both("goes on"), "a hundred ids that nobody has"),
        file(
            "ids-endless.frames",
            message(&Message::StatementIds(StatementIds { buckets: vec![7; 256], ids: ids(10), more: true })),
            both("goes on"),
            "ids, and always more to come",
        ),
        file(
            "buckets-257.frames",
            of_kind(17, &[postcard::to_stdvec(&vec![7_u8; 257]).unwrap(), vec![0, 0]].concat()),
            both(BROKEN),
            "more buckets than there are",
        ),
        file(
            "statement-too-long.frames",
            of_kind(22, &postcard::to_stdvec(&(vec![vec![7_u8; 1_281]], false)).unwrap()),
            both(BROKEN),
            "a statement longer than any may be",
        ),
        file(
            "statements-257.frames",
            of_kind(22, &postcard::to_stdvec(&(vec![vec![7_u8]; 257], false)).unwrap()),
            both(BROKEN),
            "more statements than a frame may have",
        ),
        file(
            "statements-256.frames",
            message(&Message::StatementNews(Statements { statements: vec![vec![7]; 256], more: false })),
            both("goes on with 256"),
            "as many as a frame may have, and none is one",
        ),
        file("bool-2.frames", of_kind(19, &[0, 2]), both(BROKEN), "neither yes nor no"),
        file(
            "number-spelt-long.frames",
            of_kind(4, &[0x81, 0x00, 0x01]),
            both("goes on"),
            "a number with a longer spelling, which frames may have",
        ),
        file("number-too-long.frames", of_kind(4, &[0xff; 12]), both(BROKEN), "a number without end"),
        file(
            "verdict-unasked.frames",
            message(&Message::Verdict(Verdict { of: 9, equal: true })),
            both("goes on"),
            "a verdict about nothing",
        ),
        file(
            "summary-most.frames",
            of_kind(
                3,
                &[postcard::to_stdvec(&u32::MAX).unwrap().as_slice(), &[7; 16], &[1], &[7; 16]].concat(),
            ),
            both("goes on"),
            "the last summary there can be",
        ),
        file(
            "entries-claim-much.frames",
            promise(34, &[], 1 << 30),
            both(BROKEN),
            "a thousand million lines of a catalogue",
        ),
        file(
            "offer-of-alices-document.frames",
            message(&Message::DocumentOffers(DocumentOffers { entries: vec![entry; 3], more: false })),
            both("goes on"),
            "alice's own document is offered to her, three times",
        ),
        file(
            "ask-of-everything.frames",
            message(&Message::DocumentAsk(DocumentAsk {
                doc: entry.doc,
                generation: u32::MAX,
                reached: vec![
                    Position { actor: closeknit_ids::ActorId([7; 16]), seq: u32::MAX, hash: [7; 8] };
                    256
                ],
            })),
            both("goes on"),
            "a wish for a generation that is none",
        ),
        file(
            "ask-by-257-actors.frames",
            promise(35, &[[7; 32].as_slice(), &[0]].concat(), 257),
            both(BROKEN),
            "more actors than there may be",
        ),
        file(
            "next-with-more.frames",
            of_kind(21, &[1, 2, 3]),
            both("goes on"),
            "fields of a later version behind those of this one",
        ),
    ]
}

fn pieces() -> Vec<File> {
    let plain = |changes: &Vec<Vec<u8>>| postcard::to_stdvec(changes).unwrap();
    let most = 288 * 1024;
    vec![
        file("news-of-nothing.frames", news(vec![], vec![]), both("goes on"), "news of nothing"),
        file(
            "news-garbage.frames",
            news(vec![vec![7; 300]], vec![vec![7; 200]]),
            both("goes on with 2"),
            "a tip and a change that are none: the gate says so",
        ),
        file(
            "tips-65.frames",
            of_kind(
                37,
                &postcard::to_stdvec(&(
                    [7_u8; 32],
                    0_u32,
                    [7_u8; 16],
                    vec![vec![7_u8]; 65],
                    vec![0_u8, 0],
                    false,
                ))
                .unwrap(),
            ),
            both(BROKEN),
            "more tips than machines can have",
        ),
        file(
            "tip-too-long.frames",
            of_kind(
                37,
                &postcard::to_stdvec(&(
                    [7_u8; 32],
                    0_u32,
                    [7_u8; 16],
                    vec![vec![7_u8; 257]],
                    vec![0_u8, 0],
                    false,
                ))
                .unwrap(),
            ),
            both(BROKEN),
            "a tip longer than any may be",
        ),
        file("packed-empty.frames", packed(&[]), both(BROKEN), "a packed list of no bytes"),
        file("packed-otherwise.frames", packed(&[2, 0]), both(BROKEN), "packed in a way that is none"),
        file("packed-plain-cut.frames", packed(&[0, 3, 1]), both(BROKEN), "a plain list that ends too early"),
        file(
            "packed-plain-longer.frames",
            packed(&[0, 0, 9]),
            both(BROKEN),
            "a plain list with a byte behind it",
        ),
        file(
            "packed-claims-much.frames",
            packed(&[[0].as_slice(), &postcard::to_stdvec(&(1_u64 << 40)).unwrap()].concat()),
            both(BROKEN),
            "a plain list of a million million changes",
        ),
        file(
            "deflate-sound.frames",
            deflated(plain(&vec![vec![7; 600]]).len() as u64, &plain(&vec![vec![7; 600]])),
            both("goes on with 1"),
            "deflated as it may be",
        ),
        file(
            "deflate-less-than-promised.frames",
            deflated(500, &[0; 100]),
            both(BROKEN),
            "it inflates to less than it says",
        ),
        file(
            "deflate-more-than-promised.frames",
            deflated(100, &[0; 500]),
            both(BROKEN),
            "it inflates to more than it says",
        ),
        file(
            "deflate-promises-too-much.frames",
            deflated(most + 1, &[0; 10]),
            both(BROKEN),
            "it says more than may be",
        ),
        file(
            "deflate-promises-most.frames",
            deflated(u64::MAX, &[0; 10]),
            both(BROKEN),
            "it says more than there is",
        ),
        file(
            "deflate-bomb.frames",
            deflated(most, &vec![0; 16 << 20]),
            both(BROKEN),
            "a few bytes that would inflate to sixteen mebibytes",
        ),
        file(
            "deflate-garbage.frames",
            packed(&[1, 10, 0xff, 0xff, 0xff]),
            both(BROKEN),
            "it inflates to nothing at all",
        ),
        file(
            "deflate-5001-changes.frames",
            deflated(plain(&vec![vec![]; 5_001]).len() as u64, &plain(&vec![vec![]; 5_001])),
            both(BROKEN),
            "more changes than a generation may have",
        ),
        file(
            "deflate-change-too-long.frames",
            deflated(plain(&vec![vec![7; 262_145]]).len() as u64, &plain(&vec![vec![7; 262_145]])),
            both(BROKEN),
            "a change longer than any may be",
        ),
        file(
            "answer-unasked.frames",
            message(&Message::DocumentAnswer(piece(vec![vec![7; 300]], vec![]))),
            both("goes on"),
            "an answer that nobody asked for",
        ),
        file(
            "summary-and-more.frames",
            [
                message(&Message::Summary(Summary {
                    number: 1,
                    statements: postcard::from_bytes(&[7; 16]).unwrap(),
                    documents: None,
                })),
                news(vec![], vec![]),
            ]
            .concat(),
            both("goes on"),
            "it compares and tells at once",
        ),
    ]
}
