//! Notes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Person;
use crate::Phrase;

views! {
    /// The notes of the circle.
    struct NotesView {
        /// The one changed last first.
        notes: Vec<NoteCard>,
        /// What to say where there are none.
        says: Option<Phrase>,
    }
    /// A note in a list.
    struct NoteCard {
        /// Its id.
        id: String,
        /// Its line.
        title: String,
        /// Who wrote it.
        by: Person,
        /// When it was last changed, civil in the circle's zone, by its writer's clock.
        last: String,
    }
    /// A note as a whole.
    struct NoteView {
        /// As in the list.
        card: NoteCard,
        /// What it says; line breaks as typed.
        text: String,
        /// When it was begun.
        written: String,
        /// It was changed since.
        changed: bool,
        /// The reader wrote it: they may change it and take it away.
        can_change: bool,
        /// They may make every machine of the circle forget it.
        can_forget: bool,
    }
    /// A note as somebody has it before them.
    struct TypedNote {
        /// One line.
        title: String,
        /// What it says.
        text: String,
    }
}
