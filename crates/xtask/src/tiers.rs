//! The tiers of tests: what is checked, and what each needs. A new check is one row here.
//!
//! Crates outside the window are not named by package: cargo then builds what they stand on only once, with
//! the features that they need together.

use crate::{
    debian::{self, COMPILER, Package, WINDOW},
    javascript::{self, JavaScriptPackage},
    python::{self, PythonPackage},
    run::Result,
};

/// A set of checks that need the same things.
pub(crate) struct Tier {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// System packages besides what every crate needs.
    pub(crate) packages: &'static [&'static [Package]],
    pub(crate) python: &'static [PythonPackage],
    pub(crate) javascript: &'static [JavaScriptPackage],
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

/// How the reason of an ignored test may begin besides the name of a tier: it runs on demand, another test runs
/// it in a process of its own, or it checks nothing and only prints.
pub(crate) const ELSEWHERE: [&str; 3] = ["night:", "the other side of ", "prints "];

const RUSTFMT: Component = Component("rustfmt", "fmt");
const CLIPPY: Component = Component("clippy", "clippy");

pub(crate) const TIERS: &[Tier] = &[STATIC, CORE, MACHINE, PAGE, WINDOWS];

const STATIC: Tier = Tier {
    name: "static",
    about: "what can be said without running the app",
    packages: &[WINDOW],
    python: &[],
    javascript: &[],
    checks: &[
        check("the code is formatted", How::Cargo(Some(RUSTFMT), &["fmt", "--all", "--check"])),
        check(
            "clippy has nothing to say",
            // The benchmarks build what nothing else does, so they are looked at when they are run.
            How::Cargo(
                Some(CLIPPY),
                &[
                    "clippy",
                    "--workspace",
                    "--exclude",
                    "closeknit-bench",
                    "--all-targets",
                    "--",
                    "--deny",
                    "warnings",
                ],
            ),
        ),
        check(
            "crates know only whom they may",
            How::Tests(&["--package", "closeknit-tests", "--test", "arrows"]),
        ),
        check(
            "licences and sources of what we build on",
            How::Deny(&["check", "bans", "licenses", "sources"]),
        ),
        check(
            "what we build on is counted, and each exception has its day",
            // Shown, so that the counts can be read in what CI prints.
            How::Tests(&["--package", "closeknit-tests", "--test", "supply", "--", "--show-output"]),
        ),
        check("the types of the page", How::Script("check")),
        check("no banned words", How::Words),
    ],
};

const CORE: Tier = Tier {
    name: "core",
    about: "every crate but the window",
    packages: &[],
    python: &[],
    javascript: &[],
    checks: &[
        check("the crates and their examples", How::Tests(&[])),
        check("the parts of the page", How::ScriptTests("test")),
        check("files that mean harm, each with its verdict", How::Tests(&["--package", "closeknit-hostile"])),
        check(
            "bugs that were planted are found",
            How::Tests(&["--package", "closeknit-simulator", "--features", "planted", "--test", "planted"]),
        ),
        check("what the tests share", How::Tests(&["--package", "closeknit-tests", "--lib"])),
    ],
};

const MACHINE: Tier = Tier {
    name: "machine",
    about: "networks and files of this machine",
    packages: &[&[
        Package("iproute2", "makes the networks that the tests run in"),
        Package("tcpdump", "shows which packets leave a machine"),
        Package("age", "opens a backup"),
        Package("minisign", "checks who signed a backup"),
        Package("gnome-keyring", "keeps the key of the database, as on a desktop"),
        Package("dbus", "the bus on which it is asked"),
        Package("strace", "notes what is written to the disk, and says that there is no room"),
    ]],
    python: &[
        PythonPackage {
            name: "bagit",
            version: "1.9.0",
            sha256: "9455006c2d1df88be95ec1fccabc5ea623389589ea4c85b3d85bd256f29d7656",
            why: "checks that a backup is a whole bag",
        },
        PythonPackage {
            name: "icalendar",
            version: "7.3.2",
            sha256: "f95ce4ff8f41d8ad9ca253a676ef40c672abd3774458d197c215055a0d805cc4",
            why: "reads the calendar of promises",
        },
        PythonPackage {
            name: "python_dateutil",
            version: "4.0.0",
            sha256: "a5e246f79eb80475e691bf93862cead98decd8a498cf53ba0516fcdc0f50dc1c",
            why: "icalendar stands on it",
        },
        PythonPackage {
            name: "typing_extensions",
            version: "4.16.0",
            sha256: "481caa481374e813c1b176ada14e97f1f67a4539ce9cfeb3f350d78d6370c2e8",
            why: "icalendar stands on it",
        },
        PythonPackage {
            name: "tzdata",
            version: "2026.6",
            sha256: "0a10eec6e13ef16b627fabed9a5f2ba61a62b1c67f327305f4e7e412a70b4aec",
            why: "icalendar stands on it",
        },
    ],
    javascript: &[JavaScriptPackage {
        name: "@automerge/automerge",
        version: "3.4.1",
        integrity: "sha512-zsZpbs/iDPvp+ZojIYd+gxmbcPVz2Xbkcx778G8zrt3E0zS+6saHJOm666lOuZyNRlTV4wHw9qzGTKueedeCsQ==",
        why: "opens the documents in a backup",
    }],
    checks: &[
        check(
            "networks made for a test",
            How::TestsAsRoot(&["--package", "closeknit-tests", "--test", "lan"]),
        ),
        check("neighbours on such networks", How::TestsAsRoot(&["--test", "namespaces", "--", "--ignored"])),
        check(
            "a backup and the tools of others",
            How::Tests(&[
                "--package",
                "closeknit-archive",
                "--test",
                "stock_tools",
                "--",
                "--include-ignored",
            ]),
        ),
        check(
            "a calendar and the tools of others",
            How::Tests(&["--package", "closeknit-archive", "--test", "calendar", "--", "--include-ignored"]),
        ),
        check(
            "members without a window can be built, and the demo of them",
            How::Cargo(None, &["build", "--bin", "closeknit", "--bin", "closeknit-xtask"]),
        ),
        check(
            "members in processes of their own",
            How::Tests(&["--package", "closeknit-tests", "--test", "processes"]),
        ),
        check(
            "what stands on the disk, and what opens it",
            How::Tests(&["--package", "closeknit-tests", "--test", "at_rest", "--", "--include-ignored"]),
        ),
        check("the demo and its scenes", How::Tests(&["--package", "closeknit-tests", "--test", "demo"])),
        check(
            "members on a full disk and without a network",
            How::TestsAsRoot(&["--package", "closeknit-tests", "--test", "bad_days"]),
        ),
        check(
            "members on real networks",
            How::TestsAsRoot(&["--package", "closeknit-tests", "--test", "networks"]),
        ),
        check(
            "a member stopped after each write, and with no room for any",
            How::Tests(&["--package", "closeknit-tests", "--test", "write_points"]),
        ),
        check(
            "strangers and hostile members in numbers",
            How::Tests(&["--package", "closeknit-tests", "--test", "flood"]),
        ),
        check(
            "members killed at any moment",
            How::Tests(&["--package", "closeknit-tests", "--test", "kills"]),
        ),
    ],
};

const PAGE: Tier = Tier {
    name: "page",
    about: "the page in a browser",
    packages: &[&[Package("chromium", "the browser")]],
    python: &[],
    javascript: &[],
    checks: &[
        check("the page can be built", How::Script("build")),
        check("the members behind the pages", How::Cargo(None, &["build", "--bin", "closeknit"])),
        check("the stories in the browser", How::ScriptTests("test:page")),
    ],
};

pub(crate) const WINDOWS: Tier = Tier {
    name: "window",
    about: "real windows on a screen that nobody sees",
    packages: &[
        WINDOW,
        &[
            Package("webkit2gtk-driver", "clicks and types in the windows"),
            Package("xvfb", "the screen that nobody sees"),
            Package("iproute2", "makes the network between the windows"),
        ],
    ],
    python: &[],
    javascript: &[],
    checks: &[
        check("the screen", How::Tests(&["--package", "closeknit-tests", "--test", "display"])),
        check("the page can be built", How::Script("build")),
        check("the app can be built", How::Cargo(None, &["build", "--package", "closeknit-app"])),
        check(
            "two windows, each on a machine of its own",
            How::TestsAsRoot(&["--package", "closeknit-tests", "--test", "window"]),
        ),
        check(
            "a window with ten thousand posts",
            How::Tests(&["--package", "closeknit-tests", "--test", "smooth"]),
        ),
    ],
};

const fn check(what: &'static str, how: How) -> Check {
    Check { what, how }
}

impl Tier {
    /// Installs what it needs and this machine lacks.
    pub(crate) fn ready(&self) -> Result {
        let packages =
            std::iter::once(&COMPILER).chain(self.packages).flat_map(|packages| packages.iter().copied());
        debian::ready(&packages.collect::<Vec<_>>())?;
        self.python.iter().try_for_each(python::ready)?;
        javascript::ready(self.javascript)
    }
}
