//! One seed from its beginning to the last check.

use std::panic::{AssertUnwindSafe, catch_unwind};

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
