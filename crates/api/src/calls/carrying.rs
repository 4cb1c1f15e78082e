//! What members carry and show, and who might help whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::{
    AvoidView, BeforePromiseView, FindView, MeView, PinView, ResourcesView, RotaView, ShownRow, SuggestView,
    WayView, WhoMightView,
};

calls! {
    /// What a promise would come to, before it is made. It can be made all the same.
    "before-promise" BeforePromise -> BeforePromiseView {
        /// As in [`crate::calls::Promise`].
        id: String,
        /// As in [`crate::calls::Promise`].
        amount: Option<u16>,
        /// As in [`crate::calls::Promise`].
        slots: Option<Vec<String>>,
        /// As in [`crate::calls::Promise`].
        every: Option<bool>,
    }

    /// Says what a promise takes each time. The member's own machines alone can read it.
    "weigh" Weigh -> MeView {
        /// The promise's id, or the beginning of it.
        id: String,
        /// Minutes; what its post says, if they are left out.
        minutes: Option<u16>,
    }

    /// Says how long the ways are from where the member lives; what is not named stays. The member's own
    /// machines alone can read it.
    "ways" Ways -> MeView {
        /// Each way.
        ways: Vec<WayView>,
    }

    /// Sets what the circle sees of what the member can carry; nothing, while they rest.
    "show-capacity" ShowCapacity -> MeView {
        /// All of it: what is not named is not shown.
        kinds: Vec<ShownRow>,
    }

    /// Needs that the member could answer, and why.
    "suggest" Suggest -> SuggestView {
        /// At most so many; five unless said otherwise.
        limit: Option<u32>,
    }

    /// Neighbours who might answer an own need, and why.
    "who-might" WhoMight -> WhoMightView {
        /// The post's id, or the beginning of it.
        id: String,
        /// At most so many; five unless said otherwise.
        limit: Option<u32>,
    }

    /// Whom the member would rather not meet: they are never suggested to each other here. It never leaves
    /// this machine. Without a name it tells who they are.
    "avoid" Avoid -> AvoidView {
        /// What they are called, their id, or the beginning of it.
        person: Option<String>,
        /// Not any more.
        no_more: bool,
    }

    /// Proposes who could go at which time of an own post. Nobody is put down by it, and nobody is told.
    "rota" Rota -> RotaView {
        /// The post's id, or the beginning of it.
        id: String,
        /// They are to go.
        pinned: Vec<PinView>,
        /// They are not.
        forbidden: Vec<PinView>,
    }

    /// What the circle has and wants, added up from what members show.
    "resources" Resources -> ResourcesView {
        /// Only in this area.
        area: Option<String>,
    }

    /// Who knows how to do something, or has it to lend.
    "find" Find -> FindView {
        /// What.
        text: String,
    }
}
