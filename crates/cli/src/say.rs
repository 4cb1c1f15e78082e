//! Words: the same Fluent files that the page uses.

use closeknit_api::{ApiError, Phrase, Value};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::civil::DateTime;
use unic_langid::LanguageIdentifier;

/// Every sentence, in English.
const ENGLISH: &[&str] = &[
    include_str!("../../../ui/src/locales/en/board.ftl"),
    include_str!("../../../ui/src/locales/en/capacity.ftl"),
    include_str!("../../../ui/src/locales/en/errors.ftl"),
    include_str!("../../../ui/src/locales/en/matching.ftl"),
    include_str!("../../../ui/src/locales/en/member.ftl"),
    include_str!("../../../ui/src/locales/en/terminal.ftl"),
    include_str!("../../../ui/src/locales/en/words.ftl"),
];

/// Says sentences.
pub(crate) struct Speaker {
    bundle: FluentBundle<FluentResource>,
}

impl Speaker {
    pub(crate) fn english() -> Self {
        let mut bundle = FluentBundle::new(vec![english()]);
        // A terminal shows the marks that isolate text of another direction as stray characters.
        bundle.set_use_isolating(false);
        for source in ENGLISH {
            // What cannot be parsed is missing, and the test below names it.
            let resource =
                FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
            let _ = bundle.add_resource(resource);
        }
        Self { bundle }
    }

    /// A sentence without values.
    pub(crate) fn word(&self, id: &str) -> String {
        self.phrase(&Phrase::new(id))
    }

    /// A sentence with its values; its id in brackets where the files lack it.
    pub(crate) fn phrase(&self, phrase: &Phrase) -> String {
        self.attribute(phrase, None).unwrap_or_else(|| format!("[{}]", phrase.id))
    }

    /// What happened, and what to do next.
    pub(crate) fn error(&self, error: &ApiError) -> (String, Option<String>) {
        let phrase = error.phrase();
        (self.phrase(&phrase), self.attribute(&phrase, Some("hint")))
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
            Value::When(time) => FluentValue::from(when(time)),
            Value::Day(day) => FluentValue::from(self::day(day)),
            Value::Names(names) => FluentValue::from(self.list(names)),
            Value::Message(id) => FluentValue::from(self.word(id)),
        }
    }
}

fn english() -> LanguageIdentifier {
    "en".parse().unwrap_or_default()
}

/// A civil time for a terminal: `Thu 26 Nov 09:20`.
pub(crate) fn when(time: &str) -> String {
    time.parse::<DateTime>().map_or_else(|_| time.to_owned(), |at| at.strftime("%a %e %b %H:%M").to_string())
}

/// A day for a terminal: `Thu 26 Nov`.
pub(crate) fn day(day: &str) -> String {
    day.parse::<jiff::civil::Date>()
        .map_or_else(|_| day.to_owned(), |day| day.strftime("%a %e %b").to_string())
}

/// A window for a terminal: `Thu 26 Nov 09:20–12:30`.
pub(crate) fn window(start: &str, end: &str) -> String {
    match (start.parse::<DateTime>(), end.parse::<DateTime>()) {
        (Ok(from), Ok(to)) if from.date() == to.date() => format!("{}–{}", when(start), to.strftime("%H:%M")),
        _ => format!("{} – {}", when(start), when(end)),
    }
}

#[cfg(test)]
mod tests {
    use closeknit_api::ErrorCode;

    use super::*;

    #[test]
    fn every_error_says_what_happened_and_what_to_do() {
        let speaker = Speaker::english();
        for code in ErrorCode::ALL {
            let (what, hint) = speaker.error(&ApiError::new(*code));
            assert!(!what.starts_with('['), "{what} is missing");
            assert!(hint.is_some(), "{} has no hint", code.slug());
        }
    }

    #[test]
    fn times_for_a_terminal() {
        assert_eq!(window("2026-11-26T09:20:00", "2026-11-26T12:30:00"), "Thu 26 Nov 09:20–12:30");
        assert_eq!(
            window("2026-11-26T22:00:00", "2026-11-27T01:00:00"),
            "Thu 26 Nov 22:00 – Fri 27 Nov 01:00"
        );
    }
}
