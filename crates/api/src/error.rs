use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Phrase, Value};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $slug:literal $exit:literal;)*) => {
        /// Why a call did not do what was asked. Faces say `error-CODE` (what happened and what is
        /// safe) and `error-CODE.hint` (what to do next).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $slug)] $name,)*
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as written.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug),* }
            }

            /// The exit status of the command line: 1 refused, 2 wrong usage, 3 could not reach,
            /// 4 damaged or not verified.
            #[must_use]
            pub const fn exit(self) -> u8 {
                match self { $(Self::$name => $exit),* }
            }
        }
    };
}

codes! {
    /// The call or its arguments are not of this contract.
    BadRequest "bad-request" 2;
    /// A text or number does not fit: `field`, `reason`, perhaps `most`.
    BadInput "bad-input" 1;
    /// No category of that name: `given`.
    UnknownCategory "unknown-category" 1;
    /// A time that cannot be read: `given`.
    BadTime "bad-time" 1;
    /// A rule by which something comes again that cannot be read: `given`.
    BadRepeat "bad-repeat" 1;
    /// A window that ends before it begins.
    EndsBeforeItBegins "ends-before-it-begins" 1;
    /// Nothing is called that: `given`.
    NotFound "not-found" 1;
    /// A shortened id fits several: `given`.
    Ambiguous "ambiguous" 1;
    /// This profile has no circle yet.
    NotStarted "not-started" 1;
    /// Only the author of the post can do that.
    NotYours "not-yours" 1;
    /// One cannot promise one's own post.
    OwnPost "own-post" 1;
    /// The post has ended: `title`.
    PostEnded "post-ended" 1;
    /// One's promise is over: nothing can be said about it any more.
    PromiseOver "promise-over" 1;
    /// Nothing of one's own by that name can be undone: `given`.
    NothingToUndo "nothing-to-undo" 1;
    /// What is not over cannot be forgotten: `title`.
    NotOver "not-over" 1;
    /// After a restore another machine of the circle has to be met first.
    MeetFirst "meet-first" 1;
    /// The member's own list cannot be gone on with on this machine.
    OwnStopped "own-stopped" 1;
    /// In a draft nothing has left this machine: there is nobody to forget.
    NobodyElseYet "nobody-else-yet" 1;
    /// A draft is on one machine only.
    OneMachineYet "one-machine-yet" 1;
    /// A member has as many machines as one may have: `most`.
    TooManyMachines "too-many-machines" 1;
    /// Nobody has helped with the post yet: `title`.
    NobodyToThank "nobody-to-thank" 1;
    /// The post has several times, and it was not said for which: `title`.
    WhichTime "which-time" 1;
    /// The document is full; older posts have to go first.
    DocumentFull "document-full" 1;
    /// Text that is no invitation, or is cut or mistyped: `reason`.
    BadInvitation "bad-invitation" 1;
    /// The invitation's time is over.
    InvitationExpired "invitation-expired" 1;
    /// The invitation was used.
    InvitationUsed "invitation-used" 1;
    /// The other side said no.
    JoinRefused "join-refused" 1;
    /// This profile is in that circle already.
    AlreadyMember "already-member" 1;
    /// One cannot vouch for oneself, or vote about oneself.
    AboutYourself "about-yourself" 1;
    /// They do not belong to the circle any more: `given`.
    FormerMember "former-member" 1;
    /// The member of this profile does not belong to the circle any more.
    NotAMember "not-a-member" 1;
    /// What this machine has of the circle must be taken off it first: `circle`.
    StillHere "still-here" 1;
    /// Only a voter can do that in this circle.
    NotAVoter "not-a-voter" 1;
    /// The machine that is asked for could not be reached.
    CannotReach "cannot-reach" 3;
    /// No network at all.
    NoNetwork "no-network" 3;
    /// Another process has this profile open.
    ProfileInUse "profile-in-use" 1;
    /// The profile is under a passphrase, and nobody has typed it.
    Locked "locked" 1;
    /// Another passphrase than the one that was typed.
    WrongPassphrase "wrong-passphrase" 1;
    /// There is no passphrase that would open it again.
    NoPassphrase "no-passphrase" 1;
    /// The key that opens the database is not where it was put: `where` (`keychain`, `file` or `database`),
    /// perhaps `reason`.
    KeyGone "key-gone" 4;
    /// The database was written by a newer version: `found`, `known`.
    NewerDatabase "newer-database" 4;
    /// The database is damaged; it was set aside at `path`.
    DamagedDatabase "damaged-database" 4;
    /// No room left on the disk.
    DiskFull "disk-full" 1;
    /// A file or folder cannot be read or written: `path`, `reason`.
    FileProblem "file-problem" 1;
    /// The backup does not verify: `reason`.
    BackupRefused "backup-refused" 4;
    /// Somebody stopped it. What stood there before stands; nothing came in.
    BackupStopped "backup-stopped" 1;
    /// The backup is for other recovery words, or another passphrase.
    BackupLocked "backup-locked" 4;
    /// It is no parcel, or damaged before anything of it could be read.
    ParcelRefused "parcel-refused" 4;
    /// The parcel was not written for this machine.
    ParcelLocked "parcel-locked" 4;
    /// The parcel is of a circle that is not on this machine.
    ParcelElsewhere "parcel-elsewhere" 1;
    /// Nothing shows that who wrote the parcel belongs to its circle.
    ParcelStranger "parcel-stranger" 4;
    /// Who wrote the parcel does not belong to its circle any more, or their machine was taken away.
    ParcelFormer "parcel-former" 1;
    /// Nobody else is in this circle yet.
    NobodyElse "nobody-else" 1;
    /// The words are not 24 recovery words: `word`, `number`.
    BadWords "bad-words" 1;
    /// These are somebody else's words.
    OtherWords "other-words" 1;
    /// A newer version of Closeknit wrote this: `found`.
    NewerVersion "newer-version" 4;
    /// Something that should not happen; the details are in the log.
    Internal "internal" 1;
}

/// Why a call did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApiError {
    /// Which of the known reasons.
    pub code: ErrorCode,
    /// Values for its sentence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, Value>>", optional)]
    pub values: BTreeMap<String, Value>,
}

impl ApiError {
    /// This reason, without values.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, values: BTreeMap::new() }
    }

    /// The same with one more value for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.values.insert(name.to_owned(), Value::Text(value.to_string()));
        self
    }

    /// The sentence that says it.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        Phrase { id: format!("error-{}", self.code.slug()), values: self.values.clone() }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.slug())?;
        for (name, value) in &self.values {
            if let Value::Text(text) = value {
                write!(f, ", {name}: {text}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {}
