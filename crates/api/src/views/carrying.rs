//! What members carry and show, and who might help whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Person, PostCard, WindowView};
use crate::Phrase;

words! {
    /// How much of a kind of help somebody shows on a day.
    enum Level {
        /// None.
        #[default]
        None,
        /// Some.
        Some,
        /// Plenty.
        Plenty,
    }
}

views! {
    /// How far a place is.
    struct WayView {
        /// The place, as it is named.
        place: String,
        /// Minutes on foot, if that is known.
        minutes: Option<u16>,
    }
    /// What a promise would come to.
    struct BeforePromiseView {
        /// If it is more than the member said they can do.
        says: Option<Phrase>,
    }
    /// A week that holds more than the member said they can do.
    struct OverView {
        /// What it comes to.
        says: Phrase,
        /// Promises that could be taken back so that it fits, in the order in which it is asked.
        release: Vec<ReleaseView>,
    }
    /// A promise that could be taken back.
    struct ReleaseView {
        /// [`super::PromiseView::id`].
        promise: String,
        /// [`PostCard::id`].
        post: String,
        /// Why this one.
        says: Phrase,
    }
    /// Something that the member carries, and what it takes of their time.
    struct CarriedView {
        /// [`super::PromiseView::id`].
        promise: String,
        /// [`PostCard::id`].
        post: String,
        /// The post's title.
        title: String,
        /// When; of several times the next.
        window: Option<WindowView>,
        /// What it takes each time.
        minutes: u32,
        /// The member said so, and not the post.
        weighed: bool,
    }
    /// How much of a kind of help somebody shows on each day of the week.
    struct ShownRow {
        /// A category's slug.
        category: String,
        /// From Monday to Sunday.
        days: Vec<Level>,
    }
    /// Needs that the member could answer.
    struct SuggestView {
        /// The best first.
        needs: Vec<SuggestedNeed>,
        /// The member is resting, so that nothing is suggested.
        resting: bool,
        /// How the member and the circle stand, in a line of sentences: free hours, and where nobody is.
        line: Vec<Phrase>,
    }
    /// A need that the member could answer.
    struct SuggestedNeed {
        /// Which.
        card: PostCard,
        /// Why, to be said in one line.
        why: Vec<Phrase>,
    }
    /// Neighbours who might answer a need.
    struct WhoMightView {
        /// The best first.
        people: Vec<SuggestedPerson>,
    }
    /// A neighbour who might answer a need.
    struct SuggestedPerson {
        /// Who.
        person: Person,
        /// Why, to be said in one line.
        why: Vec<Phrase>,
    }
    /// Whom the member would rather not meet.
    struct AvoidView {
        /// Who.
        people: Vec<Person>,
    }
    /// Somebody at one of a post's times.
    struct PinView {
        /// [`super::TimeView::id`], or the beginning of it.
        slot: String,
        /// [`Person::id`], or what they are called.
        person: String,
    }
    /// Who could go at which time.
    struct RotaView {
        /// The times to come.
        turns: Vec<TurnView>,
        /// Whom one could ask besides.
        people: Vec<Person>,
    }
    /// One time of a rota.
    struct TurnView {
        /// [`super::TimeView::id`].
        id: String,
        /// When.
        window: WindowView,
        /// How many are still wanted, before anybody who is proposed.
        want: u16,
        /// Who could be asked.
        people: Vec<TurnPerson>,
        /// Who is still missing, and why.
        missing: Option<Phrase>,
    }
    /// Somebody who could be asked for one time.
    struct TurnPerson {
        /// Who.
        person: Person,
        /// The author placed them there.
        pinned: bool,
        /// Why they stand there.
        says: Phrase,
    }
    /// What the circle has and wants. There is nobody's name in it.
    struct ResourcesView {
        /// The areas that anybody named.
        areas: Vec<String>,
        /// The area that is shown; all of them, if there is none.
        area: Option<String>,
        /// A kind of help each.
        kinds: Vec<ResourceRow>,
        /// The most important gaps and overlaps.
        says: Vec<Phrase>,
    }
    /// What there is of a kind of help.
    struct ResourceRow {
        /// A category's slug.
        category: String,
        /// From Monday to Sunday.
        days: Vec<ResourceCell>,
    }
    /// What there is of a kind of help on one day.
    struct ResourceCell {
        /// Members who show some.
        some: u32,
        /// Members who show plenty.
        plenty: u32,
        /// Open needs.
        wanted: u32,
    }
    /// Who knows how to do something, or has it to lend.
    struct FindView {
        /// What fits best first.
        found: Vec<FoundView>,
    }
    /// Something that somebody knows or has.
    struct FoundView {
        /// Who.
        person: Person,
        /// As they wrote it.
        what: String,
        /// They lend it; else they know how to do it.
        lends: bool,
    }
}
