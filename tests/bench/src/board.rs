//! A board of ten thousand posts: how long until somebody sees it who has just started the program, and what
//! they ask of it then.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, bail, ensure};
use closeknit_api::{Call, Request, Response, calls};
use closeknit_node::{Engine, Moment, Openers, Vault};
use jiff::Timestamp;
use rusqlite::Connection;

use closeknit_tests::street::{Street, WRITTEN};

use crate::table::{Aim, Row, Samples};

const ROUNDS: usize = 21;
/// As many as the page asks for at once.
const PAGE: u32 = 100;
/// A word of some of the posts, as somebody begins to type it.
const TYPED: &str = "gra";

/// Starting and asking, in turns with reading the same rows and nothing else.
pub(crate) fn measure(street: &Street) -> Result<Vec<Row>> {
    let mut all = Measured::default();
    for _ in 0..ROUNDS {
        all.round(&street.rosa.profile)?;
    }
    Ok(all.rows())
}

#[derive(Default)]
struct Measured {
    opened: Samples,
    engine: Samples,
    later: Samples,
    searched: Samples,
    today: Samples,
    suggested: Samples,
    read: Samples,
    found: Samples,
}

impl Measured {
    fn round(&mut self, profile: &Path) -> Result<()> {
        let page = calls::Board { limit: Some(PAGE), ..calls::Board::default() };
        let started = Instant::now();
        let mut engine = Engine::open(profile)?;
        self.engine.add(started.elapsed());
        let board = ask(&mut engine, 0, &page)?;
        self.opened.add(started.elapsed());
        ensure!(board.posts.len() == PAGE as usize && board.total > 9_000, "{} posts", board.total);

        let searched = calls::Board { search: Some(TYPED.into()), ..page.clone() };
        let (found, took) = timed(|| ask(&mut engine, 0, &searched))?;
        self.searched.add(took);
        self.today.add(timed(|| ask(&mut engine, 0, &calls::Today {}))?.1);
        self.suggested.add(timed(|| ask(&mut engine, 0, &calls::Suggest::default()))?.1);
        self.later.add(timed(|| ask(&mut engine, 60, &page))?.1);
        drop(engine);

        let (read, took) = timed(|| rows(profile))?;
        self.read.add(took);
        ensure!(read >= board.total as usize, "{read} rows");
        let (matched, took) = timed(|| matches(profile))?;
        self.found.add(took);
        ensure!(matched >= found.total as usize && found.total > 100, "{matched} and {}", found.total);
        Ok(())
    }

    fn rows(&self) -> Vec<Row> {
        let rows = "reading the same rows";
        let beside = |what, ours, within| {
            let aim = Duration::from_millis(within);
            Row::medians(what, ours, rows, &self.read, Aim::Within(aim))
        };
        vec![
            beside("the board opens with 10,000 posts", &self.opened, 300),
            Row::medians("... the same", &self.opened, rows, &self.read, Aim::AtMost(2.0)),
            Row::medians("... of which until it can be asked", &self.engine, rows, &self.read, Aim::None),
            beside("... a minute later", &self.later, 100),
            Row::medians(
                "... what was typed is found",
                &self.searched,
                "the same search alone",
                &self.found,
                Aim::Within(Duration::from_millis(100)),
            ),
            beside("... today", &self.today, 100),
            beside("... what somebody could do", &self.suggested, 100),
        ]
    }
}

fn timed<T>(act: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let started = Instant::now();
    let done = act()?;
    Ok((done, started.elapsed()))
}

/// Two days after the last post, and so many seconds.
fn ask<C: Call>(engine: &mut Engine, seconds: i64, call: &C) -> Result<C::Reply> {
    let now = Timestamp::from_second(WRITTEN + 2 * 24 * 3600 + seconds)?;
    let (response, _) = engine.call(Moment { now, steady_ms: 0 }, &Request::of(call)?);
    match response {
        Response::Ok(value) => Ok(serde_json::from_value(value)?),
        Response::Error(error) => bail!("{} is refused: {error:?}", C::NAME),
    }
}

/// The database with its key, as the engine opens it.
fn sealed(profile: &Path) -> Result<Connection> {
    let database = Connection::open(profile.join("closeknit.db"))?;
    let key = Vault::of(profile, Openers::default())?.page_key();
    database.pragma_update(None, "key", &**key.pragma())?;
    Ok(database)
}

/// All rows that a board is made from, as bytes.
fn rows(profile: &Path) -> Result<usize> {
    let database = sealed(profile)?;
    let mut query = database.prepare("SELECT member, record, body FROM record")?;
    let rows = query.query_map([], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.len())
}

/// The records that have a word like the one that was typed.
fn matches(profile: &Path) -> Result<usize> {
    let database = sealed(profile)?;
    let mut query = database.prepare(
        "SELECT record.member, record.record FROM found JOIN record ON record.seq = found.rowid
         WHERE found MATCH ?1",
    )?;
    let rows = query.query_map([format!("\"{TYPED}\"*")], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.len())
}
