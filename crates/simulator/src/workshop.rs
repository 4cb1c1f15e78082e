//! What somebody who means harm does with keys that are good.

use closeknit_domain::{Post, PostKind, Record, Roles, When};
use closeknit_ids::{ActorId, ChangeHash, CircleId, DocId, MemberId, RecordId};
use closeknit_replica::{Act, Document, RawChange};
use closeknit_store::{ChangeRow, Durability, Scope, Store, StoreError, TipRow};
use closeknit_trust::{
    circle::doc_id,
    device::DeviceKeys,
    ledger::{Ledger, Room},
    statement::{Body, Pen, Statement},
    tip::{Head, Tip},
};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::neighbourhood::{Neighbourhood, Person};

/// When it is written, as it says itself.
pub const NOW: i64 = 1_795_000_000;

/// Of which shape the rows of the board are. Where nothing is said, a machine makes them anew from the log.
const SHAPE_OF_ROWS: &str = "records-shape";

/// Somebody's machine, switched off and opened with other tools than this version of the app.
#[derive(Debug)]
pub struct Workshop {
    store: Store,
    /// Those of the machine.
    pub keys: DeviceKeys,
    /// The circle.
    pub circle: CircleId,
    /// Whose machine it is.
    pub me: MemberId,
}

impl Workshop {
    /// Opens somebody's machine, which is switched off.
    #[must_use]
    pub fn of(street: &Neighbourhood, person: Person, circle: CircleId, me: MemberId) -> Self {
        Self { store: street.store(person), keys: street.keys(person), circle, me }
    }

    /// A member's document.
    pub fn doc(&self, member: MemberId) -> DocId {
        doc_id(self.circle, member)
    }

    /// Whether this machine holds a member's document in its first generation, and nobody lied in it yet.
    #[must_use]
    pub fn has(&self, member: MemberId) -> bool {
        let doc = self.doc(member);
        let generations = self.store.view().generations(self.circle).unwrap();
        let first = generations.iter().filter(|(of, _)| *of == doc).all(|(_, generation)| *generation == 0);
        let rows = self.store.view().changes(self.circle, doc, 0).unwrap();
        let log = rows.into_iter().map(|row| RawChange::new(row.bytes).unwrap());
        first
            && Document::rebuild(Document::golden_base(), log)
                .is_ok_and(|document| document.heads().count() > 0)
    }

    /// The same as it is here.
    pub fn document(&self, member: MemberId) -> Document {
        let rows = self.store.view().changes(self.circle, self.doc(member), 0).unwrap();
        let log = rows.into_iter().map(|row| RawChange::new(row.bytes).unwrap());
        Document::rebuild(Document::golden_base(), log).unwrap()
    }

    /// Vouches for a change of a document.
    pub fn tip(&self, member: MemberId, last: &RawChange, count: u64, bytes: u64) -> Tip {
        let (circle, doc, head) = (self.circle, self.doc(member), last.hash());
        let (count, bytes) = (u32::try_from(count).unwrap(), u32::try_from(bytes).unwrap());
        Tip::sign(&self.keys, Head { circle, doc, generation: 0, head, count, bytes })
    }

    /// Puts changes into a document and vouches for the last of them.
    pub fn publish(&mut self, member: MemberId, changes: &[RawChange], count: u64, bytes: u64) {
        let (circle, doc) = (self.circle, self.doc(member));
        let tip = self.tip(member, changes.last().unwrap(), count, bytes);
        let (head, device) = (tip.head().head, self.keys.id());
        let row = TipRow { doc, generation: 0, device, head, bytes: tip.bytes().to_vec(), held: false };
        self.write(|batch| {
            for (n, change) in changes.iter().enumerate() {
                let (actor, seq) = change.written_by().unwrap_or((ActorId([n as u8; 16]), 1));
                let row =
                    ChangeRow { hash: change.hash(), actor, seq: seq.into(), bytes: change.bytes().to_vec() };
                batch.add_change(circle, doc, 0, &row)?;
            }
            batch.put_tip(circle, &row).map(drop)
        });
    }

    /// Adds a change to the own document as a later version of the app does: with a tip in place of the one before,
    /// and rows of the board that this version makes anew. Says whether there is one.
    pub fn adds(&mut self, change: impl FnOnce(Document) -> Option<RawChange>) -> bool {
        let (circle, doc, me) = (self.circle, self.doc(self.me), self.me);
        let Some(change) = change(self.document(me)) else { return false };
        let log: Vec<RawChange> = self.document(me).changes().cloned().collect();
        let golden = Document::golden_base();
        let Ok(document) = Document::rebuild(golden, log.into_iter().chain([change.clone()])) else {
            return false;
        };
        let past = document.past(change.hash()).unwrap();
        let tips = self.store.view().tips_of(circle, doc).unwrap();
        let before = tips.into_iter().filter(|tip| {
            tip.device == self.keys.id() && document.precedes(tip.head, change.hash()) == Some(true)
        });
        let before: Vec<TipRow> = before.collect();
        self.publish(me, &[change], past.count, past.bytes);
        self.write(|batch| {
            for tip in before {
                batch.remove_tip(circle, doc, tip.generation, tip.device, tip.head)?;
            }
            batch.unset(Scope::Circle(circle), SHAPE_OF_ROWS)
        });
        true
    }

    fn write(&mut self, what: impl FnOnce(&mut closeknit_store::Batch<'_>) -> Result<(), StoreError>) {
        self.store.write(Durability::Full, what).unwrap();
    }

    fn ledger(&self) -> Ledger {
        let (mut ledger, mut room) = (Ledger::new(self.circle), Room::default());
        for row in self.store.view().statements(self.circle).unwrap() {
            room.offer(Statement::parse(&row.bytes).unwrap(), &mut ledger);
        }
        ledger
    }

    /// Whether anything that it states follows: a damaged database may have lost the enrolment.
    pub fn may_state(&self) -> bool {
        self.ledger().has_enrolled(self.keys.id(), self.me)
    }

    /// Says something to the circle.
    pub fn state(&mut self, body: &Body) {
        let statement = self.ledger().write(Pen::Device(&self.keys, self.me), body).unwrap();
        let circle = self.circle;
        self.write(|batch| batch.add_statement(circle, statement.id(), statement.bytes()).map(drop));
    }
}

/// The id of the record that a text gives.
#[must_use]
pub fn record_of(text: &str) -> RecordId {
    let id: [u8; 32] = Sha256::digest(text).into();
    RecordId(id[..16].try_into().unwrap())
}

/// Writes an offer with this title.
#[must_use]
pub fn post(title: &str) -> Act {
    let post = Post {
        kind: PostKind::Offer,
        category: "lend".parse().unwrap(),
        title: closeknit_domain::text::Title::new(title).unwrap(),
        detail: closeknit_domain::text::Detail::new("Behind the mill").ok(),
        urgent: false,
        when: When::Anytime,
        place: None,
        want: closeknit_domain::Want {
            amount: closeknit_domain::Amount::ONE,
            unit: closeknit_domain::Unit::Helpers,
        },
        roles: Roles::default(),
        lend: None,
        mode: closeknit_domain::Mode::Choose,
        proxy: None,
        standing: false,
        resting: false,
        reviewed: None,
        audience: closeknit_domain::Audience::Circle,
        changed: None,
        until: None,
        posted: Timestamp::from_second(NOW).unwrap(),
    };
    Act::add(record_of(title), Record::Post(post))
}

/// What a tip says of a head: how many changes, and how many bytes.
#[must_use]
pub fn extent(document: &Document, head: ChangeHash) -> (u64, u64) {
    let past = document.past(head).unwrap();
    (past.count, past.bytes)
}

/// A chunk with other content and a checksum that fits it.
#[must_use]
pub fn spoiled(change: &RawChange, spoil: impl FnOnce(&mut Vec<u8>)) -> RawChange {
    let bytes = change.bytes();
    let length_bytes = bytes[9..].iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    let mut data = bytes[9 + length_bytes..].to_vec();
    spoil(&mut data);
    let mut length = Vec::new();
    let mut rest = data.len();
    while rest >= 0x80 {
        length.push(u8::try_from(rest & 0x7f).unwrap() | 0x80);
        rest >>= 7;
    }
    length.push(u8::try_from(rest).unwrap());
    let inner = [&[1], length.as_slice(), &data].concat();
    let hash = Sha256::digest(&inner);
    RawChange::new([&bytes[..4], &hash[..4], &inner].concat()).unwrap()
}
