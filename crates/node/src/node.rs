//! An engine on its own thread, with the network beside it.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, SystemTime},
};

use closeknit_api::{ApiError, Call as _, ErrorCode, Request, Response, Tag, calls};
use closeknit_net::{Net, NetEvent, NetHandle, NotSent};
use jiff::Timestamp;
use tokio::{
    runtime::Handle,
    sync::{broadcast, mpsc, oneshot},
    time::{Instant, MissedTickBehavior},
};
use tracing::{info, warn};

use crate::{
    closed,
    door::Options,
    engine::{Command, Engine, Input, Moment, Output},
    files, profile, socket,
    underway::Underway,
    vault::Openers,
};

/// How often the engine looks at the time.
const TICK: Duration = Duration::from_millis(250);
/// Tags go out at most ten times a second (interface.md, *One interface, three hosts*).
const TAGS_EVERY: Duration = Duration::from_millis(100);
/// A jump of the clock against the monotonic one that means this machine slept.
const SLEPT: Duration = Duration::from_secs(30);
/// How long a profile is waited for that another process is about to let go.
const PATIENCE: Duration = Duration::from_secs(5);
/// Frames that may wait for the engine before the network has to hold back.
const FRAMES_WAITING: usize = 64;

/// A member that runs in this process. Cheap to clone; the member ends with [`Node::stop`].
#[derive(Debug, Clone)]
pub struct Node {
    calls: mpsc::Sender<Asked>,
    tags: broadcast::Sender<Vec<Tag>>,
    ended: Arc<tokio::sync::watch::Receiver<bool>>,
    underway: Arc<Underway>,
}

#[derive(Debug)]
struct Asked {
    request: Request,
    answer: oneshot::Sender<Response>,
}

impl Node {
    /// Opens the profile and starts the member. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// If the profile is in use, damaged beyond what can be set aside, or of a newer version.
    pub fn start(options: Options) -> Result<Self, ApiError> {
        let underway = Arc::new(Underway::default());
        let engine = match open_patiently(&options, &underway) {
            // It runs all the same, and waits for the passphrase.
            Err(error) if error.code == ErrorCode::Locked => None,
            opened => Some(opened?),
        };
        let (calls, asked) = mpsc::channel(64);
        let (tags, _) = broadcast::channel(64);
        let (ended_tx, ended) = tokio::sync::watch::channel(false);
        let node =
            Self { calls, tags: tags.clone(), ended: Arc::new(ended), underway: Arc::clone(&underway) };
        let listening = socket::listen(&profile::socket_path(&options.profile), node.clone())
            .map_err(|error| files::problem(&options.profile, &error))?;
        let runtime = Handle::current();
        let work = Work {
            engine,
            options,
            asked,
            tags,
            net: None,
            reached_out: false,
            pending: BTreeSet::new(),
            started: std::time::Instant::now(),
            underway,
        };
        let spawned = std::thread::Builder::new().name("member".into()).spawn(move || {
            runtime.block_on(work.run());
            listening.abort();
            let _ = ended_tx.send(true);
        });
        spawned.map_err(|error| ApiError::new(ErrorCode::Internal).with("reason", error))?;
        Ok(node)
    }

    /// Makes any call and waits for its answer.
    pub async fn call(&self, request: Request) -> Response {
        if request.call == calls::Progress::NAME {
            return self.progress(&request);
        }
        let (answer, answered) = oneshot::channel();
        let gone = || Response::Error(ApiError::new(ErrorCode::CannotReach));
        if self.calls.send(Asked { request, answer }).await.is_err() {
            return gone();
        }
        answered.await.unwrap_or_else(|_| gone())
    }

    /// The member may be busy for a while with just what is asked about.
    fn progress(&self, request: &Request) -> Response {
        if request.args.get("stop").and_then(serde_json::Value::as_bool) == Some(true) {
            self.underway.stop();
        }
        serde_json::to_value(self.underway.view()).map_or_else(
            |error| Response::Error(ApiError::new(ErrorCode::Internal).with("reason", error)),
            Response::Ok,
        )
    }

    /// What changes from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Vec<Tag>> {
        self.tags.subscribe()
    }

    /// Ends the member in order and waits until it has.
    pub async fn stop(&self) {
        let request = Request { call: "stop".into(), args: serde_json::Value::Null, circle: None };
        let _ = self.call(request).await;
        self.ended().await;
    }

    /// Waits until the member has ended, whoever asked for it.
    pub async fn ended(&self) {
        let mut ended = self.ended.as_ref().clone();
        let _ = ended.wait_for(|ended| *ended).await;
    }
}

/// A process that makes one call holds the profile for a moment; one that stays up listens at its
/// socket, and then there is nothing to wait for.
fn open_patiently(options: &Options, underway: &Arc<Underway>) -> Result<Engine, ApiError> {
    let (started, profile) = (std::time::Instant::now(), &options.profile);
    loop {
        match open(options, None, underway) {
            Err(error)
                if error.code == ErrorCode::ProfileInUse
                    && started.elapsed() < PATIENCE
                    && !socket::is_served(&profile::socket_path(profile)) =>
            {
                std::thread::sleep(PATIENCE / 60);
            }
            opened => return opened,
        }
    }
}

fn open(options: &Options, passphrase: Option<&str>, underway: &Arc<Underway>) -> Result<Engine, ApiError> {
    let openers = Openers { keychain: options.keychain.as_ref(), passphrase };
    let mut engine = Engine::open_with(&options.profile, openers)?;
    engine.shows_progress(Arc::clone(underway));
    if let Some(apart) = &options.apart {
        engine.try_apart(Arc::clone(apart));
    }
    Ok(engine)
}

/// What the member's thread works with.
struct Work {
    /// Nobody, until the passphrase was typed.
    engine: Option<Engine>,
    options: Options,
    asked: mpsc::Receiver<Asked>,
    tags: broadcast::Sender<Vec<Tag>>,
    net: Option<NetHandle>,
    /// The network was started, or cannot be.
    reached_out: bool,
    pending: BTreeSet<Tag>,
    started: std::time::Instant,
    underway: Arc<Underway>,
}

impl Work {
    async fn run(mut self) {
        let (events_tx, mut events) = mpsc::channel(FRAMES_WAITING);
        self.start_network(&events_tx).await;
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut tags_sent = Instant::now();
        let mut awake = Awake::now();
        loop {
            let step = tokio::select! {
                biased;
                Some(asked) = self.asked.recv() => Step::Call(asked),
                // Before what comes from others, who could otherwise keep the time from being looked at.
                _ = tick.tick() => Step::Tick,
                Some(event) = events.recv() => Step::Input(Input::Net(event)),
                // What waits to be told is not kept waiting until something else happens.
                () = tokio::time::sleep_until(tags_sent + TAGS_EVERY), if !self.pending.is_empty() => Step::Tell,
            };
            if awake.slept() {
                info!("this machine slept: looking for neighbours again");
                if let Some(net) = &self.net {
                    net.wake();
                }
            }
            let now = self.moment();
            let stop = match step {
                Step::Call(asked) => {
                    let (response, outputs) = self.call(now, &asked.request);
                    let erased = asked.request.call == "erase" && matches!(response, Response::Ok(_));
                    let stop = asked.request.call == "stop" || erased;
                    self.carry_out(outputs);
                    let _ = asked.answer.send(response);
                    self.start_network(&events_tx).await;
                    stop
                }
                Step::Input(input) => {
                    self.handle(now, input);
                    false
                }
                Step::Tick => {
                    self.handle(now, Input::Tick);
                    false
                }
                Step::Tell => false,
            };
            if !self.pending.is_empty() && tags_sent.elapsed() >= TAGS_EVERY {
                let _ = self.tags.send(std::mem::take(&mut self.pending).into_iter().collect());
                tags_sent = Instant::now();
            }
            if stop {
                break;
            }
        }
        // Whoever opens the profile from now on is to wait for it, not to hand their calls to this process.
        let _ = std::fs::remove_file(profile::socket_path(&self.options.profile));
        let now = self.moment();
        let outputs = self.engine.as_mut().map(|engine| engine.finish(now));
        self.carry_out(outputs.unwrap_or_default());
        let net = self.net.take();
        // The profile is let go before the network is: a farewell may take a second.
        drop(self);
        if let Some(net) = net {
            net.shutdown().await;
        }
    }

    fn handle(&mut self, now: Moment, input: Input) {
        let outputs = self.engine.as_mut().map(|engine| engine.handle(now, input));
        self.carry_out(outputs.unwrap_or_default());
    }

    fn call(&mut self, now: Moment, request: &Request) -> (Response, Vec<Output>) {
        if let Some(engine) = &mut self.engine {
            return engine.call(now, request);
        }
        match closed::call(&self.options.profile, request, |passphrase| {
            open(&self.options, Some(passphrase), &self.underway)
        }) {
            Ok((value, engine)) => {
                self.engine = engine;
                let changed = if self.engine.is_some() { &Tag::ALL[..] } else { &[] };
                (Response::Ok(value), changed.iter().copied().map(Output::Tag).collect())
            }
            Err(error) => (Response::Error(error), Vec::new()),
        }
    }

    /// Reaches out, once there is somebody to do so.
    async fn start_network(&mut self, events: &mpsc::Sender<NetEvent>) {
        let Some(engine) = self.engine.as_mut().filter(|_| self.options.network && !self.reached_out) else {
            return;
        };
        self.reached_out = true;
        let config = engine.net_config(self.options.listen, self.options.discovery);
        match Net::start(config, events.clone()).await {
            Ok(net) => {
                self.net = Some(net);
                self.handle(self.moment(), Input::Networked { know: self.options.know.clone() });
            }
            Err(error) => {
                warn!(%error, "no network");
                engine.without_network(&error.to_string());
            }
        }
    }

    fn carry_out(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Tag(tag) => {
                    self.pending.insert(tag);
                }
                Output::Net(command) => self.on_net(command),
            }
        }
    }

    fn on_net(&mut self, command: Command) {
        let Some(net) = &self.net else { return };
        match command {
            Command::Circles(circles) => net.set_circles(circles),
            Command::Joins(doors) => net.set_joins(doors),
            Command::Know(circle, whereabouts) => net.know(circle, whereabouts),
            Command::Dial(dial) => net.dial(dial),
            Command::Close(conn, code) => net.close(conn, code),
            Command::Wake => net.wake(),
            Command::Send(conn, frame) => match net.send(conn, frame) {
                Ok(()) | Err(NotSent::Closed) => {}
                Err(error) => {
                    warn!(%error, "a frame was not sent");
                    self.handle(self.moment(), Input::QueueFull(conn));
                }
            },
        }
    }

    fn moment(&self) -> Moment {
        let steady = self.started.elapsed().as_millis();
        Moment {
            now: self.options.now.unwrap_or_else(Timestamp::now),
            steady_ms: u64::try_from(steady).unwrap_or(u64::MAX),
        }
    }
}

enum Step {
    Call(Asked),
    Input(Input),
    Tick,
    /// It is time to tell the faces what has changed.
    Tell,
}

/// The two clocks at one moment. When the wall clock runs away from the monotonic one, which
/// stands still in sleep, this machine slept.
struct Awake {
    wall: SystemTime,
    steady: std::time::Instant,
}

impl Awake {
    fn now() -> Self {
        Self { wall: SystemTime::now(), steady: std::time::Instant::now() }
    }

    fn slept(&mut self) -> bool {
        let before = std::mem::replace(self, Self::now());
        let wall = self.wall.duration_since(before.wall).unwrap_or_default();
        // A process that was stopped has both clocks running on: the engine's own silence tells.
        wall > SLEPT || self.steady.duration_since(before.steady) > SLEPT
    }
}
