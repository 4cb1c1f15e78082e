//! What the member carries, for their own eyes: what a promise weighs, and when it is too much.

use std::collections::BTreeSet;

use closeknit_api::{
    ErrorCode, calls,
    views::{BeforePromiseView, CarriedView, MeView, OverView, ReleaseView},
};
use closeknit_domain::{
    Board, Capacity, PostKind,
    capacity::{self, Release, Weights},
    hours::{self, Carried},
    time::Window,
};
use closeknit_ids::CircleId;
use jiff::Timestamp;

use super::{
    Engine, Moment,
    board::{post_id, promise_id, window_view},
    failure::{Failure, Outcome},
    sentence::Reader,
    times,
    typed::{self, Now},
};

impl Engine {
    pub(super) fn before_promise(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::BeforePromise,
    ) -> Outcome<BeforePromiseView> {
        let circle = self.circle(id)?;
        let (reader, board) = (circle.reader(at.now), circle.board(at.now));
        let whose = board.leader(circle.post_named(&call.id)?);
        let (post, state) = (reader.known.post(whose), board.post(whose));
        let (post, state) = post.zip(state).ok_or_else(|| Failure::not_found(&call.id))?;
        // What somebody asks of an offer takes the time of who offers.
        if whose.author == circle.me || post.kind == PostKind::Offer {
            return Ok(BeforePromiseView { says: None });
        }
        let amount = typed::amount("amount", call.amount)?;
        let (slots, every) = (call.slots.as_deref().unwrap_or_default(), call.every.unwrap_or_default());
        let part = times::part(post, state, slots, every, Now { at: at.now, zone: &circle.zone })?;
        let visits = capacity::visits(&reader.known, post, &part, amount.get());
        let own = self.own(circle);
        let carried = own.carried(circle, &reader.known, &board);
        let says = capacity::before_promise(&reader.known, &carried, &own.capacity, &visits);
        Ok(BeforePromiseView { says: says.map(|says| reader.phrase(&says)) })
    }

    pub(super) fn weigh(&mut self, at: Moment, id: CircleId, call: &calls::Weigh) -> Outcome<MeView> {
        let circle = self.circle(id)?;
        let (known, board) = (circle.known(at.now), circle.board(at.now));
        let promise = circle.promise_named(&board, &call.id)?;
        let mut own = self.own(circle);
        let week = hours::week(at.now, &circle.zone);
        let mut counts: BTreeSet<_> = hours::carried(&known, &board, circle.me)
            .iter()
            .filter(|carried| carried.falls_in(&week) || is_ahead(carried, at.now))
            .map(|carried| carried.promise)
            .collect();
        // Also what nobody has answered yet: it takes that once somebody does.
        let asked = hours::ask_time_of(&board, circle.me);
        counts.extend(asked.filter(|(_, state)| state.status.is_live()).map(|(whose, _)| whose));
        if !counts.contains(&promise) {
            let own = hours::ask_time_of(&board, circle.me).any(|(whose, _)| whose == promise);
            return Err(Failure::new(if own { ErrorCode::PromiseOver } else { ErrorCode::NotYours }));
        }
        own.beside.weights.keep_only(|promise| counts.contains(&promise));
        let weighed = own.beside.weights.set(promise, call.minutes);
        weighed.map_err(|_| {
            Failure::new(ErrorCode::BadInput).with("field", "minutes").with("reason", "range")
        })?;
        self.keep_own(at, id, own)?;
        self.me(at, id, &calls::Me {})
    }
}

/// Whether it is still to be done.
fn is_ahead(carried: &Carried, now: Timestamp) -> bool {
    carried.done.is_none() && carried.at.as_ref().is_none_or(|at| at.end > now)
}

/// What lies ahead, the soonest first, each promise once.
pub(super) fn carries(
    reader: &Reader<'_>,
    board: &Board,
    carried: &[Carried],
    weights: &Weights,
) -> Vec<CarriedView> {
    let mut ahead: Vec<_> = carried.iter().filter(|carried| is_ahead(carried, reader.known.now)).collect();
    ahead.sort_by_key(|carried| {
        let begins = carried.at.as_ref().map(|at| at.start);
        (begins.is_none(), begins, carried.promise)
    });
    let mut seen = BTreeSet::new();
    ahead.retain(|carried| seen.insert(carried.promise));
    let view = |carried: &Carried| {
        let whose = board.commitment(carried.promise)?.counts_for;
        let post = reader.known.post(whose)?;
        let begins = carried.at.as_ref().map(|at| at.start);
        let slots = board.post(whose).into_iter().flat_map(|state| &state.slots).map(|time| &time.window);
        let mut windows = slots.chain(post.when.first());
        let window = windows.find(|window: &&Window| Some(window.begins()) == begins);
        Some(CarriedView {
            promise: promise_id(carried.promise),
            post: post_id(whose),
            title: post.title.to_string(),
            window: window.map(|window| window_view(reader, window)),
            minutes: carried.minutes,
            weighed: weights.get(carried.promise).is_some(),
        })
    };
    ahead.into_iter().filter_map(view).collect()
}

/// Weeks that hold more than the member said they can do.
pub(super) fn over(
    reader: &Reader<'_>,
    board: &Board,
    carried: &[Carried],
    capacity: &Capacity,
) -> Vec<OverView> {
    let release = |release: &Release| ReleaseView {
        promise: promise_id(release.promise),
        post: post_id(release.post),
        says: reader.phrase(&release.says()),
    };
    let weeks = capacity::overfull(&reader.known, board, carried, capacity).into_iter();
    weeks
        .map(|week| OverView {
            says: reader.phrase(&week.says),
            release: week.release.iter().map(release).collect(),
        })
        .collect()
}
