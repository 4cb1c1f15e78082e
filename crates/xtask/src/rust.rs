//! The Rust that is here.

use std::{env, fs, path::Path, process::Command};

use crate::{
    node::TOOLS,
    run::{Result, answer, cargo, has, run},
    say,
    tiers::Component,
};

/// The cargo-deny that our rules are written for.
const DENY: &str = "0.20.2";
/// The cargo-fuzz that builds our targets.
const FUZZ: &str = "0.13.2";

/// Checks that the compiler is not older than the workspace says.
pub(crate) fn ready() -> Result {
    let manifest = fs::read_to_string("Cargo.toml").map_err(|why| format!("Cargo.toml: {why}"))?;
    let wanted = quoted(&manifest, "rust-version").ok_or("Cargo.toml names no rust-version.")?;
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = answer(Command::new(rustc).arg("--version")).ok_or("rustc cannot be run.")?;
    let here = said.split_whitespace().nth(1).unwrap_or_default();
    if version(here) < version(wanted) {
        return Err(format!("Rust {here} is here, Closeknit needs {wanted}: run `rustup update stable`."));
    }
    say::step(&format!("Rust {here}"), &format!("new enough, {wanted} is needed"));
    Ok(())
}

/// Adds a part of the Rust tool chain if it is missing.
pub(crate) fn component(Component(name, command): Component) -> Result {
    if answer(cargo().args([command, "--version"])).is_some() {
        return Ok(());
    }
    if !has("rustup") {
        return Err(format!("cargo {command} is missing, and there is no rustup to add it with."));
    }
    say::step(&format!("rustup component add {name}"), &format!("cargo {command} is missing"));
    run(Command::new("rustup").args(["component", "add", name]))
}

/// cargo-deny with our rules.
pub(crate) fn deny() -> Result<Command> {
    let why = "checks the licences and sources of what we build on; takes some minutes, once";
    let mut deny = tool("cargo-deny", DENY, why)?;
    deny.args(["--config", ".cargo/deny.toml"]);
    Ok(deny)
}

/// cargo-fuzz, as cargo would call it.
pub(crate) fn fuzz() -> Result<Command> {
    let mut fuzz = tool("cargo-fuzz", FUZZ, "builds the fuzz targets; takes a minute, once")?;
    fuzz.arg("fuzz");
    Ok(fuzz)
}

/// A program of others for cargo; installed for this repository alone if it is missing.
fn tool(name: &str, wanted: &str, why: &str) -> Result<Command> {
    let ours = Path::new(TOOLS).join("bin").join(name).with_extension(env::consts::EXE_EXTENSION);
    let here = answer(Command::new(&ours).arg("--version"));
    if here.as_deref() != Some(&format!("{name} {wanted}")) {
        say::step(&format!("cargo install {name} {wanted} into {TOOLS}"), why);
        let install = ["install", "--quiet", "--locked", "--root", TOOLS, "--version", wanted, name];
        run(cargo().args(install))?;
    }
    Ok(Command::new(ours))
}

/// A version as numbers, so that 1.100 comes after 1.95.
pub(crate) fn version(text: &str) -> Vec<u64> {
    let digits = |part: &str| part.chars().take_while(char::is_ascii_digit).collect::<String>();
    text.trim_start_matches('v').split('.').map_while(|part| digits(part).parse().ok()).collect()
}

/// The value of `name = "value"` in a file of such lines.
fn quoted<'text>(text: &'text str, name: &str) -> Option<&'text str> {
    text.lines().find_map(|line| {
        let value = line.trim().strip_prefix(name)?.trim_start().strip_prefix('=')?.trim();
        value.strip_prefix('"')?.strip_suffix('"')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(version("1.100.0") > version("1.95"));
        assert!(version("1.94.9") < version("1.95"));
        assert!(version("1.95.0-nightly") >= version("1.95"));
        assert!(version("v20.19.1") >= version("20.19") && version("v18.20.4") < version("20.19"));
    }

    #[test]
    fn the_value_of_a_line_is_found() {
        let manifest = "[workspace.package]\nrust-version-of-old = \"1\"\nrust-version = \"1.95\"\n";
        assert_eq!(quoted(manifest, "rust-version"), Some("1.95"));
        assert_eq!(quoted(manifest, "edition"), None);
    }
}
