//! A member's own promises as a calendar file (RFC 5545), for whatever calendar they use.
//!
//! A calendar often lies on somebody else's computer, so it says when and what, in the words of the board, and
//! nothing of the doorstep: there is no field for a place, a person or a note. Times are in universal time,
//! which every calendar shows in its reader's own.

use std::ops::Range;

use closeknit_ids::RecordId;
use jiff::{Timestamp, civil::DateTime};

/// One time at which a member goes, or offered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The promise.
    pub promise: RecordId,
    /// Which of its times, by the civil start of the slot; `None`: it has only one.
    pub slot: Option<DateTime>,
    /// What it is about.
    pub title: String,
    /// From when to when.
    pub at: Range<Timestamp>,
    /// How it stands.
    pub stands: Stands,
}

/// How a promise stands, in the words of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stands {
    /// Offered, or likely.
    Tentative,
    /// Going.
    Confirmed,
    /// It came to nothing. A calendar that showed it before takes it away.
    Cancelled,
}

impl Stands {
    const fn word(self) -> &'static str {
        match self {
            Self::Tentative => "TENTATIVE",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// The calendar, written `now` by `app` ("Closeknit 0.1.0").
///
/// An event keeps its name in every calendar that is written, so that reading a newer one changes what an
/// older one brought; `now` says which is newer.
#[must_use]
pub fn write<'a>(events: impl IntoIterator<Item = &'a Event>, now: Timestamp, app: &str) -> String {
    let mut file = String::new();
    line(&mut file, "BEGIN", "VCALENDAR");
    line(&mut file, "VERSION", "2.0");
    line(&mut file, "PRODID", &format!("-//Closeknit//{}//EN", escaped(app)));
    for event in events {
        line(&mut file, "BEGIN", "VEVENT");
        line(&mut file, "UID", &event.name());
        line(&mut file, "DTSTAMP", &moment(now));
        line(&mut file, "SEQUENCE", &now.as_second().max(0).checked_div(60).unwrap_or(0).to_string());
        line(&mut file, "DTSTART", &moment(event.at.start));
        if event.at.end > event.at.start {
            line(&mut file, "DTEND", &moment(event.at.end));
        }
        line(&mut file, "SUMMARY", &escaped(&event.title));
        line(&mut file, "STATUS", event.stands.word());
        line(&mut file, "CLASS", "PRIVATE");
        line(&mut file, "END", "VEVENT");
    }
    line(&mut file, "END", "VCALENDAR");
    file
}

impl Event {
    /// The same in every calendar, and of nobody else's event: the promise's own random id.
    fn name(&self) -> String {
        let slot = self.slot.map(|slot| slot.strftime("-%Y%m%dT%H%M%S").to_string()).unwrap_or_default();
        format!("{}{slot}", self.promise)
    }
}

/// In universal time, to the second. A calendar knows the years 1 to 9999.
fn moment(at: Timestamp) -> String {
    const FIRST: Timestamp = Timestamp::constant(-62_135_596_800, 0);
    at.max(FIRST).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a calendar writes it. Other control characters it does not have.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(letter),
            _ if letter.is_control() => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// The most bytes of a line, its end aside.
const MOST_BYTES: usize = 75;

/// A line of the file; what is too long goes on in the next, after a space.
fn line(file: &mut String, name: &str, value: &str) {
    let mut length = 0;
    for letter in name.chars().chain([':']).chain(value.chars()) {
        if length + letter.len_utf8() > MOST_BYTES {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(letter);
        length += letter.len_utf8();
    }
    file.push_str("\r\n");
}
