//! The board, posts and promises.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Became, DayPart, Mode, Person, PostKind, PostState, PromiseState, Rhythm, TellKind, Unit};
use crate::Phrase;

views! {
    /// Needs and offers.
    struct BoardView {
        /// How many there are with these filters, before `offset` and `limit`.
        total: u32,
        /// The posts asked for.
        posts: Vec<PostCard>,
        /// Where the reader lives roughly, if they said so: then what is near can be asked for.
        area: Option<String>,
        /// How many posts are open that are for others alone.
        locked: u32,
        /// Records that could not be read, of a newer version or out of range.
        skipped: u32,
    }
    /// A week of the circle's calendar.
    struct WeekView {
        /// From Monday on.
        days: Vec<DayView>,
        /// A day of the week before.
        before: String,
        /// A day of the week after.
        after: String,
        /// It is the week that it is now.
        current: bool,
        /// Times that find no room here: ask for fewer.
        left_out: u32,
        /// As of a [`BoardView`].
        area: Option<String>,
    }
    /// A day of it.
    struct DayView {
        /// `2026-11-26`.
        day: String,
        /// It is today.
        today: bool,
        /// What is on it, by part and time.
        times: Vec<DayTime>,
    }
    /// A post's time on a day.
    struct DayTime {
        /// The post.
        id: String,
        /// Need or offer.
        kind: PostKind,
        /// Slug of the category.
        category: String,
        /// One line.
        title: String,
        /// Which part of the day.
        part: DayPart,
        /// When it begins, `09:20`, if on this day.
        from: Option<String>,
        /// When it ends, if on this day.
        to: Option<String>,
        /// For its mark.
        state: PostState,
        /// For the reader: what is so.
        says: Phrase,
        /// The reader has promised it, or wrote it.
        mine: bool,
    }
    /// What should be known of a post before it is posted.
    struct LookedOver {
        /// What in its text looks private, from its beginning to its end.
        tells: Vec<TellView>,
        /// Machines of the circle that will hold it, this one among them.
        holders: u32,
        /// How its seats are given, unless said otherwise.
        mode: Option<Mode>,
        /// The day on which it ends by itself.
        ends: Option<String>,
        /// The day on which its author is asked whether it still stands.
        review: Option<String>,
    }
    /// A piece of a text that looks private.
    struct TellView {
        /// What it looks like.
        kind: TellKind,
        /// One sentence.
        says: Phrase,
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
        /// When; of several times the next, and the reader's own before others.
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
    /// How a post comes again.
    struct RepeatView {
        /// The rule, as RFC 5545 writes it.
        rule: String,
        /// How often.
        rhythm: Rhythm,
        /// On which weekdays, `MO` to `SU`.
        weekdays: Vec<String>,
        /// The last day on which it comes, if it ends.
        last: Option<String>,
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
        /// How it comes again, if it does.
        repeat: Option<RepeatView>,
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
        /// The reader may change it.
        can_edit: bool,
        /// It is over, and the reader may make the circle forget it.
        can_forget: bool,
        /// The reader is asked whether it still stands.
        renewal: Option<RenewalView>,
        /// What others posted that is the same, with promises counted together.
        same: Vec<SamePost>,
        /// Whom the reader has to thank.
        to_thank: Vec<Person>,
        /// Thanks, as far as the reader may read them.
        thanks: Vec<ThanksView>,
        /// What was done about it so far, the first first.
        history: Vec<HistoryView>,
        /// How far the post has come.
        delivery: Phrase,
        /// The end that the rules give it, civil in the circle's zone.
        ends: Option<String>,
    }
    /// What comes of saying that a post still stands.
    struct RenewalView {
        /// It is shown for so many days more; nothing, if it stays until it is ended.
        days: Option<u16>,
    }
    /// Another post that says the same.
    struct SamePost {
        /// Its id.
        id: String,
        /// Whose it is.
        author: Person,
        /// One line.
        title: String,
        /// The rest of its text.
        detail: Option<String>,
        /// When.
        window: Option<WindowView>,
        /// Roughly where.
        place: Option<String>,
    }
    /// Thanks.
    struct ThanksView {
        /// Who says it.
        by: Person,
        /// To whom; to the circle, if nobody is named.
        to: Option<Person>,
        /// The sentence.
        text: String,
    }
    /// Something that was done about a post.
    struct HistoryView {
        /// Its id.
        id: String,
        /// When, civil in the circle's zone, by the clock of whoever did it.
        at: String,
        /// Who did it.
        by: Person,
        /// What.
        says: Phrase,
        /// If the reader can undo it: what that means.
        undo: Option<Phrase>,
        /// Of what the reader can undo: how far it has come.
        delivery: Option<Phrase>,
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
        /// The reader wrote them, and the helper has one more machine now: whether it may read them too.
        doorstep_again: Option<Phrase>,
        /// What the two say became of it; of others' promises nothing.
        outcomes: Vec<OutcomeView>,
        /// The times of which the reader may say what became of it.
        to_tell: Vec<ToTellView>,
        /// The reader may take it back.
        can_withdraw: bool,
        /// How far the reader's own promise has come.
        delivery: Option<Phrase>,
        /// It is the reader's.
        mine: bool,
    }
    /// A time of a promise of which the reader may say what became of it.
    struct ToTellView {
        /// Which of its times, if it has several: for `outcome`.
        slot: Option<String>,
        /// When it was.
        window: Option<WindowView>,
        /// It is over, and nobody said yet what became of it.
        asked: bool,
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
