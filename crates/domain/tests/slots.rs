//! Times that come several times, over both clock changes.
#![cfg(test)]

mod story;

use closeknit_domain::{Repeat, SlotId, SlotIds, Slots, When, Window, Zone, slots::SlotsError};
use story::{at, madrid, window};

fn starts(rule: &str, first: &Window, from: &str, to: &str) -> Vec<String> {
    let rule: Repeat = rule.parse().unwrap();
    let windows = rule.between(first, at(from), at(to));
    windows.iter().map(|window| window.start().strftime("%m-%d %H:%M").to_string()).collect()
}

#[test]
fn a_rule_is_read_and_written_in_one_form() {
    for (typed, written) in [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("INTERVAL=1;FREQ=WEEKLY;BYDAY=FR,MO,FR", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=9", "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=9"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR,1MO", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR"),
        ("FREQ=DAILY;UNTIL=20261224T170000Z", "FREQ=DAILY;UNTIL=20261224T170000Z"),
    ] {
        let rule: Repeat = typed.parse().unwrap();
        assert_eq!(rule.to_string(), written);
        assert_eq!(written.parse(), Ok(rule));
    }
    for odd in [
        "",
        "FREQ",
        "FREQ=YEARLY",
        "COUNT=3",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=367",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=100",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=DAILY;COUNT=3;UNTIL=20261224T170000Z",
        "FREQ=DAILY;UNTIL=20261224",
        "FREQ=DAILY;BYSETPOS=1",
        "FREQ=DAILY;",
        "freq=daily",
        "FREQ=WEEKLY;BYDAY=é",
    ] {
        assert!(odd.parse::<Repeat>().is_err(), "{odd}");
    }
}

#[test]
fn days_weeks_and_months() {
    let dinner = window("2026-11-23T18:00", "2026-11-23T19:00"); // a Monday
    let (from, to) = ("2026-11-23T00:00", "2026-12-14T00:00");
    assert_eq!(
        starts("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=4", &dinner, from, to),
        ["11-23 18:00", "11-25 18:00", "11-27 18:00", "11-30 18:00"]
    );
    assert_eq!(
        starts("FREQ=WEEKLY;INTERVAL=2", &dinner, from, to),
        ["11-23 18:00", "12-07 18:00"],
        "on the weekday of the first"
    );
    assert_eq!(
        starts("FREQ=DAILY;INTERVAL=10", &dinner, from, to),
        ["11-23 18:00", "12-03 18:00", "12-13 18:00"]
    );
    assert_eq!(starts("FREQ=MONTHLY;BYDAY=1MO,-1FR", &dinner, from, to), ["11-27 18:00", "12-07 18:00"]);
    let last_day = window("2026-10-31T18:00", "2026-10-31T19:00");
    let to = "2027-04-01T00:00";
    assert_eq!(starts("FREQ=MONTHLY", &last_day, from, to), ["12-31 18:00", "01-31 18:00", "03-31 18:00"]);
    // The moment counts, not the day: 17:00 in universal time is 18:00 in Madrid.
    let until = "FREQ=DAILY;UNTIL=20261125T170000Z";
    assert_eq!(starts(until, &dinner, from, to), ["11-23 18:00", "11-24 18:00", "11-25 18:00"]);
    let rule: Repeat = until.parse().unwrap();
    assert_eq!(When::Repeats(dinner.clone(), rule).ends(), Some(at("2026-11-25T19:00")));
    let counted = When::Repeats(dinner.clone(), "FREQ=DAILY;COUNT=30".parse().unwrap());
    assert_eq!(counted.ends(), Some(at("2026-12-22T19:00")));
    assert_eq!(When::Repeats(dinner, "FREQ=DAILY".parse().unwrap()).ends(), None);
}

#[test]
fn years_later_it_still_comes_on_its_days() {
    let dinner = window("2026-11-23T18:00", "2026-11-23T19:00");
    for rule in ["FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=TU,SU", "FREQ=MONTHLY;BYDAY=2WE"] {
        let rule: Repeat = rule.parse().unwrap();
        let (from, to) = (at("2036-02-01T00:00"), at("2036-03-01T00:00"));
        let shown = rule.between(&dinner, from, to);
        // Counted from the beginning, month by month.
        let mut all = Vec::new();
        for month in 0..120_i64 {
            let begin =
                dinner.start().date().first_of_month().saturating_add(jiff::Span::new().months(month));
            let end = begin.saturating_add(jiff::Span::new().months(1));
            let [begin, end] = [begin, end].map(|day| madrid().moment(day.into()));
            all.extend(rule.between(&dinner, begin, end));
        }
        all.retain(|window| window.ends() > from && window.begins() < to);
        assert_eq!(shown, all);
        assert!(!shown.is_empty());
        for window in shown {
            assert_eq!(rule.window_at(&dinner, window.start()), Some(window.clone()));
            let other = window.start().saturating_add(jiff::Span::new().minutes(1));
            assert_eq!(rule.window_at(&dinner, other), None);
        }
    }
    let forever: Repeat = "FREQ=DAILY".parse().unwrap();
    let all = forever.between(&dinner, jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    assert_eq!(all.len(), usize::from(Repeat::MOST));
    assert_eq!(forever.between(&dinner, jiff::Timestamp::MAX, jiff::Timestamp::MAX), []);
}

/// Clocks go back in Madrid on 25 October 2026 at 3:00 and forward on 28 March 2027 at 2:00.
#[test]
fn over_both_clock_changes_the_time_of_day_stays() {
    let visit = window("2026-10-23T08:30", "2026-10-23T09:00");
    let daily: Repeat = "FREQ=DAILY".parse().unwrap();
    for (from, to, hours) in [
        ("2026-10-24T00:00", "2026-10-26T12:00", [24, 25]),
        ("2027-03-26T12:00", "2027-03-29T12:00", [24, 23]),
    ] {
        let windows = daily.between(&visit, at(from), at(to));
        let moments: Vec<_> = windows.iter().map(Window::begins).collect();
        let apart: Vec<_> =
            moments.windows(2).map(|two| (two[1].as_second() - two[0].as_second()) / 3600).collect();
        assert!(apart.contains(&hours[1]), "{apart:?}");
        assert!(windows.iter().all(|window| window.start().hour() == 8));
        let half_an_hour = |window: &Window| window.ends().as_second() - window.begins().as_second() == 1800;
        assert!(windows.iter().all(half_an_hour));
    }

    // Every night at half past two: skipped, it moves later, and is as long as ever; doubled, the first.
    let watch = window("2026-10-20T02:30", "2026-10-20T03:00");
    let skipped = daily.window_at(&watch, "2027-03-28T02:30".parse().unwrap()).unwrap();
    assert_eq!(skipped.begins(), "2027-03-28T03:30+02:00".parse().unwrap());
    assert_eq!(skipped.ends(), "2027-03-28T04:00+02:00".parse().unwrap());
    assert_eq!(skipped.slot(), SlotId("2027-03-28T02:30".parse().unwrap()), "its name stays");
    let doubled = daily.window_at(&watch, "2026-10-25T02:30".parse().unwrap()).unwrap();
    assert_eq!(doubled.begins(), "2026-10-25T02:30+02:00".parse().unwrap());
}

#[test]
fn a_list_of_times_is_sorted_and_none_begins_twice() {
    let [monday, tuesday] =
        ["23", "24"].map(|day| window(&format!("2026-11-{day}T18:00"), &format!("2026-11-{day}T19:00")));
    let list = Slots::new(vec![tuesday.clone(), monday.clone()]).unwrap();
    assert_eq!(list.to_vec(), [monday.clone(), tuesday.clone()]);
    assert_eq!(Slots::new(vec![monday.clone()]), Err(SlotsError::Count));
    assert_eq!(Slots::new(vec![monday.clone(), monday.clone()]), Err(SlotsError::Apart));
    let elsewhere = Window::new(tuesday.start(), tuesday.end(), Zone::utc()).unwrap();
    assert_eq!(Slots::new(vec![monday.clone(), elsewhere]), Err(SlotsError::Apart));
    let many = (0..65_i64).map(|day| {
        let later = |at: jiff::civil::DateTime| at.saturating_add(jiff::Span::new().days(day));
        Window::new(later(monday.start()), later(monday.end()), madrid()).unwrap()
    });
    assert_eq!(Slots::new(many.clone().collect()), Err(SlotsError::Count));
    assert_eq!(SlotIds::new(many.map(|window| window.slot()).collect()), Err(SlotsError::Count));
    assert_eq!(SlotIds::new(std::collections::BTreeSet::new()), Err(SlotsError::Count));
    assert_eq!(When::at(Vec::new()), Ok(When::Anytime));
    assert_eq!(When::at(vec![monday.clone()]), Ok(When::Once(monday.clone())));
    assert_eq!(When::at(vec![monday.clone(), tuesday]), Ok(When::Slots(list.clone())));
    let when = When::Slots(list);
    assert_eq!(when.slot(monday.slot()), Some(monday));
    let text = serde_json::to_string(&when).unwrap();
    assert_eq!(serde_json::from_str::<When>(&text).unwrap(), when);
    assert!(serde_json::from_str::<Slots>("[]").is_err());
}
