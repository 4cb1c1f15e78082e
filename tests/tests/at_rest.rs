//! What the real program leaves on the disk, and where it keeps the key: in a Secret Service of its own, under a
//! passphrase, or in a file.
#![cfg(test)]

mod member;

use std::{
    fs,
    io::Write as _,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use closeknit_tests::eventually;
use member::{Member, closeknit};
use rustix::process::Signal;
use serde_json::json;

const CANARY: &str = "Canary in the third birdcage";
const PASSPHRASE: &str = "four candles and a ladder";

fn all_files(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        match fs::symlink_metadata(&path)?.file_type() {
            kind if kind.is_dir() => files.extend(all_files(&path)?),
            kind if kind.is_file() => files.push(path),
            _ => {}
        }
    }
    Ok(files)
}

fn holds(bytes: &[u8], text: &str) -> bool {
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [text.as_bytes(), &utf16].iter().any(|piece| bytes.windows(piece.len()).any(|window| window == *piece))
}

fn post() -> serde_json::Value {
    json!({ "kind": "need", "category": "errand", "title": CANARY, "detail": CANARY, "place": CANARY })
}

#[test]
fn nothing_can_be_read_in_what_a_program_leaves_that_ended_badly() -> Result<()> {
    let mut rosa = Member::new("rosa")?;
    rosa.says(&["start", CANARY, "--circle", CANARY])?;
    rosa.run(&[])?;
    rosa.call("post", &post())?;
    rosa.call("board", &json!({ "search": CANARY }))?;
    // In the working memory all of it is; a copy of that is not to be left behind.
    let process = rosa.process.as_mut().context("it runs")?;
    process.signal(Signal::ABORT)?;
    eventually("its end", || Ok((!process.is_running()?).then_some(())))?;
    let beside = rosa.profile.path().parent().context("a place")?.to_owned();
    for path in all_files(&beside)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        ensure!(!name.starts_with("core"), "{}", path.display());
        ensure!(!holds(&fs::read(&path)?, CANARY), "{} can be read", path.display());
    }
    ensure!(rosa.says(&["board"])?["posts"][0]["title"] == CANARY, "with the key it is all there");
    Ok(())
}

/// One command that is given a line, as somebody would type it.
fn typed(member: &Member, words: &[&str], lines: &str) -> Result<Output> {
    let mut command = member.command(words);
    command.arg("--json").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    child.stdin.take().context("a way in")?.write_all(lines.as_bytes())?;
    Ok(child.wait_with_output()?)
}

fn code(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    // What was asked stands before it.
    let error = said.find('{').and_then(|from| said.get(from..));
    let error: serde_json::Value =
        error.and_then(|error| serde_json::from_str(error.trim()).ok()).unwrap_or_default();
    error["error"]["code"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_program_under_a_passphrase_waits_for_it() -> Result<()> {
    let mut rosa = Member::new("rosa")?;
    rosa.says(&["start", "Rosa", "--circle", "Millrace"])?;
    let passphrase = format!("{PASSPHRASE}\n");
    let set = typed(&rosa, &["passphrase", "--set"], &passphrase)?;
    ensure!(set.status.success(), "{}", code(&set));
    ensure!(rosa.refused(&["board"])?.1 == "bad-input", "there is nobody to type it");
    ensure!(code(&typed(&rosa, &["board"], "four candles\n")?) == "wrong-passphrase");
    ensure!(typed(&rosa, &["board"], &passphrase)?.status.success());

    rosa.run(&[])?;
    ensure!(rosa.call("status", &json!({}))?["locked"] == true);
    ensure!(rosa.refused(&["board"])?.1 == "locked");
    ensure!(code(&typed(&rosa, &["unlock"], "four candles\n")?) == "wrong-passphrase");
    ensure!(typed(&rosa, &["unlock"], &passphrase)?.status.success());
    rosa.call("post", &post())?;
    rosa.says(&["lock"])?;
    ensure!(rosa.refused(&["board"])?.1 == "locked");
    ensure!(typed(&rosa, &["unlock"], &passphrase)?.status.success());
    ensure!(rosa.titles()? == [CANARY]);
    let before = format!("{PASSPHRASE}\n");
    ensure!(typed(&rosa, &["passphrase", "--remove"], &before)?.status.success());
    rosa.kill();
    ensure!(rosa.says(&["board"])?["posts"][0]["title"] == CANARY, "and without one again");
    Ok(())
}

/// A session as a desktop has one: a bus of its own, and a keyring that its user has unlocked.
fn in_a_session(home: &Path, script: &str) -> Result<Output> {
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-ec"]);
    command.arg(format!(
        "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null\n{script}"
    ));
    command
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home)
        .env_remove("DISPLAY")
        .env_remove("CLOSEKNIT_KEYCHAIN");
    command.env("XDG_DATA_HOME", home.join("data")).env("PROGRAM", closeknit()).env("LC_ALL", "C");
    Ok(command.stdin(Stdio::null()).output()?)
}

#[test]
#[ignore = "machine: needs gnome-keyring and dbus-run-session"]
fn the_secret_service_of_a_desktop_keeps_the_key() -> Result<()> {
    let rosa = Member::new("rosa")?;
    let profile = rosa.profile.path();
    let home = tempfile::tempdir()?;
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let run = |words: &str| {
        in_a_session(home.path(), &format!("\"$PROGRAM\" --json --profile '{}' {words}", profile.display()))
    };
    let started = run("start Rosa --circle Millrace")?;
    ensure!(started.status.success(), "{} {:?}", said(&started), started.status.signal());
    let kept = fs::read_to_string(profile.join("page.key"))?;
    ensure!(kept.contains("keychain"), "{kept}");

    // The same user, in the next session.
    let shown = run("doctor")?;
    ensure!(String::from_utf8_lossy(&shown.stdout).contains("at-rest-keychain"), "{}", said(&shown));
    // Without the keyring it is not opened, and not begun anew either.
    let database = fs::read(profile.join("closeknit.db"))?;
    ensure!(rosa.refused(&["board"])?.1 == "key-gone");
    ensure!(fs::read(profile.join("closeknit.db"))? == database);
    ensure!(run("erase --yes")?.status.success());
    // Whoever puts the file back finds that its key is gone for good.
    fs::create_dir_all(&profile)?;
    fs::write(profile.join("page.key"), kept)?;
    fs::write(profile.join("closeknit.db"), database)?;
    ensure!(code(&run("board")?) == "key-gone");
    Ok(())
}
