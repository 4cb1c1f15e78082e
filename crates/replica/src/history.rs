//! The changes of one generation as a graph: what stands in whose past, and whether one more fits.
//!
//! Each change carries a clock: for every actor, the last sequence number in its past, itself
//! included. Because each actor's changes form a chain, the clock answers ancestry, counts and bytes
//! without walking the graph.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use closeknit_ids::{ActorId, ChangeHash};

use crate::{
    change::RawChange,
    fault::{Fault, Limit},
    header::Header,
    limits::LIMITS,
    vector::{Extent, Reached, Vector},
};

/// An actor by its place in [`History::chains`].
type Place = usize;

#[derive(Debug)]
struct Node {
    change: RawChange,
    actor: Place,
    seq: u32,
    max_op: u32,
    /// By place, the last sequence number in its past; places beyond the end are not in it.
    clock: Box<[u32]>,
}

/// The changes of one actor, in order of their sequence numbers from 1.
#[derive(Debug, Clone)]
struct Chain {
    actor: ActorId,
    nodes: Vec<Link>,
}

#[derive(Debug, Clone)]
struct Link {
    node: Arc<Node>,
    /// Bytes of this change and those before it in the chain.
    bytes: u64,
}

/// The changes held, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    nodes: Vec<Arc<Node>>,
    by_hash: HashMap<ChangeHash, Arc<Node>>,
    chains: Vec<Chain>,
    places: HashMap<ActorId, Place>,
    heads: BTreeSet<ChangeHash>,
    bytes: u64,
    ops: u64,
}

impl History {
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub(crate) fn actors(&self) -> usize {
        self.chains.len()
    }

    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(crate) const fn ops(&self) -> u64 {
        self.ops
    }

    pub(crate) fn holds(&self, hash: ChangeHash) -> bool {
        self.by_hash.contains_key(&hash)
    }

    pub(crate) fn written_by(&self, hash: ChangeHash) -> Option<(ActorId, u32)> {
        let node = self.by_hash.get(&hash)?;
        Some((self.chains.get(node.actor)?.actor, node.seq))
    }

    /// The number of the last operation of a change; of one that is not here 0. Of a base it is how many
    /// operations that has in all.
    pub(crate) fn max_op(&self, hash: ChangeHash) -> u32 {
        self.by_hash.get(&hash).map_or(0, |node| node.max_op)
    }

    /// The changes that are in nobody's past, sorted.
    pub(crate) const fn heads(&self) -> &BTreeSet<ChangeHash> {
        &self.heads
    }

    /// Every change after all that it depends on.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &RawChange> {
        self.nodes.iter().map(|node| &node.change)
    }

    /// Whether `earlier` is `later` or in its past. Nothing if one of them is not here.
    pub(crate) fn precedes(&self, earlier: ChangeHash, later: ChangeHash) -> Option<bool> {
        let (earlier, later) = (self.by_hash.get(&earlier)?, self.by_hash.get(&later)?);
        Some(at(&later.clock, earlier.actor) >= earlier.seq)
    }

    /// What stands in the past of `hash`, itself included.
    pub(crate) fn past(&self, hash: ChangeHash) -> Option<Extent> {
        self.by_hash.get(&hash).map(|node| self.extent(&node.clock))
    }

    /// What stands in the past of those of `hashes` that are here, all together.
    pub(crate) fn past_of_all<'a>(&self, hashes: impl Iterator<Item = &'a ChangeHash>) -> Extent {
        let nodes = hashes.filter_map(|hash| self.by_hash.get(hash));
        self.extent(&self.join(nodes))
    }

    /// For each actor the last change held.
    pub(crate) fn vector(&self) -> Vector {
        let last = |chain: &Chain| {
            let node = &chain.nodes.last()?.node;
            Some((chain.actor, Reached::new(node.seq, node.change.hash())))
        };
        Vector(self.chains.iter().filter_map(last).collect())
    }

    /// What somebody at `vector` lacks, every change after all that it depends on. Where they hold
    /// another change under the same number, all of that actor: they need it to see the fork.
    pub(crate) fn changes_after(&self, vector: &Vector) -> impl Iterator<Item = &RawChange> {
        let have: Vec<u32> = self.chains.iter().map(|chain| chain.shared(vector)).collect();
        let missing = move |node: &&Arc<Node>| node.seq > at(&have, node.actor);
        self.nodes.iter().filter(missing).map(|node| &node.change)
    }

    /// Takes in a change if it fits onto what is here. A function of the change and its past, but
    /// for the limits of the generation and for an actor that used a number twice.
    pub(crate) fn admit(&mut self, change: RawChange, header: &Header) -> Result<(), Fault> {
        let clock = self.check(header)?;
        let totals = self.check_totals(&change, header)?;
        let place = *self.places.entry(header.actor).or_insert_with(|| {
            self.chains.push(Chain { actor: header.actor, nodes: Vec::new() });
            self.chains.len().saturating_sub(1)
        });
        let mut clock = clock;
        clock.resize(self.chains.len(), 0);
        if let Some(own) = clock.get_mut(place) {
            *own = header.seq;
        }
        for dep in &header.deps {
            self.heads.remove(dep);
        }
        self.heads.insert(change.hash());
        (self.bytes, self.ops) = totals;
        let node = Arc::new(Node {
            actor: place,
            seq: header.seq,
            max_op: header.max_op(),
            clock: clock.into(),
            change,
        });
        self.by_hash.insert(node.change.hash(), Arc::clone(&node));
        if let Some(chain) = self.chains.get_mut(place) {
            chain.push(Arc::clone(&node));
        }
        self.nodes.push(node);
        Ok(())
    }

    /// Whether the change follows from its past; the clock of that past.
    fn check(&self, header: &Header) -> Result<Vec<u32>, Fault> {
        let deps: Vec<&Arc<Node>> = header
            .deps
            .iter()
            .map(|dep| self.by_hash.get(dep))
            .collect::<Option<_>>()
            .ok_or(Fault::MissingDep)?;
        if deps.is_empty() != self.is_empty() {
            return Err(Fault::Base);
        }
        self.check_seq(header)?;
        let highest = deps.iter().map(|node| node.max_op).max().unwrap_or(0);
        if header.start_op != highest.saturating_add(1) {
            return Err(Fault::StartOp);
        }
        let clock = self.join(deps.into_iter());
        for (actor, op) in &header.refers {
            let last = self.places.get(actor).and_then(|place| {
                let chain = self.chains.get(*place)?;
                chain.get(at(&clock, *place))
            });
            if last.is_none_or(|node| *op > node.max_op) {
                return Err(Fault::Reference);
            }
        }
        Ok(clock)
    }

    /// Numbers follow each other, and each change stands directly on its actor's last. (Automerge
    /// writes them so. It does not ask others to, and panics over gaps.)
    fn check_seq(&self, header: &Header) -> Result<(), Fault> {
        let chain = self.places.get(&header.actor).and_then(|place| self.chains.get(*place));
        let held = chain.and_then(|chain| chain.get(header.seq));
        if let Some(held) = held {
            let (actor, seq, held) = (header.actor, header.seq, held.change.hash());
            return Err(Fault::Forked { actor, seq, held });
        }
        let last = chain.and_then(|chain| chain.nodes.last()).map(|link| &link.node);
        let follows = match last {
            None => header.seq == 1,
            Some(last) => {
                header.seq == last.seq.saturating_add(1) && header.deps.contains(&last.change.hash())
            }
        };
        if follows { Ok(()) } else { Err(Fault::Seq) }
    }

    /// Bytes and operations with this change, within the limits of a generation.
    fn check_totals(&self, change: &RawChange, header: &Header) -> Result<(u64, u64), Fault> {
        let bytes = self.bytes.saturating_add(change.size());
        let ops = self.ops.saturating_add(u64::from(header.ops));
        let limit = if self.nodes.len() >= LIMITS.changes {
            Limit::Changes
        } else if self.chains.len() >= LIMITS.actors && !self.places.contains_key(&header.actor) {
            Limit::Actors
        } else if bytes > LIMITS.bytes {
            Limit::Bytes
        } else if ops > LIMITS.ops {
            Limit::Ops
        } else {
            return Ok((bytes, ops));
        };
        Err(Fault::Limit(limit))
    }

    fn join<'a>(&self, nodes: impl Iterator<Item = &'a Arc<Node>>) -> Vec<u32> {
        let mut joined = vec![0; self.chains.len()];
        for node in nodes {
            for (most, seq) in joined.iter_mut().zip(&node.clock) {
                *most = (*most).max(*seq);
            }
        }
        joined
    }

    fn extent(&self, clock: &[u32]) -> Extent {
        let mut extent = Extent::default();
        for (chain, seq) in self.chains.iter().zip(clock) {
            extent.count = extent.count.saturating_add(u64::from(*seq));
            extent.bytes = extent.bytes.saturating_add(chain.bytes(*seq));
        }
        extent
    }
}

impl Chain {
    fn push(&mut self, node: Arc<Node>) {
        let before = self.nodes.last().map_or(0, |link| link.bytes);
        self.nodes.push(Link { bytes: before.saturating_add(node.change.size()), node });
    }

    fn link(&self, seq: u32) -> Option<&Link> {
        self.nodes.get(usize::try_from(seq.checked_sub(1)?).ok()?)
    }

    fn get(&self, seq: u32) -> Option<&Arc<Node>> {
        self.link(seq).map(|link| &link.node)
    }

    fn bytes(&self, seq: u32) -> u64 {
        self.link(seq).map_or(0, |link| link.bytes)
    }

    /// How much of this chain somebody at `vector` has.
    fn shared(&self, vector: &Vector) -> u32 {
        let Some(reached) = vector.0.get(&self.actor) else { return 0 };
        match self.get(reached.seq) {
            Some(node) if !reached.is(node.change.hash()) => 0,
            _ => reached.seq,
        }
    }
}

fn at(clock: &[u32], place: Place) -> u32 {
    clock.get(place).copied().unwrap_or(0)
}
