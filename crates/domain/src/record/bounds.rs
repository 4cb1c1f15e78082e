//! Numbers and lists that cannot be out of range.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::RangeError;
use crate::text::Phrase;

/// A short list of languages, skills or things to lend: at most [`Phrases::MOST`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Phrase>", into = "Vec<Phrase>")]
pub struct Phrases(Vec<Phrase>);

impl Phrases {
    /// The most entries.
    pub const MOST: usize = 32;

    /// Keeps the order.
    ///
    /// # Errors
    /// If there are more than [`Phrases::MOST`].
    pub fn new(phrases: Vec<Phrase>) -> Result<Self, RangeError> {
        if phrases.len() > Self::MOST { Err(RangeError::Phrases) } else { Ok(Self(phrases)) }
    }
}

impl Deref for Phrases {
    type Target = [Phrase];
    fn deref(&self) -> &[Phrase] {
        &self.0
    }
}

impl TryFrom<Vec<Phrase>> for Phrases {
    type Error = RangeError;
    fn try_from(phrases: Vec<Phrase>) -> Result<Self, RangeError> {
        Self::new(phrases)
    }
}

impl From<Phrases> for Vec<Phrase> {
    fn from(phrases: Phrases) -> Self {
        phrases.0
    }
}

/// How many: 1 to 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Amount(u16);

impl Amount {
    /// One.
    pub const ONE: Self = Self(1);
    /// The most a post can want or a promise can give.
    pub const MOST: u16 = 999;

    /// # Errors
    /// If it is zero or more than [`Amount::MOST`].
    pub const fn new(number: u16) -> Result<Self, RangeError> {
        if number == 0 || number > Self::MOST { Err(RangeError::Amount) } else { Ok(Self(number)) }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Amount {
    type Error = RangeError;
    fn try_from(number: u16) -> Result<Self, RangeError> {
        Self::new(number)
    }
}

impl From<Amount> for u16 {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

/// For how long something is lent: 1 to 366 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Days(u16);

impl Days {
    /// The most days.
    pub const MOST: u16 = 366;

    /// # Errors
    /// If it is zero or more than [`Days::MOST`].
    pub const fn new(days: u16) -> Result<Self, RangeError> {
        if days == 0 || days > Self::MOST { Err(RangeError::Days) } else { Ok(Self(days)) }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Days {
    type Error = RangeError;
    fn try_from(days: u16) -> Result<Self, RangeError> {
        Self::new(days)
    }
}

impl From<Days> for u16 {
    fn from(days: Days) -> Self {
        days.0
    }
}
