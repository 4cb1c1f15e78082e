//! `cargo app test`: all that CI runs, and nothing else.

use std::{
    env,
    ffi::OsString,
    io::{self, IsTerminal as _},
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    Call, javascript,
    node::Node,
    python,
    run::{self, Result, answer, cargo, is_root, run_reading},
    rust, say,
    tally::{self, Tally},
    tiers::{Check, ELSEWHERE, How, TIERS, Tier},
    words,
};

pub(crate) fn test(call: Call) -> Result {
    let chosen = chosen(&call.words)?;
    rust::ready()?;
    let mut run = Run::default();
    for tier in chosen {
        run.tier(tier);
    }
    run.report()
}

/// All tiers, or the one named after `--tier`.
fn chosen(words: &[OsString]) -> Result<Vec<&'static Tier>> {
    let names =
        TIERS.iter().map(|tier| format!("{} ({})", tier.name, tier.about)).collect::<Vec<_>>().join(", ");
    match words.iter().map(|word| word.to_str()).collect::<Option<Vec<_>>>().as_deref() {
        Some([]) => Ok(TIERS.iter().collect()),
        Some(["--tier", name]) => match TIERS.iter().find(|tier| tier.name == *name) {
            Some(tier) => Ok(vec![tier]),
            None => Err(format!("There is no tier `{name}`; there are {names}.")),
        },
        _ => Err(format!("`cargo app test` takes nothing, or --tier NAME. Tiers: {names}.")),
    }
}

/// What has been run so far.
#[derive(Default)]
struct Run {
    /// Found, and the page's packages installed, when the first check needs them.
    node: Option<Node>,
    tiers: Vec<(&'static str, Tally, Duration)>,
    /// What failed or was skipped, each with its reason or name.
    complaints: Vec<String>,
}

impl Run {
    fn tier(&mut self, tier: &'static Tier) {
        let start = Instant::now();
        say::step(&format!("Tier {}", tier.name), tier.about);
        let ready = tier.ready();
        let mut sum = Tally::default();
        for check in tier.checks {
            say::step(&format!("Check in {}", tier.name), check.what);
            let done = ready.clone().and_then(|()| self.check(check));
            sum += done.unwrap_or_else(|why| self.skipped(check, &why));
        }
        self.tiers.push((tier.name, sum, start.elapsed()));
    }

    /// Runs one check; what keeps it from being run is an error.
    fn check(&mut self, check: &Check) -> Result<Tally> {
        match &check.how {
            How::Cargo(component, words) => {
                component.map_or(Ok(()), rust::component)?;
                Ok(self.whole(check, run::run(cargo().args(*words))))
            }
            How::Tests(words) => Ok(self.counted(check, cargo_test(&[]).args(*words))),
            How::TestsAsRoot(words) => Ok(self.counted(check, cargo_test(root_runner()?).args(*words))),
            How::Script(name) => {
                let result = run::run(&mut self.script(name)?);
                Ok(self.whole(check, result))
            }
            How::ScriptTests(name) => {
                let mut script = self.script(name)?;
                Ok(self.counted(check, &mut script))
            }
            How::Deny(words) => Ok(self.whole(check, run::run(rust::deny()?.args(*words)))),
            How::Words => Ok(self.whole(check, words::check())),
        }
    }

    /// A script of the page, with all that it needs installed.
    fn script(&mut self, name: &str) -> Result<Command> {
        let node = match self.node.take() {
            Some(node) => node,
            None => {
                let node = Node::ready()?;
                node.install_packages()?;
                node
            }
        };
        let mut script = self.node.insert(node).npm(&["run", name]);
        script.env("NO_COLOR", "1");
        Ok(script)
    }

    /// A check that counts as one.
    fn whole(&mut self, check: &Check, result: Result) -> Tally {
        match result {
            Ok(()) => Tally::PASSED,
            Err(why) => {
                println!("{why}");
                self.complaints.push(format!("failed: {}", check.what));
                Tally::FAILED
            }
        }
    }

    /// A run of tests, each of which counts.
    fn counted(&mut self, check: &Check, command: &mut Command) -> Tally {
        let tiers = TIERS.iter().map(|tier| format!("{}:", tier.name));
        let elsewhere: Vec<String> = tiers.chain(ELSEWHERE.map(String::from)).collect();
        let mut sum = Tally::default();
        let complaints = &mut self.complaints;
        let well = run_reading(command, |line| {
            let more = tally::of_line(line, &elsewhere);
            sum += more;
            let name = tally::failed_test(line).map(|name| format!("failed: {name}"));
            let skipped = (more.skipped > 0).then(|| format!("skipped: {}", line.trim()));
            complaints.extend(name.or(skipped));
        });
        let why = match well {
            Ok(true) if sum == Tally::default() => "not one test was run",
            Ok(false) if sum.failed == 0 => "it did not come to its end",
            Ok(_) => return sum,
            Err(_) => "it could not be started",
        };
        self.complaints.push(format!("failed: {}, since {why}", check.what));
        sum + Tally::FAILED
    }

    fn skipped(&mut self, check: &Check, why: &str) -> Tally {
        println!("{why}");
        self.complaints.push(format!("skipped: {}, since: {why}", check.what));
        Tally::SKIPPED
    }

    /// Says how it went; the very last line is the sum.
    fn report(self) -> Result {
        let sum = self.tiers.iter().fold(Tally::default(), |sum, (_, tally, _)| sum + *tally);
        println!();
        for complaint in &self.complaints {
            println!("{complaint}");
        }
        for (name, tally, time) in &self.tiers {
            println!("{name:<8}{:>5} s   {tally}", time.as_secs());
        }
        println!("{sum}");
        let in_ci = env::var("CI").is_ok_and(|ci| ci == "true");
        if sum.failed > 0 || (in_ci && sum.skipped > 0) {
            std::process::exit(1)
        }
        Ok(())
    }
}

/// `cargo test` that goes on after the first failure.
fn cargo_test(options: &[&str]) -> Command {
    let mut test = cargo();
    test.args(["test", "--no-fail-fast"]).args(options);
    if let Some(path) = python::path() {
        test.env("PYTHONPATH", path);
    }
    if let Some(path) = javascript::path() {
        test.env("NODE_PATH", path);
    }
    test
}

/// What makes cargo start the tests as root.
pub(crate) fn root_runner() -> Result<&'static [&'static str]> {
    if is_root() {
        return Ok(&[]);
    }
    let can_ask = io::stdin().is_terminal();
    if can_ask || answer(Command::new("sudo").args(["--non-interactive", "true"])).is_some() {
        return Ok(&["--config", "target.'cfg(unix)'.runner = 'sudo'"]);
    }
    Err("only root may make networks, and sudo does not let us".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Result<Vec<&'static str>> {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        chosen(&words).map(|tiers| tiers.iter().map(|tier| tier.name).collect())
    }

    #[test]
    fn all_tiers_run_unless_one_is_named() {
        assert_eq!(names(&[]).unwrap().len(), TIERS.len());
        assert_eq!(names(&["--tier", "core"]).unwrap(), ["core"]);
        assert!(names(&["--tier", "cork"]).unwrap_err().contains("core"));
        assert!(names(&["core"]).is_err());
    }

    const CHECK: Check = Check { what: "a story", how: How::Words };

    fn counted(script: &str) -> (Tally, Vec<String>) {
        let mut run = Run::default();
        let tally = run.counted(&CHECK, Command::new("/bin/sh").args(["-c", script]));
        (tally, run.complaints)
    }

    #[test]
    fn a_run_that_breaks_off_is_red_even_if_all_its_tests_passed() {
        let summary = "echo 'test result: ok. 2 passed; 0 failed; 0 ignored'";
        assert_eq!(counted(summary), (Tally { passed: 2, failed: 0, skipped: 0 }, vec![]));
        assert_eq!(counted(&format!("{summary}; exit 1")).0, Tally { passed: 2, failed: 1, skipped: 0 });
        assert_eq!(counted("exit 0").0, Tally::FAILED);
    }

    #[test]
    fn what_failed_is_named() {
        let script = "echo 'test bread ... FAILED'; echo 'test result: FAILED. 0 passed; 1 failed'; exit 1";
        assert_eq!(counted(script), (Tally::FAILED, vec!["failed: bread".to_owned()]));
    }
}
