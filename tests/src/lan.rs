//! Machines on a network of their own, with nothing else on it: what neighbours on one Wi-Fi are.

use std::{ffi::OsStr, net::Ipv4Addr, panic::resume_unwind, process::Command, thread};

use anyhow::{Context as _, Result};

use crate::{
    Forward,
    forward::enter,
    network::{Cable, Host, Switch},
};

/// A switch, and the machines that were plugged into it.
#[derive(Debug)]
pub struct Lan {
    switch: Switch,
    /// The third byte of its addresses.
    place: u8,
    machines: u8,
}

/// A machine on a [`Lan`]. Gone when dropped.
#[derive(Debug)]
pub struct Machine {
    host: Host,
    /// Where it is plugged in: the one of `eth0`, then `eth1` and so on.
    plugs: Vec<Plug>,
}

/// One network that a machine is on.
#[derive(Debug)]
struct Plug {
    cable: Cable,
    address: Ipv4Addr,
}

impl Lan {
    /// A switch with nothing plugged in.
    ///
    /// # Errors
    /// When namespaces cannot be made, which takes root.
    pub fn new() -> Result<Self> {
        Self::elsewhere(0)
    }

    /// A switch in another house, whose addresses are those of 10.77.`place`.0/24.
    ///
    /// # Errors
    /// As [`Lan::new`].
    pub fn elsewhere(place: u8) -> Result<Self> {
        Ok(Self { switch: Switch::new()?, place, machines: 0 })
    }

    /// One more machine, plugged in, with the next address and no way to anywhere else.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn machine(&mut self) -> Result<Machine> {
        let mut machine = Machine { host: Host::new()?, plugs: Vec::new() };
        machine.plug_into(self)?;
        Ok(machine)
    }

    fn next_address(&mut self) -> Result<Ipv4Addr> {
        self.machines = self.machines.checked_add(1).context("the switch is full")?;
        Ok(Ipv4Addr::new(10, 77, self.place, self.machines))
    }
}

impl Machine {
    /// Its address on the first of its networks.
    #[must_use]
    pub fn address(&self) -> Ipv4Addr {
        self.plugs.first().map_or(Ipv4Addr::UNSPECIFIED, |plug| plug.address)
    }

    /// The namespace that it is.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The cable to one of its networks: 0 is the first.
    ///
    /// # Errors
    /// When it is on fewer.
    pub fn cable(&self, number: usize) -> Result<&Cable> {
        self.plugs.get(number).map(|plug| &plug.cable).context("no such cable")
    }

    /// Puts it on one more network.
    ///
    /// # Errors
    /// When the cable cannot be made.
    pub fn plug_into(&mut self, lan: &mut Lan) -> Result<()> {
        let address = lan.next_address()?;
        let interface = format!("eth{}", self.plugs.len());
        let cable = lan.switch.plug(&self.host, &interface, &format!("{address}/24"))?;
        self.plugs.push(Plug { cable, address });
        Ok(())
    }

    /// Carries it to another network, running: it leaves all that it was on.
    ///
    /// # Errors
    /// When the cable cannot be made.
    pub fn carry_to(&mut self, lan: &mut Lan) -> Result<()> {
        self.plugs.drain(..).try_for_each(|plug| plug.cable.take_away())?;
        self.plug_into(lan)
    }

    /// Gives it another address on its first network, as a router does that was restarted.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn readdress(&mut self, lan: &mut Lan) -> Result<()> {
        let new = lan.next_address()?;
        let plug = self.plugs.first_mut().context("it is plugged in nowhere")?;
        self.host.ip(&format!("address delete {}/24 dev eth0", plug.address))?;
        self.host.ip(&format!("address add {new}/24 dev eth0"))?;
        plug.address = new;
        Ok(())
    }

    /// A program that will run on this machine.
    #[must_use]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        self.host.command(program)
    }

    /// Pulls the cable to its first network.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn unplug(&self) -> Result<()> {
        self.cable(0)?.pull()
    }

    /// Puts that cable back.
    ///
    /// # Errors
    /// When `ip` fails.
    pub fn plug(&self) -> Result<()> {
        self.cable(0)?.put_back()
    }

    /// Runs a part of the test on this machine: sockets made in there stay there.
    ///
    /// # Errors
    /// When the machine cannot be entered, which takes root.
    ///
    /// # Panics
    /// When the part panics.
    pub fn inside<T: Send>(&self, part: impl FnOnce() -> T + Send) -> Result<T> {
        let path = self.host.path();
        thread::scope(|scope| {
            let there = scope.spawn(|| enter(&path).map(|()| part()));
            there.join().unwrap_or_else(|panic| resume_unwind(panic))
        })
    }

    /// A way from the test to a TCP port that only this machine itself can reach.
    ///
    /// # Errors
    /// When the test has no port left.
    pub fn forward(&self, port: u16) -> Result<Forward> {
        Forward::start(self.host.path(), port)
    }
}
