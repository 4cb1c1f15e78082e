//! What was written apart from a new beginning, written again in it: a document that another of the owner's
//! machines left behind when it moved on, compared with what of it the new beginning took over
//! (trust-and-sync, *Generations*).
//!
//! Compared is what stands there, field by field, unknown fields and records included. What both changed
//! stays as the new document has it, unless what stands there is what the other had changed; what was
//! forgotten or taken out there does not come back.

use std::collections::BTreeSet;

use automerge::{
    Automerge, ObjId, ObjType, Prop, ROOT, ReadDoc, ScalarValue, ValueRef,
    transaction::{Transactable, Transaction},
};
use closeknit_ids::{ActorId, ChangeHash, RecordId};

use crate::{
    change::RawChange,
    document::{Document, RebuildError},
    doubled::{ever_lacked, is_newer},
    fields::Held,
    generation::Copying,
    limits::ChangeLimits,
    reading::{fields, maps_in},
    texts::{Texts, unlikeliness},
    writing::{WriteError, change_text, chunk, commit, put},
};

impl Document {
    /// The document as it was when it held these changes, their past and its base, and nothing else. Of
    /// changes that are not here nothing is in it.
    ///
    /// # Errors
    /// If the changes do not fit onto each other any more.
    pub fn at(&self, heads: &[ChangeHash]) -> Result<Self, RebuildError> {
        let base = self.base.hash;
        let past = |change: &ChangeHash| {
            let mut until = heads.iter().chain([&base]);
            until.any(|head| self.precedes(*change, *head) == Some(true))
        };
        let log = self.changes().filter(|change| past(&change.hash())).cloned();
        Self::rebuild(self.base, log)
    }

    /// Writes what `left` has and `taken` has not into this document, as ordinary changes of `actor`: `taken`
    /// is what this document took over of `left` when it began, or of what both came from. `told` are all
    /// generations that were left behind, in their order: from them it is known what is newer. `forgotten` records stay away.
    ///
    /// # Errors
    /// If it does not fit; nothing is written then.
    pub fn write_again(
        &mut self,
        left: &Self,
        told: &[Self],
        taken: &Self,
        forgotten: &BTreeSet<RecordId>,
        actor: ActorId,
        seconds: i64,
    ) -> Result<Vec<RawChange>, WriteError> {
        if !self.has_base() {
            return Err(WriteError::NoBase);
        }
        let mut whole = self.clone();
        let began = self.base.hash;
        let comparing =
            Comparing { now: &self.automerge, began, left, told, taken: &taken.automerge, forgotten };
        let steps = comparing.steps();
        let copying = Copying { from: &left.automerge, forgotten, actor, seconds };
        let changes = write(&copying, &mut whole.automerge, &steps)?;
        whole.index(&changes, ChangeLimits::ORDINARY)?;
        *self = whole;
        Ok(changes)
    }
}

/// So many versions of a text are looked through, the last first.
const MOST_VERSIONS: usize = 200;

/// One record, or one field of one, to be written again.
enum Step {
    Copy {
        container: String,
        key: String,
        from: ObjId,
    },
    Put {
        record: ObjId,
        field: String,
        value: Held,
    },
    /// Of a text what changed in it.
    Change {
        record: ObjId,
        field: String,
        from: String,
        to: String,
    },
    TakeOut {
        record: ObjId,
        field: String,
    },
    Remove {
        container: ObjId,
        key: String,
    },
}

struct Comparing<'a> {
    now: &'a Automerge,
    /// With which it began.
    began: ChangeHash,
    left: &'a Document,
    told: &'a [Document],
    taken: &'a Automerge,
    forgotten: &'a BTreeSet<RecordId>,
}

impl Comparing<'_> {
    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let (now, taken) = (maps_in(self.now, &ROOT), maps_in(self.taken, &ROOT));
        for (container, map) in maps_in(&self.left.automerge, &ROOT) {
            let Some(now) = now.get(&container) else { continue };
            let before = taken.get(&container);
            for (key, left) in maps_in(&self.left.automerge, &map) {
                if key.parse().is_ok_and(|id| self.forgotten.contains(&id)) {
                    continue;
                }
                let stood = before.and_then(|map| record(self.taken, map, &key));
                match (stood, record(self.now, now, &key)) {
                    (None, None) => steps.push(Step::Copy { container: container.clone(), key, from: left }),
                    (stood, Some(stands)) => {
                        let at = (container.as_str(), key.as_str());
                        self.edits(at, &left, stood.as_ref(), &stands, &mut steps);
                    }
                    (Some(_), None) => {}
                }
            }
            let gone = before.map(|before| maps_in(self.taken, before)).unwrap_or_default().into_iter();
            for (key, stood) in gone.filter(|(key, _)| record(&self.left.automerge, &map, key).is_none()) {
                let stands = record(self.now, now, &key);
                if stands.is_some_and(|stands| fields(self.now, &stands) == fields(self.taken, &stood)) {
                    steps.push(Step::Remove { container: now.clone(), key });
                }
            }
        }
        steps
    }

    /// Of all that a text ever read here, what the new document most likely began from: what is most like that
    /// with which it began.
    fn likely_taken(&self, at: (&str, &str), field: &str) -> Option<String> {
        let began = text_at(self.now, at, field, Some(self.began))?;
        let mut versions = Vec::new();
        for document in [self.left].into_iter().chain(self.told.iter().rev()) {
            let heads = document.changes().map(|change| Some(change.hash())).chain([None]);
            let texts: Vec<_> =
                heads.filter_map(|head| text_at(&document.automerge, at, field, head)).collect();
            versions.extend(texts.into_iter().rev());
        }
        versions.dedup();
        versions.truncate(MOST_VERSIONS);
        versions.into_iter().min_by_key(|text| unlikeliness(&began, text))
    }

    /// The fields that were changed in what was left behind, and not in the new document.
    fn edits(
        &self,
        at: (&str, &str),
        left: &ObjId,
        stood: Option<&ObjId>,
        record: &ObjId,
        steps: &mut Vec<Step>,
    ) {
        let known = stood.is_some();
        let stood = stood.map(|stood| fields(self.taken, stood)).unwrap_or_default();
        let (then, stands) = (fields(&self.left.automerge, left), fields(self.now, record));
        let names: BTreeSet<&str> = then.iter().chain(stood.iter()).map(|(field, _)| field).collect();
        for field in names {
            let (value, now) = (then.held(field), stands.held(field));
            if value == now || value == stood.held(field) {
                continue;
            }
            if let (Some(Held::Text(from)), Some(Held::Text(to)), Some(Held::Text(_))) =
                (stood.held(field), value, now)
            {
                let (record, field) = (record.clone(), field.to_owned());
                steps.push(Step::Change { record, field, from: from.clone(), to: to.clone() });
                continue;
            }
            let mut told = self.told.iter().chain([self.left]);
            // What always stood there came along, and was taken out where it is missing.
            if !known && now.is_none() && !told.any(|document| ever_lacked(document, at, field)) {
                continue;
            }
            if let (Some(Held::Text(to)), Some(Held::Text(_))) = (value, now) {
                // How much the new document took over is not known.
                if let Some(from) = self.likely_taken(at, field) {
                    let (record, field) = (record.clone(), field.to_owned());
                    steps.push(Step::Change { record, field, from, to: to.clone() });
                }
                continue;
            }
            let told = self.told.iter().chain([self.left]);
            // How much the new document took over is not always known.
            if now != stood.held(field) && !is_newer(told, at, field, value, now) {
                continue;
            }
            let (record, field) = (record.clone(), field.to_owned());
            steps.push(match value.cloned() {
                Some(value) => Step::Put { record, field, value },
                None => Step::TakeOut { record, field },
            });
        }
    }
}

/// What a text read at a change, or reads now.
fn text_at(
    document: &Automerge,
    (container, key): (&str, &str),
    field: &str,
    at: Option<ChangeHash>,
) -> Option<String> {
    let record = record(document, &record(document, &ROOT, container)?, key)?;
    let Some(at) = at.map(|hash| [automerge::ChangeHash(hash.0)]) else {
        let (_, text) = document.get(&record, field).ok()??;
        return document.text(text).ok();
    };
    let (_, text) = document.get_at(&record, field, &at).ok()??;
    document.text_at(text, &at).ok()
}

/// The record of a container under this name.
pub(crate) fn record(document: &Automerge, container: &ObjId, key: &str) -> Option<ObjId> {
    match document.get(container, key).ok()?? {
        (automerge::Value::Object(ObjType::Map), id) => Some(id),
        _ => None,
    }
}

/// Writes the steps in changes that fill half of what one may hold: no record fills the other half.
fn write(copying: &Copying<'_>, into: &mut Automerge, steps: &[Step]) -> Result<Vec<RawChange>, WriteError> {
    let limits = ChangeLimits::ORDINARY;
    into.set_actor(automerge::ActorId::from(copying.actor.0));
    let mut steps = steps.iter().peekable();
    let (mut changes, mut texts) = (Vec::new(), Texts::default());
    while steps.peek().is_some() || !texts.is_empty() {
        let mut transaction = into.transaction();
        let mut bytes = texts.write(&mut transaction, limits, 0)?;
        let room = |bytes, ops: usize, texts: &Texts| {
            texts.is_empty() && bytes < limits.bytes / 2 && (ops as u64) < limits.ops / 2
        };
        while room(bytes, transaction.pending_ops(), &texts) {
            let Some(step) = steps.next() else { break };
            bytes += take(copying, &mut transaction, step, &mut texts)?;
            bytes += texts.write(&mut transaction, limits, bytes)?;
        }
        let hash = commit(transaction, copying.seconds);
        changes.extend(chunk(into, hash)?);
    }
    Ok(changes)
}

/// Takes one step; about how many bytes that took.
fn take(
    copying: &Copying<'_>,
    transaction: &mut Transaction<'_>,
    step: &Step,
    texts: &mut Texts,
) -> Result<usize, WriteError> {
    match step {
        Step::Copy { container, key, from } => {
            let Some((_, container)) = transaction.get(ROOT, container.as_str())? else { return Ok(0) };
            let (at, map) = (Prop::Map(key.clone()), ValueRef::Object(ObjType::Map));
            Ok(copying.copy(transaction, &container, at, map, (from, crate::generation::DEPTH), texts)?)
        }
        Step::Put { record, field, value } => {
            put(transaction, record, field, value, texts)?;
            Ok(field.len().saturating_add(size(value)))
        }
        Step::Change { record, field, from, to } => {
            change_text(transaction, record, field, (from, to), texts)?;
            Ok(field.len())
        }
        Step::TakeOut { record, field } => {
            transaction.delete(record, field.as_str())?;
            Ok(field.len())
        }
        Step::Remove { container, key } => {
            transaction.delete(container, key.as_str())?;
            Ok(key.len())
        }
    }
}

/// Without what is to be written into a text.
fn size(value: &Held) -> usize {
    match value {
        Held::Scalar(ScalarValue::Bytes(bytes)) => bytes.len(),
        Held::Scalar(ScalarValue::Str(text)) => text.len(),
        _ => 8,
    }
}
