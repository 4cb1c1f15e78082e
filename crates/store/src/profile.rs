//! The directory of one profile: its lock, and the names of the files in it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{StoreError, key::is_plain};

/// The lock of one profile directory: while any clone of it lives, no other process gets it.
///
/// The system lets go of it when the process ends, however it ends.
#[derive(Debug, Clone)]
pub struct ProfileLock {
    directory: PathBuf,
    _lock: Arc<File>,
}

impl ProfileLock {
    /// Takes the lock of `directory`, which must exist.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another process has it (or another lock in this one).
    pub fn take(directory: &Path) -> Result<Self, StoreError> {
        let file = private_file()
            .open(directory.join("lock"))
            .map_err(StoreError::file("opening the lock of the profile"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { directory: directory.to_owned(), _lock: Arc::new(file) }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(source)) => {
                Err(StoreError::File { doing: "locking the profile", source })
            }
        }
    }

    /// The profile directory.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The database of the profile.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.directory.join("closeknit.db")
    }

    /// Whether there is a database that needs a key.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_sealed(&self) -> Result<bool, StoreError> {
        let database = self.database();
        let plain = || is_plain(&database).map_err(StoreError::file("reading the database"));
        Ok(database.exists() && !plain()?)
    }

    /// Copies of the database that were kept: from before a migration, or set aside as damaged.
    /// They hold what their database held, also what was forgotten since: when to delete them is
    /// the caller's decision.
    ///
    /// # Errors
    /// If the directory cannot be read.
    pub fn kept(&self) -> Result<Vec<PathBuf>, StoreError> {
        let reading = "reading the profile directory";
        let mut kept = Vec::new();
        for entry in fs::read_dir(&self.directory).map_err(StoreError::file(reading))? {
            let path = entry.map_err(StoreError::file(reading))?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with("closeknit.db.before-") || name.starts_with("closeknit.db.damaged-") {
                kept.push(path);
            }
        }
        kept.sort();
        Ok(kept)
    }

    /// Where a new database is built before it gets its name.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.directory.join("closeknit.db.new")
    }

    /// Where a database without a key waits to be wiped, once its sealed copy has its place.
    pub(crate) fn plain(&self) -> PathBuf {
        self.directory.join("closeknit.db.plain")
    }

    /// Where a damaged database is made readable while it is salvaged.
    pub(crate) fn readable(&self) -> PathBuf {
        self.directory.join("closeknit.db.readable")
    }

    /// The copy kept before a database of `version` was migrated.
    pub(crate) fn before(&self, version: i64) -> PathBuf {
        self.directory.join(format!("closeknit.db.before-{version}"))
    }

    /// Makes renames and new names in the directory durable.
    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        if cfg!(unix) {
            File::open(&self.directory)
                .and_then(|directory| directory.sync_all())
                .map_err(StoreError::file("writing the profile directory"))?;
        }
        Ok(())
    }

    /// The number of the last damaged database that was set aside; 0 if none ever was.
    fn last_damaged(&self) -> Result<u32, StoreError> {
        let numbers = self.kept()?.into_iter().filter_map(|path| {
            let name = path.file_name()?.to_str()?.strip_prefix("closeknit.db.damaged-")?;
            name.strip_suffix("-wal").unwrap_or(name).parse().ok()
        });
        Ok(numbers.max().unwrap_or(0))
    }

    fn damaged(&self, number: u32) -> PathBuf {
        self.directory.join(format!("closeknit.db.damaged-{number}"))
    }

    /// Whether the database went away without the app finishing what it began: its journal is still
    /// here, or it was set aside and nothing took its place.
    pub(crate) fn lost_database(&self) -> Result<bool, StoreError> {
        let gone = !self.database().exists();
        Ok(gone && (journal(&self.database()).exists() || self.last_damaged()? > 0))
    }

    /// Renames the database and its journal to `closeknit.db.damaged-N` and says where they are.
    /// What an earlier crash interrupted is completed under the same N.
    pub(crate) fn set_aside(&self) -> Result<PathBuf, StoreError> {
        let doing = "setting the damaged database aside";
        let (database, wal) = (self.database(), journal(&self.database()));
        let mut number = self.last_damaged()?.max(1);
        if database.exists() || (wal.exists() && journal(&self.damaged(number)).exists()) {
            while self.damaged(number).exists() || journal(&self.damaged(number)).exists() {
                number = number.saturating_add(1);
            }
        }
        let aside = self.damaged(number);
        // The database first: its journal alone is never taken for a whole profile.
        for (from, to) in [(&database, aside.clone()), (&wal, journal(&aside))] {
            if from.exists() {
                fs::rename(from, to).map_err(StoreError::file(doing))?;
            }
        }
        self.sync()?;
        Ok(aside)
    }
}

/// The write-ahead log that SQLite keeps beside `database`.
pub(crate) fn journal(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Options that create a file which only its owner can read.
pub(crate) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Deletes what an unfinished attempt may have left under `path`.
pub(crate) fn clear_unfinished(path: &Path) -> Result<(), StoreError> {
    for leftover in [path.to_owned(), journal(path)] {
        match fs::remove_file(&leftover) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::file("clearing an unfinished file")(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Gives a finished file its name, durably.
pub(crate) fn publish(lock: &ProfileLock, from: &Path, to: &Path) -> Result<(), StoreError> {
    let doing = "finishing a database file";
    File::open(from).and_then(|file| file.sync_all()).map_err(StoreError::file(doing))?;
    fs::rename(from, to).map_err(StoreError::file(doing))?;
    lock.sync()
}
