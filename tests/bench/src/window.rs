//! A board of ten thousand posts in a real window: how soon what somebody does is on the screen.

use std::time::Duration;

use anyhow::{Context as _, Result};
use closeknit_tests::{
    Street,
    smooth::{self, Took},
};

use crate::table::{Aim, Row, Samples};

/// What each thing takes, beside two frames of the same page for which there is nothing to do.
pub(crate) fn measure(street: &Street) -> Result<Vec<Row>> {
    let all = smooth::measure(street)?;
    let (nothing, done) = all.split_first().context("nothing was measured")?;
    let (empty, mut rows) = (samples(&nothing.frames), Vec::new());
    for Took { what, frames, there } in done {
        let beside = "two frames, nothing to do";
        rows.push(Row::medians(what, &samples(frames), beside, &empty, Aim::Within(smooth::AIM)));
        rows.push(Row::most("... the slowest of all", &samples(frames), beside, &empty, Aim::None));
        if frames != there {
            let until = "... until all that was asked for is there";
            rows.push(Row::medians(until, &samples(there), beside, &empty, Aim::None));
        }
    }
    Ok(rows)
}

fn samples(took: &[Duration]) -> Samples {
    let mut samples = Samples::default();
    took.iter().for_each(|took| samples.add(*took));
    samples
}
