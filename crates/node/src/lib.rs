//! One running member: commands in, queries and events out. The only crate the faces use.
//!
//! - [`Engine`] is the member itself: one thread, no async, no clock of its own. It takes an
//!   [`Input`] and the time, and answers calls, changes the log, and asks for frames to be sent.
//! - [`Node`] runs an engine on its own thread, with the network, for as long as the process lives.
//! - [`Door`] is how a face gets in: it starts the member here, or hands every call to the process
//!   that has the profile open already.
//! - [`Vault`] is the one secret from which everything on the disk is encrypted.
//! - [`Apart`] is where a change is tried that ended the program before: a [`Process`] of its own.
//!
//! ```no_run
//! use closeknit_api::{Call, Request, calls::Status};
//! use closeknit_node::{Door, Options};
//! # async fn example() -> Result<(), closeknit_api::ApiError> {
//! let door = Door::open(Options::new("/home/rosa/.local/share/closeknit"))?;
//! let status = door.ask(&Status::default()).await?;
//! println!("{} circles", status.circles.len());
//! # Ok(())
//! # }
//! ```

mod apart;
mod closed;
mod door;
mod engine;
mod files;
mod log;
mod node;
mod profile;
mod socket;
mod underway;
mod vault;

pub use apart::{Apart, Bounds, Process, TRY_APART, Verdict, tried_apart, try_apart};
pub use door::{Door, Options};
pub use engine::{Command, Engine, Given, Input, Moment, Output};
pub use log::{leave_no_trace, log_to};
pub use node::Node;
pub use profile::default_profile;
pub use underway::Underway;
pub use vault::{Keychain, Openers, SystemKeychain, Vault};
