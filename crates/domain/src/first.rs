//! What the author's machine does by itself (mutual-aid, *Modes*: first to offer).

use std::collections::BTreeMap;

use closeknit_ids::{MemberId, RecordId};

use crate::{
    board::Board,
    known::Known,
    record::{CommitmentRef, Mode, Part},
    seats::Seat,
    slots::SlotId,
    state::{Amounts, CommitmentState, CommitmentStatus, PostState, Void},
};

/// A promise to be accepted, in the author's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Accept {
    /// Which of the author's posts.
    pub post: RecordId,
    /// Which promise.
    pub commitment: CommitmentRef,
}

/// The promises that the machine of `author` now accepts without asking: in mode *first to offer*,
/// whoever has a seat on a live post, at each of the times that they promised, and no answer yet. Nothing
/// once the time is over: then a person is asked.
#[must_use]
pub fn to_accept(known: &Known<'_>, board: &Board, author: MemberId) -> Vec<Accept> {
    let mut accepts = Vec::new();
    for (post, state) in board.posts_of(author) {
        if state.mode != Mode::First || !state.status.is_live() {
            continue;
        }
        let mut free = free(state);
        for &commitment in &state.line {
            let Some(promise) = board.commitment(commitment) else { continue };
            let named = known.commitment(commitment).is_some_and(|it| matches!(it.part, Part::Slots(_)));
            let Some(seats) = likely(promise, named) else { continue };
            if !promise.past && seats.iter().all(|(slot, _)| free.get(slot).is_some_and(|free| *free > 0)) {
                // A yes is to the whole promise, also where only a part has a seat.
                for (slot, seat) in seats {
                    let promised = u32::from(seat.taken).saturating_add(seat.spare.into());
                    free.entry(slot).and_modify(|free| *free = free.saturating_sub(promised));
                }
                accepts.push(Accept { post: post.id, commitment });
            }
        }
    }
    accepts
}

/// The seats that nobody was accepted for, at each time.
fn free(state: &PostState) -> BTreeMap<Option<SlotId>, u32> {
    let left = |amounts: &Amounts| amounts.wanted.saturating_sub(amounts.going).saturating_sub(amounts.done);
    let whole = [(None, left(&state.amounts))].into_iter().filter(|_| state.slots.is_empty());
    whole.chain(state.slots.iter().map(|slot| (Some(slot.slot), left(&slot.amounts)))).collect()
}

/// The seats of a promise that has one, without an answer, wherever it may still get one.
fn likely(promise: &CommitmentState, named: bool) -> Option<Vec<(Option<SlotId>, Seat)>> {
    let likely = |status: CommitmentStatus| match status {
        CommitmentStatus::Likely(seat) => Some(seat),
        _ => None,
    };
    if promise.slots.is_empty() {
        return Some(vec![(None, likely(promise.status)?)]);
    }
    likely(promise.status)?;
    // Where their other promise counts, a yes to this one would change that: the helper keeps one first.
    // A yes to a time that is over, and that they named, is a person's to give.
    let in_play = |status: CommitmentStatus| match status {
        CommitmentStatus::Void(Void::Twice { .. }) => true,
        CommitmentStatus::Void(Void::Expired { .. }) => named,
        status => status.is_live(),
    };
    let live = promise.slots.iter().filter(|(_, status)| in_play(*status));
    live.map(|(slot, status)| Some((Some(*slot), likely(*status)?))).collect()
}
