//! The conversations with all machines of one circle.

use std::collections::BTreeMap;

use closeknit_ids::{DeviceId, DocId, StatementId};

use crate::{
    ConnId, Effect, Ending, Event, Holdings, Limits, Neighbour, Piece, Ticket,
    conn::Conn,
    documents::news,
    turn::{Common, Turn},
};

/// The conversations with all machines of one circle.
#[derive(Debug, Clone)]
pub struct Sync {
    conns: BTreeMap<ConnId, Conn>,
    common: Common,
}

impl Sync {
    /// Nobody is connected yet.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { conns: BTreeMap::new(), common: Common::new(limits) }
    }

    /// Takes what happened and says what is to be done, in that order.
    ///
    /// `now_ms` are milliseconds of any clock that does not go back while the process runs. Events
    /// about connections that are not there (any more) change nothing.
    pub fn handle(&mut self, now_ms: u64, event: Event, holdings: &dyn Holdings) -> Vec<Effect> {
        let mut turn = Turn { now: now_ms, holdings, common: &mut self.common, effects: Vec::new() };
        let conns = &mut self.conns;
        match event {
            Event::Opened { conn, device, dialled } => {
                conns.insert(conn, Conn::new(conn, device, dialled, now_ms));
                with(conns, conn, &mut turn, Conn::opened);
            }
            Event::Frame { conn, bytes } => with(conns, conn, &mut turn, |c, turn| c.hear(&bytes, turn)),
            Event::Broken { conn } => with(conns, conn, &mut turn, |_, _| Err(Ending::BrokenFraming)),
            Event::Forged { conn } => with(conns, conn, &mut turn, |_, _| Err(Ending::Forged)),
            Event::Full { conn } => with(conns, conn, &mut turn, |_, _| Err(Ending::Stuck)),
            Event::Closed { conn } => {
                conns.remove(&conn);
                turn.common.ways.release(conn);
            }
            Event::Tick => {
                turn.common.look_again(now_ms);
                each(conns, &mut turn, Conn::tick);
            }
            Event::Stated { statements, source } => stated(conns, &statements, source, &mut turn),
            Event::Grew { piece, source } => grew(conns, piece, source, &mut turn),
            Event::Altered { doc } => {
                turn.common.stock.altered(doc, holdings);
                want_everywhere(conns, doc, &mut turn);
            }
            Event::Taken { ticket } => taken(conns, ticket, &mut turn),
        }
        each(conns, &mut turn, Conn::go_on);
        turn.effects
    }

    /// Has nothing to do with a machine until then: what [`Effect::Shun`] said before a restart.
    pub fn shun(&mut self, now_ms: u64, device: DeviceId, until_ms: u64) {
        self.common.conduct.shun(now_ms, device, until_ms);
    }

    /// All machines that are connected.
    pub fn neighbours(&self) -> impl Iterator<Item = Neighbour> {
        self.conns.values().map(Conn::neighbour)
    }
}

fn stated(
    conns: &mut BTreeMap<ConnId, Conn>,
    new: &[StatementId],
    source: Option<ConnId>,
    turn: &mut Turn<'_>,
) {
    turn.common.stock.stated(new);
    // Whoever was removed hears nothing more, not even of that.
    each(conns, turn, Conn::judge_again);
    each(
        conns,
        turn,
        |conn, turn| {
            if source == Some(conn.id) { Ok(()) } else { conn.push_statements(new, turn) }
        },
    );
}

fn grew(conns: &mut BTreeMap<ConnId, Conn>, piece: Piece, source: Option<ConnId>, turn: &mut Turn<'_>) {
    turn.common.stock.altered(piece.doc, turn.holdings);
    // What is not in the catalogue is hidden, and of a generation that does not lead nobody is told.
    let Some(entry) = turn.holdings.entry(piece.doc) else { return };
    if entry.generation != piece.generation {
        return;
    }
    let Some(news) = news(piece, entry) else { return };
    let Ok(frame) = news.to_frame() else { return };
    each(conns, turn, |conn, turn| {
        if source == Some(conn.id) || !conn.is_active() {
            Ok(())
        } else {
            conn.push_document(&frame, &news, turn)
        }
    });
}

fn taken(conns: &mut BTreeMap<ConnId, Conn>, ticket: Ticket, turn: &mut Turn<'_>) {
    let Some(conn) = turn.common.tickets.remove(&ticket) else { return };
    let mut docs = Vec::new();
    with(conns, conn, turn, |conn, turn| {
        docs = conn.documents_taken(ticket, turn);
        // Whoever has told of it is asked for the rest first.
        if docs.is_empty() { conn.statements_taken(ticket, turn) } else { conn.ask_documents(turn) }
    });
    for doc in docs {
        want_everywhere(conns, doc, turn);
    }
}

/// A document of which a tip is known now, but not what it covers, is wanted from everybody: whoever
/// told of the tip may not have more than that.
fn want_everywhere(conns: &mut BTreeMap<ConnId, Conn>, doc: DocId, turn: &mut Turn<'_>) {
    if let Some(own) = turn.holdings.entry(doc)
        && turn.holdings.wants(&own)
    {
        conns.values_mut().for_each(|conn| conn.want(own));
    }
}

/// Does something with all connections.
fn each(
    conns: &mut BTreeMap<ConnId, Conn>,
    turn: &mut Turn<'_>,
    mut action: impl FnMut(&mut Conn, &mut Turn<'_>) -> Result<(), Ending>,
) {
    let ids: Vec<ConnId> = conns.keys().copied().collect();
    for id in ids {
        with(conns, id, turn, &mut action);
    }
}

/// Does something with one connection, and ends it if that says so.
fn with(
    conns: &mut BTreeMap<ConnId, Conn>,
    id: ConnId,
    turn: &mut Turn<'_>,
    action: impl FnOnce(&mut Conn, &mut Turn<'_>) -> Result<(), Ending>,
) {
    let Some(conn) = conns.get_mut(&id) else { return };
    let Err(why) = action(conn, turn) else { return };
    let device = conn.device;
    conns.remove(&id);
    turn.common.ways.release(id);
    turn.effects.push(Effect::Close { conn: id, why });
    if matches!(why, Ending::BrokenFraming | Ending::Forged)
        && let Some(until_ms) = turn.common.conduct.strike(turn.now, device)
    {
        turn.effects.push(Effect::Shun { device, until_ms });
    }
}
