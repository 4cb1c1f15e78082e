//! Marks: how far a member has seen the documents of others, kept in the member's own document, for the
//! words *seen by* (mutual-aid, *What the screen may say*).
//!
//! One mark an author, rewritten in place in the map `later`. Marks are no records: no rule looks at them.

use std::collections::BTreeMap;

use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use closeknit_ids::{ChangeHash, MemberId, RecordId};
use sha2::{Digest, Sha256};

use crate::{
    document::Document,
    reading::{fields, maps_in},
    writing::{WriteError, map_at},
};

const MAP: &str = "later";
const KIND: &str = "mark";

/// How far somebody's document was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// In which generation of it.
    pub generation: u32,
    /// Up to these changes: sorted, at most [`Mark::MOST`].
    heads: Vec<ChangeHash>,
}

impl Mark {
    /// The most heads named. Of more the first are; then less is said to be seen than was.
    pub const MOST: usize = 16;

    /// Sorts the heads.
    #[must_use]
    pub fn new(generation: u32, heads: impl IntoIterator<Item = ChangeHash>) -> Self {
        let mut heads: Vec<ChangeHash> = heads.into_iter().collect();
        heads.sort_unstable();
        heads.dedup();
        heads.truncate(Self::MOST);
        Self { generation, heads }
    }

    /// The changes up to which it was seen.
    #[must_use]
    pub fn heads(&self) -> &[ChangeHash] {
        &self.heads
    }
}

impl Document {
    /// The marks in it, by the author whose document was seen.
    #[must_use]
    pub fn marks(&self) -> BTreeMap<MemberId, Mark> {
        let containers = maps_in(&self.automerge, &ROOT);
        let Some(map) = containers.get(MAP) else { return BTreeMap::new() };
        let entries = maps_in(&self.automerge, map).into_iter();
        entries.filter_map(|(_, entry)| read(&self.automerge, &entry)).collect()
    }

    /// The records that stand as they are now within the past of some changes; those that are not here
    /// have no past.
    #[must_use]
    pub fn within(&self, heads: &[ChangeHash]) -> Vec<RecordId> {
        let seen =
            |change: ChangeHash| heads.iter().any(|head| self.history.precedes(change, *head) == Some(true));
        let written = |id: &ObjId| {
            let change = self.automerge.hash_for_opid(id).map(|hash| ChangeHash(hash.0));
            change.is_some_and(seen)
        };
        let mut within = Vec::new();
        for map in maps_in(&self.automerge, &ROOT).values() {
            for (name, record) in maps_in(&self.automerge, map) {
                let whole = || self.automerge.map_range(&record, ..).all(|field| written(&field.id()));
                if let Ok(id) = name.parse()
                    && written(&record)
                    && whole()
                {
                    within.push(id);
                }
            }
        }
        within
    }
}

fn read(document: &Automerge, entry: &ObjId) -> Option<(MemberId, Mark)> {
    let fields = fields(document, entry);
    let kind = fields.text::<String>("kind").ok()?;
    let author = MemberId::from_slice(fields.bytes("author").ok()?)?;
    let generation = u32::try_from(fields.get("generation")?.as_u64()?).ok()?;
    let (heads, rest) = fields.bytes("heads").ok()?.as_chunks::<32>();
    let fits = kind == KIND && rest.is_empty() && heads.len() <= Mark::MOST;
    fits.then(|| (author, Mark::new(generation, heads.iter().copied().map(ChangeHash))))
}

/// Where the mark for an author stands: the same place on all machines of a member.
fn place(author: MemberId) -> RecordId {
    let hash: [u8; 32] =
        Sha256::new().chain_update("closeknit/mark/1").chain_update(author.as_bytes()).finalize().into();
    let mut place = [0; 16];
    place.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    RecordId(place)
}

/// Writes a mark, or only what is new about it.
pub(crate) fn write(
    transaction: &mut Transaction<'_>,
    author: MemberId,
    mark: &Mark,
) -> Result<(), WriteError> {
    let map = map_at(transaction, &ROOT, MAP)?.ok_or(WriteError::NoBase)?;
    let name = place(author).to_string();
    let entry = match map_at(transaction, &map, &name)? {
        Some(entry) => entry,
        None => transaction.put_object(&map, name, ObjType::Map)?,
    };
    let heads = mark.heads.iter().flat_map(|head| head.0).collect();
    for (field, value) in [
        ("kind", ScalarValue::Str(KIND.into())),
        ("author", ScalarValue::Bytes(author.0.to_vec())),
        ("generation", ScalarValue::Uint(mark.generation.into())),
        ("heads", ScalarValue::Bytes(heads)),
    ] {
        put(transaction, &entry, field, value)?;
    }
    Ok(())
}

fn put(
    transaction: &mut Transaction<'_>,
    entry: &ObjId,
    field: &str,
    value: ScalarValue,
) -> Result<(), AutomergeError> {
    match transaction.get(entry, field)? {
        Some((Value::Scalar(held), _)) if *held == value => Ok(()),
        _ => transaction.put(entry, field, value),
    }
}
