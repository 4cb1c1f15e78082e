//! What wants somebody now, in order: what is asked of them, what they promised, whether it happened,
//! whether it is still needed. Then nothing else.
//!
//! And what they may be told of while they look elsewhere: a [`Notice`] says what about, never a word of
//! it, and waits while hours are quiet ([`quiet_until`]).

use std::collections::BTreeSet;

use closeknit_ids::MemberId;
use jiff::{Span, Timestamp, civil::Time};
use serde::{Deserialize, Serialize};

use crate::{
    Board, Known, Sentence,
    expiry::{self, GRACE},
    fold::SHOWN_BEFORE,
    record::{CommitmentRef, PostKind, PostRef, Record},
    slots::SlotId,
    state::{CommitmentState, CommitmentStatus, PostFlag, PostState, PostStatus, Void},
    tell::to_tell,
    time::{Window, Zone},
    words,
};

/// One thing that wants somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// On which card.
    pub post: PostRef,
    /// About which promise, if about one.
    pub promise: Option<CommitmentRef>,
    /// About which of several times; of a promise for several the next.
    pub slot: Option<SlotId>,
    /// When it is, or was, if that is known.
    pub at: Option<Timestamp>,
    /// What is so, or is asked.
    pub says: Sentence,
}

/// What wants somebody now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Today {
    /// Asked of them: answers that they owe, new times to say yes to, two accepted, answered twice, offered
    /// late. What is urgent first, then the soonest.
    pub asked: Vec<Item>,
    /// What they promised, the next first.
    pub promises: Vec<Item>,
    /// Did it happen? The latest first.
    pub happened: Vec<Item>,
    /// Still needed, still on offer, ask again?
    pub review: Vec<Item>,
}

impl Today {
    /// For `viewer`, of what they posted and what they promised.
    #[must_use]
    pub fn of(known: &Known<'_>, board: &Board, viewer: MemberId) -> Self {
        let mut today = Self::default();
        let look = Look { known, board, me: viewer };
        for (post, state) in board.posts_of(viewer).filter(|(post, state)| state.leader == *post) {
            today.asked.extend(look.asked_of_author(post, state));
            today.happened.extend(look.happened(post, state));
            today.review.extend(look.review(post, state));
        }
        for (promise, state) in board.commitments_of(viewer) {
            let Some(item) = look.promised(promise, state) else { continue };
            match item.says {
                Sentence::NextKeepOne {} => today.asked.push(item),
                _ if state.status == CommitmentStatus::CheckAgain => today.asked.push(item),
                _ => today.promises.push(item),
            }
        }
        today.happened.extend(look.went());
        let urgent = |item: &Item| known.post(item.post).is_some_and(|post| post.urgent);
        today.asked.sort_by_key(|item| (!urgent(item), item.at.is_none(), item.at, item.post, item.promise));
        today.promises.sort_by_key(|item| (item.at.is_none(), item.at, item.post, item.promise));
        today.happened.sort_by_key(|item| (std::cmp::Reverse(item.at), item.post, item.promise));
        today.review.sort_by_key(|item| (item.at.is_none(), item.at, item.post));
        today
    }

    /// Everything, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        [&self.asked, &self.promises, &self.happened, &self.review].into_iter().flatten()
    }
}

/// Who looks at what.
struct Look<'a> {
    known: &'a Known<'a>,
    board: &'a Board,
    me: MemberId,
}

impl Look<'_> {
    fn item(&self, post: PostRef, promise: Option<CommitmentRef>, says: Sentence) -> Item {
        Item { post, promise, slot: None, at: self.begins(post), says }
    }

    /// When a post begins; of several times the next.
    fn begins(&self, post: PostRef) -> Option<Timestamp> {
        let (record, state) = (self.known.post(post)?, self.board.post(post)?);
        if state.slots.is_empty() {
            return record.when.first().map(Window::begins);
        }
        let next = state.slots.iter().map(|time| &time.window).find(|window| window.ends() > self.known.now);
        next.filter(|_| record.when.has_slots()).map(Window::begins)
    }

    fn asked_of_author(&self, post: PostRef, state: &PostState) -> Vec<Item> {
        let wanted = state.status.wants_more() || matches!(state.status, PostStatus::Expired { .. });
        let about = |whose: &CommitmentRef, says| Some(self.item(post, Some(*whose), says));
        let flags = state.flags.iter().filter_map(|flag| match flag {
            PostFlag::AnsweredTwice(c) => about(c, Sentence::NextKeepAnswer { helper: c.helper }),
            PostFlag::TwoAccepted => {
                let helpers = self.going(state);
                Some(self.item(post, None, Sentence::NextKeepBoth { helpers }))
            }
            PostFlag::OfferedInTime(c) => about(c, Sentence::NextStillUseful { helper: c.helper }),
            PostFlag::BackupFirst(c) => about(c, Sentence::NextAskBackup { helper: c.helper }),
            PostFlag::HelpArrived(c) if !self.thanked(post, c.helper) => {
                about(c, Sentence::NextThank { helper: c.helper })
            }
            PostFlag::DidNotHappen(c) if wanted => about(c, Sentence::NextDidNotHappen { helper: c.helper }),
            PostFlag::FormerMember(c) if state.status.wants_more() => about(c, Sentence::NextAskAgain {}),
            _ => None,
        });
        let mut items: Vec<_> = flags.collect();
        let flagged: BTreeSet<_> = items.iter().filter_map(|item| item.promise).collect();
        let owed = state.line.iter().filter(|whose| !flagged.contains(whose)).filter(|whose| {
            let stands = self.board.commitment(**whose);
            stands.is_some_and(|stands| {
                matches!(stands.status, CommitmentStatus::Offered(_))
                    && stands.verdict.is_none()
                    && !stands.past
            })
        });
        items.extend(owed.filter_map(|c| about(c, Sentence::NextAnswer { helper: c.helper })));
        items
    }

    fn going(&self, state: &PostState) -> Vec<MemberId> {
        let going = |whose: &&CommitmentRef| {
            let stands = self.board.commitment(**whose).map(|stands| stands.status);
            matches!(stands, Some(CommitmentStatus::Going(_)))
        };
        state.line.iter().filter(going).map(|whose| whose.helper).collect()
    }

    fn thanked(&self, post: PostRef, helper: MemberId) -> bool {
        let mine = self.known.members.get(&self.me).into_iter().flat_map(|records| records.values());
        mine.filter_map(|record| if let Record::Thanks(thanks) = record { Some(thanks) } else { None })
            .any(|thanks| thanks.post == Some(post) && thanks.to.is_none_or(|to| to == helper))
    }

    /// The times of a promise that are over, and of which nobody said what became of it.
    fn unsaid(&self, promise: CommitmentRef) -> Vec<(Option<SlotId>, Option<Timestamp>)> {
        let times = to_tell(self.known, self.board, promise, self.me).into_iter();
        let asked = times.filter(|time| time.asked);
        asked.map(|time| (time.slot, time.window.map(|window| window.ends()))).collect()
    }

    fn happened(&self, post: PostRef, state: &PostState) -> Vec<Item> {
        let unsaid = state.line.iter().flat_map(|&whose| {
            let times = self.unsaid(whose).into_iter();
            times.map(move |(slot, at)| {
                let says = Sentence::DidItHappen { helpers: vec![whose.helper] };
                Item { post, promise: Some(whose), slot, at, says }
            })
        });
        unsaid.collect()
    }

    /// What the viewer went to in the last days: their own word may come first.
    fn went(&self) -> Vec<Item> {
        let since = self.known.now.saturating_sub(SHOWN_BEFORE).unwrap_or(Timestamp::MIN);
        let mine = self.board.commitments_of(self.me).filter(|(_, state)| state.counts_for.author != self.me);
        let unsaid = mine.flat_map(|(whose, stands)| {
            let times = self.unsaid(whose).into_iter();
            times.map(move |(slot, at)| (whose, stands.counts_for, slot, at))
        });
        unsaid
            .filter(|(.., at)| at.is_some_and(|at| at >= since))
            .map(|(promise, post, slot, at)| Item {
                post,
                promise: Some(promise),
                slot,
                at,
                says: Sentence::DidYouGo {},
            })
            .collect()
    }

    fn review(&self, post: PostRef, state: &PostState) -> Option<Item> {
        let need = state.kind == PostKind::Need;
        let asked = state.flags.contains(&PostFlag::StillNeeded);
        let (says, at) = match state.status {
            // What nobody asked for again within a week is let be.
            PostStatus::Expired { at }
                if at.saturating_add(SHOWN_BEFORE).is_ok_and(|end| self.known.now < end) =>
            {
                (Sentence::NextRenew {}, Some(at))
            }
            _ if asked && need => (Sentence::NextStillNeeded {}, state.expires),
            _ if asked => (Sentence::NextStillOnOffer {}, state.expires),
            _ => return None,
        };
        Some(Item { post, promise: None, slot: None, at, says })
    }

    /// A promise that may still come to something.
    fn promised(&self, promise: CommitmentRef, state: &CommitmentState) -> Option<Item> {
        if !state.status.is_live() || state.past {
            return None;
        }
        let words = words::promise(self.known, self.board, promise, self.me)?;
        let says = if state.promised_twice { Sentence::NextKeepOne {} } else { words.says };
        let times = self.board.post(state.counts_for).map_or(&[][..], |post| &post.slots);
        let mine = |slot: SlotId| state.slots.iter().any(|(at, status)| *at == slot && status.is_live());
        let mut next = times.iter().filter(|time| mine(time.slot) && time.window.ends() > self.known.now);
        let several = self.known.post(state.counts_for)?.when.has_slots();
        let (slot, at) = match next.next() {
            Some(time) if several => (Some(time.slot), Some(time.window.begins())),
            Some(_) => (None, None),
            None => (None, self.begins(state.counts_for)),
        };
        Some(Item { post: state.counts_for, promise: Some(promise), slot, at, says })
    }
}

/// What somebody may be told of. Two that are equal are one: who remembers what was told tells it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Notice {
    /// Something is asked of them about a post of theirs, or about one promise.
    Asked(PostRef, Option<CommitmentRef>),
    /// A promise of theirs was accepted.
    Accepted(CommitmentRef),
    /// What they promised was called off.
    CalledOff(CommitmentRef),
    /// What they promised has changed.
    CheckAgain(CommitmentRef),
    /// Did it happen?
    DidItHappen(CommitmentRef, Option<SlotId>),
    /// Is it still needed, or on offer? As it was last reviewed: renewed, it is asked about again.
    Review(PostRef, Option<Timestamp>),
}

impl Notice {
    /// All that `viewer` may be told of now.
    #[must_use]
    pub fn all(known: &Known<'_>, board: &Board, viewer: MemberId) -> BTreeSet<Self> {
        let today = Today::of(known, board, viewer);
        let check_again = |item: &&Item| item.promise.is_some_and(|promise| promise.helper == viewer);
        let asked = today.asked.iter().map(|item| match item.promise.filter(|_| check_again(&item)) {
            Some(promise) => Self::CheckAgain(promise),
            None => Self::Asked(item.post, item.promise),
        });
        let happened =
            today.happened.iter().filter_map(|item| Some(Self::DidItHappen(item.promise?, item.slot)));
        let reviewed = |post| known.post(post).and_then(|post| post.reviewed);
        let review = today.review.iter().map(|item| Self::Review(item.post, reviewed(item.post)));
        let mine = board.commitments_of(viewer).filter_map(|(promise, state)| match state.status {
            CommitmentStatus::Going(_) if !state.past => Some(Self::Accepted(promise)),
            CommitmentStatus::Void(Void::CalledOff { .. }) => Some(Self::CalledOff(promise)),
            _ => None,
        });
        asked.chain(happened).chain(review).chain(mine).collect()
    }

    /// Whether that it was told need not be remembered any more: what it is about is gone, or what changed
    /// was said yes to and may change again. Time alone never makes it so: a clock may be set back.
    #[must_use]
    pub fn is_over(&self, board: &Board) -> bool {
        match self {
            Self::Asked(post, promise) => {
                board.post(*post).is_none() || promise.is_some_and(|whose| board.commitment(whose).is_none())
            }
            Self::Review(post, _) => board.post(*post).is_none(),
            Self::Accepted(whose) | Self::CalledOff(whose) | Self::DidItHappen(whose, _) => {
                board.commitment(*whose).is_none()
            }
            Self::CheckAgain(whose) => board.commitment(*whose).is_none_or(|stands| {
                stands.status.is_live() && stands.status != CommitmentStatus::CheckAgain
            }),
        }
    }
}

/// When, if nothing is written until then, something may begin to want `viewer`: a time ends, or a question
/// is due. From the whole minute after it on it does.
#[must_use]
pub fn next_change(known: &Known<'_>, board: &Board, viewer: MemberId) -> Option<Timestamp> {
    let own = board.posts_of(viewer).map(|(post, _)| post);
    let promised = board.commitments_of(viewer).map(|(_, state)| state.counts_for);
    let posts: BTreeSet<PostRef> = own.chain(promised).collect();
    let with_grace = |end: Timestamp| end.saturating_add(GRACE).unwrap_or(Timestamp::MAX);
    let moments = posts.into_iter().filter_map(|post| Some((known.post(post)?, board.post(post)?))).flat_map(
        |(post, state)| {
            let ends = expiry::ends(post, known.zone);
            let times = state.slots.iter().map(|time| with_grace(time.window.ends()));
            let whole = [ends.ask, ends.happens.map(with_grace), ends.expires.map(with_grace)];
            whole.into_iter().flatten().chain(times).collect::<Vec<_>>()
        },
    );
    moments.filter(|moment| *moment >= known.now).min()
}

/// Hours of every day in which nobody is told of anything: from one time of day to another, also over
/// midnight. From a time to itself: none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// From when.
    pub from: Time,
    /// Until when.
    pub to: Time,
}

impl Quiet {
    /// When those that hold `now` are over; nothing, if it is not quiet.
    fn ends(&self, now: Timestamp, zone: &Zone) -> Option<Timestamp> {
        let civil = zone.civil(now);
        let (from, to, time) = (self.from, self.to, civil.time());
        let over_midnight = from > to;
        let inside = if over_midnight { time >= from || time < to } else { time >= from && time < to };
        let tomorrow = over_midnight && time >= from;
        let day = civil.date().saturating_add(Span::new().days(i64::from(tomorrow)));
        inside.then(|| zone.moment(day.to_datetime(to)))
    }
}

/// Until when a notice that comes now has to wait, with the circle's quiet hours and one's own, in the
/// circle's zone; nothing, if it need not. Hours that follow each other are waited for together, for a day
/// at most.
#[must_use]
pub fn quiet_until(now: Timestamp, zone: &Zone, quiet: &[Quiet]) -> Option<Timestamp> {
    let mut until = now;
    for _ in 0..=quiet.len() {
        match quiet.iter().filter_map(|hours| hours.ends(until, zone)).max().filter(|end| *end > until) {
            Some(end) => until = end,
            None => break,
        }
    }
    (until > now).then_some(until)
}
