//! Who may talk to the page.

use std::{fmt::Write as _, net::SocketAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use rand::{TryRng as _, rngs::SysRng};

use crate::Served;

/// The secrets of one run of the page.
pub(crate) struct Guard {
    host: String,
    token: String,
    cookie: String,
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard").field("host", &self.host).finish_non_exhaustive()
    }
}

impl Guard {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { host: address.to_string(), token: secret(), cookie: secret() }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}/#token={}", self.host, self.token)
    }

    /// The cookie for whoever has the token.
    pub(crate) fn enter(&self, token: &str) -> Option<String> {
        same(token, &self.token)
            .then(|| format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.cookie))
    }

    /// Cookies are shared by all ports of a host: the name tells two profiles apart.
    fn cookie_name(&self) -> String {
        format!("closeknit-{}", self.host.rsplit(':').next().unwrap_or_default())
    }

    fn inside(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(key, value)| key == name && same(value, &self.cookie))
    }
}

/// Compared in full, so that the time it takes tells nothing of how much was right.
fn same(given: &str, secret: &str) -> bool {
    given.len() == secret.len() && given.bytes().zip(secret.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

fn secret() -> String {
    let mut bytes = [0_u8; 32];
    let mut out = String::new();
    match SysRng.try_fill_bytes(&mut bytes) {
        Ok(()) => bytes.iter().for_each(|byte| {
            let _ = write!(out, "{byte:02x}");
        }),
        // Without randomness nobody enters: an empty secret equals no cookie of the right length.
        Err(_) => out.push('\0'),
    }
    out
}

/// Refuses every name but the address itself, so that no other site can be made to mean this page.
pub(crate) async fn same_host(State(served): State<Arc<Served>>, request: Request, next: Next) -> Response {
    let hosts: Vec<_> = request.headers().get_all(header::HOST).iter().collect();
    match hosts.as_slice() {
        [host] if host.as_bytes() == served.guard.host.as_bytes() => next.run(request).await,
        _ => StatusCode::FORBIDDEN.into_response(),
    }
}

/// Refuses what does not come from the page itself; browsers send `Origin` with every POST.
pub(crate) async fn same_origin(State(served): State<Arc<Served>>, request: Request, next: Next) -> Response {
    let own = format!("http://{}", served.guard.host);
    match request.headers().get(header::ORIGIN) {
        Some(origin) if origin.as_bytes() == own.as_bytes() => next.run(request).await,
        _ => StatusCode::FORBIDDEN.into_response(),
    }
}

/// Refuses who has not entered.
pub(crate) async fn inside(State(served): State<Arc<Served>>, request: Request, next: Next) -> Response {
    if served.guard.inside(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}
