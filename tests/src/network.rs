//! Hosts, switches and the cables between them, each host and each switch a network namespace of its own.
//! The network of the real machine is not touched, and no packet of a test leaves it. Needs root and the
//! program `ip`.
//!
//! Knows nothing but `std` and `anyhow`, since the tests of `crates/net` take this file in too.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::{Context as _, Result, bail};

/// Where `ip` keeps the names of namespaces.
const NAMESPACES: &str = "/run/netns";
/// How ours begin; the process that made them comes next.
const OURS: &str = "closeknit-";

/// A number that no other namespace or interface of this process has.
fn number() -> u32 {
    static MADE: AtomicU32 = AtomicU32::new(0);
    MADE.fetch_add(1, Ordering::Relaxed)
}

/// A network namespace with its loopback up; deleted when dropped.
#[derive(Debug)]
pub struct Host {
    name: String,
}

impl Host {
    /// A host with nothing plugged in. What killed tests have left behind is swept away first.
    ///
    /// # Errors
    /// When namespaces cannot be made, which takes root.
    pub fn new() -> Result<Self> {
        sweep();
        let name = format!("{OURS}{}-{}", std::process::id(), number());
        ip(&format!("netns add {name}"))?;
        let host = Self { name };
        host.ip("link set lo up")?;
        Ok(host)
    }

    /// `ip`, inside.
    ///
    /// # Errors
    /// When it fails.
    pub fn ip(&self, words: &str) -> Result<()> {
        ip(&format!("-n {} {words}", self.name))
    }

    /// A program that will run inside.
    #[must_use]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        inside(&self.name, program)
    }

    /// The file through which it can be entered.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        Path::new(NAMESPACES).join(&self.name)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // Nothing that fails here may hide what has failed before.
        let _ = ip(&format!("netns delete {}", self.name));
    }
}

/// A switch, in a namespace of its own.
#[derive(Debug)]
pub struct Switch {
    host: Host,
}

impl Switch {
    /// A switch with nothing plugged in.
    ///
    /// # Errors
    /// When namespaces cannot be made, which takes root.
    pub fn new() -> Result<Self> {
        let host = Host::new()?;
        host.ip("link add bridge type bridge")?;
        host.ip("link set bridge up")?;
        Ok(Self { host })
    }

    /// A cable from a new interface of the host, which gets this address (such as 10.77.0.1/24).
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn plug(&self, host: &Host, interface: &str, address: &str) -> Result<Cable> {
        let end = format!("port{}", number());
        self.host.ip(&format!("link add {end} type veth peer name {interface} netns {}", host.name))?;
        self.host.ip(&format!("link set {end} master bridge up"))?;
        host.ip(&format!("address add {address} dev {interface}"))?;
        // No frame is longer than on a real cable.
        host.ip(&format!("link set {interface} gso_max_segs 1 up"))?;
        let (switch, host) = (self.host.name.clone(), host.name.clone());
        Ok(Cable { switch, end, host, interface: interface.to_owned() })
    }
}

/// A cable between a host and a switch. It stays when this is dropped, and goes with either of the two.
#[derive(Debug, Clone)]
pub struct Cable {
    switch: String,
    /// The switch's end.
    end: String,
    host: String,
    /// The host's end.
    interface: String,
}

impl Cable {
    /// Pulls it out of the switch.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn pull(&self) -> Result<()> {
        ip(&format!("-n {} link set {} down", self.switch, self.end))
    }

    /// Puts it back.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn put_back(&self) -> Result<()> {
        ip(&format!("-n {} link set {} up", self.switch, self.end))
    }

    /// Takes it away for good, with the host's interface.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn take_away(self) -> Result<()> {
        ip(&format!("-n {} link delete {}", self.switch, self.end))
    }

    /// Cuts it open before the switch. The two interfaces there between which somebody has to carry the frames now:
    /// the cable's end, and the switch's.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn open(&self) -> Result<[String; 2]> {
        let (end, [near, far]) = (self.end.clone(), self.gap());
        ip(&format!("-n {} link add {near} type veth peer name {far}", self.switch))?;
        ip(&format!("-n {} link set {end} nomaster", self.switch))?;
        ip(&format!("-n {} link set {far} master bridge up", self.switch))?;
        ip(&format!("-n {} link set {near} up", self.switch))?;
        Ok([end, near])
    }

    /// Joins it again.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn close(&self) -> Result<()> {
        let [near, _] = self.gap();
        ip(&format!("-n {} link delete {near}", self.switch))?;
        ip(&format!("-n {} link set {} master bridge", self.switch, self.end))
    }

    fn gap(&self) -> [String; 2] {
        ["near", "far"].map(|side| format!("{side}-{}", self.end))
    }

    /// A program that will run at the switch.
    #[must_use]
    pub fn command_at_switch(&self, program: impl AsRef<OsStr>) -> Command {
        inside(&self.switch, program)
    }

    /// How many bytes have come through it to the host.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn received(&self) -> Result<u64> {
        let path = format!("/sys/class/net/{}/statistics/rx_bytes", self.interface);
        let said = inside(&self.host, "cat").arg(&path).output()?;
        String::from_utf8(said.stdout)?.trim().parse().with_context(|| format!("{path} is no number"))
    }
}

/// Removes what killed tests have left behind.
fn sweep() {
    for entry in fs::read_dir(NAMESPACES).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let maker = name.strip_prefix(OURS).and_then(|rest| rest.split_once('-')).map(|(maker, _)| maker);
        if maker.is_some_and(|maker| !PathBuf::from("/proc").join(maker).exists()) {
            let _ = ip(&format!("netns delete {name}"));
        }
    }
}

/// A program that will run in a namespace.
fn inside(name: &str, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("ip");
    command.args(["netns", "exec", name]).arg(program);
    command
}

/// Runs `ip`, which must succeed.
fn ip(words: &str) -> Result<()> {
    let output = Command::new("ip").args(words.split_whitespace()).output().context("cannot start ip")?;
    if !output.status.success() {
        bail!("ip {words}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}
