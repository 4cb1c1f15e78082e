//! What documents weigh on the wire whose owners have just begun a new generation.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use closeknit_ids::ActorId;
use closeknit_sync::{
    Piece, Version,
    message::{DocumentAnswers, Message},
};
use closeknit_tests::street::{Street, WRITTEN, circle_of, store_of};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

use crate::table::{Aim, Row, Unit};

/// As many documents as have room together in one frame.
const GROUP: usize = 256 * 1024;

/// The frames that bring such documents, beside what Automerge makes of the same ones.
pub(crate) fn measure(street: &Street) -> Result<Row> {
    let store = store_of(&street.rosa)?;
    let tips = store.view().tips(circle_of(&store)?)?;
    let mut rng = StdRng::seed_from_u64(3);
    let (mut sent, mut saved) = (0, 0);
    let (mut pieces, mut weight) = (Vec::new(), 0);
    for (number, document) in street.documents.iter().enumerate() {
        let mut actor = [0; 16];
        rng.fill_bytes(&mut actor);
        let next = document.next_generation(ActorId(actor), WRITTEN, &BTreeSet::new())?.document;
        saved += next.snapshot().len();
        // Of the generation before: as long as one of this would be.
        let tip = tips.get(number % tips.len()).context("a tip")?;
        let changes: Vec<Vec<u8>> = next.changes().map(|change| change.bytes().to_vec()).collect();
        weight += changes.iter().map(Vec::len).sum::<usize>() + tip.bytes.len();
        if weight > GROUP {
            sent += frame(std::mem::take(&mut pieces))?;
            weight = changes.iter().map(Vec::len).sum::<usize>() + tip.bytes.len();
        }
        let mut version = [0; 16];
        rng.fill_bytes(&mut version);
        let (doc, tips) = (tip.doc, vec![tip.bytes.clone()]);
        pieces.push(Piece { doc, generation: 1, version: Version(version), tips, changes, more: false });
    }
    sent += frame(pieces)?;
    Ok(Row {
        what: "documents that just began afresh, bytes".into(),
        unit: Unit::Bytes,
        ours: sent as f64,
        beside: "the same as Automerge saves them".into(),
        theirs: saved as f64,
        aim: Aim::AtMost(1.1),
        spread: None,
    })
}

fn frame(pieces: Vec<Piece>) -> Result<usize> {
    Ok(Message::DocumentAnswers(DocumentAnswers { pieces }).to_frame()?.len())
}
