//! What is sealed of a record for chosen people: its fields, with whose record it is, so that nobody can
//! pass another's sealed bytes off as their own. Who seals and opens it is not decided here.
//!
//! The fields are those that the record would have in clear ([`crate::schema`]), and are read by the same
//! rules.

use automerge::ScalarValue;
use closeknit_domain::{Kind, Record};
use closeknit_ids::{MemberId, RecordId};
use serde::{Deserialize, Serialize};

use crate::{
    fields::{Fields, Held},
    schema::{self, Container},
};

/// The layout of [`Content`].
const LAYOUT: u8 = 1;
/// Filled up to a multiple of this, so that the length says little about the text.
const BLOCK: usize = 256;

#[derive(Serialize, Deserialize)]
struct Content {
    layout: u8,
    author: MemberId,
    id: RecordId,
    fields: Vec<(String, Scalar)>,
}

/// The scalars that records have.
#[derive(Serialize, Deserialize)]
enum Scalar {
    Bytes(Vec<u8>),
    Text(String),
    Number(u64),
    Flag(bool),
    /// Milliseconds since 1970.
    Moment(i64),
}

impl Scalar {
    fn of(value: &ScalarValue) -> Option<Self> {
        Some(match value {
            ScalarValue::Bytes(bytes) => Self::Bytes(bytes.clone()),
            ScalarValue::Str(text) => Self::Text(text.to_string()),
            ScalarValue::Uint(number) => Self::Number(*number),
            ScalarValue::Boolean(flag) => Self::Flag(*flag),
            ScalarValue::Timestamp(milliseconds) => Self::Moment(*milliseconds),
            _ => return None,
        })
    }
}

impl From<Scalar> for ScalarValue {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Bytes(bytes) => Self::Bytes(bytes),
            Scalar::Text(text) => Self::Str(text.into()),
            Scalar::Number(number) => Self::Uint(number),
            Scalar::Flag(flag) => Self::Boolean(flag),
            Scalar::Moment(milliseconds) => Self::Timestamp(milliseconds),
        }
    }
}

/// The bytes to seal of a record of `author`.
#[must_use]
pub fn content(author: MemberId, id: RecordId, record: &Record) -> Vec<u8> {
    let fields = schema::write(record);
    let scalars = fields.iter().filter_map(|(name, value)| match value {
        Held::Scalar(value) => Some((name.to_owned(), Scalar::of(value)?)),
        Held::Text(_) => None,
    });
    let content = Content { layout: LAYOUT, author, id, fields: scalars.collect() };
    let mut bytes = postcard::to_allocvec(&content).unwrap_or_default();
    bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
    bytes
}

/// The record in bytes that were sealed as record `id` of `author` and of this kind. Nothing, if they are
/// of another, or out of range.
#[must_use]
pub fn record_in(content: &[u8], author: MemberId, id: RecordId, kind: Kind) -> Option<Record> {
    let (content, _) = postcard::take_from_bytes::<Content>(content).ok()?;
    let right = content.layout == LAYOUT && content.author == author && content.id == id;
    let held = |(name, scalar): (String, Scalar)| (name, Held::Scalar(scalar.into()));
    let fields: Fields = content.fields.into_iter().map(held).collect();
    let record = right.then(|| schema::read(Container::of_kind(kind), &fields).ok())??;
    (!matches!(record, Record::Locked(_))).then_some(record)
}
