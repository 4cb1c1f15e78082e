//! Which language is spoken: the one that is asked for, or else the machine's own.

use std::str::FromStr;

/// The variables that say which language a machine speaks, the strongest first.
const MACHINE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// A language with words for everything that is said outside of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// Its tag, which is also the folder of its files.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The language of the machine, by its variables; English if it speaks another one.
    #[must_use]
    pub fn of_the_machine(variable: impl Fn(&str) -> Option<String>) -> Self {
        let said = MACHINE.into_iter().filter_map(variable).find(|value| !value.is_empty());
        said.and_then(|value| value.parse().ok()).unwrap_or_default()
    }
}

/// There is no such language here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("only {} are spoken here", Language::ALL.map(Language::tag).join(" and "))]
pub struct NotSpoken;

/// `es`, `es-MX`, `es_ES.UTF-8`.
impl FromStr for Language {
    type Err = NotSpoken;

    fn from_str(tag: &str) -> Result<Self, NotSpoken> {
        let first = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| first.eq_ignore_ascii_case(language.tag())).ok_or(NotSpoken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_by_their_first_part() {
        for tag in ["es", "ES", "es-MX", "es_ES.UTF-8", "es@euro"] {
            assert_eq!(tag.parse(), Ok(Language::Spanish), "{tag}");
        }
        assert_eq!("en-GB".parse(), Ok(Language::English));
        for tag in ["", "C.UTF-8", "fr_FR", "est"] {
            assert_eq!(tag.parse::<Language>(), Err(NotSpoken), "{tag}");
        }
        assert_eq!(NotSpoken.to_string(), "only en and es are spoken here");
    }

    #[test]
    fn the_strongest_variable_that_says_something_counts() {
        let machine = |all: &'static str, lang: &'static str| {
            Language::of_the_machine(|name| match name {
                "LC_ALL" => Some(all.to_owned()),
                "LANG" => Some(lang.to_owned()),
                _ => None,
            })
        };
        assert_eq!(machine("", "es_ES.UTF-8"), Language::Spanish);
        assert_eq!(machine("C", "es_ES.UTF-8"), Language::English);
        assert_eq!(machine("es_AR", "en_GB"), Language::Spanish);
        assert_eq!(machine("", "fr_FR"), Language::English);
        assert_eq!(Language::of_the_machine(|_| None), Language::English);
    }
}
