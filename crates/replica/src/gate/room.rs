//! Where chunks wait for a signed head that they precede, and for the changes they depend on.

use std::collections::{BTreeMap, HashMap};

use closeknit_ids::ChangeHash;

use crate::{
    change::{Framing, RawChange},
    fault::Fault,
    header::Header,
    limits::LIMITS,
    vector::SignedHead,
};

/// The chunks of one document that wait, bounded by what the signed heads announce and by the limits of
/// a generation. Nothing in it has come near Automerge.
///
/// One room serves one source: whoever fills it with what no head needs keeps only themselves out.
#[derive(Debug, Clone, Default)]
pub struct Room {
    pub(super) heads: BTreeMap<ChangeHash, SignedHead>,
    pub(super) chunks: HashMap<ChangeHash, Chunk>,
    bytes: u64,
}

/// A chunk that waits, and what its header says.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub(super) change: RawChange,
    pub(super) header: Result<Header, Fault>,
}

impl Room {
    /// Lets in what is or precedes `head`. The caller has checked who signed it: a tip, or the base in
    /// a Generation statement.
    pub fn expect(&mut self, head: SignedHead) {
        self.heads.insert(head.hash, head);
    }

    /// Takes a chunk in to wait. Its header is read, no more.
    ///
    /// # Errors
    /// If these bytes are no change chunk, or more than the heads announce: the fault of whoever sent
    /// them. (A chunk with an odd inside waits too: only if a signed head needs it, is it anybody's
    /// fault, and then the owner's.)
    pub fn put(&mut self, bytes: &[u8]) -> Result<ChangeHash, Framing> {
        let change = RawChange::new(bytes)?;
        let hash = change.hash();
        if self.chunks.contains_key(&hash) {
            return Ok(hash);
        }
        let after = self.bytes.saturating_add(change.size());
        if !self.may_hold(self.chunks.len().saturating_add(1), after) {
            return Err(Framing::Unannounced);
        }
        self.bytes = after;
        let header = Header::read(&change);
        self.chunks.insert(hash, Chunk { change, header });
        Ok(hash)
    }

    /// Whether the heads announce so many chunks, of so many bytes together.
    #[must_use]
    pub fn may_hold(&self, chunks: usize, bytes: u64) -> bool {
        let announced = |of: fn(&SignedHead) -> u64| self.heads.values().map(of).fold(0, u64::saturating_add);
        let most = announced(|head| head.count).min(LIMITS.changes as u64);
        chunks as u64 <= most && bytes <= announced(|head| head.bytes).min(LIMITS.bytes)
    }

    /// The chunks that wait.
    pub fn waiting(&self) -> impl Iterator<Item = ChangeHash> {
        self.chunks.keys().copied()
    }

    /// The heads that are not yet held.
    pub fn heads(&self) -> impl Iterator<Item = &SignedHead> {
        self.heads.values()
    }

    pub(super) fn take(&mut self, hash: ChangeHash) {
        if let Some(chunk) = self.chunks.remove(&hash) {
            self.bytes = self.bytes.saturating_sub(chunk.change.size());
        }
    }

    /// The dependencies of a chunk that waits here and whose header could be read.
    pub(super) fn deps(&self, hash: ChangeHash) -> &[ChangeHash] {
        match self.chunks.get(&hash) {
            Some(Chunk { header: Ok(header), .. }) => &header.deps,
            _ => &[],
        }
    }
}
