//! Languages by their tag, whatever they are called: profiles hold tags ("es") or plain words ("Spanish",
//! "español"), and needs name them in the middle of a sentence.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::plain::words;

/// A language: its tag, or the plain word for it where no tag is known.
pub(crate) type Tag = String;

/// Tag, then plain names: in English, in Spanish, and its own.
const NAMES: &[(&str, &[&str])] = &[
    ("am", &["amharic", "amarico", "አማርኛ"]),
    ("ar", &["arabic", "arabe", "العربية"]),
    ("bg", &["bulgarian", "bulgaro", "български"]),
    ("bn", &["bengali", "bangla", "বল"]),
    ("ca", &["catalan", "catala"]),
    ("cs", &["czech", "checo", "cestina"]),
    ("cy", &["welsh", "gales", "cymraeg"]),
    ("da", &["danish", "danes", "dansk"]),
    ("de", &["german", "aleman", "deutsch"]),
    ("el", &["greek", "griego", "ελληνικα"]),
    ("en", &["english", "ingles"]),
    ("es", &["spanish", "espanol", "castellano"]),
    ("eu", &["basque", "euskera", "euskara"]),
    ("fa", &["persian", "farsi", "persa", "dari", "فارسی"]),
    ("fr", &["french", "frances", "francais"]),
    ("ga", &["irish", "gaeilge"]),
    ("gl", &["galician", "gallego", "galego"]),
    ("gu", &["gujarati"]),
    ("he", &["hebrew", "hebreo", "עברית"]),
    ("hi", &["hindi"]),
    ("hu", &["hungarian", "hungaro", "magyar"]),
    ("it", &["italian", "italiano"]),
    ("ja", &["japanese", "japones", "日本語"]),
    ("ko", &["korean", "coreano", "한국어"]),
    ("ku", &["kurdish", "kurdo", "kurmanji", "sorani"]),
    ("lt", &["lithuanian", "lituano", "lietuviu"]),
    ("nl", &["dutch", "neerlandes", "nederlands"]),
    ("pa", &["punjabi", "panjabi"]),
    ("pl", &["polish", "polaco", "polski"]),
    ("ps", &["pashto", "pastun"]),
    ("pt", &["portuguese", "portugues"]),
    ("qu", &["quechua"]),
    ("ro", &["romanian", "rumano", "romana"]),
    ("ru", &["russian", "ruso", "русскии"]),
    ("so", &["somali", "soomaali"]),
    ("sq", &["albanian", "albanes", "shqip"]),
    ("sv", &["swedish", "sueco", "svenska"]),
    ("sw", &["swahili", "kiswahili"]),
    ("ta", &["tamil"]),
    ("ti", &["tigrinya"]),
    ("tl", &["tagalog", "filipino"]),
    ("tr", &["turkish", "turco", "turkce"]),
    ("uk", &["ukrainian", "ucraniano", "украінська"]),
    ("ur", &["urdu"]),
    ("vi", &["vietnamese", "vietnamita"]),
    ("wo", &["wolof"]),
    ("yo", &["yoruba"]),
    ("zh", &["chinese", "chino", "mandarin", "cantonese", "中文"]),
];

static BY_NAME: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    NAMES.iter().flat_map(|(tag, names)| names.iter().map(move |name| (*name, *tag))).collect()
});

/// The language that an entry of a profile names: "es", "es-MX", "Spanish (a little)".
pub(crate) fn entry(text: &str) -> Option<Tag> {
    let words = words(text);
    let known = words.iter().find_map(|word| BY_NAME.get(word.as_str()));
    let tag = || words.first().filter(|word| NAMES.iter().any(|(tag, _)| tag == word)).map(String::as_str);
    known.copied().or_else(tag).or(words.first().map(String::as_str)).map(str::to_owned)
}

/// The languages that plain words of a text name.
pub(crate) fn named<'a>(plain_words: impl IntoIterator<Item = &'a str>) -> Vec<Tag> {
    let mut tags: Vec<Tag> =
        plain_words.into_iter().filter_map(|word| BY_NAME.get(word).map(|tag| (*tag).to_owned())).collect();
    tags.sort();
    tags.dedup();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_language_under_all_its_names() {
        for name in ["es", "es-MX", "Spanish", "español", "Castellano", "some Spanish"] {
            assert_eq!(entry(name).as_deref(), Some("es"), "{name}");
        }
        assert_eq!(entry("Klingon").as_deref(), Some("klingon"));
        assert_eq!(entry("!"), None);
        let named = |text| super::named(words(text).iter().map(String::as_str));
        assert_eq!(named("Interpreter for the school: Romanian, or Arabic"), ["ar", "ro"]);
        assert!(named("As it is, no matter").is_empty(), "no tags in the middle of a sentence");
    }

    #[test]
    fn names_are_plain() {
        for name in NAMES.iter().flat_map(|(_, names)| names.iter()) {
            assert_eq!(crate::plain::plain(name), *name);
        }
    }
}
