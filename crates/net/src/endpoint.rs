//! The iroh endpoint: nothing but sockets, keys and limits.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use iroh::{
    Endpoint, RelayMode, SecretKey,
    endpoint::{BindOpts, NetReportConfig, PortmapperConfig, QuicTransportConfig, presets},
};

use crate::Alpn;

/// QUIC limits of every connection (trust-and-sync, *The wire*).
const STREAMS: u32 = 16;
const STREAM_WINDOW: u32 = 512 * 1024;
const CONNECTION_WINDOW: u32 = 2 * 1024 * 1024;

/// One socket to bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Socket {
    /// Where; port 0 for any.
    pub address: SocketAddr,
    /// It sends only to addresses that share so many leading bits with its own. 0: to all.
    pub prefix: u8,
}

impl Socket {
    /// A socket that reaches nobody, for a machine without any network: iroh wants at least one.
    pub(crate) const NOWHERE: Self =
        Self { address: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0), prefix: 32 };
}

/// The endpoint could not be bound.
#[derive(Debug, thiserror::Error)]
#[error("cannot open a socket: {0}")]
pub struct NotBound(String);

/// Binds the sockets. No relay, no address lookup, no port mapper, no probes: an endpoint like
/// this sends nothing that no connection asks for.
///
/// A socket with a prefix is no default route for iroh: what is meant for an address outside its
/// network is not sent at all. This keeps also those packets at home that iroh sends of its own
/// accord to other addresses of the far end (hole punching cannot be switched off).
pub(crate) async fn bind(
    secret: &SecretKey,
    sockets: &[Socket],
    doors: Vec<Alpn>,
) -> Result<Endpoint, NotBound> {
    let mut builder = Endpoint::builder(presets::Minimal)
        .secret_key(secret.clone())
        .relay_mode(RelayMode::Disabled)
        .clear_address_lookup()
        .portmapper_config(PortmapperConfig::Disabled)
        .net_report_config(NetReportConfig::minimal())
        .transport_config(limits())
        .alpns(names(&doors))
        .clear_ip_transports();
    for socket in sockets {
        let options = BindOpts::default()
            .set_prefix_len(socket.prefix)
            .set_is_default_route(socket.prefix == 0)
            .set_is_required(socket.address.is_ipv4());
        builder = builder
            .bind_addr_with_opts(socket.address, options)
            .map_err(|error| NotBound(error.to_string()))?;
    }
    builder.bind().await.map_err(|error| NotBound(format!("{error:#}")))
}

/// The doors as iroh wants them.
pub(crate) fn names(doors: &[Alpn]) -> Vec<Vec<u8>> {
    doors.iter().map(|door| door.as_bytes().to_vec()).collect()
}

fn limits() -> QuicTransportConfig {
    QuicTransportConfig::builder()
        .max_concurrent_bidi_streams(STREAMS.into())
        .max_concurrent_uni_streams(0_u32.into())
        .stream_receive_window(STREAM_WINDOW.into())
        .receive_window(CONNECTION_WINDOW.into())
        .send_window(CONNECTION_WINDOW.into())
        .datagram_receive_buffer_size(None)
        .build()
}
