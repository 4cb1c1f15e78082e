//! The machines of one member.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Phrase;

views! {
    /// The member's own machines in a circle.
    struct MachinesView {
        /// How many, in a sentence.
        says: Phrase,
        /// This one first; those that were taken away last.
        machines: Vec<OwnMachine>,
        /// What else there is to know.
        notes: Vec<Phrase>,
        /// One more can be added.
        can_pair: bool,
        /// The recovery words have to be typed to take another one away: they are not on this machine.
        needs_words: bool,
    }
    /// One of them.
    struct OwnMachine {
        /// Its id.
        id: String,
        /// What it is called.
        label: String,
        /// It is the one that is asked.
        this: bool,
        /// It was taken away.
        taken_away: bool,
        /// When it was last met, in a sentence.
        says: Phrase,
        /// What taking it away does and does not, and what of it is known here; nothing, where it cannot be.
        dropping: Vec<Phrase>,
    }
}
