//! What the app makes of bytes that mean harm: one judge for each kind of bytes that strangers hand over.
//!
//! A judge hands the bytes to the very functions that the running app hands them to, in a small circle that is
//! always the same ([`scene`]), and says in a few words what came of it: the error by its type, or what was
//! taken. What must hold whatever the bytes are, it asserts. So the same judges serve the files beside this
//! crate, each with the verdict that it is to get, and the fuzz targets in `tests/fuzz`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a judge may stop at a surprise: that is what it is for"
)]

mod backup;
mod change;
mod frame;
mod invitation;
mod member;
mod parcel;
pub mod scene;
pub mod sealed;
mod statement;
mod texts;
mod tip;

pub use backup::BEGINNING_OF_A_PASSPHRASE;
pub use change::{as_chunk, mallorys};
pub use member::acts_of_one_member;

/// The kinds of bytes, each a folder of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The text of an invitation.
    Invitation,
    /// What comes over a connection.
    Frame,
    /// A signed statement.
    Statement,
    /// A signed tip.
    Tip,
    /// An Automerge change, or several.
    Change,
    /// A whole sealed backup.
    Backup,
    /// What is inside a backup's seal.
    Tar,
    /// A parcel, or what is inside its seal.
    Parcel,
    /// Words of a member, for a calendar.
    Ics,
    /// Words of a member, for a table.
    Csv,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Invitation,
        Self::Frame,
        Self::Statement,
        Self::Tip,
        Self::Change,
        Self::Backup,
        Self::Tar,
        Self::Parcel,
        Self::Ics,
        Self::Csv,
    ];

    /// The name of its folder, and of its fuzz target.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Frame => "frame",
            Self::Statement => "statement",
            Self::Tip => "tip",
            Self::Change => "change",
            Self::Backup => "backup",
            Self::Tar => "tar",
            Self::Parcel => "parcel",
            Self::Ics => "ics",
            Self::Csv => "csv",
        }
    }

    /// What the app makes of `bytes`. The `name` of their file says of some how they are handed over.
    #[must_use]
    pub fn judge(self, name: &str, bytes: &[u8]) -> String {
        match self {
            Self::Invitation => invitation::judge(bytes),
            Self::Frame => frame::judge(bytes),
            Self::Statement => statement::judge(bytes),
            Self::Tip => tip::judge(bytes),
            Self::Change if name.ends_with(".changes") => change::judge_several(bytes),
            Self::Change => change::judge(&[bytes]),
            Self::Backup => backup::judge(name, bytes),
            Self::Tar => backup::judge(name, &sealed::to_alice(bytes)),
            Self::Parcel if name.ends_with(".frames") => parcel::judge(&sealed::to_alice(bytes)),
            Self::Parcel => parcel::judge(bytes),
            Self::Ics => texts::judge_calendar(bytes),
            Self::Csv => texts::judge_table(bytes),
        }
    }
}
