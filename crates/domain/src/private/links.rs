//! E-mail addresses and web links.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, Kind, pattern, stands_alone};

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\p{L}\p{N}._%+'-]*[\p{L}\p{N}_]@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"));

/// As people write it so that machines do not see it: "rosa at example dot org".
static SPELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\p{L}\p{N}._-]+\s*[\[(]?\b(?:at|arroba)\b[\])]?\s*[\p{L}\p{N}-]+\s*[\[(]?\b(?:dot|punto)\b[\])]?\s*(?:com|org|net|es|uk|eu|info|cat|co)\b",
    )
});

static WRITTEN_OUT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:https?://|www\.)[^\s<>|]*[^\s<>|.,;:!?)\]'»”]"));

/// Without a beginning that says so only under the endings that sentences do not have.
static DOMAIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:[\p{L}\p{N}-]+\.)+(?:com|org|net|info|eu|es|cat|co\.uk|org\.uk|app|gob\.es)(?:/[^\s|]*[^\s|.,;:!?)])?|(?:[\p{L}\p{N}-]+\.)+[a-z]{2,10}/[^\s|]*[^\s|.,;:!?)])",
    )
});

pub(super) fn find(found: &mut Found) {
    found.all(Kind::Email, &EMAIL, |_, _| true);
    found.all(Kind::Email, &SPELLED, |_, _| true);
    found.all(Kind::Link, &WRITTEN_OUT, |_, _| true);
    // Not the "and/or" of a sentence whose full stop lost its space.
    let begins_with_letter = |text: &str, span: &std::ops::Range<usize>| {
        text.get(span.clone()).is_some_and(|link| link.contains(char::is_alphabetic))
    };
    found.all(Kind::Link, &DOMAIN, |text, span| stands_alone(text, span) && begins_with_letter(text, span));
}
