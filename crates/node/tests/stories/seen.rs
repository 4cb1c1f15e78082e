//! How far what was written has come: on which machines, and who has seen it.

use std::time::Duration;

use closeknit_api::{Phrase, Value, calls};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

const HOUR: Duration = Duration::from_secs(3_600);

fn seen(count: u32, all: u32, names: &[&str]) -> Phrase {
    let names = names.iter().map(ToString::to_string).collect();
    said("delivery-seen", count, all).with("names", Value::Names(names))
}

fn sent(count: u32, all: u32) -> Phrase {
    said("delivery-sent", count, all)
}

fn said(id: &str, count: u32, all: u32) -> Phrase {
    Phrase::new(id).number("count", count).number("all", all).number("left", all - count)
}

fn looks(street: &mut Neighbourhood, person: Person) {
    street.tell(person, &calls::Board::default());
}

#[test]
fn a_post_is_saved_here_then_on_other_machines_then_seen() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    street.part_all();
    let need = street.needs(alice, "Lift to the eye clinic");
    assert_eq!(street.shows(alice, &need).delivery, Phrase::new("delivery-here"));
    street.meet(&[alice, bob]);
    assert_eq!(street.shows(alice, &need).delivery, sent(1, 2));

    // Bob looks at the board; an hour later his machine says so.
    looks(&mut street, bob);
    street.pass(HOUR);
    assert_eq!(street.shows(alice, &need).delivery, seen(1, 2, &["bob"]));

    // Carol has it from bob; what she has seen comes back the same way, and tells of her machine too.
    street.meet(&[bob, carol]);
    looks(&mut street, carol);
    street.pass(HOUR);
    street.meet(&[alice, bob]);
    let both = street.shows(alice, &need).delivery;
    assert_eq!(both.id, "delivery-seen");
    assert_eq!(both.values["count"], Value::Number(2), "{both:?}");
    let Value::Names(mut names) = both.values["names"].clone() else { panic!("{both:?}") };
    names.sort();
    assert_eq!(names, ["bob", "carol"]);
}

#[test]
fn a_helper_reads_that_their_promise_was_seen() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(bob, &need);
    let own = |street: &mut Neighbourhood| street.shows(bob, &need).promises[0].delivery.clone();
    assert_eq!(own(&mut street), Some(sent(1, 1)));
    looks(&mut street, alice);
    street.pass(HOUR);
    assert_eq!(own(&mut street), Some(seen(1, 1, &["alice"])));
    assert_eq!(street.shows(alice, &need).promises[0].delivery, None, "it is not hers");
}

#[test]
fn who_does_not_look_or_does_not_want_to_tell_is_not_said_to_have_seen_it() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    assert!(!street.tell(carol, &calls::TellSeen { on: false }).tells_seen);
    let need = street.needs(alice, "Lift to the eye clinic");
    looks(&mut street, carol);
    street.pass(HOUR * 3);
    assert_eq!(street.shows(alice, &need).delivery, sent(2, 2), "bob has not looked since");
    looks(&mut street, bob);
    street.pass(HOUR);
    assert_eq!(street.shows(alice, &need).delivery, seen(2, 2, &["bob"]));
}

#[test]
fn what_was_seen_stays_so_through_a_restart_and_marks_come_to_rest() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    let changes = |street: &mut Neighbourhood| street.tell(alice, &calls::CountAll {}).changes;
    for _ in 0..3 {
        looks(&mut street, bob);
        looks(&mut street, alice);
        street.pass(HOUR);
    }
    let before = changes(&mut street);
    for _ in 0..5 {
        looks(&mut street, bob);
        looks(&mut street, alice);
        street.pass(HOUR);
    }
    assert_eq!(changes(&mut street), before, "nobody wrote anything, so there is nothing new to have seen");
    street.switch_off(alice);
    street.switch_on(alice).unwrap();
    assert_eq!(street.shows(alice, &need).delivery, seen(1, 1, &["bob"]));
}

#[test]
fn the_end_of_the_program_does_not_wait_for_the_hour() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    looks(&mut street, bob);
    street.pass(HOUR);
    let need = street.needs(alice, "Lift to the eye clinic");
    looks(&mut street, bob);
    assert_eq!(street.shows(alice, &need).delivery, sent(1, 1));
    street.finish(bob);
    assert_eq!(street.shows(alice, &need).delivery, seen(1, 1, &["bob"]));
}
