//! The states of posts and promises. Nobody writes them: [`crate::Board`] computes them.

use closeknit_ids::{MemberId, RecordId};
use jiff::Timestamp;

use crate::{
    record::{CommitmentRef, Mode, PostKind, PostRef, Verdict},
    seats::Seat,
    slots::SlotId,
    time::Window,
};

/// How a post stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PostStatus {
    /// A need that nobody covers yet.
    Open,
    /// A need of which a part is covered.
    PartlyCovered,
    /// A need that is covered.
    Covered,
    /// It was covered and its time is over: did it happen?
    Asking,
    /// It happened.
    Met {
        /// When that was said.
        at: Timestamp,
    },
    /// A part of it happened.
    PartlyMet {
        /// When that was said.
        at: Timestamp,
    },
    /// A need that is called off.
    NoLongerNeeded {
        /// When its author said so.
        at: Timestamp,
    },
    /// Another post says the same.
    Duplicate {
        /// The post to look at: the leader of the group, or what the author named if it is not here
        /// or counts something else.
        of: PostRef,
    },
    /// Its time is over and it was not covered.
    Expired {
        /// When it ended.
        at: Timestamp,
    },
    /// An offer of which nothing is taken.
    Available,
    /// An offer of which a part is taken.
    PartlyTaken,
    /// An offer of which everything is taken.
    TakenUp,
    /// A standing offer that nobody should ask for at the moment.
    Resting,
    /// An offer that was taken back.
    Withdrawn {
        /// When its author said so.
        at: Timestamp,
    },
}

impl PostStatus {
    /// One word for lists and filters: `open`, `partly-covered`, …
    #[must_use]
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::PartlyCovered => "partly-covered",
            Self::Covered => "covered",
            Self::Asking => "asking",
            Self::Met { .. } => "met",
            Self::PartlyMet { .. } => "partly-met",
            Self::NoLongerNeeded { .. } => "no-longer-needed",
            Self::Duplicate { .. } => "duplicate",
            Self::Expired { .. } => "expired",
            Self::Available => "available",
            Self::PartlyTaken => "partly-taken",
            Self::TakenUp => "taken-up",
            Self::Resting => "resting",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// Whether its seats can still be given: it is neither over nor ended.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::PartlyCovered
                | Self::Covered
                | Self::Available
                | Self::PartlyTaken
                | Self::TakenUp
        )
    }

    /// Whether somebody is still wanted, or something still on offer.
    #[must_use]
    pub const fn wants_more(&self) -> bool {
        matches!(self, Self::Open | Self::PartlyCovered | Self::Available | Self::PartlyTaken)
    }
}

/// How much of a post is wanted, and what its promises come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Amounts {
    /// Wanted by the post.
    pub wanted: u32,
    /// Accepted. More than wanted only if the author accepted more helpers than there are seats.
    pub going: u32,
    /// With a seat, but without an accept: *likely*. Never in mode [`Mode::Choose`].
    pub likely: u32,
    /// First in line where a person chooses, and not answered.
    pub offered: u32,
    /// Without a seat: backups, and the surplus of those with a seat.
    pub standing_by: u32,
    /// Of that, the surplus of those with a seat.
    pub spare: u32,
    /// Of what happened: what went.
    pub done: u32,
}

impl Amounts {
    pub(crate) const fn add(&mut self, other: &Self) {
        self.wanted = self.wanted.saturating_add(other.wanted);
        self.going = self.going.saturating_add(other.going);
        self.likely = self.likely.saturating_add(other.likely);
        self.offered = self.offered.saturating_add(other.offered);
        self.standing_by = self.standing_by.saturating_add(other.standing_by);
        self.spare = self.spare.saturating_add(other.spare);
        self.done = self.done.saturating_add(other.done);
    }

    /// What counts as covered: going and likely.
    #[must_use]
    pub const fn covered(&self) -> u32 {
        self.going.saturating_add(self.likely)
    }
}

/// One thing about a post that somebody should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PostFlag {
    /// Two claims of one seat were made apart: the first has it, the other is backup.
    TwoClaims {
        /// Who has the seat.
        first: CommitmentRef,
        /// Who is backup.
        backup: CommitmentRef,
    },
    /// The author accepted more than is wanted: keep both?
    TwoAccepted,
    /// An accepted helper took their promise back.
    TakenBack(CommitmentRef),
    /// An accepted helper is no longer a member.
    FormerMember(CommitmentRef),
    /// A seat that was accepted came free: this one is asked first.
    BackupFirst(CommitmentRef),
    /// Promised before the post changed, and not confirmed since.
    CheckAgain(CommitmentRef),
    /// Promised in time, and not answered before the end: still useful?
    OfferedInTime(CommitmentRef),
    /// The author's machines gave different answers: keep the yes?
    AnsweredTwice(CommitmentRef),
    /// It was called off, and yet it happened.
    HelpArrived(CommitmentRef),
    /// The helper or the author says that it did not happen: ask again?
    DidNotHappen(CommitmentRef),
    /// The helper and the author say different things about what became of it.
    SaidDifferently(CommitmentRef),
    /// It is time to ask whether it is still needed, or still on offer.
    StillNeeded,
}

impl PostFlag {
    /// The promise it is about; of two claims the first.
    pub(crate) const fn promise(&self) -> Option<CommitmentRef> {
        match *self {
            Self::TwoClaims { first, .. } => Some(first),
            Self::TakenBack(whose)
            | Self::FormerMember(whose)
            | Self::BackupFirst(whose)
            | Self::CheckAgain(whose)
            | Self::OfferedInTime(whose)
            | Self::AnsweredTwice(whose)
            | Self::HelpArrived(whose)
            | Self::DidNotHappen(whose)
            | Self::SaidDifferently(whose) => Some(whose),
            Self::TwoAccepted | Self::StillNeeded => None,
        }
    }
}

/// How a post stands, computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostState {
    /// Need or offer.
    pub kind: PostKind,
    /// How seats are given.
    pub mode: Mode,
    /// In one word.
    pub status: PostStatus,
    /// In numbers: of the times still to come, if it has several; of a standing offer, this week's. Nothing
    /// but `wanted` for a post that another leads.
    pub amounts: Amounts,
    /// When it expires; a standing offer does not.
    pub expires: Option<Timestamp>,
    /// The post on whose card it is shown: itself, or the leader of its group.
    pub leader: PostRef,
    /// The other posts on the same card, if this one leads a group.
    pub same: Vec<PostRef>,
    /// Every promise that counts for it, those with a seat first, then in the order in which they
    /// would be asked, then those that are over.
    pub line: Vec<CommitmentRef>,
    /// What somebody should know.
    pub flags: Vec<PostFlag>,
    /// Each of its times, if it has several; of a standing offer, each week.
    pub slots: Vec<SlotState>,
}

impl PostState {
    /// How many of the times still to come are covered, and how many there are.
    #[must_use]
    pub fn times(&self) -> (u32, u32) {
        let live = || self.slots.iter().filter(|slot| slot.status.is_live());
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (count(live().filter(|slot| !slot.status.wants_more()).count()), count(live().count()))
    }
}

/// How one of a post's times stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotState {
    /// Which.
    pub slot: SlotId,
    /// From when to when.
    pub window: Window,
    /// In one word, as if it were a post of its own.
    pub status: PostStatus,
    /// In numbers.
    pub amounts: Amounts,
    /// Every promise for it and how it stands here, in the order of [`PostState::line`].
    pub line: Vec<(CommitmentRef, CommitmentStatus)>,
}

/// Why a promise came to nothing though nobody declined it or took it back. The hours are free, and
/// it is no reproach to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Void {
    /// The author called the post off, or took the offer back.
    CalledOff {
        /// When.
        at: Timestamp,
        /// The promise was made after that, by its helper's clock, and never answered.
        before: bool,
    },
    /// It happened without this promise.
    Met {
        /// When its author said so.
        at: Timestamp,
    },
    /// The post's time is over.
    Expired {
        /// When it ended.
        at: Timestamp,
    },
    /// The post is a duplicate of one that cannot count this promise.
    Duplicate {
        /// The one to look at.
        of: PostRef,
    },
    /// The post's author is no longer a member.
    AuthorLeft,
    /// The post is not here: not yet, or not any more.
    PostNotHere,
    /// The post has no such time, or not any more.
    TimeGone,
    /// The same helper made a newer promise, knowing this one.
    Replaced {
        /// The newer one.
        by: RecordId,
    },
    /// The same helper promised twice, on two machines that had not met; the other one counts.
    Twice {
        /// The one that counts.
        counts: RecordId,
    },
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommitmentStatus {
    /// First in line where a person chooses, and not answered.
    Offered(Seat),
    /// It has a seat but no accept: the most to be said is *likely*.
    Likely(Seat),
    /// Accepted. With a surplus, a part of it is going.
    Going(Seat),
    /// The backup.
    StandingBy,
    /// The author said no.
    Declined,
    /// The helper took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// It came to nothing.
    Void(Void),
    /// The post changed where it matters: no seat before the helper says yes again.
    CheckAgain,
    /// It happened.
    Done(Seat),
    /// A part of it happened.
    Partly(Seat),
    /// It did not happen. Seen by the two only.
    DidNotHappen,
    /// The helper is no longer a member. Known only from what an author answered; if authors of several
    /// posts did, it stands in the line of each.
    FormerMember,
}

impl CommitmentStatus {
    /// One word for marks: `offered`, `likely`, …
    #[must_use]
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Offered(_) => "offered",
            Self::Likely(_) => "likely",
            Self::Going(_) => "going",
            Self::StandingBy => "standing-by",
            Self::Declined => "declined",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Void(_) => "void",
            Self::CheckAgain => "check-again",
            Self::Done(_) => "done",
            Self::Partly(_) => "partly",
            Self::DidNotHappen => "did-not-happen",
            Self::FormerMember => "former-member",
        }
    }

    /// The seat it has.
    #[must_use]
    pub const fn seat(&self) -> Option<Seat> {
        match *self {
            Self::Offered(seat)
            | Self::Likely(seat)
            | Self::Going(seat)
            | Self::Done(seat)
            | Self::Partly(seat) => Some(seat),
            _ => None,
        }
    }

    /// The same with another seat.
    pub(crate) const fn with_seat(self, seat: Seat) -> Self {
        match self {
            Self::Offered(_) => Self::Offered(seat),
            Self::Likely(_) => Self::Likely(seat),
            Self::Going(_) => Self::Going(seat),
            Self::Done(_) => Self::Done(seat),
            Self::Partly(_) => Self::Partly(seat),
            other => other,
        }
    }

    /// What says more about a promise with several times comes first.
    pub(crate) const fn order(&self) -> u8 {
        match self {
            Self::CheckAgain => 0,
            Self::Going(_) => 1,
            Self::Likely(_) => 2,
            Self::Offered(_) => 3,
            Self::StandingBy => 4,
            Self::Done(_) => 5,
            Self::Partly(_) => 6,
            Self::DidNotHappen => 7,
            Self::Declined => 8,
            Self::Withdrawn { .. } => 9,
            Self::Void(_) | Self::FormerMember => 10,
        }
    }

    /// Whether it may still come to something.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(
            self,
            Self::Offered(_) | Self::Likely(_) | Self::Going(_) | Self::StandingBy | Self::CheckAgain
        )
    }
}

/// How a promise stands, computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentState {
    /// The post whose seats it takes: the one it names, or the leader of that one's group.
    pub counts_for: PostRef,
    /// In one word: of several times those that are still to come count.
    pub status: CommitmentStatus,
    /// What the author's answers come to.
    pub verdict: Option<Verdict>,
    /// Where the answer that counts is, and with it the doorstep details. Whether they may be shown
    /// is [`crate::Board::doorstep`]'s to say.
    pub answer: Option<AnswerRef>,
    /// The same helper promised twice on machines that had not met; this one counts.
    pub promised_twice: bool,
    /// The time of the post is over: did it happen, is it still useful?
    pub past: bool,
    /// How it stands at each of the times it is for, if the post has several.
    pub slots: Vec<(SlotId, CommitmentStatus)>,
}

/// Which answer, whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerRef {
    /// Whose document it is in.
    pub author: MemberId,
    /// Which record.
    pub id: RecordId,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_status_has_a_word_of_its_own() {
        use CommitmentStatus as S;
        let (at, seat) = (Timestamp::UNIX_EPOCH, Seat::default());
        let all = [
            S::Offered(seat),
            S::Likely(seat),
            S::Going(seat),
            S::StandingBy,
            S::Declined,
            S::Withdrawn { at },
            S::Void(Void::TimeGone),
            S::CheckAgain,
            S::Done(seat),
            S::Partly(seat),
            S::DidNotHappen,
            S::FormerMember,
        ];
        let words: BTreeSet<_> = all.iter().map(S::slug).collect();
        assert!(words.len() == all.len() && !words.contains(""), "{words:?}");
    }
}
