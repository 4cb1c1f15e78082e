//! What can be said when the window is started.

use std::{ffi::OsString, net::SocketAddr, path::PathBuf};

use anyhow::{Context as _, bail};
use closeknit_node::{Options, default_profile};

/// `closeknit-app [--profile DIR] [--know ADDRESS]… [--listen ADDRESS]`
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) profile: PathBuf,
    know: Vec<String>,
    listen: Option<SocketAddr>,
}

impl Arguments {
    pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> anyhow::Result<Self> {
        let mut read = Self { profile: default_profile(), know: Vec::new(), listen: None };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value =
                || arguments.next().with_context(|| format!("{} needs a value", argument.display()));
            match argument.to_str() {
                Some("--profile") => read.profile = value()?.into(),
                Some("--listen") => {
                    let given = value()?.to_string_lossy().into_owned();
                    read.listen =
                        Some(given.parse().context("--listen takes an address such as 127.0.0.1:0")?);
                }
                Some("--know") => read.know.push(value()?.to_string_lossy().into_owned()),
                _ => bail!(
                    "{} is not known here; there are --profile DIR, --know ADDRESS and --listen ADDRESS",
                    argument.display()
                ),
            }
        }
        Ok(read)
    }

    pub(crate) fn options(&self) -> Options {
        // Whoever names one address to listen at wants to be on no other network.
        let discovery = self.listen.is_none();
        Options {
            know: self.know.clone(),
            listen: self.listen,
            discovery,
            ..Options::new(&self.profile).trying_apart().with_keychain()
        }
    }
}
