//! Safe keeping, and what is well.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::views::{
    AtRestView, BackupReport, BackupView, CalendarReport, DoctorView, Done, ErasureView, ForgettingView,
    ForgottenView, PracticeView, ProgressView, Statistics, WordsView,
};

calls! {
    /// Shows the recovery words.
    "words" Words -> WordsView {}

    /// Three words asked back show that the sheet exists; then the profile forgets the words.
    "check-words" CheckWords -> WordsView {
        /// The words at the numbers that [`Words`] asked for, in that order.
        words: Vec<String>,
    }

    /// Asks for three of the words on paper, some weeks after they were written down ([`Today`](super::Today)
    /// says when).
    "practise" Practise -> PracticeView {
        /// The words at the numbers that were asked for, in that order.
        words: Option<Vec<String>>,
        /// Not now: asks again in a week.
        later: Option<bool>,
    }

    /// Writes a signed backup of everything this profile holds.
    "write-backup" WriteBackup -> BackupReport {
        /// The file to write.
        path: String,
        /// Lock it with this instead of the recovery words.
        passphrase: Option<String>,
    }

    /// How far the backup is that is being written or read; answered while that goes on.
    "progress" Progress -> ProgressView {
        /// It is to stop: of what is being written an older file stands, of what is being read nothing came in.
        stop: Option<bool>,
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

    /// Writes everything of a circle to a file that is carried to where the network does not reach.
    "write-parcel" WriteParcel -> BackupReport {
        /// The file to write.
        path: String,
        /// The one neighbour whose machines can open it; without, everybody's can.
        to: Option<String>,
    }

    /// Takes in what somebody carried here.
    "read-parcel" ReadParcel -> BackupReport {
        /// The file.
        path: String,
    }

    /// Writes the times of own promises to a file that any calendar reads. It is not locked.
    "export-calendar" ExportCalendar -> CalendarReport {
        /// The file to write.
        path: String,
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
        /// The words sign it, so that no machine keeps the old one hidden for a week.
        at_once: Option<bool>,
        /// The 24 words for that, where this machine does not hold them.
        words: Option<String>,
    }

    /// Begins the member's own list anew from what this machine holds, after it stopped.
    "begin-anew" BeginAnew -> ForgottenView {
        /// After a restore: there is no other machine that could be met first.
        none_left: Option<bool>,
    }

    /// How what stands on this machine's disk is locked.
    "at-rest" AtRest -> AtRestView {}

    /// Puts everything of this profile under a passphrase, or takes it from under one.
    "set-passphrase" SetPassphrase -> AtRestView {
        /// From now on; without, there is none any more.
        passphrase: Option<String>,
        /// The one until now, if there is one.
        before: Option<String>,
    }

    /// Locks by itself after so many minutes in which nobody touched the page; 0 is never.
    "lock-after" LockAfter -> AtRestView {
        /// Minutes.
        minutes: u32,
    }

    /// Locks: from now on nothing is shown until the passphrase is typed.
    "lock" Lock -> Done {}

    /// Unlocks.
    "unlock" Unlock -> Done {
        /// The passphrase.
        passphrase: String,
    }

    /// Somebody is sitting here.
    "still-here" StillHere -> Done {}

    /// What erasing this profile would take away; changes nothing.
    "what-goes" WhatGoes -> ErasureView {}

    /// Erases this profile from this machine, and ends the process that holds it.
    "erase" Erase -> ErasureView {
        /// [`crate::views::ErasureView::name`], typed by whoever means it.
        name: String,
    }

    /// What is well and what is not on this machine.
    "doctor" Doctor -> DoctorView {}

    /// Writes the tables that the screens read anew from the log, and compares.
    "rebuild" Rebuild -> Statistics {}

    /// Counts for tests and logs; never a member's words.
    "statistics" CountAll -> Statistics {}
}
