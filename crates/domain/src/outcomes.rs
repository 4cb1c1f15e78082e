//! What became of a promise, as those say who were there (mutual-aid, *Did not happen*).
//!
//! The author's word counts before the helper's: it was their need. A helper's own word counts where the
//! author said nothing, and that they came only where they were to come. Of several words by one side,
//! from several own machines, that it happened counts first.

use closeknit_ids::MemberId;
use jiff::Timestamp;

use crate::{
    record::{How, Outcome},
    slots::SlotId,
};

/// An outcome and who wrote it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) by: MemberId,
    pub(crate) outcome: &'a Outcome,
}

/// What was said in all.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said {
    /// What counts.
    pub(crate) how: Option<How>,
    /// When it was said first.
    pub(crate) at: Option<Timestamp>,
    /// The two sides say different things.
    pub(crate) differ: bool,
}

impl Said {
    /// Of what was told about one promise at one time; `expected`: its helper was to come.
    pub(crate) fn of<'a>(
        told: impl Iterator<Item = &'a Told<'a>>,
        helper: MemberId,
        is_author: impl Fn(MemberId) -> bool,
        expected: bool,
    ) -> Self {
        let (mut author, mut own) = (None, None);
        for told in told {
            let word = Some((told.outcome.how, told.outcome.at));
            if is_author(told.by) {
                author = first(author, word);
            } else if told.by == helper && (expected || told.outcome.how == How::DidNot) {
                own = first(own, word);
            }
        }
        let counts = author.or(own);
        let differ = matches!((author, own), (Some((one, _)), Some((other, _))) if one != other);
        Self { how: counts.map(|(how, _)| how), at: counts.map(|(_, at)| at), differ }
    }
}

type Word = Option<(How, Timestamp)>;

fn first(one: Word, other: Word) -> Word {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Whether what was told about `told` is meant for `slot`. `only` is the one time that the promise is for,
/// if it is for one: then it need not be named.
pub(crate) fn meant(told: Option<SlotId>, slot: Option<SlotId>, only: Option<SlotId>) -> bool {
    match (told, slot) {
        (Some(told), Some(slot)) => told == slot,
        (None, Some(slot)) => only == Some(slot),
        (None, None) => true,
        (Some(told), None) => only.is_none_or(|only| only == told),
    }
}
