//! A week of the circle's calendar, as a face shows it.

use closeknit_api::{
    calls,
    views::{DayPart, DayTime, DayView, WeekView},
};
use closeknit_domain::{
    Board, Post, PostRef, PostState,
    time::Window,
    week::{Placed, Week},
    weekly, when, words,
};
use closeknit_ids::CircleId;
use jiff::civil::Time;

use super::{
    Engine, Moment,
    board::{kind_of, post_id, state_of},
    failure::Outcome,
    sentence::Reader,
    typed::{given, unread_time},
};

/// More of a day nobody reads in a table.
const MOST_OF_A_DAY: usize = 60;

impl Engine {
    pub(super) fn week(&mut self, at: Moment, id: CircleId, call: &calls::Week) -> Outcome<WeekView> {
        self.look_at(id);
        let among = call.among.clone().unwrap_or_default();
        self.index_for(among.search.as_deref());
        let circle = self.circle(id)?;
        let (reader, board) = (circle.reader(at.now), circle.board(at.now));
        let filter = self.filter(circle, &reader, &board, &among)?;
        let today = circle.zone.civil(at.now).date();
        let day = match given(call.day.as_deref()) {
            Some(typed) => {
                when::day(typed, at.now, &circle.zone).map_err(|error| unread_time(typed, &error))?
            }
            None => today,
        };
        let week = Week::of(day);
        let mut days: Vec<Vec<DayTime>> = vec![Vec::new(); 7];
        for (whose, state, post) in filter.posts(&reader, &board) {
            for (number, time) in times_of(&reader, &board, week, whose, state, post) {
                days.iter_mut().skip(number).take(1).for_each(|day| day.push(time.clone()));
            }
        }
        let mut left_out = 0;
        let days = week.days().zip(days).map(|(day, mut times)| {
            times.sort_by(|one, other| order(one).cmp(&order(other)));
            left_out += times.len().saturating_sub(MOST_OF_A_DAY);
            times.truncate(MOST_OF_A_DAY);
            DayView { day: day.to_string(), today: day == today, times }
        });
        let days = days.collect();
        let monday = |week: Week| week.days().next().unwrap_or(day).to_string();
        Ok(WeekView {
            days,
            before: monday(week.later(-1)),
            after: monday(week.later(1)),
            current: week == Week::of(today),
            left_out: u32::try_from(left_out).unwrap_or(u32::MAX),
            area: reader.area().map(ToString::to_string),
        })
    }
}

/// What goes on all day first, then as the day goes.
fn order(time: &DayTime) -> impl Ord + '_ {
    (time.part != DayPart::Whole, &time.from, &time.to, &time.title, &time.id)
}

/// The times of a post in a week, each on its day.
fn times_of(
    reader: &Reader<'_>,
    board: &Board,
    week: Week,
    whose: PostRef,
    state: &PostState,
    post: &Post,
) -> Vec<(usize, DayTime)> {
    let span = week.span(reader.known.zone);
    let windows = post.when.between(span.start, span.end);
    let place = |window: &Window| {
        let shown = shown(reader, board, whose, state, post, window)?;
        let placed = week.place(window, reader.known.zone);
        Some(placed.into_iter().map(move |placed| (placed.day, on_day(&shown, placed))).collect::<Vec<_>>())
    };
    windows.iter().filter_map(place).flatten().collect()
}

/// One time of a post as it stands.
fn shown(
    reader: &Reader<'_>,
    board: &Board,
    whose: PostRef,
    state: &PostState,
    post: &Post,
    window: &Window,
) -> Option<DayTime> {
    // Times further away than the rules look have no state of their own yet.
    let own = state.slots.iter().find(|slot| post.when.has_slots() && slot.slot == window.slot());
    let (status, says, promised) = match own {
        Some(slot) => {
            let words = words::slot(&reader.known, board, whose, slot.slot, reader.me)?;
            let mut line = slot.line.iter();
            let promised = line.any(|(promise, status)| promise.helper == reader.me && status.is_live());
            (slot.status, words.headline, promised)
        }
        None => {
            let words = words::post(&reader.known, board, whose, reader.me)?;
            (state.status, words.headline, board.live_promise(reader.me, whose).is_some())
        }
    };
    Some(DayTime {
        id: post_id(whose),
        kind: kind_of(post.kind),
        category: post.category.slug().to_owned(),
        title: post.title.to_string(),
        part: DayPart::Whole,
        from: None,
        to: None,
        state: state_of(status),
        says: reader.phrase(&says),
        mine: promised || whose.author == reader.me,
    })
}

fn on_day(time: &DayTime, placed: Placed) -> DayTime {
    let hour = |time: Time| time.strftime("%H:%M").to_string();
    let part = placed.part.map_or(DayPart::Whole, part_view);
    DayTime { part, from: placed.from.map(hour), to: placed.to.map(hour), ..time.clone() }
}

const fn part_view(part: weekly::DayPart) -> DayPart {
    match part {
        weekly::DayPart::Morning => DayPart::Morning,
        weekly::DayPart::Afternoon => DayPart::Afternoon,
        weekly::DayPart::Evening => DayPart::Evening,
        weekly::DayPart::Night => DayPart::Night,
    }
}
