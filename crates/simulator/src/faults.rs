//! What goes wrong: lines, power, disks, clocks, folders.

use std::os::unix::fs::FileExt as _;

use closeknit_api::ErrorCode;
use jiff::SignedDuration;
use rand::RngExt as _;

use crate::{
    disk::{Unsynced, copy_files},
    neighbourhood::{Person, no_power},
    world::{Machine, World},
};

const YEARS: SignedDuration = SignedDuration::from_hours(10 * 365 * 24);
/// What stands before the first page is the salt: nothing else tells whose file it is.
const SALT: u64 = 16;

impl World {
    pub(crate) fn something_goes_wrong(&mut self) {
        match self.dice.random_range(0..100_u8) {
            0..=15 => self.the_weather_turns(),
            16..=29 => self.somebody_walks(),
            30..=43 => self.power_goes(),
            44..=65 => self.power_returns(),
            66..=71 => self.a_disk_fills(),
            72..=75 => self.a_database_rots(),
            76..=78 => self.a_folder_is_copied(),
            79..=83 => self.a_clock_goes_wrong(),
            84..=86 => self.a_stranger_knocks(),
            87..=91 => self.somebody_tries_a_later_version(),
            _ => self.somebody_lies(),
        }
    }

    fn the_weather_turns(&mut self) {
        let (lost, doubled) = ([0, 0, 5, 20, 50], [0, 10, 30, 50]);
        let (lost, doubled) = (self.one_of(&lost), self.one_of(&doubled));
        let people: Vec<Person> = self.machines.iter().map(|machine| machine.person).collect();
        let dead = self.one_of(&people).zip(self.one_of(&people)).filter(|_| self.dice.random_bool(0.4));
        let weather = self.weather();
        weather.lost = lost.unwrap_or_default();
        weather.doubled = doubled.unwrap_or_default();
        weather.one_way = dead.into_iter().collect();
    }

    /// The circle splits, or some come together.
    fn somebody_walks(&mut self) {
        let people: Vec<Person> = self.machines.iter().map(|machine| machine.person).collect();
        if self.dice.random_bool(0.4) {
            self.street.near(&people);
            return;
        }
        let some: Vec<Person> = people.into_iter().filter(|_| self.dice.random_bool(0.5)).collect();
        self.counts.saw("the circle was split");
        self.street.near(&some);
    }

    fn power_goes(&mut self) {
        let Some(machine) = self.any_that_is_on() else { return };
        let unsynced = self.fate_of_unsynced();
        if self.dice.random_bool(0.5) {
            let after = self.dice.random_range(0..12);
            self.street.disk(machine.person).cut_after(Some((after, unsynced)));
            return;
        }
        self.counts.saw("a machine lost power between two acts");
        if self.street.loses_power(machine.person, unsynced) {
            self.counts.saw(match unsynced {
                Unsynced::Kept => "what was not promised to be on the disk was kept",
                Unsynced::Dropped => "what was not promised to be on the disk was dropped",
                Unsynced::Torn(_) => "what was not promised to be on the disk was torn",
            });
        }
    }

    fn fate_of_unsynced(&mut self) -> Unsynced {
        match self.dice.random_range(0..3_u8) {
            0 => Unsynced::Kept,
            1 => Unsynced::Dropped,
            _ => Unsynced::Torn(self.dice.random_range(0..1_000)),
        }
    }

    /// Whoever is out comes back, sometimes to lose power again while it starts; or somebody starts anew in order.
    fn power_returns(&mut self) {
        let out: Vec<Machine> =
            self.machines.iter().filter(|machine| !self.street.is_on(machine.person)).cloned().collect();
        let machine = match self.one_of(&out) {
            Some(machine) => machine,
            None => {
                let Some(machine) = self.any_that_is_on() else { return };
                self.street.unplugs(machine.person);
                machine
            }
        };
        if self.dice.random_bool(0.15) {
            let unsynced = self.fate_of_unsynced();
            let after = self.dice.random_range(0..4);
            self.street.disk(machine.person).cut_after(Some((after, unsynced)));
        }
        self.starts(machine.person);
    }

    pub(crate) fn starts(&mut self, person: Person) {
        match self.street.start(person) {
            Ok(()) => {}
            Err(error) if error == no_power() => self.counts.saw("a machine lost power while it started"),
            Err(error) if error.code == ErrorCode::DiskFull => {
                self.counts.saw("a machine did not start on a full disk");
            }
            Err(error) => panic!("{} does not start: {error:?}", self.street.name(person)),
        }
    }

    pub(crate) fn any_that_is_on(&mut self) -> Option<Machine> {
        let on: Vec<Machine> =
            self.machines.iter().filter(|machine| self.street.is_on(machine.person)).cloned().collect();
        self.one_of(&on)
    }

    fn a_disk_fills(&mut self) {
        let Some(machine) = self.any_that_is_on() else { return };
        let full = self.dice.random_bool(0.6);
        self.street.disk(machine.person).fill(full);
        if full {
            self.counts.saw("a disk was full");
        }
    }

    /// A bit of a database turns while the machine is off. What nobody else has may be gone then. What is sealed is not as
    /// long in each run, because sealing draws dice of its own: the same seed may hit something else, and a seed that was
    /// red after this may take several runs to be so again.
    fn a_database_rots(&mut self) {
        let Some(machine) = self.any_that_is_on().filter(|machine| machine.copy_of.is_none()) else { return };
        self.street.unplugs(machine.person);
        let path = self.street.profile(machine.person).join("closeknit.db");
        let file = std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
        let length = file.metadata().unwrap().len();
        let place = self.dice.random_range(SALT..length);
        let mut byte = [0];
        file.read_exact_at(&mut byte, place).unwrap();
        file.write_all_at(&[byte[0] ^ 0x10], place).unwrap();
        let name = self.street.name(machine.person).to_owned();
        self.street.trace().note(format_args!("{name} rots"));
        self.counts.saw("a database rotted");
        self.forgets_who_belongs(machine.person);
        // Whoever wrote it: this may have been the last machine that had it.
        let known = self.known_to_all_but(|other| other.person == machine.person);
        self.saved.excuse(|_| true, |id| known.contains(id));
        self.starts(machine.person);
        // The statement that forgets goes with the database that alone had it.
        let forgotten = self.known_to_be_forgotten();
        let titles = self.saved.may_come_back(|post| !forgotten.contains(&post.id));
        self.forgotten.retain(|(_, title)| !titles.contains(title));
        if self.street.has_set_aside(machine.person) {
            self.damaged.insert(machine.person);
            self.counts.saw("a damaged database was set aside");
        }
    }

    fn a_folder_is_copied(&mut self) {
        let any_copy = self.machines.iter().any(|machine| machine.copy_of.is_some());
        if any_copy || self.machines.len() >= self.plan.machines {
            return;
        }
        let Some(machine) = self.any_that_is_on() else { return };
        self.street.unplugs(machine.person);
        let copy = self.street.moves_in(&format!("machine{}", self.machines.len()));
        copy_files(&self.street.profile(machine.person), &self.street.profile(copy));
        self.counts.saw("a folder was copied");
        self.machines.push(Machine { person: copy, copy_of: Some(machine.person), ..machine });
        self.starts(machine.person);
        self.starts(copy);
    }

    /// One clock at a time is years wrong: that two agree on a wrong time is nothing that a circle could see.
    fn a_clock_goes_wrong(&mut self) {
        let Some(machine) = self.any_that_is_on() else { return };
        if let Some(before) = self.years_wrong.replace(machine.person) {
            // What it said of the time is not under way any more.
            self.street.network().part(before);
            self.street.set_clock_ahead(before, SignedDuration::ZERO);
        }
        self.years_behind = None;
        let by = match self.dice.random_range(0..4_u8) {
            0 => {
                self.counts.saw("a clock was years ahead");
                YEARS
            }
            1 => {
                self.counts.saw("a clock was years behind");
                self.years_behind = Some(machine.person);
                -YEARS
            }
            2 => SignedDuration::from_hours(self.dice.random_range(-30..30)),
            _ => SignedDuration::ZERO,
        };
        let name = self.street.name(machine.person).to_owned();
        self.street.trace().note(format_args!("{name}'s clock is {by} ahead"));
        self.street.set_clock_ahead(machine.person, by);
    }
}
