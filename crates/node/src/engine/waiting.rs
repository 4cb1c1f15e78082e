//! What came of a document and waits for the head that it precedes.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{ActorId, ChangeHash};
use closeknit_replica::{Document, Framing, RawChange, Room, SignedHead};
use closeknit_store::{Allowance, Staged};
use closeknit_sync::Piece;
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

/// Whether what waits may go on to wait, now that this came. What no head needs, or none that is still there, would take
/// the room of what is still to come.
pub(super) fn may_wait_on(heads: &[SignedHead], waits: &[Staged], piece: &Piece) -> bool {
    let mut room = room_for(heads);
    let waiting = waits.iter().map(|chunk| &chunk.bytes);
    let all = waiting.clone().chain(&piece.changes);
    let bytes = all.clone().map(|chunk| chunk.len() as u64).fold(0, u64::saturating_add);
    room.may_hold(waits.len().saturating_add(piece.changes.len()), bytes)
        || fill(&mut room, waiting) == Ok(true) && (fill(&mut room, all) == Ok(true) || !piece.more)
}

/// Puts chunks into the gate's room. Says whether it took all of them: more than the tips known here announce may be of a
/// tip whose signer is not known here yet, which is nobody's fault.
///
/// # Errors
/// At the first that is no change.
pub(super) fn fill<'a>(
    room: &mut Room,
    chunks: impl Iterator<Item = &'a Vec<u8>> + Clone,
) -> Result<bool, Framing> {
    let mut put_all = || {
        chunks.clone().try_fold(true, |all, chunk| match room.put(chunk) {
            Ok(_) => Ok(all),
            Err(Framing::Unannounced) => Ok(false),
            Err(error) => Err(error),
        })
    };
    // A head that comes last makes room for what came before it.
    Ok(put_all()? || put_all()?)
}

/// Of what waits as much as these heads have room for: what is kept beyond that would be dropped when something comes, and
/// asked for again, without an end.
pub(super) fn that_fit(heads: &[SignedHead], mut waits: Vec<Staged>) -> Vec<Staged> {
    let mut room = room_for(heads);
    waits.retain(|chunk| room.put(&chunk.bytes).is_ok());
    let fitting: BTreeSet<ChangeHash> = room.waiting().collect();
    waits.retain(|chunk| fitting.contains(&chunk.hash));
    waits
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
    use closeknit_domain::{MemberKind, Record, text::Name};
    use closeknit_ids::{DocId, RecordId};
    use closeknit_replica::Act;
    use closeknit_sync::Version;

    use super::*;
    use crate::engine::start::profile;

    /// Three changes of a document, and its head as it is signed.
    fn changes(by: u8) -> (Vec<Vec<u8>>, SignedHead) {
        let mut document = Document::found();
        let name = |number| Name::new(&format!("By {by} as {number}")).unwrap();
        let mut write = |number| {
            let record = Record::Profile(profile(name(number), MemberKind::Person));
            let act = Act::add(RecordId([number; 16]), record);
            document.write(ActorId([by; 16]), 0, &[act]).unwrap().unwrap()
        };
        let changes = [1, 2, 3].map(&mut write);
        let [.., last] = &changes;
        let past = document.past(last.hash()).unwrap();
        let head = SignedHead { hash: last.hash(), count: past.count, bytes: past.bytes };
        (changes.map(|change| change.bytes().to_vec()).to_vec(), head)
    }

    fn staged(chunks: &[Vec<u8>]) -> Vec<Staged> {
        waiting(chunks.iter(), &Document::found())
    }

    fn piece(changes: &[Vec<u8>], more: bool) -> Piece {
        let (doc, version, changes) = (DocId([1; 32]), Version([0; 16]), changes.to_vec());
        Piece { doc, generation: 0, version, tips: Vec::new(), changes, more }
    }

    /// Seed 118: of three changes that waited one was announced by a tip that is gone. The other two never entered, and
    /// nobody sent them again, since they were said to be here.
    #[test]
    fn what_waits_without_a_tip_gives_way() {
        let (chunks, head) = changes(1);
        let (waits, nothing) = (staged(&chunks), piece(&[], false));
        assert!(may_wait_on(&[head], &waits, &nothing));
        assert!(may_wait_on(&[head], &waits, &piece(&chunks, false)), "the same once more");
        assert!(!may_wait_on(&[SignedHead { count: 2, ..head }], &waits, &nothing));
        assert!(!may_wait_on(&[SignedHead { bytes: 200, ..head }], &waits, &nothing));
    }

    /// Seed 11573 of a night: a hostile member sent other changes before those of the document, and nothing that others
    /// sent later had room.
    #[test]
    fn what_a_stranger_to_the_document_put_in_gives_way() {
        let ((chunks, head), (strange, _)) = (changes(1), changes(2));
        let waits = staged(&strange);
        assert!(!may_wait_on(&[head], &waits, &piece(&chunks[..2], true)), "the head is still to come");
        // Where nothing more is to come it is asked for once: what goes away would be asked for again without an end.
        assert!(may_wait_on(&[head], &waits, &piece(&chunks[..2], false)));
        assert!(may_wait_on(&[head], &waits, &piece(&chunks, false)), "the head says what it needs");
        // What is kept fits whatever comes next.
        let kept = that_fit(&[head], staged(&[strange.clone(), chunks[..2].to_vec()].concat()));
        assert!(kept.len() < 5 && may_wait_on(&[head], &kept, &piece(&[], false)));
        let mut room = room_for(&[head]);
        assert_eq!(fill(&mut room, strange.iter().chain(&chunks)), Ok(true));
        assert_eq!(room.waiting().count(), 3);
    }
}
