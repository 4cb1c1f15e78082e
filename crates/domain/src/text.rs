//! Bounded text: what people type, trimmed, without control characters, never longer than its kind allows.
//!
//! The bounds belong to the types, so they hold when a record is written and again when one is
//! read from somebody else.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};

/// Why a text cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// More characters than `most`.
    #[error("it has {found} characters and at most {most} fit")]
    TooLong {
        /// The bound.
        most: usize,
        /// How many there are.
        found: usize,
    },
    /// A line break where one line is asked for, or another control character.
    #[error("it holds a character that cannot be shown")]
    Control,
}

fn checked(text: &str, most: usize, lines: bool) -> Result<String, TextError> {
    // What a paste brings along: line ends of another system, and tabs.
    let text = text.trim().replace("\r\n", "\n").replace('\t', " ");
    if text.chars().all(is_blank) {
        return Err(TextError::Empty);
    }
    let found = text.chars().count();
    if found > most {
        return Err(TextError::TooLong { most, found });
    }
    let invisible = |c: char| c.is_control() && !(lines && c == '\n') || is_direction_override(c);
    if text.contains(invisible) {
        return Err(TextError::Control);
    }
    Ok(text)
}

/// Whether nothing would be found in it, nor taken from it. Nearly all texts are so, and each is checked again
/// whenever it is read: so this looks at bytes.
fn is_plain(text: &str, most: usize, lines: bool) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') || (lines && byte == b'\n');
    let ends = text.trim().len() == text.len();
    ends && (1..=most).contains(&text.len()) && text.bytes().fold(true, |all, byte| all & plain(byte))
}

/// Characters that show nothing: a name of these alone would be no name.
const fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{2800}')
        || matches!(c, '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Characters that reorder or hide the text after them, which a name could use to pass for another.
const fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $most:literal $kind:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MOST: usize = $most;

            /// Takes what was typed, trimmed.
            ///
            /// # Errors
            /// If nothing is left, it is too long, or it holds control characters.
            pub fn new(text: &str) -> Result<Self, TextError> {
                checked(text, $most, texts!(@lines $kind)).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                if is_plain(&text, $most, texts!(@lines $kind)) { Ok(Self(text)) } else { Self::new(&text) }
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
    (@lines line) => { false };
    (@lines lines) => { true };
}

texts! {
    /// What a member wants to be called by.
    Name: 40 line;
    /// The name of a circle.
    CircleName: 60 line;
    /// One line that says what a post is about.
    Title: 100 line;
    /// The rest of a post.
    Detail: 2000 lines;
    /// A word from one member to another beside a promise or an answer.
    Say: 400 lines;
    /// A rough place: a corner, a crossing, a quarter. Never an address.
    Place: 80 line;
    /// One skill, one thing to lend, one language, one reason.
    Phrase: 60 line;
    /// What a note says. At most [`NoteText::TYPED`] is taken from a person; more stands where machines of one
    /// member, apart from each other, each added to it.
    NoteText: 16000 lines;
    /// Address, phone and access notes, only ever sealed.
    Doorstep: 600 lines;
}

/// What stands for something in a text that is no text, and what a paste brings along in its place.
const NO_TEXT: char = '\u{fffc}';

impl NoteText {
    /// The most characters that are taken as typed.
    pub const TYPED: usize = 4000;

    /// Takes what somebody typed; nothing, if there is nothing in it.
    ///
    /// # Errors
    /// If it is too long, or holds control characters.
    pub fn typed(text: &str) -> Result<Option<Self>, TextError> {
        match checked(&text.replace(NO_TEXT, ""), Self::TYPED, true) {
            Ok(text) => Ok(Some(Self(text))),
            Err(TextError::Empty) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes what stands in a document; nothing, if there is nothing in it.
    ///
    /// # Errors
    /// If it is too long, or holds what is no text.
    pub fn held(text: &str) -> Result<Option<Self>, TextError> {
        if text.contains(NO_TEXT) {
            return Err(TextError::Control);
        }
        match Self::new(text) {
            Ok(text) => Ok(Some(text)),
            Err(TextError::Empty) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_hold() {
        assert_eq!(Title::new("  Lift to the eye clinic ").unwrap().to_string(), "Lift to the eye clinic");
        assert_eq!(Title::new(" \t "), Err(TextError::Empty));
        assert_eq!(Title::new(&"x".repeat(10_240)), Err(TextError::TooLong { most: 100, found: 10_240 }));
        assert_eq!(Title::new("two\nlines"), Err(TextError::Control));
        assert_eq!(&*Detail::new("two\r\nlines,\ta tab").unwrap(), "two\nlines, a tab");
        assert_eq!(Name::new("\u{200b}\u{3164} \u{2800}"), Err(TextError::Empty));
        assert!(Name::new("👩\u{200d}🌾").is_ok(), "joined characters are one picture");
        assert_eq!(Name::new("Sam\u{202e}asoR"), Err(TextError::Control));
        assert!(Title::new(&"é".repeat(100)).is_ok(), "characters are counted, not bytes");
    }

    #[test]
    fn what_is_read_is_checked_as_what_is_typed() {
        let (longest, longer) = ("x".repeat(100), "x".repeat(101));
        let texts = [
            "",
            " ",
            "Lift",
            " Lift",
            "Lift ",
            "two\nlines",
            "\n",
            "a\tb",
            "a\r\nb",
            "a\u{7f}",
            "é",
            "\u{200b}",
        ];
        for text in texts.into_iter().chain([longest.as_str(), &longer]) {
            assert_eq!(Title::try_from(text.to_owned()), Title::new(text), "{text:?}");
            assert_eq!(Detail::try_from(text.to_owned()), Detail::new(text), "{text:?}");
        }
    }

    #[test]
    fn a_note_may_say_nothing_and_hold_more_than_one_types() {
        assert_eq!(NoteText::typed(" \n"), Ok(None));
        assert_eq!(&*NoteText::typed("Tea\u{fffc}\r\nCake ").unwrap().unwrap(), "Tea\nCake");
        let long = "x".repeat(NoteText::TYPED + 1);
        assert_eq!(NoteText::typed(&long), Err(TextError::TooLong { most: 4000, found: 4001 }));
        assert_eq!(&*NoteText::held(&long).unwrap().unwrap(), long);
        assert_eq!(NoteText::held(""), Ok(None));
        assert_eq!(NoteText::held("a\u{fffc}b"), Err(TextError::Control), "not all of it is text");
        assert!(NoteText::held(&"x".repeat(16_001)).is_err());
    }
}
