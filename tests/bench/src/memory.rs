//! What a member's process holds in memory who has started it and seen the board.

use std::{env, fs, path::Path, process::Command};

use anyhow::{Context as _, Result, ensure};
use closeknit_api::calls;
use closeknit_tests::street::{Street, circle_of, store_of};

use crate::{
    ferry::alone,
    say,
    table::{Aim, Row, Unit},
};

/// What this program is called with to be such a process.
pub(crate) const HOLDS: &str = "--holds";
const MIB: f64 = 1024.0 * 1024.0;
/// The larger of the circles.
const MANY: usize = 5_000;

/// A thousand members and five thousand over a circle of two, each beside the bytes of their log.
pub(crate) async fn measure(small: &Street, large: &Street) -> Result<Vec<Row>> {
    let empty = held(small)?;
    say(&format!("a circle of {MANY}"));
    let larger = Street::sized(MANY, 10).await?;
    let row = |what: &str, street: &Street, aim| -> Result<Row> {
        let (held, log) = (held(street)?, log(street)?);
        let (now, most) = (held.now - empty.now, held.most - empty.most);
        say(&format!("{what}: {:.1} MiB, {:.1} MiB at most", now / MIB, most / MIB));
        Ok(Row {
            what: what.into(),
            unit: Unit::Bytes,
            ours: now,
            beside: "the bytes of its log".into(),
            theirs: log,
            aim,
            spread: None,
        })
    };
    let (thousand, many) = ("memory with 1,000 members, over two", "memory with 5,000 members, over two");
    Ok(vec![row(thousand, large, Aim::Below(60.0 * MIB))?, row(many, &larger, Aim::Below(300.0 * MIB))?])
}

struct Held {
    now: f64,
    most: f64,
}

/// Asks another process, which has done nothing else before.
fn held(street: &Street) -> Result<Held> {
    let started = Command::new(env::current_exe()?).arg(HOLDS).arg(&street.rosa.profile).output()?;
    ensure!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
    let said = String::from_utf8(started.stdout)?;
    let mut numbers = said.split_whitespace().map(str::parse::<f64>);
    let mut next = || numbers.next().context("two numbers")?.context("a number");
    Ok(Held { now: next()?, most: next()? })
}

/// Is that process: opens the profile, sees the board, and says what it holds and what it held at most.
pub(crate) fn hold(profile: &Path) -> Result<()> {
    let home = closeknit_tests::Home { profile: profile.to_owned(), port: 0 };
    let mut member = alone(&home)?;
    member.ask(&calls::Board { limit: Some(100), ..calls::Board::default() })?;
    let status = fs::read_to_string("/proc/self/status")?;
    let of = |name: &str| -> Result<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).context("a line of the status")?;
        let kibibytes = line.trim_start_matches(':').trim_end_matches("kB").trim();
        Ok(kibibytes.parse::<u64>()? * 1024)
    };
    println!("{} {}", of("VmRSS")?, of("VmHWM")?);
    Ok(())
}

/// Statements, tips and changes, as they were signed and written.
fn log(street: &Street) -> Result<f64> {
    let store = store_of(&street.rosa)?;
    let (view, circle) = (store.view(), circle_of(&store)?);
    let statements: usize = view.statements(circle)?.iter().map(|row| row.bytes.len()).sum();
    let tips: usize = view.tips(circle)?.iter().map(|row| row.bytes.len()).sum();
    let changes: u64 = view.documents(circle)?.iter().map(|document| document.bytes).sum();
    Ok((statements + tips) as f64 + changes as f64)
}
