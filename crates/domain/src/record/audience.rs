//! Records for chosen people alone.

use std::{collections::BTreeSet, ops::Deref};

use closeknit_ids::MemberId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{PostKind, RangeError, Record, Sealed};

/// Who may read a post and what is said about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Everybody in the circle.
    #[default]
    Circle,
    /// Its author and these. Others see only that something is open.
    Chosen(Chosen),
}

impl Audience {
    /// Whether something is for this member too, besides whoever wrote it.
    #[must_use]
    pub fn has(&self, member: MemberId) -> bool {
        match self {
            Self::Circle => true,
            Self::Chosen(chosen) => chosen.contains(&member),
        }
    }
}

/// Members for whom alone something is, besides whoever wrote it: one at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeSet<MemberId>", into = "BTreeSet<MemberId>")]
pub struct Chosen(BTreeSet<MemberId>);

impl Chosen {
    /// The most members: each has words and several machines to seal to.
    pub const MOST: usize = 12;

    /// # Errors
    /// If there is nobody, or there are more than [`Chosen::MOST`].
    pub fn new(members: BTreeSet<MemberId>) -> Result<Self, RangeError> {
        if members.is_empty() || members.len() > Self::MOST {
            Err(RangeError::Chosen)
        } else {
            Ok(Self(members))
        }
    }
}

impl Deref for Chosen {
    type Target = BTreeSet<MemberId>;
    fn deref(&self) -> &BTreeSet<MemberId> {
        &self.0
    }
}

impl TryFrom<BTreeSet<MemberId>> for Chosen {
    type Error = RangeError;
    fn try_from(members: BTreeSet<MemberId>) -> Result<Self, RangeError> {
        Self::new(members)
    }
}

impl From<Chosen> for BTreeSet<MemberId> {
    fn from(chosen: Chosen) -> Self {
        chosen.0
    }
}

/// What kind of record a [`Locked`] one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A need.
    Need,
    /// An offer.
    Offer,
    /// A promise.
    Commitment,
    /// An answer.
    Answer,
    /// A promise taken back.
    Withdrawal,
    /// A post ended.
    Closure,
    /// What became of a promise.
    Outcome,
    /// Thanks.
    Thanks,
}

impl Kind {
    /// Of a record that may be for chosen people.
    #[must_use]
    pub const fn of(record: &Record) -> Option<Self> {
        Some(match record {
            Record::Post(post) => match post.kind {
                PostKind::Need => Self::Need,
                PostKind::Offer => Self::Offer,
            },
            Record::Commitment(_) => Self::Commitment,
            Record::Answer(_) => Self::Answer,
            Record::Withdrawal(_) => Self::Withdrawal,
            Record::Closure(_) => Self::Closure,
            Record::Outcome(_) => Self::Outcome,
            Record::Thanks(_) => Self::Thanks,
            Record::Locked(locked) => locked.kind,
            Record::Profile(_)
            | Record::Capacity(_)
            | Record::Shown(_)
            | Record::Invitation(_)
            | Record::Note(_) => {
                return None;
            }
        })
    }
}

/// A record as everybody holds it whom it is not for: what kind it is, and until when it matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// What kind of record it is.
    pub kind: Kind,
    /// Of a post, the day after which it is not open any more, if there is one.
    pub until: Option<Timestamp>,
    /// The record itself, for those it is for.
    pub sealed: Sealed,
}
