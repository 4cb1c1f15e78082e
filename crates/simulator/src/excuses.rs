//! What was answered as saved and may be gone all the same, and what was forgotten and may come back: the ways in which
//! that is right.

use std::collections::BTreeSet;

use closeknit_api::calls;
use closeknit_ids::{CircleId, DocId};
use closeknit_store::View;
use closeknit_trust::{
    circle::doc_id,
    roster::{Lineage, Roster, Standing},
};

use crate::{
    limits::ledger_of,
    neighbourhood::{CopiedStore, Person},
    saved::{Member, SavedPromise},
    world::{Machine, World},
};

impl World {
    /// The ids of all saved posts and promises that a machine shows.
    pub(crate) fn known_to(&mut self, person: Person) -> BTreeSet<String> {
        let mut known = BTreeSet::new();
        let ids: Vec<String> = self.saved.posts.iter().map(|post| post.id.clone()).collect();
        for id in ids {
            if let Ok(view) = self.ask(person, &calls::Show { id: id.clone() }) {
                known.insert(id);
                known.extend(view.promises.into_iter().map(|promise| promise.id));
            }
        }
        known
    }

    /// What the machines show that are on and mean no harm, but for these. Of one that was taken away nobody takes
    /// anything any more.
    pub(crate) fn known_to_all_but(&mut self, but: impl Fn(&Machine) -> bool) -> BTreeSet<String> {
        let others = self.honest().filter(|other| !other.taken_away && !but(other));
        let others: Vec<Person> = others.map(|other| other.person).collect();
        others.into_iter().flat_map(|other| self.known_to(other)).collect()
    }

    /// What a damaged database lost of others', and only whoever leaves still had.
    pub(crate) fn excuse_what_went_with(&mut self, member: Member) {
        let known = self.known_to_all_but(|other| other.member == member);
        let machines = self.machines.iter().map(|machine| machine.person);
        let damaged: BTreeSet<Person> =
            machines.filter(|person| self.street.has_set_aside(*person)).collect();
        self.saved.excuse(|on| damaged.contains(&on), |id| known.contains(id));
    }

    /// What was written on machines that were taken away, and only one knew that is taken away now as well.
    pub(crate) fn excuse_what_went_with_the_last_to_know(&mut self) {
        let taken = self.machines.iter().filter(|machine| machine.taken_away);
        let taken: BTreeSet<Person> = taken.map(|machine| machine.person).collect();
        let known = self.known_to_all_but(|_| false);
        self.saved.excuse(|on| taken.contains(&on), |id| known.contains(id));
    }

    /// By the rules a promise to what its helper does not have is over a month after it says that it was made: one that
    /// was made by a clock years behind may be forgotten at once. Where the post comes from may be out for a while.
    pub(crate) fn excuse_what_was_long_ago(&mut self) {
        for place in 0..self.saved.promises.len() {
            let SavedPromise { post, by, long_ago, over, .. } = self.saved.promises[place].clone();
            if over || !long_ago {
                continue;
            }
            let theirs = self.machines.iter().filter(|machine| !machine.taken_away && machine.member == by);
            for helper in theirs.map(|machine| machine.person).collect::<Vec<_>>() {
                let lacks =
                    self.street.is_on(helper) && self.ask(helper, &calls::Show { id: post.clone() }).is_err();
                self.saved.promises[place].over |= lacks;
            }
        }
    }

    /// What was written since on a machine that speaks to nobody any more is only there.
    pub(crate) fn excuse_who_is_out(&mut self, reader: &Machine) {
        let honest: Vec<Person> = self.honest().map(|machine| machine.person).collect();
        let out: Vec<Person> =
            honest.into_iter().filter(|person| !self.can_show_that_it_belongs(*person)).collect();
        if out.is_empty() {
            return;
        }
        let known = self.known_to(reader.person);
        for person in out {
            self.counts.saw("a machine was out after its database was damaged");
            self.saved.excuse(|on| on == person, |id| known.contains(id));
        }
    }

    /// The posts that a machine which is on knows to be forgotten.
    pub(crate) fn known_to_be_forgotten(&self) -> BTreeSet<String> {
        self.forgotten_by(self.honest().filter(|machine| self.street.is_on(machine.person)))
    }

    /// Whoever leaves tells one machine, and has nothing of the circle any more. If that one had been taken away, or its
    /// owner removed, and neither knew, or if its owner means harm, nobody else hears of it: they stay a member, with what
    /// they had made forgotten.
    pub(crate) fn excuse_who_told_only_outsiders(&mut self, belonging: &[Machine]) {
        let is_inside = |machine: &Machine| belonging.iter().any(|inside| inside.person == machine.person);
        let outside: Vec<Machine> =
            self.machines.iter().filter(|machine| !is_inside(machine)).cloned().collect();
        let told_outside = |author: &Member| {
            let mut others = outside.iter().filter(|machine| machine.member != *author);
            others.any(|machine| self.heard_that_left(machine.person, *author))
        };
        let authors: Vec<Member> = self.gone.iter().copied().filter(told_outside).collect();
        if authors.is_empty() {
            return;
        }
        let known = self.forgotten_by(belonging.iter());
        for author in authors {
            let titles = self.saved.may_come_back(|post| post.by == author && !known.contains(&post.id));
            if !titles.is_empty() {
                self.counts.saw("only a machine that was out heard that somebody left");
            }
            self.forgotten.retain(|(_, title)| !titles.contains(title));
        }
    }

    fn heard_that_left(&self, person: Person, member: Member) -> bool {
        let Some(id) = self.member(member) else { return false };
        let copy = self.street.copied_store(person);
        let view = copy.store.view();
        view.circles().unwrap().into_iter().any(|circle| {
            let (ledger, _) = ledger_of(view, circle.id);
            Roster::fold(&ledger).member(id).is_some_and(|member| member.standing == Standing::Left)
        })
    }

    /// Members of whose documents a damaged database had the only copy of something that others know of: each machine
    /// shows what it had before.
    pub(crate) fn lost_everywhere(&self, machines: &[Machine]) -> BTreeSet<Member> {
        if self.damaged.is_empty() {
            return BTreeSet::new();
        }
        let copies: Vec<CopiedStore> =
            machines.iter().map(|machine| self.street.copied_store(machine.person)).collect();
        let views: Vec<View<'_>> = copies.iter().map(|copy| copy.store.view()).collect();
        let mut lost = BTreeSet::new();
        for view in &views {
            for circle in view.circles().unwrap().into_iter().map(|circle| circle.id) {
                let roster = Roster::fold(&ledger_of(*view, circle).0);
                let has_lost = |member: &Member| {
                    let doc = self.member(*member).map(|id| doc_id(circle, id));
                    doc.is_some_and(|doc| {
                        something_is_nowhere(&views, *view, circle, doc, roster.lineage(doc))
                    })
                };
                lost.extend(self.ids.keys().copied().filter(has_lost));
            }
        }
        lost
    }

    /// The posts that one of these machines knows to be forgotten.
    fn forgotten_by<'a>(&self, machines: impl Iterator<Item = &'a Machine>) -> BTreeSet<String> {
        let mut forgotten = BTreeSet::new();
        for machine in machines {
            let copy = self.street.copied_store(machine.person);
            for circle in copy.store.view().circles().unwrap() {
                let roster = Roster::fold(&ledger_of(copy.store.view(), circle.id).0);
                for member in roster.members().map(|member| member.id) {
                    let lineage = roster.lineage(doc_id(circle.id, member));
                    let ids = lineage.into_iter().flat_map(Lineage::forgotten);
                    forgotten.extend(ids.map(|id| format!("{id}.{member}")));
                }
            }
        }
        forgotten
    }
}

/// Whether a machine knows of a head of a document, or of what its leading generation begins with, and none has it.
fn something_is_nowhere(
    all: &[View<'_>],
    knows: View<'_>,
    circle: CircleId,
    doc: DocId,
    lineage: Option<&Lineage>,
) -> bool {
    let leading = lineage.and_then(Lineage::leading);
    let n = leading.map_or(0, |leading| leading.n);
    let tips = knows.tips_of(circle, doc).unwrap().into_iter().filter(|tip| tip.generation == n);
    let mut heads = tips.map(|tip| tip.head).chain(leading.map(|leading| leading.base));
    heads.any(|head| !all.iter().any(|view| view.has_change(circle, doc, n, head).unwrap()))
}
