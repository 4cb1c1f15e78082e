//! A circle that comes out of one number, and what happens to it step by step.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_api::{ApiError, Call, ErrorCode, calls, views::CircleView};
use jiff::SignedDuration;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use crate::{
    counts::Counts,
    neighbourhood::{Neighbourhood, Person},
    saved::{Member, Saved},
    trace::Trace,
    weather::Weather,
};

const NAMES: [&str; 5] = ["alice", "bob", "carol", "dave", "erin"];

/// How large a world is, and for how long the storm lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Steps of the storm.
    pub steps: u32,
    /// The most machines.
    pub machines: usize,
}

impl Plan {
    /// Short enough for five hundred of them in a minute and a half.
    pub const CHECK: Self = Self { steps: 40, machines: 8 };
    /// For a night.
    pub const NIGHT: Self = Self { steps: 150, machines: 12 };
}

/// A machine, and whose it is.
#[derive(Debug, Clone)]
pub struct Machine {
    /// By this name the neighbourhood knows it.
    pub person: Person,
    /// Whose it is.
    pub member: Member,
    /// It runs on a copied folder of this one.
    pub copy_of: Option<Person>,
    /// At which machine of its owner it was taken in.
    pub paired_at: Option<Person>,
    /// Its owner took it away, or the one at which it was taken in, so that nothing counts that it says later.
    pub taken_away: bool,
}

/// What is wrong.
pub type Wrong = String;

/// The circle of one seed.
#[derive(Debug)]
pub struct World {
    /// The machines and what is between them.
    pub street: Neighbourhood,
    /// All machines that belong to it, or try to.
    pub machines: Vec<Machine>,
    /// Those who mean harm: they have a say or not, and good keys.
    pub hostile: BTreeSet<Member>,
    /// What must be there in the end.
    pub saved: Saved,
    /// What happened.
    pub counts: Counts,
    /// Members who left, or were voted out by somebody.
    pub gone: BTreeSet<Member>,
    /// Who knows of whose removal: a machine, and the members.
    pub knows_removed: BTreeMap<Person, BTreeSet<Member>>,
    /// Whom a machine saw in the circle.
    pub saw: BTreeMap<Person, BTreeSet<Member>>,
    /// Each member's id in the circle, as soon as it is known.
    pub ids: BTreeMap<Member, String>,
    /// Whom two are to vote out.
    pub case: Option<Member>,
    pub(crate) plan: Plan,
    pub(crate) dice: StdRng,
    /// Lines of invitations that nobody used yet.
    pub(crate) open_lines: Vec<(Person, String)>,
    pub(crate) sticks: Vec<String>,
    pub(crate) made: u32,
    /// Titles that were forgotten, and whose.
    pub(crate) forgotten: Vec<(Member, String)>,
    pub(crate) frames_looked_at: usize,
    /// The first call that was answered with an inner error: no weather is a reason for one.
    pub(crate) surprise: Option<Wrong>,
    /// Whose clock was set last.
    pub(crate) years_wrong: Option<Person>,
    /// Whose clock is years behind: what they write is over already.
    pub(crate) years_behind: Option<Person>,
    /// Whose database was found damaged and set aside.
    pub(crate) damaged: BTreeSet<Person>,
}

impl World {
    /// The circle as it begins: everybody together, founded by two, everybody else let in by the first.
    #[must_use]
    pub fn begin(seed: u64, plan: Plan, trace: Trace) -> Self {
        let mut dice = StdRng::seed_from_u64(seed ^ 0x6c6f_7365_6b6e_6974);
        let mut street = Neighbourhood::of_seed(seed, trace);
        let most = NAMES.len().min(plan.machines);
        let many = dice.random_range(3..=most);
        let people = street.has_founded(&NAMES[..many], seed);
        let mut weather = Weather::calm(StdRng::from_rng(&mut dice));
        let machine = |(at, person): (usize, &Person)| Machine {
            person: *person,
            member: Member(at),
            copy_of: None,
            paired_at: None,
            taken_away: false,
        };
        let machines: Vec<Machine> = people.iter().enumerate().map(machine).collect();
        let mut hostile = BTreeSet::new();
        if dice.random_bool(0.5) {
            hostile.insert(Member(many - 1));
            if many > 4 && dice.random_bool(0.5) {
                hostile.insert(Member(many - 2));
            }
        }
        let others: Vec<Member> = (2..many).map(Member).collect();
        let case = dice.random_bool(0.3).then(|| others[dice.random_range(0..others.len())]);
        if dice.random_bool(0.3) {
            weather.newer.insert(people[dice.random_range(0..many)]);
        }
        street.network().weather = Some(weather);
        let mut world = Self {
            street,
            machines,
            hostile,
            saved: Saved::default(),
            counts: Counts::default(),
            gone: BTreeSet::new(),
            knows_removed: BTreeMap::new(),
            saw: BTreeMap::new(),
            ids: BTreeMap::new(),
            case,
            plan,
            dice,
            open_lines: Vec::new(),
            sticks: Vec::new(),
            made: 0,
            forgotten: Vec::new(),
            frames_looked_at: 0,
            surprise: None,
            years_wrong: None,
            years_behind: None,
            damaged: BTreeSet::new(),
        };
        for machine in world.machines.clone() {
            world.note_id(&machine);
            // As clocks are that nobody sets.
            let ahead = SignedDuration::from_mins(world.dice.random_range(-20..=20));
            world.street.set_clock_ahead(machine.person, ahead);
        }
        world
    }

    /// The whole storm.
    ///
    /// # Errors
    /// What must not be, and was.
    pub fn storm(&mut self) -> Result<(), Wrong> {
        for step in 0..self.plan.steps {
            self.street.trace().note(format_args!("step {step}"));
            self.step();
            self.look_at_frames()?;
            self.note_removals();
            self.excuse_what_was_long_ago();
        }
        Ok(())
    }

    fn step(&mut self) {
        match self.dice.random_range(0..100_u8) {
            0..=49 => self.somebody_does_something(),
            50..=73 => {
                let many = self.dice.random_range(1..60);
                self.street.deliver(many);
            }
            74..=79 => self.time_passes(),
            _ => self.something_goes_wrong(),
        }
    }

    fn time_passes(&mut self) {
        let seconds = [1, 2, 30, 40, 3_600, 30 * 3_600][self.dice.random_range(0..6)];
        self.street.skip(std::time::Duration::from_secs(seconds));
        self.street.tick();
    }

    // ---- what the parts of a world share

    /// Makes a call; an error is an answer like any other.
    pub(crate) fn ask<C: Call>(&mut self, person: Person, call: &C) -> Result<C::Reply, ApiError> {
        if !self.street.is_on(person) {
            return Err(crate::neighbourhood::no_power());
        }
        let reply = self.street.ask(person, call);
        if let Err(error) = &reply
            && error.code == ErrorCode::Internal
            && self.street.is_on(person)
            && self.surprise.is_none()
        {
            self.surprise = Some(format!("{} by {}: {error:?}", C::NAME, self.street.name(person)));
        }
        if reply.as_ref().is_err_and(|error| error.code == ErrorCode::DiskFull) {
            self.counts.saw("an act met a full disk");
        }
        reply
    }

    /// What a machine makes of the circle, if it is on and in one.
    pub(crate) fn circle_of(&mut self, person: Person) -> Option<CircleView> {
        self.ask(person, &calls::Circle {}).ok()
    }

    pub(crate) fn note_id(&mut self, machine: &Machine) {
        if self.ids.contains_key(&machine.member) {
            return;
        }
        let me = self.circle_of(machine.person).and_then(|circle| {
            circle.members.into_iter().find(|member| member.person.me).map(|member| member.person.id)
        });
        if let Some(me) = me {
            self.ids.insert(machine.member, me);
        }
    }

    /// One of these, or nothing where there is none.
    pub(crate) fn one_of<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        (!of.is_empty()).then(|| of[self.dice.random_range(0..of.len())].clone())
    }

    /// Any machine of somebody who means no harm, that is on.
    pub(crate) fn anybody(&mut self) -> Option<Machine> {
        self.machine_of(|_| true)
    }

    /// The same, of those that are meant.
    pub(crate) fn machine_of(&mut self, meant: impl Fn(&Machine) -> bool) -> Option<Machine> {
        let on = self.honest().filter(|machine| self.street.is_on(machine.person) && meant(machine));
        let on: Vec<Machine> = on.cloned().collect();
        self.one_of(&on)
    }

    /// The machines of those who mean no harm.
    pub(crate) fn honest(&self) -> impl Iterator<Item = &Machine> {
        self.machines.iter().filter(|machine| !self.hostile.contains(&machine.member))
    }

    pub(crate) fn weather(&mut self) -> &mut Weather {
        self.street.network().weather.as_mut().expect("a world has weather")
    }

    /// A word that nobody has said yet.
    pub(crate) fn fresh(&mut self, what: &str) -> String {
        self.made += 1;
        format!("{what} {:04x}-{}", self.dice.random::<u16>(), self.made)
    }
}
