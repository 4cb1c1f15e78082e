//! What comes many in a frame, since version 2 of the protocol.

use closeknit_sync::message::{DocumentAnswers, DocumentAsk, DocumentAsks, Message};
use closeknit_trust::circle::doc_id;

use crate::{
    File, file,
    frames::{BROKEN, both, deflate, message, of_kind, piece},
    signing::here,
};

/// Statements or answers that came packed: kind, then these packed bytes.
fn packed_as(kind: u16, bytes: &[u8]) -> Vec<u8> {
    of_kind(kind, &[postcard::to_stdvec(bytes).unwrap().as_slice(), &[0]].concat())
}

/// An answer to several asks with one piece, of which the slim change is these bytes.
fn slim(change: &[u8]) -> Vec<u8> {
    let piece = piece(vec![], vec![]);
    let no_tips: Vec<Vec<u8>> = Vec::new();
    let one = (piece.doc, piece.generation, piece.version, no_tips, vec![change], false);
    [vec![0], postcard::to_stdvec(&vec![one]).unwrap()].concat()
}

fn list(statements: &[Vec<u8>]) -> Vec<u8> {
    postcard::to_stdvec(statements).unwrap()
}

pub(crate) fn files() -> Vec<File> {
    let ask = DocumentAsk { doc: doc_id(here().circle(), here().alice.id()), generation: 0, reached: vec![] };
    let answers = |pieces| message(&Message::DocumentAnswers(DocumentAnswers { pieces }));
    vec![
        file(
            "asks-for-one-document.frames",
            message(&Message::DocumentAsks(DocumentAsks { asks: vec![ask.clone(); 64] })),
            both("goes on"),
            "alice's document is asked for 64 times in one frame",
        ),
        file(
            "asks-65.frames",
            of_kind(38, &postcard::to_stdvec(&vec![ask; 65]).unwrap()),
            both(BROKEN),
            "more asks than a frame may have",
        ),
        file(
            "answers-unasked.frames",
            answers(vec![piece(vec![vec![7; 300]], vec![]); 3]),
            both("goes on"),
            "three answers that nobody asked for",
        ),
        file(
            "answers-65.frames",
            answers(vec![piece(vec![], vec![]); 65]),
            both(BROKEN),
            "more answers than there may be asks",
        ),
        file(
            "answers-bomb.frames",
            packed_as(39, &deflate(16 << 20, &vec![0; 16 << 20])),
            both(BROKEN),
            "answers that inflate to 16 MiB",
        ),
        file(
            "answers-change-after-none.frames",
            packed_as(39, &slim(&[2, 7, 7])),
            both(BROKEN),
            "a first change that names the one before it",
        ),
        file(
            "answers-change-of-no-form.frames",
            packed_as(39, &slim(&[9, 7, 7])),
            both(BROKEN),
            "a change in a form that is none",
        ),
        file(
            "answers-change-empty.frames",
            packed_as(39, &slim(&[])),
            both(BROKEN),
            "a change without a single byte",
        ),
        file(
            "page-bomb.frames",
            packed_as(23, &deflate(16 << 20, &vec![0; 16 << 20])),
            both(BROKEN),
            "statements that inflate to 16 MiB",
        ),
        file(
            "page-of-257.frames",
            packed_as(23, &deflate(list(&vec![vec![]; 257]).len() as u64, &list(&vec![vec![]; 257]))),
            both(BROKEN),
            "more statements than a page may have",
        ),
        file(
            "page-unasked.frames",
            packed_as(23, &[vec![0], list(&[vec![7; 100]])].concat()),
            both("goes on"),
            "statements that nobody asked for",
        ),
    ]
}
