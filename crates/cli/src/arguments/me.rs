//! What a member says of themselves, as it is typed.

use clap::{Args, ValueEnum};
use closeknit_api::calls;

use closeknit_say::Speaker;

use crate::typed;

#[derive(Debug, Args)]
pub(crate) struct Capacity {
    /// Hours a week.
    #[arg(long)]
    hours: Option<u8>,
    /// When you are usually free, such as "mon 18-21, sat 9-13".
    #[arg(long)]
    free: Option<String>,
    /// Categories you like to do, joined by commas.
    #[arg(long, value_delimiter = ',')]
    can: Option<Vec<String>>,
    /// Categories you will not do.
    #[arg(long, value_delimiter = ',')]
    not: Option<Vec<String>>,
    /// How far you go, in walking minutes.
    #[arg(long)]
    radius: Option<u16>,
    /// Resting until this day.
    #[arg(long, value_name = "DAY", conflicts_with = "no_rest")]
    rest: Option<String>,
    /// Ends the rest.
    #[arg(long)]
    no_rest: bool,
}

impl Capacity {
    pub(crate) fn call(self, speaker: &Speaker) -> calls::Capacity {
        let rest = self.rest.map(|day| typed::time(speaker, &day));
        let resting_until = if self.no_rest { Some(String::new()) } else { rest };
        calls::Capacity {
            hours: self.hours,
            free: self.free,
            can: self.can,
            will_not: self.not,
            radius_minutes: self.radius,
            resting_until,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Profile {
    /// What to be called by.
    #[arg(long)]
    name: Option<String>,
    /// Languages, joined by commas.
    #[arg(long, value_delimiter = ',')]
    languages: Option<Vec<String>>,
    /// Roughly where you live.
    #[arg(long)]
    area: Option<String>,
    /// What you know how to do, joined by commas.
    #[arg(long, value_delimiter = ',')]
    skills: Option<Vec<String>>,
    /// What you have to lend, joined by commas.
    #[arg(long, value_delimiter = ',')]
    lends: Option<Vec<String>>,
}

impl Profile {
    pub(crate) fn call(self) -> calls::Profile {
        let Self { name, languages, area, skills, lends } = self;
        calls::Profile { name, languages, area, skills, lends }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Told {
    On,
    Off,
}
