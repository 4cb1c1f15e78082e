//! One thing that a member does, from asking to the answer that it is on the disk.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use closeknit_store::PageKey;
use rand::{SeedableRng as _, rngs::StdRng};
use rusqlite::Connection;

use closeknit_tests::{
    Home, Member,
    street::{Street, Vocabulary},
};

use crate::{
    live::need,
    table::{Aim, Row, Samples},
    trace::Act,
};

const ROUNDS: usize = 5;
/// In one round: a document with a few posts, as most have.
const ACTS: usize = 30;

/// Acts in a circle of two and in a large one, each beside a transaction of as many bytes.
pub(crate) async fn measure(small: &mut Street, large: &mut Street) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (what, street) in [("one act, circle of two", small), ("one act, circle of 1,000", large)] {
        let (mut acts, mut bare) = (Samples::default(), Samples::default());
        for _ in 0..ROUNDS {
            let rosa = street.once_more(&street.rosa.clone())?;
            let beside = Bare::open(&street.place()?.join("bare.db"))?;
            round(&rosa, &beside, &mut acts, &mut bare).await?;
        }
        let beside = "one SQLite transaction, FULL, the same bytes";
        rows.push(Row::medians(what, &acts, beside, &bare, Aim::AtMost(1.3)));
    }
    Ok(rows)
}

/// Acts and bare transactions take turns: what the disk is like changes from moment to moment.
async fn round(rosa: &Home, beside: &Bare, acts: &mut Samples, bare: &mut Samples) -> Result<()> {
    let mut rng = StdRng::seed_from_u64(5);
    let vocabulary = Vocabulary::new(&mut rng);
    let member = Member::alone(&rosa.profile)?;
    let first = member.ask(&need(&vocabulary, &mut rng)).await?;
    member.stop().await;
    let bytes = Act::of(rosa, &first.card.id)?.bytes();
    let member = Member::alone(&rosa.profile)?;
    // The first act after a start reads the own document from the disk.
    member.ask(&need(&vocabulary, &mut rng)).await?;
    for _ in 0..ACTS {
        let call = need(&vocabulary, &mut rng);
        let started = Instant::now();
        member.ask(&call).await?;
        acts.add(started.elapsed());
        bare.add(beside.commit(&bytes)?);
    }
    member.stop().await;
    Ok(())
}

/// A table of bytes, set up as the app's database is.
struct Bare(Connection);

impl Bare {
    fn open(path: &Path) -> Result<Self> {
        let database = Connection::open(path)?;
        database.pragma_update(None, "key", &**PageKey::new([5; 32]).pragma())?;
        database.pragma_update(None, "journal_mode", "WAL")?;
        database.pragma_update(None, "synchronous", "FULL")?;
        database.execute_batch("CREATE TABLE bare (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")?;
        Ok(Self(database))
    }

    fn commit(&self, bytes: &[u8]) -> Result<Duration> {
        let started = Instant::now();
        let rows = self.0.prepare_cached("INSERT INTO bare (bytes) VALUES (?1)")?.execute([bytes])?;
        let took = started.elapsed();
        ensure!(rows == 1, "one row");
        Ok(took)
    }
}
