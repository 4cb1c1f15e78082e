use std::{cmp::Reverse, ops::Range};

use jiff::Timestamp;

use crate::{
    Board, Known, Window,
    fold::SHOWN_AHEAD,
    hours::{self, Carried, Load},
    record::{Capacity, CommitmentRef, Part, Post, PostRef, Verdict},
    words::Carrying,
};

/// One time at which a promise would have somebody go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// When it begins; `None`: at any time, so that it weighs on this week.
    pub begins: Option<Timestamp>,
    /// How long it takes.
    pub minutes: u32,
}

/// The times at which a promise of `amount` of this part of a post would have somebody go, as far ahead
/// as times are shown.
#[must_use]
pub fn visits(known: &Known<'_>, post: &Post, part: &Part, amount: u16) -> Vec<Visit> {
    // What may be done by some day may be done now.
    let begins = |window: &Window| {
        let at = window.begins()..window.ends();
        if hours::is_deadline(&at) { at.start.max(known.now) } else { at.start }
    };
    let visit = |window: Option<&Window>| Visit {
        begins: window.map(begins),
        minutes: hours::minutes_of(post, window, amount),
    };
    if !post.when.has_slots() {
        return vec![visit(post.when.first())];
    }
    let ahead = known.now.saturating_add(SHOWN_AHEAD).unwrap_or(Timestamp::MAX);
    let windows = post.when.between(known.now, ahead).into_iter();
    windows.filter(|window| part.covers(window.slot())).map(|window| visit(Some(&window))).collect()
}

/// "That would make 6 of your 4 hours": what somebody is told before a promise takes them over their cap, and
/// they can all the same. Of several weeks the first.
#[must_use]
pub fn before_promise(
    known: &Known<'_>,
    carried: &[Carried],
    capacity: &Capacity,
    visits: &[Visit],
) -> Option<Carrying> {
    let mut weeks: Vec<_> =
        visits.iter().map(|visit| week_of(known, visit.begins.unwrap_or(known.now))).collect();
    weeks.sort_by_key(|week| week.start);
    weeks.dedup();
    weeks.iter().find_map(|week| {
        let load = Load::in_week(carried, week, capacity);
        let within = |visit: &&Visit| week.contains(&visit.begins.unwrap_or(known.now));
        let more = visits.iter().filter(within).fold(0_u32, |sum, visit| sum.saturating_add(visit.minutes));
        let load = Load { promised_minutes: load.promised_minutes.saturating_add(more), ..load };
        said(known, week, &load)
    })
}

/// A promise that may be released, and why this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Which.
    pub promise: CommitmentRef,
    /// To which post.
    pub post: PostRef,
    /// Nobody has said yes to it.
    pub unanswered: bool,
    /// What its release gives back, in minutes of that week.
    pub minutes: u32,
}

impl Release {
    /// Why this one, in words.
    #[must_use]
    pub fn says(&self) -> Carrying {
        let (post, hours) = (self.post, self.minutes.div_ceil(60));
        if self.unanswered {
            Carrying::ReleaseUnanswered { post, hours }
        } else {
            Carrying::ReleaseLatest { post, hours }
        }
    }
}

/// A week that holds more than its cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overfull {
    /// From Monday to Monday.
    pub week: Range<Timestamp>,
    /// What it holds.
    pub load: Load,
    /// What to release so that it fits, in the order in which it is asked. Nothing is released unasked.
    pub release: Vec<Release>,
    /// "That makes 6 of your 4 hours."
    pub says: Carrying,
}

/// The weeks from this one on that hold more than their cap, which happens when machines meet that promised
/// apart. What nobody said yes to is released first, then what was promised last; nothing is kept from
/// anybody who was told that help is coming, as long as there is another way.
#[must_use]
pub fn overfull(known: &Known<'_>, board: &Board, carried: &[Carried], capacity: &Capacity) -> Vec<Overfull> {
    let this_week = week_of(known, known.now);
    let begins = carried.iter().filter_map(|carried| carried.weighs).map(|at| week_of(known, at));
    let mut weeks: Vec<_> = begins.filter(|week| week.start > this_week.start).collect();
    weeks.push(this_week);
    weeks.sort_by_key(|week| week.start);
    weeks.dedup();
    let overfull = |week: Range<Timestamp>| {
        let load = Load::in_week(carried, &week, capacity);
        let says = said_after(known, &week, &load)?;
        let release = to_release(known, board, carried, &week, &load);
        Some(Overfull { week, load, release, says })
    };
    weeks.into_iter().filter_map(overfull).collect()
}

fn to_release(
    known: &Known<'_>,
    board: &Board,
    carried: &[Carried],
    week: &Range<Timestamp>,
    load: &Load,
) -> Vec<Release> {
    let mut candidates: Vec<(Release, Timestamp)> = Vec::new();
    for carried in carried.iter().filter(|carried| carried.done.is_none() && carried.falls_in(week)) {
        // A promise may have somebody go more than once a week.
        if let Some((release, _)) = candidates.iter_mut().find(|(one, _)| one.promise == carried.promise) {
            release.minutes = release.minutes.saturating_add(carried.minutes);
            continue;
        }
        let (Some(state), Some(record)) =
            (board.commitment(carried.promise), known.commitment(carried.promise))
        else {
            continue;
        };
        // What a neighbour has of an offer is not one's own to take back here.
        let own = board.post(state.counts_for).is_some_and(|post| post.kind == crate::PostKind::Need);
        let over = state.past || !own;
        if !over {
            let unanswered = state.verdict != Some(Verdict::Accept);
            let (promise, post, minutes) = (carried.promise, state.counts_for, carried.minutes);
            candidates.push((Release { promise, post, unanswered, minutes }, record.made));
        }
    }
    candidates.retain(|(release, _)| release.minutes > 0);
    candidates.sort_by_key(|(release, made)| (!release.unanswered, Reverse(*made), release.promise));
    let mut over = load.promised_minutes.saturating_sub(load.cap_minutes.unwrap_or(u32::MAX));
    let mut chosen = Vec::new();
    for (release, _) in candidates {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(release.minutes);
        chosen.push(release);
    }
    chosen
}

fn week_of(known: &Known<'_>, at: Timestamp) -> Range<Timestamp> {
    hours::week(at, known.zone)
}

fn said(known: &Known<'_>, week: &Range<Timestamp>, load: &Load) -> Option<Carrying> {
    let (promised, cap) = load.over()?;
    Some(if week.contains(&known.now) {
        Carrying::WouldBeOver { promised, cap }
    } else {
        Carrying::WouldBeOverThen { promised, cap, on: week.start }
    })
}

fn said_after(known: &Known<'_>, week: &Range<Timestamp>, load: &Load) -> Option<Carrying> {
    let (promised, cap) = load.over()?;
    Some(if week.contains(&known.now) {
        Carrying::Over { promised, cap }
    } else {
        Carrying::OverThen { promised, cap, on: week.start }
    })
}
