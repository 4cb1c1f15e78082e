//! Notes: what was said at a meeting, what everybody should be able to look up.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::{NoteView, NotesView, TypedNote};

calls! {
    /// The notes of the circle, the one changed last first.
    "notes" Notes -> NotesView {
        /// Only those with a word beginning like each of these.
        search: Option<String>,
    }

    /// One note as a whole.
    "note" Note -> NoteView {
        /// Its id or the beginning of it.
        id: String,
    }

    /// Writes a new note.
    "write-note" WriteNote -> NoteView {
        /// One line.
        title: String,
        /// The rest; line breaks stay.
        text: String,
    }

    /// Changes an own note; what is left out stays.
    "change-note" ChangeNote -> NoteView {
        /// Its id or the beginning of it.
        id: String,
        /// One line.
        title: Option<String>,
        /// What it is to say.
        text: Option<String>,
        /// As it read when the writer began: what another machine of theirs changed since stays. Without it,
        /// as it reads now.
        was: Option<TypedNote>,
    }

    /// Takes an own note away: nobody sees it any more. Its words stay in what was written until the own
    /// entries begin afresh; [`crate::calls::Forget`] makes that happen at once.
    "remove-note" RemoveNote -> NotesView {
        /// Its id or the beginning of it.
        id: String,
    }
}
