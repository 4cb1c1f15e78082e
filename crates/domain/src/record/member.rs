//! What a member says of themselves.

use closeknit_ids::{InvitationId, MemberKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Phrases, Sealed};
use crate::{
    category::Category,
    text::{Name, Phrase, Place},
};

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

/// An invitation that a member gave out, for the machines of all who have a say: any of them may let in
/// who comes with it (trust-and-sync, *The fold*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenInvitation {
    /// Which.
    pub id: InvitationId,
    /// How many it is meant to let in.
    pub uses: u16,
    /// When it ends.
    pub until: Timestamp,
    /// Its secret, for those machines; gone once it ended.
    pub sealed: Option<Sealed>,
}
