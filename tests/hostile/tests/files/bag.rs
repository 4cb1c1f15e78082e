//! A backup as Closeknit packs it, written by hand so that it is the same whenever it is made.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use blake2::{Blake2b512, Digest as _};
use closeknit_ids::StatementId;
use closeknit_trust::minisign_key::MinisignKey;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::Sha256;

use crate::signing::here;

pub(crate) type Files = Vec<(String, Vec<u8>)>;

pub(crate) const WRITTEN: u64 = 1_750_000_000;
pub(crate) const COMMENT: &str = "Closeknit backup";

/// The key that signs it.
pub(crate) fn alices() -> SigningKey {
    SigningKey::from_bytes(&[21; 32])
}

/// Another.
pub(crate) fn mallorys() -> SigningKey {
    SigningKey::from_bytes(&[22; 32])
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    StatementId(Sha256::digest(bytes).into()).to_string()
}

/// A statement, a tip, a document with one change, a page for people; whole, and signed by alice.
pub(crate) fn sound() -> Files {
    let scene = here();
    let device = scene.alice.devices[0].id();
    let info = format!(
        "External-Description: a backup\nBagging-Date: 2025-06-15\nBag-Software-Agent: Closeknit 0.1.0\n\
         Closeknit-Format: 1\nCloseknit-Weather: fine\nCloseknit-Written: 2025-06-15T15:06:40Z\n\
         Closeknit-Device: {device}\nCloseknit-Circle: {} {} Millrace\n",
        scene.circle(),
        scene.alice.id(),
    );
    let statements =
        scene.ledger.iter().take(1).map(|statement| {
            (format!("data/statements/{}.stmt", statement.id()), statement.bytes().to_vec())
        });
    let document = format!("data/documents/{}/{}/0", scene.circle(), scene.alice.id());
    let tip = b"alice's tip".to_vec();
    let changes = (1..=1).map(|seq| (format!("{document}/{}-{seq}.change", "03".repeat(16)), vec![seq; 40]));
    let mut files: Files = vec![
        ("bagit.txt".into(), b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec()),
        ("bag-info.txt".into(), info.into()),
    ];
    files.extend(statements);
    files.push((format!("data/tips/{}.tip", hex(&tip)), tip));
    files.push((format!("{document}.automerge"), b"the whole document".to_vec()));
    files.extend(changes);
    files.push(("data/readable/board.html".into(), b"<!doctype html>".to_vec()));
    for name in
        ["manifest-sha256.txt", "device.pub", "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.minisig"]
    {
        files.push((name.into(), Vec::new()));
    }
    signed(files, &alices(), COMMENT)
}

pub(crate) fn find<'a>(files: &'a mut Files, path: &str) -> &'a mut (String, Vec<u8>) {
    files.iter_mut().find(|(name, _)| name.starts_with(path)).unwrap()
}

/// Makes the lists right, as far as that is possible without a key.
pub(crate) fn listed(mut files: Files) -> Files {
    let line = |(path, bytes): &(String, Vec<u8>)| format!("{}  {path}\n", hex(bytes));
    let payload: String = files.iter().filter(|(path, _)| path.starts_with("data/")).map(line).collect();
    if let Some(manifest) = files.iter_mut().find(|(path, _)| path.starts_with("manifest")) {
        manifest.1 = payload.into();
    }
    let tags = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "device.pub"];
    let tags: String =
        tags.iter().filter_map(|tag| files.iter().find(|(path, _)| path == tag).map(line)).collect();
    if let Some(list) = files.iter_mut().find(|(path, _)| path == "tagmanifest-sha256.txt") {
        list.1 = tags.into();
    }
    files
}

/// The text of a public key.
pub(crate) fn public(key: &SigningKey) -> String {
    let number = [9; 8];
    let bytes = [number.as_slice(), &key.verifying_key().to_bytes()].concat();
    postcard::from_bytes::<MinisignKey>(&bytes).unwrap().file_text()
}

/// The text of a signature.
pub(crate) fn signature(key: &SigningKey, file: &[u8], comment: &str) -> String {
    let signature = key.sign(&Blake2b512::digest(file)).to_bytes();
    let all = key.sign(&[signature.as_slice(), comment.as_bytes()].concat()).to_bytes();
    let signature = STANDARD.encode([b"ED".as_slice(), &[9; 8], &signature].concat());
    format!(
        "untrusted comment: signature of tagmanifest-sha256.txt\n{signature}\ntrusted comment: {comment}\n{}\n",
        STANDARD.encode(all)
    )
}

/// Signed whole by whoever has `key`.
pub(crate) fn signed(mut files: Files, key: &SigningKey, comment: &str) -> Files {
    if let Some(device) = files.iter_mut().find(|(path, _)| path == "device.pub") {
        device.1 = public(key).into();
    }
    let mut files = listed(files);
    let tags =
        files.iter().find(|(path, _)| path == "tagmanifest-sha256.txt").map(|(_, bytes)| bytes.clone());
    if let Some(last) = files.iter_mut().find(|(path, _)| path.ends_with(".minisig")) {
        last.1 = signature(key, &tags.unwrap_or_default(), comment).into();
    }
    files
}

/// A header as Closeknit writes it.
pub(crate) fn header(path: &str, size: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_entry_type(tar::EntryType::Regular);
    header.set_path(path).unwrap();
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(size);
    header.set_mtime(WRITTEN);
    header.set_cksum();
    header
}

/// Files as an archive.
pub(crate) fn archive(files: &Files) -> Vec<u8> {
    let mut archive = entries(files);
    archive.extend([0; 1024]);
    archive
}

/// The same without an end.
pub(crate) fn entries(files: &Files) -> Vec<u8> {
    files.iter().flat_map(|(path, bytes)| entry(&header(path, bytes.len() as u64), bytes)).collect()
}

pub(crate) fn entry(header: &tar::Header, bytes: &[u8]) -> Vec<u8> {
    let padding = vec![0; bytes.len().next_multiple_of(512) - bytes.len()];
    [header.as_bytes().as_slice(), bytes, &padding].concat()
}
