//! The several times of a post: as they are typed, named and shown.

use std::collections::BTreeSet;

use closeknit_api::{
    ErrorCode,
    views::{PromisedTime, RepeatView, Rhythm, TimeView},
};
use closeknit_domain::{
    Board, CommitmentRef, CommitmentState, Part, Post, PostRef, PostState, SlotId, SlotIds, When, hours,
    repeat::Every,
    slots::SlotsError,
    time::Window,
    when::{self, WhenError},
    words,
};
use jiff::Timestamp;

use super::{
    board::{promise_id, promise_status, state_of, window_view},
    failure::{Failure, Outcome},
    posts::only,
    sentence::Reader,
    typed::{Now, given, unread_time},
};

/// When something is, as typed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Typed<'a> {
    pub(crate) from: Option<&'a str>,
    pub(crate) to: Option<&'a str>,
    pub(crate) when: Option<&'a str>,
    pub(crate) times: Option<&'a [String]>,
    pub(crate) repeat: Option<&'a str>,
}

/// When something is; nothing, if nothing was typed.
pub(crate) fn when(typed: Typed<'_>, now: Now<'_>) -> Outcome<Option<When>> {
    let first = one(typed, now)?;
    let times: Vec<&str> = typed.times.into_iter().flatten().filter_map(|text| given(Some(text))).collect();
    match (first, times.first(), given(typed.repeat)) {
        (first, None, None) => Ok(first.map(When::Once)),
        (Some(first), None, Some(rule)) => repeated(first, rule).map(Some),
        (None, Some(_), None) => several(&times, now).map(Some),
        (None, None, Some(_)) => {
            Err(Failure::new(ErrorCode::BadInput).with("field", "when").with("reason", "empty"))
        }
        (_, Some(_), Some(rule)) => Err(Failure::new(ErrorCode::BadRepeat).with("given", rule)),
        (Some(_), Some(time), None) => Err(Failure::new(ErrorCode::BadTime).with("given", time)),
    }
}

/// When something that was so `before` is now: what was not typed stays, what was emptied goes. Where only the
/// rhythm becomes another, it begins with the next time that it gives.
pub(crate) fn edited(typed: Typed<'_>, before: &When, now: Now<'_>) -> Outcome<When> {
    let emptied = |typed: Option<&str>| typed.is_some_and(|typed| typed.trim().is_empty());
    if emptied(typed.when) {
        return Ok(When::Anytime);
    }
    let times = typed.times.unwrap_or_default();
    let timed = [typed.from, typed.to, typed.when].into_iter().any(|typed| given(typed).is_some());
    match (before, given(typed.repeat)) {
        (_, Some(rule)) if !timed && times.is_empty() => rhythm(before, rule, now),
        (When::Repeats(..), None) if emptied(typed.repeat) && !timed && times.is_empty() => {
            Ok(before.next(now.at).map_or(When::Anytime, When::Once))
        }
        (When::Repeats(was, rule), None) if timed && typed.repeat.is_none() => {
            // However often it came already, it does not come longer.
            let rule = rule.last(was).map_or_else(|| rule.clone(), |last| rule.until_day_of(&last));
            one(typed, now)?.map_or(Ok(When::Anytime), |first| repeated(first, &rule.to_string()))
        }
        _ => Ok(when(typed, now)?.unwrap_or_else(|| before.clone())),
    }
}

/// The same times of day by another rule.
fn rhythm(before: &When, rule: &str, now: Now<'_>) -> Outcome<When> {
    let wrong = || Failure::new(ErrorCode::BadRepeat).with("given", rule);
    let (first, was) = match before {
        When::Once(first) => (first, None),
        When::Repeats(first, was) => (first, Some(was)),
        When::Anytime => {
            return Err(Failure::new(ErrorCode::BadInput).with("field", "when").with("reason", "empty"));
        }
        When::Slots(_) => return Err(wrong()),
    };
    let repeat = when::repeat(rule, first.zone()).map_err(|_| wrong())?;
    if let Some(was) = was.filter(|was| was.falls_like(&repeat, first)) {
        return repeated(first.clone(), &was.ending_like(&repeat).to_string());
    }
    let next = repeat.between(first, now.at, Timestamp::MAX).into_iter().next();
    Ok(When::Repeats(next.ok_or_else(wrong)?, repeat))
}

fn one(typed: Typed<'_>, now: Now<'_>) -> Outcome<Option<Window>> {
    let text = match (given(typed.when), given(typed.from), given(typed.to)) {
        (Some(when), None, None) => when.to_owned(),
        (None, Some(from), Some(to)) => format!("{from}/{to}"),
        (None, None, None) => return Ok(None),
        (None, Some(half), None) | (None, None, Some(half)) => {
            return Err(Failure::new(ErrorCode::BadTime).with("given", half));
        }
        (Some(when), _, _) => return Err(Failure::new(ErrorCode::BadTime).with("given", when)),
    };
    window(&text, now).map(Some)
}

fn window(text: &str, now: Now<'_>) -> Outcome<Window> {
    when::window(text, now.at, now.zone).map_err(|error: WhenError| unread_time(text, &error))
}

fn several(typed: &[&str], now: Now<'_>) -> Outcome<When> {
    let windows: Vec<Window> = typed.iter().map(|text| window(text, now)).collect::<Outcome<_>>()?;
    When::at(windows).map_err(|error| {
        let reason = if error == SlotsError::Apart { "twice" } else { "range" };
        Failure::new(ErrorCode::BadInput).with("field", "times").with("reason", reason)
    })
}

/// A rule by which there is at least one time.
fn repeated(first: Window, rule: &str) -> Outcome<When> {
    let wrong = || Failure::new(ErrorCode::BadRepeat).with("given", rule);
    let repeat = when::repeat(rule, first.zone()).map_err(|_| wrong())?;
    if repeat.between(&first, Timestamp::MIN, Timestamp::MAX).is_empty() {
        return Err(wrong());
    }
    Ok(When::Repeats(first, repeat))
}

/// For which of a post's times a promise is made.
pub(crate) fn part(
    post: &Post,
    state: &PostState,
    slots: &[String],
    every: bool,
    now: Now<'_>,
) -> Outcome<Part> {
    if post.is_weekly() {
        let week = this_week(now);
        slots.iter().try_for_each(|typed| named(typed, [week].into_iter()).map(|_| ()))?;
        return Ok(Part::Slots(SlotIds::one(week)));
    }
    if !post.when.has_slots() {
        // Its one time may be named as well.
        let own = post.when.first().map(Window::slot);
        slots.iter().try_for_each(|typed| named(typed, own.into_iter()).map(|_| ()))?;
        return Ok(Part::Whole);
    }
    match (slots, every) {
        ([], true) => Ok(Part::Every),
        ([], false) => Err(Failure::new(ErrorCode::WhichTime).with("title", &post.title)),
        (_, true) => Err(Failure::new(ErrorCode::BadRequest).with("reason", "slots and every")),
        (slots, false) => {
            let of_post = || state.slots.iter().map(|time| time.slot);
            let slots = chosen(slots, of_post)?;
            let over = |slot| state.slots.iter().any(|time| time.slot == slot && !time.status.is_live());
            if slots.iter().any(|slot| over(*slot)) {
                return Err(Failure::new(ErrorCode::PostEnded).with("title", &post.title));
            }
            Ok(Part::Slots(slots))
        }
    }
}

/// The week that it is, by which a standing offer counts: its Monday.
fn this_week(now: Now<'_>) -> SlotId {
    SlotId(now.zone.civil(hours::week(now.at, now.zone).start))
}

/// The times that begin like this, each naming one.
pub(crate) fn chosen<I: Iterator<Item = SlotId>>(
    typed: &[String],
    among: impl Fn() -> I,
) -> Outcome<SlotIds> {
    let slots = typed.iter().map(|typed| named(typed, among())).collect::<Outcome<_>>()?;
    SlotIds::new(slots)
        .map_err(|_| Failure::new(ErrorCode::BadInput).with("field", "slots").with("reason", "range"))
}

/// The time whose name begins like this.
pub(crate) fn named(typed: &str, among: impl Iterator<Item = SlotId>) -> Outcome<SlotId> {
    let typed = typed.trim().to_uppercase();
    only(&typed, among.filter(|slot| slot.to_string().starts_with(&typed)))
}

/// The times of a post with their own states, if it has several.
pub(crate) fn views(reader: &Reader<'_>, board: &Board, whose: PostRef) -> Vec<TimeView> {
    let (Some(post), Some(state)) = (reader.known.post(whose), board.post(whose)) else { return Vec::new() };
    if !post.when.has_slots() {
        return Vec::new();
    }
    let view = |time: &closeknit_domain::SlotState| {
        let words = words::slot(&reader.known, board, whose, time.slot, reader.me)?;
        let own = time.line.iter().find(|(promise, status)| promise.helper == reader.me && status.is_live());
        let going = time.amounts.covered().max(time.amounts.done);
        Some(TimeView {
            id: time.slot.to_string(),
            window: window_view(reader, &time.window),
            want: u16::try_from(time.amounts.wanted).unwrap_or(u16::MAX),
            going: u16::try_from(going).unwrap_or(u16::MAX),
            state: state_of(time.status),
            says: reader.phrase(&words.headline),
            mine: own.map(|(promise, _)| promise_id(*promise)),
            can_promise: time.status.is_live() && whose.author != reader.me && own.is_none(),
        })
    };
    state.slots.iter().filter_map(view).collect()
}

/// How something comes again, if it does.
pub(crate) fn repeat(when: &When) -> Option<RepeatView> {
    let When::Repeats(first, repeat) = when else { return None };
    let weekdays = repeat.weekdays(first);
    let rhythm = match repeat.every() {
        (1, Every::Day) if weekdays.is_empty() => Rhythm::Day,
        (1, Every::Week) => Rhythm::Week,
        (2, Every::Week) => Rhythm::Fortnight,
        (1, Every::Month) if weekdays.is_empty() => Rhythm::Month,
        _ => Rhythm::Other,
    };
    Some(RepeatView {
        rule: repeat.to_string(),
        rhythm,
        weekdays: weekdays.into_iter().map(str::to_owned).collect(),
        last: repeat.last(first).map(|window| window.start().date().to_string()),
    })
}

/// The time of a post that comes next; if all are over, the first.
pub(crate) fn next(post: &Post, state: &PostState, now: Timestamp) -> Option<Window> {
    let to_come = state.slots.iter().find(|time| time.window.ends() > now).map(|time| time.window.clone());
    to_come.filter(|_| post.when.has_slots()).or_else(|| post.when.first().cloned())
}

/// The same for the reader: of those that they promised the next, if any is to come.
pub(crate) fn next_for(reader: &Reader<'_>, board: &Board, whose: PostRef) -> Option<Window> {
    let (post, state) = (reader.known.post(whose)?, board.post(whose)?);
    let own = board.live_promises(reader.me, whose).filter_map(|promise| board.commitment(promise));
    let own: BTreeSet<SlotId> = own
        .flat_map(|promise| promise.slots.iter().filter(|(_, status)| status.is_live()))
        .map(|(slot, _)| *slot)
        .collect();
    let mine =
        state.slots.iter().find(|time| own.contains(&time.slot) && time.window.ends() > reader.known.now);
    let mine = mine.filter(|_| post.when.has_slots()).map(|time| time.window.clone());
    mine.or_else(|| next(post, state, reader.known.now))
}

/// The times of a promise, each as it stands.
pub(crate) fn promised(
    reader: &Reader<'_>,
    state: &CommitmentState,
    whose: CommitmentRef,
) -> Vec<PromisedTime> {
    let post = reader.known.post(state.counts_for);
    let Some(post) = post.filter(|post| post.when.has_slots() && reader.known.commitment(whose).is_some())
    else {
        return Vec::new();
    };
    let view = |(slot, status): &(SlotId, _)| PromisedTime {
        id: slot.to_string(),
        window: post.when.slot(*slot).map(|window| window_view(reader, &window)),
        state: promise_status(*status),
    };
    state.slots.iter().map(view).collect()
}
