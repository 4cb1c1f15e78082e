//! Beginning afresh: what is live of a document, without what shall be forgotten, as the base of its
//! next generation (trust-and-sync, *Generations*).
//!
//! Live content is copied as it stands, unknown fields, records and maps included: a newer version on
//! another of the owner's machines may have written them.

use std::collections::BTreeSet;

use automerge::{
    Automerge, AutomergeError, ObjId, ObjType, Prop, ROOT, ReadDoc, ValueRef,
    transaction::{Transactable, Transaction},
};
use closeknit_ids::{ActorId, ChangeHash, RecordId};

use crate::{
    change::RawChange,
    document::Document,
    header::Header,
    limits::{ChangeLimits, LIMITS},
    reading::{self, maps_in},
    schema::CONTAINERS,
    texts::Texts,
    vector::SignedHead,
    writing::{WriteError, chunk, commit},
};

/// How deep content is copied below a record; no version writes deeper.
pub(crate) const DEPTH: usize = 8;

/// A document that begins afresh, and what it leaves behind.
#[derive(Debug, Clone)]
pub struct NextGeneration {
    /// The new document. Its changes are its base; [`Document::base`] is what the statement signs.
    pub document: Document,
    /// The heads of the old one, all of which it absorbed.
    pub closes: Vec<ChangeHash>,
}

impl Document {
    /// The next generation: the live content but for the records `forgotten`, as at most eight changes
    /// of `actor`, which must be new.
    ///
    /// # Errors
    /// [`WriteError::Full`] if the live content does not fit a base, [`WriteError::NoBase`] if this
    /// generation has not begun here.
    pub fn next_generation(
        &self,
        actor: ActorId,
        seconds: i64,
        forgotten: &BTreeSet<RecordId>,
    ) -> Result<NextGeneration, WriteError> {
        if !self.has_base() {
            return Err(WriteError::NoBase);
        }
        let mut automerge = Automerge::new();
        let copying = Copying { from: &self.automerge, forgotten, actor, seconds };
        let changes = copying.write(&mut automerge, ChangeLimits::BASE)?;
        if changes.len() > LIMITS.base {
            return Err(WriteError::Full);
        }
        let last = changes.last().ok_or(WriteError::NoBase)?;
        let bytes = changes.iter().map(RawChange::size).fold(0, u64::saturating_add);
        let base = SignedHead { hash: last.hash(), count: changes.len() as u64, bytes };
        let mut document = Self { automerge, ..Self::awaiting(base) };
        document.index(&changes, ChangeLimits::BASE)?;
        Ok(NextGeneration { document, closes: self.heads().collect() })
    }

    /// Writes the live content of another document of the same owner into this one, as ordinary
    /// changes: how a draft becomes a circle's document.
    ///
    /// # Errors
    /// If it does not fit; nothing is written then.
    pub fn take_over(
        &mut self,
        from: &Self,
        actor: ActorId,
        seconds: i64,
    ) -> Result<Vec<RawChange>, WriteError> {
        let mut taken = self.clone();
        let copying = Copying { from: &from.automerge, forgotten: &BTreeSet::new(), actor, seconds };
        let changes = copying.write(&mut taken.automerge, ChangeLimits::ORDINARY)?;
        taken.index(&changes, ChangeLimits::ORDINARY)?;
        *self = taken;
        Ok(changes)
    }

    /// Enters changes that were just written to the Automerge document.
    pub(crate) fn index(&mut self, changes: &[RawChange], limits: ChangeLimits) -> Result<(), WriteError> {
        for change in changes {
            let header = Header::read(change)?;
            header.within(change.size(), limits)?;
            self.history.admit(change.clone(), &header)?;
        }
        Ok(())
    }
}

/// One entry of a container, mostly a record.
struct Entry<'a> {
    container: String,
    key: String,
    value: ValueRef<'a>,
    id: ObjId,
}

/// Content of one document on its way into another.
pub(crate) struct Copying<'a> {
    pub(crate) from: &'a Automerge,
    pub(crate) forgotten: &'a BTreeSet<RecordId>,
    pub(crate) actor: ActorId,
    pub(crate) seconds: i64,
}

impl Copying<'_> {
    /// Writes everything in changes that fill three quarters of what `limits` allows: one record more
    /// never passes them, and eight hold all that may live. A text goes over several.
    fn write(&self, into: &mut Automerge, limits: ChangeLimits) -> Result<Vec<RawChange>, WriteError> {
        into.set_actor(automerge::ActorId::from(self.actor.0));
        let mut entries = self.entries().peekable();
        let (mut changes, mut texts) = (Vec::new(), Texts::default());
        loop {
            let mut transaction = into.transaction();
            if changes.is_empty() {
                self.make_containers(&mut transaction)?;
            }
            let mut bytes = texts.write(&mut transaction, limits, 0)?;
            let full =
                |bytes: usize, ops: usize| bytes > limits.bytes / 4 * 3 || ops as u64 > limits.ops / 4 * 3;
            while texts.is_empty() && !full(bytes, transaction.pending_ops()) {
                let Some(entry) = entries.next() else { break };
                let container = transaction.get(ROOT, entry.container.as_str())?;
                let Some((_, container)) = container else { continue };
                let at = Prop::Map(entry.key);
                bytes +=
                    self.copy(&mut transaction, &container, at, entry.value, (&entry.id, DEPTH), &mut texts)?;
                bytes += texts.write(&mut transaction, limits, bytes)?;
            }
            let hash = commit(transaction, self.seconds);
            changes.extend(chunk(into, hash)?);
            if entries.peek().is_none() && texts.is_empty() {
                return Ok(changes);
            }
        }
    }

    /// The containers of this version's schema, in their order, then those only the document has.
    fn make_containers(&self, transaction: &mut Transaction<'_>) -> Result<(), AutomergeError> {
        let theirs = maps_in(self.from, &ROOT).into_keys();
        for container in CONTAINERS.into_iter().map(str::to_owned).chain(theirs) {
            if transaction.get(ROOT, container.as_str())?.is_none() {
                transaction.put_object(ROOT, container, ObjType::Map)?;
            }
        }
        Ok(())
    }

    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        maps_in(self.from, &ROOT).into_iter().flat_map(|(container, map)| {
            let entries = self.from.map_range(map, ..).filter(|item| !self.is_forgotten(&item.key));
            entries.map(move |item| Entry {
                container: container.clone(),
                key: item.key.to_string(),
                id: item.id(),
                value: item.value,
            })
        })
    }

    fn is_forgotten(&self, key: &str) -> bool {
        key.parse().is_ok_and(|id: RecordId| self.forgotten.contains(&id))
    }

    /// Copies the value at `id`, so deep, to a place in `target`; about how many bytes that took without what
    /// is to be written into `texts`.
    pub(crate) fn copy(
        &self,
        transaction: &mut Transaction<'_>,
        target: &ObjId,
        at: Prop,
        value: ValueRef<'_>,
        (id, depth): (&ObjId, usize),
        texts: &mut Texts,
    ) -> Result<usize, AutomergeError> {
        let name = if let Prop::Map(key) = &at { key.len() } else { 0 };
        let kind = match value {
            ValueRef::Scalar(scalar) => {
                let size = reading::scalar_bytes(&scalar);
                match at {
                    Prop::Map(key) => transaction.put(target, key, scalar)?,
                    Prop::Seq(index) => transaction.insert(target, index, scalar)?,
                }
                return Ok(name + size);
            }
            ValueRef::Object(_) if depth == 0 => return Ok(0),
            ValueRef::Object(kind) => kind,
        };
        let copy = match at {
            Prop::Map(key) => transaction.put_object(target, key, kind)?,
            Prop::Seq(index) => transaction.insert_object(target, index, kind)?,
        };
        Ok(name + self.fill(transaction, &copy, kind, (id, depth - 1), texts)?)
    }

    /// Copies what is inside the object at `id`.
    fn fill(
        &self,
        transaction: &mut Transaction<'_>,
        copy: &ObjId,
        kind: ObjType,
        (id, depth): (&ObjId, usize),
        texts: &mut Texts,
    ) -> Result<usize, AutomergeError> {
        let mut bytes = 0;
        match kind {
            ObjType::Map | ObjType::Table => {
                for item in self.from.map_range(id, ..) {
                    let at = Prop::Map(item.key.to_string());
                    let inner = item.id();
                    bytes += self.copy(transaction, copy, at, item.value, (&inner, depth), texts)?;
                }
            }
            ObjType::List => {
                for (index, item) in self.from.list_range(id, ..).enumerate() {
                    let inner = item.id();
                    bytes +=
                        self.copy(transaction, copy, Prop::Seq(index), item.value, (&inner, depth), texts)?;
                }
            }
            ObjType::Text => texts.fill(copy.clone(), &self.from.text(id)?),
        }
        Ok(bytes)
    }
}
