//! `docs/vectors.json`: one small circle in numbers, for somebody who builds another implementation.
//!
//! What a formula of docs/protocol.md gives is computed here by that formula and, where the app computes it too,
//! compared; the rest is what the app says. After a change that is meant, run it twice: the first run writes.
#![cfg(test)]

use std::{fmt::Write as _, fs, path::Path};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _, aead::Aead as _};
use closeknit_hostile::{
    mallorys,
    scene::{Neighbour, Scene, scene},
};
use closeknit_ids::{DeviceId, StatementId};
use closeknit_replica::Document;
use closeknit_sync::{
    ConnId, Effect, Event, Limits, Sync,
    message::{Clock, Hello, Message, Proof, Summary},
};
use closeknit_trust::{
    chain,
    circle::{Salt, doc_id, draft_circle},
    invitation::{Invitation, Invited, Token},
    statement::Body,
    text::CircleName,
    tip::{Head, Tip, version},
};
use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};

/// Named values, in the order in which one needs them.
type Section = Vec<(&'static str, String)>;

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(parts.concat()).into()
}

fn derive(secret: &[u8], label: &str, nonce: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(None, secret).expand_multi_info(&[label.as_bytes(), nonce], &mut key).unwrap();
    key
}

fn words(of: &Neighbour) -> Section {
    let (entropy, nonce) = (of.words.as_bytes(), of.nonce.0);
    let seed = derive(&**entropy, "closeknit/member/1", &nonce);
    assert_eq!(SigningKey::from_bytes(&seed).verifying_key().to_bytes(), of.id().0);
    vec![
        ("entropy R", hex(**entropy)),
        ("24 words", of.words.phrase().to_string()),
        ("nonce", hex(nonce)),
        ("member key seed", hex(seed)),
        ("member id", hex(of.id().0)),
        ("member recipient secret", hex(derive(&**entropy, "closeknit/recipient/1", &nonce))),
        ("member recipient", hex(of.words.member_identity(&of.nonce).recipient().as_bytes())),
        ("backup recipient secret", hex(derive(&**entropy, "closeknit/backup/1", &[]))),
        ("backup recipient", of.words.recipient().to_string()),
    ]
}

fn device(of: &Neighbour) -> Section {
    let keys = &of.devices[0];
    let file = keys.to_bytes();
    let secret = &file[16..48];
    let seed = derive(secret, "closeknit/device/1", &[]);
    assert_eq!(seed, *keys.network_secret());
    let check = sha256(&[b"closeknit/device/check/1", secret]);
    assert_eq!(file[48..], check[..8]);
    let minisign = SigningKey::from_bytes(&derive(secret, "closeknit/device/minisign/1", &[]));
    let public = minisign.verifying_key().to_bytes();
    let number = &sha256(&[b"closeknit/minisign/number/1", &public])[..8];
    assert_eq!(postcard::to_stdvec(&keys.minisign_key()).unwrap(), [number, &public].concat());
    vec![
        ("secret D", hex(secret)),
        ("signing key seed", hex(seed)),
        ("device id", hex(keys.id().0)),
        ("recipient secret", hex(derive(secret, "closeknit/device/recipient/1", &[]))),
        ("recipient", hex(keys.recipient().as_bytes())),
        ("minisign key number", hex(number)),
        ("minisign key", hex(public)),
        ("key file", hex(&*file)),
    ]
}

fn circle(scene: &Scene) -> Section {
    let (circle, alice) = (scene.circle(), scene.alice.id());
    let document = doc_id(circle, alice);
    assert_eq!(document.0, sha256(&[b"closeknit/doc/1", &circle.0, &alice.0]));
    assert_eq!(draft_circle(alice).0, sha256(&[b"closeknit/draft/1", &alice.0]));
    let ids = |which: &dyn Fn(&closeknit_trust::roster::Member) -> bool| {
        let ids = scene.roster.members().filter(|member| which(member)).map(|member| hex(member.id.0));
        ids.collect::<Vec<_>>().join(" ")
    };
    vec![
        ("circle id", hex(circle.0)),
        ("alice's document id", hex(document.0)),
        ("alice's draft", hex(draft_circle(alice).0)),
        ("members", ids(&|_| true)),
        ("voters", ids(&|member| member.voter)),
    ]
}

/// All that was said, each after its past.
fn statements(scene: &Scene) -> Vec<(String, Section)> {
    let kind = |body: &Body| match body {
        Body::Found(_) => "Found",
        Body::Enrol(_) => "Enrol",
        Body::Admit(_) => "Admit",
        Body::Vouch(_) => "Vouch",
        _ => "another",
    };
    let numbered = (1..).zip(scene.ledger.iter());
    numbered
        .map(|(number, statement)| {
            let bytes = statement.bytes();
            assert_eq!(statement.id().0, sha256(&[bytes]));
            let signatures = if matches!(statement.body(), Body::Found(_)) { 128 } else { 64 };
            let (signed, signature) = bytes.split_at(bytes.len() - signatures);
            let section = vec![
                ("kind", kind(statement.body()).to_owned()),
                ("signed under the prefix closeknit/statement/1 and a zero byte", hex(signed)),
                ("signature", hex(signature)),
                ("id", hex(statement.id().0)),
            ];
            (format!("statement {number}"), section)
        })
        .collect()
}

fn document(scene: &Scene) -> Section {
    let golden = Document::found();
    let first = golden.changes().next().unwrap();
    assert_eq!(first.hash(), Document::golden_base().hash);
    let document = mallorys();
    let last = document.changes().last().unwrap();
    let past = document.past(last.hash()).unwrap();
    let head = Head {
        circle: scene.circle(),
        doc: doc_id(scene.circle(), scene.mallory.id()),
        generation: 0,
        head: last.hash(),
        count: u32::try_from(past.count).unwrap(),
        bytes: u32::try_from(past.bytes).unwrap(),
    };
    let tip = Tip::sign(&scene.mallory.devices[0], head);
    let full = sha256(&[b"closeknit/version/1", &0_u32.to_le_bytes(), &[0; 32], &tip.id()]);
    assert_eq!(version(0, None, [&tip]), full);
    let (actor, seq) = last.written_by().unwrap();
    let folder = format!("data/documents/{}/{}", scene.circle(), scene.mallory.id());
    vec![
        ("first change of every document", hex(first.bytes())),
        ("hash of the first change", hex(first.hash().0)),
        ("mallory's last change", hex(last.bytes())),
        ("hash of that", hex(last.hash().0)),
        ("mallory's tip, signed under the prefix closeknit/tip/1 and a zero byte", hex(tip.bytes())),
        ("id of the tip", hex(tip.id())),
        ("catalogue version", hex(full)),
        ("name of that change in a backup", format!("{folder}/0/{actor}-{seq}.change")),
        ("name of that tip in a backup", format!("data/tips/{}.tip", StatementId(tip.id()))),
        ("name of the first statement in a backup", {
            let found = scene.ledger.iter().next().unwrap();
            format!("data/statements/{}.stmt", found.id())
        }),
    ]
}

/// What alice's machine answers to mallory's, which has other statements and speaks versions up to this.
fn digest(scene: &Scene, proof: &Message, highest: u16) -> Vec<u8> {
    let mut sync = Sync::new(Limits::default());
    let conn = ConnId(1);
    let device = scene.mallory.devices[0].id();
    let mut effects = sync.handle(0, Event::Opened { conn, device, dialled: false }, scene);
    let other = Summary { number: 1, statements: postcard::from_bytes(&[0; 16]).unwrap(), documents: None };
    let hello = Message::Hello(Hello { lowest: 1, highest });
    for message in [&hello, proof, &Message::Summary(other)] {
        let event = Event::Frame { conn, bytes: message.to_frame().unwrap() };
        effects.extend(sync.handle(0, event, scene));
    }
    let mut sent = effects.into_iter().filter_map(|effect| match effect {
        Effect::Send { frame, .. } => Some(frame),
        _ => None,
    });
    let kind = if highest == 1 { 16 } else { 24 };
    sent.find(|frame| frame.starts_with(&[0, kind])).unwrap()
}

fn frames(scene: &Scene) -> Section {
    let chain = chain::prove(&scene.ledger, &scene.roster, scene.mallory.devices[0].id()).unwrap();
    let proof = Message::Proof(Proof { chain: chain.iter().map(|one| one.bytes().to_vec()).collect() });
    let [digest, sums] = [1, 2].map(|highest| digest(scene, &proof, highest));
    // Kind and length, then the number of each bucket; of sums the number of the summary in between.
    let (numbers, short) = (&digest[4..], &sums[5..]);
    for bucket in 0..=255_u8 {
        let mut ids: Vec<_> =
            scene.ledger.iter().map(|one| one.id().0).filter(|id| id[0] == bucket).collect();
        ids.sort_unstable();
        let number = if ids.is_empty() { [0; 32] } else { sha256(&[&ids.concat()]) };
        assert_eq!(numbers[usize::from(bucket) * 8..][..8], number[..8], "bucket {bucket}");
        let sum = sha256(&[b"closeknit/sum/1", &1_u32.to_be_bytes(), &number[..8]]);
        assert_eq!(short[usize::from(bucket) * 3..][..3], sum[..3], "bucket {bucket}");
    }
    let root = &sha256(&[b"closeknit/root/1", numbers])[..16];
    let summary = Summary { number: 1, statements: postcard::from_bytes(root).unwrap(), documents: None };
    let of = |message: &Message| hex(message.to_frame().unwrap());
    vec![
        ("Hello of version 1", of(&Message::Hello(Hello { lowest: 1, highest: 1 }))),
        ("Hello of this version", of(&Message::Hello(Hello { lowest: 1, highest: 2 }))),
        ("Proof of mallory's machine", of(&proof)),
        ("Clock at 1795000000", of(&Message::Clock(Clock { seconds: 1_795_000_000 }))),
        ("root of all statements", hex(root)),
        ("Summary of all statements and no documents", of(&Message::Summary(summary))),
        ("StatementDigest of all statements", hex(&digest)),
        ("StatementSums of all statements, for the first Summary", hex(&sums)),
    ]
}

fn invitation(scene: &Scene) -> Section {
    let token = Token::from([4; 32]);
    let invitation = Invitation {
        name: CircleName::new("Millrace").unwrap(),
        circle: Invited::Circle(scene.circle()),
        device: scene.alice.devices[0].id(),
        addresses: vec!["192.168.1.20:4711".parse().unwrap(), "[fe80::1]:4711".parse().unwrap()],
        salt: Salt([3; 16]),
        token: token.clone(),
        expires: 1_800_000_000,
    };
    let proof =
        token.prove(scene.circle(), scene.dave.id(), scene.dave.devices[0].id(), scene.alice.devices[0].id());
    vec![
        ("name", "Millrace".into()),
        ("addresses", "192.168.1.20:4711 [fe80::1]:4711".into()),
        ("salt", hex([3; 16])),
        ("token seed", hex([4; 32])),
        ("token public key", hex(token.key().0)),
        ("expires", "1800000000".into()),
        ("content", hex(postcard::to_stdvec(&invitation).unwrap())),
        ("text", invitation.to_text().unwrap().to_string()),
        ("token's signature for dave at alice's machine", hex(proof.signature.0)),
    ]
}

fn network(scene: &Scene) -> Section {
    let (circle, salt) = (scene.circle(), [9; 16]);
    let half = |parts: &[&[u8]]| hex(&sha256(parts)[..16]);
    let token = Token::from([4; 32]).key();
    let device: DeviceId = scene.alice.devices[0].id();
    let place =
        sha256(&[&[10, 0, 0, 1], &7000_u16.to_be_bytes(), &[192, 168, 1, 5], &7001_u16.to_be_bytes()]);
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(Some(&salt), &circle.0)
        .expand_multi_info(&[b"closeknit/near/1", &place], &mut key)
        .unwrap();
    let sealed = ChaCha20Poly1305::new(&key.into()).encrypt(&[0; 12].into(), device.0.as_slice()).unwrap();
    vec![
        ("circle", hex(circle.0)),
        ("salt", hex(salt)),
        ("door of the circle", format!("ck/1/{}", half(&[b"closeknit/alpn/1", &circle.0, &salt]))),
        ("token public key", hex(token.0)),
        ("door of the invitation", format!("ck/join/1/{}", half(&[b"closeknit/alpn/join/1", &token.0]))),
        ("device", hex(device.0)),
        ("announced addresses", "10.0.0.1:7000 192.168.1.5:7001".into()),
        ("announcement", URL_SAFE_NO_PAD.encode([salt.as_slice(), &sealed].concat())),
    ]
}

fn as_json(sections: &[(String, Section)]) -> String {
    let sections = sections.iter().map(|(name, values)| {
        let values = values.iter().map(|(name, value)| format!("    \"{}\": \"{value}\"", name));
        format!("  \"{name}\": {{\n{}\n  }}", values.collect::<Vec<_>>().join(",\n"))
    });
    format!("{{\n{}\n}}\n", sections.collect::<Vec<_>>().join(",\n"))
}

#[test]
fn the_vectors_of_the_protocol_are_what_the_app_says() {
    let scene = scene();
    let mut sections = vec![
        ("alice's words".to_owned(), words(&scene.alice)),
        ("alice's machine".to_owned(), device(&scene.alice)),
        ("circle".to_owned(), circle(scene)),
    ];
    sections.extend(statements(scene));
    sections.push(("document".to_owned(), document(scene)));
    sections.push(("frames, without their length".to_owned(), frames(scene)));
    sections.push(("invitation".to_owned(), invitation(scene)));
    sections.push(("network".to_owned(), network(scene)));
    let vectors = as_json(&sections);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors.json");
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if kept != vectors {
        fs::write(&path, &vectors).unwrap();
    }
    assert_eq!(kept, vectors, "docs/vectors.json was not what the app says, and is now");
}
