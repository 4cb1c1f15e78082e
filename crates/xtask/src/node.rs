//! Node.js, and the page that is built with it.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    debian::{self, Package},
    run::{Result, answer, has, run},
    rust::version,
    say,
};

/// The oldest Node.js that Vite runs on.
const OLDEST: &str = "20.19";
/// What is put into [`TOOLS`] where Node.js is missing or older: the program as an npm package.
const PINNED: &str = "node@22.23.3";
/// Where tools for this repository alone go; ignored by git.
pub(crate) const TOOLS: &str = ".tools";
/// A copy of the lock file that the installed packages came from.
const INSTALLED: &str = "ui/node_modules/.closeknit-lock.json";

/// A Node.js that is new enough.
#[derive(Debug)]
pub(crate) struct Node {
    /// The directory of a `node` that the system does not have on its own path.
    directory: Option<PathBuf>,
}

impl Node {
    /// Finds one, or installs one for this repository alone.
    pub(crate) fn ready() -> Result<Self> {
        let here = answer(Command::new("node").arg("--version"));
        if let Some(here) = here.as_deref().filter(|here| is_new_enough(here)) {
            if has("npm") {
                say::step(&format!("Node.js {here}"), &format!("new enough, {OLDEST} is needed"));
                return Ok(Self { directory: None });
            }
        }
        if !has("npm") {
            debian::ready(&[Package("npm", "installs the packages of the page")])?;
        }
        let top = env::current_dir().map_err(|why| format!("The current directory cannot be read: {why}"))?;
        let directory = top.join(TOOLS).join("node_modules/node/bin");
        let ours = || answer(Command::new(directory.join("node")).arg("--version"));
        if !ours().is_some_and(|ours| is_new_enough(&ours)) {
            let here = here.map_or("there is none".to_owned(), |here| format!("{here} is too old"));
            say::step(&format!("npm install {PINNED} into {TOOLS}"), &format!("Node.js: {here}"));
            run(Command::new("npm").args(["install", "--no-audit", "--no-fund", "--prefix", TOOLS, PINNED]))?;
        }
        let ours = ours().ok_or_else(|| format!("The Node.js in {TOOLS} does not run."))?;
        say::step(&format!("Node.js {ours}"), &format!("the one in {TOOLS}"));
        Ok(Self { directory: Some(directory) })
    }

    /// npm at work in `ui`.
    pub(crate) fn npm(&self, words: &[&str]) -> Command {
        let mut npm = self.npm_in(Path::new("ui"));
        npm.args(words);
        npm
    }

    /// npm at work in a directory.
    pub(crate) fn npm_in(&self, directory: &Path) -> Command {
        let mut npm = Command::new("npm");
        npm.arg("--prefix").arg(directory);
        if let Some(path) = self.directory.as_deref().and_then(before_all) {
            npm.env("PATH", path);
        }
        npm
    }

    /// Installs the packages of the page, unless they are those of the lock file already.
    pub(crate) fn install_packages(&self) -> Result {
        let lock = fs::read("ui/package-lock.json").map_err(|why| format!("ui/package-lock.json: {why}"))?;
        if fs::read(INSTALLED).is_ok_and(|installed| installed == lock) {
            say::step("npm packages", "those of ui/package-lock.json are here");
            return Ok(());
        }
        say::step("npm ci in ui", "the page's packages are missing or not those of ui/package-lock.json");
        run(&mut self.npm(&["ci", "--no-audit", "--no-fund"]))?;
        fs::write(INSTALLED, lock).map_err(|why| format!("{INSTALLED}: {why}"))
    }
}

fn is_new_enough(here: &str) -> bool {
    version(here) >= version(OLDEST)
}

fn before_all(directory: &Path) -> Option<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(directory.to_owned()).chain(env::split_paths(&path))).ok()
}
