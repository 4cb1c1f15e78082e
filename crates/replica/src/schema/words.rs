//! Closed lists as the words that documents hold. A word is never used again for something else.

use closeknit_domain::{How, MemberKind, Mode, Unit, Verdict};

use crate::fields::{Fields, OutOfRange};

/// A value that is written as one word.
pub(super) trait Word: Copy + PartialEq + 'static {
    const WORDS: &'static [(Self, &'static str)];
}

impl Word for MemberKind {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Person, "person"), (Self::Household, "household"), (Self::Organisation, "organisation")];
}

impl Word for Unit {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Helpers, "helpers"), (Self::Hours, "hours"), (Self::Items, "items")];
}

impl Word for Mode {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::TurnUp, "turn-up"), (Self::First, "first"), (Self::Choose, "choose")];
}

impl Word for How {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Happened, "happened"), (Self::Partly, "partly"), (Self::DidNot, "did-not")];
}

impl Word for Verdict {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Accept, "accept"), (Self::StandBy, "stand-by"), (Self::Decline, "decline")];
}

pub(super) fn set<T: Word>(fields: &mut Fields, name: &str, value: T) {
    let word = T::WORDS.iter().find(|(known, _)| *known == value);
    fields.set_text_if(name, word.map(|(_, word)| *word));
}

pub(super) fn get<T: Word>(fields: &Fields, name: &'static str) -> Result<T, OutOfRange> {
    let word: String = fields.text(name)?;
    let known = T::WORDS.iter().find(|(_, known)| *known == word);
    known.map(|(value, _)| *value).ok_or(OutOfRange(name))
}
