//! Which posts somebody asks for.

use std::{collections::BTreeSet, ops::Range};

use closeknit_api::{
    ErrorCode,
    calls::Board as Asked,
    views::{PostKind, Wanting},
};
use closeknit_domain::{
    Audience, Board, Post, PostRef, PostState, PostStatus,
    matching::Distances,
    plain,
    text::Place,
    week::{Week, day_span},
    when,
};
use jiff::Timestamp;

use super::{
    Engine,
    board::kind_of,
    circle::Circle,
    failure::{Failure, Outcome},
    records,
    sentence::Reader,
    typed::{given, unread_time},
};

/// What a post has to be like.
#[derive(Debug, Default)]
pub(crate) struct Filter<'a> {
    kind: Option<PostKind>,
    category: Option<&'a str>,
    wanting: Option<Wanting>,
    /// What was searched for is found in these.
    found: Option<BTreeSet<PostRef>>,
    /// Posts for chosen people are in no index on the disk: their words are looked through.
    typed: Vec<String>,
    /// Or it is the name of these categories.
    called: &'a [String],
    /// It has a time in here.
    when: Option<Range<Timestamp>>,
    near: Option<Near>,
}

/// How far from where.
#[derive(Debug)]
struct Near {
    area: Place,
    minutes: u16,
    ways: Distances,
}

impl Engine {
    /// What is asked for, with all that has to be looked up for it.
    pub(super) fn filter<'a>(
        &self,
        circle: &Circle,
        reader: &Reader<'_>,
        board: &Board,
        asked: &'a Asked,
    ) -> Outcome<Filter<'a>> {
        let found = match given(asked.search.as_deref()) {
            Some(typed) => self.store.view().found(circle.id, typed)?,
            None => None,
        };
        // Of several posts that say the same, the one that is shown.
        let leader = |(author, id)| board.leader(PostRef { author, id });
        let near = if asked.near == Some(true) { Some(self.near_of(circle, reader)?) } else { None };
        Ok(Filter {
            kind: asked.kind,
            category: given(asked.category.as_deref()),
            wanting: asked.wanting,
            found: found.map(|found| found.into_iter().map(leader).collect()),
            typed: plain::words(asked.search.as_deref().unwrap_or_default()),
            called: asked.called.as_deref().unwrap_or_default(),
            when: given(asked.when.as_deref()).map(|typed| span(typed, reader)).transpose()?,
            near,
        })
    }

    /// As far as the reader goes, from where they live.
    fn near_of(&self, circle: &Circle, reader: &Reader<'_>) -> Outcome<Near> {
        let missing = || Failure::new(ErrorCode::BadInput).with("field", "area").with("reason", "empty");
        let area = reader.area().ok_or_else(missing)?.clone();
        let own = self.own(circle);
        let minutes = own.capacity.radius_minutes.unwrap_or(0);
        let ways = own.ways.distances(Some(&area));
        Ok(Near { area, minutes, ways })
    }
}

/// A day or a week, as it was typed.
fn span(typed: &str, reader: &Reader<'_>) -> Outcome<Range<Timestamp>> {
    let (now, zone) = (reader.known.now, reader.known.zone);
    if typed == "week" {
        return Ok(Week::of(zone.civil(now).date()).span(zone));
    }
    let day = when::day(typed, now, zone).map_err(|error| unread_time(typed, &error))?;
    Ok(day_span(day, zone))
}

impl Filter<'_> {
    /// The posts of a board that are like this.
    pub(crate) fn posts<'b>(
        &self,
        reader: &Reader<'b>,
        board: &'b Board,
    ) -> impl Iterator<Item = (PostRef, &'b PostState, &'b Post)> {
        board
            .posts()
            .filter(
                |(_, state)| !matches!(state.status, PostStatus::Duplicate { of } if board.post(of).is_some()),
            )
            .filter_map(|(whose, state)| Some((whose, state, reader.known.post(whose)?)))
            .filter(|(whose, state, post)| self.fits(*whose, state, post))
    }

    fn fits(&self, whose: PostRef, state: &PostState, post: &Post) -> bool {
        let slug = post.category.slug();
        let wanting = match self.wanting {
            None => true,
            Some(Wanting::Open) => state.status.wants_more(),
            Some(Wanting::Settled) => !state.status.wants_more(),
        };
        let found = |found: &BTreeSet<_>| {
            found.contains(&whose)
                || self.called.iter().any(|name| name == slug)
                || post.audience != Audience::Circle && self.is_in(post)
        };
        wanting
            && self.kind.is_none_or(|kind| kind == kind_of(post.kind))
            && self.category.is_none_or(|category| category == slug)
            && self.found.as_ref().is_none_or(found)
            && self.when.as_ref().is_none_or(|span| !post.when.between(span.start, span.end).is_empty())
            && self.near.as_ref().is_none_or(|near| near.reaches(post))
    }

    /// Whether each word that was typed begins one of the post.
    fn is_in(&self, post: &Post) -> bool {
        let own = plain::words(&records::words_of(post));
        self.typed.iter().all(|typed| own.iter().any(|word| word.starts_with(typed.as_str())))
    }
}

impl Near {
    fn reaches(&self, post: &Post) -> bool {
        let way = post.place.as_ref().and_then(|place| self.ways.between(&self.area, place));
        way.is_some_and(|minutes| minutes <= self.minutes)
    }
}
