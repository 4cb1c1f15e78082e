//! Two engines with nothing between them but a queue: what they say, to the byte, and what of the time is theirs.

use std::{
    collections::VecDeque,
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use anyhow::{Result, bail, ensure};
use closeknit_api::{Call, Request, Response, calls};
use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{CloseReason, ConnId, NetEvent, Purpose};
use closeknit_node::{Command, Engine, Input, Moment, Output};
use closeknit_sync::message::Message;
use closeknit_tests::{
    Home,
    street::{circle_of, keys_of, store_of},
};
use jiff::Timestamp;

use crate::clock;

/// The length before each frame.
const LENGTH: usize = 4;

/// What it took until both held the same.
pub(crate) struct Ferried {
    pub(crate) frames: Vec<Sent>,
    /// Of both engines, one after the other.
    pub(crate) took: Duration,
    /// What the processors spent on the listener and on the dialler.
    pub(crate) computed: [Duration; 2],
}

/// One frame.
pub(crate) struct Sent {
    pub(crate) by_dialler: bool,
    /// How many ways lie behind it: the first word of a conversation has gone one.
    pub(crate) ways: usize,
    frame: Vec<u8>,
}

impl Sent {
    pub(crate) fn bytes(&self) -> usize {
        self.frame.len() + LENGTH
    }

    /// Whether part of a circle is in it, and not only talk of what there is.
    fn brings_something(&self) -> bool {
        let message = Message::from_frame(&self.frame).ok().flatten();
        message.is_some_and(|message| !message.statements().is_empty() || !message.pieces().is_empty())
    }

    /// What it is called on the wire.
    fn name(&self) -> String {
        let message = Message::from_frame(&self.frame).ok().flatten();
        let said = message.map(|message| format!("{message:?}")).unwrap_or_default();
        said.split('(').next().unwrap_or_default().to_owned()
    }
}

impl Ferried {
    pub(crate) fn bytes(&self) -> usize {
        self.frames.iter().map(Sent::bytes).sum()
    }

    /// How often one waited for the other until both held the same, and until both knew it.
    pub(crate) fn round_trips(&self) -> (f64, f64) {
        let trips = |ways: usize| ways as f64 / 2.0;
        let brought = self.frames.iter().filter(|sent| sent.brings_something());
        let held = brought.map(|sent| sent.ways).max().unwrap_or(0);
        (trips(held), trips(self.frames.iter().map(|sent| sent.ways).max().unwrap_or(0)))
    }

    /// How many frames came to the listener, and to the dialler.
    pub(crate) fn arrived(&self) -> [usize; 2] {
        let by_dialler = self.frames.iter().filter(|sent| sent.by_dialler).count();
        [by_dialler, self.frames.len() - by_dialler]
    }

    /// All that was said, in its order.
    pub(crate) fn story(&self) -> String {
        let line = |sent: &Sent| {
            let arrow = if sent.by_dialler { "→" } else { "←" };
            format!("{arrow} {} {} {}", sent.ways, sent.name(), sent.bytes())
        };
        self.frames.iter().map(line).collect::<Vec<_>>().join(", ")
    }
}

/// Two engines that have not met yet: first the listener, then the dialler.
pub(crate) struct Ends {
    circle: CircleId,
    pub(crate) ends: [End; 2],
}

/// The line stands, to this machine.
fn line(circle: CircleId, device: DeviceId, dialled: bool) -> NetEvent {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
    NetEvent::Opened { conn: CONN, device, purpose: Purpose::Circle(circle), dialled, address }
}

/// One end of the only line there is.
pub(crate) struct End {
    engine: Engine,
    device: DeviceId,
    started: Instant,
}

impl Ends {
    pub(crate) fn open(listener: &Home, dialler: &Home) -> Result<Self> {
        let circle = circle_of(&store_of(listener)?)?;
        let end = |home: &Home| -> Result<End> {
            let (engine, device) = (Engine::open(&home.profile)?, keys_of(home)?.id());
            Ok(End { engine, device, started: Instant::now() })
        };
        Ok(Self { circle, ends: [end(listener)?, end(dialler)?] })
    }

    /// What each hears when the line stands.
    pub(crate) fn opened(&self) -> [NetEvent; 2] {
        let [listener, dialler] = self.ends.each_ref().map(|end| end.device);
        [(dialler, false), (listener, true)].map(|(device, dialled)| line(self.circle, device, dialled))
    }

    /// As if they had been connected before: what each shows of itself, and of what it has, is at hand.
    pub(crate) fn had_met(&mut self) -> Result<()> {
        let [listener, dialler] = self.ends.each_ref().map(|end| end.device);
        for (end, other) in self.ends.iter_mut().zip([dialler, listener]) {
            // Whoever dials says at once what it has.
            end.hear(line(self.circle, other, true))?;
            end.hear(NetEvent::Closed { conn: CONN, reason: CloseReason::Lost })?;
        }
        Ok(())
    }

    /// Lets the two exchange until neither has anything more to say.
    pub(crate) fn meet(&mut self) -> Result<Ferried> {
        let started = Instant::now();
        let mut waiting: VecDeque<_> =
            self.opened().into_iter().enumerate().map(|(here, event)| (here, 0, event)).collect();
        let (mut frames, mut computed) = (Vec::new(), [Duration::ZERO; 2]);
        while let Some((here, ways, event)) = waiting.pop_front() {
            let (Some(end), Some(spent)) = (self.ends.get_mut(here), computed.get_mut(here)) else {
                bail!("two ends");
            };
            let (said, took) = clock::computed(|| end.hear(event))?;
            *spent += took;
            for frame in said {
                frames.push(Sent { by_dialler: here == 1, ways: ways + 1, frame: frame.clone() });
                waiting.push_back((1 - here, ways + 1, NetEvent::Frame { conn: CONN, bytes: frame }));
            }
        }
        let took = started.elapsed();
        are_equal(&mut self.ends)?;
        Ok(Ferried { frames, took, computed })
    }
}

/// Whether both hold the same.
pub(crate) fn are_equal([one, other]: &mut [End; 2]) -> Result<()> {
    let (one, other) = (one.ask(&calls::CountAll {})?, other.ask(&calls::CountAll {})?);
    ensure!((&one.digest, &one.board) == (&other.digest, &other.board), "{one:?} is not {other:?}");
    Ok(())
}

/// Each end has one connection.
pub(crate) const CONN: ConnId = ConnId(1);

impl End {
    /// Takes what came, and gives the frames that it answers with.
    pub(crate) fn hear(&mut self, event: NetEvent) -> Result<Vec<Vec<u8>>> {
        let mut said = Vec::new();
        for output in self.engine.handle(moment(self.started), Input::Net(event)) {
            match output {
                Output::Net(Command::Send(_, frame)) => said.push(frame),
                Output::Net(Command::Close(_, code)) => bail!("the line was closed with {code}"),
                _ => {}
            }
        }
        Ok(said)
    }

    pub(crate) fn ask<C: Call>(&mut self, call: &C) -> Result<C::Reply> {
        match self.engine.call(moment(self.started), &Request::of(call)?).0 {
            Response::Ok(value) => Ok(serde_json::from_value(value)?),
            Response::Error(error) => bail!("{} is refused: {error:?}", C::NAME),
        }
    }
}

/// Lets two members exchange until neither has anything more to say.
pub(crate) fn ferry(listener: &Home, dialler: &Home) -> Result<Ferried> {
    Ends::open(listener, dialler)?.meet()
}

/// Somebody alone with their engine.
pub(crate) fn alone(home: &Home) -> Result<End> {
    Ok(End { engine: Engine::open(&home.profile)?, device: keys_of(home)?.id(), started: Instant::now() })
}

fn moment(started: Instant) -> Moment {
    let steady_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Moment { now: Timestamp::now(), steady_ms }
}
