//! Why somebody and a need go together, in words.

use jiff::civil::Weekday;

use super::sentence::{Word, sentences};
use crate::{matching::Reason, record::PostRef, shown::Level, weekly::DayPart};

/// Whom a reason is about: who reads it, or a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Who reads it.
    You,
    /// A neighbour.
    Them,
}

sentences! {
    /// A reason as it is said, one of several in a line: "Tuesday evening, 10 minutes away, you have: car".
    Because:

    /// "{day} {part}"
    "because-free" Free { day: Word, part: Word }
    /// "part of {day} {part}"
    "because-free-in-part" FreeInPart { day: Word, part: Word }
    /// "free for {fits} of {of} times"
    "because-free-for-some" FreeForSome { fits: u32, of: u32 }
    /// "{minutes} minutes away"
    "because-near" Near { minutes: u32 }
    /// "the same area"
    "because-same-area" SameArea {}
    /// "you have: {thing}"
    "because-you-have" YouHave { thing: String }
    /// "has: {thing}"
    "because-they-have" TheyHave { thing: String }
    /// "your skill: {skill}"
    "because-you-can" YouCan { skill: String }
    /// "skill: {skill}"
    "because-they-can" TheyCan { skill: String }
    /// "you speak {language}"
    "because-you-speak" YouSpeak { language: String }
    /// "speaks {language}"
    "because-they-speak" TheySpeak { language: String }
    /// "you both speak {language}"
    "because-both-speak" BothSpeak { language: String }
    /// "you like to do this"
    "because-you-like" YouLike {}
    /// "has some time for this"
    "because-they-give-some" TheyGiveSome {}
    /// "has some time for this on {day}"
    "because-they-give-some-on" TheyGiveSomeOn { day: Word }
    /// "has plenty of time for this"
    "because-they-give-plenty" TheyGivePlenty {}
    /// "has plenty of time for this on {day}"
    "because-they-give-plenty-on" TheyGivePlentyOn { day: Word }
    /// "offers: {post}"
    "because-they-offer" TheyOffer { post: PostRef }
    /// "you last helped {weeks} weeks ago"
    "because-you-long-since" YouLongSince { weeks: u32 }
    /// "last helped {weeks} weeks ago"
    "because-they-long-since" TheyLongSince { weeks: u32 }
}

/// A reason in words.
#[must_use]
pub fn because(reason: &Reason<'_>, about: About) -> Because {
    let you = about == About::You;
    match *reason {
        Reason::Free { day, part } => Because::Free { day: weekday(day), part: part_of_day(part) },
        Reason::FreeInPart { day, part } => {
            Because::FreeInPart { day: weekday(day), part: part_of_day(part) }
        }
        Reason::FreeForSome { fits, of } => Because::FreeForSome { fits, of },
        Reason::Near { minutes: 0 } => Because::SameArea {},
        Reason::Near { minutes } => Because::Near { minutes: minutes.into() },
        Reason::Has(thing) if you => Because::YouHave { thing: thing.to_string() },
        Reason::Has(thing) => Because::TheyHave { thing: thing.to_string() },
        Reason::Can(skill) if you => Because::YouCan { skill: skill.to_string() },
        Reason::Can(skill) => Because::TheyCan { skill: skill.to_string() },
        Reason::Speaks(language) if you => Because::YouSpeak { language: language.to_string() },
        Reason::Speaks(language) => Because::TheySpeak { language: language.to_string() },
        Reason::SpeaksToo(language) => Because::BothSpeak { language: language.to_string() },
        Reason::Likes(_) => Because::YouLike {},
        Reason::Gives { level: Level::Plenty, day: None, .. } => Because::TheyGivePlenty {},
        Reason::Gives { level: Level::Plenty, day: Some(day), .. } => {
            Because::TheyGivePlentyOn { day: weekday(day) }
        }
        Reason::Gives { day: None, .. } => Because::TheyGiveSome {},
        Reason::Gives { day: Some(day), .. } => Because::TheyGiveSomeOn { day: weekday(day) },
        Reason::Offers(post) => Because::TheyOffer { post },
        Reason::LongSince { weeks } if you => Because::YouLongSince { weeks },
        Reason::LongSince { weeks } => Because::TheyLongSince { weeks },
    }
}

/// A day of the week in a sentence.
#[must_use]
pub(crate) fn weekday(day: Weekday) -> Word {
    let name = match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    };
    Word(format!("weekday-{name}"))
}

fn part_of_day(part: DayPart) -> Word {
    let name = match part {
        DayPart::Morning => "morning",
        DayPart::Afternoon => "afternoon",
        DayPart::Evening => "evening",
        DayPart::Night => "night",
    };
    Word(format!("day-part-{name}"))
}
