//! What the rules look at, and an index of it, so that nothing is searched twice.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{MemberId, RecordId};
use jiff::Timestamp;

use crate::{
    outcomes::Told,
    record::{
        Answer, Closed, Commitment, CommitmentRef, MemberRecords, Part, Post, PostRef, Record, Verdict,
        Withdrawal,
    },
    slots::SlotId,
    state::AnswerRef,
    time::Zone,
};

/// Everything a machine knows that the rules depend on. Two machines for which these four are equal
/// show the same.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The records of all active members.
    pub members: &'a BTreeMap<MemberId, MemberRecords>,
    /// Who was a member and is not any more. Their records, if any are left, are not looked at.
    pub former: &'a BTreeSet<MemberId>,
    /// Now.
    pub now: Timestamp,
    /// The circle's zone: days and weeks are those of its calendar.
    pub zone: &'a Zone,
}

impl<'a> Known<'a> {
    /// A record of an active member.
    #[must_use]
    pub fn record(&self, member: MemberId, id: RecordId) -> Option<&'a Record> {
        if self.former.contains(&member) { None } else { self.members.get(&member)?.get(&id) }
    }

    /// A post of an active member.
    #[must_use]
    pub fn post(&self, post: PostRef) -> Option<&'a Post> {
        match self.record(post.author, post.id)? {
            Record::Post(post) => Some(post),
            _ => None,
        }
    }

    /// A promise of an active member.
    #[must_use]
    pub fn commitment(&self, commitment: CommitmentRef) -> Option<&'a Commitment> {
        match self.record(commitment.helper, commitment.id)? {
            Record::Commitment(commitment) => Some(commitment),
            _ => None,
        }
    }

    /// Every record of every active member, by member and then by id.
    pub fn records(&self) -> impl Iterator<Item = (MemberId, RecordId, &'a Record)> + use<'a> {
        let former = self.former;
        let active = self.members.iter().filter(move |(member, _)| !former.contains(member));
        active.flat_map(|(&member, records)| records.iter().map(move |(&id, record)| (member, id, record)))
    }
}

/// How an author ended a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) how: Closed,
    pub(crate) at: Timestamp,
}

/// What a helper took back of one promise.
#[derive(Debug, Default)]
pub(crate) struct TakenBack {
    all: Option<Timestamp>,
    slots: BTreeMap<SlotId, Timestamp>,
}

impl TakenBack {
    fn add(&mut self, withdrawal: &Withdrawal) {
        let earlier = |at: Option<Timestamp>| at.map_or(withdrawal.at, |at| at.min(withdrawal.at));
        match &withdrawal.slots {
            None => self.all = Some(earlier(self.all)),
            Some(slots) => {
                for &slot in slots.iter() {
                    self.slots.insert(slot, earlier(self.slots.get(&slot).copied()));
                }
            }
        }
    }

    /// When a promise of `part` was taken back for this time; of a post that has none or one, when the
    /// last of what it was for was.
    pub(crate) fn at(&self, slot: Option<SlotId>, part: &Part) -> Option<Timestamp> {
        let one = match (slot, part) {
            (Some(slot), _) => self.slots.get(&slot).copied(),
            (None, Part::Slots(named)) => {
                let all: Option<Vec<_>> = named.iter().map(|slot| self.slots.get(slot).copied()).collect();
                all.and_then(|all| all.into_iter().max())
            }
            (None, Part::Whole | Part::Every) => self.slots.values().copied().min(),
        };
        self.all.into_iter().chain(one).min()
    }
}

/// An answer and who wrote it where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    pub(crate) author: MemberId,
    pub(crate) id: RecordId,
    pub(crate) answer: &'a Answer,
}

/// How authors ended their posts.
pub(crate) fn ended(known: &Known<'_>) -> BTreeMap<PostRef, Ended> {
    let mut all = BTreeMap::new();
    for (member, _, record) in known.records() {
        let Record::Closure(closure) = record else { continue };
        let post = PostRef { author: member, id: closure.post };
        let ended = Ended { how: closure.how, at: closure.at };
        let first = all.entry(post).or_insert(ended);
        if rank(&ended) < rank(first) {
            *first = ended;
        }
    }
    all
}

/// Records, sorted by what the rules ask for. Built in one pass.
#[derive(Debug, Default)]
pub(crate) struct Index<'a> {
    pub(crate) posts: BTreeMap<PostRef, &'a Post>,
    /// In the order of their references.
    pub(crate) commitments: Vec<(CommitmentRef, &'a Commitment)>,
    pub(crate) answers: BTreeMap<CommitmentRef, Vec<Given<'a>>>,
    pub(crate) withdrawals: BTreeMap<CommitmentRef, TakenBack>,
    pub(crate) outcomes: BTreeMap<CommitmentRef, Vec<Told<'a>>>,
    pub(crate) ended: BTreeMap<PostRef, Ended>,
}

impl<'a> Index<'a> {
    /// Of those posts, and of what was said about them, of which `only` is true.
    pub(crate) fn of(
        known: &Known<'a>,
        ended: BTreeMap<PostRef, Ended>,
        only: impl Fn(PostRef) -> bool,
    ) -> Self {
        let mut index = Self { ended, ..Self::default() };
        let about = |promise: CommitmentRef| known.commitment(promise).is_some_and(|it| only(it.post));
        for (member, id, record) in known.records() {
            match record {
                Record::Post(post) if only(PostRef { author: member, id }) => {
                    index.posts.insert(PostRef { author: member, id }, post);
                }
                Record::Commitment(commitment) if only(commitment.post) => {
                    index.commitments.push((CommitmentRef { helper: member, id }, commitment));
                }
                Record::Answer(answer) if only(PostRef { author: member, id: answer.post }) => {
                    let given = Given { author: member, id, answer };
                    index.answers.entry(answer.commitment).or_default().push(given);
                }
                Record::Withdrawal(withdrawal) => {
                    let commitment = CommitmentRef { helper: member, id: withdrawal.commitment };
                    if about(commitment) {
                        index.withdrawals.entry(commitment).or_default().add(withdrawal);
                    }
                }
                Record::Outcome(outcome) if about(outcome.commitment) => {
                    let told = Told { by: member, outcome };
                    index.outcomes.entry(outcome.commitment).or_default().push(told);
                }
                _ => {}
            }
        }
        index
    }
}

/// Of several ends that own machines gave one post, the smallest counts: that it happened, before
/// that it is not needed, before that it is said elsewhere.
fn rank(ended: &Ended) -> (u8, Option<PostRef>, Timestamp) {
    match ended.how {
        Closed::Met => (0, None, ended.at),
        Closed::NotNeeded => (1, None, ended.at),
        Closed::DuplicateOf(other) => (2, Some(other), ended.at),
    }
}

/// What the author says in all, where their machines gave several answers: a yes stands, and being
/// the backup stands before a no.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Answered {
    /// Nothing, if nobody answered.
    pub(crate) verdict: Option<Verdict>,
    /// The answer that counts, and who wrote it: with the doorstep details, if any has them.
    pub(crate) by: Option<AnswerRef>,
    /// The answers differ.
    pub(crate) twice: bool,
}

impl Answered {
    /// Of several answers with one verdict, those with doorstep details count before the others, and
    /// of these the latest, then the greatest id.
    pub(crate) fn of<'a>(given: impl IntoIterator<Item = &'a Given<'a>>) -> Self {
        let mut best: Option<&Given<'_>> = None;
        let mut twice = false;
        for given in given {
            let key = |g: &Given<'_>| (g.answer.doorstep.is_some(), g.answer.at, g.id, g.author);
            best = Some(match best {
                None => given,
                Some(best) => {
                    twice |= best.answer.verdict != given.answer.verdict;
                    match given.answer.verdict.cmp(&best.answer.verdict) {
                        std::cmp::Ordering::Less => given,
                        std::cmp::Ordering::Equal if key(given) > key(best) => given,
                        _ => best,
                    }
                }
            });
        }
        Self {
            verdict: best.map(|given| given.answer.verdict),
            by: best.map(|given| AnswerRef { author: given.author, id: given.id }),
            twice,
        }
    }
}
