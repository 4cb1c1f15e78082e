//! The second step of the gate: Automerge, on a copy, with its panics caught and its work checked.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use automerge::{Automerge, Change, ReadDoc};

use super::{
    Admission, Refusal,
    screen::{Ready, Screened},
};
use crate::{
    change::RawChange,
    document::Document,
    fault::Fault,
    limits::{ChangeLimits, LIMITS},
    reading,
};

impl Screened<'_> {
    /// Applies the changes in batches, each on a copy of the document. At the first that is bad it
    /// stops; those before it stay.
    #[must_use]
    pub fn apply(self) -> Admission {
        let Self { document, ready, history, refusal } = self;
        let mut automerge = document.automerge.clone();
        let (mut admitted, mut stopped) = (0, None);
        for batch in batches(&ready) {
            let taken = take(&automerge, batch);
            automerge = taken.automerge;
            admitted += taken.count;
            if let Some(fault) = taken.fault {
                stopped = ready.get(admitted).map(|ready| Refusal { change: ready.change.hash(), fault });
                break;
            }
        }
        let history = if stopped.is_none() { history } else { shorter(document, ready.get(..admitted)) };
        Admission {
            document: Document { automerge, history, base: document.base },
            admitted: ready.into_iter().take(admitted).map(|ready| ready.change).collect(),
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
    fault: Option<Fault>,
}

/// Applies a batch; if that fails, its halves, to find the first bad change and keep those before it.
/// Halving is bounded: a batch has at most [`LIMITS`]`.changes` changes.
fn take(automerge: &Automerge, batch: &[Ready]) -> Taken {
    let fault = match try_batch(automerge, batch) {
        Ok(automerge) => return Taken { automerge, count: batch.len(), fault: None },
        Err(fault) => fault,
    };
    let (first, second) = batch.split_at(batch.len() / 2);
    if first.is_empty() {
        return Taken { automerge: automerge.clone(), count: 0, fault: Some(fault) };
    }
    let first = take(automerge, first);
    if first.fault.is_some() {
        return first;
    }
    let second = take(&first.automerge, second);
    Taken { count: first.count + second.count, ..second }
}

/// Applies a batch to a copy and puts the copy to the test.
fn try_batch(automerge: &Automerge, batch: &[Ready]) -> Result<Automerge, Fault> {
    let attempt = AssertUnwindSafe(|| {
        // A clone: a fork would draw a new actor.
        let mut copy = automerge.clone();
        let before = copy.get_heads();
        let changes: Vec<Change> = batch
            .iter()
            .map(|ready| Change::try_from(ready.change.bytes()))
            .collect::<Result<_, _>>()
            .map_err(|_| Fault::NotApplied)?;
        copy.apply_changes(changes).map_err(|_| Fault::NotApplied)?;
        if !copy.get_missing_deps(&[]).is_empty() {
            return Err(Fault::NotApplied);
        }
        check_written_again(&copy.get_changes(&before), batch)?;
        check_loaded_again(&copy)?;
        reading::read(&copy);
        Ok(copy)
    });
    // Nothing of the attempt outlives a panic but the panic itself.
    catch_unwind(attempt).unwrap_or(Err(Fault::Panicked))
}

/// Automerge keeps no chunks: it writes changes anew from its columns. What it writes must be what
/// came, or the next machine gets something that nobody signed.
fn check_written_again(written: &[Change], batch: &[Ready]) -> Result<(), Fault> {
    let written: HashMap<[u8; 32], &[u8]> =
        written.iter().map(|change| (change.hash().0, change.raw_bytes())).collect();
    let same = |change: &RawChange| written.get(&change.hash().0) == Some(&change.bytes());
    let all = written.len() == batch.len() && batch.iter().all(|ready| same(&ready.change));
    if all { Ok(()) } else { Err(Fault::NotCanonical) }
}

/// What another program would find in a backup, and this one after its own.
#[expect(clippy::disallowed_methods, reason = "the library wrote these bytes itself")]
fn check_loaded_again(document: &Automerge) -> Result<(), Fault> {
    let loaded = Automerge::load(&document.save_nocompress()).map_err(|_| Fault::NotLoadable)?;
    if loaded.get_heads() == document.get_heads() { Ok(()) } else { Err(Fault::NotLoadable) }
}
