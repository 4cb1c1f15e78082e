//! What a member chooses to show the circle of what they can carry: for a kind of help and a day of the
//! week *none*, *some* or *plenty*. Nothing else of their own hours leaves their machines in clear.
//!
//! Somebody who rests shows nothing, which looks the same as never having shown anything.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::{
    category::Category,
    record::Capacity,
    weekly::{ALL_DAYS, Weekly},
};

/// How much of a kind of help somebody has to give on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// None.
    #[default]
    None,
    /// Some.
    Some,
    /// Plenty.
    Plenty,
}

impl Level {
    /// Every level, the least first.
    pub const ALL: [Self; 3] = [Self::None, Self::Some, Self::Plenty];

    /// The word that documents and the command line use.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Some => "some",
            Self::Plenty => "plenty",
        }
    }
}

/// The levels of a week, Monday first.
pub type Days = [Level; 7];

/// Of each kind of help that a member shows, how much on which day. Kinds without any are left out, so
/// there are never more than there are kinds of help.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<Category, Days>", into = "BTreeMap<Category, Days>")]
pub struct Shown(BTreeMap<Category, Days>);

impl Shown {
    /// Of these kinds.
    #[must_use]
    pub fn new(kinds: impl IntoIterator<Item = (Category, Days)>) -> Self {
        let any = |(_, days): &(Category, Days)| days.iter().any(|level| *level > Level::None);
        Self(kinds.into_iter().filter(any).collect())
    }

    /// What there would be to show of somebody's own capacity, for them to change before anybody sees it:
    /// what they like to do, on the days on which they are usually free. It follows their cap and not what
    /// they promised, so that it does not tell a busy week from a quiet one. Who rests shows nothing.
    #[must_use]
    pub fn propose(capacity: &Capacity, weekly: Option<&Weekly>, today: Date) -> Self {
        if capacity.rests_on(today) {
            return Self::default();
        }
        let cap = capacity.hours.map_or(SOME_MINUTES, |hours| u32::from(hours) * 60);
        let days = ALL_DAYS.map(|day| {
            let free = weekly.map_or(u32::MAX, |weekly| weekly.minutes_on(day));
            level(free.min(cap))
        });
        let likes = capacity.can.iter().filter(|category| !capacity.will_not.contains(category));
        Self::new(likes.map(|category| (*category, days)))
    }

    /// How much of a kind on a day.
    #[must_use]
    pub fn level(&self, category: Category, day: Weekday) -> Level {
        let offset = usize::from(day.to_monday_zero_offset().unsigned_abs());
        self.days(category).and_then(|days| days.get(offset)).copied().unwrap_or_default()
    }

    /// The week of a kind, if anything of it is shown.
    #[must_use]
    pub fn days(&self, category: Category) -> Option<&Days> {
        self.0.get(&category)
    }

    /// Each kind that is shown, with its week.
    pub fn kinds(&self) -> impl Iterator<Item = (Category, &Days)> {
        self.0.iter().map(|(&category, days)| (category, days))
    }

    /// Whether nothing is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<BTreeMap<Category, Days>> for Shown {
    fn from(kinds: BTreeMap<Category, Days>) -> Self {
        Self::new(kinds)
    }
}

impl From<Shown> for BTreeMap<Category, Days> {
    fn from(shown: Shown) -> Self {
        shown.0
    }
}

impl Capacity {
    /// Whether somebody rests on a day: until the day they named, and on it too.
    #[must_use]
    pub fn rests_on(&self, day: Date) -> bool {
        self.resting_until.is_some_and(|until| day <= until)
    }
}

/// From here on a day has some time.
const SOME_MINUTES: u32 = 30;
/// From here on it has plenty.
const PLENTY_MINUTES: u32 = 180;

const fn level(minutes: u32) -> Level {
    match minutes {
        0..SOME_MINUTES => Level::None,
        SOME_MINUTES..PLENTY_MINUTES => Level::Some,
        _ => Level::Plenty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_hour_is_some_and_three_hours_are_plenty() {
        let words = [0, 29, 30, 179, 180, u32::MAX].map(|minutes| level(minutes).slug());
        assert_eq!(words, ["none", "none", "some", "some", "plenty", "plenty"]);
    }

    #[test]
    fn who_rests_until_a_day_rests_on_it_too() {
        let day: Date = "2026-11-26".parse().unwrap();
        let capacity = Capacity { resting_until: Some(day), ..Capacity::default() };
        let rests = [day.yesterday().unwrap(), day, day.tomorrow().unwrap()].map(|on| capacity.rests_on(on));
        assert_eq!(rests, [true, true, false]);
        assert!(!Capacity::default().rests_on(day));
    }
}
