//! Words of which one is chosen.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// How often something comes again, as most things do.
    enum Rhythm {
        /// Every day.
        Day,
        /// Every week.
        #[default]
        Week,
        /// Every other week.
        Fortnight,
        /// Every month, on the same date.
        Month,
        /// By a rule that is none of these.
        Other,
    }
    /// A part of a day.
    enum DayPart {
        /// All of it.
        #[default]
        Whole,
        /// 5 to 12.
        Morning,
        /// 12 to 18.
        Afternoon,
        /// 18 to 23.
        Evening,
        /// The rest.
        Night,
    }
    /// What a piece of a text looks like.
    enum TellKind {
        /// A phone number.
        #[default]
        Phone,
        /// An e-mail address.
        Email,
        /// A house in a street, or a postcode.
        Address,
        /// The number of an identity card or of social security.
        Identity,
        /// The number of a bank account.
        Account,
        /// The number of a payment card.
        Card,
        /// Another long number.
        Number,
        /// A web link.
        Link,
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
    /// What answers something that is asked on the first page, in one step.
    enum TodayAct {
        /// It happened: [`crate::calls::Outcome`].
        #[default]
        Happened,
        /// A part of it did.
        Partly,
        /// It did not.
        DidNot,
        /// It still stands: [`crate::calls::Renew`].
        Renew,
        /// It is over, and asked or offered once more: the same call.
        AskAgain,
        /// It is done: [`crate::calls::Close`].
        Met,
        /// It is not needed any more, or taken back.
        NotNeeded,
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
        /// It happened, or a part of it.
        Done,
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
