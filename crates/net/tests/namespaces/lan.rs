//! What the hosts are made of, which all tests share, and what arrives at one of them.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

pub use network::{Host, Switch};

#[allow(dead_code, reason = "these stories use a part of it")]
#[path = "../../../../tests/src/network.rs"]
mod network;

/// Listens to what arrives at an interface.
pub struct Capture {
    tcpdump: Child,
    lines: std::sync::mpsc::Receiver<String>,
}

impl Capture {
    /// Begins; what the filter (tcpdump's) lets through is kept.
    pub fn start(host: &Host, interface: &str, filter: &str) -> Self {
        let mut tcpdump = host
            .command("tcpdump")
            .args(["-i", interface, "-n", "-l", "-Q", "in", "--immediate-mode", filter])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = BufReader::new(tcpdump.stderr.take().unwrap()).lines();
        ready.find(|line| line.as_ref().is_ok_and(|line| line.starts_with("listening"))).unwrap().unwrap();
        // Kept open: tcpdump would stop if it could not write there.
        std::thread::spawn(move || ready.for_each(drop));
        let (tell, lines) = std::sync::mpsc::channel();
        let output = BufReader::new(tcpdump.stdout.take().unwrap());
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { tcpdump, lines }
    }

    /// All packets up to and including the first that `last` recognises.
    pub fn until(&self, last: &str) -> Vec<String> {
        let mut all = Vec::new();
        while !all.last().is_some_and(|line: &String| line.contains(last)) {
            all.push(self.lines.recv_timeout(crate::DEADLINE).expect("a captured packet"));
        }
        all
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        let _ = self.tcpdump.kill();
        let _ = self.tcpdump.wait();
    }
}
