//! The board, posts and promises.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Became, Mode, Person, PostKind, PostState, PromiseState, Unit};
use crate::Phrase;

views! {
    /// Needs and offers.
    struct BoardView {
        /// How many there are with these filters, before `offset` and `limit`.
        total: u32,
        /// The posts asked for.
        posts: Vec<PostCard>,
        /// How many members hold what is posted here.
        holders: u32,
        /// How many posts are open that are for others alone.
        locked: u32,
        /// Records that could not be read, of a newer version or out of range.
        skipped: u32,
    }
    /// One post in a list.
    struct PostCard {
        /// Its id; any beginning that fits no other will do.
        id: String,
        /// Need or offer.
        kind: PostKind,
        /// Slug of the category.
        category: String,
        /// One line.
        title: String,
        /// Whose it is.
        author: Person,
        /// For whom, if not for the author.
        person: Option<String>,
        /// When; of several times the next.
        window: Option<WindowView>,
        /// Roughly where.
        place: Option<String>,
        /// It cannot wait.
        urgent: bool,
        /// Who alone can read it, if it is not for the circle.
        audience: Option<Phrase>,
        /// How many are wanted.
        want: u16,
        /// How many are coming.
        going: u16,
        /// Of what.
        unit: Unit,
        /// For its mark.
        state: PostState,
        /// For the reader: what is so.
        says: Phrase,
    }
    /// When, in civil time.
    struct WindowView {
        /// `2026-11-26T09:20:00`.
        start: String,
        /// `2026-11-26T12:30:00`.
        end: String,
        /// The zone, where it is not this machine's.
        zone: Option<String>,
    }
    /// One of a post's several times, with seats of its own.
    struct TimeView {
        /// Its civil start in the post's zone, by which it is named.
        id: String,
        /// When.
        window: WindowView,
        /// How many are wanted at this time.
        want: u16,
        /// How many are coming.
        going: u16,
        /// For its mark.
        state: PostState,
        /// For the reader: what is so at this time.
        says: Phrase,
        /// The reader's own live promise for it.
        mine: Option<String>,
        /// The reader may promise it.
        can_promise: bool,
    }
    /// Somebody in particular among those wanted.
    struct RoleView {
        /// What they bring or do.
        name: String,
        /// How many of them.
        amount: u16,
    }
    /// One post with its story.
    struct PostView {
        /// As in a list.
        card: PostCard,
        /// The rest of its text.
        detail: Option<String>,
        /// How a seat is given.
        mode: Mode,
        /// How that person agreed.
        consent: Option<String>,
        /// An offer that stays.
        standing: bool,
        /// Its times with their own states, if it has several: from a week ago to eight weeks ahead.
        times: Vec<TimeView>,
        /// The rule by which it comes again, as RFC 5545 writes it.
        repeat: Option<String>,
        /// Whom among those wanted.
        roles: Vec<RoleView>,
        /// For how many days it is lent.
        lend_days: Option<u16>,
        /// The promises, the most settled first.
        promises: Vec<PromiseView>,
        /// What happens next, for the reader.
        next: Phrase,
        /// What else the reader should know: two accepted, answered twice, changed since.
        notes: Vec<Phrase>,
        /// The reader's own promise, if it lives.
        mine: Option<String>,
        /// The reader may promise.
        can_promise: bool,
        /// The reader may answer and close.
        can_answer: bool,
        /// How far the post has come.
        delivery: Phrase,
        /// The end that the rules give it, civil in the circle's zone.
        ends: Option<String>,
    }
    /// One promise.
    struct PromiseView {
        /// Its id.
        id: String,
        /// Who promised.
        helper: Person,
        /// How much.
        amount: u16,
        /// How much of it has a seat.
        going: u16,
        /// For which of the post's times, if it has several.
        times: Vec<PromisedTime>,
        /// It is for each of the post's times.
        every: bool,
        /// Which role it fills.
        role: Option<String>,
        /// A word to the other side.
        say: Option<String>,
        /// For its mark.
        state: PromiseState,
        /// For the reader: what is so.
        says: Phrase,
        /// Doorstep details, where the reader may see them.
        doorstep: Option<String>,
        /// What the two say became of it; of others' promises nothing.
        outcomes: Vec<OutcomeView>,
        /// How far the reader's own promise has come.
        delivery: Option<Phrase>,
        /// It is the reader's.
        mine: bool,
    }
    /// What one of the two says became of a promise.
    struct OutcomeView {
        /// Who says so.
        by: Person,
        /// Of which of its times.
        slot: Option<String>,
        /// What.
        how: Became,
        /// Why.
        reason: Option<String>,
    }
    /// One of the times that a promise is for.
    struct PromisedTime {
        /// [`TimeView::id`].
        id: String,
        /// When, if the post still has it.
        window: Option<WindowView>,
        /// For its mark.
        state: PromiseState,
    }
}
