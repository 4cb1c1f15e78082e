//! Where this machine stands: the endpoint, bound on the networks of the moment.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use iroh::{Endpoint, SecretKey};
use rand::CryptoRng;
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

use crate::{
    Alpn, Bind, NotBound,
    door::{self, Guest},
    endpoint::{self, Socket},
    networks::{self, OwnNetwork, in_order},
};

/// The old endpoint may take so long to say goodbye before its sockets are bound anew; it goes on
/// saying it in the background.
const GOODBYE: Duration = Duration::from_millis(300);

/// The endpoint and what it is bound to.
#[derive(Debug)]
pub(crate) struct Station {
    secret: SecretKey,
    bind: Bind,
    guests: mpsc::Sender<Guest>,
    /// A door that nobody knows, for when there is no other.
    nobody: Alpn,
    doors: Vec<Alpn>,
    networks: Vec<OwnNetwork>,
    /// The port last used with each own address, so that hints about it stay true.
    ports: HashMap<IpAddr, u16>,
    endpoint: Endpoint,
    /// Whether the endpoint is bound as planned, and not as well as could be.
    settled: bool,
    door: JoinHandle<()>,
}

impl Station {
    pub(crate) async fn start(
        secret: SecretKey,
        bind: Bind,
        rng: &mut impl CryptoRng,
        guests: mpsc::Sender<Guest>,
    ) -> Result<Self, NotBound> {
        let networks = networks::now().await;
        let nobody = Alpn::nobody(rng);
        let sockets = plan(bind, &networks, &HashMap::new());
        let endpoint = endpoint::bind(&secret, &sockets, vec![nobody.clone()]).await?;
        let reach = reach(bind, &networks);
        let door = tokio::spawn(door::listen(endpoint.clone(), reach, guests.clone()));
        let ports = ports(&endpoint);
        let doors = Vec::new();
        Ok(Self { secret, bind, guests, nobody, doors, networks, ports, endpoint, settled: true, door })
    }

    pub(crate) fn endpoint(&self) -> Endpoint {
        self.endpoint.clone()
    }

    pub(crate) fn networks(&self) -> &[OwnNetwork] {
        &self.networks
    }

    pub(crate) fn settled(&self) -> bool {
        self.settled
    }

    /// Lets in who knows one of these, from now on. Without any nobody gets in: with an empty list
    /// TLS would not ask.
    pub(crate) fn serve(&mut self, doors: Vec<Alpn>) {
        self.doors = doors;
        self.endpoint.set_alpns(endpoint::names(self.names()));
    }

    fn names(&self) -> &[Alpn] {
        if self.doors.is_empty() { std::slice::from_ref(&self.nobody) } else { &self.doors }
    }

    /// The addresses under which others can reach this machine.
    pub(crate) fn addresses(&self) -> Vec<SocketAddr> {
        let bound = self.endpoint.bound_sockets();
        let mut addresses = Vec::new();
        for socket in bound {
            if !socket.ip().is_unspecified() {
                addresses.push(socket);
            } else if self.bind == Bind::Everywhere {
                let own = self.networks.iter().map(|network| network.address);
                let family = own.filter(|ip| ip.is_ipv4() == socket.is_ipv4());
                addresses.extend(family.map(|ip| SocketAddr::new(ip, socket.port())));
            }
        }
        in_order(addresses)
    }

    /// The own addresses through which multicast leaves.
    pub(crate) fn speaks(&self) -> Vec<IpAddr> {
        match self.bind {
            Bind::Only(address) => vec![address.ip()],
            _ => self.networks.iter().map(|network| network.address).collect(),
        }
    }

    /// The networks beyond which nothing is sent; `None` if there is no such bound.
    pub(crate) fn reach(&self) -> Option<Vec<OwnNetwork>> {
        reach(self.bind, &self.networks)
    }

    pub(crate) fn reaches(&self, address: SocketAddr) -> bool {
        match self.bind {
            Bind::LocalNetworks => self.networks.iter().any(|network| network.contains(address.ip())),
            Bind::Everywhere | Bind::Only(_) => true,
        }
    }

    /// Whether other sockets are needed on these networks.
    pub(crate) fn must_move(&self, networks: &[OwnNetwork]) -> bool {
        let planned = |networks| plan(self.bind, networks, &HashMap::new());
        !self.settled || planned(networks) != planned(&self.networks)
    }

    /// Takes note of networks for which the same sockets do.
    pub(crate) fn stay(&mut self, networks: Vec<OwnNetwork>) {
        self.networks = networks;
    }

    /// Closes the endpoint and binds another on these networks. Connections must have been told to
    /// end. If the planned sockets cannot be bound, it is not settled and should move again.
    pub(crate) async fn rebind(&mut self, networks: Vec<OwnNetwork>) -> Result<(), NotBound> {
        self.door.abort();
        let old = self.endpoint.clone();
        let goodbye = tokio::spawn(async move { old.close().await });
        let _ = timeout(GOODBYE, goodbye).await;

        self.networks = networks;
        let names = self.names().to_vec();
        let same_ports = plan(self.bind, &self.networks, &self.ports);
        let any_ports = plan(self.bind, &self.networks, &HashMap::new());
        self.settled = true;
        let mut bound = endpoint::bind(&self.secret, &same_ports, names.clone()).await;
        if bound.is_err() {
            bound = endpoint::bind(&self.secret, &any_ports, names.clone()).await;
        }
        if let Err(error) = &bound {
            tracing::warn!(%error, "cannot bind on the networks of this machine yet");
            self.settled = false;
            bound = endpoint::bind(&self.secret, &[Socket::NOWHERE], names).await;
        }
        self.endpoint = bound?;
        self.ports.extend(ports(&self.endpoint));
        let guests = self.guests.clone();
        self.door = tokio::spawn(door::listen(self.endpoint.clone(), self.reach(), guests));
        Ok(())
    }

    /// Closes the endpoint; connections should have ended.
    pub(crate) async fn close(&self) {
        self.door.abort();
        self.endpoint.close().await;
    }
}

/// The sockets to bind: one for each network, which sends to no other; or one for all.
fn plan(bind: Bind, networks: &[OwnNetwork], ports: &HashMap<IpAddr, u16>) -> Vec<Socket> {
    let socket = |ip: IpAddr, prefix| {
        let port = ports.get(&ip).copied().unwrap_or(0);
        Socket { address: SocketAddr::new(ip, port), prefix }
    };
    match bind {
        Bind::LocalNetworks if networks.is_empty() => vec![Socket::NOWHERE],
        Bind::LocalNetworks => networks.iter().map(|own| socket(own.address, own.prefix)).collect(),
        Bind::Everywhere => {
            vec![
                socket(std::net::Ipv4Addr::UNSPECIFIED.into(), 0),
                socket(std::net::Ipv6Addr::UNSPECIFIED.into(), 0),
            ]
        }
        Bind::Only(address) if address.port() == 0 => vec![socket(address.ip(), 0)],
        Bind::Only(address) => vec![Socket { address, prefix: 0 }],
    }
}

fn reach(bind: Bind, networks: &[OwnNetwork]) -> Option<Vec<OwnNetwork>> {
    (bind == Bind::LocalNetworks).then(|| networks.to_vec())
}

fn ports(endpoint: &Endpoint) -> HashMap<IpAddr, u16> {
    endpoint.bound_sockets().into_iter().map(|socket| (socket.ip(), socket.port())).collect()
}
