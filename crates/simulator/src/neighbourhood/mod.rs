//! Several members on one thread: each an engine on a profile of its own, joined by a network that
//! is only in memory. What it carries it carries whole and in order; machines are taken apart and
//! brought together by the test, and time goes on when the test says so.

mod apart;
mod customs;
mod network;
#[path = "../../../store/tests/story/pages.rs"]
pub mod pages;
mod power;

use std::{path::PathBuf, sync::Arc, time::Duration};

use closeknit_api::{ApiError, Call, ErrorCode, Request, Response, Tag, calls};
use closeknit_ids::{CircleId, MemberId};
use closeknit_node::{Apart, Engine, Given, Input, Moment, Openers, Output, Vault};
use closeknit_store::{Disk, ProfileLock, Store};
use closeknit_trust::device::DeviceKeys;
use jiff::{SignedDuration, Timestamp};
use rand::{
    SeedableRng as _,
    rngs::{StdRng, SysRng},
};
use tempfile::TempDir;

use self::{apart::Beside, power::with_power};
pub use self::{
    network::{Frame, Network},
    power::{CopiedStore, no_power},
};
use crate::{
    disk::{Plate, copy_files},
    trace::Trace,
};

/// When every story begins: a Tuesday noon in Vienna, 2026-11-24T11:00:00Z.
const BEGINNING: Timestamp = Timestamp::constant(1_795_518_000, 0);

/// In memory where there is such a place: that everything waits for the disk is tested elsewhere.
pub fn directory(name: &str) -> TempDir {
    let mut builder = tempfile::Builder::new();
    let in_memory = builder.prefix(name).tempdir_in("/dev/shm");
    in_memory.or_else(|_| builder.tempdir()).unwrap()
}

/// One of the people of a neighbourhood, with one machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person(pub usize);

#[derive(Debug)]
struct Home {
    name: String,
    directory: TempDir,
    engine: Option<Engine>,
    disk: Arc<Plate>,
    /// How far this machine's clock is ahead.
    ahead: SignedDuration,
    /// Where this machine tries what ended the program before.
    apart: Option<Arc<dyn Apart>>,
    /// How often faces were called to fetch what there is to tell.
    called: usize,
}

/// Everybody, their machines, and what is between them.
#[derive(Debug)]
pub struct Neighbourhood {
    homes: Vec<Home>,
    network: Network,
    steady_ms: u64,
    /// What every engine's randomness is seeded from.
    dice: StdRng,
    /// What happened so far, where it is asked for.
    trace: Option<Trace>,
    /// Where machines try changes that their program ended over.
    beside: Arc<Beside>,
}

impl Default for Neighbourhood {
    fn default() -> Self {
        Self::new()
    }
}

impl Neighbourhood {
    /// Nobody lives here yet. Its randomness is the system's, so that no two neighbourhoods share a key.
    #[must_use]
    pub fn new() -> Self {
        Self::with_dice(StdRng::try_from_rng(&mut SysRng).unwrap(), None)
    }

    /// The same, where all that is random comes from one number, what happens is traced, and disks are played.
    #[must_use]
    pub fn of_seed(seed: u64, trace: Trace) -> Self {
        Self::with_dice(StdRng::seed_from_u64(seed), Some(trace))
    }

    fn with_dice(dice: StdRng, trace: Option<Trace>) -> Self {
        let (network, beside) = (Network::default(), Arc::default());
        Self { homes: Vec::new(), network, steady_ms: 0, dice, trace, beside }
    }

    /// Somebody with a machine that is switched on, in one place with everybody else.
    pub fn person(&mut self, name: &str) -> Person {
        let person = self.moves_in(name);
        self.switch_on(person).unwrap();
        person
    }

    /// Somebody with a machine that was never switched on.
    pub fn moves_in(&mut self, name: &str) -> Person {
        let directory = directory(name);
        let disk = Arc::new(Plate::under(&directory.path().join("profile")));
        let home = Home {
            name: name.into(),
            directory,
            engine: None,
            disk,
            ahead: SignedDuration::ZERO,
            apart: self.trace.is_some().then(|| Arc::clone(&self.beside) as _),
            called: 0,
        };
        self.homes.push(home);
        let person = Person(self.homes.len() - 1);
        self.network.move_in(person);
        person
    }

    /// Somebody's whole folder, copied to another machine, where the program is started too.
    pub fn copy_of(&mut self, person: Person, name: &str) -> Person {
        let copy = self.moves_in(name);
        self.switch_off(person);
        copy_files(&self.profile(person), &self.profile(copy));
        self.switch_on(person).unwrap();
        self.switch_on(copy).unwrap();
        copy
    }

    /// A line that another machine takes to become one of somebody's, both say yes to the same code, and it is.
    pub fn pairs(&mut self, person: Person, name: &str) -> Person {
        let invitation = self.tell(person, &calls::Pair {}).text;
        let new = self.person(name);
        self.meet(&[person, new]);
        self.tell(new, &calls::Join { invitation, ..Default::default() });
        self.agree(new, person);
        new
    }

    /// The 24 words of somebody whose machine holds them.
    pub fn words_of(&mut self, person: Person) -> String {
        self.tell(person, &calls::Words {}).words.unwrap().join(" ")
    }

    /// Somebody writes their words down, and this machine forgets them.
    pub fn writes_down(&mut self, person: Person) -> String {
        let shown = self.tell(person, &calls::Words {});
        let sheet = shown.words.unwrap();
        let asked = shown.ask.iter().map(|number| sheet[usize::from(*number) - 1].clone()).collect();
        self.tell(person, &calls::CheckWords { words: asked });
        sheet.join(" ")
    }

    /// Starts the program on somebody's profile, and lets everybody who is near hear of it.
    pub fn switch_on(&mut self, person: Person) -> Result<(), ApiError> {
        self.start(person)?;
        self.run();
        Ok(())
    }

    /// Starts the program on somebody's profile.
    pub fn start(&mut self, person: Person) -> Result<(), ApiError> {
        let disk: Arc<dyn Disk> = Arc::clone(&self.homes[person.0].disk) as _;
        let given =
            Given { rng: StdRng::from_rng(&mut self.dice), disk: self.trace.is_some().then_some(disk) };
        let profile = self.profile(person);
        let opened = with_power(|| Engine::open_given(&profile, Openers::default(), given));
        let Some(opened) = opened else {
            self.power_is_gone(person);
            return Err(no_power());
        };
        let mut engine = opened?;
        if let Some(apart) = &self.homes[person.0].apart {
            engine.try_apart(Arc::clone(apart));
        }
        self.homes[person.0].engine = Some(engine);
        self.network.plug_in(person, self.keys(person).id());
        self.handle(person, Input::Networked { know: Vec::new() });
        self.network.tell_addresses(person);
        Ok(())
    }

    /// Ends the program in order, with what it has left to say.
    pub fn finish(&mut self, person: Person) {
        let at = self.moment(person);
        let outputs = self.homes[person.0].engine.as_mut().map(|engine| engine.finish(at));
        self.carry_out(person, outputs.unwrap_or_default());
        self.run();
        self.switch_off(person);
    }

    /// Ends the program; everybody notices.
    pub fn switch_off(&mut self, person: Person) {
        self.homes[person.0].engine = None;
        self.network.unplug(person);
        self.run();
    }

    /// The folder of somebody's profile.
    pub fn profile(&self, person: Person) -> PathBuf {
        self.homes[person.0].directory.path().join("profile")
    }

    /// What somebody is called.
    pub fn name(&self, person: Person) -> &str {
        &self.homes[person.0].name
    }

    /// Gives somebody's machine a place to try what ended the program before.
    pub fn tries_apart(&mut self, person: Person, apart: Arc<dyn Apart>) {
        self.homes[person.0].apart = Some(Arc::clone(&apart));
        if let Some(engine) = &mut self.homes[person.0].engine {
            engine.try_apart(apart);
        }
    }

    /// How often a machine of a world tried a change where it ends nothing.
    pub fn tried_apart(&self) -> u32 {
        self.beside.tried()
    }

    /// Shows how far a backup of somebody's machine is.
    pub fn shows_progress(&mut self, person: Person, underway: Arc<closeknit_node::Underway>) {
        self.homes[person.0].engine.as_mut().expect("switched on").shows_progress(underway);
    }

    /// How often somebody's faces were called since this was last asked.
    pub fn calls_to(&mut self, person: Person) -> usize {
        std::mem::take(&mut self.homes[person.0].called)
    }

    /// Sets somebody's clock wrong.
    pub fn set_clock_ahead(&mut self, person: Person, by: SignedDuration) {
        self.homes[person.0].ahead = by;
    }

    /// The circle's id.
    pub fn circle_id(&mut self, person: Person) -> CircleId {
        let id = self.tell(person, &calls::Circle {}).id;
        CircleId::from_slice(&unhex(&id)).unwrap()
    }

    /// Whom somebody is in the circle.
    pub fn member_id(&mut self, person: Person) -> MemberId {
        let members = self.tell(person, &calls::Circle {}).members;
        let me = members.into_iter().find(|member| member.person.me).unwrap();
        MemberId::from_slice(&unhex(&me.person.id)).unwrap()
    }

    /// The keys of somebody's machine, for whoever means harm with them.
    pub fn keys(&self, person: Person) -> DeviceKeys {
        self.vault(person).device_keys(&self.profile(person)).unwrap().unwrap()
    }

    /// The same of a machine that may never have come so far.
    ///
    /// # Errors
    /// If there are none, or they cannot be read.
    pub fn keys_of(&self, person: Person) -> Result<DeviceKeys, ApiError> {
        let vault = Vault::of(&self.profile(person), Openers::default())?;
        vault.device_keys(&self.profile(person))?.ok_or_else(no_power)
    }

    /// The database of a machine that is switched off.
    pub fn store(&self, person: Person) -> Store {
        let lock = ProfileLock::take(&self.profile(person)).unwrap();
        Store::open(&lock, &self.vault(person).page_key()).unwrap()
    }

    /// What somebody's machine encrypts everything from.
    pub fn vault(&self, person: Person) -> Vault {
        Vault::of(&self.profile(person), Openers::default()).unwrap()
    }

    fn moment(&self, person: Person) -> Moment {
        let since = SignedDuration::from_millis(i64::try_from(self.steady_ms).unwrap());
        let now = BEGINNING + since + self.homes[person.0].ahead;
        Moment { now, steady_ms: self.steady_ms }
    }

    fn handle(&mut self, person: Person, input: Input) {
        let at = self.moment(person);
        let Home { engine: Some(engine), name, .. } = &mut self.homes[person.0] else { return };
        if let Some(trace) = &mut self.trace {
            trace.input(name, &input);
        }
        match with_power(|| engine.handle(at, input)) {
            Some(outputs) => self.carry_out(person, outputs),
            None => self.power_is_gone(person),
        }
    }

    fn carry_out(&mut self, person: Person, outputs: Vec<Output>) {
        for output in outputs {
            if let Some(trace) = &mut self.trace {
                trace.output(&self.homes[person.0].name, &output);
            }
            match output {
                Output::Net(command) => self.network.command(person, command, self.steady_ms),
                Output::Tag(Tag::Notice) => self.homes[person.0].called += 1,
                Output::Tag(_) => {}
            }
        }
    }

    /// Makes a call. What it gives others to do waits for [`Self::run`].
    pub fn ask<C: Call>(&mut self, person: Person, call: &C) -> Result<C::Reply, ApiError> {
        self.ask_in(person, None, call)
    }

    /// The same about a circle by its name.
    pub fn ask_in<C: Call>(
        &mut self,
        person: Person,
        circle: Option<&str>,
        call: &C,
    ) -> Result<C::Reply, ApiError> {
        let mut request = Request::of(call).unwrap();
        request.circle = circle.map(str::to_owned);
        let at = self.moment(person);
        let engine = self.homes[person.0].engine.as_mut().expect("switched on");
        let Some((response, outputs)) = with_power(|| engine.call(at, &request)) else {
            self.power_is_gone(person);
            return Err(no_power());
        };
        if let Some(trace) = &mut self.trace {
            trace.call(&self.homes[person.0].name, &request, &response);
        }
        self.carry_out(person, outputs);
        match response {
            Response::Ok(value) => Ok(serde_json::from_value(value).unwrap()),
            Response::Error(error) => Err(error),
        }
    }

    /// Makes a call that goes well, and lets everybody who is near hear of it.
    pub fn tell<C: Call>(&mut self, person: Person, call: &C) -> C::Reply {
        let reply = self.ask(person, call);
        let reply =
            reply.unwrap_or_else(|error| panic!("{} cannot {}: {error:?}", self.name(person), C::NAME));
        self.run();
        reply
    }

    /// Makes a call that is refused, and says why.
    pub fn refused<C: Call>(&mut self, person: Person, call: &C) -> ApiError
    where
        C::Reply: std::fmt::Debug,
    {
        let error = self.ask(person, call).expect_err("this should have been refused");
        self.run();
        error
    }

    /// Makes a call that is refused, and says with which code.
    pub fn refusal<C: Call>(&mut self, person: Person, call: &C) -> ErrorCode
    where
        C::Reply: std::fmt::Debug,
    {
        self.refused(person, call).code
    }

    /// Lets everything happen that follows from what happened, until nothing more does.
    pub fn run(&mut self) {
        assert!(self.run_for(100_000), "they never come to rest");
    }

    /// The same, but stops after so many frames arrived; says whether all came to rest.
    pub fn run_for(&mut self, frames: usize) -> bool {
        let mut arrived = 0;
        loop {
            let mut quiet = true;
            while let Some((person, event)) = self.network.next() {
                quiet = false;
                let frame = matches!(event, closeknit_net::NetEvent::Frame { .. });
                self.handle(person, Input::Net(event));
                arrived += usize::from(frame);
                if arrived >= frames {
                    return false;
                }
            }
            // What a dead direction holds up is still on its way.
            if !self.network.look_around(self.steady_ms) || quiet && self.network.is_held_up() {
                return true;
            }
        }
    }

    /// Lets time pass, second by second.
    pub fn pass(&mut self, time: Duration) {
        let until = self.steady_ms + u64::try_from(time.as_millis()).unwrap();
        while self.steady_ms < until {
            self.steady_ms = until.min(self.steady_ms + 1_000);
            for person in (0..self.homes.len()).map(Person) {
                self.handle(person, Input::Tick);
            }
            self.run();
        }
    }

    /// Lets time pass of which nobody takes note before it is over: everything sleeps.
    pub fn skip(&mut self, time: Duration) {
        self.steady_ms += u64::try_from(time.as_millis()).unwrap();
    }

    /// Takes somebody's machine away from all others.
    pub fn part(&mut self, person: Person) {
        self.network.part(person);
        self.run();
    }

    /// Takes everybody's machine home.
    pub fn part_all(&mut self) {
        for person in (0..self.homes.len()).map(Person) {
            self.network.part(person);
        }
        self.run();
    }

    /// Brings these together, away from everybody else, and waits until they have exchanged.
    pub fn meet(&mut self, people: &[Person]) {
        self.near(people);
        self.run();
    }

    /// Brings these together; nothing has happened between them yet.
    pub fn near(&mut self, people: &[Person]) {
        self.network.gather(people);
    }

    /// Machines of one place find each other without having heard of each other.
    pub fn discovery(&mut self) {
        self.network.announce = true;
    }

    /// Every frame that was sent so far.
    pub fn frames(&self) -> &[Frame] {
        &self.network.frames
    }

    /// The network, for whoever is no member.
    pub fn network(&mut self) -> &mut Network {
        &mut self.network
    }
}

/// Bytes from the digits that faces show.
pub fn unhex(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

/// Whether `bytes` contain `wanted`.
pub fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
