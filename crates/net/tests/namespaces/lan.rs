//! Networks made of namespaces: hosts on switches, each a namespace of its own, named after this
//! process and gone with the story.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

static COUNT: AtomicU32 = AtomicU32::new(0);

fn unique(what: &str) -> String {
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("ck{}-{n}-{what}", std::process::id())
}

/// Runs a command that must succeed.
pub fn run(command: &str) {
    let mut words = command.split_whitespace();
    let output = Command::new(words.next().unwrap()).args(words).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A namespace; deleted when dropped.
pub struct Host(pub String);

impl Host {
    pub fn new(what: &str) -> Self {
        let host = Self(unique(what));
        run(&format!("ip netns add {}", host.0));
        host.ip("link set lo up");
        host
    }

    /// `ip`, inside.
    pub fn ip(&self, what: &str) {
        run(&format!("ip -n {} {what}", self.0));
    }

    /// A command to be run inside.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.0]).arg(program);
        command
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // Not `run`: a panic here would hide the one that got us here.
        let _ = Command::new("ip").args(["netns", "del", &self.0]).status();
    }
}

/// A switch in a namespace of its own.
pub struct Switch {
    host: Host,
}

impl Switch {
    pub fn new() -> Self {
        let host = Host::new("switch");
        host.ip("link add br0 type bridge");
        host.ip("link set br0 up");
        Self { host }
    }

    /// Puts a cable from a new interface of the host to this switch.
    pub fn plug(&self, host: &Host, interface: &str, address: &str) -> Cable<'_> {
        let end = format!("v{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.host.ip(&format!("link add {end} type veth peer name {interface} netns {}", host.0));
        self.host.ip(&format!("link set {end} master br0 up"));
        host.ip(&format!("addr add {address} dev {interface}"));
        host.ip(&format!("link set {interface} up"));
        Cable { switch: self, end }
    }
}

/// The switch's end of a cable.
pub struct Cable<'a> {
    switch: &'a Switch,
    end: String,
}

impl Cable<'_> {
    pub fn pull(&self) {
        self.switch.host.ip(&format!("link set {} down", self.end));
    }

    pub fn put_back(&self) {
        self.switch.host.ip(&format!("link set {} up", self.end));
    }
}

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
