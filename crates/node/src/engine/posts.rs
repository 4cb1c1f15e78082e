//! Needs, offers, promises and answers: what the member does about them, and what they see.

use std::collections::BTreeSet;

use closeknit_api::{
    ErrorCode, calls,
    views::{self, BoardView, PostView},
};
use closeknit_domain::{
    Accept, Answer, Board, Closed, Closure, Commitment, CommitmentRef, Mode, Part, Post, PostRef, Record,
    Sealed, SlotId, SlotIds, Verdict, Withdrawal,
    plain::plain,
    text::{Doorstep, Phrase, Say},
    to_accept,
};
use closeknit_ids::{CircleId, MemberId, RecordId};
use closeknit_replica::Act;
use closeknit_trust::seal;
use jiff::Timestamp;
use tracing::warn;

use super::{
    Engine, Moment,
    acts::new_record,
    board,
    circle::Circle,
    doorsteps::Opened,
    failure::{Failure, Outcome},
    times,
    typed::{self, Now, whole_seconds},
};

impl Engine {
    pub(super) fn post(&mut self, at: Moment, id: CircleId, call: &calls::Post) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let mut post = typed::post(call, Now { at: at.now, zone: &circle.zone })?;
        post.audience = circle.audience(at.now, call.audience.as_deref().unwrap_or_default())?;
        let whose = PostRef { author: circle.me, id: new_record(&mut self.rng) };
        self.write(at, id, &[Act::add(whose.id, Record::Post(post))])?;
        self.shown(at, id, whose)
    }

    pub(super) fn board(&mut self, at: Moment, id: CircleId, call: &calls::Board) -> Outcome<BoardView> {
        self.look_at(id);
        self.index_for(call.search.as_deref());
        let circle = self.circle(id)?;
        let skipped = circle.skipped.values().sum();
        let (reader, board) = (circle.reader(at.now), circle.board(at.now));
        let filter = self.filter(circle, &reader, &board, call)?;
        Ok(board::view(&reader, &board, &filter, call, skipped))
    }

    pub(super) fn show(&mut self, at: Moment, id: CircleId, call: &calls::Show) -> Outcome<PostView> {
        self.look_at(id);
        let whose = self.circle(id)?.post_named(&call.id)?;
        self.look_at_thanks(at, id, whose)?;
        self.shown(at, id, whose)
    }

    pub(super) fn promise(&mut self, at: Moment, id: CircleId, call: &calls::Promise) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let (known, board) = (circle.known(at.now), circle.board(at.now));
        let whose = board.leader(circle.post_named(&call.id)?);
        let post = known.post(whose).ok_or_else(|| Failure::not_found(&call.id))?;
        if whose.author == circle.me {
            return Err(Failure::new(ErrorCode::OwnPost));
        }
        let state = board.post(whose).ok_or_else(|| Failure::not_found(&call.id))?;
        if !state.status.is_live() {
            return Err(Failure::new(ErrorCode::PostEnded).with("title", &post.title));
        }
        let typed_amount = typed::amount("amount", call.amount)?;
        let say = typed::optional("say", call.say.as_deref(), Say::new)?;
        let (slots, every) = (call.slots.as_deref().unwrap_or_default(), call.every.unwrap_or_default());
        let part = times::part(post, state, slots, every, Now { at: at.now, zone: &circle.zone })?;
        let role = role_of(post, call.role.as_deref())?;
        let basis = board.basis(&known, circle.me, whose, &part);
        let basis = basis.ok_or_else(|| Failure::not_found(&call.id))?;
        let made = whole_seconds(at.now);
        // Said again: the same promise keeps its place, and what is left out stays.
        let again = board.promise_to_say_again(&known, circle.me, whose, &part);
        let again = again.and_then(|own| Some((own, known.commitment(own)?))).map(|(own, before)| {
            let amount = call.amount.map_or(before.amount, |_| typed_amount);
            let (role, say) = (role.clone(), say.clone());
            let (role, say) = (role.or_else(|| before.role.clone()), say.or_else(|| before.say.clone()));
            let to = Commitment { amount, role, say, ..before.confirmed(post) };
            Act::edit(own.id, Record::Commitment(before.clone()), Record::Commitment(to))
        });
        let amount = typed_amount;
        let commitment = Commitment { post: whose, part, amount, role, say, basis, made };
        let act =
            again.unwrap_or_else(|| Act::add(new_record(&mut self.rng), Record::Commitment(commitment)));
        self.write(at, id, &[act])?;
        self.shown(at, id, whose)
    }

    pub(super) fn answer(&mut self, at: Moment, id: CircleId, call: &calls::Answer) -> Outcome<PostView> {
        let fresh = new_record(&mut self.rng);
        let circle = self.circle(id)?;
        let board = circle.board(at.now);
        let promise = circle.promise_named(&board, &call.id)?;
        let whose = board
            .commitment(promise)
            .map(|state| state.counts_for)
            .ok_or_else(|| Failure::not_found(&call.id))?;
        if whose.author != circle.me {
            return Err(Failure::new(ErrorCode::NotYours));
        }
        let verdict = match call.verdict {
            views::Verdict::Accept => Verdict::Accept,
            views::Verdict::StandBy => Verdict::StandBy,
            views::Verdict::Decline => Verdict::Decline,
        };
        let doorstep = typed::optional("doorstep", call.doorstep.as_deref(), Doorstep::new)?;
        let doorstep = match doorstep.filter(|_| verdict == Verdict::Accept) {
            Some(doorstep) => Some(circle.seal_to("doorstep", doorstep.as_bytes(), promise.helper)?),
            None => None,
        };
        let told = doorstep.is_some();
        let acts = circle.answering(fresh, at.now, whose, promise, verdict, doorstep);
        self.write(at, id, &acts)?;
        if told {
            self.note_doorstep(id, promise)?;
        }
        self.shown(at, id, whose)
    }

    pub(super) fn withdraw(&mut self, at: Moment, id: CircleId, call: &calls::Withdraw) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let (known, board) = (circle.known(at.now), circle.board(at.now));
        let promise = circle.promise_named(&board, &call.id)?;
        if promise.helper != circle.me {
            return Err(Failure::new(ErrorCode::NotYours));
        }
        let whose = board
            .commitment(promise)
            .map(|state| state.counts_for)
            .ok_or_else(|| Failure::not_found(&call.id))?;
        let mut taken_back = board.to_withdraw(circle.me, whose);
        let typed = call.slots.as_deref().unwrap_or_default();
        let slots = if typed.is_empty() {
            // Several times may have been promised apart; what was promised twice goes together.
            let of = |promise| known.commitment(promise).map(|commitment| &commitment.part);
            taken_back.retain(|own| of(*own) == of(promise));
            None
        } else {
            let state = board.commitment(promise);
            let own = || state.into_iter().flat_map(|state| &state.slots).map(|(slot, _)| *slot);
            Some(times::chosen(typed, own)?)
        };
        let at_second = whole_seconds(at.now);
        let withdrawals: Vec<_> = taken_back
            .into_iter()
            .filter_map(|own| {
                let slots = of_these(slots.as_ref(), &known.commitment(own)?.part)?;
                Some(Withdrawal { commitment: own.id, slots, at: at_second })
            })
            .collect();
        let acts: Vec<_> = withdrawals
            .into_iter()
            .map(|withdrawal| Act::add(new_record(&mut self.rng), Record::Withdrawal(withdrawal)))
            .collect();
        self.write(at, id, &acts)?;
        self.shown(at, id, whose)
    }

    pub(super) fn close(&mut self, at: Moment, id: CircleId, call: &calls::Close) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let whose = circle.post_named(&call.id)?;
        if whose.author != circle.me {
            return Err(Failure::new(ErrorCode::NotYours));
        }
        let how = match call.how {
            views::Closing::Met => Closed::Met,
            views::Closing::NotNeeded => Closed::NotNeeded,
            views::Closing::Duplicate => {
                let other = call.duplicate_of.as_deref().unwrap_or_default();
                let other = circle.post_named(other)?;
                if other == whose {
                    return Err(Failure::new(ErrorCode::BadInput)
                        .with("field", "duplicate_of")
                        .with("reason", "itself"));
                }
                Closed::DuplicateOf(other)
            }
        };
        let closure = Closure { post: whose.id, how, at: whole_seconds(at.now) };
        let act = Act::add(new_record(&mut self.rng), Record::Closure(closure));
        self.write(at, id, &[act])?;
        self.shown(at, id, whose)
    }

    /// A post as its reader sees it now.
    pub(super) fn shown(&self, at: Moment, id: CircleId, whose: PostRef) -> Outcome<PostView> {
        let circle = self.circle(id)?;
        let (reader, board) = (circle.reader(at.now), circle.board(at.now));
        let reached = |record| self.reached(circle, at.now, record);
        let open = |promise| self.open_doorstep(circle, &board, at.now, promise);
        let told = |promise| self.outcomes(circle, &board, promise);
        board::post(&reader, &board, whose, &board::Private { reached, open, told })
            .ok_or_else(|| Failure::not_found(&board::post_id(whose)))
    }

    /// Doorstep details for the one they are for, or the one who wrote them.
    pub(super) fn open_doorstep(
        &self,
        circle: &Circle,
        board: &Board,
        now: Timestamp,
        promise: CommitmentRef,
    ) -> Option<Opened> {
        let answer = board.doorstep(&circle.known(now), promise, circle.me)?;
        let Some(Record::Answer(Answer { doorstep: Some(sealed), .. })) =
            circle.records_of(answer.author)?.get(&answer.id)
        else {
            return None;
        };
        let text = self.opened(circle, sealed)?;
        let again = answer.author == circle.me && self.is_new_to(circle, promise).unwrap_or(false);
        Some(Opened { text, again })
    }

    /// In mode *first to offer* the author's machine accepts by itself (mutual-aid, *Modes*).
    pub(super) fn accept_first(&mut self, at: Moment, id: CircleId) -> Outcome<()> {
        let circle = self.circle(id)?;
        let first = |record: &Record| matches!(record, Record::Post(post) if post.mode == Mode::First);
        if !circle.belongs() || !circle.own_records().is_some_and(|records| records.values().any(first)) {
            return Ok(());
        }
        let accepts = to_accept(&circle.known(at.now), &circle.board(at.now), circle.me);
        let fresh: Vec<_> = accepts.iter().map(|_| new_record(&mut self.rng)).collect();
        let circle = self.circle(id)?;
        let mut acts = Vec::new();
        for (Accept { post, commitment }, fresh) in accepts.into_iter().zip(fresh) {
            let whose = PostRef { author: circle.me, id: post };
            acts.extend(circle.answering(fresh, at.now, whose, commitment, Verdict::Accept, None));
        }
        if acts.is_empty() { Ok(()) } else { self.write(at, id, &acts) }
    }
}

impl Circle {
    /// The post whose id begins like this.
    pub(super) fn post_named(&self, given: &str) -> Outcome<PostRef> {
        let given = given.trim().to_lowercase();
        if let Some((id, author)) = in_full(&given)
            && self.roster.is_active(author)
            && let Some(Record::Post(_)) = self.records_of(author).and_then(|records| records.get(&id))
        {
            return Ok(PostRef { author, id });
        }
        let active = self.records().filter(|(member, _)| self.roster.is_active(*member));
        let posts = active.flat_map(|(author, records)| {
            let posts = records.iter().filter(|(_, record)| matches!(record, Record::Post(_)));
            posts.map(move |(id, _)| PostRef { author, id: *id })
        });
        only(&given, posts.filter(|post| board::post_id(*post).starts_with(&given)))
    }

    /// The promise whose id begins like this.
    pub(super) fn promise_named(&self, board: &Board, given: &str) -> Outcome<CommitmentRef> {
        let given = given.trim().to_lowercase();
        let whole = in_full(&given).map(|(id, helper)| CommitmentRef { helper, id });
        if let Some(promise) = whole.filter(|promise| board.commitment(*promise).is_some()) {
            return Ok(promise);
        }
        let promises = board.commitments().map(|(promise, _)| promise);
        only(&given, promises.filter(|promise| board::promise_id(*promise).starts_with(&given)))
    }

    /// Seals to another member and to oneself: to their words and all their machines.
    pub(super) fn seal_to(&self, field: &str, text: &[u8], other: MemberId) -> Outcome<Sealed> {
        let mut recipients = self.roster.recipients_of(other);
        if recipients.is_empty() {
            warn!("nobody to seal to");
            return Err(Failure::new(ErrorCode::NotFound).with("given", other.short()));
        }
        recipients.extend(self.own_recipients()?);
        let sealed = seal::seal(text, &recipients)?;
        Sealed::new(sealed).map_err(|error| Failure::range(field, error))
    }

    /// One live answer to a promise: a new one, or the one given before, changed.
    pub(super) fn answering(
        &self,
        fresh: RecordId,
        now: Timestamp,
        whose: PostRef,
        commitment: CommitmentRef,
        verdict: Verdict,
        doorstep: Option<Sealed>,
    ) -> Vec<Act> {
        let answer = Answer { post: whose.id, commitment, verdict, doorstep, at: whole_seconds(now) };
        let before: Vec<_> = self
            .own_records()
            .into_iter()
            .flatten()
            .filter(|(_, record)| matches!(record, Record::Answer(old) if old.commitment == commitment))
            .collect();
        if before.is_empty() {
            return vec![Act::add(fresh, Record::Answer(answer))];
        }
        // Given on several own machines, each of them: then they say the same.
        let to = Record::Answer(answer);
        before.into_iter().map(|(id, from)| Act::edit(*id, from.clone(), to.clone())).collect()
    }
}

/// The role of a post that is called this.
fn role_of(post: &Post, typed: Option<&str>) -> Outcome<Option<Phrase>> {
    let Some(typed) = typed::given(typed) else { return Ok(None) };
    let named = post.roles.iter().find(|role| plain(&role.name) == plain(typed));
    named.map(|role| Some(role.name.clone())).ok_or_else(|| Failure::not_found(typed))
}

/// What a withdrawal from these times takes back of a promise: nothing, if it is for others; without names,
/// if it is all that the promise is for.
#[expect(clippy::option_option, reason = "nothing to take back, and all of it, are two things")]
fn of_these(slots: Option<&SlotIds>, part: &Part) -> Option<Option<SlotIds>> {
    let Some(slots) = slots else { return Some(None) };
    let own: BTreeSet<SlotId> = slots.iter().copied().filter(|slot| part.covers(*slot)).collect();
    match part {
        Part::Slots(all) if **all == own => Some(None),
        _ => SlotIds::new(own).ok().map(Some),
    }
}

/// Both halves of an id that is given in full, as faces do: it need not be looked for among all.
fn in_full(given: &str) -> Option<(RecordId, MemberId)> {
    let (record, member) = given.split_once('.')?;
    Some((record.parse().ok()?, member.parse().ok()?))
}

pub(super) fn only<T>(given: &str, mut fitting: impl Iterator<Item = T>) -> Outcome<T> {
    match (fitting.next().filter(|_| !given.is_empty()), fitting.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(Failure::new(ErrorCode::Ambiguous).with("given", given)),
        (None, _) => Err(Failure::not_found(given)),
    }
}
