//! What wants the member now, with what answers it at once.

use closeknit_api::{
    Tag, calls,
    views::{TodayAct, TodayItem, TodayThanks, TodayView},
};
use closeknit_domain::{
    Board, PostRef, Sentence, SlotId, Thanked, Today, thanks_to, time::Window, today::Item,
};
use closeknit_ids::CircleId;
use closeknit_store::Durability;

use super::{
    Engine, Moment, board,
    failure::Outcome,
    sentence::{Reader, civil},
    settings, story, times,
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
            thanks: self.unread_thanks(&reader, &states, id)?,
            doorsteps: self.doorsteps_to_send(circle, &states, at.now),
            practise: settings::practice(self.store.view())?.is_some_and(|practice| practice.is_due(at.now)),
            near: self.near_in_a_word(at, id)?,
            clock: self.clock_says(circle, at.now),
        })
    }
}

impl Engine {
    /// Thanks to the member that they have not looked at on this machine.
    fn unread_thanks(&self, reader: &Reader<'_>, states: &Board, id: CircleId) -> Outcome<Vec<TodayThanks>> {
        let read = settings::thanks_read(self.store.view(), id)?;
        let unread = thanks_to(&reader.known, states, reader.me).into_iter();
        let view = |Thanked { by, post, thanks, .. }: Thanked<'_>| {
            let title = reader.known.post(post)?.title.to_string();
            let thanks = story::thanks_view(reader, by, thanks);
            Some(TodayThanks { post: board::post_id(post), title, thanks })
        };
        Ok(unread.filter(|one| !read.contains(&(one.by, one.id))).filter_map(view).collect())
    }

    /// The member looks at a post, and so at the thanks for it. Remembered on this machine alone.
    pub(super) fn look_at_thanks(&mut self, at: Moment, id: CircleId, whose: PostRef) -> Outcome<()> {
        let mut read = settings::thanks_read(self.store.view(), id)?;
        let circle = self.circle(id)?;
        let states = circle.board(at.now);
        let all = thanks_to(&circle.known(at.now), &states, circle.me);
        let here = all.iter().filter(|one| one.post == states.leader(whose));
        let new: Vec<_> = here.map(|one| (one.by, one.id)).filter(|one| !read.contains(one)).collect();
        if new.is_empty() {
            return Ok(());
        }
        // What is not here any more need not be remembered.
        read.retain(|read| all.iter().any(|one| (one.by, one.id) == *read));
        read.extend(new);
        self.store.write(Durability::Normal, |batch| settings::set_thanks_read(batch, id, &read))?;
        self.tag(Tag::Me);
        Ok(())
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
