//! One seed from its beginning to the last check.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Mutex,
    thread,
};

use crate::{
    counts::Counts,
    trace::Trace,
    world::{Plan, World, Wrong},
};

/// What came of a seed.
#[derive(Debug, Clone)]
pub struct Run {
    /// Which.
    pub seed: u64,
    /// The hash of everything that happened.
    pub trace: String,
    /// How often what happened.
    pub counts: Counts,
    /// What was wrong, if anything was.
    pub wrong: Option<Wrong>,
}

/// Lives through a seed.
#[must_use]
pub fn run(seed: u64, plan: Plan) -> Run {
    run_with(seed, plan, Trace::default()).0
}

/// The same, and every line of its trace.
#[must_use]
pub fn run_told(seed: u64, plan: Plan) -> (Run, Vec<String>) {
    run_with(seed, plan, Trace::kept())
}

/// Lives through many on all cores, and prints each that is red as soon as it is, with how to repeat it.
///
/// # Panics
/// If a thread does.
#[must_use]
pub fn run_all(seeds: impl Iterator<Item = u64> + Send, plan: Plan) -> Vec<Run> {
    let seeds = Mutex::new(seeds);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut runs = Vec::new();
        loop {
            let Some(seed) = seeds.lock().unwrap().next() else { return runs };
            let run = run(seed, plan);
            if let Some(wrong) = &run.wrong {
                println!("seed {seed}: {wrong}\n    again: {}", again(seed, plan));
            }
            runs.push(run);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

/// Those in which something was wrong.
#[must_use]
pub fn red(runs: &[Run]) -> Vec<u64> {
    runs.iter().filter(|run| run.wrong.is_some()).map(|run| run.seed).collect()
}

/// How one seed is repeated, with all that happens in it.
fn again(seed: u64, plan: Plan) -> String {
    let night = if plan == Plan::NIGHT { "CLOSEKNIT_NIGHT=1 " } else { "" };
    let release = if cfg!(debug_assertions) { "" } else { "--release " };
    format!(
        "{night}CLOSEKNIT_SEED={seed} cargo test {release}-p closeknit-simulator --test seeds whatever -- --nocapture"
    )
}

fn run_with(seed: u64, plan: Plan, trace: Trace) -> (Run, Vec<String>) {
    let mut world = World::begin(seed, plan, trace);
    let lived = catch_unwind(AssertUnwindSafe(|| live(&mut world)));
    let wrong = match lived {
        Ok(done) => done.err(),
        Err(thrown) => Some(said_by(&*thrown)),
    };
    let (trace, lines) = (world.street.trace().digest(), world.street.trace().lines().to_vec());
    (Run { seed, trace, counts: world.counts().clone(), wrong }, lines)
}

fn live(world: &mut World) -> Result<(), Wrong> {
    world.storm()?;
    world.calm()?;
    world.check()?;
    if !world.forgotten.is_empty() {
        world.weeks_pass()?;
        world.check_forgotten()?;
    }
    Ok(())
}

fn said_by(thrown: &(dyn std::any::Any + Send)) -> Wrong {
    let text = thrown.downcast_ref::<String>().cloned();
    let text = text.or_else(|| thrown.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    format!("it broke off: {}", text.unwrap_or_default())
}
