//! How far places are from where the member lives: for their own machines only, as what they can carry.

use std::{cmp::Reverse, collections::BTreeMap};

use closeknit_api::{
    ErrorCode, calls,
    views::{MeView, WayView},
};
use closeknit_domain::{Record, matching::Distances, plain::plain, text::Place};
use closeknit_ids::CircleId;
use serde::{Deserialize, Serialize};

use super::{
    Engine, Moment,
    failure::{Failure, Outcome},
    sentence::Reader,
    typed,
};

/// Of so many places that others name the way is asked for.
const PLACES: usize = 16;

/// How many minutes it is on foot from where the member lives, by place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Ways(BTreeMap<Place, u16>);

impl Ways {
    /// The most places.
    const MOST: usize = Distances::MOST_AREAS / 2;

    /// Sets the way to a place, or forgets it.
    pub(super) fn set(&mut self, place: Place, minutes: Option<u16>) -> Outcome<()> {
        let wrong = || Failure::new(ErrorCode::BadInput).with("field", "minutes").with("reason", "range");
        self.0.retain(|known, _| plain(known) != plain(&place));
        if let Some(minutes) = minutes {
            if minutes > Distances::MOST_MINUTES || self.0.len() >= Self::MOST {
                return Err(wrong());
            }
            self.0.insert(place, minutes);
        }
        Ok(())
    }

    /// The way to a place.
    pub(super) fn to(&self, place: &Place) -> Option<u16> {
        self.0.iter().find_map(|(known, minutes)| (plain(known) == plain(place)).then_some(*minutes))
    }

    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.0.keys()
    }

    /// As the rules read them: from where the member lives, if they said so.
    pub(super) fn distances(&self, home: Option<&Place>) -> Distances {
        let Some(home) = home else { return Distances::default() };
        let ways = self.0.iter().map(|(place, minutes)| (home, place, *minutes));
        Distances::new(ways).unwrap_or_default()
    }
}

impl Engine {
    pub(super) fn set_ways(&mut self, at: Moment, id: CircleId, call: &calls::Ways) -> Outcome<MeView> {
        let mut own = self.own(self.circle(id)?);
        for WayView { place, minutes } in &call.ways {
            own.ways.set(typed::text("place", place, Place::new)?, *minutes)?;
        }
        self.keep_own(at, id, own)?;
        self.me(at, id, &calls::Me {})
    }
}

/// The ways from where the member lives to the places that others name most, and to those that they set.
pub(super) fn ways(reader: &Reader<'_>, ways: &Ways) -> Vec<WayView> {
    let mut named = BTreeMap::<String, (&Place, usize)>::new();
    for (member, _, record) in reader.known.records() {
        let place = match record {
            Record::Profile(profile) if member != reader.me => profile.area.as_ref(),
            Record::Post(post) => post.place.as_ref(),
            _ => None,
        };
        if let Some(place) = place {
            named.entry(plain(place)).or_insert((place, 0)).1 += 1;
        }
    }
    let mut named: Vec<_> = named.into_values().collect();
    named.sort_by_key(|(place, count)| (Reverse(*count), *place));
    let set = |place: &&Place| named.iter().take(PLACES).all(|(known, _)| plain(known) != plain(place));
    let others = ways.places().filter(set).collect::<Vec<_>>();
    let home = reader.area().map(|area| plain(area));
    let places = named.iter().take(PLACES).map(|(place, _)| *place).chain(others);
    let places = places.filter(|place| home.as_deref() != Some(plain(place).as_str()));
    places.map(|place| WayView { place: place.to_string(), minutes: ways.to(place) }).collect()
}
