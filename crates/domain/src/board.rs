//! The states of all posts and promises, as a pure function of what is known.
//!
//! The work is linear in the number of records but for sorting: one pass builds an index, then each
//! post is looked at once with its promises. When one member's records change, only the cards that they
//! concern are computed anew.

use std::collections::BTreeMap;

use closeknit_ids::{MemberId, RecordId};

use crate::{
    basis::basis,
    changed::Changed,
    fold::{self, Card},
    groups::Groups,
    known::{self, Answered, Index, Known},
    record::{Basis, CommitmentRef, MemberRecords, Part, PostRef},
    slots::SlotIds,
    state::{CommitmentState, CommitmentStatus, PostState, Void},
};

/// Every post and every promise with its state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    posts: BTreeMap<PostRef, PostState>,
    commitments: BTreeMap<CommitmentRef, CommitmentState>,
}

impl Board {
    /// Computes it.
    #[must_use]
    pub fn of(known: &Known<'_>) -> Self {
        let ended = known::ended(known);
        let groups = Groups::of(known, &ended);
        let mut board = Self::default();
        board.fold(known, &Index::of(known, ended, |_| true), &groups);
        board
    }

    /// Computes anew what changed because the records of `member`, which were `before`, are others now.
    /// All else that is known has to be as it was, also the time: then the board is the same as
    /// [`Board::of`], for less work.
    pub fn update(&mut self, known: &Known<'_>, member: MemberId, before: &MemberRecords) {
        let ended = known::ended(known);
        let groups = Groups::of(known, &ended);
        let changed = Changed { known, member, before };
        // Whoever was or is on one card with a post that changed.
        let mut touched = changed.posts();
        for post in touched.clone() {
            let leader = self.leader(post);
            touched.insert(leader);
            touched.extend(self.posts.get(&leader).into_iter().flat_map(|state| &state.same));
        }
        for post in touched.clone() {
            let leader = groups.leader(post);
            touched.insert(leader);
            touched.extend(groups.others(leader));
        }
        for promise in changed.gone() {
            self.commitments.remove(&promise);
        }
        for post in &touched {
            for promise in self.posts.remove(post).into_iter().flat_map(|state| state.line) {
                self.commitments.remove(&promise);
            }
        }
        self.fold(known, &Index::of(known, ended, |post| touched.contains(&post)), &groups);
    }

    /// Adds what is in the index.
    fn fold(&mut self, known: &Known<'_>, index: &Index<'_>, groups: &Groups) {
        let mut claims = BTreeMap::<PostRef, Vec<fold::Claimed<'_>>>::new();
        for &(whose, commitment) in &index.commitments {
            let leader = groups.leader(commitment.post);
            claims.entry(leader).or_default().push(fold::Claimed { whose, commitment, only: None });
        }
        let mut former = former_promises(known, index, groups);

        let mut posts = Vec::with_capacity(index.posts.len());
        let mut states = Vec::with_capacity(index.commitments.len());
        for (&post, &record) in &index.posts {
            let leader = groups.leader(post);
            if leader == post {
                let claims = claims.remove(&leader).unwrap_or_default();
                let former = former.remove(&leader).unwrap_or_default();
                let card = Card::new(known, index, groups, (leader, record), claims, former);
                posts.push((post, card.state(&mut states)));
            } else {
                posts.push((post, fold::led_by(record, leader)));
            }
        }
        // What is left was promised to posts that are not here.
        for (post, claims) in claims {
            let gone = if known.former.contains(&post.author) { Void::AuthorLeft } else { Void::PostNotHere };
            states.extend(
                claims.into_iter().map(|claim| (claim.whose, without_post(index, post, &claim, gone))),
            );
        }
        self.posts.extend(posts);
        self.commitments.extend(states);
    }

    /// How a post stands.
    #[must_use]
    pub fn post(&self, post: PostRef) -> Option<&PostState> {
        self.posts.get(&post)
    }

    /// How a promise stands.
    #[must_use]
    pub fn commitment(&self, commitment: CommitmentRef) -> Option<&CommitmentState> {
        self.commitments.get(&commitment)
    }

    /// Every post, by author and then by id.
    pub fn posts(&self) -> impl ExactSizeIterator<Item = (PostRef, &PostState)> {
        self.posts.iter().map(|(&post, state)| (post, state))
    }

    /// The posts of one author, by id.
    pub fn posts_of(&self, author: MemberId) -> impl Iterator<Item = (PostRef, &PostState)> {
        let first = PostRef { author, id: RecordId([0; 16]) };
        let last = PostRef { author, id: RecordId([255; 16]) };
        self.posts.range(first..=last).map(|(&post, state)| (post, state))
    }

    /// Every promise, by helper and then by id.
    pub fn commitments(&self) -> impl ExactSizeIterator<Item = (CommitmentRef, &CommitmentState)> {
        self.commitments.iter().map(|(&commitment, state)| (commitment, state))
    }

    /// The promises of one member, by id.
    pub fn commitments_of(
        &self,
        helper: MemberId,
    ) -> impl Iterator<Item = (CommitmentRef, &CommitmentState)> {
        let first = CommitmentRef { helper, id: RecordId([0; 16]) };
        let last = CommitmentRef { helper, id: RecordId([255; 16]) };
        self.commitments.range(first..=last).map(|(&commitment, state)| (commitment, state))
    }

    /// The post whose card shows `post`: itself, or the leader of its group.
    #[must_use]
    pub fn leader(&self, post: PostRef) -> PostRef {
        self.posts.get(&post).map_or(post, |state| state.leader)
    }

    /// The live promise of a member to a post or its group, if there is one: the first, if they promised
    /// several of its times apart.
    #[must_use]
    pub fn live_promise(&self, helper: MemberId, post: PostRef) -> Option<CommitmentRef> {
        self.live_promises(helper, post).next()
    }

    /// The live promises of a member to a post or its group: one at most for each of its times.
    pub fn live_promises(&self, helper: MemberId, post: PostRef) -> impl Iterator<Item = CommitmentRef> {
        let line = self.posts.get(&self.leader(post)).map_or(&[][..], |state| &state.line);
        let own = line.iter().copied().filter(move |whose| whose.helper == helper);
        own.filter(|&whose| self.commitment(whose).is_some_and(|state| state.status.is_live()))
    }

    /// The live promise of a member to this part of a post that would only be said again by another one: it
    /// keeps its place and its answer. What did not happen, or was for a week that is over, is promised anew.
    #[must_use]
    pub fn promise_to_say_again(
        &self,
        known: &Known<'_>,
        helper: MemberId,
        post: PostRef,
        part: &Part,
    ) -> Option<CommitmentRef> {
        let record = known.post(self.leader(post))?;
        let several = record.when.has_slots();
        self.live_promises(helper, post).find(|&own| {
            let (Some(before), Some(state)) = (known.commitment(own), self.commitment(own)) else {
                return false;
            };
            let ended = |(_, status): &(_, CommitmentStatus)| *status == CommitmentStatus::DidNotHappen;
            match &before.part {
                Part::Slots(_) => before.part == *part && !state.slots.iter().any(ended),
                Part::Whole if several => {
                    before.only(record).is_some_and(|slot| *part == Part::Slots(SlotIds::one(slot)))
                }
                Part::Every if several => before.part == *part,
                Part::Every | Part::Whole => !(record.is_weekly() && state.past),
            }
        })
    }

    /// The promises that a member has to take back to have none left on this post: the live one, and
    /// those that would live in its place.
    #[must_use]
    pub fn to_withdraw(&self, helper: MemberId, post: PostRef) -> Vec<CommitmentRef> {
        let Some(state) = self.posts.get(&self.leader(post)) else { return Vec::new() };
        let own = state.line.iter().filter(|whose| whose.helper == helper);
        let waits = |status: CommitmentStatus| {
            status.is_live() || matches!(status, CommitmentStatus::Void(Void::Twice { .. }))
        };
        let at_any_time = |state: &CommitmentState| {
            waits(state.status) || state.slots.iter().any(|(_, status)| waits(*status))
        };
        own.copied().filter(|&whose| self.commitment(whose).is_some_and(at_any_time)).collect()
    }

    /// The basis of a promise that `helper` makes now to `part` of `post`. It is the leader's fields that count,
    /// so the promise should name [`Board::leader`]. Nothing, if the post is not here.
    #[must_use]
    pub fn basis(&self, known: &Known<'_>, helper: MemberId, post: PostRef, part: &Part) -> Option<Basis> {
        let leader = self.leader(post);
        let line = self.posts.get(&leader)?.line.iter();
        let held = line.filter_map(|&whose| Some((whose, known.commitment(whose)?)));
        Some(basis(known.post(leader)?, part, helper, held))
    }
}

/// Promises of former members, known only because an author answered them, by the post they were for.
fn former_promises(
    known: &Known<'_>,
    index: &Index<'_>,
    groups: &Groups,
) -> BTreeMap<PostRef, Vec<(CommitmentRef, Answered)>> {
    let mut former = BTreeMap::<PostRef, Vec<_>>::new();
    if known.former.is_empty() {
        return former;
    }
    for (&whose, given) in index.answers.iter().filter(|(whose, _)| known.former.contains(&whose.helper)) {
        let mut by_post = BTreeMap::<PostRef, Vec<_>>::new();
        for &given in given {
            let leader = groups.leader(PostRef { author: given.author, id: given.answer.post });
            if groups.may_answer(leader, given.author) {
                by_post.entry(leader).or_default().push(given);
            }
        }
        for (leader, given) in by_post {
            former.entry(leader).or_default().push((whose, Answered::of(&given)));
        }
    }
    former
}

fn without_post(index: &Index<'_>, post: PostRef, claim: &fold::Claimed<'_>, gone: Void) -> CommitmentState {
    let withdrawn = index.withdrawals.get(&claim.whose);
    let status = match withdrawn.and_then(|withdrawn| withdrawn.at(None, &claim.commitment.part)) {
        Some(at) => CommitmentStatus::Withdrawn { at },
        None => CommitmentStatus::Void(gone),
    };
    CommitmentState {
        counts_for: post,
        status,
        verdict: None,
        answer: None,
        promised_twice: false,
        past: false,
        slots: Vec::new(),
    }
}
