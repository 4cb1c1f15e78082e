//! Of which times of a promise somebody may say what became of it, and whom they have to thank.

use std::collections::BTreeSet;

use closeknit_ids::{MemberId, RecordId};

use crate::{
    Board, Known,
    expiry::over,
    record::{CommitmentRef, Mode, PostKind, PostRef, Record, Thanks, Verdict},
    slots::SlotId,
    state::{CommitmentState, CommitmentStatus, Void},
    time::Window,
};

/// A time of a promise of which somebody may say what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToTell {
    /// Which of several.
    pub slot: Option<SlotId>,
    /// When that was; nothing, if the post has no time.
    pub window: Option<Window>,
    /// It is over, somebody was to come, and nobody said yet whether they did.
    pub asked: bool,
}

/// The times of `promise` of which `viewer` may say what became of it: its helper and the post's author may,
/// from when it begins, where somebody was to come. Also of what was called off: help may have come all the
/// same.
#[must_use]
pub fn to_tell(known: &Known<'_>, board: &Board, promise: CommitmentRef, viewer: MemberId) -> Vec<ToTell> {
    let Some(state) = board.commitment(promise) else { return Vec::new() };
    let (Some(post), Some(stands)) = (known.post(state.counts_for), board.post(state.counts_for)) else {
        return Vec::new();
    };
    let of_the_two = viewer == promise.helper || viewer == state.counts_for.author;
    if !of_the_two || known.commitment(promise).is_none() {
        return Vec::new();
    }
    let begun = |window: &Window| window.begins() <= known.now;
    if state.slots.is_empty() {
        let window = post.when.first().cloned();
        if !had_to_come(post.mode, state, state.status) || !window.as_ref().is_none_or(begun) {
            return Vec::new();
        }
        let asked = waits(post.mode, state.status) && state.past;
        return vec![ToTell { slot: None, window, asked }];
    }
    let time = |&(slot, status): &(SlotId, CommitmentStatus)| {
        let window = stands.slots.iter().find(|time| time.slot == slot)?.window.clone();
        let asked = waits(post.mode, status) && over(window.ends(), known.now);
        let told = had_to_come(post.mode, state, status) && begun(&window);
        told.then_some(ToTell { slot: Some(slot), window: Some(window), asked })
    };
    state.slots.iter().filter_map(time).collect()
}

/// Somebody has a seat, and nobody said what became of it.
fn waits(mode: Mode, status: CommitmentStatus) -> bool {
    match status {
        CommitmentStatus::Going(_) => true,
        CommitmentStatus::Likely(_) => mode == Mode::TurnUp,
        _ => false,
    }
}

fn had_to_come(mode: Mode, state: &CommitmentState, status: CommitmentStatus) -> bool {
    match status {
        CommitmentStatus::Done(_) | CommitmentStatus::Partly(_) | CommitmentStatus::DidNotHappen => true,
        CommitmentStatus::Void(Void::CalledOff { .. }) => {
            state.verdict == Some(Verdict::Accept) || mode == Mode::TurnUp
        }
        status => waits(mode, status),
    }
}

/// Whom `viewer` has to thank for this post: who came to their need, or who had something for them.
#[must_use]
pub fn to_thank(board: &Board, post: PostRef, viewer: MemberId) -> BTreeSet<MemberId> {
    let whose = board.leader(post);
    let Some(state) = board.post(whose) else { return BTreeSet::new() };
    let came = |promise: &&CommitmentRef| {
        let status = board.commitment(**promise).map(|state| state.status);
        let slots = board.commitment(**promise).map_or(&[][..], |state| &state.slots);
        let mut statuses = slots.iter().map(|(_, status)| *status).chain(status);
        statuses.any(|status| matches!(status, CommitmentStatus::Done(_) | CommitmentStatus::Partly(_)))
    };
    let came = state.line.iter().filter(came).map(|promise| promise.helper);
    match state.kind {
        PostKind::Need if viewer == whose.author => came.collect(),
        PostKind::Offer => came.filter(|helper| *helper == viewer).map(|_| whose.author).collect(),
        PostKind::Need => BTreeSet::new(),
    }
}

/// Thanks that somebody else said to `viewer`: to them alone, or to all who helped.
#[derive(Debug, Clone, Copy)]
pub struct Thanked<'a> {
    /// Who says it.
    pub by: MemberId,
    /// Their record.
    pub id: RecordId,
    /// For which post, as its card is shown.
    pub post: PostRef,
    /// What they say.
    pub thanks: &'a Thanks,
}

/// All thanks to `viewer` for posts that are here, the oldest first by the clocks of those who said them.
#[must_use]
pub fn thanks_to<'a>(known: &Known<'a>, board: &Board, viewer: MemberId) -> Vec<Thanked<'a>> {
    let others = known.records().filter(|(by, ..)| *by != viewer);
    let thanks = others.filter_map(|(by, id, record)| match record {
        Record::Thanks(thanks) => Some(Thanked { by, id, post: board.leader(thanks.post?), thanks }),
        _ => None,
    });
    let mut mine: Vec<_> = thanks
        .filter(|Thanked { by, post, thanks, .. }| match thanks.to {
            Some(to) => to == viewer && board.post(*post).is_some(),
            None => to_thank(board, *post, *by).contains(&viewer),
        })
        .collect();
    mine.sort_by_key(|Thanked { by, id, thanks, .. }| (thanks.at, *by, *id));
    mine
}
