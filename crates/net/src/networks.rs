//! The networks this machine is part of, and news of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use iroh::Watcher as _;
use netwatch::{interfaces::IpNet, netmon};
use tokio::sync::watch;

/// So many networks are used; more than any laptop has.
const MAX_NETWORKS: usize = 8;
/// Where the system does not tell of changes, or no network is there, they are looked for so often.
const POLL: Duration = Duration::from_secs(5);
/// And so often anyway, should it have missed to tell.
const SELDOM: Duration = Duration::from_secs(60);
/// What may pass: an IPv6 address that is being tried out is ready after a second or two, of which nobody tells. Nor
/// does anybody tell that a link is back which we saw gone, if it was gone for so short that the system's news of both
/// are looked at together.
const SOON: Duration = Duration::from_millis(500);

/// One own address and the network around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OwnNetwork {
    pub address: IpAddr,
    /// Whose addresses share so many leading bits with ours are on the same link.
    pub prefix: u8,
}

impl OwnNetwork {
    /// This machine alone.
    pub(crate) const LOOPBACK: Self = Self { address: IpAddr::V4(Ipv4Addr::LOCALHOST), prefix: 8 };

    /// Whether an address is on this network.
    pub(crate) fn contains(&self, other: IpAddr) -> bool {
        match (self.address, other) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differ = own.to_bits() ^ other.to_bits();
                differ.leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differ = own.to_bits() ^ other.to_bits();
                differ.leading_zeros() >= u32::from(self.prefix)
            }
            _ => false,
        }
    }
}

/// One address of one interface, as the system tells it.
#[derive(Debug, Clone)]
struct Assigned {
    interface: String,
    address: IpAddr,
    prefix: u8,
    /// Of IPv6: short-lived, so that a lasting one is preferred.
    temporary: bool,
}

/// Which of the addresses to use: one for each network of each interface, IPv4 where there is any.
/// A network that only this machine is on (a tunnel's end) is left out; the loopback counts if
/// there is nothing else.
fn choose(assigned: &[Assigned]) -> Vec<OwnNetwork> {
    let mut by_interface: BTreeMap<&str, Vec<&Assigned>> = BTreeMap::new();
    for one in assigned.iter().filter(|one| usable(one)) {
        by_interface.entry(&one.interface).or_default().push(one);
    }
    let mut chosen: Vec<OwnNetwork> = Vec::new();
    for addresses in by_interface.values_mut() {
        let v4 = addresses.iter().any(|one| one.address.is_ipv4());
        addresses.retain(|one| one.address.is_ipv4() == v4);
        addresses.sort_by_key(|one| (one.temporary, one.address));
        for one in addresses {
            let network = OwnNetwork { address: one.address, prefix: one.prefix };
            if !chosen.iter().any(|known| known.contains(one.address)) {
                chosen.push(network);
            }
        }
    }
    chosen.sort_unstable();
    chosen.truncate(MAX_NETWORKS);
    if chosen.is_empty() && assigned.iter().any(|one| one.address == OwnNetwork::LOOPBACK.address) {
        chosen.push(OwnNetwork::LOOPBACK);
    }
    chosen
}

fn usable(one: &Assigned) -> bool {
    if one.address.is_loopback() || one.address.is_unspecified() || one.address.is_multicast() {
        return false;
    }
    match one.address {
        IpAddr::V4(_) => one.prefix <= 30,
        // Link-local addresses need an interface's number, which no announcement can carry.
        IpAddr::V6(ip) => one.prefix <= 126 && !ip.is_unicast_link_local(),
    }
}

/// The networks of this machine now.
pub(crate) async fn now() -> Vec<OwnNetwork> {
    read(&netmon::State::new().await).0
}

/// The networks, and whether an address is still being tried out.
fn read(state: &netmon::State) -> (Vec<OwnNetwork>, bool) {
    let mut assigned = Vec::new();
    let mut trying = false;
    for interface in state.interfaces.values().filter(|interface| interface.is_up()) {
        for address in interface.addrs() {
            let (prefix, usable, temporary) = match &address {
                IpNet::V4(net) => (net.prefix_len(), true, false),
                IpNet::V6 { net, flags, .. } => {
                    trying |= flags.tentative && !flags.duplicated;
                    let usable = !(flags.tentative || flags.duplicated || flags.deprecated);
                    (net.prefix_len(), usable, flags.temporary)
                }
            };
            if usable {
                assigned.push(Assigned {
                    interface: interface.name().to_owned(),
                    address: address.addr(),
                    prefix,
                    temporary,
                });
            }
        }
    }
    (choose(&assigned), trying)
}

/// Tells of the networks whenever they change, until nobody listens any more.
pub(crate) async fn follow(news: watch::Sender<Vec<OwnNetwork>>) {
    let monitor = match netmon::Monitor::new().await {
        Ok(monitor) => Some(monitor),
        Err(error) => {
            tracing::warn!(%error, "the system does not tell of network changes, asking every 5 s");
            None
        }
    };
    let mut state = monitor.as_ref().map(netmon::Monitor::interface_state);
    loop {
        let (networks, trying) = read(&netmon::State::new().await);
        let offline = networks.iter().all(|network| network.address.is_loopback());
        let changed = news.send_if_modified(|known| {
            let changed = *known != networks;
            *known = networks;
            changed
        });
        let again = match () {
            () if trying || changed => SOON,
            () if offline || state.is_none() => POLL,
            () => SELDOM,
        };
        let told = async {
            match &mut state {
                Some(state) => state.updated().await.is_ok(),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            told = told => if !told {
                state = None;
            },
            () = tokio::time::sleep(again) => {}
            () = news.closed() => return,
        }
    }
}

/// Where this machine may be followed: its addresses on each network. A change of them beyond what
/// was there before is a new network, also if it has the numbers of another one.
#[derive(Debug, Default)]
pub(crate) struct Places {
    last: BTreeSet<OwnNetwork>,
}

impl Places {
    /// Whether these networks are, at least in part, not where the machine last was. Being offline
    /// in between does not count; nor does the loopback.
    pub(crate) fn moved(&mut self, networks: &[OwnNetwork]) -> bool {
        let here: BTreeSet<OwnNetwork> =
            networks.iter().filter(|network| !network.address.is_loopback()).copied().collect();
        if here.is_empty() {
            return false;
        }
        let moved = !self.last.is_empty() && !here.is_subset(&self.last);
        self.last = here;
        moved
    }
}

/// Sorted, without doubles: addresses in the one order in which they are announced and told.
pub(crate) fn in_order(mut addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(interface: &str, address: &str, prefix: u8) -> Assigned {
        let address = address.parse().unwrap();
        Assigned { interface: interface.to_owned(), address, prefix, temporary: false }
    }

    fn network(address: &str, prefix: u8) -> OwnNetwork {
        OwnNetwork { address: address.parse().unwrap(), prefix }
    }

    #[test]
    fn alices_laptop_uses_each_interface_once() {
        let chosen = choose(&[
            on("lo", "127.0.0.1", 8),
            on("wlan0", "192.168.1.20", 24),
            on("wlan0", "fd00::20", 64),
            on("wlan0", "fe80::20", 64),
            on("eth0", "169.254.7.7", 16),
            on("tun0", "10.8.0.2", 32),
        ]);
        assert_eq!(chosen, [network("169.254.7.7", 16), network("192.168.1.20", 24)]);
    }

    #[test]
    fn where_there_is_no_ipv4_a_lasting_ipv6_address_is_used() {
        let passing = Assigned { temporary: true, ..on("wlan0", "2001:db8::1", 64) };
        let chosen = choose(&[passing, on("wlan0", "2001:db8::2", 64), on("wlan0", "fe80::2", 64)]);
        assert_eq!(chosen, [network("2001:db8::2", 64)]);
    }

    #[test]
    fn a_machine_without_a_network_has_itself() {
        assert_eq!(choose(&[on("lo", "127.0.0.1", 8), on("lo", "::1", 128)]), [OwnNetwork::LOOPBACK]);
        assert_eq!(choose(&[]), []);
    }

    #[test]
    fn a_network_ends_where_its_prefix_says() {
        let home = network("192.168.1.20", 24);
        assert!(home.contains("192.168.1.255".parse().unwrap()));
        assert!(!home.contains("192.168.2.1".parse().unwrap()));
        assert!(!home.contains("::ffff:192.168.1.1".parse().unwrap()));
        let six = network("fd00:0:0:1::5", 64);
        assert!(six.contains("fd00:0:0:1:ffff::".parse().unwrap()));
        assert!(!six.contains("fd00:0:0:2::5".parse().unwrap()));
    }

    #[test]
    fn coming_back_is_no_new_network_but_the_cafe_is() {
        let home = [network("192.168.1.20", 24)];
        let both = [network("192.168.1.20", 24), network("10.0.0.5", 8)];
        let cafe = [network("192.168.1.99", 24)];
        let mut places = Places::default();
        assert!(!places.moved(&home), "the first network is where it starts");
        assert!(!places.moved(&[OwnNetwork::LOOPBACK]), "offline");
        assert!(!places.moved(&home), "back at home");
        assert!(places.moved(&both), "a cable into another network");
        assert!(!places.moved(&home), "the cable out again");
        assert!(places.moved(&cafe), "the same numbers, another place");
    }
}
