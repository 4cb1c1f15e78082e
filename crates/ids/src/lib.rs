//! The names of things: opaque ids (and [`MemberKind`]) that every crate shares, so that none has to
//! translate another's.
//!
//! An id is bytes. It prints as lower-case hex, is read from hex, and is stored as plain bytes by
//! binary formats. None of them carries meaning or behaviour; what an id stands for is said where
//! it is made ([`MemberId`], [`DeviceId`] and [`InvitationId`] are ed25519 public keys, [`StatementId`] and
//! [`ChangeHash`] are SHA-256 hashes, [`RecordId`] and [`ActorId`] are random).
//!
//! ```
//! use closeknit_ids::MemberId;
//! let rosa: MemberId = "11".repeat(32).parse()?;
//! assert_eq!(rosa.short(), "11111111");
//! # Ok::<(), closeknit_ids::NotAnId>(())
//! ```

pub mod planted;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The text is not the hex form of this kind of id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} hex digits")]
pub struct NotAnId {
    /// How many hex digits this kind of id has.
    pub expected: usize,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($len:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// The id in `bytes`, if there are exactly as many as it has.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// The first eight hex digits, for logs and screens.
            #[must_use]
            pub fn short(&self) -> String {
                let mut text = self.to_string();
                text.truncate(8);
                text
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.short())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let mut bytes = [0; $len];
                read_hex(text, &mut bytes)?;
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
                } else {
                    <[u8; $len]>::deserialize(deserializer).map(Self)
                }
            }
        }
    )*};
}

ids! {
    /// A member of one circle: the ed25519 public key made from their words for that circle.
    MemberId(32);
    /// One machine: its ed25519 public key, which is also its iroh endpoint id.
    DeviceId(32);
    /// A circle: the id of its Found statement; of a draft, a hash of its only member.
    CircleId(32);
    /// A member's document in a circle (trust-and-sync, *Documents*).
    DocId(32);
    /// SHA-256 of a signed statement's bytes.
    StatementId(32);
    /// An invitation: the public half of its token.
    InvitationId(32);
    /// SHA-256 of an Automerge change, as Automerge computes it.
    ChangeHash(32);
    /// A record inside a document: random, made by its writer.
    RecordId(16);
    /// One run of one process that writes a document: random, never used twice.
    ActorId(16);
}

/// Who a member is. Only persons and households vote (trust-and-sync, *The fold*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemberKind {
    /// One person.
    Person,
    /// People who live together and answer as one.
    Household,
    /// A food bank, a parish hall.
    Organisation,
}

fn read_hex(text: &str, into: &mut [u8]) -> Result<(), NotAnId> {
    let wrong = NotAnId { expected: into.len() * 2 };
    if text.len() != into.len() * 2 {
        return Err(wrong);
    }
    for (byte, digits) in into.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let mut value = 0;
        for digit in digits {
            let digit = char::from(*digit).to_digit(16).ok_or(wrong)?;
            value = value * 16 + digit;
        }
        *byte = u8::try_from(value).map_err(|_| wrong)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_there_and_back() {
        let id = RecordId(std::array::from_fn(|i| u8::try_from(i * 16).unwrap()));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("zz".repeat(16).parse::<RecordId>(), Err(NotAnId { expected: 32 }));
        assert_eq!("00".parse::<RecordId>(), Err(NotAnId { expected: 32 }));
        assert_eq!("é".repeat(16).parse::<RecordId>(), Err(NotAnId { expected: 32 }));
    }

    #[test]
    fn text_formats_hold_hex_and_binary_formats_hold_bytes() {
        let id = DeviceId([7; 32]);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{}\"", "07".repeat(32)));
        let bytes = postcard::to_stdvec(&id).unwrap();
        assert_eq!(bytes, [7; 32]);
        assert_eq!(postcard::from_bytes::<DeviceId>(&bytes).unwrap(), id);
    }
}
