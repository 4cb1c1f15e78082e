//! Changes on the wire: deflated if that is worth it, and never inflated beyond a bound.
//!
//! What is packed is a byte string: `0` and the plain form, or `1`, the length of the plain form as a
//! postcard number, and its raw deflate. The plain form of changes or statements is a postcard list of byte strings,
//! that of [`pieces`] a list of pieces with their changes made slim ([`closeknit_replica::Slim`]).

use std::io::{Read, Write as _};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};

use crate::{Piece, bounded, frame::MAX_FRAME};

/// The longest plain form: a piece's changes and the lengths of each.
pub(crate) const MAX_PLAIN: usize = 288 * 1024;
/// What is shorter is not worth deflating.
const WORTH_DEFLATING: usize = 512;

/// Of deflate, from 1 to 9.
const LEVEL: u32 = 4;

const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;

#[derive(Serialize, Deserialize)]
struct Plain(
    #[serde(serialize_with = "bounded::write_blobs")]
    #[serde(deserialize_with = "bounded::blobs::<{ Piece::MOST_CHANGES }, { Piece::LONGEST_CHANGE }, _>")]
    Vec<Vec<u8>>,
);

#[derive(Serialize)]
struct PlainRef<'a>(#[serde(serialize_with = "bounded::write_blobs")] &'a [Vec<u8>]);

/// Why something packed cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("it is not packed like this")]
    Malformed,
    #[error("inflates to more or less than it says, or than there may be")]
    Length,
}

pub(crate) fn serialize<S: Serializer>(changes: &[Vec<u8>], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(&pack(&PlainRef(changes)).map_err(S::Error::custom)?)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Vec<u8>>, D::Error> {
    let Plain(changes) = unpack(&bounded::blob::<MAX_FRAME, D>(from)?).map_err(D::Error::custom)?;
    Ok(changes)
}

fn pack(content: &impl Serialize) -> Result<Vec<u8>, Unreadable> {
    let plain = postcard::to_extend(content, vec![PLAIN]).map_err(|_| Unreadable::Malformed)?;
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
    let mut encoder = DeflateEncoder::new(header, Compression::new(LEVEL));
    encoder.write_all(content)?;
    encoder.finish()
}

fn unpack<T: for<'de> Deserialize<'de>>(packed: &[u8]) -> Result<T, Unreadable> {
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

fn read<T: for<'de> Deserialize<'de>>(content: &[u8]) -> Result<T, Unreadable> {
    match postcard::take_from_bytes(content) {
        Ok((content, [])) => Ok(content),
        _ => Err(Unreadable::Malformed),
    }
}

/// Statements of many, which have circle, members and machines in common.
pub(crate) mod statements {
    use serde::{de::Error as _, ser::Error as _};

    use super::{Deserialize, Deserializer, MAX_FRAME, PlainRef, Serializer, bounded, pack, unpack};
    use crate::message::{LONGEST_STATEMENT, MOST_STATEMENTS};

    #[derive(Deserialize)]
    struct Plain(
        #[serde(deserialize_with = "bounded::blobs::<MOST_STATEMENTS, LONGEST_STATEMENT, _>")] Vec<Vec<u8>>,
    );

    pub(crate) fn serialize<S: Serializer>(statements: &[Vec<u8>], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&pack(&PlainRef(statements)).map_err(S::Error::custom)?)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Vec<u8>>, D::Error> {
        let Plain(statements) = unpack(&bounded::blob::<MAX_FRAME, D>(from)?).map_err(D::Error::custom)?;
        Ok(statements)
    }
}

/// Pieces of several documents, packed as one: what they say alike is said once.
pub(crate) mod pieces {
    use closeknit_ids::DocId;
    use closeknit_replica::Slim;
    use serde::{de::Error as _, ser::Error as _};

    use super::{Deserialize, Deserializer, MAX_FRAME, Piece, PlainRef, Serializer, bounded, pack, unpack};
    use crate::{Version, message::MOST_ASKED};

    #[derive(Deserialize)]
    struct Plain {
        doc: DocId,
        generation: u32,
        version: Version,
        #[serde(deserialize_with = "bounded::blobs::<{ Piece::MOST_TIPS }, { Piece::LONGEST_TIP }, _>")]
        tips: Vec<Vec<u8>>,
        changes: super::Plain,
        more: bool,
    }

    #[derive(Deserialize)]
    struct List(#[serde(deserialize_with = "bounded::list::<MOST_ASKED, _, _>")] Vec<Plain>);

    pub(crate) fn serialize<S: Serializer>(pieces: &[Piece], to: S) -> Result<S::Ok, S::Error> {
        let slim: Vec<Vec<Vec<u8>>> = pieces
            .iter()
            .map(|piece| {
                let mut slim = Slim::default();
                piece.changes.iter().map(|change| slim.down(change)).collect()
            })
            .collect();
        let plain = |(piece, slim)| {
            let Piece { doc, generation, version, tips, more, .. }: &Piece = piece;
            let changes: &Vec<Vec<u8>> = slim;
            (*doc, *generation, *version, PlainRef(tips), PlainRef(changes), *more)
        };
        let plain: Vec<_> = pieces.iter().zip(&slim).map(plain).collect();
        to.serialize_bytes(&pack(&plain).map_err(S::Error::custom)?)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Piece>, D::Error> {
        let packed = bounded::blob::<MAX_FRAME, D>(from)?;
        let List(plain) = unpack(&packed).map_err(D::Error::custom)?;
        let piece = |plain: Plain| {
            let Plain { doc, generation, version, tips, changes: super::Plain(slim), more } = plain;
            let mut full = Slim::default();
            let changes = slim.iter().map(|slim| full.up(slim)).collect::<Result<_, _>>();
            Ok(Piece { doc, generation, version, tips, changes: changes.map_err(D::Error::custom)?, more })
        };
        plain.into_iter().map(piece).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed_list(changes: &[Vec<u8>]) -> Vec<u8> {
        pack(&PlainRef(changes)).unwrap()
    }

    fn unpacked(packed: &[u8]) -> Result<Vec<Vec<u8>>, Unreadable> {
        unpack::<Plain>(packed).map(|Plain(changes)| changes)
    }

    #[test]
    fn what_is_packed_unpacks_and_what_is_worth_it_shrinks() {
        let posts: Vec<Vec<u8>> =
            (0..50).map(|n| format!("a lift to the eye clinic {n}").into_bytes()).collect();
        let packed = packed_list(&posts);
        assert_eq!(unpacked(&packed).unwrap(), posts);
        assert_eq!(packed[0], DEFLATED);
        assert!(packed.len() < posts.concat().len() / 3, "{}", packed.len());
        for few in [vec![], vec![vec![]], vec![vec![7; 300]]] {
            let packed = packed_list(&few);
            assert_eq!((packed[0], unpacked(&packed).unwrap()), (PLAIN, few));
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
                matches!(unpacked(&[header, bomb.clone()].concat()), Err(Unreadable::Length)),
                "{promised}"
            );
        }
    }

    #[test]
    fn a_piece_too_large_is_not_packed() {
        assert!(matches!(pack(&PlainRef(&[vec![1; MAX_PLAIN]])), Err(Unreadable::Length)));
        assert!(pack(&PlainRef(&[vec![1; Piece::LONGEST_CHANGE]])).is_ok());
    }
}
