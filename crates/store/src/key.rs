//! The key of the pages: what SQLCipher is given, and how a page shows that it was written with it.
//!
//! A page of the file is ciphertext (AES-256-CBC), 16 bytes of IV, and an HMAC-SHA512 over both and the page's
//! number. Of the first page the leading 16 bytes are the salt instead, which the key decides here: so a file
//! tells whether it was written with a key at all that somebody holds, and damage is told from a wrong key.

use std::{
    fmt,
    fs::File,
    io::{self, BufReader, Read, Write},
    path::Path,
};

use data_encoding::HEXLOWER;
use hkdf::{
    Hkdf,
    hmac::{Hmac, KeyInit as _, Mac as _},
};
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

/// What a file begins with that SQLite wrote without a key.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

const PAGE: usize = 4096;
/// What a page ends with.
const MAC: usize = 64;
/// So much of the first page is no ciphertext.
const SALT: usize = 16;

/// The secret that opens one profile's database. It is never shown, and wiped where it is dropped.
#[derive(Clone)]
pub struct PageKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for PageKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("PageKey")
    }
}

impl PageKey {
    /// From 32 bytes that nobody can guess.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self(Zeroizing::new(secret))
    }

    /// What SQLCipher takes: `PRAGMA key = "…"`. The three keys are given as they are, so that nothing is
    /// computed at a start.
    #[must_use]
    pub fn pragma(&self) -> Zeroizing<String> {
        let [encrypt, authenticate] = [b"pages", &b"pages-mac"[..]].map(|purpose| self.derive::<32>(purpose));
        let mut pragma = Zeroizing::new(String::from("x'"));
        for bytes in [&encrypt[..], &authenticate[..], &self.salt()[..]] {
            HEXLOWER.encode_append(bytes, &mut pragma);
        }
        pragma.push('\'');
        pragma
    }

    fn salt(&self) -> Zeroizing<[u8; SALT]> {
        self.derive(b"pages-salt")
    }

    fn derive<const N: usize>(&self, purpose: &[u8]) -> Zeroizing<[u8; N]> {
        let mut derived = Zeroizing::new([0; N]);
        // Fails for more than 255 hashes only.
        let _ = Hkdf::<Sha256>::new(Some(b"closeknit/at-rest/1"), &*self.0).expand(purpose, &mut *derived);
        derived
    }

    /// Whether this key may have written a file that it does not open: then the file is damaged. What is shorter
    /// than a page, or blank, no key has written.
    pub(crate) fn may_have_written(&self, path: &Path) -> io::Result<bool> {
        let (mut file, mac) = (BufReader::new(File::open(path)?), self.mac());
        let (mut salt, mut is_blank) = (self.salt().to_vec(), true);
        for number in 1_u32.. {
            let Some(page) = next_page(&mut file)? else { break };
            if is_of_page(&mac, number, &page) {
                return Ok(true);
            }
            if number == 1 {
                salt = page.iter().take(SALT).copied().collect();
            }
            is_blank &= page.iter().all(|byte| *byte == 0);
        }
        Ok(is_blank || salt == *self.salt())
    }

    /// Whether the first page is as this key wrote it.
    pub(crate) fn has_written_beginning(&self, path: &Path) -> io::Result<bool> {
        let page = next_page(&mut File::open(path)?)?;
        Ok(page.is_some_and(|page| is_of_page(&self.mac(), 1, &page)))
    }

    /// Copies a damaged file, its pages as they are, but each under a true HMAC. SQLCipher shows nothing of a
    /// page without one, and nothing of any page it reads later; of the copy SQLite shows what can be made out.
    pub(crate) fn copy_damaged(&self, from: &Path, mut to: impl Write) -> io::Result<()> {
        let (mut from, mac) = (BufReader::new(File::open(from)?), self.mac());
        for number in 1_u32.. {
            let Some(mut page) = next_page(&mut from)? else { break };
            let found = of_page(&mac, number, &page).finalize().into_bytes();
            if let Some(place) = page.get_mut(PAGE - MAC..) {
                place.copy_from_slice(&found);
            }
            to.write_all(&page)?;
        }
        to.flush()
    }

    fn mac(&self) -> Hmac<Sha512> {
        #[expect(clippy::expect_used, reason = "there is no length that it would not take")]
        Hmac::new_from_slice(&*self.derive::<32>(b"pages-mac")).expect("an HMAC takes a key of any length")
    }
}

fn is_of_page(mac: &Hmac<Sha512>, number: u32, page: &[u8; PAGE]) -> bool {
    page.get(PAGE - MAC..).is_some_and(|found| of_page(mac, number, page).verify_slice(found).is_ok())
}

/// The HMAC of one page, as SQLCipher computes it.
fn of_page(mac: &Hmac<Sha512>, number: u32, page: &[u8; PAGE]) -> Hmac<Sha512> {
    let mut mac = mac.clone();
    mac.update(page.get(if number == 1 { SALT } else { 0 }..PAGE - MAC).unwrap_or_default());
    mac.update(&number.to_le_bytes());
    mac
}

/// Whether SQLite wrote this file without a key.
pub(crate) fn is_plain(path: &Path) -> io::Result<bool> {
    let mut beginning = Vec::new();
    File::open(path)?.take(PLAIN.len() as u64).read_to_end(&mut beginning)?;
    Ok(beginning == PLAIN)
}

/// The next whole page, if there is one.
fn next_page(file: &mut impl Read) -> io::Result<Option<[u8; PAGE]>> {
    let mut page = [0; PAGE];
    match file.read_exact(&mut page) {
        Ok(()) => Ok(Some(page)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}
