//! A file that is not what was written: found, set aside, and saved as far as it can be read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use std::{fs, path::Path};

use closeknit_ids::{ActorId, ChangeHash, StatementId};
use closeknit_store::{ChangeRow, ProfileLock, Scope, Store, StoreError, View, salvage};
use story::*;
use tempfile::TempDir;

const STATEMENTS: usize = 200;
const CHANGES: u64 = 300;

/// A profile with a log of some pages, closed.
fn grown() -> TempDir {
    let mut home = Home::new();
    home.write(|batch| {
        for number in 0..STATEMENTS {
            let (id, bytes) = statement(&format!("statement {number}"));
            batch.add_statement(MILLRACE, id, &bytes)?;
        }
        for seq in 1..=CHANGES {
            let change = change(1, seq);
            batch.add_change(MILLRACE, ALICES, 0, &change)?;
            batch.put_tip(MILLRACE, &tip(ALICES, LAPTOP, change.hash))?;
        }
        batch.replace_records(MILLRACE, ALICE, &[record("need", 1, "a lift")])?;
        batch.set(Scope::Profile, "words", b"twenty-four")
    });
    home.directory
}

fn database(directory: &Path) -> std::path::PathBuf {
    directory.join("closeknit.db")
}

/// Which page of the file, counted from 0, is a leaf in the middle of the changes.
fn leaf_of_changes(directory: &Path) -> usize {
    let conn = rusqlite::Connection::open(database(directory)).unwrap();
    conn.pragma_update(None, "key", &**key().pragma()).unwrap();
    let leaves = "SELECT pageno - 1 FROM dbstat WHERE name = 'change' AND pagetype = 'leaf' ORDER BY path";
    let mut leaves = conn.prepare(leaves).unwrap();
    let leaves: Vec<u32> = leaves.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    leaves[leaves.len() / 2] as usize
}

fn open(directory: &Path) -> Result<Store, StoreError> {
    Store::open(&ProfileLock::take(directory).unwrap(), &key())
}

fn refused_as_damaged(directory: &Path) {
    match open(directory) {
        Err(StoreError::Damaged(_)) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_zeroed_page_is_found_and_the_rest_is_saved() {
    let directory = grown();
    let place = leaf_of_changes(directory.path()) * 4096;
    let mut bytes = fs::read(database(directory.path())).unwrap();
    bytes[place..place + 4096].fill(0);
    fs::write(database(directory.path()), &bytes).unwrap();
    refused_as_damaged(directory.path());
    assert_eq!(fs::read(database(directory.path())).unwrap(), bytes, "it is left as it is");

    let lock = ProfileLock::take(directory.path()).unwrap();
    let found = salvage(&lock, &key()).unwrap();
    assert_eq!(fs::read(&found.set_aside).unwrap(), bytes, "set aside, not changed");
    assert!(lock.kept().unwrap().contains(&found.set_aside));
    assert!(!found.complete);
    assert_eq!(found.statements, STATEMENTS as u64);
    assert_eq!(found.tips, CHANGES);
    assert!((CHANGES - 30..CHANGES).contains(&found.changes), "{found:?}");

    let store = Store::open(&lock, &key()).unwrap();
    store.check().unwrap();
    let view = store.view();
    assert_eq!(view.circles().unwrap(), [circle(MILLRACE, "Millrace")]);
    assert_eq!(view.statements(MILLRACE).unwrap().len(), STATEMENTS);
    let changes = view.changes(MILLRACE, ALICES, 0).unwrap();
    assert!(changes.iter().is_sorted_by_key(|change| change.seq), "the order is kept");
    assert!(changes.iter().all(|row| *row == change(1, row.seq)));
    assert_eq!(changes.last().map(|change| change.seq), Some(CHANGES), "also what lay behind the page");
    assert_eq!(view.setting(Scope::Profile, "words").unwrap().as_deref(), Some(&b"twenty-four"[..]));
    assert_eq!(view.records(MILLRACE).unwrap(), [], "records are rebuilt, not saved");
}

#[test]
fn an_altered_version_is_damage_and_not_a_newer_version() {
    let directory = grown();
    let mut bytes = fs::read(database(directory.path())).unwrap();
    // The block of the first page in which the version stands.
    bytes[60] ^= 1;
    fs::write(database(directory.path()), &bytes).unwrap();
    refused_as_damaged(directory.path());
    let lock = ProfileLock::take(directory.path()).unwrap();
    let found = salvage(&lock, &key()).unwrap();
    // What is in the same block says how everything else is to be read, and what it says by now is chance:
    // nothing may be readable any more, or all.
    assert!(found.set_aside.exists());
    assert!(!found.complete || found.statements == STATEMENTS as u64, "{found:?}");
    Store::open(&lock, &key()).unwrap().check().unwrap();
}

#[test]
fn files_that_are_no_database_of_ours_are_damage() {
    type Spoil = fn(&Path);
    let spoils: [(&str, Spoil); 5] = [
        ("emptied", |path| fs::write(path, b"").unwrap()),
        ("text", |path| fs::write(path, b"not a database at all, but some text").unwrap()),
        ("cut in half", |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("another app's", |path| {
            fs::remove_file(path).unwrap();
            let other = rusqlite::Connection::open(path).unwrap();
            other.execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
        }),
        ("gone, its journal left", |path| {
            fs::rename(path, path.with_file_name("closeknit.db-wal")).unwrap();
        }),
    ];
    for (what, spoil) in spoils {
        let directory = grown();
        spoil(&database(directory.path()));
        refused_as_damaged(directory.path());
        let lock = ProfileLock::take(directory.path()).unwrap();
        let found = salvage(&lock, &key()).unwrap();
        assert!(!found.complete, "{what}");
        assert!(!lock.kept().unwrap().is_empty(), "{what}: set aside");
        let mut store = Store::open(&lock, &key()).unwrap();
        write(&mut store, |batch| batch.put_circle(&circle(ORCHARD, "Orchard")));
    }
}

#[test]
fn an_interrupted_salvage_goes_on_where_it_stopped() {
    let directory = grown();
    let path = database(directory.path());
    let aside = directory.path().join("closeknit.db.damaged-1");

    // Stopped after setting aside: nothing may be begun anew in silence.
    fs::rename(&path, &aside).unwrap();
    refused_as_damaged(directory.path());
    // Also between the two renames: the journal belongs to the same damaged file.
    fs::write(directory.path().join("closeknit.db-wal"), b"a journal").unwrap();
    refused_as_damaged(directory.path());

    let lock = ProfileLock::take(directory.path()).unwrap();
    fs::write(directory.path().join("closeknit.db.new"), b"half a database").unwrap();
    let found = salvage(&lock, &key()).unwrap();
    assert_eq!(found.set_aside, aside);
    assert!(directory.path().join("closeknit.db.damaged-1-wal").exists());
    assert_eq!((found.statements, found.changes), (STATEMENTS as u64, CHANGES));
    drop(lock);

    // The next damage gets a place of its own.
    fs::write(&path, b"damaged again").unwrap();
    let found = salvage(&ProfileLock::take(directory.path()).unwrap(), &key()).unwrap();
    assert_eq!(found.set_aside, directory.path().join("closeknit.db.damaged-2"));
    assert_eq!((found.statements, found.changes), (0, 0));
}

#[test]
fn what_is_only_in_the_journal_is_saved_too() {
    let mut home = Home::new();
    let (id, bytes) = statement("only in the journal");
    home.write(|batch| batch.add_statement(MILLRACE, id, &bytes));
    let stopped = tempfile::tempdir().unwrap();
    for name in ["closeknit.db", "closeknit.db-wal"] {
        fs::copy(home.directory.path().join(name), stopped.path().join(name)).unwrap();
    }
    let before = fs::read(stopped.path().join("closeknit.db-wal")).unwrap();
    let lock = ProfileLock::take(stopped.path()).unwrap();
    let found = salvage(&lock, &key()).unwrap();
    assert_eq!((found.statements, found.complete), (1, true));
    let journal = stopped.path().join("closeknit.db.damaged-1-wal");
    assert_eq!(fs::read(journal).unwrap(), before, "the journal was read, not changed");
}

#[test]
fn bytes_that_are_not_those_of_their_hash_are_not_saved() {
    let mut home = Home::new();
    let (id, bytes) = statement("true");
    let mut flipped = change(1, 1);
    flipped.bytes[5] ^= 1;
    home.write(|batch| {
        batch.add_statement(MILLRACE, id, &bytes)?;
        batch.add_statement(MILLRACE, StatementId([9; 32]), b"not what its id says")?;
        batch.add_change(MILLRACE, ALICES, 0, &flipped)?;
        batch.add_change(MILLRACE, ALICES, 0, &change(1, 2))
    });
    let Home { directory: _directory, lock, store } = home;
    drop(store);
    let found = salvage(&lock, &key()).unwrap();
    assert_eq!((found.statements, found.changes, found.complete), (1, 1, false));
}

#[test]
fn whoever_reads_at_once_gets_nothing_of_a_damaged_database_wherever_it_lies() {
    let directory = grown();
    let odd = directory.path().join("Rosa's 100% #1? ü&=x");
    fs::create_dir(&odd).unwrap();
    fs::copy(database(directory.path()), database(&odd)).unwrap();
    let read = |directory: &Path| {
        let lock = ProfileLock::take(directory).unwrap();
        let first = |view: View<'_>| view.statements(MILLRACE).map(|all| all.len());
        Store::open_reading(&lock, &key(), first).map(|(_, read)| read.unwrap())
    };
    assert_eq!(read(&odd).unwrap(), STATEMENTS);

    // In a table that nobody reads at once.
    let place = leaf_of_changes(&odd) * 4096;
    let mut bytes = fs::read(database(&odd)).unwrap();
    bytes[place + 100] ^= 1;
    fs::write(database(&odd), &bytes).unwrap();
    assert!(matches!(read(&odd), Err(StoreError::Damaged(_))));
    assert_eq!(fs::read(database(&odd)).unwrap(), bytes, "it is left as it is");
}

#[test]
fn a_change_as_automerge_writes_it_is_saved() {
    let mut alices = automerge::AutoCommit::new();
    automerge::transaction::Transactable::put(&mut alices, automerge::ROOT, "title", "a lift").unwrap();
    let written = alices.get_last_local_change().unwrap();
    let row = ChangeRow {
        hash: ChangeHash(written.hash().0),
        actor: ActorId([1; 16]),
        seq: written.seq(),
        bytes: written.raw_bytes().to_vec(),
    };
    let mut home = Home::new();
    home.write(|batch| batch.add_change(MILLRACE, ALICES, 0, &row));
    let Home { directory: _directory, lock, store } = home;
    drop(store);
    let found = salvage(&lock, &key()).unwrap();
    assert_eq!((found.changes, found.complete), (1, true));
}

#[test]
fn bits_flipped_anywhere_never_end_in_a_panic_or_a_false_log() {
    let directory = grown();
    let whole = fs::read(database(directory.path())).unwrap();
    let (mut found_at_once, mut saved_in_part) = (0, 0);
    for place in (0..whole.len()).step_by(whole.len() / 60) {
        let spoilt = tempfile::tempdir().unwrap();
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (place % 8);
        fs::write(database(spoilt.path()), bytes).unwrap();
        let lock = ProfileLock::take(spoilt.path()).unwrap();
        found_at_once += usize::from(Store::open(&lock, &key()).is_err());
        let found = salvage(&lock, &key()).unwrap();
        saved_in_part += usize::from(!found.complete && found.changes > 0);
        let store = Store::open(&lock, &key()).unwrap();
        for circle in store.view().circles().unwrap() {
            for row in store.view().changes(circle.id, ALICES, 0).unwrap() {
                assert_eq!(row.bytes, change(1, row.seq).bytes, "byte {place}");
            }
        }
    }
    assert!(found_at_once > 0, "some flips break the structure");
    assert!(saved_in_part > 0, "some flips cost a part only");
}
