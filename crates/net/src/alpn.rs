//! The names under which a machine can be dialled: whoever does not know one fails before the
//! handshake ends (trust-and-sync, *The wire*).

use std::fmt;

use closeknit_ids::CircleId;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::Salt;

/// The name of a protocol in the TLS handshake: what a dialler must know to be let in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alpn(Vec<u8>);

impl Alpn {
    /// The door of one circle at one listener:
    /// `ck/1/` ‖ hex(SHA-256(`closeknit/alpn/1` ‖ circle ‖ the listener's salt)\[..16\]).
    #[must_use]
    pub fn circle(circle: CircleId, salt: Salt) -> Self {
        Self::hashed("ck/1/", &[b"closeknit/alpn/1", circle.as_bytes(), salt.as_bytes()])
    }

    /// The door that is open while an invitation is: made from the public key of its token.
    #[must_use]
    pub fn join(token: &[u8; 32]) -> Self {
        Self::hashed("ck/join/1/", &[b"closeknit/alpn/join/1", token])
    }

    fn hashed(prefix: &str, parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
        }
        let half: Vec<u8> = hash.finalize().into_iter().take(16).collect();
        Self(format!("{prefix}{}", HEXLOWER.encode(&half)).into_bytes())
    }

    /// A name that nobody knows, for a machine that listens to nobody: with an empty list TLS
    /// would ask for no name at all.
    pub(crate) fn nobody(rng: &mut impl rand::CryptoRng) -> Self {
        Self::hashed("ck/1/", &[b"closeknit/alpn/nobody", Salt::random(rng).as_bytes()])
    }

    /// The name that was agreed on in a handshake.
    pub(crate) fn named(name: &[u8]) -> Self {
        Self(name.to_vec())
    }

    /// The bytes that stand in the handshake.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Alpn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_circle_or_another_salt_is_another_door() {
        let door = |circle: u8, salt: u8| Alpn::circle(CircleId([circle; 32]), Salt([salt; 16]));
        assert_eq!(door(1, 1), door(1, 1));
        assert_ne!(door(1, 1), door(2, 1));
        assert_ne!(door(1, 1), door(1, 2));
        assert_ne!(door(1, 1), Alpn::join(&[1; 32]));
        assert_eq!(door(1, 1).as_bytes().len(), "ck/1/".len() + 32);
    }

    #[test]
    fn the_name_is_what_the_protocol_says() {
        // printf 'closeknit/alpn/1' + 32 zero bytes + 16 zero bytes | sha256sum
        let zero = Alpn::circle(CircleId([0; 32]), Salt([0; 16]));
        assert_eq!(zero.as_bytes(), b"ck/1/5d6ee63b53b41ec9a488d684c6d8850e");
        let circle = Alpn::circle(CircleId([1; 32]), Salt([2; 16]));
        assert_eq!(circle.as_bytes(), b"ck/1/e39049f86f921da8b1380ac1febca169");
        assert_eq!(Alpn::join(&[3; 32]).as_bytes(), b"ck/join/1/76a4ef14f3ced844482cb5b3b3d2f437");
    }

    #[test]
    fn the_doors_are_those_of_the_test_vectors() {
        use crate::vectors;
        let circle = Alpn::circle(CircleId(vectors::bytes("circle")), Salt(vectors::bytes("salt")));
        assert_eq!(circle.as_bytes(), vectors::of("door of the circle").as_bytes());
        let join = Alpn::join(&vectors::bytes("token public key"));
        assert_eq!(join.as_bytes(), vectors::of("door of the invitation").as_bytes());
    }
}
