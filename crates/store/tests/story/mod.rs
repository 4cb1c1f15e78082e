//! Who the stories are about, and log entries whose hashes are true.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses what it needs")]

pub mod pages;

use closeknit_ids::{ActorId, ChangeHash, CircleId, DeviceId, DocId, MemberId, RecordId, StatementId};
use closeknit_store::{
    Batch, ChangeRow, Circle, Durability, PageKey, ProfileLock, RecordRow, Stage, Store, StoreError, TipRow,
};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub const MILLRACE: CircleId = CircleId([1; 32]);
pub const ORCHARD: CircleId = CircleId([2; 32]);
pub const ALICE: MemberId = MemberId([0xa; 32]);
pub const BOB: MemberId = MemberId([0xb; 32]);
pub const ALICES: DocId = DocId([0xaa; 32]);
pub const BOBS: DocId = DocId([0xbb; 32]);
pub const LAPTOP: DeviceId = DeviceId([0xd1; 32]);
pub const PHONE: DeviceId = DeviceId([0xd2; 32]);

/// The key of every profile here.
pub fn key() -> PageKey {
    PageKey::new([7; 32])
}

/// A profile directory and what is open in it.
pub struct Home {
    pub directory: TempDir,
    pub lock: ProfileLock,
    pub store: Store,
}

impl Home {
    /// A new profile with the circle Millrace.
    pub fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let lock = ProfileLock::take(directory.path()).unwrap();
        let mut store = Store::open(&lock, &key()).unwrap();
        write(&mut store, |batch| batch.put_circle(&circle(MILLRACE, "Millrace")));
        Self { directory, lock, store }
    }

    /// The same profile in the next process.
    pub fn reopened(self) -> Self {
        let Self { directory, lock, store } = self;
        drop((store, lock));
        let lock = ProfileLock::take(directory.path()).unwrap();
        let store = Store::open(&lock, &key()).unwrap();
        Self { directory, lock, store }
    }

    pub fn write<T>(&mut self, acts: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>) -> T {
        write(&mut self.store, acts)
    }
}

pub fn write<T>(store: &mut Store, acts: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>) -> T {
    store.write(Durability::Normal, acts).unwrap()
}

pub fn circle(id: CircleId, name: &str) -> Circle {
    Circle { id, stage: Stage::Real, name: name.into(), zone: "Europe/London".into(), created: 1_750_000_000 }
}

pub fn statement(text: &str) -> (StatementId, Vec<u8>) {
    (StatementId(Sha256::digest(text).into()), text.into())
}

/// The change number `seq` of `actor`, 200 bytes, with magic, checksum and hash as Automerge has
/// them.
pub fn change(actor: u8, seq: u64) -> ChangeRow {
    let mut hashed = format!("change {seq} of {actor}").into_bytes();
    hashed.resize(192, actor);
    let hash: [u8; 32] = Sha256::digest(&hashed).into();
    let bytes = [&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], &hashed[..]].concat();
    ChangeRow { hash: ChangeHash(hash), actor: ActorId([actor; 16]), seq, bytes }
}

pub fn tip(doc: DocId, device: DeviceId, head: ChangeHash) -> TipRow {
    TipRow { doc, generation: 0, device, head, bytes: b"signed by the device".into(), held: false }
}

pub fn record(kind: &str, id: u8, body: &str) -> RecordRow {
    RecordRow {
        kind: kind.into(),
        record: RecordId([id; 16]),
        body: body.into(),
        changed: 1_750_000_000,
        words: body.into(),
    }
}
