//! Ed25519 signatures, each bound to one purpose.
//!
//! A device key signs several kinds of things and is also the machine's network key, so every
//! message is prefixed with what it is for: a signature made for one purpose is worth nothing for
//! another. Verification is always the strict one (RFC 8032 with canonical points and no point of
//! small order), so that all machines agree on which signatures hold.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a signature is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Statement,
    Tip,
    /// A device agrees to belong to a member.
    Consent,
    /// The holder of an invitation's token was confirmed.
    Admission,
}

impl Purpose {
    const fn prefix(self) -> &'static [u8] {
        match self {
            Self::Statement => b"closeknit/statement/1\0",
            Self::Tip => b"closeknit/tip/1\0",
            Self::Consent => b"closeknit/consent/1\0",
            Self::Admission => b"closeknit/admission/1\0",
        }
    }
}

/// An ed25519 signature (RFC 8032).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature(pub [u8; Signature::LEN]);

impl Signature {
    /// Its length in bytes.
    pub const LEN: usize = 64;

    pub(crate) fn new(key: &SigningKey, purpose: Purpose, message: &[u8]) -> Self {
        Self(key.sign(&prefixed(purpose, message)).to_bytes())
    }

    /// Whether the holder of `key` signed `message` for `purpose`. Bytes that are no key signed nothing.
    pub(crate) fn holds(&self, key: &[u8; 32], purpose: Purpose, message: &[u8]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&self.0);
        VerifyingKey::from_bytes(key)
            .is_ok_and(|key| key.verify_strict(&prefixed(purpose, message), &signature).is_ok())
    }
}

fn prefixed(purpose: Purpose, message: &[u8]) -> Vec<u8> {
    [purpose.prefix(), message].concat()
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(…)")
    }
}

// Serde knows arrays up to 32; two of them are the same bytes.
impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (first, second) = self.0.split_at(32);
        let halves: ([u8; 32], [u8; 32]) =
            (first.try_into().unwrap_or_default(), second.try_into().unwrap_or_default());
        halves.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (first, second) = <([u8; 32], [u8; 32])>::deserialize(deserializer)?;
        let mut bytes = [0; Self::LEN];
        bytes.iter_mut().zip(first.iter().chain(&second)).for_each(|(to, from)| *to = *from);
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_key_purpose_and_message_only() {
        let alice = SigningKey::from_bytes(&[1; 32]);
        let bob = SigningKey::from_bytes(&[2; 32]);
        let signature = Signature::new(&alice, Purpose::Tip, b"hello");
        let alice = alice.verifying_key().to_bytes();
        assert!(signature.holds(&alice, Purpose::Tip, b"hello"));
        assert!(!signature.holds(&alice, Purpose::Statement, b"hello"));
        assert!(!signature.holds(&alice, Purpose::Tip, b"hullo"));
        assert!(!signature.holds(&bob.verifying_key().to_bytes(), Purpose::Tip, b"hello"));
    }

    /// Under a key of small order one signature would hold for nearly every message.
    #[test]
    fn weak_keys_sign_nothing() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let mut signature = [0; 64];
        signature[0] = 1;
        assert!(!Signature(signature).holds(&identity, Purpose::Tip, b"anything"));
    }

    #[test]
    fn it_is_sixty_four_plain_bytes() {
        let signature = Signature(std::array::from_fn(|i| u8::try_from(i).unwrap()));
        let bytes = postcard::to_stdvec(&signature).unwrap();
        assert_eq!(bytes, signature.0);
        assert_eq!(postcard::from_bytes::<Signature>(&bytes).unwrap(), signature);
    }
}
