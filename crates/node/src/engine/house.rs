//! Keeping house: what was hidden for long enough is purged, and leaves no traces.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use closeknit_api::Tag;
use closeknit_ids::{CircleId, DocId};
use closeknit_store::{Durability, Stage};
use closeknit_trust::statement::{Body, Statement};
use jiff::{SignedDuration, Timestamp};
use tracing::warn;

use super::{Engine, Moment, clocks::is_today, failure::Outcome, settings};

/// Copies of an older or damaged database hold what is forgotten since. They are kept no longer than this.
const OLD_FILES_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// All pages are not written anew sooner than this after the last time.
const WIPED_EVERY_MS: u64 = 60 * 60 * 1000;

impl Engine {
    /// Once a day, and soon after the start: purges what was hidden for long enough.
    pub(super) fn keep_house(&mut self, at: Moment) -> Outcome<()> {
        if is_today(self.kept_house, at.now) {
            return Ok(());
        }
        self.kept_house = Some(at.now);
        let circles: Vec<CircleId> = self.circles.keys().copied().collect();
        let mut purged = false;
        for id in circles {
            // Whoever does not belong any more writes nothing there.
            if self.circle(id)?.belongs() {
                self.begin_anew_by_itself(at, id)?;
                self.write_again(at, id)?;
                self.take_back_invitations(at, id)?;
            }
            let clock = self.clock_looks(self.circle(id)?, at.now);
            if let Some(circle) = self.circles.get_mut(&id) {
                purged |= circle.purge(&mut self.store, at.now, clock)?;
            }
        }
        self.empty_past_drafts()?;
        self.delete_old_files(at.now)?;
        if purged {
            self.tag(Tag::Board);
        }
        self.wipe_traces(at)?;
        // Whether or not anything went just now: what is cut off goes at once, and the power may have gone in between.
        Ok(self.store.checkpoint()?)
    }

    /// What a draft held its circle took over; nobody forgets anything in the draft any more.
    fn empty_past_drafts(&mut self) -> Outcome<()> {
        for row in self.store.view().circles()? {
            let Stage::Past { became } = row.stage else { continue };
            let docs: BTreeSet<DocId> =
                self.store.view().generations(row.id)?.into_iter().map(|(doc, _)| doc).collect();
            let owner = settings::member(self.store.view(), row.id)?;
            if docs.is_empty() {
                continue;
            }
            self.store.write(Durability::Normal, |batch| {
                docs.iter().try_for_each(|doc| batch.purge_document(row.id, *doc))?;
                if let Some(owner) = owner {
                    batch.replace_records(row.id, owner, &[])?;
                }
                settings::set_purged(batch, became, true)
            })?;
        }
        Ok(())
    }

    /// After something was purged all pages are written anew, once an hour at the most: somebody else may bring it about
    /// as often as they like. Without room for that it is tried again the next day.
    fn wipe_traces(&mut self, at: Moment) -> Outcome<()> {
        if self.wiped_ms.is_some_and(|wiped| at.steady_ms.saturating_sub(wiped) < WIPED_EVERY_MS) {
            return Ok(());
        }
        let mut purged = Vec::new();
        for id in self.circles.keys() {
            if settings::purged(self.store.view(), *id)? {
                purged.push(*id);
            }
        }
        if purged.is_empty() {
            return Ok(());
        }
        self.wiped_ms = Some(at.steady_ms);
        if let Err(error) = self.store.write_anew() {
            warn!(%error, "what was purged may have left traces");
            return Ok(());
        }
        self.store.write(Durability::Normal, |batch| {
            purged.into_iter().try_for_each(|id| settings::set_purged(batch, id, false))
        })
    }

    /// What was forgotten with the words goes with the next look, not with tomorrow's.
    pub(super) fn heed_words(&mut self, statements: &[Statement]) {
        let by_words = |statement: &Statement| {
            matches!(statement.body(), Body::Generation(_)) && statement.signed_by_member_key()
        };
        if statements.iter().any(by_words) {
            self.kept_house = None;
        }
    }

    /// Deletes copies of the database from before a migration or from when it was damaged, once they are old.
    fn delete_old_files(&mut self, now: Timestamp) -> Outcome<()> {
        let before = settings::old_files(self.store.view())?;
        let mut files = BTreeMap::new();
        for path in self.store.kept()? {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // What a clock that was ahead noted counts from now.
            let since = before.get(&name).map_or(now.as_second(), |since| now.as_second().min(*since));
            if now.as_second().saturating_sub(since) < OLD_FILES_KEPT.as_secs() {
                files.insert(name, since);
            } else if let Err(error) = fs::remove_file(&path) {
                warn!(%error, "an old copy of the database cannot be deleted");
            }
        }
        if files == before {
            return Ok(());
        }
        self.store.write(Durability::Normal, |batch| settings::set_old_files(batch, &files))
    }
}
