//! What comes over a connection: from mallory, who has proved herself, and from somebody who has not.

use closeknit_ids::{DeviceId, DocId, StatementId};
use closeknit_sync::{
    ConnId, Effect, Ending, Entry, Event, Gone, Holdings, Limits, Piece, Position, Standing, Sync,
    frame::Decoder,
    message::{Hello, Message, Proof},
};
use closeknit_trust::chain;

use crate::scene::{Scene, scene};

const CONN: ConnId = ConnId(1);

pub(crate) fn judge(bytes: &[u8]) -> String {
    let scene = scene();
    let puppet = scene.puppets[0].devices[0].id();
    format!(
        "stranger: {}; member: {}",
        heard(puppet, bytes, false),
        heard(scene.mallory.devices[0].id(), bytes, true)
    )
}

/// What came of a stream of bytes from a machine.
fn heard(device: DeviceId, mut bytes: &[u8], proven: bool) -> String {
    let scene = scene();
    let mut sync = Sync::new(Limits::default());
    let mut tell = |event| sync.handle(1_000, event, scene);
    let mut effects = tell(Event::Opened { conn: CONN, device, dialled: false });
    assert_eq!(effects, [], "a listener says nothing");
    if proven {
        let proof = Proof { chain: chain_of(device) };
        for message in [Message::Hello(Hello { lowest: 1, highest: 1 }), Message::Proof(proof)] {
            let frame = message.to_frame().expect("a sound frame");
            effects = tell(Event::Frame { conn: CONN, bytes: frame });
        }
        let known = Effect::Known { conn: CONN, standing: Standing::Active };
        assert!(effects.contains(&known), "mallory is known: {effects:?}");
    }
    let (mut decoder, mut effects) = (Decoder::default(), Vec::new());
    let broken = loop {
        match decoder.take(&mut bytes) {
            Ok(Some(frame)) => effects.extend(tell(Event::Frame { conn: CONN, bytes: frame })),
            Ok(None) => break decoder.finish().is_err(),
            Err(_) => break true,
        }
        if effects.iter().any(is_end) {
            break false;
        }
    };
    if broken {
        effects.extend(tell(Event::Broken { conn: CONN }));
    }
    let known = effects.iter().any(|effect| matches!(effect, Effect::Known { .. }));
    let said = effects.iter().any(|effect| matches!(effect, Effect::Send { .. }));
    assert!(proven || known || !said, "a stranger was answered");
    verdict(&effects)
}

fn is_end(effect: &Effect) -> bool {
    matches!(effect, Effect::Close { .. })
}

fn verdict(effects: &[Effect]) -> String {
    let handed = effects.iter().map(|effect| match effect {
        Effect::TakeStatements { statements, .. } => statements.len(),
        Effect::TakeDocuments { pieces, .. } => {
            pieces.iter().map(|piece| piece.tips.len() + piece.changes.len()).sum()
        }
        _ => 0,
    });
    let handed: usize = handed.sum();
    let ending: Option<Ending> = effects.iter().find_map(|effect| match effect {
        Effect::Close { why, .. } => Some(*why),
        _ => None,
    });
    match (ending, handed) {
        (Some(why), 0) => format!("{why:?}"),
        (Some(why), handed) => format!("{why:?} after {handed}"),
        (None, 0) => "goes on".into(),
        (None, handed) => format!("goes on with {handed}"),
    }
}

fn chain_of(device: DeviceId) -> Vec<Vec<u8>> {
    let scene = scene();
    let chain = chain::prove(&scene.ledger, &scene.roster, device).expect("it belongs");
    chain.into_iter().map(|statement| statement.bytes().to_vec()).collect()
}

/// Alice's machine, of which only the statements matter here.
impl Holdings for Scene {
    fn chain(&self) -> Vec<Vec<u8>> {
        chain_of(self.alice.devices[0].id())
    }

    fn belongs(&self) -> bool {
        true
    }

    fn time(&self) -> i64 {
        1_795_000_000
    }

    fn standing(&self, device: DeviceId, chain: &[Vec<u8>]) -> Standing {
        if self.roster.may_read(device) {
            return Standing::Active;
        }
        match chain::check(self.circle(), chain, device, &self.roster) {
            Ok(_) => Standing::StatementsOnly,
            Err(_) => Standing::Stranger,
        }
    }

    fn gone(&self, device: DeviceId) -> Option<Gone> {
        self.roster.has_gone(device).then_some(Gone::PutOut)
    }

    fn statements(&self) -> Vec<StatementId> {
        self.ledger.iter().map(|statement| statement.id()).collect()
    }

    fn statement(&self, id: StatementId) -> Option<Vec<u8>> {
        Some(self.ledger.get(id)?.bytes().to_vec())
    }

    fn catalogue(&self) -> Vec<Entry> {
        Vec::new()
    }

    fn entry(&self, _: DocId) -> Option<Entry> {
        None
    }

    fn reached(&self, _: DocId, _: u32) -> Vec<Position> {
        Vec::new()
    }

    fn wants(&self, offered: &Entry) -> bool {
        self.roster.owner_of_doc(offered.doc).is_some()
    }

    fn wanting(&self) -> Vec<Entry> {
        Vec::new()
    }

    fn missing(&self, _: DocId, _: u32, _: &[Position], _: usize) -> Option<Piece> {
        None
    }
}
