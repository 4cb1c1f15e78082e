//! A screen that nobody sees.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::Process;

/// A private X server.
#[derive(Debug)]
pub struct Display {
    _server: Process,
    name: String,
}

impl Display {
    /// Starts one and waits until it answers.
    ///
    /// # Errors
    /// When Xvfb is missing or does not start.
    pub fn start() -> Result<Self> {
        // The server chooses its number itself, so that tests can run side by side.
        let (server, number) = Process::start_and_hear(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
                .stderr(Stdio::null()),
        )
        .context("no screen")?;
        ensure!(number.parse::<u32>().is_ok(), "Xvfb gave no number but {number:?}");
        Ok(Self { _server: server, name: format!(":{number}") })
    }

    /// What belongs into `DISPLAY`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
