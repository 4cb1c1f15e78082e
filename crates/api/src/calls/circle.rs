//! Circles, who comes in, and which machines are around.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::{CircleView, Done, InvitationView, JoiningView, MemberKind, NearView, StatusView};

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
        /// What to be called by; needs no saying with a line that [`crate::calls::Pair`] made.
        name: String,
        /// Person unless said otherwise.
        kind: Option<MemberKind>,
    }

    /// Makes an invitation for a member who has nothing left but their recovery words. Any neighbour can.
    "let-back" LetBack -> InvitationView {
        /// By name or id.
        member: String,
    }

    /// Starts to come back with the words and such an invitation. [`Joining`] tells how far it is.
    "come-back" ComeBack -> JoiningView {
        /// The invitation as pasted.
        invitation: String,
        /// The 24 recovery words.
        words: String,
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

    /// Who is in the circle.
    "circle" Circle -> CircleView {}

    /// Says "I know them" of a member: after two who have a say said so, they have one too.
    "vouch" Vouch -> CircleView {
        /// By name or id.
        member: String,
    }

    /// A vote that a member should no longer belong. It takes two in one case; cannot be taken back.
    "remove" Remove -> CircleView {
        /// By name or id.
        member: String,
    }

    /// Leaves the circle for good and takes it off this machine. Of a draft, and of a circle that the
    /// member does not belong to any more, only the latter.
    "leave" Leave -> StatusView {
        /// The 24 recovery words, if this profile does not hold them.
        words: Option<String>,
    }

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

    /// After sleep or a change of network: drop connections and look for neighbours again.
    "wake" Wake -> Done {}

    /// Ends the process that holds the profile, in order.
    "stop" Stop -> Done {}
}
