//! The member itself: circles, their log, and what is to be done when something happens.
//!
//! No clock, no sockets, no threads: [`Engine`] takes an [`Input`] or a call with the [`Moment`] it
//! happens in, changes the log, and gives back [`Output`]s to be carried out in order.

mod acts;
mod admit;
mod attempts;
mod backup;
mod belonging;
mod board;
mod calendar;
mod carrying;
mod circle;
mod clocks;
mod copied;
mod cut;
mod delivery;
mod doctor;
mod document;
mod doorsteps;
mod endings;
mod erasing;
mod exchange;
mod failure;
mod filter;
mod forget;
mod found;
mod generation;
mod going_on;
mod holdings;
mod house;
mod joining;
mod known_again;
mod leaving;
mod left_behind;
mod locked;
mod locking;
mod look_over;
mod machines;
mod matching;
mod me;
mod mend;
mod near;
mod notes;
mod open;
mod own;
mod packing;
mod parallel;
mod parcel;
mod people;
mod pieces;
mod posts;
mod practice;
mod records;
mod rota;
mod router;
mod salvaged;
mod secrets;
mod sentence;
mod serve;
mod settings;
mod showing;
mod start;
mod story;
mod strays;
mod telling;
mod times;
mod today;
mod typed;
mod undo;
mod waiting;
mod ways;
mod week;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use closeknit_api::{ApiError, ErrorCode, Phrase, Request, Response, Tag};
use closeknit_ids::CircleId;
use closeknit_net::{Alpn, Circle as ServedCircle, ConnId, Dial, NetConfig, NetEvent, Whereabouts};
use closeknit_store::{Disk, Durability, PageKey, ProfileLock, Stage, Store, StoreError, View, salvage};
use jiff::Timestamp;
use rand::{SeedableRng as _, rngs::StdRng};
use tracing::warn;

use self::{
    circle::Circle,
    clocks::Clocks,
    delivery::Reach,
    exchange::Connection,
    failure::{Failure, Outcome},
    joining::Joining,
    locking::Locking,
    secrets::Secrets,
    serve::Network,
    telling::Telling,
};
use crate::{
    apart::Apart,
    files, profile,
    underway::Underway,
    vault::{Keychain, Openers, Vault},
};

pub(crate) use self::{
    erasing::{erase_closed, what_goes_closed},
    locking::locked_status,
};

/// The program's version: what it refuses, another version may take.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the store said, as faces are told.
pub(crate) fn failed(error: StoreError) -> ApiError {
    Failure::from(error).0
}

/// When something happens.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// By this machine's clock.
    pub now: Timestamp,
    /// Milliseconds of a clock that never goes back while the process runs.
    pub steady_ms: u64,
}

/// What happened.
#[derive(Debug)]
pub enum Input {
    /// Something on the network.
    Net(NetEvent),
    /// The network is up; these address texts are to be looked for.
    Networked {
        /// As typed.
        know: Vec<String>,
    },
    /// The network's queue for this connection has no room: the other end does not read.
    QueueFull(ConnId),
    /// Some time has passed.
    Tick,
}

/// What is to be done.
#[derive(Debug)]
pub enum Output {
    /// Tell the faces that this changed.
    Tag(Tag),
    /// Something for the network.
    Net(Command),
}

/// What the network is to do.
#[derive(Debug)]
pub enum Command {
    /// Serve exactly these circles.
    Circles(Vec<ServedCircle>),
    /// Open exactly these doors.
    Joins(Vec<Alpn>),
    /// Keep a connection to this machine.
    Know(CircleId, Whereabouts),
    /// Dial once.
    Dial(Dial),
    /// Send a frame.
    Send(ConnId, Vec<u8>),
    /// End a connection with this code.
    Close(ConnId, u16),
    /// Drop connections and look again.
    Wake,
}

/// What an engine is given besides a profile.
#[derive(Debug)]
pub struct Given {
    /// What everything random is drawn from.
    pub rng: StdRng,
    /// What the store is to hear from its disk, where a test plays it.
    pub disk: Option<Arc<dyn Disk>>,
}

/// The database with what `read` reads of it, or what could be made of a damaged one; then also what to say of that.
fn open_or_salvage<T>(
    lock: &ProfileLock,
    key: &PageKey,
    mut read: impl FnMut(View<'_>) -> Outcome<T>,
) -> Outcome<(Store, T, Option<Phrase>)> {
    match Store::open_reading(lock, key, &mut read) {
        Err(StoreError::Damaged(reason)) => {
            warn!(reason, "the database is damaged: setting it aside");
            let saved = salvage(lock, key)?;
            let says = Phrase::new("notice-database-set-aside")
                .text("path", saved.set_aside.display().to_string())
                .number("saved", saved.statements + saved.changes);
            let (store, read) = Store::open_reading(lock, key, read)?;
            Ok((store, read?, Some(says)))
        }
        opened => {
            let (store, read) = opened?;
            Ok((store, read?, None))
        }
    }
}

fn load_circles(view: View<'_>, secrets: &Secrets) -> Outcome<BTreeMap<CircleId, Circle>> {
    let mut circles = BTreeMap::new();
    for row in view.circles()? {
        if matches!(row.stage, Stage::Past { .. }) {
            continue;
        }
        if settings::member(view, row.id)?.is_some() {
            circles.insert(row.id, Circle::load(view, &row, secrets)?);
        } else {
            // The profile is good for everything else, and for a backup of this one.
            warn!(circle = %row.id.short(), "a damaged database lost who its owner is in a circle");
        }
    }
    Ok(circles)
}

/// One member on one machine, with all their circles.
#[derive(Debug)]
pub struct Engine {
    directory: PathBuf,
    store: Store,
    secrets: Secrets,
    /// Where the system keeps secrets, if it may be used.
    keychain: Option<Arc<dyn Keychain>>,
    locking: Locking,
    rng: StdRng,
    circles: BTreeMap<CircleId, Circle>,
    /// The circle shown when a call names none.
    current: Option<CircleId>,
    network: Network,
    reach: Reach,
    telling: Telling,
    clocks: Clocks,
    connections: BTreeMap<ConnId, Connection>,
    exchanges: BTreeMap<CircleId, closeknit_sync::Sync>,
    joining: Joining,
    /// Where a change is tried that ended the program twice.
    apart: Option<Arc<dyn Apart>>,
    /// How far a backup is, for whoever asks meanwhile.
    underway: Arc<Underway>,
    /// Numbers of the recovery words that are asked back.
    asked_words: Vec<u8>,
    /// It was looked whether the search index is well.
    searchable: bool,
    /// When it was last looked what is to be purged.
    kept_house: Option<Timestamp>,
    /// The same of what is forgotten by the season.
    kept_season: Option<Timestamp>,
    /// When all pages were last written anew, by the steady clock.
    wiped_ms: Option<u64>,
    /// When the last call came, by the steady clock.
    called_ms: u64,
    /// What everybody who opens the app should be told.
    notices: Vec<Phrase>,
    outputs: Vec<Output>,
    tags: BTreeSet<Tag>,
}

impl Engine {
    /// Opens the profile, makes one if there is none, and sets a damaged database aside.
    ///
    /// # Errors
    /// If another process uses it, it was written by a newer version, or the disk says no.
    pub fn open(directory: &Path) -> Result<Self, ApiError> {
        Self::open_with(directory, Openers::default())
    }

    /// The same with what may open the profile: a keychain, or what the member typed.
    ///
    /// # Errors
    /// Those of [`Vault::open`] too.
    pub fn open_with(directory: &Path, openers: Openers<'_>) -> Result<Self, ApiError> {
        let rng = StdRng::try_from_rng(&mut rand::rngs::SysRng);
        let rng = rng.map_err(|error| Failure::internal(error).0)?;
        Self::open_given(directory, openers, Given { rng, disk: None })
    }

    /// The same with everything passed in that is not in the profile: only age draws randomness of its own then.
    ///
    /// # Errors
    /// The same.
    pub fn open_given(directory: &Path, openers: Openers<'_>, given: Given) -> Result<Self, ApiError> {
        Self::try_open(directory, openers, given).map_err(|failure| failure.0)
    }

    fn try_open(directory: &Path, openers: Openers<'_>, given: Given) -> Outcome<Self> {
        let Given { mut rng, disk } = given;
        profile::prepare(directory).map_err(|error| files::problem(directory, &error))?;
        let lock = ProfileLock::take(directory)?;
        let vault = Vault::open(&lock, openers, &mut rng)?;
        let key = vault.page_key();
        let (mut vault, mut secrets) = (Some(vault), None);
        let (mut store, circles, set_aside) = open_or_salvage(&lock, &key, |view| {
            if let Some(vault) = vault.take() {
                secrets = Some(Secrets::open(directory, vault, &mut rng)?);
            }
            // What was salvaged, now or before the power went, is mended before it is read.
            let whole = secrets.as_ref().filter(|_| view.is_unmended().is_ok_and(|unmended| !unmended));
            whole.map(|secrets| load_circles(view, secrets)).transpose()
        })?;
        if let Some(disk) = disk {
            store.lies_on(disk);
        }
        let secrets = secrets.ok_or_else(|| Failure::internal("a profile without secrets"))?;
        let salvaged = store.view().is_unmended()?;
        if salvaged {
            salvaged::tips(&mut store)?;
            salvaged::drafts(&mut store, &secrets)?;
            salvaged::members(&mut store, &secrets)?;
            salvaged::circles_of_nobody(&mut store)?;
            salvaged::behind(&mut store)?;
        }
        let mut circles = circles.map_or_else(|| load_circles(store.view(), &secrets), Ok)?;
        for circle in circles.values_mut() {
            circle.cut_off(&mut store)?;
        }
        if salvaged {
            let ids: Vec<CircleId> = circles.keys().copied().collect();
            Self::distrust_records(&mut store, &ids)?;
        }
        let shown = |id: &CircleId| circles.get(id).is_some_and(|circle: &Circle| circle.leaving.is_none());
        let current = settings::current(store.view())?.filter(shown);
        let current = current.or_else(|| circles.keys().copied().find(shown));
        let mut engine = Self {
            directory: directory.to_owned(),
            store,
            secrets,
            keychain: openers.keychain.cloned(),
            locking: Locking::default(),
            rng,
            circles,
            current,
            network: Network::default(),
            reach: Reach::default(),
            telling: Telling::default(),
            clocks: Clocks::default(),
            connections: BTreeMap::new(),
            exchanges: BTreeMap::new(),
            joining: Joining::default(),
            apart: None,
            underway: Arc::default(),
            asked_words: Vec::new(),
            searchable: false,
            kept_house: None,
            kept_season: None,
            wiped_ms: None,
            called_ms: 0,
            notices: set_aside.into_iter().collect(),
            outputs: Vec::new(),
            tags: BTreeSet::new(),
        };
        engine.rebuild_stale_records()?;
        if salvaged {
            let Self { circles, store, secrets, .. } = &mut engine;
            circles.values_mut().try_for_each(|circle| circle.vouch_again(store, &secrets.device))?;
            engine.store.write(Durability::Full, |batch| batch.mended())?;
        }
        engine.begin_exchanges();
        engine.recall_reach()?;
        engine.recall_told()?;
        engine.recall_clocks()?;
        Ok(engine)
    }

    /// What the network is started with.
    #[must_use]
    pub fn net_config(&self, listen: Option<std::net::SocketAddr>, discovery: bool) -> NetConfig {
        serve::config(&self.secrets.device, listen, discovery)
    }

    /// From now on a change that ended the program twice is tried there first. Without such a place
    /// it is set aside.
    pub fn try_apart(&mut self, apart: Arc<dyn Apart>) {
        self.apart = Some(apart);
    }

    /// How far a backup is can be seen there while this is busy with it.
    pub fn shows_progress(&mut self, underway: Arc<Underway>) {
        self.underway = underway;
    }

    /// There is no network, and why.
    pub fn without_network(&mut self, reason: &str) {
        self.network.missing(reason);
        self.notices.push(Phrase::new("notice-no-network").text("reason", reason));
        self.tag(Tag::Near);
    }

    /// Makes a call; its answer says what became of it, and everything it says is on the disk.
    pub fn call(&mut self, at: Moment, request: &Request) -> (Response, Vec<Output>) {
        self.called_ms = at.steady_ms;
        let response = match self.route(at, request) {
            Ok(value) => Response::Ok(value),
            Err(Failure(error)) => Response::Error(error),
        };
        (response, self.take_outputs())
    }

    /// Takes what happened.
    pub fn handle(&mut self, at: Moment, input: Input) -> Vec<Output> {
        let done = match input {
            Input::Net(event) => self.net_event(at, event),
            Input::Networked { know } => self.networked(at, &know),
            Input::QueueFull(conn) => self.queue_full(at, conn),
            Input::Tick => self.tick(at),
        };
        if let Err(Failure(error)) = done {
            warn!(%error, "could not finish");
            if matches!(error.code, ErrorCode::DiskFull) {
                self.notice(Phrase::new("notice-disk-full"));
            }
        }
        self.take_outputs()
    }

    /// The program is about to end: what waits for its hour is said now.
    pub fn finish(&mut self, at: Moment) -> Vec<Output> {
        if let Err(Failure(error)) = self.mark_all(at) {
            warn!(%error, "could not say what was seen");
        }
        self.take_outputs()
    }

    fn take_outputs(&mut self) -> Vec<Output> {
        let tags = std::mem::take(&mut self.tags).into_iter().map(Output::Tag);
        self.outputs.drain(..).chain(tags).collect()
    }

    fn tag(&mut self, tag: Tag) {
        self.telling.heed(tag);
        self.tags.insert(tag);
    }

    fn do_net(&mut self, command: Command) {
        self.outputs.push(Output::Net(command));
    }

    fn notice(&mut self, notice: Phrase) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
            self.tag(Tag::Status);
        }
    }

    /// The circle that a request is about.
    fn circle_named(&self, named: Option<&str>) -> Outcome<CircleId> {
        let Some(named) = named.filter(|named| !named.is_empty()) else {
            return self.current.ok_or_else(|| Failure::new(ErrorCode::NotStarted));
        };
        let fits = |circle: &&Circle| circle.name == named || circle.id.to_string().starts_with(named);
        let mut fitting = self.shown_circles().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(circle), None) => Ok(circle.id),
            (Some(_), Some(_)) => Err(Failure::new(ErrorCode::Ambiguous).with("given", named)),
            (None, _) => Err(Failure::not_found(named)),
        }
    }

    fn circle(&self, id: CircleId) -> Outcome<&Circle> {
        self.circles.get(&id).ok_or_else(|| Failure::new(ErrorCode::NotStarted))
    }
}
