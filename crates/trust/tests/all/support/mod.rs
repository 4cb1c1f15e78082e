//! A circle of neighbours to tell stories with.
#![allow(dead_code, reason = "each test file uses some of it")]

pub(crate) mod naive;
pub(crate) mod scene;

use std::sync::OnceLock;

use closeknit_ids::{ChangeHash, CircleId, DeviceId, MemberId, MemberKind, StatementId};
use closeknit_trust::{
    device::DeviceKeys,
    invitation::Token,
    ledger::{Ledger, Outcome},
    roster::Roster,
    statement::{
        Admit, Body, Cut, DropDevice, Enrol, Found, Founder, Generation, Machine, Pen, Remove, Statement,
        Vouch,
    },
    text::{CircleName, DeviceLabel, ZoneName},
    words::{MemberKey, Nonce, Words},
};

pub(crate) const ALICE: usize = 0;
pub(crate) const BOB: usize = 1;
pub(crate) const CAROL: usize = 2;
/// An organisation.
pub(crate) const PARISH: usize = 3;
pub(crate) const DAVE: usize = 4;
pub(crate) const ERIN: usize = 5;
pub(crate) const FRANK: usize = 6;
pub(crate) const GRACE: usize = 7;

pub(crate) const MACHINES: usize = 3;

/// Randomness that is the same in every version of every library, because frozen files rest on it.
struct Steady {
    seed: u64,
    drawn: u8,
}

impl rand_core::TryRng for Steady {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        unreachable!("keys are drawn as bytes")
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        unreachable!("keys are drawn as bytes")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        self.drawn += 1;
        let pattern = [self.seed.to_le_bytes().as_slice(), &[self.drawn]].concat();
        bytes.iter_mut().zip(pattern.iter().cycle()).for_each(|(to, from)| *to = *from);
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Steady {}

/// Somebody with words and machines.
pub(crate) struct Neighbour {
    pub(crate) name: &'static str,
    pub(crate) kind: MemberKind,
    pub(crate) words: Words,
    pub(crate) nonce: Nonce,
    pub(crate) key: MemberKey,
    pub(crate) devices: Vec<DeviceKeys>,
    pub(crate) machines: Vec<Machine>,
}

impl Neighbour {
    pub(crate) fn new(seed: u64, name: &'static str, kind: MemberKind, devices: usize) -> Self {
        let mut rng = Steady { seed, drawn: 0 };
        let words = Words::generate(&mut rng);
        let nonce = Nonce::generate(&mut rng);
        let key = words.member_key(&nonce);
        let devices = (0..devices).map(|_| DeviceKeys::generate(&mut rng)).collect();
        Self { name, kind, words, nonce, key, devices, machines: Vec::new() }
    }

    pub(crate) fn id(&self) -> MemberId {
        self.key.id()
    }

    pub(crate) fn device(&self, machine: usize) -> DeviceId {
        self.devices[machine].id()
    }

    pub(crate) fn pen(&self, machine: usize) -> Pen<'_> {
        Pen::Device(&self.devices[machine], self.id())
    }

    pub(crate) fn words_pen(&self) -> Pen<'_> {
        Pen::Member(&self.key)
    }

    fn machine_in(&self, circle: CircleId, machine: usize) -> Machine {
        let label = DeviceLabel::new(&format!("{}'s machine {machine}", self.name)).unwrap();
        self.devices[machine].machine(circle, self.id(), label)
    }

    pub(crate) fn enrol_by_words(&self, machine: usize) -> Body {
        Body::Enrol(Enrol::by_words(self.machines[machine].clone(), &self.words, self.nonce))
    }

    pub(crate) fn enrol_by_device(&self, machine: usize) -> Body {
        Body::Enrol(Enrol::by_device(self.machines[machine].clone()))
    }
}

/// Eight neighbours, and the beginning of the circle of the first two. Always the same.
pub(crate) struct Cast {
    pub(crate) neighbours: Vec<Neighbour>,
    pub(crate) found: Statement,
}

impl Cast {
    pub(crate) fn circle(&self) -> CircleId {
        self.found.circle()
    }

    pub(crate) fn ids(&self, whom: &[usize]) -> std::collections::BTreeSet<MemberId> {
        whom.iter().map(|one| self.neighbours[*one].id()).collect()
    }
}

impl std::ops::Index<usize> for Cast {
    type Output = Neighbour;
    fn index(&self, neighbour: usize) -> &Neighbour {
        &self.neighbours[neighbour]
    }
}

pub(crate) fn found(one: &Neighbour, other: &Neighbour) -> Statement {
    let founder = |neighbour: &Neighbour| Founder { member: neighbour.id(), kind: neighbour.kind };
    let name = CircleName::new("Millrace").unwrap();
    let zone = ZoneName::new("Europe/Vienna").unwrap();
    let terms = Found::new(name, zone, Nonce([7; 16]), founder(one), founder(other));
    let signatures = [one, other].map(|neighbour| terms.sign(&neighbour.key).unwrap());
    Statement::found(&terms, signatures).unwrap()
}

pub(crate) fn cast() -> &'static Cast {
    static CAST: OnceLock<Cast> = OnceLock::new();
    CAST.get_or_init(|| {
        let names = ["alice", "bob", "carol", "parish", "dave", "erin", "frank", "grace"];
        let mut neighbours: Vec<Neighbour> = (1..)
            .zip(names)
            .map(|(seed, name)| {
                let kind = match name {
                    "carol" => MemberKind::Household,
                    "parish" => MemberKind::Organisation,
                    _ => MemberKind::Person,
                };
                Neighbour::new(seed, name, kind, MACHINES)
            })
            .collect();
        let found = found(&neighbours[ALICE], &neighbours[BOB]);
        for neighbour in &mut neighbours {
            let machines = (0..MACHINES).map(|machine| neighbour.machine_in(found.circle(), machine));
            neighbour.machines = machines.collect();
        }
        Cast { neighbours, found }
    })
}

/// The beginning: founded, and both founders' first machines enrolled.
pub(crate) fn begun() -> Ledger {
    let cast = cast();
    let mut ledger = Ledger::new(cast.circle());
    assert_eq!(ledger.insert(cast.found.clone()), Outcome::New);
    for founder in [ALICE, BOB] {
        enrol(&mut ledger, founder, 0);
    }
    ledger
}

/// Writes the next statement and takes it into the set.
pub(crate) fn say(ledger: &mut Ledger, pen: Pen<'_>, body: &Body) -> Statement {
    let statement = ledger.write(pen, body).unwrap();
    assert_eq!(ledger.insert(statement.clone()), Outcome::New, "{statement:?}");
    statement
}

pub(crate) fn enrol(ledger: &mut Ledger, who: usize, machine: usize) -> Statement {
    let who = &cast()[who];
    say(ledger, who.words_pen(), &who.enrol_by_words(machine))
}

pub(crate) fn admit(ledger: &mut Ledger, by: usize, whom: usize) -> Statement {
    let body = admit_body(by, 0, whom, cast()[whom].kind, u8::try_from(whom).unwrap());
    say(ledger, cast()[by].pen(0), &body)
}

pub(crate) fn admit_body(by: usize, machine: usize, whom: usize, kind: MemberKind, token: u8) -> Body {
    let cast = cast();
    let (newcomer, admitter) = (&cast[whom], cast[by].device(machine));
    let proof = Token::from([token; 32]).prove(cast.circle(), newcomer.id(), newcomer.device(0), admitter);
    Body::Admit(Admit { member: newcomer.id(), kind, proof })
}

/// A newcomer's first machine, and one neighbour's word.
pub(crate) fn welcome(ledger: &mut Ledger, by: usize, whom: usize) -> Statement {
    enrol(ledger, whom, 0);
    admit(ledger, by, whom)
}

pub(crate) fn vouch_body(whom: usize) -> Body {
    let whom = &cast()[whom];
    Body::Vouch(Vouch { member: whom.id(), kind: whom.kind })
}

pub(crate) fn vouch(ledger: &mut Ledger, by: usize, whom: usize) -> Statement {
    say(ledger, cast()[by].pen(0), &vouch_body(whom))
}

/// Two founders' word: a vote for a person or a household.
pub(crate) fn vouch_both(ledger: &mut Ledger, whom: usize) {
    vouch(ledger, ALICE, whom);
    vouch(ledger, BOB, whom);
}

pub(crate) fn remove_body(whom: usize, case: Option<StatementId>) -> Body {
    Body::Remove(Remove { member: cast()[whom].id(), case })
}

pub(crate) fn remove(ledger: &mut Ledger, by: usize, whom: usize, case: Option<&Statement>) -> Statement {
    say(ledger, cast()[by].pen(0), &remove_body(whom, case.map(Statement::id)))
}

pub(crate) fn drop_body(whose: usize, machine: usize, cuts: Vec<Cut>) -> Body {
    Body::Drop(DropDevice { device: cast()[whose].device(machine), cuts })
}

pub(crate) fn drop_by_words(ledger: &mut Ledger, whose: usize, machine: usize) -> Statement {
    say(ledger, cast()[whose].words_pen(), &drop_body(whose, machine, vec![]))
}

pub(crate) fn generation_body(n: u32, base: u8) -> Body {
    Body::Generation(Generation {
        n,
        base: ChangeHash([base; 32]),
        count: 2,
        bytes: 900,
        closes: vec![ChangeHash([base.wrapping_add(1); 32])],
        forgotten: vec![closeknit_ids::RecordId([base; 16])],
    })
}

pub(crate) fn generation(ledger: &mut Ledger, by: usize, machine: usize, n: u32, base: u8) -> Statement {
    say(ledger, cast()[by].pen(machine), &generation_body(n, base))
}

pub(crate) fn roster(ledger: &Ledger) -> Roster {
    Roster::fold(ledger)
}

/// All statements of one set into another, as two machines that meet would.
pub(crate) fn catch_up(ledger: &mut Ledger, from: &Ledger) {
    for statement in from.iter() {
        ledger.insert(statement.clone());
    }
}
