//! Times as people type them.

mod story;

use closeknit_domain::{
    Zone,
    time::TimeError,
    when::{self, WhenError},
};
use jiff::SignedDuration;
use story::{at, madrid};

/// Monday 23 November 2026, 10:00 in Madrid.
fn read(text: &str) -> Result<String, WhenError> {
    let window = when::window(text, at("2026-11-23T10:00"), &madrid())?;
    Ok(format!("{} {}", window.start().strftime("%a %d %H:%M"), window.end().strftime("%a %d %H:%M")))
}

#[test]
fn plain_words() {
    for (typed, meant) in [
        ("tomorrow 9-12", "Tue 24 09:00 Tue 24 12:00"),
        ("thursday 9:20-12:30", "Thu 26 09:20 Thu 26 12:30"),
        ("Thu from 9.20 to 12.30", "Thu 26 09:20 Thu 26 12:30"),
        ("on thurs 9:20 – 12:30", "Thu 26 09:20 Thu 26 12:30"),
        ("mon 18-21", "Mon 23 18:00 Mon 23 21:00"),
        ("mon 8-9", "Mon 30 08:00 Mon 30 09:00"),  // today's is over
        ("mon 9-11", "Mon 23 09:00 Mon 23 11:00"), // today's is not
        ("18-21", "Mon 23 18:00 Mon 23 21:00"),
        ("fri 6pm-11:30pm", "Fri 27 18:00 Fri 27 23:30"),
        ("fri 12am-12pm", "Fri 27 00:00 Fri 27 12:00"),
        ("sat 20-24", "Sat 28 20:00 Sun 29 00:00"),
        ("fri 22:00 - sat 2:00", "Fri 27 22:00 Sat 28 02:00"),
        ("sat-mon", "Sat 28 00:00 Tue 01 00:00"),
        ("wednesday", "Wed 25 00:00 Thu 26 00:00"),
        ("2026-12-24 16-18", "Thu 24 16:00 Thu 24 18:00"),
        ("2020-02-29 16-18", "Sat 29 16:00 Sat 29 18:00"), // written out: may be past
        ("by friday 17:00", "Mon 23 10:00 Fri 27 17:00"),
        ("by mon 9", "Mon 23 10:00 Mon 30 09:00"),
        ("today before 18:00", "Mon 23 10:00 Mon 23 18:00"),
        ("tomorrow before 10", "Tue 24 00:00 Tue 24 10:00"),
        ("until sunday", "Mon 23 10:00 Mon 30 00:00"),
    ] {
        assert_eq!(read(typed).as_deref(), Ok(meant), "{typed}");
    }
}

#[test]
fn a_rule_ends_with_all_of_its_last_day() {
    let rule = |typed: &str| when::repeat(typed, &madrid()).map(|rule| rule.to_string());
    for (typed, meant) in [
        ("FREQ=WEEKLY;UNTIL=20261224", "FREQ=WEEKLY;UNTIL=20261224T225959Z"),
        ("RRULE:FREQ=DAILY;UNTIL=20260701;INTERVAL=2", "FREQ=DAILY;INTERVAL=2;UNTIL=20260701T215959Z"),
        ("FREQ=WEEKLY;UNTIL=20261224T100000Z", "FREQ=WEEKLY;UNTIL=20261224T100000Z"),
        ("mon, wed", "FREQ=WEEKLY;BYDAY=MO,WE"),
    ] {
        assert_eq!(rule(typed).as_deref(), Ok(meant), "{typed}");
    }
    for typed in ["FREQ=WEEKLY;UNTIL=20261332", "FREQ=WEEKLY;UNTIL=2026-12-24", "UNTIL=20261224"] {
        assert!(rule(typed).is_err(), "{typed}");
    }
}

#[test]
fn iso_8601() {
    for (typed, meant) in [
        ("2026-11-26T09:20/2026-11-26T12:30", "Thu 26 09:20 Thu 26 12:30"),
        ("2026-11-26 09:20 / 2026-11-26 12:30", "Thu 26 09:20 Thu 26 12:30"),
        ("2026-11-26T09:20/12:30", "Thu 26 09:20 Thu 26 12:30"),
        ("2026-11-26T09:20/PT3H10M", "Thu 26 09:20 Thu 26 12:30"),
        ("2026-11-26T08:20Z/2026-11-26T11:30Z", "Thu 26 09:20 Thu 26 12:30"),
        ("2026-11-26T03:20-05:00/PT1H", "Thu 26 09:20 Thu 26 10:20"),
        ("2026-11-26/2026-11-27", "Thu 26 00:00 Sat 28 00:00"),
    ] {
        assert_eq!(read(typed).as_deref(), Ok(meant), "{typed}");
    }
    let text = "2026-11-26T09:20[America/New_York]/2026-11-26T12:30[America/New_York]";
    let window = when::window(text, at("2026-11-23T10:00"), &madrid()).unwrap();
    assert_eq!(window.zone(), &Zone::new("America/New_York").unwrap());
    assert_eq!(window.begins(), at("2026-11-26T15:20"));
}

#[test]
fn what_is_not_understood_says_which_word() {
    let not_understood = |given: &str| WhenError::NotUnderstood { given: given.into() };
    for (typed, error) in [
        ("", not_understood("")),
        ("soon 9-12", WhenError::NoDay { given: "soon".into() }),
        ("thursday 9-25", WhenError::NoTime { given: "25".into() }),
        ("thursday 9:75-10", WhenError::NoTime { given: "9:75".into() }),
        ("thursday 13pm-14pm", WhenError::NoTime { given: "13pm".into() }),
        ("thursday 9:20", WhenError::NoEnd { given: "thursday 9:20".into() }),
        ("thursday 9-", not_understood("thursday 9-")),
        ("thursday 12-9", WhenError::Window(TimeError::EndsBeforeItBegins)),
        ("thursday 9-9", WhenError::Window(TimeError::EndsBeforeItBegins)),
        ("9-tomorrow 10", not_understood("9-tomorrow 10")),
        ("today 8-9", WhenError::Over { given: "today 8-9".into() }),
        ("by today 9", WhenError::Over { given: "by today 9".into() }),
        ("2026-13-01 9-10", WhenError::NoDay { given: "2026-13-01".into() }),
        ("2026-11-26T12:30/2026-11-26T09:20", WhenError::Window(TimeError::EndsBeforeItBegins)),
        ("2026-11-26T12:30/2028-11-26T09:20", WhenError::Window(TimeError::TooLong)),
        ("thursday/friday", not_understood("thursday/friday")),
        ("déjà 9-12", WhenError::NoDay { given: "déjà".into() }),
    ] {
        assert_eq!(read(typed), Err(error), "{typed}");
    }
}

#[test]
fn moments_days_ends_and_lengths() {
    let (now, zone) = (at("2026-11-23T10:00"), madrid());
    assert_eq!(when::moment("2026-11-26T09:20", now, &zone), Ok(at("2026-11-26T09:20")));
    assert_eq!(when::moment("2026-11-26T08:20Z", now, &zone), Ok(at("2026-11-26T09:20")));
    assert_eq!(when::moment("thursday 9:20", now, &zone), Ok(at("2026-11-26T09:20")));
    assert!(when::moment("9:20", now, &zone).is_err());
    assert_eq!(when::day("2026-12-24", now, &zone).unwrap().to_string(), "2026-12-24");
    assert_eq!(when::day("Sunday", now, &zone).unwrap().to_string(), "2026-11-29");
    assert!(when::day("later", now, &zone).is_err());
    assert_eq!(when::until("2026-12-24", now, &zone), Ok(at("2026-12-25T00:00")));
    assert_eq!(when::until("7d", now, &zone), Ok(at("2026-11-30T10:00")));
    assert_eq!(when::until("friday 17:00", now, &zone), Ok(at("2026-11-27T17:00")));
    assert_eq!(when::until("2026-11-01", now, &zone), Err(WhenError::Over { given: "2026-11-01".into() }));
    for (typed, hours) in [("7d", 168), ("12h", 12), ("2 weeks", 336), ("P1D", 24), ("1d 12h", 36)] {
        assert_eq!(when::duration(typed), Ok(SignedDuration::from_hours(hours)), "{typed}");
    }
    for wrong in ["", "7", "-7d", "0d", "1s", "2y", "soon", "99999999999999w"] {
        assert!(when::duration(wrong).is_err(), "{wrong}");
    }
}
