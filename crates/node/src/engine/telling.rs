//! What the member is told of while they look elsewhere: each thing once, and nothing while hours are quiet.
//!
//! What there is to tell is looked at when something was written or came, and at the moment that was
//! foretold; then faces get a [`Tag::Notice`]. Told is what they fetched: it is remembered on this machine
//! alone, before they have it, so that nothing is told twice.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_api::{
    ErrorCode, Phrase, Tag, calls,
    views::{NoticesView, QuietView},
};
use closeknit_domain::{
    Notice,
    today::{self, Quiet, quiet_until},
};
use closeknit_ids::CircleId;
use closeknit_store::Durability;
use jiff::{SignedDuration, Timestamp, civil::Time};

use super::{
    Engine, Moment,
    circle::Circle,
    failure::{Failure, Outcome},
    settings, typed,
};

/// It is looked at no less often than this.
const SELDOM: SignedDuration = SignedDuration::from_hours(24);
/// The board is computed to the minute: what ends within one is over in the next.
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// What was told, and when to look again.
#[derive(Debug, Default)]
pub(super) struct Telling {
    told: BTreeMap<CircleId, BTreeSet<Notice>>,
    /// What there was when it was last looked at.
    seen: BTreeMap<CircleId, BTreeSet<Notice>>,
    /// What faces were asked to fetch.
    called: BTreeSet<(CircleId, Notice)>,
    /// Something was written or came since.
    changed: bool,
    due: Option<Timestamp>,
    /// The clock when it was last looked at.
    clock: Option<Timestamp>,
}

impl Telling {
    pub(super) fn heed(&mut self, tag: Tag) {
        self.changed |= matches!(tag, Tag::Board | Tag::Status);
    }

    /// The circle is not on this machine any more.
    pub(super) fn forget(&mut self, id: CircleId) {
        self.told.remove(&id);
        self.seen.remove(&id);
        self.called.retain(|(circle, _)| *circle != id);
    }

    /// Whether it is time to look: also when the clock was set back.
    fn is_time(&mut self, now: Timestamp) -> bool {
        let back = self.clock.replace(now).is_none_or(|before| now < before);
        back || self.changed || self.due.is_none_or(|due| now >= due)
    }
}

impl Engine {
    /// Remembers what was told before the program began.
    pub(super) fn recall_told(&mut self) -> Outcome<()> {
        for id in self.circles.keys() {
            self.telling.told.insert(*id, settings::told(self.store.view(), *id)?);
        }
        Ok(())
    }

    /// Calls faces if there is something to tell, and notes when to look again.
    pub(super) fn look_what_to_tell(&mut self, at: Moment) -> Outcome<()> {
        if !self.telling.is_time(at.now) {
            return Ok(());
        }
        let written = std::mem::take(&mut self.telling.changed);
        let quiet = self.quiet_hours()?;
        let mut due = later(at.now, SELDOM);
        let (mut passed, mut call) = (false, Vec::new());
        for circle in self.circles.values() {
            let board = circle.board(at.now);
            let all = Notice::all(&circle.known(at.now), &board, circle.me);
            if let Some(next) = today::next_change(&circle.known(at.now), &board, circle.me) {
                due = due.min(later(next, MINUTE));
            }
            match quiet_until(at.now, &circle.zone, &quiet) {
                Some(until) => due = due.min(until),
                None => call.extend(self.untold(circle, &all).map(|notice| (circle.id, notice))),
            }
            let before = self.telling.seen.insert(circle.id, all.clone());
            passed |= !written && before.is_some_and(|before| before != all);
        }
        self.telling.due = Some(due);
        if call.iter().any(|notice| !self.telling.called.contains(notice)) {
            self.tag(Tag::Notice);
        }
        self.telling.called = call.into_iter().collect();
        if passed {
            // Nothing was written, but time has passed: what faces show is not so any more.
            self.tag(Tag::Board);
        }
        Ok(())
    }

    fn untold(&self, circle: &Circle, all: &BTreeSet<Notice>) -> impl Iterator<Item = Notice> {
        let told = self.telling.told.get(&circle.id);
        all.iter()
            .filter(|notice| told.is_none_or(|told| !told.contains(notice)))
            .copied()
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// What there is to tell now. From now on it was told.
    pub(super) fn notices(&mut self, at: Moment, _: &calls::Notices) -> Outcome<NoticesView> {
        let quiet = self.quiet_hours()?;
        let mut count: BTreeMap<&str, u32> = BTreeMap::new();
        let mut told = Vec::new();
        for circle in self.circles.values() {
            if quiet_until(at.now, &circle.zone, &quiet).is_some() {
                continue;
            }
            let board = circle.board(at.now);
            let all = Notice::all(&circle.known(at.now), &board, circle.me);
            let new: Vec<Notice> = self.untold(circle, &all).collect();
            if new.is_empty() {
                continue;
            }
            for notice in &new {
                let times = count.entry(says(*notice)).or_default();
                *times = times.saturating_add(1);
            }
            let before = self.telling.told.get(&circle.id).into_iter().flatten().copied();
            let kept = before.filter(|notice| !notice.is_over(&board));
            told.push((circle.id, kept.chain(new).collect::<BTreeSet<_>>()));
        }
        if !told.is_empty() {
            self.store.write(Durability::Full, |batch| {
                told.iter().try_for_each(|(id, told)| settings::set_told(batch, *id, told))
            })?;
            self.telling.told.extend(told);
        }
        let says = count.into_iter().map(|(id, count)| Phrase::new(id).number("count", count)).collect();
        Ok(NoticesView { says })
    }

    fn quiet_hours(&self) -> Outcome<Vec<Quiet>> {
        let (on, hours) = settings::quiet(self.store.view())?;
        Ok(on.then_some(hours).into_iter().collect())
    }

    /// Sets the quiet hours, and says which they are.
    pub(super) fn quiet(&mut self, _: Moment, call: &calls::Quiet) -> Outcome<QuietView> {
        let (on, hours) = settings::quiet(self.store.view())?;
        let time = |typed: Option<&str>, before: Time| match typed::given(typed) {
            None => Ok(before),
            Some(typed) => {
                typed.parse::<Time>().map_err(|_| Failure::new(ErrorCode::BadTime).with("given", typed))
            }
        };
        let hours =
            Quiet { from: time(call.from.as_deref(), hours.from)?, to: time(call.to.as_deref(), hours.to)? };
        let on = call.on.unwrap_or(on);
        if *call != calls::Quiet::default() {
            self.store.write(Durability::Normal, |batch| settings::set_quiet(batch, on, hours))?;
            self.telling.changed = true;
            self.tag(Tag::Me);
        }
        let shown = |time: Time| time.strftime("%H:%M").to_string();
        Ok(QuietView { on, from: shown(hours.from), to: shown(hours.to) })
    }
}

/// What a notice says: what about, and no more.
const fn says(notice: Notice) -> &'static str {
    match notice {
        Notice::Asked(..) => "told-asked",
        Notice::Accepted(_) => "told-accepted",
        Notice::CalledOff(_) => "told-called-off",
        Notice::CheckAgain(_) => "told-check-again",
        Notice::DidItHappen(..) => "told-did-it-happen",
        Notice::Review(..) => "told-review",
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}
