//! Machines of a later version: what they say and write of which this version knows nothing is kept, passed on, and
//! hidden.
//!
//! That their frames carry more is the weather's affair.

use closeknit_domain::{OpenInvitation, Record};
use closeknit_ids::{ActorId, InvitationId, RecordId};
use closeknit_replica::{Act, Document, RawChange};
use closeknit_trust::statement::Body;
use jiff::Timestamp;
use rand::RngExt as _;

use crate::{
    saved::SavedPost,
    workshop::{NOW, Workshop, post, record_of, spoiled},
    world::World,
};

/// No version knows statements of this kind.
const KIND: u16 = 900;

impl World {
    /// Somebody's machine runs a later version for a moment, and then this one again.
    pub(crate) fn somebody_tries_a_later_version(&mut self) {
        let Some(machine) = self.machine_of(|machine| !machine.taken_away && machine.copy_of.is_none())
        else {
            return;
        };
        let belongs = self.circle_of(machine.person).is_some_and(|circle| circle.belongs && !circle.draft);
        let (Some(me), Some(circle)) = (self.member(machine.member), self.circle_id()) else { return };
        if !belongs {
            return;
        }
        let (actor, title): (ActorId, _) =
            (ActorId(std::array::from_fn(|_| self.dice.random())), self.fresh("Later"));
        let what = self.dice.random_range(0..3_u8);
        self.street.unplugs(machine.person);
        let mut workshop = Workshop::of(&self.street, machine.person, circle, me);
        let knows_own = workshop.has(me);
        match what {
            0 if workshop.may_state() => {
                workshop.state(&Body::Unknown { kind: KIND, argument: title.into_bytes() });
                self.counts.saw("a statement of a later version was made");
            }
            1 if knows_own && workshop.adds(|document| with_an_unknown_field(document, actor, &title)) => {
                self.counts.saw("a record with a field of a later version was written");
                self.saved.posts.push(SavedPost {
                    id: format!("{}.{}", record_of(&title), self.ids[&machine.member]),
                    by: machine.member,
                    on: machine.person,
                    titles: [title].into(),
                    unanswered: false,
                    forgotten: false,
                    excused: self.years_behind == Some(machine.person),
                });
            }
            2 if knows_own && workshop.adds(|document| of_an_unknown_kind(document, actor, &title)) => {
                self.counts.saw("a record of a kind of a later version was written");
            }
            _ => {}
        }
        drop(workshop);
        self.starts(machine.person);
    }
}

/// A post of which this version knows all but one field.
fn with_an_unknown_field(mut document: Document, actor: ActorId, title: &str) -> Option<RawChange> {
    let change = document.write(actor, NOW, &[post(title)]).ok()??;
    Some(spoiled(&change, |data| rename(data, b"detail", b"detour")))
}

/// What this version would take for an invitation, if it were one.
fn of_an_unknown_kind(mut document: Document, actor: ActorId, title: &str) -> Option<RawChange> {
    let record = Record::Invitation(OpenInvitation {
        id: InvitationId([7; 32]),
        uses: 1,
        until: Timestamp::from_second(NOW).ok()?,
        sealed: None,
    });
    let id: RecordId = record_of(title);
    let change = document.write(actor, NOW, &[Act::add(id, record)]).ok()??;
    Some(spoiled(&change, |data| rename(data, b"invitation", b"invocation")))
}

fn rename(data: &mut [u8], from: &[u8], to: &[u8]) {
    let at = data.windows(from.len()).position(|window| window == from).expect("it is there");
    data[at..at + to.len()].copy_from_slice(to);
}
