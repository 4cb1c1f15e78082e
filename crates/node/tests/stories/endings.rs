//! What became of a promise, and posts that go on: opened again, changed, kept longer.

use std::time::Duration;

use closeknit_api::{
    ErrorCode, calls,
    views::{Became, Closing, PostState, PromiseState, Verdict},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

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
    let reopen = calls::Undo { id: need.clone() };
    assert_eq!(street.refusal(alice, &reopen), ErrorCode::NothingToUndo);
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
    let promise = street.promise_of(bob, bob, &need);
    let yes = calls::YesAgain { id: promise };
    assert_eq!(street.refusal(alice, &yes), ErrorCode::NotYours);
    street.tell(bob, &yes);
    assert_eq!(street.reads(bob, &need), "you-are-going");
    assert_eq!(street.shows(alice, &need).promises.len(), 1);
    let history = history(&mut street, alice, &need);
    assert_eq!(history.last().unwrap(), "alice: history-changed");
    street.all_equal(&people);

    // Nobody has to come at any particular time any more.
    street.tell(alice, &calls::Edit { id: need.clone(), when: Some(String::new()), ..Default::default() });
    assert_eq!(street.shows(bob, &need).card.window, None);
    assert_eq!(street.shows(bob, &need).promises[0].state, PromiseState::CheckAgain);
}

/// What was done about a post, as one reader sees it: who, and what.
fn history(street: &mut Neighbourhood, reader: Person, post: &str) -> Vec<String> {
    let history = street.shows(reader, post).history.into_iter();
    history.map(|event| format!("{}: {}", event.by.name.unwrap_or_default(), event.says.id)).collect()
}

#[test]
fn what_was_done_is_told_in_order_and_ones_own_can_be_undone() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.pass(Duration::from_secs(60));
    let promise = accepted(&mut street, alice, bob, &need);
    street.pass(Duration::from_secs(60));
    street.tell(bob, &calls::Withdraw { id: promise.clone(), slots: None });
    assert_eq!(street.shows(alice, &need).card.state, PostState::Open);
    let told = history(&mut street, carol, &need);
    assert_eq!(told[0], "alice: history-posted");
    assert_eq!(told[3], "bob: history-taken-back");

    // Bob has it on his own screen to undo, and reads how many machines have heard of it.
    let (bobs, alices) = (street.shows(bob, &need).history, street.shows(alice, &need).history);
    assert!(alices.iter().all(|event| event.undo.is_none()));
    let act = bobs.last().unwrap();
    assert_eq!(act.undo.as_ref().unwrap().id, "undo-withdrawal");
    let sent =
        closeknit_api::Phrase::new("delivery-sent").number("count", 2).number("all", 2).number("left", 0);
    assert_eq!(act.delivery, Some(sent));
    let undo = calls::Undo { id: act.id.clone() };
    assert_eq!(street.refusal(carol, &undo), ErrorCode::NothingToUndo);
    street.part_all();
    street.tell(bob, &undo);
    street.meet(&people);
    assert_eq!(street.reads(bob, &need), "you-are-going");
    assert_eq!(street.shows(alice, &need).card.state, PostState::Covered);
    assert_eq!(history(&mut street, carol, &need).len(), 3);
    street.all_equal(&people);

    // By the promise it is undone as well; once it is promised again there is nothing to undo.
    street.tell(bob, &calls::Withdraw { id: promise.clone(), slots: None });
    street.tell(bob, &calls::Undo { id: promise.clone() });
    assert_eq!(street.reads(bob, &need), "you-are-going");
    street.tell(bob, &calls::Withdraw { id: promise, slots: None });
    street.promises(bob, &need);
    assert!(street.shows(bob, &need).history.iter().all(|event| event.undo.is_none()));
}

#[test]
fn what_did_not_happen_is_promised_anew() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let (category, title) = ("repair".to_owned(), "Dripping tap".to_owned());
    let need = street.tell(alice, &calls::Post { category, title, ..Default::default() }).card.id;
    let promise = accepted(&mut street, alice, bob, &need);
    let to_tell = street.shows(bob, &need).promises.remove(0).to_tell;
    assert_eq!((to_tell.len(), to_tell[0].asked), (1, false), "{to_tell:?}");
    assert!(street.shows(carol, &need).promises[0].to_tell.is_empty());
    let did_not = calls::Outcome { id: promise.clone(), how: Became::DidNot, ..Default::default() };
    street.tell(alice, &did_not);
    assert_eq!(street.shows(alice, &need).next.id, "next-did-not-happen");
    assert_eq!(street.shows(alice, &need).renewal.unwrap().days, Some(14));
    assert_eq!(street.shows(carol, &need).card.state, PostState::Open);
    let seen = history(&mut street, carol, &need);
    assert!(seen.iter().all(|event| event != "alice: history-did-not"), "{seen:?}");

    // It is another promise, which waits for another yes; what became of the first stays said.
    street.promises(bob, &need);
    let promises = street.shows(alice, &need).promises;
    let states: Vec<_> = promises.iter().map(|promise| (promise.state, promise.says.id.as_str())).collect();
    assert_eq!(
        states,
        [(PromiseState::Offered, "helper-came-forward"), (PromiseState::Void, "helper-did-not")]
    );
    street
        .tell(alice, &calls::Answer { id: promises[0].id.clone(), verdict: Verdict::Accept, doorstep: None });
    assert_eq!(street.reads(bob, &need), "you-are-going");
    street.all_equal(&people);
}

/// One evening did not happen, before it was over; the helper promises the same evenings again.
#[test]
fn an_evening_that_did_not_happen_is_promised_anew_with_the_others() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let times = ["2026-11-24T11:30/2026-11-24T18:30", "2026-11-27T17:30/2026-11-27T18:30"];
    let call = calls::Post {
        category: "food-meal".into(),
        title: "Evening meals".into(),
        times: Some(times.map(str::to_owned).to_vec()),
        mode: Some(closeknit_api::views::Mode::TurnUp),
        ..calls::Post::default()
    };
    let need = street.tell(alice, &call).card.id;
    let both = Some(vec!["2026-11-24".to_owned(), "2026-11-27".to_owned()]);
    let again = calls::Promise { id: need.clone(), slots: both, ..calls::Promise::default() };
    street.tell(bob, &again);
    let promise = street.promise_of(bob, alice, &need);
    let to_tell = street.shows(alice, &need).promises.remove(0).to_tell;
    assert_eq!(to_tell.len(), 1, "only of what has begun: {to_tell:?}");
    let slot = to_tell[0].slot.clone();
    street.tell(alice, &calls::Outcome { id: promise, how: Became::DidNot, slot, reason: None });
    street.tell(bob, &again);
    let promises = street.shows(alice, &need).promises;
    assert_eq!(promises.len(), 2);
    assert!(promises[0].times.iter().all(|time| time.state == PromiseState::Likely), "{promises:?}");
    street.all_equal(&people);
}

#[test]
fn who_helped_is_thanked_before_the_circle_also_when_it_was_called_off() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = street.needs(alice, "Lift to the eye clinic");
    let promise = accepted(&mut street, alice, bob, &need);
    let thanks = |text: &str| calls::Thank { id: need.clone(), to: None, text: text.into() };
    assert_eq!(street.refusal(alice, &thanks("Too early")), ErrorCode::NobodyToThank);
    street.tell(alice, &calls::Close { id: need.clone(), how: Closing::NotNeeded, duplicate_of: None });
    street.part_all();
    street.skip(Duration::from_secs(3 * 24 * 3600));
    street.tell(bob, &calls::Outcome { id: promise, ..calls::Outcome::default() });
    street.meet(&people);
    let seen = street.shows(alice, &need);
    assert_eq!((seen.next.id.as_str(), seen.to_thank.len()), ("next-thank", 1));
    assert_eq!(street.refusal(carol, &thanks("Not mine")), ErrorCode::NobodyToThank);
    street.tell(alice, &thanks("Thank you, bob"));
    let view = street.tell(alice, &thanks("Thank you, bob, for coming all the same"));
    assert_eq!(view.thanks.len(), 1, "said again, the newer words count");
    let read = street.shows(carol, &need).thanks.remove(0);
    assert_eq!(read.text, "Thank you, bob, for coming all the same");
    street.all_equal(&people);

    // Taken down, they are nowhere to be read.
    let act = view.history.iter().find(|event| event.says.id == "history-thanks").unwrap();
    street.tell(alice, &calls::Undo { id: act.id.clone() });
    assert!(street.shows(carol, &need).thanks.is_empty());
    street.all_equal(&people);
}

#[test]
fn thanks_to_one_are_read_by_the_two_alone() {
    const THANKS: &str = "Canary: you saved my week, bob";
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = street.needs(alice, "Lift to the eye clinic");
    let promise = accepted(&mut street, alice, bob, &need);
    street.skip(Duration::from_secs(3 * 24 * 3600));
    street.tell(alice, &calls::Outcome { id: promise, ..calls::Outcome::default() });
    let thank = |to: &str| calls::Thank { id: need.clone(), to: Some(to.into()), text: THANKS.into() };
    assert_eq!(street.refusal(alice, &thank("carol")), ErrorCode::NobodyToThank);
    street.tell(alice, &thank("Bob"));
    for reader in [alice, bob] {
        let thanks = street.shows(reader, &need).thanks.remove(0);
        assert_eq!((thanks.text.as_str(), thanks.to.unwrap().name.as_deref()), (THANKS, Some("bob")));
    }
    assert!(street.shows(carol, &need).thanks.is_empty());
    let told = history(&mut street, carol, &need);
    assert!(!told.contains(&"alice: history-thanks".to_owned()), "{told:?}");
    assert!(history(&mut street, bob, &need).contains(&"alice: history-thanks".to_owned()));
    street.all_equal(&people);
    assert!(street.frames().iter().all(|frame| !frame.says(THANKS.as_bytes())), "in a frame");
    street.switch_off(carol);
    assert!(!street.holds_bytes(carol, THANKS.as_bytes()), "carol holds them");
}

#[test]
fn a_card_that_stands_for_two_posts_shows_both_texts_until_that_is_undone() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let first = street.needs(alice, "Lift to the eye clinic");
    let second = street.needs(bob, "Alice needs a lift to the clinic");
    let how = Closing::Duplicate;
    let call = calls::Close { id: second.clone(), how, duplicate_of: Some(first.clone()) };
    street.tell(bob, &call);
    let card = street.shows(carol, &second);
    assert_eq!(card.card.title, "Lift to the eye clinic");
    assert_eq!(card.same.len(), 1);
    assert_eq!(card.same[0].title, "Alice needs a lift to the clinic");
    let bobs = street.shows(bob, &second).history;
    assert_eq!(bobs.last().unwrap().says.id, "history-same-as");
    assert_eq!(bobs.last().unwrap().undo.as_ref().unwrap().id, "undo-closing");
    street.tell(bob, &calls::Undo { id: second.clone() });
    assert_eq!(street.shows(carol, &second).card.title, "Alice needs a lift to the clinic");
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
    assert_eq!(street.shows(alice, &need).renewal.unwrap().days, Some(14));
    assert_eq!(street.shows(bob, &need).renewal, None);
    street.tell(alice, &calls::Renew { id: need.clone(), until: None });
    street.meet(&people);
    assert_eq!(street.shows(bob, &need).card.state, PostState::Open);
    assert_eq!(street.shows(alice, &need).renewal, None);
    let until = Some("2026-12-24".into());
    let view = street.tell(alice, &calls::Renew { id: need, until });
    assert!(view.ends.unwrap().starts_with("2026-12-25"), "to the end of that day");
    street.all_equal(&people);
}
