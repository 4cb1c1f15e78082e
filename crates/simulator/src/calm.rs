//! The faults stop, and everybody meets.

use std::{collections::BTreeSet, time::Duration};

use closeknit_api::calls;
use jiff::SignedDuration;

use crate::{
    counts::Counts,
    neighbourhood::Person,
    world::{Machine, World, Wrong},
};

const ROUNDS: usize = 2;
/// Of two machines on one folder the second may write what the first hears in the next round only; so may whoever notes
/// once an hour what they have seen.
const MOST_ROUNDS: usize = 24;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl World {
    /// No fault from now on, and time for everybody to meet everybody.
    ///
    /// # Errors
    /// What must not be, and was.
    pub fn calm(&mut self) -> Result<(), Wrong> {
        self.count_at_the_end_of_the_storm();
        let fates = std::mem::take(&mut self.weather().seen);
        for (what, times) in [
            ("a frame was lost with its line", fates.lost),
            ("a frame came twice", fates.doubled),
            ("a frame overtook another", fates.overtook),
            ("a frame was held up in a dead direction", fates.held_up),
            ("a frame of a later version came", fates.newer),
        ] {
            self.counts.add(what, times);
        }
        let cuts = self.machines.iter().map(|machine| self.street.disk(machine.person).cuts()).sum();
        self.counts.add("a machine lost power while it wrote", cuts);
        let amid = self.machines.iter().map(|machine| self.street.disk(machine.person).cuts_amid()).sum();
        self.counts.add("a machine lost power in the middle of a write", amid);
        self.counts.add("what power went over twice was tried apart", self.street.tried_apart());
        let weather = self.weather();
        (weather.lost, weather.doubled) = (0, 0);
        weather.one_way.clear();
        for machine in self.machines.clone() {
            let person = machine.person;
            self.street.set_clock_ahead(person, SignedDuration::ZERO);
            self.street.disk(person).fill(false);
            self.street.disk(person).cut_after(None);
            if !self.street.is_on(person) {
                if self.hostile.contains(&machine.member) {
                    _ = self.street.start(person);
                } else {
                    self.starts(person);
                }
            }
        }
        let shifts = self.shifts();
        for round in 1..=MOST_ROUNDS {
            let before = self.digests();
            for shift in &shifts {
                self.meet(shift)?;
            }
            if round >= ROUNDS && (shifts.len() == 1 || self.digests() == before) {
                return self.look_at_frames();
            }
        }
        Err("whenever they meet there is something new".into())
    }

    /// Everybody at once; of two machines on one folder one after the other.
    pub(crate) fn shifts(&self) -> Vec<Vec<Person>> {
        let all = |machines: Vec<&Machine>| machines.into_iter().map(|machine| machine.person).collect();
        let copied: Vec<Person> = self.machines.iter().filter_map(|machine| machine.copy_of).collect();
        let mut shifts =
            vec![all(self.machines.iter().filter(|machine| machine.copy_of.is_none()).collect())];
        if !copied.is_empty() {
            shifts.push(all(self
                .machines
                .iter()
                .filter(|machine| !copied.contains(&machine.person))
                .collect()));
        }
        shifts
    }

    fn meet(&mut self, shift: &[Person]) -> Result<(), Wrong> {
        self.street.part_all();
        self.street.near(shift);
        // Longer than anybody is left alone after a quarrel.
        self.street.skip(Duration::from_secs(400));
        for _ in 0..3 {
            self.street.pass(Duration::from_secs(1));
            if !self.street.run_for(50_000) {
                return Err("they never come to rest".into());
            }
            self.excuse_what_was_long_ago();
            self.at_the_doors();
        }
        Ok(())
    }

    fn count_at_the_end_of_the_storm(&mut self) {
        if self.honest().any(|machine| !self.street.is_on(machine.person)) {
            self.counts.saw("somebody was out when calm came");
        }
        let digests: BTreeSet<String> = self.digests().into_iter().flatten().collect();
        if digests.len() > 1 {
            self.counts.saw("machines differed when calm came");
        }
        if self.machines.iter().any(|machine| machine.member.0 > 4) {
            self.counts.saw("somebody joined in the storm");
        }
    }

    /// What each machine holds, of those who mean no harm.
    fn digests(&mut self) -> Vec<Option<String>> {
        let people: Vec<Person> = self.honest().map(|machine| machine.person).collect();
        let held = |person| self.ask(person, &calls::CountAll {}).ok().map(|held| held.digest);
        people.into_iter().map(held).collect()
    }

    /// More than a week goes by, in which everybody meets.
    ///
    /// # Errors
    /// If they never come to rest.
    pub fn weeks_pass(&mut self) -> Result<(), Wrong> {
        for days in [1, 8, 1, 8] {
            self.who_stopped_begins_anew();
            self.street.skip(DAY * days);
            self.street.pass(Duration::from_secs(2));
            for shift in self.shifts() {
                self.meet(&shift)?;
            }
        }
        Ok(())
    }

    /// Whoever is told that their own list stopped does what the notice says.
    fn who_stopped_begins_anew(&mut self) {
        for machine in self.belonging() {
            let told = self.street.ask(machine.person, &calls::Forgetting::default());
            if told.is_ok_and(|told| told.stopped)
                && self.street.ask(machine.person, &calls::BeginAnew::default()).is_ok()
            {
                self.counts.saw("began anew a list that had stopped");
            }
        }
    }

    /// What happened, for the sum over all seeds.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}
