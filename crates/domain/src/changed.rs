//! Which posts are touched when the records of one member change.

use std::collections::BTreeSet;

use closeknit_ids::{MemberId, RecordId};

use crate::{
    known::Known,
    record::{Closed, CommitmentRef, MemberRecords, PostRef, Record},
};

/// One member's records, before and now.
pub(crate) struct Changed<'a> {
    /// With the records as they are now.
    pub(crate) known: &'a Known<'a>,
    pub(crate) member: MemberId,
    pub(crate) before: &'a MemberRecords,
}

impl<'a> Changed<'a> {
    /// Records that are others now: as they were, and as they are.
    fn records(&self) -> impl Iterator<Item = (RecordId, &'a Record)> {
        let (known, member, before) = (self.known, self.member, self.before);
        let now = move |id: RecordId| known.record(member, id);
        let were = before.iter().filter(move |(id, record)| now(**id) != Some(record));
        let are = known.members.get(&member).into_iter().flatten();
        let are = are.filter(move |(id, record)| now(**id).is_some() && before.get(id) != Some(record));
        were.chain(are).map(|(id, record)| (*id, record))
    }

    /// The posts that changed themselves or of which something else is said.
    pub(crate) fn posts(&self) -> BTreeSet<PostRef> {
        let mut posts = BTreeSet::new();
        let own = |id: RecordId| PostRef { author: self.member, id };
        for (id, record) in self.records() {
            match record {
                Record::Post(_) => posts.extend([own(id)]),
                Record::Commitment(commitment) => posts.extend([commitment.post]),
                Record::Answer(answer) => posts.extend([own(answer.post)]),
                Record::Withdrawal(withdrawal) => {
                    posts.extend(
                        self.promised(CommitmentRef { helper: self.member, id: withdrawal.commitment }),
                    );
                }
                Record::Outcome(outcome) => posts.extend(self.promised(outcome.commitment)),
                Record::Closure(closure) => {
                    posts.insert(own(closure.post));
                    if let Closed::DuplicateOf(other) = closure.how {
                        posts.insert(other);
                    }
                }
                Record::Profile(_)
                | Record::Capacity(_)
                | Record::Thanks(_)
                | Record::Shown(_)
                | Record::Locked(_)
                | Record::Invitation(_)
                | Record::Note(_) => {}
            }
        }
        posts.extend(self.answered_former());
        posts
    }

    /// The posts that a promise is and was for.
    fn promised(&self, promise: CommitmentRef) -> impl Iterator<Item = PostRef> {
        let before = self.before.get(&promise.id).filter(|_| promise.helper == self.member);
        let before = before.and_then(|record| match record {
            Record::Commitment(commitment) => Some(commitment.post),
            _ => None,
        });
        before.into_iter().chain(self.known.commitment(promise).map(|commitment| commitment.post))
    }

    /// A former member's promise may stand in several lines, so that these belong together.
    fn answered_former(&self) -> impl Iterator<Item = PostRef> {
        let former = self.known.former;
        self.known.records().filter(|_| !former.is_empty()).filter_map(
            move |(author, _, record)| match record {
                Record::Answer(answer) if former.contains(&answer.commitment.helper) => {
                    Some(PostRef { author, id: answer.post })
                }
                _ => None,
            },
        )
    }

    /// The promises that are here no more.
    pub(crate) fn gone(&self) -> impl Iterator<Item = CommitmentRef> {
        let promises = self.before.iter().filter(|(_, record)| matches!(record, Record::Commitment(_)));
        let promises = promises.map(|(id, _)| CommitmentRef { helper: self.member, id: *id });
        promises.filter(|promise| self.known.commitment(*promise).is_none())
    }
}
