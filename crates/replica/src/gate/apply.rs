//! The second step of the gate: Automerge, on a copy, with its panics caught and its work checked.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, ReadDoc};

use super::{
    Admission, Refusal,
    screen::{Ready, Screened},
};
use crate::{
    document::Document,
    fault::Fault,
    limits::{ChangeLimits, LIMITS},
    reading::{self, Reading},
};

impl Screened<'_> {
    /// Applies the changes in batches, each on a copy of the document. At the first that is bad it
    /// stops; those before it stay.
    #[must_use]
    pub fn apply(self) -> Admission {
        let Self { document, ready, history, refusal } = self;
        let mut automerge = document.automerge.clone();
        let (mut admitted, mut stopped, mut reading) = (0, None, None);
        for batch in batches(&ready) {
            let taken = take(&automerge, batch);
            automerge = taken.automerge;
            admitted += taken.count;
            reading = taken.reading.or(reading);
            if let Some(fault) = taken.fault {
                stopped = ready.get(admitted).map(|ready| Refusal { change: ready.change.hash(), fault });
                break;
            }
        }
        let history = if stopped.is_none() { history } else { shorter(document, ready.get(..admitted)) };
        Admission {
            document: Document { automerge, history, base: document.base },
            admitted: ready.into_iter().take(admitted).map(|ready| ready.change).collect(),
            reading: reading.unwrap_or_default(),
            refusal: stopped.or(refusal),
        }
    }
}

/// The history with only the first of the screened changes. They fitted before, so they fit.
fn shorter(document: &Document, admitted: Option<&[Ready]>) -> crate::history::History {
    let mut history = document.history.clone();
    for ready in admitted.unwrap_or_default() {
        if history.admit(ready.change.clone(), &ready.header).is_err() {
            break;
        }
    }
    history
}

/// Cuts into stretches of at most as many bytes and operations as one batch may have.
fn batches(ready: &[Ready]) -> impl Iterator<Item = &[Ready]> {
    let (mut bytes, mut ops) = (0, 0);
    ready.chunk_by(move |before, next| {
        if bytes == 0 {
            (bytes, ops) = weight(before);
        }
        let (more_bytes, more_ops) = weight(next);
        bytes += more_bytes;
        ops += more_ops;
        let fits = bytes <= LIMITS.batch as u64 && ops <= ChangeLimits::BASE.ops;
        if !fits {
            (bytes, ops) = (more_bytes, more_ops);
        }
        fits
    })
}

fn weight(ready: &Ready) -> (u64, u64) {
    (ready.change.size(), u64::from(ready.header.ops))
}

/// How far a batch came.
struct Taken {
    automerge: Automerge,
    count: usize,
    /// What the document says now, if any of it was taken.
    reading: Option<Reading>,
    fault: Option<Fault>,
}

/// Applies a batch; if that fails, its halves, to find the first bad change and keep those before it.
/// Halving is bounded: a batch has at most [`LIMITS`]`.changes` changes.
fn take(automerge: &Automerge, batch: &[Ready]) -> Taken {
    let fault = match try_batch(automerge, batch) {
        Ok((automerge, reading)) => {
            return Taken { automerge, count: batch.len(), reading: Some(reading), fault: None };
        }
        Err(fault) => fault,
    };
    let (first, second) = batch.split_at(batch.len() / 2);
    if first.is_empty() {
        return Taken { automerge: automerge.clone(), count: 0, reading: None, fault: Some(fault) };
    }
    let first = take(automerge, first);
    if first.fault.is_some() {
        return first;
    }
    let second = take(&first.automerge, second);
    let reading = second.reading.or(first.reading);
    Taken { count: first.count + second.count, reading, ..second }
}

/// Applies a batch to a copy, puts the copy to the test, and reads it.
fn try_batch(automerge: &Automerge, batch: &[Ready]) -> Result<(Automerge, Reading), Fault> {
    let attempt = AssertUnwindSafe(|| {
        // A clone: a fork would draw a new actor.
        let mut copy = automerge.clone();
        let changes: Vec<Change> = batch
            .iter()
            .map(|ready| Change::try_from(ready.change.bytes()))
            .collect::<Result<_, _>>()
            .map_err(|_| Fault::NotApplied)?;
        if changes.iter().zip(batch).any(|(change, ready)| change.hash().0 != ready.change.hash().0) {
            return Err(Fault::NotCanonical);
        }
        copy.apply_changes(changes).map_err(|_| Fault::NotApplied)?;
        if !copy.get_missing_deps(&[]).is_empty() {
            return Err(Fault::NotApplied);
        }
        check_written_again(&copy)?;
        let reading = reading::read(&copy);
        Ok((copy, reading))
    });
    // Nothing of the attempt outlives a panic but the panic itself.
    catch_unwind(attempt).unwrap_or(Err(Fault::Panicked))
}

/// Automerge keeps no chunks: it writes changes anew from its columns. What it writes must be what came, or the next
/// machine gets something that nobody signed. Loading does just that: it writes every change anew from what was
/// saved and compares the hashes that nothing follows with those that were applied, and a hash covers all before it.
/// And what is saved is what another program would find in a backup.
#[expect(clippy::disallowed_methods, reason = "the library wrote these bytes itself")]
fn check_written_again(document: &Automerge) -> Result<(), Fault> {
    match Automerge::load(&document.save_nocompress()) {
        Ok(loaded) if loaded.get_heads() == document.get_heads() => Ok(()),
        _ => Err(Fault::NotCanonical),
    }
}
