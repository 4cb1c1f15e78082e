//! Keys that sign whatever they are asked to.

use closeknit_hostile::scene::{Neighbour, Scene, scene};
use ed25519_dalek::{Signer as _, SigningKey};
use hkdf::Hkdf;
use sha2::Sha256;

pub(crate) const STATEMENT: &str = "closeknit/statement/1\0";
pub(crate) const TIP: &str = "closeknit/tip/1\0";

pub(crate) fn here() -> &'static Scene {
    scene()
}

/// The key of somebody's machine.
pub(crate) fn device(of: &Neighbour, machine: usize) -> SigningKey {
    SigningKey::from_bytes(&of.devices[machine].network_secret())
}

/// The key that somebody's words make.
pub(crate) fn member(of: &Neighbour) -> SigningKey {
    let mut seed = [0; 32];
    let words = Hkdf::<Sha256>::new(None, of.words.as_bytes().as_slice());
    words.expand_multi_info(&[b"closeknit/member/1", &of.nonce.0], &mut seed).unwrap();
    let key = SigningKey::from_bytes(&seed);
    assert_eq!(key.verifying_key().to_bytes(), of.id().0);
    key
}

pub(crate) fn sign(key: &SigningKey, prefix: &str, message: &[u8]) -> Vec<u8> {
    key.sign(&[prefix.as_bytes(), message].concat()).to_bytes().to_vec()
}

/// Two to the 252 and a bit: with it added, a number is another spelling of the same.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// The same signature with a number that is too large: it holds where nobody looks at that.
pub(crate) fn with_large_number(signature: &[u8]) -> Vec<u8> {
    let mut carry = 0_u16;
    let number = signature[32..].iter().zip(ORDER).map(|(byte, order)| {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        carry = sum >> 8;
        sum as u8
    });
    let number: Vec<u8> = number.collect();
    [&signature[..32], &number].concat()
}
