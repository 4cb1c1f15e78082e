//! Days on which the machine itself is the trouble: the disk is full, there is no network. Needs root.
#![cfg(test)]

mod member;

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use closeknit_tests::Lan;
use member::Member;
use serde_json::Value;

/// A small disk, let go of when dropped.
struct Disk(PathBuf);

impl Disk {
    fn at(path: PathBuf) -> Result<Self> {
        fs::create_dir_all(&path)?;
        let made =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(&path).status()?;
        ensure!(made.success(), "no small disk");
        Ok(Self(path))
    }

    /// Leaves no room for anything.
    fn fill(&self) -> Result<()> {
        let photos = self.0.join("photos");
        let mut size = 4 << 20;
        while size > 0 {
            let mut file = fs::OpenOptions::new().create(true).append(true).open(&photos)?;
            if std::io::Write::write_all(&mut file, &vec![7; size]).is_err() {
                size /= 2;
            }
        }
        Ok(())
    }

    fn empty(&self) -> Result<()> {
        Ok(fs::remove_file(self.0.join("photos"))?)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

fn plainly(of: &Member, words: &[&str]) -> Result<String> {
    let done = of.command(words).stdin(Stdio::null()).output()?;
    Ok(String::from_utf8(done.stderr)?)
}

#[test]
fn on_a_full_disk_nothing_is_lost_and_a_sentence_says_what_is_safe() -> Result<()> {
    let mut rosa = Member::new("rosa")?;
    let disk = Disk::at(rosa.profile.path())?;
    rosa.says(&["start", "Rosa", "--circle", "Millrace"])?;
    rosa.says(&["need", "A ladder", "--category", "lend"])?;
    let soup = ["need", "Soup", "--category", "food-meal"];
    for runs in [false, true] {
        if runs {
            rosa.run(&[])?;
        }
        disk.fill()?;
        assert_eq!(rosa.refused(&soup)?, (1, "disk-full".into()), "while it runs: {runs}");
        let said = plainly(&rosa, &soup)?;
        assert!(said.contains("no room left") && said.contains("everything from before is"), "{said}");
        disk.empty()?;
        assert_eq!(rosa.says(&["board"])?["total"], if runs { 2 } else { 1 });
        rosa.says(&soup)?;
    }
    assert_eq!(rosa.titles()?.len(), 3, "and with some room it goes on");
    rosa.kill();
    assert_eq!(rosa.says(&["doctor", "--rebuild"])?["changed"], 0);
    Ok(())
}

#[test]
fn without_a_network_everything_is_written_here_and_it_is_said_that_nobody_was_reached() -> Result<()> {
    let mut lan = Lan::new()?;
    let (at_rosas, at_sams) = (lan.machine()?, lan.machine()?);
    let (mut rosa, mut sam) = (Member::new("rosa")?, Member::new("sam")?);
    rosa.says(&["start", "Rosa", "--circle", "Millrace"])?;
    rosa.run_on(&at_rosas)?;
    sam.run_on(&at_sams)?;
    sam.joins(&rosa)?;
    let address = sam.address()?;
    at_rosas.unplug()?;
    rosa.says(&["need", "A ladder", "--category", "lend"])?;
    assert_eq!(rosa.titles()?, ["A ladder"]);
    rosa.kill();
    sam.kill();
    let nobody = rosa.command_on(&at_rosas, &["--json", "meet", &address, "--within", "2"]).output()?;
    let said = String::from_utf8(nobody.stderr)?;
    assert_eq!(nobody.status.code(), Some(3), "{said}");
    let last = said.lines().last().context("not a word")?;
    let error: Value = serde_json::from_str(last).with_context(|| said.clone())?;
    assert!(error["error"]["message"].as_str().is_some_and(|words| words.len() > 20), "{error}");
    assert_eq!(rosa.says(&["board"])?["posts"][0]["title"], "A ladder");
    Ok(())
}
