//! What seeds have found, as stories of their own where the disk has to be played.
#![cfg(test)]

use std::time::Duration;

use closeknit_api::{calls, views::Closing};
use closeknit_simulator::{disk::Unsynced, neighbourhood::Neighbourhood, trace::Trace};

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

/// Seeds 63 and 95 of a night. What somebody signed came while nothing could be written: it was known until the program
/// ended, asked for by nobody, and what it says of documents was not done.
#[test]
fn a_statement_that_comes_to_a_full_disk_is_asked_for_again() {
    let mut street = Neighbourhood::of_seed(1, Trace::default());
    let people = street.founds(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let of_carol = street.member_id(carol).to_string();
    street.disk(bob).fill(true);
    street.tell(alice, &calls::Remove { member: of_carol.clone() });
    street.disk(bob).fill(false);
    street.part_all();
    street.meet(&[alice, bob]);
    street.part_all();
    street.switch_off(bob);
    street.switch_on(bob).unwrap();
    let members = street.tell(bob, &calls::Circle {}).members;
    let case = members.into_iter().find(|member| member.person.id == of_carol).unwrap().case;
    assert!(case.is_some(), "what alice said of her is not on bob's disk");
}

/// Seed 11664 of a night. That something is forgotten came while nothing could be written, and from nobody ever again: it
/// was on the disk, and not to be seen until the next start.
#[test]
fn what_is_to_be_forgotten_is_there_as_long_as_that_is_not_on_the_disk() {
    let mut street = Neighbourhood::of_seed(1, Trace::default());
    let people = street.founds(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let over = street.needs(alice, "Long over");
    street.tell(alice, &calls::Close { id: over.clone(), how: Closing::NotNeeded, duplicate_of: None });
    let shown = |street: &mut Neighbourhood| street.ask(bob, &calls::Show { id: over.clone() }).is_ok();
    assert!(shown(&mut street));
    street.disk(bob).fill(true);
    street.tell(alice, &calls::Forget { ids: Some(vec![over.clone()]), ..Default::default() });
    street.part_all();
    street.disk(bob).fill(false);
    assert!(shown(&mut street));
    street.meet(&people);
    assert!(!shown(&mut street));
    street.all_equal(&people);
}

/// Seed 12290 of a night. Whoever heard first that somebody left lost power before that was on the disk. The one who left
/// had nothing of the circle any more by which to say it again: they were a member still, and what they had made the
/// circle forget was shown.
#[test]
fn that_somebody_left_outlasts_the_power_of_whoever_heard_it_first() {
    let mut street = Neighbourhood::of_seed(1, Trace::default());
    let people = street.founds(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    street.part_all();
    street.meet(&[bob, carol]);
    street.tell(carol, &calls::Leave { words: None });
    street.run();
    street.loses_power(bob, Unsynced::Dropped);
    street.switch_on(bob).unwrap();
    street.meet(&people);
    for reader in [alice, bob] {
        let members = street.tell(reader, &calls::Circle {}).members;
        assert_eq!(members.len(), 2, "{members:?}");
    }
}

/// As in seed 31062 of a night, where it was a member who was known again after a damage: what leads again is on the disk,
/// and the power goes before what it says is in the rows of the board.
#[test]
fn wherever_the_power_goes_the_board_says_what_the_log_says() {
    let mut went = 0;
    for writes in 0..24 {
        let mut street = Neighbourhood::of_seed(1, Trace::default());
        let people = street.founds(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let laptop = street.pairs(alice, "laptop");
        street.meet(&[alice, bob, laptop]);
        let over = street.needs(alice, "Long over");
        street.needs(alice, "Alice's wish");
        street.tell(alice, &calls::Close { id: over.clone(), how: Closing::NotNeeded, duplicate_of: None });
        street.all_equal(&[alice, bob, laptop]);
        street.part(alice);
        street.tell(laptop, &calls::Forget { ids: Some(vec![over]), ..Default::default() });
        assert_eq!(street.titles(bob), ["Alice's wish"]);
        street.part_all();
        let machine = street.keys_of(laptop).unwrap().id().to_string();
        let words = Some(street.words_of(alice));
        street.tell(alice, &calls::DropMachine { machine, words });
        street.disk(bob).cut_after(Some((writes, Unsynced::Kept)));
        street.meet(&[alice, bob]);
        street.disk(bob).cut_after(None);
        if !street.is_on(bob) {
            went += 1;
            street.part_all();
            street.switch_on(bob).unwrap();
        }
        assert_eq!(street.tell(bob, &calls::Rebuild {}).changed, 0, "after {writes} writes");
    }
    assert!(went > 3, "{went}");
}
