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
    slots::{SlotId, SlotIds, When},
    text::{Detail, Name, Phrase, Place, Say, Title},
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
    /// More than [`Roles::MOST`], or one twice.
    #[error("more than {} roles, or one of them twice", Roles::MOST)]
    Roles,
    /// Not between 1 and [`Days::MOST`].
    #[error("a number of days from 1 to {} is needed", Days::MOST)]
    Days,
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

/// Somebody in particular among those wanted: of three helpers, one with a van.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Role {
    /// What they bring or do.
    pub name: Phrase,
    /// How many of them.
    pub amount: Amount,
}

/// The roles of a post: at most [`Roles::MOST`], each once. They are a part of what is wanted; of roles
/// that come to more than that, the first have their seats.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Role>", into = "Vec<Role>")]
pub struct Roles(Vec<Role>);

impl Roles {
    /// The most roles.
    pub const MOST: usize = 8;

    /// Keeps the order.
    ///
    /// # Errors
    /// If there are more than [`Roles::MOST`], or two of one name.
    pub fn new(roles: Vec<Role>) -> Result<Self, RangeError> {
        let names: BTreeSet<&str> = roles.iter().map(|role| &*role.name).collect();
        if roles.len() > Self::MOST || names.len() < roles.len() {
            Err(RangeError::Roles)
        } else {
            Ok(Self(roles))
        }
    }
}

impl Deref for Roles {
    type Target = [Role];
    fn deref(&self) -> &[Role] {
        &self.0
    }
}

impl TryFrom<Vec<Role>> for Roles {
    type Error = RangeError;
    fn try_from(roles: Vec<Role>) -> Result<Self, RangeError> {
        Self::new(roles)
    }
}

impl From<Roles> for Vec<Role> {
    fn from(roles: Roles) -> Self {
        roles.0
    }
}

/// For how long something is lent: 1 to 366 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Days(u16);

impl Days {
    /// The most days.
    pub const MOST: u16 = 366;

    /// # Errors
    /// If it is zero or more than [`Days::MOST`].
    pub const fn new(days: u16) -> Result<Self, RangeError> {
        if days == 0 || days > Self::MOST { Err(RangeError::Days) } else { Ok(Self(days)) }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Days {
    type Error = RangeError;
    fn try_from(days: u16) -> Result<Self, RangeError> {
        Self::new(days)
    }
}

impl From<Days> for u16 {
    fn from(days: Days) -> Self {
        days.0
    }
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
    /// When.
    pub when: When,
    /// Roughly where.
    pub place: Option<Place>,
    /// How many of what; of an offer, how many there are to take. Where there are slots, for each; of a
    /// standing offer, for each week.
    pub want: Want,
    /// Whom among them.
    pub roles: Roles,
    /// For how long it is lent.
    pub lend: Option<Days>,
    /// How a seat is given.
    pub mode: Mode,
    /// For whom, if not for the author.
    pub proxy: Option<Proxy>,
    /// An offer that stays until it is taken back.
    pub standing: bool,
    /// A standing offer that nobody should ask for at the moment.
    pub resting: bool,
    /// When the author last said that it still stands, if they were asked.
    pub reviewed: Option<Timestamp>,
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
    /// For which times; all, if none are named.
    pub slots: Option<SlotIds>,
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

/// What became of one promise, or of one of its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It happened.
    Happened,
    /// A part of it.
    Partly,
    /// It did not.
    DidNot,
}

/// What the helper or the author says became of a promise, each in their own document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which promise.
    pub commitment: CommitmentRef,
    /// Which of its times, if it has several.
    pub slot: Option<SlotId>,
    /// What became of it.
    pub how: How,
    /// Why, in neutral words, sealed to the two.
    pub reason: Option<Sealed>,
    /// When this was said, by the writer's clock. Advisory.
    pub at: Timestamp,
}

/// A sentence of thanks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thanks {
    /// To whom; to the circle, if nobody is named.
    pub to: Option<MemberId>,
    /// For what.
    pub post: Option<PostRef>,
    /// The sentence.
    pub text: Say,
    /// When, by the writer's clock. Advisory.
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
    /// What became of a promise.
    Outcome(Outcome),
    /// Thanks.
    Thanks(Thanks),
    /// What a member shows the circle of their capacity. At most one a member; the one with the
    /// smallest id counts.
    Shown(Shown),
}

/// Everything one member wrote, by record id.
pub type MemberRecords = BTreeMap<RecordId, Record>;
