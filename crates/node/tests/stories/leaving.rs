//! Who leaves a circle, who hears of it, and who comes back.

use std::time::Duration;

use closeknit_api::{ErrorCode, Phrase, Value, calls, views::JoinStage};
use closeknit_simulator::neighbourhood::Neighbourhood;
use jiff::SignedDuration;

use crate::{
    belonging::{circle_of_four, let_them_call_again, says, sees, votes},
    damage::{database, puts_in_place},
    forgetting::{remove, second_machine},
};

#[test]
fn whoever_leaves_is_gone_everywhere_and_the_circle_from_their_machine() {
    let (mut street, people) = circle_of_four();
    let (alice, dave) = (people[0], people[3]);
    street.needs(alice, "A canary in the coal mine");
    street.needs(dave, "Dave's ladder");
    street.all_equal(&people);
    assert!(street.holds_bytes(dave, b"canary in the coal"));

    let before = street.tell(dave, &calls::Circle {});
    assert_eq!(before.leaving[0], Phrase::new("leaving-does"));
    assert!(!before.leaving_needs_words);
    let left = street.tell(dave, &calls::Leave { words: None });
    assert_eq!((left.circles.len(), left.current), (0, None));
    assert!(!street.holds_bytes(dave, b"canary in the coal"));
    assert!(!street.holds_bytes(dave, b"Dave's ladder"));
    for reader in &people[..3] {
        assert!(sees(&mut street, *reader, "dave").is_none());
        assert_eq!(street.titles(*reader), ["A canary in the coal mine"]);
    }
    street.all_equal(&people[..3]);
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), [], "somebody was told: nothing is left of it");
    street.switch_on(dave).unwrap();
    assert_eq!(street.tell(dave, &calls::Status {}).circles.len(), 0);
    assert_eq!(street.refusal(dave, &calls::Circle {}), ErrorCode::NotStarted);
}

#[test]
fn whoever_leaves_with_nobody_near_tells_the_first_they_meet() {
    let (mut street, people) = circle_of_four();
    let (alice, bob, dave) = (people[0], people[1], people[3]);
    street.needs(alice, "A canary in the coal mine");
    street.all_equal(&people);
    street.part_all();
    street.tell(dave, &calls::Leave { words: None });
    assert!(!street.holds_bytes(dave, b"canary in the coal"), "at once");
    street.switch_off(dave);
    street.switch_on(dave).unwrap();
    assert_eq!(street.tell(dave, &calls::Status {}).circles.len(), 0, "and not shown");
    assert!(sees(&mut street, bob, "dave").is_some(), "nobody can know yet");

    street.meet(&[bob, dave]);
    assert!(sees(&mut street, bob, "dave").is_none());
    assert!(!street.holds_bytes(dave, b"canary in the coal"), "and nothing came of that meeting");
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), []);
    street.meet(&[alice, bob]);
    assert!(sees(&mut street, alice, "dave").is_none());
}

/// Seed 30142 of a night. To whoever was removed nobody listens: carol, who thinks otherwise of that, would never hear
/// that dave left, nor what he forgot before.
#[test]
fn whoever_leaves_and_is_held_to_be_removed_has_told_nobody_yet() {
    let (mut street, people) = circle_of_four();
    let (alice, bob, carol, dave) = (people[0], people[1], people[2], people[3]);
    street.part_all();
    remove(&mut street, &[alice, bob], dave);
    street.meet(&[alice, bob]);
    street.tell(dave, &calls::Leave { words: None });
    assert!(sees(&mut street, bob, "dave").is_none());
    for holds_so in [alice, bob] {
        street.part_all();
        street.meet(&[holds_so, dave]);
        street.pass(Duration::from_secs(40));
    }
    street.part_all();
    assert!(sees(&mut street, carol, "dave").is_some(), "nobody can know yet");
    street.meet(&[carol, dave]);
    assert!(sees(&mut street, carol, "dave").is_none());
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), [], "now somebody has heard");
}

/// Dave's machine did not hear that bob has heard: the line broke. Bob says so when they meet again.
#[test]
fn whoever_leaves_is_told_by_those_who_know_that_they_know() {
    let (mut street, people) = circle_of_four();
    let (bob, dave) = (people[1], people[3]);
    street.part_all();
    street.tell(dave, &calls::Leave { words: None });
    street.switch_off(dave);
    let before = std::fs::read(database(&street, dave)).unwrap();
    street.switch_on(dave).unwrap();
    street.meet(&[bob, dave]);
    assert!(sees(&mut street, bob, "dave").is_none());
    street.switch_off(dave);
    puts_in_place(&street, dave, &before);
    street.switch_on(dave).unwrap();
    street.meet(&[bob, dave]);
    street.pass(Duration::from_secs(40));
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), []);
}

/// A clock that is set ten years ahead, or back, is no reason to look for nobody any more.
#[test]
fn whoever_left_tells_the_first_they_meet_whatever_the_clock_says() {
    let (mut street, people) = circle_of_four();
    let (bob, dave) = (people[1], people[3]);
    street.part_all();
    street.tell(dave, &calls::Leave { words: None });
    street.set_clock_ahead(dave, SignedDuration::from_hours(10 * 365 * 24));
    street.pass(Duration::from_secs(40));
    street.set_clock_ahead(dave, SignedDuration::ZERO);
    street.pass(Duration::from_secs(40));
    assert!(sees(&mut street, bob, "dave").is_some(), "nobody can know yet");
    street.meet(&[bob, dave]);
    assert!(sees(&mut street, bob, "dave").is_none());
}

#[test]
fn whoever_left_looks_for_somebody_to_tell_on_thirty_days() {
    let (mut street, people) = circle_of_four();
    let dave = people[3];
    street.part_all();
    street.tell(dave, &calls::Leave { words: None });
    for day in 0..=30 {
        street.switch_off(dave);
        assert_ne!(street.store(dave).view().circles().unwrap(), [], "on day {day}");
        street.switch_on(dave).unwrap();
        street.pass(Duration::from_secs(2));
        street.skip(Duration::from_secs(25 * 60 * 60));
    }
    street.pass(Duration::from_secs(2));
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), [], "nobody was there to hear it");
}

/// Bob hears at once. To him dave's phone is a stranger's from then on, and he says nothing to strangers.
#[test]
fn whoever_leaves_on_one_machine_tells_their_other_one_too() {
    for phone_first in [true, false] {
        let (mut street, people) = circle_of_four();
        let (bob, dave) = (people[1], people[3]);
        let phone = second_machine(&mut street, dave, "dave's phone");
        let all = [&people[..], &[phone]].concat();
        street.meet(&all);
        street.all_equal(&all);
        street.part_all();
        street.tell(dave, &calls::Leave { words: None });
        let of_phone = |street: &mut Neighbourhood| street.tell(phone, &calls::Circle {}).leaving;
        assert_eq!(of_phone(&mut street)[0], Phrase::new("leaving-does"), "nobody can know yet");

        for other in if phone_first { [phone, bob] } else { [bob, phone] } {
            street.switch_off(dave);
            assert_ne!(street.store(dave).view().circles().unwrap(), [], "somebody has not heard yet");
            street.switch_on(dave).unwrap();
            street.meet(&[dave, other]);
            street.part_all();
        }
        assert_eq!(of_phone(&mut street)[0], Phrase::new("leaving-taken-off"));
        assert!(sees(&mut street, bob, "dave").is_none());
        street.switch_off(dave);
        assert_eq!(street.store(dave).view().circles().unwrap(), [], "all have heard: nothing is left of it");

        street.meet(&[bob, phone]);
        street.tell(phone, &calls::Leave { words: None });
        assert_eq!(street.tell(phone, &calls::Status {}).circles.len(), 0);
    }
}

#[test]
fn without_the_words_nobody_leaves_and_other_words_do_not_do() {
    let (mut street, people) = circle_of_four();
    let dave = people[3];
    let sheet = street.writes_down(dave);
    assert!(street.tell(dave, &calls::Circle {}).leaving_needs_words);
    let refused = street.refused(dave, &calls::Leave { words: None });
    assert_eq!(refused.code, ErrorCode::BadWords);
    assert_eq!(refused.values["reason"], Value::Text("to-leave".into()));
    let others = street.tell(people[0], &calls::Words {}).words.unwrap().join(" ");
    assert_eq!(street.refusal(dave, &calls::Leave { words: Some(others) }), ErrorCode::OtherWords);
    assert!(sees(&mut street, people[0], "dave").is_some());
    assert_eq!(street.tell(dave, &calls::Leave { words: Some(sheet) }).circles.len(), 0);
    assert!(sees(&mut street, people[0], "dave").is_none());
}

#[test]
fn a_draft_is_taken_off_and_another_circle_is_shown() {
    let mut street = Neighbourhood::new();
    let alice = street.person("alice");
    street.starts(alice, "Millrace");
    street.starts(alice, "Orchard");
    street.needs(alice, "A canary in the coal mine");
    let left = street.tell(alice, &calls::Leave { words: None });
    assert_eq!(left.circles.len(), 1);
    assert_eq!(left.circles[0].name, "Millrace");
    assert_eq!(left.current, Some(left.circles[0].id.clone()));
    assert!(!street.holds_bytes(alice, b"canary in the coal"));
    street.needs(alice, "Millrace goes on");
}

#[test]
fn whoever_left_comes_back_as_somebody_new() {
    let (mut street, people) = circle_of_four();
    let (alice, dave) = (people[0], people[3]);
    street.needs(dave, "Dave's ladder");
    let before = street.member_id(dave);
    street.tell(dave, &calls::Leave { words: None });
    let invitation = street.invites(alice);
    street.joins(dave, &invitation, alice);
    let_them_call_again(&mut street);
    street.all_equal(&people);
    assert_ne!(street.member_id(dave), before);
    assert_eq!(street.titles(alice), Vec::<String>::new(), "what was theirs before does not come back");
    street.needs(dave, "Dave's new ladder");
    street.all_equal(&people);
    assert_eq!(street.titles(people[1]), ["Dave's new ladder"]);
    assert_eq!(says(&mut street, alice, "dave"), "say-none");
    street.switch_off(dave);
    street.switch_on(dave).unwrap();
    street.all_equal(&people);
}

#[test]
fn whoever_was_removed_first_takes_the_circle_off_and_may_be_invited_anew() {
    let (mut street, people) = circle_of_four();
    let (alice, carol, dave) = (people[0], people[2], people[3]);
    votes(&mut street, alice, "dave");
    votes(&mut street, carol, "dave");
    let invitation = street.invites(alice);
    let join = calls::Join { invitation: invitation.clone(), name: "dave".into(), kind: None };
    // His machine was only told so, without a proof: for it he is a member still.
    assert!([ErrorCode::AlreadyMember, ErrorCode::StillHere].contains(&street.refusal(dave, &join)));
    street.tell(dave, &calls::Leave { words: None });
    street.joins(dave, &invitation, alice);
    let_them_call_again(&mut street);
    street.all_equal(&people);
    assert_eq!(street.own_attempt(dave).stage, JoinStage::Joined);
    assert!(sees(&mut street, carol, "dave").is_some());
}
