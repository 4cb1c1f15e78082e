//! The lines of the demo: commands as one types them, with what only the circle knows in braces.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::run::Result;

const DAY: i64 = 24 * 60 * 60;

/// What stands in braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked<'a> {
    /// `{Lift}`: the post whose title has this word.
    Post(&'a str),
    /// `{Lift: Sam}`: Sam's promise to it.
    Promise(&'a str, &'a str),
    /// `{Lift #1 #3}`: the first and the third of its times.
    Times(&'a str, Vec<usize>),
    /// `{in 14 days}`: that day.
    Day(i64),
}

impl<'a> Asked<'a> {
    fn read(text: &'a str) -> Self {
        let days = text.strip_prefix("in ").and_then(|rest| rest.strip_suffix(" days"));
        if let Some(days) = days.and_then(|days| days.parse().ok()) {
            return Self::Day(days);
        }
        if let Some((title, helper)) = text.split_once(": ") {
            return Self::Promise(title, helper);
        }
        let mut parts = text.split(" #");
        let title = parts.next().unwrap_or_default();
        let times: Vec<usize> = parts.filter_map(|time| time.parse().ok()).collect();
        if times.is_empty() { Self::Post(title) } else { Self::Times(title, times) }
    }
}

/// The words of a line: parted by spaces, or whole between quotation marks; `find` says what stands for a word
/// in braces.
pub(super) fn words(line: &str, find: impl Fn(Asked<'_>) -> Result<String>) -> Result<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = match first {
            '"' => whole(rest, '"'),
            '{' => whole(rest, '}'),
            _ => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(if first == '{' { find(Asked::read(word))? } else { word.to_owned() });
        rest = after.trim_start();
    }
    Ok(words)
}

/// What stands between the first sign and `end`, and what comes after.
fn whole(text: &str, end: char) -> (&str, &str) {
    let text = text.get(1..).unwrap_or_default();
    text.split_once(end).unwrap_or((text, ""))
}

/// So many days from now, as a date with the time of day in UTC.
pub(super) fn moment_in(days: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    moment(i64::try_from(now.as_secs()).unwrap_or_default().saturating_add(days.saturating_mul(DAY)))
}

/// The day alone.
pub(super) fn day_in(days: i64) -> String {
    moment_in(days).split('T').next().unwrap_or_default().to_owned()
}

fn moment(seconds: i64) -> String {
    let (day, time) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    // Years are counted from March on, so that a leap day is the last of its year; 719,468 days lie between
    // the first of March of the year 0 and 1970.
    let days = day + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_as_a_shell_does_and_braces_are_asked_for() {
        let find = |asked: Asked<'_>| Ok(format!("{asked:?}"));
        let said = words("promise {Lift: Sam}\n    --say \"I have a car.\" ", find).unwrap();
        assert_eq!(said, ["promise", r#"Promise("Lift", "Sam")"#, "--say", "I have a car."]);
        let said = words("promise {Meals} --slot {Meals #1 #3} --until {in 14 days}", find).unwrap();
        let asked = [r#"Post("Meals")"#, r#"Times("Meals", [1, 3])"#, "Day(14)"];
        assert_eq!([&said[1], &said[3], &said[5]], asked);
        assert!(words("show {Lift}", |_| Err("no".to_owned())).is_err());
    }

    #[test]
    fn moments_are_those_of_the_calendar() {
        for (seconds, said) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_795_709_645, "2026-11-26T16:14:05Z"),
            (4_102_444_800, "2100-01-01T00:00:00Z"),
        ] {
            assert_eq!(moment(seconds), said);
        }
    }
}
