//! How a machine fares while something is done to it.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, anyhow, ensure};
use serde_json::json;

use crate::member::Member;

/// Somebody looks at the board so often.
const LOOKS: Duration = Duration::from_millis(100);

/// What was seen of a machine meanwhile.
#[derive(Debug)]
pub(crate) struct Fared {
    /// In memory before, and at most, in KiB.
    pub(crate) memory: [u64; 2],
    /// On the disk before and after, in KiB.
    pub(crate) disk: [u64; 2],
    /// How long the board took, the quickest first.
    board: Vec<Duration>,
}

/// Does something to a machine, and looks at it all the while.
pub(crate) fn while_watched<T>(of: &Member, does: impl FnOnce() -> Result<T>) -> Result<(T, Fared)> {
    let before = (of.memory()?, on_disk(&of.profile.path())?);
    let over = AtomicBool::new(false);
    let (done, seen) = thread::scope(|scope| {
        let watching = scope.spawn(|| watch(of, &over));
        let done = does();
        over.store(true, Ordering::SeqCst);
        (done, watching.join())
    });
    let (most, mut board) = seen.map_err(|_| anyhow!("nobody watched"))??;
    board.sort();
    let fared = Fared { memory: [before.0, most], disk: [before.1, on_disk(&of.profile.path())?], board };
    Ok((done?, fared))
}

fn watch(of: &Member, over: &AtomicBool) -> Result<(u64, Vec<Duration>)> {
    let (mut most, mut board) = (0, Vec::new());
    while !over.load(Ordering::SeqCst) {
        let asked = Instant::now();
        of.call("board", &json!({}))?;
        board.push(asked.elapsed());
        most = most.max(of.memory()?);
        thread::sleep(LOOKS);
    }
    Ok((most, board))
}

/// All files of a profile, in KiB.
pub(crate) fn on_disk(profile: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(profile)? {
        // A journal may go while it is looked at.
        bytes += entry?.metadata().map(|file| file.len()).unwrap_or(0);
    }
    Ok(bytes / 1024)
}

impl Fared {
    /// Prints the rows of the table; red beyond the bounds: KiB more in memory and on the disk, and how long the
    /// board may take nearly always.
    pub(crate) fn rows(&self, what: &str, memory: u64, disk: u64, board: Duration) -> Result<()> {
        let more = |[before, after]: [u64; 2]| after.saturating_sub(before);
        let at = |of_100: usize| self.board.get(self.board.len() * of_100 / 100).copied();
        let (half, most) = (at(50).context("nobody looked")?, at(95).context("nobody looked")?);
        let longest = self.board.last().copied().unwrap_or_default();
        let [before, _] = self.memory;
        println!("| {what}: memory, besides {before} KiB | {} KiB | {memory} KiB |", more(self.memory));
        println!("| {what}: disk | {} KiB | {disk} KiB |", more(self.disk));
        println!(
            "| {what}: the board, half of {} times and 95 of 100 (longest {} ms) | {} and {} ms | {} ms |",
            self.board.len(),
            longest.as_millis(),
            half.as_millis(),
            most.as_millis(),
            board.as_millis()
        );
        ensure!(more(self.memory) < memory && more(self.disk) < disk, "{:?} {:?}", self.memory, self.disk);
        ensure!(most < board, "the board took {most:?}");
        Ok(())
    }
}
