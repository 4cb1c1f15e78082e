//! Two engines with nothing between them but a queue: what they say, to the byte, and what of the time is theirs.

use std::{
    collections::VecDeque,
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use anyhow::{Result, bail, ensure};
use closeknit_api::{Request, Response, calls, views::Statistics};
use closeknit_ids::DeviceId;
use closeknit_net::{ConnId, NetEvent, Purpose};
use closeknit_node::{Command, Engine, Input, Moment, Output};
use closeknit_tests::{
    Home,
    street::{circle_of, keys_of, store_of},
};
use jiff::Timestamp;

/// The length before each frame.
const LENGTH: usize = 4;

/// What it took until both held the same.
pub(crate) struct Ferried {
    pub(crate) bytes: usize,
    pub(crate) frames: usize,
    /// Of both engines, one after the other.
    pub(crate) took: Duration,
}

/// One end of the only line there is.
struct End {
    engine: Engine,
    device: DeviceId,
    conn: ConnId,
}

/// Lets two members exchange until neither has anything more to say.
pub(crate) fn ferry(listener: &Home, dialler: &Home) -> Result<Ferried> {
    let circle = circle_of(&store_of(listener)?)?;
    let end = |home: &Home, conn| -> Result<End> {
        Ok(End { engine: Engine::open(&home.profile)?, device: keys_of(home)?.id(), conn: ConnId(conn) })
    };
    let mut ends = [end(listener, 1)?, end(dialler, 2)?];
    let started = Instant::now();
    let mut waiting = VecDeque::new();
    let devices = ends.each_ref().map(|end| end.device);
    for (here, end) in ends.iter().enumerate() {
        let [listener, dialler] = devices;
        let (dialled, device) = if here == 1 { (true, listener) } else { (false, dialler) };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
        let purpose = Purpose::Circle(circle);
        waiting.push_back((here, NetEvent::Opened { conn: end.conn, device, purpose, dialled, address }));
    }
    let (mut bytes, mut frames) = (0, 0);
    while let Some((here, event)) = waiting.pop_front() {
        let there = 1 - here;
        let conn = ConnId(there as u64 + 1);
        let Some(end) = ends.get_mut(here) else { bail!("two ends") };
        for output in end.engine.handle(moment(started), Input::Net(event)) {
            match output {
                Output::Net(Command::Send(_, frame)) => {
                    bytes += frame.len() + LENGTH;
                    frames += 1;
                    waiting.push_back((there, NetEvent::Frame { conn, bytes: frame }));
                }
                Output::Net(Command::Close(_, code)) => bail!("the line was closed with {code}"),
                _ => {}
            }
        }
    }
    let took = started.elapsed();
    let [one, other] = &mut ends;
    let (one, other) = (count(&mut one.engine, started)?, count(&mut other.engine, started)?);
    ensure!((&one.digest, &one.board) == (&other.digest, &other.board), "{one:?} is not {other:?}");
    Ok(Ferried { bytes, frames, took })
}

fn moment(started: Instant) -> Moment {
    let steady_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Moment { now: Timestamp::now(), steady_ms }
}

fn count(engine: &mut Engine, started: Instant) -> Result<Statistics> {
    match engine.call(moment(started), &Request::of(&calls::CountAll {})?).0 {
        Response::Ok(value) => Ok(serde_json::from_value(value)?),
        Response::Error(error) => bail!("{error:?}"),
    }
}
