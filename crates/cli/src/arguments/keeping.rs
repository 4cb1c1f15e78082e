//! Backups and recovery words, as they are typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Backup {
    /// Writes one, reads it back, and says what is in it.
    Write {
        file: PathBuf,
        /// Asks for a passphrase instead of using the recovery words.
        #[arg(long)]
        passphrase: bool,
    },
    /// Verifies one and lists what is in it.
    Show(Reading),
    /// Merges a verified one into this profile.
    Restore(Reading),
}

#[derive(Debug, Args)]
pub(crate) struct Reading {
    pub(crate) file: PathBuf,
    /// A file with the 24 recovery words; without it those are used that this profile still holds.
    #[arg(long, value_name = "FILE")]
    pub(crate) words: Option<PathBuf>,
    /// Asks for a passphrase.
    #[arg(long)]
    pub(crate) passphrase: bool,
}

/// What is to be forgotten, or how.
#[derive(Debug, Args)]
pub(crate) struct Forget {
    /// Posts, promises or thanks of yours that are over, or notes of yours.
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// Says how much is over, and whether it is forgotten by itself; forgets nothing.
    #[arg(long, conflicts_with_all = ["ids", "anew"])]
    pub(crate) look: bool,
    /// Whether what is over for a month is forgotten by itself.
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no, conflicts_with_all = ["ids", "anew"])]
    pub(crate) by_itself: Option<bool>,
    /// Begins your own list anew, after it stopped.
    #[arg(long, conflicts_with = "ids")]
    pub(crate) anew: bool,
    /// After a restore: no other machine is left that could be met first.
    #[arg(long)]
    pub(crate) none_left: bool,
    /// Signed with your 24 words: no machine keeps the old list hidden for a week.
    #[arg(long, conflicts_with_all = ["look", "by_itself", "anew"])]
    pub(crate) at_once: bool,
    /// A file with the 24 recovery words; without it you are asked where they are needed.
    #[arg(long, value_name = "FILE", requires = "at_once")]
    pub(crate) words: Option<PathBuf>,
}

fn yes_or_no(typed: &str) -> Result<bool, String> {
    match typed {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(format!("{other}: yes or no")),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Parcel {
    /// Writes everything of the circle to a file, to be carried to another machine.
    Write {
        file: PathBuf,
        /// Only this neighbour can open it.
        #[arg(long, value_name = "MEMBER")]
        to: Option<String>,
    },
    /// Takes in what somebody carried here.
    Read { file: PathBuf },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// The times of your promises, for any calendar. The file is not locked.
    Ics { file: PathBuf },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Words {
    /// Shows the 24 words, to be written on paper.
    Show,
    /// Writes a sheet to be printed, for as long as the profile holds them; erase the file afterwards.
    Sheet {
        /// A page for any browser.
        file: PathBuf,
    },
    /// Asks for three of them; then this machine forgets them.
    Check,
}

/// What it takes to open this profile.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct Passphrase {
    /// Asks for a new passphrase, and for the one until now.
    #[arg(long)]
    pub(crate) set: bool,
    /// Takes everything from under the passphrase.
    #[arg(long)]
    pub(crate) remove: bool,
    /// Locks by itself after so many minutes in which nobody touched the page; 0 is never.
    #[arg(long, value_name = "MINUTES")]
    pub(crate) lock_after: Option<u32>,
}
