//! Asking somebody for a file, in the desktop's own dialog. The page gets the path that was chosen and
//! nothing else: it can neither read nor write there.

use rfd::AsyncFileDialog;
use serde::Deserialize;
use tauri::{AppHandle, async_runtime::channel};
use tracing::warn;

/// What for.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Choice {
    /// A file that is there.
    Open,
    /// A file that will be written; the desktop asks before one that is there is replaced.
    Save {
        /// How it might be called.
        name: String,
    },
}

/// The path that somebody chose; nothing if they closed the dialog.
#[tauri::command]
pub(crate) async fn choose_file(app: AppHandle, choice: Choice) -> Option<String> {
    let (tell, mut told) = channel(1);
    // A dialog is made on the thread of the window, and waited for here.
    let shown = app.run_on_main_thread(move || {
        let dialog = AsyncFileDialog::new();
        let chosen: std::pin::Pin<Box<dyn Future<Output = _> + Send>> = match choice {
            Choice::Open => Box::pin(dialog.pick_file()),
            Choice::Save { name } => Box::pin(dialog.set_file_name(name).save_file()),
        };
        tauri::async_runtime::spawn(async move {
            let _ = tell.send(chosen.await).await;
        });
    });
    if let Err(error) = shown {
        warn!(%error, "no dialog could be shown");
        return None;
    }
    let chosen = told.recv().await.flatten()?;
    Some(chosen.path().to_str()?.to_owned())
}
