//! The page on this machine: the same ui as the window, in any browser, from `127.0.0.1` only.
//!
//! Anybody who can open a socket on this machine, and any web site open in the same browser, can
//! try to talk to it. So a request counts only if
//! - its `Host` is exactly the address served (no DNS name can be pointed here),
//! - it carries the `SameSite=Strict` cookie that [`Page::address`]'s token was swapped for, and
//! - where it asks or changes anything, its `Origin` is exactly the page's own. A missing one is refused.
//!
//! ```no_run
//! # async fn example(door: closeknit_node::Door) -> std::io::Result<()> {
//! let page = closeknit_web::Page::open(door, 0).await?;
//! println!("{}", page.address());
//! page.serve().await
//! # }
//! ```

mod files;
mod guard;
mod tags;

use std::{io, net::Ipv4Addr, sync::Arc};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use closeknit_api::{Request, Tag};
use closeknit_node::Door;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::{guard::Guard, tags::Changes};

/// The largest request: a form with everything filled in is far smaller.
const LARGEST_REQUEST: usize = 256 * 1024;

/// The page, listening but not yet serving.
#[derive(Debug)]
pub struct Page {
    listener: TcpListener,
    state: Arc<Served>,
}

#[derive(Debug)]
struct Served {
    door: Door,
    guard: Guard,
    changes: Changes,
}

impl Page {
    /// Listens on `127.0.0.1`, at `port` or any free one.
    ///
    /// # Errors
    /// If the port is taken.
    pub async fn open(door: Door, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let guard = Guard::new(listener.local_addr()?);
        let changes = Changes::follow(door.changes());
        Ok(Self { listener, state: Arc::new(Served { door, guard, changes }) })
    }

    /// The address to open, with the token in its fragment, which no server or log ever sees.
    #[must_use]
    pub fn address(&self) -> String {
        self.state.guard.address()
    }

    /// Serves until the process ends.
    ///
    /// # Errors
    /// If listening fails.
    pub async fn serve(self) -> io::Result<()> {
        axum::serve(self.listener, router(self.state)).await
    }
}

fn router(state: Arc<Served>) -> Router {
    let asked = Router::new()
        .route("/call", post(call))
        .route("/changes", post(changes))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), guard::inside));
    Router::new()
        .route("/enter", post(enter))
        .merge(asked)
        .layer(middleware::from_fn_with_state(Arc::clone(&state), guard::same_origin))
        .route("/", get(files::index))
        .route("/{*path}", get(files::file))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), guard::same_host))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .with_state(state)
}

#[derive(Deserialize)]
struct Enter {
    token: String,
}

async fn enter(State(served): State<Arc<Served>>, Json(enter): Json<Enter>) -> Response {
    match served.guard.enter(&enter.token) {
        Some(cookie) => (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response(),
        None => StatusCode::FORBIDDEN.into_response(),
    }
}

async fn call(State(served): State<Arc<Served>>, Json(request): Json<Request>) -> Response {
    Json(served.door.call(request).await).into_response()
}

#[derive(Deserialize)]
struct After {
    after: u64,
}

#[derive(Serialize)]
struct Changed {
    next: u64,
    tags: Vec<Tag>,
}

async fn changes(State(served): State<Arc<Served>>, Json(After { after }): Json<After>) -> Json<Changed> {
    let (next, tags) = served.changes.after(after).await;
    Json(Changed { next, tags })
}
