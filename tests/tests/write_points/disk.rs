//! A disk that does what was done, and knows what of it would be there after the power went.
//!
//! It keeps names as a journaling file system does: what was created, renamed or removed is safe with the next sync of
//! anything. What is in a file is safe with a sync of that file, and not before.

use std::collections::BTreeMap;

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use super::strace::{Did, File};

/// So much a disk writes whole.
const SECTOR: usize = 512;

/// What became of what was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    Nothing,
    Unsynced,
    /// Some of it, in any order, and of the last only a part.
    Torn,
}

/// The files of a machine by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

#[derive(Debug, Default, Clone)]
struct Content {
    now: Vec<u8>,
    safe: Vec<u8>,
    since: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Cut { length: usize },
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Write { at, bytes } => {
                let end = at + bytes.len();
                if content.len() < end {
                    content.resize(end, 0);
                }
                content[*at..end].copy_from_slice(bytes);
            }
            Self::Cut { length } => content.resize(*length, 0),
        }
    }

    /// As much of it as reached the disk.
    fn torn(&self) -> Self {
        match self {
            Self::Write { at, bytes } => {
                let whole = bytes.len() / 2 / SECTOR * SECTOR;
                Self::Write { at: *at, bytes: bytes[..whole].to_vec() }
            }
            Self::Cut { length } => Self::Cut { length: *length },
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Disk {
    contents: BTreeMap<File, Content>,
    names: BTreeMap<String, File>,
    safe_names: BTreeMap<String, File>,
}

impl Disk {
    /// Does it too; says whether it was about a file in one of these places.
    pub(crate) fn take(&mut self, did: Did, places: &[String]) -> bool {
        let here = |path: &str| places.iter().any(|place| path.starts_with(place.as_str()));
        let known = |disk: &Self, file: &File| disk.contents.contains_key(file);
        match did {
            Did::Create { path, file } if is_kept(&path) => {
                self.contents.insert(file, Content::default());
                let counts = here(&path);
                self.names.insert(path, file);
                counts
            }
            Did::Write { file, at, bytes } if known(self, &file) => {
                self.change(file, Change::Write { at: usize::try_from(at).unwrap(), bytes }, &here)
            }
            Did::Cut { file, length } if known(self, &file) => {
                self.change(file, Change::Cut { length: usize::try_from(length).unwrap() }, &here)
            }
            Did::Sync { file } => {
                self.safe_names = self.names.clone();
                let Some(content) = self.contents.get_mut(&file) else { return false };
                content.safe = content.now.clone();
                content.since.clear();
                self.is_named(file, &here)
            }
            Did::SyncFolder => {
                self.safe_names = self.names.clone();
                true
            }
            Did::Rename { from, to } => match self.names.remove(&from) {
                Some(file) => {
                    let counts = here(&to);
                    self.names.insert(to, file);
                    counts
                }
                None => false,
            },
            Did::Link { from, to } => match self.names.get(&from).copied() {
                Some(file) => {
                    let counts = here(&to);
                    self.names.insert(to, file);
                    counts
                }
                None => false,
            },
            Did::Remove { path } => self.names.remove(&path).is_some() && here(&path),
            Did::Create { .. } | Did::Write { .. } | Did::Cut { .. } => false,
        }
    }

    fn change(&mut self, file: File, change: Change, here: &impl Fn(&str) -> bool) -> bool {
        if let Some(content) = self.contents.get_mut(&file) {
            change.apply(&mut content.now);
            content.since.push(change);
        }
        self.is_named(file, here)
    }

    fn is_named(&self, file: File, here: &impl Fn(&str) -> bool) -> bool {
        self.names.iter().any(|(path, named)| *named == file && here(path))
    }

    /// What is there after the power went here. `dice` decide what of what was torn.
    pub(crate) fn files(&self, lost: Lost, dice: u64) -> Files {
        let mut dice = StdRng::seed_from_u64(dice);
        let names = match lost {
            Lost::Nothing => &self.names,
            Lost::Unsynced => &self.safe_names,
            Lost::Torn if dice.random() => &self.names,
            Lost::Torn => &self.safe_names,
        };
        let content = |file: &File| self.contents.get(file).cloned().unwrap_or_default();
        names.iter().map(|(path, file)| (path.clone(), content(file).after(lost, &mut dice))).collect()
    }
}

impl Content {
    fn after(self, lost: Lost, dice: &mut StdRng) -> Vec<u8> {
        match lost {
            Lost::Nothing => self.now,
            Lost::Unsynced => self.safe,
            Lost::Torn => {
                let mut content = self.safe;
                if let Some((last, before)) = self.since.split_last() {
                    before.iter().filter(|_| dice.random()).for_each(|change| change.apply(&mut content));
                    last.torn().apply(&mut content);
                }
                content
            }
        }
    }
}

/// The index of the journal lives in memory, and is made anew.
fn is_kept(path: &str) -> bool {
    !path.ends_with("-shm")
}
