//! From a database without a key to one with: nothing in it is lost, and nothing of it stays readable.
//!
//! The sealed copy is written beside it, read back and compared. Then the plain file steps aside, the copy takes
//! its place, and the plain file is overwritten and removed. At each moment one of the two is whole and known by
//! its name, so that a start after a crash finishes or begins again.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek as _, Write as _},
    path::Path,
};

use rusqlite::Connection;

use crate::{
    PageKey, ProfileLock, StoreError,
    key::is_plain,
    open::{check, check_thoroughly, checkpoint, connect_as_it_is, connect_checked, version},
    profile::{clear_unfinished, journal, private_file, publish},
};

/// What was just done; a crash may come after each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Everything is in the plain file, nothing in its journal.
    Gathered,
    Written,
    Compared,
    SteppedAside,
    TookItsPlace,
}

/// Seals the database if it has no key yet, and wipes the plain one.
pub(crate) fn seal(lock: &ProfileLock, key: &PageKey, known: i64) -> Result<(), StoreError> {
    seal_in_steps(lock, key, known, &mut |_| {})
}

fn seal_in_steps(
    lock: &ProfileLock,
    key: &PageKey,
    known: i64,
    after: &mut impl FnMut(Step),
) -> Result<(), StoreError> {
    let (database, plain, sealed) = (lock.database(), lock.plain(), lock.unfinished());
    if plain.exists() {
        go_on(lock, key)?;
    }
    let reading = "reading the database";
    if database.exists() && is_plain(&database).map_err(StoreError::file(reading))? {
        gather(&database, known)?;
        after(Step::Gathered);
        write_sealed(&database, &sealed, key)?;
        after(Step::Written);
        compare(&database, &sealed, key)?;
        after(Step::Compared);
        publish(lock, &database, &plain)?;
        after(Step::SteppedAside);
        publish(lock, &sealed, &database)?;
        after(Step::TookItsPlace);
    }
    if plain.exists() {
        // Copies of even older versions say nothing that the sealed database does not.
        for kept in lock.kept()? {
            let older = kept.file_name().is_some_and(|name| name.to_string_lossy().contains(".before-"));
            if older && is_plain(&kept).map_err(StoreError::file(reading))? {
                wipe(&kept)?;
            }
        }
        wipe(&plain)?;
        lock.sync()?;
    }
    Ok(())
}

/// An earlier start stopped after the plain database stepped aside. If its sealed copy is not there and whole, the
/// plain one goes back to its place, and all begins again.
fn go_on(lock: &ProfileLock, key: &PageKey) -> Result<(), StoreError> {
    let (database, plain) = (lock.database(), lock.plain());
    let untouched = is_plain(&plain).map_err(StoreError::file("reading the plain database"))?;
    if untouched && !(database.exists() && connect_checked(&database, key).is_ok()) {
        publish(lock, &plain, &database)?;
    }
    Ok(())
}

/// Moves everything from the journal into the plain database, and wipes the journal. One that is damaged or too
/// new stays as it is.
fn gather(database: &Path, known: i64) -> Result<(), StoreError> {
    let conn = connect_as_it_is(database, None)?;
    check(&conn)?;
    let found = version(&conn)?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    let gathering = "wiping the journal";
    checkpoint_into(&conn)?;
    let journal = journal(database);
    if journal.exists() {
        overwrite(&mut OpenOptions::new().write(true).open(&journal).map_err(StoreError::file(gathering))?)
            .map_err(StoreError::file(gathering))?;
    }
    checkpoint(&conn)?;
    conn.pragma_update(None, "journal_mode", "DELETE")?;
    conn.close().map_err(|(_, error)| error.into())
}

/// As [`checkpoint`], but what stood in the journal is still there to be overwritten.
fn checkpoint_into(conn: &Connection) -> Result<(), StoreError> {
    conn.pragma_update(None, "synchronous", "FULL")?;
    Ok(conn.query_one("PRAGMA wal_checkpoint(FULL)", [], |_| Ok(()))?)
}

fn write_sealed(database: &Path, sealed: &Path, key: &PageKey) -> Result<(), StoreError> {
    clear_unfinished(sealed)?;
    private_file().open(sealed).map_err(StoreError::file("creating the sealed database"))?;
    let conn = connect_as_it_is(database, None)?;
    conn.pragma_update(None, "foreign_keys", false)?;
    let path = sealed.to_str().ok_or_else(|| {
        StoreError::file("creating the sealed database")(io::ErrorKind::InvalidFilename.into())
    })?;
    conn.execute("ATTACH ?1 AS sealed KEY ?2", (path, &**key.pragma()))?;
    conn.query_one("SELECT sqlcipher_export('sealed')", [], |_| Ok(()))?;
    for name in ["application_id", "user_version"] {
        let value: i64 = conn.query_one(&format!("PRAGMA main.{name}"), [], |row| row.get(0))?;
        conn.pragma_update(Some("sealed"), name, value)?;
    }
    conn.execute("DETACH sealed", [])?;
    conn.close().map_err(|(_, error)| error.into())
}

/// Reads the sealed database back, row by row beside the plain one.
fn compare(database: &Path, sealed: &Path, key: &PageKey) -> Result<(), StoreError> {
    let (plain, sealed) = (connect_as_it_is(database, None)?, connect_as_it_is(sealed, Some(key))?);
    check(&sealed)?;
    check_thoroughly(&sealed)?;
    let schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    let mut same = version(&plain)? == version(&sealed)? && same_rows(&plain, &sealed, schema)?;
    let tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')
                  AND name <> 'sqlite_schema'";
    let mut tables = plain.prepare(tables)?;
    let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for table in tables {
        same &= same_rows(&plain, &sealed, &format!("SELECT * FROM \"{table}\""))?;
    }
    if !same {
        return Err(StoreError::Damaged("the sealed copy of the database differs".into()));
    }
    Ok(())
}

fn same_rows(one: &Connection, other: &Connection, sql: &str) -> Result<bool, StoreError> {
    let (mut one, mut other) = (one.prepare(sql)?, other.prepare(sql)?);
    let columns = one.column_count();
    let (mut one, mut other) = (one.query([])?, other.query([])?);
    loop {
        match (one.next()?, other.next()?) {
            (None, None) => return Ok(true),
            (Some(one), Some(other)) => {
                for column in 0..columns {
                    if one.get_ref(column)? != other.get_ref(column)? {
                        return Ok(false);
                    }
                }
            }
            _ => return Ok(false),
        }
    }
}

/// Overwrites a file where it lies, and removes it. What the disk or the file system keep of it elsewhere is out
/// of reach.
fn wipe(path: &Path) -> Result<(), StoreError> {
    let wiped = OpenOptions::new().write(true).open(path).and_then(|mut file| overwrite(&mut file));
    wiped.and_then(|()| fs::remove_file(path)).map_err(StoreError::file("wiping the plain database"))
}

fn overwrite(file: &mut File) -> io::Result<()> {
    let mut left = file.metadata()?.len();
    file.rewind()?;
    let zeros = vec![0; 64 * 1024];
    while left > 0 {
        let now = zeros.get(..usize::try_from(left).unwrap_or(usize::MAX)).unwrap_or(&zeros);
        file.write_all(now)?;
        left = left.saturating_sub(now.len() as u64);
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use closeknit_ids::{CircleId, DocId};
    use tempfile::TempDir;

    use super::*;
    use crate::{Scope, Store, open::MIGRATIONS};

    const FIXTURE: &[u8] = include_bytes!("../tests/fixtures/version-1.db");
    const IN_IT: [&[u8]; 4] = [b"Millrace", b"a statement", b"a change", b"a need"];

    fn key() -> PageKey {
        PageKey::new([7; 32])
    }

    /// A profile of version 1, with a value that stands in the journal only.
    fn before() -> (TempDir, ProfileLock) {
        let directory = tempfile::tempdir().unwrap();
        let lock = ProfileLock::take(directory.path()).unwrap();
        fs::write(lock.database(), FIXTURE).unwrap();
        let stopped = tempfile::tempdir().unwrap();
        let conn = connect_as_it_is(&lock.database(), None).unwrap();
        conn.pragma_update(None, "journal_mode", "WAL").unwrap();
        let late = "INSERT INTO setting (circle, key, value) VALUES (NULL, 'late', x'6c617465')";
        conn.execute(late, []).unwrap();
        copy_all(directory.path(), stopped.path());
        assert!(journal(&stopped.path().join("closeknit.db")).exists());
        let lock = ProfileLock::take(stopped.path()).unwrap();
        (stopped, lock)
    }

    fn copy_all(from: &Path, to: &Path) {
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }

    fn holds_everything(store: &Store) {
        let (millrace, view) = (CircleId([1; 32]), store.view());
        assert_eq!(view.circles().unwrap()[0].name, "Millrace");
        assert_eq!(view.statements(millrace).unwrap()[0].bytes, b"a statement");
        assert_eq!(view.changes(millrace, DocId([2; 32]), 0).unwrap()[0].bytes, b"a change");
        assert_eq!(view.records(millrace).unwrap()[0].1.body, b"a need");
        assert_eq!(view.setting(Scope::Profile, "late").unwrap().as_deref(), Some(&b"late"[..]));
        store.check().unwrap();
    }

    /// Opens what a crash left: everything is there, and nothing can be read without the key.
    fn opens_sealed(directory: &Path, what: &str) {
        let lock = ProfileLock::take(directory).unwrap();
        let store = Store::open(&lock, &key()).unwrap_or_else(|error| panic!("{what}: {error}"));
        holds_everything(&store);
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            for piece in IN_IT.iter().chain([&PLAIN_HEADER]) {
                let found = bytes.windows(piece.len()).any(|window| window == *piece);
                assert!(
                    !found,
                    "{what}: {} is readable in {}",
                    String::from_utf8_lossy(piece),
                    path.display()
                );
            }
        }
        assert!(!lock.plain().exists() && !lock.before(0).exists(), "{what}");
    }

    const PLAIN_HEADER: &[u8] = b"SQLite format 3";

    #[test]
    fn a_plain_database_is_sealed_and_wiped_wherever_a_start_stops() {
        let (_directory, lock) = before();
        // From the version before, as an update to version 1 would have kept it.
        fs::write(lock.before(0), FIXTURE).unwrap();
        let mut stops: Vec<(String, TempDir)> = Vec::new();
        let mut stop = |what: String, spoil: &dyn Fn(&Path)| {
            let stopped = tempfile::tempdir().unwrap();
            copy_all(lock.directory(), stopped.path());
            spoil(stopped.path());
            stops.push((what, stopped));
        };
        let half = |name: &'static str| {
            move |directory: &Path| {
                let bytes = fs::read(directory.join(name)).unwrap();
                fs::write(directory.join(name), &bytes[..bytes.len() / 2]).unwrap();
            }
        };
        stop("at the beginning".into(), &|_| ());
        seal_in_steps(&lock, &key(), MIGRATIONS.len() as i64, &mut |step| {
            stop(format!("after {step:?}"), &|_| ());
            match step {
                Step::Written => stop("amid writing".into(), &half("closeknit.db.new")),
                Step::TookItsPlace => {
                    stop("amid wiping".into(), &|directory| {
                        let mut bytes = fs::read(directory.join("closeknit.db.plain")).unwrap();
                        bytes[..5000].fill(0);
                        fs::write(directory.join("closeknit.db.plain"), bytes).unwrap();
                    });
                    stop("and the disk lost half of the sealed one".into(), &half("closeknit.db"));
                }
                _ => {}
            }
        })
        .unwrap();
        stop("at the end".into(), &|_| ());
        assert_eq!(stops.len(), 10);
        for (what, stopped) in &stops {
            opens_sealed(stopped.path(), what);
        }
    }

    #[test]
    fn a_plain_database_that_is_damaged_or_too_new_stays_as_it_is() {
        let (_directory, lock) = before();
        for spoil in [|bytes: &mut Vec<u8>| bytes[4096..8192].fill(0), |bytes: &mut Vec<u8>| bytes[63] = 99] {
            let mut bytes = fs::read(lock.database()).unwrap();
            spoil(&mut bytes);
            fs::remove_file(journal(&lock.database())).ok();
            fs::write(lock.database(), &bytes).unwrap();
            let refused = Store::open(&lock, &key());
            assert!(
                matches!(refused, Err(StoreError::Damaged(_) | StoreError::Newer { found: 99, .. })),
                "{refused:?}"
            );
            assert_eq!(fs::read(lock.database()).unwrap(), bytes);
            fs::write(lock.database(), FIXTURE).unwrap();
        }
    }

    #[test]
    fn another_key_is_not_damage_and_costs_nothing() {
        let (_directory, lock) = before();
        holds_everything(&Store::open(&lock, &key()).unwrap());
        let sealed = fs::read(lock.database()).unwrap();
        let other = PageKey::new([8; 32]);
        let refused = Store::open(&lock, &other);
        assert!(matches!(refused, Err(StoreError::OtherKey)), "{refused:?}");
        let refused = crate::salvage(&lock, &other);
        assert!(matches!(refused, Err(StoreError::OtherKey)), "{refused:?}");
        assert_eq!(fs::read(lock.database()).unwrap(), sealed);
        holds_everything(&Store::open(&lock, &key()).unwrap());
    }
}
