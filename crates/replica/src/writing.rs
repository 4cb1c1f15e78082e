//! Writes what the owner does: one act or several, one transaction, one change.

use automerge::{
    Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, Value,
    transaction::{CommitOptions, Transactable, Transaction},
};
use closeknit_domain::{Kind, Record};
use closeknit_ids::{ActorId, MemberId, RecordId};

use crate::{
    change::{Framing, RawChange},
    fault::Fault,
    fields::Held,
    limits::ChangeLimits,
    marks::{self, Mark},
    schema::{self, Container},
    texts::{Texts, splices},
};

/// What an owner does to their document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act(Doing);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Doing {
    Add {
        id: RecordId,
        record: Box<Record>,
    },
    /// As it read, and as it is to read.
    Edit {
        id: RecordId,
        records: Box<(Record, Record)>,
    },
    /// As it read.
    Remove {
        id: RecordId,
        record: Box<Record>,
    },
    Mark {
        author: MemberId,
        mark: Mark,
    },
}

impl Act {
    /// Writes a new record under a fresh random id.
    #[must_use]
    pub fn add(id: RecordId, record: Record) -> Self {
        Self(Doing::Add { id, record: Box::new(record) })
    }

    /// Edits a record that read `from` when its owner began, so that it reads `to`. Only fields in which
    /// the two differ are written, and of a text that merges only what differs in it: what another own
    /// machine wrote meanwhile, and fields that this version does not know, stay.
    #[must_use]
    pub fn edit(id: RecordId, from: Record, to: Record) -> Self {
        Self(Doing::Edit { id, records: Box::new((from, to)) })
    }

    /// Removes a record: what was ended is open again, what was taken back is promised again. Its text
    /// stays in what was written before until the next generation.
    #[must_use]
    pub fn remove(id: RecordId, record: Record) -> Self {
        Self(Doing::Remove { id, record: Box::new(record) })
    }

    /// Says how far the document of `author` was seen, instead of what was said before.
    #[must_use]
    pub const fn mark(author: MemberId, mark: Mark) -> Self {
        Self(Doing::Mark { author, mark })
    }

    /// The same act on records as they are written: `stands` says how one reads in the document now, if that
    /// is not as its owner sees it, and `written` how one is to be written.
    ///
    /// # Errors
    /// Those of `written`.
    pub fn as_written<E>(
        self,
        stands: impl Fn(RecordId) -> Option<Record>,
        written: impl Fn(RecordId, Record) -> Result<Record, E>,
    ) -> Result<Self, E> {
        let stood = |id, record: Record| stands(id).unwrap_or(record);
        Ok(Self(match self.0 {
            Doing::Add { id, record } => Doing::Add { id, record: Box::new(written(id, *record)?) },
            Doing::Edit { id, records } => {
                let (from, to) = *records;
                Doing::Edit { id, records: Box::new((stood(id, from), written(id, to)?)) }
            }
            Doing::Remove { id, record } => Doing::Remove { id, record: Box::new(stood(id, *record)) },
            Doing::Mark { author, mark } => Doing::Mark { author, mark },
        }))
    }

    /// The record that it edits, if it does.
    #[must_use]
    pub const fn edited(&self) -> Option<RecordId> {
        match &self.0 {
            Doing::Edit { id, .. } => Some(*id),
            Doing::Add { .. } | Doing::Remove { .. } | Doing::Mark { .. } => None,
        }
    }

    /// Whether it brings something to its end, or to its next step, that is there already.
    pub(crate) fn ends_something(&self) -> bool {
        let to = match &self.0 {
            Doing::Add { record, .. } => record.as_ref(),
            Doing::Edit { records, .. } => &records.1,
            Doing::Remove { .. } => return true,
            Doing::Mark { .. } => return false,
        };
        matches!(Kind::of(to), Some(Kind::Answer | Kind::Withdrawal | Kind::Closure | Kind::Outcome))
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
    /// The live records fill the document ([`crate::Limits::live`], [`crate::Limits::reserve`]).
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

/// Writes `acts` as one change at the end of `document`, and more changes for texts that are too long for one;
/// nothing if they change nothing.
pub(crate) fn write(
    document: &mut Automerge,
    actor: ActorId,
    seconds: i64,
    acts: &[Act],
) -> Result<Vec<RawChange>, WriteError> {
    document.set_actor(automerge::ActorId::from(actor.0));
    let (mut acts, mut texts, mut changes) = (acts.iter(), Texts::default(), Vec::new());
    loop {
        let mut transaction = document.transaction();
        for act in acts.by_ref() {
            match &act.0 {
                Doing::Add { id, record } => add(&mut transaction, *id, record, &mut texts)?,
                Doing::Edit { id, records } => {
                    edit(&mut transaction, *id, &records.0, &records.1, &mut texts)?;
                }
                Doing::Remove { id, record } => remove(&mut transaction, *id, record)?,
                Doing::Mark { author, mark } => marks::write(&mut transaction, *author, mark)?,
            }
        }
        texts.write(&mut transaction, ChangeLimits::ORDINARY, 0)?;
        let hash = commit(transaction, seconds);
        changes.extend(chunk(document, hash)?);
        if texts.is_empty() {
            return Ok(changes);
        }
    }
}

/// Ends a transaction; nothing, if nothing was done in it.
pub(crate) fn commit(transaction: Transaction<'_>, seconds: i64) -> Option<automerge::ChangeHash> {
    transaction.commit_with(CommitOptions::default().with_time(seconds)).0
}

/// The change that a transaction came to, as bytes.
pub(crate) fn chunk(
    document: &Automerge,
    hash: Option<automerge::ChangeHash>,
) -> Result<Option<RawChange>, Framing> {
    let change = hash.and_then(|hash| document.get_change_by_hash(&hash));
    change.map(|change| RawChange::new(change.raw_bytes())).transpose()
}

fn add(
    transaction: &mut Transaction<'_>,
    id: RecordId,
    record: &Record,
    texts: &mut Texts,
) -> Result<(), WriteError> {
    let container = container(transaction, Container::of(record))?;
    let name = id.to_string();
    if transaction.get(&container, name.as_str())?.is_some() {
        return Err(WriteError::Exists(id));
    }
    let map = transaction.put_object(&container, name, ObjType::Map)?;
    for (field, value) in schema::write(record).iter() {
        put(transaction, &map, field, value, texts)?;
    }
    Ok(())
}

/// Puts a value into a field of a record, whatever was there.
pub(crate) fn put(
    transaction: &mut Transaction<'_>,
    record: &ObjId,
    field: &str,
    value: &Held,
    texts: &mut Texts,
) -> Result<(), AutomergeError> {
    match value {
        Held::Scalar(value) => transaction.put(record, field, value.clone()),
        Held::Text(text) => {
            let object = transaction.put_object(record, field, ObjType::Text)?;
            texts.fill(object, text);
            Ok(())
        }
    }
}

/// Changes a text in a record from what it read to what it is to read, whatever else became of it.
pub(crate) fn change_text(
    transaction: &mut Transaction<'_>,
    record: &ObjId,
    field: &str,
    (from, to): (&str, &str),
    texts: &mut Texts,
) -> Result<(), AutomergeError> {
    let Some((Value::Object(ObjType::Text), object)) = transaction.get(record, field)? else {
        return put(transaction, record, field, &Held::Text(to.to_owned()), texts);
    };
    let now = transaction.text(&object)?;
    texts.change(&object, splices(from, to, &now)?);
    Ok(())
}

fn edit(
    transaction: &mut Transaction<'_>,
    id: RecordId,
    from: &Record,
    to: &Record,
    texts: &mut Texts,
) -> Result<(), WriteError> {
    if Container::of(from) != Container::of(to) {
        return Err(WriteError::OtherKind(id));
    }
    let container = container(transaction, Container::of(to))?;
    let record = map_at(transaction, &container, &id.to_string())?.ok_or(WriteError::Unknown(id))?;
    let (from, to) = (schema::write(from), schema::write(to));
    for (field, value) in to.iter().filter(|(field, value)| from.held(field) != Some(value)) {
        match (from.held(field), value) {
            (Some(Held::Text(from)), Held::Text(to)) => {
                change_text(transaction, &record, field, (from, to), texts)?;
            }
            _ => put(transaction, &record, field, value, texts)?,
        }
    }
    for (field, _) in from.iter().filter(|(field, _)| to.held(field).is_none()) {
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

pub(crate) fn map_at(
    transaction: &Transaction<'_>,
    map: &ObjId,
    name: &str,
) -> Result<Option<ObjId>, WriteError> {
    Ok(match transaction.get(map, name)? {
        Some((Value::Object(ObjType::Map), id)) => Some(id),
        _ => None,
    })
}
