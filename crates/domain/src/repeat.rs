//! Again and again: a subset of the recurrence rules of RFC 5545, in civil time.
//!
//! A rule knows days only. The time of day is that of the first window, in its zone, so a regular lift
//! at half past eight stays at half past eight when the clocks change.

use std::{fmt, str::FromStr};

use jiff::{
    SignedDuration, Span, Timestamp,
    civil::{Date, DateTime, Weekday},
};
use serde::{Deserialize, Serialize};

use crate::time::{Window, Zone};

/// The text is no rule of the subset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no rule that is understood; try \"FREQ=WEEKLY;BYDAY=MO,WE\"")]
pub struct RepeatError;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Every {
    /// Every day, or every few days.
    Day,
    /// Every week.
    Week,
    /// Every month.
    Month,
}

/// A weekday; in a month perhaps only the first, the second, or counted from the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Day {
    nth: i8,
    weekday: Weekday,
}

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Ends {
    Never,
    After(u16),
    At(Timestamp),
}

/// A recurrence rule: every so many days, weeks or months, perhaps on some weekdays only, without end,
/// a number of times, or until a moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Repeat {
    every: Every,
    interval: u8,
    days: Vec<Day>,
    ends: Ends,
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

const FREQUENCIES: [(&str, Every); 3] =
    [("DAILY", Every::Day), ("WEEKLY", Every::Week), ("MONTHLY", Every::Month)];

const MOMENT: &str = "%Y%m%dT%H%M%SZ";

impl Repeat {
    /// The most times that a rule with a count may come, and the most that are counted out at once.
    pub const MOST: u16 = 366;
    /// The longest interval, in days, weeks or months.
    pub const LONGEST: u8 = 99;
    /// So many days, weeks or months are looked through at most.
    const PERIODS: i64 = 1_000;

    /// Every week on these weekdays, without end.
    #[must_use]
    pub fn weekly(days: &[Weekday]) -> Self {
        let days = days.iter().map(|&weekday| Day { nth: 0, weekday }).collect();
        Self { every: Every::Week, interval: 1, days: sorted(days), ends: Ends::Never }
    }

    /// Whether it goes on without end.
    #[must_use]
    pub const fn is_endless(&self) -> bool {
        matches!(self.ends, Ends::Never)
    }

    /// How often: every so many days, weeks or months.
    #[must_use]
    pub const fn every(&self) -> (u8, Every) {
        (self.interval, self.every)
    }

    /// On which weekdays it comes: without more being said, in a week on that of its first time.
    #[must_use]
    pub fn weekdays(&self, first: &Window) -> Vec<&'static str> {
        self.spelled(first).iter().map(|day| slug(day.weekday)).collect()
    }

    /// Whether both come on the same days, however they say it and however long they go on.
    #[must_use]
    pub fn falls_like(&self, other: &Self, first: &Window) -> bool {
        let plain = |rule: &Self| Self { days: rule.spelled(first), ends: Ends::Never, ..rule.clone() };
        plain(self) == plain(other)
    }

    /// This rule, going on as long as `other` does.
    #[must_use]
    pub fn ending_like(&self, other: &Self) -> Self {
        Self { ends: other.ends, ..self.clone() }
    }

    /// This rule, if it comes a number of times, until the day of `last` instead.
    #[must_use]
    pub fn until_day_of(&self, last: &Window) -> Self {
        let end = last.zone().moment(last.start().date().at(23, 59, 59, 0));
        let ends = if matches!(self.ends, Ends::After(_)) { Ends::At(end) } else { self.ends };
        Self { ends, ..self.clone() }
    }

    fn spelled(&self, first: &Window) -> Vec<Day> {
        match (self.every, self.days.as_slice()) {
            (Every::Week, []) => vec![Day { nth: 0, weekday: first.start().weekday() }],
            (_, days) => days.to_vec(),
        }
    }

    /// How often, on which days: all but how it ends.
    pub(crate) fn rhythm(&self) -> String {
        Self { ends: Ends::Never, ..self.clone() }.to_string()
    }

    /// The windows that end after `from` and begin before `to`, in order, at most [`Repeat::MOST`]. A
    /// skipped hour moves later, a doubled one takes the first.
    #[must_use]
    pub fn between(&self, first: &Window, from: Timestamp, to: Timestamp) -> Vec<Window> {
        let mut found = Vec::new();
        let begin = self.begin_at(first, from);
        let mut left = if let Ends::After(count) = self.ends { count } else { u16::MAX };
        'periods: for period in (begin..).take(usize::try_from(Self::PERIODS).unwrap_or_default()) {
            let Some(days) = self.days_of(first.start().date(), period) else { break };
            for day in days {
                let Some(window) = on(first, day) else { continue };
                let over = matches!(self.ends, Ends::At(end) if window.begins() > end) || left == 0;
                if over || window.begins() >= to || found.len() == usize::from(Self::MOST) {
                    break 'periods;
                }
                left = left.saturating_sub(1);
                if window.ends() > from {
                    found.push(window);
                }
            }
        }
        found
    }

    /// The window that begins at this civil time, if there is one.
    #[must_use]
    pub fn window_at(&self, first: &Window, start: DateTime) -> Option<Window> {
        let at = first.zone().moment(start);
        let next = at.saturating_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX);
        self.between(first, at, next).into_iter().find(|window| window.start() == start)
    }

    /// The last window, if it ends. Of a rule by which none came in its last year, the first.
    #[must_use]
    pub fn last(&self, first: &Window) -> Option<Window> {
        let from = match self.ends {
            Ends::Never => return None,
            Ends::After(_) => Timestamp::MIN,
            Ends::At(end) => {
                end.saturating_sub(SignedDuration::from_hours(366 * 24)).unwrap_or(Timestamp::MIN)
            }
        };
        self.between(first, from, Timestamp::MAX).pop().or_else(|| Some(first.clone()))
    }

    const fn longest_days(&self) -> i64 {
        match self.every {
            Every::Day => 1,
            Every::Week => 7,
            Every::Month => 31,
        }
    }

    /// The first period that may hold a window that ends after `from`. One with a count is counted from
    /// its beginning.
    fn begin_at(&self, first: &Window, from: Timestamp) -> i64 {
        if matches!(self.ends, Ends::After(_)) {
            return 0;
        }
        let hours = from.as_second().saturating_sub(first.ends().as_second()).div_euclid(3600);
        let periods = hours.div_euclid(24 * self.longest_days() * i64::from(self.interval));
        periods.saturating_sub(1).max(0)
    }

    /// The days of one period, from the first day on.
    fn days_of(&self, first: Date, period: i64) -> Option<Vec<Date>> {
        let ahead = period.checked_mul(i64::from(self.interval))?;
        let mut days = match self.every {
            Every::Day => {
                let day = first.checked_add(Span::new().try_days(ahead).ok()?).ok()?;
                if self.days.is_empty() || self.days.iter().any(|d| d.weekday == day.weekday()) {
                    vec![day]
                } else {
                    Vec::new()
                }
            }
            Every::Week => {
                let back = i64::from(first.weekday().since(Weekday::Monday));
                let monday = first.checked_sub(Span::new().days(back)).ok()?;
                let monday = monday.checked_add(Span::new().try_weeks(ahead).ok()?).ok()?;
                let on = |weekday: Weekday| {
                    let after = i64::from(weekday.since(Weekday::Monday));
                    monday.checked_add(Span::new().days(after)).ok()
                };
                match self.days.as_slice() {
                    [] => on(first.weekday()).into_iter().collect(),
                    days => days.iter().filter_map(|day| on(day.weekday)).collect(),
                }
            }
            Every::Month => {
                let month = first.first_of_month().checked_add(Span::new().try_months(ahead).ok()?).ok()?;
                match self.days.as_slice() {
                    [] => month.with().day(first.day()).build().into_iter().collect(),
                    days => days.iter().flat_map(|day| day.in_month(month)).collect(),
                }
            }
        };
        days.sort_unstable();
        days.dedup();
        days.retain(|day| *day >= first);
        Some(days)
    }
}

impl Day {
    fn in_month(self, month: Date) -> Vec<Date> {
        if self.nth != 0 {
            return month.nth_weekday_of_month(self.nth, self.weekday).into_iter().collect();
        }
        (1..=5).filter_map(|nth| month.nth_weekday_of_month(nth, self.weekday).ok()).collect()
    }

    fn read(text: &str) -> Option<Self> {
        let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
        let weekday = WEEKDAYS.iter().find(|(known, _)| *known == name)?.1;
        let nth =
            if nth.is_empty() { 0 } else { nth.parse().ok().filter(|n| matches!(n, -5..=-1 | 1..=5))? };
        Some(Self { nth, weekday })
    }
}

/// `MO` to `SU`.
fn slug(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, on)| *on == weekday).map_or("", |(name, _)| name)
}

/// As long as the first window, beginning at its time of day.
fn on(first: &Window, day: Date) -> Option<Window> {
    let start = day.to_datetime(first.start().time());
    let length = first.start().until(first.end()).ok()?;
    let end = start.checked_add(length).ok()?;
    Window::new(start, end, first.zone().clone()).ok().or_else(|| {
        // The hour it begins in is skipped, and it would have ended before it is over.
        let minutes = length.to_duration(start).ok()?;
        let end = first.zone().moment(start).checked_add(minutes).ok()?;
        Window::new(start, first.zone().civil(end), first.zone().clone()).ok()
    })
}

/// Monday first, and no day twice.
fn sorted(mut days: Vec<Day>) -> Vec<Day> {
    days.sort_by_key(|day| (day.weekday.since(Weekday::Monday), day.nth));
    days.dedup();
    days
}

impl FromStr for Repeat {
    type Err = RepeatError;

    /// Reads `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=9`: each part at most once, nothing else.
    fn from_str(text: &str) -> Result<Self, RepeatError> {
        let (mut every, mut interval, mut days, mut ends) = (None, None, None, None);
        for part in text.split(';') {
            let (name, value) = part.split_once('=').ok_or(RepeatError)?;
            let twice = match name {
                "FREQ" => {
                    let known = FREQUENCIES.iter().find(|(word, _)| *word == value).ok_or(RepeatError)?;
                    every.replace(known.1).is_some()
                }
                "INTERVAL" => {
                    let number = value.parse().ok().filter(|n| (1..=Self::LONGEST).contains(n));
                    interval.replace(number.ok_or(RepeatError)?).is_some()
                }
                "BYDAY" => {
                    let list: Option<Vec<_>> = value.split(',').take(36).map(Day::read).collect();
                    days.replace(sorted(list.ok_or(RepeatError)?)).is_some()
                }
                "COUNT" => {
                    let number = value.parse().ok().filter(|n| (1..=Self::MOST).contains(n));
                    ends.replace(Ends::After(number.ok_or(RepeatError)?)).is_some()
                }
                "UNTIL" => ends.replace(Ends::At(moment(value).ok_or(RepeatError)?)).is_some(),
                _ => true,
            };
            if twice {
                return Err(RepeatError);
            }
        }
        let (every, days) = (every.ok_or(RepeatError)?, days.unwrap_or_default());
        if every != Every::Month && days.iter().any(|day| day.nth != 0) || days.len() > 35 {
            return Err(RepeatError);
        }
        Ok(Self { every, interval: interval.unwrap_or(1), days, ends: ends.unwrap_or(Ends::Never) })
    }
}

/// A moment in universal time, as RFC 5545 writes it.
fn moment(text: &str) -> Option<Timestamp> {
    let civil = DateTime::strptime(MOMENT, text).ok()?;
    Some(Zone::utc().moment(civil))
}

impl fmt::Display for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = FREQUENCIES.iter().find(|(_, every)| *every == self.every).map_or("", |(word, _)| word);
        write!(f, "FREQ={word}")?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        for (i, day) in self.days.iter().enumerate() {
            let name = slug(day.weekday);
            let nth = if day.nth == 0 { String::new() } else { day.nth.to_string() };
            write!(f, "{}{nth}{name}", if i == 0 { ";BYDAY=" } else { "," })?;
        }
        match self.ends {
            Ends::Never => Ok(()),
            Ends::After(count) => write!(f, ";COUNT={count}"),
            Ends::At(end) => write!(f, ";UNTIL={}", end.strftime(MOMENT)),
        }
    }
}

impl TryFrom<String> for Repeat {
    type Error = RepeatError;
    fn try_from(text: String) -> Result<Self, RepeatError> {
        text.parse()
    }
}

impl From<Repeat> for String {
    fn from(repeat: Repeat) -> Self {
        repeat.to_string()
    }
}
