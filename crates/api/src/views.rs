//! What comes back: everything that is shown, decided.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Phrase;

macro_rules! views {
    ($($(#[$doc:meta])* struct $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
    )*};
}

macro_rules! words {
    ($($(#[$doc:meta])* enum $name:ident { $($(#[$word_doc:meta])* $word:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$word_doc])* $word,)* }
    )*};
}

words! {
    /// Who a member is.
    enum MemberKind {
        /// One person.
        #[default]
        Person,
        /// People who live together.
        Household,
        /// A food bank, a parish hall.
        Organisation,
    }
    /// Need or offer.
    enum PostKind {
        /// Help wanted.
        #[default]
        Need,
        /// Help on offer.
        Offer,
    }
    /// What a post counts.
    enum Unit {
        /// People.
        #[default]
        Helpers,
        /// Hours.
        Hours,
        /// Things.
        Items,
    }
    /// How a seat is given.
    enum Mode {
        /// Just turn up.
        TurnUp,
        /// The first who offers.
        First,
        /// The author chooses.
        #[default]
        Choose,
    }
    /// What the author says to a promise.
    enum Verdict {
        /// Yes.
        #[default]
        Accept,
        /// Be the backup.
        StandBy,
        /// No, thank you.
        Decline,
    }
    /// How a post ends.
    enum Closing {
        /// It happened.
        #[default]
        Met,
        /// Not needed any more, or taken back.
        NotNeeded,
        /// Another post says the same.
        Duplicate,
    }
    /// What became of a promise.
    enum Became {
        /// It happened.
        #[default]
        Happened,
        /// A part of it.
        Partly,
        /// It did not.
        DidNot,
    }
    /// Which posts a list shows.
    enum Wanting {
        /// What still wants somebody or something.
        #[default]
        Open,
        /// Covered, met, over.
        Settled,
    }
    /// The state of a post, for its mark and for filters; its words come as a [`Phrase`].
    enum PostState {
        /// Nobody yet.
        #[default]
        Open,
        /// Some of it.
        PartlyCovered,
        /// All of it.
        Covered,
        /// Its time is over: did it happen?
        Asking,
        /// It happened.
        Met,
        /// Not needed any more.
        NotNeeded,
        /// Another post says the same.
        Duplicate,
        /// Too old.
        Expired,
    }
    /// The state of a promise, for its mark; its words come as a [`Phrase`].
    enum PromiseState {
        /// No answer yet.
        #[default]
        Offered,
        /// No answer yet, and first in line.
        Likely,
        /// Accepted, or a seat that needs no answer.
        Going,
        /// The backup.
        StandingBy,
        /// No, thank you.
        Declined,
        /// Taken back.
        Withdrawn,
        /// The post ended or went.
        Void,
        /// The post changed underneath it.
        CheckAgain,
        /// Whose helper left the circle.
        FormerMember,
    }
    /// How near the other machine's copy is.
    enum Exchange {
        /// Not connected.
        #[default]
        Away,
        /// Connected and busy.
        Exchanging,
        /// Connected, and both hold the same.
        Equal,
        /// Connected, and all is exchanged but for what one of the two does not take.
        Settled,
    }
    /// How far joining is. The sentences are `joining-STAGE`.
    enum JoinStage {
        /// Looking for the machine that invited.
        #[default]
        Looking,
        /// Connected; waiting for its answer.
        Asking,
        /// Both screens show the code.
        Compare,
        /// Said yes here; waiting for the other side.
        Waiting,
        /// In.
        Joined,
        /// It ended; [`JoinView::why`] says how.
        Refused,
    }
}

views! {
    /// What this profile is and has.
    struct StatusView {
        /// The program's version.
        version: String,
        /// Circles of this profile; empty at first start.
        circles: Vec<CircleCard>,
        /// The one shown.
        current: Option<String>,
        /// What the member is called there.
        name: Option<String>,
        /// Something everybody should be told: a damaged database set aside, a wrong clock, a full disk.
        notices: Vec<Phrase>,
        /// Whether the recovery words were written down.
        words_kept: bool,
    }
    /// One circle in the switcher.
    struct CircleCard {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// It has one member and leaves this machine only by an invitation.
        draft: bool,
        /// How many members are in it.
        members: u32,
    }
    /// An invitation to hand over.
    struct InvitationView {
        /// To be pasted on the other machine.
        text: String,
        /// When it ends, civil in the circle's zone.
        expires: String,
        /// How many may use it.
        uses: u16,
    }
    /// Who is at the door, and how far an own attempt to join is.
    struct JoiningView {
        /// An own attempt.
        own: Option<JoinView>,
        /// People who hold an invitation of ours and knock.
        doors: Vec<DoorView>,
    }
    /// An own attempt to join.
    struct JoinView {
        /// For [`crate::calls::Confirm`].
        id: String,
        /// The circle's name, as the invitation says.
        circle: String,
        /// How far.
        stage: JoinStage,
        /// The code to compare, at [`JoinStage::Compare`].
        code: Option<String>,
        /// What it waits for, or how it ended.
        says: Phrase,
    }
    /// Somebody with an invitation of ours.
    struct DoorView {
        /// For [`crate::calls::Confirm`].
        id: String,
        /// What they want to be called.
        name: String,
        /// Person, household, organisation.
        kind: MemberKind,
        /// How far.
        stage: JoinStage,
        /// The code to compare.
        code: Option<String>,
        /// What it waits for, or how it ended.
        says: Phrase,
    }
    /// Needs and offers.
    struct BoardView {
        /// How many there are with these filters, before `offset` and `limit`.
        total: u32,
        /// The posts asked for.
        posts: Vec<PostCard>,
        /// How many members hold what is posted here.
        holders: u32,
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
    /// A member as shown.
    struct Person {
        /// Their id.
        id: String,
        /// What they are called; of a former member nothing.
        name: Option<String>,
        /// It is the reader.
        me: bool,
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
        /// Resting until this day.
        resting_until: Option<String>,
        /// Own live promises: the post they are for, the soonest first.
        promises: Vec<PostCard>,
        /// Own posts that live.
        posts: Vec<PostCard>,
        /// Others are told what was seen here.
        tells_seen: bool,
    }
    /// Who is in the circle.
    struct CircleView {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// One member only.
        draft: bool,
        /// Its time zone.
        zone: String,
        /// Everybody.
        members: Vec<MemberView>,
        /// The reader can let somebody in.
        can_invite: bool,
    }
    /// One member in the list of people.
    struct MemberView {
        /// Who.
        person: Person,
        /// Person, household, organisation.
        kind: MemberKind,
        /// How they came: founder, let in by whom, vouched for by how many.
        came: Phrase,
        /// Machines they use.
        machines: u32,
        /// What they know how to do.
        skills: Vec<String>,
        /// What they have to lend.
        lends: Vec<String>,
    }
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
    /// Recovery words.
    struct WordsView {
        /// The 24 words, as long as the profile holds them.
        words: Option<Vec<String>>,
        /// Numbers (from 1) of the three words to ask back.
        ask: Vec<u8>,
        /// They were written down.
        kept: bool,
    }
    /// What a backup did.
    struct BackupReport {
        /// The file.
        path: String,
        /// Its size in bytes.
        bytes: u32,
        /// One sentence.
        says: Phrase,
        /// More of them.
        notes: Vec<Phrase>,
    }
    /// What is in a backup.
    struct BackupView {
        /// When it was written, as it says.
        written: String,
        /// The member it is of.
        name: Option<String>,
        /// The circles in it, by name.
        circles: Vec<String>,
        /// Who signed it, in a sentence.
        signer: Phrase,
        /// Statements, documents, changes.
        statements: u32,
        /// Documents.
        documents: u32,
        /// Changes.
        changes: u32,
        /// Its size in bytes.
        bytes: u32,
    }
    /// What is well and what is not.
    struct DoctorView {
        /// Each thing looked at.
        checks: Vec<CheckView>,
    }
    /// One thing looked at.
    struct CheckView {
        /// What: `profile`, `database`, `clock`, `network`, `version`, `words`.
        name: String,
        /// It is well.
        well: bool,
        /// How it is.
        says: Phrase,
    }
    /// Counts; never a member's words.
    struct Statistics {
        /// Statements in the log.
        statements: u32,
        /// Documents held.
        documents: u32,
        /// Changes in the log.
        changes: u32,
        /// Record rows.
        records: u32,
        /// Rows that a rebuild changed; nothing but a defect makes this more than zero.
        changed: u32,
        /// A digest of everything held of the circle: equal on machines that hold the same.
        digest: String,
        /// A digest of the rendered board: equal on machines that show the same.
        board: String,
    }
    /// Nothing more to say.
    struct Done {
        /// Always true.
        done: bool,
    }
}
