//! The system's own place for secrets.

use std::fmt::Debug;

use zeroize::Zeroizing;

/// Somewhere outside of the profile that keeps a secret by name.
pub trait Keychain: Debug + Send + Sync {
    /// Keeps a secret.
    ///
    /// # Errors
    /// Why it cannot.
    fn put(&self, name: &str, secret: &[u8]) -> Result<(), String>;

    /// Gives it back, if it is there.
    ///
    /// # Errors
    /// Why it cannot be asked.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String>;

    /// Forgets it.
    ///
    /// # Errors
    /// Why it cannot.
    fn remove(&self, name: &str) -> Result<(), String>;
}
