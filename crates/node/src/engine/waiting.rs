//! What came of a document and waits for the head that it precedes.

use std::collections::BTreeMap;

use closeknit_ids::{ActorId, ChangeHash};
use closeknit_replica::{Document, RawChange, Room, SignedHead};
use closeknit_store::{Allowance, Staged};
use closeknit_trust::tip::Tips;

use super::{cut, document::signed_head};

/// What came and was not admitted yet.
pub(super) fn waiting<'a>(came: impl Iterator<Item = &'a Vec<u8>>, document: &Document) -> Vec<Staged> {
    let chunks = came.filter_map(|bytes| RawChange::new(bytes.as_slice()).ok());
    let chunks = chunks.filter(|change| !document.holds(change.hash()));
    chunks.map(|change| Staged { hash: change.hash(), bytes: change.bytes().to_vec() }).collect()
}

/// How far each actor's changes are here without a gap, those that wait included: a gap must be asked
/// for again, whoever left it.
pub(super) fn reached(document: &Document, waiting: &[Staged]) -> BTreeMap<ActorId, (u32, ChangeHash)> {
    let mut held: BTreeMap<ActorId, u32> = BTreeMap::new();
    for change in document.changes() {
        if let Some((actor, seq)) = document.written_by(change.hash()) {
            let last = held.entry(actor).or_default();
            *last = (*last).max(seq);
        }
    }
    let mut positions: Vec<_> = waiting.iter().filter_map(position).collect();
    positions.sort_unstable();
    let mut reached = BTreeMap::new();
    for (actor, seq, hash) in positions {
        let last = held.entry(actor).or_default();
        if seq == last.saturating_add(1) {
            *last = seq;
            reached.insert(actor, (seq, hash));
        }
    }
    reached
}

/// Who wrote a chunk that waits, and as which of theirs.
fn position(staged: &Staged) -> Option<(ActorId, u32, ChangeHash)> {
    let (actor, seq) = RawChange::new(staged.bytes.as_slice()).ok()?.written_by()?;
    Some((actor, seq, staged.hash))
}

/// The gate's room for what is or precedes these heads.
pub(super) fn room_for(heads: &[SignedHead]) -> Room {
    let mut room = Room::default();
    heads.iter().for_each(|head| room.expect(*head));
    room
}

/// Whether the gate has room for what waits.
pub(super) fn have_room(heads: &[SignedHead], staged: &[Staged]) -> bool {
    let bytes = staged.iter().map(|chunk| chunk.bytes.len() as u64).fold(0, u64::saturating_add);
    room_for(heads).may_hold(staged.len(), bytes)
}

/// As much may wait as all signed heads announce together.
pub(super) fn allowance(tips: &Tips, cuts: &[ChangeHash], base: SignedHead) -> Allowance {
    let heads = tips.iter().map(signed_head).chain(cuts.iter().copied().map(cut::named)).chain([base]);
    heads.fold(Allowance { changes: 0, bytes: 0 }, |sum, head| Allowance {
        changes: sum.changes.saturating_add(head.count),
        bytes: sum.bytes.saturating_add(head.bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(hash: u8, count: u64, bytes: u64) -> SignedHead {
        SignedHead { hash: ChangeHash([hash; 32]), count, bytes }
    }

    /// Seed 118: of three changes that waited one was announced by a tip that is gone. The other two never entered, and
    /// nobody sent them again, since they were said to be here.
    #[test]
    fn what_waits_without_a_tip_gives_way() {
        let chunk = |hash: u8| Staged { hash: ChangeHash([hash; 32]), bytes: vec![hash; 200] };
        let waits = [chunk(1), chunk(2), chunk(3)];
        assert!(have_room(&[head(3, 3, 600), head(9, 1, 100)], &waits));
        // The same head, held and offered once more.
        assert!(!have_room(&[head(3, 3, 599), head(3, 3, 599)], &waits));
        assert!(!have_room(&[head(3, 2, 600)], &waits));
    }
}
