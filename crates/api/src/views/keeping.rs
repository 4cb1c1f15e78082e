//! Safe keeping, and what is well.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Phrase;

views! {
    /// Recovery words.
    struct WordsView {
        /// The 24 words, as long as the profile holds them.
        words: Option<Vec<String>>,
        /// Numbers (from 1) of the three words to ask back.
        ask: Vec<u8>,
        /// They were written down.
        kept: bool,
    }
    /// What of the words on paper is asked for.
    struct PracticeView {
        /// Numbers (from 1) of three words; none, if it is not time.
        ask: Vec<u8>,
        /// That they were right.
        says: Option<Phrase>,
    }
    /// What a backup or a parcel did.
    struct BackupReport {
        /// The file.
        path: String,
        /// Its size in bytes.
        bytes: u32,
        /// One sentence.
        says: Phrase,
        /// More of them.
        notes: Vec<Phrase>,
    }
    /// How far a backup is.
    struct ProgressView {
        /// One sentence; nothing, if none is underway.
        says: Option<Phrase>,
    }
    /// What was written for calendars.
    struct CalendarReport {
        /// The file.
        path: String,
        /// How many times are in it.
        events: u32,
        /// One sentence.
        says: Phrase,
        /// More of them.
        notes: Vec<Phrase>,
    }
    /// What is in a backup.
    struct BackupView {
        /// When it was written, as it says.
        written: String,
        /// The member it is of.
        name: Option<String>,
        /// The circles in it, by name.
        circles: Vec<String>,
        /// Who signed it, in a sentence.
        signer: Phrase,
        /// Statements, documents, changes.
        statements: u32,
        /// Documents.
        documents: u32,
        /// Changes.
        changes: u32,
        /// Its size in bytes.
        bytes: u32,
    }
    /// What there is to forget.
    struct ForgettingView {
        /// How many of the member's own posts, promises and thanks are over.
        over: u32,
        /// The same in a sentence.
        says: Phrase,
        /// What forgetting does on all machines, and what it cannot do.
        notes: Vec<Phrase>,
        /// What is long over is forgotten by itself.
        by_itself: bool,
        /// The member's own list cannot be gone on with here: it should begin anew.
        stopped: bool,
        /// To forget at once the recovery words must be typed: this machine does not hold them.
        needs_words: bool,
    }
    /// What was forgotten.
    struct ForgottenView {
        /// How many posts, promises and thanks.
        count: u32,
        /// One sentence.
        says: Phrase,
        /// More of them: what forgetting does on all machines, and what it cannot do.
        notes: Vec<Phrase>,
    }
    /// How what stands on this machine's disk is locked.
    struct AtRestView {
        /// What it takes to open it, in sentences.
        says: Vec<Phrase>,
        /// There is a passphrase.
        passphrase: bool,
        /// It locks by itself after so many minutes; 0 is never.
        minutes: u32,
    }
    /// What erasing takes away.
    struct ErasureView {
        /// The profile's directory.
        path: String,
        /// The files in it that go.
        files: Vec<String>,
        /// What has to be typed: the name of the circle that is shown, or `closeknit` without one.
        name: String,
        /// What it does, in sentences.
        says: Vec<Phrase>,
    }
    /// What is well and what is not.
    struct DoctorView {
        /// Each thing looked at.
        checks: Vec<CheckView>,
    }
    /// One thing looked at.
    struct CheckView {
        /// What: `profile`, `database`, `at-rest`, `clock`, `network`, `version`, `words`.
        name: String,
        /// It is well.
        well: bool,
        /// How it is.
        says: Phrase,
    }
    /// Counts; never a member's words.
    struct Statistics {
        /// Statements in the log.
        statements: u32,
        /// Documents held.
        documents: u32,
        /// Changes in the log.
        changes: u32,
        /// Record rows.
        records: u32,
        /// Rows that a rebuild changed; nothing but a defect makes this more than zero.
        changed: u32,
        /// A digest of everything held of the circle: equal on machines that hold the same.
        digest: String,
        /// A digest of the rendered board, of what is for the whole circle: equal on machines that show the
        /// same.
        board: String,
    }
    /// Nothing more to say.
    struct Done {
        /// Always true.
        done: bool,
    }
}
