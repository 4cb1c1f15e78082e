//! `cargo app`: from a fresh machine to the open window.

use std::{env, ffi::OsString, path::Path, process::Command};

use crate::{
    Call, debian,
    node::Node,
    run::{Result, cargo, run},
    rust, say,
};

const WINDOW: [&str; 2] = ["--package", "closeknit-app"];
/// Not by its package: it then shares all it stands on with the tests of the crates.
const COMMAND_LINE: [&str; 2] = ["--bin", "closeknit"];

pub(crate) fn open(call: Call) -> Result {
    let window = has_display();
    prepare(window)?;
    let (built, program, first) =
        if window { (WINDOW, "closeknit-app", None) } else { (COMMAND_LINE, "closeknit", Some("serve")) };
    let why = if window { "the window" } else { "no DISPLAY here, so the page on this machine" };
    build(built, why)?;
    let words: Vec<OsString> = first.into_iter().map(OsString::from).chain(call.words).collect();
    let said = words.iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
    say::step(format!("{program} {said}").trim(), "everything is ready");
    become_it(Command::new(beside_this(program)?).args(words).current_dir(&call.from))
}

/// Sets everything up and builds the command line, and the window where one can be opened; says
/// whether that is so.
pub(crate) fn prepare_all() -> Result<bool> {
    let window = has_display();
    prepare(window)?;
    build_members()?;
    if window {
        build(WINDOW, "the window")?;
    }
    Ok(window)
}

/// Builds the command line.
pub(crate) fn build_members() -> Result {
    build(COMMAND_LINE, "members without a window")
}

/// Installs what is missing and builds the page.
fn prepare(window: bool) -> Result {
    rust::ready()?;
    debian::ready(&if window {
        [debian::COMPILER, debian::WINDOW].concat()
    } else {
        debian::COMPILER.to_vec()
    })?;
    build_page()
}

/// Builds the page that the app shows.
pub(crate) fn build_page() -> Result {
    let node = Node::ready()?;
    node.install_packages()?;
    say::step("npm run build in ui", "the page that the app shows");
    run(&mut node.npm(&["run", "build"]))
}

fn build(selected: [&str; 2], why: &str) -> Result {
    say::step(&format!("cargo build {}", selected.join(" ")), why);
    run(cargo().arg("build").args(selected))
}

/// Whether a window can be opened. Only Linux runs without a screen.
fn has_display() -> bool {
    let named = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// A program that cargo built into the same directory as this one, wherever that is.
pub(crate) fn beside_this(program: &str) -> Result<std::path::PathBuf> {
    let this = env::current_exe().map_err(|why| format!("The build directory cannot be found: {why}"))?;
    let directory = this.parent().unwrap_or(Path::new("."));
    Ok(directory.join(program).with_extension(env::consts::EXE_EXTENSION))
}

/// Ctrl-C and the exit code are the app's own from here on.
#[cfg(unix)]
fn become_it(command: &mut Command) -> Result {
    let why = std::os::unix::process::CommandExt::exec(command);
    Err(format!("{} cannot be started: {why}", command.get_program().to_string_lossy()))
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result {
    run(command)
}
