//! The circle in which everything is judged: alice and bob began it, mallory has a vote, dave has none.
//!
//! Mallory means harm, and has keys and signatures that are good. Puppets are members whom she makes up.

use std::{collections::BTreeMap, sync::OnceLock};

use closeknit_ids::{ChangeHash, CircleId, DeviceId, MemberId, MemberKind, StatementId};
use closeknit_trust::{
    circle::doc_id,
    device::DeviceKeys,
    invitation::Token,
    ledger::{Ledger, Outcome},
    roster::{Authority, Roster, Standing},
    statement::{Admit, Body, Enrol, Found, Founder, Pen, Statement, Vouch},
    text::{CircleName, DeviceLabel, ZoneName},
    words::{MemberKey, Nonce, Words},
};

/// Randomness that is the same in every version of every library, because files rest on it.
pub struct Steady(u64);

impl Steady {
    /// A beginning.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl rand_core::TryRng for Steady {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        self.try_next_u64().map(|number| number as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    // SplitMix64.
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for piece in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let mixed = (mixed ^ (mixed >> 31)).to_le_bytes();
            piece.iter_mut().zip(mixed).for_each(|(to, from)| *to = from);
        }
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Steady {}

/// Somebody with words and two machines, of which the first is enrolled.
pub struct Neighbour {
    /// Words.
    pub words: Words,
    /// Their number in this circle.
    pub nonce: Nonce,
    /// Who they are.
    pub key: MemberKey,
    /// Their machines.
    pub devices: [DeviceKeys; 2],
}

impl Neighbour {
    fn new(seed: u64) -> Self {
        let mut rng = Steady::new(seed);
        let words = Words::generate(&mut rng);
        let nonce = Nonce::generate(&mut rng);
        let key = words.member_key(&nonce);
        let devices = [DeviceKeys::generate(&mut rng), DeviceKeys::generate(&mut rng)];
        Self { words, nonce, key, devices }
    }

    /// Their id.
    #[must_use]
    pub fn id(&self) -> MemberId {
        self.key.id()
    }

    /// Their first machine signs.
    #[must_use]
    pub fn pen(&self) -> Pen<'_> {
        Pen::Device(&self.devices[0], self.id())
    }

    /// Their words enrol one of their machines.
    #[must_use]
    pub fn enrol(&self, circle: CircleId, machine: usize) -> Body {
        let label = DeviceLabel::new("machine").expect("a label");
        let machine = self.devices[machine].machine(circle, self.id(), label);
        Body::Enrol(Enrol::by_words(machine, &self.words, self.nonce))
    }
}

/// The circle.
pub struct Scene {
    /// A founder.
    pub alice: Neighbour,
    /// The other founder.
    pub bob: Neighbour,
    /// Has a vote, and means harm.
    pub mallory: Neighbour,
    /// Was admitted by bob, and has no vote.
    pub dave: Neighbour,
    /// Mallory makes them up.
    pub puppets: Vec<Neighbour>,
    /// What was said so far.
    pub ledger: Ledger,
    /// Its fold.
    pub roster: Roster,
}

/// Always the same.
pub fn scene() -> &'static Scene {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    SCENE.get_or_init(Scene::begin)
}

impl Scene {
    fn begin() -> Self {
        let [alice, bob, mallory, dave] = [1, 2, 3, 4].map(Neighbour::new);
        let puppets = (10..13).map(Neighbour::new).collect();
        let founder = |neighbour: &Neighbour| Founder { member: neighbour.id(), kind: MemberKind::Person };
        let name = CircleName::new("Millrace").expect("a name");
        let zone = ZoneName::new("Europe/Vienna").expect("a zone");
        let terms = Found::new(name, zone, Nonce([7; 16]), founder(&alice), founder(&bob));
        let signatures = [&alice, &bob].map(|one| terms.sign(&one.key).expect("sound terms"));
        let found = Statement::found(&terms, signatures).expect("sound terms");
        let mut ledger = Ledger::new(found.circle());
        assert_eq!(ledger.insert(found), Outcome::New);
        let circle = ledger.circle();
        let mut say = |pen: Pen<'_>, body: &Body| {
            let statement = ledger.write(pen, body).expect("a sound statement");
            assert_eq!(ledger.insert(statement), Outcome::New);
        };
        for one in [&alice, &bob, &mallory, &dave] {
            say(Pen::Member(&one.key), &one.enrol(circle, 0));
        }
        for (by, whom, token) in [(&alice, &mallory, 1), (&bob, &dave, 2)] {
            say(by.pen(), &admit(circle, by, whom, token));
        }
        let vouch = Body::Vouch(Vouch { member: mallory.id(), kind: MemberKind::Person });
        say(alice.pen(), &vouch);
        say(bob.pen(), &vouch);
        let roster = Roster::fold(&ledger);
        assert!(roster.is_voter(mallory.id()) && roster.is_active(dave.id()) && !roster.is_voter(dave.id()));
        Self { alice, bob, mallory, dave, puppets, ledger, roster }
    }

    /// The circle's id.
    #[must_use]
    pub fn circle(&self) -> CircleId {
        self.ledger.circle()
    }

    /// Those who mean no harm.
    #[must_use]
    pub fn honest(&self) -> [&Neighbour; 3] {
        [&self.alice, &self.bob, &self.dave]
    }

    /// Everybody whose keys mallory has.
    pub fn mallorys(&self) -> impl Iterator<Item = &Neighbour> {
        std::iter::once(&self.mallory).chain(&self.puppets)
    }

    /// Whatever mallory said since: nobody was removed or got a vote, and what the others have is theirs alone.
    ///
    /// # Panics
    /// If not.
    pub fn is_unharmed_in(&self, after: &Roster) {
        assert!(after.members().all(|member| member.standing != Standing::Removed), "somebody was removed");
        for member in after.members().filter(|member| member.voter) {
            assert!(self.roster.is_voter(member.id), "somebody got a vote");
        }
        assert_eq!(after.void_admissions(), self.roster.void_admissions(), "an admission was voided");
        for one in self.honest() {
            assert_eq!(Possessions::of(one.id(), after, self), Possessions::of(one.id(), &self.roster, self));
        }
    }
}

/// What a member has by the statements of a circle.
#[derive(Debug, PartialEq, Eq)]
struct Possessions {
    standing: Standing,
    voter: bool,
    machines: BTreeMap<DeviceId, bool>,
    generations: Vec<(u32, ChangeHash, StatementId)>,
    mallory_may_write: bool,
}

impl Possessions {
    fn of(member: MemberId, roster: &Roster, scene: &Scene) -> Self {
        let found = roster.member(member).expect("a member stays one");
        let doc = doc_id(scene.circle(), member);
        let lineage = roster.lineage(doc);
        let counting = lineage.into_iter().flat_map(|lineage| lineage.counting());
        let mut hers = scene.mallorys().flat_map(|one| {
            let member = DeviceId(one.id().0);
            one.devices.iter().map(DeviceKeys::id).chain([member])
        });
        Self {
            standing: found.standing,
            voter: found.voter,
            machines: roster.machines_of(member).map(|machine| (machine.device, machine.dropped)).collect(),
            generations: counting.map(|counted| (counted.n, counted.base, counted.statement)).collect(),
            mallory_may_write: hers
                .any(|device| (0..3).any(|n| roster.authority(device, doc, n) != Authority::None)),
        }
    }
}

/// That somebody with a vote lets somebody in.
#[must_use]
pub fn admit(circle: CircleId, by: &Neighbour, whom: &Neighbour, token: u8) -> Body {
    let token = Token::from([token; 32]);
    let proof = token.prove(circle, whom.id(), whom.devices[0].id(), by.devices[0].id());
    Body::Admit(Admit { member: whom.id(), kind: MemberKind::Person, proof })
}
