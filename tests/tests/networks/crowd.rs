//! More networks than one, and a network with more machines than there are.

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, ensure};
use closeknit_tests::{Lan, forged};

use crate::village::{Village, row};

const SECOND: Duration = Duration::from_secs(1);
/// Where machines that look for each other call (RFC 6762).
const ALL: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 251);
const FORGED: usize = 1_000;

#[test]
fn two_machines_with_two_interfaces_each_find_each_other_on_either() -> Result<()> {
    let (mut one, mut other) = (Lan::new()?, Lan::elsewhere(1)?);
    let mut village = Village::of(2, &mut one)?;
    for machine in &mut village.machines {
        machine.plug_into(&mut other)?;
    }
    let only = |village: &Village, plugged: usize| -> Result<()> {
        for machine in &village.machines {
            machine.cable(plugged)?.put_back()?;
            machine.cable(1 - plugged)?.pull()?;
        }
        Ok(())
    };
    for (network, name) in [(1, "second"), (0, "first")] {
        only(&village, network)?;
        village.post(0..2)?;
        row(&format!("only the {name} of two networks is left"), village.until_equal()?, 30 * SECOND);
        village.restart()?;
        village.post(0..2)?;
        row(&format!("both are switched on with only the {name}"), village.until_equal()?, 15 * SECOND);
    }
    village.machines.iter().try_for_each(|machine| machine.cable(1)?.put_back())?;
    village.restart()?;
    village.post(0..2)?;
    row("both are switched on with both networks", village.until_equal()?, 15 * SECOND);
    Ok(())
}

/// While a thousand machines that do not exist are announced every second, by somebody who knows of no circle.
#[test]
fn in_a_cafe_of_a_thousand_forged_names_members_still_find_each_other() -> Result<()> {
    let mut lan = Lan::new()?;
    let mut village = Village::of(3, &mut lan)?;
    let mallorys = lan.machine()?;
    let before = village.members[0].memory()?;
    let names: Vec<String> = (0..FORGED).map(|number| format!("{number:016x}")).collect();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let shouting = scope.spawn(|| mallorys.inside(|| shout(mallorys.address(), &names, &over)));
        let story = found_in_the_crowd(&mut village, &mut lan, before);
        over.store(true, Ordering::SeqCst);
        let rounds = shouting.join().map_err(|_| anyhow!("it ended"))???;
        println!("({FORGED} names, {rounds} times)");
        story
    })
}

/// Says all of them about once a second.
fn shout(from: Ipv4Addr, names: &[String], over: &AtomicBool) -> Result<usize> {
    let (socket, mut rounds) = (UdpSocket::bind((from, 0))?, 0);
    while !over.load(Ordering::SeqCst) {
        for some in names.chunks(50) {
            forged::announce(&socket, SocketAddr::from((ALL, 5353)), some)?;
            thread::sleep(SECOND / 20);
        }
        rounds += 1;
    }
    Ok(rounds)
}

/// Under addresses that nobody knows yet.
fn found_in_the_crowd(village: &mut Village, lan: &mut Lan, before: u64) -> Result<()> {
    for person in [1, 2] {
        village.members[person].kill();
        village.machines[person].readdress(lan)?;
    }
    let begun = Instant::now();
    for person in [1, 2] {
        village.members[person].run_on(&village.machines[person])?;
    }
    village.post(0..3)?;
    village.until_equal()?;
    row("two of three come into a café of a thousand forged names", begun.elapsed(), 30 * SECOND);
    let after = village.members[0].memory()?;
    println!(
        "| what alice's machine has in memory for it | {} KiB | 16384 KiB |",
        after.saturating_sub(before)
    );
    ensure!(after < before + 16 * 1024, "{before} KiB before, {after} KiB after");
    Ok(())
}
