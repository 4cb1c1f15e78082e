//! Where cargo builds to.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};

/// A program that was built beside this test: in the same directory, and optimised if the test is.
///
/// # Errors
/// When it was not built.
pub fn built(program: &str) -> Result<PathBuf> {
    let path = programs()?.join(program);
    ensure!(path.exists(), "{program} is not built: there is no {}", path.display());
    Ok(path)
}

/// The directory that cargo builds programs into; tests are one below it, in `deps`.
pub(crate) fn programs() -> Result<PathBuf> {
    let this = env::current_exe()?;
    let here = this.parent().context("this program is nowhere")?;
    let programs = if here.ends_with("deps") { here.parent() } else { Some(here) };
    programs.map(Path::to_owned).context("this test is not where cargo puts tests")
}
