use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use closeknit_ids::MemberId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Filled, Missing, Room, Turn, Why, Willing, Wishes};
use crate::{hours, shown::Level, time::Zone, weekly::Span};

/// A rota for these turns, each with its `wanted` where possible. The turns for which fewest are free are filled
/// first, always with whoever has most room left that week.
#[must_use]
pub fn propose(turns: &[Turn], willing: &[Willing<'_>], wishes: &Wishes, zone: &Zone) -> Vec<Filled> {
    let times: Vec<Time> = turns.iter().map(|turn| Time::of(turn, zone)).collect();
    let people = willing.iter().map(|willing| (willing.member, willing)).collect();
    let mut rota = Rota { times: &times, people, on: BTreeMap::new() };
    let mut filled: Vec<Filled> = turns.iter().map(|_| Filled::default()).collect();

    for (number, member) in &wishes.pinned {
        if let Some(time) = times.get(*number) {
            let why = rota.pin(*number, time, *member);
            if let Some(turn) = filled.get_mut(*number) {
                turn.going.push((*member, why));
            }
        }
    }
    let mut scarce: Vec<(usize, Vec<MemberId>)> =
        (0..times.len()).map(|number| (number, rota.free(number, &wishes.forbidden))).collect();
    scarce.sort_by_key(|(number, free)| (free.len(), times.get(*number).map(|time| time.at.start), *number));
    for (number, free) in scarce {
        if let (Some(turn), Some(filled)) = (turns.get(number), filled.get_mut(number)) {
            rota.fill(number, turn.wanted, &free, filled);
        }
    }
    filled
}

/// When a turn is.
struct Time {
    at: Range<Timestamp>,
    span: Span,
    minutes: u32,
    week: Range<Timestamp>,
}

impl Time {
    fn of(turn: &Turn, zone: &Zone) -> Self {
        let (begins, ends) = (turn.window.begins(), turn.window.ends());
        let minutes = ends.as_second().saturating_sub(begins.as_second()) / 60;
        Self {
            at: begins..ends,
            span: Span::of(&turn.window, zone),
            minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
            week: hours::week(begins, zone),
        }
    }

    fn meets(&self, other: &Range<Timestamp>) -> bool {
        self.at.start < other.end && other.start < self.at.end
    }
}

/// A rota as far as it is filled.
struct Rota<'a> {
    times: &'a [Time],
    people: BTreeMap<MemberId, &'a Willing<'a>>,
    /// The turns that each is on.
    on: BTreeMap<MemberId, BTreeSet<usize>>,
}

impl Rota<'_> {
    fn pin(&mut self, number: usize, time: &Time, member: MemberId) -> Why {
        let (over, elsewhere) = match self.people.get(&member) {
            Some(willing) => (self.room(willing, time).is_none(), self.is_elsewhere(willing, time)),
            None => (false, self.is_on_another(member, time)),
        };
        self.on.entry(member).or_default().insert(number);
        Why::Pinned { over, elsewhere }
    }

    /// Who is free at the time of a turn, whatever else they are on: not who is forbidden or on it already.
    fn free(&self, number: usize, forbidden: &BTreeSet<(usize, MemberId)>) -> Vec<MemberId> {
        let Some(time) = self.times.get(number) else { return Vec::new() };
        let on_it = |member| self.on.get(&member).is_some_and(|turns| turns.contains(&number));
        let free = self.people.values().filter(|willing| {
            !forbidden.contains(&(number, willing.member)) && !on_it(willing.member) && suits(willing, time)
        });
        free.map(|willing| willing.member).collect()
    }

    fn fill(&mut self, number: usize, wanted: u16, free: &[MemberId], filled: &mut Filled) {
        let Some(time) = self.times.get(number) else { return };
        let pinned = u16::try_from(filled.going.len()).unwrap_or(u16::MAX);
        let mut left = wanted.saturating_sub(pinned);
        let mut could: Vec<_> = free
            .iter()
            .filter_map(|member| self.people.get(member))
            .filter(|willing| !self.is_elsewhere(willing, time))
            .filter_map(|willing| {
                let turns = self.on.get(&willing.member).map_or(0, BTreeSet::len);
                // Even, and not the same for every turn.
                let day = time.at.start.as_second().to_be_bytes();
                let lot = Sha256::new().chain_update(day).chain_update(willing.member.0).finalize();
                Some((Reverse(self.room(willing, time)?), turns, lot, willing.member))
            })
            .collect();
        could.sort_unstable();
        let mut others = could.len();
        for (_, _, _, member) in could {
            if left == 0 {
                break;
            }
            let of = u32::try_from(others).unwrap_or(u32::MAX);
            let why = if others == 1 { Why::NobodyElse } else { Why::MostRoom { of } };
            filled.going.push((member, why));
            self.on.entry(member).or_default().insert(number);
            (left, others) = (left - 1, others.saturating_sub(1));
        }
        if left > 0 {
            let placed = |member: &MemberId| filled.going.iter().any(|(going, _)| going == member);
            let all_placed = free.iter().all(placed);
            let why = if all_placed { Missing::NobodyFree } else { Missing::AllFull };
            filled.missing = Some((left, why));
        }
    }

    /// What of their week is left, in minutes, if this turn still fits.
    fn room(&self, willing: &Willing<'_>, time: &Time) -> Option<u32> {
        let turns = self.on.get(&willing.member).into_iter().flatten();
        let this_week: Vec<&Time> =
            turns.filter_map(|turn| self.times.get(*turn)).filter(|other| other.week == time.week).collect();
        match willing.room {
            Room::Minutes(minutes) => {
                let carried = willing.carried.iter().filter(|carried| carried.falls_in(&time.week));
                let held =
                    carried.map(|carried| carried.minutes).chain(this_week.iter().map(|turn| turn.minutes));
                let left = minutes.checked_sub(held.fold(0, u32::saturating_add))?;
                (left >= time.minutes).then_some(left)
            }
            Room::Times(times) => {
                let left = times.checked_sub(u32::try_from(this_week.len()).unwrap_or(u32::MAX))?;
                (left > 0).then(|| left.saturating_mul(time.minutes))
            }
        }
    }

    /// Whether they are on another turn at that time, or promised to be elsewhere.
    fn is_elsewhere(&self, willing: &Willing<'_>, time: &Time) -> bool {
        let visits = willing.carried.iter().filter(|carried| carried.done.is_none() && carried.is_visit());
        let mut promised = visits.filter_map(|carried| carried.at.as_ref());
        promised.any(|at| time.meets(at)) || self.is_on_another(willing.member, time)
    }

    fn is_on_another(&self, member: MemberId, time: &Time) -> bool {
        let mut turns = self.on.get(&member).into_iter().flatten();
        turns.any(|turn| self.times.get(*turn).is_some_and(|other| time.meets(&other.at)))
    }
}

/// Whether they are usually free for all of it, and show something for its days.
fn suits(willing: &Willing<'_>, time: &Time) -> bool {
    let free = willing
        .weekly
        .is_none_or(|weekly| weekly.free_in(time.span).0 >= time.span.to.saturating_sub(time.span.from));
    let gives = |day: usize| willing.days.is_none_or(|days| days.get(day) > Some(&Level::None));
    free && time.span.days().all(gives)
}
