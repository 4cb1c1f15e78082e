//! Whatever happens to a sealed file on its way, it is refused whole. (What happens inside the age
//! layer is tested in `src/read.rs` and in `forged.rs`.)
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use std::io::Cursor;

use closeknit_archive::{OpenWith, open};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use story::*;

const CHUNK: usize = 64 * 1024 + 16;

fn header_length(sealed: &[u8]) -> usize {
    let end = sealed.windows(5).position(|window| window == b"\n--- ").unwrap() + 1;
    end + sealed[end..].iter().position(|byte| *byte == b'\n').unwrap() + 1
}

/// Refuses thousands of files with one identity, which is read once.
struct Refusing {
    identities: [closeknit_trust::seal::Identity; 1],
    refused: usize,
}

impl Refusing {
    fn new() -> Self {
        Self { identities: [words().identity()], refused: 0 }
    }

    fn file(&mut self, bytes: &[u8], what: impl FnOnce() -> String) {
        let opened = open(Cursor::new(bytes), OpenWith::Identities(&self.identities), &mut on);
        assert!(opened.is_err(), "{}", what());
        self.refused += 1;
    }
}

#[test]
fn every_bit_of_the_header_and_the_first_4_kib() {
    let shelf = Shelf::new();
    shelf.write(|bag| bag.statement(b"found, signed")).unwrap();
    let sealed = shelf.bytes();
    let until = header_length(&sealed) + 16 + 4096;
    let flip_each_from = &|first: usize, step: usize| {
        let mut sealed = sealed.clone();
        let mut refusing = Refusing::new();
        for place in (first..until).step_by(step) {
            for bit in 0..8 {
                sealed[place] ^= 1 << bit;
                refusing.file(&sealed, || format!("bit {bit} of byte {place}"));
                sealed[place] ^= 1 << bit;
            }
        }
        refusing.refused
    };
    let refused: usize = std::thread::scope(|scope| {
        let halves = [0, 1].map(|first| scope.spawn(move || flip_each_from(first, 2)));
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    });
    assert_eq!(refused, until * 8);
    open_bytes(sealed).unwrap();
}

#[test]
fn two_thousand_places_and_cuts_anywhere() {
    let mut sealed = Shelf::with_backup().bytes();
    let mut rng = StdRng::seed_from_u64(2_000);
    let mut refusing = Refusing::new();
    for _ in 0..2_000 {
        let (place, bit) = (rng.random_range(0..sealed.len()), rng.random_range(0..8));
        sealed[place] ^= 1 << bit;
        refusing.file(&sealed, || format!("bit {bit} of byte {place}"));
        sealed[place] ^= 1 << bit;
        let cut = rng.random_range(0..sealed.len());
        refusing.file(&sealed[..cut], || format!("cut at {cut}"));
    }
    for more in [1, 15, 16, 512, CHUNK] {
        let longer = [&sealed[..], &vec![0; more]].concat();
        refusing.file(&longer, || format!("{more} bytes more"));
    }
    open_bytes(sealed).unwrap();
}

#[test]
fn chunks_doubled_swapped_and_dropped() {
    let shelf = Shelf::new();
    shelf.write(|bag| bag.document(MILLRACE, ROSA, 0, &[7; 5 * CHUNK])).unwrap();
    let sealed = shelf.bytes();
    let payload = header_length(&sealed) + 16;
    let chunks: Vec<&[u8]> = sealed[payload..].chunks(CHUNK).collect();
    assert!(chunks.len() > 5);
    let mut refusing = Refusing::new();
    let mut with = |chunks: &[&[u8]], what: String| {
        refusing.file(&[&sealed[..payload], &chunks.concat()].concat(), || what);
    };
    for chunk in 0..chunks.len() {
        let mut doubled = chunks.clone();
        doubled.insert(chunk, chunks[chunk]);
        with(&doubled, format!("chunk {chunk} doubled"));
        let mut dropped = chunks.clone();
        dropped.remove(chunk);
        with(&dropped, format!("chunk {chunk} dropped"));
        for other in 0..chunk {
            let mut swapped = chunks.clone();
            swapped.swap(chunk, other);
            with(&swapped, format!("chunks {chunk} and {other} swapped"));
        }
        with(&chunks[..chunk], format!("cut before chunk {chunk}"));
    }
    with(&[], "no chunk".into());
    open_bytes(sealed.clone()).unwrap();
}

#[test]
fn files_that_are_no_backup() {
    let lines = [b"age-encryption.org/v1\n".as_slice(), &b"-> a\n\n".repeat(1_000_000)].concat();
    let one_line = [b"age-encryption.org/v1\n-> ".as_slice(), &vec![b'a'; 10_000_000]].concat();
    let mut refusing = Refusing::new();
    for (what, bytes) in [
        ("empty", vec![]),
        ("text", b"a letter to Sam".to_vec()),
        ("zeros", vec![0; 100_000]),
        ("a header of a million lines", lines),
        ("a header of one endless line", one_line),
        ("an age file with nothing in it", sealed(b"")),
        ("an age file with a letter in it", sealed(&b"a letter to Rosa ".repeat(100))),
        ("an age file of zeros", sealed(&[0; 10_000])),
    ] {
        refusing.file(&bytes, || what.into());
    }
}

/// Does something for every number below `most`, on all processors.
fn on_all_processors(most: usize, work: impl Fn(&mut Refusing, usize) + Sync) {
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let work = &work;
    let refused: usize = std::thread::scope(|scope| {
        let share = |first| {
            move || {
                let mut refusing = Refusing::new();
                (first..most).step_by(threads).for_each(|number| work(&mut refusing, number));
                refusing.refused
            }
        };
        let all: Vec<_> = (0..threads).map(|first| scope.spawn(share(first))).collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    println!("{refused} files refused");
    assert!(refused >= most);
}

fn sealed_of(size: usize) -> Vec<u8> {
    let shelf = Shelf::new();
    shelf.write(|bag| bag.document(MILLRACE, ROSA, 0, &vec![7; size - 8 * 1024])).unwrap();
    let sealed = shelf.bytes();
    assert!(sealed.len().abs_diff(size) < 8 * 1024, "{}", sealed.len());
    sealed
}

#[test]
#[ignore = "night: half a million files"]
fn every_bit_of_64_kib() {
    let sealed = sealed_of(64 * 1024);
    on_all_processors(sealed.len(), |refusing, place| {
        let mut sealed = sealed.clone();
        for bit in 0..8 {
            sealed[place] ^= 1 << bit;
            refusing.file(&sealed, || format!("bit {bit} of byte {place}"));
            sealed[place] ^= 1 << bit;
        }
    });
}

#[test]
#[ignore = "night: a million files of a MiB"]
fn every_byte_of_a_mib() {
    let sealed = sealed_of(1024 * 1024);
    on_all_processors(sealed.len(), |refusing, place| {
        let mut sealed = sealed.clone();
        sealed[place] ^= 1 << (place % 8);
        refusing.file(&sealed, || format!("byte {place}"));
    });
}

#[test]
#[ignore = "night: a million files of up to a MiB"]
fn every_length_of_a_mib() {
    let sealed = sealed_of(1024 * 1024);
    on_all_processors(sealed.len(), |refusing, length| {
        refusing.file(&sealed[..length], || format!("cut at {length}"));
    });
}
