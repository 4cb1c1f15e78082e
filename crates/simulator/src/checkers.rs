//! What must hold, whatever happened.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use closeknit_api::{
    calls,
    views::{PromiseState, PromiseView},
};

use closeknit_ids::{DeviceId, MemberId};
use closeknit_store::Stage;
use closeknit_trust::{
    chain,
    circle::doc_id,
    roster::{Lineage, Roster},
};

use crate::{
    limits::ledger_of,
    neighbourhood::{Person, unhex},
    saved::Member,
    world::{Machine, World, Wrong},
};

impl World {
    // ---- while the storm lasts

    /// No machine gives anything of a document to whom it knows to be removed, and strangers hear nothing.
    pub(crate) fn look_at_frames(&mut self) -> Result<(), Wrong> {
        if let Some(surprise) = self.surprise.take() {
            return Err(surprise);
        }
        let owner: BTreeMap<Person, Member> =
            self.machines.iter().map(|machine| (machine.person, machine.member)).collect();
        let frames = self.street.frames();
        for frame in &frames[self.frames_looked_at..] {
            let Some(known) = self.knows_removed.get(&frame.from) else { continue };
            let removed = owner.get(&frame.to).is_some_and(|member| known.contains(member));
            let honest = owner.get(&frame.from).is_some_and(|member| !self.hostile.contains(member));
            if removed && honest && frame.brings_content() {
                return Err(format!("{:?} gave content to {:?}, who was removed", frame.from, frame.to));
            }
        }
        self.frames_looked_at = frames.len();
        if self.street.network().strangers_heard_content() {
            return Err("a stranger was given content".into());
        }
        Ok(())
    }

    /// Who knows by now that somebody does not belong any more: whom they saw in the circle, and do not see now.
    pub(crate) fn note_removals(&mut self) {
        for machine in self.machines.clone() {
            if !self.street.is_on(machine.person) {
                self.forgets_who_belongs(machine.person);
            } else if !self.gone.is_empty() {
                let Some(circle) = self.circle_of(machine.person) else { continue };
                let here: BTreeSet<String> =
                    circle.members.into_iter().map(|member| member.person.id).collect();
                let here = |member: &Member| self.ids.get(member).is_some_and(|id| here.contains(id));
                let (here, away): (Vec<Member>, Vec<Member>) = self.ids.keys().copied().partition(here);
                let seen = self.saw.entry(machine.person).or_default();
                seen.extend(here);
                let gone =
                    away.into_iter().filter(|member| seen.contains(member) && *member != machine.member);
                self.knows_removed.insert(machine.person, gone.collect());
            }
        }
    }

    /// A machine that lost power may have to hear again of what others can say again.
    pub(crate) fn forgets_who_belongs(&mut self, person: Person) {
        self.saw.remove(&person);
        self.knows_removed.remove(&person);
    }

    // ---- once the faults have stopped

    /// Everything that must hold in the end.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check(&mut self) -> Result<(), Wrong> {
        self.note_damaged();
        let belonging = self.belonging();
        // Where a database was damaged so that it names no circle any more, only a backup brings it back. Two on one
        // folder speak with one key, and never to each other: without a third nobody carries between them.
        if self.keys_of(&belonging).len() < 2 && self.counts.of("a damaged database was set aside") > 0 {
            self.counts.saw("a circle was down to one machine");
            return Ok(());
        }
        if belonging.len() < 2 {
            return Err(format!("only {belonging:?} belong to the circle, of {:?}", self.machines));
        }
        self.excuse_who_is_out(&belonging[0]);
        self.excuse_who_told_only_outsiders(&belonging);
        self.all_are_equal(&belonging)?;
        self.count_who_stopped(&belonging);
        self.nothing_saved_is_lost(&belonging)?;
        self.nobody_speaks_for_another(&belonging)?;
        self.whoever_was_seen_first_comes_first(&belonging)?;
        self.limits_hold(&belonging)?;
        self.nothing_more_is_said(&belonging)
    }

    /// The machines of honest members that say they belong.
    pub(crate) fn belonging(&mut self) -> Vec<Machine> {
        let machines: Vec<Machine> = self.honest().filter(|machine| !machine.taken_away).cloned().collect();
        let first = self.one_of_most(&machines);
        let members = first.map(|first| self.members(&first)).unwrap_or_default();
        machines
            .into_iter()
            .filter(|machine| members.contains(&machine.member))
            .filter(|machine| {
                self.circle_of(machine.person).is_some_and(|circle| circle.belongs && !circle.draft)
                    && self.can_show_that_it_belongs(machine.person)
            })
            .collect()
    }

    /// A machine that holds of most others that their owners are members, and they hold it of its owner. One to which
    /// nobody speaks any more may not know that: its owner left on another, was removed, or was let in by one that was
    /// taken away. There may be many of those, who know each other, but neither of the two who began.
    fn one_of_most(&mut self, machines: &[Machine]) -> Option<Machine> {
        let inside = |machine: &&Machine| {
            self.circle_of(machine.person).is_some_and(|circle| circle.belongs)
                && self.can_show_that_it_belongs(machine.person)
        };
        let inside: Vec<Machine> = machines.iter().filter(inside).cloned().collect();
        let known: Vec<BTreeSet<Member>> = inside.iter().map(|machine| self.members(machine)).collect();
        let friends = |at: usize| {
            let knows = |one: usize, other: usize| known[one].contains(&inside[other].member);
            let friends: Vec<Member> = (0..inside.len())
                .filter(|other| knows(at, *other) && knows(*other, at))
                .map(|other| inside[other].member)
                .collect();
            (friends.iter().filter(|friend| friend.began()).count(), friends.len())
        };
        let stayed = |at: usize| !self.gone.contains(&inside[at].member);
        let most = (0..inside.len()).rev().max_by_key(|at| (stayed(*at), friends(*at)));
        most.map(|at| inside[at].clone())
    }

    /// The keys that these machines speak with.
    fn keys_of(&self, machines: &[Machine]) -> BTreeSet<DeviceId> {
        let keys = machines.iter().filter_map(|machine| self.street.keys_of(machine.person).ok());
        keys.map(|keys| keys.id()).collect()
    }

    /// A machine whose damaged database lost its own enrolment, and that nobody who has it could give it back, speaks to
    /// nobody any more, until it is paired anew.
    pub(crate) fn can_show_that_it_belongs(&self, person: Person) -> bool {
        if !self.damaged.contains(&person) {
            return true;
        }
        let Ok(keys) = self.street.keys_of(person) else { return false };
        let copy = self.street.copied_store(person);
        let view = copy.store.view();
        view.circles().unwrap().into_iter().any(|circle| {
            let (ledger, _) = ledger_of(view, circle.id);
            chain::prove(&ledger, &Roster::fold(&ledger), keys.id()).is_ok()
        })
    }

    /// Whose database was damaged: the file that was set aside is deleted in time.
    fn note_damaged(&mut self) {
        let set_aside = |machine: &&Machine| self.street.has_set_aside(machine.person);
        let damaged: Vec<Person> =
            self.machines.iter().filter(set_aside).map(|machine| machine.person).collect();
        self.damaged.extend(damaged);
    }

    /// Somebody lied so that their own document stops, and the others are told.
    fn count_who_stopped(&mut self, machines: &[Machine]) {
        let stopped = machines.iter().any(|machine| {
            let status = self.ask(machine.person, &calls::Status {});
            status.is_ok_and(|status| status.notices.iter().any(|notice| notice.id == "notice-stopped"))
        });
        if stopped {
            self.counts.saw("a hostile member's document stopped");
        }
    }

    /// All hold the same and show the same. What a member holds who lied may differ: it harms that member alone.
    fn all_are_equal(&mut self, machines: &[Machine]) -> Result<(), Wrong> {
        let liars =
            self.hostile.iter().filter_map(|member| self.member(*member)).collect::<BTreeSet<MemberId>>();
        let lied = self.counts.of("a hostile member lied") > 0;
        let members = machines.first().map(|first| self.members(first)).unwrap_or_default();
        let mut first: Option<(Person, [String; 2])> = None;
        for machine in machines {
            let held = self.ask(machine.person, &calls::CountAll {}).map_err(|error| format!("{error:?}"))?;
            let held = if lied {
                self.without(machine.person, &members, &liars, &BTreeSet::new())
            } else {
                [held.digest, held.board]
            };
            let Some((other, before)) = &first else {
                first = Some((machine.person, held));
                continue;
            };
            let names = [*other, machine.person].map(|person| self.street.name(person).to_owned());
            if before != &held {
                let lost = self.lost_everywhere(machines);
                let both =
                    [*other, machine.person].map(|person| self.without(person, &members, &liars, &lost));
                if !lost.is_empty() && both[0] == both[1] {
                    self.counts.saw("a document was lost with a damaged database");
                    continue;
                }
                let stands = [*other, machine.person]
                    .map(|person| self.held_of_others(person, &members, &BTreeSet::new()));
                let [one, two] = stands;
                let changed = [*other, machine.person].map(|person| {
                    let rebuilt = self.ask(person, &calls::Rebuild {});
                    rebuilt.map(|rebuilt| rebuilt.changed).map_err(|error| error.code)
                });
                let held = format!("{before:?}\n{held:?}\n{one}\n{two}");
                return Err(format!("{names:?} are not equal; rows made anew: {changed:?}\n{held}"));
            }
        }
        if let Some((_, [_, board])) = first.filter(|_| !lied) {
            self.street.trace().note(format_args!("in the end {board}"));
        }
        Ok(())
    }

    /// What a machine holds and shows of these members, but for those who lied and those of whom something is lost.
    fn without(
        &mut self,
        person: Person,
        members: &BTreeSet<Member>,
        liars: &BTreeSet<MemberId>,
        lost: &BTreeSet<Member>,
    ) -> [String; 2] {
        let whole: BTreeSet<Member> = members.difference(lost).copied().collect();
        [self.held_of_others(person, &whole, liars), self.shown_of_others(person, lost)]
    }

    /// The changes that a machine holds of everybody but these, a line each. Not the tips: one that lies in the past
    /// of another may stand beside it in a database that was salvaged, and says nothing more.
    fn held_of_others(&self, person: Person, of: &BTreeSet<Member>, liars: &BTreeSet<MemberId>) -> String {
        let copy = self.street.copied_store(person);
        let mut lines = Vec::new();
        let circles = copy.store.view().circles().unwrap();
        for circle in circles.into_iter().filter(|circle| circle.stage == Stage::Real) {
            let view = copy.store.view();
            let roster = Roster::fold(&ledger_of(view, circle.id).0);
            for (member, id) in self.ids.iter().filter(|(member, _)| of.contains(member)) {
                let Some(id) = MemberId::from_slice(&unhex(id)).filter(|id| !liars.contains(id)) else {
                    continue;
                };
                let doc = doc_id(circle.id, id);
                // What was left behind is hidden, and goes: under the number that it had, or one that no generation has.
                let leading = roster.lineage(doc).and_then(Lineage::leading).map_or(0, |leading| leading.n);
                let mut changes: Vec<_> = view.changes(circle.id, doc, leading).unwrap();
                changes.sort_by_key(|change| change.hash);
                lines.extend(
                    changes.iter().map(|change| format!("{member:?} {leading} {}", change.hash.short())),
                );
            }
        }
        lines.join("\n")
    }

    /// What a machine shows of honest members: each post, how it stands, and each promise to it. Not the digest of
    /// the whole board, because a liar's own posts may stand otherwise on each machine; nor the cards as they are,
    /// because they speak to their reader. How a post stands follows from promises: where some of those are lost, it may
    /// stand otherwise.
    fn shown_of_others(&mut self, person: Person, lost: &BTreeSet<Member>) -> String {
        let board = self.ask(person, &calls::Board::default()).map(|board| board.posts).unwrap_or_default();
        let liars: Vec<String> =
            self.hostile.union(lost).filter_map(|member| self.ids.get(member)).cloned().collect();
        let mut shown = Vec::new();
        for card in board.into_iter().filter(|card| !liars.contains(&card.author.id)) {
            let Ok(post) = self.ask(person, &calls::Show { id: card.id.clone() }) else { continue };
            let stands = lost.is_empty().then_some((card.state, card.going));
            shown.push(format!("{} {} {:?} {stands:?} of {}", card.id, card.title, post.detail, card.want));
            let promises = post.promises.into_iter().filter(|promise| !liars.contains(&promise.helper.id));
            shown.extend(promises.map(|promise| {
                let PromiseView { id, amount, going, state, .. } = promise;
                let stands = lost.is_empty().then_some((going, state));
                format!("{} {id} {amount} {stands:?}", card.id)
            }));
        }
        shown.sort();
        shown.join("\n")
    }

    /// The members who still belong.
    fn members(&mut self, reader: &Machine) -> BTreeSet<Member> {
        let circle = self.circle_of(reader.person);
        let here: BTreeSet<String> =
            circle.into_iter().flat_map(|circle| circle.members).map(|member| member.person.id).collect();
        self.ids.iter().filter(|(_, id)| here.contains(*id)).map(|(member, _)| *member).collect()
    }

    fn nothing_saved_is_lost(&mut self, machines: &[Machine]) -> Result<(), Wrong> {
        let found = self.all_saved_is_there(&machines[0], &BTreeSet::new());
        if found.is_ok() {
            return found;
        }
        // It takes a copy of every database, so it is asked for only where something is missing.
        let lost = self.lost_everywhere(machines);
        if lost.is_empty() { found } else { self.all_saved_is_there(&machines[0], &lost) }
    }

    /// But for what is lost of these members.
    fn all_saved_is_there(&mut self, reader: &Machine, lost: &BTreeSet<Member>) -> Result<(), Wrong> {
        let here = self.members(reader);
        let posts: Vec<_> = self.saved.posts.clone();
        let there = |member: &Member| here.contains(member) && !self.hostile.contains(member);
        let posts: Vec<_> = posts.into_iter().filter(|post| there(&post.by)).collect();
        let promises: Vec<_> = self
            .saved
            .promises
            .iter()
            .filter(|promise| there(&promise.by) && !promise.over && !lost.contains(&promise.by))
            .cloned()
            .collect();
        for post in &posts {
            let shown = self.ask(reader.person, &calls::Show { id: post.id.clone() });
            match shown {
                Ok(view) if post.forgotten => return Err(format!("{} was forgotten", view.card.title)),
                Ok(view) if !post.titles.contains(&view.card.title) => {
                    return Err(format!("nobody wrote {}, but {:?}", view.card.title, post.titles));
                }
                Ok(view) => {
                    let of_post = promises.iter().filter(|promise| promise.post == post.id);
                    for promise in of_post {
                        // Of what one member promised twice, on machines apart, one counts.
                        let helper = self.ids.get(&promise.by);
                        let kept = |shown: &PromiseView| {
                            shown.id == promise.id || Some(&shown.helper.id) == helper && shown.going > 0
                        };
                        if !view.promises.iter().any(kept) {
                            return Err(format!("{promise:?} is lost"));
                        }
                    }
                }
                Err(_) if post.forgotten || post.excused || lost.contains(&post.by) => {}
                Err(error) => return Err(format!("{post:?} is lost: {error:?}")),
            }
        }
        Ok(())
    }

    /// No honest member's posts say what they did not write.
    fn nobody_speaks_for_another(&mut self, machines: &[Machine]) -> Result<(), Wrong> {
        let reader = machines[0].clone();
        let board =
            self.ask(reader.person, &calls::Board::default()).map_err(|error| format!("{error:?}"))?;
        let honest: BTreeSet<String> = self
            .ids
            .iter()
            .filter(|(member, _)| !self.hostile.contains(member))
            .map(|(_, id)| id.clone())
            .collect();
        for card in board.posts {
            if honest.contains(&card.author.id) && card.title.starts_with("Lie") {
                return Err(format!("somebody wrote {} in the name of {:?}", card.title, card.author.name));
            }
        }
        Ok(())
    }

    /// Where the first has the seat, nobody has it who promised after seeing another who still wants it.
    fn whoever_was_seen_first_comes_first(&mut self, machines: &[Machine]) -> Result<(), Wrong> {
        let reader = machines[0].clone();
        let first_come: Vec<String> =
            self.saved.posts.iter().filter(|post| post.unanswered).map(|post| post.id.clone()).collect();
        for id in first_come {
            let Ok(view) = self.ask(reader.person, &calls::Show { id: id.clone() }) else { continue };
            let state = |id: &str| view.promises.iter().find(|promise| promise.id == id);
            for promise in self.saved.promises.iter().filter(|promise| promise.post == id) {
                let Some(later) = state(&promise.id).filter(|later| later.going > 0) else { continue };
                let waiting = [PromiseState::Offered, PromiseState::Likely, PromiseState::StandingBy];
                let waits = |earlier: &&PromiseView| earlier.going == 0 && waiting.contains(&earlier.state);
                let earlier = promise.seen.iter().filter_map(|seen| state(seen));
                if let Some(passed) = earlier.into_iter().find(waits) {
                    return Err(format!("{} was there before {} and waits", passed.id, later.id));
                }
            }
        }
        Ok(())
    }

    /// Nothing happens, and nothing is said; but for what an hour brings, which was waited for.
    fn nothing_more_is_said(&mut self, machines: &[Machine]) -> Result<(), Wrong> {
        for _ in 0..2 {
            self.street.skip(Duration::from_secs(2 * 3_600));
            self.street.pass(Duration::from_secs(5));
        }
        let before = self.street.frames().len();
        self.street.pass(Duration::from_secs(30));
        // That both still hold the same is asked now and then; whoever does not belong may knock again.
        let belongs = |person| machines.iter().any(|machine| machine.person == person);
        let said = self.street.frames()[before..]
            .iter()
            .filter(|frame| belongs(frame.from) && belongs(frame.to) && !frame.only_compares());
        let said = said.count();
        if said > 0 { Err(format!("{said} frames were said where nothing happened")) } else { Ok(()) }
    }

    /// What members forgot who still belong is in no file.
    ///
    /// # Errors
    /// Where it is.
    pub fn check_forgotten(&mut self) -> Result<(), Wrong> {
        let machines = self.belonging();
        // Two on one folder hear of each other only through others.
        if self.keys_of(&machines).len() < 2 {
            return Ok(());
        }
        // What is left of somebody who went stays hidden for thirty days. Whom only a machine let in that was taken
        // away may come back: of them it stays hidden, and nothing more is heard.
        let here = machines.first().map(|first| self.members(first)).unwrap_or_default();
        let stayed = self.forgotten.iter().find(|(by, _)| here.contains(by) && !self.gone.contains(by));
        let Some((_, title)) = stayed.cloned() else { return Ok(()) };
        for machine in machines.iter().take(2) {
            if self.street.holds_bytes(machine.person, title.as_bytes()) {
                return Err(format!("{} still has {title} in a file", self.street.name(machine.person)));
            }
        }
        self.counts.saw("something forgotten was purged");
        Ok(())
    }
}
