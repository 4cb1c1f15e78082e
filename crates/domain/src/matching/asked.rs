use std::{collections::BTreeMap, ops::Range};

use closeknit_ids::MemberId;
use jiff::{SignedDuration, Timestamp};

use super::distance::{Distances, Spot};
use crate::{
    Known,
    fold::SHOWN_AHEAD,
    hours::{self, LONGEST_VISIT_MINUTES},
    languages::{self, Tag},
    plain,
    record::{Post, PostRef},
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
    /// How long one seat takes.
    pub(super) minutes: u32,
    /// The words of the need, by their numbers, sorted.
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
    /// The week on which it weighs. What may be done by some day may be done now.
    pub(super) week: Range<Timestamp>,
}

impl Slot {
    fn of(window: &Window, known: &Known<'_>) -> Self {
        let (begins, ends) = (window.begins(), window.ends());
        let minutes = ends.as_second().saturating_sub(begins.as_second()) / 60;
        let deadline = minutes > i64::from(LONGEST_VISIT_MINUTES);
        let weighs = if deadline { begins.max(known.now) } else { begins };
        let week = hours::week(weighs, known.zone);
        Self { begins, ends, span: Span::of(window, known.zone), deadline, week }
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.begins < other.ends && other.begins < self.ends
    }
}

/// A time that is over for longer is nobody's to be asked for.
const LATELY: SignedDuration = SignedDuration::from_hours(48);

/// The times at which a post wants or offers something, seen in the circle's zone.
pub(super) fn slots(post: &Post, known: &Known<'_>) -> Vec<Slot> {
    let around = |span: SignedDuration| known.now.saturating_add(span).unwrap_or(known.now);
    let windows = post.when.between(around(-LATELY), around(SHOWN_AHEAD));
    windows.iter().map(|window| Slot::of(window, known)).collect()
}

impl<'a> Asked<'a> {
    pub(super) fn of(
        whose: PostRef,
        post: &'a Post,
        expires: Option<Timestamp>,
        (known, distances): (&Known<'_>, &Distances),
        lexicon: &mut Lexicon,
        spoken: impl Fn(MemberId) -> Vec<Tag>,
    ) -> Self {
        let texts = [Some(&*post.title), post.detail.as_deref()];
        let stems = texts.into_iter().flatten().flat_map(plain::stems);
        let mut stems: Vec<u32> = stems.map(|stem| lexicon.add(stem)).collect();
        stems.sort();
        stems.dedup();
        let words = texts.into_iter().flatten().flat_map(plain::words);
        Self {
            whose,
            post,
            slots: slots(post, known),
            spot: post.place.as_ref().map(|place| distances.spot(place)),
            minutes: hours::minutes(post, 1),
            languages: languages::named(&words.collect::<Vec<_>>()),
            stems,
            spoken: spoken(whose.author),
            expires,
        }
    }

    /// Whether the need speaks of all of this.
    pub(super) fn says(&self, stems: &[u32]) -> bool {
        !stems.is_empty() && stems.iter().all(|stem| self.stems.binary_search(stem).is_ok())
    }
}

/// The words of all needs, numbered, so that comparing two costs nothing.
#[derive(Debug, Default)]
pub(super) struct Lexicon(BTreeMap<String, u32>);

impl Lexicon {
    fn add(&mut self, stem: String) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(stem).or_insert(next)
    }

    /// The number of a word; of one that no need says, a number that no word has.
    pub(super) fn number(&self, stem: &str) -> u32 {
        self.0.get(stem).copied().unwrap_or(u32::MAX)
    }
}
