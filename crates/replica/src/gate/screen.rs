//! The first step of the gate: by headers alone, which changes may go to Automerge, and in what order.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::ChangeHash;

use super::{
    Refusal,
    room::{Chunk, Room},
};
use crate::{
    change::RawChange,
    document::Document,
    fault::Fault,
    header::Header,
    history::History,
    limits::{ChangeLimits, LIMITS},
    vector::{Extent, SignedHead},
};

/// Changes that may go to Automerge, with the document they belong to.
#[derive(Debug, Clone)]
pub struct Screened<'d> {
    pub(super) document: &'d Document,
    /// Each after all that it depends on.
    pub(super) ready: Vec<Ready>,
    /// The document's history with all of them.
    pub(super) history: History,
    pub(super) refusal: Option<Refusal>,
}

#[derive(Debug, Clone)]
pub(super) struct Ready {
    pub(super) change: RawChange,
    pub(super) header: Header,
}

impl Screened<'_> {
    /// The first change that would go to Automerge: what to write down before [`Screened::apply`].
    /// `None` if there is none.
    #[must_use]
    pub fn in_flight(&self) -> Option<ChangeHash> {
        self.ready.first().map(|ready| ready.change.hash())
    }
}

impl Room {
    /// Takes out of the room what may go to Automerge now. The rest waits on.
    pub fn screen<'d>(&mut self, document: &'d Document) -> Screened<'d> {
        self.heads.retain(|hash, _| !document.holds(*hash));
        let held: Vec<_> = self.waiting().filter(|hash| document.holds(*hash)).collect();
        held.into_iter().for_each(|hash| self.take(hash));

        if !self.may_have_news(document) {
            let (ready, history) = (Vec::new(), document.history.clone());
            return Screened { document, ready, history, refusal: None };
        }
        let (signed, unsigned_past) = self.precede_a_head(document);
        let base = self.base_chain(document);
        let mut screening = Screening {
            room: self,
            base: base.as_ref().map(Vec::as_slice).unwrap_or_default(),
            history: document.history.clone(),
            ready: Vec::new(),
            refusal: unsigned_past.or(base.as_ref().err().copied()),
        };
        screening.run(&signed);
        let Screening { history, ready, refusal, .. } = screening;
        ready.iter().for_each(|ready| self.take(ready.change.hash()));
        self.heads.retain(|hash, _| !history.holds(*hash));
        Screened { document, ready, history, refusal }
    }

    /// Whether some chunk has all that it depends on, or no readable header: a cheap look, as chunks
    /// that came in the wrong order may be looked at once for each that comes.
    fn may_have_news(&self, document: &Document) -> bool {
        let news = |chunk: &Chunk| match &chunk.header {
            Ok(header) => header.deps.iter().all(|dep| document.holds(*dep)),
            Err(_) => true,
        };
        self.chunks.values().any(news)
    }

    /// The chunks that are or precede a head whose signature covers as much as is known to precede
    /// it, and a refusal if one covers less.
    fn precede_a_head(&mut self, document: &Document) -> (BTreeSet<ChangeHash>, Option<Refusal>) {
        let (mut signed, mut refusal) = (BTreeSet::new(), None);
        let heads: Vec<SignedHead> = self.heads.values().copied().collect();
        for head in heads {
            let before = self.before(head.hash);
            let deps = before.iter().flat_map(|hash| self.deps(*hash));
            let mut past: Extent = document.history.past_of_all(deps);
            past.count = past.count.saturating_add(before.len() as u64);
            let sizes =
                before.iter().filter_map(|hash| self.chunks.get(hash)).map(|chunk| chunk.change.size());
            past.bytes = sizes.fold(past.bytes, u64::saturating_add);
            if head.covers(past) {
                signed.extend(before);
            } else {
                self.heads.remove(&head.hash);
                refusal.get_or_insert(Refusal { change: head.hash, fault: Fault::Signed });
            }
        }
        (signed, refusal)
    }

    /// The chunks here that are `head` or can be reached from it through chunks here.
    pub(super) fn before(&self, head: ChangeHash) -> BTreeSet<ChangeHash> {
        let mut before = BTreeSet::new();
        let mut next = vec![head];
        while let Some(hash) = next.pop() {
            if self.chunks.contains_key(&hash) && before.insert(hash) {
                next.extend(self.deps(hash));
            }
        }
        before
    }

    /// The changes of the base if it is not yet held and all of them are here; else nothing.
    fn base_chain(&self, document: &Document) -> Result<Vec<ChangeHash>, Refusal> {
        let mut chain = Vec::new();
        let mut next = Some(document.base.hash);
        let mut actor = None;
        while let Some(hash) = next.filter(|_| !document.has_base()) {
            let refused = |fault| Refusal { change: hash, fault };
            let header = match self.chunks.get(&hash).map(|chunk| &chunk.header) {
                // Held: an earlier version of the program stopped in the middle of the base.
                None if document.holds(hash) => return Ok(chain),
                None => return Ok(Vec::new()),
                Some(Err(fault)) => return Err(refused(*fault)),
                Some(Ok(header)) => header,
            };
            chain.push(hash);
            let one_actor = *actor.get_or_insert(header.actor) == header.actor;
            if !one_actor || header.deps.len() > 1 || chain.len() > LIMITS.base {
                return Err(refused(Fault::Base));
            }
            next = header.deps.first().copied();
        }
        Ok(chain)
    }
}

/// Sorts what is signed into the order of dependencies, and stops each change that does not fit.
struct Screening<'r> {
    room: &'r Room,
    base: &'r [ChangeHash],
    history: History,
    ready: Vec<Ready>,
    refusal: Option<Refusal>,
}

impl Screening<'_> {
    /// Takes changes whose dependencies are all held, again and again; among several, those with the
    /// smaller hash first, so that every machine comes to the same order. What stands on a change that
    /// is refused is never reached.
    fn run(&mut self, signed: &BTreeSet<ChangeHash>) {
        let mut lacking: BTreeMap<ChangeHash, usize> = BTreeMap::new();
        let mut waits_for: BTreeMap<ChangeHash, Vec<ChangeHash>> = BTreeMap::new();
        for hash in signed {
            let missing: Vec<_> =
                self.room.deps(*hash).iter().filter(|dep| !self.history.holds(**dep)).collect();
            lacking.insert(*hash, missing.len());
            for dep in missing {
                waits_for.entry(*dep).or_default().push(*hash);
            }
        }
        let free = lacking.iter().filter(|(_, missing)| **missing == 0);
        let mut next: BTreeSet<ChangeHash> = free.map(|(hash, _)| *hash).collect();
        while let Some(hash) = next.pop_first() {
            if let Err(fault) = self.take(hash) {
                self.refusal.get_or_insert(Refusal { change: hash, fault });
                continue;
            }
            for waiting in waits_for.remove(&hash).unwrap_or_default() {
                if let Some(missing) = lacking.get_mut(&waiting) {
                    *missing = missing.saturating_sub(1);
                    if *missing == 0 {
                        next.insert(waiting);
                    }
                }
            }
        }
    }

    fn take(&mut self, hash: ChangeHash) -> Result<(), Fault> {
        let chunk = self.room.chunks.get(&hash).ok_or(Fault::MissingDep)?;
        let header = chunk.header.clone()?;
        let limits = if self.base.contains(&hash) { ChangeLimits::BASE } else { ChangeLimits::ORDINARY };
        header.within(chunk.change.size(), limits)?;
        if header.deps.is_empty() && !self.base.contains(&hash) {
            return Err(Fault::Base);
        }
        self.history.admit(chunk.change.clone(), &header)?;
        self.ready.push(Ready { change: chunk.change.clone(), header });
        Ok(())
    }
}
