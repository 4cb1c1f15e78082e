//! What the screen may say. Sentences are chosen here, once, for whoever looks; ui and command line
//! only put them into a language, by the id of a Fluent message and its values.
//!
//! Three rules hold for all of them: *you are going* needs an accept; nothing is silently dropped,
//! so every promise has a sentence, and one that came to nothing says why; and what happens next is
//! always said.

mod because;
mod carrying;
mod next;
mod on_rota;
mod post;
mod promise;
mod sentence;

pub use because::{About, Because, because};
pub use carrying::Carrying;
pub use on_rota::OnRota;
pub use post::{PostWords, post};
pub use promise::{PromiseWords, promise};
pub use sentence::{Sentence, Value, Word};

use closeknit_ids::MemberId;

use crate::{
    Board, Known,
    record::{CommitmentRef, Post, PostRef},
    state::{CommitmentState, CommitmentStatus, PostState, Void},
};

/// Who looks at a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Viewer {
    Author,
    /// With the promise that concerns them most.
    Helper(CommitmentRef),
    Other,
}

/// A post, how it stands, and who looks at it.
struct View<'a> {
    known: &'a Known<'a>,
    board: &'a Board,
    whose: PostRef,
    post: &'a Post,
    state: &'a PostState,
    me: MemberId,
    viewer: Viewer,
}

impl<'a> View<'a> {
    /// Of the card that shows `post`.
    fn of(known: &'a Known<'a>, board: &'a Board, post: PostRef, me: MemberId) -> Option<Self> {
        let whose = board.leader(post);
        let (record, state) = (known.post(whose)?, board.post(whose)?);
        let viewer = if me == whose.author {
            Viewer::Author
        } else {
            // In the line those who have or may get a seat come first.
            let concerns = |promise: &&CommitmentRef| {
                promise.helper == me
                    && board.commitment(**promise).is_some_and(|state| concerns(&state.status))
            };
            state.line.iter().find(concerns).map_or(Viewer::Other, |promise| Viewer::Helper(*promise))
        };
        Some(Self { known, board, whose, post: record, state, me, viewer })
    }

    /// The promises of the line with their states.
    fn line(&self) -> impl Iterator<Item = (CommitmentRef, &'a CommitmentState)> {
        self.state.line.iter().filter_map(|&whose| Some((whose, self.board.commitment(whose)?)))
    }

    /// The helpers whose promises stand like this, in the order of the line.
    fn helpers(&self, like: impl Fn(&CommitmentStatus) -> bool) -> Vec<MemberId> {
        self.line().filter(|(_, state)| like(&state.status)).map(|(whose, _)| whose.helper).collect()
    }

    fn going(&self) -> Vec<MemberId> {
        self.helpers(|status| matches!(status, CommitmentStatus::Going(_)))
    }

    fn likely(&self) -> Vec<MemberId> {
        self.helpers(|status| matches!(status, CommitmentStatus::Likely(_)))
    }

    fn offered(&self) -> Vec<MemberId> {
        self.helpers(|status| matches!(status, CommitmentStatus::Offered(_)))
    }

    /// Everybody whom the author may choose among: in line and not answered.
    fn came_forward(&self) -> Vec<MemberId> {
        let waits = |state: &CommitmentState| match state.status {
            CommitmentStatus::Offered(_) => true,
            CommitmentStatus::StandingBy => state.verdict.is_none(),
            _ => false,
        };
        self.line().filter(|(_, state)| waits(state)).map(|(whose, _)| whose.helper).collect()
    }
}

/// Whether a promise makes its writer a helper of the post: not once it was theirs to end.
const fn concerns(status: &CommitmentStatus) -> bool {
    !matches!(
        status,
        CommitmentStatus::Void(Void::Replaced { .. } | Void::Twice { .. })
            | CommitmentStatus::Withdrawn { .. }
            | CommitmentStatus::Declined
            | CommitmentStatus::FormerMember
    )
}
