//! A member's directory.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use tempfile::TempDir;

/// A directory of its own for one member, removed when dropped. It outlives the windows and programs that
/// use it, so that they can be closed and opened again.
#[derive(Debug)]
pub struct Profile {
    directory: TempDir,
}

impl Profile {
    /// An empty one; the name only helps to tell them apart.
    ///
    /// # Errors
    /// When the directory cannot be made.
    pub fn new(name: &str) -> Result<Self> {
        // Short: a socket below it may have a path of 107 bytes at most.
        let directory = tempfile::Builder::new().prefix(&format!("{name}-")).tempdir();
        Ok(Self { directory: directory.context("cannot make a profile's directory")? })
    }

    /// The profile itself, which the app makes.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.directory.path().join("profile")
    }

    /// Where the test keeps what belongs to this member, beside the profile.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        Path::new(self.directory.path()).join(name)
    }
}
