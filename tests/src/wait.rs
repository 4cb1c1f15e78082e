//! Waiting for a condition.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

/// How long anything may take before a test gives up on it. Far more than needed, so that a slow machine
/// makes a test slow and not red.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// How often is looked.
const PAUSE: Duration = Duration::from_millis(30);

/// Asks `look` until it gives a value.
///
/// # Errors
/// After [`DEADLINE`]; the error names what was waited for, and what `look` last complained of. A complaint
/// alone does not end the waiting: what is not there yet often complains.
pub fn eventually<T>(what: &str, look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    within(DEADLINE, what, look)
}

/// The same with a deadline of its own: for what takes long by itself, such as a day without a network.
///
/// # Errors
/// As [`eventually`].
pub fn within<T>(deadline: Duration, what: &str, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        let complaint = match look() {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => String::new(),
            Err(why) => format!("; at last: {why:#}"),
        };
        if start.elapsed() >= deadline {
            bail!("waited {deadline:?} for {what} in vain{complaint}");
        }
        sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_waits_through_nothing_and_through_complaints() {
        let mut looks = 0;
        let found = eventually("the third look", || {
            looks += 1;
            match looks {
                1 => Ok(None),
                2 => bail!("not there yet"),
                _ => Ok(Some(looks)),
            }
        });
        assert_eq!(found.unwrap(), 3);
    }

    #[test]
    fn it_gives_up_and_says_on_what_and_why() {
        let why = within(Duration::from_millis(50), "rain", || -> Result<Option<()>> { bail!("blue sky") });
        let why = why.unwrap_err().to_string();
        assert!(why.contains("rain") && why.contains("blue sky"), "{why}");
    }
}
