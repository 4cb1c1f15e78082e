//! Changes without what follows from the rest of them, or from the change before: for the wire, where hashes are
//! what does not deflate.
//!
//! One byte, then:
//! - `0`: the bytes as they are;
//! - `1`: the data of a change chunk; magic, checksum, type and length follow from them;
//! - `2`: the same after the list of what it depends on, which is the change before it and nothing else.

use closeknit_ids::ChangeHash;
use sha2::{Digest, Sha256};

use crate::{
    change::{CHANGE, Framing, MAGIC, RawChange},
    limits::ChangeLimits,
};

const AS_IT_IS: u8 = 0;
const DATA: u8 = 1;
const AFTER_THE_LAST: u8 = 2;

/// Makes changes slim, one after the other, or fills them out again.
#[derive(Debug, Clone, Default)]
pub struct Slim {
    /// The last one.
    before: Option<ChangeHash>,
}

impl Slim {
    /// The next change in fewer bytes. What is no change stays as it is.
    pub fn down(&mut self, bytes: &[u8]) -> Vec<u8> {
        let change = RawChange::new(bytes).ok();
        let before = std::mem::replace(&mut self.before, change.as_ref().map(RawChange::hash));
        let data = change.as_ref().map(RawChange::body).filter(|data| chunk(data).1 == bytes);
        let Some(data) = data else { return [&[AS_IT_IS], bytes].concat() };
        match before.and_then(|before| data.strip_prefix(&[1])?.strip_prefix(before.as_bytes())) {
            Some(rest) => [&[AFTER_THE_LAST], rest].concat(),
            None => [&[DATA], data].concat(),
        }
    }

    /// The bytes of which this is what [`Slim::down`] made.
    ///
    /// # Errors
    /// If it is nothing that it makes.
    pub fn up(&mut self, slim: &[u8]) -> Result<Vec<u8>, Framing> {
        let (form, rest) = slim.split_first().ok_or(Framing::Length)?;
        if rest.len() > ChangeLimits::BASE.bytes {
            return Err(Framing::TooLarge(rest.len()));
        }
        let (hash, bytes) = match (*form, self.before) {
            (AS_IT_IS, _) => (RawChange::new(rest).ok().map(|change| change.hash()), rest.to_vec()),
            (DATA, _) => chunk(rest),
            (AFTER_THE_LAST, Some(before)) => chunk(&[&[1], before.as_bytes().as_slice(), rest].concat()),
            _ => return Err(Framing::NotAChange),
        };
        self.before = hash;
        Ok(bytes)
    }
}

/// The change chunk with this data, and its hash.
fn chunk(data: &[u8]) -> (Option<ChangeHash>, Vec<u8>) {
    let mut hashed = vec![CHANGE];
    let mut length = data.len();
    while length >= 0x80 {
        hashed.push(u8::try_from(length & 0x7f).unwrap_or_default() | 0x80);
        length >>= 7;
    }
    hashed.push(u8::try_from(length).unwrap_or_default());
    hashed.extend_from_slice(data);
    let hash: [u8; 32] = Sha256::digest(&hashed).into();
    let checksum = hash.first_chunk::<4>().copied().unwrap_or_default();
    (Some(ChangeHash(hash)), [MAGIC.as_slice(), &checksum, &hashed].concat())
}
