//! Alice, Bob and Carol, and what they write.

use closeknit_domain::{
    Amount, Audience, Category, MemberKind, Mode, Phrases, Post, PostKind, Profile, Record, Roles, Unit,
    Want, When,
    text::{Detail, Name, Phrase, Title},
};
use closeknit_ids::{ActorId, RecordId};
use closeknit_replica::{Act, Admission, Document, RawChange, Room, SignedHead};

pub(crate) const NOW: i64 = 1_794_475_200;

pub(crate) const fn actor(number: u8) -> ActorId {
    ActorId([number; 16])
}

pub(crate) const fn record_id(number: u8) -> RecordId {
    RecordId([number; 16])
}

pub(crate) fn need(title: &str) -> Post {
    Post {
        kind: PostKind::Need,
        category: Category::Ride,
        title: Title::new(title).unwrap(),
        detail: Some(Detail::new("Two flights of stairs.\nNo lift.").unwrap()),
        urgent: false,
        when: When::Anytime,
        place: None,
        want: Want { amount: Amount::ONE, unit: Unit::Helpers },
        roles: Roles::default(),
        lend: None,
        mode: Mode::Choose,
        proxy: None,
        standing: false,
        resting: false,
        reviewed: None,
        audience: Audience::Circle,
        changed: None,
        until: None,
        posted: jiff::Timestamp::from_second(NOW).unwrap(),
    }
}

pub(crate) fn profile(name: &str) -> Profile {
    let phrases =
        |list: &[&str]| Phrases::new(list.iter().map(|p| Phrase::new(p).unwrap()).collect()).unwrap();
    Profile {
        name: Name::new(name).unwrap(),
        kind: MemberKind::Person,
        languages: phrases(&["English", "Español"]),
        area: None,
        skills: phrases(&["sewing"]),
        lends: phrases(&[]),
    }
}

pub(crate) fn add(number: u8, record: Record) -> Act {
    Act::add(record_id(number), record)
}

pub(crate) fn add_need(number: u8) -> Act {
    add(number, Record::Post(need(&format!("Need number {number}"))))
}

/// Writes one need, which is always something.
pub(crate) fn write_need(document: &mut Document, by: u8, number: u8) -> RawChange {
    document.write(actor(by), NOW, &[add_need(number)]).unwrap().unwrap()
}

/// The head of `document` at `change`, as its owner's machine would sign it.
pub(crate) fn signed(document: &Document, change: &RawChange) -> SignedHead {
    let past = document.past(change.hash()).unwrap();
    SignedHead { hash: change.hash(), count: past.count, bytes: past.bytes }
}

pub(crate) fn signed_heads(document: &Document) -> Vec<SignedHead> {
    let changes: Vec<_> = document.changes().collect();
    let head = |hash| signed(document, changes.iter().find(|change| change.hash() == hash).unwrap());
    document.heads().map(head).collect()
}

/// Brings everything that `from` has to a copy, through the gate.
pub(crate) fn bring(from: &Document, to: &Document) -> Admission {
    let mut room = Room::default();
    signed_heads(from).into_iter().for_each(|head| room.expect(head));
    for change in from.changes_after(&to.vector()) {
        room.put(change.bytes()).unwrap();
    }
    room.screen(to).apply()
}
