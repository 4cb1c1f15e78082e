//! Record rows: the cache of what the documents say, in the shape that the rules read.

use std::{collections::BTreeMap, ops::ControlFlow};

use closeknit_domain::{MemberRecords, Post, Record};
use closeknit_ids::{CircleId, MemberId};
use closeknit_store::{Batch, RecordRow, Scope, StoreError, View};

use super::failure::Outcome;

/// The layout that rows are written in. It comes first in each, and rises whenever a record changes:
/// the encoding says nothing about itself. (Rows of the first layout began with a number below 128.)
pub(crate) const LAYOUT: u8 = 128 + 5;

/// Written beside the rows: which layout they have. Where it is missing they are made anew at the next start.
const SHAPE_KEY: &str = "records-shape";

/// Whether the rows of a circle are what its log says, in the layout of this version.
pub(crate) fn are_trusted(view: View<'_>, circle: CircleId) -> Outcome<bool> {
    let shape = view.setting(Scope::Circle(circle), SHAPE_KEY)?;
    Ok(shape.as_deref() == Some(&[LAYOUT]))
}

/// Notes whether they are.
pub(crate) fn trust(batch: &mut Batch<'_>, circle: CircleId, are: bool) -> Outcome<()> {
    let scope = Scope::Circle(circle);
    if are {
        batch.set(scope, SHAPE_KEY, &[LAYOUT])?
    } else {
        batch.unset(scope, SHAPE_KEY)?
    }
    Ok(())
}

/// Encodes records for the store. The kind only helps whoever looks into the file.
pub(crate) fn rows(records: &MemberRecords) -> Vec<RecordRow> {
    let encoded = records.iter().filter_map(|(id, record)| {
        let body = postcard::to_extend(record, vec![LAYOUT]).ok()?;
        let (kind, changed) = (kind(record).to_owned(), own_time(record));
        Some(RecordRow { kind, record: *id, body, changed, words: words(record) })
    });
    encoded.collect()
}

/// What a record is found by in the index: what everybody in the circle may read of a post
/// or a note. Nothing that is
/// sealed, to whomever.
fn words(record: &Record) -> String {
    match record {
        Record::Post(post) => words_of(post),
        Record::Note(note) => [&*note.title, note.text.as_deref().unwrap_or_default()].join("\n"),
        _ => String::new(),
    }
}

/// The words of a post.
pub(crate) fn words_of(post: &Post) -> String {
    let person = post.proxy.as_ref().map(|proxy| &*proxy.person);
    let texts = [Some(&*post.title), post.detail.as_deref(), post.place.as_deref(), person];
    let roles = post.roles.iter().map(|role| &*role.name);
    texts.into_iter().flatten().chain(roles).collect::<Vec<_>>().join("\n")
}

/// All records of a circle, or nothing if a row was written by another version: then the caller
/// rebuilds them from the log.
pub(crate) fn read(
    view: View<'_>,
    circle: CircleId,
) -> Result<Option<BTreeMap<MemberId, MemberRecords>>, StoreError> {
    let (mut members, mut readable) = (BTreeMap::<MemberId, MemberRecords>::new(), true);
    view.visit_bodies(circle, |member, id, body| {
        let record = body.strip_prefix(&[LAYOUT]).and_then(|body| postcard::from_bytes(body).ok());
        let Some(record) = record else {
            readable = false;
            return ControlFlow::Break(());
        };
        members.entry(member).or_default().insert(id, record);
        ControlFlow::Continue(())
    })?;
    Ok(readable.then_some(members))
}

const fn kind(record: &Record) -> &'static str {
    match record {
        Record::Profile(_) => "profile",
        Record::Capacity(_) => "capacity",
        Record::Post(_) => "post",
        Record::Commitment(_) => "commitment",
        Record::Answer(_) => "answer",
        Record::Withdrawal(_) => "withdrawal",
        Record::Closure(_) => "closure",
        Record::Outcome(_) => "outcome",
        Record::Thanks(_) => "thanks",
        Record::Shown(_) => "shown",
        Record::Locked(_) => "locked",
        Record::Invitation(_) => "invitation",
        Record::Note(_) => "note",
    }
}

/// The time that the record itself names, by its author's clock.
fn own_time(record: &Record) -> i64 {
    match record {
        Record::Profile(_)
        | Record::Capacity(_)
        | Record::Shown(_)
        | Record::Locked(_)
        | Record::Invitation(_) => 0,
        Record::Post(post) => post.posted.as_second(),
        Record::Commitment(commitment) => commitment.made.as_second(),
        Record::Answer(answer) => answer.at.as_second(),
        Record::Withdrawal(withdrawal) => withdrawal.at.as_second(),
        Record::Closure(closure) => closure.at.as_second(),
        Record::Outcome(outcome) => outcome.at.as_second(),
        Record::Thanks(thanks) => thanks.at.as_second(),
        Record::Note(note) => note.last().as_second(),
    }
}
