//! The checkers find each bug that is planted, within a thousand seeds.
#![cfg(test)]

use closeknit_ids::planted::{Bug, plant};
use closeknit_simulator::{Plan, run};

const SEEDS: u64 = 1_000;

/// How many seeds it takes until something is wrong, and what.
fn seeds_until_found(bug: Bug) -> Option<(u64, String)> {
    plant(Some(bug));
    let found = (0..SEEDS).find_map(|seed| Some((seed + 1, run(seed, Plan::CHECK).wrong?)));
    plant(None);
    found
}

fn is_found(bug: Bug, as_what: &str) {
    let (seeds, wrong) = seeds_until_found(bug).unwrap_or_else(|| panic!("{bug:?} is not found"));
    println!("{bug:?} is found after {seeds} seeds: {wrong}");
    assert!(wrong.contains(as_what), "{wrong}");
}

#[test]
fn that_no_tip_is_checked() {
    is_found(Bug::TipUnchecked, "");
}

#[test]
fn that_seats_go_by_the_clock() {
    is_found(Bug::SeatsByClock, "waits");
}

#[test]
fn that_nothing_is_purged() {
    is_found(Bug::PurgeSkipped, "in a file");
}

#[test]
fn that_acts_are_answered_before_they_are_on_the_disk() {
    is_found(Bug::UnsyncedAck, "");
}
