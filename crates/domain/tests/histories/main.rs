//! The rules over generated histories of three to five members with four to six machines (mutual-aid,
//! *States*, property tests):
//! same records and time → same states; a promise never vanishes without a reason; going ≤ wanted
//! unless the author accepted more; a withdrawal always frees the seat; *you are going* and doorstep
//! details never without an accept.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, unreachable_pub)]

mod claims;
mod world;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use claims::*;
use closeknit_domain::{
    Board, CommitmentRef, CommitmentStatus as S, Known, PostFlag, PostStatus, Record, Sentence, Verdict,
    Void, to_accept,
};
use closeknit_ids::RecordId;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use world::{Knowledge, Step, World, member};

/// In how many histories each interesting case occurred.
type Counts = BTreeMap<&'static str, u32>;

const CASES: [&str; 35] = [
    "two claims",
    "ring of basis",
    "surplus",
    "withdrawal against accept",
    "backup first",
    "backup taken",
    "check again",
    "expired",
    "asking",
    "offered in time",
    "two accepted",
    "answered twice",
    "group",
    "former member",
    "author left",
    "called off",
    "called off before",
    "replaced",
    "promised twice",
    "done",
    "accepted by itself",
    "post not here",
    "still needed",
    "called off, yet it happened",
    "did not happen",
    "said differently",
    "partly",
    "partly met",
    "time gone",
    "resting",
    "some times covered",
    "going several times",
    "one time taken back",
    "a seat at one time, backup at another",
    "a wrong clock",
];

#[test]
fn whatever_was_done_and_whoever_met_whom() {
    let steps = proptest::collection::vec(any::<Step>(), 60..160);
    // Mostly right; else by days or by years.
    let wrong = prop_oneof![4 => Just(0_i64), 1 => -20..20_i64, 1 => Just(-3 * 365), 1 => Just(3 * 365)];
    let counts = RefCell::new(Counts::new());
    let said = RefCell::new(BTreeSet::new());
    let config = Config { failure_persistence: None, ..Config::default() };
    let cases = config.cases;
    TestRunner::new(config)
        .run(&(3..=5_usize, wrong, steps), |(members, wrong, steps)| {
            let mut world = World::new(members, wrong);
            world.begin();
            let mut seen = BTreeSet::new();
            for step in steps {
                let before: Vec<_> = (0..world.machines.len()).map(|at| world.knowledge(at)).collect();
                let machine = world.act(step);
                let knowledge = world.knowledge(machine);
                let board = knowledge.board();
                check(&knowledge, &board)?;
                one_change_after_the_other(&before[machine], &knowledge, &board)?;
                note(&knowledge, &board, &mut seen);
            }
            for case in seen {
                *counts.borrow_mut().entry(case).or_default() += 1;
            }
            all_meet_and_show_the_same(&mut world)?;
            let knowledge = world.knowledge(0);
            words_keep_their_promises(&knowledge, members, &mut said.borrow_mut())?;
            withdrawals_free_seats(&knowledge)?;
            by_itself_nothing_is_accepted_beyond_what_is_wanted(&knowledge, members)?;
            if a_wrong_clock_changes_nothing(&knowledge, member(members - 1))? {
                *counts.borrow_mut().entry("a wrong clock").or_default() += 1;
            }
            Ok(())
        })
        .unwrap();
    let never: Vec<_> =
        Sentence::ALL.iter().map(|(id, _)| *id).filter(|id| !said.borrow().contains(id)).collect();
    println!("never said: {never:?}");
    assert!(cases < 256 || never.len() < 8, "sentences that are said in no history: {never:?}");
    let counts = counts.into_inner();
    println!("{counts:?}");
    for case in CASES {
        assert!(cases < 256 || counts.get(case).is_some_and(|n| *n > 0), "never: {case} in {counts:?}");
    }
}

fn note(knowledge: &Knowledge, board: &Board, seen: &mut BTreeSet<&'static str>) {
    let mut seen = |case| {
        seen.insert(case);
    };
    for (_, state) in board.posts() {
        for flag in &state.flags {
            match flag {
                PostFlag::TwoClaims { .. } => seen("two claims"),
                PostFlag::TwoAccepted => seen("two accepted"),
                PostFlag::TakenBack(_) => seen("withdrawal against accept"),
                PostFlag::FormerMember(_) => seen("former member"),
                PostFlag::BackupFirst(promise) => {
                    seen("backup first");
                    let backup = board.commitment(*promise).unwrap();
                    if backup.verdict == Some(Verdict::StandBy) && backup.status.seat().is_some() {
                        seen("backup taken");
                    }
                }
                PostFlag::CheckAgain(_) => seen("check again"),
                PostFlag::OfferedInTime(_) => seen("offered in time"),
                PostFlag::AnsweredTwice(_) => seen("answered twice"),
                PostFlag::StillNeeded => seen("still needed"),
                PostFlag::HelpArrived(_) => seen("called off, yet it happened"),
                PostFlag::DidNotHappen(_) => seen("did not happen"),
                PostFlag::SaidDifferently(_) => seen("said differently"),
            }
        }
        match state.status {
            PostStatus::Expired { .. } => seen("expired"),
            PostStatus::Asking => seen("asking"),
            PostStatus::Resting => seen("resting"),
            PostStatus::PartlyMet { .. } => seen("partly met"),
            _ => {}
        }
        let (covered, times) = state.times();
        if covered > 0 && covered < times {
            seen("some times covered");
        }
        if state.amounts.spare > 0 {
            seen("surplus");
        }
        if !state.same.is_empty() && !state.line.is_empty() {
            seen("group");
        }
    }
    for (promise, state) in board.commitments() {
        match state.status {
            S::Void(Void::CalledOff { before: true, .. }) => seen("called off before"),
            S::Void(Void::CalledOff { before: false, .. }) => seen("called off"),
            S::Void(Void::AuthorLeft) => seen("author left"),
            S::Void(Void::PostNotHere) => seen("post not here"),
            S::Void(Void::Replaced { .. }) => seen("replaced"),
            S::Void(Void::Twice { .. }) => seen("promised twice"),
            S::Done(_) => seen("done"),
            S::Partly(_) => seen("partly"),
            S::Void(Void::TimeGone) => seen("time gone"),
            _ => {}
        }
        if state.slots.iter().filter(|(_, status)| matches!(status, S::Going(_))).count() > 1 {
            seen("going several times");
        }
        let slots = || state.slots.iter().map(|(_, status)| *status);
        if slots().any(|s| matches!(s, S::Withdrawn { .. })) && slots().any(|s| s.is_live()) {
            seen("one time taken back");
        }
        if slots().any(|s| matches!(s, S::StandingBy)) && slots().any(|s| s.seat().is_some()) {
            seen("a seat at one time, backup at another");
        }
        if names_itself(&knowledge.known(), promise) {
            seen("ring of basis");
        }
    }
    if knowledge.members.keys().any(|member| !to_accept(&knowledge.known(), board, *member).is_empty()) {
        seen("accepted by itself");
    }
}

/// Whether a promise is reached from itself through what is named.
fn names_itself(known: &Known<'_>, promise: CommitmentRef) -> bool {
    let by_id: BTreeMap<RecordId, _> = known
        .records()
        .filter_map(|(_, id, record)| match record {
            Record::Commitment(commitment) => Some((id, commitment)),
            _ => None,
        })
        .collect();
    let mut reached = BTreeSet::new();
    let mut next = vec![promise.id];
    while let Some(commitment) = next.pop().and_then(|id| by_id.get(&id)) {
        for &named in commitment.basis.seen() {
            if named == promise.id {
                return true;
            }
            if reached.insert(named) && by_id.contains_key(&named) {
                next.push(named);
            }
        }
    }
    false
}
