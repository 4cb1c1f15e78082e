//! What the member says of themselves.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::MeView;

calls! {
    /// The member's own page.
    "me" Me -> MeView {}

    /// Sets what the member can carry; what is left out stays. Their own machines alone can read it.
    "capacity" Capacity -> MeView {
        /// Hours a week.
        hours: Option<u8>,
        /// When they are usually free, in words.
        free: Option<String>,
        /// Categories they like to do.
        can: Option<Vec<String>>,
        /// Categories they will not do.
        will_not: Option<Vec<String>>,
        /// How far they go, in walking minutes.
        radius_minutes: Option<u16>,
        /// Resting until this day, `2026-12-24`; an empty text ends the rest.
        resting_until: Option<String>,
    }

    /// Sets how the member is known; what is left out stays.
    "profile" Profile -> MeView {
        /// What to be called by.
        name: Option<String>,
        /// Languages, in words.
        languages: Option<Vec<String>>,
        /// The rough area.
        area: Option<String>,
        /// What they know how to do.
        skills: Option<Vec<String>>,
        /// What they have to lend.
        lends: Option<Vec<String>>,
    }

    /// Whether others are told which of their posts and promises were seen here.
    "tell-seen" TellSeen -> MeView {
        /// They are.
        on: bool,
    }
}
