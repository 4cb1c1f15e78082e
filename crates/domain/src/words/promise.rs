use std::collections::BTreeSet;

use closeknit_ids::MemberId;

use super::{Sentence, View, Viewer, next};
use crate::{
    Board, Known,
    record::{Amount, CommitmentRef, Mode, Part, Post, PostKind, Unit, Verdict},
    seats::Seat,
    state::{CommitmentState, CommitmentStatus, PostFlag, Void},
};

/// What a promise says to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseWords {
    /// What is so.
    pub says: Sentence,
    /// What else they should know.
    pub notes: Vec<Sentence>,
    /// What happens next.
    pub next: Sentence,
}

/// What a promise says to `viewer`. Nothing, if neither it nor an answer to it is here.
#[must_use]
pub fn promise(
    known: &Known<'_>,
    board: &Board,
    promise: CommitmentRef,
    viewer: MemberId,
) -> Option<PromiseWords> {
    let state = board.commitment(promise)?;
    let own = viewer == promise.helper;
    let Some(mut view) = View::of(known, board, state.counts_for, viewer) else {
        let says = if own { without_post(state) } else { post_ended(promise.helper, state) };
        return Some(PromiseWords { says, notes: Vec::new(), next: Sentence::NextNothing {} });
    };
    if own && view.viewer != Viewer::Author {
        view.viewer = Viewer::Helper(promise);
    }
    let says = if own { to_helper(&view, promise, state) } else { to_others(&view, promise, state) };
    let mut notes = Vec::new();
    if own && state.promised_twice {
        notes.push(Sentence::NotePromisedTwice {});
    }
    if let Some(made_for) = known.commitment(promise).map(|commitment| commitment.post)
        && made_for != state.counts_for
    {
        notes.push(Sentence::NoteCountsHere { post: made_for });
    }
    if own && view.state.flags.contains(&PostFlag::SaidDifferently(promise)) {
        notes.push(Sentence::NoteSaidDifferently { other: view.whose.author });
    }
    Some(PromiseWords { says, notes, next: next::for_promise(&view, promise, state) })
}

/// A promise, to the one who made it.
pub(super) fn to_helper(view: &View<'_>, own: CommitmentRef, state: &CommitmentState) -> Sentence {
    let author = view.whose.author;
    match state.status {
        CommitmentStatus::Offered(seat) | CommitmentStatus::Likely(seat) | CommitmentStatus::Going(seat)
            if view.post.kind == PostKind::Offer =>
        {
            to_taker(view, &state.status, seat)
        }
        CommitmentStatus::Likely(_) | CommitmentStatus::Going(_) if state.past => Sentence::DidYouGo {},
        CommitmentStatus::Offered(_) | CommitmentStatus::StandingBy if asked_first(view, own) => {
            Sentence::YouAreNext { author }
        }
        CommitmentStatus::Offered(seat) => match parts(seat) {
            (_, 0) => Sentence::YouCameForward { author },
            (going, spare) => Sentence::YouCameForwardInPart { author, going, spare },
        },
        CommitmentStatus::Likely(seat) => match (view.post.mode, parts(seat)) {
            (Mode::TurnUp, (_, 0)) => Sentence::JustTurnUp {},
            (Mode::TurnUp, (going, spare)) => Sentence::JustTurnUpInPart { going, spare },
            (_, (_, 0)) => Sentence::LikelyYou { author },
            (_, (going, spare)) => Sentence::LikelyYouInPart { author, going, spare },
        },
        CommitmentStatus::Going(_) if state.slots.len() > 1 => times(view, own, state),
        CommitmentStatus::Going(seat) => match parts(seat) {
            (going, 0) => going_with(view.post, going),
            (going, spare) => Sentence::YouAreGoingInPart { going, spare },
        },
        CommitmentStatus::StandingBy => backup(view, own, state),
        CommitmentStatus::Declined => Sentence::YouNotThisTime { author },
        CommitmentStatus::Withdrawn { at } => Sentence::YouTookItBack { on: at },
        CommitmentStatus::CheckAgain => check_again(view, own),
        CommitmentStatus::Partly(_) => Sentence::YouWentInPart {},
        CommitmentStatus::DidNotHappen => Sentence::ItDidNotHappen { author },
        CommitmentStatus::Done(_) if view.post.kind == PostKind::Offer => Sentence::YouHadIt {},
        CommitmentStatus::Done(_) => Sentence::YouWent {},
        CommitmentStatus::Void(_) | CommitmentStatus::FormerMember => without_post(state),
    }
}

/// "You are going", and with how much where more than one is wanted.
fn going_with(post: &Post, going: u32) -> Sentence {
    match post.want.unit {
        _ if post.want.amount == Amount::ONE => Sentence::YouAreGoing {},
        Unit::Items => Sentence::YouAreGoingWith { going },
        Unit::Hours => Sentence::YouAreGoingHours { hours: going },
        Unit::Helpers if going > 1 => Sentence::YouAreGoingTogether { people: going },
        Unit::Helpers => Sentence::YouAreGoing {},
    }
}

/// Several times that somebody is going to.
fn times(view: &View<'_>, own: CommitmentRef, state: &CommitmentState) -> Sentence {
    let every = view.known.commitment(own).is_some_and(|commitment| commitment.part == Part::Every);
    let going = state.slots.iter().filter(|(slot, status)| {
        let to_come = view.post.when.slot(*slot).is_some_and(|window| window.ends() > view.known.now);
        to_come && matches!(status, CommitmentStatus::Going(_))
    });
    match (view.next_start(state), u32::try_from(going.count()).unwrap_or(u32::MAX)) {
        (Some(next), _) if every => Sentence::YouAreGoingEachTime { next },
        (Some(next), times) if times > 1 => Sentence::YouAreGoingTimes { times, next },
        _ => Sentence::YouAreGoing {},
    }
}

/// A request for an offer, to the one who asked.
fn to_taker(view: &View<'_>, status: &CommitmentStatus, seat: Seat) -> Sentence {
    let author = view.whose.author;
    match (status, view.post.mode, parts(seat)) {
        (CommitmentStatus::Going(_), _, (going, 0)) => Sentence::ItIsYours { going },
        (CommitmentStatus::Going(_), _, (going, spare)) => Sentence::ItIsYoursInPart { going, spare },
        (CommitmentStatus::Likely(_), Mode::TurnUp, (going, _)) => Sentence::JustCome { going },
        (CommitmentStatus::Likely(_), _, (going, _)) => Sentence::LikelyYours { author, going },
        _ => Sentence::YouAsked { author },
    }
}

/// "You are the backup", and who is before you, as far as this may be said.
fn backup(view: &View<'_>, own: CommitmentRef, state: &CommitmentState) -> Sentence {
    let author = view.whose.author;
    let before = |like: fn(&CommitmentStatus) -> bool| before(view, own, state, like);
    let going = before(|status| matches!(status, CommitmentStatus::Going(_)));
    let likely = before(|status| matches!(status, CommitmentStatus::Likely(_)));
    let first = before(|status| matches!(status, CommitmentStatus::Offered(_)));
    if view.post.kind == PostKind::Offer {
        Sentence::TakenYouAreNext { author }
    } else if !going.is_empty() {
        Sentence::SomeoneElseGoingYouAreBackup { going }
    } else if state.verdict == Some(Verdict::StandBy) {
        Sentence::YouAreBackup { author }
    } else if !likely.is_empty() {
        Sentence::SomeoneElseLikelyYouAreBackup { likely }
    } else if !first.is_empty() {
        Sentence::OthersFirstYouAreBackup { first, author }
    } else {
        Sentence::YouAreBackup { author }
    }
}

/// Who else stands like this, at the times at which `own` is the backup.
fn before(
    view: &View<'_>,
    own: CommitmentRef,
    state: &CommitmentState,
    like: fn(&CommitmentStatus) -> bool,
) -> Vec<MemberId> {
    let backup = |slot| state.slots.contains(&(slot, CommitmentStatus::StandingBy));
    let mut helpers = if view.state.slots.is_empty() {
        view.helpers(like)
    } else {
        let times = view.state.slots.iter().filter(|time| backup(time.slot));
        let there = times.flat_map(|time| time.line.iter().filter(|(_, status)| like(status)));
        there.map(|(whose, _)| whose.helper).collect()
    };
    let mut named = BTreeSet::from([own.helper]);
    helpers.retain(|helper| named.insert(*helper));
    helpers
}

fn asked_first(view: &View<'_>, own: CommitmentRef) -> bool {
    view.state.flags.contains(&PostFlag::BackupFirst(own))
}

/// How the post is now, to somebody who promised before it changed.
fn check_again(view: &View<'_>, own: CommitmentRef) -> Sentence {
    let place = view.post.place.as_ref().map(|place| place.to_string());
    let times = view.board.commitment(own).map_or(&[][..], |state| &state.slots);
    let again = |slot| times.contains(&(slot, CommitmentStatus::CheckAgain));
    match (view.next_time(again), place) {
        (None, None) => Sentence::CheckAgain {},
        (None, Some(place)) => Sentence::CheckAgainPlace { place },
        (Some(window), None) => Sentence::CheckAgainTime { start: window.begins(), end: window.ends() },
        (Some(window), Some(place)) => {
            Sentence::CheckAgainTimePlace { start: window.begins(), end: window.ends(), place }
        }
    }
}

/// Why a promise came to nothing, to the one who made it.
fn without_post(state: &CommitmentState) -> Sentence {
    match state.status {
        CommitmentStatus::Withdrawn { at } => Sentence::YouTookItBack { on: at },
        CommitmentStatus::Void(void) => match void {
            Void::CalledOff { at, before: true } => Sentence::CalledOffBeforeYourOffer { on: at },
            Void::CalledOff { at, before: false } => Sentence::CalledOffYouAreFree { on: at },
            Void::Met { at } => Sentence::MetYouAreFree { on: at },
            Void::Expired { at } => Sentence::ExpiredYouAreFree { on: at },
            Void::Duplicate { of } => Sentence::DuplicateLookThere { post: of },
            Void::AuthorLeft => Sentence::AuthorLeftYouAreFree {},
            Void::PostNotHere => Sentence::PostNotHere {},
            Void::TimeGone => Sentence::TimeGone {},
            Void::Replaced { .. } => Sentence::YourNewerPromiseCounts {},
            Void::Twice { .. } => Sentence::YourOtherPromiseCounts {},
        },
        _ => Sentence::PostNotHere {},
    }
}

/// A promise, to its post's author and to everybody else.
fn to_others(view: &View<'_>, promise: CommitmentRef, state: &CommitmentState) -> Sentence {
    let helper = promise.helper;
    let offer = view.post.kind == PostKind::Offer;
    let promised = view.known.commitment(promise).map_or(0, |commitment| commitment.amount.get().into());
    match state.status {
        CommitmentStatus::Offered(seat) => match parts(seat) {
            (amount, _) if offer => Sentence::HelperAsked { helper, amount },
            _ => Sentence::HelperCameForward { helper, amount: promised },
        },
        CommitmentStatus::Likely(_) | CommitmentStatus::Going(_) if state.past && !offer => {
            Sentence::HelperPromised { helper, amount: promised }
        }
        CommitmentStatus::Likely(seat) => match parts(seat) {
            (amount, _) if offer => Sentence::HelperLikelyHasIt { helper, amount },
            (amount, _) => Sentence::HelperLikely { helper, amount },
        },
        CommitmentStatus::Going(seat) => match parts(seat) {
            (amount, _) if offer => Sentence::HelperHasIt { helper, amount },
            (amount, 0) => Sentence::HelperGoing { helper, amount },
            (amount, spare) => Sentence::HelperInPart { helper, amount, spare },
        },
        CommitmentStatus::StandingBy if offer => Sentence::HelperNext { helper, amount: promised },
        CommitmentStatus::StandingBy => Sentence::HelperBackup { helper, amount: promised },
        CommitmentStatus::CheckAgain => Sentence::HelperToCheckAgain { helper },
        CommitmentStatus::Partly(seat) => Sentence::HelperWentInPart { helper, amount: parts(seat).0 },
        // Only the two know why.
        CommitmentStatus::DidNotHappen if view.viewer == Viewer::Author => Sentence::HelperDidNot { helper },
        CommitmentStatus::DidNotHappen => Sentence::HelperOver { helper },
        CommitmentStatus::Done(seat) if offer => Sentence::HelperHasIt { helper, amount: parts(seat).0 },
        CommitmentStatus::Done(seat) => Sentence::HelperWent { helper, amount: parts(seat).0 },
        CommitmentStatus::FormerMember if state.verdict == Some(Verdict::Accept) => {
            Sentence::FormerMemberWasGoing {}
        }
        _ => post_ended(helper, state),
    }
}

/// A promise that is over, to others.
fn post_ended(helper: MemberId, state: &CommitmentState) -> Sentence {
    match state.status {
        CommitmentStatus::Declined => Sentence::HelperNotThisTime { helper },
        CommitmentStatus::Withdrawn { at } => Sentence::HelperTookItBack { helper, on: at },
        CommitmentStatus::FormerMember => Sentence::FormerMemberCameForward {},
        CommitmentStatus::Void(Void::Replaced { .. }) => Sentence::HelperNewerPromise { helper },
        CommitmentStatus::Void(Void::Twice { .. }) => Sentence::HelperOtherPromiseCounts { helper },
        CommitmentStatus::Void(Void::TimeGone) => Sentence::HelperOver { helper },
        _ => Sentence::HelperFreePostEnded { helper },
    }
}

fn parts(seat: Seat) -> (u32, u32) {
    (seat.taken.into(), seat.spare.into())
}
