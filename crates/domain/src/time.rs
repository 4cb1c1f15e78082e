//! Civil time with zones. Everything people agree on ("Thursday 9:20") is civil time in a named
//! zone; only advisory moments are timestamps. Zone data is compiled in, so that two machines
//! agree whatever their systems say.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    sync::LazyLock,
};

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Serialize};

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Why a time cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// The compiled-in zone data has no such name.
    #[error("{0:?} is no known time zone")]
    UnknownZone(String),
    /// The end is not after the start.
    #[error("it ends before it begins")]
    EndsBeforeItBegins,
    /// Longer than a year.
    #[error("it is longer than a year")]
    TooLong,
}

/// An IANA time zone that the compiled-in data knows.
///
/// It holds its rules: to look them up by name for every moment was a good part of making a board.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn new(name: &str) -> Result<Self, TimeError> {
        match ZONES.get(name) {
            Ok(zone) if zone.iana_name().is_some() => Ok(Self(zone)),
            _ => Err(TimeError::UnknownZone(name.to_owned())),
        }
    }

    /// Universal time, for where nothing better is known.
    #[must_use]
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// Its name, such as `Europe/Madrid`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The moment of a civil time here: a skipped hour moves later, a doubled one takes the first.
    #[must_use]
    pub fn moment(&self, at: DateTime) -> Timestamp {
        match self.0.to_ambiguous_timestamp(at).compatible() {
            Ok(moment) => moment,
            Err(_) if at.year() < 0 => Timestamp::MIN,
            Err(_) => Timestamp::MAX,
        }
    }

    /// The civil time of a moment here.
    #[must_use]
    pub fn civil(&self, at: Timestamp) -> DateTime {
        self.0.to_datetime(at)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl TryFrom<String> for Zone {
    type Error = TimeError;
    fn try_from(name: String) -> Result<Self, TimeError> {
        Self::new(&name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

/// From when to when, in a zone. The end is after the start and at most a year later.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "WindowFields", into = "WindowFields")]
pub struct Window {
    start: DateTime,
    end: DateTime,
    zone: Zone,
}

#[derive(Serialize, Deserialize)]
struct WindowFields {
    start: DateTime,
    end: DateTime,
    zone: Zone,
}

impl Window {
    /// # Errors
    /// If it ends before it begins (as moments, so across a clock change too), or lasts longer than a year.
    pub fn new(start: DateTime, end: DateTime, zone: Zone) -> Result<Self, TimeError> {
        let (from, to) = (zone.moment(start), zone.moment(end));
        if to <= from || end <= start {
            return Err(TimeError::EndsBeforeItBegins);
        }
        if to.as_second().saturating_sub(from.as_second()) > 366 * 24 * 3600 {
            return Err(TimeError::TooLong);
        }
        Ok(Self { start, end, zone })
    }

    /// The civil start.
    #[must_use]
    pub const fn start(&self) -> DateTime {
        self.start
    }

    /// The civil end.
    #[must_use]
    pub const fn end(&self) -> DateTime {
        self.end
    }

    /// The zone both are in.
    #[must_use]
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The moment it begins.
    #[must_use]
    pub fn begins(&self) -> Timestamp {
        self.zone.moment(self.start)
    }

    /// The moment it ends.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        self.zone.moment(self.end)
    }
}

impl TryFrom<WindowFields> for Window {
    type Error = TimeError;
    fn try_from(fields: WindowFields) -> Result<Self, TimeError> {
        Self::new(fields.start, fields.end, fields.zone)
    }
}

impl From<Window> for WindowFields {
    fn from(window: Window) -> Self {
        Self { start: window.start, end: window.end, zone: window.zone }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(start: &str, end: &str) -> Result<Window, TimeError> {
        Window::new(start.parse().unwrap(), end.parse().unwrap(), Zone::new("Europe/Madrid").unwrap())
    }

    #[test]
    fn zones_are_those_of_the_compiled_in_data() {
        assert_eq!(Zone::new("europe/madrid").unwrap().name(), "Europe/Madrid");
        assert_eq!(Zone::new("Europe/Millrace"), Err(TimeError::UnknownZone("Europe/Millrace".into())));
        assert!(serde_json::from_str::<Zone>("\"Europe/Millrace\"").is_err());
    }

    #[test]
    fn a_skipped_hour_moves_later_and_a_doubled_one_takes_the_first() {
        let skipped = window("2027-03-28T02:30", "2027-03-28T04:00").unwrap();
        assert_eq!(skipped.begins(), "2027-03-28T03:30+02:00".parse().unwrap());
        let doubled = window("2026-10-25T02:30", "2026-10-25T04:00").unwrap();
        assert_eq!(doubled.begins(), "2026-10-25T02:30+02:00".parse().unwrap());
        assert_eq!(doubled.ends().as_second() - doubled.begins().as_second(), 9000);
    }

    #[test]
    fn a_window_that_cannot_be_is_refused_also_when_read() {
        assert_eq!(window("2026-11-26T12:30", "2026-11-26T09:20"), Err(TimeError::EndsBeforeItBegins));
        assert_eq!(window("2026-11-26T12:30", "2026-11-26T12:30"), Err(TimeError::EndsBeforeItBegins));
        // The skipped hour moves the start behind the end.
        assert_eq!(window("2027-03-28T02:30", "2027-03-28T03:15"), Err(TimeError::EndsBeforeItBegins));
        assert_eq!(window("2026-11-26T12:30", "2027-11-29T12:30"), Err(TimeError::TooLong));
        let text = "{\"start\":\"2026-11-26T12:30:00\",\"end\":\"2026-11-26T09:20:00\",\"zone\":\"UTC\"}";
        assert!(serde_json::from_str::<Window>(text).is_err());
        assert!(serde_json::from_str::<Window>(&text.replace("09:20", "13:20")).is_ok());
    }
}
