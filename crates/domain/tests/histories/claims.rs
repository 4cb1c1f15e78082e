//! What holds on every machine, whatever was done and whoever met whom.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_domain::{
    Board, CommitmentRef, CommitmentStatus as S, Known, Part, PostRef, PostState, PostStatus, Record,
    Sentence, SlotId, Verdict, Withdrawal, history, state::Amounts, to_accept, words,
};
use closeknit_ids::{MemberId, RecordId};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::world::{Knowledge, World, member};

/// A board that takes in what changed, member by member, is the board of all that is known.
pub fn one_change_after_the_other(
    before: &Knowledge,
    now: &Knowledge,
    expected: &Board,
) -> Result<(), TestCaseError> {
    let mut knowledge = Knowledge { former: now.former.clone(), now: now.now, ..before.clone() };
    let mut board = knowledge.board();
    for (member, records) in &now.members {
        let old = knowledge.members.insert(*member, records.clone()).unwrap_or_default();
        board.update(&knowledge.known(), *member, &old);
    }
    prop_assert_eq!(&board, expected);
    Ok(())
}

/// In two different orders, until all hold the same.
pub fn all_meet_and_show_the_same(world: &mut World) -> Result<(), TestCaseError> {
    let n = world.machines.len();
    for one in 0..n {
        for other in (0..n).rev() {
            world.meet(one, other);
        }
    }
    let boards: Vec<Board> = (0..n).map(|machine| world.knowledge(machine).board()).collect();
    for board in &boards {
        prop_assert_eq!(board, &boards[0]);
    }
    Ok(())
}

fn accepts(known: &Known<'_>, promise: CommitmentRef) -> bool {
    known.records().any(|(_, _, record)| {
        matches!(record, Record::Answer(answer)
            if answer.commitment == promise && answer.verdict == Verdict::Accept)
    })
}

fn withdrawn(known: &Known<'_>, promise: CommitmentRef) -> bool {
    known.records().any(|(member, _, record)| {
        matches!(record, Record::Withdrawal(withdrawal)
            if member == promise.helper && withdrawal.commitment == promise.id && withdrawal.slots.is_none())
    })
}

/// What holds on every machine at every time, whatever part it knows.
pub fn check(knowledge: &Knowledge, board: &Board) -> Result<(), TestCaseError> {
    let known = knowledge.known();
    for (helper, id, record) in known.records() {
        let promise = CommitmentRef { helper, id };
        match record {
            Record::Post(_) => {
                let post = PostRef { author: helper, id };
                prop_assert!(board.post(post).is_some());
            }
            Record::Commitment(_) => {
                let state = board.commitment(promise);
                prop_assert!(state.is_some(), "{promise:?} vanished");
                let status = state.unwrap().status;
                if withdrawn(&known, promise) {
                    let happened =
                        matches!(status, S::Done(_) | S::Partly(_)) && !state.unwrap().slots.is_empty();
                    let taken_back = matches!(status, S::Withdrawn { .. });
                    prop_assert!(taken_back || happened, "{status:?}");
                }
                if matches!(status, S::Going(_)) {
                    prop_assert!(accepts(&known, promise));
                }
            }
            _ => {}
        }
    }
    for (post, state) in board.posts() {
        for &promise in &state.line {
            let stands = board.commitment(promise).unwrap();
            // What a former member promised is known by what authors answered, perhaps several.
            prop_assert!(stands.counts_for == post || stands.status == S::FormerMember);
        }
        if state.slots.is_empty() {
            let status = |whose: &CommitmentRef| (*whose, board.commitment(*whose).unwrap().status);
            check_seats(&known, &state.line.iter().map(status).collect::<Vec<_>>(), &state.amounts)?;
        }
        for slot in &state.slots {
            check_seats(&known, &slot.line, &slot.amounts)?;
            for (whose, status) in &slot.line {
                let stands = board.commitment(*whose).unwrap();
                prop_assert!(stands.slots.contains(&(slot.slot, *status)));
            }
        }
    }
    Ok(())
}

/// At one time of a post, or of one that has none.
fn check_seats(
    known: &Known<'_>,
    line: &[(CommitmentRef, S)],
    amounts: &Amounts,
) -> Result<(), TestCaseError> {
    let mut live = BTreeSet::new();
    let (mut going, mut accepted, mut seats) = (0, 0, 0);
    for (promise, status) in line {
        if status.is_live() {
            prop_assert!(live.insert(promise.helper), "two live promises of one helper");
        }
        let Some(seat) = status.seat() else { continue };
        let amount = known.commitment(*promise).unwrap().amount.get();
        prop_assert_eq!(seat.taken + seat.spare, amount);
        seats += u32::from(seat.taken);
        if let S::Going(_) = status {
            prop_assert!(accepts(known, *promise));
            going += u32::from(seat.taken);
            accepted += 1;
        }
    }
    prop_assert_eq!(seats, amounts.covered() + amounts.offered + amounts.done);
    prop_assert_eq!(going, amounts.going);
    prop_assert!(going <= amounts.wanted || accepted > amounts.wanted, "{going} going, {accepted} accepted");
    prop_assert!(amounts.likely + amounts.offered <= amounts.wanted.saturating_sub(going));
    Ok(())
}

/// Every promise says something to everybody, and "going" and the doorstep only with an accept.
pub fn words_keep_their_promises(
    knowledge: &Knowledge,
    members: usize,
    said: &mut BTreeSet<&'static str>,
) -> Result<(), TestCaseError> {
    let (known, board) = (knowledge.known(), knowledge.board());
    for viewer in (0..members).map(member) {
        for (promise, _) in board.commitments() {
            let words = words::promise(&known, &board, promise, viewer);
            prop_assert!(words.is_some());
            let words = words.unwrap();
            said.extend(words.notes.iter().chain([&words.says, &words.next]).map(Sentence::id));
            if going(&words.says, viewer).contains(&promise.helper) {
                prop_assert!(accepts(&known, promise) && !withdrawn(&known, promise));
            }
            if board.doorstep(&known, promise, viewer).is_some() {
                let went = matches!(board.commitment(promise).unwrap().status, S::Done(_) | S::Partly(_));
                prop_assert!(accepts(&known, promise) && (went || !withdrawn(&known, promise)));
                prop_assert!(viewer == promise.helper || accepted_by(&known, promise, viewer));
            }
        }
        for (post, state) in board.posts() {
            let words = words::post(&known, &board, post, viewer).unwrap();
            said.extend(words.notes.iter().chain([&words.headline, &words.next]).map(Sentence::id));
            let events = history::of(&known, &board, post, viewer);
            prop_assert!(events.is_sorted_by_key(|event| event.at));
            for event in events {
                prop_assert!(event.undo.is_none() || event.by == viewer, "{event:?}");
                if let Some(Record::Outcome(outcome)) = known.record(event.by, event.record) {
                    let two = [outcome.commitment.helper, board.leader(post).author];
                    prop_assert!(two.contains(&viewer), "what became of it is for the two alone");
                }
                said.extend([event.says.id()].into_iter().chain(event.undo.as_ref().map(Sentence::id)));
            }
            let line = &board.post(board.leader(post)).unwrap().line;
            for helper in going(&words.headline, viewer) {
                let mut own = line.iter().filter(|promise| promise.helper == helper);
                prop_assert!(own.any(|promise| accepts(&known, *promise)), "{:?} {state:?}", words.headline);
            }
        }
    }
    Ok(())
}

fn accepted_by(known: &Known<'_>, promise: CommitmentRef, author: MemberId) -> bool {
    known.records().any(|(member, _, record)| {
        matches!(record, Record::Answer(answer)
            if member == author && answer.commitment == promise && answer.verdict == Verdict::Accept)
    })
}

/// Of whom a sentence says that they are going, or have it.
fn going(sentence: &Sentence, viewer: MemberId) -> Vec<MemberId> {
    match sentence {
        Sentence::YouAreGoing {}
        | Sentence::YouAreGoingInPart { .. }
        | Sentence::YouAreGoingWith { .. }
        | Sentence::YouAreGoingHours { .. }
        | Sentence::YouAreGoingTogether { .. }
        | Sentence::ItIsYours { .. }
        | Sentence::ItIsYoursInPart { .. } => vec![viewer],
        Sentence::TwoCameForward { first, .. } => vec![*first],
        Sentence::Covered { helpers } | Sentence::TooManyAccepted { helpers, .. } => helpers.clone(),
        Sentence::SomeoneElseGoingYouAreBackup { going } => going.clone(),
        Sentence::HelperGoing { helper, .. } | Sentence::HelperInPart { helper, .. } => vec![*helper],
        _ => Vec::new(),
    }
}

/// Takes back each live promise in turn, as the app does: with what its helper promised besides on
/// another machine. It has no seat any more, and nobody else has less of theirs.
pub fn withdrawals_free_seats(knowledge: &Knowledge) -> Result<(), TestCaseError> {
    let before = knowledge.board();
    for (promise, state) in before.commitments().filter(|(_, state)| state.status.is_live()) {
        let mut after = knowledge.clone();
        let own = before.to_withdraw(promise.helper, state.counts_for);
        prop_assert!(own.contains(&promise));
        let records = after.members.get_mut(&promise.helper).unwrap();
        for (i, commitment) in own.iter().enumerate() {
            let withdrawal = Withdrawal { commitment: commitment.id, slots: None, at: knowledge.now };
            records.insert(RecordId([u8::try_from(i).unwrap(); 16]), Record::Withdrawal(withdrawal));
        }
        let board = after.board();
        let status = board.commitment(promise).unwrap().status;
        let happened = matches!(status, S::Done(_) | S::Partly(_)) && !state.slots.is_empty();
        let taken_back = matches!(status, S::Withdrawn { .. });
        prop_assert!(taken_back || happened, "{status:?}");
        prop_assert_eq!(board.live_promise(promise.helper, state.counts_for), None);
        let post = before.post(state.counts_for).unwrap();
        let now = board.post(state.counts_for).unwrap();
        for &other in post.line.iter().filter(|other| !own.contains(other)) {
            for (slot, seat) in seats(&before, other) {
                // A time that is over may be ended by it: then nobody waits there any longer.
                let ended = matches!(
                    (status_at(post, slot), status_at(now, slot)),
                    (PostStatus::Expired { .. }, PostStatus::PartlyMet { .. })
                );
                let kept = seats(&board, other)[&slot] >= seat;
                prop_assert!(kept || ended, "{other:?} lost a seat: {post:?}");
            }
        }
    }
    Ok(())
}

/// How a post stands, at one of its times if it has several.
fn status_at(post: &PostState, slot: Option<SlotId>) -> PostStatus {
    let time = slot.and_then(|slot| post.slots.iter().find(|time| time.slot == slot));
    time.map_or(post.status, |time| time.status)
}

/// What a promise has, at each time.
fn seats(board: &Board, promise: CommitmentRef) -> BTreeMap<Option<SlotId>, u16> {
    let state = board.commitment(promise).unwrap();
    let taken = |status: S| status.seat().unwrap_or_default().taken;
    let whole = [(None, taken(state.status))].into_iter().filter(|_| state.slots.is_empty());
    whole.chain(state.slots.iter().map(|(slot, status)| (Some(*slot), taken(*status)))).collect()
}

/// Had one member's clock been wrong by days or years whenever they promised, answered, took back or said
/// what became of it, all would stand as it does. Only whether a promise came before an end is told by
/// clocks, and to which week of a standing offer one belongs that names none.
pub fn a_wrong_clock_changes_nothing(knowledge: &Knowledge, whose: MemberId) -> Result<bool, TestCaseError> {
    let before = knowledge.board();
    let mut compared = false;
    for days in [-4 * 365, -3, 3, 4 * 365] {
        let mut wrong = knowledge.clone();
        for record in wrong.members.get_mut(&whose).into_iter().flat_map(|records| records.values_mut()) {
            let Some(at) = said_at(record) else { continue };
            *at += SignedDuration::from_hours(24 * days);
        }
        let board = wrong.board();
        let by_clock = |slug: &str| matches!(slug, "void" | "expired");
        for (post, state) in before.posts() {
            let ends = |state: &PostState| {
                by_clock(state.status.slug()) || state.slots.iter().any(|s| by_clock(s.status.slug()))
            };
            let now = board.post(post).unwrap();
            let weekly = knowledge.known().post(post).unwrap().standing;
            let told_apart = |promise: &CommitmentRef| {
                [&before, &board].iter().any(|board| {
                    let stands = board.commitment(*promise).unwrap();
                    by_clock(stands.status.slug()) || stands.slots.iter().any(|(_, s)| by_clock(s.slug()))
                })
            };
            if weekly || ends(state) || ends(now) || state.line.iter().any(told_apart) {
                continue;
            }
            compared |= state.line.iter().any(|promise| promise.helper == whose);
            prop_assert_eq!(state.status.slug(), now.status.slug());
            prop_assert_eq!(state.amounts, now.amounts);
            for promise in &state.line {
                let stands = |board: &Board| board.commitment(*promise).unwrap().status.slug();
                prop_assert_eq!(stands(&before), stands(&board), "{:?}", promise);
            }
        }
    }
    Ok(compared)
}

/// When it was said, by the clock of whoever wrote it.
fn said_at(record: &mut Record) -> Option<&mut Timestamp> {
    match record {
        Record::Commitment(commitment) => Some(&mut commitment.made),
        Record::Answer(answer) => Some(&mut answer.at),
        Record::Withdrawal(withdrawal) => Some(&mut withdrawal.at),
        Record::Outcome(outcome) => Some(&mut outcome.at),
        _ => None,
    }
}

/// What the machines accept by themselves fits, and is accepted once.
pub fn by_itself_nothing_is_accepted_beyond_what_is_wanted(
    knowledge: &Knowledge,
    members: usize,
) -> Result<(), TestCaseError> {
    let before = knowledge.board();
    let mut after = knowledge.clone();
    let mut accepted = BTreeSet::new();
    // A yes may bring out that help came to one of several times: then others wait there no longer.
    let board = loop {
        let board = after.board();
        let authors = (0..members).map(member);
        let all: Vec<_> = authors
            .flat_map(|author| {
                to_accept(&after.known(), &board, author).into_iter().map(move |it| (author, it))
            })
            .collect();
        if all.is_empty() {
            break board;
        }
        for (author, accept) in all {
            prop_assert!(accepted.insert(accept), "accepted twice: {accept:?}");
            let answer = closeknit_domain::Answer {
                post: accept.post,
                commitment: accept.commitment,
                verdict: Verdict::Accept,
                doorstep: None,
                at: after.now,
            };
            let id = RecordId([u8::try_from(accepted.len()).unwrap(); 16]);
            after.members.get_mut(&author).unwrap().insert(id, Record::Answer(answer));
        }
    };
    for (post, state) in board.posts() {
        let was = before.post(post).unwrap();
        for (now, was) in each_time(state).into_iter().zip(each_time(was)) {
            prop_assert!(now.covered() + now.done >= was.covered() + was.done);
        }
        if state.slots.is_empty() {
            prop_assert!(state.amounts.going <= was.amounts.going.max(was.amounts.wanted));
        }
        for (now, was) in state.slots.iter().zip(&was.slots) {
            // A yes to all of several times is one to those that are over, too.
            let is_over = now.window.ends() <= after.now;
            let of_all = now.line.iter().filter(|(whose, status)| {
                let named = matches!(&known_part(&after, *whose), Part::Slots(_));
                let by_itself = accepted.iter().any(|accept| accept.commitment == *whose);
                is_over && by_itself && !named && matches!(status, S::Going(_))
            });
            let of_all: u32 = of_all.map(|(_, status)| u32::from(status.seat().unwrap().taken)).sum();
            prop_assert!(now.amounts.going <= was.amounts.going.max(was.amounts.wanted) + of_all);
        }
    }
    Ok(())
}

fn known_part(knowledge: &Knowledge, promise: CommitmentRef) -> Part {
    knowledge.known().commitment(promise).unwrap().part.clone()
}

/// The amounts at each time of a post; of one without times, its own.
fn each_time(state: &PostState) -> Vec<Amounts> {
    match state.slots.as_slice() {
        [] => vec![state.amounts],
        slots => slots.iter().map(|slot| slot.amounts).collect(),
    }
}
