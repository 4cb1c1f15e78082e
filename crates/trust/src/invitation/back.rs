//! What a neighbour tells somebody who has only their words left, so that the words make the same
//! key as before.

use closeknit_ids::{CircleId, MemberId};
use serde::{Deserialize, Serialize};

use crate::words::{MemberKey, Nonce, Words};

/// Which circle, and who comes back to it. Nothing in it is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Back {
    /// The circle.
    pub circle: CircleId,
    nonce: Nonce,
    /// The beginning of the member's id: enough to tell a wrong sheet of words at once.
    mark: [u8; 4],
}

impl Back {
    /// For a member whose enrolment names this nonce.
    #[must_use]
    pub fn of(circle: CircleId, member: MemberId, nonce: Nonce) -> Self {
        Self { circle, nonce, mark: mark(member) }
    }

    /// The member's key and its nonce, if these are their words.
    #[must_use]
    pub fn key(&self, words: &Words) -> Option<(MemberKey, Nonce)> {
        let key = words.member_key(&self.nonce);
        (mark(key.id()) == self.mark).then_some((key, self.nonce))
    }
}

fn mark(member: MemberId) -> [u8; 4] {
    let [a, b, c, d, ..] = member.0;
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_words_make_the_key_again() {
        let (circle, nonce) = (CircleId([1; 32]), Nonce([2; 16]));
        let words = Words::from_bytes(&[7; 32]);
        let member = words.member_key(&nonce).id();
        let back = Back::of(circle, member, nonce);
        assert_eq!(back.key(&words).map(|(key, nonce)| (key.id(), nonce)), Some((member, nonce)));
        assert!(back.key(&Words::from_bytes(&[8; 32])).is_none());
    }
}
