//! Small files that only their owner can read.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek as _, Write as _},
    path::Path,
};

use closeknit_api::{ApiError, ErrorCode};
use zeroize::Zeroizing;

use crate::profile::write_private;

/// What stands in a file, if there is one.
pub(crate) fn read_private(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, ApiError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(problem(path, &error)),
    }
}

/// Writes a file anew, whole or not at all, and overwrites where the older one lay.
pub(crate) fn replace_private(path: &Path, bytes: &[u8]) -> Result<(), ApiError> {
    let older = OpenOptions::new().write(true).open(path).ok();
    write_private(path, bytes).map_err(|error| problem(path, &error))?;
    if let Some(older) = older {
        blank(older).map_err(|error| problem(path, &error))?;
    }
    Ok(())
}

/// Overwrites a file where it lies, and removes it.
pub(crate) fn remove_private(path: &Path) -> io::Result<()> {
    blank(OpenOptions::new().write(true).open(path)?)?;
    fs::remove_file(path)
}

fn blank(mut file: File) -> io::Result<()> {
    let length = file.metadata()?.len();
    file.rewind()?;
    file.write_all(&vec![0; usize::try_from(length).unwrap_or_default()])?;
    file.sync_all()
}

pub(crate) fn problem(path: &Path, error: &io::Error) -> ApiError {
    if error.kind() == io::ErrorKind::StorageFull {
        return ApiError::new(ErrorCode::DiskFull);
    }
    ApiError::new(ErrorCode::FileProblem).with("path", path.display()).with("reason", error)
}
