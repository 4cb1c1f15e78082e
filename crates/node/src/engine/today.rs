//! What wants the member now, with what answers it at once.

use closeknit_api::{
    calls,
    views::{TodayAct, TodayItem, TodayView},
};
use closeknit_domain::{Board, PostRef, Sentence, SlotId, Today, time::Window, today::Item};
use closeknit_ids::CircleId;

use super::{
    Engine, Moment, board,
    failure::Outcome,
    sentence::{Reader, civil},
    times,
};

impl Engine {
    pub(super) fn today(&mut self, at: Moment, id: CircleId, _: &calls::Today) -> Outcome<TodayView> {
        let circle = self.circle(id)?;
        let (reader, states) = (circle.reader(at.now), circle.board(at.now));
        let today = Today::of(&reader.known, &states, circle.me);
        let views = |items: &[Item]| items.iter().filter_map(|item| view(&reader, &states, item)).collect();
        Ok(TodayView {
            asked: views(&today.asked),
            promises: views(&today.promises),
            happened: views(&today.happened),
            review: views(&today.review),
            near: self.near_in_a_word(at, id)?,
            clock: self.clock_says(circle, at.now),
        })
    }
}

fn view(reader: &Reader<'_>, states: &Board, item: &Item) -> Option<TodayItem> {
    let window = window(reader, states, item.post, item.slot);
    let acts = acts(&item.says);
    let ends =
        item.at.filter(|_| matches!(item.says, Sentence::NextStillNeeded {} | Sentence::NextStillOnOffer {}));
    Some(TodayItem {
        says: reader.phrase(&item.says),
        card: board::card(reader, states, item.post)?,
        promise: item.promise.map(board::promise_id),
        slot: item.slot.map(|slot| slot.to_string()),
        window: window.map(|window| board::window_view(reader, &window)),
        ends: ends.map(|at| civil(reader.known.zone, at)),
        acts: acts.to_vec(),
    })
}

/// When it is: one of several times, or the only one.
fn window(reader: &Reader<'_>, states: &Board, whose: PostRef, slot: Option<SlotId>) -> Option<Window> {
    let (post, state) = (reader.known.post(whose)?, states.post(whose)?);
    match slot {
        Some(slot) => state.slots.iter().find(|time| time.slot == slot).map(|time| time.window.clone()),
        None => times::next(post, state, reader.known.now),
    }
}

/// What one step is enough for.
const fn acts(says: &Sentence) -> &'static [TodayAct] {
    match says {
        Sentence::DidItHappen { .. } | Sentence::DidYouGo {} => {
            &[TodayAct::Happened, TodayAct::Partly, TodayAct::DidNot]
        }
        Sentence::NextStillNeeded {} => &[TodayAct::Renew, TodayAct::Met, TodayAct::NotNeeded],
        Sentence::NextStillOnOffer {} => &[TodayAct::Renew, TodayAct::NotNeeded],
        Sentence::NextRenew {} => &[TodayAct::AskAgain],
        _ => &[],
    }
}
