//! Text as it is compared and searched: without case and accents, so that "jose" finds "José".

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text without case, accents and the differences that only a typesetter sees.
#[must_use]
pub fn plain(text: &str) -> String {
    // What most texts are made of in most circles, and a tenth of the work.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower: String = text.nfkd().flat_map(char::to_lowercase).collect();
    // A letter may only become one with an accent once it is small.
    lower.nfkd().filter(|letter| !is_combining_mark(*letter)).collect()
}

/// Its words, plain: letters and digits between anything else.
pub fn words(text: &str) -> Vec<String> {
    split(&plain(text)).map(str::to_owned).collect()
}

/// The words of a text that is plain already.
pub(crate) fn split(plain: &str) -> impl Iterator<Item = &str> {
    plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Its words, each in the form that one and many share ("ladders", "ladder"), as far as that is easy.
pub(crate) fn stems(text: &str) -> Vec<String> {
    split(&plain(text)).map(|word| stem(word).to_owned()).collect()
}

/// The form that one and many share.
pub(crate) fn stem(word: &str) -> &str {
    let one = word.strip_suffix('s').filter(|rest| rest.len() >= 3 && !rest.ends_with(['s', 'u', 'i']));
    one.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_make_no_difference() {
        assert_eq!(plain("José Peña, STRASSE, Œuvre, ﬁn"), "jose pena, strasse, œuvre, fin");
        assert_eq!(plain("İstanbul"), "istanbul");
        assert_eq!(words("Ladder (3 m), hand-truck"), ["ladder", "3", "m", "hand", "truck"]);
        assert_eq!(stems("ladders bus glasses forms"), ["ladder", "bus", "glasse", "form"]);
    }

    proptest::proptest! {
        #[test]
        fn what_is_plain_stays_so(text in "\\PC{0,40}") {
            proptest::prop_assert_eq!(plain(&plain(&text)), plain(&text));
        }
    }
}
