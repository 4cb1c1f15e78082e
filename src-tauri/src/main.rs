//! The window: one command that hands the page's calls to the member, one that asks the desktop for a
//! file, and one event that tells the page what changed. Everything else is decided behind [`closeknit_node`].
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod arguments;
mod files;
mod following;
mod member;
mod notices;

use std::{process::ExitCode, time::Duration};

use anyhow::Context as _;
use tauri::{RunEvent, WebviewUrl, WebviewWindowBuilder, async_runtime};

use crate::{arguments::Arguments, following::follow, member::Member};

/// What is still to be sent when the window closes gets this long.
const FAREWELL: Duration = Duration::from_secs(3);

fn main() -> anyhow::Result<ExitCode> {
    // Before anything of a window: this may be the process in which a change is tried.
    if let Some(code) = closeknit_node::tried_apart() {
        return Ok(code);
    }
    closeknit_node::leave_no_trace();
    let arguments = Arguments::read(std::env::args_os().skip(1))?;
    closeknit_node::log_to(&arguments.profile);
    let runtime = tokio::runtime::Runtime::new().context("cannot start")?;
    async_runtime::set(runtime.handle().clone());
    let member = {
        let _inside = runtime.enter();
        Member::start(arguments)
    };
    let shown = member.clone();
    let app = tauri::Builder::default()
        .manage(member.clone())
        .invoke_handler(tauri::generate_handler![member::call, files::choose_file])
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("Closeknit")
                .inner_size(1100.0, 760.0)
                .min_inner_size(480.0, 400.0)
                // Each profile has web data of its own, so that two windows do not share it.
                .data_directory(shown.arguments().profile.join("window"))
                .build()?;
            if let Ok(node) = shown.node() {
                follow(app.handle(), &node);
            }
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("cannot open a window")?;
    app.run(move |_, event| {
        if let (RunEvent::Exit, Ok(node)) = (event, member.node()) {
            let _ = async_runtime::block_on(async { tokio::time::timeout(FAREWELL, node.stop()).await });
        }
    });
    Ok(ExitCode::SUCCESS)
}
