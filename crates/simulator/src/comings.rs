//! Who comes and who goes: invitations, doors, votes, and machines that are taken away.

use std::collections::BTreeSet;

use closeknit_api::{calls, views::JoinStage};
use rand::RngExt as _;

use crate::{
    neighbourhood::Person,
    saved::Member,
    world::{Machine, World},
};

impl World {
    pub(crate) fn invites(&mut self, machine: &Machine) {
        let room = self.machines.len() + self.open_lines.len() < self.plan.machines;
        if room {
            let Ok(view) = self.ask(machine.person, &calls::Invite::default()) else { return };
            self.counts.saw("invited");
            self.newcomer(machine, None, view.text);
        }
    }

    pub(crate) fn pairs(&mut self, machine: &Machine) {
        if self.machines.len() < self.plan.machines {
            let Ok(view) = self.ask(machine.person, &calls::Pair {}) else { return };
            self.newcomer(machine, Some(machine.member), view.text);
        }
    }

    /// A machine that was never on takes a line, in the place where who made it is.
    fn newcomer(&mut self, by: &Machine, owner: Option<Member>, invitation: String) {
        let next = self.machines.iter().map(|machine| machine.member.0 + 1).max().unwrap_or_default();
        let member = owner.unwrap_or(Member(next));
        let name = format!("machine{}", self.machines.len());
        let person = self.street.moves_in(&name);
        self.street.network().beside(person, by.person);
        if self.street.start(person).is_err() {
            return;
        }
        let paired_at = owner.map(|_| by.person);
        let taken_away = by.taken_away && owner.is_some();
        self.machines.push(Machine { person, member, copy_of: None, paired_at, taken_away });
        _ = self.ask(person, &calls::Join { invitation, name, kind: None });
        self.street.deliver(80);
    }

    /// Everybody who sees a code says yes to it, if it is the one that the other sees.
    pub(crate) fn at_the_doors(&mut self) {
        let machines: Vec<Machine> =
            self.machines.iter().filter(|machine| self.street.is_on(machine.person)).cloned().collect();
        let mut shown = Vec::new();
        for machine in &machines {
            let Ok(view) = self.ask(machine.person, &calls::Joining {}) else { continue };
            let own = view.own.filter(|own| own.stage == JoinStage::Compare).map(|own| (own.id, own.code));
            let doors = view.doors.into_iter().filter(|door| door.stage == JoinStage::Compare);
            shown.extend(
                own.into_iter()
                    .chain(doors.map(|door| (door.id, door.code)))
                    .filter_map(|(id, code)| Some((machine.person, id, code?))),
            );
        }
        for (person, id, code) in &shown {
            let both = shown.iter().any(|(other, _, theirs)| other != person && theirs == code);
            if both {
                _ = self.ask(*person, &calls::Confirm { id: id.clone(), yes: true });
            }
        }
        self.street.deliver(60);
        for machine in &machines {
            if self.ids.contains_key(&machine.member) {
                continue;
            }
            self.note_id(machine);
            if self.ids.contains_key(&machine.member) {
                self.counts.saw("joined");
            }
        }
    }

    pub(crate) fn vouches(&mut self, machine: &Machine) {
        let Some(circle) = self.circle_of(machine.person) else { return };
        let known: Vec<String> = circle
            .members
            .into_iter()
            .filter(|member| member.vouching.is_some())
            .map(|member| member.person.id)
            .collect();
        let Some(member) = self.one_of(&known) else { return };
        if self.ask(machine.person, &calls::Vouch { member }).is_ok() {
            self.counts.saw("vouched");
        }
    }

    /// The two who began the circle vote somebody out, each on their own.
    pub(crate) fn votes(&mut self) {
        let Some((case, id)) = self.case.and_then(|case| Some((case, self.ids.get(&case)?.clone()))) else {
            return;
        };
        let voter = Member(self.dice.random_range(0..2));
        let Some(machine) = self.machines.iter().find(|machine| machine.member == voter).cloned() else {
            return;
        };
        if self.ask(machine.person, &calls::Remove { member: id }).is_ok() {
            self.counts.saw("voted somebody out");
            self.gone.insert(case);
        }
    }

    /// Anybody but the two who began.
    pub(crate) fn leaves(&mut self) {
        let Some(machine) = self.machine_of(|machine| !machine.member.began()) else { return };
        // From now on nothing of theirs is to be there, whatever is answered.
        self.gone.insert(machine.member);
        let left = self.ask(machine.person, &calls::Leave { words: None }).is_ok();
        if left {
            self.counts.saw("left");
        }
        if left || !self.street.is_on(machine.person) {
            self.saved.excuse_all_of(machine.member);
            self.excuse_what_went_with(machine.member);
        }
    }

    /// Somebody with several machines takes one away at another that has the words.
    pub(crate) fn takes_away(&mut self) {
        let machines = self.machines.clone();
        let others_of = |machine: &Machine| -> Vec<Person> {
            let own = machines.iter().filter(|other| {
                other.member == machine.member
                    && other.person != machine.person
                    && other.copy_of.is_none()
                    && machine.copy_of.is_none()
                    && !other.taken_away
            });
            own.map(|other| other.person).collect()
        };
        let several = self.machine_of(|machine| !machine.taken_away && !others_of(machine).is_empty());
        let Some(machine) = several else { return };
        let Some(person) = self.one_of(&others_of(&machine)) else { return };
        self.takes_from(&machine, person);
    }

    pub(crate) fn takes_from(&mut self, machine: &Machine, person: Person) {
        let Ok(keys) = self.street.keys_of(person) else { return };
        let machine_id = keys.id().to_string();
        let known = self.known_to(machine.person);
        let asked = self.ask(machine.person, &calls::DropMachine { machine: machine_id, words: None });
        if asked.is_err() && self.street.is_on(machine.person) {
            return;
        }
        self.counts.saw("took a machine away");
        // With its new beginnings goes what they forgot, and what was there before comes back.
        let titles = self.saved.may_come_back(|post| post.by == machine.member);
        self.forgotten.retain(|(_, title)| !titles.contains(title));
        // What it enrolled that was not known here when it was taken away is void.
        let listed: BTreeSet<String> =
            asked.into_iter().flat_map(|view| view.machines).map(|machine| machine.id).collect();
        let is_listed = |of: &Self, person| {
            of.street.keys_of(person).is_ok_and(|keys| listed.contains(&keys.id().to_string()))
        };
        // A copy speaks with the same key: what it wrote is cut at the same place.
        let itself: BTreeSet<Person> = self
            .machines
            .iter()
            .filter(|other| other.person == person || other.copy_of == Some(person))
            .map(|other| other.person)
            .collect();
        for place in 0..self.machines.len() {
            let other = &self.machines[place];
            let by_it =
                other.paired_at.is_some_and(|at| itself.contains(&at)) && !is_listed(self, other.person);
            if itself.contains(&other.person) || by_it {
                let written_on = other.person;
                self.saved.excuse(|on| on == written_on, |id| known.contains(id));
                self.machines[place].taken_away = true;
            }
        }
        self.excuse_what_went_with_the_last_to_know();
    }
}
