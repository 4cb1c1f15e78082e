//! Invitations: one line of text that lets one newcomer in.
//!
//! It holds where to find the inviter's machine and a one-use **token**, an ed25519 key. The
//! newcomer's machine proves with it that it was invited, without showing it. An invitation alone
//! admits nobody: a person confirms a short code on both screens first ([`crate::code`]).
//!
//! The text is `closeknit1` and characters of the bech32 alphabet, which has no letters that look
//! alike: version, length, content, and a checksum (BIP 350) that finds every mistake of a few
//! characters. White space anywhere and words around it do not matter.

use std::net::SocketAddr;

use closeknit_ids::{CircleId, DeviceId, MemberId};
use ed25519_dalek::SigningKey;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    circle::Salt,
    signature::{Purpose, Signature},
    text::CircleName,
};

mod back;
mod line;

pub use back::Back;

/// The most addresses that an invitation names.
pub const MOST_ADDRESSES: usize = 8;

/// Why a text is no invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// Nothing in the text looks like one.
    #[error("there is no invitation in this text")]
    None,
    /// It ends too early.
    #[error("the invitation is cut off: {missing} characters are missing at its end")]
    Cut {
        /// How many characters are missing.
        missing: usize,
    },
    /// Characters were changed, added or left out.
    #[error("the invitation has a mistake in it; copy it again, all of it")]
    Mistake,
    /// A newer version of the app wrote it.
    #[error("the invitation was made by a newer version of Closeknit; this one must be updated")]
    Newer,
    /// Too many addresses, or too long a name, to fit into one.
    #[error("too much for one invitation")]
    TooLong,
}

/// What an invited person gets, over whatever channel the inviter trusts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// What the circle is called.
    pub name: CircleName,
    /// Which circle it is.
    pub circle: Invited,
    /// The machine that answers.
    pub device: DeviceId,
    /// Where it was last, as a hint; at most [`MOST_ADDRESSES`].
    pub addresses: Vec<SocketAddr>,
    /// With which salt its door for the circle is named.
    pub salt: Salt,
    /// Good for one newcomer.
    pub token: Token,
    /// Until when the inviter's machine honours it: seconds since 1970.
    pub expires: u64,
}

/// Which circle an invitation leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Invited {
    /// One that was founded.
    Circle(CircleId),
    /// One that begins when the first invited person is confirmed; the id is that of the draft.
    Draft(CircleId),
    /// One that somebody is in already who has nothing left of it but their words.
    Back(Back),
    /// One that a member is in: whoever comes is one more machine of theirs.
    Machine {
        /// Which.
        circle: CircleId,
        /// Whose machine it is to be.
        member: MemberId,
    },
}

impl Invited {
    /// The id, of the circle or of its draft.
    #[must_use]
    pub const fn id(self) -> CircleId {
        match self {
            Self::Circle(id)
            | Self::Draft(id)
            | Self::Back(Back { circle: id, .. })
            | Self::Machine { circle: id, .. } => id,
        }
    }
}

impl Invitation {
    /// As one line of text.
    ///
    /// # Errors
    /// If it names more than [`MOST_ADDRESSES`].
    pub fn to_text(&self) -> Result<Zeroizing<String>, InvitationError> {
        if self.addresses.len() > MOST_ADDRESSES {
            return Err(InvitationError::TooLong);
        }
        let bytes = postcard::to_stdvec(self).map(Zeroizing::new).map_err(|_| InvitationError::TooLong)?;
        line::write(&bytes).map(Zeroizing::new)
    }

    /// Finds and reads the invitation in a text.
    ///
    /// # Errors
    /// Says whether there is none, it is cut off, has a mistake, or is too new. It does not judge
    /// whether it has expired: the machine that made it does, by its own clock.
    pub fn from_text(text: &str) -> Result<Self, InvitationError> {
        let bytes = Zeroizing::new(line::read(text)?);
        let invitation: Self = postcard::from_bytes(&bytes).map_err(|_| InvitationError::Mistake)?;
        if invitation.addresses.len() > MOST_ADDRESSES {
            return Err(InvitationError::TooLong);
        }
        Ok(invitation)
    }
}

/// The secret of an invitation: an ed25519 seed, wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[u8; 32]", into = "[u8; 32]")]
pub struct Token(Zeroizing<[u8; 32]>);

impl Token {
    /// A new one, for one invitation.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *seed);
        Self(seed)
    }

    /// Its public half, by which the inviter's machines know it.
    #[must_use]
    pub fn key(&self) -> TokenKey {
        TokenKey(self.signing_key().verifying_key().to_bytes())
    }

    /// Proof that whoever joins `circle` as `member` on `device` held the invitation, for the machine
    /// `admitter` alone.
    #[must_use]
    pub fn prove(
        &self,
        circle: CircleId,
        member: MemberId,
        device: DeviceId,
        admitter: DeviceId,
    ) -> AdmissionProof {
        let message = proof_text(circle, member, device, admitter);
        let signature = Signature::new(&self.signing_key(), Purpose::Admission, &message);
        AdmissionProof { token: self.key(), device, signature }
    }

    fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.0)
    }
}

impl From<[u8; 32]> for Token {
    fn from(seed: [u8; 32]) -> Self {
        Self(Zeroizing::new(seed))
    }
}

impl From<Token> for [u8; 32] {
    fn from(token: Token) -> Self {
        *token.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The public half of a [`Token`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TokenKey(pub [u8; 32]);

/// That a newcomer held an invitation; stands in the Admit for everybody to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AdmissionProof {
    /// Of which invitation. Two Admits with one token are flagged by the roster.
    pub token: TokenKey,
    /// The newcomer's first machine.
    pub device: DeviceId,
    /// The token's signature over circle, newcomer and admitting machine.
    pub signature: Signature,
}

impl AdmissionProof {
    /// Whether the token signed for `member` joining `circle` at the machine `admitter`.
    #[must_use]
    pub fn holds(&self, circle: CircleId, member: MemberId, admitter: DeviceId) -> bool {
        let message = proof_text(circle, member, self.device, admitter);
        self.signature.holds(&self.token.0, Purpose::Admission, &message)
    }
}

fn proof_text(circle: CircleId, member: MemberId, device: DeviceId, admitter: DeviceId) -> Vec<u8> {
    [circle.0, member.0, device.0, admitter.0].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invitation() -> Invitation {
        Invitation {
            name: CircleName::new("Millrace").unwrap(),
            circle: Invited::Circle(CircleId([1; 32])),
            device: DeviceId([2; 32]),
            addresses: vec!["192.168.1.20:4711".parse().unwrap(), "[fe80::1]:4711".parse().unwrap()],
            salt: Salt([3; 16]),
            token: Token::from([4; 32]),
            expires: 1_800_000_000,
        }
    }

    #[test]
    fn it_survives_mail_programs_and_people() {
        let text = invitation().to_text().unwrap();
        assert!(text.starts_with("closeknit1") && text.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!(Invitation::from_text(&text).unwrap(), invitation());
        let wrapped: Vec<String> =
            text.as_bytes().chunks(40).map(|line| format!("> {}", String::from_utf8_lossy(line))).collect();
        assert_eq!(Invitation::from_text(&wrapped.join("\r\n")).unwrap(), invitation());
        let shouted = format!("Join us: «{}». See you closeknit1 soon", text.to_uppercase());
        assert_eq!(Invitation::from_text(&shouted).unwrap(), invitation());
    }

    #[test]
    fn one_for_a_machine_says_whose_it_is_to_be() {
        let leads_to = Invited::Machine { circle: CircleId([1; 32]), member: MemberId([5; 32]) };
        let pairing = Invitation { circle: leads_to, ..invitation() };
        let read = Invitation::from_text(&pairing.to_text().unwrap()).unwrap();
        assert_eq!((read.circle, read.circle.id()), (leads_to, CircleId([1; 32])));
    }

    #[test]
    fn what_is_wrong_with_it_is_said() {
        let text = invitation().to_text().unwrap();
        assert_eq!(Invitation::from_text("see you at eight"), Err(InvitationError::None));
        for length in "closeknit1".len()..text.len() {
            let cut = Invitation::from_text(text.get(..length).unwrap()).unwrap_err();
            let missing = text.len() - length;
            let known = length >= "closeknit1".len() + 3;
            assert!(
                matches!(cut, InvitationError::Cut { missing: m } if m == missing || !known),
                "{length}: {cut}"
            );
        }
        for place in "closeknit1".len()..text.len() {
            let mut altered = text.as_bytes().to_vec();
            altered[place] = if altered[place] == b'q' { b'p' } else { b'q' };
            let altered = String::from_utf8(altered).unwrap();
            assert!(Invitation::from_text(&altered).is_err(), "{place}");
        }
    }

    #[test]
    fn a_newer_version_is_recognised_by_its_checksum() {
        let newer = line::write_version(line::VERSION + 1, b"something else").unwrap();
        assert_eq!(Invitation::from_text(&newer), Err(InvitationError::Newer));
    }

    #[test]
    fn more_addresses_than_fit_are_refused() {
        let mut crowded = invitation();
        crowded.addresses = vec![crowded.addresses[0]; MOST_ADDRESSES + 1];
        assert_eq!(crowded.to_text(), Err(InvitationError::TooLong));
        crowded.addresses =
            vec!["[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:65535".parse().unwrap(); MOST_ADDRESSES];
        crowded.name = CircleName::new(&"ß".repeat(CircleName::MOST)).unwrap();
        assert_eq!(Invitation::from_text(&crowded.to_text().unwrap()).unwrap(), crowded);
    }

    #[test]
    fn a_proof_is_for_one_newcomer_at_one_machine() {
        let token = Token::from([4; 32]);
        let (circle, sam, phone, rosas) =
            (CircleId([1; 32]), MemberId([5; 32]), DeviceId([6; 32]), DeviceId([2; 32]));
        let proof = token.prove(circle, sam, phone, rosas);
        assert!(proof.holds(circle, sam, rosas));
        assert!(!proof.holds(CircleId([9; 32]), sam, rosas));
        assert!(!proof.holds(circle, MemberId([9; 32]), rosas));
        assert!(!proof.holds(circle, sam, DeviceId([9; 32])));
        assert!(!AdmissionProof { device: rosas, ..proof }.holds(circle, sam, rosas));
        assert!(!AdmissionProof { token: Token::from([9; 32]).key(), ..proof }.holds(circle, sam, rosas));
    }

    #[test]
    fn the_token_does_not_show_in_debug_output() {
        assert!(format!("{:?}", invitation()).contains("Token(…)"));
    }
}
