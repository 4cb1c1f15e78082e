//! Parcels: what stands in one (`.frames`, sealed by the test), and whole files.

use closeknit_hostile::sealed::{Stanza, parts, recipient, to_alice};
use closeknit_sync::{
    Piece, Version,
    message::{Hello, Message, Proof, Statements, Writer},
};
use closeknit_trust::{chain, circle::doc_id};

use crate::{File, file, signing::here};

const CUT: &str = "Damaged(\"it was cut or altered\")";

fn framed(frame: &[u8]) -> Vec<u8> {
    [(frame.len() as u32).to_be_bytes().as_slice(), frame].concat()
}

fn message(message: &Message) -> Vec<u8> {
    framed(&message.to_frame().unwrap())
}

fn hello() -> Vec<u8> {
    message(&Message::Hello(Hello { lowest: 1, highest: 1 }))
}

fn writer() -> Vec<u8> {
    message(&Message::Writer(Writer { device: here().mallory.devices[0].id() }))
}

fn proof() -> Vec<u8> {
    let chain = chain::prove(&here().ledger, &here().roster, here().mallory.devices[0].id()).unwrap();
    message(&Message::Proof(Proof { chain: chain.into_iter().map(|one| one.bytes().to_vec()).collect() }))
}

fn statements(more: bool) -> Vec<u8> {
    let statements = here().ledger.iter().map(|one| one.bytes().to_vec()).collect();
    message(&Message::Statements(Statements { statements, more }))
}

fn document(changes: Vec<Vec<u8>>) -> Vec<u8> {
    let doc = doc_id(here().circle(), here().mallory.id());
    let piece = Piece {
        doc,
        generation: 0,
        version: Version([1; 16]),
        tips: vec![vec![7; 200]],
        changes,
        more: false,
    };
    message(&Message::DocumentAnswer(piece))
}

fn begun() -> Vec<u8> {
    [hello(), writer(), proof()].concat()
}

pub(crate) fn files() -> Vec<File> {
    let begun = begun();
    let sound = [begun.clone(), statements(false), document(vec![vec![7; 100]])].concat();
    let after = |more: &[u8]| [begun.as_slice(), more].concat();
    let hello_of = |lowest, highest| message(&Message::Hello(Hello { lowest, highest }));
    let large = vec![7; 100_000];
    let sealed = to_alice(&sound);
    let mut flipped = sealed.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let mut for_mallory = parts(&sound);
    for_mallory.stanzas = vec![recipient(here().mallory.words.recipient().as_bytes())];
    let mut crowd = parts(&sound);
    crowd.stanzas = vec![Stanza { words: "a".into(), body: vec![] }; 2_100];
    let mut not_last = parts(&sound);
    not_last.chunks[0].1 = false;
    let mut unordered = parts(&[sound.clone(), vec![0; 80_000]].concat());
    unordered.chunks.swap(0, 1);
    unordered.chunks.truncate(1);
    vec![
        file(
            "sound.frames",
            sound.clone(),
            "whole, and hands over 3",
            "as it ought to be; the others are spoilt from it",
        ),
        file("empty.frames", [], "NoWriter", "nothing in it"),
        file("heartbeats.frames", [0; 400], "NoWriter", "nothing but heartbeats"),
        file("text.frames", "Dear alice, ", "Frame(TooLong { length: 1147494770 })", "a letter"),
        file("only-hello.frames", hello(), "NoWriter", "a greeting, and nobody says who wrote it"),
        file("no-hello.frames", [writer(), proof()].concat(), "NoWriter", "no greeting"),
        file(
            "hello-twice.frames",
            [hello(), hello(), writer(), proof()].concat(),
            "NoWriter",
            "two greetings",
        ),
        file(
            "newer.frames",
            [hello_of(3, 4), writer(), proof()].concat(),
            "Version(Here)",
            "a later version only",
        ),
        file(
            "older.frames",
            [hello_of(0, 0), writer(), proof()].concat(),
            "Version(There)",
            "an earlier version only",
        ),
        file("no-writer.frames", [hello(), proof()].concat(), "NoWriter", "nobody says that they wrote it"),
        file(
            "writer-twice.frames",
            [hello(), writer(), writer(), proof()].concat(),
            "NoWriter",
            "two say that they wrote it",
        ),
        file(
            "no-proof.frames",
            [hello(), writer(), statements(false)].concat(),
            "NoWriter",
            "who wrote it does not show that they belong",
        ),
        file(
            "proof-too-long.frames",
            [hello(), writer(), message(&Message::Proof(Proof { chain: vec![vec![7; 1_280]; 52] }))].concat(),
            "NoWriter",
            "more than a proof may be",
        ),
        file(
            "proof-twice.frames",
            after(&proof()),
            "whole, and hands over 1",
            "a second proof is passed over",
        ),
        file(
            "documents-first.frames",
            after(&document(vec![])),
            "whole, and hands over 2",
            "a document before the statements",
        ),
        file(
            "statements-without-end.frames",
            after(&statements(true)),
            "whole, and hands over 2",
            "more is promised, and does not come",
        ),
        file(
            "same-statements-again.frames",
            after(&statements(false).repeat(10)),
            "whole, and hands over 11",
            "the same ten times",
        ),
        file(
            "unknown-kinds.frames",
            after(&framed(&[0x03, 0xe8, 7, 7]).repeat(100)),
            "whole, and hands over 1",
            "a hundred kinds of a later version",
        ),
        file(
            "wishes.frames",
            after(&message(&Message::StatementsNext(()))),
            "whole, and hands over 1",
            "what only a conversation has",
        ),
        file(
            "garbage-after-the-beginning.frames",
            after(&[0xff; 40]),
            "Frame(TooLong { length: 4294967295 }) after 1",
            "what came before the garbage stays",
        ),
        file(
            "cut-in-a-frame.frames",
            &sound[..sound.len() - 1],
            "Frame(CutOff) after 2",
            "the last frame is cut: what came before stays",
        ),
        file("cut-in-a-length.frames", after(&[0, 0]), "Frame(CutOff) after 1", "it ends in a length"),
        file(
            "frame-without-kind.frames",
            after(&framed(&[0])),
            "Frame(NoKind) after 1",
            "a frame too short to have a kind",
        ),
        file(
            "payload-otherwise.frames",
            after(&framed(&[0, 20, 0xff, 0xff, 0xff])),
            "Frame(Payload { kind: 20 }) after 1",
            "a frame with another payload than it says",
        ),
        file(
            "deflate-bomb.frames",
            after(&{
                use std::io::Write as _;
                let header = [vec![1], postcard::to_stdvec(&(288_u64 * 1024)).unwrap()].concat();
                let mut deflater = flate2::write::DeflateEncoder::new(header, flate2::Compression::best());
                deflater.write_all(&vec![0; 16 << 20]).unwrap();
                let bomb = deflater.finish().unwrap();
                framed(
                    &[
                        [0, 36].as_slice(),
                        &[7; 32],
                        &[0],
                        &[7; 16],
                        &[0],
                        &postcard::to_stdvec(&bomb).unwrap(),
                        &[0],
                    ]
                    .concat(),
                )
            }),
            "Frame(Payload { kind: 36 }) after 1",
            "a few bytes that would inflate to sixteen mebibytes",
        ),
        file(
            "changes-that-are-none.frames",
            after(&document(vec![large; 2])),
            "whole, and hands over 2",
            "changes that are none: the gate says so",
        ),
        file("sealed.closeknit-parcel", sealed.clone(), "whole, and hands over 3", "a whole file"),
        file("sealed-flipped.closeknit-parcel", flipped, CUT, "one bit of the file is another"),
        file("sealed-cut.closeknit-parcel", &sealed[..sealed.len() - 20], CUT, "the file is cut"),
        file("sealed-longer.closeknit-parcel", [sealed.as_slice(), &[0]].concat(), CUT, "a byte follows"),
        file(
            "sealed-not-last.closeknit-parcel",
            not_last.to_bytes(),
            CUT,
            "the last piece does not say that it is",
        ),
        file(
            "sealed-second-piece-first.closeknit-parcel",
            unordered.to_bytes(),
            CUT,
            "the second piece first",
        ),
        file("for-mallory.closeknit-parcel", for_mallory.to_bytes(), "WrongKey", "for somebody else"),
        file(
            "for-a-crowd.closeknit-parcel",
            crowd.to_bytes(),
            "NotABackup",
            "for more than a parcel is ever for",
        ),
        file("no-seal.closeknit-parcel", begun.clone(), "NotABackup", "the frames without a seal"),
        file(
            "a-page.closeknit-parcel",
            "<!doctype html><title>alice</title>",
            "NotABackup",
            "another kind of file",
        ),
    ]
}
