//! Promises, answers to them, and promises taken back.

use std::collections::BTreeSet;

use closeknit_ids::{MemberId, RecordId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Amount, PostRef, RangeError};
use crate::{
    slots::{SlotId, SlotIds},
    text::{Phrase, Say},
};

/// Which promise, whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CommitmentRef {
    /// Whose document it is in.
    pub helper: MemberId,
    /// Which record.
    pub id: RecordId,
}

/// What the helper knew when promising: it orders seats without clocks, and shows when a post
/// changed underneath a promise (mutual-aid, *Seats*).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "BasisFields", into = "BasisFields")]
pub struct Basis {
    /// Hash of the post's fields that matter to a seat.
    pub fields: [u8; 32],
    /// Promises to the same post that the helper's machine held: sorted, at most [`Basis::MOST`].
    seen: Vec<RecordId>,
}

#[derive(Serialize, Deserialize)]
struct BasisFields {
    fields: [u8; 32],
    seen: Vec<RecordId>,
}

impl TryFrom<BasisFields> for Basis {
    type Error = RangeError;
    fn try_from(basis: BasisFields) -> Result<Self, RangeError> {
        Self::new(basis.fields, basis.seen)
    }
}

impl From<Basis> for BasisFields {
    fn from(basis: Basis) -> Self {
        Self { fields: basis.fields, seen: basis.seen }
    }
}

impl Basis {
    /// The most promises named.
    pub const MOST: usize = 64;

    /// Sorts and removes doubles.
    ///
    /// # Errors
    /// If more than [`Basis::MOST`] are left.
    pub fn new(fields: [u8; 32], mut seen: Vec<RecordId>) -> Result<Self, RangeError> {
        seen.sort_unstable();
        seen.dedup();
        if seen.len() > Self::MOST { Err(RangeError::Basis) } else { Ok(Self { fields, seen }) }
    }

    /// Of these ids the first [`Basis::MOST`] different ones.
    pub(crate) fn of_first(fields: [u8; 32], ids: impl Iterator<Item = RecordId>) -> Self {
        let mut seen = BTreeSet::new();
        for id in ids {
            if seen.len() == Self::MOST {
                break;
            }
            seen.insert(id);
        }
        Self { fields, seen: seen.into_iter().collect() }
    }

    /// The promises held, sorted.
    #[must_use]
    pub fn seen(&self) -> &[RecordId] {
        &self.seen
    }
}

/// For which of a post's times a promise is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// For the post, which has one time or none; of a standing offer, for the week in which it was made.
    #[default]
    Whole,
    /// For these.
    Slots(SlotIds),
    /// For each: a regular.
    Every,
}

impl Part {
    /// Whether it is for this one of several times.
    #[must_use]
    pub fn covers(&self, slot: SlotId) -> bool {
        match self {
            Self::Whole | Self::Every => true,
            Self::Slots(slots) => slots.contains(&slot),
        }
    }
}

/// A promise: a helper says they will do it, or a neighbour asks for an offer. In ValueFlows a
/// `Commitment` that `satisfies` an `Intent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// What it satisfies.
    pub post: PostRef,
    /// For which of its times.
    pub part: Part,
    /// How much of it, at each of these times.
    pub amount: Amount,
    /// Which role it fills.
    pub role: Option<Phrase>,
    /// A word to the other side.
    pub say: Option<Say>,
    /// What the helper knew.
    pub basis: Basis,
    /// When it was made, by the helper's clock. Advisory.
    pub made: Timestamp,
}

/// What the author says to one promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Yes: you are going.
    Accept,
    /// Be the backup.
    StandBy,
    /// No, thank you.
    Decline,
}

/// Bytes that only those they are sealed to can read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// The most bytes.
    pub const MOST: usize = 16 * 1024;

    /// # Errors
    /// If there are more than [`Sealed::MOST`].
    pub fn new(bytes: Vec<u8>) -> Result<Self, RangeError> {
        if bytes.len() > Self::MOST { Err(RangeError::Sealed) } else { Ok(Self(bytes)) }
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<Vec<u8>> for Sealed {
    type Error = RangeError;
    fn try_from(bytes: Vec<u8>) -> Result<Self, RangeError> {
        Self::new(bytes)
    }
}

impl From<Sealed> for Vec<u8> {
    fn from(sealed: Sealed) -> Self {
        sealed.0
    }
}

/// The author's answer to one promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Which of the author's own posts the seat belongs to: it still says so when the promise itself
    /// has left with a former member, and in a group of duplicates it is the answering author's post.
    pub post: RecordId,
    /// Which promise.
    pub commitment: CommitmentRef,
    /// Yes, backup, or no.
    pub verdict: Verdict,
    /// Doorstep details, with a yes, sealed to helper and author.
    pub doorstep: Option<Sealed>,
    /// When, by the author's clock. Advisory.
    pub at: Timestamp,
}

/// The helper takes a promise back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Which of their own promises.
    pub commitment: RecordId,
    /// For which times; all, if none are named.
    pub slots: Option<SlotIds>,
    /// When, by the helper's clock. Advisory.
    pub at: Timestamp,
}
