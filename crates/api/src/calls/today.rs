//! What wants the member now.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::TodayView;

calls! {
    /// What wants the member now, and nothing else.
    "today" Today -> TodayView {}
}
