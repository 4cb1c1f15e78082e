//! Whatever happens to a circle: once the faults stop all hold the same, and nothing that was saved is lost.
#![cfg(test)]

use std::{
    env,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use closeknit_simulator::{Plan, Run, counts::Counts, run, run_told};

/// So many in a check; a night names another number.
const SEEDS: u64 = 500;

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

fn plan() -> Plan {
    if env::var_os("CLOSEKNIT_NIGHT").is_some() { Plan::NIGHT } else { Plan::CHECK }
}

/// How one seed is repeated, with all that happens in it.
fn again(seed: u64) -> String {
    let night = if env::var_os("CLOSEKNIT_NIGHT").is_some() { "CLOSEKNIT_NIGHT=1 " } else { "" };
    let release = if cfg!(debug_assertions) { "" } else { "--release " };
    format!(
        "{night}CLOSEKNIT_SEED={seed} cargo test {release}-p closeknit-simulator --test seeds whatever -- --nocapture"
    )
}

/// Lives through seeds on all cores.
fn live(seeds: std::ops::Range<u64>, plan: Plan) -> Vec<Run> {
    let next = AtomicU64::new(seeds.start);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut runs = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return runs;
            }
            let run = run(seed, plan);
            if let Some(wrong) = &run.wrong {
                println!("seed {seed}: {wrong}\n    again: {}", again(seed));
            }
            runs.push(run);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

#[test]
fn whatever_happens_all_are_equal_in_the_end_and_nothing_saved_is_lost() {
    if let Some(seed) = number("CLOSEKNIT_SEED") {
        let (run, lines) = run_told(seed, plan());
        lines.iter().for_each(|line| println!("{line}"));
        assert_eq!(run.wrong, None, "seed {seed}");
        return;
    }
    let (first, many) =
        (number("CLOSEKNIT_FIRST_SEED").unwrap_or(0), number("CLOSEKNIT_SEEDS").unwrap_or(SEEDS));
    let runs = live(first..first + many, plan());
    let mut counts = Counts::default();
    runs.iter().for_each(|run| counts.merge(&run.counts));
    println!("{many} seeds from {first}\n{counts}");
    let wrong: Vec<u64> = runs.iter().filter(|run| run.wrong.is_some()).map(|run| run.seed).collect();
    assert!(wrong.is_empty(), "these are red: {wrong:?}");
    assert!(many < SEEDS || counts.never().is_empty(), "never happened: {:?}", counts.never());
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for seed in 0..12 {
        let (once, again) = (run_told(seed, Plan::CHECK), run_told(seed, Plan::CHECK));
        let differs = once.1.iter().zip(&again.1).enumerate().find(|(_, (one, other))| one != other);
        assert_eq!(once.0.trace, again.0.trace, "seed {seed} differs first at {differs:?}");
    }
}
