//! A circle as large as it gets, made with everybody's own keys: each statement, change and tip is signed as
//! their machines would sign it, so that whoever catches up has all of it to check.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use closeknit_api::calls;
use closeknit_domain::{
    Amount, Audience, Category, MemberKind, Mode, Phrases, Post, PostKind, Profile, Record, Roles, Unit,
    Want, When,
    text::{Detail, Name, Phrase, Place, Title},
    time::{Window, Zone},
};
use closeknit_ids::{ActorId, CircleId, MemberId, RecordId};
use closeknit_node::{Openers, Vault};
use closeknit_replica::{Act, Document, RawChange};
use closeknit_store::{Batch, ChangeRow, Durability, ProfileLock, Stage, Store, StoreError, TipRow};
use closeknit_trust::{
    circle::doc_id,
    device::DeviceKeys,
    invitation::Token,
    ledger::Ledger,
    statement::{Admit, Body, Enrol, Pen, Statement, Vouch},
    text::DeviceLabel,
    tip::{Head, Tip},
    words::{Nonce, Words},
};
use jiff::{Timestamp, ToSpan as _};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tempfile::TempDir;

use crate::{Home, Member, workshop::ledger};

/// How many neighbours come in after the two who began, into a large circle.
pub const NEIGHBOURS: usize = 1_000;
/// When everybody wrote, in seconds since 1970.
pub const WRITTEN: i64 = 1_795_000_000;

/// Who comes in, and what they write.
#[derive(Debug, Clone, Copy)]
struct Size {
    neighbours: usize,
    /// How many posts each of them has.
    posts: usize,
    /// Whether every other post is for a day in the weeks after it was written.
    dated: bool,
}

impl Size {
    /// As many people as a circle may have.
    const LARGE: Self = Self { neighbours: NEIGHBOURS, posts: 10, dated: false };
    /// Few people, who have asked for much over the years.
    const BUSY: Self = Self { neighbours: 50, posts: 200, dated: true };
}

/// Rosa, who began the circle and has all of it, and Sam, who came in second and has been away since.
#[derive(Debug)]
pub struct Street {
    directory: TempDir,
    copies: usize,
    /// She has all of it.
    pub rosa: Home,
    /// He has only heard of her.
    pub sam: Home,
    /// The documents of the neighbours.
    pub documents: Vec<Document>,
    /// How many bytes the statements of the neighbours have.
    pub signed: usize,
}

impl Street {
    /// A circle of two.
    ///
    /// # Errors
    /// When the two do not meet.
    pub async fn small() -> Result<Self> {
        let directory = tempfile::tempdir()?;
        let home = |name| Home::new(directory.path().join(name));
        let (rosa, sam) = (home("rosa")?, home("sam")?);
        Member::found(&rosa, &sam).await?;
        Ok(Self { directory, copies: 0, rosa, sam, documents: Vec::new(), signed: 0 })
    }

    /// A circle of two and a thousand, of whom Sam has not heard yet.
    ///
    /// # Errors
    /// As [`Street::small`].
    pub async fn large() -> Result<Self> {
        Self::of(Size::LARGE).await
    }

    /// A circle of two and fifty, with as many posts.
    ///
    /// # Errors
    /// As [`Street::small`].
    pub async fn busy() -> Result<Self> {
        Self::of(Size::BUSY).await
    }

    /// A circle of two and so many, with so many posts each.
    ///
    /// # Errors
    /// As [`Street::small`].
    pub async fn sized(neighbours: usize, posts: usize) -> Result<Self> {
        Self::of(Size { neighbours, posts, dated: false }).await
    }

    async fn of(size: Size) -> Result<Self> {
        let mut street = Self::small().await?;
        let neighbours = fill(&street.rosa, &street.sam, size)?;
        let statements = neighbours.iter().flat_map(|neighbour| &neighbour.statements);
        street.signed = statements.map(|statement| statement.bytes().len()).sum();
        street.documents = neighbours.into_iter().map(|neighbour| neighbour.written.document).collect();
        let rosa = Member::alone(&street.rosa.profile)?;
        rosa.ask(&calls::Rebuild {}).await?;
        let posts = rosa.ask(&calls::Board::default()).await?.total;
        rosa.stop().await;
        ensure!(posts as usize == size.neighbours * size.posts, "{posts} posts");
        Ok(street)
    }

    /// Both profiles once more, to be used up by one measurement.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn pair(&mut self) -> Result<(Home, Home)> {
        let rosa = self.once_more(&self.rosa.clone())?;
        Ok((rosa, self.once_more(&self.sam.clone())?))
    }

    /// An empty directory.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn place(&mut self) -> Result<PathBuf> {
        self.copies += 1;
        let place = self.directory.path().join(format!("place-{}", self.copies));
        fs::create_dir(&place)?;
        Ok(place)
    }

    /// A profile once more.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn once_more(&mut self, home: &Home) -> Result<Home> {
        self.copies += 1;
        home.copy(self.directory.path().join(format!("copy-{}", self.copies)))
    }

    /// What all neighbours' documents come to when Automerge saves and compresses each.
    #[must_use]
    pub fn saved(&self) -> Vec<Vec<u8>> {
        self.documents.iter().map(Document::snapshot).collect()
    }
}

/// The only circle that was founded in a profile.
///
/// # Errors
/// If there is none.
pub fn circle_of(store: &Store) -> Result<CircleId> {
    let circles = store.view().circles()?;
    let founded = circles.iter().find(|circle| circle.stage == Stage::Real);
    Ok(founded.context("no circle in this profile")?.id)
}

/// The keys of a profile's machine.
///
/// # Errors
/// If it has none.
pub fn keys_of(home: &Home) -> Result<DeviceKeys> {
    vault_of(home)?.device_keys(&home.profile)?.context("no keys in this profile")
}

/// The database of a member who is not running.
///
/// # Errors
/// While they are running.
pub fn store_of(home: &Home) -> Result<Store> {
    let key = vault_of(home)?.page_key();
    Ok(Store::open(&ProfileLock::take(&home.profile)?, &key)?)
}

/// What a profile is encrypted from.
///
/// # Errors
/// If there is no profile.
pub fn vault_of(home: &Home) -> Result<Vault> {
    Ok(Vault::of(&home.profile, Openers::default())?)
}

/// Lets the neighbours in, with all that they wrote, as if Rosa had met everybody: each admitted by one who is
/// in already, and known to that one and another.
fn fill(rosa: &Home, sam: &Home, size: Size) -> Result<Vec<Neighbour>> {
    let mut store = store_of(rosa)?;
    let circle = circle_of(&store)?;
    let mut ledger = ledger(&store, circle)?;
    let mut hosts = vec![Host::of(keys_of(rosa)?, &ledger)?, Host::of(keys_of(sam)?, &ledger)?];
    let mut rng = StdRng::seed_from_u64(1);
    let vocabulary = Vocabulary::new(&mut rng);
    let mut neighbours = Vec::new();
    for number in 0..size.neighbours {
        let first = rng.random_range(0..hosts.len());
        let second = (first + rng.random_range(1..hosts.len())) % hosts.len();
        let (Some(first), Some(second)) = (hosts.get(first), hosts.get(second)) else { bail!("two hosts") };
        let (neighbour, host) =
            Neighbour::let_in(number, &mut ledger, [first, second], size, (&vocabulary, &mut rng))?;
        neighbours.push(neighbour);
        hosts.push(host);
    }
    store.write(Durability::Full, |batch| {
        neighbours.iter().try_for_each(|neighbour| neighbour.put(batch, circle))
    })?;
    Ok(neighbours)
}

/// Somebody who is in, and lets others in.
pub(crate) struct Host {
    keys: DeviceKeys,
    member: MemberId,
}

impl Host {
    pub(crate) fn of(keys: DeviceKeys, ledger: &Ledger) -> Result<Self> {
        let enrolled = ledger.iter().find(
            |statement| matches!(statement.body(), Body::Enrol(enrol) if enrol.machine.device == keys.id()),
        );
        let member = enrolled.context("this machine is nobody's")?.member();
        Ok(Self { keys, member })
    }

    pub(crate) fn member(&self) -> MemberId {
        self.member
    }

    /// Writes the next statement into the set.
    fn say(&self, ledger: &mut Ledger, body: &Body) -> Result<Statement> {
        let statement = ledger.write(Pen::Device(&self.keys, self.member), body)?;
        ledger.insert(statement.clone());
        Ok(statement)
    }
}

/// One of a thousand: how they came in, and what they wrote.
struct Neighbour {
    statements: [Statement; 4],
    written: Written,
}

impl Neighbour {
    /// By the first of two who know them.
    fn let_in(
        number: usize,
        ledger: &mut Ledger,
        [first, second]: [&Host; 2],
        size: Size,
        (vocabulary, rng): (&Vocabulary, &mut StdRng),
    ) -> Result<(Self, Host)> {
        let circle = ledger.circle();
        let (words, nonce) = (Words::generate(rng), Nonce::generate(rng));
        let key = words.member_key(&nonce);
        let (member, kind, keys) = (key.id(), MemberKind::Person, DeviceKeys::generate(rng));
        let machine = keys.machine(circle, member, DeviceLabel::new("laptop")?);
        let enrol = ledger.write(Pen::Member(&key), &Body::Enrol(Enrol::by_words(machine, &words, nonce)))?;
        ledger.insert(enrol.clone());
        let proof = Token::generate(rng).prove(circle, member, keys.id(), first.keys.id());
        let admit = first.say(ledger, &Body::Admit(Admit { member, kind, proof }))?;
        let vouch = Body::Vouch(Vouch { member, kind });
        let statements = [enrol, admit, first.say(ledger, &vouch)?, second.say(ledger, &vouch)?];

        let mut writer = Writer::new(Document::found(), rng.random());
        let mut changes = vec![writer.write(profile(number, vocabulary, rng)?, rng)?];
        for number in 0..size.posts {
            let post = post(vocabulary, rng)?;
            let post = if size.dated && number % 2 == 0 { dated(post, rng)? } else { post };
            changes.push(writer.write(Record::Post(post), rng)?);
        }
        let written = Written::sign(&keys, circle, member, writer.document, changes)?;
        Ok((Self { statements, written }, Host { keys, member }))
    }

    /// Into the log, as the member's machine would.
    fn put(&self, batch: &mut Batch<'_>, circle: CircleId) -> Result<(), StoreError> {
        for statement in &self.statements {
            batch.add_statement(circle, statement.id(), statement.bytes())?;
        }
        self.written.put(batch, circle)
    }
}

/// Changes of a member's document, and the signature for the last of them.
pub(crate) struct Written {
    changes: Vec<RawChange>,
    tip: Tip,
    document: Document,
}

impl Written {
    /// Vouches for the last of the changes, which are in the document already.
    pub(crate) fn sign(
        keys: &DeviceKeys,
        circle: CircleId,
        member: MemberId,
        document: Document,
        changes: Vec<RawChange>,
    ) -> Result<Self> {
        let last = changes.last().context("nothing written")?.hash();
        let past = document.past(last).context("just written")?;
        let (count, bytes) = (u32::try_from(past.count)?, u32::try_from(past.bytes)?);
        let doc = doc_id(circle, member);
        let tip = Tip::sign(keys, Head { circle, doc, generation: 0, head: last, count, bytes });
        Ok(Self { changes, tip, document })
    }

    /// Into the log, as the member's machine would.
    pub(crate) fn put(&self, batch: &mut Batch<'_>, circle: CircleId) -> Result<(), StoreError> {
        let Head { doc, generation, head, .. } = *self.tip.head();
        for change in &self.changes {
            let (hash, bytes) = (change.hash(), change.bytes().to_vec());
            let (actor, seq) = self.document.written_by(hash).ok_or(StoreError::TooLarge)?;
            batch.add_change(circle, doc, generation, &ChangeRow { hash, actor, seq: seq.into(), bytes })?;
        }
        let (device, bytes) = (self.tip.device(), self.tip.bytes().to_vec());
        batch.put_tip(circle, &TipRow { doc, generation, device, head, bytes, held: true })?;
        Ok(())
    }
}

/// Somebody who writes into their document, one record a change.
#[derive(Debug)]
pub struct Writer {
    /// As it is now.
    pub document: Document,
    actor: ActorId,
    seconds: i64,
}

impl Writer {
    /// Goes on with this document, under this name.
    #[must_use]
    pub const fn new(document: Document, actor: [u8; 16]) -> Self {
        Self { document, actor: ActorId(actor), seconds: WRITTEN }
    }

    /// Adds a record.
    ///
    /// # Errors
    /// If the document takes no more.
    pub fn write(&mut self, record: Record, rng: &mut StdRng) -> Result<RawChange> {
        self.act(Act::add(RecordId(rng.random()), record))
    }

    /// Does this.
    ///
    /// # Errors
    /// If the document takes no more, or says so already.
    pub fn act(&mut self, act: Act) -> Result<RawChange> {
        self.seconds += 60;
        self.document.write(self.actor, self.seconds, &[act])?.context("nothing to write")
    }
}

fn profile(number: usize, vocabulary: &Vocabulary, rng: &mut StdRng) -> Result<Record> {
    let phrases = |rng: &mut StdRng, count| -> Result<Phrases> {
        let phrases: Vec<Phrase> =
            (0..count).map(|_| Ok(Phrase::new(&vocabulary.text(rng, 16))?)).collect::<Result<_>>()?;
        Ok(Phrases::new(phrases)?)
    };
    Ok(Record::Profile(Profile {
        name: Name::new(&format!("{} {number}", vocabulary.text(rng, 10)))?,
        kind: MemberKind::Person,
        languages: phrases(rng, 2)?,
        area: Some(Place::new(&vocabulary.text(rng, 12))?),
        skills: phrases(rng, 3)?,
        lends: phrases(rng, 2)?,
    }))
}

/// A need or an offer of some three hundred characters.
///
/// # Errors
/// Never: all of it is in range.
pub fn post(vocabulary: &Vocabulary, rng: &mut StdRng) -> Result<Post> {
    let (title, detail) = (vocabulary.text(rng, 50), vocabulary.text(rng, 250));
    let kind = if rng.random() { PostKind::Need } else { PostKind::Offer };
    Ok(Post {
        kind,
        category: *Category::ALL.get(rng.random_range(0..Category::ALL.len())).context("a category")?,
        title: Title::new(&title)?,
        detail: Some(Detail::new(&detail)?),
        urgent: rng.random_range(0..10) == 0,
        when: When::Anytime,
        place: Some(Place::new(&vocabulary.text(rng, 12))?),
        want: Want { amount: Amount::new(rng.random_range(1..10))?, unit: Unit::Items },
        roles: Roles::default(),
        lend: None,
        mode: Mode::Choose,
        proxy: None,
        standing: kind == PostKind::Offer,
        resting: false,
        reviewed: None,
        audience: Audience::Circle,
        changed: None,
        until: None,
        posted: Timestamp::from_second(WRITTEN + rng.random_range(0..10_000))?,
    })
}

/// The same for two hours of a day in the next three weeks.
fn dated(post: Post, rng: &mut StdRng) -> Result<Post> {
    let zone = Zone::new("Europe/Vienna")?;
    let day = zone.civil(post.posted).date().checked_add(rng.random_range(2..21).days())?;
    let hour = rng.random_range(7..20);
    let when = When::Once(Window::new(day.at(hour, 0, 0, 0), day.at(hour + 2, 0, 0, 0), zone)?);
    Ok(Post { when, standing: false, ..post })
}

/// Three thousand words made of syllables, of which some are used far more often than others: text that
/// compresses about as people's does.
#[derive(Debug)]
pub struct Vocabulary(Vec<String>);

impl Vocabulary {
    /// Makes them.
    pub fn new(rng: &mut StdRng) -> Self {
        let (starts, ends) =
            (["b", "d", "f", "gr", "l", "m", "n", "s", "st", "th", "w"], ["a", "e", "i", "o", "ou"]);
        let syllable = |rng: &mut StdRng| {
            let start = starts.get(rng.random_range(0..starts.len())).copied().unwrap_or_default();
            let end = ends.get(rng.random_range(0..ends.len())).copied().unwrap_or_default();
            format!("{start}{end}")
        };
        let word = |_| (0..rng.random_range(1..4)).map(|_| syllable(rng)).collect();
        Self((0..3_000).map(word).collect())
    }

    /// At most so many characters.
    pub fn text(&self, rng: &mut StdRng, characters: usize) -> String {
        let mut text = String::new();
        loop {
            let rank = (self.0.len() as f64).powf(rng.random::<f64>()) as usize;
            let word = self.0.get(rank.saturating_sub(1)).map_or("", String::as_str);
            if !text.is_empty() && text.len() + word.len() >= characters {
                return text;
            }
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(word);
        }
    }
}
