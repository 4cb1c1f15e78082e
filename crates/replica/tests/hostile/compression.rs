//! A few bytes that inflate to many.

use std::io::Write;

use automerge::Change;
use closeknit_replica::{Fault, Framing};

use crate::{bare, craft::*, gatehouse::*};

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    deflater.write_all(bytes).unwrap();
    deflater.finish().unwrap()
}

#[test]
fn a_deflate_bomb() {
    let mallory = mallory();
    let mut data = next(&mallory).data();
    data.resize(4 << 20, 0);
    let bomb = chunk(COMPRESSED, &deflate(&data), &data);
    assert!(bomb.len() < 64 * 1024, "{} bytes", bomb.len());

    let swollen = Change::try_from(bomb.as_slice()).unwrap();
    assert!(swollen.raw_bytes().len() > 100 * bomb.len(), "the library inflates without a bound");

    assert_eq!(show(&mallory, &[bomb]).unwrap_err(), Framing::Compressed);
    untouched(&mallory, &mallory);
}

#[test]
fn a_compressed_change_that_is_otherwise_sound() {
    let mallory = mallory();
    let data = next(&mallory).data();
    let packed = chunk(COMPRESSED, &deflate(&data), &data);
    assert_eq!(bare::apply(&mallory, &packed), bare::Outcome::Sound, "the library takes both forms");
    assert_eq!(show(&mallory, &[packed]).unwrap_err(), Framing::Compressed);
}

#[test]
fn a_deflated_column() {
    let mallory = mallory();
    let spoilt = next(&mallory).set(KEY_NAME | 8, deflate(&[0x7f, 1, b'k']));
    assert_eq!(refused(&mallory, spoilt.chunk()), Fault::Column);
}

/// Documents and bundles have parsers of their own, in which columns inflate without a bound.
#[test]
fn another_kind_of_chunk() {
    let mallory = mallory();
    let saved = bare::automerge(&mallory).save();
    assert_eq!(saved[8], DOCUMENT);
    assert_eq!(show(&mallory, &[saved]).unwrap_err(), Framing::NotAChange);
    let data = next(&mallory).data();
    for kind in [3, 4, 0xff] {
        assert_eq!(show(&mallory, &[chunk(kind, &data, &data)]).unwrap_err(), Framing::NotAChange);
    }
}
