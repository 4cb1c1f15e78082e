//! Phone numbers, payment cards and other long numbers.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Found, Kind, pattern, stands_alone};

/// Digits with what people put between them.
static RUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"\+?\(?\d(?:[ \u{a0}().\-/]{0,2}\d)*"));
static GROUP: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d+"));

/// Numbers that are of no person: dates, times, prices, weights, years.
static HARMLESS: LazyLock<[Regex; 6]> = LazyLock::new(|| {
    [
        pattern(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?Z?)?"),
        pattern(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})"),
        pattern(r"\d{1,2}[:.h]\d{2} ?(?:h|am|pm)?(?: ?(?:-|–|a|to) ?\d{1,2}[:.h]\d{2})?"),
        pattern(r"(?:[01]\d|2[0-4])[0-5]\d ?[-–] ?(?:[01]\d|2[0-4])[0-5]\d"),
        pattern(r"(?:19|20)\d\d(?: ?[-–/] ?(?:(?:19|20)\d\d|\d\d))?"),
        pattern(
            r"(?i)[€$£] ?\d[\d.,]*|\d+(?:[ .,]\d+)* ?(?:€|£|\$|%|euros?\b|eur\b|pounds?\b|dollars?\b|kg\b|g\b|km\b|m\b|cm\b|mm\b|ml\b|l\b|kwh\b|w\b)",
        ),
    ]
});

/// Words after which six digits are a phone number.
static CALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:tel|tel[eé]fono|tlf|tfno|phone|mobile|m[oó]vil|whatsapp|wasap|call|ring|text|sms|signal|ll[aá]ma(?:me|dme|r)?|llamad)\b[^\d\n|]{0,16}$",
    )
});

/// A piece of a run: digits and where they stand.
#[derive(Debug, Clone, Copy)]
struct Group<'a> {
    start: usize,
    digits: &'a str,
}

impl Group<'_> {
    const fn end(&self) -> usize {
        self.start + self.digits.len()
    }
}

pub(super) fn find(found: &mut Found) {
    // What is of no person is out of the way first: "26/11/2026 18-21" is no number of twelve digits.
    for harmless in HARMLESS.iter() {
        let alone: Vec<Range<usize>> = harmless
            .find_iter(&found.text)
            .map(|found| found.range())
            .filter(|span| no_digits_beside(&found.text, span))
            .collect();
        for span in alone {
            found.cover(&span);
        }
    }
    let text = found.text.clone();
    for run in RUN.find_iter(&text) {
        if stands_alone(&text, &run.range())
            && let Some((kind, span)) = number(&text, run.range())
        {
            found.add(kind, span);
        }
    }
}

/// Whether a span is not a part of a longer run of digits.
fn no_digits_beside(text: &str, span: &Range<usize>) -> bool {
    let joint = |letter: &char| matches!(letter, ' ' | '.' | '-' | '/' | '(' | ')' | '+');
    let digit_next = |letters: &mut dyn Iterator<Item = char>| {
        let mut letters = letters.take(2);
        match letters.next() {
            Some(first) if first.is_alphanumeric() || first == '+' => true,
            // A day before a time, as in "26 18:00", is none of a phone number's.
            Some(first) if joint(&first) && first != ' ' => {
                letters.next().is_some_and(|next| next.is_ascii_digit())
            }
            _ => false,
        }
    };
    let (before, after) =
        (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    !digit_next(&mut before.chars().rev())
        && !digit_next(&mut after.chars())
        && !before.trim_end().ends_with(|last: char| last.is_ascii_digit() && before.ends_with(' '))
}

/// What a run of digits looks like, and how much of it.
fn number(text: &str, run: Range<usize>) -> Option<(Kind, Range<usize>)> {
    let written = text.get(run.clone())?;
    let groups: Vec<Group<'_>> = GROUP
        .find_iter(written)
        .map(|group| Group { start: run.start + group.start(), digits: group.as_str() })
        .collect();
    if let Some(span) = card(&groups) {
        return Some((Kind::Card, span));
    }
    let called = text.get(..run.start).is_some_and(|before| CALL.is_match(before));
    if is_phone(&groups, written) || called && digits(&groups) >= 6 && digits(&groups) <= 15 {
        return Some((Kind::Phone, run));
    }
    // "5 600 123 456": five of something before it. A number has at most eleven pieces.
    for i in groups.len().saturating_sub(11).max(1)..groups.len() {
        let (Some(rest), Some(first)) = (groups.get(i..), groups.get(i)) else { continue };
        let written = text.get(first.start..run.end).unwrap_or_default();
        if is_national(rest, written) {
            return Some((Kind::Phone, first.start..run.end));
        }
    }
    is_long(&groups).then_some((Kind::Number, run))
}

fn digits(groups: &[Group<'_>]) -> usize {
    groups.iter().map(|group| group.digits.len()).sum()
}

fn is_phone(groups: &[Group<'_>], written: &str) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let abroad = written.starts_with('+') || written.starts_with("(+") || written.starts_with("00");
    let count = digits(groups);
    let dashes = written.chars().all(|letter| letter.is_ascii_digit() || letter == '-');
    abroad && (8..=15).contains(&count)
        || is_national(groups, written)
        || dashes && groups.len() > 1 && lengths.first() == Some(&3) && (7..=12).contains(&count)
}

/// As it is dialled in Spain, in the United Kingdom and where numbers begin with a nought, in North America.
fn is_national(groups: &[Group<'_>], written: &str) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let (count, first) = (digits(groups), groups.first().and_then(|group| group.digits.chars().next()));
    match first {
        Some('0') => (8..=11).contains(&count) && !written.starts_with("000"),
        Some('6'..='9') if count == 9 => !written.contains('/'),
        _ => matches!(lengths.as_slice(), [3, 3, 4] | [1, 3, 3, 4]),
    }
}

/// A long number of no known kind: in one piece, or in pieces that are no sizes, years or days.
fn is_long(groups: &[Group<'_>]) -> bool {
    match groups {
        [one] => match one.digits.len() {
            0..=6 => false,
            8 if is_date(one.digits) => false,
            7..=9 => !one.digits.ends_with("000"),
            _ => true,
        },
        many => {
            let longest = many.iter().map(|group| group.digits.len()).max().unwrap_or(0);
            digits(many) >= 12 && longest >= 4 && digits(many) <= 34
        }
    }
}

/// `20261126`.
fn is_date(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    (1900..2100).contains(&part(0..4)) && (1..=12).contains(&part(4..6)) && (1..=31).contains(&part(6..8))
}

/// Thirteen to nineteen digits of a payment card among the groups, with the right check digit.
fn card(groups: &[Group<'_>]) -> Option<Range<usize>> {
    for (i, first) in groups.iter().enumerate() {
        let mut digits = String::new();
        for last in groups.iter().skip(i) {
            digits.push_str(last.digits);
            if digits.len() > 19 {
                break;
            }
            if digits.len() >= 13 && digits.starts_with(['2', '3', '4', '5', '6']) && luhn(&digits) {
                return Some(first.start..last.end());
            }
        }
    }
    None
}

/// Every other digit from the right doubled, the sum a multiple of ten.
fn luhn(digits: &str) -> bool {
    let values = digits.chars().rev().filter_map(|digit| digit.to_digit(10)).enumerate();
    let sum: u32 = values
        .map(|(i, digit)| match (i % 2, digit * 2) {
            (0, _) => digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}
