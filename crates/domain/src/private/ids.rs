//! Numbers that an authority or a bank gave to a person, known by their check letters and digits.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Found, Kind, pattern, stands_alone};

/// Spain: eight digits and a letter, or X, Y, Z, seven digits and a letter.
static DNI: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:\d{2}\.?\d{3}\.?\d{3}|[XYZ][ -]?\d\.?\d{3}\.?\d{3})[ -]?[A-Z]"));

/// United Kingdom: National Insurance.
static NINO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"));

/// United States: social security.
static SSN: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{3}-\d{2}-\d{4}"));

/// Where the number of a bank account may begin.
static IBAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]){11,30}"));

pub(super) fn find(found: &mut Found) {
    let ibans: Vec<Range<usize>> = IBAN
        .find_iter(&found.text)
        .filter_map(|at| {
            let length = iban(at.as_str())?;
            Some(at.start()..at.start() + length)
        })
        .filter(|span| stands_alone(&found.text, span))
        .collect();
    for span in ibans {
        found.add(Kind::Account, span);
    }
    let checked = |is: fn(&str) -> bool| {
        move |text: &str, span: &Range<usize>| {
            stands_alone(text, span) && text.get(span.clone()).is_some_and(|it| is(&plain(it)))
        }
    };
    found.all(Kind::Identity, &DNI, checked(is_dni));
    found.all(Kind::Identity, &NINO, checked(is_nino));
    found.all(Kind::Identity, &SSN, checked(is_ssn));
}

/// Letters and digits, large.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

fn is_dni(text: &str) -> bool {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let Some((number, letter)) = text.split_at_checked(text.len().saturating_sub(1)) else { return false };
    let number = number.replace('X', "0").replace('Y', "1").replace('Z', "2");
    let Ok(number) = number.parse::<usize>() else { return false };
    LETTERS.get(number % LETTERS.len()).is_some_and(|right| letter.as_bytes() == [*right])
}

fn is_nino(text: &str) -> bool {
    // Prefixes that are given to nobody.
    !["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].iter().any(|prefix| text.starts_with(prefix))
}

fn is_ssn(text: &str) -> bool {
    !(text.starts_with("000") || text.starts_with("666") || text.starts_with('9') || text.ends_with("0000"))
}

/// How long an account number is that begins here, in bytes: the longest whose check digits are right and that
/// ends with a word.
fn iban(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut compact = Vec::with_capacity(34);
    let mut length = None;
    for (i, byte) in bytes.iter().enumerate() {
        if byte.is_ascii_alphanumeric() {
            compact.push(byte.to_ascii_uppercase());
        }
        let ends = bytes.get(i + 1).is_none_or(|next| !next.is_ascii_alphanumeric());
        if ends && (15..=34).contains(&compact.len()) && remainder(&compact) == 1 {
            length = Some(i + 1);
        }
    }
    length
}

/// ISO 7064: the first four at the end, letters as two digits each, modulo 97.
fn remainder(compact: &[u8]) -> u32 {
    let (first, rest) = compact.split_at_checked(4).unwrap_or((compact, &[]));
    rest.iter().chain(first).fold(0, |sum, byte| {
        let value = char::from(*byte).to_digit(36).unwrap_or(0);
        (sum * if value > 9 { 100 } else { 10 } + value) % 97
    })
}
