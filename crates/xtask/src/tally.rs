//! Reading how many tests passed from what the test runners print.

use std::{
    fmt,
    ops::{Add, AddAssign},
};

/// How many tests, or checks that count as one, ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };
    pub(crate) const SKIPPED: Self = Self { passed: 0, failed: 0, skipped: 1 };
}

impl Add for Tally {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed.saturating_add(other.passed),
            failed: self.failed.saturating_add(other.failed),
            skipped: self.skipped.saturating_add(other.skipped),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// What one line of a test run adds.
///
/// A Rust test that is ignored counts as skipped, unless its reason begins with one of `elsewhere`, as in
/// `#[ignore = "machine: makes networks"]`.
pub(crate) fn of_line(line: &str, elsewhere: &[String]) -> Tally {
    rust_summary(line)
        .or_else(|| rust_ignored(line, elsewhere))
        .or_else(|| vitest_summary(line))
        .unwrap_or_default()
}

/// The name of the Rust test that this line says has failed.
pub(crate) fn failed_test(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

/// `test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
fn rust_summary(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut tally = Tally::default();
    for part in counts.split("; ") {
        match number_and_word(part) {
            Some((number, "passed")) => tally.passed = number,
            Some((number, "failed")) => tally.failed = number,
            _ => {}
        }
    }
    Some(tally)
}

/// `test story ... ignored, machine: makes networks`
fn rust_ignored(line: &str, elsewhere: &[String]) -> Option<Tally> {
    let (_, reason) = line.strip_prefix("test ")?.split_once(" ... ignored")?;
    let reason = reason.trim_start_matches(", ");
    let runs_elsewhere = elsewhere.iter().any(|start| reason.starts_with(start));
    Some(if runs_elsewhere { Tally::default() } else { Tally::SKIPPED })
}

/// `      Tests  1 failed | 4 passed | 1 skipped (6)`
fn vitest_summary(line: &str) -> Option<Tally> {
    let counts = line.trim_start().strip_prefix("Tests  ")?;
    let mut tally = Tally::default();
    for part in counts.split(['|', '(']) {
        match number_and_word(part.trim()) {
            Some((number, "passed")) => tally.passed = number,
            Some((number, "failed")) => tally.failed = number,
            Some((number, "skipped" | "todo")) => tally += Tally { skipped: number, ..Tally::default() },
            _ => {}
        }
    }
    Some(tally)
}

fn number_and_word(text: &str) -> Option<(u64, &str)> {
    let (number, word) = text.split_once(' ')?;
    Some((number.parse().ok()?, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(output: &str) -> Tally {
        let elsewhere = ["machine:".to_owned(), "night:".to_owned()];
        output.lines().fold(Tally::default(), |sum, line| sum + of_line(line, &elsewhere))
    }

    #[test]
    fn rust_tests_are_summed_over_all_crates() {
        let output = "
running 3 tests
test story ... ok
test other ... FAILED
test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
   Doc-tests closeknit_ids
test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured; 2 filtered out; finished in 1.20s";
        assert_eq!(sum(output), Tally { passed: 8, failed: 1, skipped: 0 });
        assert_eq!(output.lines().find_map(failed_test), Some("other"));
    }

    #[test]
    fn an_ignored_test_is_skipped_unless_it_runs_elsewhere() {
        let output = "
test cable ... ignored, machine: makes networks
test long ... ignored, night: an hour
test slow ... ignored, takes long
test lazy ... ignored
test result: ok. 0 passed; 0 failed; 4 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(sum(output), Tally { passed: 0, failed: 0, skipped: 2 });
    }

    #[test]
    fn tests_of_the_page_are_read_and_files_are_not_taken_for_tests() {
        let output = "
 Test Files  1 failed | 2 passed (3)
      Tests  1 failed | 4 passed | 1 skipped | 1 todo (7)
   Start at  10:00:00";
        assert_eq!(sum(output), Tally { passed: 4, failed: 1, skipped: 2 });
    }

    #[test]
    fn other_lines_add_nothing() {
        let output = "Tests are stories\ntest result: unknown\nthe test result: ok. 5 passed; 0 failed";
        assert_eq!(sum(output), Tally::default());
    }

    #[test]
    fn the_last_line_is_as_promised() {
        let tally = Tally { passed: 12, failed: 0, skipped: 3 };
        assert_eq!(tally.to_string(), "12 passed, 0 failed, 3 skipped");
    }
}
