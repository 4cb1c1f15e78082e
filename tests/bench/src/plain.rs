//! The same bytes over plain iroh: what the network itself costs.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use iroh::{
    Endpoint, EndpointAddr, RelayMode, SecretKey,
    endpoint::{Connection, PortmapperConfig, RecvStream, SendStream, presets},
};

const ALPN: &[u8] = b"closeknit/bench";

/// Two machines on loopback that speak QUIC and nothing else.
pub(crate) struct Wire {
    one: Endpoint,
    other: Endpoint,
}

impl Wire {
    pub(crate) async fn lay() -> Result<Self> {
        Ok(Self { one: endpoint().await?, other: endpoint().await? })
    }

    /// Both ends of one connection.
    pub(crate) async fn connect(&self) -> Result<(Connection, Connection)> {
        let mut address = EndpointAddr::new(self.other.id());
        for socket in self.other.bound_sockets() {
            address = address.with_ip_addr(socket);
        }
        let accept = async {
            let incoming = self.other.accept().await.context("the endpoint is closed")?;
            Ok::<_, anyhow::Error>(incoming.accept()?.await?)
        };
        let (one, other) = tokio::join!(self.one.connect(address, ALPN), accept);
        Ok((one?, other?))
    }

    /// How long it takes to connect and to have `bytes` at the other end.
    pub(crate) async fn carry(&self, bytes: &[u8]) -> Result<Duration> {
        let started = Instant::now();
        let (one, other) = self.connect().await?;
        let send = async {
            let mut stream = one.open_uni().await?;
            stream.write_all(bytes).await?;
            stream.finish()?;
            Ok::<_, anyhow::Error>(())
        };
        let receive = async {
            let mut stream = other.accept_uni().await?;
            Ok::<_, anyhow::Error>(stream.read_to_end(bytes.len()).await?)
        };
        let (sent, received) = tokio::join!(send, receive);
        sent?;
        anyhow::ensure!(received?.len() == bytes.len(), "not all of it arrived");
        let took = started.elapsed();
        one.close(0_u32.into(), b"");
        Ok(took)
    }
}

async fn endpoint() -> Result<Endpoint> {
    let endpoint = Endpoint::builder(presets::Minimal)
        .secret_key(SecretKey::generate())
        .relay_mode(RelayMode::Disabled)
        .portmapper_config(PortmapperConfig::Disabled)
        .clear_ip_transports()
        .bind_addr(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?
        .alpns(vec![ALPN.to_vec()])
        .bind()
        .await?;
    Ok(endpoint)
}

/// An open stream whose other end says everything back.
pub(crate) struct Echo {
    send: SendStream,
    receive: RecvStream,
    size: usize,
    _ends: (Wire, Connection),
}

impl Echo {
    /// For messages of `size` bytes.
    pub(crate) async fn open(size: usize) -> Result<Self> {
        let wire = Wire::lay().await?;
        let (one, other) = wire.connect().await?;
        tokio::spawn(async move {
            let Ok((mut send, mut receive)) = other.accept_bi().await else { return };
            let mut message = vec![0; size];
            while receive.read_exact(&mut message).await.is_ok() && send.write_all(&message).await.is_ok() {}
        });
        let (send, receive) = one.open_bi().await?;
        Ok(Self { send, receive, size, _ends: (wire, one) })
    }

    /// How long one message takes there and back.
    pub(crate) async fn ping(&mut self) -> Result<Duration> {
        let mut message = vec![7; self.size];
        let started = Instant::now();
        self.send.write_all(&message).await?;
        self.receive.read_exact(&mut message).await?;
        Ok(started.elapsed())
    }
}
