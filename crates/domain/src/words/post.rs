use closeknit_ids::MemberId;

use super::{Sentence, View, Viewer, next, promise};
use crate::{
    Board, Known,
    record::{Mode, PostKind, PostRef},
    slots::SlotId,
    state::{CommitmentStatus, PostFlag, PostStatus},
};

/// What a post's card says to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostWords {
    /// What is so.
    pub headline: Sentence,
    /// What else they should know.
    pub notes: Vec<Sentence>,
    /// What happens next.
    pub next: Sentence,
}

/// What the card that shows `post` says to `viewer`. Nothing, if the post is not here.
#[must_use]
pub fn post(known: &Known<'_>, board: &Board, post: PostRef, viewer: MemberId) -> Option<PostWords> {
    let view = View::of(known, board, post, viewer)?;
    let mut notes: Vec<_> = view.state.flags.iter().filter_map(|flag| note(&view, flag)).collect();
    if !view.state.same.is_empty() {
        let authors = view.state.same.iter().map(|post| post.author).collect();
        notes.push(Sentence::NoteOneCard { authors });
    }
    if let Viewer::Helper(own) = view.viewer
        && board.commitment(own).is_some_and(|state| state.promised_twice)
    {
        notes.push(Sentence::NotePromisedTwice {});
    }
    Some(PostWords { headline: headline(&view), notes, next: next::for_post(&view) })
}

/// What one of a post's times says to `viewer`, as if it were a post of its own. Nothing, if it has no such
/// time.
#[must_use]
pub fn slot(
    known: &Known<'_>,
    board: &Board,
    post: PostRef,
    slot: SlotId,
    viewer: MemberId,
) -> Option<PostWords> {
    let view = View::of(known, board, post, viewer)?.at(slot)?;
    let notes = view.state.flags.iter().filter_map(|flag| note(&view, flag)).collect();
    Some(PostWords { headline: headline(&view), notes, next: next::for_post(&view) })
}

/// To a helper their own promise; to everybody else how the post stands.
fn headline(view: &View<'_>) -> Sentence {
    if let Viewer::Helper(own) = view.viewer
        && let Some(state) = view.promise(own)
        && !view.asked_again(own, &state)
    {
        return promise::to_helper(view, own, &state);
    }
    match view.state.status {
        PostStatus::Met { .. } if view.state.flags.iter().any(|f| matches!(f, PostFlag::HelpArrived(_))) => {
            let went =
                |s: &CommitmentStatus| matches!(s, CommitmentStatus::Done(_) | CommitmentStatus::Partly(_));
            Sentence::MetThoughCalledOff { helpers: view.helpers(went) }
        }
        PostStatus::Met { at } => Sentence::Met { on: at },
        PostStatus::PartlyMet { at } => Sentence::PartlyMet { on: at },
        PostStatus::Resting => Sentence::OfferResting {},
        PostStatus::NoLongerNeeded { at } => Sentence::CalledOff { on: at },
        PostStatus::Withdrawn { at } => Sentence::OfferWithdrawn { on: at },
        PostStatus::Expired { at } => Sentence::Expired { on: at },
        PostStatus::Duplicate { of } => Sentence::SameAsAnother { post: of },
        PostStatus::Asking => {
            let went =
                |s: &CommitmentStatus| matches!(s, CommitmentStatus::Going(_) | CommitmentStatus::Likely(_));
            Sentence::DidItHappen { helpers: view.helpers(went) }
        }
        _ if view.post.kind == PostKind::Offer => offer(view),
        _ => need(view),
    }
}

/// A live need.
fn need(view: &View<'_>) -> Sentence {
    let (amounts, author) = (view.state.amounts, view.whose.author);
    let wanted = amounts.wanted;
    if view.state.flags.contains(&PostFlag::TwoAccepted) {
        return Sentence::TooManyAccepted { helpers: view.going(), going: amounts.going, wanted };
    }
    if let Some(two) = view.state.flags.iter().find_map(|flag| two_claims(view, flag)) {
        return two;
    }
    if !view.state.slots.is_empty() {
        return times(view);
    }
    match view.state.status {
        PostStatus::Covered if amounts.spare > 0 => Sentence::CoveredSpare { spare: amounts.spare },
        PostStatus::Covered if amounts.likely == 0 => Sentence::Covered { helpers: view.going() },
        PostStatus::Covered => {
            let mut helpers = view.going();
            helpers.extend(view.likely());
            Sentence::CoveredLikely { helpers }
        }
        PostStatus::PartlyCovered => Sentence::PartlyCovered { covered: amounts.covered(), wanted },
        _ if amounts.offered > 0 => Sentence::CameForward { helpers: view.came_forward(), author },
        _ => Sentence::NeedOpen { wanted },
    }
}

/// A live need with several times.
fn times(view: &View<'_>) -> Sentence {
    let (covered, times) = view.state.times();
    match view.state.status {
        PostStatus::Covered => Sentence::TimesCovered { times },
        PostStatus::PartlyCovered => Sentence::TimesPartlyCovered { covered, times },
        _ if view.state.amounts.offered > 0 => {
            Sentence::CameForward { helpers: view.came_forward(), author: view.whose.author }
        }
        _ => Sentence::TimesOpen { times },
    }
}

/// Two claims of one seat made apart, as far as this may be said: going only with an accept.
fn two_claims(view: &View<'_>, flag: &PostFlag) -> Option<Sentence> {
    let &PostFlag::TwoClaims { first, backup } = flag else { return None };
    let status = view.board.commitment(first)?.status;
    let (first, backup) = (first.helper, backup.helper);
    match status {
        CommitmentStatus::Going(_) => Some(Sentence::TwoCameForward { first, backup }),
        CommitmentStatus::Likely(_) => Some(Sentence::TwoCameForwardLikely { first, backup }),
        CommitmentStatus::Offered(_) => {
            Some(Sentence::TwoCameForwardChoose { first, backup, author: view.whose.author })
        }
        _ => None,
    }
}

/// A live offer.
fn offer(view: &View<'_>) -> Sentence {
    let amounts = view.state.amounts;
    let left = amounts.wanted.saturating_sub(amounts.covered());
    if view.state.flags.contains(&PostFlag::TwoAccepted) {
        return Sentence::TooManyAccepted {
            helpers: view.going(),
            going: amounts.going,
            wanted: amounts.wanted,
        };
    }
    if view.post.when.has_slots() && !view.state.slots.is_empty() {
        let (taken, times) = view.state.times();
        return Sentence::OfferTimes { left: times.saturating_sub(taken), times };
    }
    match view.state.status {
        PostStatus::TakenUp if view.post.is_weekly() => Sentence::OfferTakenThisWeek {},
        PostStatus::TakenUp => {
            let mut helpers = view.going();
            helpers.extend(view.likely());
            Sentence::OfferTakenUp { helpers }
        }
        PostStatus::PartlyTaken if view.post.is_weekly() => {
            Sentence::OfferLeftThisWeek { left, wanted: amounts.wanted }
        }
        PostStatus::PartlyTaken => Sentence::OfferPartlyTaken { left, wanted: amounts.wanted },
        _ if amounts.offered > 0 && view.state.mode == Mode::Choose => {
            Sentence::OfferAskedFor { helpers: view.came_forward(), author: view.whose.author }
        }
        _ if view.post.is_weekly() => Sentence::OfferEachWeek { left },
        _ => Sentence::OfferAvailable { left },
    }
}

/// A flag in words, for those whom it concerns.
fn note(view: &View<'_>, flag: &PostFlag) -> Option<Sentence> {
    let author = view.viewer == Viewer::Author;
    match *flag {
        PostFlag::TakenBack(whose) if view.me != whose.helper => {
            Some(Sentence::NoteTakenBack { helper: whose.helper })
        }
        PostFlag::FormerMember(_) => Some(Sentence::FormerMemberWasGoing {}),
        PostFlag::BackupFirst(whose) if author => Some(Sentence::NoteBackupFirst { helper: whose.helper }),
        PostFlag::CheckAgain(whose) if view.viewer != Viewer::Helper(whose) => {
            Some(Sentence::NoteCheckAgain { helper: whose.helper })
        }
        PostFlag::OfferedInTime(whose) if author => {
            Some(Sentence::NoteOfferedInTime { helper: whose.helper })
        }
        PostFlag::AnsweredTwice(whose) if author => {
            let helper = whose.helper;
            let verdict = view.board.commitment(whose).and_then(|state| state.verdict);
            Some(if verdict == Some(crate::Verdict::Accept) {
                Sentence::NoteAnsweredTwice { helper }
            } else {
                Sentence::NoteAnsweredTwiceNoYes { helper }
            })
        }
        PostFlag::SaidDifferently(whose) if author => {
            Some(Sentence::NoteSaidDifferently { other: whose.helper })
        }
        PostFlag::SaidDifferently(whose) if view.me == whose.helper => {
            Some(Sentence::NoteSaidDifferently { other: view.whose.author })
        }
        PostFlag::DidNotHappen(whose) if author => Some(Sentence::NoteDidNotHappen { helper: whose.helper }),
        PostFlag::StillNeeded if author => Some(match (view.post.kind, view.state.expires) {
            (_, None) => Sentence::NoteReview {},
            (PostKind::Need, Some(on)) => Sentence::NoteStillNeeded { on },
            (PostKind::Offer, Some(on)) => Sentence::NoteStillOnOffer { on },
        }),
        _ => None,
    }
}
