//! The tiers of tests: what is checked, and what each needs. A new check is one row here.

use crate::debian::{COMPILER, Package, WINDOW};

/// A set of checks that need the same things.
pub(crate) struct Tier {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// System packages besides what every crate needs.
    pub(crate) packages: &'static [&'static [Package]],
    pub(crate) checks: &'static [Check],
}

pub(crate) struct Check {
    pub(crate) what: &'static str,
    pub(crate) how: How,
}

pub(crate) enum How {
    /// A cargo command that is right or wrong as a whole; what the tool chain may lack comes first.
    Cargo(Option<Component>, &'static [&'static str]),
    /// Rust tests, each counted.
    Tests(&'static [&'static str]),
    /// Rust tests that only root may run, such as those that make networks.
    TestsAsRoot(&'static [&'static str]),
    /// A script of ui/package.json that is right or wrong as a whole.
    Script(&'static str),
    /// A script of ui/package.json that runs tests, each counted.
    ScriptTests(&'static str),
    /// cargo-deny with these words, installed if it is missing.
    Deny(&'static [&'static str]),
    /// The banned words.
    Words,
}

/// A part of the Rust tool chain by the name that rustup has for it, and the cargo command it brings.
#[derive(Clone, Copy)]
pub(crate) struct Component(pub(crate) &'static str, pub(crate) &'static str);

/// What may be left to another tier than those below: these run on demand.
pub(crate) const ON_DEMAND: &str = "night";

const RUSTFMT: Component = Component("rustfmt", "fmt");
const CLIPPY: Component = Component("clippy", "clippy");

pub(crate) const TIERS: &[Tier] = &[STATIC, CORE, MACHINE, WINDOWS];

const STATIC: Tier = Tier {
    name: "static",
    about: "what can be said without running the app",
    packages: &[WINDOW],
    checks: &[
        check("the code is formatted", How::Cargo(Some(RUSTFMT), &["fmt", "--all", "--check"])),
        check(
            "clippy has nothing to say",
            How::Cargo(Some(CLIPPY), &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
        ),
        check(
            "crates know only whom they may",
            How::Tests(&["--package", "closeknit-tests", "--test", "arrows"]),
        ),
        check(
            "licences and sources of what we build on",
            How::Deny(&["check", "bans", "licenses", "sources"]),
        ),
        check("the types of the page", How::Script("check")),
        check("no banned words", How::Words),
    ],
};

const CORE: Tier = Tier {
    name: "core",
    about: "every crate but the window",
    packages: &[],
    checks: &[
        check("the crates and their examples", How::Tests(&[])),
        check("the parts of the page", How::ScriptTests("test")),
        check("what the tests share", How::Tests(&["--package", "closeknit-tests", "--lib"])),
    ],
};

const MACHINE: Tier = Tier {
    name: "machine",
    about: "networks and files of this machine",
    packages: &[&[Package("iproute2", "makes the networks that the tests run in")]],
    checks: &[check(
        "networks made for a test",
        How::TestsAsRoot(&["--package", "closeknit-tests", "--test", "lan"]),
    )],
};

const WINDOWS: Tier = Tier {
    name: "window",
    about: "real windows on a screen that nobody sees",
    packages: &[
        WINDOW,
        &[
            Package("webkit2gtk-driver", "clicks and types in the windows"),
            Package("xvfb", "the screen that nobody sees"),
        ],
    ],
    checks: &[
        check("the page can be built", How::Script("build")),
        check("the screen", How::Tests(&["--package", "closeknit-tests", "--test", "display"])),
    ],
};

const fn check(what: &'static str, how: How) -> Check {
    Check { what, how }
}

impl Tier {
    /// All system packages it needs.
    pub(crate) fn all_packages(&self) -> Vec<Package> {
        std::iter::once(&COMPILER)
            .chain(self.packages)
            .flat_map(|packages| packages.iter().copied())
            .collect()
    }
}
