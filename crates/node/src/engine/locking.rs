//! What it takes to open the profile, and locking it while it runs: the circle's machines still bring each other up
//! to date, and nothing is shown. The keys leave the memory only when the program ends.

use closeknit_api::{
    ErrorCode, Phrase, Tag, calls,
    views::{AtRestView, Done, StatusView},
};
use closeknit_store::Durability;

use super::{
    Engine, Moment, VERSION,
    failure::{Failure, Outcome},
    settings,
};
use crate::vault::{Place, Vault};

/// Shorter ones are guessed too soon.
const SHORTEST: usize = 8;
/// Unless the member says otherwise.
pub(super) const MINUTES: u32 = 15;
const MINUTE_MS: u64 = 60_000;

/// What is answered while it is locked. None of it tells anything of a circle.
pub(super) const ANSWERED: &[&str] =
    &["status", "at-rest", "lock", "unlock", "still-here", "what-goes", "erase", "wake", "stop"];

/// Whether it is locked, and what would lock it.
#[derive(Debug, Default)]
pub(crate) struct Locking {
    pub(super) locked: bool,
    /// When somebody was last here, by the steady clock.
    here_ms: Option<u64>,
}

/// What is said of a profile that is locked.
pub(crate) fn locked_status() -> StatusView {
    StatusView {
        version: VERSION.to_owned(),
        circles: Vec::new(),
        current: None,
        name: None,
        notices: Vec::new(),
        words_kept: true,
        locked: true,
        locks: true,
    }
}

impl Engine {
    pub(super) fn at_rest(&mut self, _: Moment, _: &calls::AtRest) -> Outcome<AtRestView> {
        let mut says = self.at_rest_says();
        if !settings::words_kept(self.store.view())? {
            says.push(Phrase::new("at-rest-words"));
        }
        Ok(AtRestView {
            says,
            passphrase: self.has_passphrase(),
            minutes: settings::lock_after(self.store.view())?,
        })
    }

    pub(super) fn at_rest_says(&self) -> Vec<Phrase> {
        let says: &[&str] = match self.secrets.vault.place() {
            Place::Keychain { .. } => &["at-rest-keychain"],
            Place::Passphrase(_) => &["at-rest-passphrase", "at-rest-lost"],
            Place::File(_) => &["at-rest-file"],
        };
        says.iter().copied().map(Phrase::new).collect()
    }

    pub(super) fn has_passphrase(&self) -> bool {
        matches!(self.secrets.vault.place(), Place::Passphrase(_))
    }

    pub(super) fn set_passphrase(&mut self, at: Moment, call: &calls::SetPassphrase) -> Outcome<AtRestView> {
        if self.has_passphrase() {
            self.try_passphrase(call.before.as_deref().unwrap_or_default())?;
        }
        let passphrase = call.passphrase.as_deref();
        if passphrase.is_some_and(|passphrase| passphrase.chars().count() < SHORTEST) {
            return Err(Failure::new(ErrorCode::BadInput)
                .with("field", "passphrase")
                .with("reason", "too-short")
                .with("least", SHORTEST));
        }
        self.secrets.vault.put_under(&self.directory, passphrase, self.keychain.as_deref(), &mut self.rng)?;
        self.locking.here_ms = Some(at.steady_ms);
        self.tag(Tag::Status);
        self.at_rest(at, &calls::AtRest {})
    }

    pub(super) fn lock_after(&mut self, at: Moment, call: &calls::LockAfter) -> Outcome<AtRestView> {
        self.store.write(Durability::Full, |batch| settings::set_lock_after(batch, call.minutes))?;
        self.locking.here_ms = Some(at.steady_ms);
        self.at_rest(at, &calls::AtRest {})
    }

    pub(super) fn lock(&mut self, _: Moment, _: &calls::Lock) -> Outcome<Done> {
        if !self.has_passphrase() {
            return Err(Failure::new(ErrorCode::NoPassphrase));
        }
        self.locking.locked = true;
        self.tag(Tag::Status);
        Ok(Done { done: true })
    }

    pub(super) fn unlock(&mut self, at: Moment, call: &calls::Unlock) -> Outcome<Done> {
        if self.locking.locked {
            self.try_passphrase(&call.passphrase)?;
            self.locking = Locking { locked: false, here_ms: Some(at.steady_ms) };
            Tag::ALL.into_iter().for_each(|tag| self.tag(tag));
        }
        Ok(Done { done: true })
    }

    pub(super) fn still_here(&mut self, at: Moment, _: &calls::StillHere) -> Outcome<Done> {
        self.locking.here_ms = Some(at.steady_ms);
        Ok(Done { done: true })
    }

    /// Locks when nobody was here for so long.
    pub(super) fn look_whether_to_lock(&mut self, at: Moment) -> Outcome<()> {
        let since = *self.locking.here_ms.get_or_insert(at.steady_ms);
        if self.locking.locked || !self.has_passphrase() || at.steady_ms < since.saturating_add(MINUTE_MS) {
            return Ok(());
        }
        let minutes = settings::lock_after(self.store.view())?;
        if minutes > 0 && at.steady_ms >= since.saturating_add(MINUTE_MS.saturating_mul(minutes.into())) {
            self.lock(at, &calls::Lock {})?;
        }
        Ok(())
    }

    fn try_passphrase(&self, passphrase: &str) -> Outcome<()> {
        if Vault::opens_with(&self.directory, passphrase)? {
            return Ok(());
        }
        Err(Failure::new(ErrorCode::WrongPassphrase))
    }
}
