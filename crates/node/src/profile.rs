//! A profile: one directory that only its owner can enter, with the keys beside the database.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// The directory used when none is named: `closeknit` in the place this system keeps such data.
#[must_use]
pub fn default_profile() -> PathBuf {
    let home = || std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .unwrap_or_else(|| home().join(".local/share"))
        .join("closeknit")
}

/// Makes the directory, or takes away what others may do with it.
pub(crate) fn prepare(profile: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(profile)?;
    fs::set_permissions(profile, fs::Permissions::from_mode(0o700))
}

/// The machine's own keys.
pub(crate) fn keys_path(profile: &Path) -> PathBuf {
    profile.join("device.key")
}

/// The recovery words, until they were written down.
pub(crate) fn words_path(profile: &Path) -> PathBuf {
    profile.join("recovery.key")
}

/// Where the secret is from which all else here is encrypted, or that secret itself.
pub(crate) fn page_key_path(profile: &Path) -> PathBuf {
    profile.join("page.key")
}

pub(crate) fn socket_path(profile: &Path) -> PathBuf {
    profile.join("socket")
}

/// Writes a file that only its owner can read, so that it is there whole or not at all.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut fresh = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_owned();
    fresh.push(".unfinished");
    let fresh = path.with_file_name(fresh);
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
    publish(file, bytes, &fresh, path).inspect_err(|_| {
        let _ = fs::remove_file(&fresh);
    })
}

fn publish(mut file: fs::File, bytes: &[u8], fresh: &Path, path: &Path) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(fresh, path)?;
    // Of a name alone the directory is the one where the program runs.
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    fs::File::open(parent.unwrap_or_else(|| Path::new(".")))?.sync_all()
}
