use closeknit_ids::CircleId;

use crate::{Batch, StoreError, View};

/// What a setting belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The whole profile.
    Profile,
    /// One circle: gone when the circle is removed.
    Circle(CircleId),
}

impl Scope {
    fn circle(&self) -> Option<&[u8; 32]> {
        match self {
            Self::Profile => None,
            Self::Circle(circle) => Some(circle.as_bytes()),
        }
    }
}

impl View<'_> {
    /// The value of a setting, if it has one.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn setting(&self, scope: Scope, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.one(
            "SELECT value FROM setting WHERE ifnull(circle, x'') = ifnull(?1, x'') AND key = ?2",
            (scope.circle(), key),
            |row| row.get(0),
        )
    }
}

impl Batch<'_> {
    /// Gives a setting a value.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn set(&mut self, scope: Scope, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO setting (circle, key, value) VALUES (?1, ?2, ?3)
             ON CONFLICT (ifnull(circle, x''), key) DO UPDATE SET value = ?3",
            (scope.circle(), key, value),
        )?;
        Ok(())
    }

    /// Takes the value of a setting away.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn unset(&mut self, scope: Scope, key: &str) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM setting WHERE ifnull(circle, x'') = ifnull(?1, x'') AND key = ?2",
            (scope.circle(), key),
        )?;
        Ok(())
    }
}
