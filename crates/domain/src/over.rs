//! What of a member's own is over, and since when: that may be forgotten (mutual-aid, *Privacy*).

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{MemberId, RecordId};
use jiff::{SignedDuration, Timestamp};

use crate::{
    Board, Known, MemberRecords,
    record::{Closed, CommitmentRef, PostRef, Record},
    state::{CommitmentStatus, PostStatus},
};

/// What is over for so long is forgotten by itself. What nobody ended, and what points to something that is
/// not here, counts as over only then: it may be yet to come.
pub const LONG: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The records of a member that are over by now, each with the moment since which it is. What the circle
/// sees of who they are and what they can is never over.
#[must_use]
pub fn over(known: &Known<'_>, board: &Board, member: MemberId) -> BTreeMap<RecordId, Timestamp> {
    let look = Look { known, board, member };
    let own = known.members.get(&member).into_iter().flatten();
    let since = own.filter_map(|(id, record)| Some((*id, look.since(*id, record)?)));
    since.filter(|(_, since)| *since <= known.now).collect()
}

/// Whether a post is over, so that its author may forget it.
#[must_use]
pub fn is_over(known: &Known<'_>, board: &Board, post: PostRef) -> bool {
    let look = Look { known, board, member: post.author };
    look.post(post).is_some_and(|since| since <= known.now)
}

/// These records of a member, with what they wrote about them: what makes no sense alone.
#[must_use]
pub fn with_what_belongs(
    board: &Board,
    records: &MemberRecords,
    member: MemberId,
    ids: &BTreeSet<RecordId>,
) -> BTreeSet<RecordId> {
    let of_these = |record: &Record| about(board, member, record).is_some_and(|id| ids.contains(&id));
    let belonging = records.iter().filter(|(_, record)| of_these(record)).map(|(id, _)| *id);
    ids.iter().copied().chain(belonging).collect()
}

/// The own post or promise that an own record is about.
fn about(board: &Board, member: MemberId, record: &Record) -> Option<RecordId> {
    let own_post = |post: PostRef| (post.author == member).then_some(post.id);
    match record {
        Record::Closure(closure) => Some(closure.post),
        Record::Answer(answer) => Some(answer.post),
        Record::Withdrawal(withdrawal) => Some(withdrawal.commitment),
        Record::Outcome(outcome) if outcome.commitment.helper == member => Some(outcome.commitment.id),
        Record::Outcome(outcome) => own_post(board.commitment(outcome.commitment)?.counts_for),
        Record::Thanks(thanks) => own_post(thanks.post?),
        _ => None,
    }
}

struct Look<'a> {
    known: &'a Known<'a>,
    board: &'a Board,
    member: MemberId,
}

impl Look<'_> {
    fn since(&self, id: RecordId, record: &Record) -> Option<Timestamp> {
        let own_post = |id| PostRef { author: self.member, id };
        match record {
            Record::Post(_) => self.post(own_post(id)),
            Record::Commitment(_) => self.promise(CommitmentRef { helper: self.member, id }),
            Record::Closure(closure) => self.with_post(own_post(closure.post), closure.at),
            Record::Answer(answer) => self.with_post(own_post(answer.post), answer.at),
            Record::Withdrawal(withdrawal) => {
                let promise = CommitmentRef { helper: self.member, id: withdrawal.commitment };
                self.with_promise(promise, withdrawal.at)
            }
            Record::Outcome(outcome) if outcome.commitment.helper == self.member => {
                self.with_promise(outcome.commitment, outcome.at)
            }
            Record::Outcome(outcome) => match self.board.commitment(outcome.commitment) {
                Some(state) => self.with_post(state.counts_for, outcome.at),
                None => later(outcome.at),
            },
            Record::Thanks(thanks) => match thanks.post {
                Some(post) => self.with_post(post, thanks.at).map(|since| since.max(thanks.at)),
                None => later(thanks.at),
            },
            Record::Invitation(open) => later(open.until),
            // A note stands until its writer takes it away.
            Record::Profile(_)
            | Record::Capacity(_)
            | Record::Shown(_)
            | Record::Locked(_)
            | Record::Note(_) => None,
        }
    }

    /// What is said of a post is over when that is.
    fn with_post(&self, post: PostRef, said: Timestamp) -> Option<Timestamp> {
        if self.known.post(post).is_some() { self.post(post) } else { later(said) }
    }

    fn with_promise(&self, promise: CommitmentRef, said: Timestamp) -> Option<Timestamp> {
        if self.known.commitment(promise).is_some() { self.promise(promise) } else { later(said) }
    }

    /// Nothing ends before it was asked for: who said so had a clock that is years behind.
    fn post(&self, post: PostRef) -> Option<Timestamp> {
        Some(self.ended(post)?.max(self.known.post(post)?.posted))
    }

    fn ended(&self, post: PostRef) -> Option<Timestamp> {
        match self.board.post(post)?.status {
            PostStatus::Met { at }
            | PostStatus::PartlyMet { at }
            | PostStatus::NoLongerNeeded { at }
            | PostStatus::Expired { at }
            | PostStatus::Withdrawn { at } => Some(at),
            PostStatus::Duplicate { .. } => self.closed(post),
            PostStatus::Asking => self.could_be_done(post).and_then(later),
            _ => None,
        }
    }

    /// Until when it could be done: until its time is over, or so long as its author kept it beyond that;
    /// without either, until it ends by itself.
    fn could_be_done(&self, whose: PostRef) -> Option<Timestamp> {
        let post = self.known.post(whose)?;
        post.when.ends().max(post.until).or(self.board.post(whose)?.expires)
    }

    fn closed(&self, post: PostRef) -> Option<Timestamp> {
        let records = self.known.members.get(&post.author)?.values();
        let closed = records.filter_map(|record| match record {
            Record::Closure(closure) if closure.post == post.id => match closure.how {
                Closed::DuplicateOf(_) => Some(closure.at),
                Closed::Met | Closed::NotNeeded => None,
            },
            _ => None,
        });
        closed.max()
    }

    /// Nothing ends before it was asked for, of promises neither.
    fn promise(&self, promise: CommitmentRef) -> Option<Timestamp> {
        let made = || later(self.known.commitment(promise)?.made);
        let Some(state) = self.board.commitment(promise) else { return made() };
        let ended = match state.status {
            CommitmentStatus::Withdrawn { at } => Some(at),
            CommitmentStatus::Void(_) | CommitmentStatus::Declined => {
                self.post(state.counts_for).or_else(made)
            }
            _ => self.post(state.counts_for),
        };
        let posted = self.known.post(state.counts_for).map(|post| post.posted);
        ended.map(|ended| posted.map_or(ended, |posted| ended.max(posted)))
    }
}

fn later(at: Timestamp) -> Option<Timestamp> {
    at.checked_add(LONG).ok()
}
