//! Machines come, go, and get other addresses.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::Result;
use closeknit_tests::Lan;

use crate::village::{Village, row};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn six_on_one_network_hold_the_same_whatever_becomes_of_cables_and_addresses() -> Result<()> {
    let mut lan = Lan::new()?;
    let start = Instant::now();
    let mut village = Village::of_six(&mut lan)?;
    println!("(in one circle after {:?})", start.elapsed());
    village.post(0..6)?;
    row("six on one network: each wrote something", village.until_equal()?, 10 * SECOND);

    // One interface is switched off, one cable is pulled; both go on alone.
    village.machines[4].host().ip("link set eth0 down")?;
    village.machines[5].unplug()?;
    village.post(0..6)?;
    let posts = village.posts();
    village.until_these_equal(0..4, posts - 2)?;
    village.machines[4].host().ip("link set eth0 up")?;
    village.machines[5].plug()?;
    row("an interface down and up, a cable pulled and put back", village.until_equal()?, 40 * SECOND);

    for person in [0, 3] {
        village.machines[person].readdress(&mut lan)?;
    }
    village.post(0..6)?;
    row("two of six get another address", village.until_equal()?, 60 * SECOND);
    Ok(())
}

/// The system's news of both may come as one, that nothing has changed; whoever looked in between saw no network.
#[test]
fn a_link_that_is_gone_for_a_moment_costs_no_minute() -> Result<()> {
    let mut lan = Lan::new()?;
    let mut village = Village::of(2, &mut lan)?;
    let mut longest = Duration::ZERO;
    for ms in [150, 180, 210, 150, 180, 210, 150, 180] {
        let bob = village.machines[1].host();
        bob.ip("link set eth0 down")?;
        sleep(Duration::from_millis(ms));
        bob.ip("link set eth0 up")?;
        village.post(0..2)?;
        longest = longest.max(village.until_equal()?);
    }
    row("a link gone for a moment, eight times: the longest", longest, 30 * SECOND);
    Ok(())
}

#[test]
fn two_houses_are_joined_by_one_machine_that_walks_between_them() -> Result<()> {
    let (mut here, mut there) = (Lan::new()?, Lan::elsewhere(1)?);
    let mut village = Village::of_six(&mut here)?;
    for person in 3..6 {
        village.machines[person].carry_to(&mut there)?;
    }
    const CAROL: usize = 2;
    village.post(0..6)?;
    village.until_these_equal(0..3, 3)?;
    village.until_these_equal(3..6, 3)?;
    village.machines[CAROL].carry_to(&mut there)?;
    let there_now = village.until_these_equal(CAROL..6, 6)?;
    row("who walks over brings what the others lack", there_now, 40 * SECOND);
    village.post(0..6)?;
    village.until_these_equal(CAROL..6, 10)?;
    village.machines[CAROL].carry_to(&mut here)?;
    let back = village.until_these_equal(0..3, 12)?;
    row("and takes home what they wrote", back, 40 * SECOND);
    village.machines[CAROL].carry_to(&mut there)?;
    row("and all hold the same after one more walk", village.until_equal()?, 40 * SECOND);
    Ok(())
}
