//! Every call: its arguments, its name, and what comes back.

use serde::{Deserialize, Serialize};
use ts_rs::{Config, TS};

use crate::{
    Call,
    views::{
        BackupReport, BackupView, BoardView, CircleView, DoctorView, Done, InvitationView, JoiningView,
        MeView, MemberKind, Mode, NearView, PostKind, PostView, RoleView, Statistics, StatusView, Unit,
        Verdict, Wanting, WordsView,
    },
};

/// One entry of [`CALLS`].
#[derive(Debug, Clone, Copy)]
pub struct CallInfo {
    /// [`Call::NAME`].
    pub name: &'static str,
    /// The TypeScript name of its arguments.
    pub args: fn(&Config) -> String,
    /// The TypeScript name of its reply.
    pub reply: fn(&Config) -> String,
}

macro_rules! calls {
    ($($(#[$doc:meta])* $name:literal $args:ident -> $reply:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
            #[serde(default, deny_unknown_fields)]
            #[ts(optional_fields)]
            pub struct $args { $($(#[$field_doc])* pub $field: $type,)* }

            impl Call for $args {
                const NAME: &'static str = $name;
                type Reply = $reply;
            }
        )*

        /// Every call, in the order of this file.
        pub const CALLS: &[CallInfo] = &[$(
            CallInfo { name: $name, args: <$args as TS>::name, reply: <$reply as TS>::name },
        )*];

        pub(crate) fn visit(visitor: &mut impl ts_rs::TypeVisitor) {
            $(
                visitor.visit::<$args>();
                visitor.visit::<$reply>();
            )*
        }
    };
}

calls! {
    /// What this profile is and has: the first thing a face asks.
    "status" Status -> StatusView {}

    /// First start: keys, and a draft circle that works alone.
    "start" Start -> StatusView {
        /// What to be called by.
        name: String,
        /// Person unless said otherwise.
        kind: Option<MemberKind>,
        /// The circle's name.
        circle: String,
        /// Its IANA time zone; else this machine's.
        zone: Option<String>,
    }

    /// Makes an invitation, to be handed over by any means.
    "invite" Invite -> InvitationView {
        /// How many people may use it; one unless said otherwise.
        uses: Option<u16>,
        /// Hours until it ends; a week unless said otherwise.
        hours: Option<u32>,
    }

    /// Starts to join: looks for the machine that invited. [`Joining`] tells how far it is.
    "join" Join -> JoiningView {
        /// The invitation as pasted.
        invitation: String,
        /// What to be called by.
        name: String,
        /// Person unless said otherwise.
        kind: Option<MemberKind>,
    }

    /// Who is at the door here, and how far an own attempt to join is.
    "joining" Joining -> JoiningView {}

    /// Says whether both screens show the same code.
    "confirm" Confirm -> JoiningView {
        /// [`crate::views::DoorView::id`].
        id: String,
        /// The codes are the same and this is the person.
        yes: bool,
    }

    /// Gives up an own attempt to join.
    "stop-joining" StopJoining -> JoiningView {}

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
    }

    /// Needs and offers with their states now.
    "board" Board -> BoardView {
        /// Only needs, or only offers.
        kind: Option<PostKind>,
        /// Only this category.
        category: Option<String>,
        /// Only what still wants something, or only what is settled.
        wanting: Option<Wanting>,
        /// Only posts whose words contain this.
        search: Option<String>,
        /// Skip so many.
        offset: Option<u32>,
        /// At most so many; 200 unless said otherwise.
        limit: Option<u32>,
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
        how: crate::views::Closing,
        /// The post that says the same.
        duplicate_of: Option<String>,
    }

    /// Opens an own post again that was closed.
    "reopen" Reopen -> PostView {
        /// The post's id, or the beginning of it.
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
        /// As in [`Post`].
        when: Option<String>,
        /// As in [`Post`].
        times: Option<Vec<String>>,
        /// As in [`Post`].
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

    /// Says what became of a promise, as its helper or as the post's author.
    "outcome" Outcome -> PostView {
        /// The promise's id, or the beginning of it.
        id: String,
        /// What became of it.
        how: crate::views::Became,
        /// Which of its times, if it is for several.
        slot: Option<String>,
        /// Why, for the two alone.
        reason: Option<String>,
    }

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

    /// Who is in the circle.
    "circle" Circle -> CircleView {}

    /// Shows another circle of this profile from now on.
    "switch" Switch -> StatusView {
        /// Its id.
        circle: String,
    }

    /// Which neighbours are around, and what was exchanged when.
    "near" Near -> NearView {}

    /// Adds a neighbour's machine by the address text it shows.
    "know" Know -> NearView {
        /// The text, or `IP:port` of a machine that is known already.
        address: String,
    }

    /// Shows the recovery words.
    "words" Words -> WordsView {}

    /// Three words asked back show that the sheet exists; then the profile forgets the words.
    "check-words" CheckWords -> WordsView {
        /// The words at the numbers that [`Words`] asked for, in that order.
        words: Vec<String>,
    }

    /// Writes a signed backup of everything this profile holds.
    "write-backup" WriteBackup -> BackupReport {
        /// The file to write.
        path: String,
        /// Lock it with this instead of the recovery words.
        passphrase: Option<String>,
    }

    /// Verifies a backup and says what is in it; changes nothing.
    "show-backup" ShowBackup -> BackupView {
        /// The file.
        path: String,
        /// The 24 recovery words, if this profile does not hold them.
        words: Option<String>,
        /// The passphrase, if it was locked with one.
        passphrase: Option<String>,
    }

    /// Merges a verified backup into this profile.
    "restore-backup" RestoreBackup -> BackupReport {
        /// The file.
        path: String,
        /// The 24 recovery words, if this profile does not hold them.
        words: Option<String>,
        /// The passphrase, if it was locked with one.
        passphrase: Option<String>,
    }

    /// What is well and what is not on this machine.
    "doctor" Doctor -> DoctorView {}

    /// Writes the tables that the screens read anew from the log, and compares.
    "rebuild" Rebuild -> Statistics {}

    /// Counts for tests and logs; never a member's words.
    "statistics" CountAll -> Statistics {}

    /// After sleep or a change of network: drop connections and look for neighbours again.
    "wake" Wake -> Done {}

    /// Ends the process that holds the profile, in order.
    "stop" Stop -> Done {}
}
