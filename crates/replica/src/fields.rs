//! The fields of one record by name, and what a scalar may stand for.

use std::{collections::BTreeMap, str::FromStr};

use automerge::ScalarValue;
use closeknit_domain::Sealed;
use closeknit_ids::{MemberId, RecordId};
use jiff::Timestamp;

/// A field is missing, of another type, or out of range. The record is skipped, the rest stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OutOfRange(pub(crate) &'static str);

type Result<T> = std::result::Result<T, OutOfRange>;

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Held {
    Scalar(ScalarValue),
    /// A text that merges letter by letter.
    Text(String),
}

/// The fields of a record. Unknown ones are here too, and nobody asks for them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Fields(BTreeMap<String, Held>);

impl Fields {
    pub(crate) fn set(&mut self, name: &str, value: ScalarValue) {
        self.0.insert(name.to_owned(), Held::Scalar(value));
    }

    /// A text that merges.
    pub(crate) fn set_long(&mut self, name: &str, text: &str) {
        self.0.insert(name.to_owned(), Held::Text(text.to_owned()));
    }

    pub(crate) fn set_text(&mut self, name: &str, text: &str) {
        self.set(name, ScalarValue::Str(text.into()));
    }

    /// Leaves the field out where there is no text.
    pub(crate) fn set_text_if(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.set_text(name, text);
        }
    }

    /// In whole seconds: what is finer is cut off.
    pub(crate) fn set_moment(&mut self, name: &str, moment: Timestamp) {
        let second = moment.as_nanosecond().div_euclid(1_000_000_000);
        let milliseconds = i64::try_from(second.saturating_mul(1_000)).unwrap_or_default();
        self.set(name, ScalarValue::Timestamp(milliseconds));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&ScalarValue> {
        match self.held(name) {
            Some(Held::Scalar(value)) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn held(&self, name: &str) -> Option<&Held> {
        self.0.get(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Held)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// A text that merges.
    pub(crate) fn long(&self, name: &'static str) -> Result<&str> {
        match self.held(name) {
            Some(Held::Text(text)) => Ok(text),
            _ => Err(OutOfRange(name)),
        }
    }

    fn read<T>(&self, name: &'static str, of: impl FnOnce(&ScalarValue) -> Option<T>) -> Result<Option<T>> {
        self.get(name).map(|value| of(value).ok_or(OutOfRange(name))).transpose()
    }

    /// A text that fits `T`, if the field is there.
    pub(crate) fn text_if<T: TryFrom<String>>(&self, name: &'static str) -> Result<Option<T>> {
        self.read(name, |value| text(value).and_then(|text| T::try_from(text.to_owned()).ok()))
    }

    pub(crate) fn text<T: TryFrom<String>>(&self, name: &'static str) -> Result<T> {
        self.text_if(name)?.ok_or(OutOfRange(name))
    }

    /// A word of a closed list.
    pub(crate) fn word<T: FromStr>(&self, name: &'static str) -> Result<T> {
        self.read(name, |value| text(value)?.parse().ok())?.ok_or(OutOfRange(name))
    }

    pub(crate) fn flag_if(&self, name: &'static str) -> Result<Option<bool>> {
        self.read(name, ScalarValue::as_bool)
    }

    pub(crate) fn flag(&self, name: &'static str) -> Result<bool> {
        self.flag_if(name)?.ok_or(OutOfRange(name))
    }

    pub(crate) fn number_if(&self, name: &'static str) -> Result<Option<u16>> {
        self.read(name, |value| u16::try_from(value.as_u64()?).ok())
    }

    pub(crate) fn number(&self, name: &'static str) -> Result<u16> {
        self.number_if(name)?.ok_or(OutOfRange(name))
    }

    pub(crate) fn moment_if(&self, name: &'static str) -> Result<Option<Timestamp>> {
        self.read(name, |value| match value {
            ScalarValue::Timestamp(milliseconds) => Timestamp::from_millisecond(*milliseconds).ok(),
            _ => None,
        })
    }

    pub(crate) fn moment(&self, name: &'static str) -> Result<Timestamp> {
        self.moment_if(name)?.ok_or(OutOfRange(name))
    }

    pub(crate) fn bytes(&self, name: &'static str) -> Result<&[u8]> {
        match self.get(name) {
            Some(ScalarValue::Bytes(bytes)) => Ok(bytes),
            _ => Err(OutOfRange(name)),
        }
    }

    pub(crate) fn id(&self, name: &'static str) -> Result<RecordId> {
        RecordId::from_slice(self.bytes(name)?).ok_or(OutOfRange(name))
    }

    pub(crate) fn member(&self, name: &'static str) -> Result<MemberId> {
        MemberId::from_slice(self.bytes(name)?).ok_or(OutOfRange(name))
    }

    pub(crate) fn sealed(&self, name: &'static str) -> Result<Option<Sealed>> {
        self.read(name, |value| match value {
            ScalarValue::Bytes(bytes) => Sealed::new(bytes.clone()).ok(),
            _ => None,
        })
    }
}

impl FromIterator<(String, Held)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, Held)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

fn text(value: &ScalarValue) -> Option<&str> {
    match value {
        ScalarValue::Str(text) => Some(text),
        _ => None,
    }
}
