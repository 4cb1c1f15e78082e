//! The frames of the protocol between two machines of one circle, versions 1 and 2.
//!
//! Payloads may be longer than what is known of them here: later versions add fields at the end.
//! `Hello`, `Proof` and `Summary` stay as they are in all versions, because a dialler says them before
//! it knows whom it speaks with.

use std::slice;

use closeknit_ids::{DeviceId, DocId, StatementId};
use serde::{Deserialize, Serialize};

use crate::{
    Entry, Piece, Position, bounded,
    digest::{Buckets, Root, ShortDigest},
};

/// The longest chain of a [`Proof`], in bytes of its statements.
pub const MAX_PROOF: usize = 64 * 1024;
/// The longest statement that a frame carries, in bytes.
pub const LONGEST_STATEMENT: usize = 1024 + 256;
/// The most statements of a chain.
pub(crate) const MOST_IN_CHAIN: usize = 256;
/// The most statements in one frame.
pub(crate) const MOST_STATEMENTS: usize = 256;
/// The most ids in one frame.
pub(crate) const MOST_IDS: usize = 8 * 1024;
/// The most lines of a catalogue in one frame.
pub(crate) const MOST_ENTRIES: usize = 1024;
/// A vector of so many positions goes along with a line of the catalogue.
pub(crate) const MOST_LISTED: usize = 4;
/// The most actors of a generation.
pub(crate) const MOST_ACTORS: usize = 256;
/// The most documents asked for in one frame.
pub(crate) const MOST_ASKED: usize = 64;

/// Makes an enum of payloads, told apart on the wire by a kind.
macro_rules! messages {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$variant_doc:meta])* $kind:literal $variant:ident($payload:ty),)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis enum $name {
            $($(#[$variant_doc])* $variant($payload),)*
        }

        impl $name {
            /// As a frame, without length.
            ///
            /// # Errors
            /// If a list in it is longer than its bound, or all together longer than a frame.
            pub fn to_frame(&self) -> Result<Vec<u8>, $crate::frame::FrameError> {
                let (kind, written): (u16, _) = match self {
                    $(Self::$variant(payload) => {
                        let start = u16::to_be_bytes($kind).to_vec();
                        ($kind, postcard::to_extend(payload, start))
                    })*
                };
                let frame = written.map_err(|_| $crate::frame::FrameError::Payload { kind })?;
                if frame.len() > $crate::frame::MAX_FRAME {
                    return Err($crate::frame::FrameError::TooLong { length: frame.len() });
                }
                Ok(frame)
            }

            /// Reads a frame; `None` if its kind is of a later version, which is to be skipped.
            ///
            /// # Errors
            /// If it is no frame, or its payload is not of its kind.
            pub fn from_frame(frame: &[u8]) -> Result<Option<Self>, $crate::frame::FrameError> {
                if frame.len() > $crate::frame::MAX_FRAME {
                    return Err($crate::frame::FrameError::TooLong { length: frame.len() });
                }
                let (kind, payload) =
                    frame.split_first_chunk().ok_or($crate::frame::FrameError::NoKind)?;
                let kind = u16::from_be_bytes(*kind);
                let unreadable = |_| $crate::frame::FrameError::Payload { kind };
                match kind {
                    $($kind => postcard::take_from_bytes(payload)
                        .map(|(payload, _later_fields)| Some(Self::$variant(payload)))
                        .map_err(unreadable),)*
                    _ => Ok(None),
                }
            }
        }
    };
}
pub(crate) use messages;

messages! {
    /// What one machine says to another.
    pub enum Message {
        /// Which versions of the protocol the sender speaks. The dialler's first words.
        1 Hello(Hello),
        /// That the sender belongs to the circle.
        2 Proof(Proof),
        /// What the dialler has, when it waits for nothing. Answered by a digest or a verdict.
        3 Summary(Summary),
        /// What the listener makes of a summary, when it waits for nothing.
        4 Verdict(Verdict),
        /// What the sender's clock says; after its proof. Advice for people, believed by no rule.
        5 Clock(Clock),
        /// Which machine wrote a parcel; over the wire it means nothing.
        6 Writer(Writer),

        /// All statements of the listener in 256 numbers.
        16 StatementDigest(Buckets),
        /// Which statements the dialler has in the buckets that differ.
        17 StatementIds(StatementIds),
        /// Which of the listener's statements were not among them.
        18 StatementOffers(Ids),
        /// Statements asked for.
        19 StatementWants(Ids),
        /// Statements that were asked for, ancestors first.
        20 Statements(Statements),
        /// The last were taken: the next, please.
        21 StatementsNext(()),
        /// Statements just made or come by.
        22 StatementNews(Statements),

        /// What `Statements` says, in fewer bytes. Since version 2.
        23 StatementPage(StatementPage),
        /// What `StatementDigest` says, in fewer bytes. Since version 2.
        24 StatementSums(ShortDigest),

        /// The listener's catalogue in 256 numbers.
        32 DocumentDigest(Buckets),
        /// The dialler's lines in the buckets that differ.
        33 DocumentEntries(DocumentEntries),
        /// The listener's lines that the dialler has otherwise, or not at all.
        34 DocumentOffers(DocumentOffers),
        /// A document asked for.
        35 DocumentAsk(DocumentAsk),
        /// What was asked for, or the first part of it. Empty if there is nothing to give.
        36 DocumentAnswer(Piece),
        /// What a document just grew by; with `more` and without changes if that is large.
        37 DocumentNews(Piece),
        /// Several documents asked for. Since version 2.
        38 DocumentAsks(DocumentAsks),
        /// What was asked for together, in that order, as far as there was room. Since version 2.
        39 DocumentAnswers(DocumentAnswers),
        /// What `DocumentDigest` says, in fewer bytes. Since version 2.
        40 DocumentSums(ShortDigest),
    }
}

impl Message {
    /// The statements it brings, as signed.
    #[must_use]
    pub fn statements(&self) -> &[Vec<u8>] {
        match self {
            Self::Statements(page) | Self::StatementNews(page) => &page.statements,
            Self::StatementPage(page) => &page.statements,
            _ => &[],
        }
    }

    /// What it brings of documents.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        match self {
            Self::DocumentAnswer(piece) | Self::DocumentNews(piece) => slice::from_ref(piece),
            Self::DocumentAnswers(answers) => &answers.pieces,
            _ => &[],
        }
    }
}

/// Which versions of the protocol a machine speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The oldest.
    pub lowest: u16,
    /// The newest.
    pub highest: u16,
}

/// The least chain of statements from Found to the sender's Enrol, ancestors first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// As signed.
    #[serde(serialize_with = "bounded::write_blobs")]
    #[serde(deserialize_with = "bounded::blobs::<MOST_IN_CHAIN, LONGEST_STATEMENT, _>")]
    pub chain: Vec<Vec<u8>>,
}

/// Whose parcel this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writer {
    /// The machine that wrote it, of which the chain that follows speaks.
    pub device: DeviceId,
}

/// What a machine's clock says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Seconds since 1970, UTC.
    pub seconds: i64,
}

/// All that a machine has, in two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Counts the summaries of a connection, from 1.
    pub number: u32,
    /// Of its statements.
    pub statements: Root,
    /// Of its catalogue; absent if the receiver may not have documents.
    pub documents: Option<Root>,
}

/// The listener's answer to a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// To which, by its number.
    pub of: u32,
    /// Whether it has the same. If not, there is nothing more that it would ask for or give.
    pub equal: bool,
}

/// Ids of statements in some buckets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementIds {
    /// The buckets that differ: first bytes of ids.
    #[serde(serialize_with = "bounded::write_blob", deserialize_with = "bounded::blob::<256, _>")]
    pub buckets: Vec<u8>,
    /// All that the sender has in these buckets, in this frame and those that follow it.
    #[serde(deserialize_with = "bounded::list::<MOST_IDS, _, _>")]
    pub ids: Vec<StatementId>,
    /// Whether another such frame follows.
    pub more: bool,
}

/// Ids of statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ids {
    /// In any order.
    #[serde(deserialize_with = "bounded::list::<MOST_IDS, _, _>")]
    pub ids: Vec<StatementId>,
    /// Whether another such frame follows.
    pub more: bool,
}

/// Statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statements {
    /// As signed, ancestors first.
    #[serde(serialize_with = "bounded::write_blobs")]
    #[serde(deserialize_with = "bounded::blobs::<MOST_STATEMENTS, LONGEST_STATEMENT, _>")]
    pub statements: Vec<Vec<u8>>,
    /// Whether there are more of those that were asked for.
    pub more: bool,
}

/// The same as [`Statements`], packed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementPage {
    /// As signed, ancestors first.
    #[serde(with = "crate::pack::statements")]
    pub statements: Vec<Vec<u8>>,
    /// Whether there are more of those that were asked for.
    pub more: bool,
}

/// The lines of a catalogue in some buckets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEntries {
    /// The buckets that differ: first bytes of document ids.
    #[serde(serialize_with = "bounded::write_blob", deserialize_with = "bounded::blob::<256, _>")]
    pub buckets: Vec<u8>,
    /// All that the sender has in these buckets, in this frame and those that follow it.
    #[serde(deserialize_with = "bounded::list::<MOST_ENTRIES, _, _>")]
    pub entries: Vec<Listed>,
    /// Whether another such frame follows.
    pub more: bool,
}

/// A line of the catalogue, with how far the sender has that document if it takes few words to say:
/// then the answer comes without being asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The line.
    pub entry: Entry,
    /// The sender's vector, if it is short.
    #[serde(deserialize_with = "bounded::optional_list::<MOST_LISTED, _, _>")]
    pub reached: Option<Vec<Position>>,
}

/// Lines of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentOffers {
    /// In any order.
    #[serde(deserialize_with = "bounded::list::<MOST_ENTRIES, _, _>")]
    pub entries: Vec<Entry>,
    /// Whether another such frame follows.
    pub more: bool,
}

/// A wish for what is missing of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAsk {
    /// Of which document.
    pub doc: DocId,
    /// Of which generation.
    pub generation: u32,
    /// How far the sender has that generation.
    #[serde(deserialize_with = "bounded::list::<MOST_ACTORS, _, _>")]
    pub reached: Vec<Position>,
}

/// Wishes for what is missing of several documents, what is wanted most first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAsks {
    /// Each of another document.
    #[serde(deserialize_with = "bounded::list::<MOST_ASKED, _, _>")]
    pub asks: Vec<DocumentAsk>,
}

/// Answers to some of the wishes that came in one frame; what is not among them may be asked for again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAnswers {
    /// Together no longer than one piece may be. Empty ones if there is nothing to give.
    #[serde(with = "crate::pack::pieces")]
    pub pieces: Vec<Piece>,
}
