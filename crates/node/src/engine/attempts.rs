//! Changes that were on their way to Automerge when the program ended: how often, and what then
//! (trust-and-sync, *The gate*, 7).

use std::collections::BTreeSet;

use closeknit_ids::{ChangeHash, DocId, MemberId};
use closeknit_replica::{Document, Screened};
use closeknit_store::{Batch, Durability, InFlight, Quarantined, Store, View};
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
    /// Notes that screened changes of these documents are on their way to Automerge, each under the first of them.
    /// What ended the program twice is tried apart first, and set aside unless it is sound; if it cannot be tried
    /// now, it is neither noted nor set aside.
    pub(super) fn begin(
        &self,
        store: &mut Store,
        apart: Option<&dyn Apart>,
        screened: &[(DocId, Screened<'_>)],
    ) -> Outcome<Vec<Begun>> {
        let id = self.id;
        let under_way = store.view().in_flight(id)?;
        let mut aside = store.view().quarantined(id)?;
        aside.retain(is_ours);
        let (mut noted, mut refused, mut begun) = (Vec::new(), Vec::new(), Vec::new());
        for (doc, screened) in screened {
            let Some(hash) = screened.in_flight() else {
                begun.push(Begun::Noted);
                continue;
            };
            let of_doc = || aside.iter().filter(|change| change.doc == *doc);
            if of_doc().any(|change| change.hash == hash) {
                begun.push(Begun::SetAside("it was set aside before"));
                continue;
            }
            let why = match attempts(&under_way, *doc) {
                TRIED_IN_ALL.. => Some("the program ended over it, although a process of its own did not"),
                // An author who ended the program once with every change they may write would go on so.
                before if before >= TRIED_HERE || of_doc().next().is_some() => not_sound(apart, screened)?,
                _ => None,
            };
            match why {
                None => noted.push((*doc, hash)),
                Some(why) => refused.push((*doc, hash, why)),
            }
            begun.push(why.map_or(Begun::Noted, Begun::SetAside));
        }
        if noted.is_empty() && refused.is_empty() {
            return Ok(begun);
        }
        store.write(Durability::Normal, |batch| {
            for (doc, hash) in noted {
                batch.begin_admission(id, doc, hash)?;
            }
            for (doc, hash, why) in refused {
                let (version, reason) = (VERSION.to_owned(), why.to_owned());
                batch.quarantine(id, &Quarantined { doc, hash, version, reason })?;
                // Another version begins to count anew.
                batch.end_admission(id, doc, hash)?;
            }
            Ok::<_, Failure>(())
        })?;
        Ok(begun)
    }

    /// The documents over whose changes the program ended before they were in.
    pub(super) fn suspects(&self, view: View<'_>) -> Outcome<BTreeSet<DocId>> {
        Ok(view.in_flight(self.id)?.into_iter().map(|row| row.doc).collect())
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

/// How often the program ended over changes of this document that are not in it yet. Counted for
/// the document: its author may well send something else to begin with each time.
fn attempts(under_way: &[InFlight], doc: DocId) -> u32 {
    let of_doc = under_way.iter().filter(|row| row.doc == doc);
    of_doc.map(|row| row.attempts).fold(0, u32::saturating_add)
}

/// Those of a document with which the gate came to an end: the one that it began with, and whatever else the
/// document holds by now.
pub(super) fn ended<'a>(
    under_way: &'a [InFlight],
    doc: DocId,
    in_flight: Option<ChangeHash>,
    document: &'a Document,
) -> impl Iterator<Item = ChangeHash> + 'a {
    let of_doc = under_way.iter().filter(move |row| row.doc == doc);
    of_doc.map(|row| row.hash).filter(move |hash| Some(*hash) == in_flight || document.holds(*hash))
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
