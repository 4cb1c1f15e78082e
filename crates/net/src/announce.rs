//! What a machine says of itself on the local network, and who can read it.
//!
//! For each circle one entry: the salt in clear and the device id, encrypted and authenticated
//! under a key from circle id, salt and the addresses announced beside it. Only who holds the
//! circle's id reads it; nobody else can make one, or put other addresses beside it. To the rest
//! of a café it is noise that is new on every network.

use std::net::{IpAddr, SocketAddr};

use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _, Nonce, aead::Aead as _};
use closeknit_ids::{CircleId, DeviceId};
use data_encoding::BASE64URL_NOPAD;
use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};

use crate::{Salt, networks::in_order};

/// So many circles are announced: what fits into one datagram beside the addresses.
pub(crate) const MAX_ANNOUNCED: usize = 8;

/// The entry of one circle, as text for a TXT record: 86 characters.
pub(crate) fn seal(
    circle: CircleId,
    salt: Salt,
    device: DeviceId,
    addresses: &[SocketAddr],
) -> Option<String> {
    let cipher = cipher(circle, salt, addresses)?;
    // A key seals one text only, so the nonce need not differ.
    let sealed = cipher.encrypt(&Nonce::default(), device.as_bytes().as_slice()).ok()?;
    let mut entry = salt.as_bytes().to_vec();
    entry.extend(sealed);
    Some(BASE64URL_NOPAD.encode(&entry))
}

/// Who made an entry, if it was made in this circle and for these addresses.
pub(crate) fn open(circle: CircleId, entry: &str, addresses: &[SocketAddr]) -> Option<(DeviceId, Salt)> {
    if entry.len() != BASE64URL_NOPAD.encode_len(16 + 32 + 16) {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(entry.as_bytes()).ok()?;
    let (salt, sealed) = bytes.split_first_chunk::<16>()?;
    let salt = Salt(*salt);
    let device = cipher(circle, salt, addresses)?.decrypt(&Nonce::default(), sealed).ok()?;
    Some((DeviceId::from_slice(&device)?, salt))
}

fn cipher(circle: CircleId, salt: Salt, addresses: &[SocketAddr]) -> Option<ChaCha20Poly1305> {
    let mut hash = Sha256::new();
    for address in in_order(addresses.to_vec()) {
        match address.ip() {
            IpAddr::V4(ip) => hash.update(ip.octets()),
            IpAddr::V6(ip) => hash.update(ip.octets()),
        }
        hash.update(address.port().to_be_bytes());
    }
    let place = hash.finalize();
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(Some(salt.as_bytes()), circle.as_bytes())
        .expand_multi_info(&[b"closeknit/near/1", place.as_slice()], &mut key)
        .ok()?;
    Some(ChaCha20Poly1305::new(&key.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLRACE: CircleId = CircleId([1; 32]);
    const ELSEWHERE: CircleId = CircleId([2; 32]);
    const ALICE: DeviceId = DeviceId([7; 32]);
    const SALT: Salt = Salt([9; 16]);

    fn places(all: &[&str]) -> Vec<SocketAddr> {
        all.iter().map(|place| place.parse().unwrap()).collect()
    }

    #[test]
    fn only_the_circle_reads_it_in_whatever_order_the_addresses_come() {
        let here = places(&["10.0.0.1:7000", "192.168.1.5:7001"]);
        let entry = seal(MILLRACE, SALT, ALICE, &here).unwrap();
        let turned = places(&["192.168.1.5:7001", "10.0.0.1:7000"]);
        assert_eq!(open(MILLRACE, &entry, &turned), Some((ALICE, SALT)));
        assert_eq!(open(ELSEWHERE, &entry, &here), None);
    }

    #[test]
    fn nobody_can_put_other_addresses_beside_it() {
        let entry = seal(MILLRACE, SALT, ALICE, &places(&["10.0.0.1:7000"])).unwrap();
        assert_eq!(open(MILLRACE, &entry, &places(&["10.0.0.66:7000"])), None);
        assert_eq!(open(MILLRACE, &entry, &places(&["10.0.0.1:7001"])), None);
        assert_eq!(open(MILLRACE, &entry, &[]), None);
    }

    #[test]
    fn every_changed_character_makes_it_noise() {
        let here = places(&["10.0.0.1:7000"]);
        let entry = seal(MILLRACE, SALT, ALICE, &here).unwrap();
        for place in 0..entry.len() {
            let mut wrong = entry.clone().into_bytes();
            wrong[place] = if wrong[place] == b'A' { b'B' } else { b'A' };
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(open(MILLRACE, &wrong, &here), None, "{place}");
        }
        assert_eq!(open(MILLRACE, "", &here), None);
        assert_eq!(open(MILLRACE, &entry.repeat(2), &here), None);
    }

    #[test]
    fn another_salt_shares_nothing_with_it() {
        let here = places(&["10.0.0.1:7000"]);
        let one = seal(MILLRACE, SALT, ALICE, &here).unwrap();
        let other = seal(MILLRACE, Salt([10; 16]), ALICE, &here).unwrap();
        let same = one.bytes().zip(other.bytes()).filter(|(a, b)| a == b).count();
        assert!(same < 20, "{same} of 86 characters are the same");
    }

    #[test]
    fn the_announcement_is_that_of_the_test_vectors() {
        use crate::vectors;
        let circle = CircleId(vectors::bytes("circle"));
        let (salt, device) = (Salt(vectors::bytes("salt")), DeviceId(vectors::bytes("device")));
        let announced: Vec<&str> = vectors::of("announced addresses").split(' ').collect();
        let entry = seal(circle, salt, device, &places(&announced)).unwrap();
        assert_eq!(entry, vectors::of("announcement"));
        assert_eq!(open(circle, &entry, &places(&announced)), Some((device, salt)));
    }
}
