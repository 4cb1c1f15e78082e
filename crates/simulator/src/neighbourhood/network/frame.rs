//! What goes over a line.

use closeknit_sync::message::Message;

use super::super::{Person, contains};

/// A frame, and who sent it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Who sent it.
    pub from: Person,
    /// Whose machine it was sent to.
    pub to: Person,
    /// What was sent.
    pub bytes: Vec<u8>,
}

impl Frame {
    /// Whether it only says what is held, or what time it is.
    #[must_use]
    pub fn only_compares(&self) -> bool {
        matches!(
            Message::from_frame(&self.bytes),
            Ok(Some(Message::Summary(_) | Message::Verdict(_) | Message::Clock(_)))
        )
    }

    /// Whether it brings something of a document.
    #[must_use]
    pub fn brings_content(&self) -> bool {
        let message = Message::from_frame(&self.bytes).ok().flatten();
        message.is_some_and(|message| message.pieces().iter().any(|piece| !piece.changes.is_empty()))
    }

    /// Whether these bytes stand in it, also where it is deflated.
    pub fn says(&self, wanted: &[u8]) -> bool {
        let message = Message::from_frame(&self.bytes).ok().flatten();
        let pieces = message.iter().flat_map(|message| message.pieces());
        let changes = pieces.flat_map(|piece| &piece.changes);
        let statements = message.iter().flat_map(|message| message.statements());
        contains(&self.bytes, wanted) || statements.chain(changes).any(|said| contains(said, wanted))
    }
}
