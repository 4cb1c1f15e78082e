//! Needs, offers and promises.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::{
    Became, BoardView, Closing, LookedOver, Mode, PostKind, PostView, RoleView, Unit, Verdict, Wanting,
    WeekView,
};

calls! {
    /// Posts a need or an offer.
    "post" Post -> PostView {
        /// Need or offer.
        kind: PostKind,
        /// A category's slug.
        category: String,
        /// One line.
        title: String,
        /// The rest.
        detail: Option<String>,
        /// Start and end, each `2026-11-26T09:20`, or both in plain words in `when`.
        from: Option<String>,
        /// See `from`.
        to: Option<String>,
        /// "thursday 9:20-12:30", "tomorrow 9-12", or two ISO times joined by `/`.
        when: Option<String>,
        /// Several times instead, each as in `when`. Each has seats of its own.
        times: Option<Vec<String>>,
        /// It comes again: `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=9`, "daily", "weekly", "monthly", or weekdays as in
        /// "mon, wed". The first time is the one in `when`.
        repeat: Option<String>,
        /// Roughly where.
        place: Option<String>,
        /// How many; one unless said otherwise. Of several times, for each.
        want: Option<u16>,
        /// Of what; helpers unless said otherwise.
        unit: Option<Unit>,
        /// Whom among them, such as one with a van.
        roles: Option<Vec<RoleView>>,
        /// For how many days it is lent.
        lend_days: Option<u16>,
        /// How a seat is given; by category unless said otherwise.
        mode: Option<Mode>,
        /// It cannot wait.
        urgent: bool,
        /// For whom, if not for oneself.
        person: Option<String>,
        /// How that person agreed.
        consent: Option<String>,
        /// An offer that stays.
        standing: bool,
        /// The last day it is shown, `2026-12-24`.
        until: Option<String>,
        /// For these members alone, by name or the beginning of their id; for the circle unless said
        /// otherwise.
        audience: Option<Vec<String>>,
    }

    /// What should be known of a post before it is posted; it leaves no trace.
    "look-over" LookOver -> LookedOver {
        /// All that others would read, in one text.
        text: String,
        /// What would be posted, as far as it is there.
        post: Option<Post>,
    }

    /// Needs and offers with their states now.
    "board" Board -> BoardView {
        /// Only needs, or only offers.
        kind: Option<PostKind>,
        /// Only this category.
        category: Option<String>,
        /// Only what still wants something, or only what is settled.
        wanting: Option<Wanting>,
        /// Only posts with a word beginning like each of these.
        search: Option<String>,
        /// These categories are called like that in the reader's language: their posts are found too.
        called: Option<Vec<String>>,
        /// Only posts with a time on this day, or in this week: `today`, `week`, or as in [`Post::until`].
        when: Option<String>,
        /// Only posts that are known to be no further away than the reader goes.
        near: Option<bool>,
        /// Skip so many.
        offset: Option<u32>,
        /// At most so many; 200 unless said otherwise.
        limit: Option<u32>,
    }

    /// A week of the circle's calendar.
    "week" Week -> WeekView {
        /// The week that holds this day; this week without it.
        day: Option<String>,
        /// Of these posts.
        among: Option<Board>,
    }

    /// One post with its story.
    "show" Show -> PostView {
        /// The post's id, or the beginning of it.
        id: String,
    }

    /// Promises help with a need, or asks for an offer.
    "promise" Promise -> PostView {
        /// The post's id, or the beginning of it.
        id: String,
        /// How much; one unless said otherwise. Of several times, at each.
        amount: Option<u16>,
        /// A word to the other side.
        say: Option<String>,
        /// For these of the post's times: [`crate::views::TimeView::id`], or the beginning of it.
        slots: Option<Vec<String>>,
        /// For each of its times.
        every: Option<bool>,
        /// Which of its roles.
        role: Option<String>,
    }

    /// Answers a promise to an own post.
    "answer" Answer -> PostView {
        /// The promise's id, or the beginning of it.
        id: String,
        /// Yes, backup, or no.
        verdict: Verdict,
        /// Address, phone, access: only for the one who is accepted.
        doorstep: Option<String>,
    }

    /// A helper has one more machine than when doorstep details went to them: send them there too, or do not.
    "send-doorstep" SendDoorstep -> PostView {
        /// The promise.
        id: String,
        /// The machine that the helper has now may read them; else one is not asked again.
        yes: bool,
    }

    /// Takes an own promise back.
    "withdraw" Withdraw -> PostView {
        /// The promise's id, or the beginning of it.
        id: String,
        /// For these of its times only.
        slots: Option<Vec<String>>,
    }

    /// Ends an own post.
    "close" Close -> PostView {
        /// The post's id, or the beginning of it.
        id: String,
        /// How it ended.
        how: Closing,
        /// The post that says the same.
        duplicate_of: Option<String>,
    }

    /// Undoes something of one's own, as if it had not been done: a post that was closed is open again, a promise
    /// that was taken back stands again, thanks are taken down.
    "undo" Undo -> PostView {
        /// What is undone, by its id in the post's history; or the post, or the promise, or the beginning of
        /// one of these.
        id: String,
    }

    /// Changes an own post; what is left out stays. Whoever promised is asked again where time or place change.
    "edit" Edit -> PostView {
        /// The post's id, or the beginning of it.
        id: String,
        /// One line.
        title: Option<String>,
        /// The rest; an empty text takes it away.
        detail: Option<String>,
        /// As in [`Post`].
        from: Option<String>,
        /// As in [`Post`].
        to: Option<String>,
        /// As in [`Post`]; an empty text takes the time away.
        when: Option<String>,
        /// As in [`Post`].
        times: Option<Vec<String>>,
        /// As in [`Post`]; alone it is for the times there are. An empty text ends the coming again.
        repeat: Option<String>,
        /// Roughly where; an empty text takes it away.
        place: Option<String>,
    }

    /// Says that an own post still stands.
    "renew" Renew -> PostView {
        /// The post's id, or the beginning of it.
        id: String,
        /// The last day it is shown; as many days as a new one unless said otherwise.
        until: Option<String>,
    }

    /// Says yes again to a post that changed after it was promised.
    "yes-again" YesAgain -> PostView {
        /// The promise's id, or the beginning of it.
        id: String,
    }

    /// Says what became of a promise, as its helper or as the post's author.
    "outcome" Outcome -> PostView {
        /// The promise's id, or the beginning of it.
        id: String,
        /// What became of it.
        how: Became,
        /// Which of its times, if it is for several.
        slot: Option<String>,
        /// Why, for the two alone.
        reason: Option<String>,
    }

    /// Thanks for help with a post, for everybody in the circle to read or for one alone. Said again, the newer
    /// words count.
    "thank" Thank -> PostView {
        /// The post's id, or the beginning of it.
        id: String,
        /// One of those who helped, by their name or id, who alone can read it.
        to: Option<String>,
        /// The sentence.
        text: String,
    }
}
