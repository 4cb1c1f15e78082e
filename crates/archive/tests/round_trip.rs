//! A backup gives back what was put in, to whom it was sealed, and to nobody else.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use std::{fs, io::Cursor, ops::ControlFlow};

use closeknit_archive::{
    ArchiveError, Contents, DocumentName, Filling, Item, MOST_RECIPIENTS, OpenWith, SealTo, Step, open, write,
};
use closeknit_ids::{ActorId, StatementId};
use closeknit_trust::words::Words;
use sha2::{Digest, Sha256};
use story::*;

#[test]
fn everything_comes_back_in_its_order() {
    let shelf = Shelf::new();
    let written = shelf.write(fill).unwrap();
    assert_eq!(written.size, shelf.bytes().len() as u64);
    assert_eq!(shelf.names(), ["rosa-2025-06-15.closeknit.age"], "nothing else is left there");

    let mut backup = shelf.open().unwrap();
    assert_eq!(backup.info().about, about());
    assert_eq!(backup.info().recipients, [words().recipient().to_string()]);
    assert_eq!(backup.signer().device, laptop().id());
    assert_eq!(backup.signer().key, laptop().minisign_key());
    let contents = Contents { statements: 3, tips: 2, documents: 2, changes: 5, bytes: 1497 };
    assert_eq!((backup.contents(), written.contents), (contents, contents));

    let statement = |bytes: &[u8]| Item::Statement {
        id: StatementId(Sha256::digest(bytes).into()),
        bytes: bytes.to_vec(),
    };
    let of = |member, generation| DocumentName { circle: MILLRACE, member, generation };
    let change = |of, bytes: &[u8]| Item::Change { of, bytes: bytes.to_vec() };
    let expected = [
        statement(b"found, signed"),
        statement(b"admit, signed"),
        statement(b"enrol, signed"),
        Item::Tip { bytes: b"Rosa's tip".into() },
        Item::Tip { bytes: b"Sam's tip".into() },
        change(of(ROSA, 3), b"change 1 of 9"),
        change(of(ROSA, 3), b"change 1 of 4"),
        change(of(ROSA, 3), b"change 2 of 9"),
        change(of(SAM, 0), &[b'x'; 700]),
        change(of(SAM, 0), &[b'x'; 700]),
    ];
    assert_eq!(items(&mut backup), expected);
    assert_eq!(items(&mut backup), expected, "and again");
}

/// export(restore(b)) = b on the payload.
#[test]
fn what_is_written_from_a_restored_backup_is_the_same() {
    let shelf = Shelf::with_backup();
    let restored = items(&mut shelf.open().unwrap());
    let again = Shelf::new();
    again
        .write(|bag| {
            let mut document = None;
            let mut numbers = [(9, 1), (4, 1), (9, 2), (5, 1), (5, 2)].into_iter();
            for item in &restored {
                match item {
                    Item::Statement { bytes, .. } => bag.statement(bytes)?,
                    Item::Tip { bytes } => bag.tip(bytes)?,
                    Item::Change { of, bytes } => {
                        if document.replace(*of) != Some(*of) {
                            let whose = if of.member == ROSA { "Rosa" } else { "Sam" };
                            let whole = format!("the whole of {whose}'s document");
                            bag.document(of.circle, of.member, of.generation, whole.as_bytes())?;
                        }
                        let (actor, seq) = numbers.next().unwrap();
                        bag.change(ActorId([actor; 16]), seq, bytes)?;
                    }
                }
            }
            bag.readable("board.html", b"<!doctype html><title>Millrace</title>")?;
            bag.readable("posts.csv", b"title\r\nLift\r\n")
        })
        .unwrap();
    let payload = |shelf: &Shelf| {
        let mut files = files(&unsealed(&shelf.bytes()));
        assert_eq!(files.pop().unwrap().0, "tagmanifest-sha256.txt.minisig", "signing is not repeatable");
        files
    };
    assert_eq!(payload(&again), payload(&shelf));
    assert_ne!(again.bytes(), shelf.bytes(), "sealing is never the same twice");
}

#[test]
fn only_the_right_key_opens_it() {
    let shelf = Shelf::with_backup();
    let opened = |with: OpenWith<'_>| open(Cursor::new(shelf.bytes()), with, &mut on).map(drop);
    let wrong = mallorys().identity();
    let right = words().identity();
    assert!(matches!(
        opened(OpenWith::Identities(std::slice::from_ref(&wrong))),
        Err(ArchiveError::WrongKey)
    ));
    assert!(matches!(opened(OpenWith::Identities(&[])), Err(ArchiveError::WrongKey)));
    assert!(matches!(opened(OpenWith::Passphrase("ladder")), Err(ArchiveError::NeedsKey)));
    opened(OpenWith::Identities(&[wrong, right])).unwrap();
}

#[test]
fn as_many_can_open_it_as_it_may_be_sealed_to() {
    let keys: Vec<_> = (0..=MOST_RECIPIENTS as u8).map(|key| Words::from_bytes(&[key; 32])).collect();
    let recipients: Vec<_> = keys.iter().map(Words::recipient).collect();
    let shelf = Shelf::new();
    let sealed_to =
        |recipients| write(&shelf.path, &about(), SealTo::Recipients(recipients), &laptop(), &mut on, fill);
    assert!(matches!(sealed_to(&recipients), Err(ArchiveError::Misplaced(_))));
    // age adds a decoy of random length to each header.
    for _ in 0..20 {
        sealed_to(&recipients[1..]).unwrap();
        for one in [1, 17, MOST_RECIPIENTS] {
            let with = [keys[one].identity()];
            let backup = open(Cursor::new(shelf.bytes()), OpenWith::Identities(&with), &mut on).unwrap();
            assert_eq!(backup.info().recipients.len(), MOST_RECIPIENTS);
        }
    }
}

#[test]
fn a_passphrase_opens_what_was_sealed_with_it() {
    let shelf = Shelf::new();
    let seal = SealTo::Passphrase("ladder soup thursday");
    write(&shelf.path, &about(), seal, &laptop(), &mut on, fill).unwrap();
    let opened = |bytes: Vec<u8>, with: OpenWith<'_>| open(Cursor::new(bytes), with, &mut on);

    let backup = opened(shelf.bytes(), OpenWith::Passphrase("ladder soup thursday")).unwrap();
    assert_eq!(backup.info().recipients, [""; 0]);
    let wrong = opened(shelf.bytes(), OpenWith::Passphrase("ladder soup friday")).map(drop);
    assert!(matches!(wrong, Err(ArchiveError::WrongKey)));
    let key = opened(shelf.bytes(), OpenWith::Identities(&[words().identity()])).map(drop);
    assert!(matches!(key, Err(ArchiveError::NeedsPassphrase)));

    // A stranger's file that would keep the machine busy for an hour.
    let header = String::from_utf8_lossy(&shelf.bytes()[..200]).into_owned();
    let place = header.find(" 18\n").unwrap();
    let mut costly = shelf.bytes();
    costly[place + 1..place + 3].copy_from_slice(b"21");
    let refused = opened(costly, OpenWith::Passphrase("ladder soup thursday")).map(drop);
    assert!(matches!(refused, Err(ArchiveError::TooMuchWork)), "{refused:?}");
}

#[test]
fn an_older_backup_stands_until_the_new_one_is_whole() {
    let shelf = Shelf::with_backup();
    let older = shelf.bytes();
    let mut points = 0;
    // A crash or a failure at each point where something is written.
    for stop in 0..12 {
        let failed = shelf.write(|bag| {
            let mut step = 0;
            let mut next = |bag: &mut Filling<'_, '_>, bytes: &[u8]| {
                assert_eq!(shelf.bytes(), older);
                if step == stop {
                    points += 1;
                    return Err(ArchiveError::DiskFull);
                }
                step += 1;
                bag.statement(bytes)
            };
            (0..12_u8).try_for_each(|number| next(bag, &vec![number; 4000]))
        });
        assert!(matches!(failed, Err(ArchiveError::DiskFull)));
        assert_eq!(shelf.bytes(), older);
        assert_eq!(shelf.names().len(), 1, "no half file is left");
    }
    assert_eq!(points, 12);
    shelf.write(|bag| bag.statement(b"newer")).unwrap();
    assert_ne!(shelf.bytes(), older);
    assert!(is_whole(&shelf.path));
}

#[test]
fn it_can_be_stopped_at_any_step() {
    let shelf = Shelf::with_backup();
    let older = shelf.bytes();
    let large = |bag: &mut Filling<'_, '_>| {
        (0..20_u32).try_for_each(|generation| bag.document(MILLRACE, ROSA, generation, &[1; 300_000]))
    };
    let to = [words().recipient()];
    let mut seen = Vec::new();
    let mut watch = |progress| {
        seen.push(progress);
        ControlFlow::Continue(())
    };
    let elsewhere = Shelf::new();
    write(&elsewhere.path, &about(), SealTo::Recipients(&to), &laptop(), &mut watch, large).unwrap();
    assert!(seen.iter().any(|progress| progress.step == Step::Writing && progress.done > 5_000_000));
    assert!(seen.iter().any(|progress| progress.step == Step::Checking && progress.of.is_some()));

    for stop in 0..seen.len() {
        let mut left = stop;
        let mut watch = |_| match left.checked_sub(1) {
            Some(less) => {
                left = less;
                ControlFlow::Continue(())
            }
            None => ControlFlow::Break(()),
        };
        let stopped = write(&shelf.path, &about(), SealTo::Recipients(&to), &laptop(), &mut watch, large);
        assert!(matches!(stopped, Err(ArchiveError::Cancelled)), "after {stop}");
        assert_eq!((shelf.bytes(), shelf.names().len()), (older.clone(), 1));
    }
    let stopped =
        open(
            Cursor::new(older),
            OpenWith::Identities(&[words().identity()]),
            &mut |_| ControlFlow::Break(()),
        );
    assert!(matches!(stopped.map(drop), Err(ArchiveError::Cancelled)));
}

#[test]
fn what_a_backup_cannot_hold_is_not_written() {
    type Fill = fn(&mut Filling<'_, '_>) -> Result<(), ArchiveError>;
    let misplaced: [(&str, Fill); 9] = [
        ("nothing at all", |_| Ok(())),
        ("a statement twice", |bag| {
            bag.statement(b"same")?;
            bag.statement(b"same")
        }),
        ("a statement after a tip", |bag| {
            bag.tip(b"tip")?;
            bag.statement(b"late")
        }),
        ("documents not sorted", |bag| {
            bag.document(MILLRACE, SAM, 0, b"")?;
            bag.document(MILLRACE, ROSA, 0, b"")
        }),
        ("a change without a document", |bag| bag.change(ActorId([1; 16]), 1, b"change")),
        ("a change twice", |bag| {
            bag.document(MILLRACE, ROSA, 0, b"")?;
            bag.change(ActorId([1; 16]), 1, b"change")?;
            bag.change(ActorId([1; 16]), 1, b"change")
        }),
        ("a name that leads elsewhere", |bag| bag.readable("../posts.csv", b"")),
        ("a name with a line end", |bag| bag.readable("posts\n.csv", b"")),
        ("names not sorted", |bag| {
            bag.readable("posts.csv", b"")?;
            bag.readable("board.html", b"")
        }),
    ];
    let shelf = Shelf::new();
    for (what, fill) in misplaced {
        let refused = shelf.write(fill);
        assert!(matches!(refused, Err(ArchiveError::Misplaced(_))), "{what}: {refused:?}");
    }
    let large = shelf.write(|bag| bag.statement(&[0; 5000]));
    assert!(matches!(large, Err(ArchiveError::TooLarge(_))));
    assert_eq!(shelf.names(), [""; 0]);
    let nobody = write(&shelf.path, &about(), SealTo::Recipients(&[]), &laptop(), &mut on, fill);
    assert!(matches!(nobody, Err(ArchiveError::Misplaced(_))));
    let nowhere = shelf.directory.path().join("nowhere/rosa.age");
    let to = [words().recipient()];
    let missing = write(&nowhere, &about(), SealTo::Recipients(&to), &laptop(), &mut on, fill);
    assert!(matches!(missing, Err(ArchiveError::File { .. })));
}

#[test]
fn a_file_that_was_exchanged_after_it_was_verified_is_found_out() {
    let shelf = Shelf::with_backup();
    let mut backup = shelf.open().unwrap();
    let other = Shelf::new();
    other.write(|bag| bag.statement(b"something else")).unwrap();
    fs::write(&shelf.path, other.bytes()).unwrap();
    let mut taken = 0;
    let changed = backup.items(&mut on, |_| {
        taken += 1;
        Ok::<_, ArchiveError>(())
    });
    assert!(matches!(changed, Err(ArchiveError::Changed)), "{changed:?}");
    assert_eq!(taken, 0);
}

#[test]
fn whoever_takes_the_items_can_stop() {
    let shelf = Shelf::with_backup();
    let mut taken = 0;
    let stopped = shelf.open().unwrap().items(&mut on, |_| {
        taken += 1;
        if taken == 4 { Err(ArchiveError::DiskFull) } else { Ok(()) }
    });
    assert!(matches!(stopped, Err(ArchiveError::DiskFull)));
    assert_eq!(taken, 4);
}
