//! A circle with ten thousand posts in a real window: what somebody does is on the screen at once.
#![cfg(test)]
use std::time::Duration;

use anyhow::{Result, ensure};
use closeknit_tests::{
    Street,
    smooth::{self, Took},
};

/// What is let pass where others are at work on the same machine, with an app that is built without
/// optimising. `cargo app bench window` measures against the aim.
const CEILING: Duration = Duration::from_millis(400);

#[test]
fn ten_thousand_posts_are_typed_and_scrolled_through_without_waiting() -> Result<()> {
    let street = tokio::runtime::Runtime::new()?.block_on(Street::busy())?;
    let all = smooth::measure(&street)?;
    for Took { what, frames, there } in &all {
        let (shown, all) = (Took::summed_up(frames), Took::summed_up(there));
        println!(
            "{what}: {shown:.0?}, with what was asked for {all:.0?} (median and most of {})",
            there.len()
        );
    }
    for Took { what, frames, .. } in &all {
        let (median, _) = Took::summed_up(frames);
        ensure!(median <= CEILING, "{what}: {median:?}");
    }
    Ok(())
}
