//! A member with a vote who may say and sign whatever she likes, in her own name and in that of members whom she
//! makes up: she alone removes nobody, makes no voter, and writes in nobody's document.

use closeknit_ids::{ChangeHash, DeviceId, MemberId, MemberKind, RecordId, StatementId};
use closeknit_trust::{
    circle::doc_id,
    device::DeviceKeys,
    invitation::Token,
    ledger::Ledger,
    roster::{Authority, Roster},
    statement::{Admit, Body, Cut, DropDevice, Enrol, Generation, MOST_PREV, Pen, Remove, Statement, Vouch},
    text::DeviceLabel,
    tip::{Head, Tip},
};

use crate::scene::{Neighbour, Scene, scene};

/// Signatures take most of the time.
const MOST_ACTS: usize = 32;

/// What the bytes decide.
struct Choice<'a>(&'a [u8]);

impl Choice<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn below(&mut self, most: usize) -> usize {
        usize::from(self.byte()) % most.max(1)
    }

    fn of<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }

    fn kind(&mut self) -> MemberKind {
        *self.of(&[MemberKind::Person, MemberKind::Household, MemberKind::Organisation])
    }
}

/// Lets mallory act as the bytes say. Says how many of her statements entered.
///
/// # Panics
/// If she alone achieved what no member alone may.
pub fn acts_of_one_member(bytes: &[u8]) -> usize {
    let scene = scene();
    let mut workshop = Workshop { scene, ledger: scene.ledger.clone(), choice: Choice(bytes) };
    let before = workshop.ledger.len();
    for _ in 0..MOST_ACTS {
        if workshop.choice.0.is_empty() {
            break;
        }
        workshop.act();
    }
    scene.is_unharmed_in(&Roster::fold(&workshop.ledger));
    workshop.ledger.len() - before
}

struct Workshop<'a> {
    scene: &'static Scene,
    ledger: Ledger,
    choice: Choice<'a>,
}

impl Workshop<'_> {
    fn act(&mut self) {
        let who = self.one_of_hers();
        let device = self.choice.below(3);
        let pen = match who.devices.get(device) {
            Some(keys) => {
                Pen::Device(keys, *self.choice.of(&[who.id(), who.id(), who.id(), self.scene.alice.id()]))
            }
            None => Pen::Member(&who.key),
        };
        if self.choice.byte().is_multiple_of(16) {
            return self.sign_a_tip(&who.devices[device % 2]);
        }
        let body = self.body(who);
        let written = if self.choice.byte().is_multiple_of(4) {
            self.out_of_the_way(pen, &body)
        } else {
            self.ledger.write(pen, &body).ok()
        };
        if let Some(statement) = written {
            assert_eq!(Statement::parse(statement.bytes()).as_ref(), Ok(&statement));
            self.ledger.insert(statement);
        }
    }

    fn one_of_hers(&mut self) -> &'static Neighbour {
        match self.choice.below(self.scene.puppets.len() * 2) {
            one if one < self.scene.puppets.len() => &self.scene.puppets[one],
            _ => &self.scene.mallory,
        }
    }

    fn anybody(&mut self) -> &'static Neighbour {
        let scene = self.scene;
        let [alice, bob, dave] = scene.honest();
        let everybody: Vec<&'static Neighbour> =
            [alice, bob, dave].into_iter().chain(scene.mallorys()).collect();
        everybody[self.choice.below(everybody.len())]
    }

    fn id(&mut self) -> StatementId {
        let all: Vec<StatementId> = self.ledger.iter().map(Statement::id).collect();
        *self.choice.of(&all)
    }

    /// With whatever number and past.
    fn out_of_the_way(&mut self, pen: Pen<'_>, body: &Body) -> Option<Statement> {
        let next = self.ledger.next_index(pen.device());
        let index = *self.choice.of(&[next, next, next.saturating_sub(1), 1, 2, 1024, 1025, 0]);
        let mut prev: Vec<StatementId> = self
            .ledger
            .iter()
            .filter(|other| other.device() == pen.device() && other.index() + 1 == index)
            .map(Statement::id)
            .collect();
        let more = self.choice.below(MOST_PREV + 2);
        prev.extend((0..more).map(|_| self.id()));
        Statement::sign(pen, self.ledger.circle(), index, &prev, body).ok()
    }

    fn body(&mut self, who: &Neighbour) -> Body {
        match self.choice.below(10) {
            0 => who.enrol(self.ledger.circle(), self.choice.below(2)),
            1 => Body::Enrol(Enrol::by_device(self.machine(who))),
            2 => Body::Drop(DropDevice { device: self.device(), cuts: self.cuts() }),
            3 => self.admit(),
            4 | 5 => Body::Vouch(Vouch { member: self.anybody().id(), kind: self.choice.kind() }),
            6 => {
                let case = (!self.choice.byte().is_multiple_of(3)).then(|| self.id());
                Body::Remove(Remove { member: self.anybody().id(), case })
            }
            7 => Body::Leave,
            8 => self.generation(),
            _ => {
                let argument = (0..self.choice.below(80)).map(|_| self.choice.byte()).collect();
                Body::Unknown { kind: u16::from(self.choice.byte()) % 12, argument }
            }
        }
    }

    /// A machine of hers, or an honest one as its owner described it.
    fn machine(&mut self, who: &Neighbour) -> closeknit_trust::statement::Machine {
        let honest: Vec<_> = self
            .ledger
            .iter()
            .filter_map(|statement| match statement.body() {
                Body::Enrol(enrol) => Some(enrol.machine.clone()),
                _ => None,
            })
            .collect();
        if self.choice.byte().is_multiple_of(4) {
            return self.choice.of(&honest).clone();
        }
        let label = DeviceLabel::new("machine").expect("a label");
        self.choice.of(&who.devices).machine(self.ledger.circle(), who.id(), label)
    }

    fn device(&mut self) -> DeviceId {
        let of = self.anybody();
        *self.choice.of(&[of.devices[0].id(), of.devices[1].id(), DeviceId(of.id().0)])
    }

    fn cuts(&mut self) -> Vec<Cut> {
        (0..self.choice.below(3))
            .map(|generation| Cut {
                generation: generation as u32,
                heads: vec![ChangeHash([self.choice.byte(); 32])],
            })
            .collect()
    }

    fn admit(&mut self) -> Body {
        let (whom, by) = (self.anybody(), self.scene.mallory.devices[0].id());
        let token = Token::from([self.choice.byte(); 32]);
        let proof = token.prove(self.ledger.circle(), whom.id(), whom.devices[0].id(), by);
        Body::Admit(Admit { member: whom.id(), kind: self.choice.kind(), proof })
    }

    fn generation(&mut self) -> Body {
        Body::Generation(Generation {
            n: u32::from(self.choice.byte() % 4),
            base: ChangeHash([self.choice.byte(); 32]),
            count: u32::from(self.choice.byte()),
            bytes: u32::from(self.choice.byte()) << 8,
            closes: vec![ChangeHash([self.choice.byte(); 32]); self.choice.below(3)],
            forgotten: vec![RecordId([self.choice.byte(); 16]); self.choice.below(3)],
        })
    }

    /// Under anybody's document.
    fn sign_a_tip(&mut self, keys: &DeviceKeys) {
        let (circle, whose): (_, MemberId) = (self.ledger.circle(), self.anybody().id());
        let head = Head {
            circle,
            doc: doc_id(circle, whose),
            generation: u32::from(self.choice.byte() % 3),
            head: ChangeHash([self.choice.byte(); 32]),
            count: u32::from(self.choice.byte()),
            bytes: u32::from(self.choice.byte()),
        };
        let tip = Tip::parse(Tip::sign(keys, head).bytes()).expect("it was just signed");
        if self.scene.honest().iter().any(|one| one.id() == whose) {
            let roster = Roster::fold(&self.ledger);
            assert_eq!(roster.authority(tip.device(), head.doc, head.generation), Authority::None);
        }
    }
}
