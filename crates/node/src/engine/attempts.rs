//! Changes that were on their way to Automerge when the program ended: how often, and what then
//! (trust-and-sync, *The gate*, 7).

use closeknit_ids::{ChangeHash, DocId, MemberId};
use closeknit_replica::{Document, Screened};
use closeknit_store::{Batch, Durability, Quarantined, Store, StoreError, View};
use tracing::warn;

use super::{
    VERSION,
    circle::Circle,
    failure::{Failure, Outcome},
};
use crate::apart::{Apart, Verdict};

/// What ended the program so often is tried in a process of its own first.
const TRIED_HERE: u32 = 2;
/// What ended the program although it went well there is not tried again.
const TRIED_IN_ALL: u32 = 3;

/// What became of changes that are about to go to Automerge.
pub(super) enum Begun {
    /// They may, and if the program ends now, the next start knows what did it.
    Noted,
    /// They may not, and why.
    SetAside(&'static str),
}

impl Circle {
    /// Notes that screened changes are on their way to Automerge, under the first of them. What ended
    /// the program twice is tried apart first, and set aside unless it is sound; if it cannot be tried
    /// now, it is neither noted nor set aside.
    pub(super) fn begin(
        &self,
        store: &mut Store,
        apart: Option<&dyn Apart>,
        doc: DocId,
        screened: &Screened<'_>,
    ) -> Outcome<Begun> {
        let (id, Some(hash)) = (self.id, screened.in_flight()) else { return Ok(Begun::Noted) };
        let before = self.attempts(store.view(), doc)?;
        let aside: Vec<_> = store
            .view()
            .quarantined(id)?
            .into_iter()
            .filter(|change| change.doc == doc && is_ours(change))
            .collect();
        if aside.iter().any(|change| change.hash == hash) {
            return Ok(Begun::SetAside("it was set aside before"));
        }
        let why = if before >= TRIED_IN_ALL {
            Some("the program ended over it, although a process of its own did not")
        } else if before >= TRIED_HERE || !aside.is_empty() {
            // An author who ended the program once with every change they may write would go on so.
            not_sound(apart, screened)?
        } else {
            None
        };
        store.write(Durability::Normal, |batch| {
            let Some(why) = why else {
                batch.begin_admission(id, doc, hash)?;
                return Ok(Begun::Noted);
            };
            let (version, reason) = (VERSION.to_owned(), why.to_owned());
            batch.quarantine(id, &Quarantined { doc, hash, version, reason })?;
            // Another version begins to count anew.
            batch.end_admission(id, doc, hash)?;
            Ok::<_, Failure>(Begun::SetAside(why))
        })
    }

    /// How often the program ended over changes of this document that are not in it yet. Counted for
    /// the document: its author may well send something else to begin with each time.
    fn attempts(&self, view: View<'_>, doc: DocId) -> Outcome<u32> {
        let in_flight = view.in_flight(self.id)?.into_iter().filter(|row| row.doc == doc);
        Ok(in_flight.map(|row| row.attempts).fold(0, u32::saturating_add))
    }

    /// Notes that the gate came to an end with a change, and with whatever else the document holds by now.
    pub(super) fn ended(
        &self,
        view: View<'_>,
        doc: DocId,
        in_flight: Option<ChangeHash>,
        document: &Document,
    ) -> Outcome<impl FnOnce(&mut Batch<'_>) -> Result<(), StoreError> + use<>> {
        let id = self.id;
        let mut rows = view.in_flight(id)?;
        rows.retain(|row| row.doc == doc && (Some(row.hash) == in_flight || document.holds(row.hash)));
        Ok(move |batch: &mut Batch<'_>| {
            rows.into_iter().try_for_each(|row| batch.end_admission(id, doc, row.hash))
        })
    }

    /// Forgets what was refused of a document that begins afresh.
    pub(super) fn begin_afresh(&self, batch: &mut Batch<'_>, doc: DocId) -> Outcome<()> {
        batch.forget_refusals(self.id, doc)?;
        for change in batch.quarantined(self.id)?.into_iter().filter(|change| change.doc == doc) {
            batch.release(self.id, doc, change.hash)?;
        }
        Ok(())
    }

    /// The others whose entries stop here: this version of the program refused or set aside something that they
    /// signed, or copies of one of their machines write too far apart.
    pub(super) fn stopped(&self, view: View<'_>) -> Outcome<Vec<MemberId>> {
        let aside = view.quarantined(self.id)?;
        let stopped = self.active_members().into_iter().filter(|member| {
            let doc = self.doc(*member);
            let refused = self.held.get(&doc).is_some_and(|held| !held.refused.is_empty() || held.crowded);
            *member != self.me && (refused || aside.iter().any(|change| change.doc == doc && is_ours(change)))
        });
        Ok(stopped.collect())
    }
}

/// Another version may get through with what this one did not.
fn is_ours(change: &Quarantined) -> bool {
    change.version == VERSION
}

/// Tries changes in a process of their own: why they are to be set aside, if they are.
fn not_sound(apart: Option<&dyn Apart>, screened: &Screened<'_>) -> Outcome<Option<&'static str>> {
    let Some(apart) = apart else {
        return Ok(Some("the program ended over it twice, and there is nowhere else to try it"));
    };
    let trial = screened.trial().map_err(Failure::internal)?;
    match apart.try_out(&trial) {
        Verdict::Sound => Ok(None),
        Verdict::Refused => Ok(Some("the program ended over it twice, and a process of its own refused it")),
        Verdict::Ended(how) => {
            warn!(how, "a process ended over a change");
            Ok(Some("the program ended over it twice, and a process of its own did too"))
        }
        Verdict::Untried(why) => Err(Failure::internal(why)),
    }
}
