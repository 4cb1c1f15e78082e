//! Changes on the wire: deflated if that is worth it, and never inflated beyond a bound.
//!
//! A packed list is a byte string: `0` and the plain form, or `1`, the length of the plain form as a
//! postcard number, and its raw deflate. The plain form is a postcard list of byte strings.

use std::io::{Read, Write as _};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _, ser::Error as _};

use crate::{Piece, bounded, frame::MAX_FRAME};

/// The longest plain form: a piece's changes and the lengths of each.
pub(crate) const MAX_PLAIN: usize = 288 * 1024;
/// Shorter lists are not worth deflating.
const WORTH_DEFLATING: usize = 512;

const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;

#[derive(serde::Serialize, serde::Deserialize)]
struct Plain(
    #[serde(serialize_with = "bounded::write_blobs")]
    #[serde(deserialize_with = "bounded::blobs::<{ Piece::MOST_CHANGES }, { Piece::LONGEST_CHANGE }, _>")]
    Vec<Vec<u8>>,
);

#[derive(serde::Serialize)]
struct PlainRef<'a>(#[serde(serialize_with = "bounded::write_blobs")] &'a [Vec<u8>]);

/// Why a packed list cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("not a packed list")]
    Malformed,
    #[error("inflates to more or less than it says, or than there may be")]
    Length,
}

pub(crate) fn serialize<S: Serializer>(changes: &[Vec<u8>], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(&pack(changes).map_err(S::Error::custom)?)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Vec<u8>>, D::Error> {
    unpack(&bounded::blob::<MAX_FRAME, D>(from)?).map_err(D::Error::custom)
}

fn pack(changes: &[Vec<u8>]) -> Result<Vec<u8>, Unreadable> {
    let plain = postcard::to_extend(&PlainRef(changes), vec![PLAIN]).map_err(|_| Unreadable::Malformed)?;
    let Some((_, content)) = plain.split_first() else { return Err(Unreadable::Malformed) };
    if content.len() > MAX_PLAIN {
        return Err(Unreadable::Length);
    }
    if content.len() < WORTH_DEFLATING {
        return Ok(plain);
    }
    let deflated = deflate(content).map_err(|_| Unreadable::Malformed)?;
    Ok(if deflated.len() < plain.len() { deflated } else { plain })
}

fn deflate(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let header = postcard::to_extend(&content.len(), vec![DEFLATED]).map_err(std::io::Error::other)?;
    let mut encoder = DeflateEncoder::new(header, Compression::fast());
    encoder.write_all(content)?;
    encoder.finish()
}

fn unpack(packed: &[u8]) -> Result<Vec<Vec<u8>>, Unreadable> {
    match packed.split_first() {
        Some((&PLAIN, content)) if content.len() <= MAX_PLAIN => read(content),
        Some((&DEFLATED, rest)) => {
            let (length, deflated) =
                postcard::take_from_bytes::<usize>(rest).map_err(|_| Unreadable::Malformed)?;
            read(&inflate(deflated, length)?)
        }
        _ => Err(Unreadable::Malformed),
    }
}

/// Inflates to exactly `length` bytes. Nothing is allocated for a length over the bound, and nothing
/// is inflated beyond it.
fn inflate(deflated: &[u8], length: usize) -> Result<Vec<u8>, Unreadable> {
    if length > MAX_PLAIN {
        return Err(Unreadable::Length);
    }
    let mut content = vec![0; length];
    let mut decoder = DeflateDecoder::new(deflated);
    decoder.read_exact(&mut content).map_err(|_| Unreadable::Length)?;
    match decoder.read(&mut [0]) {
        Ok(0) => Ok(content),
        _ => Err(Unreadable::Length),
    }
}

fn read(content: &[u8]) -> Result<Vec<Vec<u8>>, Unreadable> {
    let mut deserializer = postcard::Deserializer::from_bytes(content);
    let Plain(changes) = Plain::deserialize(&mut deserializer).map_err(|_| Unreadable::Malformed)?;
    match deserializer.finalize() {
        Ok([]) => Ok(changes),
        _ => Err(Unreadable::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_unpacks_and_what_is_worth_it_shrinks() {
        let posts: Vec<Vec<u8>> =
            (0..50).map(|n| format!("a lift to the eye clinic {n}").into_bytes()).collect();
        let packed = pack(&posts).unwrap();
        assert_eq!(unpack(&packed).unwrap(), posts);
        assert_eq!(packed[0], DEFLATED);
        assert!(packed.len() < posts.concat().len() / 3, "{}", packed.len());
        for few in [vec![], vec![vec![]], vec![vec![7; 300]]] {
            let packed = pack(&few).unwrap();
            assert_eq!((packed[0], unpack(&packed).unwrap()), (PLAIN, few));
        }
    }

    #[test]
    fn a_bomb_is_refused_before_it_grows() {
        let zeros = vec![0; 8 * 1024 * 1024];
        let mut bomb = DeflateEncoder::new(Vec::new(), Compression::best());
        bomb.write_all(&zeros).unwrap();
        let bomb = bomb.finish().unwrap();
        for promised in [0, 1, MAX_PLAIN, MAX_PLAIN + 1, zeros.len(), usize::MAX] {
            let header = postcard::to_extend(&promised, vec![DEFLATED]).unwrap();
            assert!(
                matches!(unpack(&[header, bomb.clone()].concat()), Err(Unreadable::Length)),
                "{promised}"
            );
        }
    }

    #[test]
    fn a_piece_too_large_is_not_packed() {
        assert!(matches!(pack(&[vec![1; MAX_PLAIN]]), Err(Unreadable::Length)));
        assert!(pack(&[vec![1; Piece::LONGEST_CHANGE]]).is_ok());
    }
}
