use closeknit_ids::MemberId;
use jiff::Timestamp;

use super::{
    asked::{self, Lexicon, Slot},
    distance::{Distances, Spot},
    handy,
};
use crate::{
    category::Category,
    hours::Carried,
    languages::{self, Tag},
    record::{Capacity, PostRef, Profile},
    shown::Shown,
    text::Phrase,
    weekly::Weekly,
};

/// Somebody who might answer a need, as far as this machine may know them.
#[derive(Debug)]
pub(super) struct Able<'a> {
    pub(super) member: MemberId,
    pub(super) gives: Gives<'a>,
    pub(super) spot: Option<Spot>,
    pub(super) languages: Vec<(Tag, &'a Phrase)>,
    pub(super) things: Vec<Thing<'a>>,
    pub(super) offers: Vec<Offered>,
    /// What they promised, as everybody sees it.
    pub(super) carried: Vec<Carried>,
    /// When they last helped.
    pub(super) helped: Option<Timestamp>,
}

/// What is known of somebody's capacity: all of one's own, of others what they show.
#[derive(Debug)]
pub(super) enum Gives<'a> {
    Own { capacity: &'a Capacity, weekly: Option<&'a Weekly> },
    Shown(Option<&'a Shown>),
}

/// A skill, or something to lend.
#[derive(Debug)]
pub(super) struct Thing<'a> {
    pub(super) what: &'a Phrase,
    /// Something that they have, rather than something that they can.
    pub(super) has: bool,
    /// The words that carry its meaning, by their numbers.
    pub(super) stems: Vec<u32>,
    /// The kinds of help for which it is of use, whatever the need says: a bit each.
    kinds: u32,
}

impl<'a> Thing<'a> {
    fn of(what: &'a Phrase, has: bool, lexicon: &Lexicon) -> Self {
        let stems = asked::telling(what);
        let helps = |category: &&Category| stems.iter().any(|stem| handy::helps(**category, stem));
        let kinds = Category::ALL.iter().filter(helps).fold(0, |kinds, category| kinds | bit(*category));
        let stems = stems.iter().map(|stem| lexicon.number(stem).unwrap_or(u32::MAX)).collect();
        Self { what, has, stems, kinds }
    }

    /// Whether it is of use for a kind of help, whatever the need says.
    pub(super) const fn helps(&self, category: Category) -> bool {
        self.kinds & bit(category) > 0
    }
}

const fn bit(category: Category) -> u32 {
    1 << category as u32
}

/// A live offer that everybody sees.
#[derive(Debug)]
pub(super) struct Offered {
    pub(super) post: PostRef,
    pub(super) category: Category,
    pub(super) standing: bool,
    pub(super) slots: Vec<Slot>,
}

impl<'a> Able<'a> {
    pub(super) fn of(
        member: MemberId,
        gives: Gives<'a>,
        profile: Option<&'a Profile>,
        distances: &Distances,
        lexicon: &Lexicon,
    ) -> Self {
        let thing = |has| move |what| Thing::of(what, has, lexicon);
        let lends = profile.into_iter().flat_map(|profile| profile.lends.iter().map(thing(true)));
        let skills = profile.into_iter().flat_map(|profile| profile.skills.iter().map(thing(false)));
        Self {
            member,
            gives,
            spot: profile.and_then(|profile| profile.area.as_ref()).map(|area| distances.spot(area)),
            languages: profile.map(spoken).unwrap_or_default(),
            things: lends.chain(skills).collect(),
            offers: Vec::new(),
            carried: Vec::new(),
            helped: None,
        }
    }

    pub(super) fn speaks(&self, languages: &[Tag]) -> Option<&'a Phrase> {
        self.languages.iter().find(|(tag, _)| languages.contains(tag)).map(|(_, said)| *said)
    }

    /// Whether they promised to be elsewhere at that time.
    pub(super) fn is_elsewhere(&self, slot: &Slot) -> bool {
        let visits = self.carried.iter().filter(|carried| carried.done.is_none() && carried.is_visit());
        let mut times = visits.filter_map(|carried| carried.at.as_ref());
        times.any(|at| at.start < slot.ends && slot.begins < at.end)
    }
}

/// The languages of a profile.
pub(super) fn spoken(profile: &Profile) -> Vec<(Tag, &Phrase)> {
    profile.languages.iter().filter_map(|said| Some((languages::entry(said)?, said))).collect()
}
