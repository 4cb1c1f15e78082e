//! When somebody is usually free, as they type it.

mod story;

use closeknit_domain::weekly::{Weekly, WeeklyError};
use jiff::civil::Weekday;
use proptest::{collection::vec, prelude::*};
use story::{madrid, window};

fn read(text: &str) -> String {
    Weekly::parse(text).unwrap_or_else(|why| panic!("{text}: {why}")).to_string()
}

#[test]
fn a_week_is_read_as_neighbours_write_it() {
    for (typed, meant) in [
        ("mon 18-21, sat 9-13", "mon 18:00-21:00, sat 09:00-13:00"),
        ("Mon 18–21, Sat 9–13", "mon 18:00-21:00, sat 09:00-13:00"),
        ("Monday 18:00-21:00; saturday 9.30 to 13", "mon 18:00-21:00, sat 09:30-13:00"),
        ("MO 18:00/21:00, SA 09:00/13:00", "mon 18:00-21:00, sat 09:00-13:00"),
        ("tue, thu 8-10", "tue 08:00-10:00, thu 08:00-10:00"),
        ("Mondays and Wednesdays from 6pm to 9pm", "mon 18:00-21:00, wed 18:00-21:00"),
        ("mon 6-9pm", "mon 18:00-21:00"),
        ("sat 11-2pm", "sat 11:00-14:00"),
        ("mon-wed 7-8", "mon 07:00-08:00, tue 07:00-08:00, wed 07:00-08:00"),
        ("sat-mon 10-11", "mon 10:00-11:00, sat 10:00-11:00, sun 10:00-11:00"),
        ("mon 9-10 18-20", "mon 09:00-10:00, mon 18:00-20:00"),
        ("mon 9-12, mon 11-13, mon 13-14", "mon 09:00-14:00"),
        ("tuesday evenings", "tue 18:00-22:00"),
        ("weekend mornings", "sat 08:00-12:00, sun 08:00-12:00"),
        ("sat", "sat 00:00-24:00"),
        ("sat all day, sun all day", "sat 00:00-24:00, sun 00:00-24:00"),
        ("mon 18-21, sat", "mon 18:00-21:00, sat 00:00-24:00"),
        ("fri 22-24, sat 0-2", "fri 22:00-24:00, sat 00:00-02:00"),
    ] {
        assert_eq!(read(typed), meant, "{typed}");
    }
    assert_eq!(read("every day 16-19"), read("daily 16-19"));
    assert_eq!(read("weekdays 10-16"), read("mon-fri 10-16"));
    assert_eq!(read("evenings"), read("every day 18-22"));
}

#[test]
fn what_cannot_be_read_says_what_to_type() {
    for (typed, says) in [
        ("", "neither a day nor a time; try"),
        ("sometimes", "\"sometimes\" is neither a day nor a time"),
        ("mon whenever", "\"whenever\" is neither a day nor a time"),
        ("18-21", "try \"mon 18:00-21:00\" or \"every day 18:00-21:00\""),
        ("mon 18", "says when it begins but not when it ends"),
        ("mon 18-", "says when it begins but not when it ends"),
        ("mon 25-26", "is no time of day"),
        ("fri 22-2", "a night is written \"fri 22-24, sat 0-2\""),
    ] {
        let why = Weekly::parse(typed).unwrap_err().to_string();
        assert!(why.contains(says), "{typed}: {why}");
    }
    let many: String = (0..24).map(|hour| format!("every day {hour}:00-{hour}:30 ")).collect();
    assert_eq!(Weekly::parse(&many), Err(WeeklyError::TooMany));
}

#[test]
fn whether_all_of_a_visit_is_free() {
    let free = Weekly::parse("thu 9-13, fri 22-24, sat 0-2").unwrap();
    let covers = |start, end| free.covers(&window(start, end), &madrid());
    assert!(covers("2026-11-26T09:20", "2026-11-26T12:30"));
    assert!(!covers("2026-11-26T12:20", "2026-11-26T13:30"), "only a part");
    assert!(!covers("2026-11-25T09:20", "2026-11-25T12:30"), "a Wednesday");
    assert!(covers("2026-11-27T23:00", "2026-11-28T01:00"), "across midnight");
    assert!(!covers("2026-11-26T09:20", "2026-12-26T12:30"), "a month");
    let sunday_night = Weekly::parse("sun 22-24, mon 0-2").unwrap();
    assert!(sunday_night.covers(&window("2026-11-29T23:00", "2026-11-30T01:00"), &madrid()), "a new week");
    assert_eq!((free.minutes(), free.minutes_on(Weekday::Friday)), (8 * 60, 120));
}

proptest! {
    #[test]
    fn a_week_can_be_typed_again_as_it_is_shown(
        typed in vec((0..7_usize, 0..24_u32, 0..60_u32, 1..300_u32), 1..12)
    ) {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let text: Vec<String> = typed.iter().map(|&(day, hour, minute, long)| {
            let end = (hour * 60 + minute + long).min(24 * 60);
            format!("{} {hour}:{minute:02}-{}:{:02}", days[day], end / 60, end % 60)
        }).collect();
        let weekly = Weekly::parse(&text.join(", ")).unwrap();
        prop_assert_eq!(Weekly::parse(&weekly.to_string()).unwrap(), weekly.clone());
        for pair in weekly.blocks().windows(2) {
            prop_assert!(pair[0].day() != pair[1].day() || pair[0].to() < pair[1].from());
        }
    }

    #[test]
    fn no_text_is_too_much(text in "\\PC{0,60}") {
        if let Ok(weekly) = Weekly::parse(&text) {
            prop_assert!(weekly.minutes() <= 7 * 24 * 60 && weekly.blocks().len() <= Weekly::MOST);
        }
    }
}
