//! From a file to a connection that can be trusted: creating, checking, migrating.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use sha2::{Digest, Sha256};

use crate::{
    ProfileLock, StoreError,
    profile::{clear_unfinished, private_file, publish},
};

/// One entry takes the database from the version of its index to the next.
pub(crate) const MIGRATIONS: &[&str] = &[include_str!("schema.sql")];

/// "ClKn": tells `file` and us whose database this is.
const APPLICATION: i32 = 0x436c_4b6e;

/// Opens the profile's database, creates it if there is none, and brings it to the newest version.
pub(crate) fn open(lock: &ProfileLock, migrations: &[&str]) -> Result<Connection, StoreError> {
    let path = lock.database();
    if lock.lost_database()? {
        return Err(StoreError::Damaged("the database is gone, but not all of its traces".into()));
    }
    if !path.exists() {
        create(lock, migrations, |_| Ok(()))?;
    }
    let mut conn = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    check(&conn)?;
    let version = version(&conn)?;
    let known = newest(migrations);
    if version > known {
        return Err(StoreError::Newer { found: version, known });
    }
    if version < known {
        conn = keep_copy(lock, conn, version)?;
        migrate(&mut conn, migrations)?;
    }
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(conn)
}

/// Builds a whole new database beside its place, lets `fill` write into it, and only then gives it
/// its name: a crash leaves either none or all of it, so an empty file is always damage.
pub(crate) fn create<T>(
    lock: &ProfileLock,
    migrations: &[&str],
    fill: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let unfinished = lock.unfinished();
    clear_unfinished(&unfinished)?;
    private_file().open(&unfinished).map_err(StoreError::file("creating the database"))?;
    let mut conn = connect(&unfinished, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
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
pub(crate) fn connect(path: &Path, access: OpenFlags) -> Result<Connection, StoreError> {
    let conn = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // One process, one connection: no shared memory file, hence no bus error on a full disk either.
    conn.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    if !access.contains(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        conn.pragma_update(None, "journal_mode", "WAL")?;
    }
    conn.pragma_update(None, "synchronous", "FULL")?;
    // What is deleted is overwritten, and what others' bytes say is never trusted as schema.
    conn.pragma_update(None, "secure_delete", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "foreign_keys", false)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

fn check(conn: &Connection) -> Result<(), StoreError> {
    let application: i32 = conn.query_one("PRAGMA application_id", [], |row| row.get(0))?;
    if application != APPLICATION {
        return Err(StoreError::Damaged("the file is not a Closeknit database".into()));
    }
    let found: String = conn.query_one("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Damaged(found)) }
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

fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.query_one("PRAGMA user_version", [], |row| row.get(0))?)
}

fn newest(migrations: &[&str]) -> i64 {
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
fn keep_copy(lock: &ProfileLock, conn: Connection, version: i64) -> Result<Connection, StoreError> {
    checkpoint(&conn)?;
    conn.close().map_err(|(_, error)| error)?;
    let (original, unfinished) = (lock.database(), lock.unfinished());
    clear_unfinished(&unfinished)?;
    fs::copy(&original, &unfinished).map_err(StoreError::file("keeping a copy before a migration"))?;
    if fingerprint(&original)? != fingerprint(&unfinished)? {
        return Err(StoreError::Damaged("the copy kept before a migration differs".into()));
    }
    publish(lock, &unfinished, &lock.before(version))?;
    connect(&original, OpenFlags::SQLITE_OPEN_READ_WRITE)
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
