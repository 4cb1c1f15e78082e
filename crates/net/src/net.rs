//! Starting the network.

use closeknit_ids::DeviceId;
use iroh::SecretKey;
use rand::{
    SeedableRng as _,
    rngs::{StdRng, SysRng},
};
use tokio::sync::{mpsc, watch};

use crate::{
    Bind, NetConfig, NetEvent, NetHandle, StartError,
    discovery::{self, Wish},
    networks,
    outbox::Outboxes,
    station::Station,
    switchboard::{Inbox, Switchboard},
};

/// The network of one member's machine.
#[derive(Debug)]
pub struct Net;

impl Net {
    /// Binds the sockets and starts to listen, for no circle yet. Runs on the tokio runtime of the
    /// caller until [`NetHandle::shutdown`], or until either end of `events` and handle is dropped.
    /// A dozen or more places in `events` let frames flow while the engine works on one.
    ///
    /// Log output of `swarm_discovery` is best switched off: it reports every packet that does not
    /// leave while a cable is out.
    ///
    /// # Errors
    /// No socket could be opened, or there is no randomness. Being on no network is no error.
    pub async fn start(config: NetConfig, events: mpsc::Sender<NetEvent>) -> Result<NetHandle, StartError> {
        let secret = SecretKey::from_bytes(&config.device.0);
        let us = DeviceId(*secret.public().as_bytes());
        let mut rng = StdRng::try_from_rng(&mut SysRng).map_err(|_| StartError::NoRandomness)?;

        let (guests, at_the_door) = mpsc::channel(64);
        let station = Station::start(secret, config.bind, &mut rng, guests).await?;
        let (news, networks) = watch::channel(station.networks().to_vec());
        if !matches!(config.bind, Bind::Only(_)) {
            tokio::spawn(networks::follow(news));
        }
        let (wishes, wished) = watch::channel(Wish::default());
        let (told, changes) = mpsc::channel(64);
        if config.discovery {
            tokio::spawn(discovery::run(us, StdRng::from_rng(&mut rng), wished, told));
        }
        let (commands, orders) = mpsc::unbounded_channel();
        let outboxes = Outboxes::default();
        let inbox = Inbox { orders, guests: at_the_door, changes, networks };
        let switchboard = Switchboard::new(us, station, rng, events, outboxes.clone(), wishes);
        tokio::spawn(switchboard.run(inbox));
        Ok(NetHandle::new(us, commands, outboxes))
    }
}
