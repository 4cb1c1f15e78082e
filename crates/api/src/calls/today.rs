//! What wants the member now.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::{NoticesView, QuietView, TodayView};

calls! {
    /// What wants the member now, and nothing else.
    "today" Today -> TodayView {}

    /// What they may be told of while they look elsewhere, in all circles. Each thing is told once, and while
    /// hours are quiet none: asked for when [`crate::Tag::Notice`] says so.
    "notices" Notices -> NoticesView {}

    /// The hours of every day in which they are told of nothing; what is left out stays.
    "quiet" Quiet -> QuietView {
        /// Whether there are such hours.
        on: Option<bool>,
        /// From when, `21:00`.
        from: Option<String>,
        /// Until when, `08:00`; also over midnight.
        to: Option<String>,
    }
}
