//! Own promises in the calendars of others.
#![cfg(test)]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use closeknit_archive::calendar::{Event, Stands, write};
use closeknit_ids::RecordId;
use jiff::Timestamp;
use proptest::{collection::vec, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};

const APP: &str = "Closeknit 0.1.0";

fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// Sam drives Rosa to the eye clinic on Thursday.
fn lift() -> Event {
    Event {
        promise: RecordId([7; 16]),
        slot: None,
        title: "Lift to the eye clinic and back".into(),
        at: "2026-11-26T08:20:00Z".parse().unwrap().."2026-11-26T11:30:00Z".parse().unwrap(),
        stands: Stands::Confirmed,
    }
}

fn titled(title: &str) -> Event {
    Event { title: title.into(), ..lift() }
}

#[test]
fn a_promise_is_an_event_and_nothing_more() {
    let file = write(&[lift()], now(), APP);
    assert_eq!(
        file,
        "BEGIN:VCALENDAR\r\n\
         VERSION:2.0\r\n\
         PRODID:-//Closeknit//Closeknit 0.1.0//EN\r\n\
         BEGIN:VEVENT\r\n\
         UID:07070707070707070707070707070707\r\n\
         DTSTAMP:20261123T090000Z\r\n\
         SEQUENCE:29923740\r\n\
         DTSTART:20261126T082000Z\r\n\
         DTEND:20261126T113000Z\r\n\
         SUMMARY:Lift to the eye clinic and back\r\n\
         STATUS:CONFIRMED\r\n\
         CLASS:PRIVATE\r\n\
         END:VEVENT\r\n\
         END:VCALENDAR\r\n"
    );
}

#[test]
fn each_slot_is_an_event_of_its_own_that_keeps_its_name() {
    let slot = |day: i8| Event { slot: Some(jiff::civil::date(2026, 12, day).at(17, 30, 0, 0)), ..lift() };
    let names = |now: &str| -> Vec<String> {
        let file = write(&[slot(7), slot(9)], now.parse().unwrap(), APP);
        file.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let first = names("2026-11-23T09:00:00Z");
    assert_eq!(first[0], "UID:07070707070707070707070707070707-20261207T173000");
    assert_ne!(first[0], first[1]);
    assert_eq!(names("2026-12-01T09:00:00Z"), first);
}

#[test]
fn what_came_to_nothing_is_taken_away_and_what_is_newer_says_so() {
    let file = |now: &str| write(&[Event { stands: Stands::Cancelled, ..lift() }], now.parse().unwrap(), APP);
    assert!(file("2026-11-23T09:00:00Z").contains("STATUS:CANCELLED\r\n"));
    let sequence = |file: String| -> u32 {
        file.lines().find_map(|line| line.strip_prefix("SEQUENCE:")).unwrap().parse().unwrap()
    };
    assert!(sequence(file("2026-11-23T09:00:00Z")) < sequence(file("2026-11-23T09:01:00Z")));
}

#[test]
fn odd_times_stay_in_the_calendar() {
    let event = Event { at: Timestamp::MIN..Timestamp::MIN, ..lift() };
    let file = write(&[event], Timestamp::MIN, APP);
    assert!(file.contains("DTSTART:00010101T000000Z\r\n") && !file.contains("DTEND"), "{file}");
    assert!(file.contains("SEQUENCE:0\r\n"), "{file}");
}

/// Titles of what makes calendars stumble.
fn titles() -> impl Strategy<Value = String> {
    let letters = vec![
        'a', 'Z', ' ', ',', ';', ':', '\\', '"', '\'', 'n', 'N', '\n', '\t', '%', '=', '^', 'é', 'ñ', '中',
        '😀', '\u{7f}',
    ];
    vec(select(letters), 0..100).prop_map(|letters| letters.into_iter().collect())
}

/// What a calendar can hold of a title.
fn shown(title: &str) -> String {
    title.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

/// The summaries of a calendar, read as RFC 5545 says: lines put together again, then what was escaped.
fn summaries(file: &str) -> Vec<String> {
    let unfolded = file.replace("\r\n ", "");
    let lines = unfolded.split("\r\n").filter_map(|line| line.strip_prefix("SUMMARY:"));
    let unescape = |text: &str| {
        let mut letters = text.chars();
        let mut plain = String::new();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next().unwrap() {
                    'n' | 'N' => plain.push('\n'),
                    escaped @ ('\\' | ';' | ',') => plain.push(escaped),
                    other => panic!("nothing escapes {other:?}"),
                },
                ';' | ',' => panic!("{letter:?} ends a text"),
                _ => plain.push(letter),
            }
        }
        plain
    };
    lines.map(unescape).collect()
}

proptest! {
    #[test]
    fn lines_are_as_long_as_they_may_be_and_end_as_they_should(titles in vec(titles(), 0..4)) {
        let events: Vec<Event> = titles.iter().map(|title| titled(title)).collect();
        let file = write(&events, now(), APP);
        let lines: Vec<&str> = file.split("\r\n").collect();
        prop_assert_eq!(lines.last(), Some(&""));
        for line in lines {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{:?}", line);
        }
        // No title makes an event of its own.
        let unfolded = file.replace("\r\n ", "");
        prop_assert_eq!(unfolded.lines().filter(|line| *line == "BEGIN:VEVENT").count(), titles.len());
        prop_assert_eq!(unfolded.lines().count(), 4 + 10 * titles.len());
    }

    #[test]
    fn any_title_comes_back(title in titles()) {
        prop_assert_eq!(summaries(&write(&[titled(&title)], now(), APP)), [shown(&title)]);
    }
}

/// Two thousand titles through the calendar library of Python.
#[test]
#[ignore = "machine: needs icalendar beside python3"]
fn pythons_icalendar_reads_it() {
    let mut runner = TestRunner::deterministic();
    let titles: Vec<String> = (0..2_000).map(|_| titles().new_tree(&mut runner).unwrap().current()).collect();
    let events: Vec<Event> = titles.iter().map(|title| titled(title)).collect();
    let script = "import icalendar, json, sys\n\
                  calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())\n\
                  for event in calendar.walk('VEVENT'):\n    \
                      assert not event.errors, event.errors\n    \
                      print(json.dumps([str(event['UID']), str(event.get('SUMMARY', '')), event['STATUS'],\n        \
                          event.decoded('DTSTART').isoformat(), event.decoded('DTEND').isoformat()]))\n";
    let mut python = Command::new("python3");
    python.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut python = python.spawn().unwrap();
    python.stdin.take().unwrap().write_all(write(&events, now(), APP).as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "pip install icalendar?\n{why}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let read: Vec<serde_json::Value> =
        printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.len(), titles.len());
    for (title, event) in titles.iter().zip(&read) {
        let expected = serde_json::json!([
            "07070707070707070707070707070707",
            shown(title),
            "CONFIRMED",
            "2026-11-26T08:20:00+00:00",
            "2026-11-26T11:30:00+00:00"
        ]);
        assert_eq!(*event, expected);
    }
}
