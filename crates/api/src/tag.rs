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
}
