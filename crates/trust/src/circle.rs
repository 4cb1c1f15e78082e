//! Names derived from a circle's id: its documents and its draft. (The names under which its machines
//! can be dialled are the network's: `closeknit_net::Alpn`.)

use closeknit_ids::{CircleId, DocId, MemberId};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::digest::sha256;

/// The document of `member` in `circle` (trust-and-sync, *Documents*). There is exactly one.
#[must_use]
pub fn doc_id(circle: CircleId, member: MemberId) -> DocId {
    DocId(sha256("closeknit/doc/1", &[circle.as_bytes(), member.as_bytes()]))
}

/// What the circle of one person is called before a second one has signed its Found.
///
/// Nothing under this id ever leaves the machine but answers to people who were invited.
#[must_use]
pub fn draft_circle(member: MemberId) -> CircleId {
    CircleId(sha256("closeknit/draft/1", &[member.as_bytes()]))
}

/// A listener's public random number; it keeps a circle's name on the network from being recognised
/// in another place or at another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Salt(pub [u8; 16]);

impl Salt {
    /// A new salt, for a start or a new network.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_circle_member_and_salt_has_names_of_its_own() {
        let (millrace, alice, bob) = (CircleId([1; 32]), MemberId([2; 32]), MemberId([3; 32]));
        assert_ne!(doc_id(millrace, alice), doc_id(millrace, bob));
        assert_ne!(doc_id(millrace, alice), doc_id(draft_circle(alice), alice));
        assert_ne!(draft_circle(alice), draft_circle(bob));
    }

    /// Pinned, because machines of different versions must find each other.
    #[test]
    fn names_stay_as_they_are() {
        let circle = CircleId([1; 32]);
        assert_eq!(doc_id(circle, MemberId([4; 32])).short(), "70e58337");
        assert_eq!(draft_circle(MemberId([4; 32])).short(), "16b5f6d8");
    }
}
