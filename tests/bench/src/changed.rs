//! Two who were equal meet again, and one of a thousand documents has grown by one post meanwhile.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use closeknit_domain::Record;
use closeknit_net::NetEvent;
use closeknit_tests::{
    Home,
    street::{Street, Vocabulary, Writer, post},
};
use iroh::endpoint::{RecvStream, SendStream};
use rand::{SeedableRng as _, rngs::StdRng};
use tokio::time::{sleep, timeout};

use crate::{
    automerge,
    ferry::{CONN, End, Ends, alone, are_equal, ferry},
    live::need,
    plain::Wire,
    samod_peer::{CaughtUp, Peer},
    say,
    table::{Aim, Row, Samples, Unit},
    trace::Act,
};

const ROUNDS: usize = 9;
/// Nothing that two say to each other here takes longer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Until what was closed has come to rest.
const PAUSE: Duration = Duration::from_millis(300);

/// What is said, and how long it takes, beside samod with the same documents.
pub(crate) async fn measure(street: &mut Street) -> Result<Vec<Row>> {
    let (rosa, sam) = street.pair()?;
    ferry(&rosa, &sam)?;
    let id = post_alone(&rosa)?;
    let act = Act::of(&rosa, &id)?;
    let change = act.change.len() + act.tip.len();
    let said = ferry(&street.once_more(&rosa)?, &street.once_more(&sam)?)?;
    say(&format!("{} bytes for a change of {change} with its tip: {}", said.bytes(), said.story()));
    let wire = Wire::lay().await?;
    let mut crowd = Crowd::open(street, &wire).await?;
    let (mut ours, mut engines) = (Samples::default(), Samples::default());
    let (mut all, mut shown) = (Samples::default(), Samples::default());
    for _ in 0..ROUNDS {
        let homes = (street.once_more(&rosa)?, street.once_more(&sam)?);
        let mut ends = Ends::open(&homes.0, &homes.1)?;
        ends.had_met()?;
        engines.add(ends.meet()?.took);
        let homes = (street.once_more(&rosa)?, street.once_more(&sam)?);
        ours.add(meet(&homes, &wire, said.arrived()).await?);
        let (took, first) = crowd.meet(&wire).await?;
        all.add(took);
        shown.add(first);
    }
    crowd.close().await;
    let what = "1 of 1,000 changed, until both know it";
    let ((held, known), least) = (said.round_trips(), "asking and being given");
    let counted = |what: &str, unit, ours, beside: &str, theirs, aim| Row {
        what: what.into(),
        unit,
        ours,
        beside: beside.into(),
        theirs,
        aim,
        spread: None,
    };
    Ok(vec![
        Row::medians(what, &ours, "samod, until it knows of all", &all, Aim::Faster(200.0)),
        Row::medians(what, &ours, "samod, until the one is there", &shown, Aim::None),
        Row::medians("... of which the engines", &engines, "samod, until it knows of all", &all, Aim::None),
        counted(
            "... bytes both ways",
            Unit::Bytes,
            said.bytes() as f64,
            "the change with its tip",
            change as f64,
            Aim::Below(3_000.0),
        ),
        counted("... round trips until both have it", Unit::Count, held, least, 1.0, Aim::Below(2.0)),
        counted("... round trips until both know it", Unit::Count, known, least, 1.0, Aim::None),
    ])
}

/// A post without anybody near: its id.
pub(crate) fn post_alone(home: &Home) -> Result<String> {
    let mut rng = StdRng::seed_from_u64(6);
    let vocabulary = Vocabulary::new(&mut rng);
    Ok(alone(home)?.ask(&need(&vocabulary, &mut rng))?.card.id)
}

/// Both run and have no line; from the handshake until each has heard all that the other says.
async fn meet(homes: &(Home, Home), wire: &Wire, arrive: [usize; 2]) -> Result<Duration> {
    let mut ends = Ends::open(&homes.0, &homes.1)?;
    ends.had_met()?;
    let [heard, dialled] = ends.opened();
    let [listener, dialler] = ends.ends;
    let [to_listener, to_dialler] = arrive;
    let started = Instant::now();
    let (one, other) = wire.connect().await?;
    let dialler = tokio::spawn(async move {
        let (send, receive) = one.open_bi().await?;
        speak(dialler, dialled, (send, receive), to_dialler).await
    });
    let listener = tokio::spawn(async move {
        let (send, receive) = other.accept_bi().await?;
        speak(listener, heard, (send, receive), to_listener).await
    });
    let (dialler, listener) = (timeout(PATIENCE, dialler).await??, timeout(PATIENCE, listener).await??);
    let ((dialler, one, _line), (listener, other, _same)) = (dialler?, listener?);
    let took = one.max(other).duration_since(started);
    are_equal(&mut [listener, dialler])?;
    Ok(took)
}

/// Says what there is to say until so many frames came; gives the moment when it was done.
async fn speak(
    mut end: End,
    opened: NetEvent,
    (mut send, mut receive): (SendStream, RecvStream),
    arrive: usize,
) -> Result<(End, Instant, (SendStream, RecvStream))> {
    let mut said = end.hear(opened)?;
    for _ in 0..arrive {
        tell(&mut send, said).await?;
        let mut length = [0; 4];
        receive.read_exact(&mut length).await?;
        let mut bytes = vec![0; u32::from_be_bytes(length) as usize];
        receive.read_exact(&mut bytes).await?;
        said = end.hear(NetEvent::Frame { conn: CONN, bytes })?;
    }
    tell(&mut send, said).await?;
    Ok((end, Instant::now(), (send, receive)))
}

async fn tell(send: &mut SendStream, frames: Vec<Vec<u8>>) -> Result<()> {
    for frame in frames {
        send.write_all(&closeknit_sync::frame::with_length(&frame)?).await?;
    }
    Ok(())
}

/// Two with samod who hold the documents of a street, open on both sides all the while.
struct Crowd {
    rosa: Peer,
    sam: Peer,
    held: CaughtUp,
    theirs: Vec<samod::DocHandle>,
    writers: Vec<Writer>,
    rng: StdRng,
    vocabulary: Vocabulary,
    round: usize,
}

impl Crowd {
    async fn open(street: &mut Street, wire: &Wire) -> Result<Self> {
        let place = street.place()?;
        let rosa = Peer::start(&place.join("rosa.db"), "FULL").await?;
        let sam = Peer::start(&place.join("sam.db"), "NORMAL").await?;
        let documents = street.saved().iter().map(|saved| automerge(saved)).collect::<Result<_>>()?;
        let theirs = rosa.hold(documents).await?;
        let held = sam.catch_up(&rosa, wire, &theirs).await?;
        let mut rng = StdRng::seed_from_u64(7);
        let vocabulary = Vocabulary::new(&mut rng);
        let writers = street.documents.iter().map(|own| Writer::new(own.clone(), [8; 16])).collect();
        Ok(Self { rosa, sam, held, theirs, writers, rng, vocabulary, round: 0 })
    }

    /// From the handshake until Sam's side knows of every document that it has it, and until it has the one that
    /// was written while they were apart.
    async fn meet(&mut self, wire: &Wire) -> Result<(Duration, Duration)> {
        self.held.line.cut();
        sleep(PAUSE).await;
        self.round += 1;
        let changed = self.theirs.len() * self.round / (ROUNDS + 1);
        let record = Record::Post(post(&self.vocabulary, &mut self.rng)?);
        let writer = self.writers.get_mut(changed).context("a document")?;
        let change = automerge::Change::try_from(writer.write(record, &mut self.rng)?.bytes())?;
        let theirs = self.theirs.get(changed).context("a document")?;
        theirs.with_document(|document| document.apply_changes([change]))?;
        sleep(PAUSE).await;
        let (line, took, first) =
            self.sam.meet_again(&self.rosa, wire, (&self.theirs, &self.held.documents), changed).await?;
        self.held.line = line;
        Ok((took, first))
    }

    async fn close(self) {
        self.sam.stop().await;
        self.rosa.stop().await;
    }
}
