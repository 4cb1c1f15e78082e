//! From a damaged database to a whole one.

use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension, types::Value};
use sha2::{Digest, Sha256};

use crate::{
    ProfileLock, StoreError,
    open::{MIGRATIONS, check_references, connect_to_damaged, create},
};

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
/// a stranger's, rebuilds records, and asks neighbours for the rest.
///
/// # Errors
/// [`StoreError::DiskFull`] and its like. The damaged file is then safe under its new name, opening
/// says [`StoreError::Damaged`], and calling this again goes on where it stopped.
pub fn salvage(lock: &ProfileLock) -> Result<Salvage, StoreError> {
    let set_aside = lock.set_aside()?;
    let damaged = connect_to_damaged(&set_aside);
    create(lock, MIGRATIONS, |whole| {
        whole.pragma_update(None, "foreign_keys", false)?;
        let tx = whole.transaction()?;
        let mut complete = true;
        let mut saved = [0; TABLES.len()];
        if let Ok(damaged) = &damaged {
            for (table, saved) in TABLES.iter().zip(&mut saved) {
                let copied = table.copy(damaged, &tx)?;
                *saved = copied.rows;
                complete &= copied.complete;
            }
        }
        complete &= damaged.is_ok() & mend_references(&tx)?;
        tx.commit()?;
        let [statements, tips, changes, ..] = saved;
        Ok(Salvage { set_aside, statements, tips, changes, complete })
    })
}

struct Table {
    name: &'static str,
    columns: &'static str,
    /// Whether a row is what was written; values are in the order of `columns`.
    genuine: fn(&[Value]) -> bool,
}

const TABLES: [Table; 7] = [
    Table { name: "statement", columns: "seq, circle, id, bytes", genuine: genuine_statement },
    Table { name: "tip", columns: "seq, circle, doc, generation, device, head, bytes", genuine: any },
    Table {
        name: "change",
        columns: "seq, circle, doc, generation, hash, actor, actor_seq, bytes",
        genuine: genuine_change,
    },
    Table { name: "circle", columns: "seq, id, draft, name, zone, created, became", genuine: any },
    Table { name: "setting", columns: "seq, circle, key, value", genuine: any },
    Table {
        name: "address",
        columns: "seq, circle, device, address, last_seen, last_exchange",
        genuine: any,
    },
    Table { name: "invitation", columns: "seq, circle, id, secret, uses_left, expires", genuine: any },
];

fn any(_: &[Value]) -> bool {
    true
}

fn genuine_statement(row: &[Value]) -> bool {
    match row {
        [_, _, Value::Blob(id), Value::Blob(bytes)] => Sha256::digest(bytes).as_slice() == id,
        _ => false,
    }
}

/// An Automerge chunk is its magic, the first four bytes of its hash, and what is hashed.
fn genuine_change(row: &[Value]) -> bool {
    const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
    match row {
        [_, _, _, _, Value::Blob(hash), _, _, Value::Blob(bytes)] => {
            bytes.get(..4) == Some(&MAGIC)
                && bytes.get(4..8).is_some_and(|checksum| hash.starts_with(checksum))
                && bytes.get(8..).is_some_and(|hashed| Sha256::digest(hashed).as_slice() == hash)
        }
        _ => false,
    }
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
        let Self { name, columns, .. } = self;
        let places = vec!["?"; columns.split(',').count()].join(", ");
        let mut insert = whole.prepare(&format!("INSERT INTO {name} ({columns}) VALUES ({places})"))?;
        let select = format!("SELECT {columns} FROM {name} NOT INDEXED WHERE seq >= ?1 ORDER BY seq LIMIT 1");
        let Ok(mut select) = damaged.prepare(&select) else {
            return Ok(Copied { rows: 0, complete: false });
        };
        let mut copied = Copied { rows: 0, complete: true };
        let (mut next, mut unreadable) = (i64::MIN, 0);
        while unreadable < PATIENCE {
            let width = select.column_count();
            let row: rusqlite::Result<Option<Vec<Value>>> =
                select.query_row([next], |row| (0..width).map(|column| row.get(column)).collect()).optional();
            match row {
                Ok(None) => break,
                Ok(Some(row)) => {
                    let Some(Value::Integer(seq)) = row.first() else { break };
                    let seq = *seq;
                    if (self.genuine)(&row) && accepted(insert.execute(rusqlite::params_from_iter(row)))? {
                        copied.rows += 1;
                    } else {
                        copied.complete = false;
                    }
                    unreadable = 0;
                    let Some(after) = seq.checked_add(1) else { break };
                    next = after;
                }
                Err(_) => {
                    copied.complete = false;
                    unreadable += 1;
                    next = next.max(0).saturating_add(1);
                }
            }
        }
        Ok(copied)
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
