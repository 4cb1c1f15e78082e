//! Six neighbours with a machine each.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use closeknit_tests::{Lan, Machine, within};
use serde_json::json;

use crate::member::Member;

/// Anything that takes longer has gone wrong.
pub(crate) const PATIENCE: Duration = Duration::from_secs(180);

const NAMES: [&str; 6] = ["alice", "bob", "carol", "dora", "emil", "fay"];

/// Members who run, each on a machine of its own.
pub(crate) struct Village {
    /// Ends before the machines that they run on.
    pub(crate) members: Vec<Member>,
    pub(crate) machines: Vec<Machine>,
    posts: usize,
}

impl Village {
    /// Six on one network, in one circle, holding the same.
    pub(crate) fn of_six(lan: &mut Lan) -> Result<Self> {
        Self::of(NAMES.len(), lan)
    }

    /// The first so many of them.
    pub(crate) fn of(number: usize, lan: &mut Lan) -> Result<Self> {
        let mut village = Self { members: Vec::new(), machines: Vec::new(), posts: 0 };
        for name in &NAMES[..number] {
            let (mut member, machine) = (Member::new(name)?, lan.machine()?);
            if village.members.is_empty() {
                member.says(&["start", name, "--circle", "Millrace"])?;
            }
            member.run_on(&machine)?;
            if let Some(alice) = village.members.first() {
                member.joins(alice)?;
            }
            village.members.push(member);
            village.machines.push(machine);
        }
        village.until_equal()?;
        Ok(village)
    }

    /// Each of these writes a need.
    pub(crate) fn post(&mut self, who: impl IntoIterator<Item = usize>) -> Result<()> {
        for person in who {
            let member = self.members.get(person).context("nobody")?;
            let title = format!("Need {} of {}", self.posts, member.name);
            let need = json!({ "kind": "need", "category": "errand", "title": title, "mode": "choose" });
            member.call("post", &need)?;
            self.posts += 1;
        }
        Ok(())
    }

    /// Waits until all hold and show the same, which is all that was written; says how long that took.
    pub(crate) fn until_equal(&self) -> Result<Duration> {
        self.until_these_equal(0..self.members.len(), self.posts)
    }

    /// Waits until these hold the same, so many posts among it.
    pub(crate) fn until_these_equal(
        &self,
        who: impl IntoIterator<Item = usize> + Clone,
        posts: usize,
    ) -> Result<Duration> {
        let start = Instant::now();
        within(PATIENCE, "all holding the same", || {
            let mut digests = Vec::new();
            for person in who.clone() {
                digests.push(self.members[person].digest()?);
            }
            Ok(digests.windows(2).all(|two| two[0] == two[1]).then_some(()))
        })?;
        let took = start.elapsed();
        for person in who {
            let shown = self.members[person].titles()?.len();
            ensure!(shown == posts, "{} shows {shown} of {posts}", self.members[person].name);
        }
        Ok(took)
    }

    /// All machines are switched off and on again.
    pub(crate) fn restart(&mut self) -> Result<()> {
        self.members.iter_mut().for_each(Member::kill);
        let each = self.members.iter_mut().zip(&self.machines);
        each.into_iter().try_for_each(|(member, machine)| member.run_on(machine))
    }

    /// How many posts were written.
    pub(crate) fn posts(&self) -> usize {
        self.posts
    }
}

/// A row of the table: what happened, and how long it took until all was well again, which must keep the bound.
pub(crate) fn row(what: &str, took: Duration, bound: Duration) {
    println!("| {what} | {:.1} s | {} s |", took.as_secs_f64(), bound.as_secs());
    assert!(took < bound, "{what}: {took:?}");
}
