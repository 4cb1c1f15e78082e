//! What became of a promise, thanks for it, and posts that go on: changed, promised again, kept longer.

use closeknit_api::{
    ErrorCode, calls,
    views::{self, OutcomeView, PostView},
};
use closeknit_domain::{
    self as domain, Board, Closure, CommitmentRef, How, MemberRecords, Outcome as Became, Post, PostRef,
    Record, SlotId, Thanks, expiry, text::Say, to_thank,
};
use closeknit_ids::{CircleId, RecordId};
use closeknit_replica::Act;
use closeknit_trust::seal;

use super::{
    Engine, Moment,
    acts::new_record,
    circle::Circle,
    failure::{Failure, Outcome},
    sentence::Reader,
    times,
    typed::{self, Now, whole_seconds},
};

impl Engine {
    /// The helper or the author says what became of a promise; said again, the newer word counts.
    pub(super) fn outcome(&mut self, at: Moment, id: CircleId, call: &calls::Outcome) -> Outcome<PostView> {
        let fresh = new_record(&mut self.rng);
        let circle = self.circle(id)?;
        let board = circle.board(at.now);
        let commitment = circle.promise_named(&board, &call.id)?;
        let whose = board.commitment(commitment).map(|state| state.counts_for);
        let whose = whose.ok_or_else(|| Failure::not_found(&call.id))?;
        let other = match circle.me {
            me if me == commitment.helper => whose.author,
            me if me == whose.author => commitment.helper,
            _ => return Err(Failure::new(ErrorCode::NotYours)),
        };
        let slot = slot_of(&circle.known(at.now), &board, whose, commitment, call.slot.as_deref())?;
        let reason = typed::optional("reason", call.reason.as_deref(), Say::new)?;
        let reason = reason.map(|reason| circle.seal_to("reason", reason.as_bytes(), other)).transpose()?;
        let how = match call.how {
            views::Became::Happened => How::Happened,
            views::Became::Partly => How::Partly,
            views::Became::DidNot => How::DidNot,
        };
        let said = Record::Outcome(Became { commitment, slot, how, reason, at: whole_seconds(at.now) });
        let same = |record: &Record| matches!(record, Record::Outcome(old) if old.commitment == commitment && old.slot == slot);
        let own = circle.own_records().into_iter().flatten();
        let mut acts: Vec<_> = own
            .filter(|(_, record)| same(record))
            .map(|(id, before)| Act::edit(*id, before.clone(), said.clone()))
            .collect();
        if acts.is_empty() {
            acts.push(Act::add(fresh, said));
        }
        self.write(at, id, &acts)?;
        self.shown(at, id, whose)
    }

    /// Changes what is named of an own post. Where time or place become others, whoever promised is asked
    /// again.
    pub(super) fn edit(&mut self, at: Moment, id: CircleId, call: &calls::Edit) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let (_, post) = circle.own_post_named(&call.id)?;
        let to = typed::edited(call, post, Now { at: at.now, zone: &circle.zone })?;
        self.rewrite(at, id, &call.id, to)
    }

    /// An own post still stands, until a day or as long as one of its kind does.
    pub(super) fn renew(&mut self, at: Moment, id: CircleId, call: &calls::Renew) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let (_, post) = circle.own_post_named(&call.id)?;
        let now = Now { at: at.now, zone: &circle.zone };
        let mut to = expiry::renewed(post, whole_seconds(at.now), &circle.zone);
        if let Some(until) = typed::until(call.until.as_deref(), now)? {
            to.until = Some(until);
        }
        self.rewrite(at, id, &call.id, to)
    }

    /// The helper says yes again to a post that changed: their promise keeps its place and its answer.
    pub(super) fn yes_again(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::YesAgain,
    ) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let (known, board) = (circle.known(at.now), circle.board(at.now));
        let promise = circle.promise_named(&board, &call.id)?;
        if promise.helper != circle.me {
            return Err(Failure::new(ErrorCode::NotYours));
        }
        let whose = board.commitment(promise).map(|state| state.counts_for);
        let whose = whose.ok_or_else(|| Failure::not_found(&call.id))?;
        let (post, before) = (known.post(whose), known.commitment(promise));
        let (post, before) = post.zip(before).ok_or_else(|| Failure::not_found(&call.id))?;
        let to = Record::Commitment(before.confirmed(post));
        let act = Act::edit(promise.id, Record::Commitment(before.clone()), to);
        self.write(at, id, &[act])?;
        self.shown(at, id, whose)
    }

    /// Thanks for help with a post, for everybody to read or for one of those who helped; said again, the newer
    /// words count.
    pub(super) fn thank(&mut self, at: Moment, id: CircleId, call: &calls::Thank) -> Outcome<PostView> {
        let fresh = new_record(&mut self.rng);
        let circle = self.circle(id)?;
        let board = circle.board(at.now);
        let whose = board.leader(circle.post_named(&call.id)?);
        let text = typed::text("text", &call.text, Say::new)?;
        let to = typed::given(call.to.as_deref());
        let to = to.map(|to| circle.member_named(&circle.reader(at.now), to)).transpose()?;
        let helped = to_thank(&board, whose, circle.me);
        if helped.is_empty() || to.is_some_and(|to| !helped.contains(&to)) {
            let title = circle.known(at.now).post(whose).map(|post| post.title.to_string());
            return Err(Failure::new(ErrorCode::NobodyToThank).with("title", title.unwrap_or_default()));
        }
        let thanks = Record::Thanks(Thanks { to, post: Some(whose), text, at: whole_seconds(at.now) });
        let same = |record: &Record| matches!(record, Record::Thanks(old) if old.post == Some(whose) && old.to == to);
        let before = circle.own_records().into_iter().flatten().find(|(_, record)| same(record));
        let act = match before {
            Some((id, before)) => Act::edit(*id, before.clone(), thanks),
            None => Act::add(fresh, thanks),
        };
        self.write(at, id, &[act])?;
        self.shown(at, id, whose)
    }

    fn rewrite(&mut self, at: Moment, id: CircleId, given: &str, to: Post) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let (whose, before) = circle.own_post_named(given)?;
        if closures(circle.own_records(), whose.id).next().is_some() {
            return Err(Failure::new(ErrorCode::PostEnded).with("title", &before.title));
        }
        let act = Act::edit(whose.id, Record::Post(before.clone()), Record::Post(to));
        self.write(at, id, &[act])?;
        self.shown(at, id, whose)
    }

    /// What the two say became of a promise, for the two alone.
    pub(super) fn outcomes(&self, circle: &Circle, board: &Board, whose: CommitmentRef) -> Vec<OutcomeView> {
        let author = board.commitment(whose).map(|state| state.counts_for.author);
        let two = [Some(whose.helper), author];
        if !two.contains(&Some(circle.me)) {
            return Vec::new();
        }
        let reader = Reader { me: circle.me, known: circle.known(jiff::Timestamp::UNIX_EPOCH) };
        let told = two.into_iter().flatten().filter_map(|by| Some((by, circle.records_of(by)?)));
        let said = told.flat_map(|(by, records)| records.values().map(move |record| (by, record)));
        said.filter_map(|(by, record)| match record {
            Record::Outcome(outcome) if outcome.commitment == whose => Some((by, outcome)),
            _ => None,
        })
        .map(|(by, outcome)| OutcomeView {
            by: reader.person(by),
            slot: outcome.slot.map(|slot| slot.to_string()),
            how: match outcome.how {
                How::Happened => views::Became::Happened,
                How::Partly => views::Became::Partly,
                How::DidNot => views::Became::DidNot,
            },
            reason: outcome.reason.as_ref().and_then(|sealed| self.opened(circle, sealed)),
        })
        .collect()
    }

    /// A text that was sealed to this member.
    pub(super) fn opened(&self, circle: &Circle, sealed: &domain::Sealed) -> Option<String> {
        let plain = seal::open(sealed.as_bytes(), circle.locks.keys()).ok()?;
        String::from_utf8(plain.to_vec()).ok()
    }
}

impl Circle {
    /// The own post whose id begins like this.
    fn own_post_named(&self, given: &str) -> Outcome<(PostRef, &Post)> {
        let whose = self.post_named(given)?;
        if whose.author != self.me {
            return Err(Failure::new(ErrorCode::NotYours));
        }
        match self.own_records().and_then(|records| records.get(&whose.id)) {
            Some(Record::Post(post)) => Ok((whose, post)),
            _ => Err(Failure::not_found(given)),
        }
    }
}

/// Of which of its times something is said: of a promise for several it has to be named.
fn slot_of(
    known: &domain::Known<'_>,
    board: &Board,
    whose: PostRef,
    promise: CommitmentRef,
    typed: Option<&str>,
) -> Outcome<Option<SlotId>> {
    let slots = board.commitment(promise).map(|state| state.slots.as_slice()).unwrap_or_default();
    let post = known.post(whose).filter(|post| post.when.has_slots());
    match (post, slots, typed::given(typed)) {
        (None, _, None) => Ok(None),
        (Some(_), [(only, _)], None) => Ok(Some(*only)),
        (Some(post), _, None) => Err(Failure::new(ErrorCode::WhichTime).with("title", &post.title)),
        (_, slots, Some(typed)) => times::named(typed, slots.iter().map(|(slot, _)| *slot)).map(Some),
    }
}

/// How an own post was closed: once by each machine that did.
pub(super) fn closures(
    records: Option<&MemberRecords>,
    post: RecordId,
) -> impl Iterator<Item = (RecordId, &Closure)> {
    records.into_iter().flatten().filter_map(move |(id, record)| match record {
        Record::Closure(closure) if closure.post == post => Some((*id, closure)),
        _ => None,
    })
}
