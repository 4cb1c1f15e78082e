//! What it takes to open the profile, and locking it.

use closeknit_api::{ApiError, ErrorCode, calls};
use closeknit_node::Door;

use crate::{Terminal, arguments::Passphrase, ask};

/// Sets, changes or takes away the passphrase, or says how it stands.
pub(crate) async fn passphrase(terminal: &Terminal, wanted: &Passphrase) -> Result<(), ApiError> {
    let door = terminal.door()?;
    let done = wanted_of(terminal, &door, wanted).await;
    door.close().await;
    terminal.show(&done?);
    Ok(())
}

async fn wanted_of(
    terminal: &Terminal,
    door: &Door,
    wanted: &Passphrase,
) -> Result<closeknit_api::views::AtRestView, ApiError> {
    let stands = terminal.ask(door, &calls::AtRest {}).await?;
    if let Some(minutes) = wanted.lock_after {
        return terminal.ask(door, &calls::LockAfter { minutes }).await;
    }
    if !wanted.set && !wanted.remove {
        return Ok(stands);
    }
    let before = stands.passphrase.then(|| ask::secret(terminal, "ask-passphrase-before")).transpose()?;
    let passphrase = wanted.set.then(|| ask::new_secret(terminal)).transpose()?;
    terminal.ask(door, &calls::SetPassphrase { passphrase, before }).await
}

/// Locks the program that has the profile open; without one nothing is open.
pub(crate) async fn lock(terminal: &Terminal) -> Result<(), ApiError> {
    let door = terminal.door()?;
    let locked = terminal.ask(&door, &calls::Lock {}).await;
    door.close().await;
    match locked {
        Err(error) if error.code == ErrorCode::Locked => Ok(()),
        locked => locked.map(|_| ()),
    }
}

/// Unlocks the program that has the profile open.
pub(crate) async fn unlock(terminal: &Terminal) -> Result<(), ApiError> {
    let door = Door::open(terminal.options.clone().alone())?;
    let unlocked = unlock_door(terminal, &door).await;
    door.close().await;
    unlocked
}

/// Asks for the passphrase, if the profile is locked.
pub(crate) async fn unlock_door(terminal: &Terminal, door: &Door) -> Result<(), ApiError> {
    let status = door.ask(&calls::Status {}).await?;
    if status.locked {
        let passphrase = ask::secret(terminal, "ask-passphrase-of-profile")?;
        door.ask(&calls::Unlock { passphrase }).await?;
    }
    Ok(())
}
