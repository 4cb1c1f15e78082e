//! What members do, as calls like those of any face.

use std::collections::BTreeSet;

use closeknit_api::{
    calls,
    views::{Became, Closing, Mode, PostView, PromiseState, PromiseView, Verdict},
};
use rand::RngExt as _;

use crate::{
    neighbourhood::Person,
    saved::{SavedPost, SavedPromise},
    world::{Machine, World},
};

impl World {
    pub(crate) fn somebody_does_something(&mut self) {
        let Some(machine) = self.anybody() else { return };
        match self.dice.random_range(0..100_u8) {
            0..=14 => self.posts(&machine),
            15..=36 => self.promises(&machine),
            37..=47 => self.answers(),
            48..=51 => self.edits(&machine),
            52..=54 => self.withdraws(),
            55..=57 => self.closes(&machine),
            58..=65 => self.tells_or_thanks(),
            66..=69 => self.invites(&machine),
            70..=78 => self.at_the_doors(),
            79..=80 => self.vouches(&machine),
            81..=84 => self.votes(),
            85..=87 => self.forgets(&machine),
            88..=90 => self.pairs(&machine),
            91..=93 => self.carries(&machine),
            94..=95 => self.backs_up(&machine),
            96..=97 => self.takes_away(),
            98 => self.leaves(),
            _ => self.says_more(&machine),
        }
    }

    fn posts(&mut self, machine: &Machine) {
        let title = self.fresh("Need");
        let unanswered = self.dice.random_bool(0.4);
        let modes: &[Mode] = if unanswered {
            &[Mode::TurnUp, Mode::Choose]
        } else {
            &[Mode::First, Mode::Choose, Mode::Choose, Mode::Choose]
        };
        let call = calls::Post {
            category: "lend".into(),
            title: title.clone(),
            mode: self.one_of(modes),
            ..calls::Post::default()
        };
        let Ok(view) = self.ask(machine.person, &call) else { return };
        self.counts.saw("posted");
        if machine.taken_away {
            return;
        }
        self.saved.posts.push(SavedPost {
            id: view.card.id,
            by: machine.member,
            on: machine.person,
            titles: [title].into(),
            unanswered,
            forgotten: false,
            // By the rules it is over, and is forgotten by the season as soon as the clock is right.
            excused: self.years_behind == Some(machine.person),
        });
    }

    /// A post that a machine shows, of the last few that anybody wrote.
    fn shown(&mut self, machine: &Machine, which: impl Fn(&SavedPost) -> bool) -> Option<PostView> {
        let ids: Vec<String> =
            self.saved.posts.iter().filter(|post| which(post)).map(|post| post.id.clone()).collect();
        let late = &ids[ids.len().saturating_sub(4)..];
        let id = self.one_of(late)?;
        self.ask(machine.person, &calls::Show { id }).ok()
    }

    /// Somebody finds a post of somebody else that still wants help, and promises it.
    fn promises(&mut self, machine: &Machine) {
        let others = self.saved.posts.iter().rev().filter(|post| post.by != machine.member);
        let mut others: Vec<String> = others.take(12).map(|post| post.id.clone()).collect();
        let many = others.len();
        others.rotate_left(self.dice.random_range(0..many.max(1)));
        let wanted = others.into_iter().find_map(|id| {
            let view = self.ask(machine.person, &calls::Show { id }).ok()?;
            let wants = view.can_promise || view.promises.iter().any(|promise| promise.going > 0);
            (wants && view.mine.is_none()).then_some(view)
        });
        let Some(before) = wanted else { return };
        let call = calls::Promise { id: before.card.id.clone(), ..calls::Promise::default() };
        let Ok(view) = self.ask(machine.person, &call) else { return };
        let Some(id) = view.mine else { return };
        self.counts.saw("promised");
        let seen = before.promises.iter().filter(|promise| promise.going > 0);
        let seen: BTreeSet<String> = seen.map(|promise| promise.id.clone()).collect();
        if !seen.is_empty() {
            self.counts.saw("a promise was made after another was seen");
        }
        let unseen = self.saved.promises.iter().filter(|promise| promise.post == before.card.id);
        if unseen.clone().any(|promise| before.promises.iter().all(|seen| seen.id != promise.id)) {
            self.counts.saw("two promises were made without knowing of each other");
        }
        let is_new = self.saved.promises.iter().all(|promise| promise.id != id);
        if is_new && !machine.taken_away {
            let (by, on, post) = (machine.member, machine.person, before.card.id);
            let long_ago = self.years_behind == Some(machine.person);
            // Where the post says so too, both are over by the rules, whoever says what became of it.
            let over = long_ago && self.saved.post(&post).is_some_and(|post| post.excused);
            self.saved.promises.push(SavedPromise { id, post, by, on, seen, long_ago, over });
        }
        self.word_gets_round();
        if self.dice.random() {
            self.answers();
        }
    }

    /// Now and then others hear of something before anything else happens.
    fn word_gets_round(&mut self) {
        if self.dice.random() {
            self.street.deliver(40);
        }
    }

    /// A late post with promises, of those that fit: as its author sees it, on a machine that is on.
    fn own_promised(&mut self, fits: impl Fn(&SavedPost, &PostView) -> bool) -> Option<(Machine, PostView)> {
        let living = self.saved.promises.iter().filter(|promise| !promise.over);
        let promised: BTreeSet<String> = living.map(|promise| promise.post.clone()).collect();
        let posts =
            self.saved.posts.iter().rev().filter(|post| promised.contains(&post.id) && !post.forgotten);
        let posts: Vec<SavedPost> = posts.take(6).cloned().collect();
        posts.into_iter().find_map(|post| {
            let machine = self.machine_of(|machine| machine.member == post.by)?;
            let view = self.ask(machine.person, &calls::Show { id: post.id.clone() }).ok()?;
            fits(&post, &view).then_some((machine, view))
        })
    }

    /// Whoever has promises to answer answers one.
    fn answers(&mut self) {
        let waits =
            |promise: &&PromiseView| [PromiseState::Offered, PromiseState::Likely].contains(&promise.state);
        let own = self.own_promised(|saved, post| {
            !saved.unanswered && post.promises.iter().any(|promise| waits(&promise))
        });
        let Some((machine, post)) = own else { return };
        let waiting: Vec<String> =
            post.promises.iter().filter(waits).map(|promise| promise.id.clone()).collect();
        let Some(id) = self.one_of(&waiting) else { return };
        let verdict = [Verdict::Accept, Verdict::Accept, Verdict::StandBy, Verdict::Decline];
        let Some(verdict) = self.one_of(&verdict) else { return };
        let doorstep = (verdict == Verdict::Accept).then(|| "Third door, ring twice".to_owned());
        if self.ask(machine.person, &calls::Answer { id, verdict, doorstep }).is_ok() {
            self.counts.saw("answered");
            self.word_gets_round();
        }
    }

    fn edits(&mut self, machine: &Machine) {
        let Some(post) = self.shown(machine, |post| post.by == machine.member) else { return };
        let title = self.fresh("Other");
        let call =
            calls::Edit { id: post.card.id.clone(), title: Some(title.clone()), ..calls::Edit::default() };
        // Whatever becomes of the answer, it may be there.
        if let Some(saved) = self.saved.post(&post.card.id) {
            saved.titles.insert(title);
        }
        if self.ask(machine.person, &call).is_ok() {
            self.counts.saw("edited");
        }
    }

    /// Some helper's machine that is on, and a post that they promised.
    fn helped(&mut self) -> Option<(Machine, PostView)> {
        let living: Vec<SavedPromise> =
            self.saved.promises.iter().filter(|promise| !promise.over).cloned().collect();
        let promise = self.one_of(&living)?;
        let machine = self.machine_of(|machine| machine.member == promise.by)?;
        let post = self.ask(machine.person, &calls::Show { id: promise.post }).ok()?;
        Some((machine, post))
    }

    fn withdraws(&mut self) {
        let living: Vec<SavedPromise> =
            self.saved.promises.iter().filter(|promise| !promise.over).cloned().collect();
        let Some(SavedPromise { id, by, .. }) = self.one_of(&living) else { return };
        let Some(machine) = self.machine_of(|machine| machine.member == by) else { return };
        if let Some(promise) = self.saved.promises.iter_mut().find(|promise| promise.id == id) {
            promise.over = true;
        }
        if self.ask(machine.person, &calls::Withdraw { id, slots: None }).is_ok() {
            self.counts.saw("withdrew");
        }
    }

    fn closes(&mut self, machine: &Machine) {
        let Some(post) = self.shown(machine, |post| post.by == machine.member) else { return };
        let how = if self.dice.random() { Closing::Met } else { Closing::NotNeeded };
        if self.ask(machine.person, &calls::Close { id: post.card.id, how, duplicate_of: None }).is_ok() {
            self.counts.saw("closed");
        }
    }

    /// A helper or an author says what became of a promise; an author has thanks for who came.
    fn tells_or_thanks(&mut self) {
        let to_tell = |post: &PostView| post.promises.iter().any(|promise| !promise.to_tell.is_empty());
        let own = if self.dice.random_bool(0.3) {
            self.helped()
        } else {
            let to_thank = |post: &PostView| !post.to_thank.is_empty() && post.thanks.is_empty();
            self.own_promised(|_, post| to_tell(post) || to_thank(post))
        };
        let Some((machine, mut post)) = own else { return };
        if let Some(promise) = post.promises.iter().find(|promise| !promise.to_tell.is_empty()) {
            let (id, how) = (promise.id.clone(), Became::Happened);
            let Ok(told) = self.ask(machine.person, &calls::Outcome { id, how, ..calls::Outcome::default() })
            else {
                return;
            };
            self.counts.saw("told what became of it");
            self.word_gets_round();
            post = told;
        }
        if post.to_thank.is_empty() {
            return;
        }
        let text = self.fresh("Thanks");
        if self.ask(machine.person, &calls::Thank { id: post.card.id, to: None, text }).is_ok() {
            self.counts.saw("thanked");
        }
    }

    fn says_more(&mut self, machine: &Machine) {
        let skills = Some(vec![self.fresh("mends")]);
        _ = self.ask(machine.person, &calls::Profile { skills, ..calls::Profile::default() });
        let hours = Some(self.dice.random_range(1..20));
        _ = self.ask(machine.person, &calls::Capacity { hours, ..calls::Capacity::default() });
    }

    // ---- what is forgotten, carried and kept

    fn forgets(&mut self, machine: &Machine) {
        let Some(post) = self.shown(machine, |post| post.by == machine.member && !post.forgotten) else {
            return;
        };
        let id = post.card.id;
        let close = calls::Close { id: id.clone(), how: Closing::NotNeeded, duplicate_of: None };
        _ = self.ask(machine.person, &close);
        let asked =
            self.ask(machine.person, &calls::Forget { ids: Some(vec![id.clone()]), ..Default::default() });
        let on = self.street.is_on(machine.person);
        let Some(saved) = self.saved.post(&id) else { return };
        saved.excused |= asked.is_ok() || !on;
        if asked.is_ok() && !machine.taken_away {
            saved.forgotten = true;
            let by = saved.by;
            self.forgotten.extend(saved.titles.iter().map(|title| (by, title.clone())));
            self.counts.saw("forgot");
        }
    }

    fn stick(&mut self, person: Person, what: &str) -> String {
        let name = self.fresh(what).replace(' ', "-");
        self.street.profile(person).with_file_name(name).display().to_string()
    }

    /// Somebody fills a stick, and now and then another reads it at once; or reads one that lies about.
    fn carries(&mut self, machine: &Machine) {
        let sticks = self.sticks.clone();
        let lies_about = self.one_of(&sticks).filter(|_| self.dice.random_bool(0.6));
        let (reader, path) = match lies_about {
            Some(path) => (machine.clone(), path),
            None => {
                let path = self.stick(machine.person, "stick");
                let write = calls::WriteParcel { path: path.clone(), to: None };
                if self.ask(machine.person, &write).is_err() {
                    return;
                }
                self.counts.saw("wrote a parcel");
                self.sticks.push(path.clone());
                let Some(other) = self.machine_of(|other| other.person != machine.person) else { return };
                if self.dice.random() {
                    return;
                }
                (other, path)
            }
        };
        if self.ask(reader.person, &calls::ReadParcel { path }).is_ok() {
            self.counts.saw("read a parcel");
        }
    }

    /// A backup, and a new machine on which it is brought back.
    fn backs_up(&mut self, machine: &Machine) {
        let path = self.stick(machine.person, "backup");
        if self.ask(machine.person, &calls::WriteBackup { path: path.clone(), passphrase: None }).is_err() {
            return;
        }
        self.counts.saw("wrote a backup");
        let words = self.ask(machine.person, &calls::Words {}).ok().and_then(|view| view.words);
        let Some(words) = words.filter(|_| self.machines.len() < self.plan.machines) else { return };
        let person = self.street.moves_in(&format!("machine{}", self.machines.len()));
        self.street.network().beside(person, machine.person);
        if self.street.start(person).is_err() {
            return;
        }
        let new =
            Machine { person, member: machine.member, copy_of: None, paired_at: None, taken_away: false };
        self.machines.push(new.clone());
        let call = calls::RestoreBackup { path, words: Some(words.join(" ")), passphrase: None };
        if self.ask(person, &call).is_err() {
            return;
        }
        self.counts.saw("brought a backup back");
        self.counts.saw("added a machine");
        // As whoever does who lost the old one.
        if machine.copy_of.is_none() && !machine.taken_away && self.dice.random_bool(0.4) {
            self.takes_from(&new, machine.person);
        }
    }
}
