use closeknit_ids::MemberId;
use jiff::Timestamp;

use crate::record::PostRef;

/// A value inside a sentence, for ui and command line to show: names by the profile, moments in the
/// circle's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A member, by what they are called.
    Member(MemberId),
    /// Members, as a list.
    Members(Vec<MemberId>),
    /// A count.
    Number(u32),
    /// A moment.
    Moment(Timestamp),
    /// A text that a member wrote.
    Text(String),
    /// A post, by its title.
    Post(PostRef),
    /// A word of a closed list, by the id of the message that says it.
    Word(Word),
    /// Several of them, as a list.
    Words(Vec<Word>),
}

/// A word of a closed list in a sentence, such as a day of the week: the id of the message that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word(pub(super) String);

impl Word {
    /// The id of the message.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }
}

macro_rules! values {
    ($($kind:ident($type:ty))*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$kind(value)
            }
        }
    )*};
}

values! {
    Member(MemberId) Members(Vec<MemberId>) Number(u32) Moment(Timestamp) Text(String) Post(PostRef) Word(Word) Words(Vec<Word>)
}

/// Something that can be said, in whichever of the lists below it stands.
pub trait Says {
    /// The id of the message.
    fn id(&self) -> &'static str;
    /// Its values by name.
    fn values(&self) -> Vec<(&'static str, Value)>;
}

macro_rules! sentences {
    ($(#[$about:meta])* $sentence:ident:
    $($(#[$doc:meta])* $id:literal $name:ident { $($value:ident: $type:ty),* })*) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs)] // the values are said in the sentence
        pub enum $sentence {
            $($(#[$doc])* $name { $($value: $type),* },)*
        }

        impl $sentence {
            /// The ids of all sentences, each with the names of its values: what a language file has
            /// to have.
            pub const ALL: &[(&'static str, &'static [&'static str])] =
                &[$(($id, &[$(stringify!($value)),*])),*];

            /// The id of the message.
            #[must_use]
            pub const fn id(&self) -> &'static str {
                match self { $(Self::$name { .. } => $id,)* }
            }

            /// Its values by name.
            #[must_use]
            pub fn values(&self) -> Vec<(&'static str, $crate::words::Value)> {
                match self {
                    $(Self::$name { $($value),* } => vec![$((stringify!($value), $crate::words::Value::from($value.clone()))),*],)*
                }
            }
        }

        impl $crate::words::Says for $sentence {
            fn id(&self) -> &'static str {
                Self::id(self)
            }

            fn values(&self) -> Vec<(&'static str, $crate::words::Value)> {
                Self::values(self)
            }
        }
    };
}

pub(super) use sentences;

sentences! {
    /// A sentence that is true for whoever looks. Its doc says it in English; its id names the
    /// message that says it in each language.
    Sentence:

    // A need, as a headline.

    /// "Nobody yet; {wanted} wanted."
    "need-open" NeedOpen { wanted: u32 }
    /// "{helpers} came forward; {author} chooses."
    "came-forward" CameForward { helpers: Vec<MemberId>, author: MemberId }
    /// "{covered} of {wanted}."
    "partly-covered" PartlyCovered { covered: u32, wanted: u32 }
    /// "Covered: {helpers} going."
    "covered" Covered { helpers: Vec<MemberId> }
    /// "Likely covered: {helpers} came forward."
    "covered-likely" CoveredLikely { helpers: Vec<MemberId> }
    /// "Covered, {spare} spare."
    "covered-spare" CoveredSpare { spare: u32 }
    /// "Two neighbours came forward. {first} is going, {backup} is backup."
    "two-came-forward" TwoCameForward { first: MemberId, backup: MemberId }
    /// "Two neighbours came forward. Likely {first}; {backup} is backup."
    "two-came-forward-likely" TwoCameForwardLikely { first: MemberId, backup: MemberId }
    /// "Two neighbours came forward: {first} first, {backup} as backup. {author} chooses."
    "two-came-forward-choose" TwoCameForwardChoose { first: MemberId, backup: MemberId, author: MemberId }
    /// "{going} accepted where {wanted} wanted."
    "too-many-accepted" TooManyAccepted { helpers: Vec<MemberId>, going: u32, wanted: u32 }
    /// "Nobody yet, for {times} times."
    "times-open" TimesOpen { times: u32 }
    /// "{covered} of {times} times covered."
    "times-partly-covered" TimesPartlyCovered { covered: u32, times: u32 }
    /// "All {times} times are covered."
    "times-covered" TimesCovered { times: u32 }
    /// "Did it happen?"
    "did-it-happen" DidItHappen { helpers: Vec<MemberId> }
    /// "It happened."
    "met" Met { on: Timestamp }
    /// "A part of it happened."
    "partly-met" PartlyMet { on: Timestamp }
    /// "Called off, yet help arrived: {helpers}."
    "met-though-called-off" MetThoughCalledOff { helpers: Vec<MemberId> }
    /// "Called off on {on}."
    "called-off" CalledOff { on: Timestamp }
    /// "It ended on {on}."
    "expired" Expired { on: Timestamp }
    /// "Another post says the same: {post}."
    "same-as-another" SameAsAnother { post: PostRef }

    /// "Did it happen? You promised."
    "did-you-go" DidYouGo {}

    // An offer, as a headline.

    /// "{left} to have."
    "offer-available" OfferAvailable { left: u32 }
    /// "{helpers} asked; {author} chooses."
    "offer-asked-for" OfferAskedFor { helpers: Vec<MemberId>, author: MemberId }
    /// "{left} of {wanted} left."
    "offer-partly-taken" OfferPartlyTaken { left: u32, wanted: u32 }
    /// "All taken."
    "offer-taken-up" OfferTakenUp { helpers: Vec<MemberId> }
    /// "{left} each week."
    "offer-each-week" OfferEachWeek { left: u32 }
    /// "{left} of {wanted} left this week."
    "offer-left-this-week" OfferLeftThisWeek { left: u32, wanted: u32 }
    /// "All taken this week."
    "offer-taken-this-week" OfferTakenThisWeek {}
    /// "Free at {left} of {times} times."
    "offer-times" OfferTimes { left: u32, times: u32 }
    /// "Resting for now."
    "offer-resting" OfferResting {}
    /// "Taken back on {on}."
    "offer-withdrawn" OfferWithdrawn { on: Timestamp }

    // One's own promise to a need.

    /// "You came forward; {author} chooses."
    "you-came-forward" YouCameForward { author: MemberId }
    /// "You came forward with more than is wanted: {going} and {spare} spare; {author} chooses."
    "you-came-forward-in-part" YouCameForwardInPart { author: MemberId, going: u32, spare: u32 }
    /// "Likely you; {author} has not answered."
    "likely-you" LikelyYou { author: MemberId }
    /// "Likely you with {going}, {spare} spare; {author} has not answered."
    "likely-you-in-part" LikelyYouInPart { author: MemberId, going: u32, spare: u32 }
    /// "Just turn up; no answer is needed."
    "just-turn-up" JustTurnUp {}
    /// "Just turn up with {going}; {spare} spare."
    "just-turn-up-in-part" JustTurnUpInPart { going: u32, spare: u32 }
    /// "You are going."
    "you-are-going" YouAreGoing {}
    /// "You are going with {going}."
    "you-are-going-with" YouAreGoingWith { going: u32 }
    /// "You are going for {hours} hours."
    "you-are-going-hours" YouAreGoingHours { hours: u32 }
    /// "You are going, {people} of you."
    "you-are-going-together" YouAreGoingTogether { people: u32 }
    /// "You are going {times} times, next on {next}."
    "you-are-going-times" YouAreGoingTimes { times: u32, next: Timestamp }
    /// "You are going each time, next on {next}."
    "you-are-going-each-time" YouAreGoingEachTime { next: Timestamp }
    /// "You are going with {going}; {spare} spare."
    "you-are-going-in-part" YouAreGoingInPart { going: u32, spare: u32 }
    /// "Someone else is going ({going}); you are the backup."
    "someone-else-going-you-are-backup" SomeoneElseGoingYouAreBackup { going: Vec<MemberId> }
    /// "Likely someone else ({likely}); you are the backup."
    "someone-else-likely-you-are-backup" SomeoneElseLikelyYouAreBackup { likely: Vec<MemberId> }
    /// "{first} came forward first; you are the backup unless {author} chooses you."
    "others-first-you-are-backup" OthersFirstYouAreBackup { first: Vec<MemberId>, author: MemberId }
    /// "You are the backup."
    "you-are-backup" YouAreBackup { author: MemberId }
    /// "Somebody who was going cannot; you are next. {author} will say."
    "you-are-next" YouAreNext { author: MemberId }
    /// "Not this time. Thank you for offering."
    "you-not-this-time" YouNotThisTime { author: MemberId }
    /// "You took it back."
    "you-took-it-back" YouTookItBack { on: Timestamp }
    /// "You went. It happened."
    "you-went" YouWent {}
    /// "You went. A part of it happened."
    "you-went-in-part" YouWentInPart {}
    /// "It did not happen. Only you and {author} see this."
    "it-did-not-happen" ItDidNotHappen { author: MemberId }

    // One's own request for an offer.

    /// "You asked; {author} chooses."
    "you-asked" YouAsked { author: MemberId }
    /// "Likely yours ({going}); {author} has not answered."
    "likely-yours" LikelyYours { author: MemberId, going: u32 }
    /// "Just come; no answer is needed."
    "just-come" JustCome { going: u32 }
    /// "Yours: {going}."
    "it-is-yours" ItIsYours { going: u32 }
    /// "Yours: {going}; {spare} more than there is."
    "it-is-yours-in-part" ItIsYoursInPart { going: u32, spare: u32 }
    /// "Taken; you are next."
    "taken-you-are-next" TakenYouAreNext { author: MemberId }
    /// "You had it."
    "you-had-it" YouHadIt {}

    // One's own promise that came to nothing, or waits for oneself.

    /// "Called off on {on}, before your offer arrived. Nothing to do."
    "called-off-before-your-offer" CalledOffBeforeYourOffer { on: Timestamp }
    /// "Called off on {on}. Nothing to do; your hours are free."
    "called-off-you-are-free" CalledOffYouAreFree { on: Timestamp }
    /// "It happened without you. Nothing to do; your hours are free."
    "met-you-are-free" MetYouAreFree { on: Timestamp }
    /// "It ended on {on}. Nothing to do; your hours are free."
    "expired-you-are-free" ExpiredYouAreFree { on: Timestamp }
    /// "Another post says the same: {post}. Look there."
    "duplicate-look-there" DuplicateLookThere { post: PostRef }
    /// "Who posted it is no longer in the circle. Your hours are free."
    "author-left-you-are-free" AuthorLeftYouAreFree {}
    /// "The post is not on this machine."
    "post-not-here" PostNotHere {}
    /// "The post does not have that time any more. Nothing to do; your hours are free."
    "time-gone" TimeGone {}
    /// "Your newer promise counts."
    "your-newer-promise-counts" YourNewerPromiseCounts {}
    /// "You promised twice; the other one counts."
    "your-other-promise-counts" YourOtherPromiseCounts {}
    /// "It has changed. Still all right?"
    "check-again" CheckAgain {}
    /// "The time is now {start}. Still all right?"
    "check-again-time" CheckAgainTime { start: Timestamp, end: Timestamp }
    /// "The place is now {place}. Still all right?"
    "check-again-place" CheckAgainPlace { place: String }
    /// "It is now {start}, {place}. Still all right?"
    "check-again-time-place" CheckAgainTimePlace { start: Timestamp, end: Timestamp, place: String }

    // Somebody else's promise.

    /// "{helper} came forward."
    "helper-came-forward" HelperCameForward { helper: MemberId, amount: u32 }
    /// "Likely {helper}."
    "helper-likely" HelperLikely { helper: MemberId, amount: u32 }
    /// "{helper} is going."
    "helper-going" HelperGoing { helper: MemberId, amount: u32 }
    /// "{helper} is going with {amount}; {spare} spare."
    "helper-in-part" HelperInPart { helper: MemberId, amount: u32, spare: u32 }
    /// "{helper} promised." The time of it is over.
    "helper-promised" HelperPromised { helper: MemberId, amount: u32 }
    /// "{helper} is backup."
    "helper-backup" HelperBackup { helper: MemberId, amount: u32 }
    /// "{helper} is not needed this time."
    "helper-not-this-time" HelperNotThisTime { helper: MemberId }
    /// "{helper} took it back."
    "helper-took-it-back" HelperTookItBack { helper: MemberId, on: Timestamp }
    /// "It has changed; {helper} has not said yes again."
    "helper-to-check-again" HelperToCheckAgain { helper: MemberId }
    /// "{helper} went. It happened."
    "helper-went" HelperWent { helper: MemberId, amount: u32 }
    /// "{helper} went. A part of it happened."
    "helper-went-in-part" HelperWentInPart { helper: MemberId, amount: u32 }
    /// "It did not happen with {helper}. Only the two of you see this."
    "helper-did-not" HelperDidNot { helper: MemberId }
    /// "{helper}'s part is over."
    "helper-over" HelperOver { helper: MemberId }
    /// "{helper} asked."
    "helper-asked" HelperAsked { helper: MemberId, amount: u32 }
    /// "Likely {helper}'s."
    "helper-likely-has-it" HelperLikelyHasIt { helper: MemberId, amount: u32 }
    /// "{helper} has it."
    "helper-has-it" HelperHasIt { helper: MemberId, amount: u32 }
    /// "{helper} is next."
    "helper-next" HelperNext { helper: MemberId, amount: u32 }
    /// "{helper}'s promise came to nothing: the post ended."
    "helper-free-post-ended" HelperFreePostEnded { helper: MemberId }
    /// "{helper} made a newer promise."
    "helper-newer-promise" HelperNewerPromise { helper: MemberId }
    /// "{helper} promised twice; the other one counts."
    "helper-other-promise-counts" HelperOtherPromiseCounts { helper: MemberId }
    /// "A former member was going."
    "former-member-was-going" FormerMemberWasGoing {}
    /// "A former member had come forward."
    "former-member-came-forward" FormerMemberCameForward {}

    // Notes beside them.

    /// "{helper} was going and took it back."
    "note-taken-back" NoteTakenBack { helper: MemberId }
    /// "{helper} is asked first."
    "note-backup-first" NoteBackupFirst { helper: MemberId }
    /// "You answered {helper} twice; the yes counts. Keep?"
    "note-answered-twice" NoteAnsweredTwice { helper: MemberId }
    /// "You answered {helper} twice, and not the same. Which counts?"
    "note-answered-twice-no-yes" NoteAnsweredTwiceNoYes { helper: MemberId }
    /// "{helper} offered in time, and it arrived late or was not answered. Still useful?"
    "note-offered-in-time" NoteOfferedInTime { helper: MemberId }
    /// "{helper} has not said yes to the new time or place."
    "note-check-again" NoteCheckAgain { helper: MemberId }
    /// "You and {other} say different things about how it went. Only the two of you see this."
    "note-said-differently" NoteSaidDifferently { other: MemberId }
    /// "It did not happen with {helper}. Only the two of you see this."
    "note-did-not-happen" NoteDidNotHappen { helper: MemberId }
    /// "Others posted the same: {authors}. Promises to any of them count here."
    "note-one-card" NoteOneCard { authors: Vec<MemberId> }
    /// "You promised twice, on two machines. One counts."
    "note-promised-twice" NotePromisedTwice {}
    /// "Made for another post that says the same: {post}."
    "note-counts-here" NoteCountsHere { post: PostRef }
    /// "Still needed? It ends on {on}."
    "note-still-needed" NoteStillNeeded { on: Timestamp }
    /// "Still on offer? It ends on {on}."
    "note-still-on-offer" NoteStillOnOffer { on: Timestamp }
    /// "This offer has stood for a while. Still on offer?"
    "note-review" NoteReview {}

    // What happens next, for the author.

    /// "Neighbours will see it. Nothing to do."
    "next-wait-for-neighbours" NextWaitForNeighbours {}
    /// "Choose: {helpers} came forward."
    "next-choose" NextChoose { helpers: Vec<MemberId> }
    /// "Your machine says yes to the first by itself."
    "next-accepts-by-itself" NextAcceptsByItself {}
    /// "Ask {helper} first?"
    "next-ask-backup" NextAskBackup { helper: MemberId }
    /// "Two accepted. Keep both?"
    "next-keep-both" NextKeepBoth { helpers: Vec<MemberId> }
    /// "You answered {helper} twice. Keep?"
    "next-keep-answer" NextKeepAnswer { helper: MemberId }
    /// "{helper} offered in time, arrived late. Still useful?"
    "next-still-useful" NextStillUseful { helper: MemberId }
    /// "Called off, yet help arrived. Thank {helper}?"
    "next-thank" NextThank { helper: MemberId }
    /// "It did not happen. Ask again?"
    "next-did-not-happen" NextDidNotHappen { helper: MemberId }
    /// "A former member was going. Ask again?"
    "next-ask-again" NextAskAgain {}
    /// "Wait for {helpers} to say yes to the new time or place."
    "next-wait-for-yes" NextWaitForYes { helpers: Vec<MemberId> }
    /// "Still needed? Yes, 2 more weeks / Done / Remove."
    "next-still-needed" NextStillNeeded {}
    /// "Still on offer? Yes / Take back."
    "next-still-on-offer" NextStillOnOffer {}
    /// "Say whether it happened."
    "next-say-if-it-happened" NextSayIfItHappened {}
    /// "It is over. Ask again, or let it be."
    "next-renew" NextRenew {}
    /// "Answer {helper}: yes, backup, or not this time."
    "next-answer" NextAnswer { helper: MemberId }

    // What happens next, for a helper.

    /// "{author} answers. Nothing to do until then."
    "next-wait-for-answer" NextWaitForAnswer { author: MemberId }
    /// "Be there."
    "next-go" NextGo {}
    /// "Be there: {start}."
    "next-go-at" NextGoAt { start: Timestamp }
    /// "Arrange with {author} how you get it."
    "next-arrange" NextArrange { author: MemberId }
    /// "Nothing to do unless you are asked."
    "next-stand-by" NextStandBy {}
    /// "Say yes again, or take it back."
    "next-say-yes-again" NextSayYesAgain {}
    /// "Keep one of your two promises."
    "next-keep-one" NextKeepOne {}
    /// "Look at the other post."
    "next-look-there" NextLookThere { post: PostRef }

    // What happens next, for everybody else.

    /// "You can offer to help."
    "next-offer-help" NextOfferHelp {}
    /// "You can offer to be a backup."
    "next-offer-backup" NextOfferBackup {}
    /// "You can ask for it."
    "next-ask-for-it" NextAskForIt {}
    /// "You can ask to be next."
    "next-ask-to-be-next" NextAskToBeNext {}
    /// "{author} says whether it happened."
    "next-author-says" NextAuthorSays { author: MemberId }
    /// "Nothing to do."
    "next-nothing" NextNothing {}
    /// "Nothing to do until {start}."
    "next-nothing-until" NextNothingUntil { start: Timestamp }

    // What was done about a post, beside whoever did it.

    /// "Posted."
    "history-posted" HistoryPosted {}
    /// "Changed."
    "history-changed" HistoryChanged {}
    /// "Still stands."
    "history-still-stands" HistoryStillStands {}
    /// "Came forward."
    "history-promised" HistoryPromised {}
    /// "Asked for it."
    "history-asked" HistoryAsked {}
    /// "Yes to {helper}."
    "history-yes" HistoryYes { helper: MemberId }
    /// "{helper} as backup."
    "history-backup" HistoryBackup { helper: MemberId }
    /// "Not this time, to {helper}."
    "history-not-this-time" HistoryNotThisTime { helper: MemberId }
    /// "Took the promise back."
    "history-taken-back" HistoryTakenBack {}
    /// "Took a part of the promise back."
    "history-taken-back-in-part" HistoryTakenBackInPart {}
    /// "Ended: it happened."
    "history-met" HistoryMet {}
    /// "Ended: not needed any more."
    "history-called-off" HistoryCalledOff {}
    /// "Ended: the offer was taken back."
    "history-offer-withdrawn" HistoryOfferWithdrawn {}
    /// "The same as another: {post}."
    "history-same-as" HistorySameAs { post: PostRef }
    /// "Says it happened."
    "history-happened" HistoryHappened { helper: MemberId }
    /// "Says a part of it happened."
    "history-partly" HistoryPartly { helper: MemberId }
    /// "Says it did not happen."
    "history-did-not" HistoryDidNot { helper: MemberId }
    /// "Said thank you."
    "history-thanks" HistoryThanks {}

    // What it means to undo that.

    /// "It is open again, and whoever promised is asked for again."
    "undo-closing" UndoClosing {}
    /// "Your promise stands again, in its old place."
    "undo-withdrawal" UndoWithdrawal {}
    /// "The thanks go from every screen."
    "undo-thanks" UndoThanks {}
}
