//! The age layer written by hand (age-encryption.org/v1), so that a file is the same whenever it is made, and so
//! that every part of it can be wrong.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _, aead::Aead as _};
use curve25519_dalek::MontgomeryPoint;
use hkdf::Hkdf;
use sha2::Sha256;

use crate::scene::scene;

const CHUNK: usize = 64 * 1024;
const FILE_KEY: [u8; 16] = [5; 16];
const EPHEMERAL: [u8; 32] = [6; 32];

/// A file in its parts.
#[derive(Debug, Clone)]
pub struct Parts {
    /// The first line.
    pub version: String,
    /// Whom it is for, or a passphrase's salt and work.
    pub stanzas: Vec<Stanza>,
    /// Of the header; as it ought to be unless given.
    pub mac: Option<Vec<u8>>,
    /// What the payload's key is made from.
    pub nonce: Vec<u8>,
    /// The payload's pieces: each its number, whether it says that it is the last, and what is in it.
    pub chunks: Vec<(u64, bool, Vec<u8>)>,
}

/// One line and body of the header.
#[derive(Debug, Clone)]
pub struct Stanza {
    /// The words after the arrow.
    pub words: String,
    /// The body.
    pub body: Vec<u8>,
}

/// A file with `plain` in it, for alice's words.
#[must_use]
pub fn to_alice(plain: &[u8]) -> Vec<u8> {
    parts(plain).to_bytes()
}

/// The same in its parts.
#[must_use]
pub fn parts(plain: &[u8]) -> Parts {
    let pieces: Vec<&[u8]> = if plain.is_empty() { vec![&[]] } else { plain.chunks(CHUNK).collect() };
    let last = pieces.len().saturating_sub(1) as u64;
    let chunks = (0..).zip(pieces).map(|(number, piece)| (number, number == last, piece.to_vec())).collect();
    Parts {
        version: "age-encryption.org/v1".into(),
        stanzas: vec![recipient(scene().alice.words.recipient().as_bytes())],
        mac: None,
        nonce: vec![8; 16],
        chunks,
    }
}

/// A stanza for an X25519 key.
#[must_use]
pub fn recipient(key: &[u8; 32]) -> Stanza {
    let share = MontgomeryPoint::mul_base_clamped(EPHEMERAL).to_bytes();
    let shared = MontgomeryPoint(*key).mul_clamped(EPHEMERAL).to_bytes();
    let wrap = derive(&shared, &[share, *key].concat(), "age-encryption.org/v1/X25519");
    let body = seal(&wrap, &[0; 12], &FILE_KEY);
    Stanza { words: format!("X25519 {}", STANDARD_NO_PAD.encode(share)), body }
}

impl Parts {
    /// As a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut header = format!("{}\n", self.version);
        for stanza in &self.stanzas {
            header.push_str(&format!("-> {}\n", stanza.words));
            let body = STANDARD_NO_PAD.encode(&stanza.body);
            let lines = body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap_or_default());
            lines.for_each(|line| header.push_str(&format!("{line}\n")));
            if body.len() % 64 == 0 {
                header.push('\n');
            }
        }
        header.push_str("---");
        let key = derive(&FILE_KEY, &[], "header");
        let (mac, _) = Hkdf::<Sha256>::extract(Some(&key), header.as_bytes());
        let mac = self.mac.clone().unwrap_or_else(|| mac.to_vec());
        header.push_str(&format!(" {}\n", STANDARD_NO_PAD.encode(mac)));
        let key = derive(&FILE_KEY, &self.nonce, "payload");
        let sealed = self.chunks.iter().map(|(number, last, plain)| {
            let nonce = [&[0; 3], number.to_be_bytes().as_slice(), &[u8::from(*last)]].concat();
            seal(&key, &nonce, plain)
        });
        [header.into_bytes(), self.nonce.clone()].into_iter().chain(sealed).flatten().collect()
    }
}

fn derive(secret: &[u8], salt: &[u8], info: &str) -> [u8; 32] {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info.as_bytes(), &mut key).expect("32 bytes");
    key
}

fn seal(key: &[u8; 32], nonce: &[u8], plain: &[u8]) -> Vec<u8> {
    ChaCha20Poly1305::new(key.into()).encrypt(nonce.into(), plain).expect("short enough")
}
