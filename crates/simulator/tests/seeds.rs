//! Whatever happens to a circle: once the faults stop all hold the same, and nothing that was saved is lost.
#![cfg(test)]

use std::env;

use closeknit_simulator::{Plan, counts::Counts, red, run_all, run_told};

/// So many in a check; a night names another number.
const SEEDS: u64 = 500;

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

fn plan() -> Plan {
    if env::var_os("CLOSEKNIT_NIGHT").is_some() { Plan::NIGHT } else { Plan::CHECK }
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
    let runs = run_all(first..first + many, plan());
    let mut counts = Counts::default();
    runs.iter().for_each(|run| counts.merge(&run.counts));
    println!("{many} seeds from {first}\n{counts}");
    let red = red(&runs);
    assert!(red.is_empty(), "these are red: {red:?}");
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
