//! A backup of every released format opens for ever, from the 24 words alone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use std::io::Cursor;

use closeknit_archive::{Contents, Item, OpenWith, open};
use closeknit_ids::CircleId;
use closeknit_trust::words::Words;
use story::*;

const WORDS: &str = "alpha deal scrub asthma idea logic bright thought alpha deal scrub asthma idea logic bright thought alpha deal scrub asthma idea logic bright truly";

#[test]
fn format_1() {
    let words = Words::from_phrase(WORDS).unwrap();
    let identities = [words.identity()];
    let frozen = include_bytes!("fixtures/format-1.closeknit.age");
    let mut backup = open(Cursor::new(frozen), OpenWith::Identities(&identities), &mut on).unwrap();
    assert_eq!(backup.info().about.written.to_string(), "2025-06-15T15:06:40Z");
    assert_eq!(backup.info().about.circles[0].name, "Millrace");
    assert_eq!(backup.info().recipients, [words.recipient().to_string()]);
    let contents = Contents { statements: 1, tips: 1, documents: 1, changes: 1, bytes: 24 };
    assert_eq!(backup.contents(), contents);
    let items = items(&mut backup);
    assert!(matches!(&items[0], Item::Statement { bytes, .. } if bytes == b"a statement"));
    assert!(matches!(&items[1], Item::Tip { bytes } if bytes == b"a tip"));
    let Item::Change { of, bytes } = &items[2] else { panic!("{items:?}") };
    assert_eq!((of.circle, of.generation, &bytes[..]), (CircleId([1; 32]), 0, &b"a change"[..]));
}
