//! Changes that mallory signed in her own document, on their way through the gate.

use std::sync::OnceLock;

use closeknit_domain::{Closed, Closure, Record};
use closeknit_ids::{ActorId, RecordId};
use closeknit_replica::{Act, Document, Fault, RawChange, Room, SignedHead, try_out};
use sha2::{Digest as _, Sha256};

/// What alice's machine holds of mallory's document: the beginning, and two records by two actors.
pub fn mallorys() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut document = Document::found();
        write(&mut document, 1);
        write(&mut document, 2);
        document
    })
}

/// An honest act by the actor of this number.
fn write(document: &mut Document, number: u8) -> RawChange {
    let at = jiff::Timestamp::from_second(1_794_475_200).expect("a time");
    let closure = Closure { post: RecordId([7; 16]), how: Closed::Met, at };
    let act = Act::add(RecordId([number; 16]), Record::Closure(closure));
    document.write(ActorId([number; 16]), 0, &[act]).expect("it may be written").expect("it is new")
}

/// The chunk around the data of a change, with length and checksum as they ought to be.
#[must_use]
pub fn as_chunk(data: &[u8]) -> Vec<u8> {
    let (mut length, mut rest) = (Vec::new(), data.len());
    while rest >= 0x80 {
        length.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    length.push(rest as u8);
    let inner = [&[1], length.as_slice(), data].concat();
    let hash = Sha256::digest(&inner);
    [&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], &inner].concat()
}

/// Several chunks, each after its length in four bytes, big endian.
pub(crate) fn judge_several(mut bytes: &[u8]) -> String {
    let mut chunks = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let Some((chunk, after)) = rest.split_at_checked(length) else { break };
        chunks.push(chunk);
        bytes = after;
    }
    judge(&chunks)
}

/// The last chunk is signed by mallory for as much as a signature can say.
pub(crate) fn judge(chunks: &[&[u8]]) -> String {
    let before = mallorys();
    let Some(last) = chunks.last() else { return "nothing".into() };
    let hash = match RawChange::new(*last) {
        Ok(change) => change.hash(),
        Err(framing) => return format!("{framing:?}"),
    };
    let mut room = Room::default();
    room.expect(SignedHead { hash, count: u64::MAX, bytes: u64::MAX });
    for chunk in chunks {
        if let Err(framing) = room.put(chunk) {
            return format!("{framing:?}");
        }
    }
    let screened = room.screen(before);
    let few = screened.in_flight().filter(|_| chunks.len() <= 16);
    let trial = few.and_then(|_| screened.trial().ok());
    let tried = trial.map(|trial| quietly(|| try_out(&trial)));
    let admission = quietly(|| screened.apply());
    if let Some(tried) = tried {
        // What the headers alone refuse is not tried.
        assert!(tried.is_ok() || admission.refusal.is_some(), "tried apart it comes to something else");
    }
    if admission.admitted.is_empty() {
        assert!(admission.document.heads().eq(before.heads()), "nothing was admitted, and it is another");
    }
    is_sound(&admission.document);
    let fault = admission.refusal.map(|refusal| match refusal.fault {
        // Which of the two depends on whether the program was built to notice overflow.
        Fault::Panicked | Fault::NotCanonical => "Panicked or NotCanonical".into(),
        fault => format!("{fault:?}"),
    });
    match (fault, admission.admitted.len()) {
        (None, 0) => "waits".into(),
        (None, admitted) => format!("admitted {admitted}"),
        (Some(fault), 0) => fault,
        (Some(fault), admitted) => format!("{fault} after {admitted}"),
    }
}

/// What was admitted can be made again from its log, and be written on; what is written passes the gate.
fn is_sound(document: &Document) {
    // A document near its limits takes long, and takes nothing more.
    if document.wants_generation() {
        return;
    }
    let log: Vec<_> = document.changes().cloned().collect();
    let mut again = Document::rebuild(document.base(), log).expect("what was admitted can be loaded");
    assert_eq!(again.read(), document.read());
    let mine = write(&mut again, 77);
    let mut room = Room::default();
    room.expect(SignedHead { hash: mine.hash(), count: u64::MAX, bytes: u64::MAX });
    room.put(mine.bytes()).expect("a change");
    let admission = room.screen(document).apply();
    assert_eq!(admission.refusal, None);
    assert_eq!(admission.document.read(), again.read());
}

/// Without a word of the panics that the gate catches.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let done = work();
    std::panic::set_hook(hook);
    done
}
