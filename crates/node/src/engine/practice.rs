//! The words are practised some weeks later: whoever lost the sheet notices while it does no harm.
//!
//! The machine has forgotten the words. Of two times three it keeps a salted hash, of three words
//! together; whoever got hold of both still lacks 18 of the 24.

use closeknit_api::{ErrorCode, Phrase, Tag, calls, views::PracticeView};
use closeknit_store::Durability;
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    Engine, Moment,
    failure::{Failure, Outcome},
    settings,
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// After they were written down.
const FIRST: i32 = 6 * 7;
/// After they were practised.
const NEXT: i32 = 26 * 7;
/// After "later".
const LATER: i32 = 7;

/// What is known of the sheet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Practice {
    three: [Three; 2],
    /// Which of the two is asked for next.
    turn: bool,
    /// When, in seconds since 1970.
    due: i64,
}

/// Three words by their numbers on the sheet, in ascending order.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Three {
    numbers: [u8; 3],
    salt: [u8; 16],
    hash: [u8; 32],
}

impl Three {
    fn of(sheet: &[&str], numbers: [u8; 3], rng: &mut impl CryptoRng) -> Self {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        let word = |number: u8| sheet.get(usize::from(number.saturating_sub(1))).copied().unwrap_or_default();
        Self { numbers, salt, hash: hash(&salt, numbers.map(word)) }
    }

    fn are(&self, typed: &[String]) -> bool {
        let plain: Vec<String> = typed.iter().map(|word| word.trim().to_lowercase()).collect();
        <[&str; 3]>::try_from(plain.iter().map(String::as_str).collect::<Vec<_>>())
            .is_ok_and(|words| hash(&self.salt, words) == self.hash)
    }
}

fn hash(salt: &[u8; 16], words: [&str; 3]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"closeknit/practice/1");
    hash.update(salt);
    hash.update(words.join(" "));
    hash.finalize().into()
}

impl Practice {
    /// For a sheet that was just proved to be on paper.
    pub(super) fn of(sheet: &[&str], now: Timestamp, rng: &mut impl CryptoRng) -> Self {
        let mut numbers: Vec<u8> = Vec::new();
        while numbers.len() < 6 {
            let number = u8::try_from(rng.next_u32() % 24).unwrap_or_default() + 1;
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        let mut three = |from: usize| {
            let mut three: Vec<u8> = numbers.iter().copied().skip(from).take(3).collect();
            three.sort_unstable();
            Three::of(sheet, three.try_into().unwrap_or_default(), rng)
        };
        Self { three: [three(0), three(3)], turn: false, due: after(now, FIRST) }
    }

    fn next(&self) -> &Three {
        let [first, second] = &self.three;
        if self.turn { second } else { first }
    }

    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.due <= now.as_second()
    }
}

fn after(now: Timestamp, days: i32) -> i64 {
    now.checked_add(DAY * days).unwrap_or(now).as_second()
}

impl Engine {
    pub(super) fn practise(&mut self, at: Moment, call: &calls::Practise) -> Outcome<PracticeView> {
        let known = settings::practice(self.store.view())?;
        let Some(practice) = known.filter(|practice| practice.is_due(at.now)) else {
            return Ok(PracticeView { ask: Vec::new(), says: None });
        };
        let (days, turn, says) = match &call.words {
            Some(typed) if !practice.next().are(typed) => {
                return Err(Failure::new(ErrorCode::BadWords).with("reason", "practised"));
            }
            Some(_) => (NEXT, !practice.turn, Some(Phrase::new("words-practised"))),
            None if call.later == Some(true) => (LATER, practice.turn, None),
            None => return Ok(PracticeView { ask: practice.next().numbers.to_vec(), says: None }),
        };
        let practice = Practice { turn, due: after(at.now, days), ..practice };
        self.store.write(Durability::Full, |batch| settings::set_practice(batch, &practice))?;
        self.tag(Tag::Me);
        Ok(PracticeView { ask: Vec::new(), says })
    }
}
