//! A parcel as bytes: what is read of it, and where reading stops.

use closeknit_ids::{DeviceId, DocId};
use closeknit_sync::{
    Entry, Limits, Outdated, Version,
    frame::{FrameError, with_length},
    message::{Hello, Message, Proof, Statements, Writer},
    parcel::{DocumentWriter, Item, ParcelError, Reader},
};
use proptest::prelude::*;

const HELLO: Message = Message::Hello(Hello { lowest: 1, highest: 1 });
const WRITER: Message = Message::Writer(Writer { device: DeviceId([3; 32]) });

fn proof() -> Message {
    Message::Proof(Proof { chain: vec![vec![1; 100]] })
}

fn statements() -> Message {
    Message::Statements(Statements { statements: vec![vec![8; 200], vec![9; 20]], more: false })
}

fn bytes(messages: &[Message]) -> Vec<u8> {
    messages.iter().flat_map(|message| with_length(&message.to_frame().unwrap()).unwrap()).collect()
}

/// What comes out of it, and how it ends.
fn read_in(bytes: &[u8], step: usize, limits: &Limits) -> (Vec<Item>, Result<(), ParcelError>) {
    let mut reader = Reader::new(limits);
    let mut items = Vec::new();
    for mut part in bytes.chunks(step) {
        loop {
            match reader.take(&mut part) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => break,
                Err(error) => return (items, Err(error)),
            }
        }
    }
    (items, reader.finish())
}

fn read(bytes: &[u8]) -> (Vec<Item>, Result<(), ParcelError>) {
    read_in(bytes, 1000, &Limits::default())
}

#[test]
fn a_document_comes_out_change_by_change_as_it_went_in() {
    let entry = Entry { doc: DocId([5; 32]), generation: 2, version: Version([6; 16]) };
    let changes: Vec<Vec<u8>> = (0..40_u8).map(|n| vec![n; 30_000]).collect();
    let mut parcel = bytes(&[HELLO, WRITER, proof(), statements()]);
    let mut document = DocumentWriter::new(entry, vec![vec![7; 90]]);
    for change in &changes {
        parcel.extend(document.add(change.clone()).unwrap().unwrap_or_default());
    }
    parcel.extend(document.finish().unwrap());
    for step in [1, 7, 4096, parcel.len()] {
        let (items, ended) = read_in(&parcel, step, &Limits::default());
        ended.unwrap();
        assert!(matches!(&items[0], Item::Writer { device: DeviceId([3, ..]), chain } if chain.len() == 1));
        assert!(matches!(&items[1], Item::Statements(statements) if statements.len() == 2));
        let mut came = Vec::new();
        for (n, item) in items[2..].iter().enumerate() {
            let Item::Document(piece) = item else { panic!("{item:?}") };
            assert_eq!((piece.doc, piece.generation, piece.tips.len()), (entry.doc, 2, 1));
            assert!(piece.bytes() <= 256 * 1024);
            assert_eq!(piece.more, n + 3 < items.len());
            came.extend(piece.changes.clone());
        }
        assert_eq!(came, changes);
    }
}

#[test]
fn nothing_comes_before_the_writer_has_said_who_they_are() {
    let outside = |messages: &[Message]| {
        let (items, ended) = read(&bytes(messages));
        assert_eq!(items, []);
        ended.unwrap_err()
    };
    assert_eq!(outside(&[]), ParcelError::NoWriter);
    assert_eq!(outside(&[HELLO]), ParcelError::NoWriter);
    assert_eq!(outside(&[statements()]), ParcelError::NoWriter);
    assert_eq!(outside(&[WRITER, HELLO]), ParcelError::NoWriter);
    assert_eq!(outside(&[HELLO, proof()]), ParcelError::NoWriter);
    assert_eq!(outside(&[HELLO, WRITER, statements()]), ParcelError::NoWriter);
    let later = Message::Hello(Hello { lowest: 3, highest: 4 });
    assert_eq!(outside(&[later]), ParcelError::Version(Outdated::Here));
    let long = Message::Proof(Proof { chain: vec![vec![0; 1_200]; 60] });
    assert_eq!(outside(&[HELLO, WRITER, long]), ParcelError::NoWriter);
}

#[test]
fn kinds_of_later_versions_are_skipped_and_what_is_no_frame_ends_it() {
    let later = with_length(b"\x70\x00whatever this is").unwrap();
    let begins = [later.clone(), bytes(&[HELLO, WRITER, proof()])].concat();
    let whole = [begins.clone(), later, bytes(&[statements()])].concat();
    let (items, ended) = read(&whole);
    assert_eq!((items.len(), ended), (2, Ok(())));
    for cut in begins.len() + 1..whole.len() {
        let (items, ended) = read(&whole[..cut]);
        assert_eq!(items.len(), 1);
        assert!(matches!(ended, Ok(()) | Err(ParcelError::Frame(FrameError::CutOff))));
    }
    let (items, ended) = read(&[&begins[..], &[0xff; 4], &bytes(&[statements()])].concat());
    assert!(matches!(ended, Err(ParcelError::Frame(FrameError::TooLong { .. }))));
    assert_eq!(items.len(), 1);
}

#[test]
fn a_parcel_brings_no_more_than_a_machine_may_send() {
    let parcel = bytes(&[HELLO, WRITER, proof(), statements(), statements(), statements()]);
    let limits = Limits { bytes_an_hour: parcel.len() as u64 - 1, ..Limits::default() };
    let (items, ended) = read_in(&parcel, 64, &limits);
    assert_eq!((items.len(), ended), (3, Err(ParcelError::TooMuch)));
}

proptest! {
    #[test]
    fn whatever_the_bytes_nothing_panics(random in proptest::collection::vec(any::<u8>(), 0..600), step in 1_usize..600) {
        let begins = bytes(&[HELLO, WRITER, proof()]);
        let _ = read_in(&random, step, &Limits::default());
        let (items, _) = read_in(&[begins, random].concat(), step, &Limits::default());
        prop_assert!(!items.is_empty());
    }
}
