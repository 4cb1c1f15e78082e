//! A machine that stops at any moment keeps every whole batch before it and no half of one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use std::{fs, path::Path};

use closeknit_store::{Durability, ProfileLock, Scope, Store, StoreError};
use story::*;
use tempfile::TempDir;

/// The files of a profile as they are on the disk now, with `journal` bytes of the journal.
fn copied(from: &Path, journal: impl FnOnce(Vec<u8>) -> Vec<u8>) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    fs::copy(from.join("closeknit.db"), copy.path().join("closeknit.db")).unwrap();
    let bytes = fs::read(from.join("closeknit.db-wal")).unwrap();
    fs::write(copy.path().join("closeknit.db-wal"), journal(bytes)).unwrap();
    copy
}

fn batch_number(batch: u64) -> impl FnOnce(&mut closeknit_store::Batch<'_>) -> Result<(), StoreError> {
    move |store| {
        let (id, bytes) = statement(&format!("statement {batch}"));
        store.add_statement(MILLRACE, id, &bytes)?;
        store.add_change(MILLRACE, ALICES, 0, &change(1, batch))?;
        store.replace_records(MILLRACE, ALICE, &[record("need", 1, &batch.to_string())])?;
        store.set(Scope::Circle(MILLRACE), "batch", &batch.to_be_bytes())
    }
}

/// Opens a copy and says after which batch it stopped; every part has to agree on it.
fn whole_batches(copy: &Path) -> u64 {
    let store = Store::open(&ProfileLock::take(copy).unwrap(), &key()).unwrap();
    let view = store.view();
    let last = view.setting(Scope::Circle(MILLRACE), "batch").unwrap();
    let last = last.map_or(0, |bytes| u64::from_be_bytes(bytes.try_into().unwrap()));
    let expected: Vec<_> = (1..=last).map(|seq| change(1, seq)).collect();
    assert_eq!(view.changes(MILLRACE, ALICES, 0).unwrap(), expected);
    assert_eq!(view.statements(MILLRACE).unwrap().len() as u64, last);
    if last > 0 {
        assert_eq!(view.records(MILLRACE).unwrap()[0].1.body, last.to_string().into_bytes());
    }
    last
}

#[test]
fn a_stop_inside_a_batch_leaves_the_batch_before() {
    let mut home = Home::new();
    home.store.write(Durability::Full, batch_number(1)).unwrap();
    home.store
        .write(Durability::Full, |batch| {
            batch_number(2)(batch)?;
            // More than SQLite keeps in memory, so that parts of the batch are in the file already.
            for seq in 3..12_000 {
                let mut large = change(2, seq);
                large.bytes.resize(2_000, 2);
                batch.add_change(MILLRACE, BOBS, 0, &large)?;
            }
            let stopped = copied(home.directory.path(), |journal| {
                assert!(journal.len() > 100_000, "parts are in the file: {}", journal.len());
                journal
            });
            assert_eq!(whole_batches(stopped.path()), 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let stopped = copied(home.directory.path(), |journal| journal);
    assert_eq!(whole_batches(stopped.path()), 2);
}

#[test]
fn a_journal_cut_or_flipped_anywhere_leaves_whole_batches() {
    let mut home = Home::new();
    home.store.checkpoint().unwrap();
    for batch in 1..=12 {
        home.store.write(Durability::Normal, batch_number(batch)).unwrap();
    }
    let length = fs::metadata(home.directory.path().join("closeknit.db-wal")).unwrap().len() as usize;
    let step = length / 60;

    let mut reached = Vec::new();
    for cut in (0..length).step_by(step).chain([length]) {
        let stopped = copied(home.directory.path(), |mut journal| {
            journal.truncate(cut);
            journal
        });
        reached.push(whole_batches(stopped.path()));
    }
    assert!(reached.is_sorted(), "a longer journal holds no less: {reached:?}");
    assert_eq!((reached[0], reached.last()), (0, Some(&12)));
    reached.dedup();
    assert!(reached.len() > 10, "the cuts met nearly every batch: {reached:?}");

    let mut survived = 0;
    for place in (32..length).step_by(step) {
        let stopped = copied(home.directory.path(), |mut journal| {
            journal[place] ^= 0x10;
            journal
        });
        survived = survived.max(whole_batches(stopped.path()));
    }
    assert!(survived > 9, "a late flip leaves the early batches: {survived}");
}
