//! One circle as this machine holds it: who is in it, whose documents are here, and what they say.

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use closeknit_domain::{Board, Known, MemberKind, MemberRecords, time::Zone};
use closeknit_ids::{ActorId, ChangeHash, CircleId, DeviceId, DocId, MemberId, RecordId};
use closeknit_replica::{Document, SignedHead};
use closeknit_store::{self as store, Stage, View};
use closeknit_trust::{
    chain,
    circle::doc_id,
    ledger::{Ledger, Room},
    roster::{Draft, Lineage, Roster, Standing},
    seal::Identity,
    statement::{Statement, WordsSide},
    text::{CircleName, DeviceLabel, ZoneName},
    tip::{Taken, Tip},
};
use jiff::{Timestamp, civil::Date};

use super::{
    document::{Held, load},
    failure::{Failure, Outcome},
    leaving::Farewell,
    locked::Locks,
    open::Open,
    records,
    secrets::Secrets,
    sentence::Reader,
    settings,
};

/// One circle.
#[derive(Debug)]
pub(crate) struct Circle {
    pub(crate) id: CircleId,
    pub(crate) name: String,
    pub(crate) zone: Zone,
    /// Whom this profile speaks for here.
    pub(crate) me: MemberId,
    /// On which machine.
    pub(super) device: DeviceId,
    /// What was signed; of a draft nothing.
    pub(crate) ledger: Option<Ledger>,
    /// Statements of the log whose past a damaged database lost: they enter when somebody gives that back.
    pub(super) waiting: Room,
    /// What follows from it.
    pub(crate) roster: Roster,
    pub(crate) held: BTreeMap<DocId, Held>,
    /// What opens records that are for chosen people.
    pub(super) locks: Locks,
    /// The records of all active members as they read here: what the rules look at.
    active: BTreeMap<MemberId, MemberRecords>,
    /// What else is here of others, who enter no view.
    inactive: BTreeMap<MemberId, MemberRecords>,
    former: BTreeSet<MemberId>,
    /// The machines of active members that were not taken away.
    machines: BTreeSet<DeviceId>,
    /// What shows that this machine belongs, once somebody asked.
    chain: OnceCell<Vec<Vec<u8>>>,
    /// The board as it was last computed.
    computed: RefCell<Option<Computed>>,
    /// Entries of each document that could not be read.
    pub(crate) skipped: BTreeMap<MemberId, u32>,
    /// The own member may have gone on elsewhere: no generation is begun before another machine was met.
    pub(crate) behind: bool,
    /// Something in generations of the own document that were left behind may not be written again yet.
    pub(super) unsettled: bool,
    /// Own records that stand twice, and of those the ones that were not looked at yet.
    pub(super) doubled: (BTreeSet<RecordId>, BTreeSet<RecordId>),
    /// Whether the own document can be read, once somebody looked.
    pub(super) goes_on: Cell<Option<bool>>,
    /// Another machine said that the member does not belong any more; no statement here says so.
    pub(crate) put_out: bool,
    /// The member left, and nobody is known to have heard of it.
    pub(crate) leaving: Option<Farewell>,
    /// On which day it was last looked whether the member still rests.
    pub(crate) looked_at_rest: Option<Date>,
    /// The own document while this process writes, and the name it writes under.
    pub(crate) own: Option<(ActorId, Document)>,
    /// Other documents used last.
    pub(crate) open: Open,
}

impl Circle {
    /// Loads a circle.
    pub(crate) fn load(view: View<'_>, row: &store::Circle, secrets: &Secrets) -> Outcome<Self> {
        let me = settings::member(view, row.id)?;
        let me = me.ok_or_else(|| Failure::internal("a circle without its member"))?;
        let (ledger, roster, waiting) = match row.stage {
            Stage::Real => founded(view, row.id)?,
            Stage::Draft | Stage::Past { .. } => (None, draft(view, row, me, secrets)?, Room::default()),
        };
        let mut circle = Self::assemble(row, me, secrets.device.id(), ledger, roster);
        circle.waiting = waiting;
        circle.behind = settings::behind(view, row.id)?;
        circle.put_out = settings::put_out(view, row.id)?;
        circle.leaving = settings::leaving(view, row.id)?;
        let nonce = settings::nonce(view, row.id).ok();
        circle.locks = Locks::new(secrets.identities(nonce.as_ref()));
        circle.load_tips(view)?;
        circle.load_records(view)?;
        Ok(circle)
    }

    /// A circle with nothing read from the log yet.
    pub(crate) fn assemble(
        row: &store::Circle,
        me: MemberId,
        device: DeviceId,
        ledger: Option<Ledger>,
        roster: Roster,
    ) -> Self {
        let mut circle = Self {
            id: row.id,
            name: row.name.clone(),
            zone: Zone::new(&row.zone).unwrap_or_else(|_| Zone::utc()),
            me,
            device,
            ledger,
            waiting: Room::default(),
            roster,
            held: BTreeMap::new(),
            locks: Locks::default(),
            active: BTreeMap::new(),
            inactive: BTreeMap::new(),
            former: BTreeSet::new(),
            machines: BTreeSet::new(),
            chain: OnceCell::new(),
            computed: RefCell::default(),
            skipped: BTreeMap::new(),
            behind: false,
            unsettled: true,
            doubled: Default::default(),
            goes_on: Cell::default(),
            put_out: false,
            leaving: None,
            looked_at_rest: None,
            own: None,
            open: Open::default(),
        };
        circle.follow_roster();
        circle
    }

    /// What could not be written did not happen: goes by what is on the disk again, so that what is not there is asked
    /// for once more, and what was to be forgotten is there.
    pub(super) fn go_by_the_disk(&mut self, view: View<'_>) -> Outcome<()> {
        (self.ledger, self.roster, self.waiting) = founded(view, self.id)?;
        self.held.clear();
        self.own = None;
        self.open = Open::default();
        self.goes_on.take();
        self.unsettled = true;
        self.follow_roster();
        self.load_tips(view)?;
        self.load_records(view)
    }

    fn load_records(&mut self, view: View<'_>) -> Outcome<()> {
        let records = match records::read(view, self.id)? {
            Some(records) => records,
            None => self.read_documents(view)?,
        };
        self.open_records(records);
        Ok(())
    }

    fn load_tips(&mut self, view: View<'_>) -> Outcome<()> {
        // As with statements: what is there came in checked.
        let read = if view.is_unmended()? { Tip::parse } else { Tip::kept };
        let rows = view.tips(self.id)?;
        let here: BTreeSet<_> = rows.iter().filter(|row| row.held).map(|row| row.head).collect();
        for row in rows {
            let tip = read(&row.bytes).map_err(Failure::internal)?;
            if let Some(held) = self.held.get_mut(&row.doc)
                && held.generation == row.generation
            {
                if !row.held {
                    held.lacking.insert(row.head);
                }
                // The store keeps only tips that were current when they came: none is in another's past.
                let in_past = |one: &ChangeHash, other: &ChangeHash| one == other && here.contains(one);
                held.crowded |= held.tips.take(tip, in_past) == Taken::TooMany;
            }
        }
        for (doc, held) in &mut self.held {
            held.unread = false;
            if !held.has_begun() && view.has_begun(self.id, *doc, held.generation)? {
                held.lacking.remove(&held.base.hash);
            }
        }
        for refusal in view.refusals(self.id)? {
            if refusal.version == super::VERSION
                && let Some(held) = self.held.get_mut(&refusal.doc)
            {
                held.refused.insert(refusal.tip);
            }
        }
        Ok(())
    }

    /// Reads every document anew from the log: the records as they should be.
    pub(crate) fn read_documents(&mut self, view: View<'_>) -> Outcome<BTreeMap<MemberId, MemberRecords>> {
        let mut members = BTreeMap::new();
        for (doc, held) in &self.held {
            let document = load(view, self.id, *doc, held)?;
            if !document.has_base() {
                continue;
            }
            let reading = document.read();
            self.skipped.insert(held.owner, u32::try_from(reading.skipped).unwrap_or(u32::MAX));
            if !reading.records.is_empty() {
                members.insert(held.owner, reading.records);
            }
        }
        Ok(members)
    }

    /// Brings documents and members in line with the roster, after it changed. Says which documents
    /// moved to another generation.
    pub(crate) fn follow_roster(&mut self) -> Vec<Moved> {
        let mut moved = Vec::new();
        for member in self.active_members() {
            let doc = doc_id(self.id, member);
            let held = self.held.entry(doc).or_insert_with(|| Held::new(member));
            let (n, base) = generation(&self.roster, doc);
            if (n, base) != (held.generation, held.base) {
                moved.push(Moved { doc, from: (held.generation, held.base), to: (n, base) });
                let lacking = if n > 0 { [base.hash].into() } else { BTreeSet::new() };
                *held = Held { generation: n, base, lacking, ..Held::new(member) };
            }
        }
        self.take_name();
        self.share_out();
        moved
    }

    /// A damaged database may have lost the circle's own row: it is called what its founders called it.
    fn take_name(&mut self) {
        let Some((name, zone)) = self.roster.name().zip(self.roster.zone()) else { return };
        if self.name != **name {
            self.name = name.to_string();
        }
        if self.zone.name() != &**zone {
            self.zone = Zone::new(zone).unwrap_or_else(|_| Zone::utc());
        }
    }

    /// Takes over everybody's records.
    fn open_records(&mut self, all: BTreeMap<MemberId, MemberRecords>) {
        let open = |(member, records)| (member, self.locks.open_all(member, records));
        self.inactive = all.into_iter().map(open).collect();
        self.active.clear();
        self.share_out();
    }

    /// From now on these open what is sealed to the own member.
    pub(super) fn take_keys(&mut self, keys: Vec<Identity>) {
        self.locks.change_keys(keys);
        let records = self.take_records();
        self.open_records(records);
    }

    fn take_records(&mut self) -> BTreeMap<MemberId, MemberRecords> {
        let mut all = std::mem::take(&mut self.active);
        all.append(&mut self.inactive);
        all
    }

    /// Sorts the records into those of active members and the rest, which enter no view.
    fn share_out(&mut self) {
        let mut all = self.take_records();
        for (member, records) in &mut all {
            if let Some(lineage) = self.roster.lineage(doc_id(self.id, *member)) {
                records.retain(|id, _| !lineage.forgotten().contains(id));
            }
        }
        let members = self.active_members();
        let machines = members.iter().flat_map(|member| self.roster.machines_of(*member));
        self.machines = machines.filter(|machine| !machine.dropped).map(|machine| machine.device).collect();
        let members = members.into_iter();
        self.active = members.map(|member| (member, all.remove(&member).unwrap_or_default())).collect();
        self.inactive = all;
        let former = self.roster.members().filter(|member| member.standing != Standing::Active);
        self.former = former.map(|member| member.id).collect();
        self.computed.take();
        self.chain.take();
    }

    /// The statements by which this machine shows that it belongs; none if it does not.
    pub(super) fn chain_of(&self, device: DeviceId) -> Vec<Vec<u8>> {
        let Some(ledger) = &self.ledger else { return Vec::new() };
        let prove = || {
            let chain = chain::prove(ledger, &self.roster, device).unwrap_or_default();
            chain.iter().map(|statement| statement.bytes().to_vec()).collect()
        };
        self.chain.get_or_init(prove).clone()
    }

    /// What a member made the circle forget.
    pub(crate) fn forgotten(&self, member: MemberId) -> BTreeSet<RecordId> {
        self.roster.lineage(self.doc(member)).map(|lineage| lineage.forgotten().clone()).unwrap_or_default()
    }

    /// Nothing of this member is kept any more.
    pub(super) fn put_away(&mut self, member: MemberId) {
        self.held.remove(&self.doc(member));
        self.open.forget(self.doc(member));
        self.inactive.remove(&member);
        self.skipped.remove(&member);
    }

    /// Everybody who is in the circle now.
    pub(crate) fn active_members(&self) -> BTreeSet<MemberId> {
        let active = self.roster.members().filter(|member| member.standing == Standing::Active);
        active.map(|member| member.id).collect()
    }

    /// Every machine of an active member but this one.
    pub(super) fn other_machines(&self, own: DeviceId) -> impl Iterator<Item = DeviceId> {
        self.machines.iter().copied().filter(move |device| *device != own)
    }

    /// Whether it is one of an active member's machines.
    pub(super) fn has_machine(&self, device: DeviceId) -> bool {
        self.machines.contains(&device)
    }

    /// Whether this machine was taken away from its member.
    pub(crate) fn is_taken_away(&self) -> bool {
        self.roster.machine(self.device, self.me).is_some_and(|machine| machine.dropped)
    }

    /// Whether nobody else is in it yet.
    pub(crate) const fn is_draft(&self) -> bool {
        self.ledger.is_none()
    }

    /// What the rules look at.
    pub(crate) const fn known(&self, now: Timestamp) -> Known<'_> {
        Known { members: &self.active, former: &self.former, now, zone: &self.zone }
    }

    /// This profile's member, reading.
    pub(crate) const fn reader(&self, now: Timestamp) -> Reader<'_> {
        Reader { me: self.me, known: self.known(now) }
    }

    /// The states of everything now, to the minute: no rule is finer, and within one the board is
    /// computed once.
    pub(crate) fn board(&self, now: Timestamp) -> Arc<Board> {
        let minute = minute_of(now);
        let mut computed = self.computed.borrow_mut();
        let fresh = computed.take().filter(|computed| computed.minute == minute);
        let fresh = fresh.map(|computed| computed.brought_up_to_date(&self.known(minute)));
        let fresh = fresh.unwrap_or_else(|| Computed::of(&self.known(minute), minute));
        let board = Arc::clone(&fresh.board);
        *computed = Some(fresh);
        board
    }

    /// The records of everybody whose document is here, active or not.
    pub(crate) fn records(&self) -> impl Iterator<Item = (MemberId, &MemberRecords)> {
        self.active.iter().chain(&self.inactive).map(|(member, records)| (*member, records))
    }

    /// What a member wrote, active or not.
    pub(crate) fn records_of(&self, member: MemberId) -> Option<&MemberRecords> {
        let records = self.active.get(&member).or_else(|| self.inactive.get(&member));
        records.filter(|records| !records.is_empty())
    }

    /// Puts a member's records in place of those before, after they were committed.
    pub(crate) fn put_records(&mut self, member: MemberId, records: MemberRecords) {
        let mut records = self.locks.open_all(member, records);
        let forgotten = self.forgotten(member);
        records.retain(|id, _| !forgotten.contains(id));
        if !self.roster.is_active(member) {
            self.inactive.insert(member, records);
            return;
        }
        let before = self.active.insert(member, records).unwrap_or_default();
        let computed = self.computed.take().and_then(|computed| computed.after(member, before));
        self.computed.replace(computed);
    }

    pub(crate) fn doc(&self, member: MemberId) -> DocId {
        doc_id(self.id, member)
    }
}

/// A document that is in another generation than before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved {
    pub(crate) doc: DocId,
    /// The number of the generation that it left, and what that began with.
    pub(crate) from: (u32, SignedHead),
    /// The same of the one it is in.
    pub(crate) to: (u32, SignedHead),
}

/// A board, and what came since it was computed: nothing is computed that nobody looks at.
#[derive(Debug)]
struct Computed {
    /// For when.
    minute: Timestamp,
    board: Arc<Board>,
    /// Whose records are others now, and what they were.
    changed: Option<(MemberId, MemberRecords)>,
}

impl Computed {
    fn of(known: &Known<'_>, minute: Timestamp) -> Self {
        Self { minute, board: Arc::new(Board::of(known)), changed: None }
    }

    /// The same after the records of `member` changed; nothing, if those of two members did: then it is
    /// computed as a whole when somebody looks.
    fn after(mut self, member: MemberId, before: MemberRecords) -> Option<Self> {
        match &self.changed {
            None => self.changed = Some((member, before)),
            Some((changed, _)) if *changed == member => {}
            Some(_) => return None,
        }
        Some(self)
    }

    fn brought_up_to_date(mut self, known: &Known<'_>) -> Self {
        if let Some((member, before)) = self.changed.take() {
            Arc::make_mut(&mut self.board).update(known, member, &before);
        }
        self
    }
}

/// The beginning of the minute that holds a moment.
fn minute_of(at: Timestamp) -> Timestamp {
    let second = at.as_second();
    Timestamp::from_second(second - second.rem_euclid(60)).unwrap_or(at)
}

/// The generation that a document is in, and what it begins with.
fn generation(roster: &Roster, doc: DocId) -> (u32, SignedHead) {
    match roster.lineage(doc).and_then(Lineage::leading) {
        None => (0, Document::golden_base()),
        Some(leading) => {
            let (count, bytes) = (u64::from(leading.count), u64::from(leading.bytes));
            (leading.n, SignedHead { hash: leading.base, count, bytes })
        }
    }
}

fn founded(view: View<'_>, id: CircleId) -> Outcome<(Option<Ledger>, Roster, Room)> {
    let (mut ledger, mut room) = (Ledger::new(id), Room::default());
    // The pages they lie in are sealed with this machine's key: whatever is there came in checked. What was salvaged
    // from a damaged file is read as a stranger's.
    let read = if view.is_unmended()? { Statement::parse } else { Statement::kept };
    for row in view.statements(id)? {
        let statement = read(&row.bytes).map_err(Failure::internal)?;
        // What was lost with a damaged database came again after what follows from it.
        room.offer(statement, &mut ledger);
    }
    let roster = Roster::fold(&ledger);
    Ok((Some(ledger), roster, room))
}

/// What this machine is called in its enrolment. Its owner can tell it from their others.
pub(crate) fn machine_label() -> DeviceLabel {
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let named = DeviceLabel::new(host.trim()).or_else(|_| DeviceLabel::new("computer"));
    named.unwrap_or_else(|_| unreachable!("a plain word is a label"))
}

/// The roster of one person alone. Their words are here as long as there is a draft.
fn draft(view: View<'_>, row: &store::Circle, me: MemberId, secrets: &Secrets) -> Outcome<Roster> {
    let nonce = settings::nonce(view, row.id)?;
    let words = secrets.words().ok_or_else(|| Failure::internal("a draft without words"))?;
    Ok(Roster::draft(Draft {
        name: CircleName::new(&row.name).map_err(Failure::internal)?,
        zone: ZoneName::new(&row.zone).map_err(Failure::internal)?,
        member: me,
        kind: MemberKind::Person,
        words: WordsSide { nonce, recipient: words.member_identity(&nonce).recipient() },
        machine: secrets.device.machine(row.id, me, machine_label()),
    }))
}
