//! Where other machines were last reached.

use closeknit_ids::{CircleId, DeviceId};

use crate::{Batch, StoreError, View, store::column::id32};

/// Addresses kept of one device: those seen last.
pub const KEPT_ADDRESSES: u32 = 8;

/// An address of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Whose.
    pub device: DeviceId,
    /// Socket address as text ("192.168.1.20:4433").
    pub address: String,
    /// When it was last heard of, in seconds since 1970.
    pub last_seen: i64,
    /// When records were last exchanged with it, in seconds since 1970.
    pub last_exchange: Option<i64>,
}

impl View<'_> {
    /// The known addresses of a circle's devices, sorted by device, the last seen first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn addresses(&self, circle: CircleId) -> Result<Vec<Address>, StoreError> {
        self.all(
            "SELECT device, address, last_seen, last_exchange FROM address
             WHERE circle = ?1 ORDER BY device, last_seen DESC, address",
            [circle.as_bytes()],
            |row| {
                Ok(Address {
                    device: DeviceId(id32(row, 0)?),
                    address: row.get(1)?,
                    last_seen: row.get(2)?,
                    last_exchange: row.get(3)?,
                })
            },
        )
    }
}

impl Batch<'_> {
    /// Notes that `device` was heard of at `address`, and forgets what goes beyond
    /// [`KEPT_ADDRESSES`].
    ///
    /// If all that would be kept was seen later, the own clock was ahead then: it counts as seen now, so that
    /// the new address is not the one that is forgotten.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn seen_at(
        &mut self,
        circle: CircleId,
        device: DeviceId,
        address: &str,
        when: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO address (circle, device, address, last_seen) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (circle, device, address) DO UPDATE SET last_seen = max(last_seen, ?4)",
            (circle.as_bytes(), device.as_bytes(), address, when),
        )?;
        self.run(
            "UPDATE address SET last_seen = ?4 WHERE circle = ?1 AND device = ?2 AND last_seen > ?4
             AND ?5 <= (
                 SELECT count(*) FROM address AS other JOIN address AS noted USING (circle, device)
                 WHERE circle = ?1 AND device = ?2 AND noted.address = ?3
                 AND other.last_seen > noted.last_seen)",
            (circle.as_bytes(), device.as_bytes(), address, when, KEPT_ADDRESSES),
        )?;
        self.run(
            "DELETE FROM address WHERE circle = ?1 AND device = ?2 AND seq NOT IN (
                 SELECT seq FROM address WHERE circle = ?1 AND device = ?2
                 ORDER BY last_seen DESC, seq DESC LIMIT ?3)",
            (circle.as_bytes(), device.as_bytes(), KEPT_ADDRESSES),
        )?;
        Ok(())
    }

    /// Notes that records were exchanged with `device` at `address`.
    ///
    /// # Errors
    /// [`StoreError::UnknownCircle`], or if the database cannot be written.
    pub fn exchanged_at(
        &mut self,
        circle: CircleId,
        device: DeviceId,
        address: &str,
        when: i64,
    ) -> Result<(), StoreError> {
        self.seen_at(circle, device, address, when)?;
        self.run(
            "UPDATE address SET last_exchange = max(ifnull(last_exchange, ?4), ?4)
             WHERE circle = ?1 AND device = ?2 AND address = ?3",
            (circle.as_bytes(), device.as_bytes(), address, when),
        )?;
        Ok(())
    }

    /// Forgets every address of a device.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn forget_addresses(&mut self, circle: CircleId, device: DeviceId) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM address WHERE circle = ?1 AND device = ?2",
            (circle.as_bytes(), device.as_bytes()),
        )?;
        Ok(())
    }
}
