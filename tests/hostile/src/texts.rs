//! Words of a member in files for other programs. Nothing reads such files here: the harm would be done in a
//! calendar or a spreadsheet, by what is written.

use closeknit_archive::{
    Table,
    calendar::{Event, Stands, write},
};
use closeknit_ids::RecordId;

/// Marks that nobody sees, and that a spreadsheet may pass over.
const UNSEEN: &str = "\u{ad}\u{200b}\u{200d}\u{200e}\u{200f}\u{202d}\u{202e}\u{2060}\u{2066}\u{feff}";

const MOST_OF_A_LINE: usize = 75;

/// The words as the title of a promise.
pub(crate) fn judge_calendar(bytes: &[u8]) -> String {
    let title = String::from_utf8_lossy(bytes).into_owned();
    let at = |time: &str| time.parse().expect("a time");
    let plain = Event {
        promise: RecordId([7; 16]),
        slot: None,
        title: "lift".into(),
        at: at("2026-11-26T08:20:00Z")..at("2026-11-26T11:30:00Z"),
        stands: Stands::Confirmed,
    };
    let titled = Event { title: title.clone(), ..plain.clone() };
    let lines = |event: &Event| unfolded(&write([event], at("2026-11-23T09:00:00Z"), "Closeknit"));
    let (expected, found) = (lines(&plain), lines(&titled));
    assert_eq!(expected.len(), found.len(), "the words became a line of their own");
    let mut read = None;
    for (expected, found) in expected.iter().zip(&found) {
        match (expected.strip_prefix("SUMMARY:"), found.strip_prefix("SUMMARY:")) {
            (Some(_), Some(summary)) => read = Some(plain_text(summary)),
            _ => assert_eq!(expected, found, "the words are in another line"),
        }
    }
    let read = read.expect("there is a summary");
    let cleaned = |text: &str| -> String {
        let kept = |letter: &char| !letter.is_control() || *letter == '\n' || *letter == '\t';
        text.replace("\r\n", "\n").chars().filter(kept).collect()
    };
    assert_eq!(read, cleaned(&title), "other words are read than were written");
    if read == title { "kept".into() } else { "kept without what a calendar cannot hold".into() }
}

/// The logical lines of a calendar. Each line of the file is short and has no control character but a tab.
fn unfolded(file: &str) -> Vec<String> {
    let file = file.strip_suffix("\r\n").expect("the last line has an end");
    let mut lines: Vec<String> = Vec::new();
    for line in file.split("\r\n") {
        assert!(line.len() <= MOST_OF_A_LINE, "a line of {} bytes", line.len());
        assert!(!line.chars().any(|letter| letter.is_control() && letter != '\t'), "a control character");
        match (line.strip_prefix(' '), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.into()),
        }
    }
    lines
}

/// What a calendar reads (RFC 5545, 3.3.11).
fn plain_text(value: &str) -> String {
    let mut text = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next().expect("something after a backslash") {
                'n' | 'N' => text.push('\n'),
                other => {
                    assert!(matches!(other, '\\' | ';' | ','));
                    text.push(other);
                }
            },
            ';' | ',' => panic!("a bare {letter}"),
            _ => text.push(letter),
        }
    }
    text
}

/// The words as a cell of a table, in every form in which a backup has it.
pub(crate) fn judge_table(bytes: &[u8]) -> String {
    let words = String::from_utf8_lossy(bytes).into_owned();
    let table = Table {
        title: words.clone(),
        columns: vec!["before".into(), "words".into(), "after".into()],
        rows: vec![
            vec!["a".into(), words.clone(), "z".into()],
            vec![words.clone(), words.clone(), words.clone()],
        ],
    };
    let rows = cells(&table.csv());
    assert!(rows.len() == 3 && rows.iter().all(|row| row.len() == 3), "the words made cells of their own");
    assert_eq!(rows[2], vec![rows[1][1].clone(); 3]);
    let cell = &rows[1][1];
    let seen = |letter: &char| !letter.is_whitespace() && !letter.is_control() && !UNSEEN.contains(*letter);
    let first = cell.chars().find(seen);
    assert!(
        !first.is_some_and(|letter| "=+-@\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(letter)),
        "a formula"
    );
    markup_is_text(&table.html(), &words);
    let json = table.json();
    assert!(json.chars().all(|letter| letter >= ' ' || letter == '\n'));
    match cell.strip_prefix('\'') {
        _ if *cell == words => "kept".into(),
        Some(rest) if rest == words => "kept behind an apostrophe".into(),
        _ => panic!("other words are read than were written"),
    }
}

/// The cells of a table (RFC 4180).
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut letters, mut quoted) = (text.chars().peekable(), false);
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' => {
                assert!(quoted || cell.is_empty(), "a quote in the middle");
                quoted = !quoted;
            }
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'), "a bare carriage return");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\n' if !quoted => panic!("a bare line end"),
            _ => cell.push(letter),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "the end is missing");
    rows
}

/// A page holds the tags that were meant and no others.
fn markup_is_text(page: &str, words: &str) {
    let plain = Table {
        title: String::new(),
        columns: vec![String::new(); 3],
        rows: vec![vec![String::new(); 3]; 2],
    };
    let tags = |page: &str| page.matches('<').count();
    assert_eq!(tags(page), tags(&plain.html()), "the words became markup");
    assert!(words.is_empty() || page.len() > plain.html().len());
}
