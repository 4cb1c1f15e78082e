//! What the window does as long as there is a member: the page hears what changed, the desktop shows notices, and the
//! window goes when the member ends.

use closeknit_api::Tag;
use closeknit_node::Node;
use tauri::{AppHandle, Emitter as _, Manager as _, async_runtime};
use tokio::sync::broadcast;

use crate::notices;

/// The event that carries [`Tag`]s to the page.
const CHANGED: &str = "changed";

/// All three, until the member ends.
pub(crate) fn follow(app: &AppHandle, node: &Node) {
    async_runtime::spawn(pass_on(app.clone(), node.changes()));
    async_runtime::spawn(notices::follow(app.clone(), node.clone()));
    async_runtime::spawn(close_with(app.clone(), node.clone()));
}

/// Tells the page what changed. Tags only: WebKit keeps what is pushed.
async fn pass_on(app: AppHandle, mut changes: broadcast::Receiver<Vec<Tag>>) {
    loop {
        match changes.recv().await {
            Ok(tags) => {
                let _ = app.emit(CHANGED, tags);
            }
            Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

/// A member that was told to stop by another process closes its window.
async fn close_with(app: AppHandle, node: Node) {
    node.ended().await;
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.close();
    }
}
