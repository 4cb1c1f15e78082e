//! A file that gets its name only when it is whole and on the disk.

use std::{fs::File, path::Path};

use tempfile::NamedTempFile;

use crate::ArchiveError;

/// What is written beside its place; until it is [published](Self::publish) an older file stands
/// untouched, and afterwards the new one does.
#[derive(Debug)]
pub(crate) struct Unfinished<'a> {
    file: NamedTempFile,
    to: &'a Path,
    beside: &'a Path,
    doing: &'static str,
}

impl<'a> Unfinished<'a> {
    /// `doing` is what is said when it fails.
    pub(crate) fn begin(to: &'a Path, doing: &'static str) -> Result<Self, ArchiveError> {
        let beside = match to.parent() {
            Some(directory) if directory != Path::new("") => directory,
            _ => Path::new("."),
        };
        let file = tempfile::Builder::new().prefix(".closeknit-").suffix(".part").tempfile_in(beside);
        Ok(Self { file: file.map_err(ArchiveError::file(doing))?, to, beside, doing })
    }

    pub(crate) fn reopen(&self) -> Result<File, ArchiveError> {
        self.file.reopen().map_err(ArchiveError::file(self.doing))
    }

    /// Gives it its name; says how long it is. Its bytes have to be on the disk already.
    pub(crate) fn publish(self) -> Result<u64, ArchiveError> {
        let size = self.file.as_file().metadata().map_err(ArchiveError::file(self.doing))?.len();
        self.file.persist(self.to).map_err(|failed| ArchiveError::file(self.doing)(failed.error))?;
        if cfg!(unix) {
            let synced = File::open(self.beside).and_then(|directory| directory.sync_all());
            synced.map_err(ArchiveError::file(self.doing))?;
        }
        Ok(size)
    }
}
