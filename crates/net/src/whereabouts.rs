//! Where a machine can be reached, and the text of it that people type, paste or scan.

use std::net::{IpAddr, SocketAddr};

use bech32::{Bech32m, Hrp, primitives::decode::CheckedHrpstring};
use closeknit_ids::DeviceId;

use crate::Salt;

/// As many addresses of one machine are kept, announced or written as text.
pub const MAX_ADDRESSES: usize = 8;

/// What the text begins with; bech32 puts a `1` behind it.
const PREFIX: Hrp = Hrp::parse_unchecked("ckat");
/// The version of the text, its first byte.
const VERSION: u8 = 1;

/// Where a machine was or is: a hint, never a proof. The handshake alone proves who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    /// Whose machine is meant: the other end must prove to be this one.
    pub device: DeviceId,
    /// The salt of its door for the circle in question.
    pub salt: Salt,
    /// Its addresses, best first; no more than [`MAX_ADDRESSES`] are used.
    pub addresses: Vec<SocketAddr>,
}

/// The text is not the whereabouts of a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotWhereabouts {
    /// It does not begin with `ckat1`.
    #[error("this is not the address of a machine: those begin with ckat1")]
    SomethingElse,
    /// Its checksum is wrong, or bytes are missing.
    #[error("the address has a typing error or a piece is missing: copy the whole line again")]
    Damaged,
    /// A version that this program does not know.
    #[error("the address comes from a newer version of Closeknit")]
    Newer,
}

impl Whereabouts {
    /// One line of small letters and digits that survives copying, a QR code, capitals and line
    /// breaks: bech32m of version, device, salt and addresses. It tells a reader on the same
    /// network how to knock, and nothing about the circle.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.device.as_bytes());
        bytes.extend(self.salt.as_bytes());
        for address in self.addresses.iter().take(MAX_ADDRESSES) {
            match address.ip() {
                IpAddr::V4(ip) => {
                    bytes.push(4);
                    bytes.extend(ip.octets());
                }
                IpAddr::V6(ip) => {
                    bytes.push(6);
                    bytes.extend(ip.octets());
                }
            }
            bytes.extend(address.port().to_be_bytes());
        }
        // Cannot fail: eight addresses stay far below the 1,023 characters of the code.
        bech32::encode::<Bech32m>(PREFIX, &bytes).unwrap_or_default()
    }

    /// Reads [`Self::to_text`], whatever spaces, line breaks and capitals it went through.
    ///
    /// # Errors
    /// Says whether the text is something else, damaged, or of a newer version.
    pub fn from_text(text: &str) -> Result<Self, NotWhereabouts> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        if !text.starts_with("ckat1") {
            return Err(NotWhereabouts::SomethingElse);
        }
        let checked = CheckedHrpstring::new::<Bech32m>(&text).map_err(|_| NotWhereabouts::Damaged)?;
        let bytes: Vec<u8> = checked.byte_iter().collect();
        match bytes.split_first() {
            Some((&VERSION, rest)) => read(rest).ok_or(NotWhereabouts::Damaged),
            Some(_) => Err(NotWhereabouts::Newer),
            None => Err(NotWhereabouts::Damaged),
        }
    }
}

fn read(bytes: &[u8]) -> Option<Whereabouts> {
    let (device, rest) = bytes.split_first_chunk::<32>()?;
    let (salt, mut rest) = rest.split_first_chunk::<16>()?;
    let mut addresses = Vec::new();
    while let Some((family, after)) = rest.split_first() {
        let (ip, after): (IpAddr, &[u8]) = match family {
            4 => after.split_first_chunk::<4>().map(|(ip, after)| ((*ip).into(), after))?,
            6 => after.split_first_chunk::<16>().map(|(ip, after)| ((*ip).into(), after))?,
            _ => return None,
        };
        let (port, after) = after.split_first_chunk::<2>()?;
        addresses.push(SocketAddr::new(ip, u16::from_be_bytes(*port)));
        rest = after;
    }
    (addresses.len() <= MAX_ADDRESSES).then_some(Whereabouts {
        device: DeviceId(*device),
        salt: Salt(*salt),
        addresses,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rosas() -> Whereabouts {
        Whereabouts {
            device: DeviceId([7; 32]),
            salt: Salt([9; 16]),
            addresses: vec!["192.168.1.20:47000".parse().unwrap(), "[fd00::5]:47000".parse().unwrap()],
        }
    }

    #[test]
    fn what_rosa_reads_out_sam_gets() {
        let text = rosas().to_text();
        assert!(text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "{text}");
        assert_eq!(Whereabouts::from_text(&text), Ok(rosas()));
        let (first, last) = text.split_at(40);
        let mangled = format!("  {}\n\t{} ", first.to_uppercase(), last.to_uppercase());
        assert_eq!(Whereabouts::from_text(&mangled), Ok(rosas()));
    }

    #[test]
    fn a_slip_of_the_finger_is_noticed() {
        let text = rosas().to_text();
        for place in 5..text.len() {
            let mut wrong = text.clone().into_bytes();
            wrong[place] = if wrong[place] == b'q' { b'p' } else { b'q' };
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(Whereabouts::from_text(&wrong), Err(NotWhereabouts::Damaged), "{wrong}");
        }
        for end in 5..text.len() {
            let cut: String = text.chars().take(end).collect();
            assert_eq!(Whereabouts::from_text(&cut), Err(NotWhereabouts::Damaged));
        }
        assert_eq!(Whereabouts::from_text("192.168.1.20:47000"), Err(NotWhereabouts::SomethingElse));
        assert_eq!(Whereabouts::from_text(""), Err(NotWhereabouts::SomethingElse));
    }

    #[test]
    fn a_newer_version_is_said_to_be_newer() {
        let newer = bech32::encode::<Bech32m>(PREFIX, &[2, 1, 1]).unwrap();
        assert_eq!(Whereabouts::from_text(&newer), Err(NotWhereabouts::Newer));
    }

    #[test]
    fn more_addresses_than_anyone_has_are_left_out() {
        let many = Whereabouts { addresses: vec!["10.0.0.1:1".parse().unwrap(); 20], ..rosas() };
        assert_eq!(Whereabouts::from_text(&many.to_text()).unwrap().addresses.len(), MAX_ADDRESSES);
    }
}
