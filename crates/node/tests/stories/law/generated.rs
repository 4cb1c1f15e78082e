//! A circle as chance made it: who came and went, what they wrote on which machine, what began afresh.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    path::Path,
};

use closeknit_archive::{About, ArchiveError, CircleInfo, Filling, SealTo};
use closeknit_domain::{
    Amount, Audience, Category, Kind, Locked, MemberKind, Mode, Note, Phrases, Post, PostKind, Profile,
    Record, Roles, Sealed, Unit, Want, When,
    text::{Name, NoteText, Title},
};
use closeknit_ids::{ActorId, CircleId, DocId, MemberId, RecordId};
use closeknit_replica::{Act, Document, RawChange, Room, SignedHead};
use closeknit_trust::{
    circle::doc_id,
    device::DeviceKeys,
    invitation::Token,
    ledger::Ledger,
    roster::Roster,
    seal,
    statement::{Admit, Body, Enrol, Found, Founder, Generation, Pen, Remove, Statement, Vouch},
    text::{CircleName, DeviceLabel, ZoneName},
    tip::{Head, Tip},
    words::{MemberKey, Nonce, Words},
};
use rand::{RngExt as _, rngs::StdRng};

const NOW: i64 = 1_794_475_200;
const STEPS: std::ops::Range<usize> = 4..16;

/// What the circles of one run had among them.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Happened {
    members: usize,
    machines: usize,
    left: usize,
    removed: usize,
    forks: usize,
    unknown: usize,
    generations: usize,
    forgotten: usize,
    apart: usize,
    sealed: usize,
    notes: usize,
    merged: usize,
    changes: usize,
}

impl Happened {
    fn all(&mut self) -> [&mut usize; 13] {
        [
            &mut self.members,
            &mut self.machines,
            &mut self.left,
            &mut self.removed,
            &mut self.forks,
            &mut self.unknown,
            &mut self.generations,
            &mut self.forgotten,
            &mut self.apart,
            &mut self.sealed,
            &mut self.notes,
            &mut self.merged,
            &mut self.changes,
        ]
    }

    pub(super) fn add(&mut self, mut other: Self) {
        self.all().into_iter().zip(other.all()).for_each(|(sum, more)| *sum += *more);
    }

    pub(super) fn everything(mut self) -> bool {
        self.all().into_iter().all(|times| *times > 0)
    }
}

#[derive(Debug)]
struct Neighbour {
    words: Words,
    nonce: Nonce,
    key: MemberKey,
    machines: Vec<DeviceKeys>,
    document: Document,
    generation: u32,
    /// Tips of the current generation, by machine and head.
    tips: Vec<Tip>,
}

impl Neighbour {
    fn id(&self) -> MemberId {
        self.key.id()
    }
}

#[derive(Debug)]
pub(super) struct Generated {
    circle: CircleId,
    ledger: Ledger,
    neighbours: Vec<Neighbour>,
    pub(super) happened: Happened,
}

fn record(rng: &mut StdRng) -> RecordId {
    RecordId(rng.random())
}

fn actor(rng: &mut StdRng) -> ActorId {
    ActorId(rng.random())
}

fn post(rng: &mut StdRng) -> Record {
    Record::Post(Post {
        kind: if rng.random() { PostKind::Need } else { PostKind::Offer },
        category: Category::Ride,
        title: Title::new(&format!("Lift number {}", rng.random::<u16>())).unwrap(),
        detail: None,
        urgent: rng.random(),
        when: When::Anytime,
        place: None,
        want: Want { amount: Amount::ONE, unit: Unit::Helpers },
        roles: Roles::default(),
        lend: None,
        mode: Mode::Choose,
        proxy: None,
        standing: false,
        resting: false,
        reviewed: None,
        audience: Audience::Circle,
        changed: None,
        until: None,
        posted: jiff::Timestamp::from_second(NOW).unwrap(),
    })
}

fn note(rng: &mut StdRng) -> Note {
    let text = "What was said. ".repeat(rng.random_range(0..200));
    Note {
        title: Title::new(&format!("Meeting {}", rng.random::<u16>())).unwrap(),
        text: NoteText::typed(&text).unwrap(),
        written: jiff::Timestamp::from_second(NOW).unwrap(),
        changed: None,
    }
}

/// The same with a word more somewhere.
fn added_to(note: &Note, rng: &mut StdRng) -> Note {
    let text = note.text.as_deref().unwrap_or_default();
    let (before, after) = text.split_at(rng.random_range(0..=text.len()));
    Note {
        text: NoteText::held(&format!("{before} {} {after}", rng.random::<u8>())).unwrap(),
        ..note.clone()
    }
}

impl Generated {
    /// Two begin it, and then a few things happen.
    pub(super) fn circle(rng: &mut StdRng) -> Self {
        let both = [Neighbour::new(rng), Neighbour::new(rng)];
        let founder = |one: &Neighbour| Founder { member: one.id(), kind: MemberKind::Person };
        let (name, zone) = (CircleName::new("Millrace").unwrap(), ZoneName::new("Europe/Vienna").unwrap());
        let found = Found::new(name, zone, Nonce::generate(rng), founder(&both[0]), founder(&both[1]));
        let signatures = [&both[0], &both[1]].map(|one| (one.id(), found.sign(&one.key).unwrap()));
        let statement = Statement::found(&found, signatures.map(|(_, signature)| signature)).unwrap();
        let circle = statement.circle();
        let mut ledger = Ledger::new(circle);
        ledger.insert(statement);
        let mut generated = Self { circle, ledger, neighbours: both.into(), happened: Happened::default() };
        for founder in 0..2 {
            generated.enrol(rng, founder, true);
            generated.write(rng, founder);
        }
        for _ in 0..rng.random_range(STEPS) {
            generated.step(rng);
        }
        generated.happened.members = generated.neighbours.len();
        generated
    }

    fn step(&mut self, rng: &mut StdRng) {
        let one = rng.random_range(0..self.neighbours.len());
        match rng.random_range(0..12) {
            0 | 1 if self.neighbours.len() < 6 => self.comes(rng),
            2 => self.vouch(rng, one),
            3 => {
                let by_words = rng.random();
                self.enrol(rng, one, by_words);
                self.happened.machines += 1;
            }
            4 if one > 1 => {
                let body = Body::Leave;
                self.say(Pen::Member(&self.neighbours[one].key), &body);
                self.happened.left += 1;
            }
            5 if one > 1 => self.removed(one),
            6 => self.of_a_later_version(rng, one),
            7 => self.fork(rng, one),
            8 => self.begin_afresh(rng, one),
            9 => self.apart(rng, one),
            _ => self.write(rng, one),
        }
    }

    /// Signs and takes a statement; one that its key cannot write any more is left out.
    fn say(&self, pen: Pen<'_>, body: &Body) -> Option<Statement> {
        self.ledger.write(pen, body).ok()
    }

    fn take(&mut self, statement: Option<Statement>) {
        statement.map(|statement| self.ledger.insert(statement));
    }

    fn by_machine(&mut self, one: usize, body: &Body) {
        let neighbour = &self.neighbours[one];
        let said = self.say(Pen::Device(&neighbour.machines[0], neighbour.id()), body);
        self.take(said);
    }

    fn enrol(&mut self, rng: &mut StdRng, one: usize, by_words: bool) {
        let keys = DeviceKeys::generate(rng);
        let neighbour = &self.neighbours[one];
        let machine = keys.machine(self.circle, neighbour.id(), DeviceLabel::new("laptop").unwrap());
        let said = if by_words || neighbour.machines.is_empty() {
            let enrol = Body::Enrol(Enrol::by_words(machine, &neighbour.words, neighbour.nonce));
            self.say(Pen::Member(&neighbour.key), &enrol)
        } else {
            let enrol = Body::Enrol(Enrol::by_device(machine));
            self.say(Pen::Device(&neighbour.machines[0], neighbour.id()), &enrol)
        };
        self.take(said);
        self.neighbours[one].machines.push(keys);
    }

    fn comes(&mut self, rng: &mut StdRng) {
        self.neighbours.push(Neighbour::new(rng));
        let one = self.neighbours.len() - 1;
        self.enrol(rng, one, true);
        let admitter = rng.random_range(0..2);
        let (newcomer, voter) = (&self.neighbours[one], &self.neighbours[admitter]);
        let (member, device) = (newcomer.id(), newcomer.machines[0].id());
        let proof = Token::generate(rng).prove(self.circle, member, device, voter.machines[0].id());
        let kind = if rng.random_bool(0.8) { MemberKind::Person } else { MemberKind::Organisation };
        self.by_machine(admitter, &Body::Admit(Admit { member, kind, proof }));
        self.write(rng, one);
    }

    fn vouch(&mut self, rng: &mut StdRng, one: usize) {
        let by = rng.random_range(0..self.neighbours.len());
        let vouch = Vouch { member: self.neighbours[one].id(), kind: MemberKind::Person };
        self.by_machine(by, &Body::Vouch(vouch));
    }

    /// Both founders say that somebody does not belong any more.
    fn removed(&mut self, one: usize) {
        let member = self.neighbours[one].id();
        let first = &self.neighbours[0];
        let pen = Pen::Device(&first.machines[0], first.id());
        let case = self.say(pen, &Body::Remove(Remove { member, case: None }));
        let id = case.as_ref().map(Statement::id);
        self.take(case);
        self.by_machine(1, &Body::Remove(Remove { member, case: id }));
        self.happened.removed += 1;
    }

    fn of_a_later_version(&mut self, rng: &mut StdRng, one: usize) {
        let argument = (0..rng.random_range(0..200)).map(|_| rng.random()).collect();
        self.by_machine(one, &Body::Unknown { kind: rng.random_range(9..u16::MAX), argument });
        self.happened.unknown += 1;
    }

    /// A copied profile says something else with the same number.
    fn fork(&mut self, rng: &mut StdRng, one: usize) {
        let before = self.ledger.clone();
        self.of_a_later_version(rng, one);
        let neighbour = &self.neighbours[one];
        let body = Body::Unknown { kind: 4_711, argument: rng.random::<[u8; 8]>().to_vec() };
        let said = before.write(Pen::Device(&neighbour.machines[0], neighbour.id()), &body).ok();
        self.take(said);
        self.happened.forks += self.ledger.forks().count();
    }

    /// Some records, written by one of the machines.
    fn write(&mut self, rng: &mut StdRng, one: usize) {
        let by = actor(rng);
        for _ in 0..rng.random_range(1..4) {
            let act = self.act(rng, one);
            self.neighbours[one].document.write_in_parts(by, NOW, &[act]).unwrap();
            self.happened.changes += 1;
        }
        self.sign(rng, one);
    }

    fn act(&mut self, rng: &mut StdRng, one: usize) -> Act {
        let id = record(rng);
        let neighbour = &self.neighbours[one];
        let is_profile = |record: &Record| matches!(record, Record::Profile(_));
        if !neighbour.document.read().records.values().any(is_profile) {
            let none = Phrases::default;
            let name = Name::new(&format!("Neighbour {one}")).unwrap();
            let (kind, area) = (MemberKind::Person, None);
            let profile = Profile { name, kind, languages: none(), area, skills: none(), lends: none() };
            return Act::add(id, Record::Profile(profile));
        }
        let notes = neighbour.document.read().records.into_iter().filter_map(|(id, record)| match record {
            Record::Note(note) => Some((id, note)),
            _ => None,
        });
        let notes: Vec<_> = notes.collect();
        match rng.random_range(0..7) {
            0 => {
                self.happened.sealed += 1;
                let to = neighbour.words.member_identity(&neighbour.nonce).recipient();
                let sealed = seal::seal(&rng.random::<[u8; 32]>(), &[to]).unwrap();
                let sealed = Sealed::new(sealed).unwrap();
                Act::add(id, Record::Locked(Locked { kind: Kind::Need, until: None, sealed }))
            }
            1 => {
                self.happened.notes += 1;
                Act::add(id, Record::Note(note(rng)))
            }
            2 if !notes.is_empty() => {
                let (id, from) = &notes[rng.random_range(0..notes.len())];
                let to = added_to(from, rng);
                Act::edit(*id, Record::Note(from.clone()), Record::Note(to))
            }
            _ => Act::add(id, post(rng)),
        }
    }

    /// Two machines of one member write without having met.
    fn apart(&mut self, rng: &mut StdRng, one: usize) {
        let mut other = self.neighbours[one].document.clone();
        let act = self.act(rng, one);
        other.write_in_parts(actor(rng), NOW, &[act]).unwrap();
        let merging = other.read().records.into_iter().find_map(|(id, record)| match record {
            Record::Note(note) if self.neighbours[one].document.read().records.contains_key(&id) => {
                Some((id, note))
            }
            _ => None,
        });
        if let Some((id, from)) = merging {
            let mut edit =
                |from: &Note| Act::edit(id, Record::Note(from.clone()), Record::Note(added_to(from, rng)));
            let (theirs, ours) = (edit(&from), edit(&from));
            other.write_in_parts(actor(rng), NOW, &[theirs]).unwrap();
            self.neighbours[one].document.write_in_parts(actor(rng), NOW, &[ours]).unwrap();
            self.happened.merged += 1;
        }
        let theirs = heads(&other);
        self.write(rng, one);
        let mut room = Room::default();
        theirs.iter().for_each(|head| room.expect(*head));
        for change in other.changes() {
            let _ = room.put(change.bytes());
        }
        let neighbour = &mut self.neighbours[one];
        neighbour.document = room.screen(&neighbour.document).apply().document;
        self.happened.apart += usize::from(neighbour.document.heads().count() > 1);
        self.sign(rng, one);
    }

    /// The document begins afresh, without some of its records.
    fn begin_afresh(&mut self, rng: &mut StdRng, one: usize) {
        let neighbour = &self.neighbours[one];
        let posts = neighbour.document.read().records;
        let posts = posts.iter().filter(|(_, record)| matches!(record, Record::Post(_)));
        let forgotten: BTreeSet<RecordId> = posts.map(|(id, _)| *id).take(rng.random_range(0..3)).collect();
        let next = neighbour.document.next_generation(actor(rng), NOW, &forgotten).unwrap();
        let base = next.document.base();
        let generation = Generation {
            n: neighbour.generation + 1,
            base: base.hash,
            count: u32::try_from(base.count).unwrap(),
            bytes: u32::try_from(base.bytes).unwrap(),
            closes: next.closes,
            forgotten: forgotten.iter().copied().collect(),
        };
        let before = self.ledger.len();
        self.by_machine(one, &Body::Generation(generation));
        if self.ledger.len() == before {
            return;
        }
        let neighbour = &mut self.neighbours[one];
        (neighbour.document, neighbour.generation) = (next.document, neighbour.generation + 1);
        neighbour.tips.clear();
        self.sign(rng, one);
        self.happened.generations += 1;
        self.happened.forgotten += forgotten.len();
    }

    /// A machine signs what the document has become; what it signed before lies in that.
    fn sign(&mut self, rng: &mut StdRng, one: usize) {
        let doc = self.doc(one);
        let neighbour = &mut self.neighbours[one];
        let keys = &neighbour.machines[rng.random_range(0..neighbour.machines.len())];
        neighbour.tips.retain(|tip| tip.device() != keys.id());
        for SignedHead { hash: head, count, bytes } in heads(&neighbour.document) {
            let (count, bytes) = (u32::try_from(count).unwrap(), u32::try_from(bytes).unwrap());
            let generation = neighbour.generation;
            let head = Head { circle: self.circle, doc, generation, head, count, bytes };
            neighbour.tips.push(Tip::sign(keys, head));
        }
    }

    fn doc(&self, one: usize) -> DocId {
        doc_id(self.circle, self.neighbours[one].id())
    }

    /// Of whoever's backup it is: one who began it.
    pub(super) fn words(&self) -> &Words {
        &self.neighbours[0].words
    }

    /// Writes what a machine of its owner would write.
    pub(super) fn back_up(&self, path: &Path) {
        let owner = &self.neighbours[0];
        let info = CircleInfo { circle: self.circle, name: "Millrace".into(), member: owner.id() };
        let written = jiff::Timestamp::from_second(NOW).unwrap();
        let about = About { written, app: "Closeknit 0.1.0".into(), circles: vec![info] };
        let to = [owner.words.recipient()];
        let mut go_on = |_| ControlFlow::Continue(());
        let seal = SealTo::Recipients(&to);
        closeknit_archive::write(path, &about, seal, &owner.machines[0], &mut go_on, |bag| self.fill(bag))
            .unwrap();
    }

    fn fill(&self, bag: &mut Filling<'_, '_>) -> Result<(), ArchiveError> {
        self.ledger.iter().try_for_each(|statement| bag.statement(statement.bytes()))?;
        let roster = Roster::fold(&self.ledger);
        let active: BTreeMap<MemberId, &Neighbour> = self
            .neighbours
            .iter()
            .map(|one| (one.id(), one))
            .filter(|(id, _)| roster.is_active(*id))
            .collect();
        let mut tips: Vec<&Tip> = active.values().flat_map(|one| &one.tips).collect();
        tips.sort_by_key(|tip| tip.id());
        tips.iter().try_for_each(|tip| bag.tip(tip.bytes()))?;
        for (member, one) in active {
            bag.document(self.circle, member, one.generation, &one.document.snapshot())?;
            // What every document begins with is in no log.
            let written = |change: &&RawChange| change.hash() != Document::golden_base().hash;
            for change in one.document.changes().filter(written) {
                let (actor, seq) = change.written_by().unwrap();
                bag.change(actor, u64::from(seq), change.bytes())?;
            }
        }
        Ok(())
    }
}

impl Neighbour {
    fn new(rng: &mut StdRng) -> Self {
        let (words, nonce) = (Words::generate(rng), Nonce::generate(rng));
        let key = words.member_key(&nonce);
        let document = Document::found();
        Self { words, nonce, key, machines: Vec::new(), document, generation: 0, tips: Vec::new() }
    }
}

/// The heads of a document, as a machine signs them.
fn heads(document: &Document) -> Vec<SignedHead> {
    let signed = |hash| {
        let past = document.past(hash).unwrap();
        SignedHead { hash, count: past.count, bytes: past.bytes }
    };
    document.heads().map(signed).collect()
}
