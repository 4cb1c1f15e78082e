//! One uncompressed Automerge change chunk: the only bytes that machines exchange about documents.
//!
//! Layout (automerge.org, *binary format*): magic, four bytes of checksum, type, length, data. The
//! hash of a change is SHA-256 over type, length and data, and the checksum is its first four bytes.

use std::{fmt, sync::Arc};

use closeknit_ids::{ActorId, ChangeHash};
use sha2::{Digest, Sha256};

use crate::{header::Header, limits::ChangeLimits, reader::Reader};

pub(crate) const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
pub(crate) const CHANGE: u8 = 1;
const COMPRESSED: u8 = 2;

/// The bytes are no change chunk. No signature covers such bytes, so this is the fault of the
/// machine that sent them, never of the document's owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Framing {
    /// More bytes than any change may have.
    #[error("{0} bytes are more than any change may have")]
    TooLarge(usize),
    /// It does not begin as a chunk, or is another kind of chunk.
    #[error("this is no change chunk")]
    NotAChange,
    /// Deflated. Changes travel plain; compression belongs to the frames.
    #[error("the change is compressed")]
    Compressed,
    /// Bytes are missing, or some follow.
    #[error("the length of the chunk is wrong")]
    Length,
    /// The checksum does not fit the data.
    #[error("the checksum is wrong")]
    Checksum,
    /// More than the signed heads announced.
    #[error("more changes than were announced")]
    Unannounced,
}

/// A change chunk whose checksum holds. Its hash is that of its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct RawChange {
    hash: ChangeHash,
    bytes: Arc<[u8]>,
    body: usize,
}

impl RawChange {
    /// Looks at magic, type, length and checksum, and at nothing inside.
    ///
    /// # Errors
    /// If it is not exactly one uncompressed change chunk of at most 256 KiB.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Result<Self, Framing> {
        let bytes = bytes.into();
        if bytes.len() > ChangeLimits::BASE.bytes {
            return Err(Framing::TooLarge(bytes.len()));
        }
        let mut reader = Reader::new(&bytes);
        let magic = reader.array().ok_or(Framing::Length)?;
        let checksum: [u8; 4] = reader.array().ok_or(Framing::Length)?;
        let [kind] = reader.array().ok_or(Framing::Length)?;
        match (magic, kind) {
            (MAGIC, CHANGE) => {}
            (MAGIC, COMPRESSED) => return Err(Framing::Compressed),
            _ => return Err(Framing::NotAChange),
        }
        let before_length = reader.rest().len();
        let length = reader.length().ok_or(Framing::Length)?;
        let data = reader.rest();
        if data.len() != length {
            return Err(Framing::Length);
        }
        let length_bytes = before_length.saturating_sub(data.len());
        let body = bytes.len().saturating_sub(length);
        // Type, length and data stand together at the end of the chunk, exactly as they are hashed.
        let hashed = bytes.get(body.saturating_sub(length_bytes + 1)..).ok_or(Framing::Length)?;
        let hash: [u8; 32] = Sha256::digest(hashed).into();
        if !hash.starts_with(&checksum) {
            return Err(Framing::Checksum);
        }
        Ok(Self { hash: ChangeHash(hash), bytes, body })
    }

    /// What names it.
    #[must_use]
    pub const fn hash(&self) -> ChangeHash {
        self.hash
    }

    /// The whole chunk, as it is stored and sent.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes the chunk has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Who wrote it, and as which of theirs, as its header says. `None` if that cannot be read.
    #[must_use]
    pub fn written_by(&self) -> Option<(ActorId, u32)> {
        let header = Header::read(self).ok()?;
        Some((header.actor, header.seq))
    }

    pub(crate) fn body(&self) -> &[u8] {
        self.bytes.get(self.body..).unwrap_or_default()
    }
}

impl fmt::Debug for RawChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawChange({}, {} bytes)", self.hash.short(), self.bytes.len())
    }
}
