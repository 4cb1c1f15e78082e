//! Starting the network.

use closeknit_ids::DeviceId;
use iroh::SecretKey;
use tokio::sync::mpsc;

use crate::{
    Bind, NetConfig, NetEvent, NetHandle, StartError,
    endpoint::{self, Socket},
    handle::Command,
    networks::{self},
    outbox::Outboxes,
};

/// The network of one member's machine.
#[derive(Debug)]
pub struct Net;

impl Net {
    /// Binds the sockets and starts to listen, for no circle yet. Runs on the tokio runtime of the
    /// caller until [`NetHandle::shutdown`], or until either end of `events` and handle is dropped.
    /// A dozen or more places in `events` let frames flow while the engine works on one.
    ///
    /// # Errors
    /// No socket could be opened, or there is no randomness. Being on no network is no error.
    pub async fn start(config: NetConfig, events: mpsc::Sender<NetEvent>) -> Result<NetHandle, StartError> {
        let secret = SecretKey::from_bytes(&config.device.0);
        let device = DeviceId(*secret.public().as_bytes());
        let (commands, mut orders) = mpsc::unbounded_channel();
        let outboxes = Outboxes::default();
        let networks = networks::now().await;
        let sockets: Vec<Socket> = match config.bind {
            Bind::Only(address) => vec![Socket { address, prefix: 0 }],
            _ => networks
                .iter()
                .map(|own| Socket { address: (own.address, 0).into(), prefix: own.prefix })
                .collect(),
        };
        let endpoint = endpoint::bind(&secret, &sockets, vec![]).await?;
        tokio::spawn(async move {
            while let Some(command) = orders.recv().await {
                if let Command::Shutdown(done) = command {
                    endpoint.close().await;
                    let _ = done.send(());
                    break;
                }
            }
            drop(events);
        });
        Ok(NetHandle::new(device, commands, outboxes))
    }
}
