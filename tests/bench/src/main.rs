//! How fast it is, beside others that do the same (`cargo app bench`, docs/benchmarks.md).
//!
//! Every number is one of a pair measured in the same run, and its ratio is what counts. A plain harness and no
//! criterion: the two of a pair take turns, because what a disk is like changes from moment to moment, and a
//! cold start is too long for thousands of iterations.

mod act;
mod board;
mod changed;
mod clock;
mod cold;
mod ferry;
mod fresh;
mod gate;
mod growth;
mod live;
mod memory;
mod plain;
mod samod_peer;
mod table;
mod trace;
mod window;

use std::{env, fs, path::Path, time::Instant};

use anyhow::{Result, bail};
use automerge::Automerge;
use closeknit_tests::Street;

use crate::table::{Row, Samples};

const NAMES: [&str; 9] =
    ["cold", "live", "act", "changed", "admission", "memory", "growth", "board", "window"];

fn main() -> Result<()> {
    let only = env::args().nth(1);
    if let (Some(memory::HOLDS), Some(profile)) = (only.as_deref(), env::args_os().nth(2)) {
        return memory::hold(Path::new(&profile));
    }
    if let Some(name) = only.as_deref().filter(|name| !NAMES.contains(name)) {
        bail!("There is no benchmark {name}; there are {}.", NAMES.join(", "));
    }
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(run(only.as_deref()))
}

async fn run(only: Option<&str>) -> Result<()> {
    let mut rows = Vec::new();
    let mut noise = Vec::new();
    if !matches!(only, Some("board" | "window")) {
        exchanges(only, &mut rows, &mut noise).await?;
    }
    if wanted(only, "board") || wanted(only, "window") {
        say("a circle of fifty with ten thousand posts");
        let busy = Street::busy().await?;
        noise.push(self::noise(&busy)?);
        if wanted(only, "board") {
            say("the board");
            rows.extend(board::measure(&busy)?);
            noise.push(self::noise(&busy)?);
        }
        if wanted(only, "window") {
            say("the board in a window");
            rows.extend(window::measure(&busy)?);
            noise.push(self::noise(&busy)?);
        }
    }
    println!("{}", table::table(&rows));
    println!("Spread: how far nine tenths of the runs lie apart, as a part of the median; here / there.");
    println!("Noise: the same work on one core took {}.", noise.join(", then "));
    println!("{}", machine());
    Ok(())
}

fn wanted(only: Option<&str>, name: &str) -> bool {
    only.is_none_or(|only| only == name)
}

/// What members do with each other, and one alone in a circle of a thousand.
async fn exchanges(only: Option<&str>, rows: &mut Vec<Row>, noise: &mut Vec<String>) -> Result<()> {
    say("two founders, and a circle of a thousand with every signature");
    let (mut small, mut large) = (Street::small().await?, Street::large().await?);
    noise.push(self::noise(&large)?);
    let mut equal = None;
    if wanted(only, "cold") {
        say("cold start");
        let (more, left) = cold::measure(&mut large).await?;
        rows.extend(more);
        equal = Some(left);
        noise.push(self::noise(&large)?);
    }
    if wanted(only, "live") {
        let both = match equal {
            Some(both) => both,
            None => {
                let both = large.pair()?;
                cold::catch_up(&both.0, &both.1).await?;
                both
            }
        };
        say("live");
        rows.extend(live::measure(&mut small, &mut large, both).await?);
        noise.push(self::noise(&large)?);
    }
    if wanted(only, "act") {
        say("acts");
        rows.extend(act::measure(&mut small, &mut large).await?);
        noise.push(self::noise(&large)?);
    }
    if wanted(only, "changed") {
        say("one changed");
        rows.extend(changed::measure(&mut large).await?);
        noise.push(self::noise(&large)?);
    }
    if wanted(only, "admission") {
        say("admission");
        rows.extend(gate::measure(&large)?);
        noise.push(self::noise(&large)?);
    }
    if wanted(only, "memory") {
        say("memory");
        rows.extend(memory::measure(&small, &large).await?);
    }
    if wanted(only, "growth") {
        say("growth");
        rows.extend(growth::measure(&mut large).await?);
        noise.push(self::noise(&large)?);
    }
    Ok(())
}

/// What this machine makes of doing the same again and again.
fn noise(street: &Street) -> Result<String> {
    let saved: Vec<_> = street.documents.iter().take(50).map(|document| document.snapshot()).collect();
    let mut samples = Samples::default();
    for _ in 0..21 {
        let started = Instant::now();
        for saved in &saved {
            automerge(saved)?;
        }
        samples.add(started.elapsed());
    }
    Ok(format!("{:.1} ms ± {:.0} %", samples.median() * 1e3, samples.spread() * 50.0))
}

/// A document of the neighbours as Automerge alone sees it.
#[expect(clippy::disallowed_methods, reason = "it was saved by this process")]
pub(crate) fn automerge(saved: &[u8]) -> Result<Automerge> {
    Ok(Automerge::load(saved)?)
}

fn machine() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{cores} cores; load at the end: {}", load.trim())
}

/// What is being done, on the side: the table alone goes to standard output.
pub(crate) fn say(what: &str) {
    eprintln!("{what}");
}
