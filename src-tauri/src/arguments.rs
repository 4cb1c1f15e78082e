//! What can be said when the window is started.

use std::{ffi::OsString, path::PathBuf};

use anyhow::{Context as _, bail};
use closeknit_node::{Options, default_profile};

/// `closeknit-app [--profile DIR] [--know ADDRESS]…`
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) profile: PathBuf,
    know: Vec<String>,
}

impl Arguments {
    pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> anyhow::Result<Self> {
        let mut read = Self { profile: default_profile(), know: Vec::new() };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value =
                || arguments.next().with_context(|| format!("{} needs a value", argument.display()));
            match argument.to_str() {
                Some("--profile") => read.profile = value()?.into(),
                Some("--know") => read.know.push(value()?.to_string_lossy().into_owned()),
                _ => bail!(
                    "{} is not known here; there are --profile DIR and --know ADDRESS",
                    argument.display()
                ),
            }
        }
        Ok(read)
    }

    pub(crate) fn options(&self) -> Options {
        Options { know: self.know.clone(), ..Options::new(&self.profile) }
    }
}
