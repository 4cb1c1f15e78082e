//! A device's minisign key: signs files so that the stock `minisign -V` can say who made them.

use std::{
    fmt,
    io::{Read, Seek},
};

use minisign::{PublicKey, SecretKey, SignatureBox};
use serde::{Deserialize, Serialize};

/// Why a file's signature could not be made or does not hold.
#[derive(Debug, thiserror::Error)]
pub enum MinisignError {
    /// The text is no minisign signature.
    #[error("this is no minisign signature")]
    NotASignature,
    /// Made by another key, or the file or its comment was altered.
    #[error("the signature does not fit this file and key")]
    False,
    /// The file could not be read.
    #[error("the file could not be signed or read: {0}")]
    Io(String),
}

/// The public half: minisign's key number and ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MinisignKey {
    number: [u8; 8],
    key: [u8; 32],
}

/// The longest `.minisig` text that is looked at.
const MOST_SIGNATURE_TEXT: usize = 4096;
/// What base64 makes of 64 bytes: 86 characters and two signs of padding.
const SIGNATURE_CHARS: usize = 88;

impl MinisignKey {
    /// The text of a `.pub` file, for `minisign -V -p`.
    #[must_use]
    pub fn file_text(&self) -> String {
        self.to_minisign().and_then(|key| key.to_box()).map(|text| text.to_string()).unwrap_or_default()
    }

    /// Checks that this key signed `file`, and returns the signature's trusted comment.
    ///
    /// # Errors
    /// If the text is no signature, the signature does not hold, or the file cannot be read.
    pub fn verify(&self, file: impl Read + Seek, signature: &str) -> Result<String, MinisignError> {
        let signature = read_signature(signature)?;
        let key = self.to_minisign().map_err(|_| MinisignError::False)?;
        minisign::verify(&key, &signature, file, true, false, false).map_err(|error| match error.kind() {
            minisign::ErrorKind::Io => MinisignError::Io(error.to_string()),
            _ => MinisignError::False,
        })?;
        signature.trusted_comment().map_err(|_| MinisignError::NotASignature)
    }

    fn to_minisign(self) -> minisign::Result<PublicKey> {
        PublicKey::from_bytes(&[b"Ed".as_slice(), &self.number, &self.key].concat())
    }
}

impl fmt::Debug for MinisignKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MinisignKey({:016X})", u64::from_le_bytes(self.number))
    }
}

/// The minisign crate slices the comment's signature without looking at its length, so that is
/// checked here first.
fn read_signature(text: &str) -> Result<SignatureBox, MinisignError> {
    let comment_signature = text.lines().nth(3).map(str::trim).unwrap_or_default();
    let sound = text.len() <= MOST_SIGNATURE_TEXT
        && comment_signature.len() == SIGNATURE_CHARS
        && comment_signature.ends_with("==");
    if !sound {
        return Err(MinisignError::NotASignature);
    }
    SignatureBox::from_string(text).map_err(|_| MinisignError::NotASignature)
}

/// The secret half.
pub(crate) struct MinisignSecret {
    number: [u8; 8],
    seed: zeroize::Zeroizing<[u8; 32]>,
}

impl MinisignSecret {
    pub(crate) fn new(seed: zeroize::Zeroizing<[u8; 32]>) -> Self {
        let [a, b, c, d, e, f, g, h, ..] =
            crate::digest::sha256("closeknit/minisign/number/1", &[&public(&seed)]);
        Self { number: [a, b, c, d, e, f, g, h], seed }
    }

    pub(crate) fn key(&self) -> MinisignKey {
        MinisignKey { number: self.number, key: public(&self.seed) }
    }

    pub(crate) fn sign(&self, file: impl Read, trusted_comment: &str) -> Result<String, MinisignError> {
        let failed = |error: minisign::PError| MinisignError::Io(error.to_string());
        // minisign's own layout: algorithm, no password, checksum kind, salt and limits (unused),
        // number, seed and public key, checksum (unused without a password).
        let bytes = zeroize::Zeroizing::new(
            [b"Ed\0\0B2".as_slice(), &[0; 48], &self.number, &*self.seed, &public(&self.seed), &[0; 32]]
                .concat(),
        );
        let secret = SecretKey::from_bytes(&bytes).map_err(failed)?;
        minisign::sign(None, &secret, file, Some(trusted_comment), Some("signed by a Closeknit device"))
            .map(|signature| signature.to_string())
            .map_err(failed)
    }
}

fn public(seed: &[u8; 32]) -> [u8; 32] {
    ed25519_dalek::SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn secret(byte: u8) -> MinisignSecret {
        MinisignSecret::new(zeroize::Zeroizing::new([byte; 32]))
    }

    #[test]
    fn a_signed_file_verifies_until_anything_changes() {
        let alice = secret(1);
        let signature = alice.sign(Cursor::new("manifest"), "backup of Millrace").unwrap();
        let verify = |key: MinisignKey, file: &'static str, text: &str| key.verify(Cursor::new(file), text);
        assert_eq!(verify(alice.key(), "manifest", &signature).unwrap(), "backup of Millrace");
        assert!(matches!(verify(alice.key(), "manifesT", &signature), Err(MinisignError::False)));
        assert!(matches!(verify(secret(2).key(), "manifest", &signature), Err(MinisignError::False)));
        let other_comment = signature.replace("Millrace", "Harbour1");
        assert!(matches!(verify(alice.key(), "manifest", &other_comment), Err(MinisignError::False)));
    }

    /// The crate would panic on the second of these.
    #[test]
    fn broken_signature_texts_are_refused() {
        let alice = secret(1);
        let signature = alice.sign(Cursor::new("manifest"), "c").unwrap();
        let lines: Vec<_> = signature.lines().collect();
        let short = [lines[0], lines[1], lines[2], "AAAA"].join("\n");
        for text in ["", &short, &signature.repeat(40), &lines[..3].join("\n"), "a\nb\nc\nd"] {
            let refused = alice.key().verify(Cursor::new("manifest"), text);
            assert!(matches!(refused, Err(MinisignError::NotASignature)), "{text}");
        }
    }

    #[test]
    fn the_public_file_is_one_that_minisign_reads() {
        let text = secret(1).key().file_text();
        let read = minisign::PublicKeyBox::from_string(&text).unwrap().into_public_key().unwrap();
        assert_eq!(read.to_bytes()[10..], public(&[1; 32]));
    }
}
