//! A machine's holdings in memory: everything the real engine does, with the cryptography left out.
//!
//! A statement's id and a change's hash are SHA-256 of its bytes, as in the app. A tip is believed if
//! its device belongs to the document's owner.

mod holdings;

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{ActorId, ChangeHash, DeviceId, DocId, StatementId};
use closeknit_sync::{Holdings, Piece, Version};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// People, by number: alice is 0.
pub(crate) type Member = u16;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub(crate) prev: Vec<StatementId>,
    pub(crate) by: DeviceId,
    pub(crate) number: u32,
    pub(crate) says: Says,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Says {
    Found,
    Admit(DeviceId, Member),
    Remove(Member),
    Generation(DocId, u32),
    Note(Vec<u8>),
    /// Of whoever admitted them it turns out that they might not: a member still, but not active.
    Suspend(Member),
    /// A machine is taken away from its member, who stays.
    Drop(DeviceId),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Tip {
    pub(crate) doc: DocId,
    pub(crate) generation: u32,
    pub(crate) device: DeviceId,
    pub(crate) head: ChangeHash,
    pub(crate) count: u32,
    /// As long as a real signature.
    pub(crate) signature: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    pub(crate) actor: ActorId,
    pub(crate) seq: u32,
    pub(crate) deps: Vec<ChangeHash>,
    pub(crate) text: Vec<u8>,
}

#[derive(Debug, Clone, Default)]
struct Document {
    tips: BTreeSet<Tip>,
    /// In causal order, with hashes and bytes.
    admitted: Vec<(ChangeHash, Change, Vec<u8>)>,
    staged: BTreeMap<ChangeHash, (Change, Vec<u8>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    pub(crate) device: DeviceId,
    pub(crate) member: Member,
    actor: ActorId,
    ledger: Vec<(StatementId, Statement, Vec<u8>)>,
    place: BTreeMap<StatementId, usize>,
    waiting: Vec<Vec<u8>>,
    owners: BTreeMap<DeviceId, Member>,
    authors: BTreeMap<DocId, Member>,
    removed: BTreeSet<Member>,
    suspended: BTreeSet<Member>,
    dropped: BTreeSet<DeviceId>,
    generations: BTreeMap<DocId, u32>,
    documents: BTreeMap<(DocId, u32), Document>,
    /// Refused for good, as a hostile document would be: by version.
    pub(crate) refused: BTreeSet<Version>,
    /// Documents of which nothing is taken in, as if every signer were unknown.
    pub(crate) ignored: BTreeSet<DocId>,
    /// Statements that never enter the set here.
    pub(crate) unwelcome: BTreeSet<StatementId>,
    /// Answers are no longer than this, in bytes of changes.
    pub(crate) longest_answer: usize,
}

pub(crate) fn bytes(of: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(of).unwrap()
}

pub(crate) fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(crate) fn doc_of(member: Member) -> DocId {
    DocId(hash(&member.to_be_bytes()))
}

pub(crate) fn device(number: u16) -> DeviceId {
    let [high, low] = number.to_be_bytes();
    DeviceId(std::array::from_fn(|place| if place % 2 == 0 { high } else { low }))
}

impl Shelf {
    pub(crate) fn new(device: DeviceId, member: Member) -> Self {
        Self {
            device,
            member,
            actor: ActorId(device.0[..16].try_into().unwrap()),
            ledger: Vec::new(),
            place: BTreeMap::new(),
            waiting: Vec::new(),
            owners: BTreeMap::new(),
            authors: BTreeMap::new(),
            removed: BTreeSet::new(),
            suspended: BTreeSet::new(),
            dropped: BTreeSet::new(),
            generations: BTreeMap::new(),
            documents: BTreeMap::new(),
            refused: BTreeSet::new(),
            ignored: BTreeSet::new(),
            unwelcome: BTreeSet::new(),
            longest_answer: usize::MAX,
        }
    }

    // Statements.

    /// Writes a statement; returns its id.
    pub(crate) fn state(&mut self, says: Says) -> StatementId {
        let mut prev: BTreeSet<StatementId> = self.place.keys().copied().collect();
        for (_, statement, _) in &self.ledger {
            statement.prev.iter().for_each(|id| _ = prev.remove(id));
        }
        let number = u32::try_from(self.ledger.len()).unwrap();
        let statement =
            Statement { prev: prev.into_iter().take(16).collect(), by: self.device, number, says };
        let new = self.hear_statements(&[bytes(&statement)]);
        new[0]
    }

    /// Takes statements; returns what is new, ancestors first.
    pub(crate) fn hear_statements(&mut self, said: &[Vec<u8>]) -> Vec<StatementId> {
        self.waiting.extend(said.iter().cloned());
        let mut new = Vec::new();
        loop {
            let before = new.len();
            for said in std::mem::take(&mut self.waiting) {
                let id = StatementId(hash(&said));
                let Ok(statement) = postcard::from_bytes::<Statement>(&said) else { continue };
                if self.place.contains_key(&id) || self.unwelcome.contains(&id) {
                    continue;
                }
                if statement.prev.iter().all(|id| self.place.contains_key(id)) {
                    self.believe(&statement);
                    self.place.insert(id, self.ledger.len());
                    self.ledger.push((id, statement, said));
                    new.push(id);
                } else {
                    self.waiting.push(said);
                }
            }
            if new.len() == before {
                return new;
            }
        }
    }

    fn believe(&mut self, statement: &Statement) {
        match &statement.says {
            Says::Admit(device, member) => {
                self.owners.insert(*device, *member);
                self.authors.insert(doc_of(*member), *member);
            }
            Says::Remove(member) => _ = self.removed.insert(*member),
            Says::Suspend(member) => _ = self.suspended.insert(*member),
            Says::Drop(device) => _ = self.dropped.insert(*device),
            Says::Generation(doc, n) => {
                let leading = self.generations.entry(*doc).or_default();
                *leading = (*leading).max(*n);
            }
            Says::Found | Says::Note(_) => {}
        }
    }

    /// What waits for its ancestors is dropped with the connection that it came from.
    pub(crate) fn drop_waiting(&mut self) {
        self.waiting.clear();
    }

    pub(crate) fn statements_waiting(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn is_active(&self, device: DeviceId) -> bool {
        !self.dropped.contains(&device)
            && self.owners.get(&device).is_some_and(|member| !self.is_inactive(*member))
    }

    fn is_inactive(&self, member: Member) -> bool {
        self.removed.contains(&member) || self.suspended.contains(&member)
    }

    pub(crate) fn has_put_out(&self, device: DeviceId) -> bool {
        self.dropped.contains(&device)
            || self.owners.get(&device).is_some_and(|member| self.is_inactive(*member))
    }

    fn owner(&self, doc: DocId) -> Option<Member> {
        self.authors.get(&doc).copied()
    }

    fn is_shown(&self, doc: DocId) -> bool {
        self.owner(doc).is_some_and(|member| !self.is_inactive(member))
    }

    // Documents.

    pub(crate) fn leading(&self, doc: DocId) -> u32 {
        self.generations.get(&doc).copied().unwrap_or_default()
    }

    /// Writes one change into the own document; returns what it grew by.
    pub(crate) fn write(&mut self, text: &[u8]) -> Piece {
        let doc = doc_of(self.member);
        self.write_into(doc, text)
    }

    fn write_into(&mut self, doc: DocId, text: &[u8]) -> Piece {
        let generation = self.leading(doc);
        let (device, actor) = (self.device, self.actor);
        let document = self.documents.entry((doc, generation)).or_default();
        let seq = document.admitted.iter().filter(|(_, change, _)| change.actor == actor).count() + 1;
        let mut heads: BTreeSet<ChangeHash> = document.admitted.iter().map(|(hash, ..)| *hash).collect();
        for (_, change, _) in &document.admitted {
            change.deps.iter().for_each(|dep| _ = heads.remove(dep));
        }
        let seq = u32::try_from(seq).unwrap();
        let change = Change { actor, seq, deps: heads.into_iter().collect(), text: text.to_vec() };
        let written = bytes(&change);
        let head = ChangeHash(hash(&written));
        document.admitted.push((head, change, written.clone()));
        let count = u32::try_from(document.admitted.len()).unwrap();
        document.take_tip(Tip { doc, generation, device, head, count, signature: vec![7; 64] });
        self.piece(doc, vec![written])
    }

    /// Writes into somebody's document what they would have written on their own machine.
    pub(crate) fn write_as(&mut self, member: Member, text: &[u8]) -> Piece {
        let (own_device, own_actor) = (self.device, self.actor);
        self.device = device(member);
        self.actor = ActorId(self.device.0[..16].try_into().unwrap());
        let piece = self.write_into(doc_of(member), text);
        (self.device, self.actor) = (own_device, own_actor);
        piece
    }

    /// Signs what this machine holds of a document, as one of its owner's.
    pub(crate) fn sign(&mut self, doc: DocId) {
        let generation = self.leading(doc);
        let device = self.device;
        let document = self.documents.get_mut(&(doc, generation)).unwrap();
        let head = document.admitted.last().unwrap().0;
        let count = u32::try_from(document.admitted.len()).unwrap();
        document.take_tip(Tip { doc, generation, device, head, count, signature: vec![7; 64] });
    }

    /// All of a document.
    pub(crate) fn whole(&self, doc: DocId) -> Piece {
        self.missing(doc, self.leading(doc), &[], usize::MAX).unwrap()
    }

    pub(crate) fn tips(&self, doc: DocId) -> usize {
        self.documents.get(&(doc, self.leading(doc))).map_or(0, |document| document.tips.len())
    }

    fn piece(&self, doc: DocId, changes: Vec<Vec<u8>>) -> Piece {
        let generation = self.leading(doc);
        let version = self.entry(doc).map_or(Version([0; 16]), |entry| entry.version);
        let tips = self.documents[&(doc, generation)].tips.iter().map(bytes).collect();
        Piece { doc, generation, version, tips, changes, more: false }
    }

    /// Begins a new generation of the own document, with one change that stands for the live part.
    pub(crate) fn begin_anew(&mut self) -> (StatementId, Piece) {
        let doc = doc_of(self.member);
        let next = self.leading(doc) + 1;
        let stated = self.state(Says::Generation(doc, next));
        (stated, self.write(b"all that is still true"))
    }

    /// What the gate does: tips first, then what lies in the past of a tip. Returns what grew.
    pub(crate) fn take(&mut self, piece: &Piece) -> Option<Piece> {
        if self.ignored.contains(&piece.doc)
            || !self.is_shown(piece.doc)
            || piece.generation != self.leading(piece.doc)
        {
            return None;
        }
        let owner = self.owner(piece.doc);
        let owners = self.owners.clone();
        let document = self.documents.entry((piece.doc, piece.generation)).or_default();
        for tip in &piece.tips {
            let Ok(tip) = postcard::from_bytes::<Tip>(tip) else { continue };
            if tip.doc == piece.doc
                && tip.generation == piece.generation
                && owners.get(&tip.device).copied() == owner
            {
                document.take_tip(tip);
            }
        }
        for raw in &piece.changes {
            let Ok(change) = postcard::from_bytes::<Change>(raw) else { continue };
            let hash = ChangeHash(hash(raw));
            if !document.holds(&hash) {
                document.staged.insert(hash, (change, raw.clone()));
            }
        }
        let new = document.admit();
        (!new.is_empty()).then(|| self.piece(piece.doc, new))
    }

    /// All that was ever written, for comparing.
    pub(crate) fn everything(&self) -> (BTreeSet<StatementId>, BTreeMap<DocId, BTreeSet<ChangeHash>>) {
        let documents = self.catalogue().into_iter().map(|entry| {
            let document = &self.documents[&(entry.doc, entry.generation)];
            (entry.doc, document.admitted.iter().map(|(hash, ..)| *hash).collect())
        });
        (self.place.keys().copied().collect(), documents.collect())
    }

    pub(crate) fn has_text(&self, text: &[u8]) -> bool {
        let mut admitted = self.documents.values().flat_map(|document| &document.admitted);
        admitted.any(|(_, change, _)| change.text == text)
    }

    /// Changes, of documents that can be seen, of which something is missing.
    pub(crate) fn staged(&self) -> usize {
        let shown = self
            .documents
            .iter()
            .filter(|((doc, generation), _)| self.is_shown(*doc) && *generation == self.leading(*doc));
        shown.map(|(_, document)| document.staged.len()).sum()
    }
}

impl Document {
    fn holds(&self, hash: &ChangeHash) -> bool {
        self.admitted.iter().any(|(held, ..)| held == hash)
    }

    /// Everything that is `head` or precedes it, as far as it is held.
    fn past(&self, head: ChangeHash) -> BTreeSet<ChangeHash> {
        let mut past = BTreeSet::from([head]);
        for (hash, change, _) in self.admitted.iter().rev() {
            if past.contains(hash) {
                past.extend(&change.deps);
            }
        }
        past
    }

    fn take_tip(&mut self, tip: Tip) {
        self.tips.insert(tip);
        self.prune_tips();
    }

    /// A tip replaces those of its device that lie in its past.
    fn prune_tips(&mut self) {
        let replaced = |tip: &Tip| {
            let mut others = self.tips.iter().filter(|later| later.device == tip.device);
            others.any(|later| self.admitted_past(later.head, tip.head))
        };
        self.tips = self.tips.iter().filter(|tip| !replaced(tip)).cloned().collect();
    }

    fn admitted_past(&self, later: ChangeHash, earlier: ChangeHash) -> bool {
        self.holds(&later) && later != earlier && self.past(later).contains(&earlier)
    }

    fn admit(&mut self) -> Vec<Vec<u8>> {
        let mut covered: BTreeSet<ChangeHash> = self.tips.iter().map(|tip| tip.head).collect();
        let mut open: Vec<ChangeHash> = covered.iter().copied().collect();
        while let Some(hash) = open.pop() {
            let deps = self.staged.get(&hash).map(|(change, _)| change.deps.clone());
            open.extend(deps.into_iter().flatten().filter(|dep| covered.insert(*dep)));
        }
        let mut new = Vec::new();
        loop {
            let ready = self.staged.iter().find(|(hash, (change, _))| {
                covered.contains(*hash) && change.deps.iter().all(|dep| self.holds(dep))
            });
            let Some(hash) = ready.map(|(hash, _)| *hash) else { break };
            let (change, raw) = self.staged.remove(&hash).unwrap();
            new.push(raw.clone());
            self.admitted.push((hash, change, raw));
        }
        self.prune_tips();
        new
    }

    /// Staged changes after which nothing is missing, and all that is admitted.
    fn closed(&self) -> BTreeMap<ChangeHash, &Change> {
        let mut closed: BTreeMap<ChangeHash, &Change> =
            self.admitted.iter().map(|(hash, change, _)| (*hash, change)).collect();
        loop {
            let before = closed.len();
            for (hash, (change, _)) in &self.staged {
                if change.deps.iter().all(|dep| closed.contains_key(dep)) {
                    closed.insert(*hash, change);
                }
            }
            if closed.len() == before {
                return closed;
            }
        }
    }

    fn version(&self, generation: u32) -> Version {
        let tips: Vec<Vec<u8>> = self.tips.iter().map(bytes).collect();
        Version::from(hash(&bytes(&(generation, tips))))
    }
}

/// What every clock of the village says.
pub(crate) const TIME: i64 = 1_795_518_000;
