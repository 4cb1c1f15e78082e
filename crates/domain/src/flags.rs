//! What somebody should know about a post beyond how it stands: the rows of the table in
//! mutual-aid, *States*, that concern promises and answers.

use crate::{
    expiry::Ends,
    fold::{Card, Rank, Weighed, ended},
    order::concurrent,
    record::{CommitmentRef, PostKind, Verdict},
    state::{Amounts, CommitmentStatus, PostFlag, PostStatus},
};

/// The flags of a post, given its promises in line.
pub(crate) fn flags(
    card: &Card<'_>,
    line: &[Weighed<'_>],
    status: &PostStatus,
    amounts: &Amounts,
    ends: &Ends,
    freed: bool,
) -> Vec<PostFlag> {
    let mut flags = Vec::new();
    if ended(status) {
        return flags;
    }
    if status.is_live() {
        flags.extend(two_claims(card, line));
        if amounts.going > amounts.wanted {
            flags.push(PostFlag::TwoAccepted);
        }
    }
    let past = card.past(ends);
    flags.extend(line.iter().filter_map(|promise| about(promise, past)));
    let former = |(whose, answered): &(CommitmentRef, crate::known::Answered)| {
        (answered.verdict == Some(Verdict::Accept)).then_some(PostFlag::FormerMember(*whose))
    };
    flags.extend(card.former.iter().filter_map(former));
    if freed && status.is_live() && amounts.going < amounts.wanted {
        let next = line.iter().find(|promise| matches!(promise.rank, Rank::BackupFirst | Rank::Waiting));
        flags.extend(next.map(|promise| PostFlag::BackupFirst(promise.whose())));
    }
    let asked = status.wants_more()
        || status.is_live() && ends.expires.is_none() && card.post.kind == PostKind::Offer;
    if asked && ends.ask.is_some_and(|ask| card.known.now >= ask) {
        flags.push(PostFlag::StillNeeded);
    }
    flags
}

/// The first with a seat and the first without, if neither knew of the other when promising.
fn two_claims(card: &Card<'_>, line: &[Weighed<'_>]) -> Option<PostFlag> {
    let mut in_line = line.iter().filter(|promise| promise.rank <= Rank::Waiting);
    let first = in_line.clone().find(|promise| promise.seat.taken > 0)?.whose();
    let backup = in_line.find(|promise| promise.seat.taken == 0)?.whose();
    let claims: Vec<_> = card.claims.iter().map(crate::fold::Claimed::in_order).collect();
    let position = |whose| card.claims.iter().position(|claim| claim.whose == whose);
    concurrent(&claims, position(first)?, position(backup)?).then_some(PostFlag::TwoClaims { first, backup })
}

/// What there is to say about one promise.
fn about(promise: &Weighed<'_>, past: bool) -> Option<PostFlag> {
    let whose = promise.whose();
    match promise.status {
        CommitmentStatus::Withdrawn { .. } if promise.accepted() => Some(PostFlag::TakenBack(whose)),
        CommitmentStatus::Withdrawn { .. } | CommitmentStatus::Void(_) => None,
        _ if promise.answered.twice => Some(PostFlag::AnsweredTwice(whose)),
        CommitmentStatus::CheckAgain => Some(PostFlag::CheckAgain(whose)),
        CommitmentStatus::Offered(_) | CommitmentStatus::Likely(_) if past => {
            Some(PostFlag::OfferedInTime(whose))
        }
        _ => None,
    }
}
