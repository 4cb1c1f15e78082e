//! The 24 words of a member, and the keys made from them.
//!
//! One sheet of words serves all circles of a person. For each circle the member draws a random
//! [`Nonce`], which stands in their statements there; the key made from words and nonce is who they
//! are in that circle, and nobody can tell that two such keys have one owner.

use std::fmt;

use bip39::{Language, Mnemonic};
use closeknit_ids::MemberId;
use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use crate::{
    seal::{Identity, Recipient},
    signature::{Purpose, Signature},
};

/// Why typed words are not the sheet of anybody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// Not [`Words::COUNT`] of them.
    #[error("there are {found} words, and there should be {}", Words::COUNT)]
    Count {
        /// How many there are.
        found: usize,
    },
    /// One is not in the list that all sheets are made from.
    #[error("word {position}, “{word}”, is none of the words used on such sheets")]
    Unknown {
        /// Counted from one, as on the sheet.
        position: usize,
        /// As it was typed.
        word: String,
    },
    /// All are known, but together they are nobody's: one is mistaken for another, or two are swapped.
    #[error("each word exists, but together they do not fit: one may be wrong, or two swapped")]
    Checksum,
}

/// 32 secret random bytes, shown as 24 words (BIP 39, English). Wiped from memory when dropped.
///
/// Who has them can enrol and drop machines and leave in a member's name, and open their backups.
#[derive(Clone, PartialEq, Eq)]
pub struct Words(Zeroizing<[u8; 32]>);

impl Words {
    /// How many words make a sheet.
    pub const COUNT: usize = 24;

    /// A new sheet.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut secret = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *secret);
        Self(secret)
    }

    /// The sheet of these bytes.
    #[must_use]
    pub fn from_bytes(secret: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*secret))
    }

    /// The bytes, to be kept in a file of mode 0600 until the words were written down.
    #[must_use]
    pub const fn as_bytes(&self) -> &Zeroizing<[u8; 32]> {
        &self.0
    }

    /// The words in order, with a space between them.
    #[must_use]
    pub fn phrase(&self) -> Zeroizing<String> {
        // 32 bytes always make a sheet; the fallback is never taken.
        Mnemonic::from_entropy_in(Language::English, &*self.0)
            .map(|mnemonic| Zeroizing::new(mnemonic.to_string()))
            .unwrap_or_default()
    }

    /// Reads words as they were typed: any case, any white space.
    ///
    /// # Errors
    /// Says how many words there are, which one is unknown, or that they do not fit together.
    pub fn from_phrase(typed: &str) -> Result<Self, WordsError> {
        let typed = Zeroizing::new(typed.to_lowercase());
        let found = typed.split_whitespace().count();
        if found != Self::COUNT {
            return Err(WordsError::Count { found });
        }
        let mnemonic =
            Mnemonic::parse_in_normalized(Language::English, &typed).map_err(|error| match error {
                bip39::Error::UnknownWord(index) => WordsError::Unknown {
                    position: index + 1,
                    word: typed.split_whitespace().nth(index).unwrap_or_default().to_owned(),
                },
                _ => WordsError::Checksum,
            })?;
        let (mut entropy, _) = mnemonic.to_entropy_array();
        let mut secret = Zeroizing::new([0; 32]);
        secret.iter_mut().zip(entropy).for_each(|(to, from)| *to = from);
        entropy.zeroize();
        Ok(Self(secret))
    }

    /// Who the owner of these words is in the circle for which they drew `nonce`.
    #[must_use]
    pub fn member_key(&self, nonce: &Nonce) -> MemberKey {
        MemberKey(SigningKey::from_bytes(&self.derive("closeknit/member/1", &nonce.0)))
    }

    /// Opens what was sealed to the member that these words are in the circle of `nonce`.
    #[must_use]
    pub fn member_identity(&self, nonce: &Nonce) -> Identity {
        Identity::new(self.derive("closeknit/recipient/1", &nonce.0))
    }

    /// Opens the backups of these words' owner, of all circles. No statement ever names its recipient,
    /// which would link the circles of one person.
    #[must_use]
    pub fn identity(&self) -> Identity {
        Identity::new(self.derive("closeknit/backup/1", &[]))
    }

    /// Whom a backup is sealed to by default.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        self.identity().recipient()
    }

    fn derive(&self, label: &str, nonce: &[u8]) -> Zeroizing<[u8; 32]> {
        derive(&self.0, label, nonce)
    }
}

/// HKDF-SHA256 (RFC 5869) without salt: the key for one use of a secret.
pub(crate) fn derive(secret: &[u8; 32], label: &str, nonce: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    // Fails only for outputs of more than 8,160 bytes.
    let _ = Hkdf::<Sha256>::new(None, secret).expand_multi_info(&[label.as_bytes(), nonce], &mut *key);
    key
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(…)")
    }
}

/// A member's random number for one circle. Public: it stands in the member's enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Nonce(pub [u8; 16]);

impl Nonce {
    /// A new one, for a new circle.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

/// The key that a member *is* in one circle (ed25519). Wiped from memory when dropped.
#[derive(Clone)]
pub struct MemberKey(SigningKey);

impl MemberKey {
    /// Its public half.
    #[must_use]
    pub fn id(&self) -> MemberId {
        MemberId(self.0.verifying_key().to_bytes())
    }

    pub(crate) fn sign(&self, purpose: Purpose, message: &[u8]) -> Signature {
        Signature::new(&self.0, purpose, message)
    }
}

impl fmt::Debug for MemberKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemberKey({})", self.id().short())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase_of(bytes: [u8; 32]) -> String {
        Words::from_bytes(&bytes).phrase().to_string()
    }

    /// Vectors of BIP 39 itself (trezor/python-mnemonic, vectors.json).
    #[test]
    fn the_words_are_those_of_bip_39() {
        assert_eq!(phrase_of([0; 32]), format!("{}art", "abandon ".repeat(23)));
        assert_eq!(phrase_of([0xff; 32]), format!("{}vote", "zoo ".repeat(23)));
    }

    #[test]
    fn words_are_read_in_any_case_and_layout() {
        let words = Words::from_bytes(&[42; 32]);
        let typed = words.phrase().to_uppercase().replace(' ', "\n  ");
        assert_eq!(Words::from_phrase(&typed).unwrap(), words);
    }

    #[test]
    fn what_is_wrong_with_typed_words_is_named() {
        let phrase = phrase_of([42; 32]);
        let mut words: Vec<_> = phrase.split(' ').collect();
        assert_eq!(Words::from_phrase(&words[..23].join(" ")), Err(WordsError::Count { found: 23 }));
        words.swap(0, 1);
        assert_eq!(Words::from_phrase(&words.join(" ")), Err(WordsError::Checksum));
        words.swap(0, 1);
        words[4] = "Millrace";
        let error = Words::from_phrase(&words.join(" ")).unwrap_err();
        assert_eq!(error, WordsError::Unknown { position: 5, word: "millrace".to_owned() });
        assert_eq!(error.to_string(), "word 5, “millrace”, is none of the words used on such sheets");
    }

    #[test]
    fn each_circle_has_its_own_member_and_recipient() {
        let words = Words::from_bytes(&[1; 32]);
        let (millrace, harbour) = (Nonce([1; 16]), Nonce([2; 16]));
        assert_ne!(words.member_key(&millrace).id(), words.member_key(&harbour).id());
        assert_ne!(words.member_identity(&millrace).recipient(), words.member_identity(&harbour).recipient());
        assert_ne!(words.member_identity(&millrace).recipient(), words.recipient());
        assert_eq!(words.member_key(&millrace).id(), Words::from_bytes(&[1; 32]).member_key(&millrace).id());
    }

    /// Pinned: with other bytes nobody's written-down words would open their circle again.
    #[test]
    fn derivation_stays_as_it_is() {
        let words = Words::from_bytes(&[1; 32]);
        let nonce = Nonce([2; 16]);
        let found = [
            words.member_key(&nonce).id().to_string(),
            words.member_identity(&nonce).recipient().to_string(),
            words.recipient().to_string(),
        ];
        let pinned = [
            "3736393597107e89bd57705f809c8f4875f220a200bcfbcd41e05719e26b08fb",
            "age1dk9v4sl5tvqypghw7e9xecjdze8y7mmn72yff7mx4clmjhljmyxqdse5y2",
            "age1seurp96gm27xyyvj0ngg7mh6hu7rn030dplkaj5ala7jur0xw5rs423yyt",
        ];
        assert_eq!(found, pinned);
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let words = Words::from_bytes(&[1; 32]);
        assert_eq!(format!("{words:?} {:?}", words.identity()), "Words(…) Identity(…)");
    }
}
