//! What the author's machine does by itself (mutual-aid, *Modes*: first to offer).

use closeknit_ids::{MemberId, RecordId};

use crate::{
    board::Board,
    record::{CommitmentRef, Mode},
    state::CommitmentStatus,
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
/// whoever has a seat on a live post and no answer yet. Nothing once the post's time is over: then a
/// person is asked.
#[must_use]
pub fn to_accept(board: &Board, author: MemberId) -> Vec<Accept> {
    let mut accepts = Vec::new();
    for (post, state) in board.posts_of(author) {
        if state.mode != Mode::First || !state.status.is_live() {
            continue;
        }
        let mut free = state.amounts.wanted.saturating_sub(state.amounts.going);
        for &commitment in &state.line {
            let Some(promise) = board.commitment(commitment) else { continue };
            let CommitmentStatus::Likely(seat) = promise.status else { continue };
            if free > 0 && !promise.past {
                // A yes is to the whole promise, also where only a part has a seat.
                free = free.saturating_sub(u32::from(seat.taken) + u32::from(seat.spare));
                accepts.push(Accept { post: post.id, commitment });
            }
        }
    }
    accepts
}
