//! Where times fall in a week.

#![cfg(test)]

mod story;

use closeknit_domain::{
    time::Window,
    week::{Placed, Week},
    weekly::DayPart,
    when,
};
use jiff::civil::{Time, date, time};
use story::{at, madrid};

/// The week of Monday 23 November 2026, in Madrid.
fn placed(typed: &str) -> Vec<Placed> {
    let window: Window = when::window(typed, at("2026-11-20T10:00"), &madrid()).unwrap();
    Week::of(date(2026, 11, 26)).place(&window, &madrid())
}

fn on(day: usize, part: Option<DayPart>, from: Option<Time>, to: Option<Time>) -> Placed {
    Placed { day, part, from, to }
}

#[test]
fn a_week_begins_on_monday_in_the_zone_of_the_circle() {
    let week = Week::of(date(2026, 11, 29));
    assert_eq!(week, Week::of(date(2026, 11, 23)));
    assert_eq!(week.days().last(), Some(date(2026, 11, 29)));
    assert_eq!(week.later(-1), Week::of(date(2026, 11, 22)));
    let span = week.span(&madrid());
    assert_eq!((span.start, span.end), (at("2026-11-23T00:00"), at("2026-11-30T00:00")));
    // The week in which clocks are set back is an hour longer.
    let autumn = Week::of(date(2026, 10, 20)).span(&madrid());
    assert_eq!(autumn.end.as_second() - autumn.start.as_second(), (7 * 24 + 1) * 3600);
}

#[test]
fn a_time_stands_on_each_day_that_it_touches() {
    let (nine, noon, ten) = (time(9, 20, 0, 0), time(12, 30, 0, 0), time(22, 0, 0, 0));
    assert_eq!(
        placed("2026-11-26T09:20/2026-11-26T12:30"),
        [on(3, Some(DayPart::Morning), Some(nine), Some(noon))]
    );
    // Over midnight: the end of one day, and the beginning of the next.
    let two = time(2, 0, 0, 0);
    assert_eq!(
        placed("2026-11-27T22:00/2026-11-28T02:00"),
        [on(4, Some(DayPart::Evening), Some(ten), None), on(5, Some(DayPart::Night), None, Some(two))]
    );
    // To midnight: that day alone.
    assert_eq!(placed("2026-11-27T22:00/2026-11-28T00:00"), [on(4, Some(DayPart::Evening), Some(ten), None)]);
    // Whole days, of which some are in other weeks.
    let whole = |day| on(day, None, (day == 5).then_some(Time::MIN), None);
    assert_eq!(placed("2026-11-28T00:00/2026-12-02T00:00"), [whole(5), whole(6)]);
    let before = placed("2026-11-20T12:00/2026-11-24T12:00");
    let ends = on(1, Some(DayPart::Night), None, Some(time(12, 0, 0, 0)));
    assert_eq!(before, [on(0, None, None, None), ends]);
    assert_eq!(placed("2026-11-30T09:00/2026-11-30T10:00"), []);
}
