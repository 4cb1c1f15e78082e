//! Anybody can seal something to Rosa. What was not signed whole is refused; what another machine
//! signed says so.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use closeknit_archive::{ArchiveError, Item};
use closeknit_ids::StatementId;
use closeknit_trust::device::DeviceKeys;
use sha2::{Digest, Sha256};
use story::*;

type Files = Vec<(String, Vec<u8>)>;

fn rosas() -> Files {
    files(&unsealed(&Shelf::with_backup().bytes()))
}

fn find<'a>(files: &'a mut Files, path: &str) -> &'a mut (String, Vec<u8>) {
    files.iter_mut().find(|(name, _)| name.starts_with(path)).unwrap()
}

/// The files as an archive, headers as Closeknit writes them.
fn archive(files: &Files) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(tar::EntryType::Regular);
        header.set_path(path).unwrap();
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_size(bytes.len() as u64);
        header.set_mtime(1_750_000_000);
        header.set_cksum();
        builder.append(&header, &bytes[..]).unwrap();
    }
    builder.into_inner().unwrap()
}

/// Makes the lists right again, as far as that is possible without a key.
fn listed(mut files: Files) -> Files {
    let line = |(path, bytes): &(String, Vec<u8>)| {
        format!("{}  {path}\n", StatementId(Sha256::digest(bytes).into()))
    };
    let payload: String = files.iter().filter(|(path, _)| path.starts_with("data/")).map(line).collect();
    find(&mut files, "manifest").1 = payload.into();
    let tags: String = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "device.pub"]
        .iter()
        .filter_map(|tag| files.iter().find(|(path, _)| path == tag).map(line))
        .collect();
    find(&mut files, "tagmanifest-sha256.txt").1 = tags.into();
    files
}

/// The same, signed by whoever has `keys`.
fn signed(files: Files, keys: &DeviceKeys, comment: &str) -> Files {
    let mut files = files;
    find(&mut files, "device.pub").1 = keys.minisign_key().file_text().into();
    let mut files = listed(files);
    let tags = find(&mut files, "tagmanifest").1.clone();
    let signature = keys.sign_file(&tags[..], comment).unwrap();
    let (_, signature) = signature.split_once('\n').unwrap();
    let signature = format!("untrusted comment: signature of tagmanifest-sha256.txt\n{signature}");
    find(&mut files, "tagmanifest-sha256.txt.minisig").1 = signature.into();
    files
}

fn refusal(files: &Files) -> ArchiveError {
    match open_bytes(sealed(&archive(files))) {
        Err(error) => error,
        Ok(backup) => panic!("opened: {:?}", backup.contents()),
    }
}

#[test]
fn the_forger_of_these_tests_packs_as_closeknit_does() {
    let plain = unsealed(&Shelf::with_backup().bytes());
    assert_eq!(archive(&files(&plain)), plain);
    open_bytes(sealed(&plain)).unwrap();
    assert_eq!(listed(files(&plain)), files(&plain));
}

#[test]
fn another_machines_signature_says_so() {
    let forged = signed(rosas(), &mallorys(), "Closeknit backup");
    let backup = open_bytes(sealed(&archive(&forged))).unwrap();
    assert_eq!(backup.signer().device, laptop().id(), "the bag claims to be the laptop's");
    assert_eq!(backup.signer().key, mallorys().minisign_key());
    assert_ne!(backup.signer().key, laptop().minisign_key());
}

#[test]
fn a_signature_for_something_else_is_none() {
    let other = signed(rosas(), &laptop(), "an update");
    assert!(matches!(refusal(&other), ArchiveError::Damaged("its signature")));
}

#[test]
fn nothing_can_be_altered_under_rosas_signature() {
    type Alter = fn(&mut Files);
    let alterations: [(&str, Alter); 9] = [
        ("a change", |files| find(files, "data/documents").1[0] ^= 1),
        ("a file for people", |files| find(files, "data/readable").1.push(b'!')),
        ("who wrote it", |files| {
            let info = &mut find(files, "bag-info").1;
            *info = String::from_utf8(info.clone()).unwrap().replace("Millrace", "Harbour").into();
        }),
        ("a statement and its name", |files| {
            let (path, bytes) = find(files, "data/statements");
            *bytes = b"remove Sam, signed".into();
            *path = format!("data/statements/{}.stmt", StatementId(Sha256::digest(bytes).into()));
        }),
        ("a statement left out", |files| {
            let place = files.iter().position(|(path, _)| path.starts_with("data/statements")).unwrap();
            files.remove(place);
        }),
        ("a file added", |files| {
            let place = files.iter().position(|(path, _)| path.starts_with("manifest")).unwrap();
            files.insert(place, ("data/readable/z.html".into(), b"more".into()));
        }),
        ("a change moved to Sam's document", |files| {
            let change = files.iter().position(|(path, _)| path.ends_with("-2.change")).unwrap();
            let (path, bytes) = files.remove(change);
            let path = path.replace(&ROSA.to_string(), &SAM.to_string()).replace("/3/", "/0/");
            let sams = files.iter().rposition(|(path, _)| path.ends_with(".change")).unwrap();
            files.insert(sams + 1, (path, bytes));
        }),
        ("two changes swapped", |files| {
            let place = files.iter().position(|(path, _)| path.ends_with(".change")).unwrap();
            files.swap(place, place + 1);
        }),
        ("the key alone", |files| {
            find(files, "device.pub").1 = mallorys().minisign_key().file_text().into();
        }),
    ];
    for (what, alter) in alterations {
        let mut files = rosas();
        alter(&mut files);
        assert!(matches!(refusal(&files), ArchiveError::Damaged(_)), "{what}");
        let listed = refusal(&listed(files));
        assert!(matches!(listed, ArchiveError::Damaged("its signature")), "{what}, listed: {listed:?}");
    }
}

#[test]
fn a_signer_cannot_pack_what_no_backup_has() {
    type Alter = fn(&mut Files);
    let alterations: [(&str, Alter); 12] = [
        ("a path that leads out", |files| find(files, "data/readable").0 = "data/readable/..x/y".into()),
        ("a file outside", |files| find(files, "data/readable/board").0 = "data/board.html".into()),
        ("a statement under another name", |files| {
            find(files, "data/statements").0 = format!("data/statements/{}.stmt", "00".repeat(32));
        }),
        ("a file twice", |files| {
            let file = find(files, "data/readable/posts").clone();
            let place = files.iter().position(|(path, _)| path.starts_with("manifest")).unwrap();
            files.insert(place, file);
        }),
        ("no declaration", |files| drop(files.remove(0))),
        ("another declaration", |files| files[0].1 = b"BagIt-Version: 0.97\n".into()),
        ("no information", |files| drop(files.remove(1))),
        ("no payload", |files| files.retain(|(path, _)| !path.starts_with("data/"))),
        ("a change too large", |files| {
            let change = files.iter_mut().find(|(path, _)| path.ends_with(".change")).unwrap();
            change.1 = vec![0; 300_000];
        }),
        ("a statement too large", |files| {
            let (path, bytes) = find(files, "data/statements");
            *bytes = vec![0; 5_000];
            *path = format!("data/statements/{}.stmt", StatementId(Sha256::digest(bytes).into()));
        }),
        ("tips before statements", |files| {
            let tip = files.iter().position(|(path, _)| path.starts_with("data/tips")).unwrap();
            let tip = files.remove(tip);
            files.insert(2, tip);
        }),
        ("a newer format", |files| {
            let info = &mut find(files, "bag-info").1;
            let text = String::from_utf8(info.clone()).unwrap();
            *info = text.replace("Closeknit-Format: 1", "Closeknit-Format: 2").into();
        }),
    ];
    for (what, alter) in alterations {
        let mut files = rosas();
        alter(&mut files);
        let refused = refusal(&signed(files, &laptop(), "Closeknit backup"));
        match (what, refused) {
            ("a newer format", ArchiveError::Newer { found: 2, known: 1 }) => {}
            ("a change too large" | "a statement too large", ArchiveError::TooLarge(_)) => {}
            (_, ArchiveError::Damaged(_)) => {}
            (what, refused) => panic!("{what}: {refused:?}"),
        }
    }
}

#[test]
fn other_kinds_of_tar_entries_are_refused() {
    let plain = unsealed(&Shelf::with_backup().bytes());
    let with_first_header = |change: &dyn Fn(&mut tar::Header)| {
        let mut header = tar::Header::new_old();
        header.as_mut_bytes().copy_from_slice(&plain[..512]);
        change(&mut header);
        header.set_cksum();
        open_bytes(sealed(&[header.as_bytes(), &plain[512..]].concat())).map(drop)
    };
    with_first_header(&|_| {}).unwrap();
    for kind in [b'1', b'2', b'5', b'L', b'x', b'g', b'S', 0] {
        let refused = with_first_header(&|header| header.as_old_mut().linkflag = [kind]);
        assert!(matches!(refused, Err(ArchiveError::Damaged(_))), "{kind}");
    }
    let refused = with_first_header(&|header| header.set_mode(0o755));
    assert!(matches!(refused, Err(ArchiveError::Damaged(_))));
    // Nothing is set aside for a size that no such file has.
    for size in [u64::MAX, 1 << 40, 1025] {
        let refused = with_first_header(&|header| header.set_size(size));
        assert!(matches!(refused, Err(ArchiveError::TooLarge(_) | ArchiveError::Damaged(_))), "{size}");
    }
    let later = with_first_header(&|header| header.set_mtime(1_750_000_001));
    assert!(matches!(later, Err(ArchiveError::Damaged(_))));
}

#[test]
fn a_signer_can_pack_any_bytes_and_they_are_handed_over_as_such() {
    let shelf = Shelf::new();
    shelf.write(|bag| bag.statement(b"\0\xff no statement at all")).unwrap();
    let handed = items(&mut shelf.open().unwrap());
    assert!(matches!(&handed[..], [Item::Statement { bytes, .. }] if bytes.starts_with(b"\0\xff")));
}
