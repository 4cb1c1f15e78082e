//! What never leaves this machine: the device's keys, and the recovery words until they are on paper.

use std::{fs, io, path::Path};

use closeknit_api::ApiError;
use closeknit_trust::{
    device::DeviceKeys,
    seal,
    words::{Nonce, Words},
};
use rand_core::CryptoRng;

use crate::{files::problem, profile, vault::Vault};

/// The secrets of one profile.
#[derive(Debug)]
pub(crate) struct Secrets {
    pub(crate) vault: Vault,
    pub(crate) device: DeviceKeys,
    words: Option<Words>,
}

impl Secrets {
    /// Reads them, or makes them at first start.
    pub(crate) fn open(directory: &Path, vault: Vault, rng: &mut impl CryptoRng) -> Result<Self, ApiError> {
        let device = match vault.device_keys(directory)? {
            Some(device) => device,
            None => {
                let device = DeviceKeys::generate(rng);
                vault.write(&profile::keys_path(directory), &device.to_bytes())?;
                device
            }
        };
        let words = vault.read(&profile::words_path(directory))?.and_then(|bytes| {
            let bytes: &[u8; 32] = bytes.as_slice().try_into().ok()?;
            Some(Words::from_bytes(bytes))
        });
        Ok(Self { vault, device, words })
    }

    /// The words, as long as the profile holds them.
    pub(crate) const fn words(&self) -> Option<&Words> {
        self.words.as_ref()
    }

    /// What opens things sealed to the member of this nonce: this machine's key, and the words' while they
    /// are here.
    pub(crate) fn identities(&self, nonce: Option<&Nonce>) -> Vec<seal::Identity> {
        let by_words = self.words().zip(nonce).map(|(words, nonce)| words.member_identity(nonce));
        [self.device.identity()].into_iter().chain(by_words).collect()
    }

    /// Keeps words: at first start, and when a backup is brought back with them.
    pub(crate) fn keep_words(&mut self, directory: &Path, words: Words) -> Result<(), ApiError> {
        self.vault.write(&profile::words_path(directory), words.as_bytes().as_slice())?;
        self.words = Some(words);
        Ok(())
    }

    /// Forgets the words: they are on paper now.
    pub(crate) fn forget_words(&mut self, directory: &Path) -> Result<(), ApiError> {
        let path = profile::words_path(directory);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(problem(&path, &error)),
            _ => {}
        }
        self.words = None;
        Ok(())
    }
}
