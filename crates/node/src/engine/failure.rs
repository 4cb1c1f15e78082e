//! Every reason of the crates below, as one of the reasons that faces can say.

use closeknit_api::{ApiError, ErrorCode};
use closeknit_domain::{
    Category, category::UnknownCategory, record::RangeError, text::TextError, time::TimeError,
};
use closeknit_replica::WriteError;
use closeknit_store::StoreError;
use closeknit_trust::{ledger, seal::SealError, words::WordsError};

/// Why the engine did not do something. Holds what a face will be told.
#[derive(Debug, Clone)]
pub(crate) struct Failure(pub(crate) ApiError);

/// What the engine's own functions give.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl Failure {
    pub(crate) const fn new(code: ErrorCode) -> Self {
        Self(ApiError::new(code))
    }

    pub(crate) fn with(self, name: &str, value: impl std::fmt::Display) -> Self {
        Self(self.0.with(name, value))
    }

    /// Something that should not happen. The log has the details; they hold no member's words.
    pub(crate) fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "should not happen");
        Self::new(ErrorCode::Internal).with("reason", error)
    }

    pub(crate) fn not_found(given: &str) -> Self {
        Self::new(ErrorCode::NotFound).with("given", given)
    }

    /// A text that does not fit where it was typed.
    pub(crate) fn text(field: &str, error: TextError) -> Self {
        let failure = Self::new(ErrorCode::BadInput).with("field", field);
        match error {
            TextError::Empty => failure.with("reason", "empty"),
            TextError::TooLong { most, found } => {
                failure.with("reason", "too-long").with("most", most).with("found", found)
            }
            TextError::Control => failure.with("reason", "control"),
        }
    }

    /// A number or list that does not fit where it was typed.
    pub(crate) fn range(field: &str, error: RangeError) -> Self {
        Self::new(ErrorCode::BadInput).with("field", field).with("reason", "range").with("found", error)
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::InUse => Self::new(ErrorCode::ProfileInUse),
            StoreError::Newer { found, known } => {
                Self::new(ErrorCode::NewerDatabase).with("found", found).with("known", known)
            }
            StoreError::OtherKey => Self::new(ErrorCode::KeyGone).with("where", "database"),
            StoreError::DiskFull => Self::new(ErrorCode::DiskFull),
            StoreError::Damaged(reason) => Self::new(ErrorCode::DamagedDatabase).with("reason", reason),
            StoreError::File { doing, source } => {
                Self::new(ErrorCode::FileProblem).with("path", doing).with("reason", source)
            }
            other => Self::internal(other),
        }
    }
}

impl From<ledger::WriteError> for Failure {
    fn from(error: ledger::WriteError) -> Self {
        match error {
            // A damaged database lost who said that this is one of its owner's machines; whoever knows it gives it back.
            ledger::WriteError::NotEnrolled => Self::new(ErrorCode::MeetFirst),
            error => Self::internal(error),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Full | WriteError::Refused(_) => Self::new(ErrorCode::DocumentFull),
            // It has begun anew elsewhere, and that is not here yet.
            WriteError::NoBase => Self::new(ErrorCode::OwnStopped),
            other => Self::internal(other),
        }
    }
}

impl From<UnknownCategory> for Failure {
    fn from(error: UnknownCategory) -> Self {
        let known: Vec<&str> = Category::ALL.iter().map(|category| category.slug()).collect();
        Self::new(ErrorCode::UnknownCategory).with("given", error.0).with("known", known.join(", "))
    }
}

impl From<TimeError> for Failure {
    fn from(error: TimeError) -> Self {
        match error {
            TimeError::EndsBeforeItBegins => Self::new(ErrorCode::EndsBeforeItBegins),
            other => Self::new(ErrorCode::BadTime).with("given", other),
        }
    }
}

impl From<SealError> for Failure {
    fn from(error: SealError) -> Self {
        match error {
            SealError::TooLong => {
                Self::new(ErrorCode::BadInput).with("field", "doorstep").with("reason", "too-long")
            }
            other => Self::internal(other),
        }
    }
}

impl From<WordsError> for Failure {
    fn from(error: WordsError) -> Self {
        match error {
            WordsError::Count { found } => {
                Self::new(ErrorCode::BadWords).with("reason", "count").with("found", found)
            }
            WordsError::Unknown { position, word } => Self::new(ErrorCode::BadWords)
                .with("reason", "unknown")
                .with("number", position)
                .with("word", word),
            WordsError::Checksum => Self::new(ErrorCode::BadWords).with("reason", "checksum"),
        }
    }
}
