//! When a post is: at any time, once, at several times, or again and again.
//!
//! Each of several times is a *slot*, with seats of its own. A slot is named by its civil start in the
//! post's zone, as iCalendar names one of a series by RECURRENCE-ID.

use std::{collections::BTreeSet, fmt, ops::Deref, str::FromStr};

use jiff::{Timestamp, civil::DateTime};
use serde::{Deserialize, Serialize};

use crate::{
    repeat::Repeat,
    time::{Window, Zone},
};

/// Why a list of times cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlotsError {
    /// Fewer or more than fit.
    #[error("from 1 to {} times fit", Slots::MOST)]
    Count,
    /// Two begin at the same time, or they are not in one zone.
    #[error("they begin at the same time, or are in different zones")]
    Apart,
}

/// Which of a post's times: its civil start in the post's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SlotId(pub DateTime);

impl fmt::Display for SlotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for SlotId {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

/// Some of a post's times: from 1 to [`Slots::MOST`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "BTreeSet<SlotId>", into = "BTreeSet<SlotId>")]
pub struct SlotIds(BTreeSet<SlotId>);

impl SlotIds {
    /// # Errors
    /// If there is none, or more than [`Slots::MOST`].
    pub fn new(slots: BTreeSet<SlotId>) -> Result<Self, SlotsError> {
        if slots.is_empty() || slots.len() > Slots::MOST { Err(SlotsError::Count) } else { Ok(Self(slots)) }
    }

    /// One.
    #[must_use]
    pub fn one(slot: SlotId) -> Self {
        Self(BTreeSet::from([slot]))
    }
}

impl Deref for SlotIds {
    type Target = BTreeSet<SlotId>;
    fn deref(&self) -> &BTreeSet<SlotId> {
        &self.0
    }
}

impl TryFrom<BTreeSet<SlotId>> for SlotIds {
    type Error = SlotsError;
    fn try_from(slots: BTreeSet<SlotId>) -> Result<Self, SlotsError> {
        Self::new(slots)
    }
}

impl From<SlotIds> for BTreeSet<SlotId> {
    fn from(slots: SlotIds) -> Self {
        slots.0
    }
}

/// Several times in one zone, by their start: from 2 to [`Slots::MOST`], no two with one start.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Window>", into = "Vec<Window>")]
pub struct Slots(Vec<Window>);

impl Slots {
    /// The most times of a list.
    pub const MOST: usize = 64;

    /// Sorts them.
    ///
    /// # Errors
    /// If there are fewer than two or more than [`Slots::MOST`], if two have one start, or one is in
    /// another zone.
    pub fn new(mut windows: Vec<Window>) -> Result<Self, SlotsError> {
        if windows.len() < 2 || windows.len() > Self::MOST {
            return Err(SlotsError::Count);
        }
        windows.sort_unstable_by_key(Window::start);
        let fit = |two: &[Window]| matches!(two, [one, other] if one.start() < other.start() && one.zone() == other.zone());
        if windows.windows(2).all(fit) { Ok(Self(windows)) } else { Err(SlotsError::Apart) }
    }
}

impl Deref for Slots {
    type Target = [Window];
    fn deref(&self) -> &[Window] {
        &self.0
    }
}

impl TryFrom<Vec<Window>> for Slots {
    type Error = SlotsError;
    fn try_from(windows: Vec<Window>) -> Result<Self, SlotsError> {
        Self::new(windows)
    }
}

impl From<Slots> for Vec<Window> {
    fn from(slots: Slots) -> Self {
        slots.0
    }
}

/// When a post is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// No time is set.
    #[default]
    Anytime,
    /// Once.
    Once(Window),
    /// At several times, each with seats of its own.
    Slots(Slots),
    /// Again and again: the first window, and the rule by which more follow. Each has seats of its own.
    Repeats(Window, Repeat),
}

impl When {
    /// These times: none is any time, one is once.
    ///
    /// # Errors
    /// If they make no list ([`Slots::new`]).
    pub fn at(mut windows: Vec<Window>) -> Result<Self, SlotsError> {
        match (windows.pop(), windows.is_empty()) {
            (None, _) => Ok(Self::Anytime),
            (Some(one), true) => Ok(Self::Once(one)),
            (Some(last), false) => {
                windows.push(last);
                Slots::new(windows).map(Self::Slots)
            }
        }
    }

    /// The first window, if a time is set.
    #[must_use]
    pub fn first(&self) -> Option<&Window> {
        match self {
            Self::Anytime => None,
            Self::Once(window) | Self::Repeats(window, _) => Some(window),
            Self::Slots(slots) => slots.first(),
        }
    }

    /// The window that is on or comes next; if all are over, the first.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Option<Window> {
        self.between(now, Timestamp::MAX).into_iter().next().or_else(|| self.first().cloned())
    }

    /// Its window, if it is once.
    #[must_use]
    pub const fn once(&self) -> Option<&Window> {
        match self {
            Self::Once(window) => Some(window),
            _ => None,
        }
    }

    /// The end of its last window, if a time is set and it ends.
    #[must_use]
    pub fn ends(&self) -> Option<Timestamp> {
        match self {
            Self::Anytime => None,
            Self::Once(window) => Some(window.ends()),
            Self::Slots(slots) => slots.iter().map(Window::ends).max(),
            Self::Repeats(first, repeat) => repeat.last(first).map(|window| window.ends()),
        }
    }

    /// Whether it has several times.
    #[must_use]
    pub const fn has_slots(&self) -> bool {
        matches!(self, Self::Slots(_) | Self::Repeats(..))
    }

    /// Whether it goes on without end.
    #[must_use]
    pub const fn is_endless(&self) -> bool {
        matches!(self, Self::Repeats(_, repeat) if repeat.is_endless())
    }

    /// The zone its windows are in.
    #[must_use]
    pub fn zone(&self) -> Option<&Zone> {
        self.first().map(Window::zone)
    }

    /// The windows that end after `from` and begin before `to`.
    #[must_use]
    pub fn between(&self, from: Timestamp, to: Timestamp) -> Vec<Window> {
        let inside = |window: &&Window| window.ends() > from && window.begins() < to;
        match self {
            Self::Anytime => Vec::new(),
            Self::Once(window) => Some(window).filter(inside).cloned().into_iter().collect(),
            Self::Slots(slots) => slots.iter().filter(inside).cloned().collect(),
            Self::Repeats(first, repeat) => repeat.between(first, from, to),
        }
    }

    /// The window that begins at this civil time.
    #[must_use]
    pub fn slot(&self, id: SlotId) -> Option<Window> {
        match self {
            Self::Anytime => None,
            Self::Once(window) => Some(window).filter(|window| window.slot() == id).cloned(),
            Self::Slots(slots) => slots.iter().find(|window| window.slot() == id).cloned(),
            Self::Repeats(first, repeat) => repeat.window_at(first, id.0),
        }
    }
}

impl Window {
    /// What it is called among others of its post.
    #[must_use]
    pub const fn slot(&self) -> SlotId {
        SlotId(self.start())
    }
}
