//! JavaScript packages that tests compare with, for this repository alone.

use std::{env, ffi::OsString, path::Path};

use crate::{
    node::{Node, TOOLS},
    run::{Result, run},
    say,
};

/// A package of npm in one version, and what it is needed for.
pub(crate) struct JavaScriptPackage {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) why: &'static str,
}

/// Installs the package if it is missing; none of its scripts is run.
pub(crate) fn ready(package: &JavaScriptPackage) -> Result {
    let JavaScriptPackage { name, version, why } = package;
    let node = Node::ready()?;
    let place = Path::new(TOOLS).join("javascript");
    let here = std::fs::read_to_string(place.join("node_modules").join(name).join("package.json"));
    if here.is_ok_and(|here| here.contains(&format!("\"version\": \"{version}\""))) {
        return Ok(());
    }
    say::step(&format!("npm install {name} {version} into {}", place.display()), why);
    let mut npm = node.npm_in(&place);
    run(npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund"]).arg(format!("{name}@{version}")))
}

/// The value of `NODE_PATH` by which programs find the packages.
pub(crate) fn path() -> Option<OsString> {
    Some(env::current_dir().ok()?.join(TOOLS).join("javascript/node_modules").into())
}
