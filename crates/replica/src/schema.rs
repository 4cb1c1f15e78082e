//! How a document is laid out: one map per kind of record, and each record in it a flat map of
//! scalars under its id in hex.
//!
//! The text of a note alone is an Automerge text of its own: whoever edits it apart changes single letters of
//! it. It is there from the record's first change on, though it be empty.
//!
//! Flat, because two of a member's own machines may edit a record apart: what must change together
//! (a window, a reference) is one scalar, so that no merge can tear it. Names are never used again
//! for something else, and no field ever changes its type.
//!
//! | map | fields (`?`: may be missing) |
//! |---|---|
//! | profile | name, kind, area?, languages?, skills?, lends? (the last three one a line) |
//! | capacity | sealed |
//! | need, offer | category, title, detail?, urgent, window?, place?, amount, unit, roles?, lend?, mode, for? and consent?, standing, resting?, reviewed?, until?, posted |
//! | commitment | post (author, record), slots? or every?, amount, role?, say?, basis (hash, then records), made |
//! | answer | post (record), commitment (helper, record), verdict, doorstep?, at |
//! | withdrawal | commitment (record), slots?, at |
//! | outcome | commitment (helper, record), slot?, how, reason?, at |
//! | closure | post (record), how, of? (author, record), at |
//! | thanks | to? (member), post? (author, record), text, at |
//! | note | title, text (the one that merges), written, changed? |
//! | later | kind; of kind `shown`: days; of kind `invitation`: id, uses, until, sealed? |
//!
//! A record for chosen people has the fields `sealed` and `until?` and no others, in the map where it would
//! stand; what is sealed is what it would say there ([`crate::locked`]). Only then a need or an offer has the
//! field `audience`, members put end to end.
//!
//! Texts are strings, ids and hashes bytes put end to end, numbers unsigned integers, moments
//! timestamps in whole seconds. A window is an ISO 8601 interval of civil times and a zone:
//! `2026-11-12T09:20:00/2026-11-12T12:30:00[Europe/Madrid]`. A post with several times has one such
//! line for each; one that comes again and again has a second line with its rule as RFC 5545 writes it:
//! `RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=9`. Slots are their civil starts and roles `2 with a van`, one a
//! line. What is false or empty is left out, where the table has a `?`.

use automerge::ScalarValue;
use closeknit_domain::{Kind, Locked, PostKind, Record};

use crate::fields::{Fields, OutOfRange};

mod commitment;
mod ending;
mod invitation;
mod note;
mod post;
mod profile;
mod shown;
mod time;
mod words;

/// The maps that every document has from its first change on, in the order in which that change
/// makes them: those of mutual-aid's table of records, also the ones that no version writes yet, and
/// a last one for kinds nobody has thought of. Two machines that each made a missing map would lose
/// one of the two.
pub(crate) const CONTAINERS: [&str; 16] = [
    "profile",
    "capacity",
    "need",
    "offer",
    "commitment",
    "answer",
    "withdrawal",
    "outcome",
    "closure",
    "thanks",
    "referral",
    "reply",
    "proposal",
    "vote",
    "note",
    "later",
];

/// The maps whose records this version reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Container {
    Profile,
    Capacity,
    Need,
    Offer,
    Commitment,
    Answer,
    Withdrawal,
    Outcome,
    Closure,
    Thanks,
    Note,
    Later,
}

impl Container {
    pub(crate) const ALL: [Self; 12] = [
        Self::Profile,
        Self::Capacity,
        Self::Need,
        Self::Offer,
        Self::Commitment,
        Self::Answer,
        Self::Withdrawal,
        Self::Outcome,
        Self::Closure,
        Self::Thanks,
        Self::Note,
        Self::Later,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Capacity => "capacity",
            Self::Need => "need",
            Self::Offer => "offer",
            Self::Commitment => "commitment",
            Self::Answer => "answer",
            Self::Withdrawal => "withdrawal",
            Self::Outcome => "outcome",
            Self::Closure => "closure",
            Self::Thanks => "thanks",
            Self::Note => "note",
            Self::Later => "later",
        }
    }

    /// Where a record belongs.
    pub(crate) const fn of(record: &Record) -> Self {
        match record {
            Record::Profile(_) => Self::Profile,
            Record::Capacity(_) => Self::Capacity,
            Record::Post(post) => match post.kind {
                PostKind::Need => Self::Need,
                PostKind::Offer => Self::Offer,
            },
            Record::Commitment(_) => Self::Commitment,
            Record::Answer(_) => Self::Answer,
            Record::Withdrawal(_) => Self::Withdrawal,
            Record::Outcome(_) => Self::Outcome,
            Record::Closure(_) => Self::Closure,
            Record::Thanks(_) => Self::Thanks,
            Record::Note(_) => Self::Note,
            Record::Shown(_) | Record::Invitation(_) => Self::Later,
            Record::Locked(locked) => Self::of_kind(locked.kind),
        }
    }

    /// Where a record for chosen people belongs.
    pub(crate) const fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::Need => Self::Need,
            Kind::Offer => Self::Offer,
            Kind::Commitment => Self::Commitment,
            Kind::Answer => Self::Answer,
            Kind::Withdrawal => Self::Withdrawal,
            Kind::Closure => Self::Closure,
            Kind::Outcome => Self::Outcome,
            Kind::Thanks => Self::Thanks,
        }
    }

    /// What may stand here for chosen people.
    const fn kind(self) -> Option<Kind> {
        Some(match self {
            Self::Need => Kind::Need,
            Self::Offer => Kind::Offer,
            Self::Commitment => Kind::Commitment,
            Self::Answer => Kind::Answer,
            Self::Withdrawal => Kind::Withdrawal,
            Self::Closure => Kind::Closure,
            Self::Outcome => Kind::Outcome,
            Self::Thanks => Kind::Thanks,
            Self::Profile | Self::Capacity | Self::Note | Self::Later => return None,
        })
    }
}

/// The fields of a record.
pub(crate) fn write(record: &Record) -> Fields {
    let mut fields = Fields::default();
    match record {
        Record::Profile(profile) => profile::write(profile, &mut fields),
        Record::Capacity(sealed) => fields.set("sealed", ScalarValue::Bytes(sealed.as_bytes().to_vec())),
        Record::Post(post) => post::write(post, &mut fields),
        Record::Commitment(commitment) => commitment::write(commitment, &mut fields),
        Record::Answer(answer) => commitment::write_answer(answer, &mut fields),
        Record::Withdrawal(withdrawal) => commitment::write_withdrawal(withdrawal, &mut fields),
        Record::Outcome(outcome) => ending::write_outcome(outcome, &mut fields),
        Record::Closure(closure) => ending::write_closure(closure, &mut fields),
        Record::Thanks(thanks) => ending::write_thanks(thanks, &mut fields),
        Record::Shown(shown) => shown::write(shown, &mut fields),
        Record::Invitation(open) => invitation::write(open, &mut fields),
        Record::Note(note) => note::write(note, &mut fields),
        Record::Locked(locked) => {
            fields.set("sealed", ScalarValue::Bytes(locked.sealed.as_bytes().to_vec()));
            if let Some(until) = locked.until {
                fields.set_moment("until", until);
            }
        }
    }
    fields
}

/// Whether this version knows what the record is about: in `later` each says its kind, and one of another
/// kind is not odd.
pub(crate) fn is_known(container: Container, fields: &Fields) -> bool {
    let known = |kind: String| [shown::KIND, invitation::KIND].contains(&&*kind);
    container != Container::Later || fields.text("kind").is_ok_and(known)
}

/// The record in `fields`, of a kind that is known.
///
/// # Errors
/// If a field is missing, of another type, or out of range.
pub(crate) fn read(container: Container, fields: &Fields) -> Result<Record, OutOfRange> {
    if let Some(kind) = container.kind()
        && let Some(sealed) = fields.sealed("sealed")?
    {
        return Ok(Record::Locked(Locked { kind, until: fields.moment_if("until")?, sealed }));
    }
    Ok(match container {
        Container::Profile => Record::Profile(profile::read(fields)?),
        Container::Capacity => Record::Capacity(fields.sealed("sealed")?.ok_or(OutOfRange("sealed"))?),
        Container::Need => Record::Post(post::read(PostKind::Need, fields)?),
        Container::Offer => Record::Post(post::read(PostKind::Offer, fields)?),
        Container::Commitment => Record::Commitment(commitment::read(fields)?),
        Container::Answer => Record::Answer(commitment::read_answer(fields)?),
        Container::Withdrawal => Record::Withdrawal(commitment::read_withdrawal(fields)?),
        Container::Outcome => Record::Outcome(ending::read_outcome(fields)?),
        Container::Closure => Record::Closure(ending::read_closure(fields)?),
        Container::Thanks => Record::Thanks(ending::read_thanks(fields)?),
        Container::Note => Record::Note(note::read(fields)?),
        Container::Later if fields.text::<String>("kind")? == invitation::KIND => {
            Record::Invitation(invitation::read(fields)?)
        }
        Container::Later => Record::Shown(shown::read(fields)?),
    })
}
