//! From a file to a connection that can be trusted: creating, checking, migrating.

use std::{
    fs::{self, File},
    io::Read,
    panic::resume_unwind,
    path::Path,
    sync::Once,
    thread,
};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};
use sha2::{Digest, Sha256};

use crate::{
    PageKey, ProfileLock, StoreError, View,
    profile::{clear_unfinished, journal, private_file, publish},
    sealing::seal,
};

/// One entry takes the database from the version of its index to the next.
pub(crate) const MIGRATIONS: &[&str] =
    &[include_str!("schema.sql"), include_str!("search.sql"), include_str!("words.sql")];

/// "ClKn": tells `file` and us whose database this is.
const APPLICATION: i32 = 0x436c_4b6e;

/// What `first` reads of a database that is opened. On the same connection these are looked through, whose pages
/// are in memory then; everything else by another processor meanwhile.
const READ_FIRST: [&str; 3] = ["record", "statement", "tip"];

/// Opens the profile's database, creates it if there is none, seals one that has no key yet, brings it to the
/// newest version, and has `first` read. What that gave is given away only if all tables are whole.
pub(crate) fn open<T>(
    lock: &ProfileLock,
    key: &PageKey,
    migrations: &[&str],
    first: impl FnOnce(View<'_>) -> T,
) -> Result<(Connection, T), StoreError> {
    let path = lock.database();
    seal(lock, key, newest(migrations))?;
    if lock.lost_database()? {
        return Err(StoreError::Damaged("the database is gone, but not all of its traces".into()));
    }
    if !path.exists() {
        create(lock, key, migrations, |_| Ok(()))?;
    }
    let known = newest(migrations);
    let damaged_or_not_ours = |error| match error {
        StoreError::Damaged(reason) => match key.may_have_written(&path) {
            Ok(true) => StoreError::Damaged(reason),
            Ok(false) => StoreError::OtherKey,
            Err(error) => StoreError::file("reading the database")(error),
        },
        error => error,
    };
    let looked_through = || {
        let closed_in_order = fs::metadata(journal(&path)).map_or(true, |journal| journal.len() == 0);
        let conn = connect(&path, key)?;
        if closed_in_order && version(&conn)? == known {
            let read = check_beside(&conn, (&path, key), first)?;
            return Ok((conn, Ok(read)));
        }
        check(&conn)?;
        Ok((conn, Err(first)))
    };
    let (mut conn, read) = looked_through().map_err(damaged_or_not_ours)?;
    let version = version(&conn)?;
    if version > known {
        return Err(StoreError::Newer { found: version, known });
    }
    if version < known {
        conn = keep_copy(lock, key, conn, version)?;
        migrate(&mut conn, migrations)?;
    }
    conn.pragma_update(None, "foreign_keys", true)?;
    let read = read.unwrap_or_else(|first| first(View { conn: &conn }));
    Ok((conn, read))
}

/// Looks through all tables on two processors while the caller reads. The file must hold all there is: the second
/// connection takes no locks, sees no journal, and changes nothing.
fn check_beside<T>(
    conn: &Connection,
    (path, key): (&Path, &PageKey),
    first: impl FnOnce(View<'_>) -> T,
) -> Result<T, StoreError> {
    check_whose(conn)?;
    let Some(file) = as_uri(path) else {
        check(conn)?;
        return Ok(first(View { conn }));
    };
    let (own, others): (Vec<String>, _) =
        tables(conn)?.into_iter().partition(|table| READ_FIRST.contains(&table.as_str()));
    thread::scope(|scope| {
        let beside = scope.spawn(move || {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_URI
                | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let beside = prepared(opened(file, flags)?, Some(key))?;
            check_tables(&beside, &others)
        });
        let read = first(View { conn });
        let whole = check_tables(conn, &own);
        beside.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        whole.map(|()| read)
    })
}

/// A file that nobody changes while it is open.
fn as_uri(path: &Path) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let path = fs::canonicalize(path).ok()?;
    let path: String = path.to_str()?.bytes().map(encode).collect();
    path.starts_with('/').then(|| format!("file://{path}?immutable=1"))
}

/// A connection to a database that was looked through.
pub(crate) fn connect_checked(path: &Path, key: &PageKey) -> Result<Connection, StoreError> {
    let conn = connect(path, key)?;
    check(&conn)?;
    Ok(conn)
}

/// Builds a whole new database beside its place, lets `fill` write into it, and only then gives it
/// its name: a crash leaves either none or all of it, so an empty file is always damage.
pub(crate) fn create<T>(
    lock: &ProfileLock,
    key: &PageKey,
    migrations: &[&str],
    fill: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let unfinished = lock.unfinished();
    clear_unfinished(&unfinished)?;
    private_file().open(&unfinished).map_err(StoreError::file("creating the database"))?;
    let mut conn = connect(&unfinished, key)?;
    conn.pragma_update(None, "application_id", APPLICATION)?;
    migrate(&mut conn, migrations)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    let filled = fill(&mut conn)?;
    checkpoint(&conn)?;
    conn.close().map_err(|(_, error)| error)?;
    publish(lock, &unfinished, &lock.database())?;
    Ok(filled)
}

/// A connection as this crate wants it; `foreign_keys` stays off until migrations are done.
fn connect(path: &Path, key: &PageKey) -> Result<Connection, StoreError> {
    let conn = connect_as_it_is(path, Some(key))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    // What is deleted is overwritten.
    conn.pragma_update(None, "secure_delete", true)?;
    conn.pragma_update(None, "foreign_keys", false)?;
    // A page is decrypted when it is read: what a start has looked through is not read once more (16 MiB).
    conn.pragma_update(None, "cache_size", -16 * 1024)?;
    conn.set_prepared_statement_cache_capacity(64);
    // Otherwise a statement is compiled anew whenever other values are bound to it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(conn)
}

/// A connection to a damaged file, that changes neither it nor its journal. (SQLite cannot read a
/// journal through a file opened for reading only.)
pub(crate) fn connect_to_damaged(path: &Path, key: Option<&PageKey>) -> Result<Connection, StoreError> {
    let conn = connect_as_it_is(path, key)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

pub(crate) fn connect_as_it_is(path: &Path, key: Option<&PageKey>) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepared(opened(path, flags)?, key)
}

/// SQLite says that it is set up before SQLCipher is, which then refuses keys: whoever is the first of a process to open
/// anything does so alone.
fn opened(file: impl AsRef<Path>, flags: OpenFlags) -> Result<Connection, StoreError> {
    static FIRST: Once = Once::new();
    FIRST.call_once(|| drop(Connection::open_in_memory()));
    Ok(Connection::open_with_flags(file, flags)?)
}

fn prepared(conn: Connection, key: Option<&PageKey>) -> Result<Connection, StoreError> {
    // What is wrong is returned; SQLCipher would also write it to standard error.
    conn.pragma_update(None, "cipher_log_level", "NONE")?;
    if let Some(key) = key {
        // Before anything is read. What SQLite says of it could repeat it, and is not passed on.
        conn.pragma_update(None, "key", &**key.pragma()).map_err(|_| StoreError::OtherKey)?;
    }
    // One process, one connection: no shared memory file, hence no bus error on a full disk either.
    conn.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    // Nothing in the file is believed before it was looked at.
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    Ok(conn)
}

pub(crate) fn check(conn: &Connection) -> Result<(), StoreError> {
    check_whose(conn)?;
    check_tables(conn, &tables(conn)?)
}

fn check_whose(conn: &Connection) -> Result<(), StoreError> {
    let application: i32 = conn.query_one("PRAGMA application_id", [], |row| row.get(0))?;
    if application != APPLICATION {
        return Err(StoreError::Damaged("the file is not a Closeknit database".into()));
    }
    Ok(())
}

fn tables(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let mut tables =
        conn.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'virtual'")?;
    Ok(tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Table by table: as a whole it would go through the search index as well, which takes longer than all else
/// at a start. What is wrong in there `Store::mend_search` finds.
fn check_tables(conn: &Connection, tables: &[String]) -> Result<(), StoreError> {
    let mut check = conn.prepare("SELECT quick_check FROM pragma_quick_check(?1) LIMIT 1")?;
    for table in tables {
        let found: String = check.query_one([table], |row| row.get(0))?;
        if found != "ok" {
            return Err(StoreError::Damaged(found));
        }
    }
    Ok(())
}

/// The longer check of `doctor`: also that every index agrees with its table, and every reference
/// with what it names.
pub(crate) fn check_thoroughly(conn: &Connection) -> Result<(), StoreError> {
    let found: String = conn.query_one("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(StoreError::Damaged(found));
    }
    check_references(conn)
}

pub(crate) fn check_references(conn: &Connection) -> Result<(), StoreError> {
    if conn.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(StoreError::Damaged("a row refers to one that is not there".into()));
    }
    Ok(())
}

pub(crate) fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.query_one("PRAGMA user_version", [], |row| row.get(0))?)
}

pub(crate) fn newest(migrations: &[&str]) -> i64 {
    i64::try_from(migrations.len()).unwrap_or(i64::MAX)
}

/// All missing steps in one transaction, so that no crash leaves a version in between.
fn migrate(conn: &mut Connection, migrations: &[&str]) -> Result<(), StoreError> {
    let done = usize::try_from(version(conn)?).unwrap_or(0);
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in migrations.iter().skip(done) {
        tx.execute_batch(step)?;
    }
    check_references(&tx)?;
    tx.pragma_update(None, "user_version", newest(migrations))?;
    Ok(tx.commit()?)
}

/// A copy of the database as it was, read back before anything is changed. The connection is closed
/// meanwhile, so that the file alone holds everything.
fn keep_copy(
    lock: &ProfileLock,
    key: &PageKey,
    conn: Connection,
    version: i64,
) -> Result<Connection, StoreError> {
    checkpoint(&conn)?;
    conn.close().map_err(|(_, error)| error)?;
    let (original, unfinished) = (lock.database(), lock.unfinished());
    clear_unfinished(&unfinished)?;
    fs::copy(&original, &unfinished).map_err(StoreError::file("keeping a copy before a migration"))?;
    if fingerprint(&original)? != fingerprint(&unfinished)? {
        return Err(StoreError::Damaged("the copy kept before a migration differs".into()));
    }
    publish(lock, &unfinished, &lock.before(version))?;
    connect(&original, key)
}

fn fingerprint(path: &Path) -> Result<[u8; 32], StoreError> {
    let reading = "reading a copy back";
    let mut file = File::open(path).map_err(StoreError::file(reading))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(StoreError::file(reading))?;
        let Some(read) = buffer.get(..read).filter(|read| !read.is_empty()) else {
            return Ok(hash.finalize().into());
        };
        hash.update(read);
    }
}

/// Moves everything from the journal into the database and empties the journal.
pub(crate) fn checkpoint(conn: &Connection) -> Result<(), StoreError> {
    Ok(conn.query_one("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

#[cfg(test)]
mod tests {
    use closeknit_ids::{CircleId, DocId};
    use tempfile::TempDir;

    use super::*;
    use crate::{Durability, Scope, Store};

    /// What may come one day: the next version as these tests imagine it.
    const MOTTO: &str = "ALTER TABLE circle ADD COLUMN motto TEXT NOT NULL DEFAULT 'mutual'";

    /// Today's steps, and more.
    fn and_then<'a>(more: &[&'a str]) -> Vec<&'a str> {
        [MIGRATIONS, more].concat()
    }

    const FIXTURE: &[u8] = include_bytes!("../tests/fixtures/version-1.db");

    fn key() -> PageKey {
        PageKey::new([7; 32])
    }

    /// A profile that version 1 left behind.
    fn version_1() -> (TempDir, ProfileLock) {
        let directory = tempfile::tempdir().unwrap();
        let lock = ProfileLock::take(directory.path()).unwrap();
        fs::write(lock.database(), FIXTURE).unwrap();
        (directory, lock)
    }

    fn holds_everything(store: &Store) {
        let (millrace, view) = (CircleId([1; 32]), store.view());
        assert_eq!(view.circles().unwrap()[0].name, "Millrace");
        assert_eq!(view.statements(millrace).unwrap()[0].bytes, b"a statement");
        assert_eq!(view.changes(millrace, DocId([2; 32]), 0).unwrap()[0].bytes, b"a change");
        assert!(view.tips(millrace).unwrap()[0].held);
        assert_eq!(view.records(millrace).unwrap()[0].1.body, b"a need");
        assert_eq!(view.setting(Scope::Profile, "key").unwrap().as_deref(), Some(&b"a value"[..]));
        store.check().unwrap();
    }

    fn schema(conn: &Connection) -> Vec<(String, String)> {
        let mut query =
            conn.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn version_1_is_what_was_released() {
        let (_directory, lock) = version_1();
        let released = Connection::open(lock.database()).unwrap();
        let today = Connection::open_in_memory().unwrap();
        today.execute_batch(MIGRATIONS[0]).unwrap();
        assert_eq!(schema(&released), schema(&today), "a released step is never changed: add another");
    }

    #[test]
    fn a_database_of_version_1_opens_with_all_it_holds() {
        let (_directory, lock) = version_1();
        holds_everything(&Store::open(&lock, &key()).unwrap());
    }

    #[test]
    fn an_older_version_is_copied_then_migrated() {
        let (_directory, lock) = version_1();
        let migrations = and_then(&[MOTTO]);
        for _ in 0..2 {
            let store = Store::open_with(&lock, &key(), &migrations).unwrap();
            holds_everything(&store);
            let motto: String =
                store.view().one("SELECT motto FROM circle", [], |row| row.get(0)).unwrap().unwrap();
            assert_eq!(motto, "mutual");
            assert_eq!(lock.kept().unwrap(), [lock.before(1)], "one copy, of the first time");
        }
        let before = connect_as_it_is(&lock.before(1), Some(&key())).unwrap();
        assert_eq!(version(&before).unwrap(), 1);
        assert!(before.query_one("SELECT motto FROM circle", [], |_| Ok(())).is_err(), "as it was");
        assert!(!lock.unfinished().exists());
    }

    #[test]
    fn what_stands_in_the_journal_only_is_in_the_copy_too() {
        let (_directory, lock) = version_1();
        let mut store = Store::open_with(&lock, &key(), &MIGRATIONS[..1]).unwrap();
        store.write(Durability::Normal, |batch| batch.set(Scope::Profile, "late", b"value")).unwrap();
        let stopped = tempfile::tempdir().unwrap();
        for name in ["closeknit.db", "closeknit.db-wal"] {
            fs::copy(lock.directory().join(name), stopped.path().join(name)).unwrap();
        }
        let lock = ProfileLock::take(stopped.path()).unwrap();
        drop(Store::open_with(&lock, &key(), &and_then(&[MOTTO])).unwrap());
        let copy = connect_as_it_is(&lock.before(1), Some(&key())).unwrap();
        let late: i64 =
            copy.query_one("SELECT count(*) FROM setting WHERE key = 'late'", [], |row| row.get(0)).unwrap();
        assert_eq!(late, 1);
    }

    #[test]
    fn a_step_that_fails_leaves_the_older_version() {
        let broken = "DELETE FROM statement; CREATE TABLE nonsense (";
        let dangling = "DROP TABLE circle; CREATE TABLE circle (id BLOB PRIMARY KEY) STRICT";
        for step in [broken, dangling] {
            let (_directory, lock) = version_1();
            assert!(Store::open_with(&lock, &key(), &and_then(&[MOTTO, step])).is_err());
            holds_everything(&Store::open(&lock, &key()).unwrap());
        }
    }

    #[test]
    fn a_newer_version_is_refused_and_left_as_it_is() {
        let (_directory, lock) = version_1();
        drop(Store::open_with(&lock, &key(), &and_then(&[MOTTO])).unwrap());
        let newer = fs::read(lock.database()).unwrap();
        let refused = Store::open(&lock, &key());
        assert!(matches!(refused, Err(StoreError::Newer { found: 4, known: 3 })), "{refused:?}");
        assert_eq!(fs::read(lock.database()).unwrap(), newer);
    }

    #[test]
    fn a_damaged_database_is_saved_in_its_own_version() {
        let (_directory, lock) = version_1();
        let salvaged = crate::salvage::salvage_with(&lock, &key(), &and_then(&[MOTTO])).unwrap();
        assert_eq!(salvaged.tips, 1);
        let store = Store::open_with(&lock, &key(), &and_then(&[MOTTO])).unwrap();
        assert_eq!(store.view().circles().unwrap()[0].name, "Millrace");
        let motto: Option<String> =
            store.view().one("SELECT motto FROM circle", [], |row| row.get(0)).unwrap();
        assert_eq!(motto.as_deref(), Some("mutual"));
        drop(store);

        let refused = crate::salvage(&lock, &key());
        assert!(matches!(refused, Err(StoreError::Newer { found: 4, known: 3 })), "{refused:?}");
        assert!(
            matches!(Store::open(&lock, &key()), Err(StoreError::Damaged(_))),
            "not begun anew in silence"
        );
        crate::salvage::salvage_with(&lock, &key(), &and_then(&[MOTTO])).unwrap();
        drop(Store::open_with(&lock, &key(), &and_then(&[MOTTO])).unwrap());
    }

    #[test]
    fn a_first_start_that_was_interrupted_is_begun_again() {
        let directory = tempfile::tempdir().unwrap();
        let lock = ProfileLock::take(directory.path()).unwrap();
        fs::write(lock.unfinished(), b"half a database").unwrap();
        let store = Store::open(&lock, &key()).unwrap();
        assert_eq!(store.view().circles().unwrap(), []);
        assert!(!lock.unfinished().exists());
    }
}
