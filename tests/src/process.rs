//! A program that does not outlive its test.

use std::{
    fs,
    io::{self, BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    process::{Child, Command, Stdio},
    thread,
};

use anyhow::{Context as _, Result, ensure};
use rustix::process::{Pid, Signal, kill_process_group};

/// A program with everything it starts, in a process group of its own that is killed when this is dropped.
///
/// A driver that is killed alone leaves its window open; a group leaves nothing.
#[derive(Debug)]
pub struct Process {
    child: Child,
    group: Pid,
}

impl Process {
    /// Starts a program in a group of its own, with nothing to read.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let group = Pid::from_child(&child);
        Ok(Self { child, group })
    }

    /// Starts a program and waits for the first line it writes to standard output. What it writes
    /// after that is not kept.
    ///
    /// # Errors
    /// When it cannot be started or ends without a line.
    pub fn start_and_hear(command: &mut Command) -> Result<(Self, String)> {
        let mut process = Self::start(command.stdout(Stdio::piped()))?;
        let out = process.child.stdout.take().context("its output was not piped")?;
        let mut out = BufReader::new(out);
        let mut line = String::new();
        ensure!(out.read_line(&mut line)? > 0, "it ended without a word");
        // Somebody has to go on listening, or it would be stopped by its next word.
        thread::spawn(move || io::copy(&mut out, &mut io::sink()));
        Ok((process, line.trim_end().to_owned()))
    }

    /// Sends a signal to the program and all that it started: `STOP` is a laptop that is closed, `CONT` its
    /// being opened again, `KILL` a flat battery.
    ///
    /// # Errors
    /// When all of them have ended.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        kill_process_group(self.group, signal).with_context(|| format!("cannot send {signal:?}"))
    }

    /// What the program itself has in memory, in KiB.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("it has ended")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// Whether the program itself still runs.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn is_running(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The group is empty already if all went well.
        let _ = kill_process_group(self.group, Signal::KILL);
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventually;

    /// A shell that starts another program and tells its process id.
    fn parent_and_child() -> (Process, String) {
        Process::start_and_hear(Command::new("sh").args(["-c", "sleep 1000 & echo $!; wait"])).unwrap()
    }

    fn state(pid: &str) -> Option<String> {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let state = status.lines().find_map(|line| line.strip_prefix("State:"))?.trim().chars().next()?;
        Some(state.to_string())
    }

    /// Gone, or waiting for somebody to take note that it is gone.
    fn is_gone(pid: &str) -> bool {
        state(pid).is_none_or(|state| state == "Z")
    }

    #[test]
    fn what_a_program_started_ends_with_it() {
        let (mut process, child) = parent_and_child();
        assert!(process.is_running().unwrap());
        assert!(!is_gone(&child));
        drop(process);
        eventually("the child's end", || Ok(is_gone(&child).then_some(()))).unwrap();
    }

    #[test]
    fn a_closed_laptop_stands_still_until_it_is_opened() {
        let (process, child) = parent_and_child();
        process.signal(Signal::STOP).unwrap();
        eventually("standing still", || Ok((state(&child).as_deref() == Some("T")).then_some(()))).unwrap();
        process.signal(Signal::CONT).unwrap();
        eventually("going on", || Ok((state(&child).as_deref() == Some("S")).then_some(()))).unwrap();
    }

    #[test]
    fn a_program_without_a_word_is_not_waited_for() {
        let why = Process::start_and_hear(&mut Command::new("true")).unwrap_err();
        assert!(why.to_string().contains("without a word"), "{why}");
    }
}
