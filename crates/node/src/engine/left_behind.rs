//! What was left behind: generations that another took the place of, and documents of members who are gone.
//! It is hidden at once and purged later; what one's own machine wrote in it apart is written again in the
//! new generation before (trust-and-sync, *Generations*).

use std::collections::BTreeSet;

use closeknit_domain::{MemberRecords, clock::Looks};
use closeknit_ids::{
    ChangeHash, DeviceId, DocId, MemberId,
    planted::{Bug, is_planted},
};
use closeknit_replica::{Document, RawChange, SignedHead};
use closeknit_store::{Batch, Durability, Store, View};
use closeknit_trust::{
    device::DeviceKeys,
    roster::{Authority, Counted, Lineage},
    statement::{Body, Statement},
};
use jiff::Timestamp;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use tracing::{info, warn};

use super::{
    acts::Written,
    circle::{Circle, Moved},
    document::Held,
    failure::{Failure, Outcome},
    settings,
};

const DAY: i64 = 24 * 60 * 60;
/// So long a generation is kept after it was left behind.
const KEPT: i64 = 7 * DAY;
/// So long, if something in it is not in the new one yet; and the documents of members who are gone.
pub(super) const KEPT_LONG: i64 = 30 * DAY;

/// A generation that was left behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Left {
    pub(super) doc: DocId,
    pub(super) n: u32,
    /// Under which number the log keeps it.
    pub(super) stored: u32,
    /// What it began with: hash, number of changes, bytes.
    pub(super) base: (ChangeHash, u64, u64),
    /// Since when, in seconds since 1970, by this machine's clock.
    pub(super) since: i64,
    /// Everything in it that the new one had not was written again there.
    pub(super) settled: bool,
}

/// What came of writing again what was left behind.
#[derive(Debug, Default)]
pub(super) struct Replayed {
    pub(super) written: Option<Written>,
    /// The document that leads holds something that was forgotten beside it: it has to begin once more.
    pub(super) came_back: bool,
}

impl Left {
    const fn base(&self) -> SignedHead {
        let (hash, count, bytes) = self.base;
        SignedHead { hash, count, bytes }
    }

    pub(super) fn is_of(&self, doc: DocId) -> bool {
        self.doc == doc
    }

    /// Its statement; of generation 0 nothing. Several in a row may have the same base: the last.
    fn counted<'a>(&self, lineage: &'a Lineage) -> Option<&'a Counted> {
        lineage.counting().iter().rev().find(|counted| counted.n == self.n && counted.base == self.base.0)
    }

    fn doc_is_of(&self, counted: Option<&Counted>) -> bool {
        match counted {
            Some(counted) => self.base.0 == counted.base,
            None => self.n == 0,
        }
    }

    /// The document as it was left: without what only a machine vouched for that was taken away since. Nobody sends a
    /// generation that was left behind: what a damaged database lost of it stays away, and what stands on that.
    pub(super) fn document(&self, circle: &Circle, view: View<'_>) -> Outcome<Document> {
        let rows = view.changes(circle.id, self.doc, self.stored)?;
        let log: Result<Vec<_>, _> = rows.into_iter().map(|row| RawChange::new(row.bytes)).collect();
        let log = log.map_err(Failure::internal)?;
        let document = Document::rebuild(self.base(), log.iter().cloned())
            .or_else(|_| Document::rebuild_with_gaps(self.base(), log))
            .map_err(Failure::internal)?;
        let tips = view.tips_of(circle.id, self.doc)?.into_iter().filter(|tip| tip.generation == self.stored);
        let (counting, not): (Vec<_>, Vec<_>) =
            tips.partition(|tip| circle.stays(tip.device, self.doc, self.n));
        if not.is_empty() {
            return Ok(document);
        }
        let cuts = circle.cut_heads(self.doc, self.n, &document);
        let heads: Vec<ChangeHash> = counting.iter().map(|tip| tip.head).chain(cuts).collect();
        document.at(&heads).map_err(Failure::internal)
    }

    /// Whether it counts no more: the machine that began it was taken away before anybody of its owner knew.
    pub(super) fn is_void(&self, circle: &Circle) -> bool {
        let lineage = circle.roster.lineage(self.doc);
        self.n > 0 && lineage.is_none_or(|lineage| self.counted(lineage).is_none())
    }
}

fn before<'a>(lineage: &'a Lineage, counted: Option<&Counted>) -> Option<&'a Counted> {
    let follows = counted?.follows?;
    lineage.counting().iter().find(|earlier| earlier.statement == follows)
}

impl Circle {
    /// Notes what documents leave behind that move to another generation, and forgets what was refused of
    /// them. Of two with the same number that of somebody else goes at once: its owner's machines bring back
    /// what is worth it.
    pub(super) fn leave_behind(&self, batch: &mut Batch<'_>, moved: &[Moved], now: Timestamp) -> Outcome<()> {
        if moved.is_empty() {
            return Ok(());
        }
        let (id, own) = (self.id, self.doc(self.me));
        let mut left = settings::left(**batch, id)?;
        let held: BTreeSet<(DocId, u32)> = batch.generations(id)?.into_iter().collect();
        for Moved { doc, from: (n, base), to: (to, new) } in moved {
            self.begin_afresh(batch, *doc)?;
            let same = n == to;
            // A note of what led until now was taken under a statement that is lost.
            left.retain(|left| left.doc != *doc || left.stored != *n);
            if held.contains(&(*doc, *n)) {
                if same && *doc != own {
                    batch.purge_generation(id, *doc, *n)?;
                    settings::set_purged(batch, id, true)?;
                } else {
                    // After one that is void another may begin with its number.
                    let stored = if n >= to { self.put_aside(batch, *doc, *n)? } else { *n };
                    let (base, since) = ((base.hash, base.count, base.bytes), now.as_second());
                    left.push(Left { doc: *doc, n: *n, stored, base, since, settled: false });
                }
            }
            self.make_room(batch, &mut left, *doc, (*to, *new))?;
            // Nothing is left behind of what leads again.
            if let Some(at) =
                left.iter().position(|left| left.doc == *doc && left.n == *to && left.base() == *new)
            {
                let back = left.remove(at);
                if back.stored != back.n {
                    batch.renumber_generation(id, *doc, back.stored, back.n)?;
                }
            }
            left.retain(|left| left.doc != *doc || left.stored != *to);
        }
        settings::set_left(batch, id, &left)
    }

    /// Notes who is gone, and since when that is known here: not later than now, whatever a clock said.
    pub(super) fn note_gone(&self, batch: &mut Batch<'_>, now: Timestamp) -> Outcome<()> {
        let before = settings::gone(**batch, self.id)?;
        let mut gone = before.clone();
        for member in self.gone_for_good() {
            gone.entry(member).or_insert(now.as_second());
        }
        gone.values_mut().for_each(|since| *since = now.as_second().min(*since));
        if gone == before { Ok(()) } else { settings::set_gone(batch, self.id, &gone) }
    }

    /// Others who went or were removed, for good. Whoever is only not admitted (any more) may come back.
    fn gone_for_good(&self) -> impl Iterator<Item = MemberId> {
        let members = self.roster.members().filter(|member| member.standing.is_gone_for_good());
        members.map(|member| member.id).filter(|member| *member != self.me)
    }

    /// Removes from the log what has been hidden for long enough, unless neighbours say that this machine's
    /// clock is wrong. Says whether anything went.
    pub(super) fn purge(&mut self, store: &mut Store, now: Timestamp, clock: Looks) -> Outcome<bool> {
        if matches!(clock, Looks::Ahead(_)) {
            return Ok(false);
        }
        let (id, seconds) = (self.id, now.as_second());
        let mut left = self.all_left(store.view(), seconds)?;
        if clock == Looks::Well {
            left.iter_mut().for_each(|left| left.since = left.since.min(seconds));
        }
        let (due, kept): (Vec<_>, Vec<_>) = left.drain(..).partition(|left| {
            self.is_due(store.view(), left, seconds, clock) && !is_planted(Bug::PurgeSkipped)
        });
        // Of a document whose new beginning never came, the board still says what the old one said.
        let unbegun = due.iter().filter_map(|left| self.held.get(&left.doc)).filter(|held| !held.has_begun());
        let unbegun: BTreeSet<MemberId> = unbegun.map(|held| held.owner).collect();
        let known = settings::gone(store.view(), id)?;
        let long_gone =
            |member: &MemberId| known.get(member).is_some_and(|since| seconds - since >= KEPT_LONG);
        let gone: Vec<MemberId> = self.gone_for_good().filter(long_gone).collect();
        let held: BTreeSet<DocId> = store.view().generations(id)?.into_iter().map(|(doc, _)| doc).collect();
        let gone: Vec<_> = gone.into_iter().filter(|member| held.contains(&self.doc(*member))).collect();
        store.write(Durability::Normal, |batch| {
            self.note_gone(batch, now)?;
            for left in &due {
                batch.purge_generation(id, left.doc, left.stored)?;
            }
            for member in &unbegun {
                batch.replace_records(id, *member, &[])?;
            }
            for member in &gone {
                batch.purge_document(id, self.doc(*member))?;
                batch.replace_records(id, *member, &[])?;
            }
            if !due.is_empty() || !gone.is_empty() {
                settings::set_purged(batch, id, true)?;
            }
            settings::set_left(batch, id, &kept)
        })?;
        for member in unbegun {
            self.put_records(member, MemberRecords::new());
        }
        for member in &gone {
            self.put_away(*member);
        }
        if !due.is_empty() || !gone.is_empty() {
            info!(generations = due.len(), members = gone.len(), "purged what was forgotten");
        }
        Ok(!due.is_empty() || !gone.is_empty())
    }

    /// What was noted as left behind, and what the log holds of it unnoted: an earlier version took no note, and a
    /// damaged database may have lost it, or the statement of what led. Then what was left behind leads again.
    pub(super) fn all_left(&self, view: View<'_>, now: i64) -> Outcome<Vec<Left>> {
        let mut left = settings::left(view, self.id)?;
        let leads = |left: &Left| self.held.get(&left.doc).is_some_and(|held| held.generation == left.stored);
        left.retain(|left| !leads(left));
        // The clock may have been wrong when it was written, or may be now. The first keeps what was forgotten too long,
        // the second would take what was not written again yet.
        let own = self.doc(self.me);
        let may_go = |left: &&mut Left| left.settled || left.doc != own;
        left.iter_mut().filter(may_go).for_each(|left| left.since = left.since.min(now));
        for (doc, stored) in view.generations(self.id)? {
            let elsewhere = match self.held.get(&doc) {
                Some(held) => held.generation != stored,
                None => self.is_of_nobody(view, doc)?,
            };
            if elsewhere && left.iter().all(|left| left.doc != doc || left.stored != stored) {
                left.push(self.stray(view, doc, stored, now)?);
            }
        }
        Ok(left)
    }

    /// Whether a document is nobody's who was ever in the circle as far as this machine knows, and no tip names it: after
    /// a salvage the row of a change may say otherwise what it belongs to, and no new beginning would ever forget it.
    fn is_of_nobody(&self, view: View<'_>, doc: DocId) -> Outcome<bool> {
        let known = self.roster.owner_of_doc(doc).is_some() || doc == self.doc(self.me);
        Ok(!known && view.tips_of(self.id, doc)?.is_empty())
    }

    fn is_due(&self, view: View<'_>, left: &Left, now: i64, clock: Looks) -> bool {
        let own = left.doc == self.doc(self.me);
        let kept = now.saturating_sub(left.since);
        // Without a new beginning it is all that there is of it.
        if own && !self.held.get(&left.doc).is_some_and(Held::has_begun) {
            return false;
        }
        // Nobody else may have what was not written again yet: a clock that nobody confirms takes none of it.
        if own && !left.settled {
            return clock == Looks::Well && kept >= KEPT_LONG && self.was_written_long_ago(view, left, now);
        }
        let lineage = self.roster.lineage(left.doc);
        let at_once = lineage.is_some_and(|lineage| {
            lineage.counting().iter().any(|counted| counted.n > left.n && counted.by_member_key)
        });
        at_once || kept >= KEPT
    }

    /// Nothing was left behind before it was written: since when it is may have been noted by a clock years behind.
    fn was_written_long_ago(&self, view: View<'_>, left: &Left, now: i64) -> bool {
        let document = left.document(self, view).ok();
        let last = document.and_then(|document| document.last_written(now));
        last.is_none_or(|last| now.saturating_sub(last) >= KEPT_LONG)
    }

    /// Writes again in the own document what this machine's log holds of generations that it left, and that
    /// the new one did not take over. Nothing, before the new one has begun here.
    pub(super) fn replay(
        &mut self,
        store: &mut Store,
        keys: &DeviceKeys,
        rng: &mut impl CryptoRng,
        now: Timestamp,
    ) -> Outcome<Replayed> {
        let doc = self.doc(self.me);
        let doubled = std::mem::take(&mut self.doubled.1);
        let nothing = !self.unsettled && doubled.is_empty();
        if nothing || !self.held.get(&doc).is_some_and(Held::has_begun) {
            return Ok(Replayed::default());
        }
        let mut left = self.all_left(store.view(), now.as_second())?;
        if doubled.is_empty() && left.iter().all(|left| left.doc != doc || left.settled) {
            self.unsettled = false;
            return Ok(Replayed::default());
        }
        let (actor, mut document) = self.take_own(store, rng)?;
        let forgotten = self.forgotten(self.me);
        let came_back = document.read().records.keys().any(|id| forgotten.contains(id));
        let mut changes = Vec::new();
        left.sort_by_key(|left| (left.n, left.stored));
        let all = left.clone();
        let told = self.own_left(store.view(), now.as_second())?;
        for left in left.iter_mut().filter(|left| left.doc == doc && !left.settled) {
            let before = self.to_compare(store.view(), keys.id(), left, &all).and_then(|found| {
                let Some((mut before, taken)) = found else { return Ok(None) };
                let doubled = before.doubled();
                before.reconcile(&doubled, &told, actor, now.as_second())?;
                Ok(Some((before, taken)))
            });
            let (before, taken) = match before {
                Ok(Some(all)) => all,
                Ok(None) => {
                    left.settled = true;
                    continue;
                }
                Err(Failure(error)) => {
                    warn!(%error, n = left.n, "what was left behind cannot be read");
                    continue;
                }
            };
            changes.extend(document.write_again(
                &before,
                &told,
                &taken,
                &forgotten,
                actor,
                now.as_second(),
            )?);
            left.settled = true;
        }
        if !doubled.is_empty() {
            changes.extend(document.reconcile(&doubled, &told, actor, now.as_second())?);
        }
        let id = self.id;
        let note = |batch: &mut Batch<'_>| settings::set_left(batch, id, &left);
        if changes.is_empty() {
            store.write(Durability::Normal, note)?;
        } else {
            self.commit_own_after(store, keys, &document, &changes, note)?;
        }
        self.unsettled = false;
        self.own = Some((actor, document));
        let changes: Vec<_> = changes.iter().map(|change| change.bytes().to_vec()).collect();
        let written = (!changes.is_empty()).then_some(Written { doc, changes, statements: Vec::new() });
        Ok(Replayed { written, came_back })
    }

    /// A generation that was left behind, and what of it is not to be written again. Nothing, if none of it is.
    fn to_compare(
        &self,
        view: View<'_>,
        own: DeviceId,
        left: &Left,
        all: &[Left],
    ) -> Outcome<Option<(Document, Document)>> {
        let before = left.document(self, view)?;
        if !before.has_base() {
            return Ok(None);
        }
        if left.is_void(self) {
            return self.to_compare_of_void(left, before);
        }
        if self.is_in_another(left, &before, all) {
            return Ok(None);
        }
        let taken = self.taken(view, own, left, all)?;
        Ok(Some((before, taken)))
    }

    /// In a generation that counts no more machines may have written in good faith that were not taken away: that was
    /// answered as saved. What it began with is theirs only if one of them began it.
    fn to_compare_of_void(&self, left: &Left, before: Document) -> Outcome<Option<(Document, Document)>> {
        if before.heads().all(|head| head == left.base.0) {
            return Ok(None);
        }
        let began = if self.was_begun_in_good_faith(left) {
            Document::awaiting(left.base())
        } else {
            before.at(&[]).map_err(Failure::internal)?
        };
        Ok(Some((before, began)))
    }

    /// Whether a machine signed for its beginning that still speaks for the document.
    fn was_begun_in_good_faith(&self, left: &Left) -> bool {
        let speaks = |statement: &Statement| {
            let authority = self.roster.authority(statement.device(), left.doc, left.n);
            statement.signed_by_member_key() || authority == Authority::Full
        };
        let began = |statement: &Statement| {
            let begins = matches!(statement.body(), Body::Generation(new) if new.base == left.base.0);
            begins && statement.member() == self.me && speaks(statement)
        };
        self.ledger.as_ref().is_some_and(|ledger| ledger.iter().any(began))
    }

    /// What the leading generation took over of one that was left behind, as far as that is known here: what
    /// the statement after it closes, and what the machine that signed it had signed before. Of one that lost
    /// against another, it is what that other took over of the last one that both came from.
    fn taken(&self, view: View<'_>, own: DeviceId, left: &Left, all: &[Left]) -> Outcome<Document> {
        let nothing = || Ok(Document::awaiting(left.base()));
        let Some(lineage) = self.roster.lineage(left.doc) else { return nothing() };
        let line: Vec<&Counted> = lineage.line().collect();
        let mut common = left.counted(lineage);
        while common.is_some_and(|common| line.iter().all(|led| led.statement != common.statement)) {
            common = before(lineage, common);
        }
        let next = line.iter().find(|led| led.follows == common.map(|common| common.statement));
        let of_common = |left: &&Left| left.doc_is_of(common);
        match (next, all.iter().filter(|other| other.doc == left.doc).find(of_common)) {
            (Some(next), Some(common)) => {
                let heads = self.signed_before(view, own, common, next)?;
                common.document(self, view)?.at(&heads).map_err(Failure::internal)
            }
            _ => nothing(),
        }
    }

    /// The generations of the own document that were left behind and are still here, in their order.
    pub(super) fn own_left(&self, view: View<'_>, now: i64) -> Outcome<Vec<Document>> {
        let mut left = self.all_left(view, now)?;
        left.retain(|left| left.doc == self.doc(self.me) && !left.is_void(self));
        left.sort_by_key(|left| (left.n, left.stored));
        Ok(left.iter().filter_map(|left| left.document(self, view).ok()).collect())
    }

    /// Whether another generation that was left behind here took over all of this one: then that speaks for
    /// both.
    fn is_in_another(&self, left: &Left, document: &Document, all: &[Left]) -> bool {
        let Some(lineage) = self.roster.lineage(left.doc) else { return false };
        let own = left.counted(lineage).map(|own| own.statement);
        let next = lineage.counting().iter().filter(|next| next.follows == own && next.base != left.base.0);
        let mut held =
            next.filter(|next| all.iter().any(|other| other.doc == left.doc && other.base.0 == next.base));
        held.any(|next| {
            let closed =
                |head| next.closes.iter().any(|closed| document.precedes(head, *closed) == Some(true));
            document.heads().all(closed)
        })
    }

    fn signed_before(
        &self,
        view: View<'_>,
        own: DeviceId,
        left: &Left,
        next: &Counted,
    ) -> Outcome<Vec<ChangeHash>> {
        let mut heads = next.closes.clone();
        let statement = self.ledger.as_ref().and_then(|ledger| ledger.get(next.statement));
        // Copies of this machine sign with the same key, and know nothing of each other.
        if let Some(statement) = statement.filter(|statement| statement.device() != own) {
            let tips = view.tips_of(self.id, left.doc)?.into_iter();
            let theirs = tips.filter(|tip| tip.generation == left.stored && tip.device == statement.device());
            heads.extend(theirs.map(|tip| tip.head));
        }
        Ok(heads)
    }
}
