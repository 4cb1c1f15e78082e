//! Machines around.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Exchange, Person};
use crate::Phrase;

views! {
    /// Which neighbours are around.
    struct NearView {
        /// One sentence on how it stands.
        says: Phrase,
        /// To be typed or pasted on another machine.
        address: Option<String>,
        /// Machines of the circle.
        machines: Vec<MachineView>,
    }
    /// Another machine of the circle.
    struct MachineView {
        /// Its id.
        id: String,
        /// Whose it is.
        owner: Person,
        /// What its owner calls it.
        label: String,
        /// How near its copy is.
        exchange: Exchange,
        /// The last exchange, civil in the circle's zone.
        last: Option<String>,
        /// In a sentence.
        says: Phrase,
        /// How many pieces came from there since it was connected.
        received: u32,
        /// How many went there.
        sent: u32,
    }
}
