//! The member's own page.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CarriedView, MemberKind, OverView, PostCard, ShownRow, WayView};
use crate::Phrase;

views! {
    /// The member's own page.
    struct MeView {
        /// What to be called by.
        name: String,
        /// Person, household, organisation.
        kind: MemberKind,
        /// Languages.
        languages: Vec<String>,
        /// The rough area.
        area: Option<String>,
        /// Skills.
        skills: Vec<String>,
        /// Things to lend.
        lends: Vec<String>,
        /// Hours a week.
        hours: Option<u8>,
        /// Hours left this week.
        free_hours: Option<i32>,
        /// Usually free.
        free: Option<String>,
        /// Likes to do.
        can: Vec<String>,
        /// Will not do.
        will_not: Vec<String>,
        /// How far, in walking minutes.
        radius_minutes: Option<u16>,
        /// The ways from where they live, to places that are named here.
        ways: Vec<WayView>,
        /// Resting until this day.
        resting_until: Option<String>,
        /// Own live promises: the post they are for, the soonest first.
        promises: Vec<PostCard>,
        /// Own posts that live.
        posts: Vec<PostCard>,
        /// Others are told what was seen here.
        tells_seen: bool,
        /// What lies ahead, and what it takes of their time.
        carries: Vec<CarriedView>,
        /// Weeks that hold more than they said they can do.
        over: Vec<OverView>,
        /// What they show the circle of it, as they wish: while they rest, the circle sees nothing.
        shows: Vec<ShownRow>,
        /// What there would be to show, by their hours and what they like to do.
        could_show: Vec<ShownRow>,
        /// How often they helped and were helped lately, for their own eyes.
        balance: Phrase,
    }
}
