//! Sealing: encryption to chosen people with age v1 and X25519 (age-encryption.org/v1).
//!
//! age draws its file key, its ephemeral keys and one decoy stanza from the operating system's
//! randomness itself; this is the one place in the core where randomness is not passed in.

use std::{
    fmt,
    io::{Read as _, Write as _},
    str::FromStr as _,
};

use bech32::{Bech32, Hrp};
use curve25519_dalek::MontgomeryPoint;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The most bytes that [`seal`] takes: a doorstep note is far smaller, and no change chunk may be larger.
pub const MOST_PLAIN: usize = 16 * 1024;
/// The most bytes that [`open`] looks at.
pub const MOST_SEALED: usize = 64 * 1024;
/// The most recipients of one sealing: a helper's, owner's and proxy's words and sixteen machines each.
pub const MOST_RECIPIENTS: usize = 64;

const PUBLIC_PREFIX: Hrp = Hrp::parse_unchecked("age");
const SECRET_PREFIX: Hrp = Hrp::parse_unchecked("AGE-SECRET-KEY-");

/// Why something was not sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Sealing to nobody.
    #[error("there is nobody to seal it to")]
    Nobody,
    /// More than [`MOST_RECIPIENTS`].
    #[error("it cannot be sealed to more than {MOST_RECIPIENTS} recipients")]
    TooMany,
    /// More than [`MOST_PLAIN`] in clear or [`MOST_SEALED`] sealed.
    #[error("it is too long")]
    TooLong,
    /// Sealed, but to none of these identities.
    #[error("it is sealed to somebody else")]
    NotForUs,
    /// No age file, or an altered one.
    #[error("it is damaged")]
    Damaged,
    /// Bytes that are no usable X25519 public key: everybody could open what is sealed to them.
    #[error("this recipient's key is not usable")]
    WeakRecipient,
}

/// Somebody to seal to: an X25519 public key, of a device or of a member's words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "[u8; 32]", into = "[u8; 32]")]
pub struct Recipient([u8; 32]);

impl Recipient {
    /// The public key's bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The same for the age crate, to encrypt files with.
    ///
    /// # Errors
    /// Never in practice: 32 bytes always fit the encoding.
    pub fn to_age(&self) -> Result<age::x25519::Recipient, SealError> {
        let text = bech32::encode::<Bech32>(PUBLIC_PREFIX, &self.0).map_err(|_| SealError::Damaged)?;
        age::x25519::Recipient::from_str(&text).map_err(|_| SealError::Damaged)
    }
}

impl TryFrom<[u8; 32]> for Recipient {
    type Error = SealError;

    fn try_from(bytes: [u8; 32]) -> Result<Self, SealError> {
        if is_of_small_order(bytes) { Err(SealError::WeakRecipient) } else { Ok(Self(bytes)) }
    }
}

impl From<Recipient> for [u8; 32] {
    fn from(recipient: Recipient) -> Self {
        recipient.0
    }
}

/// As age writes it: `age1…`.
impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_age() {
            Ok(recipient) => recipient.fmt(f),
            Err(_) => Err(fmt::Error),
        }
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, ..] = self.0;
        write!(f, "Recipient({a:02x}{b:02x}{c:02x}{d:02x})")
    }
}

/// Whether every multiple by a clamped scalar is zero: everybody knows the secret shared with such a
/// point, and the age crate panics on one, so none may ever be a recipient. The order of such a point
/// divides eight, on the curve and on its twist, so eight times it is zero, which takes four steps.
fn is_of_small_order(point: [u8; 32]) -> bool {
    let eight = [true, false, false, false];
    MontgomeryPoint(point).mul_bits_be(eight.into_iter()) == MontgomeryPoint([0; 32])
}

/// The secret half of a [`Recipient`]: an X25519 secret (RFC 7748), wiped when dropped.
#[derive(Clone)]
pub struct Identity(Zeroizing<[u8; 32]>);

impl Identity {
    pub(crate) const fn new(secret: Zeroizing<[u8; 32]>) -> Self {
        Self(secret)
    }

    /// Whom to seal to, so that this identity can open it.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(MontgomeryPoint::mul_base_clamped(*self.0).0)
    }

    /// As age writes it, `AGE-SECRET-KEY-1…`: enough to open with any age tool what is sealed to it.
    ///
    /// # Errors
    /// Never in practice: 32 bytes always fit the encoding.
    pub fn to_text(&self) -> Result<Zeroizing<String>, SealError> {
        bech32::encode_upper::<Bech32>(SECRET_PREFIX, &*self.0)
            .map(Zeroizing::new)
            .map_err(|_| SealError::Damaged)
    }

    /// The same for the age crate, to decrypt files with. The crate reads identities as text only.
    ///
    /// # Errors
    /// Never in practice, as [`to_text`](Self::to_text).
    pub fn to_age(&self) -> Result<age::x25519::Identity, SealError> {
        age::x25519::Identity::from_str(&self.to_text()?).map_err(|_| SealError::Damaged)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// Encrypts `plain` so that each of `recipients`, and nobody else, can [`open`] it.
///
/// # Errors
/// If there is nobody to seal it to, or it or the list is too long.
pub fn seal(plain: &[u8], recipients: &[Recipient]) -> Result<Vec<u8>, SealError> {
    if plain.len() > MOST_PLAIN {
        return Err(SealError::TooLong);
    }
    if recipients.is_empty() {
        return Err(SealError::Nobody);
    }
    if recipients.len() > MOST_RECIPIENTS {
        return Err(SealError::TooMany);
    }
    let recipients = recipients.iter().map(Recipient::to_age).collect::<Result<Vec<_>, _>>()?;
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(|_| SealError::Nobody)?;
    let written = |sealed| {
        let mut writer = encryptor.wrap_output(sealed)?;
        writer.write_all(plain)?;
        writer.finish()
    };
    written(Vec::new()).map_err(|_| SealError::TooLong)
}

/// Decrypts what was sealed to one of `identities`.
///
/// The bytes may come from anybody: their size and the header's are bounded before they are parsed.
///
/// # Errors
/// If it is sealed to somebody else, damaged, or too long.
pub fn open(sealed: &[u8], identities: &[Identity]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    if sealed.len() > MOST_SEALED {
        return Err(SealError::TooLong);
    }
    check_header(sealed)?;
    let identities = identities.iter().map(Identity::to_age).collect::<Result<Vec<_>, _>>()?;
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(|_| SealError::Damaged)?;
    let identities = identities.iter().map(|identity| identity as &dyn age::Identity);
    let reader = decryptor.decrypt(identities).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => SealError::NotForUs,
        _ => SealError::Damaged,
    })?;
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    // Sealed bytes are never shorter than what they hold.
    reader.take(MOST_SEALED as u64).read_to_end(&mut plain).map_err(|_| SealError::Damaged)?;
    Ok(plain)
}

/// Bounds the header's lines: age's parser starts again at the first byte for every line it reads, so
/// a long header of short lines would cost the square of its length.
fn check_header(sealed: &[u8]) -> Result<(), SealError> {
    let most_lines = 4 * (MOST_RECIPIENTS + 1);
    let mut lines = sealed.split(|byte| *byte == b'\n').take(most_lines);
    if lines.any(|line| line.starts_with(b"---")) { Ok(()) } else { Err(SealError::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(byte: u8) -> Identity {
        Identity::new(Zeroizing::new([byte; 32]))
    }

    #[test]
    fn each_recipient_opens_it_and_nobody_else() {
        let [alice, bob, carol] = [1, 2, 3].map(identity);
        let sealed = seal(b"14 Mill Lane, ring twice", &[alice.recipient(), bob.recipient()]).unwrap();
        assert!(!sealed.windows(4).any(|window| window == b"Mill"));
        assert_eq!(&**open(&sealed, std::slice::from_ref(&alice)).unwrap(), b"14 Mill Lane, ring twice");
        assert_eq!(&**open(&sealed, &[carol.clone(), bob]).unwrap(), b"14 Mill Lane, ring twice");
        assert_eq!(open(&sealed, &[carol]), Err(SealError::NotForUs));
        assert_eq!(open(&sealed, &[]), Err(SealError::NotForUs));
    }

    #[test]
    fn limits_hold_at_both_ends() {
        let alice = identity(1);
        let everybody: Vec<_> = (0..=MOST_RECIPIENTS).map(|_| alice.recipient()).collect();
        assert_eq!(seal(b"", &[]), Err(SealError::Nobody));
        assert_eq!(seal(b"", &everybody), Err(SealError::TooMany));
        assert_eq!(seal(&vec![0; MOST_PLAIN + 1], &everybody[1..]), Err(SealError::TooLong));
        let longest = seal(&vec![7; MOST_PLAIN], &everybody[1..]).unwrap();
        assert!(longest.len() <= MOST_SEALED);
        assert_eq!(open(&longest, std::slice::from_ref(&alice)).unwrap().len(), MOST_PLAIN);
        assert_eq!(open(&vec![b'a'; MOST_SEALED + 1], &[alice]), Err(SealError::TooLong));
    }

    #[test]
    fn anything_altered_is_refused() {
        let alice = identity(1);
        let sealed = seal(b"ring twice", &[alice.recipient()]).unwrap();
        let identities = [alice];
        for cut in 0..sealed.len() {
            assert!(open(&sealed[..cut], &identities).is_err(), "cut at {cut}");
        }
        for place in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[place] ^= 1;
            assert!(open(&altered, &identities).is_err(), "altered at {place}");
        }
        let many_lines = [b"age-encryption.org/v1\n".as_slice(), &b"-> a\n\n".repeat(9_000)].concat();
        assert_eq!(open(&many_lines, &identities), Err(SealError::Damaged));
    }

    /// Every spelling of every point of small order (u below 2^256), which age would panic on.
    #[test]
    fn keys_that_would_let_everybody_read_are_no_recipients() {
        let small = [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ];
        for hex in small {
            let mut bytes: [u8; 32] = hex.parse::<closeknit_ids::MemberId>().unwrap().0;
            assert_eq!(Recipient::try_from(bytes), Err(SealError::WeakRecipient), "{hex}");
            bytes[31] |= 0x80;
            assert_eq!(Recipient::try_from(bytes), Err(SealError::WeakRecipient), "{hex}, top bit set");
            assert!(postcard::from_bytes::<Recipient>(&bytes).is_err());
        }
        let sound = identity(9).recipient();
        assert_eq!(postcard::from_bytes::<Recipient>(sound.as_bytes()).unwrap(), sound);
    }

    /// The same key as age itself derives and writes, so that the stock tool opens our files.
    #[test]
    fn identities_and_recipients_are_those_of_age() {
        let alice = identity(5);
        let age = alice.to_age().unwrap();
        assert_eq!(age.to_public().to_string(), alice.recipient().to_string());
        assert_eq!(age::secrecy::ExposeSecret::expose_secret(&age.to_string()), &**alice.to_text().unwrap());
        assert!(alice.to_text().unwrap().starts_with("AGE-SECRET-KEY-1"));
        assert!(alice.recipient().to_string().starts_with("age1"));
    }
}
