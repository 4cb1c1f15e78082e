//! The sealed file around a parcel's frames.
#![cfg(test)]

use std::{
    fs::{self, File},
    io::Cursor,
};

use closeknit_archive::{ArchiveError, MOST_PARCEL_RECIPIENTS, open_parcel, write_parcel};
use closeknit_trust::{
    device::DeviceKeys,
    seal::{Identity, Recipient},
};
use rand::{SeedableRng as _, rngs::StdRng};

fn keys(count: usize) -> Vec<DeviceKeys> {
    let mut rng = StdRng::seed_from_u64(7);
    (0..count).map(|_| DeviceKeys::generate(&mut rng)).collect()
}

fn recipients(keys: &[DeviceKeys]) -> Vec<Recipient> {
    keys.iter().map(DeviceKeys::recipient).collect()
}

/// What can be read, and what ended it.
fn all(file: &[u8], with: &[Identity]) -> Result<(Vec<u8>, Option<ArchiveError>), ArchiveError> {
    let mut parcel = open_parcel(Cursor::new(file), with)?;
    let (mut read, mut buffer) = (Vec::new(), vec![0; 10_000]);
    loop {
        match parcel.read(&mut buffer) {
            Ok(0) => return Ok((read, None)),
            Ok(count) => read.extend_from_slice(&buffer[..count]),
            Err(error) => return Ok((read, Some(error))),
        }
    }
}

fn content() -> Vec<u8> {
    (0..200_000_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect()
}

fn written(to: &[Recipient]) -> Vec<u8> {
    written_with(to, &content())
}

fn written_with(to: &[Recipient], content: &[u8]) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("stick");
    let size = write_parcel(&path, to, |put| content.chunks(777).try_for_each(put)).unwrap();
    let bytes = fs::read(&path).unwrap();
    assert_eq!(bytes.len() as u64, size);
    bytes
}

#[test]
fn each_for_whom_it_is_opens_it_and_nobody_else() {
    let keys = keys(4);
    let file = written(&recipients(&keys[..3]));
    for one in &keys[..3] {
        let (read, ended) = all(&file, &[one.identity()]).unwrap();
        assert!(read == content() && ended.is_none());
    }
    assert!(matches!(all(&file, &[keys[3].identity()]), Err(ArchiveError::WrongKey)));
    assert!(matches!(all(&file, &[]), Err(ArchiveError::WrongKey)));
    assert!(all(&file, &[keys[3].identity(), keys[0].identity()]).is_ok());
}

#[test]
fn no_bit_of_the_first_4_kib_can_be_flipped() {
    let keys = keys(1);
    let mut file = written_with(&recipients(&keys), &content()[..5_000]);
    let with = [keys[0].identity()];
    for place in 0..4096 {
        for bit in 0..8 {
            file[place] ^= 1 << bit;
            match all(&file, &with) {
                Err(_) => {}
                Ok((read, ended)) => {
                    assert!(read.is_empty() && ended.is_some(), "bit {bit} of byte {place}");
                }
            }
            file[place] ^= 1 << bit;
        }
    }
}

#[test]
fn of_a_cut_file_whole_chunks_come_and_then_an_error() {
    let keys = keys(1);
    let (file, content) = (written(&recipients(&keys)), content());
    for cut in (0..file.len()).step_by(997) {
        if let Ok((read, ended)) = all(&file[..cut], &[keys[0].identity()]) {
            assert!(ended.is_some(), "cut at {cut}");
            assert!(content.starts_with(&read) && read.len() % (64 * 1024) == 0, "cut at {cut}");
        }
    }
}

#[test]
fn an_older_parcel_stands_until_the_new_one_is_whole() {
    let keys = keys(1);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("stick");
    fs::write(&path, b"the older").unwrap();
    let failed = write_parcel(&path, &recipients(&keys), |put| {
        put(b"half of")?;
        Err(ArchiveError::DiskFull)
    });
    assert!(matches!(failed, Err(ArchiveError::DiskFull)));
    assert_eq!(fs::read(&path).unwrap(), b"the older");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_circle_of_a_thousand_can_be_written_to_and_more_keys_are_refused() {
    let mut keys = keys(MOST_PARCEL_RECIPIENTS);
    let to = recipients(&keys);
    let file = written(&to);
    let last = keys.pop().unwrap();
    assert!(all(&file, &[last.identity()]).unwrap().1.is_none());
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("stick");
    let refused = write_parcel(&path, &[to, vec![last.recipient()]].concat(), |put| put(b""));
    assert!(matches!(refused, Err(ArchiveError::Misplaced(_))));
    assert!(File::open(&path).is_err());
    // A head that never ends is not read to its end.
    let endless = b"age-encryption.org/v1\n".iter().copied().chain(b"-> X25519 x\n".repeat(100_000));
    let endless: Vec<u8> = endless.collect();
    assert!(matches!(all(&endless, &[last.identity()]), Err(ArchiveError::NotABackup)));
}
