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
pub use post::{PostWords, post, slot};
pub use promise::{PromiseWords, promise};
pub use sentence::{Says, Sentence, Value, Word};

use std::borrow::Cow;

use closeknit_ids::MemberId;
use jiff::Timestamp;

use crate::{
    Board, Known,
    expiry::over,
    record::{CommitmentRef, Post, PostRef},
    slots::SlotId,
    state::{CommitmentState, CommitmentStatus, PostFlag, PostState, Void},
    time::Window,
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
    state: Cow<'a, PostState>,
    /// Only this of its times, as if it were a post of its own.
    slot: Option<SlotId>,
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
        let state = Cow::Borrowed(state);
        Some(Self { known, board, whose, post: record, state, slot: None, me, viewer })
    }

    /// Of one of its times only.
    fn at(mut self, slot: SlotId) -> Option<Self> {
        let time = self.state.slots.iter().find(|time| time.slot == slot)?.clone();
        let line: Vec<_> = time.line.iter().map(|(whose, _)| *whose).collect();
        if self.viewer != Viewer::Author {
            let own = time.line.iter().find(|(whose, status)| whose.helper == self.me && concerns(status));
            self.viewer = own.map_or(Viewer::Other, |(whose, _)| Viewer::Helper(*whose));
        }
        let flags =
            self.state.flags.iter().filter(|flag| flag.promise().is_some_and(|of| line.contains(&of)));
        let flags = flags.copied().collect();
        let state = PostState {
            status: time.status,
            amounts: time.amounts,
            line,
            flags,
            slots: Vec::new(),
            ..self.state.into_owned()
        };
        Some(Self { state: Cow::Owned(state), slot: Some(slot), ..self })
    }

    /// Whether this promise came to nothing and its post, which goes on, was asked for again since.
    fn asked_again(&self, own: CommitmentRef, state: &CommitmentState) -> bool {
        state.status == CommitmentStatus::DidNotHappen
            && self.state.status.is_live()
            && !self.state.flags.contains(&PostFlag::DidNotHappen(own))
    }

    /// How a promise stands, here.
    fn promise(&self, whose: CommitmentRef) -> Option<CommitmentState> {
        let mut state = self.board.commitment(whose)?.clone();
        if let Some(slot) = self.slot {
            state.slots.retain(|(at, _)| *at == slot);
            state.status = state.slots.first()?.1;
            let ends = self.post.when.slot(slot).map(|window| window.ends());
            state.past = state.status.is_live() && ends.is_some_and(|end| over(end, self.known.now));
        }
        Some(state)
    }

    /// The time that comes next: of those to which `like` applies, if the post has several.
    fn next_time(&self, like: impl Fn(SlotId) -> bool) -> Option<Window> {
        if let Some(slot) = self.slot {
            return self.post.when.slot(slot);
        }
        if !self.post.when.has_slots() {
            return self.post.when.first().cloned();
        }
        let mut times = self.state.slots.iter().filter(|time| time.window.ends() > self.known.now);
        times.find(|time| like(time.slot)).map(|time| time.window.clone())
    }

    /// When somebody has to be there next for this promise.
    fn next_start(&self, state: &CommitmentState) -> Option<Timestamp> {
        let live = |slot| {
            state.slots.iter().any(|(at, status)| *at == slot && status.order() == state.status.order())
        };
        self.next_time(live).map(|window| window.begins())
    }

    /// The promises of the line with their states.
    fn line(&self) -> impl Iterator<Item = (CommitmentRef, CommitmentState)> {
        self.state.line.iter().filter_map(|&whose| Some((whose, self.promise(whose)?)))
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
