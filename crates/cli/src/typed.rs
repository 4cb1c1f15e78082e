//! What is typed in the reader's language, as the words that the rules know (`domain::when`). English is
//! understood in every language, so that a script does not depend on the machine it runs on.

use closeknit_say::Speaker;

/// The words of the rules for times; `at` means nothing there.
const WORDS: [&str; 13] = [
    "today",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "to",
    "at",
    "until",
    "before",
];

/// Names of days may be shortened to this many letters.
const SHORTEST: usize = 3;

/// A time as the rules read it: `jueves de 9:20 a 12:30` as `thursday 9:20 to 12:30`. With a word that the
/// language does not have for times, all of it stays as it was typed.
pub(crate) fn time(speaker: &Speaker, typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().collect();
    translated(&spoken(speaker), &words).map_or_else(|| typed.to_owned(), |said| said.join(" "))
}

fn translated<'a>(spoken: &[(Vec<String>, &'a str)], words: &[&'a str]) -> Option<Vec<&'a str>> {
    let mut rest = words;
    let mut said = Vec::new();
    while let [first, others @ ..] = rest {
        let known = spoken.iter().find_map(|(phrase, word)| {
            let next = rest.get(..phrase.len())?;
            let same = next.iter().zip(phrase).all(|(typed, known)| plain(typed) == *known);
            same.then_some((phrase.len(), *word))
        });
        let (length, word) = match known {
            Some(known) => known,
            None if first.starts_with(|c: char| !c.is_alphabetic()) => (1, *first),
            None => (1, shortened(spoken, first)?),
        };
        said.extend((word != "at").then_some(word));
        rest = rest.get(length..).unwrap_or(others);
    }
    Some(said)
}

/// Whether an answer is a yes.
pub(crate) fn is_yes(speaker: &Speaker, answer: &str) -> bool {
    let answer = plain(answer);
    let yes = speaker.word("ask-yes");
    yes.split(',').chain(["y", "yes"]).any(|yes| plain(yes) == answer)
}

/// What the language has for each word of the rules, the longest first.
fn spoken(speaker: &Speaker) -> Vec<(Vec<String>, &'static str)> {
    let mut spoken: Vec<_> = WORDS
        .into_iter()
        .flat_map(|word| {
            let typed = speaker.word(&format!("typed-{word}"));
            let phrases = typed.split(',').map(|phrase| phrase.split_whitespace().map(plain).collect());
            phrases.map(|phrase| (phrase, word)).collect::<Vec<(Vec<String>, _)>>()
        })
        .collect();
    spoken.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    spoken
}

/// `jue` as `thursday`.
fn shortened<'a>(spoken: &[(Vec<String>, &'a str)], typed: &str) -> Option<&'a str> {
    let beginning = plain(typed.trim_end_matches([',', '.']));
    let is_day = |(phrase, word): &&(Vec<String>, &'a str)| {
        word.ends_with("day") && matches!(phrase.as_slice(), [name] if name.starts_with(&beginning))
    };
    let long_enough = beginning.chars().count() >= SHORTEST;
    spoken.iter().filter(|_| long_enough).find(is_day).map(|(_, word)| *word)
}

/// Lower case and without accents, which are seldom typed.
fn plain(word: &str) -> String {
    let bare = |letter| match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        other => other,
    };
    word.trim().to_lowercase().chars().map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use closeknit_say::Language;

    #[test]
    fn times_in_spanish_are_those_of_the_rules() {
        let spanish = Speaker::new(Language::Spanish);
        for (typed, meant) in [
            ("mañana 9-12", "tomorrow 9-12"),
            ("manana de 9 a 12", "tomorrow 9 to 12"),
            ("el jueves de 9:20 a 12:30", "thursday 9:20 to 12:30"),
            ("Mié 18-21", "wednesday 18-21"),
            ("sab 9-13", "saturday 9-13"),
            ("antes del viernes a las 17:00", "before friday 17:00"),
            ("pasado mañana 9-12", "pasado mañana 9-12"),
            ("2026-11-26T09:20/2026-11-26T12:30", "2026-11-26T09:20/2026-11-26T12:30"),
            ("thursday 9:20-12:30", "thursday 9:20-12:30"),
        ] {
            assert_eq!(time(&spanish, typed), meant);
        }
    }

    #[test]
    fn what_the_rules_read_in_english_stays_so() {
        let english = Speaker::new(Language::English);
        for typed in ["tomorrow 9-12", "friday 22:00 - saturday 2:00", "2026-12-24", "7d", "next week"] {
            assert_eq!(time(&english, typed), typed);
        }
        assert_eq!(time(&english, "by fri at 17:00"), "before friday 17:00");
    }

    #[test]
    fn a_yes_is_a_yes() {
        let [english, spanish] = Language::ALL.map(Speaker::new);
        for answer in ["y", "Yes"] {
            assert!(is_yes(&english, answer) && is_yes(&spanish, answer), "{answer}");
        }
        for answer in ["s", "Sí", "si"] {
            assert!(is_yes(&spanish, answer) && !is_yes(&english, answer), "{answer}");
        }
        for answer in ["", "n", "no", "sin"] {
            assert!(!is_yes(&english, answer) && !is_yes(&spanish, answer), "{answer:?}");
        }
    }
}
