//! What people write down. Each record has one writer (mutual-aid, *Records*).
//!
//! Values out of range cannot be built: a record that breaks a bound fails to parse, and the
//! reader of a document skips it.

mod audience;
mod bounds;
mod ending;
mod member;
mod note;
mod post;
mod promise;

use std::collections::BTreeMap;

use closeknit_ids::RecordId;
use serde::{Deserialize, Serialize};

pub use self::{audience::*, bounds::*, ending::*, member::*, note::*, post::*, promise::*};
use crate::shown::Shown;

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
    /// Nobody, or more members than [`Chosen::MOST`].
    #[error("between 1 and {} members", Chosen::MOST)]
    Chosen,
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
    /// A record that is for others, or not opened yet.
    Locked(Locked),
    /// An invitation that is open.
    Invitation(OpenInvitation),
    /// A note.
    Note(Note),
}

/// Everything one member wrote, by record id.
pub type MemberRecords = BTreeMap<RecordId, Record>;
