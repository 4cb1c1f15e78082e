//! Mallory writes in her own document and signs what she likes; Alice's machine meets it at the gate.

use automerge::Change;
use closeknit_domain::{Closed, Closure, Record};
use closeknit_ids::{ActorId, RecordId};
use closeknit_replica::{
    Act, Admission, Document, Fault, Framing, RawChange, Room, SignedHead, Unsound, try_out,
};

use crate::craft::{Parts, set_null};

/// The actors in [`mallory`].
pub(crate) const FIRST: [u8; 16] = [1; 16];
pub(crate) const SECOND: [u8; 16] = [2; 16];
/// An actor that is nowhere yet.
pub(crate) const FRESH: [u8; 16] = [9; 16];

/// What Alice's machine holds of Mallory's document: two records, by two actors.
pub(crate) fn mallory() -> Document {
    let mut document = Document::found();
    write(&mut document, FIRST, 1);
    write(&mut document, SECOND, 2);
    document
}

/// An honest act.
pub(crate) fn write(document: &mut Document, actor: [u8; 16], number: u16) -> RawChange {
    let at = jiff::Timestamp::from_second(1_794_475_200).unwrap();
    let closure = Closure { post: RecordId([7; 16]), how: Closed::Met, at };
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_be_bytes());
    let act = Act::add(RecordId(id), Record::Closure(closure));
    document.write(ActorId(actor), 0, &[act]).unwrap().unwrap()
}

/// A sound change on top of `document`, by a fresh actor: what the tests then spoil.
pub(crate) fn next(document: &Document) -> Parts {
    let last = |change: &RawChange| Change::try_from(change.bytes()).unwrap().max_op();
    Parts {
        deps: document.heads().map(|head| head.0).collect(),
        actor: FRESH.to_vec(),
        seq: 1,
        start_op: document.changes().map(last).max().unwrap() + 1,
        time: 0,
        message: Vec::new(),
        others: Vec::new(),
        columns: set_null(),
        extra: Vec::new(),
    }
}

/// Shows chunks to the gate, the last of them signed by Mallory for as much as a signature can say.
pub(crate) fn show(document: &Document, chunks: &[Vec<u8>]) -> Result<Admission, Framing> {
    let last = RawChange::new(chunks.last().unwrap().as_slice())?;
    let mut room = Room::default();
    room.expect(SignedHead { hash: last.hash(), count: u64::MAX, bytes: u64::MAX });
    for chunk in chunks {
        room.put(chunk)?;
    }
    Ok(room.screen(document).apply())
}

/// Shows one chunk, which must be refused with everything else untouched; why it was.
pub(crate) fn refused(document: &Document, chunk: Vec<u8>) -> Fault {
    let before = document.clone();
    let mut room = Room::default();
    let hash = RawChange::new(chunk.as_slice()).unwrap().hash();
    room.expect(SignedHead { hash, count: u64::MAX, bytes: u64::MAX });
    room.put(&chunk).unwrap();
    let screened = room.screen(document);
    let tried = screened.in_flight().map(|_| try_out(&screened.trial().unwrap()));
    let admission = screened.apply();
    assert_eq!(admission.admitted, []);
    match tried {
        // The headers alone said no.
        None => {}
        Some(Err(Unsound::Refused(refusal))) => assert_eq!(admission.refusal, Some(refusal)),
        Some(other) => panic!("tried apart it comes to something else: {other:?}"),
    }
    untouched(&before, document);
    untouched(&before, &admission.document);
    admission.refusal.unwrap().fault
}

/// `after` is what `before` was, and takes in the next sound change as if nothing had been.
pub(crate) fn untouched(before: &Document, after: &Document) {
    assert!(before.heads().eq(after.heads()));
    assert_eq!(before.read(), after.read());
    assert_eq!(before.vector(), after.vector());
    assert_eq!(before.extent(), after.extent());
    let sound = show(after, &[next(after).chunk()]).unwrap();
    assert_eq!(sound.refusal, None);
    sound_to_the_bone(&sound.document);
}

/// The document can be rebuilt from its log, read, and written on, and what is written passes the gate.
pub(crate) fn sound_to_the_bone(document: &Document) {
    let log: Vec<_> = document.changes().cloned().collect();
    let mut again = Document::rebuild(document.base(), log).unwrap();
    assert!(again.heads().eq(document.heads()));
    assert_eq!(again.read(), document.read());
    let mine = write(&mut again, [77; 16], 77);
    let admission = show(document, &[mine.bytes().to_vec()]).unwrap();
    assert_eq!(admission.refusal, None);
    assert_eq!(admission.document.read(), again.read());
}

#[test]
fn what_the_tests_spoil_is_sound_before() {
    let document = mallory();
    let admission = show(&document, &[next(&document).chunk()]).unwrap();
    assert_eq!((admission.refusal, admission.admitted.len()), (None, 1));
    sound_to_the_bone(&admission.document);
}
