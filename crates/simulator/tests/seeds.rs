//! Whatever happens to a circle: once the faults stop all hold the same, and nothing that was saved is lost.
#![cfg(test)]

use std::{env, sync::Mutex, thread};

use closeknit_simulator::{Plan, Run, counts::Counts, run, run_told};

/// So many in a check; a night names another number.
const SEEDS: u64 = 500;

/// Seeds of a night that were red once (`docs/reliability.md`). Most have a story of their own; of some the seed is all
/// that shows what was wrong.
const ONCE_RED: &[u64] = &[
    63, 95, 271, 4_743, 6_133, 6_323, 6_956, 7_001, 7_008, 11_573, 11_646, 11_664, 11_842, 12_290, 12_352,
    14_184, 17_468, 17_909, 17_955, 18_341, 18_369, 18_996, 20_152, 20_172, 20_626, 21_677, 28_737, 29_811,
    29_895, 30_486, 31_062, 37_412, 37_767, 39_234, 41_313, 43_002, 44_775,
];

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

fn plan() -> Plan {
    if env::var_os("CLOSEKNIT_NIGHT").is_some() { Plan::NIGHT } else { Plan::CHECK }
}

/// How one seed is repeated, with all that happens in it.
fn again(seed: u64, plan: Plan) -> String {
    let night = if plan == Plan::NIGHT { "CLOSEKNIT_NIGHT=1 " } else { "" };
    let release = if cfg!(debug_assertions) { "" } else { "--release " };
    format!(
        "{night}CLOSEKNIT_SEED={seed} cargo test {release}-p closeknit-simulator --test seeds whatever -- --nocapture"
    )
}

const NONE: [u64; 0] = [];

/// Lives through seeds on all cores.
fn live(seeds: impl Iterator<Item = u64> + Send, plan: Plan) -> Vec<Run> {
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

fn red(runs: &[Run]) -> Vec<u64> {
    runs.iter().filter(|run| run.wrong.is_some()).map(|run| run.seed).collect()
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
    assert_eq!(red(&runs), NONE);
    assert!(many < SEEDS || counts.never().is_empty(), "never happened: {:?}", counts.never());
}

#[test]
fn seeds_that_were_red_once_are_so_no_more() {
    assert_eq!(red(&live(ONCE_RED.iter().copied(), Plan::NIGHT)), NONE);
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for seed in 0..12 {
        let (once, again) = (run_told(seed, Plan::CHECK), run_told(seed, Plan::CHECK));
        let differs = once.1.iter().zip(&again.1).enumerate().find(|(_, (one, other))| one != other);
        assert_eq!(once.0.trace, again.0.trace, "seed {seed} differs first at {differs:?}");
    }
}
