use closeknit_ids::MemberId;

use crate::{Known, matching, plain, text::Phrase};

/// A skill or a thing to lend that was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// Whose.
    pub member: MemberId,
    /// As they wrote it.
    pub what: &'a Phrase,
    /// Something that they lend, rather than something that they know how to do.
    pub lends: bool,
}

/// The most words that are looked at of what somebody types.
const MOST_WORDS: usize = 8;

/// Skills and things to lend in which every word of `needle` begins a word, without case and accents: "jard"
/// finds "Jardinería". Those with the whole words come first, then by what they are called.
#[must_use]
pub fn find<'a>(known: &Known<'a>, needle: &str) -> Vec<Found<'a>> {
    let needles: Vec<String> = plain::words(needle).into_iter().take(MOST_WORDS).collect();
    if needles.is_empty() {
        return Vec::new();
    }
    let (profiles, _) = matching::profiles(known);
    let mut found = Vec::new();
    for (&member, profile) in &profiles {
        let lends = profile.lends.iter().map(|what| Found { member, what, lends: true });
        let skills = profile.skills.iter().map(|what| Found { member, what, lends: false });
        found.extend(lends.chain(skills).filter_map(|one| {
            let words = plain::words(one.what);
            let begins = |needle: &String| words.iter().any(|word| word.starts_with(needle.as_str()));
            let whole = needles.iter().all(|needle| words.contains(needle));
            needles.iter().all(begins).then(|| ((!whole, plain::plain(one.what), member), one))
        }));
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.into_iter().map(|(_, one)| one).collect()
}
