//! Texts that merge: what somebody changed in one, brought into what it reads now.
//!
//! Both are worked out by Automerge, in a document of its own that nobody else sees: what was changed by its
//! comparison of the two texts, what becomes of it by its merge. There each word is one letter, so that words
//! stay whole.

use std::collections::{BTreeMap, VecDeque};

use automerge::{
    ActorId, Automerge, AutomergeError, ObjId, ObjType, PatchAction, ROOT,
    transaction::{CommitOptions, Transactable, Transaction},
};

use crate::limits::{ChangeLimits, LIMITS};

/// One change in a text: at this letter so many are taken out, and these put in. Letters are code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Splice {
    pub(crate) at: usize,
    pub(crate) delete: usize,
    pub(crate) insert: String,
}

impl Splice {
    fn add(text: &str) -> Self {
        Self { at: 0, delete: 0, insert: text.to_owned() }
    }

    /// How much longer the text is with it.
    fn growth(&self) -> isize {
        self.insert.chars().count().cast_signed().wrapping_sub(self.delete.cast_signed())
    }

    /// As much of it as takes at most so many operations, and the rest.
    fn cut(self, most: usize) -> (Self, Option<Self>) {
        let delete = self.delete.min(most);
        let insert: String = self.insert.chars().take(most.saturating_sub(delete)).collect();
        let inserted = insert.chars().count();
        let rest = Self {
            at: self.at.saturating_add(inserted),
            delete: self.delete.saturating_sub(delete),
            insert: self.insert.chars().skip(inserted).collect(),
        };
        let some = rest.delete > 0 || !rest.insert.is_empty();
        (Self { at: self.at, delete, insert }, some.then_some(rest))
    }
}

/// The change from one text to another, for what it reads `now`: each splice for what those before it made.
/// What was changed there in the same way is not changed twice.
pub(crate) fn splices(from: &str, to: &str, now: &str) -> Result<Vec<Splice>, AutomergeError> {
    if to == now {
        return Ok(Vec::new());
    }
    let mut words = Words::default();
    let [from, to, now] = [from, to, now].map(|text| words.as_letters(text));
    let splices = merged(&from, &to, &now)?;
    Ok(words.as_words(&now, splices))
}

fn merged(from: &str, to: &str, now: &str) -> Result<Vec<Splice>, AutomergeError> {
    let wanted = in_places_of(&Scratch::of(from)?.changed_to(to)?);
    if from == now {
        return Ok(one_after_another(wanted));
    }
    let done = in_places_of(&Scratch::of(from)?.changed_to(now)?);
    let wanted = wanted.into_iter().filter(|splice| !done.contains(splice)).collect();
    let (base, done, wanted) = (Scratch::of(from)?, one_after_another(done), one_after_another(wanted));
    let (mut theirs, mut ours) = (base.copy(1), base.copy(2));
    theirs.splice(&done)?;
    ours.splice(&wanted)?;
    let before = theirs.document.get_heads();
    theirs.document.merge(&mut ours.document)?;
    Ok(theirs.since(&before))
}

/// Words, each with a letter that stands for it.
#[derive(Default)]
struct Words<'a> {
    letters: BTreeMap<&'a str, char>,
    words: BTreeMap<char, &'a str>,
}

impl<'a> Words<'a> {
    /// From here on there are more letters than texts have words, and each is one to whoever compares.
    const FIRST: u32 = 0x2_0000;

    fn as_letters(&mut self, text: &'a str) -> String {
        words(text).map(|word| self.letter(word)).collect()
    }

    fn letter(&mut self, word: &'a str) -> char {
        let next = u32::try_from(self.letters.len()).ok().and_then(|n| char::from_u32(n + Self::FIRST));
        let next = next.unwrap_or(char::REPLACEMENT_CHARACTER);
        let letter = *self.letters.entry(word).or_insert(next);
        self.words.insert(letter, word);
        letter
    }

    fn word(&self, letter: char) -> &'a str {
        self.words.get(&letter).copied().unwrap_or_default()
    }

    /// Splices of a text of such letters, as those of the text itself.
    fn as_words(&self, text: &str, splices: Vec<Splice>) -> Vec<Splice> {
        let mut letters: Vec<char> = text.chars().collect();
        let long = |letters: &[char]| letters.iter().map(|letter| self.word(*letter).chars().count()).sum();
        let whole = |Splice { at, delete, insert }| {
            let at = letters.len().min(at);
            let end = letters.len().min(at.saturating_add(delete));
            let before = long(letters.get(..at).unwrap_or_default());
            let gone: Vec<char> = letters.splice(at..end, insert.chars()).collect();
            let insert = insert.chars().map(|letter| self.word(letter)).collect();
            Splice { at: before, delete: long(&gone), insert }
        };
        splices.into_iter().map(whole).collect()
    }
}

/// A text as words: what stands between them, and each letter of a script without spaces, is one too.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let alone = |letter: char| {
        letter.is_whitespace() || letter.is_ascii_punctuation() || ('\u{2e80}'..='\u{d7ff}').contains(&letter)
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if alone(first) { Some(first.len_utf8()) } else { rest.find(alone) };
        let (word, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = after;
        Some(word)
    })
}

/// How unlikely it is that a text came from another one: words of that which it does not have, wherever they
/// stand, weigh more than words that came. A change that is made twice is seen; one that is lost is not.
pub(crate) fn unlikeliness(text: &str, from: &str) -> u64 {
    let mut words: BTreeMap<&str, i64> = BTreeMap::new();
    from.split_whitespace().for_each(|word| *words.entry(word).or_default() += 1);
    text.split_whitespace().for_each(|word| *words.entry(word).or_default() -= 1);
    let weight =
        |more: i64| if more > 0 { more.unsigned_abs().saturating_mul(4) } else { more.unsigned_abs() };
    words.into_values().map(weight).fold(0, u64::saturating_add)
}

/// Splices that follow each other, as changes of the text that the first of them found.
fn in_places_of(splices: &[Splice]) -> Vec<Splice> {
    let mut grown = 0_isize;
    let place = |splice: &Splice| {
        let at = splice.at.saturating_add_signed(grown.wrapping_neg());
        grown = grown.wrapping_add(splice.growth());
        Splice { at, ..splice.clone() }
    };
    splices.iter().map(place).collect()
}

/// The reverse.
fn one_after_another(splices: Vec<Splice>) -> Vec<Splice> {
    let mut grown = 0_isize;
    let place = |splice: Splice| {
        let at = splice.at.saturating_add_signed(grown);
        grown = grown.wrapping_add(splice.growth());
        Splice { at, ..splice }
    };
    splices.into_iter().map(place).collect()
}

/// A document with one text, to try things out.
struct Scratch {
    document: Automerge,
    text: ObjId,
}

impl Scratch {
    fn of(text: &str) -> Result<Self, AutomergeError> {
        let mut document = Automerge::new().with_actor(ActorId::from([0]));
        let mut transaction = document.transaction();
        let object = transaction.put_object(ROOT, "text", ObjType::Text)?;
        transaction.splice_text(&object, 0, 0, text)?;
        transaction.commit_with(CommitOptions::default().with_time(0));
        Ok(Self { document, text: object })
    }

    fn copy(&self, actor: u8) -> Self {
        let mut document = self.document.clone();
        document.set_actor(ActorId::from([actor]));
        Self { document, text: self.text.clone() }
    }

    fn changed_to(mut self, text: &str) -> Result<Vec<Splice>, AutomergeError> {
        let before = self.document.get_heads();
        let mut transaction = self.document.transaction();
        transaction.update_text(&self.text, text)?;
        transaction.commit_with(CommitOptions::default().with_time(0));
        Ok(self.since(&before))
    }

    fn splice(&mut self, splices: &[Splice]) -> Result<(), AutomergeError> {
        let mut transaction = self.document.transaction();
        for splice in splices {
            write(&mut transaction, &self.text, splice)?;
        }
        transaction.commit_with(CommitOptions::default().with_time(0));
        Ok(())
    }

    fn since(&self, before: &[automerge::ChangeHash]) -> Vec<Splice> {
        let patches = self.document.diff(before, &self.document.get_heads());
        let splice = |action| match action {
            PatchAction::SpliceText { index, value, .. } => {
                Some(Splice { at: index, delete: 0, insert: value.make_string() })
            }
            PatchAction::DeleteSeq { index, length } => {
                Some(Splice { at: index, delete: length, insert: String::new() })
            }
            _ => None,
        };
        patches.into_iter().filter_map(|patch| splice(patch.action)).collect()
    }
}

fn write(transaction: &mut Transaction<'_>, text: &ObjId, splice: &Splice) -> Result<(), AutomergeError> {
    transaction.splice_text(text, splice.at, splice.delete.cast_signed(), &splice.insert)
}

/// What is still to be written into texts that are there: a long one takes several changes.
#[derive(Debug, Default)]
pub(crate) struct Texts(VecDeque<(ObjId, Splice)>);

impl Texts {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fills a text that has nothing in it yet.
    pub(crate) fn fill(&mut self, object: ObjId, text: &str) {
        if !text.is_empty() {
            self.0.push_back((object, Splice::add(text)));
        }
    }

    pub(crate) fn change(&mut self, object: &ObjId, splices: Vec<Splice>) {
        self.0.extend(splices.into_iter().map(|splice| (object.clone(), splice)));
    }

    /// Writes as much of it as one change has room for: three quarters of what `limits` allows.
    /// About how many bytes that took, beside `bytes` that it has.
    pub(crate) fn write(
        &mut self,
        transaction: &mut Transaction<'_>,
        limits: ChangeLimits,
        bytes: usize,
    ) -> Result<usize, AutomergeError> {
        let mut took = 0_usize;
        while let Some((object, splice)) = self.0.pop_front() {
            let ops = limits.ops / 4 * 3;
            let ops = ops.saturating_sub(transaction.pending_ops() as u64);
            let left = (limits.bytes / 4 * 3).saturating_sub(bytes).saturating_sub(took);
            let most = usize::try_from(ops).unwrap_or(usize::MAX).min(left / LIMITS.letter);
            if most == 0 {
                self.0.push_front((object, splice));
                break;
            }
            let (now, rest) = splice.cut(most);
            write(transaction, &object, &now)?;
            let letters = now.delete.saturating_add(now.insert.chars().count());
            took = took.saturating_add(letters.saturating_mul(LIMITS.letter));
            if let Some(rest) = rest {
                self.0.push_front((object, rest));
            }
        }
        Ok(took)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spliced(text: &str, splices: &[Splice]) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        for splice in splices {
            letters.splice(splice.at..splice.at + splice.delete, splice.insert.chars());
        }
        letters.into_iter().collect()
    }

    fn merged(from: &str, to: &str, now: &str) -> String {
        spliced(now, &splices(from, to, now).unwrap())
    }

    #[test]
    fn edits_in_different_places_both_stand() {
        let from = "Tea at four. Bring cups.\nAna keeps the key.";
        let to = "Tea at five. Bring cups.\nAna keeps the key.";
        let now = "Tea at four. Bring cups and cake.\nAna and Bo keep the key.";
        assert_eq!(merged(from, to, now), "Tea at five. Bring cups and cake.\nAna and Bo keep the key.");
        assert_eq!(merged(from, now, to), merged(from, to, now));
    }

    #[test]
    fn what_was_done_already_is_not_done_twice() {
        let (from, to) = ("Bring cups.", "Bring cups and cake.");
        assert_eq!(merged(from, to, to), to);
        assert_eq!(merged(from, to, "Please bring cups and cake."), "Please bring cups and cake.");
        assert_eq!(merged(from, "cups.", "Bring plates."), "plates.");
    }

    #[test]
    fn words_stay_whole() {
        let split: Vec<_> = words("Tea,\nÅsa: 茶👩\u{200d}🌾!").collect();
        assert_eq!(split, ["Tea", ",", "\n", "Åsa", ":", " ", "茶", "👩\u{200d}🌾", "!"]);
        let now = "Tea on Monday at four.";
        assert_eq!(merged("Tea at four.", "Tea at five.", now), "Tea on Monday at five.");
        let both = merged("Tea at four.", "Tea on Monday at four.", "Tea on Sunday at four.");
        assert!(both.contains("Monday") && both.contains("Sunday"), "{both}");
    }

    #[test]
    fn a_text_comes_from_one_that_is_in_it() {
        let began = "tea at five with cake";
        let versions = ["tea", "tea at five", "tea at five in the hall", "tea at four"];
        assert_eq!(versions.into_iter().min_by_key(|text| unlikeliness(began, text)), Some("tea at five"));
        assert_eq!(unlikeliness(began, "cake with tea at five"), 0);
    }

    #[test]
    fn a_long_splice_is_cut() {
        let whole = Splice { at: 3, delete: 4, insert: "abc".to_owned() };
        let (first, rest) = whole.cut(5);
        assert_eq!((first.delete, &*first.insert), (4, "a"));
        assert_eq!(rest, Some(Splice { at: 4, delete: 0, insert: "bc".to_owned() }));
    }

    proptest! {
        #[test]
        fn any_text_becomes_any_other(from in "[ab\u{301}\u{1f469}\u{200d} ]{0,30}", to in "[ab\u{301}\u{1f469}\u{200d} ]{0,30}") {
            prop_assert_eq!(merged(&from, &to, &from), to.clone());
            prop_assert_eq!(merged(&from, &from, &to), to.clone());
            prop_assert_eq!(merged(&from, &to, &to), to);
        }

        #[test]
        fn what_both_wrote_is_there(from in "[a-c ]{0,20}", to in "[d-f ]{0,20}", now in "[g-i ]{0,20}") {
            let merged = merged(&from, &to, &now);
            for new in to.chars().chain(now.chars()).filter(|letter| ('d'..='i').contains(letter)) {
                prop_assert!(merged.contains(new), "{} in {}", new, merged);
            }
        }
    }
}
