use std::{cell::OnceCell, collections::BTreeMap, ops::Range};

use jiff::{SignedDuration, Timestamp};

use super::distance::{Distances, Spot};
use crate::{
    Known,
    fold::SHOWN_AHEAD,
    hours,
    languages::{self, Tag},
    plain,
    record::{Post, PostRef, Profile},
    text::Phrase,
    time::Window,
    weekly::Span,
};

/// What matters of a need to somebody who might answer it, worked out once for all of them.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) whose: PostRef,
    pub(super) post: &'a Post,
    /// When, one by one. None: any time.
    pub(super) slots: Vec<Slot>,
    pub(super) spot: Option<Spot>,
    /// How long one seat takes, if it is at any time.
    pub(super) minutes: u32,
    /// The words of the need that somebody's things and skills are called by, by their numbers, sorted.
    stems: Vec<u32>,
    /// Languages that the need names.
    pub(super) languages: Vec<Tag>,
    /// Languages that its author speaks and not everybody does.
    pub(super) spoken: Vec<Tag>,
    pub(super) expires: Option<Timestamp>,
}

/// One time at which somebody is wanted.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) begins: Timestamp,
    pub(super) ends: Timestamp,
    /// Its place in a week of the circle.
    pub(super) span: Span,
    /// It says by when, and not how long.
    pub(super) deadline: bool,
    /// How long one seat takes then.
    pub(super) minutes: u32,
    /// A moment of the week on which it weighs. What may be done by some day may be done now.
    weighs: Timestamp,
    /// That week, worked out when it is first asked for: a good part of all work, and only caps need it.
    week: OnceCell<Range<Timestamp>>,
}

impl Slot {
    fn of(post: &Post, window: &Window, known: &Known<'_>) -> Self {
        let (begins, ends) = (window.begins(), window.ends());
        let deadline = hours::is_deadline(&(begins..ends));
        let weighs = if deadline { begins.max(known.now) } else { begins };
        let (span, minutes) = (Span::of(window, known.zone), hours::minutes_of(post, Some(window), 1));
        Self { begins, ends, span, deadline, minutes, weighs, week: OnceCell::new() }
    }

    /// The week on which it weighs.
    pub(super) fn week(&self, known: &Known<'_>) -> &Range<Timestamp> {
        self.week.get_or_init(|| hours::week(self.weighs, known.zone))
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.begins < other.ends && other.begins < self.ends
    }
}

/// A time that is over for longer is nobody's to be asked for.
const LATELY: SignedDuration = SignedDuration::from_hours(48);

/// The times at which a post wants or offers something, seen in the circle's zone.
pub(super) fn slots(post: &Post, known: &Known<'_>) -> Vec<Slot> {
    windows(post, known).iter().map(|window| Slot::of(post, window, known)).collect()
}

/// The same as windows.
pub(super) fn windows(post: &Post, known: &Known<'_>) -> Vec<Window> {
    let around = |span: SignedDuration| known.now.saturating_add(span).unwrap_or(known.now);
    post.when.between(around(-LATELY), around(SHOWN_AHEAD))
}

impl<'a> Asked<'a> {
    pub(super) fn of(
        whose: PostRef,
        post: &'a Post,
        expires: Option<Timestamp>,
        (known, distances): (&Known<'_>, &Distances),
        lexicon: &Lexicon,
        spoken: Vec<Tag>,
    ) -> Self {
        let texts: Vec<String> =
            [Some(&*post.title), post.detail.as_deref()].into_iter().flatten().map(plain::plain).collect();
        let words = || texts.iter().flat_map(|text| plain::split(text));
        let mut stems: Vec<u32> = words().filter_map(|word| lexicon.number(plain::stem(word))).collect();
        stems.sort();
        stems.dedup();
        Self {
            whose,
            post,
            slots: slots(post, known),
            spot: post.place.as_ref().map(|place| distances.spot(place)),
            minutes: hours::minutes(post, 1),
            languages: languages::named(words()),
            stems,
            spoken,
            expires,
        }
    }

    /// Whether the need speaks of all of this.
    pub(super) fn says(&self, stems: &[u32]) -> bool {
        !stems.is_empty() && stems.iter().all(|stem| self.stems.binary_search(stem).is_ok())
    }
}

/// The words by which members call what they have and can, numbered, so that comparing two costs nothing.
/// The other words of a need, nearly all of them, are not looked at again.
#[derive(Debug, Default)]
pub(super) struct Lexicon(BTreeMap<String, u32>);

impl Lexicon {
    pub(super) fn of<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Self {
        let things = profiles.flat_map(|profile| profile.lends.iter().chain(profile.skills.iter()));
        let mut lexicon = Self::default();
        for stem in things.flat_map(telling) {
            let next = u32::try_from(lexicon.0.len()).unwrap_or(u32::MAX);
            lexicon.0.entry(stem).or_insert(next);
        }
        lexicon
    }

    /// The number of a word.
    pub(super) fn number(&self, stem: &str) -> Option<u32> {
        self.0.get(stem).copied()
    }
}

/// The words of a thing or a skill that carry its meaning.
pub(super) fn telling(thing: &Phrase) -> Vec<String> {
    plain::stems(thing).into_iter().filter(|stem| stem.chars().count() >= 3).collect()
}
