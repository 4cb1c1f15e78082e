//! WebKitWebDriver, which starts the app and speaks the WebDriver protocol (W3C) over HTTP.

use std::{
    fs::File,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::Command,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use ureq::{Agent, Body, http::Response};

use crate::{Display, Forward, Machine, Process, eventually};

/// The longest that the driver may take for one answer.
const ONE_ANSWER: Duration = Duration::from_secs(30);
/// The longest answer: a picture of a screen.
const MOST_BYTES: u64 = 64 << 20;
/// What the window finds: no bus that would be started on the fly and stay behind, and an app that accepts
/// being driven. `WEBKIT_DISABLE_DMABUF_RENDERER` is left alone: it saves memory, but pictures may never come.
const SURROUNDINGS: [(&str, &str); 5] = [
    ("DBUS_SESSION_BUS_ADDRESS", "disabled:"),
    ("GDK_BACKEND", "x11"),
    // The stories expect what the windows say in English.
    ("LC_ALL", "C"),
    ("NO_AT_BRIDGE", "1"),
    ("TAURI_WEBVIEW_AUTOMATION", "true"),
];

/// A driver for one window; a driver holds no more than one session.
#[derive(Debug)]
pub(crate) struct Driver {
    base: String,
    // Dropped in this order: the connections, the driver with the app it started, the way to it.
    agent: Agent,
    _process: Process,
    _forward: Option<Forward>,
}

impl Driver {
    /// Starts one on a machine, or where the test itself is. What it and the app say goes to a file.
    pub(crate) fn start(machine: Option<&Machine>, display: &Display, log: &Path) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let program = "WebKitWebDriver";
        let mut command = machine.map_or_else(|| Command::new(program), |machine| machine.command(program));
        let log = File::create(log).context("cannot keep what the window says")?;
        command.arg(format!("--port={port}")).env("DISPLAY", display.name()).envs(SURROUNDINGS);
        let process = Process::start(command.stdout(log.try_clone()?).stderr(log))?;
        let forward = machine.map(|machine| machine.forward(port)).transpose()?;
        let address =
            forward.as_ref().map_or(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), Forward::address);
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(ONE_ANSWER));
        let agent = config.build().into();
        let driver = Self { base: format!("http://{address}"), agent, _process: process, _forward: forward };
        eventually("the driver", || driver.get("/status").map(Some))?;
        Ok(driver)
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value> {
        answer(self.agent.get(format!("{}{path}", self.base)).call()?)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        answer(self.agent.post(format!("{}{path}", self.base)).send_json(body)?)
    }

    pub(crate) fn delete(&self, path: &str) -> Result<()> {
        answer(self.agent.delete(format!("{}{path}", self.base)).call()?).map(drop)
    }
}

fn answer(mut response: Response<Body>) -> Result<Value> {
    let mut answer: Value = response.body_mut().with_config().limit(MOST_BYTES).read_json()?;
    let value = answer.get_mut("value").map(Value::take).context("the driver's answer has no value")?;
    if !response.status().is_success() {
        let part = |name| value.get(name).and_then(Value::as_str).unwrap_or_default();
        bail!("{}: {}", part("error"), part("message"));
    }
    Ok(value)
}
