//! Records that stand twice under one id: two of the owner's machines wrote the same again, apart
//! ([`Document::write_again`]). Automerge shows one of the two; what is newer in the other is brought over.

use std::collections::BTreeSet;

use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, Value};
use closeknit_ids::{ActorId, RecordId};

use crate::{
    change::RawChange,
    document::Document,
    fields::Held,
    limits::ChangeLimits,
    reading::{fields, maps_in},
    replay::record,
    texts::Texts,
    writing::{WriteError, chunk, commit, put},
};

impl Document {
    /// The records that stand twice.
    #[must_use]
    pub fn doubled(&self) -> BTreeSet<RecordId> {
        let doubled = doubled(&self.automerge).into_iter();
        doubled.filter_map(|double| double.key.parse().ok()).collect()
    }

    /// Of the records `only`, brings into the one that shows what is newer in the other. What is newer is known
    /// from `left`, the generations in which they were first written, in their order; without them nothing is
    /// done.
    ///
    /// # Errors
    /// If it does not fit; nothing is written then.
    pub fn reconcile(
        &mut self,
        only: &BTreeSet<RecordId>,
        left: &[Self],
        actor: ActorId,
        seconds: i64,
    ) -> Result<Vec<RawChange>, WriteError> {
        let mut whole = self.clone();
        whole.automerge.set_actor(automerge::ActorId::from(actor.0));
        let doubles = doubled(&self.automerge).into_iter();
        let mut doubles = doubles.filter(|double| double.key.parse().is_ok_and(|id| only.contains(&id)));
        let (mut changes, mut texts) = (Vec::new(), Texts::default());
        loop {
            let mut transaction = whole.automerge.transaction();
            for double in doubles.by_ref() {
                for (field, value) in double.newer(&self.automerge, left) {
                    // A text too is put as a whole: another own machine may do the same at the same time.
                    put(&mut transaction, &double.shown, &field, &value, &mut texts)?;
                }
            }
            texts.write(&mut transaction, ChangeLimits::ORDINARY, 0)?;
            let hash = commit(transaction, seconds);
            changes.extend(chunk(&whole.automerge, hash)?);
            if texts.is_empty() {
                break;
            }
        }
        whole.index(&changes, ChangeLimits::ORDINARY)?;
        *self = whole;
        Ok(changes)
    }
}

/// A record that stands twice.
struct Double {
    container: String,
    key: String,
    shown: ObjId,
    others: Vec<ObjId>,
}

fn doubled(document: &Automerge) -> Vec<Double> {
    let mut doubled = Vec::new();
    for (container, map) in maps_in(document, &ROOT) {
        for (key, shown) in maps_in(document, &map) {
            let all = document.get_all(&map, key.as_str()).unwrap_or_default().into_iter();
            let maps = all.filter(|(value, _)| matches!(value, Value::Object(ObjType::Map)));
            let others: Vec<ObjId> = maps.map(|(_, id)| id).filter(|id| *id != shown).collect();
            if !others.is_empty() {
                doubled.push(Double { container: container.clone(), key, shown, others });
            }
        }
    }
    doubled
}

impl Double {
    /// The fields that are newer in one that is not shown.
    fn newer(&self, document: &Automerge, left: &[Document]) -> Vec<(String, Held)> {
        let shown = fields(document, &self.shown);
        let mut newer = Vec::new();
        for other in &self.others {
            for (field, value) in fields(document, other).iter() {
                let Some(shows) = shown.held(field).filter(|shows| *shows != value) else { continue };
                let at = (self.container.as_str(), self.key.as_str());
                if is_newer(left.iter(), at, field, Some(value), Some(shows)) {
                    newer.push((field.to_owned(), value.clone()));
                }
            }
        }
        newer
    }
}

/// Whether a field had a value later than another one, as the first of some documents tells that knows both, or
/// else the order in which they got to know them: they are in the order in which they were left. What none of
/// them knows came after what one does.
pub(crate) fn is_newer<'a>(
    documents: impl Iterator<Item = &'a Document>,
    at: (&str, &str),
    field: &str,
    value: Option<&Held>,
    than: Option<&Held>,
) -> bool {
    let (mut first_value, mut first_other) = (None, None);
    for (place, document) in documents.enumerate() {
        match (last_had(document, at, field, value), last_had(document, at, field, than)) {
            (Some(value), Some(other)) => return value > other,
            (value, other) => {
                first_value = first_value.or(value.map(|_| place));
                first_other = first_other.or(other.map(|_| place));
            }
        }
    }
    first_other.is_some_and(|other| first_value.is_none_or(|value| value > other))
}

/// After how many changes of a document a field got a value for the last time.
fn last_had(
    document: &Document,
    (container, key): (&str, &str),
    field: &str,
    value: Option<&Held>,
) -> Option<usize> {
    let value = value?;
    let automerge = &document.automerge;
    let container = record(automerge, &ROOT, container)?;
    let records = automerge.get_all(&container, key).ok()?;
    let had = |heads: &[automerge::ChangeHash]| {
        records.iter().any(|(_, record)| match automerge.get_at(record, field, heads) {
            Ok(Some((Value::Scalar(had), _))) => matches!(value, Held::Scalar(value) if *had == *value),
            Ok(Some((Value::Object(ObjType::Text), text))) => {
                matches!(value, Held::Text(value) if automerge.text_at(text, heads).as_ref() == Ok(value))
            }
            _ => false,
        })
    };
    // Not where it merely stood still: there it may be a neighbour's change that knew no better.
    let got = |change: &RawChange| {
        let hash = automerge::ChangeHash(change.hash().0);
        let before = automerge.get_change_by_hash(&hash).map(|change| change.deps().to_vec());
        had(&[hash]) && !before.is_some_and(|before| !before.is_empty() && had(&before))
    };
    let changes: Vec<&RawChange> = document.changes().collect();
    changes.iter().rposition(|change| got(change))
}

/// Whether a record of a document ever stood there without a field.
pub(crate) fn ever_lacked(document: &Document, (container, key): (&str, &str), field: &str) -> bool {
    let automerge = &document.automerge;
    let Some(container) = record(automerge, &ROOT, container) else { return false };
    let Some(found) = record(automerge, &container, key) else { return false };
    document.changes().any(|change| {
        let heads = [automerge::ChangeHash(change.hash().0)];
        let there = matches!(automerge.get_at(&container, key, &heads), Ok(Some(_)));
        there && matches!(automerge.get_at(&found, field, &heads), Ok(None))
    })
}
