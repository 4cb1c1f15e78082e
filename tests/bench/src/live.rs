//! Rosa posts, and Sam sees it.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use closeknit_api::{Tag, calls, views::PostKind};
use closeknit_domain::Record;
use closeknit_replica::Document;
use closeknit_tests::{
    Home, Member,
    street::{Street, Vocabulary, Writer, post},
    until_told,
};
use rand::{SeedableRng as _, rngs::StdRng};
use samod::DocHandle;
use tokio::{
    sync::broadcast::{Receiver, error::TryRecvError},
    time::sleep,
};

use crate::{
    automerge,
    plain::{Echo, Wire},
    samod_peer::{CaughtUp, Pair, Peer},
    say,
    table::{Aim, Row, Samples},
    trace::Act,
};

const ROUNDS: usize = 100;
/// Between two acts: nobody types faster, and everything has come to rest by then.
const PAUSE: Duration = Duration::from_millis(300);

/// Two members who run and hold the same.
pub(crate) struct Neighbours {
    rosa: Member,
    sam: Member,
    told: Receiver<Vec<Tag>>,
    rng: StdRng,
    vocabulary: Vocabulary,
}

impl Neighbours {
    pub(crate) async fn meet(rosa: &Home, sam: &Home) -> Result<Self> {
        let rosa = Member::start(rosa)?;
        rosa.until_found().await?;
        let sam = Member::start(sam)?;
        let mut told = sam.changes();
        sam.until_equal(&mut told).await?;
        let mut rng = StdRng::seed_from_u64(3);
        let vocabulary = Vocabulary::new(&mut rng);
        Ok(Self { rosa, sam, told, rng, vocabulary })
    }

    /// One post: how long until Rosa has the answer that it is on her disk, and until Sam's page, told of a
    /// change, has it.
    async fn post(&mut self) -> Result<Seen> {
        let call = need(&self.vocabulary, &mut self.rng);
        while !matches!(self.told.try_recv(), Err(TryRecvError::Empty)) {}
        let started = Instant::now();
        let id = self.rosa.ask(&call).await?.card.id;
        let answered = started.elapsed();
        let show = calls::Show { id };
        loop {
            until_told(&mut self.told, Tag::Board).await?;
            if self.sam.ask(&show).await.is_ok() {
                return Ok(Seen { answered, shown: started.elapsed(), id: show.id });
            }
        }
    }

    async fn part(self) {
        self.sam.stop().await;
        self.rosa.stop().await;
    }
}

struct Seen {
    answered: Duration,
    shown: Duration,
    id: String,
}

/// Something to post, as a face asks for it.
pub(crate) fn need(vocabulary: &Vocabulary, rng: &mut StdRng) -> calls::Post {
    calls::Post {
        kind: PostKind::Offer,
        category: "ride".into(),
        title: vocabulary.text(rng, 50),
        detail: Some(vocabulary.text(rng, 250)),
        standing: true,
        ..calls::Post::default()
    }
}

/// Ours, samod's and a bare message take turns, so that a busy moment meets all of them.
pub(crate) async fn measure(small: &mut Street, large: &mut Street, crowd: (Home, Home)) -> Result<Vec<Row>> {
    let (rosa, sam) = small.pair()?;
    let mut neighbours = Neighbours::meet(&rosa, &sam).await?;
    let first = neighbours.post().await?;
    neighbours.part().await;
    let act = Act::of(&rosa, &first.id)?;
    let message = act.change.len() + act.tip.len();
    let mut neighbours = Neighbours::meet(&rosa, &sam).await?;
    let mut crowd = Neighbours::meet(&crowd.0, &crowd.1).await?;
    let mut samod = SamodStreet::open(small).await?;
    let mut samod_crowd = SamodStreet::open(large).await?;
    let mut echo = Echo::open(message).await?;
    let mut live = Live::default();
    for _ in 0..ROUNDS {
        let seen = neighbours.post().await?;
        live.ours.add(seen.shown);
        live.after.add(seen.shown.saturating_sub(seen.answered));
        sleep(PAUSE).await;
        live.crowd.add(crowd.post().await?.shown);
        sleep(PAUSE).await;
        let (shown, kept) = samod.post().await?;
        live.samod_shown.add(shown);
        live.samod_kept.add(kept);
        sleep(PAUSE).await;
        live.samod_crowd.add(samod_crowd.post().await?.1);
        sleep(PAUSE).await;
        live.echo.add(echo.ping().await?);
        sleep(PAUSE).await;
    }
    say(&format!("{ROUNDS} rounds; the change and its tip have {message} bytes"));
    samod.close().await;
    samod_crowd.close().await;
    crowd.part().await;
    neighbours.part().await;
    Ok(live.rows())
}

#[derive(Default)]
struct Live {
    ours: Samples,
    /// From Rosa's answer on.
    after: Samples,
    crowd: Samples,
    samod_shown: Samples,
    samod_kept: Samples,
    samod_crowd: Samples,
    echo: Samples,
}

impl Live {
    fn rows(&self) -> Vec<Row> {
        let (what, p99) = ("live in a circle of two, asking to screen", "... 99 of 100 below");
        let large = "live in a circle of 1,000";
        let kept = "samod, shown and on both disks";
        let shown = "samod, shown, perhaps on no disk";
        let ping = "there and back, the same bytes";
        let crowd = "samod with 1,000 documents, the same";
        vec![
            Row::medians(what, &self.ours, kept, &self.samod_kept, Aim::Faster(8.0)),
            Row::ninety_nine(p99, &self.ours, kept, &self.samod_kept, Aim::Faster(8.0)),
            Row::medians(what, &self.ours, shown, &self.samod_shown, Aim::None),
            Row::medians(what, &self.ours, ping, &self.echo, Aim::None),
            Row::ninety_nine(p99, &self.ours, ping, &self.echo, Aim::None),
            Row::medians("... from the author's disk on", &self.after, ping, &self.echo, Aim::None),
            Row::medians(large, &self.crowd, crowd, &self.samod_crowd, Aim::Faster(8.0)),
            Row::ninety_nine(p99, &self.crowd, crowd, &self.samod_crowd, Aim::Faster(8.0)),
        ]
    }
}

/// The same two with samod, with the documents of a street beside the one that is written: the author's disk
/// FULL and the reader's NORMAL, as with ours.
struct SamodStreet {
    pair: Pair,
    writer: Writer,
    vocabulary: Vocabulary,
    rng: StdRng,
    /// Open on both machines all the while.
    _others: (Vec<DocHandle>, Vec<DocHandle>),
}

impl SamodStreet {
    async fn open(street: &mut Street) -> Result<Self> {
        let place = street.place()?;
        let mut rng = StdRng::seed_from_u64(4);
        let vocabulary = Vocabulary::new(&mut rng);
        let mut writer = Writer::new(Document::found(), [9; 16]);
        writer.write(Record::Post(post(&vocabulary, &mut rng)?), &mut rng)?;
        let rosa = Peer::start(&place.join("rosa.db"), "FULL").await?;
        let sam = Peer::start(&place.join("sam.db"), "NORMAL").await?;
        let saved = street.documents.iter().chain([&writer.document]).map(Document::snapshot);
        let documents = saved.map(|saved| automerge(&saved)).collect::<Result<_>>()?;
        let mut held = rosa.hold(documents).await?;
        let wire = Wire::lay().await?;
        let CaughtUp { mut documents, line } = sam.catch_up(&rosa, &wire, &held).await?;
        let (Some(theirs), Some(ours)) = (held.pop(), documents.pop()) else { bail!("no document") };
        let pair = Pair { author: (rosa, theirs), reader: (sam, ours), _kept: (line, wire) };
        // What is stored of the beginning is stored by now.
        sleep(PAUSE).await;
        Ok(Self { pair, writer, vocabulary, rng, _others: (held, documents) })
    }

    async fn post(&mut self) -> Result<(Duration, Duration)> {
        let record = Record::Post(post(&self.vocabulary, &mut self.rng)?);
        let change = self.writer.write(record, &mut self.rng)?;
        self.pair.write(&change).await.context("samod")
    }

    async fn close(self) {
        self.pair.close().await;
    }
}
