//! A parcel from outside: an encrypted file for many machines. What stands in it are frames, which
//! are others' to read; here they are bytes.

use std::{
    fs::File,
    io::{BufWriter, Read, Write},
    path::Path,
};

use age::stream::StreamReader;
use closeknit_trust::seal::{Identity, Recipient};

use crate::{
    ArchiveError, OpenWith, SealTo,
    place::Unfinished,
    sealing::{Whole, unseal},
};

/// The most keys that a parcel is sealed to.
pub const MOST_PARCEL_RECIPIENTS: usize = 2_048;

const WRITING: &str = "writing the parcel";

/// Takes the bytes of a parcel, one after another.
pub type Put<'a> = dyn FnMut(&[u8]) -> Result<(), ArchiveError> + 'a;

/// Writes a parcel to `to`, replacing a file that is there once the new one is whole and on the
/// disk. Says how long it is.
///
/// # Errors
/// Those of `fill`; [`ArchiveError::DiskFull`] and its like.
pub fn write_parcel<E: From<ArchiveError>>(
    to: &Path,
    recipients: &[Recipient],
    fill: impl FnOnce(&mut Put<'_>) -> Result<(), E>,
) -> Result<u64, E> {
    let unfinished = Unfinished::begin(to, WRITING)?;
    let seal = SealTo::Recipients(recipients);
    let (mut sealed, _) = seal.begin(BufWriter::new(unfinished.reopen()?), MOST_PARCEL_RECIPIENTS)?;
    fill(&mut |bytes| sealed.write_all(bytes).map_err(ArchiveError::file(WRITING)))?;
    let written = sealed.finish().and_then(|mut buffer: BufWriter<File>| {
        buffer.flush()?;
        buffer.get_ref().sync_all()
    });
    written.map_err(ArchiveError::file(WRITING))?;
    Ok(unfinished.publish()?)
}

/// A parcel that one of one's own keys opens.
pub struct OpenParcel<R>(StreamReader<Whole<R>>);

impl<R> std::fmt::Debug for OpenParcel<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenParcel").finish_non_exhaustive()
    }
}

/// Opens a parcel. Its head is bounded before it is parsed.
///
/// # Errors
/// [`ArchiveError::WrongKey`] if it was written for others; [`ArchiveError::NotABackup`] and its
/// like if it is none.
pub fn open_parcel<R: Read>(file: R, identities: &[Identity]) -> Result<OpenParcel<R>, ArchiveError> {
    let (stream, _) = unseal(file, &OpenWith::Identities(identities), MOST_PARCEL_RECIPIENTS)?;
    Ok(OpenParcel(stream))
}

impl<R: Read> OpenParcel<R> {
    /// The next bytes, as many as there is room for; none at the end. Nothing is handed out that does
    /// not verify.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`] where the file was cut or altered.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ArchiveError> {
        self.0.read(buffer).map_err(ArchiveError::reading)
    }
}
