use std::{cmp::Reverse, ops::Range};

use jiff::Timestamp;

use super::{
    able::{Able, Gives, Offered, Thing},
    asked::{Asked, Slot},
    distance::Distances,
    reason::{LONG_WEEKS, Reason},
};
use crate::{
    Known,
    hours::Load,
    record::Capacity,
    shown::{Level, Shown},
    weekly::{ALL_DAYS, Span, Weekly},
};

/// What two are weighed by besides themselves.
pub(super) struct Weighing<'a> {
    pub(super) known: &'a Known<'a>,
    pub(super) distances: &'a Distances,
    /// The week that is now.
    pub(super) week: Range<Timestamp>,
}

/// How a time suits somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// Nothing is known against it, and nothing for it.
    Open,
    /// In part, on this stretch of a week.
    Part(Span),
    /// In full.
    Whole(Span),
}

impl Weighing<'_> {
    /// Why these two go together, in the order in which it is said. Nothing, if they cannot, or if nothing
    /// of it is about the need.
    pub(super) fn reasons<'a>(&self, asked: &Asked<'_>, able: &Able<'a>) -> Option<Vec<Reason<'a>>> {
        let mut reasons = Vec::new();
        match able.gives {
            Gives::Own { capacity, weekly } => {
                if capacity.will_not.contains(&asked.post.category) {
                    return None;
                }
                if asked.slots.is_empty() && !has_room(asked.minutes, able, capacity, || &self.week) {
                    return None;
                }
                reasons.extend(self.distance(asked, able, capacity.radius_minutes).ok()?);
                self.time(asked, able, &mut reasons, |slot| self.fits(able, capacity, weekly, slot))?;
                if capacity.can.contains(&asked.post.category) {
                    reasons.push(Reason::Likes(asked.post.category));
                }
            }
            Gives::Shown(shown) => {
                let nothing_shown = shown.is_none_or(Shown::is_empty);
                if nothing_shown && able.offers.is_empty() {
                    return None;
                }
                reasons.extend(self.distance(asked, able, None).ok()?);
                let week = shown.and_then(|shown| shown.days(asked.post.category));
                self.time(asked, able, &mut reasons, |slot| {
                    let gives = |day: usize| week.is_none_or(|week| week.get(day) > Some(&Level::None));
                    slot.span.days().any(gives).then_some(Fit::Open)
                })?;
                reasons.extend(shown.and_then(|shown| gives(asked, shown)));
                reasons.extend(offers(asked, able));
            }
        }
        reasons.extend(things(asked, able));
        if let Some(language) = able.speaks(&asked.languages) {
            reasons.push(Reason::Speaks(language));
        } else if let Some(language) = able.speaks(&asked.spoken) {
            reasons.push(Reason::SpeaksToo(language));
        }
        reasons.extend(self.long_since(able));
        reasons.sort_by_key(order);
        // To oneself a need may be suggested for being near and at a good time; nobody else is asked for that.
        let own = matches!(able.gives, Gives::Own { .. });
        let enough = |reason: &Reason<'_>| {
            reason.is_about_the_need() || own && !matches!(reason, Reason::LongSince { .. })
        };
        reasons.iter().any(enough).then_some(reasons)
    }

    fn distance<'a>(
        &self,
        asked: &Asked<'_>,
        able: &Able<'_>,
        radius: Option<u16>,
    ) -> Result<Option<Reason<'a>>, TooFar> {
        let Some((there, here)) = asked.spot.as_ref().zip(able.spot.as_ref()) else { return Ok(None) };
        match self.distances.way(there, here) {
            Some(minutes) if radius.is_some_and(|radius| minutes > radius) => Err(TooFar),
            way => Ok(way.map(|minutes| Reason::Near { minutes })),
        }
    }

    /// What time says for it; nothing if none of the need's times suits.
    fn time(
        &self,
        asked: &Asked<'_>,
        able: &Able<'_>,
        reasons: &mut Vec<Reason<'_>>,
        fits: impl Fn(&Slot) -> Option<Fit>,
    ) -> Option<()> {
        if asked.slots.is_empty() {
            return Some(());
        }
        let there = |slot: &&Slot| slot.ends > self.known.now && (slot.deadline || !able.is_elsewhere(slot));
        let suits: Vec<Fit> = asked.slots.iter().filter(there).filter_map(fits).collect();
        let whole = suits.iter().filter(|fit| matches!(fit, Fit::Whole(_))).count();
        reasons.extend(match (suits.first()?, asked.slots.len()) {
            (Fit::Open, _) => None,
            (_, of @ 2..) if whole > 0 => Some(Reason::FreeForSome { fits: count(whole), of: count(of) }),
            (Fit::Whole(span), _) => Some(Reason::Free { day: span.day(), part: span.part() }),
            (Fit::Part(span), _) => Some(Reason::FreeInPart { day: span.day(), part: span.part() }),
        });
        Some(())
    }

    /// Whether a member has time for one of the need's times: usually free, and not over their cap that week.
    fn fits(
        &self,
        able: &Able<'_>,
        capacity: &Capacity,
        weekly: Option<&Weekly>,
        slot: &Slot,
    ) -> Option<Fit> {
        if !has_room(slot.minutes, able, capacity, || slot.week(self.known)) {
            return None;
        }
        let Some(weekly) = weekly else { return Some(Fit::Open) };
        let (minutes, stretch) = weekly.free_in(slot.span);
        let wanted = if slot.deadline { slot.minutes } else { slot.span.to.saturating_sub(slot.span.from) };
        let stretch = stretch?;
        Some(if minutes >= wanted { Fit::Whole(stretch) } else { Fit::Part(stretch) })
    }

    fn long_since<'a>(&self, able: &Able<'_>) -> Option<Reason<'a>> {
        let seconds = self.known.now.as_second().saturating_sub(able.helped?.as_second());
        let weeks = u32::try_from(seconds / (7 * 24 * 3600)).ok()?;
        (weeks >= LONG_WEEKS).then_some(Reason::LongSince { weeks })
    }
}

/// Outside the radius.
struct TooFar;

/// Whether so much is not over their cap in that week.
fn has_room<'w>(
    minutes: u32,
    able: &Able<'_>,
    capacity: &Capacity,
    week: impl FnOnce() -> &'w Range<Timestamp>,
) -> bool {
    let free = capacity.hours.and_then(|_| Load::in_week(&able.carried, week(), capacity).free_minutes());
    free.is_none_or(|free| minutes <= free)
}

/// What somebody shows of this kind of help, on the day that suits best.
fn gives<'a>(asked: &Asked<'_>, shown: &Shown) -> Option<Reason<'a>> {
    let category = asked.post.category;
    let week = shown.days(category)?;
    let level = |day: usize| week.get(day).copied().unwrap_or_default();
    if asked.slots.is_empty() {
        let level = week.iter().max().copied()?;
        return Some(Reason::Gives { category, level, day: None });
    }
    let days = asked.slots.iter().flat_map(|slot| slot.span.days()).enumerate();
    // The first of equals.
    let (level, _, day) = days.map(|(i, day)| (level(day), Reverse(i), day)).max()?;
    Some(Reason::Gives { category, level, day: ALL_DAYS.get(day).copied() })
}

/// The first offer of this kind that is there at that time; a standing one comes back every week.
fn offers<'a>(asked: &Asked<'_>, able: &Able<'_>) -> Option<Reason<'a>> {
    let suits = |offer: &&Offered| {
        let meets = |wanted: &Slot, offered: &Slot| {
            if offer.standing { wanted.span.meets(offered.span) } else { wanted.meets(offered) }
        };
        offer.slots.is_empty()
            || asked.slots.is_empty()
            || asked.slots.iter().any(|wanted| offer.slots.iter().any(|offered| meets(wanted, offered)))
    };
    let mut of_kind = able.offers.iter().filter(|offer| offer.category == asked.post.category);
    of_kind.find(suits).map(|offer| Reason::Offers(offer.post))
}

/// Up to two things that help: those that the need names before those that usually do.
fn things<'a>(asked: &Asked<'_>, able: &Able<'a>) -> impl Iterator<Item = Reason<'a>> {
    let (mut named, mut usual) = (Vec::new(), Vec::new());
    for thing in &able.things {
        if asked.says(&thing.stems) {
            named.push(thing);
        } else if thing.helps(asked.post.category) {
            usual.push(thing);
        }
    }
    let reason =
        |thing: &Thing<'a>| if thing.has { Reason::Has(thing.what) } else { Reason::Can(thing.what) };
    named.into_iter().chain(usual).take(2).map(reason)
}

/// In which order reasons are said: "Tuesday evenings, 10 minutes away, you have a car".
const fn order(reason: &Reason<'_>) -> u8 {
    match reason {
        Reason::Free { .. } | Reason::FreeInPart { .. } | Reason::FreeForSome { .. } => 0,
        Reason::Near { .. } => 1,
        Reason::Has(_) => 2,
        Reason::Can(_) => 3,
        Reason::Speaks(_) | Reason::SpeaksToo(_) => 4,
        Reason::Likes(_) | Reason::Gives { .. } => 5,
        Reason::Offers(_) => 6,
        Reason::LongSince { .. } => 7,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
