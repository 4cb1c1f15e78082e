use std::io;

/// Why a backup was not written, or not opened. Nothing was changed: an older file stands as it
/// was, and nothing of a refused one was handed out.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file does not begin like a sealed backup.
    #[error("this is not a Closeknit backup")]
    NotABackup,
    /// The file is sealed with a passphrase, and keys were given.
    #[error("this backup is sealed with a passphrase")]
    NeedsPassphrase,
    /// The file is sealed to keys, and a passphrase was given.
    #[error("this backup is sealed to a recovery key")]
    NeedsKey,
    /// None of the keys, or not this passphrase, opens the file; or its first bytes were altered.
    #[error("this key or passphrase does not open the backup")]
    WrongKey,
    /// The passphrase would take more work to try than any backup of ours asks for.
    #[error("the passphrase of this file asks for too much work")]
    TooMuchWork,
    /// The file was written by a newer version of the app.
    #[error("the backup has format {found}; this app knows format {known}")]
    Newer {
        /// The format of the file.
        found: u32,
        /// The newest that this app knows.
        known: u32,
    },
    /// The file is not as it was written, or was not written by Closeknit.
    #[error("the backup is damaged: {0}")]
    Damaged(&'static str),
    /// The file changed while it was being read.
    #[error("the backup changed while it was being read")]
    Changed,
    /// More, or something larger, than a backup can hold.
    #[error("too large for a backup: {0}")]
    TooLarge(&'static str),
    /// The caller gave the contents in an order, or under a name, that a backup cannot have.
    #[error("not possible in a backup: {0}")]
    Misplaced(&'static str),
    /// The device's signature could not be made.
    #[error("the backup could not be signed")]
    NotSigned,
    /// The caller asked to stop.
    #[error("stopped")]
    Cancelled,
    /// There is no room where the backup was to be written.
    #[error("the disk is full")]
    DiskFull,
    /// A file could not be read or written.
    #[error("{doing}: {source}")]
    File {
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl ArchiveError {
    pub(crate) fn file(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::File { doing, source },
        }
    }

    /// What a failed read of sealed bytes means: age says `InvalidData` or `UnexpectedEof` for
    /// what does not verify.
    pub(crate) fn reading(source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                Self::Damaged("it was cut or altered")
            }
            _ => Self::File { doing: "reading the backup", source },
        }
    }
}
