//! What the exchange asks of this machine: a circle and its log.

use std::{cell::Cell, collections::BTreeSet};

use closeknit_ids::{ActorId, DeviceId, DocId, StatementId};
use closeknit_store::{self as log, View};
use closeknit_sync::{Entry, Gone, Holdings, Piece, Position, Standing, Version};
use closeknit_trust::chain;
use jiff::Timestamp;
use tracing::warn;

use super::{circle::Circle, document::Held};

/// A circle with the log that its bytes are in.
pub(crate) struct Shelf<'a> {
    pub(crate) circle: &'a Circle,
    pub(crate) view: View<'a>,
    pub(crate) device: DeviceId,
    pub(crate) now: Timestamp,
}

impl Shelf<'_> {
    /// What the database cannot say now is not there; the exchange asks again later.
    fn read<T: Default>(&self, read: Result<T, log::StoreError>) -> T {
        read.unwrap_or_else(|error| {
            warn!(%error, "the log cannot be read");
            T::default()
        })
    }

    /// A document of an active member. In a circle that was left nothing is held, and nothing wanted.
    fn held(&self, doc: DocId) -> Option<&Held> {
        if self.circle.leaving.is_some() {
            return None;
        }
        self.circle.held.get(&doc).filter(|held| self.circle.roster.is_active(held.owner))
    }

    /// Actors of which the other machine holds another change under the same number: it gets all of
    /// that actor's, to see it too.
    fn forked(&self, doc: DocId, generation: u32, reached: &[Position]) -> BTreeSet<ActorId> {
        let mut forked = BTreeSet::new();
        let look = |at: log::Position| {
            let same_number = |p: &&Position| p.actor == at.actor && u64::from(p.seq) == at.seq;
            if reached.iter().find(same_number).is_some_and(|p| p.hash != first_half(at.hash.as_bytes())) {
                forked.insert(at.actor);
            }
            false
        };
        self.read(
            self.view.visit_changes(self.circle.id, doc, generation, look, |_| Ok::<_, log::StoreError>(())),
        );
        forked
    }

    /// The tips of a document, as signed.
    pub(crate) fn tips(&self, doc: DocId) -> Vec<Vec<u8>> {
        let tips = self.held(doc).into_iter().flat_map(|held| held.tips.iter());
        tips.map(|tip| tip.bytes().to_vec()).collect()
    }

    /// Every change of a line of the catalogue, in causal order, one at a time.
    pub(crate) fn each_change<E: From<log::StoreError>>(
        &self,
        entry: &Entry,
        mut take: impl FnMut(Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (doc, generation) = (entry.doc, entry.generation);
        self.view.visit_changes(self.circle.id, doc, generation, |_| true, |change| take(change.bytes))
    }

    fn line(&self, doc: DocId, held: &Held) -> Option<Entry> {
        let known = self.circle.is_led_to(doc, held);
        known.then(|| Entry { doc, generation: held.generation, version: held.version().into() })
    }
}

impl Holdings for Shelf<'_> {
    fn chain(&self) -> Vec<Vec<u8>> {
        if let Some(farewell) = &self.circle.leaving {
            return farewell.chain.clone();
        }
        self.circle.chain_of(self.device)
    }

    fn belongs(&self) -> bool {
        self.circle.leaving.is_none() && self.circle.roster.may_read(self.device)
    }

    fn time(&self) -> i64 {
        self.now.as_second()
    }

    fn standing(&self, device: DeviceId, chain: &[Vec<u8>]) -> Standing {
        if self.circle.roster.may_read(device) {
            return Standing::Active;
        }
        // Nobody else tells the leaver's other machines that they left.
        if self.circle.own_to_tell().any(|own| own == device) {
            return Standing::StatementsOnly;
        }
        match chain::check(self.circle.id, chain, device, &self.circle.roster) {
            Ok(_) => Standing::StatementsOnly,
            Err(_) => Standing::Stranger,
        }
    }

    fn gone(&self, device: DeviceId) -> Option<Gone> {
        let roster = &self.circle.roster;
        match () {
            // Whoever leaves tells those of their own that do not know.
            () if self.circle.leaving.is_some() => None,
            () if roster.has_left(device) => Some(Gone::Left),
            () => roster.has_gone(device).then_some(Gone::PutOut),
        }
    }

    fn statements(&self) -> Vec<StatementId> {
        self.circle.ledger.iter().flat_map(|ledger| ledger.iter().map(|s| s.id())).collect()
    }

    fn statement(&self, id: StatementId) -> Option<Vec<u8>> {
        Some(self.circle.ledger.as_ref()?.get(id)?.bytes().to_vec())
    }

    fn catalogue(&self) -> Vec<Entry> {
        let held = self.circle.held.iter().filter(|(_, held)| self.circle.roster.is_active(held.owner));
        held.filter_map(|(doc, held)| self.line(*doc, held)).collect()
    }

    fn entry(&self, doc: DocId) -> Option<Entry> {
        self.line(doc, self.held(doc)?)
    }

    fn reached(&self, doc: DocId, generation: u32) -> Vec<Position> {
        let mut reached: Vec<_> = self
            .read(self.view.vector(self.circle.id, doc, generation))
            .into_iter()
            .map(|position| Position {
                actor: position.actor,
                seq: u32::try_from(position.seq).unwrap_or(u32::MAX),
                hash: first_half(position.hash.as_bytes()),
            })
            .collect();
        if let Some(held) = self.held(doc).filter(|held| held.generation == generation) {
            for (actor, (seq, hash)) in &held.staged {
                let hash = first_half(hash.as_bytes());
                match reached.iter_mut().find(|position| position.actor == *actor) {
                    Some(position) if position.seq < *seq => (position.seq, position.hash) = (*seq, hash),
                    Some(_) => {}
                    None => reached.push(Position { actor: *actor, seq: *seq, hash }),
                }
            }
        }
        reached
    }

    fn wants(&self, offered: &Entry) -> bool {
        let Some(held) = self.held(offered.doc) else { return false };
        let other = Version::from(held.version()) != offered.version;
        offered.generation == held.generation
            && (other || !held.lacking.is_empty())
            && !held.refuses(offered.version)
    }

    fn wanting(&self) -> Vec<Entry> {
        let lacking = self.circle.held.iter().filter(|(_, held)| !held.lacking.is_empty());
        let held = lacking.filter_map(|(doc, _)| Some((*doc, self.held(*doc)?)));
        held.filter_map(|(doc, held)| self.line(doc, held)).collect()
    }

    fn missing(&self, doc: DocId, generation: u32, reached: &[Position], at_most: usize) -> Option<Piece> {
        let held = self.held(doc).filter(|held| held.generation >= generation)?;
        let reached = if held.generation == generation { reached } else { &[] };
        let forked = self.forked(doc, held.generation, reached);
        let lacks = |at: &log::Position| {
            let position = reached.iter().find(|position| position.actor == at.actor);
            forked.contains(&at.actor) || position.is_none_or(|position| u64::from(position.seq) < at.seq)
        };
        let (mut changes, mut bytes) = (Vec::<Vec<u8>>::new(), 0_usize);
        let (full, more) = (Cell::new(false), Cell::new(false));
        let wanted = |at| {
            let lacks = lacks(&at);
            more.set(more.get() || (lacks && full.get()));
            lacks && !full.get()
        };
        let take = |change: log::ChangeRow| {
            let after = bytes.saturating_add(change.bytes.len());
            if after > at_most && !changes.is_empty() {
                full.set(true);
                more.set(true);
            } else {
                bytes = after;
                changes.push(change.bytes);
                full.set(after >= at_most);
            }
            Ok::<_, log::StoreError>(())
        };
        self.read(self.view.visit_changes(self.circle.id, doc, held.generation, wanted, take));
        let (tips, version) = (self.tips(doc), held.version().into());
        Some(Piece { doc, generation: held.generation, version, tips, changes, more: more.get() })
    }
}

fn first_half(hash: &[u8; 32]) -> [u8; 8] {
    let mut half = [0; 8];
    half.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    half
}
