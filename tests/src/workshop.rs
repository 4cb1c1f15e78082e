//! A member's own machine, opened with other tools than the app: all that is made here bears their own good
//! signatures, and no application would have made it.

use std::path::Path;

use anyhow::Result;
use closeknit_domain::{Record, text::Detail};
use closeknit_ids::{CircleId, MemberId, MemberKind, RecordId};
use closeknit_replica::{Act, Document, LIMITS, RawChange};
use closeknit_store::{Durability, Store};
use closeknit_trust::{
    circle::doc_id,
    device::DeviceKeys,
    ledger::{Ledger, MOST_MACHINES},
    statement::{Body, Enrol, MOST_INDEX, Pen, Statement, Vouch},
    text::DeviceLabel,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use crate::{
    Home,
    street::{Host, Vocabulary, Writer, Written, circle_of, keys_of, post, store_of},
};

/// A profile that nobody runs, open for harm.
#[derive(Debug)]
pub struct Workshop {
    store: Store,
    keys: DeviceKeys,
    circle: CircleId,
    member: MemberId,
    rng: StdRng,
}

impl Workshop {
    /// Opens the profile of a member who is in a circle.
    ///
    /// # Errors
    /// While it is running.
    pub fn open(profile: &Path, seed: u64) -> Result<Self> {
        let home = Home::new(profile.to_owned())?;
        let (store, keys) = (store_of(&home)?, keys_of(&home)?);
        let circle = circle_of(&store)?;
        let host = Host::of(keys_of(&home)?, &ledger(&store, circle)?)?;
        Ok(Self { store, keys, circle, member: host.member(), rng: StdRng::seed_from_u64(seed) })
    }

    /// Enrols so many machines in all, each of which then signs all that one machine may: that it knows people whom
    /// nobody has ever seen. How many statements that is.
    ///
    /// # Errors
    /// When the member has signed before what cannot be gone on from.
    pub fn sign_all(&mut self, machines: usize) -> Result<usize> {
        let (mut ledger, mut made) = (ledger(&self.store, self.circle)?, Vec::new());
        let mut say = |ledger: &mut Ledger, keys: &DeviceKeys, body: &Body| -> Result<()> {
            let statement = ledger.write(Pen::Device(keys, self.member), body)?;
            ledger.insert(statement.clone());
            made.push(statement);
            Ok(())
        };
        let mut pens = Vec::new();
        for number in 1..machines.min(MOST_MACHINES) {
            let keys = DeviceKeys::generate(&mut self.rng);
            let label = DeviceLabel::new(&format!("machine {number}"))?;
            let machine = keys.machine(self.circle, self.member, label);
            say(&mut ledger, &self.keys, &Body::Enrol(Enrol::by_device(machine)))?;
            pens.push(keys);
        }
        for keys in pens.iter().chain([&self.keys]) {
            while ledger.next_index(keys.id()) <= MOST_INDEX {
                let vouch = Vouch { member: MemberId(self.rng.random()), kind: MemberKind::Person };
                say(&mut ledger, keys, &Body::Vouch(vouch))?;
            }
        }
        let circle = self.circle;
        self.store.write(Durability::Full, |batch| {
            made.iter().try_for_each(|statement: &Statement| {
                batch.add_statement(circle, statement.id(), statement.bytes()).map(drop)
            })
        })?;
        Ok(made.len())
    }

    /// Writes posts into the member's document, and when half of what it may have is used up, one of them again and
    /// again, until it has nearly so many bytes. How many changes that is.
    ///
    /// # Errors
    /// When the document takes no more before.
    pub fn write(&mut self, most: u64) -> Result<usize> {
        let doc = doc_id(self.circle, self.member);
        let rows = self.store.view().changes(self.circle, doc, 0)?;
        let log: Vec<RawChange> =
            rows.into_iter().map(|row| RawChange::new(row.bytes)).collect::<Result<_, _>>()?;
        let mut bytes = log.iter().map(RawChange::size).sum::<u64>();
        let document = Document::rebuild(Document::golden_base(), log)?;
        let (vocabulary, mut changes) = (Vocabulary::new(&mut self.rng), Vec::new());
        let mut writer = Writer::new(document, self.rng.random());
        let (id, mut last) = (RecordId(self.rng.random()), post(&vocabulary, &mut self.rng)?);
        let mut act = Act::add(id, Record::Post(last.clone()));
        // The change that all documents begin with counts too, and the next one has to fit.
        while bytes + 8 * 1024 < most.min(LIMITS.bytes) {
            let change = writer.act(act)?;
            bytes += change.size();
            changes.push(change);
            act = if bytes < LIMITS.bytes / 2 {
                Act::add(RecordId(self.rng.random()), Record::Post(post(&vocabulary, &mut self.rng)?))
            } else {
                let detail = Some(Detail::new(&vocabulary.text(&mut self.rng, 1_900))?);
                let before = last.clone();
                last.detail = detail;
                Act::edit(id, Record::Post(before), Record::Post(last.clone()))
            };
        }
        let made = changes.len();
        let written = Written::sign(&self.keys, self.circle, self.member, writer.document, changes)?;
        let circle = self.circle;
        self.store.write(Durability::Full, |batch| written.put(batch, circle))?;
        Ok(made)
    }
}

/// All statements of a circle.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn ledger(store: &Store, circle: CircleId) -> Result<Ledger> {
    let mut ledger = Ledger::new(circle);
    for row in store.view().statements(circle)? {
        ledger.insert(Statement::parse(&row.bytes)?);
    }
    Ok(ledger)
}
