//! How far it is between the parts of a neighbourhood: a table that the circle's own members give, in
//! minutes on foot. Where it says nothing, nothing is known, and nobody is left out for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{plain::plain, text::Place};

/// Why a table of distances cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DistanceError {
    /// More than [`Distances::MOST_AREAS`].
    #[error("more than {} areas", Distances::MOST_AREAS)]
    Areas,
    /// More than [`Distances::MOST_MINUTES`].
    #[error("more than {} minutes on foot", Distances::MOST_MINUTES)]
    Minutes,
}

/// Minutes on foot between named areas, the same in both directions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distances {
    /// Plain names, sorted.
    areas: Vec<String>,
    /// By area and area, where it is known.
    minutes: BTreeMap<(usize, usize), u16>,
}

/// Where a place is, as far as it is known: one of the table's areas, or just its own plain name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Spot {
    Area(usize),
    Named(String),
}

impl Distances {
    /// The most areas.
    pub const MOST_AREAS: usize = 64;
    /// The longest way: half a day.
    pub const MOST_MINUTES: u16 = 720;

    /// Of ways between two areas each; of several for the same two the shortest counts.
    ///
    /// # Errors
    /// If there are more areas than [`Distances::MOST_AREAS`], or a way is longer than
    /// [`Distances::MOST_MINUTES`].
    pub fn new<'a>(
        ways: impl IntoIterator<Item = (&'a Place, &'a Place, u16)>,
    ) -> Result<Self, DistanceError> {
        let ways: Vec<_> =
            ways.into_iter().map(|(one, other, minutes)| (plain(one), plain(other), minutes)).collect();
        let areas: BTreeSet<&str> =
            ways.iter().flat_map(|(one, other, _)| [one.as_str(), other.as_str()]).collect();
        if areas.len() > Self::MOST_AREAS {
            return Err(DistanceError::Areas);
        }
        if ways.iter().any(|(_, _, minutes)| *minutes > Self::MOST_MINUTES) {
            return Err(DistanceError::Minutes);
        }
        let areas: Vec<String> = areas.into_iter().map(str::to_owned).collect();
        let mut minutes = BTreeMap::new();
        for (one, other, way) in &ways {
            let (Ok(one), Ok(other)) = (areas.binary_search(one), areas.binary_search(other)) else {
                continue;
            };
            for pair in [(one, other), (other, one)] {
                let known = minutes.entry(pair).or_insert(*way);
                *known = (*known).min(*way);
            }
        }
        Ok(Self { areas, minutes })
    }

    /// Minutes on foot between two places, if that is known: none between places of one area. A place lies
    /// in the area that it names ("corner of Tannery Row and Mill Lane"), in the one named first if there
    /// are several.
    #[must_use]
    pub fn between(&self, one: &Place, other: &Place) -> Option<u16> {
        self.way(&self.spot(one), &self.spot(other))
    }

    /// Where a place is.
    pub(crate) fn spot(&self, place: &Place) -> Spot {
        let place = plain(place);
        let named = self.areas.iter().enumerate().filter_map(|(i, area)| Some((whole(&place, area)?, i)));
        // Of "Mill" and "Mill Lane" at one place the longer name is meant.
        let first =
            named.min_by_key(|(at, i)| (*at, std::cmp::Reverse(self.areas.get(*i).map_or(0, String::len))));
        first.map_or(Spot::Named(place), |(_, area)| Spot::Area(area))
    }

    /// Minutes on foot between two spots, if that is known.
    pub(crate) fn way(&self, one: &Spot, other: &Spot) -> Option<u16> {
        match (one, other) {
            _ if one == other => Some(0),
            (Spot::Area(one), Spot::Area(other)) => self.minutes.get(&(*one, *other)).copied(),
            _ => None,
        }
    }
}

/// Where `name` stands in `text` as whole words.
fn whole(text: &str, name: &str) -> Option<usize> {
    let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(name).find_map(|(at, found)| {
        let (before, after) = (text.get(..at)?, text.get(at + found.len()..)?);
        (!inside(before.chars().next_back()) && !inside(after.chars().next())).then_some(at)
    })
}
