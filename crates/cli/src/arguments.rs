//! What can be typed (docs/command-line.md).

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use closeknit_api::{
    calls,
    views::{self, Closing, MemberKind, Mode, PostKind, RoleView, Unit, Verdict, Wanting},
};

use crate::{language::Language, say::Speaker, typed};

/// Closeknit without a window: needs, offers and promises among neighbours, on this machine first.
#[derive(Debug, Parser)]
#[command(name = "closeknit", version, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// The profile's directory; your own one unless said otherwise.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
    /// One JSON value on standard output.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// The circle, by name or id, where the profile holds several; with `start` the name of the new one.
    #[arg(long, global = true)]
    pub(crate) circle: Option<String>,
    /// Goes by this time instead of the clock: for tests and demonstrations.
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) now: Option<jiff::Timestamp>,
    /// Which language to speak, such as en or es; the machine's own unless said otherwise.
    #[arg(long, global = true, value_name = "TAG")]
    pub(crate) lang: Option<Language>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// First start: keys, and a draft circle that becomes real when the first person joins.
    Start {
        name: String,
        #[arg(long, value_enum, default_value = "person")]
        kind: Kind,
        /// The circle's time zone, such as Europe/Madrid.
        #[arg(long)]
        zone: Option<String>,
    },
    /// Makes an invitation to hand over.
    Invite {
        #[arg(long, default_value_t = 1)]
        uses: u16,
        /// How long it can be used, such as 12h or 7d.
        #[arg(long, default_value = "7d", value_parser = hours)]
        expires: u32,
        /// Writes it to a file too.
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Joins a circle; waits, saying for what, and ends when admitted.
    Join {
        invitation: String,
        name: String,
        #[arg(long, value_enum, default_value = "person")]
        kind: Kind,
        #[command(flatten)]
        network: Network,
    },
    /// Shows who is at the door with an invitation of yours, and lets in whoever shows the same code.
    Door {
        /// The code that the other screen shows; without it you are asked.
        #[arg(long)]
        code: Option<String>,
        /// Turns them away.
        #[arg(long, conflicts_with = "code")]
        refuse: bool,
    },
    /// Posts a need.
    Need(NewPost),
    /// Posts an offer.
    Offer(NewPost),
    /// Shows or sets what you can carry; only your own machines can read it.
    Capacity(Capacity),
    /// Whether neighbours are told which of their posts and promises you have seen.
    Seen {
        #[arg(value_enum)]
        told: Told,
    },
    /// What can be seen, with states computed now.
    Board {
        #[arg(long, conflicts_with = "offers")]
        needs: bool,
        #[arg(long)]
        offers: bool,
        #[arg(long)]
        category: Option<String>,
        /// Only what is still open, or only what is settled.
        #[arg(long, value_enum)]
        state: Option<State>,
        #[arg(long)]
        search: Option<String>,
    },
    /// One post with its story.
    Show { id: String },
    /// Promises help with a need, or asks for an offer.
    Promise {
        id: String,
        #[arg(long)]
        amount: Option<u16>,
        /// A word to the other side.
        #[arg(long)]
        say: Option<String>,
        /// For these of its times, joined by commas, each by the beginning of its name.
        #[arg(long, value_name = "TIME", value_delimiter = ',', conflicts_with = "every")]
        slot: Option<Vec<String>>,
        /// For each of its times.
        #[arg(long)]
        every: bool,
        /// Which of its roles.
        #[arg(long)]
        role: Option<String>,
    },
    /// Answers a promise to a post of yours.
    Answer {
        promise: String,
        #[arg(value_enum)]
        verdict: Say,
        /// Address, phone, access: only for the one who is accepted.
        #[arg(long)]
        doorstep: Option<String>,
    },
    /// Takes a promise of yours back.
    Withdraw {
        promise: String,
        /// For these of its times only.
        #[arg(long, value_name = "TIME", value_delimiter = ',')]
        slot: Option<Vec<String>>,
    },
    /// Ends a post of yours.
    Close {
        id: String,
        #[arg(value_enum)]
        how: How,
        /// With `duplicate`: the post that says the same.
        #[arg(long)]
        of: Option<String>,
    },
    /// Opens a post of yours again that was closed.
    Reopen { id: String },
    /// Changes a post of yours; what is left out stays.
    Edit(Edit),
    /// Says that a post of yours still stands.
    Renew {
        id: String,
        /// The last day it is shown.
        #[arg(long, value_name = "DAY")]
        until: Option<String>,
    },
    /// Says what became of a promise, as its helper or as the post's author.
    Outcome {
        promise: String,
        #[arg(value_enum)]
        how: Became,
        /// Which of its times, by the beginning of its name.
        #[arg(long, value_name = "TIME")]
        slot: Option<String>,
        /// Why; only the two of you can read it.
        #[arg(long)]
        why: Option<String>,
    },
    /// Who is in the circle.
    #[command(visible_alias = "people")]
    Circle,
    /// Machines around, and the last exchange with each.
    Near,
    /// Stays up: finds, is found, exchanges; one line an event.
    Run {
        #[command(flatten)]
        network: Network,
    },
    /// Exchanges with one machine until both hold the same, then ends.
    Meet {
        address: String,
        /// Gives up after so many seconds.
        #[arg(long, default_value_t = 60)]
        within: u64,
        /// Speaks from here only, such as 127.0.0.1:0.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<SocketAddr>,
    },
    /// The page on this machine: prints its address.
    Serve {
        #[arg(long, default_value_t = 0)]
        port: u16,
        #[command(flatten)]
        network: Network,
    },
    /// A signed backup.
    #[command(subcommand)]
    Backup(Backup),
    /// Your recovery words.
    #[command(subcommand)]
    Words(Words),
    /// What is well on this machine and what is not.
    Doctor {
        /// Writes the tables of the screens anew from the log, and compares.
        #[arg(long)]
        rebuild: bool,
    },
    /// Counts and digests, for scripts: equal digests mean equal circles.
    Statistics,
    /// Ends the process that has the profile open.
    Stop,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Network {
    /// Listens here only, such as 127.0.0.1:0.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
    /// Looks for the machine with this address text; may be repeated.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) know: Vec<String>,
    /// Neither announces itself on the local network nor looks there.
    #[arg(long)]
    pub(crate) no_discovery: bool,
}

#[derive(Debug, Args)]
pub(crate) struct NewPost {
    title: String,
    #[arg(long)]
    category: String,
    /// The rest of it.
    #[arg(long)]
    detail: Option<String>,
    /// "tomorrow 9-12", "thursday 9:20-12:30", or 2026-11-26T09:20/2026-11-26T12:30.
    #[arg(long)]
    when: Option<String>,
    /// Several times instead, joined by commas.
    #[arg(long, value_name = "FROM/TO,…", value_delimiter = ',', conflicts_with = "when")]
    slots: Option<Vec<String>>,
    /// It comes again after `--when`: "mon, wed", daily, weekly, monthly, or FREQ=WEEKLY;BYDAY=MO,WE.
    #[arg(long, value_name = "RRULE", requires = "when")]
    repeat: Option<String>,
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
}

impl NewPost {
    pub(crate) fn call(self, kind: PostKind, speaker: &Speaker) -> calls::Post {
        let time = |typed: String| typed::time(speaker, &typed);
        calls::Post {
            kind,
            category: self.category,
            title: self.title,
            detail: self.detail,
            when: self.when.map(time),
            times: self.slots.map(|times| times.into_iter().map(time).collect()),
            repeat: self.repeat.map(time),
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
            until: self.until.map(time),
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
    /// As of a new post.
    #[arg(long)]
    when: Option<String>,
    /// Several times instead, joined by commas.
    #[arg(long, value_name = "FROM/TO,…", value_delimiter = ',', conflicts_with = "when")]
    slots: Option<Vec<String>>,
    /// It comes again after `--when`.
    #[arg(long, value_name = "RRULE", requires = "when")]
    repeat: Option<String>,
    /// Roughly where; an empty text takes it away.
    #[arg(long, value_name = "AREA")]
    near: Option<String>,
}

impl Edit {
    pub(crate) fn call(self, speaker: &Speaker) -> calls::Edit {
        let time = |typed: String| typed::time(speaker, &typed);
        calls::Edit {
            id: self.id,
            title: self.title,
            detail: self.detail,
            when: self.when.map(time),
            times: self.slots.map(|times| times.into_iter().map(time).collect()),
            repeat: self.repeat.map(time),
            place: self.near,
            ..calls::Edit::default()
        }
    }
}

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

#[derive(Debug, Subcommand)]
pub(crate) enum Backup {
    /// Writes one, reads it back, and says what is in it.
    Write {
        file: PathBuf,
        /// Asks for a passphrase instead of using the recovery words.
        #[arg(long)]
        passphrase: bool,
    },
    /// Verifies one and lists what is in it.
    Show(Reading),
    /// Merges a verified one into this profile.
    Restore(Reading),
}

#[derive(Debug, Args)]
pub(crate) struct Reading {
    pub(crate) file: PathBuf,
    /// A file with the 24 recovery words; without it you are asked where they are needed.
    #[arg(long, value_name = "FILE")]
    pub(crate) words: Option<PathBuf>,
    /// Asks for a passphrase.
    #[arg(long)]
    pub(crate) passphrase: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Words {
    /// Shows the 24 words, to be written on paper.
    Show,
    /// Asks for three of them; then this machine forgets them.
    Check,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    Person,
    Household,
    Organisation,
}

impl From<Kind> for MemberKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Household => Self::Household,
            Kind::Organisation => Self::Organisation,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Told {
    On,
    Off,
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

/// "12h" or "7d", as hours.
fn hours(text: &str) -> Result<u32, String> {
    let wrong = || "a number and h or d, such as 12h or 7d".to_owned();
    let (number, factor) = match (text.strip_suffix('h'), text.strip_suffix('d')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 24),
        _ => return Err(wrong()),
    };
    number.parse::<u32>().ok().and_then(|n| n.checked_mul(factor)).filter(|n| *n > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_commands_fit_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn roles_with_and_without_a_number() {
        let van = |amount| RoleView { name: "with a van".into(), amount };
        assert_eq!(role("2 with a van"), Ok(van(2)));
        assert_eq!(role("with a van"), Ok(van(1)));
    }

    #[test]
    fn time_spans() {
        assert_eq!(hours("12h"), Ok(12));
        assert_eq!(hours("7d"), Ok(168));
        assert!(
            hours("0d").is_err()
                && hours("d").is_err()
                && hours("7").is_err()
                && hours("999999999d").is_err()
        );
    }
}
