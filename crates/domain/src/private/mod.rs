//! What should not stand where a whole circle reads it (mutual-aid, *Privacy*): a gentle warning, never a
//! refusal. It looks at the shape of a text only, in English and Spanish, and would rather say nothing than
//! be wrong: times, dates, prices and amounts are no numbers of people.

mod address;
mod ids;
mod links;
mod numbers;

use std::ops::Range;

use regex::Regex;

/// What a piece of text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A house in a street, or a postcode.
    Address,
    /// The number of an identity card or of social security.
    Identity,
    /// The number of a bank account.
    Account,
    /// The number of a payment card.
    Card,
    /// Another long number, such as of a form.
    Number,
    /// A web link.
    Link,
}

impl Kind {
    /// One word for it, as the page asks for its sentence.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
            Self::Identity => "identity",
            Self::Account => "account",
            Self::Card => "card",
            Self::Number => "number",
            Self::Link => "link",
        }
    }
}

/// A piece of a text that tells more than it should.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tell {
    /// What it looks like.
    pub kind: Kind,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

/// The pieces of a text that look private, from its beginning to its end; none overlaps another.
#[must_use]
pub fn tells(text: &str) -> Vec<Tell> {
    let mut found = Found { text: text.to_owned(), tells: Vec::new() };
    // What was found is out of the way of what comes after.
    links::find(&mut found);
    ids::find(&mut found);
    address::find(&mut found);
    numbers::find(&mut found);
    found.tells.sort_by_key(|tell| tell.span.start);
    found.tells
}

/// A text of which the pieces that were found are covered.
struct Found {
    text: String,
    tells: Vec<Tell>,
}

/// What covers them: one byte, and no part of anything.
const COVER: &str = "|";

impl Found {
    /// Adds every match for which `is` is right.
    fn all(&mut self, kind: Kind, pattern: &Regex, is: impl Fn(&str, &Range<usize>) -> bool) {
        let spans: Vec<Range<usize>> = pattern
            .captures_iter(&self.text)
            // Around a group there may be what only tells it apart.
            .filter_map(|found| found.name("it").or(found.get(0)).map(|found| found.range()))
            .filter(|span| is(&self.text, span))
            .collect();
        for span in spans {
            self.add(kind, span);
        }
    }

    fn add(&mut self, kind: Kind, span: Range<usize>) {
        self.cover(&span);
        self.tells.push(Tell { kind, span });
    }

    fn cover(&mut self, span: &Range<usize>) {
        if self.text.get(span.clone()).is_some() {
            self.text.replace_range(span.clone(), &COVER.repeat(span.len()));
        }
    }
}

/// Whether a span of a text is not a part of a longer word or number.
fn stands_alone(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default().chars().next_back();
    let after = text.get(span.end..).unwrap_or_default().chars().next();
    ![before, after].into_iter().flatten().any(char::is_alphanumeric)
}

/// A pattern that is known to be one: the tests go through all of them.
#[expect(clippy::unwrap_used, reason = "patterns are written here, and never come from outside")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}
