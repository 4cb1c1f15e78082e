//! Hours a week: what a member's promises come to, and what is left (mutual-aid, *Capacity*).
//!
//! Only the member's own machines know the cap, so only they can compute this.

use std::ops::Range;

use closeknit_ids::MemberId;
use jiff::{Span, Timestamp, civil::Weekday};

use crate::{
    Board, Known, Sentence,
    record::{Capacity, Post, PostKind, Unit},
    slots::SlotId,
    state::{CommitmentState, CommitmentStatus, PostStatus},
    time::Zone,
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
    /// A promise belongs to the week in which its post's window begins, or each of its times does; one
    /// without a window weighs on every week while it lives.
    #[must_use]
    pub fn of(known: &Known<'_>, board: &Board, member: MemberId, capacity: &Capacity) -> Self {
        let week = week(known.now, known.zone);
        let need = |state: &&CommitmentState| {
            board.post(state.counts_for).is_some_and(|post| post.kind == PostKind::Need)
        };
        let helping = board.commitments_of(member).map(|(_, state)| state).filter(need);
        let offers = board.posts_of(member).filter(|(_, state)| state.kind == PostKind::Offer);
        let giving = offers.flat_map(|(_, state)| &state.line).filter_map(|&whose| board.commitment(whose));
        let promised_minutes = helping
            .chain(giving)
            .fold(0_u32, |sum, state| sum.saturating_add(weight(known, board, state, &week)));
        Self { promised_minutes, cap_minutes: capacity.hours.map(|hours| u32::from(hours) * 60) }
    }

    /// What is left of the cap, if there is one.
    #[must_use]
    pub fn free_minutes(&self) -> Option<u32> {
        self.cap_minutes.map(|cap| cap.saturating_sub(self.promised_minutes))
    }

    /// "That makes 6 h of your 4 h", if it does. Begun hours count in full.
    #[must_use]
    pub fn over(&self) -> Option<Sentence> {
        let cap = self.cap_minutes.filter(|cap| self.promised_minutes > *cap)?;
        Some(Sentence::NoteOverCapacity { promised: self.promised_minutes.div_ceil(60), cap: cap / 60 })
    }
}

/// The week that holds `now`: from Monday 00:00 to before the next, in the circle's zone.
#[must_use]
pub fn week(now: Timestamp, circle: &Zone) -> Range<Timestamp> {
    let today = circle.civil(now).date();
    let since_monday = i64::from(today.weekday().since(Weekday::Monday));
    let monday = today.saturating_sub(Span::new().days(since_monday));
    let next = monday.saturating_add(Span::new().days(7));
    circle.moment(monday.into())..circle.moment(next.into())
}

/// How long a promise of `amount` of this post takes: what is counted in hours as many, a visit as
/// long as its window.
#[must_use]
pub fn minutes(post: &Post, amount: u16) -> u32 {
    if post.want.unit == Unit::Hours {
        return u32::from(amount) * 60;
    }
    let visit = post.when.first().and_then(|window| {
        let seconds = window.ends().as_second().saturating_sub(window.begins().as_second());
        u32::try_from(seconds / 60).ok().filter(|minutes| *minutes <= LONGEST_VISIT_MINUTES)
    });
    visit.unwrap_or(USUAL_MINUTES)
}

/// The minutes of this week that a promise takes, at each of its times.
fn weight(known: &Known<'_>, board: &Board, state: &CommitmentState, week: &Range<Timestamp>) -> u32 {
    let (Some(post), Some(stands)) = (known.post(state.counts_for), board.post(state.counts_for)) else {
        return 0;
    };
    let minutes_of = |status: CommitmentStatus| match status {
        CommitmentStatus::Going(seat)
        | CommitmentStatus::Likely(seat)
        | CommitmentStatus::Done(seat)
        | CommitmentStatus::Partly(seat) => minutes(post, seat.taken),
        _ => 0,
    };
    if stands.slots.is_empty() {
        let this_week = match (post.when.first(), stands.status) {
            (Some(window), _) => week.contains(&window.begins()),
            (None, PostStatus::Met { at } | PostStatus::PartlyMet { at }) => week.contains(&at),
            (None, _) => true,
        };
        return if this_week { minutes_of(state.status) } else { 0 };
    }
    let begins =
        |slot: SlotId| stands.slots.iter().find(|time| time.slot == slot).map(|time| time.window.begins());
    let this_week = state.slots.iter().filter(|(slot, _)| begins(*slot).is_some_and(|at| week.contains(&at)));
    this_week.fold(0, |sum, (_, status)| sum.saturating_add(minutes_of(*status)))
}
