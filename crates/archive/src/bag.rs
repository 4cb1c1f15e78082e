//! BagIt (RFC 8493) with a minisign signature: what the text files of the bag say, computed the
//! same way by who writes it and who checks it.

use closeknit_ids::DeviceId;
use closeknit_trust::{device::DeviceKeys, minisign_key::MinisignKey};
use minisign::{PublicKeyBox, SignatureBox};
use sha2::{Digest, Sha256};

use crate::{ArchiveError, part::Part};

/// `bagit.txt`
pub(crate) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The comment that is signed with every backup, so that no other file that a device signed can
/// stand in for one.
const COMMENT: &str = "Closeknit backup";

/// Who signed a backup: whether that machine is one of a member's is for the caller to look up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signer {
    /// The machine that the backup names.
    pub device: DeviceId,
    /// The key that it is signed with. Only if the machine's enrolment names the same key was the
    /// backup made by that machine.
    pub key: MinisignKey,
}

pub(crate) type Hash = [u8; 32];

pub(crate) fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// A line as `sha256sum` writes and checks it.
pub(crate) fn line(hash: &Hash, path: &str) -> String {
    let mut line = String::with_capacity(67 + path.len());
    for byte in hash {
        for digit in [byte >> 4, byte & 15] {
            line.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
        }
    }
    line.push_str("  ");
    line.push_str(path);
    line.push('\n');
    line
}

/// What has been seen of a bag: enough to say what its manifests have to be.
#[derive(Default)]
pub(crate) struct Tally {
    manifest: Sha256,
    manifest_bytes: u64,
    tags: String,
}

impl Tally {
    /// Notes a file, and says its line if it belongs into the manifest of the payload.
    pub(crate) fn note(&mut self, part: &Part, hash: &Hash) -> Option<String> {
        let line = line(hash, &part.path());
        if part.is_payload() {
            self.manifest.update(&line);
            self.manifest_bytes = self.manifest_bytes.saturating_add(line.len() as u64);
            return Some(line);
        }
        self.tags.push_str(&line);
        None
    }

    /// Length and hash of `manifest-sha256.txt`.
    pub(crate) fn manifest(&self) -> (u64, Hash) {
        (self.manifest_bytes, self.manifest.clone().finalize().into())
    }

    /// `tagmanifest-sha256.txt`: whoever knows it knows every byte of the bag.
    pub(crate) fn tag_manifest(&self) -> &str {
        &self.tags
    }
}

/// `tagmanifest-sha256.txt.minisig`
pub(crate) fn sign(tag_manifest: &str, keys: &DeviceKeys) -> Result<String, ArchiveError> {
    let signature = keys.sign_file(tag_manifest.as_bytes(), COMMENT).map_err(|_| ArchiveError::NotSigned)?;
    canonical(&signature).ok_or(ArchiveError::NotSigned)
}

/// The key in the text of `device.pub`, which has one spelling only.
pub(crate) fn read_key(text: &[u8]) -> Result<MinisignKey, ArchiveError> {
    let read = || {
        let text = std::str::from_utf8(text).ok()?;
        let key = PublicKeyBox::from_string(text).ok()?.into_public_key().ok()?;
        // Two bytes of algorithm, then the key's number and the key: as enrolments hold them.
        let key: MinisignKey = postcard::from_bytes(key.to_bytes().get(2..)?).ok()?;
        (key.file_text() == text).then_some(key)
    };
    read().ok_or(ArchiveError::Damaged("the key of the machine that signed it"))
}

/// Checks a signature of ours, which has one spelling only.
pub(crate) fn verify(key: &MinisignKey, tag_manifest: &str, signature: &[u8]) -> Result<(), ArchiveError> {
    let holds = || {
        let text = std::str::from_utf8(signature).ok()?;
        let comment = key.verify(std::io::Cursor::new(tag_manifest), text).ok()?;
        Some(comment == COMMENT && canonical(text)? == text)
    };
    if holds() == Some(true) { Ok(()) } else { Err(ArchiveError::Damaged("its signature")) }
}

/// A signature with the one comment that nobody signs.
fn canonical(signature: &str) -> Option<String> {
    let signature = SignatureBox::from_string(signature).ok()?.to_string();
    let (_, signed) = signature.split_once('\n')?;
    Some(format!("untrusted comment: signature of {}\n{signed}", Part::TagManifest.path()))
}
