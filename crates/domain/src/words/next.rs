//! What happens next: one sentence, always.

use closeknit_ids::MemberId;

use super::{Sentence, View, Viewer};
use crate::{
    record::{CommitmentRef, Mode, PostKind},
    state::{CommitmentState, CommitmentStatus, PostFlag, PostStatus, Void},
};

/// For whoever looks at the card of a post.
pub(super) fn for_post(view: &View<'_>) -> Sentence {
    match view.viewer {
        Viewer::Author => for_author(view),
        Viewer::Helper(own) => match view.promise(own) {
            Some(state) if !view.asked_again(own, &state) => for_helper(view, &state),
            _ => for_others(view),
        },
        Viewer::Other => for_others(view),
    }
}

/// For whoever looks at one promise.
pub(super) fn for_promise(view: &View<'_>, promise: CommitmentRef, state: &CommitmentState) -> Sentence {
    match view.viewer {
        Viewer::Helper(own) if own == promise => for_helper(view, state),
        Viewer::Author => about_promise(view, promise, state),
        _ => Sentence::NextNothing {},
    }
}

/// For the author, about one promise.
fn about_promise(view: &View<'_>, promise: CommitmentRef, state: &CommitmentState) -> Sentence {
    let helper = promise.helper;
    let flagged = |flag| view.state.flags.contains(&flag);
    match state.status {
        _ if flagged(PostFlag::HelpArrived(promise)) => Sentence::NextThank { helper },
        _ if flagged(PostFlag::AnsweredTwice(promise)) => Sentence::NextKeepAnswer { helper },
        _ if flagged(PostFlag::OfferedInTime(promise)) => Sentence::NextStillUseful { helper },
        _ if flagged(PostFlag::BackupFirst(promise)) => Sentence::NextAskBackup { helper },
        CommitmentStatus::Offered(_) => Sentence::NextAnswer { helper },
        CommitmentStatus::Likely(_) if view.post.mode == Mode::First => Sentence::NextAcceptsByItself {},
        CommitmentStatus::Going(_) if state.past => Sentence::NextSayIfItHappened {},
        CommitmentStatus::CheckAgain => Sentence::NextWaitForYes { helpers: vec![helper] },
        CommitmentStatus::DidNotHappen => Sentence::NextDidNotHappen { helper },
        CommitmentStatus::FormerMember if flagged(PostFlag::FormerMember(promise)) => {
            Sentence::NextAskAgain {}
        }
        _ => Sentence::NextNothing {},
    }
}

/// For the author: first what waits for them, the most urgent first, then what they may wait for.
fn for_author(view: &View<'_>) -> Sentence {
    let flags = &view.state.flags;
    let first = |pick: fn(&PostFlag) -> Option<CommitmentRef>| flags.iter().find_map(pick).map(|c| c.helper);
    let has = |flag| flags.contains(&flag);
    if let Some(helper) = first(|f| if let PostFlag::HelpArrived(c) = f { Some(*c) } else { None }) {
        Sentence::NextThank { helper }
    } else if let Some(helper) = first(|f| if let PostFlag::AnsweredTwice(c) = f { Some(*c) } else { None }) {
        Sentence::NextKeepAnswer { helper }
    } else if has(PostFlag::TwoAccepted) {
        Sentence::NextKeepBoth { helpers: view.going() }
    } else if let Some(helper) = first(|f| if let PostFlag::OfferedInTime(c) = f { Some(*c) } else { None }) {
        Sentence::NextStillUseful { helper }
    } else if view.line().any(|(_, state)| state.past && matches!(state.status, CommitmentStatus::Going(_))) {
        Sentence::NextSayIfItHappened {}
    } else if let Some(helper) = first(|f| if let PostFlag::BackupFirst(c) = f { Some(*c) } else { None }) {
        Sentence::NextAskBackup { helper }
    } else if let Some(helper) = did_not_happen(view) {
        Sentence::NextDidNotHappen { helper }
    } else if view.state.status.wants_more() && flags.iter().any(|f| matches!(f, PostFlag::FormerMember(_))) {
        Sentence::NextAskAgain {}
    } else if view.state.status.is_live() && view.state.amounts.offered > 0 {
        Sentence::NextChoose { helpers: view.came_forward() }
    } else if has(PostFlag::StillNeeded) {
        match view.post.kind {
            PostKind::Need => Sentence::NextStillNeeded {},
            PostKind::Offer => Sentence::NextStillOnOffer {},
        }
    } else {
        author_waits(view)
    }
}

/// Whoever did not come, while it is still wanted.
fn did_not_happen(view: &View<'_>) -> Option<MemberId> {
    let wanted = view.state.status.wants_more() || matches!(view.state.status, PostStatus::Expired { .. });
    let mut flags = view.state.flags.iter().filter(|_| wanted);
    flags.find_map(|flag| if let PostFlag::DidNotHappen(whose) = flag { Some(whose.helper) } else { None })
}

fn author_waits(view: &View<'_>) -> Sentence {
    let checking = view.helpers(|status| matches!(status, CommitmentStatus::CheckAgain));
    match view.state.status {
        PostStatus::Asking => Sentence::NextSayIfItHappened {},
        PostStatus::Expired { .. } => Sentence::NextRenew {},
        PostStatus::Duplicate { of } => Sentence::NextLookThere { post: of },
        _ if !view.state.status.is_live() => Sentence::NextNothing {},
        _ if view.post.mode == Mode::First && view.state.amounts.likely > 0 => {
            Sentence::NextAcceptsByItself {}
        }
        _ if view.state.status.wants_more() && !checking.is_empty() => {
            Sentence::NextWaitForYes { helpers: checking }
        }
        _ if view.state.status.wants_more() => Sentence::NextWaitForNeighbours {},
        _ => until_start(view),
    }
}

/// For the one who made this promise.
fn for_helper(view: &View<'_>, state: &CommitmentState) -> Sentence {
    let author = view.whose.author;
    let offer = view.post.kind == PostKind::Offer;
    match state.status {
        _ if state.promised_twice => Sentence::NextKeepOne {},
        CommitmentStatus::CheckAgain => Sentence::NextSayYesAgain {},
        status if state.past && status.is_live() => Sentence::NextAuthorSays { author },
        CommitmentStatus::Offered(_) => Sentence::NextWaitForAnswer { author },
        CommitmentStatus::Likely(_) if view.post.mode != Mode::TurnUp => {
            Sentence::NextWaitForAnswer { author }
        }
        CommitmentStatus::Likely(_) | CommitmentStatus::Going(_) => match view.next_start(state) {
            Some(start) if start > view.known.now => Sentence::NextGoAt { start },
            _ if offer => Sentence::NextArrange { author },
            _ => Sentence::NextGo {},
        },
        CommitmentStatus::StandingBy => Sentence::NextStandBy {},
        CommitmentStatus::Void(Void::Twice { .. }) => Sentence::NextKeepOne {},
        CommitmentStatus::Void(Void::Duplicate { of }) => Sentence::NextLookThere { post: of },
        _ => Sentence::NextNothing {},
    }
}

fn for_others(view: &View<'_>) -> Sentence {
    let offer = view.post.kind == PostKind::Offer;
    match view.state.status {
        PostStatus::Asking => Sentence::NextAuthorSays { author: view.whose.author },
        PostStatus::Duplicate { of } => Sentence::NextLookThere { post: of },
        status if status.wants_more() && offer => Sentence::NextAskForIt {},
        status if status.wants_more() => Sentence::NextOfferHelp {},
        status if status.is_live() && offer => Sentence::NextAskToBeNext {},
        status if status.is_live() => Sentence::NextOfferBackup {},
        _ => Sentence::NextNothing {},
    }
}

fn until_start(view: &View<'_>) -> Sentence {
    match view.next_time(|_| true).map(|window| window.begins()) {
        Some(start) if start > view.known.now => Sentence::NextNothingUntil { start },
        _ => Sentence::NextNothing {},
    }
}
