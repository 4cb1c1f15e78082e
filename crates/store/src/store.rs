//! The open store, its transactions, and who may read and write through them.

use std::{ops::Deref, sync::Arc};

use closeknit_ids::planted::{Bug, is_planted};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{
    PageKey, ProfileLock, StoreError,
    open::{MIGRATIONS, check_thoroughly, checkpoint, open},
};

/// How much of a power cut a commit survives. Either survives the end of the process, and neither
/// ever leaves half a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// On the disk when [`Store::write`] returns, with everything committed before it: the member's
    /// own acts.
    Full,
    /// A power cut may take the last commits away: what other machines can send again. Some 20
    /// times faster.
    Normal,
}

/// What SQLite calls `synchronous=FULL`.
const FULL: i64 = 2;

/// What a test may put between the store and its disk, to be there at every point where something is written for
/// good. It may unwind out of either.
pub trait Disk: std::fmt::Debug + Send + Sync {
    /// A transaction is about to be committed.
    ///
    /// # Errors
    /// If the disk is full: then it is not.
    fn before(&self) -> Result<(), StoreError>;
    /// It was committed, and with `on_disk` SQLite has waited until it and everything before it is on the disk.
    fn after(&self, on_disk: bool);
}

/// One profile's database, open for reading and writing.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    durability: Durability,
    disk: Option<Arc<dyn Disk>>,
    // After `conn`: the database is closed before the next process may open it.
    lock: ProfileLock,
}

impl Store {
    /// Opens the database of the profile; makes one if there is none; brings an older one to this
    /// app's version after keeping a verified copy of it ([`ProfileLock::kept`]). One that was written without a
    /// key is written anew with it, compared, and wiped.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::Damaged`] and [`StoreError::OtherKey`] leave the file as it is.
    pub fn open(lock: &ProfileLock, key: &PageKey) -> Result<Self, StoreError> {
        Self::open_reading(lock, key, |_| ()).map(|(store, ())| store)
    }

    /// The same for a caller who wants to read at once: `first` does, while another processor looks whether all
    /// tables are whole. If they are not, what was read is thrown away.
    ///
    /// # Errors
    /// The same.
    pub fn open_reading<T>(
        lock: &ProfileLock,
        key: &PageKey,
        first: impl FnOnce(View<'_>) -> T,
    ) -> Result<(Self, T), StoreError> {
        Self::open_as(lock, key, MIGRATIONS, first)
    }

    #[cfg(test)]
    pub(crate) fn open_with(
        lock: &ProfileLock,
        key: &PageKey,
        migrations: &[&str],
    ) -> Result<Self, StoreError> {
        Self::open_as(lock, key, migrations, |_| ()).map(|(store, ())| store)
    }

    fn open_as<T>(
        lock: &ProfileLock,
        key: &PageKey,
        migrations: &[&str],
        first: impl FnOnce(View<'_>) -> T,
    ) -> Result<(Self, T), StoreError> {
        let (conn, read) = open(lock, key, migrations, first)?;
        Ok((Self { conn, durability: Durability::Full, disk: None, lock: lock.clone() }, read))
    }

    /// From now on this disk is asked and told.
    pub fn lies_on(&mut self, disk: Arc<dyn Disk>) {
        self.disk = Some(disk);
    }

    /// Everything as last committed.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View { conn: &self.conn }
    }

    /// Runs `acts` as one transaction: if it returns `Ok`, all of it is committed; if it returns an
    /// error or panics, or the commit fails, nothing happened.
    ///
    /// # Errors
    /// Those of `acts`, and [`StoreError::DiskFull`] and its like from the commit.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        durability: Durability,
        acts: impl FnOnce(&mut Batch<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let disk = self.disk.clone();
        let tx = self.begin(durability)?;
        let done = acts(&mut Batch { view: View { conn: &tx } })?;
        disk.iter().try_for_each(|disk| disk.before())?;
        tx.commit().map_err(StoreError::from)?;
        if let Some(disk) = disk {
            // Asked of SQLite: what was meant to be set is not believed.
            let level: i64 =
                self.conn.query_one("PRAGMA synchronous", [], |row| row.get(0)).map_err(StoreError::from)?;
            disk.after(level >= FULL);
        }
        Ok(done)
    }

    fn begin(&mut self, durability: Durability) -> Result<Transaction<'_>, StoreError> {
        if !self.conn.is_autocommit() {
            // An earlier rollback failed with its disk; SQLite allows another try.
            self.conn.execute_batch("ROLLBACK")?;
        }
        if self.durability != durability {
            let synchronous = match durability {
                Durability::Full if !is_planted(Bug::UnsyncedAck) => "FULL",
                _ => "NORMAL",
            };
            self.conn.pragma_update(None, "synchronous", synchronous)?;
            self.durability = durability;
        }
        Ok(self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Makes everything durable and leaves no copy of deleted rows in the journal: to be called
    /// after what should be forgotten was removed.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] and its like; nothing is lost.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        checkpoint(&self.conn)
    }

    /// Writes every page anew, and then what [`Store::checkpoint`] does: SQLite overwrites a row that is deleted, but not
    /// the copies of it that stayed behind where it moved rows from one page to another.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] and its like: it takes as much room as the database has. Nothing is lost.
    pub fn write_anew(&mut self) -> Result<(), StoreError> {
        self.conn.execute_batch("VACUUM")?;
        self.checkpoint()
    }

    /// Copies of the database that were kept beside it ([`ProfileLock::kept`]).
    ///
    /// # Errors
    /// If the directory cannot be read.
    pub fn kept(&self) -> Result<Vec<std::path::PathBuf>, StoreError> {
        self.lock.kept()
    }

    /// Checks the whole file, indexes and references included (opening does a shorter check).
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first thing found.
    pub fn check(&self) -> Result<(), StoreError> {
        check_thoroughly(&self.conn)
    }
}

/// Every way to read. From [`Store::view`] it shows what is committed; inside a [`Batch`] also what
/// the batch wrote so far.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub(crate) conn: &'a Connection,
}

/// One transaction under way: every way to write, and through [`View`] every way to read.
#[derive(Debug)]
pub struct Batch<'a> {
    view: View<'a>,
}

impl<'a> Deref for Batch<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        &self.view
    }
}

impl View<'_> {
    /// All rows of a query, read by `read`.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut query = self.conn.prepare_cached(sql)?;
        let rows = query.query_map(parameters, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The only row of a query, if there is one.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        use rusqlite::OptionalExtension as _;
        let mut query = self.conn.prepare_cached(sql)?;
        Ok(query.query_row(parameters, read).optional()?)
    }
}

impl Batch<'_> {
    /// Runs one statement and says how many rows it changed.
    pub(crate) fn run(&mut self, sql: &str, parameters: impl rusqlite::Params) -> Result<usize, StoreError> {
        Ok(self.conn.prepare_cached(sql)?.execute(parameters)?)
    }
}

/// A number as SQLite holds it.
pub(crate) fn int(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::TooLarge)
}

/// Reads columns as ids and numbers; anything of the wrong shape is damage.
pub(crate) mod column {
    use rusqlite::{Result, Row};

    pub(crate) fn id32(row: &Row<'_>, column: usize) -> Result<[u8; 32]> {
        row.get(column)
    }

    pub(crate) fn id16(row: &Row<'_>, column: usize) -> Result<[u8; 16]> {
        row.get(column)
    }

    pub(crate) fn number<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> Result<T> {
        let number: i64 = row.get(column)?;
        T::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
    }
}

#[cfg(test)]
mod tests {
    use closeknit_ids::{CircleId, MemberId, RecordId};

    use super::*;
    use crate::{Circle, RecordRow, Stage};

    const MILLRACE: CircleId = CircleId([1; 32]);

    fn millrace() -> (tempfile::TempDir, Store) {
        let directory = tempfile::tempdir().unwrap();
        let mut store =
            Store::open(&ProfileLock::take(directory.path()).unwrap(), &PageKey::new([7; 32])).unwrap();
        let circle = Circle {
            id: MILLRACE,
            stage: Stage::Real,
            name: "Millrace".into(),
            zone: "Europe/London".into(),
            created: 0,
        };
        store.write(Durability::Full, |batch| batch.put_circle(&circle)).unwrap();
        (directory, store)
    }

    fn record(id: u8, bytes: usize) -> RecordRow {
        RecordRow {
            kind: "need".into(),
            record: RecordId([id; 16]),
            body: vec![id; bytes],
            changed: 0,
            words: String::new(),
        }
    }

    /// Allows the database `pages` more pages than it has.
    fn room_for(store: &Store, pages: i64) {
        let now: i64 = store.conn.query_one("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        let sql = format!("PRAGMA max_page_count = {}", now + pages);
        store.conn.query_one(&sql, [], |_| Ok(())).unwrap();
    }

    #[test]
    fn a_full_disk_is_its_own_error_and_leaves_nothing_half_written() {
        let (_directory, mut store) = millrace();
        let (alice, bob) = (MemberId([0xa; 32]), MemberId([0xb; 32]));
        store
            .write(Durability::Full, |batch| batch.replace_records(MILLRACE, alice, &[record(1, 100)]))
            .unwrap();
        let before = store.view().records(MILLRACE).unwrap();

        room_for(&store, 3);
        for durability in [Durability::Full, Durability::Normal] {
            let full = store.write(durability, |batch| {
                batch.replace_records(MILLRACE, bob, &[record(1, 2_000)])?;
                batch.replace_records(MILLRACE, alice, &[record(2, 100_000)])
            });
            assert!(matches!(full, Err(StoreError::DiskFull)), "{full:?}");
            assert_eq!(store.view().records(MILLRACE).unwrap(), before);
        }

        // What fits is still written, and the rest as soon as there is room.
        store
            .write(Durability::Full, |batch| batch.replace_records(MILLRACE, bob, &[record(1, 50)]))
            .unwrap();
        room_for(&store, 1_000);
        store
            .write(Durability::Full, |batch| batch.replace_records(MILLRACE, alice, &[record(2, 100_000)]))
            .unwrap();
        assert_eq!(store.view().records(MILLRACE).unwrap().len(), 2);
        store.check().unwrap();
    }

    #[test]
    fn each_batch_is_as_durable_as_it_asked_for() {
        let (_directory, mut store) = millrace();
        for (durability, level) in [(Durability::Normal, 1), (Durability::Full, 2), (Durability::Normal, 1)] {
            let synchronous: i64 = store
                .write(durability, |batch| {
                    Ok::<_, StoreError>(batch.conn.query_one("PRAGMA synchronous", [], |row| row.get(0))?)
                })
                .unwrap();
            assert_eq!(synchronous, level, "{durability:?}");
        }
    }
}
