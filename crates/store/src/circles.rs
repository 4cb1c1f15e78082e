use closeknit_ids::CircleId;
use rusqlite::Row;

use crate::{
    Batch, StoreError, View,
    store::column::{id32, number},
};

/// One circle that this profile holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Its id.
    pub id: CircleId,
    /// Draft or real.
    pub stage: Stage,
    /// Its name.
    pub name: String,
    /// Its IANA time zone.
    pub zone: String,
    /// When it began here, in seconds since 1970.
    pub created: i64,
}

/// How far a circle has come (trust-and-sync: *A circle begins with two*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// One person alone.
    Draft,
    /// A draft that became the real circle named here.
    Past {
        /// The real circle.
        became: CircleId,
    },
    /// Founded by two.
    Real,
}

impl View<'_> {
    /// All circles, in the order in which they came to this profile.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn circles(&self) -> Result<Vec<Circle>, StoreError> {
        self.all("SELECT id, draft, became, name, zone, created FROM circle ORDER BY seq", [], read)
    }

    /// One circle.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn circle(&self, circle: CircleId) -> Result<Option<Circle>, StoreError> {
        self.one(
            "SELECT id, draft, became, name, zone, created FROM circle WHERE id = ?1",
            [circle.as_bytes()],
            read,
        )
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Circle> {
    let draft = number::<u8>(row, 1)? != 0;
    let became: Option<[u8; 32]> = row.get(2)?;
    let stage = match (draft, became) {
        (_, Some(became)) => Stage::Past { became: CircleId(became) },
        (true, None) => Stage::Draft,
        (false, None) => Stage::Real,
    };
    Ok(Circle {
        id: CircleId(id32(row, 0)?),
        stage,
        name: row.get(3)?,
        zone: row.get(4)?,
        created: row.get(5)?,
    })
}

impl Batch<'_> {
    /// Writes a circle, or what changed of it.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`] if it became one that is not here.
    pub fn put_circle(&mut self, circle: &Circle) -> Result<(), StoreError> {
        let (draft, became) = match &circle.stage {
            Stage::Draft => (1, None),
            Stage::Past { became } => (1, Some(became.as_bytes())),
            Stage::Real => (0, None),
        };
        self.run(
            "INSERT INTO circle (id, draft, became, name, zone, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET draft = ?2, became = ?3, name = ?4, zone = ?5, created = ?6",
            (circle.id.as_bytes(), draft, became, &circle.name, &circle.zone, circle.created),
        )?;
        Ok(())
    }

    /// Removes a circle and everything the store holds of it; [`Store::checkpoint`] afterwards
    /// removes it from the journal too.
    ///
    /// [`Store::checkpoint`]: crate::Store::checkpoint
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn remove_circle(&mut self, circle: CircleId) -> Result<(), StoreError> {
        self.run("DELETE FROM circle WHERE id = ?1", [circle.as_bytes()])?;
        Ok(())
    }
}
