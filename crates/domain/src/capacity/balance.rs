use std::collections::BTreeMap;

use closeknit_ids::MemberId;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Board, Known,
    record::{CommitmentRef, How, Outcome, PostKind, Record},
    slots::SlotId,
    state::{CommitmentState, CommitmentStatus, PostStatus},
    words::Carrying,
};

/// What of the past is looked at.
const LATELY: SignedDuration = SignedDuration::from_hours(4 * 7 * 24);

/// How often somebody helped and was helped in the last four weeks, for their own eyes: computed where it
/// is shown, and never written down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// They went to help, or gave something.
    pub helped: u32,
    /// Somebody came to help them, or gave them something.
    pub was_helped: u32,
}

impl Balance {
    /// Of what happened. A need for somebody else is no help to its author.
    #[must_use]
    pub fn of(known: &Known<'_>, board: &Board, member: MemberId) -> Self {
        let (told, mut balance) = (told(known, board), Self::default());
        for (promise, state) in board.commitments() {
            let Some(post) = board.post(state.counts_for) else { continue };
            let author = state.counts_for.author;
            let (giver, receiver) = match post.kind {
                PostKind::Need => (promise.helper, author),
                PostKind::Offer => (author, promise.helper),
            };
            let for_other = known.post(state.counts_for).is_none_or(|post| post.proxy.is_some());
            if giver == member {
                balance.helped = balance.helped.saturating_add(happened(known, board, &told, promise, state));
            } else if receiver == member && !for_other {
                balance.was_helped =
                    balance.was_helped.saturating_add(happened(known, board, &told, promise, state));
            }
        }
        balance
    }

    /// In words, without a sum of the two.
    #[must_use]
    pub const fn says(&self) -> Carrying {
        match *self {
            Self { helped: 0, was_helped: 0 } => Carrying::BalanceNone {},
            Self { helped, was_helped: 0 } => Carrying::BalanceHelped { helped },
            Self { helped: 0, was_helped } => Carrying::BalanceWasHelped { was_helped },
            Self { helped, was_helped } => Carrying::Balance { helped, was_helped },
        }
    }
}

/// What the two of each promise said of its times. Of a regular's the board shows no more than a week back.
type Told = BTreeMap<CommitmentRef, BTreeMap<SlotId, bool>>;

fn told(known: &Known<'_>, board: &Board) -> Told {
    let mut told = Told::new();
    for (member, _, record) in known.records() {
        let Record::Outcome(Outcome { commitment, slot: Some(slot), how, .. }) = record else { continue };
        let author = board.commitment(*commitment).map(|state| state.counts_for.author);
        if member == commitment.helper || Some(member) == author {
            let happened = told.entry(*commitment).or_default().entry(*slot).or_insert(true);
            *happened &= *how != How::DidNot;
        }
    }
    told
}

/// How often lately a promise came to something: once, or at each of its times.
fn happened(
    known: &Known<'_>,
    board: &Board,
    told: &Told,
    promise: CommitmentRef,
    state: &CommitmentState,
) -> u32 {
    let done = |status| matches!(status, CommitmentStatus::Done(_) | CommitmentStatus::Partly(_));
    let since = known.now.saturating_sub(LATELY).unwrap_or(Timestamp::MIN);
    let lately = |at: Timestamp| at > since && at <= known.now;
    let (Some(post), Some(stands)) = (known.post(state.counts_for), board.post(state.counts_for)) else {
        return 0;
    };
    if stands.slots.is_empty() {
        let ends = post.when.ends().filter(|end| *end <= known.now);
        let met = match stands.status {
            PostStatus::Met { at } | PostStatus::PartlyMet { at } => Some(at),
            _ => None,
        };
        // Of what is over before its time, when that was said.
        let at = ends.or(met).or_else(|| known.commitment(promise).map(|promise| promise.made));
        return u32::from(done(state.status) && at.is_some_and(lately));
    }
    let shown = |slot: SlotId| stands.slots.iter().find(|time| time.slot == slot).map(|time| &time.window);
    let mut times: BTreeMap<SlotId, bool> = told.get(&promise).cloned().unwrap_or_default();
    times.extend(state.slots.iter().map(|(slot, status)| (*slot, done(*status))));
    let end = |slot| shown(slot).cloned().or_else(|| post.when.slot(slot)).map(|window| window.ends());
    let count =
        times.into_iter().filter(|(slot, happened)| *happened && end(*slot).is_some_and(lately)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
