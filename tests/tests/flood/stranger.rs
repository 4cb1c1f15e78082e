//! Somebody with a program of their own. The stories of `crates/net` take this file in too.

use std::net::SocketAddr;

use iroh::{Endpoint, EndpointAddr, EndpointId, RelayMode, SecretKey, endpoint::presets};

/// A bare iroh endpoint with this key, at this address.
pub(crate) async fn stranger(key: [u8; 32], at: SocketAddr) -> Endpoint {
    Endpoint::builder(presets::Minimal)
        .secret_key(SecretKey::from_bytes(&key))
        .relay_mode(RelayMode::Disabled)
        .clear_ip_transports()
        .bind_addr(at)
        .unwrap()
        .bind()
        .await
        .unwrap()
}

/// Whom to dial, and where.
pub(crate) fn to(device: &[u8; 32], address: SocketAddr) -> EndpointAddr {
    EndpointAddr::new(EndpointId::from_bytes(device).unwrap()).with_ip_addr(address)
}
