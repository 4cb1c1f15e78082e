//! How a face gets in.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use closeknit_api::{ApiError, Call, ErrorCode, Request, Response, Tag};
use jiff::Timestamp;
use tokio::sync::broadcast;
use tracing::warn;

use crate::{
    apart::{Apart, Process},
    node::Node,
    profile,
    socket::Client,
    vault::{Keychain, SystemKeychain},
};

/// Which profile, and what of the world it may touch.
#[derive(Debug, Clone)]
pub struct Options {
    /// The profile's directory.
    pub profile: PathBuf,
    /// Reach out at all. Without it a call changes only this machine.
    pub network: bool,
    /// Announce and look on the local network.
    pub discovery: bool,
    /// Listen here instead of on all addresses of this machine.
    pub listen: Option<SocketAddr>,
    /// Address texts of machines to look for, besides those known from before.
    pub know: Vec<String>,
    /// The time to go by instead of the clock: tests and demonstrations.
    pub now: Option<Timestamp>,
    /// Where the system keeps secrets. Without it the key of the database is kept in a file.
    pub keychain: Option<Arc<dyn Keychain>>,
    /// Where a change is tried that ended the program twice. Without such a place it is set aside.
    pub apart: Option<Arc<dyn Apart>>,
}

impl Options {
    /// The ordinary options for a window, a page or a box that stays on.
    #[must_use]
    pub fn new(profile: impl Into<PathBuf>) -> Self {
        Self {
            profile: profile.into(),
            network: true,
            discovery: true,
            listen: None,
            know: Vec::new(),
            now: None,
            keychain: None,
            apart: None,
        }
    }

    /// The same for a program whose `main` begins with [`tried_apart`](crate::tried_apart).
    #[must_use]
    pub fn trying_apart(mut self) -> Self {
        match Process::this_program() {
            Ok(process) => self.apart = Some(Arc::new(process)),
            Err(error) => warn!(%error, "nothing can be tried apart"),
        }
        self
    }

    /// The same with the system's own place for secrets, where there is one.
    #[must_use]
    pub fn with_keychain(mut self) -> Self {
        self.keychain = SystemKeychain::if_wanted();
        self
    }

    /// The same without any network: one command on a profile that nobody runs.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.network = false;
        self.discovery = false;
        self
    }
}

/// The way to a member: running here, or in another process that has the profile open.
#[derive(Debug, Clone)]
pub enum Door {
    /// Running in this process.
    Here(Node),
    /// Running in another; calls go over the profile's local socket.
    There(There),
}

/// A member that runs in another process.
#[derive(Debug, Clone)]
pub struct There {
    client: Arc<Mutex<Client>>,
}

impl Door {
    /// Starts the member here, or connects to the process that runs it.
    ///
    /// # Errors
    /// If the profile can neither be opened nor reached.
    pub fn open(options: Options) -> Result<Self, ApiError> {
        let profile = options.profile.clone();
        if let Some(there) = There::connect(&profile) {
            return Ok(Self::There(there));
        }
        match Node::start(options) {
            // It was on its way up.
            Err(error) if error.code == ErrorCode::ProfileInUse => {
                There::connect(&profile).map(Self::There).ok_or(error)
            }
            started => started.map(Self::Here),
        }
    }

    /// Makes a typed call.
    ///
    /// # Errors
    /// Whatever the member answers, or [`ErrorCode::CannotReach`] if its process went away.
    pub async fn ask<C: Call>(&self, call: &C) -> Result<C::Reply, ApiError> {
        let request = Request::of(call).map_err(malformed)?;
        match self.call(request).await {
            Response::Ok(value) => serde_json::from_value(value).map_err(malformed),
            Response::Error(error) => Err(error),
        }
    }

    /// Makes any call.
    pub async fn call(&self, request: Request) -> Response {
        match self {
            Self::Here(node) => node.call(request).await,
            Self::There(there) => there.call(request).await,
        }
    }

    /// What changes, where the member runs in this process.
    #[must_use]
    pub fn changes(&self) -> Option<broadcast::Receiver<Vec<Tag>>> {
        match self {
            Self::Here(node) => Some(node.changes()),
            Self::There(_) => None,
        }
    }

    /// Ends the member if it runs here, in order; otherwise only lets go.
    pub async fn close(self) {
        if let Self::Here(node) = self {
            node.stop().await;
        }
    }
}

impl There {
    fn connect(profile: &Path) -> Option<Self> {
        let client = Client::connect(&profile::socket_path(profile))?;
        Some(Self { client: Arc::new(Mutex::new(client)) })
    }

    async fn call(&self, request: Request) -> Response {
        let client = Arc::clone(&self.client);
        let answer = tokio::task::spawn_blocking(move || {
            client.lock().unwrap_or_else(PoisonError::into_inner).call(&request)
        })
        .await;
        match answer {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => Response::Error(ApiError::new(ErrorCode::CannotReach).with("reason", error)),
            Err(error) => Response::Error(ApiError::new(ErrorCode::Internal).with("reason", error)),
        }
    }
}

fn malformed(error: serde_json::Error) -> ApiError {
    ApiError::new(ErrorCode::BadRequest).with("reason", error)
}
