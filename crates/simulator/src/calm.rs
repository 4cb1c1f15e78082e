//! The faults stop, and everybody meets.

use std::time::Duration;

use closeknit_api::calls;
use jiff::SignedDuration;

use crate::{
    counts::Counts,
    neighbourhood::Person,
    world::{Machine, World, Wrong},
};

const ROUNDS: usize = 2;
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
        for _ in 0..ROUNDS {
            for shift in self.shifts() {
                self.meet(&shift)?;
            }
        }
        self.look_at_frames()
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
            self.at_the_doors();
        }
        Ok(())
    }

    fn count_at_the_end_of_the_storm(&mut self) {
        let machines: Vec<Machine> = self.honest().cloned().collect();
        if machines.iter().any(|machine| !self.street.is_on(machine.person)) {
            self.counts.saw("somebody was out when calm came");
        }
        let mut digests = std::collections::BTreeSet::new();
        for machine in &machines {
            digests.extend(self.ask(machine.person, &calls::CountAll {}).ok().map(|held| held.digest));
        }
        if digests.len() > 1 {
            self.counts.saw("machines differed when calm came");
        }
        if self.machines.iter().any(|machine| machine.member.0 > 4) {
            self.counts.saw("somebody joined in the storm");
        }
    }

    /// More than a week goes by, in which everybody meets.
    ///
    /// # Errors
    /// If they never come to rest.
    pub fn weeks_pass(&mut self) -> Result<(), Wrong> {
        for days in [1, 8, 1, 8] {
            self.street.skip(DAY * days);
            self.street.pass(Duration::from_secs(2));
            for shift in self.shifts() {
                self.meet(&shift)?;
            }
        }
        Ok(())
    }

    /// What happened, for the sum over all seeds.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}
