//! Which statements enter the set, and what is written next.

use closeknit_ids::{CircleId, MemberKind, StatementId};
use closeknit_trust::{
    ledger::{Ledger, MOST_FORK_PROOFS, MOST_MACHINES, MOST_WAITING, Outcome, Refusal, Room, WriteError},
    statement::{Body, Enrol, MOST_INDEX, MOST_PREV, Pen, Statement},
    text::DeviceLabel,
};

use crate::support::*;

/// Signed by hand, with whatever index and prev.
fn signed(ledger: &Ledger, pen: Pen<'_>, index: u16, prev: &[&Statement], body: &Body) -> Statement {
    let prev: Vec<StatementId> = prev.iter().map(|statement| statement.id()).collect();
    Statement::sign(pen, ledger.circle(), index, &prev, body).unwrap()
}

fn find(ledger: &Ledger, which: impl Fn(&Statement) -> bool) -> Statement {
    ledger.iter().find(|statement| which(statement)).unwrap().clone()
}

fn enrolment_of(ledger: &Ledger, who: usize) -> Statement {
    find(ledger, |s| matches!(s.body(), Body::Enrol(_)) && s.member() == cast()[who].id())
}

#[test]
fn statements_of_another_circle_stay_out() {
    let mut elsewhere = Ledger::new(CircleId([9; 32]));
    assert_eq!(elsewhere.insert(cast().found.clone()), Outcome::Refused(Refusal::OtherCircle));
    assert!(elsewhere.is_empty());
}

#[test]
fn the_same_statement_enters_once() {
    let mut ledger = begun();
    let last = vouch(&mut ledger, ALICE, CAROL);
    assert_eq!(ledger.insert(last), Outcome::Known);
    assert_eq!(ledger.len(), 4);
}

#[test]
fn what_a_key_signed_last_is_what_its_next_one_follows() {
    let mut ledger = begun();
    let alices = cast()[ALICE].device(0);
    assert_eq!((ledger.last(alices), ledger.next_index(alices)), (None, 1));
    for (index, whom) in [(1, CAROL), (2, DAVE)] {
        let last = vouch(&mut ledger, ALICE, whom);
        assert_eq!((ledger.last(alices), last.index()), (Some(&last), index));
        assert_eq!(ledger.next_index(alices), index + 1);
    }
    assert_eq!(ledger.last(cast()[BOB].device(0)), None, "bob's has said nothing");
}

#[test]
fn a_machine_speaks_after_its_enrolment_and_continues_what_it_said() {
    let ledger = begun();
    let alice = cast()[ALICE].pen(0);
    let enrolment = &enrolment_of(&ledger, ALICE);
    let found = &cast().found;
    let try_it = |index: u16, prev: &[&Statement]| {
        ledger.clone().insert(signed(&ledger, alice, index, prev, &vouch_body(CAROL)))
    };
    assert_eq!(try_it(1, &[enrolment]), Outcome::New);
    assert_eq!(try_it(1, &[found]), Outcome::Refused(Refusal::NotEnrolled));
    assert_eq!(try_it(1, &[&enrolment_of(&ledger, BOB)]), Outcome::Refused(Refusal::NotEnrolled));
    assert_eq!(try_it(2, &[enrolment]), Outcome::Refused(Refusal::WrongIndex));

    let mut ledger = ledger.clone();
    let first = vouch(&mut ledger, ALICE, CAROL);
    let try_it = |index: u16, prev: &[&Statement]| {
        ledger.clone().insert(signed(&ledger, alice, index, prev, &vouch_body(DAVE)))
    };
    assert_eq!(try_it(2, &[&first]), Outcome::New);
    assert_eq!(try_it(1, &[&first]), Outcome::Refused(Refusal::WrongIndex));
    assert_eq!(try_it(3, &[&first]), Outcome::Refused(Refusal::WrongIndex));
}

#[test]
fn a_machine_cannot_speak_for_another_member() {
    let ledger = begun();
    let pen = Pen::Device(&cast()[BOB].devices[0], cast()[ALICE].id());
    assert_eq!(ledger.write(pen, &vouch_body(CAROL)), Err(WriteError::NotEnrolled));
    let all: Vec<Statement> = ledger.iter().cloned().collect();
    let forged = signed(&ledger, pen, 1, &all.iter().collect::<Vec<_>>(), &vouch_body(CAROL));
    assert_eq!(ledger.clone().insert(forged), Outcome::Refused(Refusal::NotEnrolled));
}

#[test]
fn what_comes_before_its_past_waits_for_it() {
    let full = {
        let mut full = begun();
        welcome(&mut full, ALICE, CAROL);
        vouch_both(&mut full, CAROL);
        full
    };
    let statements: Vec<Statement> = full.iter().cloned().collect();
    let (mut ledger, mut room) = (Ledger::new(full.circle()), Room::default());
    for statement in statements[1..].iter().rev() {
        let offered = room.offer(statement.clone(), &mut ledger);
        assert!(offered.entered.is_empty());
    }
    assert_eq!(room.len(), statements.len() - 1);
    assert_eq!(room.missing(&ledger).into_iter().collect::<Vec<_>>(), [statements[0].id()]);
    assert!(ledger.is_empty());
    let offered = room.offer(statements[0].clone(), &mut ledger);
    assert_eq!(offered.entered.len(), statements.len());
    assert!(room.is_empty() && room.missing(&ledger).is_empty());
    assert_eq!(roster(&ledger), roster(&full));
}

#[test]
fn those_that_wait_enter_when_their_past_comes_another_way() {
    let full = begun();
    let (mut ledger, mut room) = (Ledger::new(full.circle()), Room::default());
    for statement in full.iter().skip(1) {
        room.offer(statement.clone(), &mut ledger);
    }
    ledger.insert(cast().found.clone());
    assert_eq!(room.retry(&mut ledger).entered.len(), 2);
}

#[test]
fn a_waiting_room_holds_so_many_and_says_when_it_is_full() {
    let (mut ledger, mut room) = (begun(), Room::default());
    let nowhere = StatementId([9; 32]);
    let waiter = |index: u16| {
        Statement::sign(cast()[ALICE].pen(0), ledger.circle(), index, &[nowhere], &Body::Leave).unwrap()
    };
    let waiters: Vec<Statement> = (1..=u16::try_from(MOST_WAITING).unwrap() + 1).map(waiter).collect();
    for waiter in &waiters[..MOST_WAITING] {
        assert!(!room.offer(waiter.clone(), &mut ledger).full);
    }
    assert!(!room.offer(waiters[0].clone(), &mut ledger).full, "it waits already");
    assert!(room.offer(waiters[MOST_WAITING].clone(), &mut ledger).full);
    assert_eq!(room.len(), MOST_WAITING);
    assert_eq!(ledger.len(), 3, "what waits is not in the set");
}

#[test]
fn a_refused_statement_takes_those_that_waited_for_it_nowhere() {
    let (mut ledger, mut room) = (begun(), Room::default());
    let alice = cast()[ALICE].pen(0);
    let bad = signed(&ledger, alice, 7, &[&enrolment_of(&ledger, ALICE)], &vouch_body(CAROL));
    let after = signed(&ledger, alice, 8, &[&bad], &vouch_body(DAVE));
    room.offer(after, &mut ledger);
    let offered = room.offer(bad.clone(), &mut ledger);
    assert_eq!(offered.refused, [(bad, Refusal::WrongIndex)]);
    assert_eq!(room.len(), 1);
}

/// Alice's profile was copied to a second laptop; both go on from the same point.
#[test]
fn copies_of_a_key_are_told_and_lose_nothing() {
    let mut ledger = begun();
    let other = ledger.write(cast()[ALICE].pen(0), &vouch_body(DAVE)).unwrap();
    vouch(&mut ledger, ALICE, CAROL);
    assert_eq!(ledger.forks().count(), 0);
    assert_eq!(ledger.insert(other), Outcome::New);
    let forks: Vec<_> = ledger.forks().collect();
    assert_eq!(forks.len(), 1);
    assert_eq!((forks[0].device, forks[0].index, forks[0].statements.len()), (cast()[ALICE].device(0), 1, 2));
    let next = vouch(&mut ledger, ALICE, ERIN);
    assert_eq!((next.index(), next.prev().len()), (2, 2), "the next one follows both");
    for whom in [PARISH, BOB, ALICE, CAROL] {
        let enrolment = enrolment_of(&ledger, ALICE);
        ledger.insert(signed(&ledger, cast()[ALICE].pen(0), 1, &[&enrolment], &vouch_body(whom)));
    }
    let proof = ledger.forks().next().unwrap();
    assert_eq!(proof.statements.len(), MOST_FORK_PROOFS);
}

/// Two machines that were offered different copies first must not fall apart: a third neighbour's
/// statements may rest on any of them.
#[test]
fn every_copy_enters_so_that_all_sets_become_equal() {
    let base = begun();
    let enrolment = enrolment_of(&base, ALICE);
    let copies: Vec<Statement> =
        (2..8).map(|whom| signed(&base, cast()[ALICE].pen(0), 1, &[&enrolment], &vouch_body(whom))).collect();
    let (mut bobs, mut carols) = (base.clone(), base.clone());
    for copy in &copies {
        assert_eq!(bobs.insert(copy.clone()), Outcome::New);
    }
    for copy in copies.iter().rev() {
        assert_eq!(carols.insert(copy.clone()), Outcome::New);
    }
    let next = vouch(&mut bobs, BOB, CAROL);
    assert_eq!(carols.insert(next), Outcome::New);
    assert_eq!(roster(&bobs), roster(&carols));
}

#[test]
fn a_member_has_so_many_machines_and_no_more() {
    let mut ledger = begun();
    let erin = Neighbour::new(77, "erin", MemberKind::Person, MOST_MACHINES + 2);
    let machine = |n: usize| {
        let label = DeviceLabel::new("one of many").unwrap();
        erin.devices[n].machine(cast().circle(), erin.id(), label)
    };
    let enrol = |n: usize| Body::Enrol(Enrol::by_words(machine(n), &erin.words, erin.nonce));
    for n in 0..MOST_MACHINES {
        say(&mut ledger, erin.words_pen(), &enrol(n));
    }
    let again = ledger.write(erin.words_pen(), &enrol(3)).unwrap();
    let one_more = ledger.write(erin.words_pen(), &enrol(MOST_MACHINES)).unwrap();
    let by_machine =
        ledger.write(erin.pen(0), &Body::Enrol(Enrol::by_device(machine(MOST_MACHINES)))).unwrap();
    assert_eq!(ledger.clone().insert(one_more), Outcome::Refused(Refusal::TooManyMachines));
    assert_eq!(ledger.clone().insert(by_machine), Outcome::Refused(Refusal::TooManyMachines));
    assert_eq!(ledger.insert(again), Outcome::New, "a known one with a new label");
    // What counts is what its own past holds, so that every machine judges alike.
    let found = StatementId(ledger.circle().0);
    let apart =
        Statement::sign(erin.words_pen(), ledger.circle(), 1, &[found], &enrol(MOST_MACHINES)).unwrap();
    assert_eq!(ledger.insert(apart), Outcome::New);
    assert_eq!(ledger.forks().count(), 1);
}

#[test]
fn a_key_signs_so_many_statements() {
    let mut ledger = begun();
    for _ in 0..MOST_INDEX {
        vouch(&mut ledger, ALICE, CAROL);
    }
    assert_eq!(ledger.write(cast()[ALICE].pen(0), &vouch_body(DAVE)), Err(WriteError::UsedUp));
    assert!(ledger.write(cast()[ALICE].words_pen(), &vouch_body(DAVE)).is_ok());
}

#[test]
fn nothing_is_written_before_the_circle_began() {
    let ledger = Ledger::new(cast().circle());
    assert_eq!(ledger.write(cast()[ALICE].words_pen(), &Body::Leave), Err(WriteError::NoCircle));
}

/// Thirty neighbours enrolled apart from each other, so there are thirty heads. Alice's vote against
/// carol still names what carol did: else it would void admissions that alice knows of.
#[test]
fn of_many_heads_those_that_matter_are_named() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, CAROL);
    vouch_both(&mut ledger, CAROL);
    let admission = welcome(&mut ledger, CAROL, DAVE);
    let found = StatementId(ledger.circle().0);
    let crowd: Vec<Neighbour> =
        (200..230).map(|seed| Neighbour::new(seed, "x", MemberKind::Person, 1)).collect();
    for one in &crowd {
        let machine = one.devices[0].machine(ledger.circle(), one.id(), DeviceLabel::new("x").unwrap());
        let body = Body::Enrol(Enrol::by_words(machine, &one.words, one.nonce));
        let enrol = Statement::sign(one.words_pen(), ledger.circle(), 1, &[found], &body).unwrap();
        assert_eq!(ledger.insert(enrol), Outcome::New);
    }
    assert_eq!(ledger.heads().count(), 31);
    let vote = ledger.write(cast()[ALICE].pen(0), &remove_body(CAROL, None)).unwrap();
    assert!(vote.prev().len() <= MOST_PREV);
    assert!(vote.prev().contains(&admission.id()));
    assert_eq!(ledger.insert(vote), Outcome::New);
}
