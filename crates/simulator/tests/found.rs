//! What seeds have found, as stories of their own where the disk has to be played.
#![cfg(test)]

use std::time::Duration;

use closeknit_simulator::{neighbourhood::Neighbourhood, trace::Trace};

/// Seeds 86 and 204. Nothing can be written when the program starts. As soon as there is room the machine is found, without a new start.
#[test]
fn a_machine_that_starts_on_a_full_disk_is_found_once_there_is_room() {
    let mut street = Neighbourhood::of_seed(1, Trace::default());
    let people = street.founds(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    // A first start anew writes what later ones find.
    street.switch_off(bob);
    street.switch_on(bob).unwrap();
    street.switch_off(bob);
    street.needs(alice, "Lift to the eye clinic");
    street.disk(bob).fill(true);
    street.switch_on(bob).unwrap();
    assert!(street.titles(bob).is_empty(), "nothing can be taken in");
    street.disk(bob).fill(false);
    street.pass(Duration::from_secs(2));
    assert_eq!(street.titles(bob), ["Lift to the eye clinic"]);
    street.all_equal(&people);
}
