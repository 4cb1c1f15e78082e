//! What somebody should know about a post beyond how it stands: the rows of the table in
//! mutual-aid, *States*, that concern promises and answers.

use crate::{
    fold::Card,
    known::Answered,
    order::concurrent,
    pool::{Pool, Rank, Weighed, ended, past},
    record::{Closed, CommitmentRef, PostKind, Verdict},
    state::{CommitmentStatus, PostFlag},
};

/// The flags of a post at one of its times, given its promises in line.
pub(crate) fn flags(card: &Card<'_>, pool: &Pool<'_>, freed: bool) -> Vec<PostFlag> {
    let Pool { line, status, amounts, ends, .. } = pool;
    let mut flags = Vec::new();
    let about_outcome = |promise: &Weighed<'_>| {
        let whose = promise.whose();
        [
            promise.said.differ.then_some(PostFlag::SaidDifferently(whose)),
            (promise.status == CommitmentStatus::DidNotHappen && !asked_again(card, promise))
                .then_some(PostFlag::DidNotHappen(whose)),
        ]
    };
    flags.extend(line.iter().flat_map(about_outcome).flatten());
    if ended(status) {
        flags.extend(help_arrived(card, line));
        return flags;
    }
    if status.is_live() {
        flags.extend(two_claims(card, line));
        if amounts.going > amounts.wanted {
            flags.push(PostFlag::TwoAccepted);
        }
    }
    let past = past(card, ends);
    flags.extend(line.iter().filter_map(|promise| about(promise, past)));
    let former = |(whose, answered): &(CommitmentRef, Answered)| {
        (answered.verdict == Some(Verdict::Accept)).then_some(PostFlag::FormerMember(*whose))
    };
    flags.extend(card.former.iter().filter_map(former));
    if freed && status.is_live() && amounts.going < amounts.wanted {
        let next = line.iter().find(|promise| matches!(promise.rank, Rank::BackupFirst | Rank::Waiting));
        flags.extend(next.map(|promise| PostFlag::BackupFirst(promise.whose())));
    }
    let asked = status.wants_more()
        || status.is_live() && ends.expires.is_none() && card.post.kind == PostKind::Offer;
    if asked && !card.has_times && ends.ask.is_some_and(|ask| card.known.now >= ask) {
        flags.push(PostFlag::StillNeeded);
    }
    flags
}

/// Whether the author asked again after it did not happen: for another time or place, or as it was.
fn asked_again(card: &Card<'_>, promise: &Weighed<'_>) -> bool {
    let said = promise.said.at;
    !promise.fits || card.post.reviewed.is_some_and(|again| said.is_some_and(|said| again > said))
}

/// Who came though it was called off.
fn help_arrived(card: &Card<'_>, line: &[Weighed<'_>]) -> Vec<PostFlag> {
    let ended = card.index.ended.get(&card.leader);
    if card.has_times || ended.is_none_or(|ended| ended.how != Closed::NotNeeded) {
        return Vec::new();
    }
    line.iter()
        .filter(|promise| promise.done())
        .map(|promise| PostFlag::HelpArrived(promise.whose()))
        .collect()
}

/// The first with a seat and the first without, if neither knew of the other when promising.
fn two_claims(card: &Card<'_>, line: &[Weighed<'_>]) -> Option<PostFlag> {
    let mut in_line = line.iter().filter(|promise| promise.rank <= Rank::Waiting);
    let first = in_line.clone().find(|promise| promise.seat.taken > 0)?.whose();
    let backup = in_line.find(|promise| promise.seat.taken == 0)?.whose();
    let claims: Vec<_> = card.in_order.iter().map(|(claim, ..)| claim.in_order()).collect();
    let position = |whose| card.in_order.iter().position(|(claim, ..)| claim.whose == whose);
    concurrent(&claims, position(first)?, position(backup)?).then_some(PostFlag::TwoClaims { first, backup })
}

/// What there is to say about one promise.
fn about(promise: &Weighed<'_>, past: bool) -> Option<PostFlag> {
    let whose = promise.whose();
    match promise.status {
        CommitmentStatus::Withdrawn { .. } if promise.accepted() => Some(PostFlag::TakenBack(whose)),
        CommitmentStatus::Withdrawn { .. } | CommitmentStatus::Void(_) => None,
        CommitmentStatus::Done(_) | CommitmentStatus::Partly(_) | CommitmentStatus::DidNotHappen => None,
        _ if promise.answered.twice => Some(PostFlag::AnsweredTwice(whose)),
        CommitmentStatus::CheckAgain => Some(PostFlag::CheckAgain(whose)),
        CommitmentStatus::Offered(_) | CommitmentStatus::Likely(_) if past => {
            Some(PostFlag::OfferedInTime(whose))
        }
        _ => None,
    }
}
