//! When somebody is usually free in a week, as they type it: "mon 18-21, sat 9-13".
//!
//! What was typed stays as it was typed ([`Capacity::free`](crate::Capacity::free)); this reads it.

use std::fmt;

use jiff::civil::{DateTime, Time, Weekday};

use crate::{
    time::{Window, Zone},
    when,
};

/// Why a week cannot be read. Each says what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeeklyError {
    /// Neither a day nor a time.
    #[error("{given:?} is neither a day nor a time; try \"mon 18-21, sat 9-13\"")]
    NotUnderstood {
        /// The word.
        given: String,
    },
    /// A time of day that there is not.
    #[error("{given:?} is no time of day; try \"9\", \"9:20\", \"21:00\" or \"9pm\"")]
    NoTime {
        /// The word.
        given: String,
    },
    /// Times, and no day before them.
    #[error("{given:?} comes before any day; try \"mon {given}\" or \"every day {given}\"")]
    NoDay {
        /// What was typed.
        given: String,
    },
    /// When it begins, but not when it ends.
    #[error("{given:?} says when it begins but not when it ends; try \"18-21\"")]
    NoEnd {
        /// What was typed.
        given: String,
    },
    /// It ends before it begins.
    #[error("{given:?} ends before it begins; a night is written \"fri 22-24, sat 0-2\"")]
    EndsBeforeItBegins {
        /// What was typed.
        given: String,
    },
    /// More than [`Weekly::MOST`] times.
    #[error("more than {} times in a week; leave some out", Weekly::MOST)]
    TooMany,
}

/// Minutes of a day, the most that a time of day can say.
const DAY: u32 = 24 * 60;
/// Minutes of a week.
const WEEK: u32 = 7 * DAY;

/// From when to when on one day of the week, in minutes since its midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    day: Weekday,
    from: u32,
    to: u32,
}

impl Block {
    /// The day.
    #[must_use]
    pub const fn day(&self) -> Weekday {
        self.day
    }

    /// The minute of the day at which it begins.
    #[must_use]
    pub const fn from(&self) -> u32 {
        self.from
    }

    /// The minute of the day at which it ends, at most 24 × 60.
    #[must_use]
    pub const fn to(&self) -> u32 {
        self.to
    }

    /// Its place in a week that begins on Monday at midnight.
    fn span(&self) -> Span {
        let midnight = u32::from(self.day.to_monday_zero_offset().unsigned_abs()) * DAY;
        Span { from: midnight + self.from, to: midnight + self.to }
    }
}

/// When somebody is usually free: times on days of the week, sorted from Monday on, none touching
/// another, at most [`Weekly::MOST`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Weekly(Vec<Block>);

impl Weekly {
    /// The most times in a week.
    pub const MOST: usize = 64;

    /// What was typed: days with the times that follow them. A day may be a name ("tue", "tuesday"), the
    /// two letters of a calendar ("TU"), "weekdays", "weekends" or "every day"; days may be joined ("mon-fri",
    /// "mon, wed and fri"). A time is "18-21", "9:20-12:30", "6pm-9pm", "18:00/21:00", "mornings",
    /// "afternoons" or "evenings"; a day without one is the whole day.
    ///
    /// # Errors
    /// If it is none of these.
    pub fn parse(text: &str) -> Result<Self, WeeklyError> {
        let mut blocks = Vec::new();
        let mut days: Vec<Weekday> = Vec::new();
        let mut timed = false;
        let words = words(text);
        let mut rest = words.as_slice();
        while let Some((word, others)) = rest.split_first() {
            rest = others;
            if let Some(more) = take_days(word, &mut rest) {
                if timed {
                    days.clear();
                    timed = false;
                }
                days.extend(more);
                continue;
            }
            let (from, to) = take_times(word, &mut rest)?;
            if days.is_empty() {
                if word.starts_with(|c: char| c.is_ascii_digit()) {
                    return Err(WeeklyError::NoDay { given: said(from, to) });
                }
                days.extend(ALL_DAYS);
            }
            blocks.extend(days.iter().map(|&day| Block { day, from, to }));
            timed = true;
            // Days with no time of their own may still follow.
            if blocks.len() > 8 * Self::MOST {
                return Err(WeeklyError::TooMany);
            }
        }
        if !timed {
            blocks.extend(days.iter().map(|&day| Block { day, from: 0, to: DAY }));
        }
        match Self::joined(blocks) {
            Self(none) if none.is_empty() => {
                Err(WeeklyError::NotUnderstood { given: text.trim().to_owned() })
            }
            Self(many) if many.len() > Self::MOST => Err(WeeklyError::TooMany),
            weekly => Ok(weekly),
        }
    }

    /// Sorted, and what touches or overlaps on a day made one.
    fn joined(mut blocks: Vec<Block>) -> Self {
        blocks.sort_by_key(|block| (block.day.to_monday_zero_offset(), block.from, block.to));
        let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
        for block in blocks {
            match joined.last_mut() {
                Some(last) if last.day == block.day && last.to >= block.from => {
                    last.to = last.to.max(block.to)
                }
                _ => joined.push(block),
            }
        }
        Self(joined)
    }

    /// The times, from Monday on.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.0
    }

    /// Minutes of a week.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.0.iter().map(|block| block.to - block.from).sum()
    }

    /// Minutes on one day.
    #[must_use]
    pub fn minutes_on(&self, day: Weekday) -> u32 {
        self.0.iter().filter(|block| block.day == day).map(|block| block.to - block.from).sum()
    }

    /// Minutes of `span` that are free, and the first free stretch in it.
    pub(crate) fn free_in(&self, span: Span) -> (u32, Option<Span>) {
        let mut minutes = 0;
        let mut first: Option<Span> = None;
        // A span may reach past Sunday, into the same week again.
        for turn in [0, WEEK] {
            for block in &self.0 {
                let block = block.span();
                let (from, to) = (span.from.max(block.from + turn), span.to.min(block.to + turn));
                if from < to {
                    minutes += to - from;
                    first = first.or(Some(Span { from, to }));
                }
            }
        }
        (minutes, first)
    }

    /// Whether all of a window is free, seen in `zone`.
    #[must_use]
    pub fn covers(&self, window: &Window, zone: &Zone) -> bool {
        let span = Span::of(window, zone);
        span.to - span.from < WEEK && self.free_in(span).0 == span.to - span.from || self.minutes() == WEEK
    }
}

/// As it can be typed again: `mon 18:00-21:00, sat 09:00-13:00`.
impl fmt::Display for Weekly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, block) in self.0.iter().enumerate() {
            let between = if i == 0 { "" } else { ", " };
            write!(f, "{between}{} {}", short(block.day), said(block.from, block.to))?;
        }
        Ok(())
    }
}

/// From when to when in a week, in minutes since Monday 00:00; it may reach into the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: u32,
    pub(crate) to: u32,
}

impl Span {
    /// Of a window, seen in `zone`. What is longer than a week is a week from its beginning.
    pub(crate) fn of(window: &Window, zone: &Zone) -> Self {
        let (start, end) = if window.zone() == zone {
            (window.start(), window.end())
        } else {
            (zone.civil(window.begins()), zone.civil(window.ends()))
        };
        let from = minute_of_week(start);
        let days = start.date().until(end.date()).map_or(366, |span| span.get_days()).unsigned_abs();
        // A window ends after it begins, and a clock that is set back leaves at least a minute of it.
        let to =
            (minute_of_day(end) + days.min(8) * DAY).max(minute_of_day(start) + 1) - minute_of_day(start);
        Self { from, to: from + to.min(WEEK) }
    }

    /// The day on which it begins.
    pub(crate) fn day(self) -> Weekday {
        let day = i8::try_from(self.from / DAY % 7).unwrap_or(0);
        Weekday::from_monday_zero_offset(day).unwrap_or(Weekday::Monday)
    }

    /// The days that it touches.
    pub(crate) fn days(self) -> impl Iterator<Item = usize> {
        let last = (self.to.max(self.from + 1) - 1) / DAY;
        (self.from / DAY..=last).map(|day| usize::try_from(day % 7).unwrap_or(0)).take(7)
    }

    /// Whether the two meet in some week.
    pub(crate) fn meets(self, other: Self) -> bool {
        [0, WEEK].iter().any(|turn| {
            self.from < other.to + turn && other.from + turn < self.to
                || other.from < self.to + turn && self.from + turn < other.to
        })
    }

    /// The part of the day in which its middle lies.
    pub(crate) fn part(self) -> DayPart {
        DayPart::of_hour((self.from + (self.to - self.from) / 2) % DAY / 60)
    }
}

/// Parts of a day, as people say them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayPart {
    /// 5 to 12.
    Morning,
    /// 12 to 18.
    Afternoon,
    /// 18 to 23.
    Evening,
    /// The rest.
    Night,
}

impl DayPart {
    /// The part that holds a time of day.
    #[must_use]
    pub fn at(time: Time) -> Self {
        Self::of_hour(u32::from(time.hour().unsigned_abs()))
    }

    const fn of_hour(hour: u32) -> Self {
        match hour {
            5..12 => Self::Morning,
            12..18 => Self::Afternoon,
            18..23 => Self::Evening,
            _ => Self::Night,
        }
    }
}

fn minute_of_day(at: DateTime) -> u32 {
    u32::from(at.hour().unsigned_abs()) * 60 + u32::from(at.minute().unsigned_abs())
}

fn minute_of_week(at: DateTime) -> u32 {
    u32::from(at.weekday().to_monday_zero_offset().unsigned_abs()) * DAY + minute_of_day(at)
}

pub(crate) const ALL_DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

const fn short(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

fn said(from: u32, to: u32) -> String {
    format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
}

/// Lower-case words; what joins two of them is a word of its own.
fn words(text: &str) -> Vec<String> {
    const FILLERS: [&str; 8] = ["and", "on", "at", "from", "in", "the", "every", "all"];
    let text = text.to_lowercase().replace(['–', '—', '-', '/'], " - ").replace([',', ';', '+', '&'], " ");
    // "sat all day" names one day, "all days" seven.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
    let text = text.replace(" all day ", " 0 - 24 ");
    text.split_whitespace().filter(|word| !FILLERS.contains(word)).map(str::to_owned).collect()
}

const JOINTS: [&str; 4] = ["-", "to", "till", "until"];

/// What follows a "-" or "to", if that comes next.
fn after_joint(rest: &[String]) -> Option<(&String, &[String])> {
    let (joint, rest) = rest.split_first()?;
    if JOINTS.contains(&joint.as_str()) { rest.split_first() } else { None }
}

/// The days that `word` and what belongs to it name.
fn take_days(word: &str, rest: &mut &[String]) -> Option<Vec<Weekday>> {
    let (working, weekend) = ALL_DAYS.split_at(5);
    match word {
        "weekday" | "weekdays" => return Some(working.to_vec()),
        "weekend" | "weekends" => return Some(weekend.to_vec()),
        "day" | "days" | "daily" | "everyday" | "always" | "anytime" => return Some(ALL_DAYS.to_vec()),
        _ => {}
    }
    let first = day(word)?;
    let last = after_joint(rest).and_then(|(word, others)| Some((day(word)?, others)));
    let Some((last, others)) = last else { return Some(vec![first]) };
    *rest = others;
    let count = usize::from(last.since(first).unsigned_abs()) + 1;
    Some(ALL_DAYS.into_iter().cycle().skip_while(|day| *day != first).take(count).collect())
}

/// A day by its name or by the two letters that a calendar has for it; "mondays" too.
fn day(word: &str) -> Option<Weekday> {
    let letters = |day: &Weekday| word.len() == 2 && short(*day).starts_with(word);
    let word_alone = word.strip_suffix('s').filter(|_| word.ends_with("days")).unwrap_or(word);
    when::weekday(word_alone.trim_end_matches('.')).or_else(|| ALL_DAYS.into_iter().find(letters))
}

/// The minutes of a day that `word` and what belongs to it name.
fn take_times(word: &str, rest: &mut &[String]) -> Result<(u32, u32), WeeklyError> {
    match word {
        "morning" | "mornings" => return Ok((8 * 60, 12 * 60)),
        "afternoon" | "afternoons" => return Ok((12 * 60, 18 * 60)),
        "evening" | "evenings" => return Ok((18 * 60, 22 * 60)),
        _ if !word.starts_with(|c: char| c.is_ascii_digit()) => {
            return Err(WeeklyError::NotUnderstood { given: word.to_owned() });
        }
        _ => {}
    }
    let Some((until, others)) = after_joint(rest) else {
        return Err(WeeklyError::NoEnd { given: word.to_owned() });
    };
    *rest = others;
    // "6-9pm" means both in the afternoon.
    let both = until.ends_with("pm") && !word.ends_with(['m']);
    let afternoon = format!("{word}pm");
    let (from, to) = match (both.then(|| minute(&afternoon)).transpose(), minute(until)?) {
        (Ok(Some(from)), to) if from < to => (from, to),
        (_, to) => (minute(word)?, to),
    };
    if from < to {
        Ok((from, to))
    } else {
        Err(WeeklyError::EndsBeforeItBegins { given: format!("{word}-{until}") })
    }
}

fn minute(word: &str) -> Result<u32, WeeklyError> {
    let wrong = || WeeklyError::NoTime { given: word.to_owned() };
    let (time, ends_day) = when::time(word).ok_or_else(wrong)?;
    let minute = u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs());
    Ok(if ends_day { DAY } else { minute })
}
