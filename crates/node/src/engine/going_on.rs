//! Where the own document cannot be gone on with, it begins anew from what is here.

use std::collections::BTreeSet;

use closeknit_api::{ErrorCode, Phrase, calls, views::ForgottenView};
use closeknit_domain::clock::Looks;
use closeknit_ids::CircleId;
use closeknit_replica::Document;
use closeknit_store::View;
use tracing::warn;

use super::{
    Engine, Moment,
    circle::Circle,
    document::{Held, load},
    failure::{Failure, Outcome},
    left_behind::{KEPT_LONG, Left},
    mend::screened,
};

impl Engine {
    /// Begins the own document anew from what this machine holds of it: it goes on where it stopped.
    pub(super) fn begin_anew(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::BeginAnew,
    ) -> Outcome<ForgottenView> {
        self.may_forget(id, call.none_left)?;
        let (circle, view) = (self.circle(id)?, self.store.view());
        let before = circle.all_left(view, at.now.as_second())?;
        let document = circle.own_as_far_as_it_goes(view, &before)?;
        self.begin_from(at, id, &document, &BTreeSet::new(), None)?;
        Ok(ForgottenView { count: 0, says: Phrase::new("anew-done"), notes: Vec::new() })
    }

    /// A new beginning may never come: a damaged database lost it before anybody had it. For thirty days whoever may
    /// have it can bring it, and the owner is told. Then all that went before would go.
    pub(super) fn begin_anew_by_itself(&mut self, at: Moment, id: CircleId) -> Outcome<()> {
        let circle = self.circle(id)?;
        let may = circle.may_begin_afresh(self.secrets.device.id());
        let confirmed = self.clock_looks(circle, at.now) == Looks::Well;
        if !may || !confirmed || !circle.never_came(self.store.view(), at.now.as_second())? {
            return Ok(());
        }
        warn!(circle = %id.short(), "a new beginning never came: the document begins once more");
        match self.begin_anew(at, id, &calls::BeginAnew::default()) {
            // Nothing of it can be read any more.
            Err(Failure(error)) if error.code == ErrorCode::OwnStopped => Ok(()),
            begun => begun.map(drop),
        }
    }
}

impl Circle {
    /// Whether the own document cannot be gone on with here: what another own machine or a copy of this one
    /// wrote is refused, or what stands in the log does not fit, or its new beginning has not come.
    pub(super) fn own_stopped(&self, view: View<'_>) -> bool {
        let doc = self.doc(self.me);
        let Some(held) = self.held.get(&doc) else { return false };
        let goes_on = || {
            let goes_on = self.own.is_some() || load(view, self.id, doc, held).is_ok();
            self.goes_on.set(Some(goes_on));
            goes_on
        };
        !held.refused.is_empty()
            || held.crowded
            || !held.has_begun()
            || !self.goes_on.get().unwrap_or_else(goes_on)
    }

    /// The own document as far as it can be gone on with: what the gate takes of it, or the one before.
    pub(super) fn own_as_far_as_it_goes(&self, view: View<'_>, before: &[Left]) -> Outcome<Document> {
        let doc = self.doc(self.me);
        let held = self.held.get(&doc).ok_or_else(|| Failure::internal("no document of one's own"))?;
        let now = load(view, self.id, doc, held).or_else(|_| screened(view, self.id, doc, held));
        let before = || {
            let own = before.iter().rev().filter(|left| left.is_of(doc) && !left.is_void(self));
            own.map(|left| left.document(self, view))
        };
        let mut all = std::iter::once(now).chain(before());
        let whole = all.find_map(|document| document.ok().filter(Document::has_base));
        whole.ok_or_else(|| Failure::new(ErrorCode::OwnStopped))
    }

    /// Whether the own document has been without its beginning for so long that nobody is waited for any more.
    fn never_came(&self, view: View<'_>, now: i64) -> Outcome<bool> {
        let doc = self.doc(self.me);
        if self.held.get(&doc).is_none_or(Held::has_begun) {
            return Ok(false);
        }
        let left = self.all_left(view, now)?;
        let since = left.iter().filter(|left| left.is_of(doc)).map(|left| left.since).max();
        Ok(since.is_some_and(|since| now.saturating_sub(since) >= KEPT_LONG))
    }
}
