//! POSIX ustar, in the one way that a backup is written: regular files with fixed owner and mode,
//! zero padding, two zero blocks, nothing after. The reader accepts nothing else, so that no byte
//! of the archive escapes the signature by being merely decoration.

use std::io::{self, Read, Write};

use tar::{EntryType, Header};

use crate::ArchiveError;

const BLOCK: usize = 512;

/// The header block of a file.
fn header(path: &str, size: u64, mtime: u64) -> io::Result<[u8; BLOCK]> {
    let mut header = Header::new_ustar();
    header.set_entry_type(EntryType::Regular);
    header.set_path(path)?;
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(size);
    header.set_mtime(mtime);
    header.set_cksum();
    Ok(*header.as_bytes())
}

/// Zeros that fill the last block of a file of `size` bytes.
fn padding(size: u64) -> usize {
    let over = size % BLOCK as u64;
    usize::try_from((BLOCK as u64 - over) % BLOCK as u64).unwrap_or(0)
}

/// Writes files one after the other.
pub(crate) struct TarWriter<W> {
    out: W,
    mtime: u64,
}

impl<W: Write> TarWriter<W> {
    pub(crate) fn new(out: W, mtime: u64) -> Self {
        Self { out, mtime }
    }

    /// Appends a file; `content` must give exactly `size` bytes.
    pub(crate) fn append(&mut self, path: &str, size: u64, mut content: impl Read) -> io::Result<()> {
        self.out.write_all(&header(path, size, self.mtime)?)?;
        let copied = io::copy(&mut (&mut content).take(size), &mut self.out)?;
        if copied != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let zeros = [0; BLOCK];
        self.out.write_all(zeros.get(..padding(size)).unwrap_or_default())
    }

    /// Ends the archive.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.out.write_all(&[0; 2 * BLOCK])?;
        Ok(self.out)
    }
}

/// A file that comes next.
pub(crate) struct TarEntry {
    pub(crate) path: String,
    pub(crate) size: u64,
    pub(crate) mtime: u64,
}

/// Reads files one after the other.
pub(crate) struct TarReader<R> {
    input: R,
}

impl<R: Read> TarReader<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input }
    }

    /// The header of the next file. The caller reads its content before it asks again.
    pub(crate) fn next(&mut self) -> Result<TarEntry, ArchiveError> {
        let damaged = ArchiveError::Damaged("the archive inside is not as Closeknit writes it");
        let mut block = Header::new_old();
        self.input.read_exact(block.as_mut_bytes()).map_err(ArchiveError::reading)?;
        let (Ok(size), Ok(mtime)) = (block.entry_size(), block.mtime()) else { return Err(damaged) };
        let Ok(path) = String::from_utf8(block.path_bytes().into_owned()) else { return Err(damaged) };
        if header(&path, size, mtime).ok().as_ref() != Some(block.as_bytes()) {
            return Err(damaged);
        }
        Ok(TarEntry { path, size, mtime })
    }

    /// Gives the content of an entry to `sink`, piece by piece.
    pub(crate) fn content(
        &mut self,
        size: u64,
        mut sink: impl FnMut(&[u8]) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let mut left = size;
        let mut buffer = [0; 16 * 1024];
        while left > 0 {
            let now = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
            let Some(piece) = buffer.get_mut(..now) else { break };
            self.input.read_exact(piece).map_err(ArchiveError::reading)?;
            sink(piece)?;
            left = left.saturating_sub(now as u64);
        }
        self.zeros(padding(size))
    }

    /// After the last file: two zero blocks, then the end of the input.
    pub(crate) fn finish(mut self) -> Result<(), ArchiveError> {
        self.zeros(2 * BLOCK)?;
        match self.input.read(&mut [0]).map_err(ArchiveError::reading)? {
            0 => Ok(()),
            _ => Err(ArchiveError::Damaged("something follows after its end")),
        }
    }

    fn zeros(&mut self, count: usize) -> Result<(), ArchiveError> {
        let mut buffer = [0; 2 * BLOCK];
        let Some(padding) = buffer.get_mut(..count) else { return Ok(()) };
        self.input.read_exact(padding).map_err(ArchiveError::reading)?;
        if padding.iter().any(|byte| *byte != 0) {
            return Err(ArchiveError::Damaged("bytes stand between the files inside"));
        }
        Ok(())
    }
}
