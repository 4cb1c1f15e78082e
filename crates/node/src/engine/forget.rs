//! Forgetting: now, and by season. What was hidden is purged by [`house`](super::house).

use std::collections::{BTreeMap, BTreeSet};

use closeknit_api::{
    ErrorCode, Phrase, Tag, calls,
    views::{ForgettingView, ForgottenView},
};
use closeknit_domain::{
    CommitmentRef, PostRef, Record,
    clock::Looks,
    over::{LONG, over, with_what_belongs},
};
use closeknit_ids::{CircleId, RecordId};
use closeknit_replica::Document;
use closeknit_store::Durability;
use closeknit_trust::words::MemberKey;
use jiff::{SignedDuration, Timestamp};

use super::{
    Engine, Moment,
    board::{post_id, promise_id},
    circle::Circle,
    clocks::is_today,
    failure::{Failure, Outcome},
    generation::Signing,
    left_behind::Replayed,
    posts::only,
    settings,
};

/// How often what is long over is forgotten by itself.
const SEASON: SignedDuration = SignedDuration::from_hours(30 * 24);
/// So many are forgotten at once, the oldest first; the rest another time. Each statement names a few, and a
/// machine may sign so many in its life.
const MOST_AT_ONCE: usize = 240;

impl Engine {
    /// What there is to forget, and whether that happens by itself.
    pub(super) fn forgetting(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::Forgetting,
    ) -> Outcome<ForgettingView> {
        if let Some(on) = call.by_itself {
            self.store.write(Durability::Full, |batch| settings::set_forgets(batch, on))?;
            self.tag(Tag::Status);
        }
        let circle = self.circle(id)?;
        let (known, board) = (circle.known(at.now), circle.board(at.now));
        let over = over(&known, &board, circle.me);
        let count = circle.count(over.keys());
        Ok(ForgettingView {
            over: u32::try_from(count).unwrap_or(u32::MAX),
            says: Phrase::new("forget-over").number("count", count),
            notes: what_it_does(false),
            by_itself: settings::forgets(self.store.view())?,
            stopped: circle.own_stopped(self.store.view()),
            needs_words: self.secrets.words().is_none(),
        })
    }

    /// Makes the circle forget own records that are over: these, or all. A note may be forgotten at any time.
    pub(super) fn forget(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::Forget,
    ) -> Outcome<ForgottenView> {
        self.may_forget(id, call.none_left)?;
        let circle = self.circle(id)?;
        let (known, board) = (circle.known(at.now), circle.board(at.now));
        let over = over(&known, &board, circle.me);
        let named = call.ids.iter().flatten().map(|given| circle.own_named(given));
        let named: BTreeSet<RecordId> = named.collect::<Outcome<_>>()?;
        if let Some(id) = named.iter().find(|id| !over.contains_key(id) && !circle.is_own_note(**id)) {
            return Err(Failure::new(ErrorCode::NotOver).with("title", circle.title_of(at.now, *id)));
        }
        let ids = match circle.own_records() {
            Some(records) if !named.is_empty() => with_what_belongs(&board, records, circle.me, &named),
            _ => oldest(&over),
        };
        if ids.is_empty() {
            return Ok(ForgottenView { count: 0, says: Phrase::new("forget-nothing"), notes: Vec::new() });
        }
        let count = circle.count(ids.iter());
        let by_words = call.at_once == Some(true) || call.words.is_some();
        let key = by_words.then(|| self.key_of_words(id, call.words.as_deref(), "to-forget")).transpose()?;
        self.begin_without(at, id, &ids, key.as_ref())?;
        Ok(ForgottenView {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            says: Phrase::new("forget-done").number("count", count),
            notes: what_it_does(by_words),
        })
    }

    /// Whether a new beginning may be signed here now. `none_left`: the owner says that there is no other
    /// machine to ask first.
    pub(super) fn may_forget(&mut self, id: CircleId, none_left: Option<bool>) -> Outcome<()> {
        let device = self.secrets.device.id();
        let Self { circles, store, .. } = self;
        let circle = circles.get_mut(&id).ok_or_else(|| Failure::new(ErrorCode::NotStarted))?;
        if circle.is_draft() {
            return Err(Failure::new(ErrorCode::NobodyElseYet));
        }
        if circle.behind && none_left == Some(true) {
            store.write(Durability::Full, |batch| settings::set_behind(batch, id, false))?;
            circle.behind = false;
        }
        if circle.may_begin_afresh(device) { Ok(()) } else { Err(Failure::new(ErrorCode::MeetFirst)) }
    }

    /// Moves the own document on without these records, and tells everybody.
    pub(super) fn begin_without(
        &mut self,
        at: Moment,
        id: CircleId,
        ids: &BTreeSet<RecordId>,
        words: Option<&MemberKey>,
    ) -> Outcome<()> {
        let Self { circles, store, rng, .. } = self;
        let circle = circles.get_mut(&id).ok_or_else(|| Failure::new(ErrorCode::NotStarted))?;
        let (_, document) = circle.take_own(store, rng)?;
        self.begin_from(at, id, &document, ids, words)
    }

    pub(super) fn begin_from(
        &mut self,
        at: Moment,
        id: CircleId,
        document: &Document,
        ids: &BTreeSet<RecordId>,
        words: Option<&MemberKey>,
    ) -> Outcome<()> {
        let Self { circles, store, secrets, rng, .. } = self;
        let circle = circles.get_mut(&id).ok_or_else(|| Failure::new(ErrorCode::NotStarted))?;
        let signing = Signing { device: &secrets.device, words };
        let written = circle.begin_generation(store, signing, rng, at.now, document, ids)?;
        self.heed_words(&written.statements);
        self.forget_reach(id, ids)?;
        for tag in [Tag::Board, Tag::Me, Tag::Circle, Tag::Status] {
            self.tag(tag);
        }
        self.share(at, id, written)
    }

    /// Writes again in the own document what this machine wrote apart, before it heard that the document had
    /// begun afresh elsewhere. If something forgotten came back with another beginning, it begins once more
    /// without.
    pub(super) fn write_again(&mut self, at: Moment, id: CircleId) -> Outcome<()> {
        let Self { circles, store, secrets, rng, .. } = self;
        let Some(circle) = circles.get_mut(&id).filter(|circle| !circle.is_draft()) else { return Ok(()) };
        let Replayed { written, came_back } = circle.replay(store, &secrets.device, rng, at.now)?;
        if let Some(written) = written {
            self.tag(Tag::Board);
            self.tag(Tag::Me);
            self.share(at, id, written)?;
        }
        let may = self.circle(id)?.may_begin_afresh(self.secrets.device.id());
        if came_back && may { self.begin_without(at, id, &BTreeSet::new(), None) } else { Ok(()) }
    }

    /// Once a day, as soon as a neighbour's clock agrees with this one: forgets what is long over. It cannot be
    /// undone, so a clock that nobody confirms decides nothing.
    pub(super) fn keep_season(&mut self, at: Moment) -> Outcome<()> {
        if is_today(self.kept_season, at.now) {
            return Ok(());
        }
        let agreed = |circle: &&Circle| circle.belongs() && self.clock_looks(circle, at.now) == Looks::Well;
        let circles: Vec<CircleId> = self.circles.values().filter(agreed).map(|circle| circle.id).collect();
        if circles.is_empty() {
            return Ok(());
        }
        self.kept_season = Some(at.now);
        circles.into_iter().try_for_each(|id| self.forget_by_season(at, id))
    }

    fn forget_by_season(&mut self, at: Moment, id: CircleId) -> Outcome<()> {
        let circle = self.circle(id)?;
        if !circle.may_begin_afresh(self.secrets.device.id()) || !settings::forgets(self.store.view())? {
            return Ok(());
        }
        let last = settings::forgotten_at(self.store.view(), id)?;
        // Also where the clock was years ahead then.
        if last.is_some_and(|last| at.now.duration_since(last).abs() < SEASON) {
            return Ok(());
        }
        let mut over = over(&circle.known(at.now), &circle.board(at.now), circle.me);
        over.retain(|_, since| at.now.duration_since(*since) >= LONG);
        if over.is_empty() {
            return Ok(());
        }
        self.store.write(Durability::Normal, |batch| settings::set_forgotten_at(batch, id, at.now))?;
        self.begin_without(at, id, &oldest(&over), None)
    }
}

impl Circle {
    /// The own post, promise, thanks or note whose id begins like this.
    fn own_named(&self, given: &str) -> Outcome<RecordId> {
        let given = given.trim().to_lowercase();
        let own = self.own_records().into_iter().flatten();
        let fits = |id: RecordId, record: &Record| match record {
            Record::Post(_) | Record::Note(_) => post_id(PostRef { author: self.me, id }).starts_with(&given),
            Record::Commitment(_) => promise_id(CommitmentRef { helper: self.me, id }).starts_with(&given),
            Record::Thanks(_) => id.to_string().starts_with(&given),
            _ => false,
        };
        only(&given, own.filter(|(id, record)| fits(**id, record)).map(|(id, _)| *id))
    }

    fn is_own_note(&self, id: RecordId) -> bool {
        matches!(self.own_records().and_then(|own| own.get(&id)), Some(Record::Note(_)))
    }

    /// How many of these own records are what people know by name: the rest hangs on them.
    fn count<'a>(&self, ids: impl Iterator<Item = &'a RecordId>) -> usize {
        let own = self.own_records();
        let record = |id: &RecordId| own.and_then(|records| records.get(id));
        let named = |record: &Record| {
            matches!(record, Record::Post(_) | Record::Commitment(_) | Record::Thanks(_) | Record::Note(_))
        };
        ids.filter(|id| record(id).is_some_and(named)).count()
    }

    /// The title of an own post, or of the one that an own promise or thanks are about.
    fn title_of(&self, now: Timestamp, id: RecordId) -> String {
        let known = self.known(now);
        let post = match self.own_records().and_then(|records| records.get(&id)) {
            Some(Record::Commitment(commitment)) => Some(commitment.post),
            Some(Record::Thanks(thanks)) => thanks.post,
            _ => Some(PostRef { author: self.me, id }),
        };
        post.and_then(|post| known.post(post)).map(|post| post.title.to_string()).unwrap_or_default()
    }
}

fn what_it_does(at_once: bool) -> Vec<Phrase> {
    let others = if at_once { "forget-others-at-once" } else { "forget-others" };
    vec![Phrase::new(others), Phrase::new("forget-cannot")]
}

/// The records that are over for longest, as many as one may forget at once.
fn oldest(over: &BTreeMap<RecordId, Timestamp>) -> BTreeSet<RecordId> {
    let mut since: Vec<_> = over.iter().map(|(id, since)| (*since, *id)).collect();
    since.sort_unstable();
    since.into_iter().map(|(_, id)| id).take(MOST_AT_ONCE).collect()
}
