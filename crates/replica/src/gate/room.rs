//! Where chunks wait for a signed head that they precede, and for the changes they depend on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
/// What fills it and precedes no head gives way as soon as a head is here that needs the room.
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
        self.bytes = self.bytes.saturating_add(change.size());
        let header = Header::read(&change);
        self.chunks.insert(hash, Chunk { change, header });
        if !self.holds_no_more_than_announced() {
            self.keep_what_precedes_a_head();
        }
        if self.holds_no_more_than_announced() {
            return Ok(hash);
        }
        self.take(hash);
        Err(Framing::Unannounced)
    }

    fn holds_no_more_than_announced(&self) -> bool {
        self.may_hold(self.chunks.len(), self.bytes)
    }

    /// Whether the heads announce so many chunks, of so many bytes together.
    #[must_use]
    pub fn may_hold(&self, chunks: usize, bytes: u64) -> bool {
        let announced = |of: fn(&SignedHead) -> u64| self.heads.values().map(of).fold(0, u64::saturating_add);
        let most = announced(|head| head.count).min(LIMITS.changes as u64);
        chunks as u64 <= most && bytes <= announced(|head| head.bytes).min(LIMITS.bytes)
    }

    /// Once a head is here, it is known what it needs: whatever else somebody put in gives way.
    fn keep_what_precedes_a_head(&mut self) {
        let here = self.heads.keys().filter(|head| self.chunks.contains_key(head));
        let needed: BTreeSet<ChangeHash> = here.flat_map(|head| self.before(*head)).collect();
        if needed.is_empty() {
            return;
        }
        let others: Vec<ChangeHash> = self.waiting().filter(|hash| !needed.contains(hash)).collect();
        others.into_iter().for_each(|hash| self.take(hash));
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
