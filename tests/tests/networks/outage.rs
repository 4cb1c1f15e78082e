//! The network is away in the middle of something long.

use std::time::{Duration, Instant};

use anyhow::Result;
use closeknit_tests::{Home, Lan, Machine, Sky, Street, Weather, within};

use crate::{
    member::Member,
    village::{PATIENCE, row},
};

/// What passes in a second: a busy Wi-Fi.
const NARROW: u32 = 160 * 1024;

/// Rosa has much, and Sam, who was away for long, comes on to her network.
struct Catching {
    rosa: Member,
    sam: Member,
    at_sams: Machine,
    /// Ends before its cable.
    _sky: Sky,
    _at_rosas: Machine,
    _lan: Lan,
    begun: Instant,
}

fn moved_in(name: &str, home: &Home) -> Result<Member> {
    let member = Member::new(name)?;
    home.copy(member.profile.path())?;
    Ok(member)
}

impl Catching {
    fn begin(street: &mut Street) -> Result<Self> {
        let mut lan = Lan::new()?;
        let (at_rosas, at_sams) = (lan.machine()?, lan.machine()?);
        let narrow = Weather::FAIR.narrow(NARROW);
        let sky = Sky::over(at_rosas.cable(0)?, narrow, narrow, 1)?;
        let (homes, begun) = (street.pair()?, Instant::now());
        let (mut rosa, mut sam) = (moved_in("rosa", &homes.0)?, moved_in("sam", &homes.1)?);
        rosa.run_on(&at_rosas)?;
        sam.run_on(&at_sams)?;
        Ok(Self { rosa, sam, at_sams, _sky: sky, _at_rosas: at_rosas, _lan: lan, begun })
    }

    fn received(&self) -> Result<u64> {
        self.at_sams.cable(0)?.received()
    }

    fn until_received(&self, bytes: u64) -> Result<()> {
        within(PATIENCE, "some of it", || Ok((self.received()? >= bytes).then_some(())))
    }

    fn until_equal(&self) -> Result<()> {
        let rosas = self.rosa.digest()?;
        within(PATIENCE, "both holding the same", || Ok((self.sam.digest()? == rosas).then_some(())))
    }

    /// Nobody hears anybody for so long; Sam sees that he is alone.
    fn without_a_network(&self, long: Duration) -> Result<()> {
        self.at_sams.unplug()?;
        let away = Instant::now();
        within(PATIENCE, "being alone", || {
            Ok((self.sam.connections()? == 0 && away.elapsed() >= long).then_some(()))
        })?;
        self.at_sams.plug()
    }
}

/// How much is received in all, and after half of it, when the network is away for so long in the middle.
fn caught_up(long: Duration, flat_battery: bool) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut street = runtime.block_on(Street::sized(40, 60))?;
    let undisturbed = Catching::begin(&mut street)?;
    undisturbed.until_equal()?;
    let (whole, usual) = (undisturbed.received()?, undisturbed.begun.elapsed());
    drop(undisturbed);

    let mut catching = Catching::begin(&mut street)?;
    catching.until_received(whole / 2)?;
    let first = catching.received()?;
    catching.without_a_network(long)?;
    let back = Instant::now();
    if flat_battery {
        catching.sam.kill();
        catching.sam.run_on(&catching.at_sams)?;
    }
    catching.until_equal()?;
    let (took, all) = (back.elapsed(), catching.received()?);
    let how = if flat_battery { ", and switched off" } else { "" };
    println!("(the whole is {whole} bytes in {usual:?}; {first} before, {} after)", all - first);
    let what = format!("catching up, {} s without a network in the middle{how}", long.as_secs());
    row(&what, took, PATIENCE.min(5 * usual).max(Duration::from_secs(60)));
    assert!(all < whole * 5 / 4, "{all} bytes instead of {whole}: it began anew");
    assert!(all - first < whole * 3 / 4, "{} of {whole} bytes once more", all - first);
    Ok(())
}

#[test]
fn what_was_interrupted_goes_on_where_it_was() -> Result<()> {
    caught_up(Duration::from_secs(8), false)
}

#[test]
#[ignore = "night: a minute without a network"]
fn what_was_interrupted_for_a_minute_goes_on_where_it_was() -> Result<()> {
    caught_up(Duration::from_secs(60), false)
}

#[test]
#[ignore = "night: a minute without a network"]
fn what_a_flat_battery_interrupted_too_goes_on_where_it_was() -> Result<()> {
    caught_up(Duration::from_secs(60), true)
}
