//! The system's own place for secrets.

use std::{
    fmt::Debug,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use keyring::v1::{Entry, Error};
use zeroize::Zeroizing;

/// Under which name the system shows what is kept there.
const SERVICE: &str = "org.closeknit.app";
/// It may ask the person at the machine for their password first.
const PATIENCE: Duration = Duration::from_secs(60);
/// Says `none` where no keychain is to be used although there may be one.
const SETTING: &str = "CLOSEKNIT_KEYCHAIN";

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

/// The keychain of macOS, the Credential Manager of Windows, the Secret Service of a Linux desktop.
#[derive(Debug)]
pub struct SystemKeychain(());

impl SystemKeychain {
    /// The one of this system, unless the environment says that none is to be used.
    #[must_use]
    pub fn if_wanted() -> Option<Arc<dyn Keychain>> {
        let unwanted = std::env::var_os(SETTING).is_some_and(|value| value == "none");
        (!unwanted).then(|| Arc::new(Self(())) as Arc<dyn Keychain>)
    }
}

impl Keychain for SystemKeychain {
    fn put(&self, name: &str, secret: &[u8]) -> Result<(), String> {
        let secret = Zeroizing::new(secret.to_vec());
        asked(name, move |entry| entry.set_secret(&secret))
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
        asked(name, |entry| match entry.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn remove(&self, name: &str) -> Result<(), String> {
        asked(name, |entry| match entry.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            done => done,
        })
    }
}

/// Asks on a thread of its own: it waits for other programs, and perhaps for a person.
fn asked<T: Send + 'static>(
    name: &str,
    ask: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
) -> Result<T, String> {
    let name = name.to_owned();
    let (answer, answered) = mpsc::channel();
    thread::spawn(move || {
        let _ = answer.send(Entry::new(SERVICE, &name).and_then(|entry| ask(&entry)));
    });
    match answered.recv_timeout(PATIENCE) {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(_) => Err("it does not answer".to_owned()),
    }
}
