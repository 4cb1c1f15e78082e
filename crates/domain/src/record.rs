//! What people write down. Each record has one writer (mutual-aid, *Records*).
//!
//! Values out of range cannot be built: a record that breaks a bound fails to parse, and the
//! reader of a document skips it.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
};

use closeknit_ids::{MemberId, MemberKind, RecordId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    category::Category,
    shown::Shown,
    text::{Detail, Name, Phrase, Place, Say, Title},
    time::Window,
};

/// Why a value cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// Not between 1 and [`Amount::MOST`].
    #[error("a number from 1 to {} is needed", Amount::MOST)]
    Amount,
    /// More ids than [`Basis::MOST`].
    #[error("more than {} ids", Basis::MOST)]
    Basis,
    /// More than [`Phrases::MOST`].
    #[error("more than {} entries", Phrases::MOST)]
    Phrases,
    /// More bytes than [`Sealed::MOST`].
    #[error("more than {} sealed bytes", Sealed::MOST)]
    Sealed,
}

/// How a member wants to be known in this circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What to call them.
    pub name: Name,
    /// Person, household or organisation.
    pub kind: MemberKind,
    /// Languages they speak, as BCP 47 tags or plain words.
    pub languages: Phrases,
    /// The rough area they live in.
    pub area: Option<Place>,
    /// What they know how to do.
    pub skills: Phrases,
    /// What they have to lend.
    pub lends: Phrases,
}

/// A short list of languages, skills or things to lend: at most [`Phrases::MOST`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Phrase>", into = "Vec<Phrase>")]
pub struct Phrases(Vec<Phrase>);

impl Phrases {
    /// The most entries.
    pub const MOST: usize = 32;

    /// Keeps the order.
    ///
    /// # Errors
    /// If there are more than [`Phrases::MOST`].
    pub fn new(phrases: Vec<Phrase>) -> Result<Self, RangeError> {
        if phrases.len() > Self::MOST { Err(RangeError::Phrases) } else { Ok(Self(phrases)) }
    }
}

impl Deref for Phrases {
    type Target = [Phrase];
    fn deref(&self) -> &[Phrase] {
        &self.0
    }
}

impl TryFrom<Vec<Phrase>> for Phrases {
    type Error = RangeError;
    fn try_from(phrases: Vec<Phrase>) -> Result<Self, RangeError> {
        Self::new(phrases)
    }
}

impl From<Phrases> for Vec<Phrase> {
    fn from(phrases: Phrases) -> Self {
        phrases.0
    }
}

/// Hours a week and limits. For the member's own machines only: always sealed in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// Hours a week they can give.
    pub hours: Option<u8>,
    /// When they are usually free, as typed ("mon 18-21, sat 9-13").
    pub free: Option<Phrase>,
    /// What they like to do.
    pub can: Vec<Category>,
    /// What they will not do.
    pub will_not: Vec<Category>,
    /// How far they go, in walking minutes.
    pub radius_minutes: Option<u16>,
    /// Resting until this day.
    pub resting_until: Option<jiff::civil::Date>,
}

/// Need or offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PostKind {
    /// Help wanted.
    Need,
    /// Help on offer.
    Offer,
}

/// What a post counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// People.
    Helpers,
    /// Hours.
    Hours,
    /// Things.
    Items,
}

/// How many: 1 to 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Amount(u16);

impl Amount {
    /// One.
    pub const ONE: Self = Self(1);
    /// The most a post can want or a promise can give.
    pub const MOST: u16 = 999;

    /// # Errors
    /// If it is zero or more than [`Amount::MOST`].
    pub const fn new(number: u16) -> Result<Self, RangeError> {
        if number == 0 || number > Self::MOST { Err(RangeError::Amount) } else { Ok(Self(number)) }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Amount {
    type Error = RangeError;
    fn try_from(number: u16) -> Result<Self, RangeError> {
        Self::new(number)
    }
}

impl From<Amount> for u16 {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

/// How many of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Want {
    /// How many.
    pub amount: Amount,
    /// Of what.
    pub unit: Unit,
}

/// How a seat is given (mutual-aid, *Modes*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Just turn up: no answer is needed and there are no private details.
    TurnUp,
    /// The author's machine accepts the first promise that it sees.
    First,
    /// A person chooses.
    Choose,
}

/// Posted for somebody else, who agreed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Proxy {
    /// Whom it is for, as they want to be called.
    pub person: Name,
    /// How they agreed.
    pub consent: Phrase,
}

/// A need or an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Need or offer.
    pub kind: PostKind,
    /// What kind of help.
    pub category: Category,
    /// One line.
    pub title: Title,
    /// The rest.
    pub detail: Option<Detail>,
    /// It cannot wait.
    pub urgent: bool,
    /// When, if that is known.
    pub window: Option<Window>,
    /// Roughly where.
    pub place: Option<Place>,
    /// How many of what; of an offer, how many there are to take.
    pub want: Want,
    /// How a seat is given.
    pub mode: Mode,
    /// For whom, if not for the author.
    pub proxy: Option<Proxy>,
    /// An offer that stays until it is taken back.
    pub standing: bool,
    /// Ends earlier or later than the rule for its kind.
    pub until: Option<Timestamp>,
    /// When it was posted, by the author's clock, in whole seconds. Advisory.
    pub posted: Timestamp,
}

/// Which post, whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PostRef {
    /// Whose document it is in.
    pub author: MemberId,
    /// Which record.
    pub id: RecordId,
}

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

/// A promise: a helper says they will do it, or a neighbour asks for an offer. In ValueFlows a
/// `Commitment` that `satisfies` an `Intent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// What it satisfies.
    pub post: PostRef,
    /// How much of it.
    pub amount: Amount,
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
    pub const MOST: usize = 8 * 1024;

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
    /// When, by the helper's clock. Advisory.
    pub at: Timestamp,
}

/// How a post ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closed {
    /// It happened.
    Met,
    /// Nobody needs it any more; an offer was taken back.
    NotNeeded,
    /// Another post says the same.
    DuplicateOf(PostRef),
}

/// The author ends a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// Which of their own posts.
    pub post: RecordId,
    /// How.
    pub how: Closed,
    /// When, by the author's clock. Advisory.
    pub at: Timestamp,
}

/// Any record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// At most one a member; the one with the smallest id counts.
    Profile(Profile),
    /// [`Capacity`], sealed to the member's own machines.
    Capacity(Sealed),
    /// A need or an offer.
    Post(Post),
    /// A promise.
    Commitment(Commitment),
    /// An answer.
    Answer(Answer),
    /// A promise taken back.
    Withdrawal(Withdrawal),
    /// A post ended.
    Closure(Closure),
    /// What a member shows the circle of their capacity. At most one a member; the one with the
    /// smallest id counts.
    Shown(Shown),
}

/// Everything one member wrote, by record id.
pub type MemberRecords = BTreeMap<RecordId, Record>;
