//! A neighbour: this test program once more, as a process in a namespace, that runs the network as
//! an engine would. It is told what to do, and tells what happens, in lines.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, UdpSocket},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{
    Bind, Circle, ConnId, DeviceSecret, Dial, Net, NetConfig, NetEvent, NetHandle, Salt, Whereabouts,
};
use rand::{SeedableRng as _, rngs::StdRng};

use crate::{DEADLINE, lan::Host};

#[path = "../../../../tests/src/forged.rs"]
mod forged;

const MILLRACE: CircleId = CircleId([0x4d; 32]);
const SEED: &str = "CLOSEKNIT_TEST_NEIGHBOUR";
const BIND: &str = "CLOSEKNIT_TEST_BIND";
/// Before each line, since the test harness prints others.
const MARK: &str = "@ ";

/// If this process is a neighbour, lives its life and never returns.
pub fn live_if_one() {
    if let Ok(seed) = std::env::var(SEED) {
        let log = tracing_subscriber::fmt().with_ansi(false).without_time();
        match std::env::var("RUST_LOG") {
            Ok(filter) => log.with_env_filter(filter).with_writer(std::io::stderr).init(),
            Err(_) => log.with_env_filter("closeknit_net=warn").with_writer(|| Log).init(),
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        runtime.unwrap().block_on(life(seed.parse().unwrap()));
        std::process::exit(0);
    }
}

fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{MARK}{line}").unwrap();
    out.flush().unwrap();
}

/// Warnings are told like everything else.
struct Log;

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        tell(&format!("log {}", String::from_utf8_lossy(line).trim()));
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn life(seed: u8) {
    let mut rng = StdRng::seed_from_u64(seed.into());
    let bind = if std::env::var(BIND).is_ok_and(|bind| bind == "everywhere") {
        Bind::Everywhere
    } else {
        Bind::LocalNetworks
    };
    let (events, mut inbox) = tokio::sync::mpsc::channel(64);
    let config = NetConfig { device: DeviceSecret([seed; 32]), bind, discovery: true };
    let net = Net::start(config, events).await.unwrap();
    tell(&format!("me {}", net.device()));
    let mut salts = vec![Salt::random(&mut rng)];
    net.set_circles(vec![Circle { id: MILLRACE, salts: salts.clone() }]);

    let (orders, mut ordered) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        std::io::stdin().lock().lines().map_while(Result::ok).try_for_each(|line| orders.send(line))
    });
    let mut open: HashMap<ConnId, DeviceId> = HashMap::new();
    let mut renews = true;
    loop {
        tokio::select! {
            event = inbox.recv() => match event {
                Some(NetEvent::OwnAddresses { new_network: true, addresses }) => {
                    tell(&format!("own {addresses:?}"));
                    if renews {
                        salts.insert(0, Salt::random(&mut rng));
                    }
                    net.set_circles(vec![Circle { id: MILLRACE, salts: salts.clone() }]);
                }
                Some(event) => report(event, &mut open),
                None => return,
            },
            order = ordered.recv() => match order {
                Some(order) if order == "keep the salt" => renews = false,
                Some(order) if order == "renew the salt" => {
                    salts.insert(0, Salt::random(&mut rng));
                    net.set_circles(vec![Circle { id: MILLRACE, salts: salts.clone() }]);
                }
                Some(order) => obey(&order, &net, &open),
                None => return net.shutdown().await,
            },
        }
    }
}

fn report(event: NetEvent, open: &mut HashMap<ConnId, DeviceId>) {
    match event {
        NetEvent::OwnAddresses { addresses, .. } => tell(&format!("own {addresses:?}")),
        NetEvent::Near { whereabouts, .. } => {
            tell(&format!("near {} {:?}", whereabouts.device, whereabouts.addresses));
        }
        NetEvent::Gone { device, .. } => tell(&format!("gone {device}")),
        NetEvent::Opened { conn, device, address, .. } => {
            open.insert(conn, device);
            tell(&format!("opened {device} {address}"));
        }
        NetEvent::Closed { conn, reason } => {
            if let Some(device) = open.remove(&conn) {
                tell(&format!("closed {device} {reason:?}"));
            }
        }
        NetEvent::Frame { bytes, .. } => tell(&format!("heard {}", String::from_utf8_lossy(&bytes))),
        NetEvent::DialFailed { why, .. } => tell(&format!("failed {why:?}")),
        NetEvent::Room { .. } => {}
    }
}

fn obey(order: &str, net: &NetHandle, open: &HashMap<ConnId, DeviceId>) {
    let words: Vec<&str> = order.split(' ').collect();
    match words[..] {
        ["say", text] => {
            for conn in open.keys() {
                let _ = net.send(*conn, text.as_bytes().to_vec());
            }
        }
        ["wake"] => net.wake(),
        // A packet of our own, to see that a capture captures.
        ["poke", address] => {
            let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
            socket.send_to(b"poke", address).unwrap();
        }
        ["dial", device, address] => {
            let addresses = vec![address.parse().unwrap()];
            let to = Whereabouts { device: device.parse().unwrap(), salt: Salt([0; 16]), addresses };
            net.dial(Dial::Circle { circle: MILLRACE, to });
        }
        ["flood", address] => flood(address.parse().unwrap()),
        _ => panic!("what is {order:?}?"),
    }
}

/// Ten thousand announcements, each under a new name.
fn flood(to: SocketAddr) {
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    let salt: u16 = rand::random();
    let names: Vec<String> = (0..10_000).map(|number| format!("{number:08x}{salt:04x}")).collect();
    forged::announce(&socket, to, &names).unwrap();
}

/// A neighbour as the story sees it.
pub struct Neighbour {
    process: Child,
    orders: Option<ChildStdin>,
    lines: mpsc::Receiver<String>,
    /// All that it has told since [`Self::forget`].
    told: Vec<String>,
    pub device: DeviceId,
}

impl Neighbour {
    /// Starts one on a host.
    pub fn on(host: &Host, seed: u8) -> Self {
        Self::bound(host, seed, "local")
    }

    pub fn bound(host: &Host, seed: u8, bind: &str) -> Self {
        // Any test of this file does: each begins with `live_if_one`.
        let any = "neighbours_find_each_other_on_a_switch_without_a_router";
        let mut process = host
            .command(std::env::current_exe().unwrap())
            .args(["--exact", any, "--ignored", "--nocapture"])
            .env(SEED, seed.to_string())
            .env(BIND, bind)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let orders = process.stdin.take();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (tell, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // The harness may have begun the line.
                if let Some((_, line)) = line.split_once(MARK)
                    && tell.send(line.to_owned()).is_err()
                {
                    return;
                }
            }
        });
        let mut neighbour = Self { process, orders, lines, told: Vec::new(), device: DeviceId([0; 32]) };
        neighbour.device = neighbour.until("me ").parse().unwrap();
        neighbour
    }

    pub fn order(&mut self, order: &str) {
        writeln!(self.orders.as_mut().unwrap(), "{order}").unwrap();
    }

    /// What it has told does not count any more; only what it tells from now on.
    pub fn forget(&mut self) {
        self.told.clear();
        self.lines.try_iter().for_each(drop);
    }

    /// What it has told since.
    pub fn told(&mut self) -> &[String] {
        self.told.extend(self.lines.try_iter());
        &self.told
    }

    /// Waits for `wanted` among what it has told, or tells within `patience`.
    fn find(&mut self, patience: Duration, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let start = Instant::now();
        loop {
            if let Some(found) = self.told().iter().find(|line| wanted(line)) {
                return Some(found.clone());
            }
            let left = patience.checked_sub(start.elapsed())?;
            match self.lines.recv_timeout(left) {
                Ok(line) => self.told.push(line),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => panic!("it has ended: {:#?}", self.told),
            }
        }
    }

    /// The rest of the first line that begins so.
    pub fn until(&mut self, beginning: &str) -> String {
        let Some(line) = self.find(DEADLINE, |line| line.starts_with(beginning)) else {
            panic!("waited a minute for {beginning:?}: {:#?}", self.told)
        };
        line.replacen(beginning, "", 1).trim().to_owned()
    }

    /// Whether this has been told, or is soon.
    pub fn soon(&mut self, beginning: &str) -> bool {
        self.find(Duration::from_millis(100), |told| told.starts_with(beginning)).is_some()
    }

    /// Until a machine is near, at exactly these addresses (any port).
    pub fn near(&mut self, device: DeviceId, ips: &[&str]) {
        let beginning = format!("near {device} ");
        let at_these = |line: &str| {
            line.strip_prefix(&beginning).is_some_and(|at| {
                let at = at.strip_prefix('[').and_then(|at| at.strip_suffix(']')).unwrap().split(", ");
                at.map(|at| at.parse::<SocketAddr>().unwrap().ip().to_string()).eq(ips.iter().copied())
            })
        };
        assert!(self.find(DEADLINE, at_these).is_some(), "not near: {:#?}", self.told);
    }

    /// What it has in memory, in KiB.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Sends a signal.
    pub fn signal(&self, signal: &str) {
        let signal = format!("-{signal}");
        let sent = Command::new("kill").args([signal, self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Lets it leave in order.
    pub fn leave(mut self) {
        self.orders = None;
        let _ = self.process.wait();
    }
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
