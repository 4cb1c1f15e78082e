use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sentence, as the id of a Fluent message and its values. The member decides which sentence is
/// true; the face says it in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Phrase {
    /// The Fluent message.
    pub id: String,
    /// Its values by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, Value>>", optional)]
    pub values: BTreeMap<String, Value>,
}

/// A value inside a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// Shown as it is: a name, a title.
    Text(String),
    /// Shown by the rules of the language, which may also choose the plural by it.
    Number(i32),
    /// A civil time in the circle's zone (`2026-11-26T09:20:00`), shown by the rules of the language.
    When(String),
    /// A day in the circle's zone (`2026-11-26`), shown by the rules of the language.
    Day(String),
    /// Names, joined by the rules of the language.
    Names(Vec<String>),
    /// The id of another message, said in its place (a category, a mode).
    Message(String),
    /// The ids of several, joined by the rules of the language.
    Messages(Vec<String>),
}

impl Phrase {
    /// A sentence without values.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), values: BTreeMap::new() }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.values.insert(name.to_owned(), value);
        self
    }

    /// The same with a text.
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.with(name, Value::Text(text.into()))
    }

    /// The same with a number; larger ones than fit are shown as the largest.
    #[must_use]
    pub fn number(self, name: &str, number: impl TryInto<i32>) -> Self {
        self.with(name, Value::Number(number.try_into().unwrap_or(i32::MAX)))
    }
}
