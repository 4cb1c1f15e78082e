//! Two real members who exchange over loopback, killed at random points. What was acknowledged is
//! there afterwards; the kills are counted by what the killed process was doing.
//!
//! How many: `CLOSEKNIT_KILLS`, 50 unless said otherwise. Many are shared among circles side by side, since nearly
//! all of a kill is waiting for two machines to meet again.
#![cfg(test)]

mod member;

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread::{self, sleep},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, anyhow, ensure};
use closeknit_tests::eventually;
use member::{Line, Member, until_equal};
use rustix::process::Signal;
use serde_json::{Value, json};

/// The longest that a start may take by the promise; half of all starts must keep it whatever else
/// this machine does, and none may take five times as long.
const START: Duration = Duration::from_secs(2);

/// So many kills one circle lives through at the most: looking at all that it wrote takes longer with each.
const IN_ONE_CIRCLE: usize = 200;

/// So many circles at a time, where there are several: a member built as it is shipped costs a tenth of a processor.
const SIDE_BY_SIDE: usize = if cfg!(debug_assertions) { 6 } else { 24 };

/// So much waits for a machine that wakes.
const MANY: usize = 10;

/// So long at the most it goes on, before it is looked where it stands.
const STEP: Duration = Duration::from_millis(10);

/// What the killed process was doing.
#[derive(Debug, Default)]
struct Kills {
    /// It had been asked to write, and had not answered.
    in_commit: u32,
    /// It had answered, so the frame had left, and the other machine had not taken it yet.
    frame_sent: u32,
    /// Its log names a change that was on its way through the gate.
    in_admission: u32,
    /// Anything else: the moment was missed.
    between: u32,
}

/// What came of it in one circle.
#[derive(Debug, Default)]
struct Outcome {
    kills: Kills,
    acknowledged: usize,
    unanswered: usize,
    starts: Vec<Duration>,
}

impl Outcome {
    fn with(mut self, other: Self) -> Self {
        self.kills.in_commit += other.kills.in_commit;
        self.kills.frame_sent += other.kills.frame_sent;
        self.kills.in_admission += other.kills.in_admission;
        self.kills.between += other.kills.between;
        self.acknowledged += other.acknowledged;
        self.unanswered += other.unanswered;
        self.starts.extend(other.starts);
        self
    }
}

/// Numbers that are not the same every time, without a crate for it: only moments depend on them.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, most: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        most.mul_f64((self.0 % 1_000) as f64 / 1_000.0)
    }
}

struct Street {
    alice: Member,
    bob: Member,
    /// Titles that alice's machine said it had saved.
    acknowledged: Vec<String>,
    /// Titles that it was asked for and did not answer.
    unanswered: Vec<String>,
    starts: Vec<Duration>,
    kills: Kills,
    dice: Dice,
    /// How long to wait at most after a call for the kill to fall before its answer. It follows what is seen, so
    /// that about as many fall before as after, however fast the disk is.
    patience: Duration,
}

fn post(title: &str) -> Value {
    json!({ "kind": "need", "category": "errand", "title": title, "mode": "choose" })
}

impl Street {
    fn new() -> Result<Self> {
        let (alice, bob) = member::alice_and_bob()?;
        let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_nanos();
        let dice = Dice(u64::try_from(seed & u128::from(u64::MAX))? | 1);
        println!("dice {}", dice.0);
        Ok(Self {
            alice,
            bob,
            acknowledged: Vec::new(),
            unanswered: Vec::new(),
            starts: Vec::new(),
            kills: Kills::default(),
            dice,
            patience: Duration::from_millis(10),
        })
    }

    fn next_title(&self) -> String {
        format!("Need {}", self.acknowledged.len() + self.unanswered.len())
    }

    /// A post that alice's machine acknowledges.
    fn writes(&mut self, line: &mut Line) -> Result<()> {
        let title = self.next_title();
        line.ask("post", &post(&title))?;
        line.answer()?;
        self.acknowledged.push(title);
        Ok(())
    }

    /// Starts a member again, and takes the time.
    fn starts_again(&mut self, alices: bool) -> Result<()> {
        let (who, other) = if alices { (&mut self.alice, &self.bob) } else { (&mut self.bob, &self.alice) };
        let know = other.address()?;
        let began = Instant::now();
        who.run(&[&know])?;
        self.starts.push(began.elapsed());
        Ok(())
    }

    /// Killed between a call and its answer.
    fn kill_in_commit(&mut self) -> Result<()> {
        let mut line = self.alice.line()?;
        self.writes(&mut line)?;
        let title = self.next_title();
        line.ask("post", &post(&title))?;
        sleep(self.dice.up_to(self.patience));
        self.alice.kill();
        if line.answer().is_ok() {
            self.acknowledged.push(title);
            self.kills.between += 1;
            self.patience = self.patience * 2 / 3;
        } else {
            self.unanswered.push(title);
            self.kills.in_commit += 1;
            self.patience = self.patience * 3 / 2;
        }
        self.starts_again(true)
    }

    /// Killed after the answer. The other machine is connected and stands still, so that it cannot
    /// have taken what was sent to it.
    fn kill_with_a_frame_sent(&mut self) -> Result<()> {
        eventually("a connection", || {
            let machine = self.alice.call("near", &json!({}))?["machines"][0].clone();
            ensure!(machine["exchange"] == "equal", "{machine}");
            Ok(Some(()))
        })?;
        self.bob_is_to(Signal::STOP)?;
        let mut line = self.alice.line()?;
        self.writes(&mut line)?;
        sleep(self.dice.up_to(Duration::from_millis(4)));
        self.alice.kill();
        self.kills.frame_sent += 1;
        self.bob_is_to(Signal::CONT)?;
        self.starts_again(true)
    }

    fn bob_is_to(&self, signal: Signal) -> Result<()> {
        self.bob.process.as_ref().context("bob's machine is on")?.signal(signal)
    }

    /// Killed while changes are on their way through the gate, as its own log tells: it is let go on for a
    /// moment again and again, until it stands still at such a place.
    fn kill_in_admission(&mut self) -> Result<()> {
        until_equal(&self.alice, &self.bob)?;
        let before = self.bob.call("statistics", &json!({}))?["changes"].as_u64().unwrap_or_default();
        self.wakes_to_many()?;
        let in_flight = loop {
            sleep(self.dice.up_to(STEP));
            self.bob_is_to(Signal::STOP)?;
            let (in_flight, changes) = self.in_bobs_log()?;
            if in_flight > 0 || changes >= before + MANY as u64 {
                break in_flight;
            }
            self.bob_is_to(Signal::CONT)?;
        };
        self.bob.kill();
        *(if in_flight > 0 { &mut self.kills.in_admission } else { &mut self.kills.between }) += 1;
        self.starts_again(false)
    }

    /// How many changes are on their way through the gate of bob's machine, which stands still, and how many it
    /// has. Nobody else may open its log, so a copy is read.
    fn in_bobs_log(&self) -> Result<(u64, u64)> {
        let copy = tempfile::tempdir()?;
        for file in ["closeknit.db", "closeknit.db-wal"] {
            std::fs::copy(self.bob.profile.path().join(file), copy.path().join(file))?;
        }
        let log = self.bob.database(&copy.path().join("closeknit.db"))?;
        let count = |table: &str| -> Result<u64> {
            let count: u32 = log.query_one(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
            Ok(count.into())
        };
        Ok((count("in_flight")?, count("change")?))
    }

    /// Bob's machine stands still while alice writes, and then finds all of it waiting.
    fn wakes_to_many(&mut self) -> Result<()> {
        self.bob_is_to(Signal::STOP)?;
        let mut line = self.alice.line()?;
        for _ in 0..MANY {
            self.writes(&mut line)?;
        }
        self.bob_is_to(Signal::CONT)
    }

    /// For whoever looks for what went wrong.
    fn as_it_stands(&self) -> String {
        let of = |member: &Member| {
            let near = member.call("near", &json!({}));
            let said = std::fs::read_to_string(member.profile.path().with_extension("said"));
            format!("{} sees {near:?} and said {said:?}", member.name)
        };
        [&self.alice, &self.bob].map(of).join("; ")
    }

    /// What was acknowledged is there, and nothing that nobody asked for.
    fn nothing_is_lost(&self) -> Result<()> {
        let titles = self.alice.titles()?;
        let lost: Vec<_> = self.acknowledged.iter().filter(|title| !titles.contains(title)).collect();
        ensure!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        let asked = |title: &&String| !self.acknowledged.contains(title) && !self.unanswered.contains(title);
        let strange: Vec<_> = titles.iter().filter(asked).collect();
        ensure!(strange.is_empty(), "there from nowhere: {strange:?}");
        let mut once = titles.clone();
        once.sort();
        once.dedup();
        ensure!(once.len() == titles.len(), "some are there twice");
        Ok(())
    }
}

#[test]
fn nothing_that_was_acknowledged_is_lost_by_a_kill() -> Result<()> {
    let wanted =
        std::env::var("CLOSEKNIT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(50_usize);
    let circles: Vec<usize> =
        (0..wanted).step_by(IN_ONE_CIRCLE).map(|done| (wanted - done).min(IN_ONE_CIRCLE)).collect();
    let next = AtomicUsize::new(0);
    let one_after_the_other = || -> Result<Outcome> {
        let mut all = Outcome::default();
        while let Some(kills) = circles.get(next.fetch_add(1, Ordering::Relaxed)) {
            all = all.with(in_one_circle(*kills)?);
        }
        Ok(all)
    };
    let outcomes: Vec<Result<Outcome>> = thread::scope(|scope| {
        let running: Vec<_> = (0..SIDE_BY_SIDE).map(|_| scope.spawn(one_after_the_other)).collect();
        let ended = |all: thread::Result<Result<Outcome>>| {
            all.unwrap_or_else(|_| Err(anyhow!("a circle came to an end in panic")))
        };
        running.into_iter().map(|circle| ended(circle.join())).collect()
    });
    let mut all = Outcome::default();
    for outcome in outcomes {
        all = all.with(outcome?);
    }
    report(all)
}

/// Kills in a circle that is begun for them; in the end both machines hold all that was written.
fn in_one_circle(kills: usize) -> Result<Outcome> {
    let mut street = Street::new()?;
    for kill in 0..kills {
        let what =
            [Street::kill_in_commit, Street::kill_in_admission, Street::kill_with_a_frame_sent][kill % 3];
        what(&mut street).with_context(|| format!("kill {kill}: {}", street.as_it_stands()))?;
        street.nothing_is_lost().with_context(|| format!("after kill {kill}"))?;
        if kill % 10 == 9 {
            until_equal(&street.alice, &street.bob)?;
        }
    }
    until_equal(&street.alice, &street.bob)?;
    street.nothing_is_lost()?;
    let missing = || Ok((street.bob.titles()?.len() == street.alice.titles()?.len()).then_some(()));
    eventually("all of it at the other's", missing)?;
    for member in [&street.alice, &street.bob] {
        ensure!(member.call("rebuild", &json!({}))?["changed"] == 0, "{} held something else", member.name);
    }
    let Street { kills, starts, acknowledged, unanswered, .. } = street;
    println!("{kills:?}");
    Ok(Outcome { kills, starts, acknowledged: acknowledged.len(), unanswered: unanswered.len() })
}

fn report(outcome: Outcome) -> Result<()> {
    let Outcome { kills, acknowledged, unanswered, mut starts } = outcome;
    let Kills { in_commit, frame_sent, in_admission, between } = kills;
    let all = in_commit + frame_sent + in_admission + between;
    println!(
        "{all} kills: {in_commit} in commit, {frame_sent} frame sent, {in_admission} in admission, {between} between"
    );
    println!("{acknowledged} acts acknowledged, none lost; {unanswered} never answered");
    starts.sort();
    let (half, longest) = (starts[starts.len() / 2], starts[starts.len() - 1]);
    println!("{} starts, half of them within {half:?}, the longest {longest:?}", starts.len());
    for (what, kills) in
        [("in commit", in_commit), ("frame sent", frame_sent), ("in admission", in_admission)]
    {
        assert!(kills * 10 >= all, "only {kills} of {all} kills {what}");
    }
    assert!(half < START && longest < START * 5, "{half:?}, {longest:?}");
    Ok(())
}
