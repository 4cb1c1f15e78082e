//! Python packages that tests compare with, for this repository alone.

use std::{env, ffi::OsString, iter::once, path::Path, process::Command};

use crate::{
    debian::{self, Package},
    node::TOOLS,
    run::{Result, answer, run},
    say,
};

/// A package of PyPI in one version, and what it is needed for.
pub(crate) struct PythonPackage {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) why: &'static str,
}

/// Installs the package if it is missing.
pub(crate) fn ready(package: &PythonPackage) -> Result {
    let PythonPackage { name, version, why } = package;
    let place = Path::new(TOOLS).join("python");
    if place.join(format!("{name}-{version}.dist-info")).is_dir() {
        return Ok(());
    }
    if answer(Command::new("python3").args(["-m", "pip", "--version"])).is_none() {
        debian::ready(&[Package("python3-pip", "installs what is compared with")])?;
    }
    say::step(&format!("pip install {name} {version} into {}", place.display()), why);
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target"]).arg(place);
    run(pip.arg(format!("{name}=={version}")).env("PIP_ROOT_USER_ACTION", "ignore"))
}

/// The value of `PYTHONPATH` by which programs find the packages.
pub(crate) fn path() -> Option<OsString> {
    let place = env::current_dir().ok()?.join(TOOLS).join("python");
    let before = env::var_os("PYTHONPATH").unwrap_or_default();
    let before: Vec<_> = env::split_paths(&before).filter(|path| !path.as_os_str().is_empty()).collect();
    env::join_paths(once(place).chain(before)).ok()
}
