//! The few texts that statements carry: bounded, one line, nothing invisible.
//!
//! Signed text is taken as it is or refused, never tidied: what was signed and what is shown must
//! be the same.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};

/// Why a text cannot stand in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// More characters than `most`.
    #[error("it has more than {most} characters")]
    TooLong {
        /// The bound.
        most: usize,
    },
    /// White space at an end, a control character, or one that reorders what follows.
    #[error("it holds a character that cannot be shown")]
    Unshowable,
}

fn check(text: &str, most: usize) -> Result<(), TextError> {
    if text.trim().is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > most {
        return Err(TextError::TooLong { most });
    }
    let unshowable = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if text.trim().len() != text.len() || text.contains(unshowable) {
        return Err(TextError::Unshowable);
    }
    Ok(())
}

macro_rules! lines {
    ($($(#[$doc:meta])* $name:ident: $most:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MOST: usize = $most;

            /// Takes what was typed, without white space around it.
            ///
            /// # Errors
            /// If nothing is left, it is too long, or it holds what cannot be shown.
            pub fn new(text: &str) -> Result<Self, TextError> {
                Self::try_from(text.trim().to_owned())
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                check(&text, $most).map(|()| Self(text))
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
}

lines! {
    /// The name of a circle.
    CircleName: 60;
    /// An IANA time zone, as `Europe/Vienna`. Whether it exists is not judged here.
    ZoneName: 40;
    /// Whose machine it is, or which, as its owner calls it.
    DeviceLabel: 40;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_trimmed_and_signed_text_is_not() {
        assert_eq!(&*CircleName::new(" Millrace \n").unwrap(), "Millrace");
        assert_eq!(CircleName::try_from(" Millrace".to_owned()), Err(TextError::Unshowable));
        assert_eq!(DeviceLabel::new("  "), Err(TextError::Empty));
        assert_eq!(ZoneName::new(&"x".repeat(41)), Err(TextError::TooLong { most: 40 }));
        assert_eq!(DeviceLabel::new("Sam\u{202e}aptop"), Err(TextError::Unshowable));
        assert_eq!(DeviceLabel::new("two\nlines"), Err(TextError::Unshowable));
    }
}
