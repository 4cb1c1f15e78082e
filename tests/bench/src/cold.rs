//! A machine that has just come in catches up with a circle of a thousand.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use automerge::Automerge;
use closeknit_api::calls;

use closeknit_tests::{
    Home, Member,
    street::{NEIGHBOURS, Street, circle_of, store_of},
};
use closeknit_trust::tip::Tip;

use crate::{
    automerge, clock,
    ferry::{Ferried, ferry},
    fresh,
    gate::decoded,
    plain::Wire,
    samod_peer::Peer,
    say,
    table::{Aim, Row, Samples, Unit},
};

const ROUNDS: usize = 5;
/// For each neighbour: four statements, in one of them a consent, and a tip.
const SIGNATURES: usize = 6;

/// Measures, and leaves two machines behind that both hold the circle.
pub(crate) async fn measure(street: &mut Street) -> Result<(Vec<Row>, (Home, Home))> {
    let saved = street.saved();
    let saves: usize = saved.iter().map(Vec::len).sum();
    let (rosa, sam) = street.pair()?;
    let ferried = ferry(&rosa, &sam)?;
    let Ferried { took, computed: [_, newcomer], .. } = ferried;
    let (bytes, frames) = (ferried.bytes(), ferried.frames.len());
    say(&format!("{frames} frames, {bytes} bytes in both directions; {took:?} in the engines alone"));
    let (bare, checked) = bare(street, &rosa)?;
    let wire = Wire::lay().await?;
    let payload = incompressible(bytes);
    let (mut ours, mut plain, mut samod) = (Samples::default(), Samples::default(), Samples::default());
    let mut left = (rosa, sam);
    for round in 1..=ROUNDS {
        left = street.pair()?;
        let took = catch_up(&left.0, &left.1).await?;
        let carried = wire.carry(&payload).await?;
        let others = samod_catches_up(street, &saved, &wire).await?;
        say(&format!("round {round}: {took:?}; plain {carried:?}; samod {others:?}"));
        ours.add(took);
        plain.add(carried);
        samod.add(others);
    }
    let what = "cold start, 1,000 members × 10 posts";
    let wire_bytes = Row {
        what: "cold start, bytes both ways".into(),
        unit: Unit::Bytes,
        ours: bytes as f64,
        beside: "the documents as Automerge saves them".into(),
        theirs: saves as f64,
        aim: Aim::AtMost(1.7),
        spread: None,
    };
    let signed = street.signed as f64;
    let statements = Row {
        what: "... of these, who is in: statements".into(),
        ours: signed,
        aim: Aim::None,
        ..wire_bytes.clone()
    };
    let computed = |beside: &str, theirs: Duration, aim| Row {
        what: "cold start, the newcomer's processors".into(),
        unit: Unit::Seconds,
        ours: newcomer.as_secs_f64(),
        beside: beside.into(),
        theirs: theirs.as_secs_f64(),
        aim,
        spread: None,
    };
    let rows = vec![
        Row::medians(what, &ours, "samod, the same documents", &samod, Aim::Faster(6.0)),
        Row::medians(what, &ours, "plain QUIC, the same bytes", &plain, Aim::None),
        Row::medians(what, &ours, "both engines, no network", &Samples::one(took.as_secs_f64()), Aim::None),
        computed("Automerge decodes and applies the same", bare, Aim::AtMost(2.0)),
        computed("... and as many signatures are checked", bare + checked, Aim::None),
        wire_bytes,
        statements,
        fresh::measure(street)?,
    ];
    Ok((rows, left))
}

/// From switching Sam's machine on until it and Rosa's hold the same.
pub(crate) async fn catch_up(rosa: &Home, sam: &Home) -> Result<Duration> {
    let rosa = Member::start(rosa)?;
    rosa.until_found().await?;
    let started = Instant::now();
    let sam = Member::start(sam)?;
    let mut changes = sam.changes();
    sam.until_equal(&mut changes).await?;
    let took = started.elapsed();
    let (one, other) = (rosa.ask(&calls::CountAll {}).await?, sam.ask(&calls::CountAll {}).await?);
    ensure!((&one.digest, &one.board) == (&other.digest, &other.board), "{one:?} is not {other:?}");
    ensure!(other.documents as usize > NEIGHBOURS, "{other:?}");
    sam.stop().await;
    rosa.stop().await;
    Ok(took)
}

/// From the handshake until all documents are in the other's memory. Whether they are on its disk by then is
/// not waited for, unlike with ours.
async fn samod_catches_up(street: &mut Street, saved: &[Vec<u8>], wire: &Wire) -> Result<Duration> {
    let place = street.place()?;
    let rosa = Peer::start(&place.join("rosa.db"), "NORMAL").await?;
    let sam = Peer::start(&place.join("sam.db"), "NORMAL").await?;
    let documents: Vec<Automerge> = saved.iter().map(|saved| automerge(saved)).collect::<Result<_>>()?;
    let wanted = rosa.hold(documents).await?;
    let started = Instant::now();
    let caught_up = sam.catch_up(&rosa, wire, &wanted).await?;
    let took = started.elapsed();
    drop(caught_up);
    sam.stop().await;
    rosa.stop().await;
    Ok(took)
}

/// What the processors spend when Automerge alone decodes and applies the changes of all neighbours, and when as many
/// signatures are checked as came with them: of a thousand tips, which are hardly more than that, again and again.
fn bare(street: &Street, rosa: &Home) -> Result<(Duration, Duration)> {
    let applied = clock::computed(|| {
        street.documents.iter().try_for_each(|document| {
            let changes: Vec<_> = document.changes().cloned().collect();
            Ok(Automerge::new().apply_changes(decoded(&changes)?)?)
        })
    })?;
    let store = store_of(rosa)?;
    let tips = store.view().tips(circle_of(&store)?)?;
    let checked = clock::computed(|| {
        let signatures = SIGNATURES * NEIGHBOURS;
        tips.iter().cycle().take(signatures).try_for_each(|tip| Ok(Tip::parse(&tip.bytes).map(drop)?))
    })?;
    Ok((applied.1, checked.1))
}

/// Bytes of which no two kilobytes are alike.
fn incompressible(length: usize) -> Vec<u8> {
    use rand::{Rng as _, SeedableRng as _};
    let mut bytes = vec![0; length];
    rand::rngs::StdRng::seed_from_u64(2).fill_bytes(&mut bytes);
    bytes
}
