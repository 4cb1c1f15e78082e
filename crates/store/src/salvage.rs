//! From a damaged database to a whole one.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OptionalExtension, params_from_iter, types::Value};
use sha2::{Digest, Sha256};

use crate::{
    Batch, PageKey, ProfileLock, Scope, StoreError, View,
    key::is_plain,
    open::{MIGRATIONS, check_references, connect_to_damaged, create, newest, version},
    profile::{clear_unfinished, journal, private_file},
};

/// The setting that says that a salvaged log was not read as a stranger's yet.
const UNMENDED: &str = "unmended";

/// What came of a damaged database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvage {
    /// Where the damaged file is now; its journal, if there was one, is beside it with `-wal` at
    /// the end.
    pub set_aside: PathBuf,
    /// Statements saved.
    pub statements: u64,
    /// Tips saved.
    pub tips: u64,
    /// Changes saved.
    pub changes: u64,
    /// Whether every row could be read and is what was written, as far as anyone can tell.
    pub complete: bool,
}

/// Sets the profile's damaged database aside (renamed, never deleted) and puts a new one in its
/// place with everything of the log, the circles and this machine's own notes that can still be
/// read. Statements and changes that are no longer what their hash says are left out; caches,
/// staged chunks and notes on admission start empty.
///
/// There may be gaps: a change can be there without one that it depends on, and a circle whose own
/// row is lost comes back as a real one without a name. The caller reads the log as it would read
/// a stranger's, rebuilds records, and asks neighbours for the rest; until it says [`Batch::mended`],
/// every start finds [`View::is_unmended`].
///
/// # Errors
/// [`StoreError::Newer`], [`StoreError::DiskFull`] and their like. The damaged file is then safe under its new name, opening
/// says [`StoreError::Damaged`], and calling this again goes on where it stopped.
pub fn salvage(lock: &ProfileLock, key: &PageKey) -> Result<Salvage, StoreError> {
    salvage_with(lock, key, MIGRATIONS)
}

pub(crate) fn salvage_with(
    lock: &ProfileLock,
    key: &PageKey,
    migrations: &[&str],
) -> Result<Salvage, StoreError> {
    let (database, reading) = (lock.database(), "reading the damaged database");
    if database.exists()
        && !is_plain(&database).map_err(StoreError::file(reading))?
        && !key.may_have_written(&database).map_err(StoreError::file(reading))?
    {
        return Err(StoreError::OtherKey);
    }
    let set_aside = lock.set_aside()?;
    let readable = lock.readable();
    let damaged = read_damaged(&set_aside, key, &readable);
    let damaged = match damaged {
        // It is not the damage that keeps it from being read.
        Err(error @ (StoreError::DiskFull | StoreError::File { .. })) if set_aside.exists() => {
            return Err(error);
        }
        tried => tried,
    };
    // Of a first page that was altered, the version says nothing.
    let tells = is_plain(&set_aside).is_ok_and(|plain| plain)
        || key.has_written_beginning(&set_aside).is_ok_and(|whole| whole);
    let saved = save(lock, key, migrations, set_aside.clone(), (&damaged, tells));
    drop(damaged);
    clear_unfinished(&readable)?;
    saved
}

impl View<'_> {
    /// Whether this was salvaged, and the caller has not said yet that it has done its part.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn is_unmended(&self) -> Result<bool, StoreError> {
        Ok(self.setting(Scope::Profile, UNMENDED)?.is_some())
    }
}

impl Batch<'_> {
    /// The log was read as a stranger's, and what is computed from it was made anew.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn mended(&mut self) -> Result<(), StoreError> {
        self.unset(Scope::Profile, UNMENDED)
    }
}

/// A connection to what can be made out of a damaged file.
fn read_damaged(damaged: &Path, key: &PageKey, readable: &Path) -> Result<Connection, StoreError> {
    let copying = "reading the damaged database";
    if is_plain(damaged).map_err(StoreError::file(copying))? {
        return connect_to_damaged(damaged, None);
    }
    clear_unfinished(readable)?;
    let copy = private_file().open(readable).map_err(StoreError::file(copying))?;
    key.copy_damaged(damaged, copy).map_err(StoreError::file(copying))?;
    if journal(damaged).exists() {
        fs::copy(journal(damaged), journal(readable)).map_err(StoreError::file(copying))?;
    }
    connect_to_damaged(readable, Some(key))
}

fn save(
    lock: &ProfileLock,
    key: &PageKey,
    migrations: &[&str],
    set_aside: PathBuf,
    (damaged, tells): (&Result<Connection, StoreError>, bool),
) -> Result<Salvage, StoreError> {
    // The new database has the version of the damaged one, and is migrated when it is opened.
    let known = newest(migrations);
    let steps = match damaged.as_ref().map(version) {
        _ if !tells => migrations.len(),
        Ok(Ok(found)) if found > known => return Err(StoreError::Newer { found, known }),
        Ok(Ok(found)) if found > 0 => usize::try_from(found).unwrap_or(0),
        _ => migrations.len(),
    };
    create(lock, key, migrations.get(..steps).unwrap_or(migrations), |whole| {
        whole.pragma_update(None, "foreign_keys", false)?;
        let tx = whole.transaction()?;
        let mut complete = true;
        let mut saved = [0; TABLES.len()];
        if let Ok(damaged) = damaged {
            for (table, saved) in TABLES.iter().zip(&mut saved) {
                let copied = table.copy(damaged, &tx)?;
                *saved = copied.rows;
                complete &= copied.complete;
            }
        }
        complete &= damaged.is_ok() & mend_references(&tx)?;
        // The power may go before the caller has done its part.
        tx.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, x'01')", [UNMENDED])?;
        tx.commit()?;
        let [statements, tips, changes, ..] = saved;
        Ok(Salvage { set_aside, statements, tips, changes, complete })
    })
}

struct Table {
    name: &'static str,
    /// Whether a row is what was written.
    genuine: fn(&Row) -> bool,
}

const TABLES: [Table; 7] = [
    Table { name: "statement", genuine: genuine_statement },
    Table { name: "tip", genuine: any },
    Table { name: "change", genuine: genuine_change },
    Table { name: "circle", genuine: any },
    Table { name: "setting", genuine: any },
    Table { name: "address", genuine: any },
    Table { name: "invitation", genuine: any },
];

/// Values by column.
type Row = BTreeMap<String, Value>;

fn any(_: &Row) -> bool {
    true
}

fn blob<'a>(row: &'a Row, column: &str) -> &'a [u8] {
    match row.get(column) {
        Some(Value::Blob(bytes)) => bytes,
        _ => &[],
    }
}

fn genuine_statement(row: &Row) -> bool {
    Sha256::digest(blob(row, "bytes")).as_slice() == blob(row, "id")
}

/// An Automerge chunk is its magic, the first four bytes of its hash, and what is hashed.
fn genuine_change(row: &Row) -> bool {
    const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
    let (bytes, hash) = (blob(row, "bytes"), blob(row, "hash"));
    bytes.get(..4) == Some(&MAGIC)
        && bytes.get(4..8).is_some_and(|checksum| hash.starts_with(checksum))
        && bytes.get(8..).is_some_and(|hashed| Sha256::digest(hashed).as_slice() == hash)
}

struct Copied {
    rows: u64,
    complete: bool,
}

/// Numbers tried one by one behind an unreadable page before the rest of a table is given up.
const PATIENCE: u32 = 1_000_000;

impl Table {
    /// Copies what can be read. Rows are sought by their number, not through an index, and behind
    /// an unreadable page the search goes on number by number until pages can be read again.
    fn copy(&self, damaged: &Connection, whole: &Connection) -> Result<Copied, StoreError> {
        let mut copied = Copied { rows: 0, complete: true };
        let sql = format!("SELECT * FROM {} NOT INDEXED WHERE seq >= ?1 ORDER BY seq LIMIT 1", self.name);
        let Ok(mut select) = damaged.prepare(&sql) else {
            return Ok(Copied { rows: 0, complete: false });
        };
        let columns: Vec<String> = select.column_names().map(Into::into).collect();
        // Fails if the damage reaches the names of the columns.
        let Ok(mut insert) = whole.prepare(&self.insertion(&columns)) else {
            return Ok(Copied { rows: 0, complete: false });
        };
        let (mut next, mut unreadable) = (i64::MIN, 0);
        while unreadable < PATIENCE {
            let values: rusqlite::Result<Option<Vec<Value>>> = select
                .query_row([next], |row| (0..columns.len()).map(|column| row.get(column)).collect())
                .optional();
            let Ok(values) = values else {
                copied.complete = false;
                unreadable += 1;
                next = next.max(0).saturating_add(1);
                continue;
            };
            let Some(values) = values else { break };
            let row: Row = columns.iter().cloned().zip(values.iter().cloned()).collect();
            if (self.genuine)(&row) && accepted(insert.execute(params_from_iter(values)))? {
                copied.rows += 1;
            } else {
                copied.complete = false;
            }
            unreadable = 0;
            let Some(Value::Integer(seq)) = row.get("seq") else { break };
            let Some(after) = seq.checked_add(1) else { break };
            next = after;
        }
        Ok(copied)
    }

    fn insertion(&self, columns: &[String]) -> String {
        let places = vec!["?"; columns.len()].join(", ");
        let columns: Vec<_> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        format!("INSERT INTO {} ({}) VALUES ({places})", self.name, columns.join(", "))
    }
}

/// Whether a row was taken; one that breaks the rules of its table was damaged.
fn accepted(inserted: rusqlite::Result<usize>) -> Result<bool, StoreError> {
    match inserted {
        Ok(_) => Ok(true),
        Err(rusqlite::Error::SqliteFailure(failure, _))
            if failure.code == rusqlite::ErrorCode::ConstraintViolation =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives circles of which only the log is left a row again, and drops what refers to nothing.
/// Says whether there was nothing to mend.
fn mend_references(whole: &Connection) -> Result<bool, StoreError> {
    let mut mended = whole.execute(
        "INSERT INTO circle (id, draft, name, zone, created)
         SELECT circle, 0, '', 'Etc/UTC', 0 FROM (SELECT circle FROM statement UNION SELECT circle FROM change)
         WHERE circle NOT IN (SELECT id FROM circle) AND length(circle) = 32",
        [],
    )?;
    mended +=
        whole.execute("UPDATE circle SET became = NULL WHERE became NOT IN (SELECT id FROM circle)", [])?;
    for table in ["statement", "tip", "change", "setting", "address", "invitation"] {
        mended += whole.execute(
            &format!(
                "DELETE FROM {table} WHERE circle IS NOT NULL AND circle NOT IN (SELECT id FROM circle)"
            ),
            [],
        )?;
    }
    check_references(whole)?;
    Ok(mended == 0)
}
