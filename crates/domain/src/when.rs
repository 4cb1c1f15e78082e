//! Times as people type them on the command line: ISO 8601, or plain words relative to now in a zone
//! ("tomorrow 9-12", "thursday 9:20-12:30", "mon 18-21", "by friday 17:00"), and durations ("7d").
//!
//! Weekdays mean the next one that is not over; today counts. Only `24:00` reaches into the next
//! day: "fri 22-2" is refused, "fri 22:00 - sat 2:00" is meant.

use jiff::{
    SignedDuration, Span, SpanRelativeTo, Timestamp,
    civil::{Date, DateTime, Time, Weekday},
};

use crate::{
    repeat::{Repeat, RepeatError},
    time::{TimeError, Window, Zone},
};

/// Why a time cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Neither ISO 8601 nor plain words that are known.
    #[error(
        "{given:?} is not a time that is understood; try \"tomorrow 9-12\", \"thursday 9:20-12:30\" or \"2026-03-05T09:20/2026-03-05T12:30\""
    )]
    NotUnderstood {
        /// What was typed.
        given: String,
    },
    /// A day word, but none that is known.
    #[error("{given:?} is no day; try \"today\", \"tomorrow\", \"thursday\" or \"2026-03-05\"")]
    NoDay {
        /// The word.
        given: String,
    },
    /// A time of day, but none that exists.
    #[error("{given:?} is no time of day; try \"9\", \"9:20\", \"21:00\" or \"9pm\"")]
    NoTime {
        /// The word.
        given: String,
    },
    /// When it begins, but not when it ends.
    #[error("{given:?} says when it begins but not when it ends; try \"9-12\"")]
    NoEnd {
        /// What was typed.
        given: String,
    },
    /// That time has passed.
    #[error("{given:?} is over already")]
    Over {
        /// What was typed.
        given: String,
    },
    /// Not a length of time, or none that makes sense here.
    #[error("{given:?} is no length of time between a minute and a year; try \"12h\", \"7d\" or \"2 weeks\"")]
    NoDuration {
        /// What was typed.
        given: String,
    },
    /// The window itself cannot be.
    #[error(transparent)]
    Window(#[from] TimeError),
}

/// A window, in the zone given (or in the one that ISO text names in brackets).
///
/// # Errors
/// If the text is not understood, ends before it begins, or means a time that is over. A window
/// written out with dates may lie in the past.
pub fn window(text: &str, now: Timestamp, zone: &Zone) -> Result<Window, WhenError> {
    let text = text.trim();
    match split_iso(text) {
        Some((start, end)) => iso_window(text, start, end, zone),
        None => plain_window(text, now, zone),
    }
}

/// A moment: ISO 8601 (with an offset, or civil in `zone`), or a plain day and time.
///
/// # Errors
/// If the text is not understood.
pub fn moment(text: &str, now: Timestamp, zone: &Zone) -> Result<Timestamp, WhenError> {
    let text = text.trim();
    if let Some((at, zone)) = iso_point(text, zone) {
        return Ok(zone.moment(at));
    }
    let words = words(text);
    let (at, rest) = Point::take(&words, today(now, zone))?;
    match at.start() {
        Some(at) if rest.is_empty() => Ok(zone.moment(at)),
        _ => Err(WhenError::NotUnderstood { given: text.to_owned() }),
    }
}

/// The moment until which something lasts: a day means to its end, a duration counts from now.
///
/// # Errors
/// If the text is not understood, or it is over already.
pub fn until(text: &str, now: Timestamp, zone: &Zone) -> Result<Timestamp, WhenError> {
    let text = text.trim();
    let at = match (day(text, now, zone), duration(text)) {
        (Ok(day), _) => zone.moment(day_after(day).into()),
        (_, Ok(length)) => now.saturating_add(length).unwrap_or(Timestamp::MAX),
        _ => moment(text, now, zone)?,
    };
    if at > now { Ok(at) } else { Err(WhenError::Over { given: text.to_owned() }) }
}

/// A day: `2026-03-05`, "today", "tomorrow", a weekday.
///
/// # Errors
/// If it is none of these.
pub fn day(text: &str, now: Timestamp, zone: &Zone) -> Result<Date, WhenError> {
    let word = text.trim().to_lowercase();
    DayWord::read(&word).map(|day| day.first(today(now, zone))).ok_or(WhenError::NoDay { given: word })
}

/// A length of time of at most a year: "7d", "12h", "2 weeks", "P7D". A day is 24 hours.
///
/// # Errors
/// If it is not understood, less than a minute, or more than a year.
pub fn duration(text: &str) -> Result<SignedDuration, WhenError> {
    let wrong = || WhenError::NoDuration { given: text.trim().to_owned() };
    let span: Span = text.trim().parse().map_err(|_| wrong())?;
    let length = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| wrong())?;
    let allowed = SignedDuration::from_mins(1)..=SignedDuration::from_hours(366 * 24);
    if allowed.contains(&length) { Ok(length) } else { Err(wrong()) }
}

/// How often something comes again: an RFC 5545 rule (`FREQ=WEEKLY;BYDAY=MO,WE;COUNT=9`), "daily", "weekly",
/// "monthly", or the weekdays of every week ("mon, wed"). `UNTIL` may be a day, with all of which it ends in
/// `zone`.
///
/// # Errors
/// If it is none of these.
pub fn repeat(text: &str, zone: &Zone) -> Result<Repeat, RepeatError> {
    let text = text.trim();
    let rule = text.strip_prefix("RRULE:").unwrap_or(text);
    if rule.contains('=') {
        let part = |part: &str| last_day(part, zone).unwrap_or_else(|| part.to_owned());
        return rule.split(';').map(part).collect::<Vec<_>>().join(";").parse();
    }
    let text = text.to_lowercase();
    match text.as_str() {
        "daily" => return "FREQ=DAILY".parse(),
        "weekly" => return "FREQ=WEEKLY".parse(),
        "monthly" => return "FREQ=MONTHLY".parse(),
        _ => {}
    }
    let words = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
    let days: Option<Vec<Weekday>> = words.map(weekday).collect();
    days.filter(|days| !days.is_empty()).map(|days| Repeat::weekly(&days)).ok_or(RepeatError)
}

/// `UNTIL=20261224` as the last second of that day.
fn last_day(part: &str, zone: &Zone) -> Option<String> {
    let day = part.strip_prefix("UNTIL=").filter(|day| day.len() == "20261224".len())?;
    let day = Date::strptime("%Y%m%d", day).ok()?;
    let end = zone.moment(day.at(23, 59, 59, 0));
    Some(format!("UNTIL={}", end.strftime("%Y%m%dT%H%M%SZ")))
}

fn today(now: Timestamp, zone: &Zone) -> Date {
    zone.civil(now).date()
}

fn day_after(day: Date) -> Date {
    day.saturating_add(Span::new().days(1))
}

// ISO 8601

/// The two sides of an ISO interval: a `/` outside brackets (zone names hold slashes).
fn split_iso(text: &str) -> Option<(&str, &str)> {
    let mut inside = false;
    let at = text.char_indices().find_map(|(at, c)| {
        inside = (inside || c == '[') && c != ']';
        (c == '/' && !inside).then_some(at)
    })?;
    let (start, rest) = text.split_at_checked(at)?;
    Some((start.trim(), rest.strip_prefix('/')?.trim()))
}

/// `start/end`, `start/12:30`, `start/PT3H`, `day/day` (to the end of the second).
fn iso_window(text: &str, start: &str, end: &str, zone: &Zone) -> Result<Window, WhenError> {
    let wrong = || WhenError::NotUnderstood { given: text.to_owned() };
    if let (Ok(first), Ok(last)) = (start.parse::<Date>(), end.parse::<Date>())
        && start.len() == 10
        && end.len() == 10
    {
        return Ok(Window::new(first.into(), day_after(last).into(), zone.clone())?);
    }
    let (from, zone) = iso_point(start, zone).ok_or_else(wrong)?;
    let to = if let Some((to, _)) = iso_point(end, &zone) {
        to
    } else if let Ok(time) = end.parse::<Time>() {
        from.with().time(time).build().map_err(|_| wrong())?
    } else {
        let length = duration(end)?;
        zone.civil(zone.moment(from).saturating_add(length).unwrap_or(Timestamp::MAX))
    };
    Ok(Window::new(from, to, zone)?)
}

/// A point in ISO 8601 as civil time, and the zone it is in: with an offset it is turned into `zone`.
fn iso_point(text: &str, zone: &Zone) -> Option<(DateTime, Zone)> {
    let (at, named) = match text.split_once('[') {
        Some((at, named)) => (at, Some(Zone::new(named.strip_suffix(']')?).ok()?)),
        None => (text, None),
    };
    let zone = named.unwrap_or_else(|| zone.clone());
    if !at.contains(['T', 't', ' ']) {
        return None;
    }
    if let Ok(moment) = at.parse::<Timestamp>() {
        return Some((zone.civil(moment), zone));
    }
    at.parse::<DateTime>().ok().map(|at| (at, zone))
}

// Plain words

/// A day as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayWord {
    Date(Date),
    InDays(i64),
    On(Weekday),
}

impl DayWord {
    fn read(word: &str) -> Option<Self> {
        match word {
            "today" => Some(Self::InDays(0)),
            "tomorrow" => Some(Self::InDays(1)),
            _ => weekday(word).map(Self::On).or_else(|| {
                let is_date = word.len() == 10;
                is_date.then(|| word.parse().ok().map(Self::Date)).flatten()
            }),
        }
    }

    /// The first such day from `from` on.
    fn first(self, from: Date) -> Date {
        match self {
            Self::Date(date) => date,
            Self::InDays(days) => from.saturating_add(Span::new().days(days)),
            Self::On(weekday) => {
                from.saturating_add(Span::new().days(i64::from(weekday.since(from.weekday()))))
            }
        }
    }
}

/// A day of the week by its name, or by three letters of it or more.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let named = |(name, _): &&(&str, Weekday)| word.len() >= 3 && name.starts_with(word);
    DAYS.iter().find(named).map(|(_, day)| *day)
}

/// A day, a time of day, or both. `24:00` is the midnight that ends the day.
#[derive(Debug, Clone, Copy, Default)]
struct Point {
    day: Option<(DayWord, Date)>,
    time: Option<(Time, bool)>,
}

impl Point {
    /// Takes a day and a time from the front of `words`, in either order; weekdays from `from` on.
    fn take(words: &[String], from: Date) -> Result<(Self, &[String]), WhenError> {
        let mut point = Self::default();
        let mut rest = words;
        while let Some((word, others)) = rest.split_first() {
            if SEPARATORS.contains(&word.as_str()) || DEADLINES.contains(&word.as_str()) {
                break;
            }
            if word.starts_with(|c: char| c.is_ascii_digit()) && word.len() != 10 {
                let time = time(word).ok_or_else(|| WhenError::NoTime { given: word.clone() })?;
                if point.time.replace(time).is_some() {
                    return Err(WhenError::NotUnderstood { given: word.clone() });
                }
            } else {
                let day = DayWord::read(word).ok_or_else(|| WhenError::NoDay { given: word.clone() })?;
                if point.day.replace((day, day.first(from))).is_some() {
                    return Err(WhenError::NotUnderstood { given: word.clone() });
                }
            }
            rest = others;
        }
        Ok((point, rest))
    }

    fn at(day: Date, (time, next_day): (Time, bool)) -> DateTime {
        if next_day { day_after(day).into() } else { day.to_datetime(time) }
    }

    /// As a start: a day alone begins at midnight.
    fn start(&self) -> Option<DateTime> {
        let (_, day) = self.day?;
        Some(self.time.map_or(day.into(), |time| Self::at(day, time)))
    }

    /// As an end: a day alone lasts to midnight; a time alone is on `day`.
    fn end(&self, day: Date) -> DateTime {
        let day = self.day.map_or(day, |(_, day)| day);
        self.time.map_or_else(|| day_after(day).into(), |time| Self::at(day, time))
    }
}

const SEPARATORS: [&str; 2] = ["-", "to"];
const DEADLINES: [&str; 4] = ["by", "before", "until", "till"];
const FILLERS: [&str; 3] = ["on", "at", "from"];

/// Lower-case words; a dash between two times or days is a word of its own.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['–', '—'], "-").replace(',', " ");
    let mut words = Vec::new();
    for word in text.split_whitespace().filter(|word| !FILLERS.contains(word)) {
        if word.len() == 10 && word.split('-').count() == 3 {
            words.push(word.to_owned());
            continue;
        }
        for (i, part) in word.split('-').enumerate() {
            if i > 0 {
                words.push("-".to_owned());
            }
            if !part.is_empty() {
                words.push(part.to_owned());
            }
        }
    }
    words
}

/// `9`, `9:20`, `9.20`, `21:00`, `24`, `9am`, `9:30pm`; whether it is the midnight that ends the day.
pub(crate) fn time(word: &str) -> Option<(Time, bool)> {
    let (digits, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (word, None),
    };
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, "00"));
    if minute.len() != 2 || hour.is_empty() || hour.len() > 2 {
        return None;
    }
    let (mut hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    if let Some(half) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + half;
    }
    if (hour, minute) == (24, 0) {
        return Some((Time::midnight(), true));
    }
    Time::new(hour, minute, 0, 0).ok().map(|time| (time, false))
}

fn plain_window(text: &str, now: Timestamp, zone: &Zone) -> Result<Window, WhenError> {
    let given = || text.to_owned();
    let words = words(text);
    let today = today(now, zone);
    let (first, rest) = Point::take(&words, today)?;
    let Some((joint, rest)) = rest.split_first() else {
        return match (first.day, first.time) {
            (Some((day, date)), None) => not_over(text, day, date.into(), day_after(date).into(), now, zone),
            (_, Some(_)) => Err(WhenError::NoEnd { given: given() }),
            (None, None) => Err(WhenError::NotUnderstood { given: given() }),
        };
    };
    let deadline = DEADLINES.contains(&joint.as_str()) && first.time.is_none();
    let (second, rest) = Point::take(rest, first.day.map_or(today, |(_, date)| date))?;
    if !rest.is_empty() || second.time.is_none() && second.day.is_none() {
        return Err(WhenError::NotUnderstood { given: given() });
    }
    if deadline {
        let day = first.day.or(second.day).map_or(DayWord::InDays(0), |(day, _)| day);
        let from_now = zone.civil(now).with().second(0).subsec_nanosecond(0).build();
        let from_now = from_now.map_err(|_| WhenError::NotUnderstood { given: given() })?;
        let start = first.start().map_or(from_now, |start| start.max(from_now));
        let end = second.end(first.day.map_or(today, |(_, date)| date));
        let end = match day {
            DayWord::On(_) if end <= start => end.saturating_add(Span::new().days(7)),
            _ if end <= start => return Err(WhenError::Over { given: given() }),
            _ => end,
        };
        return Ok(Window::new(start, end, zone.clone())?);
    }
    let (day, date) = match (first.day, second.day) {
        (Some(first), _) => first,
        (None, None) => (DayWord::InDays(0), today),
        (None, Some(_)) => return Err(WhenError::NotUnderstood { given: given() }),
    };
    let start = first.time.map_or(date.into(), |time| Point::at(date, time));
    not_over(text, day, start, second.end(date), now, zone)
}

/// The window, a week later if it is on a weekday and over; refused if it is over and a day was named
/// that cannot come again.
fn not_over(
    text: &str,
    day: DayWord,
    start: DateTime,
    end: DateTime,
    now: Timestamp,
    zone: &Zone,
) -> Result<Window, WhenError> {
    let window = Window::new(start, end, zone.clone())?;
    match day {
        _ if window.ends() > now => Ok(window),
        DayWord::Date(_) => Ok(window),
        DayWord::InDays(_) => Err(WhenError::Over { given: text.to_owned() }),
        DayWord::On(_) => {
            let week = Span::new().days(7);
            Ok(Window::new(start.saturating_add(week), end.saturating_add(week), zone.clone())?)
        }
    }
}
