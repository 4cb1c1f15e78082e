//! Reads the records of a document, whoever wrote it: to a fixed depth, field by field, skipping
//! what is odd. (`hydrate` follows maps inside maps until the stack ends; this never descends.)

use std::collections::{BTreeMap, btree_map::Entry};

use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValueRef, ValueRef};
use closeknit_domain::MemberRecords;
use closeknit_ids::RecordId;

use crate::{
    fields::{Fields, Held},
    limits::LIMITS,
    schema::{self, Container},
};

/// What one member wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The records in range.
    pub records: MemberRecords,
    /// How many entries were none: out of range, of a shape unknown here, or under an id used before.
    pub skipped: usize,
}

pub(crate) fn read(document: &Automerge) -> Reading {
    let mut reading = Reading::default();
    let containers = maps_in(document, &ROOT);
    for container in Container::ALL {
        if let Some(map) = containers.get(container.name()) {
            read_container(document, container, map, &mut reading);
        }
    }
    reading
}

fn read_container(document: &Automerge, container: Container, map: &ObjId, reading: &mut Reading) {
    for item in document.map_range(map, ..) {
        let id: Option<RecordId> = item.key.parse().ok();
        let is_map = item.value == ValueRef::Object(ObjType::Map);
        let Some(id) = id.filter(|_| is_map) else {
            reading.skipped += 1;
            continue;
        };
        let fields = fields(document, &item.id());
        if !schema::is_known(container, &fields) {
            continue;
        }
        match (reading.records.entry(id), schema::read(container, &fields)) {
            (Entry::Vacant(free), Ok(record)) => {
                free.insert(record);
            }
            _ => reading.skipped += 1,
        }
    }
}

/// The maps directly in `map`, by name.
pub(crate) fn maps_in(document: &Automerge, map: &ObjId) -> BTreeMap<String, ObjId> {
    let items = document.map_range(map, ..).filter(|item| item.value == ValueRef::Object(ObjType::Map));
    items.map(|item| (item.key.to_string(), item.id())).collect()
}

/// The scalars and texts directly in `record`, by name.
pub(crate) fn fields(document: &Automerge, record: &ObjId) -> Fields {
    let held = document.map_range(record, ..).filter_map(|item| {
        let held = match item.value {
            ValueRef::Scalar(scalar) => Held::Scalar(scalar.into()),
            ValueRef::Object(ObjType::Text) => Held::Text(document.text(item.id()).ok()?),
            ValueRef::Object(_) => return None,
        };
        Some((item.key.to_string(), held))
    });
    held.collect()
}

/// About how many bytes the live content has: names and values, to the depth of a record's fields.
pub(crate) fn live_bytes(document: &Automerge) -> usize {
    let containers = document.map_range(ROOT, ..);
    let records = containers.flat_map(|container| document.map_range(container.id(), ..));
    let sizes = records.map(|record| {
        let inside = document.map_range(record.id(), ..);
        let fields = inside
            .map(|field| field.key.len().saturating_add(value_bytes(document, &field.value, &field.id())));
        fields.fold(record.key.len(), usize::saturating_add)
    });
    sizes.fold(0, usize::saturating_add)
}

fn value_bytes(document: &Automerge, value: &ValueRef<'_>, id: &ObjId) -> usize {
    match value {
        ValueRef::Object(ObjType::Text) => document.length(id).saturating_mul(LIMITS.letter),
        ValueRef::Object(_) => document.length(id),
        ValueRef::Scalar(scalar) => scalar_bytes(scalar),
    }
}

/// About how many bytes a scalar has.
pub(crate) fn scalar_bytes(scalar: &ScalarValueRef<'_>) -> usize {
    match scalar {
        ScalarValueRef::Bytes(bytes) => bytes.len(),
        ScalarValueRef::Str(text) => text.len(),
        _ => 8,
    }
}
