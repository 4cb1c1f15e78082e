use std::io;

use rusqlite::{ErrorCode, ffi};

/// Why the store cannot be opened, read or written. After any of them nothing was half-written and
/// an open store can go on being used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has this profile open.
    #[error("another Closeknit is using this profile")]
    InUse,
    /// The database was written by a newer version of the app. It was left untouched.
    #[error("the database has version {found}; this app knows versions up to {known}")]
    Newer {
        /// The version in the file.
        found: i64,
        /// The newest version that this app knows.
        known: i64,
    },
    /// The file is not what was written. [`salvage`](crate::salvage) sets it aside and starts a new
    /// one from what can still be read.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The file is not one that this key opens; it was left untouched, and is not damaged as far as anyone can
    /// tell. [`salvage`](crate::salvage) is not for it: it would begin an empty profile over a whole one.
    #[error("the database was written with another key")]
    OtherKey,
    /// There is no room on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// Something was to be written for a circle that the store does not hold.
    #[error("no such circle")]
    UnknownCircle,
    /// More was to be staged under a tip than the tip signs for.
    #[error("more changes than the tip signs for")]
    BeyondTip,
    /// A number does not fit into the database (above 2^63 − 1).
    #[error("a number is too large to store")]
    TooLarge,
    /// A file or directory could not be used.
    #[error("{doing}: {source}")]
    File {
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// Anything else that SQLite said.
    #[error("SQLite: {0}")]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    pub(crate) fn file(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::File { doing, source },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(error.to_string()),
                ErrorCode::DiskFull => Self::DiskFull,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::InUse,
                ErrorCode::ConstraintViolation
                    if failure.extended_code == ffi::SQLITE_CONSTRAINT_FOREIGNKEY =>
                {
                    Self::UnknownCircle
                }
                _ => Self::Sqlite(error),
            },
            // Tables are STRICT and lengths are checked: a value of the wrong shape was not written by us.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..) => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}
