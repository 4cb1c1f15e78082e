//! One post with its promises: how it stands at each of its times and in all, how each promise stands.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::planted::{Bug, is_planted};
use jiff::{SignedDuration, Span, Timestamp, civil::DateTime};

use crate::{
    expiry,
    groups::Groups,
    hours,
    known::{Answered, Index, Known},
    order::{Claim, Order},
    outcomes::{Said, meant},
    pool::{Pool, Rank, Weighed},
    record::{Commitment, CommitmentRef, Mode, Part, Post, PostKind, PostRef},
    seats::Seat,
    slots::{SlotId, When},
    state::{Amounts, CommitmentState, CommitmentStatus, PostFlag, PostState, PostStatus, SlotState, Void},
    time::Window,
};

/// So long ago a post that comes again and again still shows its times.
pub(crate) const SHOWN_BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// So far ahead it shows them.
pub(crate) const SHOWN_AHEAD: SignedDuration = SignedDuration::from_hours(8 * 7 * 24);

/// A promise that counts for this post.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claimed<'a> {
    pub(crate) whose: CommitmentRef,
    pub(crate) commitment: &'a Commitment,
    /// The one of several times that it is for, if it was made when there was one or none.
    pub(crate) only: Option<SlotId>,
}

impl<'a> Claimed<'a> {
    pub(crate) fn in_order(&self) -> Claim<'a> {
        Claim { id: self.whose.id, post: self.commitment.post.id, seen: self.commitment.basis.seen() }
    }
}

/// A post that stands for itself or leads a group, and all that concerns it.
pub(crate) struct Card<'a> {
    pub(crate) known: &'a Known<'a>,
    pub(crate) index: &'a Index<'a>,
    pub(crate) groups: &'a Groups,
    pub(crate) leader: PostRef,
    pub(crate) post: &'a Post,
    /// The promises in causal order, with the ring each is in and what was answered.
    pub(crate) in_order: Vec<(Claimed<'a>, usize, Answered)>,
    /// Promises of former members that were answered.
    pub(crate) former: Vec<(CommitmentRef, Answered)>,
    /// It has several times, each with seats of its own.
    pub(crate) has_times: bool,
}

impl<'a> Card<'a> {
    pub(crate) fn new(
        known: &'a Known<'a>,
        index: &'a Index<'a>,
        groups: &'a Groups,
        (leader, post): (PostRef, &'a Post),
        claims: Vec<Claimed<'a>>,
        former: Vec<(CommitmentRef, Answered)>,
    ) -> Self {
        let has_times = post.when.has_slots() || post.is_weekly();
        let mut card = Self { known, index, groups, leader, post, in_order: Vec::new(), former, has_times };
        let in_order: Vec<_> = claims.iter().map(Claimed::in_order).collect();
        let order = Order::of(&in_order);
        let place = |&at: &usize| {
            let claim = *claims.get(at)?;
            Some((Claimed { only: claim.commitment.only(post), ..claim }, order.ring(at)))
        };
        card.in_order = order
            .line()
            .iter()
            .filter_map(place)
            .map(|(claim, ring)| (claim, ring, card.answered(claim.whose)))
            .collect();
        if is_planted(Bug::SeatsByClock) {
            card.in_order.sort_by_key(|(claim, ..)| claim.commitment.made);
        }
        card
    }

    /// The answers of those who may answer for this group, written about one of its posts.
    fn answered(&self, whose: CommitmentRef) -> Answered {
        let given = self.index.answers.get(&whose).map_or(&[][..], Vec::as_slice);
        Answered::of(given.iter().filter(|given| {
            self.groups.may_answer(self.leader, given.author)
                && self.groups.leader(PostRef { author: given.author, id: given.answer.post }) == self.leader
        }))
    }

    /// What was said about a promise at one time.
    pub(crate) fn said(&self, claim: &Claimed<'_>, slot: Option<SlotId>, accepted: bool) -> Said {
        let Some(told) = self.index.outcomes.get(&claim.whose) else { return Said::default() };
        let only = match (&claim.commitment.part, slot) {
            (Part::Slots(slots), _) if slots.len() == 1 => slots.first().copied(),
            (Part::Whole, slot) if self.post.is_weekly() => slot,
            _ => claim.only,
        };
        let told = told.iter().filter(|told| meant(told.outcome.slot, slot, only));
        let expected = accepted || self.post.mode == Mode::TurnUp;
        Said::of(told, claim.whose.helper, |by| self.groups.may_answer(self.leader, by), expected)
    }

    /// Whether a promise is for this time.
    pub(crate) fn counts_in(&self, claim: &Claimed<'_>, slot: Option<SlotId>) -> bool {
        let part = &claim.commitment.part;
        match slot {
            None => true,
            Some(slot) if claim.only.is_some() => claim.only == Some(slot),
            Some(slot) if *part == Part::Whole && self.post.is_weekly() => {
                slot == SlotId(self.monday(claim.commitment.made))
            }
            Some(slot) => part.covers(slot),
        }
    }

    /// The post's state; those of its promises are added to `states`.
    pub(crate) fn state(&self, states: &mut Vec<(CommitmentRef, CommitmentState)>) -> PostState {
        let ends = expiry::ends(self.post, self.known.zone);
        let pools = if self.has_times {
            let times = self.times().into_iter();
            times.map(|window| Pool::of(self, Some(window.clone()), expiry::slot_ends(&window))).collect()
        } else {
            vec![Pool::of(self, None, ends)]
        };
        let promises = self.promises(&pools);
        let line =
            promises.iter().map(|(whose, _)| *whose).chain(self.former.iter().map(|(whose, _)| *whose));
        let state = match (pools.as_slice(), self.has_times) {
            ([pool], false) => PostState {
                status: pool.status,
                amounts: pool.amounts,
                expires: ends.expires,
                line: line.collect(),
                flags: pool.flags.clone(),
                ..led_by(self.post, self.leader)
            },
            _ => self.in_all(&pools, &ends, line.collect()),
        };
        states.extend(promises);
        states.extend(self.former.iter().map(|(whose, answered)| (*whose, self.former_state(answered))));
        PostState { same: self.groups.others(self.leader).to_vec(), ..state }
    }

    /// How a post with several times stands in all: by those that are still to come, if there are any.
    fn in_all(&self, pools: &[Pool<'_>], ends: &expiry::Ends, line: Vec<CommitmentRef>) -> PostState {
        let this_week = SlotId(self.monday(self.known.now));
        let mut now: Vec<_> = if self.post.is_weekly() {
            pools.iter().filter(|pool| pool.slot() == Some(this_week)).collect()
        } else {
            pools.iter().filter(|pool| pool.status.is_live()).collect()
        };
        if now.is_empty() {
            now = pools.iter().collect();
        }
        let mut amounts = Amounts::default();
        now.iter().for_each(|pool| amounts.add(&pool.amounts));
        let status = self.status_in_all(&now, &amounts);
        let mut flags = Vec::new();
        for flag in pools.iter().flat_map(|pool| &pool.flags) {
            if !flags.contains(flag) {
                flags.push(*flag);
            }
        }
        let goes_on = ends.expires.is_none() && (status.is_live() || status == PostStatus::Resting);
        if goes_on && ends.ask.is_some_and(|ask| self.known.now >= ask) {
            flags.push(PostFlag::StillNeeded);
        }
        let slots = pools.iter().filter_map(|pool| {
            Some(SlotState {
                slot: pool.slot()?,
                window: pool.window.clone()?,
                status: pool.status,
                amounts: pool.amounts,
                line: pool.line.iter().map(|promise| (promise.whose(), promise.status)).collect(),
            })
        });
        PostState {
            status,
            amounts,
            expires: ends.expires,
            line,
            flags,
            slots: slots.collect(),
            ..led_by(self.post, self.leader)
        }
    }

    fn status_in_all(&self, pools: &[&Pool<'_>], amounts: &Amounts) -> PostStatus {
        let any =
            |like: fn(&PostStatus) -> bool| pools.iter().map(|pool| pool.status).filter(like).max_by_key(at);
        let need = self.post.kind == PostKind::Need;
        if let Some(called_off) =
            any(|s| matches!(s, PostStatus::NoLongerNeeded { .. } | PostStatus::Withdrawn { .. }))
        {
            return called_off;
        }
        if let Some(duplicate) = any(|s| matches!(s, PostStatus::Duplicate { .. })) {
            return duplicate;
        }
        if let Some(resting) = any(|s| *s == PostStatus::Resting) {
            return resting;
        }
        if any(PostStatus::is_live).is_some() {
            let full = !pools.iter().any(|pool| pool.status.wants_more());
            return match (need, amounts.covered().saturating_add(amounts.done), full) {
                (true, _, true) => PostStatus::Covered,
                (true, 0, _) => PostStatus::Open,
                (true, ..) => PostStatus::PartlyCovered,
                (false, _, true) => PostStatus::TakenUp,
                (false, 0, _) => PostStatus::Available,
                (false, ..) => PostStatus::PartlyTaken,
            };
        }
        if any(|s| *s == PostStatus::Asking).is_some() {
            return PostStatus::Asking;
        }
        let met = any(|s| matches!(s, PostStatus::Met { .. } | PostStatus::PartlyMet { .. }));
        let expired = any(|s| matches!(s, PostStatus::Expired { .. }));
        let in_part = expired.is_some() || any(|s| matches!(s, PostStatus::PartlyMet { .. })).is_some();
        match (met, expired) {
            (Some(met), _) if in_part => PostStatus::PartlyMet { at: at(&met).unwrap_or_default() },
            (Some(met), _) => met,
            (None, Some(expired)) => expired,
            (None, None) => PostStatus::Open,
        }
    }

    /// Every promise with its state over all times, those with a seat first.
    fn promises(&self, pools: &[Pool<'_>]) -> Vec<(CommitmentRef, CommitmentState)> {
        if let ([pool], false) = (pools, self.has_times) {
            let one = |promise: &Weighed<'_>| {
                let state = self.promise(&promise.claim, &promise.answered, &[(pool, promise)]);
                (promise.whose(), state)
            };
            return pool.line.iter().map(one).collect();
        }
        let mut mine = BTreeMap::<CommitmentRef, Vec<(&Pool<'_>, &Weighed<'_>)>>::new();
        for pool in pools {
            for promise in &pool.line {
                mine.entry(promise.whose()).or_default().push((pool, promise));
            }
        }
        let mut promises: Vec<_> = self
            .in_order
            .iter()
            .map(|(claim, _, answered)| {
                let mine = mine.get(&claim.whose).map_or(&[][..], Vec::as_slice);
                let rank = mine.iter().map(|(_, promise)| promise.rank).min();
                (rank.unwrap_or(Rank::Over), claim.whose, self.promise(claim, answered, mine))
            })
            .collect();
        promises.sort_by_key(|(rank, ..)| *rank); // stable: within a rank the order stays
        promises.into_iter().map(|(_, whose, state)| (whose, state)).collect()
    }

    fn promise(
        &self,
        claim: &Claimed<'_>,
        answered: &Answered,
        mine: &[(&Pool<'_>, &Weighed<'_>)],
    ) -> CommitmentState {
        let mut times: Vec<_> =
            mine.iter().map(|(pool, promise)| (pool.slot(), promise.status, pool.past)).collect();
        if self.has_times {
            let gone = self.gone(claim, mine).into_iter();
            times.extend(gone.map(|(slot, status)| (Some(slot), status, false)));
            times.sort_unstable_by_key(|(slot, ..)| *slot);
        }
        let (status, past) = in_one(times.iter().map(|(_, status, past)| (*status, *past)));
        CommitmentState {
            counts_for: self.leader,
            status,
            verdict: answered.verdict,
            answer: answered.by,
            promised_twice: mine.iter().any(|(_, promise)| promise.promised_twice),
            past,
            slots: times.into_iter().filter_map(|(slot, status, _)| Some((slot?, status))).collect(),
        }
    }

    /// The times that a promise names and the post does not have (any more).
    fn gone(
        &self,
        claim: &Claimed<'_>,
        mine: &[(&Pool<'_>, &Weighed<'_>)],
    ) -> Vec<(SlotId, CommitmentStatus)> {
        let Part::Slots(named) = &claim.commitment.part else { return Vec::new() };
        let withdrawn = self.index.withdrawals.get(&claim.whose);
        let status = |slot: SlotId| match withdrawn.and_then(|w| w.at(Some(slot), &claim.commitment.part)) {
            Some(at) => CommitmentStatus::Withdrawn { at },
            None => CommitmentStatus::Void(Void::TimeGone),
        };
        let missing = named.iter().filter(|slot| !mine.iter().any(|(pool, _)| pool.slot() == Some(**slot)));
        missing.map(|&slot| (slot, status(slot))).collect()
    }

    fn former_state(&self, answered: &Answered) -> CommitmentState {
        CommitmentState {
            counts_for: self.leader,
            status: CommitmentStatus::FormerMember,
            verdict: answered.verdict,
            answer: answered.by,
            promised_twice: false,
            past: false,
            slots: Vec::new(),
        }
    }

    /// The times of the post: of a list all; of what comes again and again, and of weeks, those around now
    /// and those that a promise names.
    fn times(&self) -> Vec<Window> {
        let named = || {
            self.in_order.iter().flat_map(|(claim, ..)| match &claim.commitment.part {
                Part::Slots(slots) => slots.iter().copied().collect(),
                Part::Whole if self.post.is_weekly() => vec![SlotId(self.monday(claim.commitment.made))],
                Part::Whole | Part::Every => claim.only.into_iter().collect(),
            })
        };
        match &self.post.when {
            When::Slots(slots) => slots.to_vec(),
            When::Repeats(first, repeat) => {
                let from = self.known.now.saturating_sub(SHOWN_BEFORE).unwrap_or(Timestamp::MIN);
                let to = self.known.now.saturating_add(SHOWN_AHEAD).unwrap_or(Timestamp::MAX);
                let mut times = repeat.between(first, from, to);
                let shown: BTreeSet<_> = times.iter().map(Window::slot).collect();
                let named: BTreeSet<_> = named().filter(|slot| !shown.contains(slot)).collect();
                times.extend(named.into_iter().filter_map(|slot| self.post.when.slot(slot)));
                if let Some(until) = self.post.until {
                    times.retain(|window| window.begins() < until);
                }
                if times.is_empty() {
                    let next = repeat.between(first, from, Timestamp::MAX).into_iter().next();
                    times.extend(next.or_else(|| repeat.last(first)).or_else(|| Some(first.clone())));
                }
                times.sort_by_key(Window::start);
                times
            }
            When::Anytime | When::Once(_) => {
                let this_week = SlotId(self.monday(self.known.now));
                let weeks: BTreeSet<_> = named().chain([this_week]).collect();
                weeks.into_iter().filter_map(|week| self.week(week)).collect()
            }
        }
    }

    /// The Monday of the circle's week that holds a moment.
    fn monday(&self, at: Timestamp) -> DateTime {
        self.known.zone.civil(hours::week(at, self.known.zone).start)
    }

    /// The week that begins on this Monday.
    fn week(&self, SlotId(monday): SlotId) -> Option<Window> {
        let next = monday.checked_add(Span::new().days(7)).ok()?;
        let begins = self.monday(self.known.zone.moment(monday)) == monday;
        Window::new(monday, next, self.known.zone.clone()).ok().filter(|_| begins)
    }
}

const fn at(status: &PostStatus) -> Option<Timestamp> {
    match *status {
        PostStatus::Met { at }
        | PostStatus::PartlyMet { at }
        | PostStatus::NoLongerNeeded { at }
        | PostStatus::Withdrawn { at }
        | PostStatus::Expired { at } => Some(at),
        _ => None,
    }
}

/// One status for all times of a promise, and whether its time is over: what is still to come counts
/// first, then what waits for an answer, then how it ended.
fn in_one(statuses: impl Iterator<Item = (CommitmentStatus, bool)> + Clone) -> (CommitmentStatus, bool) {
    let weight = |&(status, past): &(CommitmentStatus, bool)| (!status.is_live(), past, status.order());
    let Some((best, past)) = statuses.clone().min_by_key(weight) else {
        return (CommitmentStatus::Void(Void::TimeGone), false);
    };
    let same = statuses.filter(|(status, over)| status.order() == best.order() && *over == past);
    let seat = same.filter_map(|(status, _)| status.seat()).fold(Seat::default(), |sum, seat| Seat {
        taken: sum.taken.saturating_add(seat.taken),
        spare: sum.spare.saturating_add(seat.spare),
    });
    (best.with_seat(seat), past)
}

/// The state of a post that counts with another.
pub(crate) fn led_by(post: &Post, leader: PostRef) -> PostState {
    PostState {
        kind: post.kind,
        mode: post.mode,
        status: PostStatus::Duplicate { of: leader },
        amounts: Amounts { wanted: post.want.amount.get().into(), ..Amounts::default() },
        expires: None,
        leader,
        same: Vec::new(),
        line: Vec::new(),
        flags: Vec::new(),
        slots: Vec::new(),
    }
}
