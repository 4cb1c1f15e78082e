//! The local socket of a profile: a second process hands its calls to the one that runs.
//!
//! One JSON [`Request`] a line in, one JSON [`Response`] a line out. The socket lies inside the
//! profile directory, which only its owner can enter.

use std::{
    io::{self, BufRead, BufReader, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::Path,
    time::Duration,
};

use closeknit_api::{ApiError, ErrorCode, Request, Response};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt},
    net::UnixListener,
};

use crate::node::Node;

/// A request longer than this is nobody's honest call.
const LONGEST_REQUEST: u64 = 1 << 20;

/// Listens at `path` until the task is dropped. A socket left by a process that died is replaced:
/// the profile's lock is held, so nobody else listens.
///
/// # Errors
/// If the socket cannot be made.
pub(crate) fn listen(path: &Path, node: Node) -> io::Result<tokio::task::JoinHandle<()>> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, node.clone()));
        }
    }))
}

async fn serve(stream: tokio::net::UnixStream, node: Node) {
    let (read, mut write) = stream.into_split();
    let mut lines = tokio::io::BufReader::new(read);
    loop {
        let mut line = String::new();
        match (&mut lines).take(LONGEST_REQUEST).read_line(&mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let response = match serde_json::from_str::<Request>(&line) {
            Ok(request) => node.call(request).await,
            Err(error) => Response::Error(ApiError::new(ErrorCode::BadRequest).with("reason", error)),
        };
        let Ok(mut text) = serde_json::to_vec(&response) else { return };
        text.push(b'\n');
        if write.write_all(&text).await.is_err() {
            return;
        }
    }
}

/// Whether a process listens at `path`.
pub(crate) fn is_served(path: &Path) -> bool {
    UnixStream::connect(path).is_ok()
}

/// The other end: a connection to the process that has the profile open.
#[derive(Debug)]
pub(crate) struct Client {
    stream: BufReader<UnixStream>,
}

impl Client {
    /// Connects, if a process listens at `path`.
    pub(crate) fn connect(path: &Path) -> Option<Self> {
        let stream = UnixStream::connect(path).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(600))).ok()?;
        Some(Self { stream: BufReader::new(stream) })
    }

    /// Hands one call over and waits for its answer.
    ///
    /// # Errors
    /// If the other process went away.
    pub(crate) fn call(&mut self, request: &Request) -> io::Result<Response> {
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        self.stream.get_mut().write_all(&line)?;
        let mut answer = String::new();
        if self.stream.read_line(&mut answer)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(serde_json::from_str(&answer)?)
    }
}
