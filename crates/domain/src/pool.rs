//! The seats of a post at one of its times, or of one that has no times: who has one, how it stands,
//! how each promise stands in it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    expiry::{Ends, over},
    flags,
    fold::{Card, Claimed},
    known::Answered,
    one_each::one_promise_each,
    outcomes::Said,
    record::{Closed, CommitmentRef, How, Mode, Part, PostKind, Verdict},
    seats::{Because, InLine, Places, Seat, hand_out},
    slots::SlotId,
    state::{Amounts, CommitmentStatus, PostFlag, PostStatus, Void},
    time::Window,
};

/// Where in line a promise stands. Those up to [`Rank::Waiting`] take seats, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// It happened.
    Came,
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
    /// Withdrawn, declined, replaced, too late, or it did not happen.
    Over,
}

/// One promise while a pool is looked at.
#[derive(Debug, Clone)]
pub(crate) struct Weighed<'a> {
    pub(crate) claim: Claimed<'a>,
    pub(crate) answered: Answered,
    /// What became of it, where somebody said so.
    pub(crate) said: Said,
    /// What it came to, whatever becomes of the post.
    pub(crate) over: Option<CommitmentStatus>,
    pub(crate) fits: bool,
    /// It was made when this time was over.
    pub(crate) late: bool,
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

    /// Whether it may be the one of its helper that counts. Who has been at one of several times is not
    /// expected there again; to a post with one time, or none, they may bring more.
    pub(crate) fn may_count(&self, several_times: bool) -> bool {
        self.over.is_none() && (several_times || !self.done())
    }

    /// Whether help came, in full or in part.
    pub(crate) fn done(&self) -> bool {
        self.over.is_none() && matches!(self.said.how, Some(How::Happened | How::Partly))
    }
}

/// The seats at one time.
pub(crate) struct Pool<'a> {
    /// Which of several times; nothing, if the post has none or one.
    pub(crate) window: Option<Window>,
    pub(crate) ends: Ends,
    pub(crate) line: Vec<Weighed<'a>>,
    pub(crate) status: PostStatus,
    pub(crate) amounts: Amounts,
    pub(crate) flags: Vec<PostFlag>,
    /// Its time is over, and nobody ended the post.
    pub(crate) past: bool,
}

impl<'a> Pool<'a> {
    /// Those of `card`'s promises that are for this time.
    pub(crate) fn of(card: &Card<'a>, window: Option<Window>, ends: Ends) -> Self {
        let slot = window.as_ref().map(Window::slot);
        let mut line = weigh(card, slot, &ends);
        let freed = seats_left(card, &line, slot.is_some());
        for promise in &mut line {
            promise.rank = rank(promise, freed > 0);
        }
        line.sort_by_key(|promise| promise.rank); // stable: within a rank the order stays
        seat(card, &mut line, freed);

        let status = status(card, &line, &ends);
        for promise in &mut line {
            promise.status = settle(card, promise, &status, &ends);
        }
        let amounts = amounts(card, &line);
        let past = past(card, &ends) && !ended(&status);
        let mut pool = Self { window, ends, line, status, amounts, flags: Vec::new(), past };
        pool.flags = flags::flags(card, &pool, freed > 0);
        pool
    }

    pub(crate) fn slot(&self) -> Option<SlotId> {
        self.window.as_ref().map(Window::slot)
    }
}

/// The promises in causal order, each with its answers and what ends it by itself.
fn weigh<'a>(card: &Card<'a>, slot: Option<SlotId>, ends: &Ends) -> Vec<Weighed<'a>> {
    let (mut rings, mut line) = (Vec::new(), Vec::new());
    for &(claim, ring, answered) in card.in_order.iter().filter(|(claim, ..)| card.counts_in(claim, slot)) {
        rings.push(ring);
        line.push(weigh_one(card, claim, answered, slot, ends));
    }
    one_promise_each(&mut line, &rings, slot.is_some());
    line
}

fn weigh_one<'a>(
    card: &Card<'a>,
    claim: Claimed<'a>,
    answered: Answered,
    slot: Option<SlotId>,
    ends: &Ends,
) -> Weighed<'a> {
    let accepted = answered.verdict == Some(Verdict::Accept);
    let said = card.said(&claim, slot, accepted);
    let came = matches!(said.how, Some(How::Happened | How::Partly));
    let withdrawn = card.index.withdrawals.get(&claim.whose);
    let withdrawn = withdrawn.and_then(|withdrawn| withdrawn.at(slot, &claim.commitment.part));
    // A yes to all of several times is none to those that were over by then.
    let named = slot.is_none() || claim.only.is_some() || matches!(claim.commitment.part, Part::Slots(_));
    let in_time = accepted && named;
    let too_late =
        ends.expires.filter(|&end| !in_time && over(end, card.known.now) && over(end, claim.commitment.made));
    let over = match (withdrawn, answered.verdict, too_late) {
        // What happened at one of several times is not undone by leaving the rest.
        _ if came && slot.is_some() => None,
        (Some(at), ..) => Some(CommitmentStatus::Withdrawn { at }),
        _ if came => None,
        (_, Some(Verdict::Decline), _) => Some(CommitmentStatus::Declined),
        (_, _, Some(at)) => Some(CommitmentStatus::Void(Void::Expired { at })),
        _ if said.how == Some(How::DidNot) => Some(CommitmentStatus::DidNotHappen),
        _ => None,
    };
    Weighed {
        claim,
        answered,
        said,
        over,
        fits: claim.commitment.fits(card.post, claim.only),
        late: too_late.is_some(),
        replaced: false,
        promised_twice: false,
        rank: Rank::Over,
        seat: Seat::default(),
        status: CommitmentStatus::StandingBy,
    }
}

fn rank(promise: &Weighed<'_>, freed: bool) -> Rank {
    match (promise.over, promise.fits, promise.answered.verdict) {
        (Some(_), ..) => Rank::Over,
        _ if promise.done() => Rank::Came,
        (_, false, _) => Rank::CheckAgain,
        (_, _, Some(Verdict::Accept)) => Rank::Accepted,
        (_, _, Some(Verdict::StandBy)) if freed => Rank::BackupFirst,
        (_, _, Some(Verdict::StandBy)) => Rank::Backup,
        _ => Rank::Waiting,
    }
}

/// How much was left by those who had been accepted for the post as it is and took it back, did not
/// come, or left the circle. Who has been there by another promise left none, and who promised twice left
/// the seat of the first. How much a former member
/// had promised is not known any more: one, then.
fn seats_left(card: &Card<'_>, line: &[Weighed<'_>], several_times: bool) -> u16 {
    let left = line.iter().filter(|promise| {
        let had_a_seat = promise.accepted() && promise.fits && !promise.replaced && !promise.late;
        let been = several_times
            && line.iter().any(|other| other.done() && other.whose().helper == promise.whose().helper);
        had_a_seat
            && !been
            && matches!(
                promise.over,
                Some(CommitmentStatus::Withdrawn { .. } | CommitmentStatus::DidNotHappen)
            )
    });
    let mut helpers = BTreeSet::new();
    let left = left.filter(|promise| helpers.insert(promise.whose().helper));
    let former = card.former.iter().filter(|(_, answered)| answered.verdict == Some(Verdict::Accept));
    let amounts = left.map(|promise| promise.claim.commitment.amount.get());
    amounts.chain(former.map(|_| 1)).fold(0, u16::saturating_add)
}

fn seat(card: &Card<'_>, line: &mut [Weighed<'_>], freed: u16) {
    let roles = &card.post.roles;
    let in_line = line.iter().map_while(|promise| {
        let because = match promise.rank {
            Rank::Came => Because::Came,
            Rank::Accepted => Because::Accepted,
            Rank::BackupFirst => Because::Backup,
            Rank::Waiting => Because::Offered,
            Rank::Backup | Rank::CheckAgain | Rank::Over => return None,
        };
        let commitment = promise.claim.commitment;
        let role = commitment.role.as_ref().and_then(|name| roles.iter().position(|role| role.name == *name));
        Some(InLine { amount: commitment.amount.get(), role, because })
    });
    let places = Places::of(card.post.want.amount.get(), roles.iter().map(|role| role.amount.get()));
    let seats = hand_out(places, freed, &in_line.collect::<Vec<_>>());
    for (promise, seat) in line.iter_mut().zip(seats) {
        promise.seat = seat;
    }
}

fn status(card: &Card<'_>, line: &[Weighed<'_>], ends: &Ends) -> PostStatus {
    let need = card.post.kind == PostKind::Need;
    let done = || line.iter().filter(|promise| promise.done());
    let done_at = || done().filter_map(|promise| promise.said.at).max();
    if let Some(closed) = closed(card, ends, done_at()) {
        return closed;
    }
    // Where a person chooses, only their yes covers anything.
    let counts =
        |promise: &&Weighed<'_>| promise.accepted() || promise.done() || card.post.mode != Mode::Choose;
    let sum = |taken: u32, promise: &Weighed<'_>| taken.saturating_add(promise.seat.taken.into());
    let covered = line.iter().filter(counts).fold(0, sum);
    let came = done().fold(0, sum);
    let wanted = u32::from(card.post.want.amount.get());
    let full = covered >= wanted;
    let partly = || done().any(|promise| promise.said.how == Some(How::Partly));
    // Once as many came as are wanted, it is met, whoever was to come besides.
    match done_at().filter(|_| came >= wanted) {
        Some(at) if partly() => return PostStatus::PartlyMet { at },
        Some(at) => return PostStatus::Met { at },
        _ if full && past(card, ends) => return PostStatus::Asking,
        _ => {}
    }
    if let Some(at) = ends.expires.filter(|&end| over(end, card.known.now)) {
        return match done_at().filter(|_| came == covered) {
            Some(at) => PostStatus::PartlyMet { at },
            None => PostStatus::Expired { at },
        };
    }
    match (need, covered, full) {
        (false, ..) if card.post.resting => PostStatus::Resting,
        (true, 0, _) => PostStatus::Open,
        (true, _, false) => PostStatus::PartlyCovered,
        (true, _, true) => PostStatus::Covered,
        (false, 0, _) => PostStatus::Available,
        (false, _, false) => PostStatus::PartlyTaken,
        (false, _, true) => PostStatus::TakenUp,
    }
}

/// How its author ended it, as far as this time goes: what was over by then was not called off, and
/// what happened all the same happened.
fn closed(card: &Card<'_>, ends: &Ends, done_at: Option<Timestamp>) -> Option<PostStatus> {
    let ended = card.index.ended.get(&card.leader)?;
    let at = ended.at;
    match (ended.how, done_at) {
        (Closed::Met, _) => Some(PostStatus::Met { at }),
        (Closed::NotNeeded, Some(at)) => Some(PostStatus::Met { at }),
        (Closed::NotNeeded, None) if card.has_times && ends.happens.is_some_and(|end| end < at) => None,
        (Closed::NotNeeded, None) if card.post.kind == PostKind::Need => {
            Some(PostStatus::NoLongerNeeded { at })
        }
        (Closed::NotNeeded, None) => Some(PostStatus::Withdrawn { at }),
        (Closed::DuplicateOf(of), _) => {
            (!card.groups.leads_ring(card.leader)).then_some(PostStatus::Duplicate { of })
        }
    }
}

/// Whether its window or its time is over by any clock.
pub(crate) fn past(card: &Card<'_>, ends: &Ends) -> bool {
    [ends.happens, ends.expires].into_iter().flatten().any(|end| over(end, card.known.now))
}

/// What a promise comes to, given how the post stands.
fn settle(card: &Card<'_>, promise: &Weighed<'_>, post: &PostStatus, ends: &Ends) -> CommitmentStatus {
    if let Some(over) = promise.over {
        return over;
    }
    let (seat, made) = (promise.seat, promise.claim.commitment.made);
    let seated = seat.taken > 0;
    match promise.said.how {
        Some(How::Happened) => return CommitmentStatus::Done(seat),
        Some(How::Partly) => return CommitmentStatus::Partly(seat),
        _ => {}
    }
    match *post {
        PostStatus::Met { at } | PostStatus::PartlyMet { at } => {
            // Who was accepted went, also if they never said yes to a new time.
            let whole = Seat { taken: promise.claim.commitment.amount.get(), spare: 0 };
            return match (promise.accepted(), seated) {
                (true, false) => CommitmentStatus::Done(whole),
                (true, true) => CommitmentStatus::Done(seat),
                (false, true) if card.post.mode == Mode::TurnUp => CommitmentStatus::Done(seat),
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
    match (promise.rank, ends.expires.filter(|&end| over(end, card.known.now))) {
        (Rank::Accepted, _) => CommitmentStatus::Going(seat),
        (Rank::BackupFirst | Rank::Waiting, _) if seated && card.post.mode == Mode::Choose => {
            CommitmentStatus::Offered(seat)
        }
        (Rank::BackupFirst | Rank::Waiting, _) if seated => CommitmentStatus::Likely(seat),
        (_, Some(at)) => CommitmentStatus::Void(Void::Expired { at }),
        (Rank::CheckAgain, None) => CommitmentStatus::CheckAgain,
        (_, None) => CommitmentStatus::StandingBy,
    }
}

fn amounts(card: &Card<'_>, line: &[Weighed<'_>]) -> Amounts {
    let mut amounts = Amounts { wanted: card.post.want.amount.get().into(), ..Amounts::default() };
    for promise in line {
        let promised = u32::from(promise.claim.commitment.amount.get());
        let seat = promise.status.seat().unwrap_or_default();
        let taken = u32::from(seat.taken);
        match promise.status {
            CommitmentStatus::Going(_) => amounts.going += taken,
            CommitmentStatus::Likely(_) => amounts.likely += taken,
            CommitmentStatus::Offered(_) => amounts.offered += taken,
            CommitmentStatus::Done(_) | CommitmentStatus::Partly(_) => amounts.done += taken,
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

/// Whether the author ended it, or it came to its end.
pub(crate) const fn ended(status: &PostStatus) -> bool {
    matches!(
        status,
        PostStatus::Met { .. }
            | PostStatus::PartlyMet { .. }
            | PostStatus::NoLongerNeeded { .. }
            | PostStatus::Withdrawn { .. }
            | PostStatus::Duplicate { .. }
    )
}
