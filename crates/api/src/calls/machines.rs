//! The machines of one member.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::{InvitationView, MachinesView};

calls! {
    /// The member's own machines.
    "machines" Machines -> MachinesView {}

    /// Makes a line with which another machine becomes one more of the member's: [`crate::calls::Join`] there.
    "pair" Pair -> InvitationView {}

    /// Takes a machine away from the member: another one only with the words, this one itself without.
    "drop-machine" DropMachine -> MachinesView {
        /// Its name or its id, or the beginning of it.
        machine: String,
        /// The 24 recovery words, if this profile does not hold them.
        words: Option<String>,
    }
}
