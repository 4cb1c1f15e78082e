//! What is well on this machine and what is not; counts; and the cache made anew.

use std::collections::BTreeSet;

use closeknit_api::{
    Phrase, calls,
    views::{CheckView, DoctorView, Statistics},
};
use closeknit_domain::Audience;
use closeknit_domain::clock::Looks;
use closeknit_ids::CircleId;
use closeknit_store::{Durability, Store, StoreError};
use sha2::{Digest as _, Sha256};

use super::{
    Engine, Moment, VERSION, board,
    failure::{Failure, Outcome},
    records, settings,
};

impl Engine {
    pub(super) fn doctor(&mut self, at: Moment, _: &calls::Doctor) -> Outcome<DoctorView> {
        let check = |name: &str, well: bool, says: Phrase| CheckView { name: name.to_owned(), well, says };
        let path = self.directory.display().to_string();
        let database = match self.store.check() {
            Ok(()) => {
                let size =
                    std::fs::metadata(self.directory.join("closeknit.db")).map_or(0, |file| file.len());
                check("database", true, Phrase::new("doctor-database-well").number("bytes", size))
            }
            Err(StoreError::Damaged(reason)) => {
                check("database", false, Phrase::new("doctor-database-damaged").text("reason", reason))
            }
            Err(error) => return Err(error.into()),
        };
        let network = match (self.network.why_missing(), self.network.addresses().next()) {
            (Some(reason), _) => {
                check("network", false, Phrase::new("doctor-network-none").text("reason", reason))
            }
            (None, Some(address)) => check(
                "network",
                true,
                Phrase::new("doctor-network-well").text("address", address.to_string()),
            ),
            (None, None) => check("network", true, Phrase::new("doctor-network-off")),
        };
        let kept = settings::words_kept(self.store.view())?;
        let words = if kept { "doctor-words-kept" } else { "doctor-words-not-kept" };
        let checks = vec![
            check("profile", true, Phrase::new("doctor-profile").text("path", path)),
            database,
            self.looked_at_rest(),
            self.clock(at),
            network,
            check("words", kept, Phrase::new(words)),
            check("version", true, Phrase::new("doctor-version").text("version", VERSION)),
        ];
        Ok(DoctorView { checks })
    }

    /// What it takes to open what stands on the disk.
    fn looked_at_rest(&self) -> CheckView {
        let says = self.at_rest_says().into_iter().next();
        let says = says.unwrap_or_else(|| Phrase::new("at-rest-file"));
        CheckView { name: "at-rest".to_owned(), well: says.id != "at-rest-file", says }
    }

    /// The clock, beside those of the machines of the circle that is shown.
    fn clock(&self, at: Moment) -> CheckView {
        let circle = self.current.and_then(|id| self.circles.get(&id));
        let looks = circle.map_or(Looks::Unknown, |circle| self.clock_looks(circle, at.now));
        let wrong = circle.and_then(|circle| self.clock_says(circle, at.now));
        let id = if looks == Looks::Unknown { "doctor-clock-unknown" } else { "doctor-clock-well" };
        let well = wrong.is_none();
        CheckView { name: "clock".to_owned(), well, says: wrong.unwrap_or_else(|| Phrase::new(id)) }
    }

    /// Writes the records anew from the log, and compares with what was there.
    pub(super) fn rebuild(&mut self, at: Moment, _: &calls::Rebuild) -> Outcome<Statistics> {
        let mut changed = 0_usize;
        let ids: Vec<CircleId> = self.circles.keys().copied().collect();
        for id in ids {
            changed = changed.saturating_add(self.rebuild_circle(id)?);
        }
        let current = self.circle_named(None)?;
        let mut statistics = self.statistics(at, current, &calls::CountAll {})?;
        statistics.changed = count(changed);
        Ok(statistics)
    }

    /// Makes the records of one circle anew; says how many rows are different now.
    fn rebuild_circle(&mut self, id: CircleId) -> Outcome<usize> {
        let view = self.store.view();
        let circle = self.circles.get_mut(&id).ok_or_else(|| Failure::internal("no such circle"))?;
        let before = BTreeSet::from_iter(view.records(id)?);
        let members = match circle.read_documents(view) {
            Ok(members) => members,
            // One document that cannot be read must not keep all others from being shown.
            Err(_) => {
                circle.mend_log(&mut self.store)?;
                circle.read_documents(self.store.view())?
            }
        };
        let mut after = Vec::new();
        for (member, records) in &members {
            after.extend(records::rows(records).into_iter().map(|row| (*member, row)));
        }
        self.store.write(Durability::Full, |batch| {
            batch.rebuild_records(id, after.iter().cloned().map(Ok::<_, Failure>))?;
            records::trust(batch, id, true)
        })?;
        let now = BTreeSet::from_iter(self.store.view().records(id)?);
        let circle = self.circles.get_mut(&id).ok_or_else(|| Failure::internal("no such circle"))?;
        for (member, records) in members {
            circle.put_records(member, records);
        }
        Ok(before.difference(&now).count().max(now.difference(&before).count()))
    }

    /// Records of another shape, or of a database that was salvaged, are made anew before they are shown.
    pub(super) fn rebuild_stale_records(&mut self) -> Outcome<()> {
        let ids: Vec<CircleId> = self.circles.keys().copied().collect();
        for id in ids {
            if !records::are_trusted(self.store.view(), id)? {
                self.rebuild_circle(id)?;
            }
        }
        Ok(())
    }

    /// The records of these circles are not what the log says.
    pub(super) fn distrust_records(store: &mut Store, circles: &[CircleId]) -> Outcome<()> {
        store.write(Durability::Full, |batch| {
            circles.iter().try_for_each(|id| records::trust(batch, *id, false))
        })
    }

    pub(super) fn statistics(
        &mut self,
        at: Moment,
        id: CircleId,
        _: &calls::CountAll,
    ) -> Outcome<Statistics> {
        let circle = self.circle(id)?;
        let documents = self.store.view().documents(id)?;
        let changes = documents.iter().map(|summary| summary.changes).fold(0, u64::saturating_add);
        let mut digest = Sha256::new();
        if let Some(ledger) = &circle.ledger {
            let mut statements: Vec<_> = ledger.iter().map(|statement| statement.id()).collect();
            statements.sort_unstable();
            statements.iter().for_each(|id| digest.update(id.as_bytes()));
        }
        // What former members wrote is shown and given to nobody: who came later does not have it.
        for (doc, held) in circle.held.iter().filter(|(_, held)| circle.roster.is_active(held.owner)) {
            digest.update(doc.as_bytes());
            digest.update(held.version());
        }
        Ok(Statistics {
            statements: count(circle.ledger.as_ref().map_or(0, |ledger| ledger.len())),
            documents: count(documents.len()),
            changes: u32::try_from(changes).unwrap_or(u32::MAX),
            records: count(self.store.view().records(id)?.len()),
            changed: 0,
            digest: hex(&digest.finalize()),
            board: self.board_digest(at, id)?,
        })
    }

    /// A digest of the states on the board, the same on every machine that shows the same: of what is for
    /// chosen people machines show more or less.
    fn board_digest(&self, at: Moment, id: CircleId) -> Outcome<String> {
        let circle = self.circle(id)?;
        let states = circle.board(at.now);
        let mut digest = Sha256::new();
        let known = circle.known(at.now);
        let for_all = |post| known.post(post).is_none_or(|post| post.audience == Audience::Circle);
        for (post, state) in states.posts().filter(|(post, _)| for_all(*post)) {
            digest.update(board::post_id(post));
            digest.update(format!("{:?}", (state.status, state.amounts)));
        }
        let commitments = states.commitments().filter(|(_, state)| for_all(state.counts_for));
        for (promise, state) in commitments {
            digest.update(board::promise_id(promise));
            digest.update(format!("{:?}", state.status));
        }
        Ok(hex(&digest.finalize()))
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
