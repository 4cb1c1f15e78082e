//! Statements by mallory, who has a vote and whose signature is good, and by others who have neither.

use closeknit_hostile::scene::Neighbour;
use closeknit_ids::{MemberKind, StatementId};
use closeknit_trust::{
    invitation::Token,
    statement::{Admit, Body, DropDevice, Enrol, Generation, Pen, Remove, Statement, Vouch},
    text::DeviceLabel,
};
use curve25519_dalek::{EdwardsPoint, Scalar, constants::EIGHT_TORSION};
use ed25519_dalek::SigningKey;
use sha2::{Digest as _, Sha512};

use crate::{File, file, signing::*};

const FALSE: &str = "FalseSignature";
const MALFORMED: &str = "Malformed";

/// An envelope, before it is signed.
#[derive(Clone)]
struct Envelope {
    format: u8,
    circle: [u8; 32],
    kind: u16,
    member: [u8; 32],
    device: [u8; 32],
    index: u16,
    prev: Vec<[u8; 32]>,
    argument: Vec<u8>,
}

impl Envelope {
    /// Mallory vouches for dave.
    fn vouch() -> Self {
        let scene = here();
        let vouch = (scene.dave.id(), MemberKind::Person);
        Self { argument: postcard::to_stdvec(&vouch).unwrap(), ..Self::next(&scene.mallory, 5) }
    }

    fn next(who: &Neighbour, kind: u16) -> Self {
        let scene = here();
        let device = who.devices[0].id();
        let mut prev: Vec<[u8; 32]> = scene.ledger.heads().map(|id| id.0).collect();
        let last = scene.ledger.iter().filter(|one| one.device() == device).last();
        let enrolment = scene.ledger.iter().find(|one| one.member() == who.id());
        prev.extend(last.or(enrolment).map(|one| one.id().0));
        prev.sort_unstable();
        prev.dedup();
        Self {
            format: 1,
            circle: scene.circle().0,
            kind,
            member: who.id().0,
            device: device.0,
            index: last.map_or(1, |one| one.index() + 1),
            prev,
            argument: Vec::new(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let Self { format, circle, kind, member, device, index, prev, argument } = self;
        postcard::to_stdvec(&(format, circle, kind, member, device, index, prev, argument)).unwrap()
    }

    fn signed_by(&self, key: &SigningKey) -> Vec<u8> {
        let bytes = self.bytes();
        [bytes.as_slice(), &sign(key, STATEMENT, &bytes)].concat()
    }

    fn by_mallory(&self) -> Vec<u8> {
        self.signed_by(&device(&here().mallory, 0))
    }
}

fn written(pen: Pen<'_>, body: &Body) -> Vec<u8> {
    here().ledger.write(pen, body).unwrap().bytes().to_vec()
}

fn mallory_says(body: &Body) -> Vec<u8> {
    written(here().mallory.pen(), body)
}

/// A key with a part of small order. Whoever multiplies by eight first believes its signatures, whoever does not
/// does not.
fn by_mixed_key() -> Vec<u8> {
    let (secret, nonce) = (Scalar::from(7_u64), Scalar::from(11_u64));
    let key = (EdwardsPoint::mul_base(&secret) + EIGHT_TORSION[1]).compress();
    let point = EdwardsPoint::mul_base(&nonce).compress();
    (0_u8..)
        .find_map(|n| {
            let envelope = Envelope { device: key.0, argument: vec![n], kind: 900, ..Envelope::vouch() };
            let bytes = envelope.bytes();
            let hash = Sha512::new()
                .chain_update(point.as_bytes())
                .chain_update(key.as_bytes())
                .chain_update(STATEMENT)
                .chain_update(&bytes)
                .finalize();
            let challenge = Scalar::from_bytes_mod_order_wide(&hash.into());
            let number = nonce + challenge * secret;
            (challenge.as_bytes()[0] % 8 != 0)
                .then(|| [bytes.as_slice(), point.as_bytes(), number.as_bytes()].concat())
        })
        .unwrap()
}

/// Under a key of small order one signature holds for nearly everything.
fn by_weak_key() -> Vec<u8> {
    let mut identity = [0; 32];
    identity[0] = 1;
    let envelope = Envelope { device: identity, ..Envelope::vouch() };
    [envelope.bytes().as_slice(), &identity, &[0; 32]].concat()
}

pub(crate) fn files() -> Vec<File> {
    [forms(), signatures(), places(), meanings()].into_iter().flatten().collect()
}

fn forms() -> Vec<File> {
    let sound = Envelope::vouch();
    let bytes = sound.by_mallory();
    let filled = |size: usize| {
        let mut envelope = Envelope { kind: 900, argument: vec![7; 200], ..sound.clone() };
        let around = envelope.by_mallory().len() - 200;
        envelope.argument = vec![7; size - around];
        envelope.by_mallory()
    };
    // The second byte of a number that would fit into one.
    let longer = |place: usize| {
        let mut envelope = sound.bytes();
        envelope.splice(place..=place, [envelope[place] | 0x80, 0]);
        let signature = sign(&device(&here().mallory, 0), STATEMENT, &envelope);
        [envelope, signature].concat()
    };
    let index = 1 + 32 + 1 + 32 + 32;
    let prev = |prev: Vec<[u8; 32]>| Envelope { prev, ..sound.clone() }.by_mallory();
    let mut reversed = sound.prev.clone();
    reversed.push([0xff; 32]);
    reversed.reverse();
    vec![
        file(
            "sound.stmt",
            bytes.clone(),
            "enters",
            "mallory vouches for dave; the others are spoilt from it",
        ),
        file("empty.stmt", [], MALFORMED, "no bytes"),
        file("zeros.stmt", [0; 300], MALFORMED, "zeros"),
        file(
            "format-0.stmt",
            Envelope { format: 0, ..sound.clone() }.by_mallory(),
            MALFORMED,
            "a format that never was",
        ),
        file(
            "format-2.stmt",
            Envelope { format: 2, ..sound.clone() }.by_mallory(),
            "NewerFormat(2)",
            "a later format",
        ),
        file("format-255.stmt", [255], "NewerFormat(255)", "the last format there can be, and nothing else"),
        file("cut-in-the-envelope.stmt", &bytes[..90], MALFORMED, "the envelope is cut"),
        file(
            "cut-in-the-signature.stmt",
            &bytes[..bytes.len() - 1],
            MALFORMED,
            "the signature lacks its last byte",
        ),
        file("no-signature.stmt", sound.bytes(), MALFORMED, "the signature is missing"),
        file("longer.stmt", [bytes.as_slice(), &[0]].concat(), MALFORMED, "a byte follows"),
        file(
            "two-signatures.stmt",
            [bytes.as_slice(), &bytes[bytes.len() - 64..]].concat(),
            MALFORMED,
            "the signature stands there twice",
        ),
        file("exactly-1024.stmt", filled(1024), "enters", "as long as a statement may be"),
        file("over-1024.stmt", filled(1025), "TooLong", "one byte longer than a statement may be"),
        file("much-too-long.stmt", filled(8_000), "TooLong", "eight thousand bytes"),
        file("index-spelt-long.stmt", longer(index), MALFORMED, "a number with a longer spelling"),
        file("prev-count-spelt-long.stmt", longer(index + 1), MALFORMED, "a length with a longer spelling"),
        file(
            "argument-claims-much.stmt",
            {
                let mut envelope = Envelope { argument: vec![], ..sound.clone() }.bytes();
                envelope.pop();
                envelope.extend([0xff, 0xff, 0xff, 0xff, 0x0f]);
                let signature = sign(&device(&here().mallory, 0), STATEMENT, &envelope);
                [envelope, signature].concat()
            },
            MALFORMED,
            "an argument that claims four thousand million bytes",
        ),
        file(
            "prev-claims-much.stmt",
            [&bytes[..index + 1], &[0xff, 0xff, 0xff, 0xff, 0x0f]].concat(),
            MALFORMED,
            "four thousand million ancestors",
        ),
        file("prev-none.stmt", prev(vec![]), MALFORMED, "it has seen nothing"),
        file(
            "prev-sixteen.stmt",
            prev((0..16).map(|n| [n; 32]).collect()),
            "waits",
            "sixteen ancestors, none of which is here",
        ),
        file(
            "prev-seventeen.stmt",
            prev((0..17).map(|n| [n; 32]).collect()),
            MALFORMED,
            "one ancestor too many",
        ),
        file("prev-reversed.stmt", prev(reversed), MALFORMED, "ancestors out of order"),
        file("prev-twice.stmt", prev(vec![sound.prev[0]; 2]), MALFORMED, "an ancestor named twice"),
        file(
            "index-0.stmt",
            Envelope { index: 0, ..sound.clone() }.by_mallory(),
            MALFORMED,
            "numbers begin at one",
        ),
        file(
            "index-1025.stmt",
            Envelope { index: 1025, ..sound.clone() }.by_mallory(),
            MALFORMED,
            "one more than a key may sign",
        ),
    ]
}

fn signatures() -> Vec<File> {
    let sound = Envelope::vouch();
    let (bytes, key) = (sound.bytes(), device(&here().mallory, 0));
    let with = |signature: &[u8]| [bytes.as_slice(), signature].concat();
    let good = sign(&key, STATEMENT, &bytes);
    let mut flipped = good.clone();
    flipped[0] ^= 1;
    let mut identity = [0; 32];
    identity[0] = 1;
    let enrol = |machine: usize, whose: &Neighbour, of: &Neighbour, signer: &SigningKey, by: [u8; 32]| {
        let label = DeviceLabel::new("machine").unwrap();
        let machine = whose.devices[machine].machine(here().circle(), whose.id(), label);
        let body = postcard::to_stdvec(&Enrol::by_device(machine)).unwrap();
        Envelope { kind: 2, argument: body, device: by, ..Envelope::next(of, 2) }.signed_by(signer)
    };
    let mallory = &here().mallory;
    vec![
        file("signature-zeros.stmt", with(&[0; 64]), FALSE, "zeros for a signature"),
        file("signature-ones.stmt", with(&[0xff; 64]), FALSE, "no number is so large"),
        file("signature-flipped.stmt", with(&flipped), FALSE, "one bit of the signature is another"),
        file("signature-as-tip.stmt", with(&sign(&key, TIP, &bytes)), FALSE, "signed as if it were a tip"),
        file(
            "signature-as-consent.stmt",
            with(&sign(&key, "closeknit/consent/1\0", &bytes)),
            FALSE,
            "signed as a consent",
        ),
        file("signature-without-purpose.stmt", with(&sign(&key, "", &bytes)), FALSE, "signed for no purpose"),
        file(
            "signature-of-version-2.stmt",
            with(&sign(&key, "closeknit/statement/2\0", &bytes)),
            FALSE,
            "signed for a later version's purpose",
        ),
        file(
            "signature-large-number.stmt",
            with(&with_large_number(&good)),
            FALSE,
            "another spelling of a good signature",
        ),
        file(
            "signature-point-of-small-order.stmt",
            with(&[identity, [0; 32]].concat()),
            FALSE,
            "a point of small order, and zero",
        ),
        file(
            "signature-by-weak-key.stmt",
            by_weak_key(),
            FALSE,
            "a key under which one signature holds for everything",
        ),
        file(
            "signature-by-mixed-key.stmt",
            by_mixed_key(),
            FALSE,
            "a key whose signatures hold for some verifiers only",
        ),
        file(
            "signature-by-no-point.stmt",
            Envelope { device: [2; 32], ..sound.clone() }.by_mallory(),
            FALSE,
            "a key that is no point",
        ),
        file(
            "signed-by-another-machine.stmt",
            sound.signed_by(&device(mallory, 1)),
            FALSE,
            "her other machine signed",
        ),
        file(
            "signed-by-mallory-for-alice.stmt",
            Envelope { device: here().alice.devices[0].id().0, member: here().alice.id().0, ..sound.clone() }
                .by_mallory(),
            FALSE,
            "mallory signs in the name of alice's machine",
        ),
        file(
            "altered-after-signing.stmt",
            {
                let mut altered = sound.by_mallory();
                altered[1] ^= 1;
                altered
            },
            FALSE,
            "one bit of what was signed is another",
        ),
        file(
            "enrol-alices-machine.stmt",
            enrol(0, &here().alice, mallory, &key, mallory.devices[0].id().0),
            FALSE,
            "mallory claims alice's machine, which never agreed to be hers",
        ),
        file(
            "enrol-with-words-by-machine.stmt",
            {
                let Body::Enrol(enrol) = mallory.enrol(here().circle(), 1) else { unreachable!() };
                Envelope {
                    kind: 2,
                    argument: postcard::to_stdvec(&enrol).unwrap(),
                    ..Envelope::next(mallory, 2)
                }
                .by_mallory()
            },
            MALFORMED,
            "only who has the words may say who they are",
        ),
        file(
            "enrol-without-words-by-words.stmt",
            enrol(1, mallory, mallory, &member(mallory), mallory.id().0),
            MALFORMED,
            "the words have to say who they are",
        ),
        file(
            "enrol-nonsense.stmt",
            Envelope { kind: 2, argument: vec![1, 2, 3], ..sound.clone() }.by_mallory(),
            MALFORMED,
            "an enrolment that cannot be read",
        ),
        file(
            "found-by-one.stmt",
            {
                let found = here().ledger.iter().next().unwrap().bytes().to_vec();
                found[..found.len() - 64].to_vec()
            },
            MALFORMED,
            "the second founder did not sign",
        ),
        file(
            "found-with-one-signature-twice.stmt",
            {
                let found = here().ledger.iter().next().unwrap().bytes().to_vec();
                let half = found.len() - 64;
                [&found[..half], &found[half - 64..half]].concat()
            },
            FALSE,
            "one founder signed for both",
        ),
        file(
            "found-under-another-number.stmt",
            Envelope { kind: 1, argument: vec![0; 100], ..sound }.by_mallory(),
            MALFORMED,
            "a beginning that cannot be read",
        ),
    ]
}

fn places() -> Vec<File> {
    let sound = Envelope::vouch();
    let mallory = &here().mallory;
    let puppet = &here().puppets[0];
    let known = here().ledger.iter().find(|one| one.member() == mallory.id()).unwrap();
    let before: Vec<[u8; 32]> = here().ledger.heads().map(|id| id.0).collect();
    vec![
        file("known.stmt", known.bytes(), "known", "what is here already"),
        file(
            "other-circle.stmt",
            Envelope { circle: [9; 32], ..sound.clone() }.by_mallory(),
            "OtherCircle",
            "of another circle",
        ),
        file(
            "circle-zero.stmt",
            Envelope { circle: [0; 32], ..sound.clone() }.by_mallory(),
            "OtherCircle",
            "of no circle, as only a beginning is",
        ),
        file(
            "ancestor-unknown.stmt",
            Envelope { prev: vec![[9; 32]], ..sound.clone() }.by_mallory(),
            "waits",
            "it stands on something that nobody has",
        ),
        file(
            "index-skipped.stmt",
            Envelope { index: sound.index + 1, ..sound.clone() }.by_mallory(),
            "WrongIndex",
            "a number is left out",
        ),
        file(
            "index-1024-at-once.stmt",
            Envelope { index: 1024, ..sound.clone() }.by_mallory(),
            "WrongIndex",
            "the last number first",
        ),
        file(
            "own-past-not-named.stmt",
            Envelope { prev: before, index: 1, ..sound.clone() }.by_mallory(),
            "NotEnrolled",
            "it names no enrolment of its machine",
        ),
        file(
            "machine-not-enrolled.stmt",
            Envelope { device: mallory.devices[1].id().0, index: 1, ..sound.clone() }
                .signed_by(&device(mallory, 1)),
            "NotEnrolled",
            "a machine that nobody enrolled",
        ),
        file(
            "for-alice-by-mallorys-machine.stmt",
            Envelope { member: here().alice.id().0, ..sound.clone() }.by_mallory(),
            "NotEnrolled",
            "mallory's machine speaks for alice",
        ),
        file(
            "puppet-by-machine.stmt",
            Envelope { member: puppet.id().0, device: puppet.devices[0].id().0, index: 1, ..sound.clone() }
                .signed_by(&device(puppet, 0)),
            "NotEnrolled",
            "somebody made up, on a machine that nobody enrolled",
        ),
        file(
            "puppet-enrols.stmt",
            written(Pen::Member(&puppet.key), &puppet.enrol(here().circle(), 0)),
            "enters",
            "somebody made up enrols a machine: harmless, they belong to nothing",
        ),
        file(
            "copied-key.stmt",
            {
                // The first thing that alice's machine said, said again otherwise.
                let first =
                    here().ledger.iter().find(|one| one.device() == here().bob.devices[0].id()).unwrap();
                let prev = first.prev().iter().map(|id| id.0).collect();
                Envelope {
                    index: 1,
                    prev,
                    argument: postcard::to_stdvec(&(mallory.id(), MemberKind::Person)).unwrap(),
                    ..Envelope::next(&here().bob, 5)
                }
                .signed_by(&device(&here().bob, 0))
            },
            "enters, and shows that a key was copied",
            "a number that was used before: kept by everybody, and its owner is told",
        ),
    ]
}

fn meanings() -> Vec<File> {
    let (scene, mallory) = (here(), &here().mallory);
    let alice = scene.alice.id();
    let admit = |member, by: &Neighbour| {
        let proof = Token::from([9; 32]).prove(
            scene.circle(),
            member,
            scene.puppets[0].devices[0].id(),
            by.devices[0].id(),
        );
        Body::Admit(Admit { member, kind: MemberKind::Person, proof })
    };
    let vote: StatementId = scene.ledger.iter().last().unwrap().id();
    let unknown = |kind, argument: Vec<u8>| mallory_says(&Body::Unknown { kind, argument });
    let generation = |n, forgotten| Generation {
        n,
        base: closeknit_ids::ChangeHash([7; 32]),
        count: 1,
        bytes: 900,
        closes: vec![],
        forgotten,
    };
    vec![
        file(
            "remove-alice.stmt",
            mallory_says(&Body::Remove(Remove { member: alice, case: None })),
            "enters",
            "one vote removes nobody",
        ),
        file(
            "remove-in-no-case.stmt",
            mallory_says(&Body::Remove(Remove { member: alice, case: Some(vote) })),
            "enters",
            "a case that is none",
        ),
        file(
            "remove-in-a-case-to-come.stmt",
            mallory_says(&Body::Remove(Remove { member: alice, case: Some(StatementId([9; 32])) })),
            "enters",
            "a case that nobody has heard of",
        ),
        file(
            "remove-herself.stmt",
            mallory_says(&Body::Remove(Remove { member: mallory.id(), case: None })),
            "enters",
            "nobody votes against themselves",
        ),
        file(
            "remove-by-dave.stmt",
            written(scene.dave.pen(), &Body::Remove(Remove { member: mallory.id(), case: None })),
            "enters",
            "dave has no vote",
        ),
        file(
            "vouch-for-herself.stmt",
            mallory_says(&Body::Vouch(Vouch { member: mallory.id(), kind: MemberKind::Person })),
            "enters",
            "her own word for herself",
        ),
        file(
            "vouch-as-organisation.stmt",
            mallory_says(&Body::Vouch(Vouch { member: alice, kind: MemberKind::Organisation })),
            "enters",
            "alice is called an organisation, which has no vote",
        ),
        file(
            "vouch-for-nobody.stmt",
            mallory_says(&Body::Vouch(Vouch { member: scene.puppets[1].id(), kind: MemberKind::Person })),
            "enters",
            "her word for somebody made up",
        ),
        file(
            "vouch-no-kind.stmt",
            Envelope { argument: [alice.0.as_slice(), &[9]].concat(), ..Envelope::vouch() }.by_mallory(),
            "enters",
            "what cannot be read says nothing, and is carried on",
        ),
        file(
            "admit-puppet.stmt",
            mallory_says(&admit(scene.puppets[0].id(), mallory)),
            "enters",
            "somebody made up comes in, and has no vote",
        ),
        file(
            "admit-alice-again.stmt",
            mallory_says(&admit(alice, mallory)),
            "enters",
            "alice is here already",
        ),
        file(
            "admit-for-anothers-machine.stmt",
            mallory_says(&admit(scene.puppets[0].id(), &scene.alice)),
            "enters",
            "the invitation was for alice's machine: it does not count",
        ),
        file(
            "drop-alices-machine.stmt",
            mallory_says(&Body::Drop(DropDevice { device: scene.alice.devices[0].id(), cuts: vec![] })),
            "enters",
            "only alice can take her machine away",
        ),
        file(
            "drop-alices-key.stmt",
            mallory_says(&Body::Drop(DropDevice { device: closeknit_ids::DeviceId(alice.0), cuts: vec![] })),
            "enters",
            "nobody can take away who alice is",
        ),
        file("leave-by-machine.stmt", mallory_says(&Body::Leave), "enters", "only the words can leave"),
        file(
            "leave.stmt",
            written(Pen::Member(&mallory.key), &Body::Leave),
            "enters",
            "mallory leaves; her word counts on",
        ),
        file(
            "generation-1.stmt",
            mallory_says(&Body::Generation(generation(1, vec![]))),
            "enters",
            "her own document begins anew with something that never comes",
        ),
        file(
            "generation-far.stmt",
            mallory_says(&Body::Generation(generation(u32::MAX, vec![]))),
            "enters",
            "a number out of line does not count",
        ),
        file(
            "generation-0.stmt",
            mallory_says(&Body::Generation(generation(0, vec![]))),
            "enters",
            "the beginning needs no statement",
        ),
        file(
            "generation-forgets-much.stmt",
            mallory_says(&Body::Generation(generation(
                1,
                (0..30).map(|n| closeknit_ids::RecordId([n; 16])).collect(),
            ))),
            "enters",
            "what others posted is not hers to forget",
        ),
        file("kind-0.stmt", unknown(0, vec![1]), "enters", "a kind that never was is carried on"),
        file("kind-9.stmt", unknown(9, vec![0; 40]), "enters", "the next kind is carried on"),
        file("kind-65535.stmt", unknown(u16::MAX, vec![0xff; 40]), "enters", "the last kind there can be"),
        file(
            "remove-with-more.stmt",
            unknown(6, [alice.0.as_slice(), &[0, 0]].concat()),
            "enters",
            "a vote with a byte more is none",
        ),
        file("leave-with-more.stmt", unknown(7, vec![0]), "enters", "a farewell with an argument is none"),
        file(
            "by-alice.stmt",
            Statement::sign(
                scene.alice.pen(),
                scene.circle(),
                scene.ledger.next_index(scene.alice.devices[0].id()),
                &scene.ledger.iter().map(Statement::id).collect::<Vec<_>>()[..],
                &Body::Unknown { kind: 900, argument: vec![] },
            )
            .unwrap()
            .bytes(),
            "enters",
            "what an honest neighbour says",
        ),
    ]
}
