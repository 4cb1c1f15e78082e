//! Needs and offers.

use std::{collections::BTreeSet, ops::Deref};

use closeknit_ids::{MemberId, RecordId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Amount, Audience, Days, RangeError};
use crate::{
    category::Category,
    slots::When,
    text::{Detail, Name, Phrase, Place, Title},
};

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
    /// For whom it is.
    pub audience: Audience,
    /// When the author last changed its words, time or place.
    pub changed: Option<Timestamp>,
    /// Ends earlier or later than the rule for its kind.
    pub until: Option<Timestamp>,
    /// When it was posted, by the author's clock, in whole seconds. Advisory.
    pub posted: Timestamp,
}

impl Post {
    /// A standing offer counts by the week, unless it has times of its own.
    #[must_use]
    pub const fn is_weekly(&self) -> bool {
        self.standing && matches!(self.kind, PostKind::Offer) && !self.when.has_slots()
    }
}

/// Which post, whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PostRef {
    /// Whose document it is in.
    pub author: MemberId,
    /// Which record.
    pub id: RecordId,
}
