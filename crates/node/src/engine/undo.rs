//! Undoing something of one's own: it is as if it had not been done, and whoever heard of it hears of that.

use std::collections::BTreeSet;

use closeknit_api::{ErrorCode, calls, views::PostView};
use closeknit_domain::{Board, CommitmentRef, PostRef, Record};
use closeknit_ids::{CircleId, RecordId};
use closeknit_replica::Act;
use tracing::warn;

use super::{
    Engine, Moment,
    board::{post_id, promise_id},
    circle::Circle,
    failure::{Failure, Outcome},
};

/// Something of one's own that can be undone.
struct Done<'a> {
    id: RecordId,
    record: &'a Record,
    /// What it was done to, as it is named.
    to: String,
    /// On which card it is shown.
    post: PostRef,
}

impl Engine {
    pub(super) fn undo(&mut self, at: Moment, id: CircleId, call: &calls::Undo) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let board = circle.board(at.now);
        let given = call.id.trim().to_lowercase();
        let named = |done: &Done<'_>| {
            !given.is_empty() && (done.id.to_string().starts_with(&given) || done.to.starts_with(&given))
        };
        let found: Vec<Done<'_>> = circle.done(&board).filter(named).collect();
        let Some(first) = found.first() else {
            return Err(Failure::new(ErrorCode::NothingToUndo).with("given", call.id.trim()));
        };
        if found.iter().any(|other| other.to != first.to) {
            return Err(Failure::new(ErrorCode::Ambiguous).with("given", call.id.trim()));
        }
        // What several own machines did is undone together.
        let acts = circle.done(&board).filter(|done| found.iter().any(|found| found.is_like(done)));
        let acts: Vec<_> = acts.map(|done| Act::remove(done.id, done.record.clone())).collect();
        let post = first.post;
        let words = found.iter().filter(|done| matches!(done.record, Record::Thanks(_)));
        let words: BTreeSet<RecordId> = words.map(|done| done.id).collect();
        let unsent = !words.iter().any(|record| self.is_elsewhere(id, *record));
        self.write(at, id, &acts)?;
        // Its text stands in what was written before until the next beginning. If nobody has it, that is now.
        let may = self.circle(id)?.may_begin_afresh(self.secrets.device.id());
        if may
            && unsent
            && !words.is_empty()
            && let Err(Failure(error)) = self.begin_without(at, id, &words, None)
        {
            // It is undone all the same, and goes with the next beginning.
            warn!(%error, "the own document could not begin anew");
        }
        self.shown(at, id, post)
    }
}

impl Circle {
    /// Own closings, withdrawals and thanks.
    fn done<'a>(&'a self, board: &'a Board) -> impl Iterator<Item = Done<'a>> {
        let me = self.me;
        self.own_records().into_iter().flatten().filter_map(move |(&id, record)| {
            let (to, post) = match record {
                Record::Closure(closure) => {
                    let post = PostRef { author: me, id: closure.post };
                    (post_id(post), post)
                }
                Record::Withdrawal(withdrawal) => {
                    let promise = CommitmentRef { helper: me, id: withdrawal.commitment };
                    (promise_id(promise), board.commitment(promise)?.counts_for)
                }
                Record::Thanks(thanks) => (id.to_string(), thanks.post?),
                _ => return None,
            };
            Some(Done { id, record, to, post })
        })
    }
}

impl Done<'_> {
    /// Whether the other says the same of the same.
    fn is_like(&self, other: &Self) -> bool {
        match (self.record, other.record) {
            (Record::Closure(one), Record::Closure(other)) => one.post == other.post,
            (Record::Withdrawal(one), Record::Withdrawal(other)) => {
                one.commitment == other.commitment && one.slots == other.slots
            }
            _ => self.id == other.id,
        }
    }
}
