use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something changed; whoever shows it fetches it again. Never carries content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Tag {
    /// The circles of this profile, or which one is shown.
    Status,
    /// Needs, offers and what was said about them.
    Board,
    /// The member's own profile and capacity.
    Me,
    /// Who is in the circle.
    Circle,
    /// Which neighbours are around and what was exchanged.
    Near,
    /// Somebody is at the door, or an own attempt to join moved on.
    Joining,
    /// There is something to tell the member while they look elsewhere.
    Notice,
}

impl Tag {
    /// All of them: for whoever may have missed some.
    pub const ALL: [Self; 7] =
        [Self::Status, Self::Board, Self::Me, Self::Circle, Self::Near, Self::Joining, Self::Notice];
}
