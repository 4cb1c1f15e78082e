//! Carries the exchange: events of the network into the state machine of a circle, and what it says
//! into the log and onto the wire.

use std::{collections::VecDeque, net::SocketAddr, slice};

use closeknit_api::Tag;
use closeknit_ids::{CircleId, DeviceId, MemberId};
use closeknit_net::{CloseReason, ConnId, DialError, NetEvent, Purpose};
use closeknit_replica::Mark;
use closeknit_store::Durability;
use closeknit_sync::join::{InviterEvent, NewcomerEvent};
use closeknit_sync::{self as sync, Effect, Event, Piece, Sync};
use closeknit_trust::{ledger::Room, statement::Statement};
use tracing::{info, warn};

use super::{
    Command, Engine, Moment,
    acts::Written,
    admit::Judged,
    copied::Came,
    failure::{Failure, Outcome},
    holdings::Shelf,
    settings,
};

/// One connection.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) device: DeviceId,
    pub(super) purpose: Purpose,
    pub(super) dialled: bool,
    pub(super) address: SocketAddr,
    /// Statements from there that wait for others.
    room: Room,
}

impl Engine {
    /// Something happened on the network.
    pub(super) fn net_event(&mut self, at: Moment, event: NetEvent) -> Outcome<()> {
        match event {
            NetEvent::Opened { conn, device, purpose, dialled, address } => {
                let connection =
                    Connection { device, purpose: purpose.clone(), dialled, address, room: Room::default() };
                self.connections.insert(conn, connection);
                match purpose {
                    Purpose::Circle(circle) => {
                        self.tag(Tag::Near);
                        let event = Event::Opened { conn: sync::ConnId(conn.0), device, dialled };
                        self.exchange(at, circle, event)
                    }
                    Purpose::Join(_) if dialled => self.newcomer_opened(at, conn, device),
                    Purpose::Join(alpn) => self.door_opened(at, conn, device, &alpn),
                }
            }
            NetEvent::Frame { conn, bytes } => self.frame(at, conn, bytes),
            NetEvent::Closed { conn, reason } => self.closed(at, conn, reason),
            NetEvent::Room { .. } => Ok(()),
            NetEvent::Near { circle, whereabouts } => self.seen_near(at, circle, &whereabouts),
            NetEvent::Gone { circle, device } => self.gone(circle, device),
            NetEvent::OwnAddresses { addresses, new_network } => self.own_addresses(addresses, new_network),
            NetEvent::DialFailed { device, purpose, why } => {
                info!(device = %device.short(), %why, "could not reach");
                match (purpose, why) {
                    (Purpose::Join(door), DialError::WrongDoor) => self.not_known_there(&door, device),
                    _ => Ok(()),
                }
            }
        }
    }

    fn frame(&mut self, at: Moment, conn: ConnId, bytes: Vec<u8>) -> Outcome<()> {
        let Some(connection) = self.connections.get(&conn) else { return Ok(()) };
        match (&connection.purpose, connection.dialled) {
            (Purpose::Circle(circle), _) => {
                let circle = *circle;
                self.exchange(at, circle, Event::Frame { conn: sync::ConnId(conn.0), bytes })
            }
            (Purpose::Join(_), true) => self.newcomer_heard(at, conn, NewcomerEvent::Frame(bytes)),
            (Purpose::Join(_), false) => self.inviter_event(at, conn, InviterEvent::Frame(bytes)),
        }
    }

    fn closed(&mut self, at: Moment, conn: ConnId, reason: CloseReason) -> Outcome<()> {
        let Some(connection) = self.connections.remove(&conn) else { return Ok(()) };
        match (connection.purpose, connection.dialled) {
            (Purpose::Circle(circle), _) => {
                self.tag(Tag::Near);
                let there = sync::ConnId(conn.0);
                let listened = self.exchanges.get(&circle).is_some_and(|exchange| {
                    exchange.neighbours().any(|other| other.conn == there && other.standing.is_some())
                });
                if reason == CloseReason::Framing {
                    self.exchange(at, circle, Event::Broken { conn: there })?;
                }
                self.exchange(at, circle, Event::Closed { conn: there })?;
                self.told_off(connection.device, circle, reason, listened)
            }
            (Purpose::Join(_), true) => self.newcomer_heard(at, conn, NewcomerEvent::Closed),
            (Purpose::Join(_), false) => self.inviter_event(at, conn, InviterEvent::Closed),
        }
    }

    /// A frame that the network's queue had no room for.
    pub(super) fn queue_full(&mut self, at: Moment, conn: ConnId) -> Outcome<()> {
        match self.connections.get(&conn).map(|connection| connection.purpose.clone()) {
            Some(Purpose::Circle(circle)) => {
                self.exchange(at, circle, Event::Full { conn: sync::ConnId(conn.0) })
            }
            _ => {
                self.do_net(Command::Close(conn, 0));
                Ok(())
            }
        }
    }

    pub(super) fn begin_exchange(&mut self, circle: CircleId) {
        self.exchanges.entry(circle).or_insert_with(|| Sync::new(sync::Limits::default()));
    }

    /// Tells the exchange of a circle what happened, and does what it says, until it says nothing more.
    pub(super) fn exchange(&mut self, at: Moment, circle: CircleId, event: Event) -> Outcome<()> {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let (Some(own), Some(exchange)) = (self.circles.get(&circle), self.exchanges.get_mut(&circle))
            else {
                return Ok(());
            };
            let (view, device) = (self.store.view(), self.secrets.device.id());
            let shelf = Shelf { circle: own, view, device, now: at.now };
            for effect in exchange.handle(at.steady_ms, event, &shelf) {
                events.extend(self.carry_out(at, circle, effect)?);
            }
        }
        Ok(())
    }

    fn carry_out(&mut self, at: Moment, circle: CircleId, effect: Effect) -> Outcome<Vec<Event>> {
        match effect {
            Effect::Send { conn, frame } => self.do_net(Command::Send(ConnId(conn.0), frame)),
            Effect::Close { conn, why } => {
                info!(?why, "a connection is closed");
                self.do_net(Command::Close(ConnId(conn.0), why.code()));
            }
            Effect::Known { .. } => self.tag(Tag::Near),
            Effect::Settled { .. } => {
                self.tag(Tag::Near);
                self.caught_up(at, circle)?;
            }
            Effect::Equal { conn } => self.note_equal(at, circle, ConnId(conn.0))?,
            Effect::Clock { conn, seconds } => self.note_clock(at, circle, ConnId(conn.0), seconds)?,
            Effect::Shun { device, until_ms } => {
                warn!(device = %device.short(), until_ms, "three strikes: nothing to do with it for a day");
                self.remember_shunned(at, circle, device, until_ms)?;
            }
            Effect::TakeStatements { conn, ticket, statements } => {
                let judged = self.take_statements(at, circle, ConnId(conn.0), &statements);
                let mut events = self.told(at, circle, conn, judged.map(|judged| vec![judged]));
                events.push(Event::Taken { ticket });
                return Ok(events);
            }
            Effect::TakeDocuments { conn, ticket, mut pieces } => {
                let mut events = Vec::new();
                for together in self.sorted_out(circle, &mut pieces)? {
                    let judged = self.take_pieces(at, circle, together);
                    events.extend(self.told(at, circle, conn, judged));
                }
                events.push(Event::Taken { ticket });
                return Ok(events);
            }
        }
        Ok(Vec::new())
    }

    fn take_statements(
        &mut self,
        at: Moment,
        circle: CircleId,
        conn: ConnId,
        statements: &[Vec<u8>],
    ) -> Outcome<Judged> {
        let Some(connection) = self.connections.get_mut(&conn) else { return Ok(Judged::default()) };
        let mut room = std::mem::take(&mut connection.room);
        let judged = self.take_into(at, circle, &mut room, statements);
        if let Some(connection) = self.connections.get_mut(&conn) {
            connection.room = room;
        }
        judged
    }

    /// Takes statements that came in any way; what waits for others stays in `room`.
    pub(super) fn take_into(
        &mut self,
        at: Moment,
        circle: CircleId,
        room: &mut Room,
        statements: &[Vec<u8>],
    ) -> Outcome<Judged> {
        let own = self.circles.get_mut(&circle).ok_or_else(|| Failure::internal("no such circle"))?;
        let judged = own.take_statements(&mut self.store, room, statements, at.now)?;
        if !judged.stated.is_empty() {
            self.know_machines(circle)?;
            self.heed_copy(at, circle, Came::Statements(&judged.stated))?;
            self.heed_words(&judged.stated);
            for tag in [Tag::Circle, Tag::Board, Tag::Status] {
                self.tag(tag);
            }
        }
        Ok(judged)
    }

    /// Which pieces may be taken in together: what the program ended over before goes alone, so that nobody shares
    /// the blame for it.
    fn sorted_out<'p>(&self, circle: CircleId, pieces: &'p mut [Piece]) -> Outcome<Vec<&'p [Piece]>> {
        let suspects = self.circle(circle)?.suspects(self.store.view())?;
        pieces.sort_by_key(|piece| suspects.contains(&piece.doc));
        let suspect = pieces.partition_point(|piece| !suspects.contains(&piece.doc));
        let (others, alone) = pieces.split_at(suspect);
        Ok([others].into_iter().filter(|others| !others.is_empty()).chain(alone.chunks(1)).collect())
    }

    pub(super) fn take_piece(&mut self, at: Moment, circle: CircleId, piece: &Piece) -> Outcome<Judged> {
        let judged = self.take_pieces(at, circle, slice::from_ref(piece))?;
        judged.into_iter().next().ok_or_else(|| Failure::internal("one piece, and nothing of it"))
    }

    /// Takes in parts of documents, each of another, and heeds what they say. Says what became of each.
    fn take_pieces(&mut self, at: Moment, circle: CircleId, pieces: &[Piece]) -> Outcome<Vec<Judged>> {
        let own = self.circles.get_mut(&circle).ok_or_else(|| Failure::internal("no such circle"))?;
        let all = own.take_pieces(&mut self.store, self.apart.as_deref(), pieces)?;
        for (piece, judged) in pieces.iter().zip(&all) {
            if judged.grew.is_some() || judged.altered.is_some() {
                self.heed_copy(at, circle, Came::Piece(piece))?;
            }
        }
        if all.iter().any(|judged| judged.grew.is_some()) {
            self.heed_growth(at, circle, &all)?;
        } else if all.iter().any(|judged| judged.altered.is_some()) {
            self.tag(Tag::Status);
        }
        Ok(all)
    }

    fn heed_growth(&mut self, at: Moment, circle: CircleId, judged: &[Judged]) -> Outcome<()> {
        let own = self.circle(circle)?;
        let owner = |grew: &Piece| own.held.get(&grew.doc).map(|held| held.owner);
        let grown = judged.iter().filter_map(|judged| Some((owner(judged.grew.as_ref()?)?, &judged.seen)));
        let grown: Vec<(MemberId, &Option<Mark>)> = grown.collect();
        let invites = grown.iter().any(|(owner, _)| own.has_open_invitations(*owner));
        for (owner, seen) in grown {
            seen.iter().try_for_each(|mark| self.note_seen(circle, owner, mark))?;
        }
        if invites {
            self.open_doors()?;
        }
        self.tag(Tag::Board);
        self.tag(Tag::Circle);
        self.accept_first(at, circle)
    }

    /// What the exchange is told of what was handed over: what is new.
    fn told(
        &mut self,
        at: Moment,
        circle: CircleId,
        conn: sync::ConnId,
        judged: Outcome<Vec<Judged>>,
    ) -> Vec<Event> {
        let judged = judged.unwrap_or_else(|Failure(error)| {
            warn!(%error, circle = %circle.short(), now = %at.now, "could not take it in; it will be asked for again");
            Vec::new()
        });
        let mut events = Vec::new();
        for judged in judged {
            if judged.forged {
                events.push(Event::Forged { conn });
            }
            if !judged.stated.is_empty() {
                let statements = judged.stated.iter().map(Statement::id).collect();
                events.push(Event::Stated { statements, source: Some(conn) });
            }
            events.extend(judged.grew.map(|piece| Event::Grew { piece, source: Some(conn) }));
            events.extend(judged.altered.map(|doc| Event::Altered { doc }));
        }
        events
    }

    /// Shares what the member just wrote.
    pub(super) fn share(&mut self, at: Moment, circle: CircleId, written: Written) -> Outcome<()> {
        if !written.statements.is_empty() {
            self.stated(at, circle, &written.statements, None)?;
        }
        let own = self.circle(circle)?;
        let Some(held) = own.held.get(&written.doc) else { return Ok(()) };
        let piece = Piece {
            doc: written.doc,
            generation: held.generation,
            version: held.version().into(),
            tips: held.tips.iter().map(|tip| tip.bytes().to_vec()).collect(),
            changes: written.changes,
            more: false,
        };
        self.exchange(at, circle, Event::Grew { piece, source: None })
    }

    /// Statements are new here.
    pub(super) fn stated(
        &mut self,
        at: Moment,
        circle: CircleId,
        statements: &[Statement],
        source: Option<sync::ConnId>,
    ) -> Outcome<()> {
        let statements = statements.iter().map(Statement::id).collect();
        self.exchange(at, circle, Event::Stated { statements, source })?;
        self.know_machines(circle)
    }

    /// Some time has passed.
    pub(super) fn tick(&mut self, at: Moment) -> Outcome<()> {
        let circles: Vec<CircleId> = self.exchanges.keys().copied().collect();
        for circle in circles {
            self.exchange(at, circle, Event::Tick)?;
        }
        self.heed_clock(at)?;
        self.mark_hourly(at)?;
        self.look_what_to_tell(at)?;
        self.look_at_rest(at)?;
        self.mend_search(at)?;
        self.keep_house(at)?;
        self.keep_season(at)?;
        self.end_farewells(at)?;
        self.look_whether_to_lock(at)?;
        self.serve_at_last(at)?;
        self.joining_tick(at)?;
        // Last: without room on the disk nothing else waits for it.
        self.index_some()
    }

    /// A restart is no pardon.
    fn remember_shunned(
        &mut self,
        at: Moment,
        circle: CircleId,
        device: DeviceId,
        until_ms: u64,
    ) -> Outcome<()> {
        let now = at.now.as_second();
        let seconds = i64::try_from(until_ms.saturating_sub(at.steady_ms).div_ceil(1_000));
        let mut shunned = settings::shunned(self.store.view(), circle)?;
        shunned.retain(|_, until| *until > now);
        shunned.insert(device, now.saturating_add(seconds.unwrap_or(i64::MAX)));
        self.store.write(Durability::Normal, |batch| settings::set_shunned(batch, circle, &shunned))
    }

    /// Shuns again whom the process before this one shunned.
    pub(super) fn shun_again(&mut self, at: Moment) -> Outcome<()> {
        let limits = sync::Limits::default();
        for (circle, exchange) in &mut self.exchanges {
            for (device, until) in settings::shunned(self.store.view(), *circle)? {
                let seconds = until.saturating_sub(at.now.as_second());
                // Never longer than it can have been: the clock may have been wrong when it was written.
                let left = u64::try_from(seconds).unwrap_or(0).saturating_mul(1_000).min(limits.shun_ms);
                if left > 0 {
                    exchange.shun(at.steady_ms, device, at.steady_ms.saturating_add(left));
                }
            }
        }
        Ok(())
    }

    /// Another machine was met, and it has nothing more to say: what it knew of the own member is here.
    fn caught_up(&mut self, at: Moment, circle: CircleId) -> Outcome<()> {
        let Some(own) = self.circles.get_mut(&circle) else { return Ok(()) };
        if own.put_out {
            self.store.write(Durability::Normal, |batch| settings::set_put_out(batch, circle, false))?;
            own.put_out = false;
        }
        if own.behind {
            self.store.write(Durability::Normal, |batch| settings::set_behind(batch, circle, false))?;
            own.behind = false;
        }
        if own.belongs() { self.write_again(at, circle) } else { Ok(()) }
    }

    /// Both machines hold the same: everything of ours is there now.
    fn note_equal(&mut self, at: Moment, circle: CircleId, conn: ConnId) -> Outcome<()> {
        self.tag(Tag::Near);
        self.caught_up(at, circle)?;
        let Some(connection) = self.connections.get(&conn) else { return Ok(()) };
        let (device, address) = (connection.device, connection.address.to_string());
        let when = at.now.as_second();
        self.store.write(Durability::Normal, |batch| batch.exchanged_at(circle, device, &address, when))?;
        self.note_reached(circle, device)
    }
}
