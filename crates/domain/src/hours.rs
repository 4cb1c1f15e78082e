//! Hours a week: what a member's promises come to, and what is left (mutual-aid, *Capacity*).
//!
//! Only the member's own machines know the cap, so only they can compute this.

use std::ops::Range;

use closeknit_ids::MemberId;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Board, Known,
    record::{Capacity, CommitmentRef, Post, PostKind, Unit},
    slots::{SlotId, When},
    state::{CommitmentState, CommitmentStatus, PostStatus},
    time::{Window, Zone},
    week::Week,
};

/// What a promise weighs whose post does not say how long it takes.
pub const USUAL_MINUTES: u32 = 60;
/// A longer window says by when, not how long.
pub const LONGEST_VISIT_MINUTES: u32 = 12 * 60;

/// What a member's week holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Minutes of what is going this week.
    pub promised_minutes: u32,
    /// The member's cap in minutes, if they set one.
    pub cap_minutes: Option<u32>,
}

impl Load {
    /// What this member gives this week: promises to needs with a seat, and what others have of
    /// their offers; accepted, done, or in mode *just turn up* without an answer. Offered, standing
    /// by and void promises weigh nothing.
    ///
    /// A promise belongs to the week in which its post's window begins, or each of its times does; what is to
    /// be done by some day to the week that is now, and one without a window to every week while it lives.
    #[must_use]
    pub fn of(known: &Known<'_>, board: &Board, member: MemberId, capacity: &Capacity) -> Self {
        Self::in_week(&carried(known, board, member), &week(known.now, known.zone), capacity)
    }

    /// What of all that a member carries falls into one week.
    #[must_use]
    pub fn in_week(carried: &[Carried], week: &Range<Timestamp>, capacity: &Capacity) -> Self {
        let this_week = carried.iter().filter(|carried| carried.falls_in(week));
        let promised_minutes = this_week.fold(0_u32, |sum, carried| sum.saturating_add(carried.minutes));
        Self { promised_minutes, cap_minutes: capacity.hours.map(|hours| u32::from(hours) * 60) }
    }

    /// What is left of the cap, if there is one.
    #[must_use]
    pub fn free_minutes(&self) -> Option<u32> {
        self.cap_minutes.map(|cap| cap.saturating_sub(self.promised_minutes))
    }

    /// The hours that it holds and the cap, if it is more than that. Begun hours count in full.
    #[must_use]
    pub fn over(&self) -> Option<(u32, u32)> {
        let cap = self.cap_minutes.filter(|cap| self.promised_minutes > *cap)?;
        Some((self.promised_minutes.div_ceil(60), cap / 60))
    }
}

/// The week that holds `now`: from Monday 00:00 to before the next, in the circle's zone.
#[must_use]
pub fn week(now: Timestamp, circle: &Zone) -> Range<Timestamp> {
    Week::of(circle.civil(now).date()).span(circle)
}

/// How long a promise of `amount` of this post takes at the first of its times, or at the only one.
#[must_use]
pub fn minutes(post: &Post, amount: u16) -> u32 {
    minutes_of(post, post.when.first(), amount)
}

/// How long a promise of `amount` takes at this time of a post: what is counted in hours as many, a visit as
/// long as its window.
#[must_use]
pub fn minutes_of(post: &Post, window: Option<&Window>, amount: u16) -> u32 {
    if post.want.unit == Unit::Hours {
        return u32::from(amount) * 60;
    }
    let visit = window.and_then(|window| {
        let seconds = window.ends().as_second().saturating_sub(window.begins().as_second());
        u32::try_from(seconds / 60).ok().filter(|minutes| *minutes <= LONGEST_VISIT_MINUTES)
    });
    visit.unwrap_or(USUAL_MINUTES)
}

/// Whether a time says by when, and not how long.
pub(crate) fn is_deadline(at: &Range<Timestamp>) -> bool {
    let longest = i64::from(LONGEST_VISIT_MINUTES) * 60;
    at.end.as_second().saturating_sub(at.start.as_second()) > longest
}

/// What a promise takes of somebody's time, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Their own promise to a need, or somebody's to an offer of theirs.
    pub promise: CommitmentRef,
    /// How long it takes.
    pub minutes: u32,
    /// From when to when, where that is known.
    pub at: Option<Range<Timestamp>>,
    /// A moment of the week on which it weighs; nothing, if it may still be done in any.
    pub weighs: Option<Timestamp>,
    /// When it was done, if it is, or when it could no longer be, if it has no time.
    pub done: Option<Timestamp>,
}

impl Carried {
    /// Whether its time is that of a visit, in which nobody can be elsewhere.
    #[must_use]
    pub fn is_visit(&self) -> bool {
        self.at.as_ref().is_some_and(|at| !is_deadline(at))
    }

    /// Whether it weighs on a week: it begins in it, or was done in it, or may still be done in any.
    #[must_use]
    pub fn falls_in(&self, week: &Range<Timestamp>) -> bool {
        self.weighs.is_none_or(|at| week.contains(&at))
    }
}

/// The moment at which something weighs: a visit when it begins; what is to be done by some day when it was
/// done, or now, as long as that day is not over.
fn weighs(at: &Range<Timestamp>, done: Option<Timestamp>, now: Timestamp) -> Timestamp {
    if !is_deadline(at) {
        return at.start;
    }
    let last = at.end.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(at.start);
    done.unwrap_or(now).min(last).max(at.start)
}

/// Everything that a member carries and carried, as [`Load::of`] counts it, by need and then by offer.
#[must_use]
pub fn carried(known: &Known<'_>, board: &Board, member: MemberId) -> Vec<Carried> {
    ask_time_of(board, member).flat_map(|(whose, state)| carries(known, board, whose, state)).collect()
}

/// The promises that take a member's time if they come to something: their own to needs, and then
/// those of others to their offers.
pub fn ask_time_of(
    board: &Board,
    member: MemberId,
) -> impl Iterator<Item = (CommitmentRef, &CommitmentState)> {
    let need = move |(_, state): &(CommitmentRef, &CommitmentState)| {
        board.post(state.counts_for).is_some_and(|post| post.kind == PostKind::Need)
    };
    let helping = board.commitments_of(member).filter(need);
    let offers = board.posts_of(member).filter(|(_, state)| state.kind == PostKind::Offer);
    let giving = offers
        .flat_map(|(_, state)| &state.line)
        .filter_map(move |&whose| Some((whose, board.commitment(whose)?)));
    helping.chain(giving)
}

/// What one promise takes: once, or at each of its times.
fn carries(
    known: &Known<'_>,
    board: &Board,
    promise: CommitmentRef,
    state: &CommitmentState,
) -> Vec<Carried> {
    let (Some(post), Some(stands)) = (known.post(state.counts_for), board.post(state.counts_for)) else {
        return Vec::new();
    };
    let done = match stands.status {
        PostStatus::Met { at } | PostStatus::PartlyMet { at } => Some(at),
        // At any time, it cannot be done any more, whether or not somebody says what became of it.
        PostStatus::Asking | PostStatus::Expired { .. } if post.when == When::Anytime => stands.expires,
        _ => None,
    };
    let at_time = |status, window: Option<&Window>| {
        let at = window.map(|window| window.begins()..window.ends());
        // A week of a standing offer takes as long as the offer's first time.
        let visit = if post.is_weekly() { post.when.first() } else { window };
        let weighs = at.as_ref().map(|at| weighs(at, done, known.now)).or(done);
        Some(Carried { promise, minutes: minutes_of(post, visit, seated(status)?), at, weighs, done })
    };
    if stands.slots.is_empty() {
        return at_time(state.status, post.when.first()).into_iter().collect();
    }
    let window = |slot: SlotId| stands.slots.iter().find(|time| time.slot == slot).map(|time| &time.window);
    state.slots.iter().filter_map(|(slot, status)| at_time(*status, Some(window(*slot)?))).collect()
}

/// How much of a promise takes its helper's time.
const fn seated(status: CommitmentStatus) -> Option<u16> {
    match status {
        CommitmentStatus::Going(seat)
        | CommitmentStatus::Likely(seat)
        | CommitmentStatus::Done(seat)
        | CommitmentStatus::Partly(seat) => Some(seat.taken),
        _ => None,
    }
}
