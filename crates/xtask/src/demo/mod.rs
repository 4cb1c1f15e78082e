//! `cargo app demo`: a circle of five live members on this machine that really exchange. Each is a
//! process of its own with a profile of its own; they speak over the loopback and nowhere else.

mod circle;
mod line;
mod scenes;

use std::{ffi::OsString, process::Command};

use crate::{
    Call, open,
    run::{Result, answer},
    say,
};
use circle::{Demo, Running};

pub(crate) fn demo(call: Call) -> Result {
    match call.words.split_first() {
        Some((option, rest)) if option == "--make" => make(rest, &call),
        _ => open(call),
    }
}

/// Makes the circle anew in a directory that is not there yet, says where each profile is, and opens nothing.
fn make(words: &[OsString], call: &Call) -> Result {
    let [home] = words else { return Err("`--make` wants a directory that is not there yet.".to_owned()) };
    let home = call.from.join(home);
    if home.exists() {
        return Err(format!("{} is there already.", home.display()));
    }
    open::build_members()?;
    let demo = Demo::new(home)?;
    demo.make()?;
    for member in scenes::MEMBERS {
        println!("{} {}", member.name, demo.profile(member.name).display());
    }
    Ok(())
}

/// Opens Rosa's window beside the others at work; makes the circle where it is not there yet.
fn open(call: Call) -> Result {
    let window = open::prepare_all()?;
    let demo = Demo::new(open::beside_this("demo")?)?;
    if !demo.is_ready() {
        say::step("a circle of five", "made anew; it takes about half a minute");
        demo.remove()?;
        demo.make()?;
    }
    say::step(
        "Sam, Ines, Liesl and Pavel",
        "four members at work on this machine; closing Rosa's window ends them",
    );
    let others: Vec<Running> = demo.run_others(&[], None)?;
    let know = demo.addresses_of_others()?;
    let (program, first) = if window { ("closeknit-app", None) } else { ("closeknit", Some("serve")) };
    let mut rosa = Command::new(open::beside_this(program)?);
    rosa.env("CLOSEKNIT_KEYCHAIN", "none");
    rosa.arg("--profile").arg(demo.profile("rosa")).args(first).args(["--listen", "127.0.0.1:0"]);
    rosa.args(if window { None } else { Some("--no-discovery") });
    rosa.args(know.iter().flat_map(|address| ["--know", address])).args(call.words);
    let ended = rosa.status().map_err(|why| format!("Rosa's window cannot be opened: {why}"));
    drop(others);
    ended.map(|_| ())
}
