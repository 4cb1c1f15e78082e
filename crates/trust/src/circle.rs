//! Names derived from a circle's id: its documents, its draft, and what its machines answer to.

use closeknit_ids::{CircleId, DocId, MemberId};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::{
    digest::{sha256, short_hex},
    invitation::TokenKey,
};

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

/// The protocol name (ALPN) under which a listener with `salt` serves `circle`.
///
/// Who does not know the circle's id cannot name it, and fails before the handshake ends.
#[must_use]
pub fn circle_alpn(circle: CircleId, salt: Salt) -> String {
    format!("ck/1/{}", short_hex(&sha256("closeknit/alpn/1", &[circle.as_bytes(), &salt.0])))
}

/// The protocol name (ALPN) that is served while an invitation with this token is open.
#[must_use]
pub fn join_alpn(token: &TokenKey) -> String {
    format!("ck/join/1/{}", short_hex(&sha256("closeknit/alpn/join/1", &[&token.0])))
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
        assert_ne!(circle_alpn(millrace, Salt([0; 16])), circle_alpn(millrace, Salt([1; 16])));
    }

    /// Pinned, because machines of different versions must find each other.
    #[test]
    fn protocol_names_stay_as_they_are() {
        let circle = CircleId([1; 32]);
        assert_eq!(circle_alpn(circle, Salt([2; 16])), "ck/1/e39049f86f921da8b1380ac1febca169");
        assert_eq!(join_alpn(&TokenKey([3; 32])), "ck/join/1/76a4ef14f3ced844482cb5b3b3d2f437");
        assert_eq!(doc_id(circle, MemberId([4; 32])).short(), "70e58337");
        assert_eq!(draft_circle(MemberId([4; 32])).short(), "16b5f6d8");
    }
}
