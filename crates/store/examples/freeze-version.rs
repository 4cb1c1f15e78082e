//! Writes the database that `src/open.rs` tests migrations from. Run once, when a version of the
//! schema is released, with the file to write; what was released is never written again. From version 2 on it is
//! sealed, with the key of the tests.

use std::{env, error::Error, fs, path::Path};

use closeknit_ids::{ActorId, ChangeHash, CircleId, DeviceId, DocId, MemberId, RecordId, StatementId};
use closeknit_store::{
    ChangeRow, Circle, Durability, PageKey, ProfileLock, RecordRow, Scope, Stage, Store, StoreError, TipRow,
};

fn main() -> Result<(), Box<dyn Error>> {
    let to = env::args().nth(1).ok_or("which file?")?;
    let directory = tempfile::tempdir()?;
    let lock = ProfileLock::take(directory.path())?;
    let mut store = Store::open(&lock, &PageKey::new([7; 32]))?;
    store.write(Durability::Full, |batch| {
        let millrace = CircleId([1; 32]);
        let doc = DocId([2; 32]);
        let head = ChangeHash([3; 32]);
        batch.put_circle(&Circle {
            id: millrace,
            stage: Stage::Real,
            name: "Millrace".into(),
            zone: "Europe/London".into(),
            created: 1_750_000_000,
        })?;
        batch.add_statement(millrace, StatementId([4; 32]), b"a statement")?;
        let actor = ActorId([5; 16]);
        batch.add_change(
            millrace,
            doc,
            0,
            &ChangeRow { hash: head, actor, seq: 1, bytes: b"a change".into() },
        )?;
        batch.put_tip(
            millrace,
            &TipRow {
                doc,
                generation: 0,
                device: DeviceId([6; 32]),
                head,
                bytes: b"a tip".into(),
                held: true,
            },
        )?;
        let need = RecordRow {
            kind: "need".into(),
            record: RecordId([7; 16]),
            body: b"a need".into(),
            changed: 1_750_000_000,
            words: String::new(),
        };
        batch.replace_records(millrace, MemberId([8; 32]), &[need])?;
        batch.set(Scope::Profile, "key", b"a value")?;
        Ok::<_, StoreError>(())
    })?;
    drop(store);
    fs::copy(lock.database(), Path::new(&to))?;
    Ok(())
}
