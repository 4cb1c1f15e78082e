//! What became of a promise, and posts that go on: opened again, changed, kept longer.

use std::time::Duration;

use closeknit_api::{
    ErrorCode, calls,
    views::{Became, Closing, PostState, PromiseState, Verdict},
};

use crate::neighbourhood::{Neighbourhood, Person};

const WHY: &str = "Canary: the car broke down on the bridge";

fn accepted(street: &mut Neighbourhood, author: Person, helper: Person, need: &str) -> String {
    street.promises(helper, need);
    let promise = street.promise_of(helper, author, need);
    street.tell(author, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep: None });
    promise
}

#[test]
fn what_became_of_a_promise_is_said_by_the_two_and_why_is_theirs_alone() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = street.needs(alice, "Lift to the eye clinic");
    let promise = accepted(&mut street, alice, bob, &need);
    street.part_all();
    street.skip(Duration::from_secs(3 * 24 * 3600));

    let did_not = calls::Outcome {
        id: promise.clone(),
        how: Became::DidNot,
        reason: Some(WHY.into()),
        ..calls::Outcome::default()
    };
    assert_eq!(street.refusal(carol, &did_not), ErrorCode::NotYours);
    street.tell(bob, &did_not);
    street.meet(&people);
    street.all_equal(&people);
    for reader in [alice, bob] {
        let said = street.shows(reader, &need).promises.remove(0).outcomes.remove(0);
        assert_eq!((said.how, said.reason.as_deref()), (Became::DidNot, Some(WHY)));
        assert_eq!(said.by.name.as_deref(), Some("bob"));
    }
    assert!(street.shows(carol, &need).promises[0].outcomes.is_empty());
    street.switch_off(carol);
    assert!(!street.holds_bytes(carol, WHY.as_bytes()), "carol holds why");
    street.switch_on(carol).unwrap();

    // Alice says something else of it; then bob comes round, and his word is the newer one.
    street.tell(alice, &calls::Outcome { id: promise.clone(), ..calls::Outcome::default() });
    assert_eq!(street.shows(alice, &need).card.state, PostState::Met);
    let notes = street.shows(bob, &need).notes;
    assert!(notes.iter().any(|note| note.id == "note-said-differently"), "{notes:?}");
    street.tell(bob, &calls::Outcome { id: promise, ..calls::Outcome::default() });
    let seen = street.shows(bob, &need);
    assert!(seen.notes.iter().all(|note| note.id != "note-said-differently"), "{seen:?}");
    assert_eq!(seen.promises[0].outcomes.len(), 2);
    street.all_equal(&people);
}

#[test]
fn a_post_that_was_closed_is_open_again_with_its_promises() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    accepted(&mut street, alice, bob, &need);
    let reopen = calls::Reopen { id: need.clone() };
    assert_eq!(street.refusal(alice, &reopen), ErrorCode::NotClosed);
    let close = calls::Close { id: need.clone(), how: Closing::NotNeeded, duplicate_of: None };
    street.tell(alice, &close);
    assert_eq!(street.reads(bob, &need), "called-off-you-are-free");
    let edit = calls::Edit { id: need.clone(), title: Some("Lift".into()), ..calls::Edit::default() };
    assert_eq!(street.refusal(alice, &edit), ErrorCode::PostEnded);
    street.part_all();
    street.tell(alice, &reopen);
    street.meet(&people);
    assert_eq!(street.reads(bob, &need), "you-are-going");
    street.all_equal(&people);
}

#[test]
fn whoever_promised_is_asked_again_where_it_matters_and_keeps_their_place() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    accepted(&mut street, alice, bob, &need);
    let edit = calls::Edit { id: need.clone(), ..calls::Edit::default() };
    assert_eq!(
        street.refusal(bob, &calls::Edit { title: Some("Mine".into()), ..edit.clone() }),
        ErrorCode::NotYours
    );
    street.part_all();
    // Words may change without anybody having to say yes again; the hour may not.
    street.tell(alice, &calls::Edit { detail: Some("Bring change".into()), ..edit.clone() });
    street.meet(&people);
    assert_eq!(street.reads(bob, &need), "you-are-going");
    street.part_all();
    let later = Some("2026-11-26T10:00/2026-11-26T13:00".into());
    street.tell(alice, &calls::Edit { when: later, ..edit });
    street.meet(&people);
    assert_eq!(street.shows(bob, &need).promises[0].state, PromiseState::CheckAgain);
    street.promises(bob, &need);
    assert_eq!(street.reads(bob, &need), "you-are-going");
    assert_eq!(street.shows(alice, &need).promises.len(), 1);
    street.all_equal(&people);
}

#[test]
fn a_need_that_ran_out_still_stands_if_its_author_says_so() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let call = calls::Post { category: "repair".into(), title: "Dripping tap".into(), ..Default::default() };
    let need = street.tell(alice, &call).card.id;
    street.part_all();
    street.skip(Duration::from_secs(15 * 24 * 3600));
    assert_eq!(street.shows(alice, &need).card.state, PostState::Expired);
    street.tell(alice, &calls::Renew { id: need.clone(), until: None });
    street.meet(&people);
    assert_eq!(street.shows(bob, &need).card.state, PostState::Open);
    let until = Some("2026-12-24".into());
    let view = street.tell(alice, &calls::Renew { id: need, until });
    assert!(view.ends.unwrap().starts_with("2026-12-25"), "to the end of that day");
    street.all_equal(&people);
}
