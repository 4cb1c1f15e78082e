//! Who may open doorstep details, and for how long (trust-and-sync, *Sealing*).

use closeknit_ids::{MemberId, RecordId};
use jiff::{SignedDuration, Timestamp};

use crate::{
    Board, Known,
    record::{Answer, CommitmentRef, Record, Verdict},
    slots::SlotId,
    state::{AnswerRef, CommitmentState, CommitmentStatus, PostStatus},
};

/// So long after the end they are shown, to both sides.
pub const SHOWN_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Board {
    /// The answer whose doorstep details `viewer` may open for this promise: the helper or the one who
    /// answered, once it was accepted, until [`SHOWN_AFTER`] the end.
    #[must_use]
    pub fn doorstep(
        &self,
        known: &Known<'_>,
        commitment: CommitmentRef,
        viewer: MemberId,
    ) -> Option<AnswerRef> {
        let state = self.commitment(commitment)?;
        let answer = state.answer?;
        let party = viewer == commitment.helper || viewer == answer.author;
        let shown = match state.status {
            CommitmentStatus::Going(_) | CommitmentStatus::CheckAgain => true,
            // Who took back what was to come has no business at the door any more.
            CommitmentStatus::Done(_) | CommitmentStatus::Partly(_) => !withdrawn_somewhere(state),
            _ => false,
        };
        let lately = self
            .end(known, state)
            .is_none_or(|end| known.now < end.checked_add(SHOWN_AFTER).unwrap_or(Timestamp::MAX));
        (party && shown && lately && state.verdict == Some(Verdict::Accept)).then_some(answer)
    }

    /// The answers of a member that hold doorstep details which nobody is shown any more, because the end is
    /// [`SHOWN_AFTER`] ago: they are kept no longer.
    pub fn doorsteps_to_forget<'a>(
        &'a self,
        known: &'a Known<'a>,
        member: MemberId,
    ) -> impl Iterator<Item = (RecordId, &'a Answer)> {
        let own = known.members.get(&member).into_iter().flatten();
        own.filter_map(move |(id, record)| match record {
            Record::Answer(answer) if answer.doorstep.is_some() => {
                let end = self.end(known, self.commitment(answer.commitment)?)?;
                (end.checked_add(SHOWN_AFTER).ok()? <= known.now).then_some((*id, answer))
            }
            _ => None,
        })
    }

    /// When the last of what a promise is for is over, or was. The board holds every week of a standing offer
    /// that a promise names; the post itself knows only its first time.
    fn end(&self, known: &Known<'_>, promise: &CommitmentState) -> Option<Timestamp> {
        let (when, stands) = (&known.post(promise.counts_for)?.when, self.post(promise.counts_for)?);
        let slots = || promise.slots.iter().map(|(slot, _)| *slot);
        let window = |slot: SlotId| {
            let shown = stands.slots.iter().find(|time| time.slot == slot).map(|time| time.window.clone());
            shown.or_else(|| when.slot(slot)).map(|window| window.ends())
        };
        if !promise.slots.is_empty() {
            // Of times that are gone nobody knows how long they were to be.
            let last = slots().filter_map(window).max();
            return last.or_else(|| slots().map(|SlotId(begins)| known.zone.moment(begins)).max());
        }
        when.ends().or(match stands.status {
            PostStatus::Met { at }
            | PostStatus::PartlyMet { at }
            | PostStatus::NoLongerNeeded { at }
            | PostStatus::Withdrawn { at }
            | PostStatus::Expired { at } => Some(at),
            // Nobody says what became of it.
            PostStatus::Asking => stands.expires,
            _ => None,
        })
    }
}

fn withdrawn_somewhere(state: &CommitmentState) -> bool {
    state.slots.iter().any(|(_, status)| matches!(status, CommitmentStatus::Withdrawn { .. }))
}
