//! The network of one running member: an iroh endpoint without relay or any outside service,
//! discovery on the local network, and connections that carry frames
//! (design: trust-and-sync, *The wire*).
//!
//! The engine holds a [`NetHandle`], tells it which circles and invitations to listen for and which
//! machines it knows, and takes [`NetEvent`]s from a bounded channel. This crate keeps the
//! connections: it dials known and near machines, notices the dead, dials again, and keeps one
//! connection per machine and circle. It knows nothing of what the frames say.
//!
//! - A door is an [`Alpn`]: whoever does not know it fails before the handshake ends.
//! - [`Whereabouts`] say where a machine is, also as a text that people copy. Hints only; who
//!   answers is proved by the handshake.
//! - A [`Salt`] keeps doors and announcements from being followed from network to network.
//!
//! ```no_run
//! use closeknit_net::{Bind, Circle, DeviceSecret, Net, NetConfig, NetEvent, Salt};
//! use closeknit_ids::CircleId;
//! # async fn example(secret: [u8; 32], salt: Salt) -> Result<(), closeknit_net::StartError> {
//! let (events, mut inbox) = tokio::sync::mpsc::channel(64);
//! let config = NetConfig { device: DeviceSecret(secret), bind: Bind::default(), discovery: true };
//! let net = Net::start(config, events).await?;
//! net.set_circles(vec![Circle { id: CircleId([1; 32]), salts: vec![salt] }]);
//! while let Some(event) = inbox.recv().await {
//!     if let NetEvent::Opened { conn, dialled: true, .. } = event {
//!         let _ = net.send(conn, b"hello".to_vec());
//!     }
//! }
//! # Ok(()) }
//! ```

mod alpn;
mod announce;
mod call;
mod config;
mod discovery;
mod door;
mod endpoint;
mod event;
mod frame;
mod handle;
mod line;
mod live;
mod near;
mod net;
mod networks;
mod outbox;
mod rate;
mod salt;
mod served;
mod station;
mod switchboard;
#[cfg(test)]
mod vectors;
mod wanted;
mod whereabouts;

use std::time::Duration;

pub use alpn::Alpn;
pub use closeknit_sync::frame::MAX_FRAME;
pub use config::{Bind, DeviceSecret, NetConfig, StartError};
pub use endpoint::NotBound;
pub use event::{CloseReason, ConnId, DialError, NetEvent, Purpose};
pub use handle::{Circle, Dial, NetHandle, NotSent};
pub use net::Net;
pub use salt::Salt;
pub use whereabouts::{MAX_ADDRESSES, NotWhereabouts, Whereabouts};

/// So many bytes may wait in the send queue of one connection.
pub const MAX_QUEUED_BYTES: usize = 8 * 1024 * 1024;
/// So many frames may wait in the send queue of one connection.
pub const MAX_QUEUED_FRAMES: usize = 1024;
/// So many of its own last salts a listener serves.
pub const SALTS_SERVED: usize = 8;
/// So many connections are up at once.
pub const MAX_LIVE: usize = 12;
/// So many of them are dialled by this machine on its own account; the rest stay free for others,
/// so that a newcomer in a full room finds somebody who has a place.
pub const MAX_DIALLED: usize = 8;
/// A live connection says at least so often that it is.
pub const HEARTBEAT: Duration = Duration::from_millis(1500);
/// A connection on which nothing came for so long is dead.
pub const SILENCE: Duration = Duration::from_secs(4);
/// A dial that has not succeeded after so long has failed.
pub const DIAL_TIMEOUT: Duration = Duration::from_secs(5);
