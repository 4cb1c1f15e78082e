//! Writes what the owner does: one act or several, one transaction, one change.

use automerge::{
    Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, Value,
    transaction::{CommitOptions, Transactable, Transaction},
};
use closeknit_domain::Record;
use closeknit_ids::{ActorId, RecordId};

use crate::{
    change::{Framing, RawChange},
    fault::Fault,
    schema::{self, Container},
};

/// What an owner does to their document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    id: RecordId,
    /// As it read; nothing, if it is new.
    from: Option<Record>,
    /// As it is to read; nothing, if it is to be removed.
    to: Option<Record>,
}

impl Act {
    /// Writes a new record under a fresh random id.
    #[must_use]
    pub const fn add(id: RecordId, record: Record) -> Self {
        Self { id, from: None, to: Some(record) }
    }

    /// Edits a record that read `from` when its owner began, so that it reads `to`. Only fields in which
    /// the two differ are written: what another own machine wrote meanwhile, and fields that this
    /// version does not know, stay.
    #[must_use]
    pub const fn edit(id: RecordId, from: Record, to: Record) -> Self {
        Self { id, from: Some(from), to: Some(to) }
    }

    /// Removes a record: what was ended is open again, what was taken back is promised again. Its text
    /// stays in what was written before until the next generation.
    #[must_use]
    pub const fn remove(id: RecordId, record: Record) -> Self {
        Self { id, from: Some(record), to: None }
    }

    /// Which record.
    #[must_use]
    pub const fn id(&self) -> RecordId {
        self.id
    }

    pub(crate) const fn is_new(&self) -> bool {
        self.from.is_none()
    }
}

/// Why an act was not written. The document is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// There is a record of this kind and id.
    #[error("record {0} is there already")]
    Exists(RecordId),
    /// There is no record of this kind and id.
    #[error("there is no record {0}")]
    Unknown(RecordId),
    /// An edit cannot make one kind of record into another.
    #[error("record {0} is of another kind")]
    OtherKind(RecordId),
    /// The live records fill the document ([`crate::Limits::live`]).
    #[error("the document is full")]
    Full,
    /// The base of this generation is not here yet.
    #[error("the document has not begun")]
    NoBase,
    /// No other machine would take the change: mostly because it, or the generation, is too large.
    #[error("others would refuse this: {0}")]
    Refused(#[from] Fault),
    /// Automerge wrote no chunk.
    #[error(transparent)]
    Framing(#[from] Framing),
    /// Automerge refused.
    #[error(transparent)]
    Automerge(#[from] AutomergeError),
}

/// Writes `acts` as one change at the end of `document`; nothing if they change nothing.
pub(crate) fn write(
    document: &mut Automerge,
    actor: ActorId,
    seconds: i64,
    acts: &[Act],
) -> Result<Option<RawChange>, WriteError> {
    document.set_actor(automerge::ActorId::from(actor.0));
    let mut transaction = document.transaction();
    for act in acts {
        match (&act.from, &act.to) {
            (None, None) => {}
            (None, Some(to)) => add(&mut transaction, act.id, to)?,
            (Some(from), Some(to)) => edit(&mut transaction, act.id, from, to)?,
            (Some(from), None) => remove(&mut transaction, act.id, from)?,
        }
    }
    let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(seconds));
    let change = hash.and_then(|hash| document.get_change_by_hash(&hash));
    Ok(change.map(|change| RawChange::new(change.raw_bytes())).transpose()?)
}

fn add(transaction: &mut Transaction<'_>, id: RecordId, record: &Record) -> Result<(), WriteError> {
    let container = container(transaction, Container::of(record))?;
    let name = id.to_string();
    if transaction.get(&container, name.as_str())?.is_some() {
        return Err(WriteError::Exists(id));
    }
    let map = transaction.put_object(&container, name, ObjType::Map)?;
    for (field, value) in schema::write(record).iter() {
        transaction.put(&map, field, value.clone())?;
    }
    Ok(())
}

fn edit(
    transaction: &mut Transaction<'_>,
    id: RecordId,
    from: &Record,
    to: &Record,
) -> Result<(), WriteError> {
    if Container::of(from) != Container::of(to) {
        return Err(WriteError::OtherKind(id));
    }
    let container = container(transaction, Container::of(to))?;
    let record = map_at(transaction, &container, &id.to_string())?.ok_or(WriteError::Unknown(id))?;
    let (from, to) = (schema::write(from), schema::write(to));
    for (field, value) in to.iter().filter(|(field, value)| from.get(field) != Some(value)) {
        transaction.put(&record, field, value.clone())?;
    }
    for (field, _) in from.iter().filter(|(field, _)| to.get(field).is_none()) {
        transaction.delete(&record, field)?;
    }
    Ok(())
}

fn remove(transaction: &mut Transaction<'_>, id: RecordId, record: &Record) -> Result<(), WriteError> {
    let container = container(transaction, Container::of(record))?;
    let name = id.to_string();
    map_at(transaction, &container, &name)?.ok_or(WriteError::Unknown(id))?;
    Ok(transaction.delete(&container, name)?)
}

fn container(transaction: &Transaction<'_>, container: Container) -> Result<ObjId, WriteError> {
    map_at(transaction, &ROOT, container.name())?.ok_or(WriteError::NoBase)
}

fn map_at(transaction: &Transaction<'_>, map: &ObjId, name: &str) -> Result<Option<ObjId>, WriteError> {
    Ok(match transaction.get(map, name)? {
        Some((Value::Object(ObjType::Map), id)) => Some(id),
        _ => None,
    })
}
