//! Dialling one machine.

use std::net::SocketAddr;

use closeknit_ids::DeviceId;
use iroh::{
    Endpoint, EndpointAddr, EndpointId, TransportAddr,
    endpoint::{ConnectOptions, Connection, ConnectionError},
};
use tokio::time::timeout;

use crate::{Alpn, DIAL_TIMEOUT, DialError, Purpose};

/// A dial under way is known by this.
pub(crate) type Called = (Purpose, DeviceId);

/// Whom to dial.
#[derive(Debug)]
pub(crate) struct Call {
    pub called: Called,
    pub addresses: Vec<SocketAddr>,
    /// The doors to try, best first, in one handshake.
    pub doors: Vec<Alpn>,
}

/// How it went: the connection and the address that answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub called: Called,
    pub outcome: Result<(Connection, SocketAddr), DialError>,
}

/// Dials, with all addresses at once.
pub(crate) async fn dial(endpoint: Endpoint, call: Call) -> Answer {
    let outcome = match timeout(DIAL_TIMEOUT, connect(&endpoint, &call)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(DialError::NobodyAnswered),
    };
    Answer { called: call.called, outcome }
}

async fn connect(endpoint: &Endpoint, call: &Call) -> Result<(Connection, SocketAddr), DialError> {
    let device = call.called.1;
    let id = EndpointId::from_bytes(device.as_bytes()).map_err(|_| DialError::NotAnother)?;
    let (door, others) = call.doors.split_first().ok_or(DialError::WrongDoor)?;
    let to = call.addresses.iter().fold(EndpointAddr::new(id), |to, address| to.with_ip_addr(*address));
    let others = others.iter().map(|door| door.as_bytes().to_vec()).collect();
    let options = ConnectOptions::new().with_additional_alpns(others);
    let connecting = endpoint
        .connect_with_opts(to, door.as_bytes(), options)
        .await
        .map_err(|error| DialError::Other(format!("{error:#}")))?;
    let connection = connecting.await.map_err(|error| why(&error))?;
    let address = address_of(&connection).or(call.addresses.first().copied());
    Ok((connection, address.ok_or(DialError::NoAddress)?))
}

fn address_of(connection: &Connection) -> Option<SocketAddr> {
    let paths = connection.paths();
    let ips = paths.iter().filter_map(|path| match path.remote_addr() {
        TransportAddr::Ip(address) => Some((path.is_selected(), *address)),
        _ => None,
    });
    ips.max_by_key(|(selected, _)| *selected).map(|(_, address)| address)
}

/// TLS alerts that a handshake ends with, as QUIC carries them (RFC 9001, 4.8).
const CRYPTO: u64 = 0x100;
const NO_APPLICATION_PROTOCOL: u64 = CRYPTO + 120;
/// The far end refuses before the handshake (RFC 9000, 20.1).
const CONNECTION_REFUSED: u64 = 2;

fn why(error: &iroh::endpoint::ConnectingError) -> DialError {
    let iroh::endpoint::ConnectingError::ConnectionError { source, .. } = error else {
        return DialError::WrongDevice;
    };
    match source {
        ConnectionError::ConnectionClosed(close) => match u64::from(close.error_code) {
            NO_APPLICATION_PROTOCOL => DialError::WrongDoor,
            CONNECTION_REFUSED => DialError::Busy,
            _ => DialError::Other(source.to_string()),
        },
        ConnectionError::TransportError(ours) => {
            if u64::from(ours.code) >= CRYPTO {
                DialError::WrongDevice
            } else {
                DialError::Other(source.to_string())
            }
        }
        ConnectionError::TimedOut => DialError::NobodyAnswered,
        _ => DialError::Other(source.to_string()),
    }
}
