//! Where the secret of a profile stands, and what `page.key` says of it.

use std::path::Path;

use closeknit_api::{ApiError, ErrorCode};
use closeknit_archive::{ArchiveError, open_secret, seal_secret};
use data_encoding::HEXLOWER;
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use tracing::{info, warn};
use zeroize::Zeroizing;

use super::{Keychain, Openers};
use crate::{files, profile};

/// What the file begins with, but for one under a passphrase, which is an age file.
const FIRST_LINE: &str = "closeknit page key 1";

/// Where the secret is.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// In `page.key`, readable by its owner.
    File(Option<Zeroizing<[u8; 32]>>),
    /// In the system's keychain under this name, which no other profile has.
    Keychain { name: String, check: String },
    /// In `page.key`, under a passphrase.
    Passphrase(Vec<u8>),
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::File(_) => "File",
            Self::Keychain { .. } => "Keychain",
            Self::Passphrase(_) => "Passphrase",
        })
    }
}

impl Place {
    /// The keychain if there is one that keeps what it is given, else a file.
    pub(super) fn best(
        keychain: Option<&dyn Keychain>,
        secret: &Zeroizing<[u8; 32]>,
        rng: &mut impl CryptoRng,
    ) -> Self {
        let in_a_file = Self::File(Some(secret.clone()));
        let Some(keychain) = keychain else { return in_a_file };
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        let name = HEXLOWER.encode(&id);
        let kept = keychain.put(&name, &**secret).and_then(|()| keychain.get(&name));
        match kept {
            Ok(Some(found)) if *found == secret[..] => Self::Keychain { name, check: check(secret) },
            Ok(_) => in_a_file,
            Err(reason) => {
                info!(reason, "no keychain: the key is kept in a file");
                in_a_file
            }
        }
    }

    pub(super) fn under(passphrase: &str, secret: &Zeroizing<[u8; 32]>) -> Result<Self, ApiError> {
        seal_secret(passphrase, &**secret)
            .map(Self::Passphrase)
            .map_err(|error| ApiError::new(ErrorCode::Internal).with("reason", error))
    }

    /// What the profile says, if it says anything.
    pub(super) fn read(directory: &Path) -> Result<Option<Self>, ApiError> {
        let path = profile::page_key_path(directory);
        let Some(bytes) = files::read_private(&path)? else { return Ok(None) };
        let unreadable =
            || ApiError::new(ErrorCode::FileProblem).with("path", path.display()).with("reason", "no key");
        if bytes.starts_with(b"age-encryption.org/") {
            return Ok(Some(Self::Passphrase(bytes.to_vec())));
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable())?;
        let lines: Vec<&str> = text.lines().collect();
        match lines[..] {
            [FIRST_LINE, "file", digits, found] => {
                let mut secret = Zeroizing::new([0; 32]);
                let length = HEXLOWER.decode_mut(digits.as_bytes(), &mut *secret).unwrap_or_default();
                if length != secret.len() || check(&secret) != found {
                    return Err(unreadable());
                }
                Ok(Some(Self::File(Some(secret))))
            }
            [FIRST_LINE, "keychain", name, check] => {
                Ok(Some(Self::Keychain { name: name.to_owned(), check: check.to_owned() }))
            }
            _ => Err(unreadable()),
        }
    }

    pub(super) fn write(&self, directory: &Path) -> Result<(), ApiError> {
        let text = match self {
            Self::Passphrase(sealed) => Zeroizing::new(sealed.clone()),
            Self::File(Some(secret)) => {
                let digits = Zeroizing::new(HEXLOWER.encode(&**secret));
                Zeroizing::new(format!("{FIRST_LINE}\nfile\n{}\n{}\n", *digits, check(secret)).into_bytes())
            }
            Self::File(None) => return Err(ApiError::new(ErrorCode::Internal)),
            Self::Keychain { name, check } => {
                Zeroizing::new(format!("{FIRST_LINE}\nkeychain\n{name}\n{check}\n").into_bytes())
            }
        };
        files::replace_private(&profile::page_key_path(directory), &text)
    }

    /// The secret itself.
    pub(super) fn secret(&self, openers: Openers<'_>) -> Result<Zeroizing<[u8; 32]>, ApiError> {
        let gone =
            |reason: &str| ApiError::new(ErrorCode::KeyGone).with("where", "keychain").with("reason", reason);
        match self {
            Self::File(Some(secret)) => Ok(secret.clone()),
            Self::File(None) => Err(ApiError::new(ErrorCode::Internal)),
            Self::Passphrase(sealed) => {
                let passphrase = openers.passphrase.ok_or_else(|| ApiError::new(ErrorCode::Locked))?;
                let opened = open_secret(passphrase, sealed).map_err(|error| match error {
                    ArchiveError::WrongKey => ApiError::new(ErrorCode::WrongPassphrase),
                    other => ApiError::new(ErrorCode::Internal).with("reason", other),
                })?;
                as_secret(&opened).ok_or_else(|| ApiError::new(ErrorCode::Internal))
            }
            Self::Keychain { name, check: expected } => {
                let keychain = openers.keychain.ok_or_else(|| gone("no keychain"))?;
                let found = keychain.get(name).map_err(|reason| gone(&reason))?;
                let found = found.ok_or_else(|| gone("not there"))?;
                as_secret(&found).filter(|found| check(found) == *expected).ok_or_else(|| gone("another one"))
            }
        }
    }

    /// The place, to be remembered while the profile is open.
    pub(super) fn without_secret(&self) -> Self {
        match self {
            Self::File(_) => Self::File(None),
            Self::Passphrase(_) => Self::Passphrase(Vec::new()),
            other => other.clone(),
        }
    }

    /// Takes away what is kept outside of the profile.
    pub(super) fn clear(&self, keychain: Option<&dyn Keychain>) {
        if let (Self::Keychain { name, .. }, Some(keychain)) = (self, keychain)
            && let Err(reason) = keychain.remove(name)
        {
            warn!(reason, "an entry stays in the keychain");
        }
    }
}

fn as_secret(bytes: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    bytes.try_into().ok().map(Zeroizing::new)
}

/// Tells one secret from another, and nothing about it.
fn check(secret: &[u8; 32]) -> String {
    let hash = Sha256::new().chain_update(b"closeknit/page-key-check/1").chain_update(secret).finalize();
    HEXLOWER.encode(hash.get(..8).unwrap_or_default())
}
