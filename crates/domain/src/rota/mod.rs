//! A whole rota proposed at once, such as that of a meal train: who could go when, so that nobody is asked for
//! more than they can and nobody is in two places at once (mutual-aid, *Capacity and matching*). It is only
//! ever a proposal: whoever asks may pin and forbid, and nobody goes without promising it themselves.

mod fill;

pub use fill::propose;

use std::collections::BTreeSet;

use closeknit_ids::MemberId;

use crate::{
    Shown,
    category::Category,
    hours::Carried,
    shown::{Days, Level},
    time::Window,
    weekly::Weekly,
    words::OnRota,
};

/// One time of a plan, and how many are wanted then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// When.
    pub window: Window,
    /// How many.
    pub wanted: u16,
}

/// How much somebody can give in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// So many minutes, what they carry already included.
    Minutes(u32),
    /// So many times, whatever they carry: of others no more is known.
    Times(u32),
}

/// Somebody who could be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Willing<'a> {
    /// Who.
    pub member: MemberId,
    /// When they are usually free, if that is known.
    pub weekly: Option<&'a Weekly>,
    /// What they show for the days of the week, if they do.
    pub days: Option<&'a Days>,
    /// How much they can give in a week.
    pub room: Room,
    /// What they carry already ([`crate::hours::carried`]).
    pub carried: Vec<Carried>,
}

impl<'a> Willing<'a> {
    /// Who shows some is asked once a week.
    pub const SOME_TIMES: u32 = 1;
    /// Who shows plenty is asked up to three times a week.
    pub const PLENTY_TIMES: u32 = 3;

    /// A neighbour, by what they show of this kind of help; nobody who shows none of it.
    #[must_use]
    pub fn showing(
        member: MemberId,
        shown: &'a Shown,
        category: Category,
        carried: Vec<Carried>,
    ) -> Option<Self> {
        let days = shown.days(category)?;
        let times = if days.contains(&Level::Plenty) { Self::PLENTY_TIMES } else { Self::SOME_TIMES };
        Some(Self { member, weekly: None, days: Some(days), room: Room::Times(times), carried })
    }
}

/// What whoever asks for the rota decides beforehand, by the number of the turn. A pin counts before a forbidden
/// pair, and before everything that is known of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// They go.
    pub pinned: BTreeSet<(usize, MemberId)>,
    /// They do not.
    pub forbidden: BTreeSet<(usize, MemberId)>,
}

/// Why somebody stands on a rota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// They were pinned. `over`: it is more than they can; `elsewhere`: they are in another place then.
    Pinned {
        /// It is more than they can.
        over: bool,
        /// They are in another place then.
        elsewhere: bool,
    },
    /// Of so many who could, they have most room left.
    MostRoom {
        /// How many could, with them.
        of: u32,
    },
    /// Nobody else could.
    NobodyElse,
}

/// Why somebody is still missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Nobody else is free then.
    NobodyFree,
    /// Everybody else who is free then has enough, or is on another turn.
    AllFull,
}

/// One turn of a proposed rota.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// Who could go, and why.
    pub going: Vec<(MemberId, Why)>,
    /// How many are still wanted, and why nobody stands there.
    pub missing: Option<(u16, Missing)>,
}

impl Filled {
    /// The turn in words.
    #[must_use]
    pub fn says(&self) -> Vec<OnRota> {
        let mut says: Vec<_> = self.going.iter().map(|&(helper, why)| OnRota::because(helper, why)).collect();
        says.extend(self.missing.map(|(missing, why)| OnRota::missing(missing.into(), why)));
        says
    }
}
