//! Machines to tell stories with.
#![allow(dead_code, unreachable_pub, reason = "each test file is a crate that uses a part of it")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{
    Bind, Circle, CloseReason, ConnId, DeviceSecret, Net, NetConfig, NetEvent, NetHandle, Salt, Whereabouts,
};
use tokio::sync::mpsc;

/// No wait of any test lasts longer.
pub const DEADLINE: Duration = Duration::from_secs(60);
pub const MILLRACE: CircleId = CircleId([0x4d; 32]);

/// One machine of the story: its network and what it has been told.
pub struct Machine {
    pub net: NetHandle,
    pub inbox: mpsc::Receiver<NetEvent>,
    pub salt: Salt,
    pub address: SocketAddr,
}

impl Machine {
    /// On the loopback, serving the circle Millrace.
    pub async fn new(seed: u8) -> Self {
        Self::on("127.0.0.1:0", seed, 64).await
    }

    pub async fn on(address: &str, seed: u8, places: usize) -> Self {
        let (events, mut inbox) = mpsc::channel(places);
        let config = NetConfig {
            device: DeviceSecret([seed; 32]),
            bind: Bind::Only(address.parse().unwrap()),
            discovery: false,
        };
        let net = Net::start(config, events).await.unwrap();
        let salt = Salt([seed; 16]);
        net.set_circles(vec![Circle { id: MILLRACE, salts: vec![salt] }]);
        let Some(NetEvent::OwnAddresses { addresses, new_network: false }) = inbox.recv().await else {
            panic!("the first event tells the own addresses")
        };
        Self { net, inbox, salt, address: addresses[0] }
    }

    pub fn device(&self) -> DeviceId {
        self.net.device()
    }

    pub fn whereabouts(&self) -> Whereabouts {
        Whereabouts { device: self.device(), salt: self.salt, addresses: vec![self.address] }
    }

    pub fn knows(&self, other: &Machine) {
        self.net.know(MILLRACE, other.whereabouts());
    }

    /// The first event from now on that `wanted` makes something of; the others are passed over.
    pub async fn until<T>(&mut self, what: &str, mut wanted: impl FnMut(NetEvent) -> Option<T>) -> T {
        let deadline = tokio::time::Instant::now() + DEADLINE;
        loop {
            match tokio::time::timeout_at(deadline, self.inbox.recv()).await {
                Ok(Some(event)) => {
                    if let Some(found) = wanted(event) {
                        return found;
                    }
                }
                Ok(None) => panic!("the network stopped while waiting for: {what}"),
                Err(_) => panic!("waited a minute for: {what}"),
            }
        }
    }

    /// A connection with `other` comes up; whether this end dialled.
    pub async fn opened(&mut self, other: DeviceId) -> (ConnId, bool) {
        self.until("a connection", |event| match event {
            NetEvent::Opened { conn, device, dialled, .. } if device == other => Some((conn, dialled)),
            _ => None,
        })
        .await
    }

    /// The next frame.
    pub async fn frame(&mut self) -> (ConnId, Vec<u8>) {
        self.until("a frame", |event| match event {
            NetEvent::Frame { conn, bytes } => Some((conn, bytes)),
            _ => None,
        })
        .await
    }

    /// Why this connection ends.
    pub async fn closed(&mut self, which: ConnId) -> CloseReason {
        self.until("the end of a connection", |event| match event {
            NetEvent::Closed { conn, reason } if conn == which => Some(reason),
            _ => None,
        })
        .await
    }
}

/// Tries until it works or the deadline is over.
pub async fn eventually<T>(what: &str, mut attempt: impl AsyncFnMut() -> Option<T>) -> T {
    let start = Instant::now();
    while start.elapsed() < DEADLINE {
        if let Some(done) = attempt().await {
            return done;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("waited a minute for: {what}")
}

/// A connection between two machines, dialled by the first.
pub async fn connect(alice: &mut Machine, bob: &mut Machine) -> (ConnId, ConnId) {
    alice.knows(bob);
    let (at_alice, _) = alice.opened(bob.device()).await;
    let (at_bob, _) = bob.opened(alice.device()).await;
    (at_alice, at_bob)
}
