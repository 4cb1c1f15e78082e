//! The whole profile goes from this machine: its files, by name, and nothing that is not its own.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use closeknit_api::{ErrorCode, Phrase, calls, views::ErasureView};

use super::{
    Engine, Moment,
    failure::{Failure, Outcome},
};
use crate::{
    files::{problem, remove_private},
    profile,
};

/// What has to be typed where there is no circle.
const PROGRAM: &str = "closeknit";

impl Engine {
    /// What erasing would take away.
    pub(super) fn what_goes(&mut self, _: Moment, _: &calls::WhatGoes) -> Outcome<ErasureView> {
        if self.locking.locked {
            return what_goes_closed(&self.directory);
        }
        let circle = self.current.and_then(|id| self.circles.get(&id));
        let kept = self.shown_circles().any(|circle| !circle.is_draft() && circle.belongs());
        let name = circle.map_or(PROGRAM, |circle| &circle.name);
        view(&self.directory, name, if kept { "erasing-still-member" } else { "erasing-alone" })
    }

    /// Erases all of it. The keys go first: without them nothing else here speaks for anybody.
    pub(super) fn erase(&mut self, at: Moment, call: &calls::Erase) -> Outcome<ErasureView> {
        let gone = self.what_goes(at, &calls::WhatGoes {})?;
        erase_files(&self.directory, &gone, call)?;
        self.secrets.vault.clear(self.keychain.as_deref());
        Ok(gone)
    }
}

/// The same of a profile that nobody has unlocked: whose it is, is not told.
pub(crate) fn what_goes_closed(directory: &Path) -> Outcome<ErasureView> {
    view(directory, PROGRAM, "erasing-still-member")
}

/// Erases a profile that nobody has unlocked.
pub(crate) fn erase_closed(directory: &Path, call: &calls::Erase) -> Outcome<ErasureView> {
    let gone = what_goes_closed(directory)?;
    erase_files(directory, &gone, call)?;
    Ok(gone)
}

fn view(directory: &Path, name: &str, says: &str) -> Outcome<ErasureView> {
    let files = own_files(directory).map_err(|error| problem(directory, &error))?;
    Ok(ErasureView {
        path: directory.display().to_string(),
        files: files.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into())).collect(),
        name: name.to_owned(),
        says: ["erasing-does", says, "leaving-backup"].into_iter().map(Phrase::new).collect(),
    })
}

fn erase_files(directory: &Path, gone: &ErasureView, call: &calls::Erase) -> Outcome<()> {
    if call.name.trim() != gone.name {
        return Err(Failure::new(ErrorCode::BadInput).with("field", "name").with("reason", "not-the-name"));
    }
    let mut files = own_files(directory).map_err(|error| problem(directory, &error))?;
    files.sort_by_key(|path| path.extension().is_none_or(|extension| extension != "key"));
    for path in &files {
        let is_key = path.extension().is_some_and(|extension| extension == "key");
        let removed = match () {
            () if path.is_dir() => fs::remove_dir_all(path),
            () if is_key => remove_private(path),
            () => fs::remove_file(path),
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(problem(path, &error).into());
            }
            _ => {}
        }
    }
    // What somebody else put there stays, and the directory with it.
    let _ = fs::remove_dir(directory);
    Ok(())
}

/// The files of a profile that are there, and the directories of its log and of its window.
fn own_files(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let key =
            [profile::keys_path, profile::words_path, profile::page_key_path].map(|path| path(directory));
        let unfinished = name.strip_suffix(".unfinished").is_some_and(|name| name.ends_with(".key"));
        let own = key.contains(&path) || unfinished || path == profile::socket_path(directory);
        // In the last is what was typed into the window and not sent.
        let whole = ["lock", "log", "window"].contains(&name.as_str());
        if own || whole || name.starts_with("closeknit.db") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
