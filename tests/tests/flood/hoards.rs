//! Members who give all that a member may, with good signatures, all at once.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use closeknit_replica::LIMITS;
use closeknit_tests::{Workshop, within};
use serde_json::{Value, json};

use crate::{
    member::{self, Member, until_equal},
    watch::{Fared, while_watched},
};

/// Anything that takes longer has gone wrong.
const PATIENCE: Duration = Duration::from_secs(1_800);

/// Alice and Bob, and so many who mean harm and have prepared it on so many machines each.
struct Circle {
    alice: Member,
    bob: Member,
    hostile: Vec<Member>,
    /// What alice will hold: statements and changes.
    wanted: [u64; 2],
}

fn count(of: &Value, what: &str) -> Result<u64> {
    of[what].as_u64().with_context(|| format!("no {what}"))
}

impl Circle {
    fn of(hostile: usize, machines: usize, bytes: u64) -> Result<Self> {
        let (alice, bob) = member::alice_and_bob()?;
        let mut members = Vec::new();
        for number in 0..hostile {
            let mut mallory = Member::new(&format!("mallory{number}"))?;
            mallory.run(&[])?;
            mallory.joins(&alice)?;
            until_equal(&mallory, &alice)?;
            mallory.kill();
            members.push(mallory);
        }
        until_equal(&alice, &bob)?;
        let now = alice.call("statistics", &json!({}))?;
        let mut wanted = [count(&now, "statements")?, count(&now, "changes")?];
        for (mallory, seed) in members.iter().zip(1..) {
            let mut workshop = Workshop::open(&mallory.profile.path(), seed)?;
            wanted[0] += u64::try_from(workshop.sign_all(machines)?)?;
            wanted[1] += u64::try_from(workshop.write(bytes)?)?;
        }
        Ok(Self { alice, bob, hostile: members, wanted })
    }

    /// All of them come on at once, and alice takes what they have.
    fn floods(&mut self) -> Result<Fared> {
        let address = self.alice.address()?;
        let (alice, hostile) = (&self.alice, &mut self.hostile);
        let equal = |member: &Member| -> Result<bool> {
            let near = member.call("near", &json!({}))?;
            let machines = near["machines"].as_array().context("no machines")?;
            let connected = machines.iter().filter(|machine| machine["exchange"] != "away");
            Ok(connected.clone().count() > 0
                && connected.clone().all(|machine| machine["exchange"] == "equal"))
        };
        let (_, fared) = while_watched(alice, || {
            for mallory in hostile.iter_mut() {
                mallory.run(&[&address])?;
            }
            within(PATIENCE, "all that they have", || {
                let all_here = hostile.iter().map(&equal).collect::<Result<Vec<_>>>()?;
                Ok((all_here.iter().all(|here| *here) && equal(alice)?).then_some(()))
            })
        })?;
        Ok(fared)
    }
}

/// How much they give, and what it may cost: KiB, and how long the board may take.
struct Hoards {
    members: usize,
    machines: usize,
    bytes: u64,
    memory: u64,
    disk: u64,
    board: Duration,
}

fn members_hoard(given: &Hoards) -> Result<()> {
    let begun = Instant::now();
    let mut circle = Circle::of(given.members, given.machines, given.bytes)?;
    let prepared = begun.elapsed();
    let fared = circle.floods()?;
    println!("(prepared in {prepared:?}, all here after {:?})", begun.elapsed() - prepared);
    let (members, machines, kib) = (given.members, given.machines, given.bytes / 1024);
    let what = format!("{members} members give {kib} KiB and all that {machines} machines may sign");
    let here = circle.alice.call("statistics", &json!({}))?;
    let here = [count(&here, "statements")?, count(&here, "changes")?];
    println!("| {what}: statements and changes | {} and {} | exactly |", here[0], here[1]);
    fared.rows(&what, given.memory, given.disk, given.board)?;
    // Alice's machine says in her document what it has seen: that is not theirs.
    let marks = 0..u64::try_from(members)?.saturating_mul(2);
    ensure!(here[0] == circle.wanted[0], "{here:?} instead of {:?}", circle.wanted);
    ensure!(
        marks.contains(&here[1].saturating_sub(circle.wanted[1])),
        "{here:?} instead of {:?}",
        circle.wanted
    );
    for mallory in &circle.hostile {
        until_equal(mallory, &circle.alice)?;
    }

    let written = Instant::now();
    let need = json!({ "kind": "need", "category": "errand", "title": "After the flood", "mode": "choose" });
    circle.bob.call("post", &need)?;
    within(PATIENCE, "what bob wrote", || {
        let found = circle.alice.call("board", &json!({ "search": "flood" }))?;
        Ok((count(&found, "total")? == 1).then_some(()))
    })?;
    println!("| {what}: a need of a friend after it | {} ms | 5000 ms |", written.elapsed().as_millis());
    ensure!(written.elapsed() < Duration::from_secs(5), "{:?}", written.elapsed());
    Ok(())
}

#[test]
fn two_members_at_half_their_quotas_cost_a_machine_no_more_than_these() -> Result<()> {
    members_hoard(&Hoards {
        members: 2,
        machines: 1,
        bytes: LIMITS.bytes / 2,
        memory: 128 * 1024,
        disk: 64 * 1024,
        board: Duration::from_secs(5),
    })
}

#[test]
#[ignore = "night: eight members at their quotas"]
fn eight_members_at_their_quotas_cost_a_machine_no_more_than_these() -> Result<()> {
    members_hoard(&Hoards {
        members: 8,
        machines: 4,
        bytes: LIMITS.bytes,
        memory: 768 * 1024,
        disk: 256 * 1024,
        board: Duration::from_secs(5),
    })
}
