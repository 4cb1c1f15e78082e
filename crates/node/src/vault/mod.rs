//! The one secret from which all else that a profile keeps on the disk is encrypted, and where it is kept.
//!
//! The database takes its key from it, and so do the files beside it (device key, recovery words). It is made at
//! the first start and stays the same; what changes is where it stands: in the system's keychain, under a
//! passphrase, or, where there is neither, in a file that only its owner can read. The file `page.key` says which,
//! and is replaced as a whole, so that a crash leaves one of the two.

mod keychain;
mod place;

use std::{path::Path, sync::Arc};

use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit as _, Nonce, aead::Aead as _};
use closeknit_api::{ApiError, ErrorCode};
use closeknit_store::{PageKey, ProfileLock};
use closeknit_trust::device::DeviceKeys;
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

pub use self::keychain::{Keychain, SystemKeychain};
pub(crate) use self::place::Place;
use crate::{files, profile};

/// What a sealed file begins with.
const SEALED: &[u8; 19] = b"closeknit-sealed/1\n";
const NONCE: usize = 12;

/// What may open a profile, besides what stands in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Openers<'a> {
    /// Where the system keeps secrets, if it may be used.
    pub keychain: Option<&'a Arc<dyn Keychain>>,
    /// What the member typed.
    pub passphrase: Option<&'a str>,
}

/// The secret of one profile, open.
pub struct Vault {
    secret: Zeroizing<[u8; 32]>,
    place: Place,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the secret of a profile, and makes it where there is nothing yet that would need it.
    ///
    /// # Errors
    /// [`ErrorCode::Locked`] without the passphrase, [`ErrorCode::WrongPassphrase`] with another, and
    /// [`ErrorCode::KeyGone`] where the secret is not where it was put: then nothing is made anew.
    pub fn open(
        lock: &ProfileLock,
        openers: Openers<'_>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, ApiError> {
        let directory = lock.directory();
        if Place::read(directory)?.is_none() && !is_sealed(lock)? {
            return Self::make(directory, openers.keychain.map(|keychain| &**keychain), rng);
        }
        Self::of(directory, openers)
    }

    /// The secret of a profile that may be in use: nothing is made.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn of(directory: &Path, openers: Openers<'_>) -> Result<Self, ApiError> {
        let place = Place::read(directory)?;
        let place = place.ok_or_else(|| ApiError::new(ErrorCode::KeyGone).with("where", "file"))?;
        let secret = place.secret(openers)?;
        Ok(Self { secret, place: place.without_secret() })
    }

    fn make(
        directory: &Path,
        keychain: Option<&dyn Keychain>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, ApiError> {
        let mut secret = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *secret);
        let place = Place::best(keychain, &secret, rng);
        place.write(directory)?;
        Ok(Self { secret, place: place.without_secret() })
    }

    /// Puts the secret under a passphrase, or takes it from under one.
    pub(crate) fn put_under(
        &mut self,
        directory: &Path,
        passphrase: Option<&str>,
        keychain: Option<&dyn Keychain>,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ApiError> {
        let place = match passphrase {
            Some(passphrase) => Place::under(passphrase, &self.secret)?,
            None => Place::best(keychain, &self.secret, rng),
        };
        place.write(directory)?;
        let before = std::mem::replace(&mut self.place, place.without_secret());
        before.clear(keychain);
        Ok(())
    }

    /// Takes out of the keychain what is there of this profile.
    pub(crate) fn clear(&self, keychain: Option<&dyn Keychain>) {
        self.place.clear(keychain);
    }

    /// Where the secret is.
    pub(crate) const fn place(&self) -> &Place {
        &self.place
    }

    /// Whether this passphrase opens the profile.
    pub(crate) fn opens_with(directory: &Path, passphrase: &str) -> Result<bool, ApiError> {
        let Some(place) = Place::read(directory)? else { return Ok(false) };
        match place.secret(Openers { keychain: None, passphrase: Some(passphrase) }) {
            Ok(_) => Ok(true),
            Err(error) if error.code == ErrorCode::WrongPassphrase => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The key of the database's pages.
    #[must_use]
    pub fn page_key(&self) -> PageKey {
        PageKey::new(*self.secret)
    }

    /// The keys of the machine, if they were made.
    ///
    /// # Errors
    /// If the file cannot be read, or is damaged.
    pub fn device_keys(&self, directory: &Path) -> Result<Option<DeviceKeys>, ApiError> {
        let path = profile::keys_path(directory);
        let Some(bytes) = self.read(&path)? else { return Ok(None) };
        DeviceKeys::from_bytes(&bytes).map(Some).map_err(|error| damaged(&path, error))
    }

    /// Reads a file that was sealed, or one of before that was not: it is sealed now.
    pub(crate) fn read(&self, path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, ApiError> {
        let Some(bytes) = files::read_private(path)? else { return Ok(None) };
        let Some(sealed) = bytes.strip_prefix(SEALED) else {
            self.write(path, &bytes)?;
            return Ok(Some(bytes));
        };
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(|| damaged(path, "too short"))?;
        let opened = self.cipher(path).decrypt(&Nonce::clone_from_slice(nonce), sealed);
        opened.map(|bytes| Some(Zeroizing::new(bytes))).map_err(|_| damaged(path, "it was altered"))
    }

    /// Seals bytes into a file; what stood there before is overwritten.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), ApiError> {
        // The same bytes under the same key have the same nonce, and no others have it.
        let mut nonce = [0; NONCE];
        let _ = self.keyed().expand_multi_info(&[b"nonce", name(path).as_bytes(), bytes], &mut nonce);
        let sealed = self.cipher(path).encrypt(&Nonce::from(nonce), bytes);
        let sealed = sealed.map_err(|_| damaged(path, "it cannot be sealed"))?;
        files::replace_private(path, &[&SEALED[..], &nonce, &sealed].concat())
    }

    fn cipher(&self, path: &Path) -> ChaCha20Poly1305 {
        let mut key = Zeroizing::new([0; 32]);
        // Fails for more than 255 hashes only.
        let _ = self.keyed().expand_multi_info(&[b"file", name(path).as_bytes()], &mut *key);
        ChaCha20Poly1305::new(Key::from_slice(&*key))
    }

    fn keyed(&self) -> Hkdf<Sha256> {
        Hkdf::new(Some(b"closeknit/files-at-rest/1"), &*self.secret)
    }
}

/// Whether something in the profile needs a secret that is not there.
fn is_sealed(lock: &ProfileLock) -> Result<bool, ApiError> {
    let keys = files::read_private(&profile::keys_path(lock.directory()))?;
    let database = lock.is_sealed().map_err(crate::engine::failed)?;
    Ok(database || keys.is_some_and(|bytes| bytes.starts_with(SEALED)))
}

fn name(path: &Path) -> std::borrow::Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

fn damaged(path: &Path, reason: impl std::fmt::Display) -> ApiError {
    ApiError::new(ErrorCode::FileProblem).with("path", path.display()).with("reason", reason)
}
