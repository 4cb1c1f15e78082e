//! The log: statements, tips and changes, byte for byte as they were signed.

use closeknit_ids::{ActorId, ChangeHash, CircleId, DeviceId, DocId, StatementId};
use rusqlite::Row;

use crate::{
    Batch, StoreError, View,
    store::{
        column::{id16, id32, number},
        int,
    },
};

/// A signed statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// SHA-256 of the bytes.
    pub id: StatementId,
    /// As signed.
    pub bytes: Vec<u8>,
}

/// A device's signed word on a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TipRow {
    /// Which document.
    pub doc: DocId,
    /// Which generation of it.
    pub generation: u32,
    /// Who signed.
    pub device: DeviceId,
    /// The newest change that it covers.
    pub head: ChangeHash,
    /// As signed.
    pub bytes: Vec<u8>,
    /// Whether the change `head` is in the log. Ignored by [`Batch::put_tip`].
    pub held: bool,
}

/// One Automerge change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// As Automerge computes it.
    pub hash: ChangeHash,
    /// Who wrote it, as Automerge counts writers.
    pub actor: ActorId,
    /// Its number among that actor's changes, from 1.
    pub seq: u64,
    /// The uncompressed chunk, as covered by a tip.
    pub bytes: Vec<u8>,
}

/// How much the log holds of one generation of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentSummary {
    /// Which document.
    pub doc: DocId,
    /// Which generation.
    pub generation: u32,
    /// How many changes.
    pub changes: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// The last change held of one actor: an entry of a document's vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Which actor.
    pub actor: ActorId,
    /// The number of its last change here.
    pub seq: u64,
    /// The hash of that change.
    pub hash: ChangeHash,
}

impl View<'_> {
    /// All statements of a circle in the order of their arrival: each after those it names.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn statements(&self, circle: CircleId) -> Result<Vec<StatementRow>, StoreError> {
        self.all(
            "SELECT id, bytes FROM statement WHERE circle = ?1 ORDER BY seq",
            [circle.as_bytes()],
            |row| Ok(StatementRow { id: StatementId(id32(row, 0)?), bytes: row.get(1)? }),
        )
    }

    /// What the log holds of every document of a circle, one entry per generation, sorted by both.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn documents(&self, circle: CircleId) -> Result<Vec<DocumentSummary>, StoreError> {
        self.all(
            "SELECT doc, generation, count(*), sum(length(bytes)) FROM change
             WHERE circle = ?1 GROUP BY doc, generation ORDER BY doc, generation",
            [circle.as_bytes()],
            |row| {
                Ok(DocumentSummary {
                    doc: DocId(id32(row, 0)?),
                    generation: number(row, 1)?,
                    changes: number(row, 2)?,
                    bytes: number(row, 3)?,
                })
            },
        )
    }

    /// Whether the log holds any change of a generation of a document.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn has_begun(&self, circle: CircleId, doc: DocId, generation: u32) -> Result<bool, StoreError> {
        let any = self.one(
            "SELECT 1 FROM change WHERE circle = ?1 AND doc = ?2 AND generation = ?3 LIMIT 1",
            (circle.as_bytes(), doc.as_bytes(), generation),
            |_| Ok(()),
        )?;
        Ok(any.is_some())
    }

    /// Whether a change is in the log.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn has_change(
        &self,
        circle: CircleId,
        doc: DocId,
        generation: u32,
        hash: ChangeHash,
    ) -> Result<bool, StoreError> {
        let found = self.one(
            "SELECT 1 FROM change WHERE circle = ?1 AND doc = ?2 AND generation = ?3 AND hash = ?4",
            (circle.as_bytes(), doc.as_bytes(), generation, hash.as_bytes()),
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    /// Of which generations of which documents the log holds anything, waiting chunks included.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn generations(&self, circle: CircleId) -> Result<Vec<(DocId, u32)>, StoreError> {
        self.all(
            "SELECT doc, generation FROM change WHERE circle = ?1
             UNION SELECT doc, generation FROM tip WHERE circle = ?1
             UNION SELECT doc, generation FROM staged WHERE circle = ?1",
            [circle.as_bytes()],
            |row| Ok((DocId(id32(row, 0)?), number(row, 1)?)),
        )
    }

    /// All tips of a circle, applied or not, sorted by document, generation, device and head.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn tips(&self, circle: CircleId) -> Result<Vec<TipRow>, StoreError> {
        self.all(
            "SELECT doc, generation, device, head, bytes, EXISTS (
                 SELECT 1 FROM change
                 WHERE change.circle = tip.circle AND change.doc = tip.doc
                   AND change.generation = tip.generation AND change.hash = tip.head)
             FROM tip WHERE circle = ?1 ORDER BY doc, generation, device, head",
            [circle.as_bytes()],
            read_tip,
        )
    }

    /// The tips of one document, of every generation that is still here.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn tips_of(&self, circle: CircleId, doc: DocId) -> Result<Vec<TipRow>, StoreError> {
        self.all(
            "SELECT doc, generation, device, head, bytes, EXISTS (
                 SELECT 1 FROM change
                 WHERE change.circle = tip.circle AND change.doc = tip.doc
                   AND change.generation = tip.generation AND change.hash = tip.head)
             FROM tip WHERE circle = ?1 AND doc = ?2 ORDER BY generation, device, head",
            (circle.as_bytes(), doc.as_bytes()),
            read_tip,
        )
    }

    /// The changes of one generation of a document in the order of their arrival, which is causal:
    /// each after those it depends on.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn changes(
        &self,
        circle: CircleId,
        doc: DocId,
        generation: u32,
    ) -> Result<Vec<ChangeRow>, StoreError> {
        let mut changes = Vec::new();
        self.visit_changes(
            circle,
            doc,
            generation,
            |_| true,
            |change| {
                changes.push(change);
                Ok::<_, StoreError>(())
            },
        )?;
        Ok(changes)
    }

    /// Like [`changes`](Self::changes), but hands over one change at a time, and of those only what
    /// `wanted` says: it sees position and hash before the bytes are copied.
    ///
    /// # Errors
    /// If the database cannot be read, or the first error of `visit`.
    pub fn visit_changes<E: From<StoreError>>(
        &self,
        circle: CircleId,
        doc: DocId,
        generation: u32,
        mut wanted: impl FnMut(Position) -> bool,
        mut visit: impl FnMut(ChangeRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut query = self
            .conn
            .prepare_cached(
                "SELECT actor, actor_seq, hash, bytes FROM change
                 WHERE circle = ?1 AND doc = ?2 AND generation = ?3 ORDER BY seq",
            )
            .map_err(StoreError::from)?;
        let mut rows =
            query.query((circle.as_bytes(), doc.as_bytes(), generation)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let at = read_position(row).map_err(StoreError::from)?;
            if wanted(at) {
                let bytes = row.get(3).map_err(StoreError::from)?;
                visit(ChangeRow { hash: at.hash, actor: at.actor, seq: at.seq, bytes })?;
            }
        }
        Ok(())
    }

    /// The last change of every actor, sorted by actor: what a machine says it has of a document.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn vector(&self, circle: CircleId, doc: DocId, generation: u32) -> Result<Vec<Position>, StoreError> {
        self.all(
            "SELECT actor, max(actor_seq), hash FROM change
             WHERE circle = ?1 AND doc = ?2 AND generation = ?3 GROUP BY actor ORDER BY actor",
            (circle.as_bytes(), doc.as_bytes(), generation),
            read_position,
        )
    }
}

fn read_tip(row: &Row<'_>) -> rusqlite::Result<TipRow> {
    Ok(TipRow {
        doc: DocId(id32(row, 0)?),
        generation: number(row, 1)?,
        device: DeviceId(id32(row, 2)?),
        head: ChangeHash(id32(row, 3)?),
        bytes: row.get(4)?,
        held: row.get(5)?,
    })
}

fn read_position(row: &Row<'_>) -> rusqlite::Result<Position> {
    Ok(Position { actor: ActorId(id16(row, 0)?), seq: number(row, 1)?, hash: ChangeHash(id32(row, 2)?) })
}

impl Batch<'_> {
    /// Adds a statement to the end of the log; says whether it is new.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn add_statement(
        &mut self,
        circle: CircleId,
        id: StatementId,
        bytes: &[u8],
    ) -> Result<bool, StoreError> {
        let added = self.run(
            "INSERT INTO statement (circle, id, bytes) VALUES (?1, ?2, ?3)
             ON CONFLICT (circle, id) DO NOTHING",
            (circle.as_bytes(), id.as_bytes(), bytes),
        )?;
        Ok(added > 0)
    }

    /// Adds a tip; says whether it is new. A tip that it replaces has to be removed by the caller,
    /// who alone knows what lies in whose past.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn put_tip(&mut self, circle: CircleId, tip: &TipRow) -> Result<bool, StoreError> {
        let added = self.run(
            "INSERT INTO tip (circle, doc, generation, device, head, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (circle, doc, generation, device, head) DO NOTHING",
            (
                circle.as_bytes(),
                tip.doc.as_bytes(),
                tip.generation,
                tip.device.as_bytes(),
                tip.head.as_bytes(),
                &tip.bytes,
            ),
        )?;
        Ok(added > 0)
    }

    /// Removes the tip that `device` signed for `head`.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn remove_tip(
        &mut self,
        circle: CircleId,
        doc: DocId,
        generation: u32,
        device: DeviceId,
        head: ChangeHash,
    ) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM tip
             WHERE circle = ?1 AND doc = ?2 AND generation = ?3 AND device = ?4 AND head = ?5",
            (circle.as_bytes(), doc.as_bytes(), generation, device.as_bytes(), head.as_bytes()),
        )?;
        Ok(())
    }

    /// Adds a change to the end of its document's log; says whether it is new. The caller adds it
    /// after those it depends on.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn add_change(
        &mut self,
        circle: CircleId,
        doc: DocId,
        generation: u32,
        change: &ChangeRow,
    ) -> Result<bool, StoreError> {
        let added = self.run(
            "INSERT INTO change (circle, doc, generation, hash, actor, actor_seq, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (circle, doc, generation, hash) DO NOTHING",
            (
                circle.as_bytes(),
                doc.as_bytes(),
                generation,
                change.hash.as_bytes(),
                change.actor.as_bytes(),
                int(change.seq)?,
                &change.bytes,
            ),
        )?;
        Ok(added > 0)
    }

    /// Removes all changes, tips and staged chunks of one generation; a
    /// [`checkpoint`](crate::Store::checkpoint) afterwards removes them from the journal too.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn purge_generation(
        &mut self,
        circle: CircleId,
        doc: DocId,
        generation: u32,
    ) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM change WHERE circle = ?1 AND doc = ?2 AND generation = ?3",
            "DELETE FROM tip WHERE circle = ?1 AND doc = ?2 AND generation = ?3",
            "DELETE FROM staged WHERE circle = ?1 AND doc = ?2 AND generation = ?3",
        ] {
            self.run(sql, (circle.as_bytes(), doc.as_bytes(), generation))?;
        }
        Ok(())
    }

    /// Keeps all that the log holds of one generation under another number, of which it holds nothing: two
    /// generations may have the same.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn renumber_generation(
        &mut self,
        circle: CircleId,
        doc: DocId,
        from: u32,
        to: u32,
    ) -> Result<(), StoreError> {
        for sql in [
            "UPDATE change SET generation = ?4 WHERE circle = ?1 AND doc = ?2 AND generation = ?3",
            "UPDATE tip SET generation = ?4 WHERE circle = ?1 AND doc = ?2 AND generation = ?3",
            "UPDATE staged SET generation = ?4 WHERE circle = ?1 AND doc = ?2 AND generation = ?3",
        ] {
            self.run(sql, (circle.as_bytes(), doc.as_bytes(), from, to))?;
        }
        Ok(())
    }

    /// Removes everything of a document: changes, tips, staged chunks and notes on its admission.
    /// Its records are removed with [`replace_records`](Self::replace_records).
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn purge_document(&mut self, circle: CircleId, doc: DocId) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM change WHERE circle = ?1 AND doc = ?2",
            "DELETE FROM tip WHERE circle = ?1 AND doc = ?2",
            "DELETE FROM staged WHERE circle = ?1 AND doc = ?2",
            "DELETE FROM in_flight WHERE circle = ?1 AND doc = ?2",
            "DELETE FROM refused WHERE circle = ?1 AND doc = ?2",
            "DELETE FROM quarantined WHERE circle = ?1 AND doc = ?2",
        ] {
            self.run(sql, (circle.as_bytes(), doc.as_bytes()))?;
        }
        Ok(())
    }
}
