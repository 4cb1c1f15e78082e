//! A parcel: what one machine would tell another over the wire, as a file for who is reached on foot.
//!
//! ```text
//! Hello, Writer, Proof        which version, whose machine wrote it, and that it belongs to the circle
//! Statements, …               all of them, ancestors first
//! DocumentAnswer, …           of each document its tips and changes, in causal order
//! ```
//!
//! Each frame stands after its length, as on a stream; kinds of later versions are skipped. Nobody
//! signs a parcel as a whole: what is in it is judged as what comes by wire, statement by statement
//! and change by change. Who reads one stops at the first bytes that are no frame, and keeps what it
//! took until then.

use std::mem;

use closeknit_ids::DeviceId;

use crate::{
    Entry, Holdings, Limits, Outdated, Piece,
    frame::{Decoder, FrameError, with_length},
    greeting::{SPOKEN, agree, is_short},
    limits::{PAGE, PIECE},
    message::{LONGEST_STATEMENT, MOST_STATEMENTS, Message, Proof, Statements, Writer},
};

/// Writes the beginning of a parcel: who wrote it, and all statements.
///
/// # Errors
/// Those of `put`.
pub fn begin<E: From<FrameError>>(
    holdings: &impl Holdings,
    writer: DeviceId,
    mut put: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let proof = Proof { chain: holdings.chain() };
    for message in [Message::Hello(SPOKEN), Message::Writer(Writer { device: writer }), Message::Proof(proof)]
    {
        put(&framed(&message)?)?;
    }
    let ids = holdings.statements();
    let mut left = ids.iter().filter_map(|id| holdings.statement(*id)).peekable();
    while left.peek().is_some() {
        let most = (PAGE / LONGEST_STATEMENT).min(MOST_STATEMENTS);
        let statements = left.by_ref().take(most).collect();
        let more = left.peek().is_some();
        put(&framed(&Message::Statements(Statements { statements, more }))?)?;
    }
    Ok(())
}

fn framed(message: &Message) -> Result<Vec<u8>, FrameError> {
    with_length(&message.to_frame()?)
}

/// Writes one document, change by change.
#[derive(Debug)]
pub struct DocumentWriter {
    piece: Piece,
    bytes: usize,
}

impl DocumentWriter {
    /// Begins a document with its tips.
    #[must_use]
    pub const fn new(entry: Entry, tips: Vec<Vec<u8>>) -> Self {
        let Entry { doc, generation, version } = entry;
        Self { piece: Piece { doc, generation, version, tips, changes: Vec::new(), more: true }, bytes: 0 }
    }

    /// Adds a change, after those that it depends on. Gives bytes for the parcel whenever there are
    /// enough of them.
    ///
    /// # Errors
    /// If what was added before does not fit in a frame.
    pub fn add(&mut self, change: Vec<u8>) -> Result<Option<Vec<u8>>, FrameError> {
        let after = self.bytes.saturating_add(change.len());
        let is_full = after > PIECE || self.piece.changes.len() >= Piece::MOST_CHANGES;
        let written = if is_full && self.bytes > 0 {
            self.bytes = change.len();
            let changes = mem::take(&mut self.piece.changes);
            Some(framed(&Message::DocumentAnswer(Piece { changes, ..self.piece.clone() }))?)
        } else {
            self.bytes = after;
            None
        };
        self.piece.changes.push(change);
        Ok(written)
    }

    /// The last bytes of the document.
    ///
    /// # Errors
    /// If what was added last does not fit in a frame.
    pub fn finish(self) -> Result<Vec<u8>, FrameError> {
        framed(&Message::DocumentAnswer(Piece { more: false, ..self.piece }))
    }
}

/// Something in a parcel. Bytes of strangers, not yet judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Who wrote it, and how that machine shows that it belongs to the circle. The first item.
    Writer {
        /// Which machine.
        device: DeviceId,
        /// As signed.
        chain: Vec<Vec<u8>>,
    },
    /// Statements, ancestors first.
    Statements(Vec<Vec<u8>>),
    /// Tips, then changes.
    Document(Piece),
}

/// Why no more is read of a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    /// It was written in a version of the protocol that is not spoken here.
    #[error("another version of the protocol")]
    Version(Outdated),
    /// It does not begin with who wrote it.
    #[error("nobody says that they wrote it")]
    NoWriter,
    /// It is longer than what one parcel may bring.
    #[error("more than one parcel may bring")]
    TooMuch,
    /// Here it is no frame.
    #[error(transparent)]
    Frame(#[from] FrameError),
}

/// Reads a parcel as its bytes come, and keeps one frame at most.
#[derive(Debug)]
pub struct Reader {
    decoder: Decoder,
    stage: Stage,
    left: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Closed,
    Greeted,
    Named(DeviceId),
    Open,
}

impl Reader {
    /// A parcel may bring as much as one machine may send in an hour.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self { decoder: Decoder::default(), stage: Stage::Closed, left: limits.bytes_an_hour }
    }

    /// Takes bytes from the front of `bytes` up to the end of the next item; `None` once all are
    /// taken.
    ///
    /// # Errors
    /// See [`ParcelError`]. Nothing more is to be read then.
    pub fn take(&mut self, bytes: &mut &[u8]) -> Result<Option<Item>, ParcelError> {
        loop {
            let before = bytes.len();
            let frame = self.decoder.take(bytes)?;
            let taken = before.saturating_sub(bytes.len()) as u64;
            self.left = self.left.checked_sub(taken).ok_or(ParcelError::TooMuch)?;
            let Some(frame) = frame else { return Ok(None) };
            let Some(message) = Message::from_frame(&frame)? else { continue };
            if let Some(item) = self.hear(message)? {
                return Ok(Some(item));
            }
        }
    }

    fn hear(&mut self, message: Message) -> Result<Option<Item>, ParcelError> {
        match (self.stage, message) {
            (Stage::Closed, Message::Hello(theirs)) => {
                agree(SPOKEN, theirs).map_err(ParcelError::Version)?;
                self.stage = Stage::Greeted;
                Ok(None)
            }
            (Stage::Greeted, Message::Writer(Writer { device })) => {
                self.stage = Stage::Named(device);
                Ok(None)
            }
            (Stage::Named(device), Message::Proof(Proof { chain })) if is_short(&chain) => {
                self.stage = Stage::Open;
                Ok(Some(Item::Writer { device, chain }))
            }
            (Stage::Open, Message::Statements(page)) => Ok(Some(Item::Statements(page.statements))),
            (Stage::Open, Message::DocumentAnswer(piece)) => Ok(Some(Item::Document(piece))),
            (Stage::Open, _) => Ok(None),
            _ => Err(ParcelError::NoWriter),
        }
    }

    /// To be called at the end of the bytes.
    ///
    /// # Errors
    /// If they end inside a frame, or before anybody said that they wrote them.
    pub fn finish(self) -> Result<(), ParcelError> {
        self.decoder.finish()?;
        if self.stage == Stage::Open { Ok(()) } else { Err(ParcelError::NoWriter) }
    }
}
