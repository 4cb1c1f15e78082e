//! The disk of one machine: full, or without power at any write, with what it had not promised to keep yet kept,
//! dropped or torn.
//!
//! Only the journal (`closeknit.db-wal`) is played with. What SQLite has waited for is known to be there; of what
//! came after a prefix may be there, or one with nonsense at its end. Where the power goes in a write, that is so of
//! its own frames too: it ends at any byte of them, and nobody was told that it is done. Other files of a profile are written whole, with
//! waiting, before they get their names.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::FileExt as _,
    panic::resume_unwind,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use closeknit_store::{Disk, StoreError};
use tempfile::TempDir;

use crate::neighbourhood::directory;

const HEADER: u64 = 32;
const FRAME: u64 = 24 + 4096;
/// SQLite brings the journal into the database when it has so many frames, and waits for both.
const CHECKPOINT: u64 = 1_000;

/// Goes up through the engine when its machine loses power.
#[derive(Debug)]
pub struct PowerCut;

/// What becomes of that which the disk had not promised to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsynced {
    /// It is there all the same.
    Kept,
    /// None of it is there.
    Dropped,
    /// So many thousandths of it are there, and then nonsense.
    Torn(u16),
}

/// How far a journal goes, and which one it is: its salts change when it begins from the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Journal {
    salts: [u8; 8],
    length: u64,
}

/// The disk of one machine.
#[derive(Debug)]
pub struct Plate {
    profile: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    full: bool,
    cut: Option<Cut>,
    /// As far as SQLite waited.
    safe: Journal,
    /// As it was last seen.
    last: Journal,
    writes: u32,
    /// How often the power went at a write.
    cuts: u32,
    /// How often only a part of that write was left, or nothing.
    cuts_amid: u32,
    /// The profile as it was when the power went.
    left: Option<TempDir>,
}

/// When the power goes.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// After so many writes more.
    after: u32,
    unsynced: Unsynced,
}

impl Plate {
    /// The disk under a profile.
    #[must_use]
    pub fn under(profile: &Path) -> Self {
        Self { profile: profile.to_owned(), state: Mutex::default() }
    }

    /// There is no room from now on, or there is again.
    pub fn fill(&self, full: bool) {
        self.state().full = full;
    }

    /// The power goes at the write after so many; `None`: it stays.
    pub fn cut_after(&self, cut: Option<(u32, Unsynced)>) {
        self.state().cut = cut.map(|(after, unsynced)| Cut { after, unsynced });
    }

    /// How often the power went at a write.
    #[must_use]
    pub fn cuts(&self) -> u32 {
        self.state().cuts
    }

    /// How often only a part of that write was left, or nothing.
    #[must_use]
    pub fn cuts_amid(&self) -> u32 {
        self.state().cuts_amid
    }

    /// How often something was committed.
    #[must_use]
    pub fn writes(&self) -> u32 {
        self.state().writes
    }

    /// The power goes now: what is on the disk is kept aside. Says whether anything was not promised to be there.
    pub fn lose_power(&self, unsynced: Unsynced) -> bool {
        let mut state = self.state();
        let (image, at_stake) = self.image(&state, unsynced);
        state.left = Some(image);
        at_stake
    }

    /// Puts back what was on the disk when the power went, once the program is gone.
    pub fn put_back(&self) {
        let left = self.state().left.take();
        let Some(left) = left else { return };
        fs::remove_dir_all(&self.profile).unwrap();
        copy_files(left.path(), &self.profile);
        let mut state = self.state();
        (state.full, state.cut) = (false, None);
        // What is there after all is on the disk.
        state.safe = Journal::read(&self.journal(), Journal::default());
        state.last = state.safe;
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn journal(&self) -> PathBuf {
        self.profile.join("closeknit.db-wal")
    }

    fn image(&self, state: &State, unsynced: Unsynced) -> (TempDir, bool) {
        let image = directory("closeknit-power");
        copy_files(&self.profile, image.path());
        let now = Journal::read(&self.journal(), state.last);
        let from = if now.salts == state.safe.salts { state.safe.length } else { 0 };
        let at_stake = now.length > from;
        if at_stake && unsynced != Unsynced::Kept {
            let journal = OpenOptions::new().write(true).open(image.path().join("closeknit.db-wal")).unwrap();
            let until = match unsynced {
                Unsynced::Torn(thousandths) => from + (now.length - from) * u64::from(thousandths) / 1_000,
                _ => from,
            };
            journal.set_len(until).unwrap();
            if unsynced != Unsynced::Dropped {
                journal.write_all_at(&[0xa5; 700], until).unwrap();
            }
        }
        (image, at_stake)
    }

    fn go(&self, mut state: std::sync::MutexGuard<'_, State>, unsynced: Unsynced) -> ! {
        let (image, at_stake) = self.image(&state, unsynced);
        state.left = Some(image);
        state.cuts += 1;
        state.cuts_amid += u32::from(at_stake && unsynced != Unsynced::Kept);
        drop(state);
        resume_unwind(Box::new(PowerCut))
    }
}

impl Disk for Plate {
    fn before(&self) -> Result<(), StoreError> {
        let mut state = self.state();
        match &mut state.cut {
            Some(Cut { after: 0, unsynced }) => {
                let unsynced = *unsynced;
                self.go(state, unsynced)
            }
            Some(cut) => cut.after -= 1,
            None => {}
        }
        if state.full { Err(StoreError::DiskFull) } else { Ok(()) }
    }

    fn after(&self, on_disk: bool) {
        let mut state = self.state();
        state.writes += 1;
        let now = Journal::read(&self.journal(), state.last);
        state.last = now;
        let goes = state.cut.filter(|cut| cut.after == 0);
        // Where the power goes now it goes before the disk has answered.
        if on_disk && goes.is_none() || now.length >= HEADER + CHECKPOINT * FRAME {
            state.safe = now;
        }
        if let Some(cut) = goes {
            self.go(state, cut.unsynced);
        }
    }
}

impl Journal {
    /// How far the frames of this journal go, which is at least as far as before; behind them may stand those of an
    /// earlier one.
    fn read(path: &Path, before: Self) -> Self {
        let Ok(file) = File::open(path) else { return Self::default() };
        let mut salts = [0; 8];
        if file.read_exact_at(&mut salts, 16).is_err() {
            return Self::default();
        }
        let mut length = if before.salts == salts { before.length } else { HEADER };
        let size = file.metadata().map_or(0, |data| data.len());
        let mut of_frame = [0; 8];
        while length + FRAME <= size {
            if file.read_exact_at(&mut of_frame, length + 8).is_err() || of_frame != salts {
                break;
            }
            length += FRAME;
        }
        Self { salts, length }
    }
}

/// Copies the files of one folder into another.
pub fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}
