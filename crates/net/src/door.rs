//! The door of the listener: who may begin a handshake.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use iroh::{
    Endpoint,
    endpoint::{Connection, Incoming, IncomingAddr},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    task::JoinSet,
    time::timeout,
};

use crate::{
    networks::OwnNetwork,
    rate::{Rate, Verdict},
};

/// So many handshakes are under way at once.
const MAX_HANDSHAKES: usize = 64;
/// A handshake that takes longer is given up.
const HANDSHAKE: Duration = Duration::from_secs(5);

/// Somebody has been let in: they know a door, and who they are is proved.
#[derive(Debug)]
pub(crate) struct Guest {
    pub connection: Connection,
    pub address: SocketAddr,
}

/// Lets in, until the endpoint closes or the task is aborted, who comes from an own network (if
/// `reach` names them), not too often, and knows a door (which TLS checks, before the handshake
/// ends).
pub(crate) async fn listen(endpoint: Endpoint, reach: Option<Vec<OwnNetwork>>, guests: mpsc::Sender<Guest>) {
    let mut rate = Rate::default();
    let places = Arc::new(Semaphore::new(MAX_HANDSHAKES));
    let mut handshakes = JoinSet::new();
    loop {
        let incoming = tokio::select! {
            incoming = endpoint.accept() => incoming,
            Some(_) = handshakes.join_next() => continue,
        };
        let Some(incoming) = incoming else { return };
        let IncomingAddr::Ip(address) = incoming.remote_addr() else {
            incoming.ignore();
            continue;
        };
        let address = SocketAddr::new(address.ip().to_canonical(), address.port());
        if !reach.as_ref().is_none_or(|own| own.iter().any(|network| network.contains(address.ip()))) {
            incoming.ignore();
            continue;
        }
        match rate.ask(address.ip(), incoming.remote_addr_validated(), Instant::now()) {
            Verdict::Handshake => match places.clone().try_acquire_owned() {
                Ok(place) => {
                    handshakes.spawn(handshake(incoming, address, place, guests.clone()));
                }
                Err(_) => incoming.refuse(),
            },
            // Fails only for a source that has proved itself already.
            Verdict::Prove => drop(incoming.retry()),
            Verdict::Ignore => incoming.ignore(),
        }
    }
}

async fn handshake(
    incoming: Incoming,
    address: SocketAddr,
    _place: OwnedSemaphorePermit,
    guests: mpsc::Sender<Guest>,
) {
    let shaken = async { incoming.accept()?.await };
    match timeout(HANDSHAKE, shaken).await {
        Ok(Ok(connection)) => {
            let _ = guests.send(Guest { connection, address }).await;
        }
        Ok(Err(error)) => tracing::debug!(%error, "a handshake failed"),
        Err(_) => tracing::debug!("a handshake took too long"),
    }
}
