//! Chunks that came under a verified tip and are not admitted yet. They survive an interruption.

use std::collections::BTreeSet;

use closeknit_ids::{ChangeHash, CircleId, DocId};

use crate::{
    Batch, StoreError, View,
    store::column::{id32, number},
};

/// The most that may be staged under a tip: what the tip signs for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Changes in the tip's past.
    pub changes: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Allowance {
    /// The first of these that may be staged together. The rest is asked for again.
    #[must_use]
    pub fn first_of(self, mut chunks: Vec<Staged>) -> Vec<Staged> {
        let (mut seen, mut bytes) = (BTreeSet::new(), 0_u64);
        let fits = |chunk: &&Staged| {
            if seen.insert(chunk.hash) {
                bytes = bytes.saturating_add(u64::try_from(chunk.bytes.len()).unwrap_or(u64::MAX));
            }
            u64::try_from(seen.len()).is_ok_and(|changes| changes <= self.changes) && bytes <= self.bytes
        };
        let first = chunks.iter().take_while(fits).count();
        chunks.truncate(first);
        chunks
    }
}

/// A chunk under a tip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// The change that it claims to be.
    pub hash: ChangeHash,
    /// As received.
    pub bytes: Vec<u8>,
}

impl View<'_> {
    /// What is staged under the tip for `head`, in the order of its arrival.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn staged(
        &self,
        circle: CircleId,
        doc: DocId,
        generation: u32,
        head: ChangeHash,
    ) -> Result<Vec<Staged>, StoreError> {
        self.all(
            "SELECT hash, bytes FROM staged
             WHERE circle = ?1 AND doc = ?2 AND generation = ?3 AND head = ?4 ORDER BY seq",
            (circle.as_bytes(), doc.as_bytes(), generation, head.as_bytes()),
            |row| Ok(Staged { hash: ChangeHash(id32(row, 0)?), bytes: row.get(1)? }),
        )
    }

    /// The tips of a circle under which something is staged: document, generation, head.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn staged_tips(&self, circle: CircleId) -> Result<Vec<(DocId, u32, ChangeHash)>, StoreError> {
        self.all(
            "SELECT DISTINCT doc, generation, head FROM staged WHERE circle = ?1
             ORDER BY doc, generation, head",
            [circle.as_bytes()],
            |row| Ok((DocId(id32(row, 0)?), number(row, 1)?, ChangeHash(id32(row, 2)?))),
        )
    }

    /// Bytes staged in a circle, under all tips together.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn staged_bytes(&self, circle: CircleId) -> Result<u64, StoreError> {
        let bytes = self.one(
            "SELECT ifnull(sum(length(bytes)), 0) FROM staged WHERE circle = ?1",
            [circle.as_bytes()],
            |row| number(row, 0),
        )?;
        Ok(bytes.unwrap_or(0))
    }
}

impl Batch<'_> {
    /// Puts chunks under the tip for `head`; a chunk that is already there is passed over.
    ///
    /// # Errors
    /// [`StoreError::BeyondTip`] if there would be more than `allowance` under it: the batch should
    /// then be given up.
    pub fn stage(
        &mut self,
        circle: CircleId,
        doc: DocId,
        generation: u32,
        head: ChangeHash,
        chunks: &[Staged],
        allowance: Allowance,
    ) -> Result<(), StoreError> {
        let under = (circle.as_bytes(), doc.as_bytes(), generation, head.as_bytes());
        for chunk in chunks {
            self.run(
                "INSERT INTO staged (circle, doc, generation, head, hash, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (circle, doc, generation, head, hash) DO NOTHING",
                (under.0, under.1, under.2, under.3, chunk.hash.as_bytes(), &chunk.bytes),
            )?;
        }
        let staged = self.one(
            "SELECT count(*), ifnull(sum(length(bytes)), 0) FROM staged
             WHERE circle = ?1 AND doc = ?2 AND generation = ?3 AND head = ?4",
            under,
            |row| Ok(Allowance { changes: number(row, 0)?, bytes: number(row, 1)? }),
        )?;
        match staged {
            Some(staged) if staged.changes > allowance.changes || staged.bytes > allowance.bytes => {
                Err(StoreError::BeyondTip)
            }
            _ => Ok(()),
        }
    }

    /// Clears what is staged under one tip: it was admitted, or refused.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn clear_staged(
        &mut self,
        circle: CircleId,
        doc: DocId,
        generation: u32,
        head: ChangeHash,
    ) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM staged WHERE circle = ?1 AND doc = ?2 AND generation = ?3 AND head = ?4",
            (circle.as_bytes(), doc.as_bytes(), generation, head.as_bytes()),
        )?;
        Ok(())
    }
}
