//! Tips: mallory's signature, under whatever.

use closeknit_hostile::scene::Neighbour;
use closeknit_trust::circle::doc_id;
use ed25519_dalek::SigningKey;

use crate::{File, file, signing::*};

const FALSE: &str = "FalseSignature";
const MALFORMED: &str = "Malformed";

#[derive(Clone)]
struct Draft {
    format: u8,
    circle: [u8; 32],
    doc: [u8; 32],
    generation: u32,
    head: [u8; 32],
    count: u32,
    bytes: u32,
    device: [u8; 32],
}

impl Draft {
    fn of(whose: &Neighbour) -> Self {
        let circle = here().circle();
        Self {
            format: 1,
            circle: circle.0,
            doc: doc_id(circle, whose.id()).0,
            generation: 0,
            head: [7; 32],
            count: 3,
            bytes: 900,
            device: here().mallory.devices[0].id().0,
        }
    }

    fn unsigned(&self) -> Vec<u8> {
        let Self { format, circle, doc, generation, head, count, bytes, device } = self;
        postcard::to_stdvec(&(format, circle, doc, generation, head, count, bytes, device)).unwrap()
    }

    fn signed_by(&self, key: &SigningKey) -> Vec<u8> {
        let bytes = self.unsigned();
        [bytes.as_slice(), &sign(key, TIP, &bytes)].concat()
    }

    fn by_mallory(&self) -> Vec<u8> {
        self.signed_by(&device(&here().mallory, 0))
    }
}

pub(crate) fn files() -> Vec<File> {
    let scene = here();
    let sound = Draft::of(&scene.mallory);
    let (bytes, key) = (sound.unsigned(), device(&scene.mallory, 0));
    let signed = sound.by_mallory();
    let with = |signature: &[u8]| [bytes.as_slice(), signature].concat();
    let good = sign(&key, TIP, &bytes);
    let mut flipped = good.clone();
    flipped[63] ^= 1;
    let mut identity = [0; 32];
    identity[0] = 1;
    let generation_spelt_long = {
        let mut bytes = bytes.clone();
        bytes.splice(65..66, [0x80, 0]);
        [bytes.as_slice(), &sign(&key, TIP, &bytes)].concat()
    };
    let padded = |size: usize| [signed.as_slice(), &vec![0; size - signed.len()]].concat();
    vec![
        file(
            "sound.tip",
            signed.clone(),
            "taken",
            "mallory vouches for her own document; the others are spoilt from it",
        ),
        file("empty.tip", [], MALFORMED, "no bytes"),
        file("zeros.tip", [0; 200], MALFORMED, "zeros"),
        file(
            "format-0.tip",
            Draft { format: 0, ..sound.clone() }.by_mallory(),
            MALFORMED,
            "a format that never was",
        ),
        file(
            "format-2.tip",
            Draft { format: 2, ..sound.clone() }.by_mallory(),
            "NewerFormat(2)",
            "a later format",
        ),
        file(
            "newer-and-endless.tip",
            [&[9], vec![0; 5_000].as_slice()].concat(),
            "NewerFormat(9)",
            "a later format, of whatever length",
        ),
        file("cut.tip", &signed[..signed.len() - 1], MALFORMED, "its last byte is missing"),
        file("cut-short.tip", &signed[..50], MALFORMED, "most of it is missing"),
        file(
            "only-a-signature.tip",
            good.clone(),
            "NewerFormat(162)",
            "nothing is signed, and its first byte is taken for a format",
        ),
        file("no-signature.tip", bytes.clone(), MALFORMED, "the signature is missing"),
        file("longer.tip", padded(signed.len() + 1), MALFORMED, "a byte follows"),
        file("as-long-as-may-be.tip", padded(256), MALFORMED, "zeros follow, as far as a tip may reach"),
        file("too-long.tip", padded(257), MALFORMED, "longer than a tip may be"),
        file(
            "generation-spelt-long.tip",
            generation_spelt_long,
            MALFORMED,
            "a number with a longer spelling",
        ),
        file(
            "count-too-large.tip",
            {
                let mut bytes = bytes.clone();
                bytes.splice(98..99, [0xff, 0xff, 0xff, 0xff, 0x7f]);
                [bytes.as_slice(), &sign(&key, TIP, &bytes)].concat()
            },
            MALFORMED,
            "a number that does not fit",
        ),
        file("signature-zeros.tip", with(&[0; 64]), FALSE, "zeros for a signature"),
        file("signature-flipped.tip", with(&flipped), FALSE, "one bit of the signature is another"),
        file(
            "signature-as-statement.tip",
            with(&sign(&key, STATEMENT, &bytes)),
            FALSE,
            "signed as if it were a statement",
        ),
        file("signature-without-purpose.tip", with(&sign(&key, "", &bytes)), FALSE, "signed for no purpose"),
        file(
            "signature-large-number.tip",
            with(&with_large_number(&good)),
            FALSE,
            "another spelling of a good signature",
        ),
        file(
            "signature-by-weak-key.tip",
            [Draft { device: identity, ..sound.clone() }.unsigned().as_slice(), &identity, &[0; 32]].concat(),
            FALSE,
            "a key under which one signature holds for everything",
        ),
        file(
            "signature-by-no-point.tip",
            Draft { device: [2; 32], ..sound.clone() }.by_mallory(),
            FALSE,
            "a key that is no point",
        ),
        file(
            "altered-head.tip",
            {
                let mut altered = signed.clone();
                altered[70] ^= 1;
                altered
            },
            FALSE,
            "another head than was signed",
        ),
        file(
            "in-alices-name.tip",
            Draft { device: scene.alice.devices[0].id().0, ..Draft::of(&scene.alice) }.by_mallory(),
            FALSE,
            "mallory signs in the name of alice's machine",
        ),
        file(
            "alices-document.tip",
            Draft::of(&scene.alice).by_mallory(),
            "None",
            "her own good signature under alice's document",
        ),
        file("daves-document.tip", Draft::of(&scene.dave).by_mallory(), "None", "and under dave's"),
        file(
            "nobodys-document.tip",
            Draft { doc: [9; 32], ..sound.clone() }.by_mallory(),
            "None",
            "under a document that is nobody's",
        ),
        file(
            "puppets-document.tip",
            Draft { device: scene.puppets[0].devices[0].id().0, ..Draft::of(&scene.puppets[0]) }
                .signed_by(&device(&scene.puppets[0], 0)),
            "None",
            "somebody made up signs for themselves",
        ),
        file(
            "machine-not-enrolled.tip",
            Draft { device: scene.mallory.devices[1].id().0, ..sound.clone() }
                .signed_by(&device(&scene.mallory, 1)),
            "None",
            "her other machine, which nobody enrolled",
        ),
        file(
            "by-the-words.tip",
            Draft { device: scene.mallory.id().0, ..sound.clone() }.signed_by(&member(&scene.mallory)),
            "None",
            "only machines write",
        ),
        file(
            "other-circle.tip",
            Draft { circle: [9; 32], ..sound.clone() }.by_mallory(),
            "of another circle",
            "of another circle",
        ),
        file(
            "count-0.tip",
            Draft { count: 0, bytes: 0, ..sound.clone() }.by_mallory(),
            "taken",
            "a signature over nothing: nothing is let in under it",
        ),
        file(
            "count-most.tip",
            Draft { count: u32::MAX, bytes: u32::MAX, ..sound.clone() }.by_mallory(),
            "taken",
            "a signature over more than there may be: the limits hold",
        ),
        file(
            "generation-most.tip",
            Draft { generation: u32::MAX, ..sound.clone() }.by_mallory(),
            "taken",
            "a generation that nobody began: no piece of it is taken",
        ),
        file(
            "head-zero.tip",
            Draft { head: [0; 32], ..sound }.by_mallory(),
            "taken",
            "a head that never comes",
        ),
        file(
            "by-dave.tip",
            Draft { device: scene.dave.devices[0].id().0, ..Draft::of(&scene.dave) }
                .signed_by(&device(&scene.dave, 0)),
            "taken",
            "an honest neighbour without a vote writes in his own",
        ),
    ]
}
