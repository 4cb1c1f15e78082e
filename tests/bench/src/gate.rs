//! What the gate costs beside what it guards: Automerge alone decoding and applying the same changes.

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use automerge::{Automerge, Change};
use closeknit_replica::{Document, RawChange, Room, SignedHead};
use closeknit_tests::street::Street;

use crate::table::{Aim, Row, Samples};

/// One change into a document that is open, and a whole document into one that has only begun.
pub(crate) fn measure(street: &Street) -> Result<Vec<Row>> {
    let one = "one change through the gate, the document open";
    let whole = "a document of 11 changes through the gate";
    let bare = "Automerge decodes and applies the same";
    let (mut gate, mut alone) = (Samples::default(), Samples::default());
    let (mut gate_whole, mut alone_whole) = (Samples::default(), Samples::default());
    for document in &street.documents {
        let changes: Vec<RawChange> = document.changes().cloned().collect();
        let (last, before) = changes.split_last().context("a document without changes")?;
        let open = Document::rebuild(Document::golden_base(), before.to_vec())?;
        let (admitted, refused) = pass(&open, document, std::slice::from_ref(last), &mut gate)?;
        ensure!(admitted == 1 && !refused, "one change is not taken in");
        apply(before, std::slice::from_ref(last), &mut alone)?;

        let (golden, rest) = changes.split_first().context("a document without changes")?;
        let (admitted, refused) = pass(&Document::found(), document, rest, &mut gate_whole)?;
        ensure!(admitted == rest.len() && !refused, "a document is not taken in");
        apply(std::slice::from_ref(golden), rest, &mut alone_whole)?;
    }
    Ok(vec![
        Row::medians(one, &gate, bare, &alone, Aim::AtMost(2.0)),
        Row::medians(whole, &gate_whole, bare, &alone_whole, Aim::AtMost(2.0)),
    ])
}

/// Through the gate: how many came in, and whether it refused any.
fn pass(
    to: &Document,
    signed: &Document,
    changes: &[RawChange],
    took: &mut Samples,
) -> Result<(usize, bool)> {
    let head = changes.last().context("no change")?.hash();
    let past = signed.past(head).context("its own change")?;
    let head = SignedHead { hash: head, count: past.count, bytes: past.bytes };
    let started = Instant::now();
    let mut room = Room::default();
    room.expect(head);
    for change in changes {
        room.put(change.bytes())?;
    }
    let admission = room.screen(to).apply();
    took.add(started.elapsed());
    Ok((admission.admitted.len(), admission.refusal.is_some()))
}

/// Automerge alone, into a document that holds some.
fn apply(before: &[RawChange], changes: &[RawChange], took: &mut Samples) -> Result<()> {
    let mut document = Automerge::new();
    document.apply_changes(decoded(before)?)?;
    let started = Instant::now();
    document.apply_changes(decoded(changes)?)?;
    took.add(started.elapsed());
    Ok(())
}

/// As Automerge holds them.
pub(crate) fn decoded(changes: &[RawChange]) -> Result<Vec<Change>> {
    changes.iter().map(|change| Ok(Change::try_from(change.bytes())?)).collect()
}
