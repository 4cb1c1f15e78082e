//! The keys of one machine.

use std::{fmt, io::Read};

use closeknit_ids::{CircleId, DeviceId, MemberId};
use ed25519_dalek::SigningKey;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{
    digest::sha256,
    minisign_key::{MinisignError, MinisignKey, MinisignSecret},
    seal::{Identity, Recipient},
    signature::{Purpose, Signature},
    statement::Machine,
    text::DeviceLabel,
    words::derive,
};

/// The bytes are not the keys of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeviceKeysError {
    /// Not a key file, or one cut short.
    #[error("this is not a device key file")]
    NotAKeyFile,
    /// A key file whose bytes changed since it was written.
    #[error("the device key file is damaged")]
    Damaged,
}

/// Everything secret that a machine has of its own, made at first start. Wiped from memory when dropped.
///
/// All keys come from 32 random bytes, each by HKDF under its own label: the ed25519 key that
/// signs and *is* the machine on the network, the X25519 key that opens what is sealed to it, and
/// the minisign key that signs its files. They never leave the machine and never stand in a backup.
pub struct DeviceKeys {
    secret: Zeroizing<[u8; 32]>,
    signing: SigningKey,
    minisign: MinisignSecret,
}

/// What a key file begins with: what it is, and its version.
const MAGIC: &[u8; 16] = b"closeknit-key/1\n";
const CHECK_LEN: usize = 8;

impl DeviceKeys {
    /// Keys for a new machine.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut secret = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *secret);
        Self::from_secret(secret)
    }

    fn from_secret(secret: Zeroizing<[u8; 32]>) -> Self {
        let signing = SigningKey::from_bytes(&derive(&secret, "closeknit/device/1", &[]));
        let minisign = MinisignSecret::new(derive(&secret, "closeknit/device/minisign/1", &[]));
        Self { secret, signing, minisign }
    }

    /// What to write into the machine's key file, which nobody but its user may read (mode 0600).
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([MAGIC.as_slice(), &*self.secret, &check(&self.secret)].concat())
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// If it is none, or its bytes changed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DeviceKeysError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(DeviceKeysError::NotAKeyFile)?;
        let (secret, found) = rest.split_first_chunk::<32>().ok_or(DeviceKeysError::NotAKeyFile)?;
        if found == check(secret) {
            Ok(Self::from_secret(Zeroizing::new(*secret)))
        } else {
            Err(DeviceKeysError::Damaged)
        }
    }

    /// Its name: the public half of its signing key, and its iroh endpoint id.
    #[must_use]
    pub fn id(&self) -> DeviceId {
        DeviceId(self.signing.verifying_key().to_bytes())
    }

    /// The ed25519 secret, for `iroh::SecretKey::from_bytes`.
    #[must_use]
    pub fn network_secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.signing.to_bytes())
    }

    /// Opens what was sealed to this machine.
    #[must_use]
    pub fn identity(&self) -> Identity {
        Identity::new(derive(&self.secret, "closeknit/device/recipient/1", &[]))
    }

    /// Whom to seal to, so that this machine can open it.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        self.identity().recipient()
    }

    /// The key that signs this machine's files.
    #[must_use]
    pub fn minisign_key(&self) -> MinisignKey {
        self.minisign.key()
    }

    /// The text of a `.minisig` file for `file`; `trusted_comment` is signed with it and must be one line.
    ///
    /// # Errors
    /// If the file cannot be read, or the operating system gives no randomness.
    pub fn sign_file(&self, file: impl Read, trusted_comment: &str) -> Result<String, MinisignError> {
        self.minisign.sign(file, trusted_comment)
    }

    /// This machine, as it describes itself and agrees to belong to `member` in `circle`.
    #[must_use]
    pub fn machine(&self, circle: CircleId, member: MemberId, label: DeviceLabel) -> Machine {
        let mut machine = Machine {
            device: self.id(),
            recipient: self.recipient(),
            minisign: self.minisign_key(),
            label,
            consent: Signature([0; Signature::LEN]),
        };
        machine.consent = self.sign(Purpose::Consent, &machine.consent_text(circle, member));
        machine
    }

    pub(crate) fn sign(&self, purpose: Purpose, message: &[u8]) -> Signature {
        Signature::new(&self.signing, purpose, message)
    }
}

fn check(secret: &[u8; 32]) -> Vec<u8> {
    let mut hash = sha256("closeknit/device/check/1", &[secret]).to_vec();
    hash.truncate(CHECK_LEN);
    hash
}

impl fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceKeys({})", self.id().short())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alices() -> DeviceKeys {
        DeviceKeys::from_secret(Zeroizing::new([1; 32]))
    }

    #[test]
    fn a_key_file_holds_the_same_machine() {
        let keys = alices();
        let read = DeviceKeys::from_bytes(&keys.to_bytes()).unwrap();
        assert_eq!(read.id(), keys.id());
        assert_eq!(read.recipient(), keys.recipient());
        assert_eq!(read.minisign_key(), keys.minisign_key());
        assert_eq!(SigningKey::from_bytes(&keys.network_secret()).verifying_key().to_bytes(), keys.id().0);
    }

    #[test]
    fn a_damaged_key_file_says_so() {
        let bytes = alices().to_bytes();
        for place in MAGIC.len()..bytes.len() {
            let mut altered = bytes.to_vec();
            altered[place] ^= 1;
            assert_eq!(DeviceKeys::from_bytes(&altered).unwrap_err(), DeviceKeysError::Damaged);
        }
        assert_eq!(DeviceKeys::from_bytes(b"").unwrap_err(), DeviceKeysError::NotAKeyFile);
        assert_eq!(DeviceKeys::from_bytes(&bytes[..40]).unwrap_err(), DeviceKeysError::NotAKeyFile);
        assert_eq!(DeviceKeys::from_bytes(&bytes[..50]).unwrap_err(), DeviceKeysError::Damaged);
    }

    #[test]
    fn every_use_has_a_key_of_its_own() {
        let keys = alices();
        let signing = keys.network_secret();
        assert_ne!(*signing, *keys.secret);
        assert!(!keys.identity().to_text().unwrap().is_empty());
        assert_ne!(keys.identity().recipient().as_bytes(), &keys.id().0);
    }
}
