//! What the network is started with.

use std::{fmt, net::SocketAddr};

use zeroize::Zeroize;

/// The secret half of the device key, wiped from memory when dropped.
#[derive(Clone)]
pub struct DeviceSecret(pub [u8; 32]);

impl Drop for DeviceSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for DeviceSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceSecret(…)")
    }
}

/// Which networks this machine listens and speaks on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bind {
    /// Every network that an own interface is part of, and nothing beyond: packets to addresses
    /// that only a router could reach are not sent, and packets from there not answered. Follows
    /// the interfaces as they come and go. Without any network: this machine alone.
    #[default]
    LocalNetworks,
    /// Also through routers, wherever an address may be that somebody typed.
    Everywhere,
    /// One address, for tests and odd set-ups; port 0 for any.
    Only(SocketAddr),
}

/// What [`crate::Net::start`] needs.
#[derive(Debug, Clone)]
pub struct NetConfig {
    /// Who this machine is: its public half is the device id, and iroh's endpoint id.
    pub device: DeviceSecret,
    /// Which networks.
    pub bind: Bind,
    /// Whether to look for others on the local networks and be found there.
    pub discovery: bool,
}

/// The network could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No socket could be opened.
    #[error(transparent)]
    NotBound(#[from] crate::endpoint::NotBound),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    NoRandomness,
}
