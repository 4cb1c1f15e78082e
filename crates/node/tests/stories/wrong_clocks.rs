//! A clock that is wrong takes nothing too early, and keeps nothing too long.

use std::{fs, time::Duration};

use closeknit_api::{ErrorCode, calls};
use closeknit_simulator::neighbourhood::{Neighbourhood, Person};
use jiff::SignedDuration;

use crate::forgetting::{
    CANARY, DAY, closes, forget, meet_again, needs_with_detail, remove, second_machine, waits,
};

const YEARS: SignedDuration = SignedDuration::from_hours(10 * 365 * 24);

#[test]
fn a_clock_that_nobody_confirms_makes_nobody_forget() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    needs_with_detail(&mut street, alice, "Alice's lift", "It is still to come");
    street.part_all();
    street.set_clock_ahead(alice, SignedDuration::from_hours(400 * 24));
    street.pass(Duration::from_secs(2));
    meet_again(&mut street, &people);
    assert_eq!(street.titles(bob), ["Alice's lift"], "her clock is a year ahead, as his says");
    street.set_clock_ahead(alice, SignedDuration::ZERO);
    street.pass(Duration::from_secs(2));
    meet_again(&mut street, &people);
    assert_eq!(street.titles(alice), ["Alice's lift"]);
    street.all_equal(&people);
}

/// Mallory's two machines say that it is five days later, and bob's says what alice's does.
#[test]
fn one_member_with_many_machines_does_not_say_what_time_it_is() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "mallory"]);
    let (alice, bob, mallory) = (people[0], people[1], people[2]);
    let laptop = street.pairs(mallory, "laptop");
    let all = [alice, bob, mallory, laptop];
    let need = needs_with_detail(&mut street, alice, "Alice's lift", CANARY);
    closes(&mut street, alice, &need);
    street.tell(alice, &forget(&[&need]));
    [mallory, laptop].iter().for_each(|liar| street.set_clock_ahead(*liar, SignedDuration::from_hours(120)));
    for _ in 0..5 {
        meet_again(&mut street, &all);
        waits(&mut street, 2 * DAY);
    }
    meet_again(&mut street, &all);
    assert!(!street.holds_bytes(alice, CANARY.as_bytes()));
    assert!(!street.holds_bytes(bob, CANARY.as_bytes()));
}

/// Both clocks are years ahead when he hears that she is gone, and his database is damaged. What he notes then counts
/// from when they are right again.
#[test]
fn what_a_clock_years_ahead_noted_goes_in_time_all_the_same() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    needs_with_detail(&mut street, carol, "Carol's need", CANARY);
    street.all_equal(&people);
    street.part(carol);
    people.iter().for_each(|person| street.set_clock_ahead(*person, YEARS));
    street.switch_off(bob);
    let database = street.profile(bob).join("closeknit.db");
    let mut bytes = fs::read(&database).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..].fill(0);
    fs::write(&database, bytes).unwrap();
    street.switch_on(bob).unwrap();
    assert!(street.has_set_aside(bob));
    street.meet(&[alice, bob]);
    remove(&mut street, &[alice, bob], carol);
    street.meet(&[alice, bob]);
    street.pass(Duration::from_secs(2));
    people.iter().for_each(|person| street.set_clock_ahead(*person, SignedDuration::ZERO));
    waits(&mut street, 2 * DAY);
    meet_again(&mut street, &[alice, bob]);
    waits(&mut street, 8 * DAY);
    assert!(!street.has_set_aside(bob), "a damaged file is kept for a week");
    waits(&mut street, 31 * DAY);
    for person in [alice, bob] {
        assert!(!street.holds_bytes(person, CANARY.as_bytes()), "{}", street.name(person));
    }
}

/// What was over while all clocks were years ahead was forgotten by itself; a month is no longer for it.
#[test]
fn a_season_that_clocks_years_ahead_noted_keeps_nothing_longer() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    needs_with_detail(&mut street, alice, "Alice's lift", "It was long ago");
    people.iter().for_each(|person| street.set_clock_ahead(*person, YEARS));
    street.pass(Duration::from_secs(2));
    meet_again(&mut street, &people);
    assert_eq!(street.titles(bob), [""; 0]);
    people.iter().for_each(|person| street.set_clock_ahead(*person, SignedDuration::ZERO));
    needs_with_detail(&mut street, alice, "Another lift", "It is not over yet");
    waits(&mut street, 32 * DAY);
    meet_again(&mut street, &people);
    assert_eq!(street.titles(bob), ["Another lift"]);
    waits(&mut street, 2 * DAY);
    meet_again(&mut street, &people);
    assert_eq!(street.titles(bob), [""; 0]);
}

/// Her clock is years behind when she says that she needs it no more: it did not end before she asked.
#[test]
fn what_ended_by_a_clock_years_behind_is_forgotten_no_earlier_for_it() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.all_equal(&people);
    street.part_all();
    street.set_clock_ahead(alice, -YEARS);
    closes(&mut street, alice, &need);
    street.set_clock_ahead(alice, SignedDuration::ZERO);
    for _ in 0..3 {
        waits(&mut street, 2 * DAY);
        meet_again(&mut street, &people);
        assert!(street.ask(bob, &calls::Show { id: need.clone() }).is_ok());
    }
    waits(&mut street, 30 * DAY);
    meet_again(&mut street, &people);
    assert_eq!(street.refusal(bob, &calls::Show { id: need }), ErrorCode::NotFound, "a month later it goes");
}

/// Alice made the circle forget something, and her laptop wrote apart. Between the word of the new beginning and the
/// beginning itself the line breaks, at every frame once; the laptop's clock is so far ahead when it hears it. Whatever
/// happens then, what was written there is kept.
fn keeps_what_was_written_apart(
    hears_with: SignedDuration,
    then: impl Fn(&mut Neighbourhood, Person, Person),
) {
    for frames in 0.. {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let over = street.needs(alice, "Long over");
        closes(&mut street, alice, &over);
        let laptop = second_machine(&mut street, alice, "laptop");
        street.meet(&[alice, laptop, bob]);
        street.part_all();
        street.tell(alice, &forget(&[&over]));
        street.needs(laptop, "Written on the laptop");

        street.set_clock_ahead(laptop, hears_with);
        street.near(&[alice, laptop]);
        street.skip(Duration::from_secs(60));
        let whole = street.run_for(frames);
        street.part_all();
        then(&mut street, laptop, bob);

        street.meet(&[alice, laptop, bob]);
        street.skip(Duration::from_secs(60));
        street.pass(Duration::from_secs(2));
        for person in [alice, laptop, bob] {
            assert_eq!(street.titles(person), ["Written on the laptop"], "after {frames} frames");
        }
        if whole {
            break;
        }
    }
}

/// The program starts under another clock, which is right again soon.
fn starts_under(street: &mut Neighbourhood, person: Person, ahead: SignedDuration) {
    street.switch_off(person);
    street.set_clock_ahead(person, ahead);
    street.switch_on(person).unwrap();
    street.pass(Duration::from_secs(2));
    street.set_clock_ahead(person, SignedDuration::ZERO);
}

/// The laptop's clock runs a year ahead for a while: no neighbour confirms it.
#[test]
fn a_clock_that_nobody_confirms_takes_nothing_that_was_not_written_again_yet() {
    keeps_what_was_written_apart(SignedDuration::ZERO, |street, laptop, _| {
        starts_under(street, laptop, SignedDuration::from_hours(400 * 24));
        street.pass(Duration::from_secs(2));
    });
}

/// The laptop's clock is years behind when it hears of the new beginning, and right when it meets bob, who has nothing of
/// that yet either.
#[test]
fn what_a_clock_years_behind_noted_goes_no_earlier_for_it() {
    keeps_what_was_written_apart(-YEARS, |street, laptop, bob| {
        street.set_clock_ahead(laptop, SignedDuration::ZERO);
        street.meet(&[laptop, bob]);
        street.part_all();
        street.switch_off(laptop);
        street.switch_on(laptop).unwrap();
        street.pass(Duration::from_secs(2));
    });
}

/// The laptop's clock runs a year behind for a while; then it is right, and bob confirms it. It was not a year ago that
/// the new beginning was heard of.
#[test]
fn a_clock_that_was_behind_takes_nothing_that_was_not_written_again_yet() {
    keeps_what_was_written_apart(SignedDuration::ZERO, |street, laptop, bob| {
        starts_under(street, laptop, SignedDuration::from_hours(-400 * 24));
        street.switch_off(bob);
        street.pass(Duration::from_secs(2));
        street.part_all();
        street.switch_on(bob).unwrap();
        street.meet(&[laptop, bob]);
        waits(street, DAY);
        waits(street, DAY);
    });
}
