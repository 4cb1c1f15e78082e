//! The short code that two people compare before a newcomer is let in.
//!
//! Both screens show the same six digits exactly if both machines speak of the same joining: the
//! same circle, invitation, members and machines. A machine in between would have to make two
//! different joinings show one code, and it gets one try in a million: each side first commits to a
//! random number and to everything the code is made from, and reveals the number only when it holds
//! the other's commitment, so nobody can try keys or numbers until the code fits.

use std::fmt;

use closeknit_ids::{CircleId, DeviceId, MemberId};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::{digest::sha256, invitation::TokenKey};

/// What the two sides believe they are doing. Each fills it in from what it saw itself: the
/// machines' ids from the connection, not from what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joining {
    /// The circle, or the inviter's draft.
    pub circle: CircleId,
    /// Of the invitation.
    pub token: TokenKey,
    /// Who invites.
    pub inviter: MemberId,
    /// On which machine.
    pub inviter_device: DeviceId,
    /// Who comes.
    pub newcomer: MemberId,
    /// On which machine.
    pub newcomer_device: DeviceId,
}

/// Which of the two a machine is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The one that is a member already.
    Inviter,
    /// The one that comes.
    Newcomer,
}

/// One side's random number, secret until the other side's [`Commitment`] is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeNonce(pub [u8; 32]);

/// A promise of a [`CodeNonce`] that gives nothing of it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment(pub [u8; 32]);

impl CodeNonce {
    /// A new number, for one attempt.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// To be sent first.
    #[must_use]
    pub fn commit(&self, joining: &Joining, side: Side) -> Commitment {
        let side = match side {
            Side::Inviter => b"inviter ",
            Side::Newcomer => b"newcomer",
        };
        Commitment(sha256("closeknit/code/commit/1", &[side, &self.0, &joining.bytes()]))
    }
}

impl Commitment {
    /// Whether the number that the other side revealed is the one it promised, for the joining that
    /// this side sees.
    #[must_use]
    pub fn opens_to(&self, nonce: &CodeNonce, joining: &Joining, side: Side) -> bool {
        nonce.commit(joining, side) == *self
    }
}

impl Joining {
    /// The digits for both screens, once both numbers are revealed and checked.
    #[must_use]
    pub fn code(&self, inviter: &CodeNonce, newcomer: &CodeNonce) -> ComparisonCode {
        let hash = sha256("closeknit/code/1", &[&inviter.0, &newcomer.0, &self.bytes()]);
        let [a, b, c, d, e, f, g, h, ..] = hash;
        // Of 2^64 numbers; that a million does not divide them shows in no digit.
        let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]) % 1_000_000;
        ComparisonCode(u32::try_from(number).unwrap_or_default())
    }

    fn bytes(&self) -> Vec<u8> {
        let Self { circle, token, inviter, inviter_device, newcomer, newcomer_device } = self;
        [circle.0, token.0, inviter.0, inviter_device.0, newcomer.0, newcomer_device.0].concat()
    }
}

/// Six digits; shown as `123 456`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ComparisonCode(u32);

impl fmt::Display for ComparisonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {:03}", self.0 / 1000, self.0 % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joining() -> Joining {
        Joining {
            circle: CircleId([1; 32]),
            token: TokenKey([2; 32]),
            inviter: MemberId([3; 32]),
            inviter_device: DeviceId([4; 32]),
            newcomer: MemberId([5; 32]),
            newcomer_device: DeviceId([6; 32]),
        }
    }

    #[test]
    fn both_screens_show_the_same_six_digits() {
        let (alices, bobs) = (CodeNonce([7; 32]), CodeNonce([8; 32]));
        let code = joining().code(&alices, &bobs);
        assert_eq!(code, joining().code(&alices, &bobs));
        assert_eq!(code.to_string(), "830 661", "pinned: versions must agree");
        assert_eq!(ComparisonCode(42).to_string(), "000 042");
        assert_ne!(code, joining().code(&bobs, &alices));
    }

    #[test]
    fn a_machine_in_between_makes_the_codes_differ() {
        let (alices, bobs) = (CodeNonce([7; 32]), CodeNonce([8; 32]));
        let code = joining().code(&alices, &bobs);
        let as_bob_sees_it = Joining { inviter_device: DeviceId([9; 32]), ..joining() };
        assert_ne!(code, as_bob_sees_it.code(&alices, &bobs));
    }

    #[test]
    fn a_promise_holds_for_one_number_joining_and_side() {
        let nonce = CodeNonce([7; 32]);
        let promise = nonce.commit(&joining(), Side::Inviter);
        assert!(promise.opens_to(&nonce, &joining(), Side::Inviter));
        assert!(!promise.opens_to(&CodeNonce([8; 32]), &joining(), Side::Inviter));
        assert!(!promise.opens_to(&nonce, &joining(), Side::Newcomer));
        let other = Joining { newcomer: MemberId([9; 32]), ..joining() };
        assert!(!promise.opens_to(&nonce, &other, Side::Inviter));
    }
}
