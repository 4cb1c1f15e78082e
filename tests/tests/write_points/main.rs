//! Two members' machines that stop after write, sync, rename 1, 2, 3 … n of a day's work, with what was not synced
//! then kept, dropped, or torn: whatever was answered as saved is there, nothing is there by half, and the day goes on.
//!
//! One process lives through the day (`workload`) while `strace` notes what it does to its disk and what it says in
//! between (`strace`). A disk of our own (`disk`) does the same once more and gives the files at each point, on which
//! the program is then started again (`after`).
//!
//! How many points: every `CLOSEKNIT_WRITE_POINTS`th, 1 for all; 41 unless said otherwise.
#![cfg(test)]

mod after;
mod disk;
mod full;
mod strace;
mod workload;

use std::{
    collections::BTreeMap,
    env,
    panic::{AssertUnwindSafe, catch_unwind},
};

use anyhow::{Result, ensure};

use self::{
    after::Promised,
    disk::{Disk, Lost},
    strace::{Did, Step},
};

const EVERY: usize = 41;
/// Of each kind of thing that was done to the disk at least so many must have been stopped after in all.
const LEAST: usize = 3;

/// What was tried.
#[derive(Debug, Default)]
struct Tried {
    states: usize,
    after: BTreeMap<&'static str, usize>,
    failed: Vec<String>,
}

impl Tried {
    fn state(&mut self, point: usize, lost: Lost, disk: &Disk, promised: &Promised) {
        self.states += 1;
        let files = disk.files(lost, point as u64);
        let judged = catch_unwind(AssertUnwindSafe(|| after::starts_again(&files, promised)));
        if judged.is_err() {
            self.failed.push(format!("point {point}, what was not synced {lost:?}"));
        }
    }
}

#[test]
fn a_machine_that_stops_after_any_write_loses_nothing_that_it_said_it_had_saved() -> Result<()> {
    let every = env::var("CLOSEKNIT_WRITE_POINTS").map_or(Ok(EVERY), |every| every.parse())?;
    let steps = strace::of_a_day()?;
    let (mut disk, mut promised) = (Disk::default(), Promised::default());
    let (mut tried, mut point) = (Tried::default(), 0);
    for step in steps {
        match step {
            Step::Said(line) => promised.hear(&line)?,
            Step::Did(did) => {
                let what = did.name();
                if !disk.take(did, promised.places()) {
                    continue;
                }
                point += 1;
                // All that is rare, and of the rest what comes round; never the same of each kind.
                let count = tried.after.entry(what).or_default();
                if *count >= LEAST && point % every != 0 {
                    continue;
                }
                *count += 1;
                for lost in [Lost::Nothing, Lost::Unsynced, Lost::Torn] {
                    tried.state(point, lost, &disk, &promised);
                }
            }
        }
    }
    println!("{} states after {point} points; {:?}", tried.states, tried.after);
    ensure!(tried.failed.is_empty(), "{:#?}", tried.failed);
    for what in Did::NAMES {
        let count = tried.after.get(what).copied().unwrap_or_default();
        ensure!(count >= LEAST, "stopped only {count} times after a {what}");
    }
    ensure!(promised.came_to_an_end(), "the day was not over");
    Ok(())
}
