//! What happened at the gate: changes under way, refusals, and what is never tried again.

use closeknit_ids::{ChangeHash, CircleId, DocId};

use crate::{
    Batch, StoreError, View,
    store::column::{id32, number},
};

/// SHA-256 of a tip's signed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TipId(pub [u8; 32]);

/// A change that was being admitted when the process last wrote: if it is found at start, the
/// process ended inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InFlight {
    /// Which document.
    pub doc: DocId,
    /// Which change.
    pub hash: ChangeHash,
    /// How often it was begun.
    pub attempts: u32,
}

/// A tip that this version of the app does not ask for again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which document.
    pub doc: DocId,
    /// Which tip.
    pub tip: TipId,
    /// The app version that refused it; another one may try again.
    pub version: String,
    /// Why.
    pub reason: String,
}

/// A change that ended the process too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Which document.
    pub doc: DocId,
    /// Which change.
    pub hash: ChangeHash,
    /// The app version that gave up.
    pub version: String,
    /// What was seen.
    pub reason: String,
}

impl View<'_> {
    /// Everything in flight in a circle.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn in_flight(&self, circle: CircleId) -> Result<Vec<InFlight>, StoreError> {
        self.all(
            "SELECT doc, hash, attempts FROM in_flight WHERE circle = ?1 ORDER BY doc, hash",
            [circle.as_bytes()],
            |row| {
                Ok(InFlight {
                    doc: DocId(id32(row, 0)?),
                    hash: ChangeHash(id32(row, 1)?),
                    attempts: number(row, 2)?,
                })
            },
        )
    }

    /// Every tip of a circle that was refused, by whatever version.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn refusals(&self, circle: CircleId) -> Result<Vec<Refusal>, StoreError> {
        self.all(
            "SELECT doc, tip, version, reason FROM refused WHERE circle = ?1 ORDER BY doc, tip, version",
            [circle.as_bytes()],
            |row| {
                Ok(Refusal {
                    doc: DocId(id32(row, 0)?),
                    tip: TipId(id32(row, 1)?),
                    version: row.get(2)?,
                    reason: row.get(3)?,
                })
            },
        )
    }

    /// Every change of a circle in quarantine.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn quarantined(&self, circle: CircleId) -> Result<Vec<Quarantined>, StoreError> {
        self.all(
            "SELECT doc, hash, version, reason FROM quarantined WHERE circle = ?1 ORDER BY doc, hash",
            [circle.as_bytes()],
            |row| {
                Ok(Quarantined {
                    doc: DocId(id32(row, 0)?),
                    hash: ChangeHash(id32(row, 1)?),
                    version: row.get(2)?,
                    reason: row.get(3)?,
                })
            },
        )
    }
}

impl Batch<'_> {
    /// Notes that the gate begins with a change, and says for the how manieth time: 1 unless an
    /// earlier attempt never came to its end.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn begin_admission(
        &mut self,
        circle: CircleId,
        doc: DocId,
        hash: ChangeHash,
    ) -> Result<u32, StoreError> {
        let attempts = self.one(
            "INSERT INTO in_flight (circle, doc, hash, attempts) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT (circle, doc, hash) DO UPDATE SET attempts = attempts + 1
             RETURNING attempts",
            (circle.as_bytes(), doc.as_bytes(), hash.as_bytes()),
            |row| number(row, 0),
        )?;
        Ok(attempts.unwrap_or(1))
    }

    /// Notes that the gate came to an end with a change, whichever.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn end_admission(
        &mut self,
        circle: CircleId,
        doc: DocId,
        hash: ChangeHash,
    ) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM in_flight WHERE circle = ?1 AND doc = ?2 AND hash = ?3",
            (circle.as_bytes(), doc.as_bytes(), hash.as_bytes()),
        )?;
        Ok(())
    }

    /// Remembers a refused tip; a newer reason of the same version replaces the older.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn refuse(&mut self, circle: CircleId, refusal: &Refusal) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO refused (circle, doc, tip, version, reason) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (circle, doc, tip, version) DO UPDATE SET reason = ?5",
            (circle.as_bytes(), refusal.doc.as_bytes(), &refusal.tip.0, &refusal.version, &refusal.reason),
        )?;
        Ok(())
    }

    /// Forgets every refusal of a document: it has a new generation, or its tips were repaired.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn forget_refusals(&mut self, circle: CircleId, doc: DocId) -> Result<(), StoreError> {
        self.run("DELETE FROM refused WHERE circle = ?1 AND doc = ?2", (circle.as_bytes(), doc.as_bytes()))?;
        Ok(())
    }

    /// Puts a change into quarantine.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn quarantine(&mut self, circle: CircleId, change: &Quarantined) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO quarantined (circle, doc, hash, version, reason) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (circle, doc, hash) DO UPDATE SET version = ?4, reason = ?5",
            (
                circle.as_bytes(),
                change.doc.as_bytes(),
                change.hash.as_bytes(),
                &change.version,
                &change.reason,
            ),
        )?;
        Ok(())
    }

    /// Lets a change out of quarantine: a newer version tries again.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn release(&mut self, circle: CircleId, doc: DocId, hash: ChangeHash) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM quarantined WHERE circle = ?1 AND doc = ?2 AND hash = ?3",
            (circle.as_bytes(), doc.as_bytes(), hash.as_bytes()),
        )?;
        Ok(())
    }
}
