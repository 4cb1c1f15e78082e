//! Safe keeping, and what is well.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::{
    BackupReport, BackupView, CalendarReport, DoctorView, ErasureView, ForgettingView, ForgottenView,
    Statistics, WordsView,
};

calls! {
    /// Shows the recovery words.
    "words" Words -> WordsView {}

    /// Three words asked back show that the sheet exists; then the profile forgets the words.
    "check-words" CheckWords -> WordsView {
        /// The words at the numbers that [`Words`] asked for, in that order.
        words: Vec<String>,
    }

    /// Writes a signed backup of everything this profile holds.
    "write-backup" WriteBackup -> BackupReport {
        /// The file to write.
        path: String,
        /// Lock it with this instead of the recovery words.
        passphrase: Option<String>,
    }

    /// Verifies a backup and says what is in it; changes nothing.
    "show-backup" ShowBackup -> BackupView {
        /// The file.
        path: String,
        /// The 24 recovery words, if this profile does not hold them.
        words: Option<String>,
        /// The passphrase, if it was locked with one.
        passphrase: Option<String>,
    }

    /// Merges a verified backup into this profile.
    "restore-backup" RestoreBackup -> BackupReport {
        /// The file.
        path: String,
        /// The 24 recovery words, if this profile does not hold them.
        words: Option<String>,
        /// The passphrase, if it was locked with one.
        passphrase: Option<String>,
    }

    /// Writes the times of own promises to a file that any calendar reads. It is not locked.
    "export-calendar" ExportCalendar -> CalendarReport {
        /// The file to write.
        path: String,
    }

    /// What erasing this profile would take away; changes nothing.
    "what-goes" WhatGoes -> ErasureView {}

    /// Erases this profile from this machine, and ends the process that holds it.
    "erase" Erase -> ErasureView {
        /// [`crate::views::ErasureView::name`], typed by whoever means it.
        name: String,
    }

    /// What of the member's own is over and can be forgotten, and whether that happens by itself.
    "forgetting" Forgetting -> ForgettingView {
        /// From now on it does, or does not.
        by_itself: Option<bool>,
    }

    /// Makes every machine of the circle forget own posts, promises and thanks that are over.
    "forget" Forget -> ForgottenView {
        /// Which; if none is named, everything that is over.
        ids: Option<Vec<String>>,
        /// After a restore: there is no other machine that could be met first.
        none_left: Option<bool>,
    }

    /// Begins the member's own list anew from what this machine holds, after it stopped.
    "begin-anew" BeginAnew -> ForgottenView {
        /// After a restore: there is no other machine that could be met first.
        none_left: Option<bool>,
    }

    /// What is well and what is not on this machine.
    "doctor" Doctor -> DoctorView {}

    /// Writes the tables that the screens read anew from the log, and compares.
    "rebuild" Rebuild -> Statistics {}

    /// Counts for tests and logs; never a member's words.
    "statistics" CountAll -> Statistics {}
}
