//! Machines that each know only a part when their people act, and meet in any order.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_domain::{
    Amount, Answer, Audience, Board, Category, Closed, Closure, Commitment, CommitmentRef, CommitmentState,
    CommitmentStatus, How, Known, MemberRecords, Mode, Outcome, Part, Post, PostKind, PostRef, Record, Roles,
    Sealed, SlotIds, Unit, Verdict, Want, When, Window, Withdrawal, Zone,
    text::{Place, Title},
    to_accept,
};
use closeknit_ids::{MemberId, RecordId};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// A record with the number of its writing: of two writings of one record the later counts, as it
/// would in a member's own document. Nothing, where it was removed.
type Held = BTreeMap<MemberId, BTreeMap<RecordId, (u64, Option<Record>)>>;

/// One machine: whose it is and what it holds.
#[derive(Debug, Clone, Default)]
pub struct Machine {
    pub owner: usize,
    held: Held,
    /// How far its clock is off.
    wrong: SignedDuration,
    former: BTreeSet<MemberId>,
}

/// One step of a history: which machine, what kind of act, and two numbers to choose with.
pub type Step = (u8, u8, u16, u16);

#[derive(Debug)]
pub struct World {
    pub machines: Vec<Machine>,
    pub now: Timestamp,
    zone: Zone,
    writes: u64,
}

pub fn member(number: usize) -> MemberId {
    MemberId([u8::try_from(number).unwrap() + 1; 32])
}

impl Machine {
    /// Takes over what the other has of these members.
    fn take(&mut self, other: &Self, of: impl Fn(MemberId) -> bool) {
        for (member, records) in other.held.iter().filter(|(member, _)| of(**member)) {
            let held = self.held.entry(*member).or_default();
            for (id, record) in records {
                let mine = held.entry(*id).or_insert_with(|| record.clone());
                if mine.0 < record.0 {
                    *mine = record.clone();
                }
            }
        }
        self.former.extend(&other.former);
    }
}

/// What a machine knows, as the rules want it.
#[derive(Debug, Clone)]
pub struct Knowledge {
    pub members: BTreeMap<MemberId, MemberRecords>,
    pub former: BTreeSet<MemberId>,
    pub now: Timestamp,
    pub zone: Zone,
}

impl Knowledge {
    pub fn known(&self) -> Known<'_> {
        Known { members: &self.members, former: &self.former, now: self.now, zone: &self.zone }
    }

    pub fn board(&self) -> Board {
        Board::of(&self.known())
    }
}

impl World {
    /// `members` with a machine each; the first has a second one too.
    /// The clock of the last member is wrong by so many days.
    pub fn new(members: usize, wrong_days: i64) -> Self {
        let zone = Zone::new("Europe/Madrid").unwrap();
        let machine = |owner| Machine { owner, ..Machine::default() };
        let mut machines: Vec<_> = (0..members).chain([0]).map(machine).collect();
        machines[members - 1].wrong = SignedDuration::from_hours(24 * wrong_days);
        Self { machines, now: zone.moment("2026-10-20T10:00".parse().unwrap()), zone, writes: 0 }
    }

    pub fn knowledge(&self, machine: usize) -> Knowledge {
        let Machine { held, former, .. } = &self.machines[machine];
        let plain = |records: &BTreeMap<RecordId, (u64, Option<Record>)>| {
            records.iter().filter_map(|(id, (_, record))| Some((*id, record.clone()?))).collect()
        };
        Knowledge {
            members: held.iter().map(|(member, records)| (*member, plain(records))).collect(),
            former: former.clone(),
            now: self.now,
            zone: self.zone.clone(),
        }
    }

    /// Two have posted, and three have seen it.
    pub fn begin(&mut self) {
        self.act((0, 0, 5, 3));
        self.act((1, 0, 9, 8));
        self.meet(0, 1);
        self.meet(0, 2);
    }

    pub fn meet(&mut self, one: usize, other: usize) {
        let there = self.machines[other].clone();
        self.machines[one].take(&there, |_| true);
        let here = self.machines[one].clone();
        self.machines[other].take(&here, |_| true);
    }

    fn write(&mut self, machine: usize, record: Record) -> RecordId {
        let hash = Sha256::digest(self.writes.to_be_bytes());
        let id = RecordId::from_slice(&hash[..16]).unwrap();
        self.overwrite(machine, id, Some(record));
        id
    }

    fn overwrite(&mut self, machine: usize, id: RecordId, record: Option<Record>) {
        self.writes += 1;
        let machine = &mut self.machines[machine];
        machine.held.entry(member(machine.owner)).or_default().insert(id, (self.writes, record));
    }

    /// Somebody acts on what their machine knows; which machine it was.
    pub fn act(&mut self, (machine, kind, one, two): Step) -> usize {
        let machine = usize::from(machine) % self.machines.len();
        let me = member(self.machines[machine].owner);
        if self.machines[machine].former.contains(&me) {
            return machine; // who knows that they were removed acts no more
        }
        let mut knowledge = self.knowledge(machine);
        knowledge.now += self.machines[machine].wrong;
        let act = Act { me, board: knowledge.board(), knowledge: &knowledge, one, two };
        match kind % 40 {
            0 | 1 => {
                self.write(machine, Record::Post(act.new_post()));
            }
            2..=8 => self.write_all(machine, act.promise()),
            9..=15 => self.write_all(machine, act.answer()),
            16 | 17 => self.write_all(machine, act.withdraw()),
            18 => self.write_all(machine, act.close()),
            19 | 20 => self.write_over(machine, act.change_post()),
            21 => self.write_over(machine, act.confirm()),
            22 => self.write_over(machine, act.promise_anew()),
            23 => self.write_all(machine, act.accept_first()),
            24 if one % 2 == 0 && self.machines.len() > 4 => {
                let anybody = member(usize::from(two) % (self.machines.len() - 1));
                let removed = act.somebody_going().or((two % 8 == 0).then_some(anybody));
                self.machines[machine].former.extend(removed);
            }
            24..=26 => self.now += SignedDuration::from_hours(i64::from(one % 36)),
            27 | 28 => {
                // Cut short: one member's records came over, and what they refer to did not.
                let there = self.machines[usize::from(one) % self.machines.len()].clone();
                let whose = member(usize::from(two) % (self.machines.len() - 1));
                self.machines[machine].take(&there, |member| member == whose);
            }
            29..=31 => self.write_all(machine, act.outcome()),
            32 => {
                // Reopened, or a withdrawal undone.
                if let Some(id) = act.undo() {
                    self.overwrite(machine, id, None);
                }
            }
            33 => self.write_all(machine, act.withdraw_some()),
            _ => {
                let other = usize::from(one) % self.machines.len();
                self.meet(machine, other);
            }
        }
        machine
    }

    fn write_all(&mut self, machine: usize, records: Vec<Record>) {
        for record in records {
            self.write(machine, record);
        }
    }

    fn write_over(&mut self, machine: usize, written: Option<(RecordId, Record)>) {
        if let Some((id, record)) = written {
            self.overwrite(machine, id, Some(record));
        }
    }
}

/// One person with their machine, about to act.
struct Act<'a> {
    me: MemberId,
    knowledge: &'a Knowledge,
    board: Board,
    one: u16,
    two: u16,
}

fn pick<T: Copy>(from: &[T], number: u16) -> Option<T> {
    (!from.is_empty()).then(|| from[usize::from(number) % from.len()])
}

impl Act<'_> {
    fn somebody_going(&self) -> Option<MemberId> {
        let going =
            self.board.commitments().filter(|(_, state)| matches!(state.status, CommitmentStatus::Going(_)));
        pick(&going.map(|(whose, _)| whose.helper).collect::<Vec<_>>(), self.two)
    }

    fn own_posts(&self) -> Vec<PostRef> {
        self.board.posts_of(self.me).map(|(post, _)| post).collect()
    }

    fn own_live(&self, like: impl Fn(CommitmentStatus) -> bool) -> Vec<CommitmentRef> {
        self.board
            .commitments_of(self.me)
            .filter(|(_, state)| like(state.status))
            .map(|(whose, _)| whose)
            .collect()
    }

    /// Any time, once, some days, or again and again.
    fn when(&self, number: u16) -> When {
        let Some(window) = self.window(number) else { return When::Anytime };
        let day = |day: i64| {
            let later = |at: jiff::civil::DateTime| at.saturating_add(jiff::Span::new().days(day));
            Window::new(later(window.start()), later(window.end()), window.zone().clone())
        };
        match number % 7 {
            0 | 1 => match [0, 1, 2 + i64::from(number % 5)].map(day) {
                [Ok(one), Ok(two), Ok(three)] => When::at(vec![one, two, three]).unwrap(),
                _ => When::Once(window),
            },
            2 => When::Repeats(window, "FREQ=WEEKLY".parse().unwrap()),
            3 => When::Repeats(window, "FREQ=DAILY;INTERVAL=2;COUNT=4".parse().unwrap()),
            _ => When::Once(window),
        }
    }

    /// For which of its times: mostly as the app would ask for it, now and then for what is not there.
    fn part(&self, post: PostRef) -> Part {
        let slots: Vec<_> = self.board.post(post).unwrap().slots.iter().map(|slot| slot.slot).collect();
        match (pick(&slots, self.one / 3), pick(&slots, self.two / 3)) {
            _ if self.two.is_multiple_of(5) => Part::Every,
            (Some(one), Some(other)) if !self.two.is_multiple_of(4) => {
                Part::Slots(SlotIds::new(BTreeSet::from([one, other])).unwrap())
            }
            _ => Part::Whole,
        }
    }

    /// The helper or the author says what became of it.
    fn outcome(&self) -> Vec<Record> {
        let party = |whose: &CommitmentRef, state: &CommitmentState| {
            whose.helper == self.me || state.counts_for.author == self.me
        };
        let tells =
            |state: &CommitmentState| self.two.is_multiple_of(4) || state.past || state.verdict.is_some();
        let mine = self.board.commitments().filter(|(whose, state)| party(whose, state) && tells(state));
        let Some(commitment) = pick(&mine.map(|(whose, _)| whose).collect::<Vec<_>>(), self.one) else {
            return Vec::new();
        };
        let slots = &self.board.commitment(commitment).unwrap().slots;
        let slot = pick(&slots.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), self.two / 3);
        let how = [How::Happened, How::Happened, How::Partly, How::DidNot][usize::from(self.two) % 4];
        vec![Record::Outcome(Outcome { commitment, slot, how, reason: None, at: self.knowledge.now })]
    }

    fn undo(&self) -> Option<RecordId> {
        let own = self.knowledge.members.get(&self.me)?;
        let undone = |record: &Record| matches!(record, Record::Closure(_) | Record::Withdrawal(_));
        pick(
            &own.iter().filter(|(_, record)| undone(record)).map(|(id, _)| *id).collect::<Vec<_>>(),
            self.one,
        )
    }

    /// Some of the times of a promise.
    fn withdraw_some(&self) -> Vec<Record> {
        let Some(promise) = pick(&self.own_live(|status| status.is_live()), self.one) else {
            return Vec::new();
        };
        let slots = &self.board.commitment(promise).unwrap().slots;
        let Some((slot, _)) = pick(slots, self.two) else { return Vec::new() };
        let slots = Some(SlotIds::one(slot));
        vec![Record::Withdrawal(Withdrawal { commitment: promise.id, slots, at: self.knowledge.now })]
    }

    fn window(&self, number: u16) -> Option<Window> {
        let start = self.knowledge.now + SignedDuration::from_hours(i64::from(number % 72));
        let civil = |at| self.knowledge.zone.civil(at).with().minute(0).second(0).build().unwrap();
        let [start, end] = [start, start + SignedDuration::from_hours(3)].map(civil);
        Window::new(start, end, self.knowledge.zone.clone()).ok().filter(|_| !number.is_multiple_of(3))
    }

    fn new_post(&self) -> Post {
        let modes = [Mode::Choose, Mode::First, Mode::TurnUp];
        Post {
            kind: if self.one.is_multiple_of(4) { PostKind::Offer } else { PostKind::Need },
            category: Category::Errand,
            title: Title::new("Errand").unwrap(),
            detail: None,
            urgent: false,
            when: self.when(self.two),
            place: None,
            want: Want { amount: Amount::new(1 + self.two % 3).unwrap(), unit: Unit::Items },
            roles: Roles::default(),
            lend: None,
            mode: modes[usize::from(self.one / 4) % 3],
            proxy: None,
            standing: self.one.is_multiple_of(16),
            resting: false,
            reviewed: None,
            audience: Audience::Circle,
            changed: None,
            until: None,
            posted: self.knowledge.now,
        }
    }

    fn promise(&self) -> Vec<Record> {
        // Mostly where one has not promised yet.
        let again = self.two.is_multiple_of(8);
        let wanted = |post| again || self.board.live_promise(self.me, post).is_none();
        let live = self.board.posts().filter(|(post, state)| state.status.is_live() && wanted(*post));
        let live: Vec<_> = live.map(|(post, _)| post).collect();
        let Some(post) = pick(&live, self.one) else { return Vec::new() };
        let part = self.part(post);
        let basis = self.board.basis(&self.knowledge.known(), self.me, post, &part).unwrap();
        vec![Record::Commitment(Commitment {
            post,
            part,
            role: None,
            amount: Amount::new(1 + self.two % 3).unwrap(),
            say: None,
            basis,
            made: self.knowledge.now,
        })]
    }

    fn answer(&self) -> Vec<Record> {
        let asked: Vec<_> = self
            .own_posts()
            .into_iter()
            .flat_map(|post| {
                self.board.post(self.board.leader(post)).unwrap().line.iter().map(move |c| (post, *c))
            })
            .collect();
        // Mostly what still waits or lives, now and then anything.
        let live =
            |(_, whose): &&(PostRef, CommitmentRef)| self.board.commitment(*whose).unwrap().status.is_live();
        let lively: Vec<_> = asked.iter().filter(live).copied().collect();
        let asked = if self.two.is_multiple_of(7) { asked } else { lively };
        let Some((post, commitment)) = pick(&asked, self.one) else { return Vec::new() };
        let verdict =
            [Verdict::Accept, Verdict::Accept, Verdict::StandBy, Verdict::StandBy, Verdict::Decline]
                [usize::from(self.two % 5)];
        vec![self.answer_to(post.id, commitment, verdict)]
    }

    fn answer_to(&self, post: RecordId, commitment: CommitmentRef, verdict: Verdict) -> Record {
        let doorstep = (verdict == Verdict::Accept).then(|| Sealed::new(vec![1]).unwrap());
        Record::Answer(Answer { post, commitment, verdict, doorstep, at: self.knowledge.now })
    }

    fn accept_first(&self) -> Vec<Record> {
        let accepts = to_accept(&self.knowledge.known(), &self.board, self.me);
        accepts
            .into_iter()
            .map(|accept| self.answer_to(accept.post, accept.commitment, Verdict::Accept))
            .collect()
    }

    fn withdraw(&self) -> Vec<Record> {
        let Some(promise) = pick(&self.own_live(|status| status.is_live()), self.one) else {
            return Vec::new();
        };
        let post = self.board.commitment(promise).unwrap().counts_for;
        let own = self.board.to_withdraw(self.me, post);
        assert!(own.contains(&promise));
        own.into_iter()
            .map(|commitment| {
                Record::Withdrawal(Withdrawal {
                    commitment: commitment.id,
                    slots: None,
                    at: self.knowledge.now,
                })
            })
            .collect()
    }

    fn close(&self) -> Vec<Record> {
        let Some(post) = pick(&self.own_posts(), self.one) else { return Vec::new() };
        let posts: Vec<_> = self.board.posts().map(|(post, _)| post).collect();
        let how = match self.two % 4 {
            0 => Closed::Met,
            1 | 2 => Closed::NotNeeded,
            _ => Closed::DuplicateOf(pick(&posts, self.two / 4).unwrap()),
        };
        vec![Record::Closure(Closure { post: post.id, how, at: self.knowledge.now })]
    }

    fn change_post(&self) -> Option<(RecordId, Record)> {
        let post = pick(&self.own_posts(), self.one)?;
        let record = self.knowledge.known().post(post)?.clone();
        let changed = match self.two % 3 {
            _ if record.standing && self.two.is_multiple_of(2) => {
                Post { resting: !record.resting, reviewed: Some(self.knowledge.now), ..record }
            }
            0 => Post { until: Some(self.knowledge.now + SignedDuration::from_hours(14 * 24)), ..record },
            1 => Post { place: Some(Place::new(&format!("corner {}", self.two % 7)).unwrap()), ..record },
            _ => Post { when: self.when(self.two), changed: Some(self.knowledge.now), ..record },
        };
        Some((post.id, Record::Post(changed)))
    }

    fn confirm(&self) -> Option<(RecordId, Record)> {
        let promise = pick(&self.own_live(|status| status == CommitmentStatus::CheckAgain), self.one)?;
        let known = self.knowledge.known();
        let post = known.post(self.board.commitment(promise)?.counts_for)?;
        Some((promise.id, Record::Commitment(known.commitment(promise)?.confirmed(post))))
    }

    /// What the app does not do, and another may: a promise written over, with all that came since as
    /// its basis. Two of these make a ring.
    fn promise_anew(&self) -> Option<(RecordId, Record)> {
        let promise = pick(&self.own_live(|status| status.is_live()), self.one)?;
        let known = self.knowledge.known();
        let record = known.commitment(promise)?;
        let basis = self.board.basis(&known, self.me, record.post, &record.part)?;
        Some((promise.id, Record::Commitment(Commitment { basis, ..record.clone() })))
    }
}
