//! What members can carry, in words.

use jiff::{Timestamp, civil::Weekday};

use super::{
    because::weekday,
    sentence::{Word, sentences},
};
use crate::{category::Category, record::PostRef, weekly::ALL_DAYS};

sentences! {
    /// A sentence about what somebody carries, for their own eyes, or about what the circle has.
    Carrying:

    /// "That would make {promised} of your {cap} hours this week. You can promise it all the same."
    "carrying-would-be-over" WouldBeOver { promised: u32, cap: u32 }
    /// "That would make {promised} of your {cap} hours in the week of {on}. You can promise it all the same."
    "carrying-would-be-over-then" WouldBeOverThen { promised: u32, cap: u32, on: Timestamp }
    /// "That makes {promised} of your {cap} hours this week."
    "carrying-over" Over { promised: u32, cap: u32 }
    /// "That makes {promised} of your {cap} hours in the week of {on}."
    "carrying-over-then" OverThen { promised: u32, cap: u32, on: Timestamp }
    /// "{post}: nobody has said yes yet. It would give you {hours} hours back."
    "carrying-release-unanswered" ReleaseUnanswered { post: PostRef, hours: u32 }
    /// "{post}: you promised it last. It would give you {hours} hours back."
    "carrying-release-latest" ReleaseLatest { post: PostRef, hours: u32 }
    /// "You have {hours} hours free this week."
    "carrying-free" Free { hours: u32 }
    /// "In the last four weeks you helped {helped} times and were helped {was_helped} times."
    "carrying-balance" Balance { helped: u32, was_helped: u32 }
    /// "In the last four weeks you helped {helped} times."
    "carrying-balance-helped" BalanceHelped { helped: u32 }
    /// "In the last four weeks you were helped {was_helped} times."
    "carrying-balance-was-helped" BalanceWasHelped { was_helped: u32 }
    /// "Nothing happened in the last four weeks, and that is all right."
    "carrying-balance-none" BalanceNone {}
    /// "{category}: nobody on {days}."
    "carrying-nobody" Nobody { category: Word, days: Vec<Word> }
    /// "{category}: nobody yet."
    "carrying-nobody-yet" NobodyYet { category: Word }
    /// "{category}: several neighbours on {days}."
    "carrying-several" Several { category: Word, days: Vec<Word> }
}

impl Carrying {
    pub(crate) fn nobody(category: Category, days: &[Weekday]) -> Self {
        let category = kind(category);
        if ALL_DAYS.iter().all(|day| days.contains(day)) {
            return Self::NobodyYet { category };
        }
        Self::Nobody { category, days: days.iter().copied().map(weekday).collect() }
    }

    pub(crate) fn several(category: Category, days: &[Weekday]) -> Self {
        Self::Several { category: kind(category), days: days.iter().copied().map(weekday).collect() }
    }
}

fn kind(category: Category) -> Word {
    Word(format!("category-{}", category.slug()))
}
