//! What the processors spent, whatever else they did meanwhile.

use std::time::Duration;

use anyhow::Result;
use rustix::time::{ClockId, clock_gettime};

/// What this process has computed so far, on all processors together.
pub(crate) fn processor() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    let part = |number: i64| u64::try_from(number).unwrap_or(0);
    Duration::new(part(now.tv_sec), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// What it computes while it does this.
pub(crate) fn computed<T>(act: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let before = processor();
    let done = act()?;
    Ok((done, processor().saturating_sub(before)))
}
