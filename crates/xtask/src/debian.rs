//! System packages on Debian and Ubuntu.

use std::process::Command;

use crate::{
    run::{Result, answer, as_root, has, is_root, run_quietly},
    say,
};

/// A system package, and what it is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Package(pub(crate) &'static str, pub(crate) &'static str);

/// What every crate needs that is written in C.
pub(crate) const COMPILER: &[Package] = &[
    Package("gcc", "compiles the database, which is written in C"),
    Package("libc6-dev", "goes with gcc"),
    Package("libssl-dev", "its libcrypto encrypts the database"),
];

/// What the fuzz targets need besides.
pub(crate) const FUZZER: &[Package] = &[Package("g++", "compiles libFuzzer, which is written in C++")];

/// What the window needs besides.
pub(crate) const WINDOW: &[Package] = &[
    Package("pkg-config", "finds the libraries of the window"),
    Package("libwebkit2gtk-4.1-dev", "shows the page in the window"),
];

/// Installs those of the packages that are missing. On other systems it names them and goes on: the build
/// itself will say what it lacks.
pub(crate) fn ready(packages: &[Package]) -> Result {
    if !has("dpkg-query") || !has("apt-get") {
        let names = names(packages);
        say::step("System packages", &format!("not looked for on this system; on Debian they are {names}"));
        return Ok(());
    }
    let missing: Vec<Package> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for Package(name, why) in &missing {
        say::step(&format!("System package {name} is missing"), why);
    }
    let by = if is_root() { "apt-get" } else { "sudo apt-get" };
    if !say::go_ahead(&format!("Install {} by {by}?", names(&missing))) {
        return Err(format!("Not without {}.", names(&missing)));
    }
    say::step(&format!("{by} update"), "the list of packages may be old or empty");
    if let Err(why) = run_quietly(&mut apt(&["update"])) {
        say::step("Going on with the list that is here", &why);
    }
    say::step(&format!("{by} install {}", names(&missing)), "named above");
    let install = ["install", "--yes", "--no-install-recommends"];
    run_quietly(apt(&install).args(missing.iter().map(|Package(name, _)| name)))
}

fn is_installed(Package(name, _): &Package) -> bool {
    let status =
        answer(Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", name]));
    status.is_some_and(|status| status == "installed")
}

fn apt(words: &[&str]) -> Command {
    let mut apt = as_root("env");
    apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]).args(words);
    apt
}

fn names(packages: &[Package]) -> String {
    packages.iter().map(|Package(name, _)| *name).collect::<Vec<_>>().join(" ")
}
