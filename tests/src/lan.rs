//! Machines on a network of their own, with nothing else on it: what neighbours on one Wi-Fi are.
//!
//! Each machine is a network namespace, and so is the switch between them, a bridge. The network of the
//! real machine is not touched, and no packet of a test leaves it. Needs root and the program `ip`.

use std::{
    ffi::OsStr,
    fs,
    net::Ipv4Addr,
    panic::resume_unwind,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use anyhow::{Context as _, Result, bail};

use crate::{Forward, forward::enter};

/// Where `ip` keeps the names of namespaces.
const NAMESPACES: &str = "/run/netns";
/// How ours begin; the process that made them comes next.
const OURS: &str = "closeknit-";

/// A switch, and the machines that were plugged into it.
#[derive(Debug)]
pub struct Lan {
    switch: Namespace,
    machines: u8,
}

/// A machine on a [`Lan`]. Gone when dropped.
#[derive(Debug)]
pub struct Machine {
    namespace: Namespace,
    switch: String,
    /// The switch's end of the cable.
    port: String,
    address: Ipv4Addr,
}

impl Lan {
    /// A switch with nothing plugged in.
    ///
    /// # Errors
    /// When namespaces cannot be made, which takes root.
    pub fn new() -> Result<Self> {
        sweep();
        let switch = Namespace::new()?;
        ip(["-n", &switch.name, "link", "add", "bridge", "type", "bridge"])?;
        ip(["-n", &switch.name, "link", "set", "bridge", "up"])?;
        Ok(Self { switch, machines: 0 })
    }

    /// One more machine, plugged in, with the next address of 10.77.0.0/24 and no way to anywhere else.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn machine(&mut self) -> Result<Machine> {
        self.machines = self.machines.checked_add(1).context("the switch is full")?;
        let namespace = Namespace::new()?;
        let (at_switch, at_machine) = (&self.switch.name, &namespace.name);
        let port = format!("port{}", self.machines);
        let address = Ipv4Addr::new(10, 77, 0, self.machines);
        let cable = ["type", "veth", "peer", "name", "eth0", "netns", at_machine];
        ip(["-n", at_switch, "link", "add", &port].into_iter().chain(cable))?;
        ip(["-n", at_switch, "link", "set", &port, "master", "bridge", "up"])?;
        ip(["-n", at_machine, "address", "add", &format!("{address}/24"), "dev", "eth0"])?;
        ip(["-n", at_machine, "link", "set", "eth0", "up"])?;
        Ok(Machine { namespace, switch: at_switch.clone(), port, address })
    }
}

impl Machine {
    /// Its address on the network.
    #[must_use]
    pub fn address(&self) -> Ipv4Addr {
        self.address
    }

    /// A program that will run on this machine.
    #[must_use]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.namespace.name]).arg(program);
        command
    }

    /// Pulls the cable.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn unplug(&self) -> Result<()> {
        ip(["-n", &self.switch, "link", "set", &self.port, "down"])
    }

    /// Puts the cable back.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn plug(&self) -> Result<()> {
        ip(["-n", &self.switch, "link", "set", &self.port, "up"])
    }

    /// Runs a part of the test on this machine: sockets made in there stay there.
    ///
    /// # Errors
    /// When the machine cannot be entered, which takes root.
    ///
    /// # Panics
    /// When the part panics.
    pub fn inside<T: Send>(&self, part: impl FnOnce() -> T + Send) -> Result<T> {
        let path = self.namespace.path();
        thread::scope(|scope| {
            let there = scope.spawn(|| enter(&path).map(|()| part()));
            there.join().unwrap_or_else(|panic| resume_unwind(panic))
        })
    }

    /// A way from the test to a TCP port that only this machine itself can reach.
    ///
    /// # Errors
    /// When the test has no port left.
    pub fn forward(&self, port: u16) -> Result<Forward> {
        Forward::start(self.namespace.path(), port)
    }
}

/// A network namespace with its loopback up.
#[derive(Debug)]
struct Namespace {
    name: String,
}

impl Namespace {
    fn new() -> Result<Self> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("{OURS}{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        ip(["netns", "add", &name])?;
        let namespace = Self { name };
        ip(["-n", &namespace.name, "link", "set", "lo", "up"])?;
        Ok(namespace)
    }

    fn path(&self) -> PathBuf {
        Path::new(NAMESPACES).join(&self.name)
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        let _ = ip(["netns", "delete", &self.name]);
    }
}

/// Removes what killed tests have left behind.
fn sweep() {
    for entry in fs::read_dir(NAMESPACES).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let maker = name.strip_prefix(OURS).and_then(|rest| rest.split_once('-')).map(|(maker, _)| maker);
        if maker.is_some_and(|maker| !PathBuf::from("/proc").join(maker).exists()) {
            let _ = ip(["netns", "delete", &name]);
        }
    }
}

fn ip<'word>(words: impl IntoIterator<Item = &'word str>) -> Result<()> {
    let words: Vec<&str> = words.into_iter().collect();
    let output = Command::new("ip").args(&words).output().context("cannot start ip")?;
    if !output.status.success() {
        bail!("ip {}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}
