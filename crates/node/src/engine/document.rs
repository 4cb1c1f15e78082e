//! One member's document as this machine holds it: what was signed for it, and the document itself
//! while it is in use. Loaded from the log when it is written or added to, and let go again.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{ActorId, ChangeHash, CircleId, DocId, MemberId};
use closeknit_replica::{Document, RawChange, SignedHead};
use closeknit_store::{ChangeRow, TipId, TipRow, View};
use closeknit_sync::Version;
use closeknit_trust::tip::{Head, Tip, Tips, version};

use super::failure::{Failure, Outcome};

/// What is known of a document without loading it.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) owner: MemberId,
    pub(crate) generation: u32,
    /// What the current generation begins with, from its statement; of generation 0 the golden base.
    pub(crate) base: SignedHead,
    pub(crate) tips: Tips,
    /// Heads that a tip or the generation's statement names and whose changes are not here yet.
    pub(crate) lacking: BTreeSet<ChangeHash>,
    /// How far changes came that wait on disk for the head they precede.
    pub(crate) staged: BTreeMap<ActorId, (u32, ChangeHash)>,
    /// Tips that this version of the program refused, and the versions offered with them.
    pub(crate) refused: BTreeSet<TipId>,
    pub(crate) refused_versions: BTreeSet<Version>,
    /// One machine signed more states side by side than are kept: nothing more is taken of them.
    pub(crate) crowded: bool,
    /// Nobody has looked yet what the log holds of it.
    pub(super) unread: bool,
}

impl Held {
    pub(crate) fn new(owner: MemberId) -> Self {
        Self {
            owner,
            generation: 0,
            base: Document::golden_base(),
            tips: Tips::default(),
            lacking: BTreeSet::new(),
            staged: BTreeMap::new(),
            refused: BTreeSet::new(),
            refused_versions: BTreeSet::new(),
            crowded: false,
            unread: true,
        }
    }

    /// Whether what its generation begins with is here.
    pub(crate) fn has_begun(&self) -> bool {
        !self.lacking.contains(&self.base.hash)
    }

    /// Whether a state offered by a neighbour was refused before.
    pub(crate) fn refuses(&self, version: Version) -> bool {
        self.refused_versions.contains(&version)
    }

    /// The document's version in the catalogue.
    pub(crate) fn version(&self) -> [u8; 32] {
        let base = (self.generation > 0).then_some(self.base.hash);
        version(self.generation, base, &self.tips)
    }
}

/// Loads the current generation of a document from the log.
pub(crate) fn load(view: View<'_>, circle: CircleId, doc: DocId, held: &Held) -> Outcome<Document> {
    let mut log = Vec::new();
    view.visit_changes(
        circle,
        doc,
        held.generation,
        |_| true,
        |row| {
            log.push(RawChange::new(row.bytes).map_err(Failure::internal)?);
            Ok::<_, Failure>(())
        },
    )?;
    Document::rebuild(held.base, log).map_err(Failure::internal)
}

/// A change as the log keeps it.
pub(crate) fn change_row(document: &Document, change: &RawChange) -> Outcome<ChangeRow> {
    let (actor, seq) =
        document.written_by(change.hash()).ok_or_else(|| Failure::internal("a change without writer"))?;
    Ok(ChangeRow { hash: change.hash(), actor, seq: u64::from(seq), bytes: change.bytes().to_vec() })
}

/// A tip as the log keeps it.
pub(crate) fn tip_row(tip: &Tip) -> TipRow {
    let Head { doc, generation, head, .. } = *tip.head();
    TipRow { doc, generation, device: tip.device(), head, bytes: tip.bytes().to_vec(), held: false }
}

/// What a tip vouches for, as the gate takes it.
pub(crate) fn signed_head(tip: &Tip) -> SignedHead {
    let head = tip.head();
    SignedHead { hash: head.head, count: u64::from(head.count), bytes: u64::from(head.bytes) }
}

/// The name of this run of this process in the documents it writes.
pub(crate) fn new_actor(rng: &mut impl rand_core::CryptoRng) -> ActorId {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    ActorId(bytes)
}
