use std::fmt;

use closeknit_ids::{CircleId, InvitationId};
use rusqlite::Row;

use crate::{
    Batch, StoreError, View,
    store::column::{id32, number},
};

/// An invitation that this machine gave out.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its name.
    pub id: InvitationId,
    /// The secret that the newcomer has too.
    pub secret: Vec<u8>,
    /// How many may still come in with it.
    pub uses_left: u32,
    /// When it ends, in seconds since 1970.
    pub expires: i64,
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation")
            .field("id", &self.id)
            .field("uses_left", &self.uses_left)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

impl View<'_> {
    /// The invitations of a circle, used up or not, the oldest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn invitations(&self, circle: CircleId) -> Result<Vec<Invitation>, StoreError> {
        self.all(
            "SELECT id, secret, uses_left, expires FROM invitation WHERE circle = ?1 ORDER BY seq",
            [circle.as_bytes()],
            read,
        )
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Invitation> {
    Ok(Invitation {
        id: InvitationId(id32(row, 0)?),
        secret: row.get(1)?,
        uses_left: number(row, 2)?,
        expires: row.get(3)?,
    })
}

impl Batch<'_> {
    /// Writes an invitation, or what changed of it.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn put_invitation(&mut self, circle: CircleId, invitation: &Invitation) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO invitation (circle, id, secret, uses_left, expires) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (circle, id) DO UPDATE SET secret = ?3, uses_left = ?4, expires = ?5",
            (
                circle.as_bytes(),
                &invitation.id.0,
                &invitation.secret,
                invitation.uses_left,
                invitation.expires,
            ),
        )?;
        Ok(())
    }

    /// Takes one use of an invitation and says how many are left; `None` if there was none left, or
    /// no such invitation. Expiry is judged by the caller, who has the clock.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn use_invitation(&mut self, circle: CircleId, id: InvitationId) -> Result<Option<u32>, StoreError> {
        self.one(
            "UPDATE invitation SET uses_left = uses_left - 1
             WHERE circle = ?1 AND id = ?2 AND uses_left > 0 RETURNING uses_left",
            (circle.as_bytes(), &id.0),
            |row| number(row, 0),
        )
    }

    /// Moves the invitations of a draft to the circle that it became.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn move_invitations(&mut self, draft: CircleId, real: CircleId) -> Result<(), StoreError> {
        self.run("UPDATE invitation SET circle = ?2 WHERE circle = ?1", (draft.as_bytes(), real.as_bytes()))?;
        Ok(())
    }

    /// Removes an invitation.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn remove_invitation(&mut self, circle: CircleId, id: InvitationId) -> Result<(), StoreError> {
        self.run("DELETE FROM invitation WHERE circle = ?1 AND id = ?2", (circle.as_bytes(), &id.0))?;
        Ok(())
    }
}
