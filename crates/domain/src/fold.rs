//! One post with its promises: who has a seat, how the post stands, how each promise stands.

use crate::{
    basis::basis_fields,
    expiry::{self, Ends, over},
    flags,
    groups::Groups,
    known::{Answered, Index, Known},
    one_each::one_promise_each,
    order::{Claim, Order},
    record::{Closed, Commitment, CommitmentRef, Mode, Post, PostKind, PostRef, Verdict},
    seats::{Because, InLine, Seat, hand_out},
    state::{Amounts, CommitmentState, CommitmentStatus, PostState, PostStatus, Void},
};

/// A promise that counts for this post.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claimed<'a> {
    pub(crate) whose: CommitmentRef,
    pub(crate) commitment: &'a Commitment,
}

impl<'a> Claimed<'a> {
    pub(crate) fn in_order(&self) -> Claim<'a> {
        Claim { id: self.whose.id, post: self.commitment.post.id, seen: self.commitment.basis.seen() }
    }
}

/// Where in line a promise stands. Those up to [`Rank::Waiting`] take seats, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// The author said yes.
    Accepted,
    /// The author said "be the backup", and since then an accepted seat came free.
    BackupFirst,
    /// Not answered.
    Waiting,
    /// The author said "be the backup": no seat before somebody leaves one.
    Backup,
    /// Made for a time or a place that is not so any more.
    CheckAgain,
    /// Withdrawn, declined, replaced, too late.
    Over,
}

/// One promise while the post is looked at.
#[derive(Debug, Clone)]
pub(crate) struct Weighed<'a> {
    pub(crate) claim: Claimed<'a>,
    pub(crate) answered: Answered,
    /// What it came to, whatever becomes of the post.
    pub(crate) over: Option<CommitmentStatus>,
    pub(crate) fits: bool,
    /// A newer promise of the same helper names it.
    pub(crate) replaced: bool,
    pub(crate) promised_twice: bool,
    pub(crate) rank: Rank,
    pub(crate) seat: Seat,
    pub(crate) status: CommitmentStatus,
}

impl Weighed<'_> {
    pub(crate) fn whose(&self) -> CommitmentRef {
        self.claim.whose
    }

    pub(crate) fn accepted(&self) -> bool {
        self.answered.verdict == Some(Verdict::Accept)
    }
}

/// A post that stands for itself or leads a group, and all that concerns it.
pub(crate) struct Card<'a> {
    pub(crate) known: &'a Known<'a>,
    pub(crate) index: &'a Index<'a>,
    pub(crate) groups: &'a Groups,
    pub(crate) leader: PostRef,
    pub(crate) post: &'a Post,
    pub(crate) claims: Vec<Claimed<'a>>,
    /// Promises of former members that were answered.
    pub(crate) former: Vec<(CommitmentRef, Answered)>,
}

impl<'a> Card<'a> {
    /// The post's state; those of its promises are added to `states`.
    pub(crate) fn state(&self, states: &mut Vec<(CommitmentRef, CommitmentState)>) -> PostState {
        let ends = expiry::ends(self.post, self.known.zone);
        let mut line = self.weigh(&ends);
        let freed = self.seats_left(&line);
        for promise in &mut line {
            promise.rank = rank(promise, freed > 0);
        }
        line.sort_by_key(|promise| promise.rank); // stable: within a rank the order stays
        self.seat(&mut line, freed);

        let status = self.status(&line, &ends);
        for promise in &mut line {
            promise.status = self.settle(promise, &status, &ends);
        }
        let amounts = self.amounts(&line);
        let past = self.past(&ends) && !ended(&status);
        let flags = flags::flags(self, &line, &status, &amounts, &ends, freed > 0);
        states.extend(line.iter().map(|promise| (promise.whose(), self.commitment_state(promise, past))));
        states.extend(self.former.iter().map(|(whose, answered)| (*whose, self.former_state(answered))));
        let former = self.former.iter().map(|(whose, _)| *whose);
        PostState {
            kind: self.post.kind,
            mode: self.post.mode,
            status,
            amounts,
            expires: ends.expires,
            leader: self.leader,
            same: self.groups.others(self.leader).to_vec(),
            line: line.iter().map(Weighed::whose).chain(former).collect(),
            flags,
        }
    }

    /// The promises in causal order, each with its answers and what ends it by itself.
    fn weigh(&self, ends: &Ends) -> Vec<Weighed<'a>> {
        if self.claims.is_empty() {
            return Vec::new();
        }
        let in_order: Vec<_> = self.claims.iter().map(Claimed::in_order).collect();
        let order = Order::of(&in_order);
        let mut rings = Vec::with_capacity(self.claims.len());
        let mut line = Vec::with_capacity(self.claims.len());
        for &at in order.line() {
            if let Some(&claim) = self.claims.get(at) {
                rings.push(order.ring(at));
                line.push(self.weigh_one(claim, ends));
            }
        }
        one_promise_each(&mut line, &rings);
        line
    }

    fn weigh_one(&self, claim: Claimed<'a>, ends: &Ends) -> Weighed<'a> {
        let answered = self.answered(claim.whose);
        let accepted = answered.verdict == Some(Verdict::Accept);
        let withdrawn = self.index.withdrawals.get(&claim.whose);
        let too_late = ends
            .expires
            .filter(|&end| !accepted && over(end, self.known.now) && over(end, claim.commitment.made));
        let over = match (withdrawn, answered.verdict, too_late) {
            (Some(&at), ..) => Some(CommitmentStatus::Withdrawn { at }),
            (_, Some(Verdict::Decline), _) => Some(CommitmentStatus::Declined),
            (_, _, Some(at)) => Some(CommitmentStatus::Void(Void::Expired { at })),
            _ => None,
        };
        Weighed {
            claim,
            answered,
            over,
            fits: claim.commitment.basis.fields == basis_fields(self.post, &claim.commitment.part),
            replaced: false,
            promised_twice: false,
            rank: Rank::Over,
            seat: Seat::default(),
            status: CommitmentStatus::StandingBy,
        }
    }

    /// The answers of those who may answer for this group, written about one of its posts.
    fn answered(&self, whose: CommitmentRef) -> Answered {
        let given = self.index.answers.get(&whose).map_or(&[][..], Vec::as_slice);
        Answered::of(given.iter().filter(|given| {
            self.groups.may_answer(self.leader, given.author)
                && self.groups.leader(PostRef { author: given.author, id: given.answer.post }) == self.leader
        }))
    }

    /// How much was left by those who had been accepted for the post as it is and took it back or left
    /// the circle. How much a former member had promised is not known any more: one, then.
    fn seats_left(&self, line: &[Weighed<'_>]) -> u16 {
        let withdrawn = line.iter().filter(|promise| {
            let had_a_seat = promise.accepted() && promise.fits && !promise.replaced;
            had_a_seat && matches!(promise.over, Some(CommitmentStatus::Withdrawn { .. }))
        });
        let former = self.former.iter().filter(|(_, answered)| answered.verdict == Some(Verdict::Accept));
        let amounts = withdrawn.map(|promise| promise.claim.commitment.amount.get());
        amounts.chain(former.map(|_| 1)).fold(0, u16::saturating_add)
    }

    fn seat(&self, line: &mut [Weighed<'_>], freed: u16) {
        let in_line = line.iter().map_while(|promise| {
            let because = match promise.rank {
                Rank::Accepted => Because::Accepted,
                Rank::BackupFirst => Because::Backup,
                Rank::Waiting => Because::Offered,
                Rank::Backup | Rank::CheckAgain | Rank::Over => return None,
            };
            Some(InLine { amount: promise.claim.commitment.amount.get(), because })
        });
        let seats = hand_out(self.post.want.amount.get(), freed, &in_line.collect::<Vec<_>>());
        for (promise, seat) in line.iter_mut().zip(seats) {
            promise.seat = seat;
        }
    }

    fn status(&self, line: &[Weighed<'_>], ends: &Ends) -> PostStatus {
        let need = self.post.kind == PostKind::Need;
        if let Some(ended) = self.index.ended.get(&self.leader) {
            let at = ended.at;
            match ended.how {
                Closed::Met => return PostStatus::Met { at },
                Closed::NotNeeded if need => return PostStatus::NoLongerNeeded { at },
                Closed::NotNeeded => return PostStatus::Withdrawn { at },
                Closed::DuplicateOf(of) if !self.groups.leads_ring(self.leader) => {
                    return PostStatus::Duplicate { of };
                }
                Closed::DuplicateOf(_) => {}
            }
        }
        // Where a person chooses, only their yes covers anything.
        let counts = |promise: &&Weighed<'_>| promise.accepted() || self.post.mode != Mode::Choose;
        let covered: u32 = line.iter().filter(counts).map(|promise| u32::from(promise.seat.taken)).sum();
        let full = covered >= u32::from(self.post.want.amount.get());
        if full && self.past(ends) {
            return PostStatus::Asking;
        }
        if let Some(at) = ends.expires.filter(|&end| over(end, self.known.now)) {
            return PostStatus::Expired { at };
        }
        match (need, covered, full) {
            (true, 0, _) => PostStatus::Open,
            (true, _, false) => PostStatus::PartlyCovered,
            (true, _, true) => PostStatus::Covered,
            (false, 0, _) => PostStatus::Available,
            (false, _, false) => PostStatus::PartlyTaken,
            (false, _, true) => PostStatus::TakenUp,
        }
    }

    /// Whether its window or its time is over by any clock.
    pub(crate) fn past(&self, ends: &Ends) -> bool {
        [ends.happens, ends.expires].into_iter().flatten().any(|end| over(end, self.known.now))
    }

    /// What a promise comes to, given how the post stands.
    fn settle(&self, promise: &Weighed<'_>, post: &PostStatus, ends: &Ends) -> CommitmentStatus {
        if let Some(over) = promise.over {
            return over;
        }
        let (seat, made) = (promise.seat, promise.claim.commitment.made);
        let seated = seat.taken > 0;
        match *post {
            PostStatus::Met { at } => {
                // Who was accepted went, also if they never said yes to a new time.
                let whole = Seat { taken: promise.claim.commitment.amount.get(), spare: 0 };
                return match (promise.accepted(), seated) {
                    (true, false) => CommitmentStatus::Done(whole),
                    (true, true) => CommitmentStatus::Done(seat),
                    (false, true) if self.post.mode == Mode::TurnUp => CommitmentStatus::Done(seat),
                    (false, _) => CommitmentStatus::Void(Void::Met { at }),
                };
            }
            PostStatus::NoLongerNeeded { at } | PostStatus::Withdrawn { at } => {
                // Who answered it had seen it, whatever the clocks say.
                let before = at < made && promise.answered.verdict.is_none();
                return CommitmentStatus::Void(Void::CalledOff { at, before });
            }
            PostStatus::Duplicate { of } => return CommitmentStatus::Void(Void::Duplicate { of }),
            _ => {}
        }
        match (promise.rank, ends.expires.filter(|&end| over(end, self.known.now))) {
            (Rank::Accepted, _) => CommitmentStatus::Going(seat),
            (Rank::BackupFirst | Rank::Waiting, _) if seated && self.post.mode == Mode::Choose => {
                CommitmentStatus::Offered(seat)
            }
            (Rank::BackupFirst | Rank::Waiting, _) if seated => CommitmentStatus::Likely(seat),
            (_, Some(at)) => CommitmentStatus::Void(Void::Expired { at }),
            (Rank::CheckAgain, None) => CommitmentStatus::CheckAgain,
            (_, None) => CommitmentStatus::StandingBy,
        }
    }

    fn amounts(&self, line: &[Weighed<'_>]) -> Amounts {
        let mut amounts = Amounts { wanted: self.post.want.amount.get().into(), ..Amounts::default() };
        for promise in line {
            let promised = u32::from(promise.claim.commitment.amount.get());
            let seat = promise.status.seat().unwrap_or_default();
            let taken = u32::from(seat.taken);
            match promise.status {
                CommitmentStatus::Going(_) => amounts.going += taken,
                CommitmentStatus::Likely(_) => amounts.likely += taken,
                CommitmentStatus::Offered(_) => amounts.offered += taken,
                CommitmentStatus::Done(_) => amounts.done += taken,
                CommitmentStatus::StandingBy => amounts.standing_by += promised,
                _ => {}
            }
            if promise.status.is_live() {
                amounts.standing_by += u32::from(seat.spare);
                amounts.spare += u32::from(seat.spare);
            }
        }
        amounts
    }

    fn commitment_state(&self, promise: &Weighed<'_>, past: bool) -> CommitmentState {
        CommitmentState {
            counts_for: self.leader,
            status: promise.status,
            verdict: promise.answered.verdict,
            answer: promise.answered.by,
            promised_twice: promise.promised_twice,
            past,
        }
    }

    fn former_state(&self, answered: &Answered) -> CommitmentState {
        CommitmentState {
            counts_for: self.leader,
            status: CommitmentStatus::FormerMember,
            verdict: answered.verdict,
            answer: answered.by,
            promised_twice: false,
            past: false,
        }
    }
}

/// Whether the author ended it.
pub(crate) const fn ended(status: &PostStatus) -> bool {
    matches!(
        status,
        PostStatus::Met { .. }
            | PostStatus::NoLongerNeeded { .. }
            | PostStatus::Withdrawn { .. }
            | PostStatus::Duplicate { .. }
    )
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
    }
}

fn rank(promise: &Weighed<'_>, freed: bool) -> Rank {
    match (promise.over, promise.fits, promise.answered.verdict) {
        (Some(_), ..) => Rank::Over,
        (_, false, _) => Rank::CheckAgain,
        (_, _, Some(Verdict::Accept)) => Rank::Accepted,
        (_, _, Some(Verdict::StandBy)) if freed => Rank::BackupFirst,
        (_, _, Some(Verdict::StandBy)) => Rank::Backup,
        _ => Rank::Waiting,
    }
}
