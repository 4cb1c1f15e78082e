//! What grows with the circle, and what does not: the same from a hundred members to two thousand. Processor time
//! alone, so that neither the disk nor others who use the machine have a say.

use std::time::Duration;

use anyhow::{Context as _, Result};
use closeknit_api::calls;
use closeknit_tests::{
    Home,
    street::{NEIGHBOURS, Street, Vocabulary, circle_of, store_of},
};
use closeknit_trust::{ledger::Ledger, roster::Roster, statement::Statement};
use rand::{SeedableRng as _, rngs::StdRng};

use crate::{
    changed::post_alone,
    clock,
    ferry::{alone, ferry},
    live::need,
    say,
    table::{Aim, Row, Samples, Unit},
};

/// Beside the large circle, which is there already.
const SIZES: [usize; 4] = [100, 200, 500, 2_000];
const ROUNDS: usize = 5;
const ACTS: usize = 20;

/// One circle.
struct Point {
    members: usize,
    /// An empty machine catches up, both engines together.
    cold: Duration,
    /// From opening the profile to the first hundred posts.
    board: f64,
    fold: f64,
    act: f64,
    /// One changed while apart, until both are equal: both engines, and bytes both ways.
    changed: (f64, usize),
    /// Bytes that two exchange who are equal.
    equal: usize,
}

/// A member of the largest circle beside one of the smallest, for everything that may grow.
pub(crate) async fn measure(large: &mut Street) -> Result<Vec<Row>> {
    let mut points = vec![point(NEIGHBOURS, large)?];
    for size in SIZES {
        points.push(point(size, &mut Street::sized(size, 10).await?)?);
    }
    points.sort_unstable_by_key(|point| point.members);
    for point in &points {
        say(&point.line());
    }
    let (few, many) = (points.first().context("a circle")?, points.last().context("a circle")?);
    Ok(rows(few, many))
}

impl Point {
    fn line(&self) -> String {
        let ms = |seconds: f64| seconds * 1e3;
        format!(
            "{} members: cold start {:.0} ms, board {:.1} ms, fold {:.2} ms, act {:.2} ms, one changed {:.2} ms \
             and {} bytes, equal {} bytes",
            self.members,
            ms(self.cold.as_secs_f64()),
            ms(self.board),
            ms(self.fold),
            ms(self.act),
            ms(self.changed.0),
            self.changed.1,
            self.equal
        )
    }
}

fn point(members: usize, street: &mut Street) -> Result<Point> {
    let (rosa, sam) = street.pair()?;
    let cold = clock::computed(|| ferry(&rosa, &sam))?.1;
    post_alone(&rosa)?;
    let (mut changed, mut said) = (Samples::default(), 0);
    let mut equal = 0;
    for _ in 0..ROUNDS {
        let (rosa, sam) = (street.once_more(&rosa)?, street.once_more(&sam)?);
        let ferried = ferry(&rosa, &sam)?;
        changed.add(ferried.computed.iter().sum());
        said = ferried.bytes();
        equal = ferry(&rosa, &sam)?.bytes();
    }
    Ok(Point {
        members,
        cold,
        board: board(&rosa)?,
        fold: fold(&rosa)?,
        act: acts(&street.once_more(&rosa)?)?,
        changed: (changed.median(), said),
        equal,
    })
}

fn board(home: &Home) -> Result<f64> {
    let page = calls::Board { limit: Some(100), ..calls::Board::default() };
    let mut samples = Samples::default();
    for _ in 0..ROUNDS {
        samples.add(clock::computed(|| alone(home)?.ask(&page))?.1);
    }
    Ok(samples.median())
}

fn fold(home: &Home) -> Result<f64> {
    let store = store_of(home)?;
    let circle = circle_of(&store)?;
    let mut ledger = Ledger::new(circle);
    for row in store.view().statements(circle)? {
        ledger.insert(Statement::kept(&row.bytes)?);
    }
    let mut samples = Samples::default();
    for _ in 0..ROUNDS {
        samples.add(clock::computed(|| Ok(Roster::fold(&ledger)))?.1);
    }
    Ok(samples.median())
}

fn acts(home: &Home) -> Result<f64> {
    let mut member = alone(home)?;
    let mut rng = StdRng::seed_from_u64(8);
    let vocabulary = Vocabulary::new(&mut rng);
    // The first reads the own document from the disk, and computes the board.
    member.ask(&need(&vocabulary, &mut rng))?;
    let mut samples = Samples::default();
    for _ in 0..ACTS {
        let call = need(&vocabulary, &mut rng);
        samples.add(clock::computed(|| member.ask(&call))?.1);
    }
    Ok(samples.median())
}

fn rows(few: &Point, many: &Point) -> Vec<Row> {
    let (least, most) = (few.members, many.members);
    let row = |what: String, unit, ours, beside: String, theirs, aim| Row {
        what,
        unit,
        ours,
        beside,
        theirs,
        aim,
        spread: None,
    };
    let each = |what: &str, of: fn(&Point) -> f64| {
        let per = |point: &Point| of(point) / point.members as f64;
        let what = format!("{what}, for each of {most} members");
        row(what, Unit::Seconds, per(many), format!("for each of {least}"), per(few), Aim::AtMost(1.5))
    };
    let all = |what: &str, unit, of: fn(&Point) -> f64, aim| {
        let what = format!("{what}, {most} members");
        row(what, unit, of(many), format!("{least} members"), of(few), aim)
    };
    let linear = Aim::AtMost(most as f64 / least as f64);
    vec![
        each("cold start", |point| point.cold.as_secs_f64()),
        each("start to board", |point| point.board),
        each("folding the statements", |point| point.fold),
        all("one act", Unit::Seconds, |point| point.act, linear),
        all("one document changed", Unit::Seconds, |point| point.changed.0, linear),
        all("... bytes both ways", Unit::Bytes, |point| point.changed.1 as f64, Aim::AtMost(2.0)),
        all("two who are equal, bytes both ways", Unit::Bytes, |point| point.equal as f64, Aim::AtMost(1.1)),
    ]
}
