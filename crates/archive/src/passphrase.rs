//! A few secret bytes under a passphrase: an age file like a backup's, small enough to be held whole.

use std::io::{Read as _, Write as _};

use zeroize::Zeroizing;

use crate::{
    ArchiveError, OpenWith, SealTo,
    sealing::{MOST_RECIPIENTS, unseal},
};

/// More than a key is not read.
const MOST: u64 = 1024;

/// Seals them. Takes 256 MiB of memory for about a second.
///
/// # Errors
/// [`ArchiveError::File`] cannot happen, nothing is written to a disk.
pub fn seal_secret(passphrase: &str, secret: &[u8]) -> Result<Vec<u8>, ArchiveError> {
    let mut sealed = Vec::new();
    let (mut stream, _) = SealTo::Passphrase(passphrase).begin(&mut sealed, MOST_RECIPIENTS)?;
    let writing = "sealing a secret";
    stream.write_all(secret).map_err(ArchiveError::file(writing))?;
    stream.finish().map_err(ArchiveError::file(writing))?;
    Ok(sealed)
}

/// Opens them.
///
/// # Errors
/// [`ArchiveError::WrongKey`] for another passphrase; others if the bytes are not as they were written.
pub fn open_secret(passphrase: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, ArchiveError> {
    let (stream, _) = unseal(sealed, &OpenWith::Passphrase(passphrase), MOST_RECIPIENTS)?;
    let mut secret = Zeroizing::new(Vec::new());
    stream
        .take(MOST)
        .read_to_end(&mut secret)
        .map_err(|_| ArchiveError::Damaged("its bytes were altered"))?;
    Ok(secret)
}
