//! `cargo app fuzz`: bytes that nobody thought of.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use crate::{
    Call, debian,
    run::{Result, cargo, run, run_reading},
    rust, say,
};

/// Where the targets are, what they found out and what they found.
const FOLDER: &str = "tests/fuzz";
/// So long each, unless another number is named.
const USUAL_MINUTES: u64 = 10;
/// One run of a target. Its processor time is known once it has ended.
const ROUND_SECONDS: u64 = 60;
/// Files with a seal or frames are longer than libFuzzer would try on its own.
const LONGEST: &[(&str, u32)] =
    &[("backup", 32_768), ("change", 8_192), ("frame", 32_768), ("parcel", 32_768), ("tar", 32_768)];

/// What one target did.
#[derive(Debug, Default)]
struct Done {
    runs: u64,
    seconds: f64,
    found: bool,
}

pub(crate) fn fuzz(call: Call) -> Result {
    let words: Vec<_> = call.words.iter().map(|word| word.to_string_lossy()).collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let (name, minutes) = read(&words)?;
    let targets = chosen(name, targets()?)?;
    rust::ready()?;
    debian::ready(debian::COMPILER)?;
    debian::ready(debian::FUZZER)?;
    let what = "cargo fuzz build";
    say::step(what, "with what counts which code was reached; no sanitizer, since none of ours is unsafe");
    run(rust::fuzz()?
        .args(["build", "--sanitizer", "none", "--fuzz-dir", FOLDER])
        .env("CARGO", cargo().get_program()))?;
    let mut all = Vec::new();
    for target in targets {
        say::step(&format!("fuzz {target}"), &format!("{minutes} minutes of processor time"));
        let done = try_out(&target, minutes)?;
        all.push((target, done));
    }
    report(&all)
}

fn read<'words>(words: &[&'words str]) -> Result<(Option<&'words str>, u64)> {
    let minutes = |text: &str| text.parse().ok().filter(|minutes| *minutes > 0);
    let read = match words {
        [] => Some((None, USUAL_MINUTES)),
        ["--minutes", number] => minutes(number).map(|minutes| (None, minutes)),
        [name] if !name.starts_with('-') => Some((Some(*name), USUAL_MINUTES)),
        [name, "--minutes", number] => minutes(number).map(|minutes| (Some(*name), minutes)),
        _ => None,
    };
    read.ok_or_else(|| "It is `cargo app fuzz [TARGET] [--minutes NUMBER]`.".to_owned())
}

fn targets() -> Result<Vec<String>> {
    let folder = Path::new(FOLDER).join("fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut names: Vec<_> = paths.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

fn chosen(name: Option<&str>, targets: Vec<String>) -> Result<Vec<String>> {
    match name {
        None => Ok(targets),
        Some(name) if targets.iter().any(|target| target == name) => Ok(vec![name.to_owned()]),
        Some(name) => Err(format!("There is no target `{name}`; there are {}.", targets.join(", "))),
    }
}

/// Runs one target until it has had its time, or has found something.
fn try_out(target: &str, minutes: u64) -> Result<Done> {
    let wanted = (minutes * 60) as f64;
    let mut done = Done::default();
    unpack(target)?;
    while done.seconds < wanted && !done.found {
        let (before, since) = (processor_seconds(), Instant::now());
        let round = ROUND_SECONDS.min((wanted - done.seconds).ceil() as u64);
        let mut runs = 0;
        let well = run_reading(&mut command(target, round)?, |line| {
            if let Some(number) = line.strip_prefix("stat::number_of_executed_units:") {
                runs = number.trim().parse().unwrap_or(0);
            }
        })?;
        done.runs += runs;
        done.seconds += match (before, processor_seconds()) {
            (Some(before), Some(after)) => after - before,
            _ => since.elapsed().as_secs_f64(),
        };
        done.found = !well;
    }
    Ok(done)
}

/// Unpacks what earlier runs found out and the repository keeps.
fn unpack(target: &str) -> Result {
    let (kept, corpus) = (
        Path::new("tests/hostile/kept").join(format!("{target}.tar.gz")),
        Path::new(FOLDER).join("corpus").join(target),
    );
    fs::create_dir_all(&corpus).map_err(|why| format!("{}: {why}", corpus.display()))?;
    if !kept.is_file() {
        return Ok(());
    }
    run(Command::new("tar").arg("-xzf").arg(kept).arg("-C").arg(corpus))
}

/// One round. libFuzzer adds to the first folder what reaches something new.
fn command(target: &str, seconds: u64) -> Result<Command> {
    let of = |folder: &str| PathBuf::from(FOLDER).join(folder).join(target);
    let (corpus, found) = (of("corpus"), of("artifacts"));
    for folder in [&corpus, &found] {
        fs::create_dir_all(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    }
    let seeds = Path::new("tests/hostile").join(target);
    let program = PathBuf::from(FOLDER).join("target").join(host()?).join("release").join(target);
    // What libFuzzer says goes to the other output than the one that is read.
    let mut command = Command::new("sh");
    command.args(["-c", r#"exec "$0" "$@" 2>&1"#]).arg(program).arg(&corpus);
    command.args(seeds.is_dir().then_some(seeds));
    command.args([
        format!("-max_total_time={seconds}"),
        "-print_final_stats=1".to_owned(),
        "-timeout=30".to_owned(),
        "-rss_limit_mb=2048".to_owned(),
        format!("-artifact_prefix={}/", found.display()),
    ]);
    if let Some((_, longest)) = LONGEST.iter().find(|(name, _)| *name == target) {
        command.arg(format!("-max_len={longest}"));
    }
    Ok(command)
}

/// The name that the compiler has for this kind of machine, and cargo-fuzz for a folder.
fn host() -> Result<String> {
    let said =
        crate::run::answer(Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("-vV"));
    let said = said.ok_or("rustc cannot be run.")?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc names no host.".to_owned())
}

/// What the programs that this one started and that have ended took of the processor; nothing where the system
/// does not say.
fn processor_seconds() -> Option<f64> {
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, after_the_name) = stat.rsplit_once(')')?;
    // Behind the name and the state: the children's user and system time are the 14th and 15th.
    let mut numbers = after_the_name.split_whitespace().skip(13);
    let user: f64 = numbers.next()?.parse().ok()?;
    let system: f64 = numbers.next()?.parse().ok()?;
    Some((user + system) / TICKS_A_SECOND)
}

fn report(all: &[(String, Done)]) -> Result {
    println!();
    for (target, Done { runs, seconds, found }) in all {
        let found =
            if *found { format!("   found something: {FOLDER}/artifacts/{target}") } else { String::new() };
        println!("{target:<12}{runs:>12} runs {:>7.1} minutes{found}", seconds / 60.0);
    }
    let (runs, seconds) =
        all.iter().fold((0, 0.0), |(runs, seconds), (_, done)| (runs + done.runs, seconds + done.seconds));
    println!("{:<12}{runs:>12} runs {:>7.1} minutes", "in all", seconds / 60.0);
    if all.iter().any(|(_, done)| done.found) {
        return Err(
            "What was found is a defect: mend it, and keep the file in tests/hostile with its verdict."
                .to_owned(),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_and_a_time_may_be_named() {
        assert_eq!(read(&[]).unwrap(), (None, 10));
        assert_eq!(read(&["tip"]).unwrap(), (Some("tip"), 10));
        assert_eq!(read(&["--minutes", "3"]).unwrap(), (None, 3));
        assert_eq!(read(&["tip", "--minutes", "3"]).unwrap(), (Some("tip"), 3));
        for words in [vec!["--minutes"], vec!["--minutes", "0"], vec!["tip", "3"], vec!["--fast"]] {
            assert!(read(&words).unwrap_err().contains("cargo app fuzz"), "{words:?}");
        }
    }

    #[test]
    fn an_unknown_target_says_which_there_are() {
        let targets = || vec!["frame".to_owned(), "tip".to_owned()];
        assert_eq!(chosen(Some("tip"), targets()).unwrap(), ["tip"]);
        assert!(chosen(Some("tap"), targets()).unwrap_err().contains("frame, tip"));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_time_of_programs_that_ended_is_counted() {
        let before = processor_seconds().unwrap();
        let work = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        run(Command::new("sh").args(["-c", work])).unwrap();
        assert!(processor_seconds().unwrap() > before);
    }
}
