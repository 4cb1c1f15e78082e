//! One process per profile.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use closeknit_store::{ProfileLock, StoreError};
use story::*;

#[test]
fn a_second_opener_is_refused_until_the_first_is_gone() {
    let home = Home::new();
    let path = home.directory.path().to_owned();
    assert!(matches!(ProfileLock::take(&path), Err(StoreError::InUse)));
    let Home { directory: _directory, lock, store } = home;
    drop(lock);
    assert!(matches!(ProfileLock::take(&path), Err(StoreError::InUse)), "the store holds it too");
    drop(store);
    ProfileLock::take(&path).unwrap();
}

#[test]
fn a_profile_that_is_not_there_is_said_so() {
    let directory = tempfile::tempdir().unwrap();
    let missing = ProfileLock::take(&directory.path().join("nowhere"));
    assert!(matches!(missing, Err(StoreError::File { .. })), "{missing:?}");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut home = Home::new();
    home.write(|batch| batch.set(closeknit_store::Scope::Profile, "words", b"twenty-four"));
    let mut seen = 0;
    for file in std::fs::read_dir(home.directory.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
        seen += 1;
    }
    assert_eq!(seen, 3, "database, journal and lock");
}
