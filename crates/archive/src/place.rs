//! A file that gets its name only when it is whole and on the disk.

use std::{
    fs::{self, File},
    io,
    path::Path,
    time::{Duration, SystemTime},
};

use tempfile::NamedTempFile;

use crate::ArchiveError;

const PREFIX: &str = ".closeknit-";
const SUFFIX: &str = ".part";
/// A file that somebody writes is locked a moment after it was made.
const SURELY_LOCKED: Duration = Duration::from_secs(60);

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
        sweep(beside);
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(beside);
        let file = file.map_err(ArchiveError::file(doing))?;
        // Where a disk knows no locks nothing is swept either.
        let _ = file.as_file().lock();
        Ok(Self { file, to, beside, doing })
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

/// Removes what programs that were killed left unfinished here. It is in nobody's way but takes room on a stick, so
/// that nothing is made of it if it stays.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if ours && is_left(&entry.path()).unwrap_or(false) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether nobody writes it any more.
fn is_left(unfinished: &Path) -> io::Result<bool> {
    let file = File::open(unfinished)?;
    let age = SystemTime::now().duration_since(file.metadata()?.modified()?).unwrap_or_default();
    Ok(age >= SURELY_LOCKED && file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_goes_with_the_next_and_what_another_writes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("millrace.age");
        let names = || {
            let mut names: Vec<_> =
                fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
            names.sort();
            names
        };
        let left = folder.path().join(".closeknit-Ab12.part");
        let old = SystemTime::now() - SURELY_LOCKED * 2;
        File::create(&left).unwrap().set_modified(old).unwrap();
        let other = Unfinished::begin(&to, "a test").unwrap();
        other.file.as_file().set_modified(old).unwrap();
        fs::write(folder.path().join(".closeknit-Cd34.part"), b"just made").unwrap();
        fs::write(folder.path().join("letter.part"), b"somebody else's").unwrap();
        let mine = Unfinished::begin(&to, "a test").unwrap();
        assert!(!left.exists());
        assert_eq!(names().len(), 4, "{:?}", names());
        mine.publish().unwrap();
        other.publish().unwrap();
        assert_eq!(names(), [".closeknit-Cd34.part", "letter.part", "millrace.age"]);
    }
}
