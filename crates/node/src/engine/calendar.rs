//! Own promises for the member's own calendar. The file leaves the app's protection, so it says when and what,
//! and nothing of the doorstep.

use std::path::Path;

use closeknit_api::{Phrase, calls, views::CalendarReport};
use closeknit_archive::calendar::{self, Event, Stands};
use closeknit_domain::{
    Audience, Board, CommitmentRef, CommitmentState, CommitmentStatus, Known, SlotId, time::Window,
};
use closeknit_ids::CircleId;

use super::{
    Engine, Moment, VERSION,
    failure::{Failure, Outcome},
};
use crate::{files::problem, profile::write_private};

impl Engine {
    pub(super) fn export_calendar(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::ExportCalendar,
    ) -> Outcome<CalendarReport> {
        let circle = self.circle(id)?;
        let (known, board) = (circle.known(at.now), circle.board(at.now));
        let own = board.commitments_of(circle.me);
        let mut events = Vec::new();
        let (mut timeless, mut chosen) = (0_u32, 0_u32);
        for (promise, state) in own {
            // What is for chosen people alone does not leave for a file that anybody may read.
            let post = known.post(board.leader(state.counts_for));
            if post.is_some_and(|post| post.audience != Audience::Circle) {
                chosen += u32::from(state.status.is_live());
                continue;
            }
            let times = times(&known, &board, promise, state);
            timeless += u32::from(times.is_empty() && state.status.is_live());
            events.extend(times);
        }
        let file = calendar::write(&events, at.now, &format!("Closeknit {VERSION}"));
        let path = Path::new(&call.path);
        write_private(path, file.as_bytes()).map_err(|error| Failure(problem(path, &error)))?;
        let path = path.display().to_string();
        let said = Phrase::new("calendar-written").text("path", path.clone()).number("count", events.len());
        let left_out = [("calendar-timeless", timeless), ("calendar-chosen", chosen)];
        let left_out = left_out.into_iter().filter(|(_, count)| *count > 0);
        let notes = left_out.map(|(id, count)| Phrase::new(id).number("count", count));
        Ok(CalendarReport {
            path,
            events: u32::try_from(events.len()).unwrap_or(u32::MAX),
            says: said,
            notes: notes.chain([Phrase::new("calendar-open")]).collect(),
        })
    }
}

/// The times of a promise, as far as they are set.
fn times(known: &Known<'_>, board: &Board, promise: CommitmentRef, state: &CommitmentState) -> Vec<Event> {
    let leader = board.leader(state.counts_for);
    let Some(post) = known.post(leader) else { return Vec::new() };
    let event = |slot: Option<SlotId>, window: &Window, status| Event {
        promise: promise.id,
        slot: slot.map(|slot| slot.0),
        title: post.title.to_string(),
        at: window.begins()..window.ends(),
        stands: stands(status),
    };
    if post.when.has_slots() {
        let several = state
            .slots
            .iter()
            .filter_map(|(slot, status)| Some(event(Some(*slot), &post.when.slot(*slot)?, *status)));
        return several.collect();
    }
    post.when.once().map(|window| event(None, window, state.status)).into_iter().collect()
}

const fn stands(status: CommitmentStatus) -> Stands {
    match status {
        CommitmentStatus::Going(_) | CommitmentStatus::Done(_) | CommitmentStatus::Partly(_) => {
            Stands::Confirmed
        }
        CommitmentStatus::Offered(_)
        | CommitmentStatus::Likely(_)
        | CommitmentStatus::StandingBy
        | CommitmentStatus::CheckAgain => Stands::Tentative,
        CommitmentStatus::Declined
        | CommitmentStatus::Withdrawn { .. }
        | CommitmentStatus::Void(_)
        | CommitmentStatus::DidNotHappen
        | CommitmentStatus::FormerMember => Stands::Cancelled,
    }
}
