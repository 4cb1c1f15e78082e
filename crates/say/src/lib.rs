//! Words for everything outside of the page: the same Fluent files, spoken by Rust. The command line says with
//! them what it prints, the window what it shows beside the page.

mod language;

use std::fmt;

use closeknit_api::{ApiError, Phrase, Value};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::civil::{Date, DateTime};
use unic_langid::LanguageIdentifier;

pub use self::language::{Language, NotSpoken};

macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!("../../../ui/src/locales/", $language, "/board.ftl")),
            include_str!(concat!("../../../ui/src/locales/", $language, "/capacity.ftl")),
            include_str!(concat!("../../../ui/src/locales/", $language, "/errors.ftl")),
            include_str!(concat!("../../../ui/src/locales/", $language, "/matching.ftl")),
            include_str!(concat!("../../../ui/src/locales/", $language, "/member.ftl")),
            include_str!(concat!("../../../ui/src/locales/", $language, "/terminal.ftl")),
            include_str!(concat!("../../../ui/src/locales/", $language, "/words.ftl")),
        ]
    };
}

/// Every sentence of a language.
fn files(language: Language) -> [&'static str; 7] {
    match language {
        Language::English => files!("en"),
        Language::Spanish => files!("es"),
    }
}

/// Says sentences.
pub struct Speaker {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Speaker {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_tuple("Speaker").field(&self.language).finish()
    }
}

impl Speaker {
    /// Somebody who speaks this language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![tag]);
        // A terminal shows the marks that isolate text of another direction as stray characters.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => |value, _| number(value, ',', 4),
            Language::Spanish => |value, _| number(value, '.', 5),
        }));
        for source in files(language) {
            // What cannot be parsed is missing, and a test below names it.
            let resource =
                FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
            let _ = bundle.add_resource(resource);
        }
        Self { language, bundle }
    }

    /// Which language is spoken.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A sentence without values.
    #[must_use]
    pub fn word(&self, id: &str) -> String {
        self.phrase(&Phrase::new(id))
    }

    /// A sentence with its values; its id in brackets where the files lack it.
    #[must_use]
    pub fn phrase(&self, phrase: &Phrase) -> String {
        self.attribute(phrase, None).unwrap_or_else(|| format!("[{}]", phrase.id))
    }

    /// What happened, and what to do next.
    #[must_use]
    pub fn error(&self, error: &ApiError) -> (String, Option<String>) {
        let phrase = error.phrase();
        (self.phrase(&phrase), self.attribute(&phrase, Some("hint")))
    }

    /// A civil time for a terminal: `Thu 26 Nov 09:20`.
    #[must_use]
    pub fn when(&self, time: &str) -> String {
        time.parse::<DateTime>().map_or_else(|_| time.to_owned(), |at| self.moment(at))
    }

    /// A day for a terminal: `Thu 26 Nov`.
    #[must_use]
    pub fn day(&self, day: &str) -> String {
        day.parse::<Date>().map_or_else(|_| day.to_owned(), |day| self.date(day))
    }

    /// A window for a terminal: `Thu 26 Nov 09:20–12:30`.
    #[must_use]
    pub fn window(&self, start: &str, end: &str) -> String {
        match (start.parse::<DateTime>(), end.parse::<DateTime>()) {
            (Ok(from), Ok(to)) if from.date() == to.date() => {
                format!("{}–{}", self.moment(from), to.strftime("%H:%M"))
            }
            _ => format!("{} – {}", self.when(start), self.when(end)),
        }
    }

    fn moment(&self, at: DateTime) -> String {
        let said = Phrase::new("say-moment").text("day", self.date(at.date()));
        self.phrase(&said.text("time", at.strftime("%H:%M").to_string()))
    }

    fn date(&self, day: Date) -> String {
        let weekday = self.word(&format!("weekday-{}", day.weekday().to_monday_one_offset()));
        let month = self.word(&format!("month-{}", day.month()));
        let said = Phrase::new("say-day").text("weekday", weekday).number("day", day.day());
        self.phrase(&said.text("month", month))
    }

    fn attribute(&self, phrase: &Phrase, attribute: Option<&str>) -> Option<String> {
        let message = self.bundle.get_message(&phrase.id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let mut args = FluentArgs::new();
        for (name, value) in &phrase.values {
            args.set(name.clone(), self.value(value));
        }
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned())
    }

    /// Names with "and" before the last.
    fn list(&self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                self.phrase(&Phrase::new("list-and").text("first", first.join(", ")).text("last", last))
            }
        }
    }

    fn value(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Text(text) => FluentValue::from(text.clone()),
            Value::Number(number) => FluentValue::from(*number),
            Value::When(time) => FluentValue::from(self.when(time)),
            Value::Day(day) => FluentValue::from(self.day(day)),
            Value::Names(names) => FluentValue::from(self.list(names)),
            Value::Message(id) => FluentValue::from(self.word(id)),
            Value::Messages(ids) => {
                let words: Vec<_> = ids.iter().map(|id| self.word(id)).collect();
                FluentValue::from(self.list(&words))
            }
        }
    }
}

/// A whole number in groups of three digits, if it has as many digits as the language wants for that.
fn number(value: &FluentValue<'_>, between: char, least: usize) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let plain = number.as_string();
    let digits = plain.trim_start_matches('-');
    if digits.len() < least || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut grouped = String::new();
    for (place, digit) in plain.chars().enumerate() {
        if place > 0 && digit.is_ascii_digit() && (plain.len() - place) % 3 == 0 && !grouped.ends_with('-') {
            grouped.push(between);
        }
        grouped.push(digit);
    }
    Some(grouped)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use closeknit_api::ErrorCode;

    use super::*;

    /// Every message and attribute of a file with the values it uses.
    fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        let (mut message, mut entry) = (String::new(), String::new());
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let start = line.split_once('=').map(|(name, _)| name.trim_end());
            match start.map(|name| (name, name.trim_start().strip_prefix('.'))) {
                Some((_, Some(attribute))) => entry = format!("{message}.{attribute}"),
                Some((name, None)) if !line.starts_with([' ', '}']) => {
                    message = name.to_owned();
                    entry.clone_from(&message);
                }
                _ => {}
            }
            let values: &mut BTreeSet<String> = found.entry(entry.clone()).or_default();
            let name = |used: &str| used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            values.extend(line.split('$').skip(1).map(name));
        }
        found
    }

    #[test]
    fn every_language_says_what_english_says_with_the_same_values() {
        for language in Language::ALL {
            for (english, theirs) in files(Language::English).into_iter().zip(files(language)) {
                assert_eq!(messages(theirs), messages(english), "{}", language.tag());
                assert!(FluentResource::try_new(theirs.to_owned()).is_ok(), "{}", language.tag());
            }
        }
    }

    #[test]
    fn every_error_says_what_happened_and_what_to_do() {
        for speaker in Language::ALL.map(Speaker::new) {
            for code in ErrorCode::ALL {
                let (what, hint) = speaker.error(&ApiError::new(*code));
                assert!(!what.starts_with('['), "{what} is missing");
                assert!(hint.is_some(), "{} has no hint", code.slug());
            }
        }
    }

    #[test]
    fn times_for_a_terminal() {
        let [english, spanish] = Language::ALL.map(Speaker::new);
        let day = ("2026-11-26T09:20:00", "2026-11-26T12:30:00");
        let night = ("2026-11-26T22:00:00", "2026-11-27T01:00:00");
        assert_eq!(english.window(day.0, day.1), "Thu 26 Nov 09:20–12:30");
        assert_eq!(english.window(night.0, night.1), "Thu 26 Nov 22:00 – Fri 27 Nov 01:00");
        assert_eq!(spanish.window(day.0, day.1), "jue 26 nov 09:20–12:30");
        assert_eq!(spanish.day("2026-12-05"), "sáb 5 dic");
        assert_eq!(spanish.day("some day"), "some day");
    }

    #[test]
    fn numbers_and_plurals_of_each_language() {
        let [english, spanish] = Language::ALL.map(Speaker::new);
        let near = |count: i32| Phrase::new("near-some").number("count", count);
        let size = |bytes: i32| Phrase::new("doctor-database-well").number("bytes", bytes);
        assert_eq!(english.phrase(&near(1)), "One machine of your circle is near.");
        assert_eq!(english.phrase(&size(28_430)), "in order, 28,430 bytes");
        assert_eq!(english.phrase(&size(430)), "in order, 430 bytes");
        assert_eq!(spanish.phrase(&near(2)), "Hay 2 ordenadores de tu círculo cerca.");
        assert_eq!(spanish.phrase(&size(8430)), "en orden, 8430 bytes");
        assert_eq!(spanish.phrase(&size(1_028_430)), "en orden, 1.028.430 bytes");
    }
}
