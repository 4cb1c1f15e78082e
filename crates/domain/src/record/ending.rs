//! How posts and promises ended, and thanks.

use closeknit_ids::{MemberId, RecordId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CommitmentRef, PostRef, Sealed};
use crate::{slots::SlotId, text::Say};

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
