//! Records for chosen people: what others hold, and what those who opened it read.

use std::collections::BTreeSet;

use closeknit_domain::{Audience, Chosen, Kind, Locked, Post, Record, Sealed, text::Title};
use closeknit_ids::MemberId;
use closeknit_replica::{Act, Document, locked};

use crate::support::*;

const ALICE: MemberId = MemberId([1; 32]);
const BOB: MemberId = MemberId([2; 32]);

fn for_bob() -> Record {
    let audience = Audience::Chosen(Chosen::new(BTreeSet::from([BOB])).unwrap());
    Record::Post(Post { audience, ..need("Someone to listen") })
}

#[test]
fn what_is_sealed_is_whole_and_only_its_authors() {
    let content = locked::content(ALICE, record_id(1), &for_bob());
    assert_eq!(content.len() % 256, 0, "its length tells little");
    let read = |author, id, kind| locked::record_in(&content, author, id, kind);
    assert_eq!(read(ALICE, record_id(1), Kind::Need), Some(for_bob()));
    assert_eq!(read(BOB, record_id(1), Kind::Need), None, "bob copied it into his own document");
    assert_eq!(read(ALICE, record_id(2), Kind::Need), None);
    assert_eq!(read(ALICE, record_id(1), Kind::Commitment), None);
    for cut in 0..200 {
        assert_eq!(locked::record_in(&content[..cut], ALICE, record_id(1), Kind::Need), None);
    }
    let twice =
        Record::Locked(Locked { kind: Kind::Need, until: None, sealed: Sealed::new(vec![1]).unwrap() });
    let content = locked::content(ALICE, record_id(1), &twice);
    assert_eq!(locked::record_in(&content, ALICE, record_id(1), Kind::Need), None, "nothing is sealed twice");
}

#[test]
fn an_edit_of_what_its_owner_opened_replaces_what_stands_in_the_document() {
    let sealed = |record: &Record| {
        let content = locked::content(ALICE, record_id(1), record);
        Record::Locked(Locked { kind: Kind::Need, until: None, sealed: Sealed::new(content).unwrap() })
    };
    let mut alice = Document::found();
    let stands = sealed(&for_bob());
    alice.write(actor(1), NOW, &[Act::add(record_id(1), stands.clone())]).unwrap().unwrap();
    assert_eq!(alice.read().records[&record_id(1)], stands);

    let Record::Post(post) = for_bob() else { panic!("a post") };
    let to = Record::Post(Post { title: Title::new("Someone to walk with").unwrap(), ..post });
    let act = Act::edit(record_id(1), for_bob(), to.clone());
    let act = act.as_written(|_| Some(stands.clone()), |_, record| Ok::<_, ()>(sealed(&record))).unwrap();
    assert_eq!(act.edited(), Some(record_id(1)));
    alice.write(actor(1), NOW, &[act]).unwrap().unwrap();
    assert_eq!(alice.read().records[&record_id(1)], sealed(&to));
    assert_eq!(alice.read().skipped, 0);

    let act = Act::remove(record_id(1), to);
    let act = act.as_written(|_| Some(stands.clone()), |_, record| Ok::<_, ()>(record)).unwrap();
    alice.write(actor(1), NOW, &[act]).unwrap().unwrap();
    assert!(alice.read().records.is_empty());
}
