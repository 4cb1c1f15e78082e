//! A member run by the real `closeknit`, spoken to through the command line and the profile's socket.
#![allow(dead_code, reason = "each test uses what it needs")]

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{Ipv4Addr, UdpSocket},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use closeknit_node::{Openers, Vault};
use closeknit_tests::{Machine, Process, Profile, built, eventually};
use rusqlite::Connection;
use serde_json::{Value, json};

/// The program, which the tier builds first. A test without it has nothing to say.
pub(crate) fn closeknit() -> PathBuf {
    built("closeknit").unwrap()
}

pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) profile: Profile,
    /// Always the same, so that the others find it again.
    port: u16,
    pub(crate) process: Option<Process>,
}

impl Member {
    /// Opens their database, or a copy of it.
    pub(crate) fn database(&self, path: &Path) -> Result<Connection> {
        let database = Connection::open(path)?;
        let key = Vault::of(&self.profile.path(), Openers::default())?.page_key();
        database.pragma_update(None, "key", &**key.pragma())?;
        Ok(database)
    }

    pub(crate) fn new(name: &str) -> Result<Self> {
        let port = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        Ok(Self { name: name.into(), profile: Profile::new(name)?, port, process: None })
    }

    /// The program on this member's profile.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        self.with_words(Command::new(closeknit()), words)
    }

    /// The same on a machine of its own.
    pub(crate) fn command_on(&self, machine: &Machine, words: &[&str]) -> Command {
        self.with_words(machine.command(closeknit()), words)
    }

    fn with_words(&self, mut command: Command, words: &[&str]) -> Command {
        command.arg("--profile").arg(self.profile.path()).args(words).env("LC_ALL", "C");
        // The keychain of whoever runs the tests is theirs.
        command.env("CLOSEKNIT_KEYCHAIN", "none");
        command
    }

    /// What one command says, as JSON.
    pub(crate) fn says(&self, words: &[&str]) -> Result<Value> {
        let done = self.command(words).arg("--json").stdin(Stdio::null()).output()?;
        let error = String::from_utf8_lossy(&done.stderr).into_owned();
        ensure!(done.status.success(), "{} cannot {words:?}: {error}", self.name);
        if done.stdout.is_empty() { Ok(Value::Null) } else { Ok(serde_json::from_slice(&done.stdout)?) }
    }

    /// Why one command is refused: its exit status and its code.
    pub(crate) fn refused(&self, words: &[&str]) -> Result<(i32, String)> {
        let done = self.command(words).arg("--json").stdin(Stdio::null()).output()?;
        ensure!(!done.status.success(), "{} should not have done {words:?}", self.name);
        let last = String::from_utf8(done.stderr)?.lines().last().unwrap_or_default().to_owned();
        let error: Value = serde_json::from_str(&last).with_context(|| last.clone())?;
        let code = error["error"]["code"].as_str().unwrap_or_default().to_owned();
        Ok((done.status.code().unwrap_or(-1), code))
    }

    /// Stays up on this machine alone, and knows these addresses.
    pub(crate) fn run(&mut self, know: &[&str]) -> Result<()> {
        let listen = format!("127.0.0.1:{}", self.port);
        let mut words = vec!["run", "--no-discovery", "--listen", &listen];
        know.iter().for_each(|address| words.extend(["--know", address]));
        self.stays_up(self.command(&words))
    }

    /// Stays up on a machine of its own, finds the others around it and is found.
    pub(crate) fn run_on(&mut self, machine: &Machine) -> Result<()> {
        self.stays_up(self.command_on(machine, &["serve"]))
    }

    fn stays_up(&mut self, mut command: Command) -> Result<()> {
        let log = std::fs::File::create(self.profile.path().with_extension("said"))?;
        self.process = Some(Process::start(command.stdout(Stdio::null()).stderr(log))?);
        eventually("the program", || self.call("status", &json!({})).map(Some))?;
        Ok(())
    }

    /// A flat battery.
    pub(crate) fn kill(&mut self) {
        self.process = None;
    }

    /// What it has in memory, in KiB.
    pub(crate) fn memory(&self) -> Result<u64> {
        self.process.as_ref().context("it is switched off")?.memory()
    }

    /// How many other machines of the circle it is connected with.
    pub(crate) fn connections(&self) -> Result<usize> {
        let near = self.call("near", &json!({}))?;
        let machines = near["machines"].as_array().context("no machines")?;
        Ok(machines.iter().filter(|machine| machine["exchange"] != "away").count())
    }

    /// A connection to the process that runs.
    pub(crate) fn line(&self) -> Result<Line> {
        let stream = UnixStream::connect(self.profile.path().join("socket"))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Line(BufReader::new(stream)))
    }

    /// One call to the process that runs.
    pub(crate) fn call(&self, call: &str, args: &Value) -> Result<Value> {
        let mut line = self.line()?;
        line.ask(call, args)?;
        line.answer()
    }

    /// Waits until this machine knows its own addresses, which stand in an invitation.
    pub(crate) fn until_found(&self) -> Result<()> {
        eventually("own addresses", || {
            let checks = self.call("doctor", &json!({}))?["checks"].take();
            let well = |check: &Value| check["says"]["id"] == "doctor-network-well";
            Ok(checks.as_array().is_some_and(|checks| checks.iter().any(well)).then_some(()))
        })
    }

    /// The address text that others find this machine by.
    pub(crate) fn address(&self) -> Result<String> {
        eventually("an address", || Ok(self.call("near", &json!({}))?["address"].as_str().map(str::to_owned)))
    }

    pub(crate) fn digest(&self) -> Result<Value> {
        let counts = self.call("statistics", &json!({}))?;
        Ok(json!([counts["digest"], counts["board"]]))
    }

    /// The titles of everything on the board.
    pub(crate) fn titles(&self) -> Result<Vec<String>> {
        let (mut line, mut titles) = (self.line()?, Vec::new());
        loop {
            line.ask("board", &json!({ "offset": titles.len() }))?;
            let page = line.answer()?;
            let posts = page["posts"].as_array().context("no posts")?;
            if posts.is_empty() {
                return Ok(titles);
            }
            titles.extend(posts.iter().filter_map(|post| post["title"].as_str()).map(str::to_owned));
        }
    }

    /// Comes into a circle through the sockets of both, who run.
    pub(crate) fn joins(&self, at: &Self) -> Result<()> {
        at.until_found()?;
        let invitation = at.call("invite", &json!({}))?["text"].clone();
        self.call("join", &json!({ "invitation": invitation, "name": self.name }))?;
        let compare = |of: Value| (of["stage"] == "compare").then(|| of["id"].clone());
        let own = eventually("the code", || Ok(compare(self.call("joining", &json!({}))?["own"].clone())))?;
        let door =
            eventually("the code", || Ok(compare(at.call("joining", &json!({}))?["doors"][0].clone())))?;
        self.call("confirm", &json!({ "id": own, "yes": true }))?;
        at.call("confirm", &json!({ "id": door, "yes": true }))?;
        eventually("being in", || {
            Ok((self.call("joining", &json!({}))?["own"]["stage"] == "joined").then_some(()))
        })
    }
}

/// Two in one circle, whose programs run and hold the same.
pub(crate) fn alice_and_bob() -> Result<(Member, Member)> {
    let (mut alice, mut bob) = (Member::new("alice")?, Member::new("bob")?);
    alice.says(&["start", "alice", "--circle", "Millrace"])?;
    alice.run(&[])?;
    bob.run(&[])?;
    bob.joins(&alice)?;
    until_equal(&alice, &bob)?;
    Ok((alice, bob))
}

/// Both hold and show the same.
pub(crate) fn until_equal(one: &Member, other: &Member) -> Result<()> {
    eventually("both holding the same", || Ok((one.digest()? == other.digest()?).then_some(())))
}

/// A connection to a profile's socket: one JSON value a line.
pub(crate) struct Line(BufReader<UnixStream>);

impl Line {
    pub(crate) fn ask(&mut self, call: &str, args: &Value) -> Result<()> {
        let mut line = json!({ "call": call, "args": args }).to_string();
        line.push('\n');
        Ok(self.0.get_mut().write_all(line.as_bytes())?)
    }

    /// Waits for an answer; an error if the process went away before it was whole.
    pub(crate) fn answer(&mut self) -> Result<Value> {
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        ensure!(line.ends_with('\n'), "the process went away");
        let mut answer: Value = serde_json::from_str(&line)?;
        match answer.get_mut("ok").map(Value::take) {
            Some(value) => Ok(value),
            None => bail!("{answer}"),
        }
    }
}
