use jiff::civil::Weekday;

use crate::{category::Category, record::PostRef, shown::Level, text::Phrase, weekly::DayPart};

/// Why somebody and a need go together. Reasons are always told; what they come to never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason<'a> {
    /// They are free then: "Tuesday evenings".
    Free {
        /// The day.
        day: Weekday,
        /// The part of it.
        part: DayPart,
    },
    /// They are free for a part of that time.
    FreeInPart {
        /// The day.
        day: Weekday,
        /// The part of it.
        part: DayPart,
    },
    /// They are free for so many of its times.
    FreeForSome {
        /// So many.
        fits: u32,
        /// Of so many.
        of: u32,
    },
    /// So many minutes on foot. None: the same area.
    Near {
        /// Minutes on foot.
        minutes: u16,
    },
    /// They have something that helps: "you have a car".
    Has(&'a Phrase),
    /// They know something that helps.
    Can(&'a Phrase),
    /// They speak a language that the need names.
    Speaks(&'a Phrase),
    /// They and who asks speak a language that not everybody speaks.
    SpeaksToo(&'a Phrase),
    /// They like to do this.
    Likes(Category),
    /// They show that they can give this, some or plenty, on a day if the need names one.
    Gives {
        /// What.
        category: Category,
        /// How much.
        level: Level,
        /// When.
        day: Option<Weekday>,
    },
    /// They have an offer of this kind.
    Offers(PostRef),
    /// They have not helped for so many weeks.
    LongSince {
        /// Weeks.
        weeks: u32,
    },
}

/// From here on the way is not near.
const NEAR_MINUTES: u16 = 10;
/// From here on it is a long time since somebody helped.
pub(super) const LONG_WEEKS: u32 = 4;

impl Reason<'_> {
    /// How much it counts. Few steps, so that many are equal and the load can be spread among them.
    pub(super) const fn counts(&self) -> u32 {
        match self {
            Self::Offers(_) => 5,
            Self::Likes(_) | Self::Gives { .. } | Self::Speaks(_) => 4,
            Self::Has(_) | Self::Can(_) | Self::Free { .. } | Self::FreeForSome { .. } => 3,
            Self::SpeaksToo(_) => 2,
            Self::Near { minutes: 0..=NEAR_MINUTES } => 2,
            Self::Near { .. } | Self::FreeInPart { .. } | Self::LongSince { .. } => 1,
        }
    }

    /// Whether it alone makes somebody worth asking: time and distance do not.
    pub(super) const fn is_about_the_need(&self) -> bool {
        !matches!(
            self,
            Self::Free { .. }
                | Self::FreeInPart { .. }
                | Self::FreeForSome { .. }
                | Self::Near { .. }
                | Self::LongSince { .. }
        )
    }
}
