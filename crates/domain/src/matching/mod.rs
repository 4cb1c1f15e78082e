//! Who might answer which need, and why (mutual-aid, *Capacity and matching*).
//!
//! It runs on a member's own machine over what it holds, both ways: needs that they could answer, and
//! people who might answer theirs. Of themselves their machine knows everything; of others only what
//! everybody sees: profile, what they show of their capacity, live offers, and what they promised. Who
//! shows nothing and offers nothing is never suggested: they may be resting, and nobody is to find out.
//!
//! First who cannot is left out; then reasons are counted; among equals the one with most to give comes
//! first. What is told are the reasons, never what they come to.

mod able;
mod asked;
mod distance;
mod handy;
mod reason;
mod weigh;

pub use distance::{DistanceError, Distances};
pub use reason::Reason;

use std::{
    cell::OnceCell,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use closeknit_ids::MemberId;
use sha2::{Digest, Sha256};

use self::{
    able::{Able, Gives, Offered},
    asked::{Asked, Lexicon},
    weigh::Weighing,
};
use crate::{
    Board, Known,
    hours::{self, Carried},
    languages::Tag,
    record::{Capacity, Post, PostKind, PostRef, Profile, Record},
    shown::Shown,
    weekly::{Span, Weekly},
};

/// A member on their own machine.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// Who.
    pub member: MemberId,
    /// Their capacity, opened.
    pub capacity: &'a Capacity,
    /// [`Capacity::free`], read.
    pub weekly: Option<&'a Weekly>,
    /// What they carry ([`hours::carried`], weighed their own way).
    pub carried: &'a [Carried],
    /// Whom they would rather not meet. It never leaves the machine.
    pub excluded: &'a BTreeSet<MemberId>,
}

/// A need that somebody could answer, or somebody who might answer a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion<'a, T> {
    /// Which, or who.
    pub what: T,
    /// Why, in the order in which it is said. Never empty.
    pub reasons: Vec<Reason<'a>>,
}

/// Needs and people of a circle, worked out once for all questions.
#[derive(Debug)]
pub struct Around<'a> {
    known: Known<'a>,
    board: &'a Board,
    distances: &'a Distances,
    lexicon: Lexicon,
    profiles: BTreeMap<MemberId, &'a Profile>,
    shown: BTreeMap<MemberId, &'a Shown>,
    needs: Vec<Asked<'a>>,
    /// Worked out when first somebody is looked for: whoever looks for needs asks about nobody else.
    people: OnceCell<Vec<Able<'a>>>,
}

impl<'a> Around<'a> {
    /// What there is.
    #[must_use]
    pub fn of(known: &Known<'a>, board: &'a Board, distances: &'a Distances) -> Self {
        let (profiles, shown) = profiles(known);
        let uncommon = uncommon(&profiles);
        let spoken = |profile: &Profile| -> Vec<Tag> {
            let tags = able::spoken(profile).into_iter().map(|(tag, _)| tag);
            tags.filter(|tag| uncommon.contains(tag)).collect()
        };
        let spoken: BTreeMap<MemberId, Vec<Tag>> =
            profiles.iter().map(|(member, profile)| (*member, spoken(profile))).collect();
        let open = board.posts().filter(|(post, state)| {
            state.kind == PostKind::Need && state.status.wants_more() && state.leader == *post
        });
        let lexicon = Lexicon::of(profiles.values().copied());
        let needs = open
            .filter_map(|(post, state)| {
                let record = known.post(post)?;
                let spoken = spoken.get(&post.author).cloned().unwrap_or_default();
                Some(Asked::of(post, record, state.expires, (known, distances), &lexicon, spoken))
            })
            .collect();
        let people = OnceCell::new();
        Self { known: *known, board, distances, lexicon, profiles, shown, needs, people }
    }

    /// Everybody, as far as others know them.
    fn people(&self) -> &[Able<'a>] {
        let (known, board) = (&self.known, self.board);
        let active = known.members.keys().filter(|member| !known.former.contains(member));
        let able = |&member| Able {
            offers: offers(known, board, member),
            carried: hours::carried(known, board, member),
            helped: last_helped(known, board, member),
            ..Able::of(
                member,
                Gives::Shown(self.shown.get(&member).copied()),
                self.profiles.get(&member).copied(),
                self.distances,
                &self.lexicon,
            )
        };
        self.people.get_or_init(|| active.map(able).collect())
    }

    /// Needs that somebody could answer, the best first: not their own, not what they already promised.
    /// Nothing, while they rest.
    #[must_use]
    pub fn needs_for<'s>(&'s self, own: &Own<'s>) -> Vec<Suggestion<'s, PostRef>> {
        if own.capacity.rests_on(self.known.zone.civil(self.known.now).date()) {
            return Vec::new();
        }
        let gives = Gives::Own { capacity: own.capacity, weekly: own.weekly };
        let profile = self.profiles.get(&own.member).copied();
        let able = Able {
            carried: own.carried.to_vec(),
            helped: last_helped(&self.known, self.board, own.member),
            ..Able::of(own.member, gives, profile, self.distances, &self.lexicon)
        };
        let weighing = self.weighing();
        let mut found: Vec<_> = (self.needs.iter())
            .filter(|asked| asked.whose.author != own.member && !own.excluded.contains(&asked.whose.author))
            .filter_map(|asked| Some((asked, weighing.reasons(asked, &able)?)))
            // Last, since it looks through the promises to the need.
            .filter(|(asked, _)| self.board.live_promise(own.member, asked.whose).is_none())
            .collect();
        found.sort_by_cached_key(|(asked, reasons)| {
            let soonest = asked.expires.map_or(i64::MAX, |expires| expires.as_second());
            (Reverse(sum(reasons)), !asked.post.urgent, soonest, asked.whose)
        });
        found.into_iter().map(|(asked, reasons)| Suggestion { what: asked.whose, reasons }).collect()
    }

    fn weighing(&self) -> Weighing<'_> {
        let week = hours::week(self.known.now, self.known.zone);
        Weighing { known: &self.known, distances: self.distances, week }
    }

    /// People who might answer a need, the best first: not its author, nobody who came forward, and nobody who
    /// may not read it.
    #[must_use]
    pub fn people_for(&self, need: PostRef, excluded: &BTreeSet<MemberId>) -> Vec<Suggestion<'_, MemberId>> {
        let leader = self.board.leader(need);
        let asked = self.needs.binary_search_by_key(&leader, |asked| asked.whose);
        let Some(asked) = asked.ok().and_then(|at| self.needs.get(at)) else { return Vec::new() };
        let line = self.board.post(leader).map(|state| state.line.as_slice()).unwrap_or_default();
        let came: BTreeSet<MemberId> = line.iter().map(|promise| promise.helper).collect();
        let authors: BTreeSet<MemberId> = [leader.author, need.author].into();
        let weighing = self.weighing();
        let mut found: Vec<_> = (self.people().iter())
            .filter(|able| ![&came, &authors, excluded].iter().any(|set| set.contains(&able.member)))
            .filter(|able| asked.post.audience.has(able.member))
            .filter_map(|able| Some((able, weighing.reasons(asked, able)?)))
            .collect();
        found.sort_by_cached_key(|(able, reasons)| {
            let going = able.carried.iter().filter(|carried| carried.falls_in(&weighing.week)).count();
            let shows = reasons.iter().find_map(|reason| match reason {
                Reason::Gives { level, .. } => Some(*level),
                _ => None,
            });
            // The last resort is even, and not the same for every need.
            let lot = Sha256::new().chain_update(leader.id.0).chain_update(able.member.0).finalize();
            (Reverse(sum(reasons)), Reverse(shows), going, able.helped, lot)
        });
        found.into_iter().map(|(able, reasons)| Suggestion { what: able.member, reasons }).collect()
    }
}

fn sum(reasons: &[Reason<'_>]) -> u32 {
    reasons.iter().map(Reason::counts).sum()
}

/// What each member shows of their capacity.
#[must_use]
pub fn shows<'a>(known: &Known<'a>) -> BTreeMap<MemberId, &'a Shown> {
    profiles(known).1
}

/// The profile of each member, and what they show of their capacity: of several the one with the smallest
/// id counts.
pub(crate) fn profiles<'a>(
    known: &Known<'a>,
) -> (BTreeMap<MemberId, &'a Profile>, BTreeMap<MemberId, &'a Shown>) {
    let (mut profiles, mut shows) = (BTreeMap::new(), BTreeMap::new());
    for (member, _, record) in known.records() {
        match record {
            Record::Profile(profile) => {
                profiles.entry(member).or_insert(profile);
            }
            Record::Shown(shown) => {
                shows.entry(member).or_insert(shown);
            }
            _ => {}
        }
    }
    (profiles, shows)
}

/// The days of the week, from Monday, on which a post wants or offers something: every day if it says no time.
pub(crate) fn days(post: &Post, known: &Known<'_>) -> BTreeSet<usize> {
    let spans = asked::windows(post, known);
    let spans = spans.iter().map(|window| Span::of(window, known.zone));
    let days: BTreeSet<usize> = spans.flat_map(Span::days).collect();
    if days.is_empty() { (0..7).collect() } else { days }
}

/// Languages that at most half of those who name any speak: that two share one of these means something.
fn uncommon(profiles: &BTreeMap<MemberId, &Profile>) -> BTreeSet<Tag> {
    let mut speakers = BTreeMap::<Tag, usize>::new();
    let mut named = 0;
    for profile in profiles.values() {
        let tags: BTreeSet<Tag> = able::spoken(profile).into_iter().map(|(tag, _)| tag).collect();
        named += usize::from(!tags.is_empty());
        for tag in tags {
            *speakers.entry(tag).or_default() += 1;
        }
    }
    speakers.into_iter().filter(|(_, count)| count * 2 <= named).map(|(tag, _)| tag).collect()
}

fn offers(known: &Known<'_>, board: &Board, member: MemberId) -> Vec<Offered> {
    let open = board
        .posts_of(member)
        .filter(|(_, state)| state.kind == PostKind::Offer && state.status.wants_more());
    let offer = |(post, _)| {
        let record = known.post(post)?;
        let slots = asked::slots(record, known);
        Some(Offered { post, category: record.category, standing: record.standing, slots })
    };
    open.filter_map(offer).collect()
}

/// When a member last helped: the end of the last thing that happened.
fn last_helped(known: &Known<'_>, board: &Board, member: MemberId) -> Option<jiff::Timestamp> {
    let done = hours::carried(known, board, member).into_iter().filter_map(|carried| {
        let end = carried.at.map(|at| at.end).filter(|end| *end <= known.now);
        carried.done.and(end.or(carried.done))
    });
    done.max()
}
