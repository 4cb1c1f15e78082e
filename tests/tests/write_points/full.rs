//! A disk that has no room any more, from write 1, 2, 3 … n on: the member is told so, what was saved before stays, and
//! with room again everything goes on. The system says that there is no room because `strace` makes it say so.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use closeknit_api::{ApiError, Call, ErrorCode, Request, Response, calls};
use closeknit_node::{Engine, Moment};
use closeknit_simulator::{disk::copy_files, neighbourhood::Neighbourhood};
use jiff::Timestamp;

use super::workload::{MARK, marks, says};

const PROFILE: &str = "CLOSEKNIT_FULL_PROFILE";
const BEFORE: &str = "Before the disk was full";
const TITLES: [&str; 3] = ["The first", "The second", "The third"];

fn ask<C: Call>(engine: &mut Engine, call: &C) -> Result<C::Reply, ApiError> {
    let at = Moment { now: "2026-11-24T12:00:00Z".parse::<Timestamp>().unwrap(), steady_ms: 0 };
    match engine.call(at, &Request::of(call).unwrap()).0 {
        Response::Ok(reply) => Ok(serde_json::from_value(reply).unwrap()),
        Response::Error(error) => Err(error),
    }
}

fn post(title: &str) -> calls::Post {
    calls::Post {
        category: "errand".into(),
        title: title.into(),
        // Some pages of the journal.
        detail: Some("It is not far. ".repeat(40)),
        ..calls::Post::default()
    }
}

fn titles(engine: &mut Engine) -> BTreeSet<String> {
    ask(engine, &calls::Board::default()).unwrap().posts.into_iter().map(|post| post.title).collect()
}

fn told<T>(out: &mut File, what: &str, done: Result<T, ApiError>) {
    match done {
        Ok(_) => says(out, &format!("saved {what}")),
        Err(error) => says(out, &format!("refused {:?} {what}", error.code)),
    }
}

/// So often the test harness itself writes before the test begins. Calls are counted thread by thread: the test makes as
/// many first that go nowhere, so that all of its own can be without room while the harness had some.
const HARNESS: usize = 2;

/// As much as there is room for; what does not go is tried no further.
#[test]
#[ignore = "the other side of a full disk"]
fn some_acts() {
    let mut out = marks();
    let mut nowhere = File::create("/dev/null").unwrap();
    (0..HARNESS).for_each(|_| nowhere.write_all(b"-").unwrap());
    let profile = PathBuf::from(env::var_os(PROFILE).unwrap());
    let mut engine = match Engine::open(&profile) {
        Ok(engine) => engine,
        Err(error) => return says(&mut out, &format!("refused {:?} the start", error.code)),
    };
    for title in TITLES {
        let done = ask(&mut engine, &post(title));
        told(&mut out, title, done);
    }
    let path = profile.with_extension("age").display().to_string();
    let done = ask(&mut engine, &calls::WriteBackup { path, passphrase: None });
    told(&mut out, "backup", done);
    let done = ask(&mut engine, &calls::SetPassphrase { passphrase: None, before: None });
    told(&mut out, "no passphrase", done);
}

/// Where there is no room, and from which call on: in the database, or in other files. The system counts each kind of
/// call by itself.
const WAYS: [(&str, usize); 2] = [("pwrite64", 1), ("write", HARNESS + 1)];

/// The acts, with no room for one way of writing from its call `first` on, or with room for all. Gives what was said,
/// and what was written in which way.
fn acts(profile: &Path, full: Option<(&str, usize)>) -> Result<(Vec<String>, String)> {
    let notes = profile.with_extension("strace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-s", "0", "-e", "signal=none", "-e", "trace=write,pwrite64", "-o"]).arg(&notes);
    if let Some((way, first)) = full {
        strace.arg("-e").arg(format!("inject={way}:error=ENOSPC:when={first}+"));
    }
    let done = strace
        .arg(env::current_exe()?)
        .args(["--exact", "full::some_acts", "--ignored", "--nocapture", "--test-threads=1"])
        .env(PROFILE, profile)
        .output()
        .context("strace is missing; `cargo app test` installs it")?;
    let said = String::from_utf8_lossy(&done.stdout);
    let said = said.lines().filter_map(|line| Some(line.split_once(MARK)?.1.to_owned())).collect();
    Ok((said, fs::read_to_string(&notes)?))
}

/// How often something was written in this way by the thread that did so most, which is the engine's: they are
/// counted thread by thread.
fn calls_of(way: &str, notes: &str) -> usize {
    let call = format!("{way}(");
    let mut by_thread: BTreeMap<&str, usize> = BTreeMap::new();
    for (thread, _) in notes
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, done)| done.trim_start().starts_with(&call))
    {
        *by_thread.entry(thread).or_default() += 1;
    }
    by_thread.into_values().max().unwrap_or_default()
}

/// A profile in a circle, on which nothing was written since.
fn begun() -> Result<(tempfile::TempDir, PathBuf)> {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    street.needs(people[0], BEFORE);
    street.run();
    people.iter().for_each(|person| street.finish(*person));
    let place = tempfile::tempdir_in("/dev/shm")?;
    let profile = place.path().join("profile");
    copy_files(&street.profile(people[0]), &profile);
    Ok((place, profile))
}

#[test]
fn a_disk_that_is_full_from_any_write_on_loses_nothing_and_is_said() -> Result<()> {
    let (_place, profile) = begun()?;
    let copy = |name: &str| {
        let copy = profile.with_file_name(name);
        copy_files(&profile, &copy);
        copy
    };
    let (all, notes) = acts(&copy("roomy"), None)?;
    ensure!(all.len() == 5 && all.iter().all(|said| said.starts_with("saved")), "{all:?}");
    let (mut refused, mut tried) = (BTreeSet::new(), 0);
    for (way, first) in
        WAYS.iter().flat_map(|(way, first)| (*first..=calls_of(way, &notes)).map(move |first| (*way, first)))
    {
        let full = copy(&format!("{way}-{first}"));
        let (said, _) = acts(&full, Some((way, first)))?;
        tried += 1;
        let mut saved = BTreeSet::from([BEFORE.to_owned()]);
        for line in &said {
            if let Some(what) = line.strip_prefix("saved ") {
                saved.insert(what.to_owned());
            } else {
                let full = format!("refused {:?} ", ErrorCode::DiskFull);
                let what = line.strip_prefix(&full).with_context(|| format!("{way} {first}: {line}"))?;
                refused.insert(what.to_owned());
            }
        }
        goes_on(&full, &saved).with_context(|| format!("no room from {way} {first} on: {said:?}"))?;
        fs::remove_dir_all(&full)?;
    }
    println!("no room from each of {tried} writes on; refused in all: {refused:?}");
    for what in TITLES.into_iter().chain(["backup"]) {
        ensure!(refused.contains(what), "{what} always found room");
    }
    Ok(())
}

fn goes_on(profile: &Path, saved: &BTreeSet<String>) -> Result<()> {
    let mut engine = Engine::open(profile).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let shown = titles(&mut engine);
    let mut posts = [BEFORE].into_iter().chain(TITLES).filter(|title| saved.contains(*title));
    ensure!(posts.all(|title| shown.contains(title)), "{shown:?}");
    let rebuilt = ask(&mut engine, &calls::Rebuild {}).unwrap();
    ensure!(rebuilt.changed == 0, "{} rows were wrong", rebuilt.changed);
    ask(&mut engine, &post("With room again")).unwrap();
    let path = profile.with_extension("age").display().to_string();
    ask(&mut engine, &calls::WriteBackup { path, passphrase: None }).unwrap();
    Ok(())
}
