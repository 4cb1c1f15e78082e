//! `cargo app`: the repository's own commands.
//!
//! They set up what is missing, saying each step and why, and then do what CI does. Only std is used, so
//! that they build in seconds on a machine that has nothing yet. A new command is one row of [`COMMANDS`].

mod advisories;
mod bench;
mod debian;
mod demo;
mod fuzz;
mod javascript;
mod node;
mod open;
mod python;
mod run;
mod rust;
mod say;
mod soak;
mod tally;
mod test;
mod tiers;
mod words;

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::run::Result;

/// One of the repository's commands.
struct Command {
    name: &'static str,
    options: &'static str,
    about: &'static str,
    run: fn(Call) -> Result,
}

/// How a command was called.
struct Call {
    /// The words after the command's name.
    words: Vec<OsString>,
    /// The directory it was called in. The commands themselves work at the top of the repository.
    from: PathBuf,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "",
        options: "[-- WORDS]",
        about: "sets up what is missing, builds the app and opens it with these words, such as --profile DIR",
        run: open::open,
    },
    Command {
        name: "test",
        options: "[--tier NAME]",
        about: "sets up what is missing and runs all that CI runs, or one tier of it",
        run: test::test,
    },
    Command {
        name: "demo",
        options: "[--make DIR]",
        about: "opens a circle of five live members on this machine that exchange for real, or only makes it in DIR",
        run: demo::demo,
    },
    Command {
        name: "soak",
        options: "[--kills NUMBER | --cases NUMBER | --seeds NUMBER | --networks | --flood]",
        about: "kills members at random moments a thousand times, tries 10,000 generated circles, lives through 50,000 in hostile weather, or puts members on bad networks or among crowds that mean harm, for a night",
        run: soak::soak,
    },
    Command {
        name: "fuzz",
        options: "[TARGET] [--minutes NUMBER]",
        about: "tries bytes that nobody thought of on one kind of what strangers hand over, or on all: ten minutes each",
        run: fuzz::fuzz,
    },
    Command {
        name: "bench",
        options: "[NAME]",
        about: "measures how fast it is beside others that do the same: cold, live, act, changed, admission, memory, growth, board, window, or all of them",
        run: bench::bench,
    },
    Command {
        name: "advisories",
        options: "[DIR]",
        about: "looks for known weaknesses in what we build on, in RustSec's database or a git copy of it in DIR",
        run: advisories::advisories,
    },
];

fn main() -> ExitCode {
    match start(env::args_os().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn start(mut words: Vec<OsString>) -> Result {
    let name = match words.first().and_then(|word| word.to_str()) {
        None | Some("--") => String::new(),
        Some("help" | "--help" | "-h") => {
            println!("{}", help());
            return Ok(());
        }
        Some(name) => name.to_owned(),
    };
    if !words.is_empty() {
        words.remove(0);
    }
    let command = COMMANDS
        .iter()
        .find(|command| command.name == name)
        .ok_or_else(|| format!("There is no `cargo app {name}`.\n\n{}", help()))?;
    let from = env::current_dir().map_err(|why| format!("The current directory cannot be read: {why}"))?;
    env::set_current_dir(top()).map_err(|why| format!("The repository cannot be entered: {why}"))?;
    (command.run)(Call { words, from })
}

/// The top of the repository: two levels above this package.
fn top() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).join("../..")
}

fn help() -> String {
    let mut help = String::from("The repository's own commands:");
    for command in COMMANDS {
        let call = format!("{} {}", command.name, command.options);
        help.push_str(&format!("\n\n  cargo app {}\n      {}", call.trim(), command.about));
    }
    help
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_command() {
        let help = help();
        for command in COMMANDS {
            assert!(help.contains(&format!("cargo app {}", command.name)), "{help}");
            assert!(help.contains(command.about), "{help}");
        }
    }

    #[test]
    fn an_unknown_command_says_which_there_are() {
        let why = start(vec!["tset".into()]).unwrap_err();
        assert!(why.contains("no `cargo app tset`") && why.contains("cargo app test"), "{why}");
    }
}
