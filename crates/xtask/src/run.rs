//! Running other programs.

use std::{
    env,
    ffi::OsStr,
    io::{self, BufRead as _, BufReader, IsTerminal as _},
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

/// What a step gives, or one or more sentences on why it could not.
pub(crate) type Result<T = ()> = std::result::Result<T, String>;

/// Runs a program to its end; an unhappy end is an error.
pub(crate) fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|why| cannot_start(command, &why))?;
    if status.success() { Ok(()) } else { Err(failed(command, status)) }
}

/// Runs a program that says much and matters little, unless somebody watches or it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result {
    if io::stdout().is_terminal() {
        return run(command);
    }
    let output = command.stdin(Stdio::null()).output().map_err(|why| cannot_start(command, &why))?;
    if output.status.success() {
        return Ok(());
    }
    print!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(failed(command, output.status))
}

/// Runs a program, showing each line it writes to standard output and handing it to `each`; says whether
/// the end was a happy one.
pub(crate) fn run_reading(command: &mut Command, mut each: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|why| cannot_start(command, &why))?;
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).split(b'\n')) {
        let line = line.map_err(|why| format!("Its output cannot be read: {why}"))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        each(&line);
    }
    child.wait().map(|status| status.success()).map_err(|why| format!("It cannot be waited for: {why}"))
}

/// What a program says on standard output, if it can be run and ends well.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What cargo says of this package to this program would make some build scripts run anew.
    for (name, _) in env::vars_os() {
        if is_about_this_package(&name) {
            cargo.env_remove(name);
        }
    }
    cargo
}

fn is_about_this_package(variable: &OsStr) -> bool {
    let name = variable.to_string_lossy();
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|of| name.starts_with(of))
}

/// Whether a program of this name can be called.
pub(crate) fn has(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|directory| directory.join(program).is_file())
}

/// A program run as root: by sudo for everybody else.
pub(crate) fn as_root(program: impl AsRef<OsStr>) -> Command {
    if is_root() {
        return Command::new(program);
    }
    let mut sudo = Command::new("sudo");
    sudo.arg(program);
    sudo
}

pub(crate) fn is_root() -> bool {
    answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    format!("`{}`", words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" "))
}

fn failed(command: &Command, status: ExitStatus) -> String {
    format!("{} failed ({status}).", shown(command))
}

fn cannot_start(command: &Command, why: &io::Error) -> String {
    format!("{} cannot be started: {why}.", shown(command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_is_named_with_its_words() {
        let why = run(Command::new("/bin/sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(why.contains("`sh -c exit 3` failed") && why.contains('3'), "{why}");
        let why = run(&mut Command::new("no-such-program")).unwrap_err();
        assert!(why.contains("`no-such-program` cannot be started"), "{why}");
    }

    #[test]
    fn lines_are_read_as_they_come_even_when_they_are_no_text() {
        let mut lines = Vec::new();
        let mut command = Command::new("/bin/sh");
        command.args(["-c", r"printf 'one\n\377\nthree'; exit 1"]);
        let well = run_reading(&mut command, |line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines, ["one", "\u{fffd}", "three"]);
        assert!(!well);
    }

    #[test]
    fn an_answer_is_what_was_said_on_a_happy_end() {
        assert_eq!(answer(Command::new("/bin/sh").args(["-c", "echo ' hello '"])).as_deref(), Some("hello"));
        assert_eq!(answer(Command::new("/bin/sh").args(["-c", "echo hello; exit 1"])), None);
    }
}
