//! Circles, their members, and how one comes in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{JoinStage, MemberKind};
use crate::Phrase;

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
        /// Nothing is shown until the passphrase is typed.
        locked: bool,
        /// It locks when nobody is here: the page says when somebody is.
        locks: bool,
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
        /// This machine is to be one more of a member who is there already.
        own: bool,
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
        /// It is a machine that is to be one more of the member's own; then [`Self::name`] is what it is called.
        own: bool,
        /// How far.
        stage: JoinStage,
        /// The code to compare.
        code: Option<String>,
        /// What it waits for, or how it ended.
        says: Phrase,
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
        /// The reader still belongs to it.
        belongs: bool,
        /// What everybody should know: an invitation that several let in with, who waits, how many have gone.
        notes: Vec<Phrase>,
        /// What leaving would do.
        leaving: Vec<Phrase>,
        /// The recovery words have to be typed for it: they are on paper only.
        leaving_needs_words: bool,
    }
    /// One member in the list of people.
    struct MemberView {
        /// Who.
        person: Person,
        /// Person, household, organisation.
        kind: MemberKind,
        /// How they came: founder, let in by whom, vouched for by how many.
        came: Phrase,
        /// Whether they have a say, who vouches for them, and who is still needed; in a draft nothing.
        say: Option<Phrase>,
        /// That somebody thinks they should no longer belong; for those who have a say, and for themselves.
        case: Option<Phrase>,
        /// What the reader's "I know them" would do; nothing, where it is not theirs to say.
        vouching: Option<Phrase>,
        /// What the reader's vote against them would do and what not; nothing, where it is not theirs to give.
        removal: Vec<Phrase>,
        /// Machines they use.
        machines: u32,
        /// What they know how to do.
        skills: Vec<String>,
        /// What they have to lend.
        lends: Vec<String>,
    }
}
