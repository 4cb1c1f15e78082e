//! What was done about a post so far, in order: who, what, when, and what of it the reader can undo.
//!
//! The times are those that records name by their writers' clocks; nothing follows from them.

use closeknit_ids::{MemberId, RecordId};
use jiff::Timestamp;

use crate::{
    Board, Known, Sentence,
    record::{
        Answer, Closed, Closure, CommitmentRef, How, Outcome, Post, PostKind, PostRef, Record, Thanks,
        Verdict, Withdrawal,
    },
    state::{CommitmentStatus, PostState},
};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, by their clock.
    pub at: Timestamp,
    /// Who.
    pub by: MemberId,
    /// In which of their records.
    pub record: RecordId,
    /// What.
    pub says: Sentence,
    /// What it means if the reader, whose act it is, undoes it.
    pub undo: Option<Sentence>,
}

/// What was done about the card that shows `post`, the first first, as far as `viewer` may know: what the two
/// say became of a promise is theirs alone.
#[must_use]
pub fn of(known: &Known<'_>, board: &Board, post: PostRef, viewer: MemberId) -> Vec<Event> {
    let leader = board.leader(post);
    let Some(state) = board.post(leader) else { return Vec::new() };
    let tale = Tale { known, board, leader, state, viewer };
    let mut events: Vec<_> =
        known.records().flat_map(|(by, record, what)| tale.events(by, record, what)).collect();
    events.sort_by_key(|event| (event.at, order(&event.says), event.by, event.record));
    events
}

/// What comes before what, of two things done in the same second.
const fn order(says: &Sentence) -> u8 {
    match says {
        Sentence::HistoryPosted {} => 0,
        Sentence::HistoryPromised {} | Sentence::HistoryAsked {} => 1,
        Sentence::HistoryYes { .. }
        | Sentence::HistoryBackup { .. }
        | Sentence::HistoryNotThisTime { .. } => 2,
        Sentence::HistoryTakenBack {} | Sentence::HistoryTakenBackInPart {} => 3,
        Sentence::HistoryChanged {} | Sentence::HistoryStillStands {} => 4,
        Sentence::HistoryThanks {} => 6,
        _ => 5,
    }
}

struct Tale<'a> {
    known: &'a Known<'a>,
    board: &'a Board,
    leader: PostRef,
    state: &'a PostState,
    viewer: MemberId,
}

impl Tale<'_> {
    /// What a record says about this card.
    fn events(&self, by: MemberId, record: RecordId, what: &Record) -> Vec<Event> {
        let event = |at, says| Event { at, by, record, says, undo: None };
        let one = |told: Option<Event>| told.into_iter().collect();
        match what {
            Record::Post(post) if self.is_here(PostRef { author: by, id: record }) => {
                posted(post).into_iter().map(|(at, says)| event(at, says)).collect()
            }
            Record::Commitment(promise) if self.is_here(promise.post) => {
                let need = self.state.kind == PostKind::Need;
                let says = if need { Sentence::HistoryPromised {} } else { Sentence::HistoryAsked {} };
                vec![event(promise.made, says)]
            }
            Record::Answer(answer) if self.is_here(PostRef { author: by, id: answer.post }) => {
                vec![event(answer.at, answered(answer))]
            }
            Record::Withdrawal(withdrawal) => {
                let promise = CommitmentRef { helper: by, id: withdrawal.commitment };
                let told = self.counts_here(promise).then(|| event(withdrawal.at, taken_back(withdrawal)));
                let undo = (by == self.viewer && self.may_stand_again(promise))
                    .then_some(Sentence::UndoWithdrawal {});
                one(told.map(|event| Event { undo, ..event }))
            }
            Record::Closure(closure) if self.is_here(PostRef { author: by, id: closure.post }) => {
                let undo = (by == self.viewer).then_some(Sentence::UndoClosing {});
                vec![Event { undo, ..event(closure.at, self.closed(closure)) }]
            }
            Record::Outcome(outcome) if self.counts_here(outcome.commitment) => {
                let two = [outcome.commitment.helper, self.leader.author];
                one(two.contains(&self.viewer).then(|| event(outcome.at, became(outcome))))
            }
            Record::Thanks(thanks) if thanks.post.is_some_and(|post| self.is_here(post)) => {
                let undo = (by == self.viewer).then_some(Sentence::UndoThanks {});
                let told = self.reads(by, thanks).then(|| event(thanks.at, Sentence::HistoryThanks {}));
                one(told.map(|event| Event { undo, ..event }))
            }
            _ => Vec::new(),
        }
    }

    fn is_here(&self, post: PostRef) -> bool {
        post == self.leader || self.state.same.contains(&post)
    }

    fn counts_here(&self, promise: CommitmentRef) -> bool {
        self.board.commitment(promise).is_some_and(|state| state.counts_for == self.leader)
    }

    fn reads(&self, by: MemberId, thanks: &Thanks) -> bool {
        thanks.to.is_none_or(|to| [to, by].contains(&self.viewer))
    }

    /// Taken back, in all or in part, from a post that still goes on, and not promised again since.
    fn may_stand_again(&self, promise: CommitmentRef) -> bool {
        let Some(state) = self.board.commitment(promise) else { return false };
        let withdrawn = |status: &CommitmentStatus| matches!(status, CommitmentStatus::Withdrawn { .. });
        let taken_back = withdrawn(&state.status) || state.slots.iter().any(|(_, status)| withdrawn(status));
        let part = self.known.commitment(promise).map(|commitment| &commitment.part);
        let again = self.board.live_promises(promise.helper, self.leader).any(|other| {
            other != promise && self.known.commitment(other).map(|commitment| &commitment.part) == part
        });
        taken_back && !again && self.state.status.is_live()
    }

    fn closed(&self, closure: &Closure) -> Sentence {
        match closure.how {
            Closed::Met => Sentence::HistoryMet {},
            Closed::NotNeeded if self.state.kind == PostKind::Offer => Sentence::HistoryOfferWithdrawn {},
            Closed::NotNeeded => Sentence::HistoryCalledOff {},
            Closed::DuplicateOf(post) => Sentence::HistorySameAs { post },
        }
    }
}

fn posted(post: &Post) -> Vec<(Timestamp, Sentence)> {
    let changed = post.changed.map(|at| (at, Sentence::HistoryChanged {}));
    let stands = post.reviewed.map(|at| (at, Sentence::HistoryStillStands {}));
    [Some((post.posted, Sentence::HistoryPosted {})), changed, stands].into_iter().flatten().collect()
}

const fn answered(answer: &Answer) -> Sentence {
    let helper = answer.commitment.helper;
    match answer.verdict {
        Verdict::Accept => Sentence::HistoryYes { helper },
        Verdict::StandBy => Sentence::HistoryBackup { helper },
        Verdict::Decline => Sentence::HistoryNotThisTime { helper },
    }
}

const fn taken_back(withdrawal: &Withdrawal) -> Sentence {
    match withdrawal.slots {
        None => Sentence::HistoryTakenBack {},
        Some(_) => Sentence::HistoryTakenBackInPart {},
    }
}

const fn became(outcome: &Outcome) -> Sentence {
    let helper = outcome.commitment.helper;
    match outcome.how {
        How::Happened => Sentence::HistoryHappened { helper },
        How::Partly => Sentence::HistoryPartly { helper },
        How::DidNot => Sentence::HistoryDidNot { helper },
    }
}
