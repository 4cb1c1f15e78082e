//! What somebody is told while they look elsewhere: once, not while hours are quiet, and no word of anybody.

use std::time::Duration;

use closeknit_api::{
    ErrorCode, calls,
    views::{Closing, QuietView, Verdict},
};
use jiff::SignedDuration;

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

const HOUR: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_secs(2);
const CANARY: &str = "Canary title of a need";

/// What somebody is told now, if their faces are called and they fetch it; else nothing.
fn told(street: &mut Neighbourhood, person: Person) -> Vec<String> {
    street.pass(MOMENT);
    if street.calls_to(person) == 0 {
        return Vec::new();
    }
    let told = street.tell(person, &calls::Notices {});
    assert!(!told.says.is_empty(), "nobody is called for nothing");
    told.says.into_iter().map(|says| says.id).collect()
}

/// Alice needs something and bob has promised it; it is noon.
fn promised() -> (Neighbourhood, Vec<Person>, String, String) {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let need = street.needs(people[0], CANARY);
    street.promises(people[1], &need);
    let promise = street.promise_of(people[1], people[0], &need);
    (street, people, need, promise)
}

fn accept(promise: &str) -> calls::Answer {
    calls::Answer { id: promise.into(), verdict: Verdict::Accept, doorstep: None }
}

#[test]
fn each_thing_is_told_once_also_after_a_restart() {
    let (mut street, people, need, promise) = promised();
    let (alice, bob) = (people[0], people[1]);
    assert_eq!(told(&mut street, alice), ["told-asked"]);
    assert_eq!(told(&mut street, alice), [""; 0]);
    assert_eq!(told(&mut street, bob), [""; 0], "he waits");
    street.tell(alice, &accept(&promise));
    assert_eq!(told(&mut street, bob), ["told-accepted"]);
    for person in [alice, bob] {
        street.switch_off(person);
        street.switch_on(person).unwrap();
        assert_eq!(told(&mut street, person), [""; 0]);
        assert!(street.tell(person, &calls::Notices {}).says.is_empty());
    }
    street.tell(alice, &calls::Close { id: need, how: Closing::NotNeeded, duplicate_of: None });
    assert_eq!(told(&mut street, bob), ["told-called-off"]);
    assert_eq!(told(&mut street, alice), [""; 0], "it was her own act");
}

#[test]
fn what_nobody_fetched_is_told_when_somebody_does() {
    let (mut street, people, _, _) = promised();
    let alice = people[0];
    street.pass(MOMENT);
    assert_eq!(street.calls_to(alice), 1);
    street.pass(60 * MOMENT);
    assert_eq!(street.calls_to(alice), 0, "called once");
    street.switch_off(alice);
    street.switch_on(alice).unwrap();
    assert_eq!(told(&mut street, alice), ["told-asked"]);
}

#[test]
fn nothing_is_told_while_hours_are_quiet_and_then_all_of_it_once() {
    let (mut street, people, _, promise) = promised();
    let (alice, bob) = (people[0], people[1]);
    told(&mut street, alice);
    // It is a quarter past nine in the evening.
    street.skip(9 * HOUR + HOUR / 4);
    street.tell(alice, &accept(&promise));
    assert_eq!(told(&mut street, bob), [""; 0]);
    assert!(street.tell(bob, &calls::Notices {}).says.is_empty(), "also to whoever asks");
    street.skip(10 * HOUR);
    assert_eq!(told(&mut street, bob), [""; 0], "a quarter past seven");
    street.skip(HOUR);
    assert_eq!(told(&mut street, bob), ["told-accepted"]);
    assert_eq!(told(&mut street, bob), [""; 0]);
}

#[test]
fn whoever_wants_no_quiet_hours_or_others_says_so() {
    let (mut street, people, _, promise) = promised();
    let (alice, bob) = (people[0], people[1]);
    let view = street.tell(bob, &calls::Quiet::default());
    assert_eq!(view, QuietView { on: true, from: "21:00".into(), to: "08:00".into() });
    let wrong = calls::Quiet { from: Some("25:00".into()), ..calls::Quiet::default() };
    assert_eq!(street.refusal(bob, &wrong), ErrorCode::BadTime);
    street.tell(bob, &calls::Quiet { from: Some("11:00".into()), to: Some("13:00".into()), on: None });
    street.tell(alice, &accept(&promise));
    assert_eq!(told(&mut street, bob), [""; 0]);
    street.switch_off(bob);
    street.switch_on(bob).unwrap();
    let view = street.tell(bob, &calls::Quiet { on: Some(false), ..calls::Quiet::default() });
    assert_eq!(view, QuietView { on: false, from: "11:00".into(), to: "13:00".into() });
    assert_eq!(told(&mut street, bob), ["told-accepted"]);
}

#[test]
fn what_time_brings_is_told_when_it_comes() {
    let (mut street, people, _, promise) = promised();
    let (alice, bob) = (people[0], people[1]);
    street.tell(alice, &accept(&promise));
    for person in [alice, bob] {
        told(&mut street, person);
        street.tell(person, &calls::Quiet { on: Some(false), ..calls::Quiet::default() });
    }
    street.part_all();
    // The lift is on Thursday from 9:20 to 12:30; two clocks may differ by two hours.
    street.skip(50 * HOUR + HOUR / 4);
    assert_eq!(told(&mut street, alice), [""; 0]);
    street.pass(HOUR / 4 + 2 * MOMENT);
    street.pass(Duration::from_secs(60));
    for person in [alice, bob] {
        assert_eq!(told(&mut street, person), ["told-did-it-happen"]);
        assert_eq!(told(&mut street, person), [""; 0]);
    }
}

#[test]
fn a_clock_that_jumps_tells_nothing_twice() {
    let (mut street, people, _, promise) = promised();
    let (alice, bob) = (people[0], people[1]);
    street.tell(alice, &accept(&promise));
    told(&mut street, alice);
    assert_eq!(told(&mut street, bob), ["told-accepted"]);
    let day = SignedDuration::from_hours(24);
    street.set_clock_ahead(bob, day * 5);
    assert_eq!(told(&mut street, bob), ["told-did-it-happen"]);
    for ahead in [day * 400, -day * 400, SignedDuration::ZERO, day * 5, SignedDuration::ZERO] {
        street.set_clock_ahead(bob, ahead);
        assert_eq!(told(&mut street, bob), [""; 0], "{ahead}");
        // Meanwhile something is written.
        street.needs(alice, "Something else");
        assert_eq!(told(&mut street, bob), [""; 0], "{ahead}");
    }
    // Its time comes by the right clock too.
    street.skip(72 * HOUR);
    assert_eq!(told(&mut street, bob), [""; 0]);
}

#[test]
fn no_word_of_anybody_is_in_what_is_told_and_nothing_of_it_leaves_the_machine() {
    let (mut street, people, _, promise) = promised();
    let (alice, bob) = (people[0], people[1]);
    street.pass(MOMENT);
    let asked = street.tell(alice, &calls::Notices {});
    street.tell(alice, &accept(&promise));
    street.pass(MOMENT);
    let accepted = street.tell(bob, &calls::Notices {});
    let said = serde_json::to_string(&[asked, accepted]).unwrap();
    assert!(said.contains("told-asked") && said.contains("told-accepted"));
    for word in [CANARY, "alice", "bob", "Millrace", promise.split_at(8).0] {
        assert!(!said.contains(word), "{word} in {said}");
    }
    // What was told is remembered here, and in no frame.
    street.tell(alice, &calls::Quiet { from: Some("20:17".into()), ..calls::Quiet::default() });
    street.meet(&people);
    street.all_equal(&people);
    assert!(street.frames().iter().all(|frame| !frame.says(b"20:17")));
}
