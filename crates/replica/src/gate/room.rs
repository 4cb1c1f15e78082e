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
    needed: Needed,
}

/// What the heads that are here need, as far as it was followed the last time; nothing if that is not known any more.
/// What no head needs could otherwise have it followed again with each chunk.
#[derive(Debug, Clone, Default)]
struct Needed {
    here: BTreeSet<ChangeHash>,
    missing: BTreeSet<ChangeHash>,
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
        self.needed = Needed::default();
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
        if self.heads.contains_key(&hash) || self.needed.missing.contains(&hash) {
            self.needed = Needed::default();
        }
        self.bytes = self.bytes.saturating_add(change.size());
        let header = Header::read(&change);
        self.chunks.insert(hash, Chunk { change, header });
        if self.holds_no_more_than_announced() {
            return Ok(hash);
        }
        // All the others are needed: it alone gives way.
        let needed = &self.needed.here;
        if !needed.is_empty() && self.chunks.len() == needed.len() + 1 && !needed.contains(&hash) {
            self.let_go(hash);
        } else {
            self.keep_what_precedes_a_head();
        }
        if self.holds_no_more_than_announced() {
            return Ok(hash);
        }
        self.let_go(hash);
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
        if self.needed.here.is_empty() {
            self.needed = self.what_heads_need();
        }
        let needed = &self.needed.here;
        if needed.is_empty() {
            return;
        }
        let others: Vec<ChangeHash> = self.waiting().filter(|hash| !needed.contains(hash)).collect();
        others.into_iter().for_each(|hash| self.let_go(hash));
    }

    fn what_heads_need(&self) -> Needed {
        let mut needed = Needed::default();
        let mut next: Vec<ChangeHash> =
            self.heads.keys().copied().filter(|head| self.chunks.contains_key(head)).collect();
        while let Some(hash) = next.pop() {
            if !self.chunks.contains_key(&hash) {
                needed.missing.insert(hash);
            } else if needed.here.insert(hash) {
                next.extend(self.deps(hash));
            }
        }
        needed
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
        self.needed = Needed::default();
        self.let_go(hash);
    }

    fn let_go(&mut self, hash: ChangeHash) {
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
