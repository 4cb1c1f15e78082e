//! Posts and promises as they are typed.

use clap::{Args, ValueEnum};
use closeknit_api::{
    calls,
    views::{self, Closing, Mode, PostKind, RoleView, Unit, Verdict, Wanting},
};

use closeknit_say::Speaker;

use crate::typed;

/// When a post is.
#[derive(Debug, Args)]
struct Times {
    /// "tomorrow 9-12", "thursday 9:20-12:30", or 2026-11-26T09:20/2026-11-26T12:30.
    #[arg(long)]
    when: Option<String>,
    /// Several times instead, joined by commas.
    #[arg(long, value_name = "FROM/TO,…", value_delimiter = ',', conflicts_with = "when")]
    slots: Option<Vec<String>>,
    /// It comes again after `--when`: "mon, wed", daily, weekly, monthly, or FREQ=WEEKLY;BYDAY=MO,WE.
    #[arg(long, value_name = "RRULE")]
    repeat: Option<String>,
}

impl Times {
    /// The same as the app reads them, whatever language they were typed in.
    fn read(self, speaker: &Speaker) -> Self {
        let time = |typed: String| typed::time(speaker, &typed);
        Self {
            when: self.when.map(time),
            slots: self.slots.map(|times| times.into_iter().map(time).collect()),
            repeat: self.repeat.map(time),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct NewPost {
    title: String,
    #[arg(long)]
    category: String,
    /// The rest of it.
    #[arg(long)]
    detail: Option<String>,
    #[command(flatten)]
    times: Times,
    /// How many.
    #[arg(long)]
    want: Option<u16>,
    /// Somebody in particular among them, such as "1 with a van"; may be repeated.
    #[arg(long, value_name = "N NAME", value_parser = role)]
    role: Vec<RoleView>,
    /// For how many days it is lent.
    #[arg(long, value_name = "DAYS")]
    lend: Option<u16>,
    #[arg(long, value_enum)]
    unit: Option<Count>,
    /// How a seat is given; by category unless said otherwise.
    #[arg(long, value_enum)]
    mode: Option<Seat>,
    #[arg(long)]
    urgent: bool,
    /// Roughly where.
    #[arg(long, value_name = "AREA")]
    near: Option<String>,
    /// For somebody else, who agreed.
    #[arg(long = "for", value_name = "PERSON", requires = "consent")]
    person: Option<String>,
    /// How they agreed.
    #[arg(long)]
    consent: Option<String>,
    /// The last day it is shown.
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// An offer that stays.
    #[arg(long)]
    standing: bool,
    /// For these members alone, by name; others see only that something is open. May be repeated.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
}

impl NewPost {
    pub(crate) fn call(self, kind: PostKind, speaker: &Speaker) -> calls::Post {
        let Times { when, slots: times, repeat } = self.times.read(speaker);
        calls::Post {
            kind,
            category: self.category,
            title: self.title,
            detail: self.detail,
            when,
            times,
            repeat,
            roles: Some(self.role).filter(|roles| !roles.is_empty()),
            lend_days: self.lend,
            place: self.near,
            want: self.want,
            unit: self.unit.map(|unit| match unit {
                Count::Helpers => Unit::Helpers,
                Count::Hours => Unit::Hours,
                Count::Items => Unit::Items,
            }),
            mode: self.mode.map(|mode| match mode {
                Seat::TurnUp => Mode::TurnUp,
                Seat::First => Mode::First,
                Seat::Choose => Mode::Choose,
            }),
            urgent: self.urgent,
            person: self.person,
            consent: self.consent,
            standing: self.standing,
            audience: Some(self.only).filter(|only| !only.is_empty()),
            until: self.until.map(|day| typed::time(speaker, &day)),
            ..calls::Post::default()
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Edit {
    id: String,
    #[arg(long)]
    title: Option<String>,
    /// The rest of it; an empty text takes it away.
    #[arg(long)]
    detail: Option<String>,
    #[command(flatten)]
    times: Times,
    /// Roughly where; an empty text takes it away.
    #[arg(long, value_name = "AREA")]
    near: Option<String>,
}

impl Edit {
    pub(crate) fn call(self, speaker: &Speaker) -> calls::Edit {
        let Times { when, slots: times, repeat } = self.times.read(speaker);
        calls::Edit {
            id: self.id,
            title: self.title,
            detail: self.detail,
            when,
            times,
            repeat,
            place: self.near,
            ..calls::Edit::default()
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Count {
    Helpers,
    Hours,
    Items,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Seat {
    /// No answer needed, no private details.
    TurnUp,
    /// Your machine accepts the first promise that it sees.
    First,
    /// You choose.
    Choose,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum State {
    Open,
    Settled,
}

impl From<State> for Wanting {
    fn from(state: State) -> Self {
        match state {
            State::Open => Self::Open,
            State::Settled => Self::Settled,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Say {
    Accept,
    StandBy,
    Decline,
}

impl From<Say> for Verdict {
    fn from(say: Say) -> Self {
        match say {
            Say::Accept => Self::Accept,
            Say::StandBy => Self::StandBy,
            Say::Decline => Self::Decline,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Became {
    Happened,
    Partly,
    Not,
}

impl From<Became> for views::Became {
    fn from(became: Became) -> Self {
        match became {
            Became::Happened => Self::Happened,
            Became::Partly => Self::Partly,
            Became::Not => Self::DidNot,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum How {
    Met,
    NotNeeded,
    Duplicate,
}

impl From<How> for Closing {
    fn from(how: How) -> Self {
        match how {
            How::Met => Self::Met,
            How::NotNeeded => Self::NotNeeded,
            How::Duplicate => Self::Duplicate,
        }
    }
}

/// "1 with a van"; without a number it is one.
#[expect(clippy::unnecessary_wraps, reason = "clap asks for a result")]
fn role(text: &str) -> Result<RoleView, String> {
    let numbered = text.trim().split_once(' ').and_then(|(n, name)| Some((n.parse().ok()?, name)));
    let (amount, name) = numbered.unwrap_or((1, text));
    Ok(RoleView { name: name.trim().to_owned(), amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_with_and_without_a_number() {
        let van = |amount| RoleView { name: "with a van".into(), amount };
        assert_eq!(role("2 with a van"), Ok(van(2)));
        assert_eq!(role("with a van"), Ok(van(1)));
    }
}
