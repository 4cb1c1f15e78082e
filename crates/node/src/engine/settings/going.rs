//! What this machine knows of what goes: what was left behind and forgotten, who is gone, and circles that were left.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{CircleId, DeviceId, MemberId};
use closeknit_store::{Batch, Scope, View};
use jiff::Timestamp;

use super::{is_set, keep, kept, set_or_not};
use crate::engine::{
    failure::Outcome,
    leaving::{Farewell, Looked},
    left_behind::Left,
};

const BEHIND: &str = "behind";
const LEFT: &str = "left-behind";
const GONE: &str = "gone-since";
const OLD_FILES: &str = "old-files";
const SEASON: &str = "forgotten-at";
const KEEPS: &str = "keeps-what-is-over";
const LEAVING: &str = "leaving";
const HEARD: &str = "heard-of-leaving";
const PUT_OUT: &str = "put-out";
const PURGED: &str = "purged";
const LOOKED: &str = "looked-to-leave";

/// Whether what this machine holds of a circle came back from a backup or from what could be read of a
/// damaged database, and no other machine was met since: its own member may have gone on elsewhere.
pub(crate) fn behind(view: View<'_>, circle: CircleId) -> Outcome<bool> {
    is_set(view, circle, BEHIND)
}

pub(crate) fn set_behind(batch: &mut Batch<'_>, circle: CircleId, behind: bool) -> Outcome<()> {
    set_or_not(batch, circle, BEHIND, behind)
}

/// Generations that were left behind and are still in the log.
pub(crate) fn left(view: View<'_>, circle: CircleId) -> Outcome<Vec<Left>> {
    Ok(kept(view, Scope::Circle(circle), LEFT)?.unwrap_or_default())
}

pub(crate) fn set_left(batch: &mut Batch<'_>, circle: CircleId, left: &[Left]) -> Outcome<()> {
    if left.is_empty() {
        return Ok(batch.unset(Scope::Circle(circle), LEFT)?);
    }
    keep(batch, Scope::Circle(circle), LEFT, left)
}

/// Members who went or were removed, and since when that is known here, in seconds since 1970.
pub(crate) fn gone(view: View<'_>, circle: CircleId) -> Outcome<BTreeMap<MemberId, i64>> {
    Ok(kept(view, Scope::Circle(circle), GONE)?.unwrap_or_default())
}

pub(crate) fn set_gone(
    batch: &mut Batch<'_>,
    circle: CircleId,
    gone: &BTreeMap<MemberId, i64>,
) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), GONE, gone)
}

/// Old copies of the database by their names, and since when they are known of, in seconds since 1970.
pub(crate) fn old_files(view: View<'_>) -> Outcome<BTreeMap<String, i64>> {
    Ok(kept(view, Scope::Profile, OLD_FILES)?.unwrap_or_default())
}

pub(crate) fn set_old_files(batch: &mut Batch<'_>, files: &BTreeMap<String, i64>) -> Outcome<()> {
    keep(batch, Scope::Profile, OLD_FILES, files)
}

/// When this machine last made a circle forget what is long over.
pub(crate) fn forgotten_at(view: View<'_>, circle: CircleId) -> Outcome<Option<Timestamp>> {
    let bytes = view.setting(Scope::Circle(circle), SEASON)?;
    let seconds = bytes.and_then(|bytes| bytes.as_slice().try_into().ok()).map(i64::from_be_bytes);
    Ok(seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()))
}

pub(crate) fn set_forgotten_at(batch: &mut Batch<'_>, circle: CircleId, at: Timestamp) -> Outcome<()> {
    Ok(batch.set(Scope::Circle(circle), SEASON, &at.as_second().to_be_bytes())?)
}

/// Whether what is long over is forgotten by itself; yes unless the member said no.
pub(crate) fn forgets(view: View<'_>) -> Outcome<bool> {
    Ok(view.setting(Scope::Profile, KEEPS)?.is_none())
}

pub(crate) fn set_forgets(batch: &mut Batch<'_>, on: bool) -> Outcome<()> {
    match on {
        true => Ok(batch.unset(Scope::Profile, KEEPS)?),
        false => Ok(batch.set(Scope::Profile, KEEPS, &[1])?),
    }
}

/// That the member left, and nobody is known to have heard of it.
pub(crate) fn leaving(view: View<'_>, circle: CircleId) -> Outcome<Option<Farewell>> {
    kept(view, Scope::Circle(circle), LEAVING)
}

pub(crate) fn set_leaving(
    batch: &mut Batch<'_>,
    circle: CircleId,
    farewell: Option<&Farewell>,
) -> Outcome<()> {
    let Some(farewell) = farewell else { return Ok(batch.unset(Scope::Circle(circle), LEAVING)?) };
    keep(batch, Scope::Circle(circle), LEAVING, farewell)
}

/// The machines that have heard that the member left.
pub(crate) fn heard_of_leaving(view: View<'_>, circle: CircleId) -> Outcome<BTreeSet<DeviceId>> {
    Ok(kept(view, Scope::Circle(circle), HEARD)?.unwrap_or_default())
}

pub(crate) fn set_heard_of_leaving(
    batch: &mut Batch<'_>,
    circle: CircleId,
    heard: &BTreeSet<DeviceId>,
) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), HEARD, heard)
}

/// On how many days this machine looked for somebody to tell that the member left.
pub(crate) fn looked_to_leave(view: View<'_>, circle: CircleId) -> Outcome<Option<Looked>> {
    kept(view, Scope::Circle(circle), LOOKED)
}

pub(crate) fn set_looked_to_leave(batch: &mut Batch<'_>, circle: CircleId, looked: &Looked) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), LOOKED, looked)
}

/// Whether another machine said that the member does not belong any more.
pub(crate) fn put_out(view: View<'_>, circle: CircleId) -> Outcome<bool> {
    is_set(view, circle, PUT_OUT)
}

pub(crate) fn set_put_out(batch: &mut Batch<'_>, circle: CircleId, put_out: bool) -> Outcome<()> {
    set_or_not(batch, circle, PUT_OUT, put_out)
}

/// Whether something was purged, and pages with traces of it may not be written anew yet.
pub(crate) fn purged(view: View<'_>, circle: CircleId) -> Outcome<bool> {
    is_set(view, circle, PURGED)
}

pub(crate) fn set_purged(batch: &mut Batch<'_>, circle: CircleId, purged: bool) -> Outcome<()> {
    set_or_not(batch, circle, PURGED, purged)
}
