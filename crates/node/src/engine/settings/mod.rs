//! What this machine alone knows, beside the log.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_domain::{CommitmentRef, Notice, today::Quiet};
use closeknit_ids::{CircleId, DeviceId, DocId, MemberId, RecordId, StatementId};
use closeknit_net::Salt;
use closeknit_store::{Batch, Scope, View};
use closeknit_trust::{invitation::TokenKey, seal::Recipient, words::Nonce};
use jiff::{Timestamp, civil::Time};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    failure::{Failure, Outcome},
    practice::Practice,
};

mod going;

pub(crate) use going::*;

const MEMBER: &str = "member";
const NONCE: &str = "nonce";
const CURRENT: &str = "current-circle";
const RECIPIENT: &str = "backup-recipient";
const SALTS: &str = "own-salts";
const WORDS_KEPT: &str = "words-kept";
const SILENT: &str = "silent-about-seen";
const TOLD: &str = "told";
const THANKS_READ: &str = "thanks-read";
const QUIET: &str = "quiet-hours";
const CLOCKS: &str = "clocks";
const MARKED: &str = "marked-at";
const SHUNNED: &str = "shunned";
const AVOIDED: &str = "avoided";
const PRACTICE: &str = "practice";
const COPIED: &str = "copied-at";

/// What stands under a name, if this version can read it.
fn kept<T: DeserializeOwned>(view: View<'_>, scope: Scope, name: &str) -> Outcome<Option<T>> {
    let bytes = view.setting(scope, name)?;
    Ok(bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()))
}

fn keep(batch: &mut Batch<'_>, scope: Scope, name: &str, value: &(impl Serialize + ?Sized)) -> Outcome<()> {
    let bytes = postcard::to_stdvec(value).map_err(Failure::internal)?;
    Ok(batch.set(scope, name, &bytes)?)
}

/// Something that is so of a circle, or not.
fn is_set(view: View<'_>, circle: CircleId, name: &str) -> Outcome<bool> {
    Ok(view.setting(Scope::Circle(circle), name)?.is_some())
}

fn set_or_not(batch: &mut Batch<'_>, circle: CircleId, name: &str, is_so: bool) -> Outcome<()> {
    match is_so {
        true => Ok(batch.set(Scope::Circle(circle), name, &[1])?),
        false => Ok(batch.unset(Scope::Circle(circle), name)?),
    }
}

/// Whom this profile speaks for in a circle. Nothing, where that note is lost.
pub(crate) fn member(view: View<'_>, circle: CircleId) -> Outcome<Option<MemberId>> {
    let bytes = view.setting(Scope::Circle(circle), MEMBER)?;
    Ok(bytes.as_deref().and_then(MemberId::from_slice))
}

/// Notes whom this profile speaks for in a circle, and from which number their key is made.
pub(crate) fn set_member(
    batch: &mut Batch<'_>,
    circle: CircleId,
    member: MemberId,
    nonce: Nonce,
) -> Outcome<()> {
    batch.set(Scope::Circle(circle), MEMBER, member.as_bytes())?;
    batch.set(Scope::Circle(circle), NONCE, &nonce.0)?;
    Ok(())
}

/// From which number the member key of a circle is made.
pub(crate) fn nonce(view: View<'_>, circle: CircleId) -> Outcome<Nonce> {
    let bytes = view.setting(Scope::Circle(circle), NONCE)?;
    let bytes = bytes.and_then(|bytes| <[u8; 16]>::try_from(bytes.as_slice()).ok());
    bytes.map(Nonce).ok_or_else(|| Failure::internal("a circle without its nonce"))
}

/// The circle shown last.
pub(crate) fn current(view: View<'_>) -> Outcome<Option<CircleId>> {
    Ok(view.setting(Scope::Profile, CURRENT)?.as_deref().and_then(CircleId::from_slice))
}

pub(crate) fn set_current(batch: &mut Batch<'_>, circle: CircleId) -> Outcome<()> {
    Ok(batch.set(Scope::Profile, CURRENT, circle.as_bytes())?)
}

/// The recovery words were written down and checked.
pub(crate) fn words_kept(view: View<'_>) -> Outcome<bool> {
    Ok(view.setting(Scope::Profile, WORDS_KEPT)?.is_some())
}

pub(crate) fn set_words_kept(batch: &mut Batch<'_>) -> Outcome<()> {
    Ok(batch.set(Scope::Profile, WORDS_KEPT, &[1])?)
}

/// How the words on paper are practised.
pub(crate) fn practice(view: View<'_>) -> Outcome<Option<Practice>> {
    kept(view, Scope::Profile, PRACTICE)
}

pub(crate) fn set_practice(batch: &mut Batch<'_>, practice: &Practice) -> Outcome<()> {
    keep(batch, Scope::Profile, PRACTICE, practice)
}

/// Whom backups are sealed to: the public half of a key that only the words make.
pub(crate) fn backup_recipient(view: View<'_>) -> Outcome<Option<Recipient>> {
    kept(view, Scope::Profile, RECIPIENT)
}

pub(crate) fn set_backup_recipient(batch: &mut Batch<'_>, recipient: &Recipient) -> Outcome<()> {
    keep(batch, Scope::Profile, RECIPIENT, recipient)
}

/// From which number the own key is made in the circle of an invitation, as long as nobody is in.
pub(crate) fn joining_nonce(view: View<'_>, token: &TokenKey) -> Outcome<Option<Nonce>> {
    let bytes = view.setting(Scope::Profile, &joining_key(token))?;
    Ok(bytes.and_then(|bytes| <[u8; 16]>::try_from(bytes.as_slice()).ok()).map(Nonce))
}

pub(crate) fn set_joining_nonce(
    batch: &mut Batch<'_>,
    token: &TokenKey,
    nonce: Option<Nonce>,
) -> Outcome<()> {
    match nonce {
        Some(nonce) => Ok(batch.set(Scope::Profile, &joining_key(token), &nonce.0)?),
        None => Ok(batch.unset(Scope::Profile, &joining_key(token))?),
    }
}

fn joining_key(token: &TokenKey) -> String {
    format!("joining/{}", StatementId(token.0))
}

/// Whether an invitation leads to one more machine of the member's own.
pub(crate) fn pairs(view: View<'_>, circle: CircleId, token: &TokenKey) -> Outcome<bool> {
    Ok(view.setting(Scope::Circle(circle), &pairs_key(token))?.is_some())
}

pub(crate) fn set_pairs(batch: &mut Batch<'_>, circle: CircleId, token: &TokenKey) -> Outcome<()> {
    Ok(batch.set(Scope::Circle(circle), &pairs_key(token), &[1])?)
}

fn pairs_key(token: &TokenKey) -> String {
    format!("pairs/{}", StatementId(token.0))
}

/// Own records that a machine held when both were last equal.
pub(crate) fn sent(view: View<'_>, circle: CircleId, device: DeviceId) -> Outcome<BTreeSet<RecordId>> {
    Ok(kept(view, Scope::Circle(circle), &sent_key(device))?.unwrap_or_default())
}

pub(crate) fn set_sent(
    batch: &mut Batch<'_>,
    circle: CircleId,
    device: DeviceId,
    posts: &BTreeSet<RecordId>,
) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), &sent_key(device), posts)
}

fn sent_key(device: DeviceId) -> String {
    format!("sent/{device}")
}

/// Own records that a member said they have seen.
pub(crate) fn seen_by(view: View<'_>, circle: CircleId, member: MemberId) -> Outcome<BTreeSet<RecordId>> {
    Ok(kept(view, Scope::Circle(circle), &seen_key(member))?.unwrap_or_default())
}

pub(crate) fn set_seen_by(
    batch: &mut Batch<'_>,
    circle: CircleId,
    member: MemberId,
    records: &BTreeSet<RecordId>,
) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), &seen_key(member), records)
}

fn seen_key(member: MemberId) -> String {
    format!("seen/{member}")
}

/// Whether others are told what this member has seen; yes unless they said no.
pub(crate) fn tells_seen(view: View<'_>) -> Outcome<bool> {
    Ok(view.setting(Scope::Profile, SILENT)?.is_none())
}

pub(crate) fn set_tells_seen(batch: &mut Batch<'_>, on: bool) -> Outcome<()> {
    if on {
        batch.unset(Scope::Profile, SILENT)?
    } else {
        batch.set(Scope::Profile, SILENT, &[1])?
    };
    Ok(())
}

/// When it was last said what was seen in a circle.
pub(crate) fn marked_at(view: View<'_>, circle: CircleId) -> Outcome<Option<Timestamp>> {
    let bytes = view.setting(Scope::Circle(circle), MARKED)?;
    let seconds = bytes.and_then(|bytes| bytes.as_slice().try_into().ok()).map(i64::from_be_bytes);
    Ok(seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()))
}

pub(crate) fn set_marked_at(batch: &mut Batch<'_>, circle: CircleId, at: Timestamp) -> Outcome<()> {
    Ok(batch.set(Scope::Circle(circle), MARKED, &at.as_second().to_be_bytes())?)
}

/// The machines of a helper that their doorstep details were sealed to, or that their author said no about.
pub(crate) fn doorstep(
    view: View<'_>,
    circle: CircleId,
    promise: CommitmentRef,
) -> Outcome<Option<BTreeSet<DeviceId>>> {
    kept(view, Scope::Circle(circle), &doorstep_key(promise))
}

pub(crate) fn set_doorstep(
    batch: &mut Batch<'_>,
    circle: CircleId,
    promise: CommitmentRef,
    machines: &BTreeSet<DeviceId>,
) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), &doorstep_key(promise), machines)
}

fn doorstep_key(promise: CommitmentRef) -> String {
    format!("doorstep/{}/{}", promise.helper, promise.id)
}

/// When it was last seen that another machine goes by this one's keys.
pub(crate) fn copied_at(view: View<'_>, circle: CircleId) -> Outcome<Option<Timestamp>> {
    let bytes = view.setting(Scope::Circle(circle), COPIED)?;
    let seconds = bytes.and_then(|bytes| bytes.as_slice().try_into().ok()).map(i64::from_be_bytes);
    Ok(seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()))
}

pub(crate) fn set_copied_at(batch: &mut Batch<'_>, circle: CircleId, at: Timestamp) -> Outcome<()> {
    Ok(batch.set(Scope::Circle(circle), COPIED, &at.as_second().to_be_bytes())?)
}

/// What a document looked like when it was last said how far it was seen.
pub(crate) fn marked_look(view: View<'_>, circle: CircleId, doc: DocId) -> Outcome<Option<[u8; 32]>> {
    let bytes = view.setting(Scope::Circle(circle), &format!("marked/{doc}"))?;
    Ok(bytes.and_then(|bytes| bytes.as_slice().try_into().ok()))
}

pub(crate) fn set_marked_look(
    batch: &mut Batch<'_>,
    circle: CircleId,
    doc: DocId,
    look: &[u8; 32],
) -> Outcome<()> {
    Ok(batch.set(Scope::Circle(circle), &format!("marked/{doc}"), look)?)
}

/// Machines to have nothing to do with, and until when, in seconds since 1970.
pub(crate) fn shunned(view: View<'_>, circle: CircleId) -> Outcome<BTreeMap<DeviceId, i64>> {
    Ok(kept(view, Scope::Circle(circle), SHUNNED)?.unwrap_or_default())
}

pub(crate) fn set_shunned(
    batch: &mut Batch<'_>,
    circle: CircleId,
    shunned: &BTreeMap<DeviceId, i64>,
) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), SHUNNED, shunned)
}

/// Whom the member would rather not meet: here, and nowhere else.
pub(crate) fn avoided(view: View<'_>, circle: CircleId) -> Outcome<BTreeSet<MemberId>> {
    Ok(kept(view, Scope::Circle(circle), AVOIDED)?.unwrap_or_default())
}

pub(crate) fn set_avoided(
    batch: &mut Batch<'_>,
    circle: CircleId,
    avoided: &BTreeSet<MemberId>,
) -> Outcome<()> {
    if avoided.is_empty() {
        return Ok(batch.unset(Scope::Circle(circle), AVOIDED)?);
    }
    keep(batch, Scope::Circle(circle), AVOIDED, avoided)
}

/// The salts of one's own door, newest first.
pub(crate) fn own_salts(view: View<'_>, circle: CircleId) -> Outcome<Vec<Salt>> {
    let bytes = view.setting(Scope::Circle(circle), SALTS)?.unwrap_or_default();
    Ok(bytes.chunks_exact(16).filter_map(|salt| salt.try_into().ok().map(Salt)).collect())
}

pub(crate) fn set_own_salts(batch: &mut Batch<'_>, circle: CircleId, salts: &[Salt]) -> Outcome<()> {
    let bytes: Vec<u8> = salts.iter().flat_map(|salt| salt.0).collect();
    Ok(batch.set(Scope::Circle(circle), SALTS, &bytes)?)
}

/// The salt of another machine's door, as last heard.
pub(crate) fn salt_of(view: View<'_>, circle: CircleId, device: DeviceId) -> Outcome<Option<Salt>> {
    let bytes = view.setting(Scope::Circle(circle), &format!("salt/{device}"))?;
    Ok(bytes.and_then(|bytes| bytes.as_slice().try_into().ok()).map(Salt))
}

pub(crate) fn set_salt_of(
    batch: &mut Batch<'_>,
    circle: CircleId,
    device: DeviceId,
    salt: Salt,
) -> Outcome<()> {
    Ok(batch.set(Scope::Circle(circle), &format!("salt/{device}"), &salt.0)?)
}

/// What the member was told of.
pub(crate) fn told(view: View<'_>, circle: CircleId) -> Outcome<BTreeSet<Notice>> {
    Ok(kept(view, Scope::Circle(circle), TOLD)?.unwrap_or_default())
}

pub(crate) fn set_told(batch: &mut Batch<'_>, circle: CircleId, told: &BTreeSet<Notice>) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), TOLD, told)
}

/// Thanks that the member has looked at, by who said them.
pub(crate) fn thanks_read(view: View<'_>, circle: CircleId) -> Outcome<BTreeSet<(MemberId, RecordId)>> {
    Ok(kept(view, Scope::Circle(circle), THANKS_READ)?.unwrap_or_default())
}

pub(crate) fn set_thanks_read(
    batch: &mut Batch<'_>,
    circle: CircleId,
    read: &BTreeSet<(MemberId, RecordId)>,
) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), THANKS_READ, read)
}

/// The hours in which the member is told of nothing, and whether they are heeded.
pub(crate) fn quiet(view: View<'_>) -> Outcome<(bool, Quiet)> {
    let night = Quiet { from: Time::constant(21, 0, 0, 0), to: Time::constant(8, 0, 0, 0) };
    let bytes = view.setting(Scope::Profile, QUIET)?;
    let set = bytes.and_then(|bytes| postcard::from_bytes::<(bool, Time, Time)>(&bytes).ok());
    Ok(set.map_or((true, night), |(on, from, to)| (on, Quiet { from, to })))
}

pub(crate) fn set_quiet(batch: &mut Batch<'_>, on: bool, hours: Quiet) -> Outcome<()> {
    let bytes = postcard::to_stdvec(&(on, hours.from, hours.to)).map_err(Failure::internal)?;
    Ok(batch.set(Scope::Profile, QUIET, &bytes)?)
}

/// How far the clocks of other machines were ahead, and when that was seen, both in seconds.
pub(crate) fn clocks(view: View<'_>, circle: CircleId) -> Outcome<BTreeMap<DeviceId, (i64, i64)>> {
    Ok(kept(view, Scope::Circle(circle), CLOCKS)?.unwrap_or_default())
}

pub(crate) fn set_clocks(
    batch: &mut Batch<'_>,
    circle: CircleId,
    clocks: &BTreeMap<DeviceId, (i64, i64)>,
) -> Outcome<()> {
    keep(batch, Scope::Circle(circle), CLOCKS, clocks)
}

const LOCK_AFTER: &str = "lock-after";

/// After how many minutes without anybody it locks; 0 is never.
pub(crate) fn lock_after(view: View<'_>) -> Outcome<u32> {
    let bytes = view.setting(Scope::Profile, LOCK_AFTER)?;
    Ok(bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()).unwrap_or(super::locking::MINUTES))
}

pub(crate) fn set_lock_after(batch: &mut Batch<'_>, minutes: u32) -> Outcome<()> {
    let bytes = postcard::to_stdvec(&minutes).map_err(Failure::internal)?;
    Ok(batch.set(Scope::Profile, LOCK_AFTER, &bytes)?)
}
