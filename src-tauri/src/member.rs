//! The member behind the window, or why there is none; then it is tried again when somebody asks for it.

use std::sync::{Arc, Mutex, PoisonError};

use closeknit_api::{ApiError, Call as _, Request, Response, calls};
use closeknit_node::Node;
use tauri::{AppHandle, State, async_runtime};

use crate::{arguments::Arguments, following::follow};

/// One for the window.
#[derive(Debug, Clone)]
pub(crate) struct Member(Arc<Behind>);

#[derive(Debug)]
struct Behind {
    arguments: Arguments,
    node: Mutex<Result<Node, ApiError>>,
}

impl Member {
    /// Starts it, inside a runtime.
    pub(crate) fn start(arguments: Arguments) -> Self {
        let node = Mutex::new(Node::start(arguments.options()));
        Self(Arc::new(Behind { arguments, node }))
    }

    pub(crate) fn arguments(&self) -> &Arguments {
        &self.0.arguments
    }

    /// As it stands.
    pub(crate) fn node(&self) -> Result<Node, ApiError> {
        self.0.node.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What kept it from starting may be over: another window was closed, or there is room on the disk again.
    fn try_again(&self, app: &AppHandle) -> Result<Node, ApiError> {
        let mut node = self.0.node.lock().unwrap_or_else(PoisonError::into_inner);
        if node.is_err() {
            *node = Node::start(self.0.arguments.options());
            if let Ok(node) = &*node {
                follow(app, node);
            }
        }
        node.clone()
    }
}

/// Hands a call of the page to the member.
#[tauri::command]
pub(crate) async fn call(
    app: AppHandle,
    member: State<'_, Member>,
    request: Request,
) -> Result<Response, ()> {
    let mut node = member.node();
    // The page asks this first, and again when somebody presses the button.
    if node.is_err() && request.call == calls::Status::NAME {
        let member = member.inner().clone();
        node = async_runtime::spawn_blocking(move || member.try_again(&app)).await.map_err(|_| ())?;
    }
    Ok(match node {
        Ok(node) => node.call(request).await,
        Err(error) => Response::Error(error),
    })
}
