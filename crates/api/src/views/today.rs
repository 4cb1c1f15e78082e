//! What wants the member now.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PostCard, ThanksView, TodayAct, WindowView};
use crate::Phrase;

views! {
    /// What wants the member now, in order.
    struct TodayView {
        /// Asked of them: what is urgent first, then the soonest.
        asked: Vec<TodayItem>,
        /// What they promised, the next first.
        promises: Vec<TodayItem>,
        /// Did it happen? The latest first.
        happened: Vec<TodayItem>,
        /// Still needed, still on offer, ask again?
        review: Vec<TodayItem>,
        /// Thanks to them for posts that they have not opened since.
        thanks: Vec<TodayThanks>,
        /// Helpers with one more machine, to which doorstep details could go too.
        doorsteps: Vec<TodayDoorstep>,
        /// It is time to practise the words on paper.
        practise: bool,
        /// One sentence on who is near, and the last exchange.
        near: Phrase,
        /// That this computer's clock looks wrong.
        clock: Option<Phrase>,
    }
    /// Thanks that the member has not looked at.
    struct TodayThanks {
        /// For which post.
        post: String,
        /// Its line.
        title: String,
        /// By whom, and what they say.
        thanks: ThanksView,
    }
    /// A helper has one more machine than when doorstep details went to them.
    struct TodayDoorstep {
        /// Of which post.
        post: String,
        /// Its line.
        title: String,
        /// Who, and the question. It is answered on the post.
        says: Phrase,
    }
    /// One thing that wants the member.
    struct TodayItem {
        /// What is so, or is asked.
        says: Phrase,
        /// On which post.
        card: PostCard,
        /// About which promise.
        promise: Option<String>,
        /// About which of its times: [`super::TimeView::id`].
        slot: Option<String>,
        /// When that is or was; without a time of its own, when the post is.
        window: Option<WindowView>,
        /// What is asked about ends then, civil in the circle's zone.
        ends: Option<String>,
        /// What answers it at once. Everything else is done on the post.
        acts: Vec<TodayAct>,
    }
    /// What somebody may be told of while they look elsewhere.
    struct NoticesView {
        /// Fixed sentences: they say what about, never a name or a word of anybody.
        says: Vec<Phrase>,
    }
    /// The hours of every day in which they are told of nothing.
    struct QuietView {
        /// There are such hours.
        on: bool,
        /// From when, in the circle's time.
        from: String,
        /// Until when.
        to: String,
    }
}
