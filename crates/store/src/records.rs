//! Records as the screens read them: a cache of the documents in the log.

use std::{collections::BTreeMap, ops::ControlFlow};

use closeknit_ids::{CircleId, MemberId, RecordId};
use rusqlite::Row;

use crate::{
    Batch, StoreError, View,
    store::column::{id16, id32},
};

/// One record of one member's document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordRow {
    /// What it is: the name of its container in the document.
    pub kind: String,
    /// Its id in the document.
    pub record: RecordId,
    /// Its content, in the caller's encoding.
    pub body: Vec<u8>,
    /// When it was last changed, in seconds since 1970.
    pub changed: i64,
    /// The words by which it is found; none if it is not.
    pub words: String,
}

/// What [`Batch::replace_records`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Records that are new or different.
    pub written: usize,
    /// Records that are gone.
    pub removed: usize,
}

impl View<'_> {
    /// All records of a circle, sorted by member, kind and record.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn records(&self, circle: CircleId) -> Result<Vec<(MemberId, RecordRow)>, StoreError> {
        self.all(
            "SELECT kind, record, body, changed, words, member FROM record
             WHERE circle = ?1 ORDER BY member, kind, record",
            [circle.as_bytes()],
            |row| Ok((MemberId(id32(row, 5)?), read(row)?)),
        )
    }

    /// Shows what the records of a circle say, in no order, until `take` has seen enough: for whoever wants all of
    /// them soon.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn visit_bodies(
        &self,
        circle: CircleId,
        mut take: impl FnMut(MemberId, RecordId, &[u8]) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        // By the index each row would have to be looked up.
        let mut query = self
            .conn
            .prepare_cached("SELECT member, record, body FROM record NOT INDEXED WHERE circle = ?1")?;
        let mut rows = query.query([circle.as_bytes()])?;
        while let Some(row) = rows.next()? {
            let body = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
            if take(MemberId(id32(row, 0)?), RecordId(id16(row, 1)?), body).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The records of one member, sorted by kind and record.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn records_of(&self, circle: CircleId, member: MemberId) -> Result<Vec<RecordRow>, StoreError> {
        self.all(
            "SELECT kind, record, body, changed, words FROM record
             WHERE circle = ?1 AND member = ?2 ORDER BY kind, record",
            (circle.as_bytes(), member.as_bytes()),
            read,
        )
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<RecordRow> {
    Ok(RecordRow {
        kind: row.get(0)?,
        record: RecordId(id16(row, 1)?),
        body: row.get(2)?,
        changed: row.get(3)?,
        words: row.get(4)?,
    })
}

impl Batch<'_> {
    /// Makes `records` all that the cache holds of a member: in the batch that adds the changes
    /// they come from. Only what differs is written.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn replace_records(
        &mut self,
        circle: CircleId,
        member: MemberId,
        records: &[RecordRow],
    ) -> Result<Replaced, StoreError> {
        let mut before: BTreeMap<(String, RecordId), RecordRow> = self
            .records_of(circle, member)?
            .into_iter()
            .map(|record| ((record.kind.clone(), record.record), record))
            .collect();
        let mut replaced = Replaced::default();
        for record in records {
            if before.remove(&(record.kind.clone(), record.record)).as_ref() != Some(record) {
                self.put_record(circle, member, record)?;
                replaced.written += 1;
            }
        }
        for (kind, record) in before.keys() {
            self.run(
                "DELETE FROM record WHERE circle = ?1 AND member = ?2 AND kind = ?3 AND record = ?4",
                (circle.as_bytes(), member.as_bytes(), kind, record.as_bytes()),
            )?;
            replaced.removed += 1;
        }
        Ok(replaced)
    }

    /// Drops all records of a circle and writes `records` instead: the cache made anew from the
    /// log, which can be read through the same batch.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], if the database cannot be written, or the first error in
    /// `records`: the batch should then be given up.
    pub fn rebuild_records<E: From<StoreError>>(
        &mut self,
        circle: CircleId,
        records: impl IntoIterator<Item = Result<(MemberId, RecordRow), E>>,
    ) -> Result<(), E> {
        self.run("DELETE FROM record WHERE circle = ?1", [circle.as_bytes()])?;
        for record in records {
            let (member, record) = record?;
            self.put_record(circle, member, &record)?;
        }
        Ok(())
    }

    fn put_record(
        &mut self,
        circle: CircleId,
        member: MemberId,
        record: &RecordRow,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO record (circle, member, kind, record, body, changed, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (circle, member, kind, record) DO UPDATE SET body = ?5, changed = ?6, words = ?7",
            (
                circle.as_bytes(),
                member.as_bytes(),
                &record.kind,
                record.record.as_bytes(),
                &record.body,
                record.changed,
                &record.words,
            ),
        )?;
        Ok(())
    }
}
