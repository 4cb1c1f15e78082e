//! What can be typed (docs/command-line.md).

mod keeping;
mod matching;
mod me;
mod notes;
mod post;

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use closeknit_api::views::MemberKind;

pub(crate) use self::{keeping::*, matching::*, me::*, notes::*, post::*};
use closeknit_say::Language;

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
    /// Joins a circle, or becomes one more machine of a member; waits, saying for what, and ends when in.
    Join {
        /// What `invite` or `pair` printed.
        invitation: String,
        /// What to be called by; not needed with what `pair` printed.
        #[arg(default_value = "")]
        name: String,
        #[arg(long, value_enum, default_value = "person")]
        kind: Kind,
        #[command(flatten)]
        network: Network,
    },
    /// Makes an invitation for a member who lost their machine and has their words on paper.
    LetBack {
        member: String,
        /// Writes it to a file too.
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Comes back into a circle with the recovery words and a neighbour's `let-back`.
    ComeBack {
        invitation: String,
        /// A file with the 24 recovery words; without it you are asked for them.
        #[arg(long, value_name = "FILE")]
        words: Option<PathBuf>,
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
    /// What wants you now, and nothing else.
    Today,
    /// What is new and was not told yet.
    Notices,
    /// The hours of every day in which nothing is told: shows them, or sets them.
    Quiet {
        #[arg(value_enum)]
        heeded: Option<Told>,
        /// From when, such as 21:00.
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// Until when, such as 08:00.
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
    },
    /// Posts a need.
    Need(NewPost),
    /// Posts an offer.
    Offer(NewPost),
    /// Shows or sets how the circle knows you: what it can read of you.
    Profile(Profile),
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
        /// Only with a word that begins like each of these.
        #[arg(long)]
        search: Option<String>,
        /// Only what has a time on this day, or in this week: today, week, friday, 2026-12-24.
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
        /// Only what is known to be no further away than you go.
        #[arg(long)]
        near: bool,
    },
    /// A week of the calendar.
    Week {
        /// A day of it, such as 2026-12-24; this week without one.
        day: Option<String>,
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
    /// A helper has one more machine than when your doorstep details went to them: sends them there too.
    SendDoorstep {
        promise: String,
        /// Does not, and does not ask again.
        #[arg(long)]
        no: bool,
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
    /// Undoes something of yours: a post that was closed, a promise that was taken back, thanks.
    Undo {
        /// The post or the promise, or the beginning of its id in what `show` prints of the past.
        id: String,
    },
    /// Changes a post of yours; what is left out stays.
    Edit(Edit),
    /// Says that a post of yours still stands.
    Renew {
        id: String,
        /// The last day it is shown.
        #[arg(long, value_name = "DAY")]
        until: Option<String>,
    },
    /// Says yes again to a post that changed after you promised.
    YesAgain { promise: String },
    /// Thanks for help with a post; everybody in the circle can read it.
    Thank {
        id: String,
        text: String,
        /// One of those who helped, who alone can read it.
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
    },
    /// The notes of the circle, the one changed last first.
    Notes {
        /// Only those with a word that begins like each of these.
        #[arg(long)]
        search: Option<String>,
    },
    /// Writes, shows, changes or takes away a note.
    #[command(subcommand)]
    Note(Note),
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
    /// What the circle sees of what you can carry; nothing, while you rest.
    ShowCapacity(ShowCapacity),
    /// How many minutes it is on foot from where you live; only your own machines can read it.
    Ways(Ways),
    /// What a promise of yours takes each time; only your own machines can read it.
    Weigh(Weigh),
    /// Needs that you could answer, or neighbours who might answer one of yours, and why.
    Suggest {
        /// A need of yours.
        #[arg(long = "for", value_name = "ID")]
        need: Option<String>,
        /// At most so many.
        #[arg(long)]
        limit: Option<u32>,
    },
    /// Whom you would rather not meet; it never leaves this machine.
    Avoid {
        /// By name or id.
        #[arg(required_unless_present = "list")]
        person: Option<String>,
        /// Not any more.
        #[arg(long, conflicts_with = "list")]
        no_more: bool,
        /// Shows who they are.
        #[arg(long, conflicts_with = "person")]
        list: bool,
    },
    /// Proposes who could go at which time of a post of yours; nobody goes by it.
    Rota(Rota),
    /// What the circle has and wants, by kind of help and day.
    Resources {
        /// Only in this area.
        #[arg(long, value_name = "AREA")]
        near: Option<String>,
    },
    /// Who knows how to do something, or has it to lend.
    Find { text: String },
    /// Who is in the circle.
    #[command(visible_alias = "people")]
    Circle,
    /// Says that you know somebody: after two who have a say said so, they have one too.
    Vouch {
        /// By name or id.
        member: String,
    },
    /// Says that somebody should no longer belong. It takes two who have a say.
    Remove {
        /// By name or id.
        member: String,
        /// Does not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Leaves the circle for good, and takes it off this machine.
    Leave {
        /// Does not ask.
        #[arg(long)]
        yes: bool,
        /// A file with the 24 recovery words; without it you are asked where they are needed.
        #[arg(long, value_name = "FILE")]
        words: Option<PathBuf>,
    },
    /// Says what it takes to open what is on this machine, and puts it under a passphrase.
    Passphrase(Passphrase),
    /// Locks: nothing is shown until the passphrase is typed.
    Lock,
    /// Unlocks the program that has the profile open.
    Unlock,
    /// Erases this profile from this machine: keys, words, circles. It cannot be taken back.
    Erase {
        /// Does not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Your own machines in the circle.
    Machines,
    /// Makes a line with which another machine becomes one of yours: `closeknit join LINE` there.
    Pair,
    /// Takes a machine of yours away: one that is lost, with your 24 words, or this one.
    Drop {
        /// By name or id.
        #[arg(required_unless_present = "this")]
        machine: Option<String>,
        /// This one.
        #[arg(long, conflicts_with = "machine")]
        this: bool,
        /// Does not ask.
        #[arg(long)]
        yes: bool,
        /// A file with the 24 recovery words; without it you are asked where they are needed.
        #[arg(long, value_name = "FILE")]
        words: Option<PathBuf>,
    },
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
    /// Everything of a circle on a stick, for where no network reaches.
    #[command(subcommand)]
    Parcel(Parcel),
    /// Writes something for other programs.
    #[command(subcommand)]
    Export(Export),
    /// Your recovery words.
    #[command(subcommand)]
    Words(Words),
    /// Makes every machine of the circle forget what is over: what is named, or all of it.
    Forget(Forget),
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
