//! The own document begins afresh: what is live of it alone, without what shall be forgotten
//! (trust-and-sync, *Generations*).

use std::collections::{BTreeMap, BTreeSet};

use closeknit_domain::{Answer, Record};
use closeknit_ids::{ChangeHash, DeviceId, MemberId, RecordId};
use closeknit_replica::{Act, Document, SignedHead};
use closeknit_store::{Durability, Store};
use closeknit_trust::{
    device::DeviceKeys,
    ledger::{Ledger, WriteError},
    statement::{Body, Generation, Pen, Statement, StatementError},
    tip::{Head, Tip},
    words::MemberKey,
};
use jiff::Timestamp;
use rand_core::CryptoRng;

use super::{
    acts::{Written, narrow},
    circle::{Circle, Moved},
    document::{change_row, new_actor, tip_row},
    failure::{Failure, Outcome},
    records,
};

/// So many records one statement names; of more, several statements follow each other. It leaves room in a
/// statement for the others that it must name.
const NAMED_AT_ONCE: usize = 24;

/// Who signs a new beginning.
#[derive(Clone, Copy)]
pub(super) struct Signing<'a> {
    pub(super) device: &'a DeviceKeys,
    /// With the words no machine keeps what went before hidden for a week.
    pub(super) words: Option<&'a MemberKey>,
}

impl<'a> Signing<'a> {
    pub(super) const fn by(device: &'a DeviceKeys) -> Self {
        Self { device, words: None }
    }

    fn pen(self, member: MemberId) -> Pen<'a> {
        self.words.map_or(Pen::Device(self.device, member), Pen::Member)
    }
}

impl Circle {
    /// Whether this machine may sign a generation. Beside one that was signed elsewhere and is not known
    /// here yet, only one of the two would be shown. Where the roster knows no other machine, nobody is
    /// left to ask. A draft has no generations; and a machine that lost its enrolment with a damaged database signs none
    /// before somebody gave that back.
    pub(super) fn may_begin_afresh(&self, own: DeviceId) -> bool {
        let enrolled = self.ledger.as_ref().is_some_and(|ledger| ledger.has_enrolled(own, self.me));
        enrolled && (!self.behind || self.other_machines(own).next().is_none())
    }

    /// Moves the own document, as it stands in `document`, to its next generation.
    pub(super) fn begin_generation(
        &mut self,
        store: &mut Store,
        signing: Signing<'_>,
        rng: &mut impl CryptoRng,
        now: Timestamp,
        document: &Document,
        forgotten: &BTreeSet<RecordId>,
    ) -> Outcome<Written> {
        let (id, me, doc) = (self.id, self.me, self.doc(self.me));
        let known = self.forgotten(me);
        let all: BTreeSet<RecordId> = known.union(forgotten).copied().collect();
        let (actor, seconds) = (new_actor(rng), now.as_second());
        let mut tidy = document.clone();
        tidy.write(actor, seconds, &self.as_written(now, &self.tidying(now, &all))?)?;
        // Of what stands twice only one is copied.
        let doubled = tidy.doubled();
        if !doubled.is_empty() {
            tidy.reconcile(&doubled, &self.own_left(store.view(), seconds)?, actor, seconds)?;
        }
        let next = tidy.next_generation(new_actor(rng), seconds, &all)?.document;
        let held = self.held.get(&doc).ok_or_else(|| Failure::internal("no document of one's own"))?;
        let from = (held.generation, held.base);
        let base = next.base();
        let (ledger, statements) =
            self.state(signing, document, base, forgotten.difference(&known).copied())?;
        let n = from.0.saturating_add(u32::try_from(statements.len()).map_err(Failure::internal)?);
        let (count, bytes) = (narrow(base.count)?, narrow(base.bytes)?);
        let head = Head { circle: id, doc, generation: n, head: base.hash, count, bytes };
        let tip = Tip::sign(signing.device, head);
        let reading = next.read();
        // The statements and the first tip together: a document without a tip is in no catalogue, and
        // would be missing from everybody's board if this machine stopped between the two.
        store.write(Durability::Full, |batch| {
            for statement in &statements {
                batch.add_statement(id, statement.id(), statement.bytes())?;
            }
            self.leave_behind(batch, &[Moved { doc, from, to: (n, base) }], now)?;
            for change in next.changes() {
                batch.add_change(id, doc, n, &change_row(&next, change)?)?;
            }
            batch.put_tip(id, &tip_row(&tip))?;
            batch.replace_records(id, me, &records::rows(&reading.records))?;
            Ok::<_, Failure>(())
        })?;
        self.ledger = Some(ledger);
        self.refold();
        if let Some(held) = self.held.get_mut(&doc) {
            held.tips.take(tip, |_, _| false);
            held.lacking.remove(&base.hash);
            held.unread = false;
        }
        self.put_records(me, reading.records);
        let changes = next.changes().map(|change| change.bytes().to_vec()).collect();
        Ok(Written { doc, changes, statements })
    }

    /// Signs the statements of a new beginning: one, or as many as it takes to name all that is forgotten.
    /// Gives them with a ledger that holds them.
    fn state(
        &self,
        signing: Signing<'_>,
        before: &Document,
        base: SignedHead,
        forgotten: impl Iterator<Item = RecordId>,
    ) -> Outcome<(Ledger, Vec<Statement>)> {
        let draft = || Failure::internal("a draft has no generations");
        let mut ledger = self.ledger.clone().ok_or_else(draft)?;
        let mut n = self.held.get(&self.doc(self.me)).map_or(0, |held| held.generation);
        let mut closes: Vec<ChangeHash> = before.heads().collect();
        let mut rest: Vec<RecordId> = forgotten.collect();
        let (mut statements, mut most) = (Vec::new(), NAMED_AT_ONCE);
        loop {
            n = n.saturating_add(1);
            let named = rest.split_off(rest.len().saturating_sub(most));
            let generation = Generation {
                n,
                base: base.hash,
                count: narrow(base.count)?,
                bytes: narrow(base.bytes)?,
                closes: closes.clone(),
                forgotten: named.clone(),
            };
            match ledger.write(signing.pen(self.me), &Body::Generation(generation)) {
                Ok(statement) => {
                    ledger.insert(statement.clone());
                    statements.push(statement);
                    closes = vec![base.hash];
                    if rest.is_empty() {
                        return Ok((ledger, statements));
                    }
                }
                Err(WriteError::Statement(StatementError::TooLong)) if most > 1 && !named.is_empty() => {
                    rest.extend(named);
                    most /= 2;
                    n = n.saturating_sub(1);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// What goes with the next generation, whatever else does: doorstep details that nobody is shown any more.
    fn tidying(&self, now: Timestamp, forgotten: &BTreeSet<RecordId>) -> Vec<Act> {
        let (known, board) = (self.known(now), self.board(now));
        let without = |(id, answer): (RecordId, &Answer)| {
            let from = Record::Answer(answer.clone());
            Act::edit(id, from, Record::Answer(Answer { doorstep: None, ..answer.clone() }))
        };
        let answers: BTreeMap<RecordId, &Answer> = board.doorsteps_to_forget(&known, self.me).collect();
        answers.into_iter().filter(|(id, _)| !forgotten.contains(id)).map(without).collect()
    }
}
