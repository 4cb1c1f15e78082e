//! More networks than one, and a network with more machines than there are.

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, ensure};
use closeknit_tests::{Lan, eventually, forged};

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
        // Where they were before nobody answers for five seconds; an announcement says sooner where they are.
        row(&format!("both are switched on with only the {name}"), village.until_equal()?, 5 * SECOND);
    }
    village.machines.iter().try_for_each(|machine| machine.cable(1)?.put_back())?;
    village.restart()?;
    village.post(0..2)?;
    row("both are switched on with both networks", village.until_equal()?, 5 * SECOND);
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
    let crowd =
        Crowd { from: mallorys.address(), names, rounds: AtomicUsize::new(0), over: AtomicBool::new(false) };
    thread::scope(|scope| {
        let shouting = scope.spawn(|| mallorys.inside(|| crowd.shout()));
        let story = found_in_the_crowd(&mut village, &mut lan, &crowd, before);
        crowd.over.store(true, Ordering::SeqCst);
        shouting.join().map_err(|_| anyhow!("nobody shouts"))???;
        story
    })
}

/// Machines that do not exist.
struct Crowd {
    from: Ipv4Addr,
    names: Vec<String>,
    /// How often all of them were announced.
    rounds: AtomicUsize,
    over: AtomicBool,
}

impl Crowd {
    /// Announces all of them about once a second.
    fn shout(&self) -> Result<()> {
        let socket = UdpSocket::bind((self.from, 0))?;
        while !self.over.load(Ordering::SeqCst) {
            for some in self.names.chunks(50) {
                forged::announce(&socket, SocketAddr::from((ALL, 5353)), some)?;
                thread::sleep(SECOND / 20);
            }
            self.rounds.fetch_add(1, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Until all were announced so often.
    fn until_shouted(&self, rounds: usize) -> Result<()> {
        eventually("the crowd", || Ok((self.rounds.load(Ordering::SeqCst) >= rounds).then_some(())))
    }
}

/// Bob and Carol come home, where everybody has got another address, and nobody knows whose.
fn found_in_the_crowd(village: &mut Village, lan: &mut Lan, crowd: &Crowd, before: u64) -> Result<()> {
    crowd.until_shouted(3)?;
    for away in [1, 2] {
        village.members[away].kill();
    }
    for machine in &mut village.machines {
        machine.readdress(lan)?;
    }
    let begun = Instant::now();
    for back in [1, 2] {
        village.members[back].run_on(&village.machines[back])?;
    }
    village.post(0..3)?;
    village.until_equal()?;
    row("coming home among a thousand forged names", begun.elapsed(), 30 * SECOND);
    crowd.until_shouted(6)?;
    let after = village.members[0].memory()?;
    println!(
        "| a thousand forged names, six times: memory | {} KiB | 16384 KiB |",
        after.saturating_sub(before)
    );
    ensure!(after < before + 16 * 1024, "{before} KiB before, {after} KiB after");
    Ok(())
}
