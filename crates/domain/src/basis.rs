//! What a helper knew when promising: a hash of the post's fields that matter to a seat, and the
//! promises to it that their machine held (mutual-aid, *Records* and *Seats*).
//!
//! The first tells everybody when time or place changed underneath a promise; the second orders
//! claims of one seat without any clock.

use std::collections::BTreeSet;

use closeknit_ids::{MemberId, RecordId};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::{
    record::{Basis, Commitment, CommitmentRef, Part, Post, PostKind, Unit},
    slots::{SlotId, SlotIds, When},
    time::Window,
};

/// Hash of the fields of a post that matter to somebody who takes a seat: need or offer, category,
/// what is counted, from when to when in which zone, and where. Words, how many are wanted and how
/// seats are given may change without anybody having to say yes again.
///
/// Of the times of a post only those matter that the promise is for; to a regular the first and the
/// rhythm, not how long it goes on.
///
/// SHA-256 over a form of our own, fixed for ever by a golden test: `closeknit/seat/1`, then one
/// byte each for kind and unit, then category, when and place, each text with its length in front.
#[must_use]
pub fn basis_fields(post: &Post, part: &Part) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"closeknit/seat/1");
    hash.update([
        match post.kind {
            PostKind::Need => 1,
            PostKind::Offer => 2,
        },
        match post.want.unit {
            Unit::Helpers => 1,
            Unit::Hours => 2,
            Unit::Items => 3,
        },
    ]);
    add_text(&mut hash, post.category.slug());
    add_when(&mut hash, &post.when, part);
    match &post.place {
        None => hash.update([0]),
        Some(place) => {
            hash.update([1]);
            add_text(&mut hash, place);
        }
    }
    hash.finalize().into()
}

fn add_when(hash: &mut Sha256, when: &When, part: &Part) {
    match (when, part) {
        (When::Anytime, _) => hash.update([0]),
        // Named or not, it is the only one.
        (When::Once(window), Part::Whole | Part::Every) => add_window(hash, window),
        (When::Slots(slots), Part::Whole | Part::Every) => {
            hash.update([2]);
            slots.iter().for_each(|window| add_window(hash, window));
            hash.update([0]);
        }
        (When::Repeats(first, repeat), Part::Whole | Part::Every) => {
            hash.update([3]);
            add_window(hash, first);
            add_text(hash, &repeat.rhythm());
        }
        (_, Part::Slots(slots)) => {
            hash.update([4]);
            for &slot in slots.iter() {
                // A week of a standing offer has the hours that the offer has.
                match when.slot(slot).as_ref().or(when.once()) {
                    Some(window) => add_window(hash, window),
                    None => hash.update([0]),
                }
            }
        }
    }
}

fn add_text(hash: &mut Sha256, text: &str) {
    hash.update(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
    hash.update(text);
}

fn add_window(hash: &mut Sha256, window: &Window) {
    hash.update([1]);
    for at in [window.start(), window.end()] {
        hash.update(at.year().to_be_bytes());
        for small in [at.month(), at.day(), at.hour(), at.minute(), at.second()] {
            hash.update(small.to_be_bytes());
        }
        hash.update(at.subsec_nanosecond().to_be_bytes());
    }
    add_text(hash, window.zone().name());
}

/// The basis of a new promise of `part` by `helper`, whose machine holds the promises `held` to this post (to
/// any post of its group, where duplicates were merged).
///
/// If there are more than [`Basis::MOST`], the helper's own come first, since naming them replaces
/// them; then those that no other names, through which the rest is reached.
#[must_use]
pub fn basis<'a>(
    post: &Post,
    part: &Part,
    helper: MemberId,
    held: impl IntoIterator<Item = (CommitmentRef, &'a Commitment)>,
) -> Basis {
    let held: Vec<_> = held.into_iter().collect();
    let named: BTreeSet<RecordId> =
        held.iter().flat_map(|(_, commitment)| commitment.basis.seen().iter().copied()).collect();
    let mut ids: Vec<_> =
        held.iter().map(|(whose, _)| (whose.helper != helper, named.contains(&whose.id), whose.id)).collect();
    ids.sort_unstable();
    let seen = ids.into_iter().map(|(_, _, id)| id);
    Basis::of_first(basis_fields(post, part), seen)
}

impl Commitment {
    /// The same promise, said again after the post changed: it keeps its id, its answers and its
    /// place in the order, and fits the post as it is now. Written over the old record.
    #[must_use]
    pub fn confirmed(&self, post: &Post) -> Self {
        let part = self.only(post).map_or_else(|| self.part.clone(), |slot| Part::Slots(SlotIds::one(slot)));
        let basis = Basis::of_first(basis_fields(post, &part), self.basis.seen().iter().copied());
        Self { part, basis, ..self.clone() }
    }

    /// If it was made when the post had one time or none, and now it has several: the one that it is for. That
    /// is the same as then; if it is gone, the first.
    pub(crate) fn only(&self, post: &Post) -> Option<SlotId> {
        if self.part != Part::Whole {
            return None;
        }
        let window = match &post.when {
            When::Anytime | When::Once(_) => None,
            When::Slots(slots) => {
                slots.iter().find(|window| self.knew(post, window)).or(slots.first()).cloned()
            }
            When::Repeats(first, _) => {
                let year = first.begins().saturating_add(SignedDuration::from_hours(366 * 24));
                let times = post.when.between(first.begins(), year.unwrap_or(Timestamp::MAX));
                times.into_iter().next()
            }
        };
        window.map(|window| window.slot())
    }

    /// Whether the post is still as the helper knew it; `only` as above.
    pub(crate) fn fits(&self, post: &Post, only: Option<SlotId>) -> bool {
        match only.and_then(|slot| post.when.slot(slot)) {
            Some(window) => self.knew(post, &window),
            None => self.basis.fields == basis_fields(post, &self.part),
        }
    }

    fn knew(&self, post: &Post, window: &Window) -> bool {
        let once = Post { when: When::Once(window.clone()), ..post.clone() };
        self.basis.fields == basis_fields(&once, &self.part)
    }
}
