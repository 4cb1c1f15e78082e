//! A week of the circle's calendar, and where in it the times of a post fall.

use std::ops::Range;

use jiff::{
    Span, Timestamp,
    civil::{Date, Time, Weekday},
};

use crate::{
    time::{Window, Zone},
    weekly::DayPart,
};

/// Seven days, from a Monday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Week {
    monday: Date,
}

/// Where a time falls in one day of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which day, from Monday on.
    pub day: usize,
    /// In which part of it; nothing if it takes all of the day.
    pub part: Option<DayPart>,
    /// When it begins, if not earlier than this day.
    pub from: Option<Time>,
    /// When it ends, if not later than this day.
    pub to: Option<Time>,
}

impl Week {
    /// The week that holds a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        let back = i64::from(day.weekday().since(Weekday::Monday));
        Self { monday: day.saturating_sub(Span::new().days(back)) }
    }

    /// So many weeks later, or earlier.
    #[must_use]
    pub fn later(self, weeks: i64) -> Self {
        let by = Span::new().try_weeks(weeks).unwrap_or_default();
        Self::of(self.monday.saturating_add(by))
    }

    /// Its days, from Monday on.
    pub fn days(self) -> impl Iterator<Item = Date> {
        (0..7).map(move |after| self.monday.saturating_add(Span::new().days(after)))
    }

    /// From its beginning to that of the next.
    #[must_use]
    pub fn span(self, zone: &Zone) -> Range<Timestamp> {
        day_span(self.monday, zone).start..day_span(self.later(1).monday, zone).start
    }

    /// Where a window falls in it: once for each day that it touches.
    #[must_use]
    pub fn place(self, window: &Window, zone: &Zone) -> Vec<Placed> {
        let (begins, ends) = (zone.civil(window.begins()), zone.civil(window.ends()));
        let touched = |day: &Date| {
            let span = day_span(*day, zone);
            window.begins() < span.end && window.ends() > span.start
        };
        let days = self.days().enumerate().filter(|(_, day)| touched(day));
        let placed = days.map(|(number, day)| {
            let from = Some(begins.time()).filter(|_| begins.date() == day);
            // What ends at midnight ends with the day before.
            let to = Some(ends.time()).filter(|_| ends.date() == day);
            let part = match (from, to) {
                (None | Some(Time::MIN), None) => None,
                (Some(from), _) => Some(DayPart::at(from)),
                (None, Some(_)) => Some(DayPart::at(Time::MIN)),
            };
            Placed { day: number, part, from, to }
        });
        placed.collect()
    }
}

/// From the beginning of a day to that of the next.
#[must_use]
pub fn day_span(day: Date, zone: &Zone) -> Range<Timestamp> {
    let midnight = |day: Date| zone.moment(day.at(0, 0, 0, 0));
    midnight(day)..midnight(day.saturating_add(Span::new().days(1)))
}
