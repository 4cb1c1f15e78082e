//! Notes: what was said at a meeting, what everybody should be able to look up.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::text::{NoteText, Title};

/// A note of one member, for everybody in the circle to read. Its text is the one that several machines of
/// its writer may edit apart: both edits stand afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// One line that says what it is about.
    pub title: Title,
    /// What it says.
    pub text: Option<NoteText>,
    /// When it was begun.
    pub written: Timestamp,
    /// When it was last changed.
    pub changed: Option<Timestamp>,
}

impl Note {
    /// When it was last written at, by its writer's clock.
    #[must_use]
    pub fn last(&self) -> Timestamp {
        self.changed.map_or(self.written, |changed| changed.max(self.written))
    }
}
