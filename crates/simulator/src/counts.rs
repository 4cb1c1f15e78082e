//! How often each fault and each interesting state occurred: a test that cannot fail shows here.

use std::{collections::BTreeMap, fmt};

/// What must have happened at least once over all seeds of a night or a check.
pub const EXPECTED: &[&str] = &[
    // What members do.
    "posted",
    "promised",
    "answered",
    "edited",
    "withdrew",
    "closed",
    "told what became of it",
    "thanked",
    "invited",
    "joined",
    "vouched",
    "voted somebody out",
    "took a machine away",
    "left",
    "forgot",
    "added a machine",
    "wrote a parcel",
    "read a parcel",
    "wrote a backup",
    "brought a backup back",
    // The weather.
    "a frame was lost with its line",
    "a frame came twice",
    "a frame overtook another",
    "a frame was held up in a dead direction",
    "a frame of a later version came",
    "the circle was split",
    "a machine lost power between two acts",
    "a machine lost power while it wrote",
    "a machine lost power while it started",
    "what was not promised to be on the disk was kept",
    "what was not promised to be on the disk was dropped",
    "what was not promised to be on the disk was torn",
    "a disk was full",
    "an act met a full disk",
    "a database rotted",
    "a damaged database was set aside",
    "a folder was copied",
    "a clock was years ahead",
    "a clock was years behind",
    "a machine lost power in the middle of a write",
    "a statement of a later version was made",
    "a record with a field of a later version was written",
    "a record of a kind of a later version was written",
    "a hostile member lied",
    "a stranger knocked",
    // States that are worth having.
    "machines differed when calm came",
    "somebody was out when calm came",
    "two promises were made without knowing of each other",
    "a promise was made after another was seen",
    "somebody joined in the storm",
    "something forgotten was purged",
    "a hostile member's document stopped",
];

/// How often each thing occurred.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<&'static str, u32>);

impl Counts {
    /// It happened.
    pub fn saw(&mut self, what: &'static str) {
        self.add(what, 1);
    }

    /// It happened so often.
    pub fn add(&mut self, what: &'static str, times: u32) {
        *self.0.entry(what).or_default() += times;
    }

    /// Those of another run as well.
    pub fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(what, times)| self.add(what, *times));
    }

    /// How often it happened.
    #[must_use]
    pub fn of(&self, what: &str) -> u32 {
        self.0.get(what).copied().unwrap_or_default()
    }

    /// What should have happened and never did.
    #[must_use]
    pub fn never(&self) -> Vec<&'static str> {
        EXPECTED.iter().copied().filter(|what| self.of(what) == 0).collect()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(what, times)| writeln!(f, "{times:>9}  {what}"))
    }
}
