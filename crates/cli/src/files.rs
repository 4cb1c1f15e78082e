//! Files that are named in a command.

use std::{
    fs::{self, OpenOptions, Permissions},
    io::{self, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{self, Path},
};

use closeknit_api::{ApiError, ErrorCode};

/// For its owner alone.
const OWN: u32 = 0o600;

/// The process that has the profile open may be at work in another directory.
pub(crate) fn absolute(path: &Path) -> String {
    path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

/// The recovery words in a file. A sheet as it is printed has numbers beside its words.
pub(crate) fn words_in(path: &Path) -> Result<String, ApiError> {
    let sheet = fs::read_to_string(path).map_err(|error| {
        ApiError::new(ErrorCode::FileProblem).with("path", path.display()).with("reason", error)
    })?;
    let words = sheet.split_whitespace().filter(|word| word.parse::<u8>().is_err());
    Ok(words.collect::<Vec<_>>().join(" "))
}

/// Writes a file that only its owner can read: whoever has an invitation can knock.
pub(crate) fn private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(false).mode(OWN).open(path)?;
    // The mode counts only for a file that was not there. One that cannot be closed to others stays as it is; so does
    // what is no file, such as a terminal.
    if file.metadata()?.is_file() {
        file.set_permissions(Permissions::from_mode(OWN))?;
        file.set_len(0)?;
    }
    file.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn only_its_owner_can_read_what_is_written_also_over_a_file_that_was_open_to_all() {
        let place = tempfile::tempdir().unwrap();
        let (new, old) = (place.path().join("new"), place.path().join("old"));
        fs::write(&old, "something longer that everybody could read").unwrap();
        fs::set_permissions(&old, Permissions::from_mode(0o644)).unwrap();
        for path in [new, old] {
            private(&path, "24 words").unwrap();
            assert_eq!((mode(&path), fs::read_to_string(&path).unwrap().as_str()), (OWN, "24 words"));
        }
    }

    #[test]
    fn what_is_no_file_is_written_to_and_stays_as_it_is() {
        let nowhere = Path::new("/dev/null");
        let before = mode(nowhere);
        private(nowhere, "24 words").unwrap();
        assert_eq!(mode(nowhere), before);
    }
}
