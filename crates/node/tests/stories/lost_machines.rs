//! A machine that was lost or stolen is taken away: what a thief does with it counts nowhere.

use std::time::Duration;

use closeknit_api::{ErrorCode, Value, calls};
use closeknit_simulator::neighbourhood::{Neighbourhood, Person};
use closeknit_store::Scope;

use crate::{
    forgetting::{DAY, closes, forget, is_whole, second_machine, waits},
    machines::{ids, meet_again, retitles, takes_away, used},
};

#[test]
fn a_lost_machine_is_taken_away_with_the_words_and_what_a_thief_writes_counts_nowhere() {
    // Of alice, her lost laptop and bob, these meet after it was lost; then she takes it away.
    for after in [&[][..], &[(1, 2)], &[(1, 2), (0, 2)]] {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let laptop = street.pairs(alice, "laptop");
        let all = [alice, laptop, bob];
        street.meet(&all);
        street.needs(laptop, "Written on the laptop");
        street.all_equal(&all);
        let sheet = street.writes_down(alice);
        let others = street.words_of(bob);
        street.part_all();
        street.needs(laptop, "Written by a thief");
        for (one, other) in after {
            street.meet(&[all[*one], all[*other]]);
            street.part_all();
        }
        let bob_has_it = street.titles(bob).contains(&"Written by a thief".to_owned());
        assert_eq!(bob_has_it, !after.is_empty());
        street.part_all();
        street.needs(alice, "Written at home");

        let lost = used(&mut street, alice).into_iter().find(|machine| !machine.this).unwrap();
        let told = ids(&lost.dropping);
        assert_eq!(told, ["drop-does", "drop-does-not", "drop-heard", "drop-nobody-near", "drop-for-good"]);
        let machine = lost.id;
        let without = calls::DropMachine { machine: machine.clone(), words: None };
        let refused = street.refused(alice, &without);
        assert_eq!(
            (refused.code, &refused.values["reason"]),
            (ErrorCode::BadWords, &Value::Text("to-drop".into()))
        );
        let wrong = calls::DropMachine { machine, words: Some(others) };
        assert_eq!(street.refusal(alice, &wrong), ErrorCode::OtherWords);
        takes_away(&mut street, alice, laptop, Some(&sheet));
        let counts = after.contains(&(0, 2));

        meet_again(&mut street, &[alice, bob]);
        street.all_equal(&[alice, bob]);
        let mut expected = vec!["Written at home", "Written on the laptop"];
        if counts {
            // Alice had it from bob when she took the machine away: it was not for her to tell by whom it is.
            expected.insert(1, "Written by a thief");
        }
        for person in [alice, bob] {
            assert_eq!(street.titles(person), expected, "{} after {after:?}", street.name(person));
            is_whole(&mut street, person);
        }

        // It goes on writing, and dialling.
        street.needs(laptop, "Written later");
        street.needs(bob, "Not for a thief");
        meet_again(&mut street, &all);
        street.all_equal(&[alice, bob]);
        assert_eq!(street.titles(alice).len(), expected.len() + 1);
        assert!(!street.titles(laptop).contains(&"Not for a thief".to_owned()));
        assert!(!street.holds_bytes(laptop, b"Not for a thief"));
        assert!(!street.holds_bytes(bob, b"Written later"));
        // Whoever carried its bytes is not blamed.
        meet_again(&mut street, &[alice, bob]);
        let near = street.tell(alice, &calls::Near {}).machines;
        assert_eq!(
            near.iter().filter(|machine| machine.says.id == "near-machine-equal").count(),
            1,
            "{near:?}"
        );
    }
}

#[test]
fn a_lost_machine_that_others_still_meet_is_taken_away_in_whatever_order_they_hear() {
    for order in
        [&[(0, 2), (1, 2), (0, 3), (1, 3)][..], &[(1, 2), (1, 3), (0, 3), (2, 3)], &[(1, 3), (0, 2), (2, 3)]]
    {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
        let (alice, bob, carol) = (people[0], people[1], people[2]);
        let laptop = street.pairs(alice, "laptop");
        let all = [alice, laptop, bob, carol];
        street.meet(&all);
        street.all_equal(&all);
        let sheet = street.words_of(alice);
        street.part_all();
        street.needs(laptop, "Written by a thief");
        takes_away(&mut street, alice, laptop, Some(&sheet));
        for (one, other) in order {
            meet_again(&mut street, &[all[*one], all[*other]]);
        }
        let honest = [alice, bob, carol];
        meet_again(&mut street, &honest);
        street.all_equal(&honest);
        for person in honest {
            assert_eq!(street.titles(person), [""; 0], "{} after {order:?}", street.name(person));
            is_whole(&mut street, person);
        }
    }
}

/// Bob forgot something with his tablet near, which left his first entries behind for that beginning. On the machine at
/// home, which knows of none of it, he takes away the one that began so: the beginning is void, the first entries lead
/// again, and the tablet does not have them. Gives alice, home, tablet, and bob's words.
fn a_beginning_that_is_void_and_was_followed(street: &mut Neighbourhood) -> ([Person; 3], String) {
    let people = street.founds(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let home = second_machine(street, bob, "home");
    let tablet = second_machine(street, bob, "tablet");
    let sheet = street.words_of(bob);
    street.meet(&[alice, bob, home, tablet]);
    street.needs(bob, "Bob's wish");
    let over = street.needs(bob, "Long over");
    closes(street, bob, &over);
    street.all_equal(&[alice, bob, home, tablet]);
    street.part_all();
    street.meet(&[bob, tablet]);
    street.tell(bob, &forget(&[&over]));
    waits(street, 8 * DAY);
    street.part_all();
    takes_away(street, home, bob, Some(&sheet));
    ([alice, home, tablet], sheet)
}

/// As in seed 18996 of a night, where more went wrong on the way.
#[test]
fn what_a_cut_leads_to_comes_back_to_who_had_left_it_behind() {
    let mut street = Neighbourhood::new();
    let ([alice, home, tablet], _) = a_beginning_that_is_void_and_was_followed(&mut street);
    for _ in 0..2 {
        meet_again(&mut street, &[home, tablet]);
    }
    street.all_equal(&[home, tablet]);
    meet_again(&mut street, &[alice, home, tablet]);
    street.all_equal(&[alice, home, tablet]);
    assert!(street.titles(alice).contains(&"Bob's wish".to_owned()));
}

/// The machine at home, which vouched for the first entries when it cut at them, is lost too: no tip leads to them on any
/// machine, the tips are the same everywhere, and only what the first cut says is left.
#[test]
fn what_no_machine_vouches_for_any_more_comes_by_the_cut_alone() {
    let mut street = Neighbourhood::new();
    let ([alice, home, tablet], sheet) = a_beginning_that_is_void_and_was_followed(&mut street);
    meet_again(&mut street, &[alice, home]);
    street.part_all();
    takes_away(&mut street, tablet, home, Some(&sheet));
    meet_again(&mut street, &[alice, tablet]);
    street.all_equal(&[alice, tablet]);
    street.part_all();
    let invitation = street.invites(alice);
    let carol = street.person("carol");
    street.near(&[alice, carol]);
    street.joins(carol, &invitation, alice);
    street.all_equal(&[alice, carol]);
    let restored = second_machine(&mut street, alice, "restored");
    for person in [alice, tablet, carol, restored] {
        assert!(street.titles(person).contains(&"Bob's wish".to_owned()), "{}", street.name(person));
    }
}

/// Found by the simulator: it stood in the journal of those who had heard of it, for as long as nothing else was purged.
#[test]
fn what_a_lost_machine_wrote_is_in_no_file_a_day_after_it_was_taken_away() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let laptop = street.pairs(alice, "laptop");
    let sheet = street.words_of(alice);
    street.meet(&[alice, laptop, bob]);
    street.part(alice);
    street.needs(laptop, "Nobody else wrote this");
    assert!(street.holds_bytes(bob, b"Nobody else wrote this"));
    // Today's look at what is to go is over.
    street.pass(Duration::from_secs(2));
    takes_away(&mut street, alice, laptop, Some(&sheet));
    meet_again(&mut street, &[alice, bob]);
    // What was moved between pages before it went stands there until all pages are written anew.
    let scope = Scope::Circle(street.circle_id(bob));
    let waits_for_it = |street: &Neighbourhood| {
        street.copied_store(bob).store.view().setting(scope, "purged").unwrap().is_some()
    };
    assert!(waits_for_it(&street));
    street.skip(Duration::from_secs(25 * 60 * 60));
    street.pass(Duration::from_secs(2));
    assert!(!waits_for_it(&street));
    assert!(!street.holds_bytes(bob, b"Nobody else wrote this"));
}

#[test]
fn a_machine_that_a_thief_added_goes_with_the_one_it_was_added_on() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let laptop = street.pairs(alice, "laptop");
    street.meet(&[alice, laptop, bob]);
    let sheet = street.words_of(alice);
    street.part_all();
    let theirs = street.pairs(laptop, "theirs");
    street.needs(theirs, "Written by a thief");
    street.meet(&[theirs, bob]);
    assert_eq!(street.titles(bob), ["Written by a thief"]);
    street.part_all();
    takes_away(&mut street, alice, laptop, Some(&sheet));
    meet_again(&mut street, &[alice, bob]);
    street.all_equal(&[alice, bob]);
    assert_eq!((street.titles(alice), street.titles(bob)), (Vec::new(), Vec::new()));
    assert_eq!(used(&mut street, bob).len(), 1);
    assert_eq!(used(&mut street, alice).len(), 1);
    street.needs(bob, "Not for a thief");
    meet_again(&mut street, &[alice, bob, theirs]);
    assert!(!street.titles(theirs).contains(&"Not for a thief".to_owned()));
    [alice, bob].iter().for_each(|person| is_whole(&mut street, *person));
}

#[test]
fn a_new_beginning_that_a_thief_made_is_void_and_the_one_before_leads_again() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let over = street.needs(alice, "Long over");
    street.needs(alice, "Lift to the eye clinic");
    closes(&mut street, alice, &over);
    let (laptop, tablet) = (street.pairs(alice, "laptop"), street.pairs(alice, "tablet"));
    let all = [alice, laptop, tablet, bob];
    street.meet(&all);
    street.all_equal(&all);
    let sheet = street.words_of(alice);
    street.part_all();

    street.tell(laptop, &forget(&[&over]));
    street.needs(laptop, "Written by a thief");
    street.meet(&[laptop, tablet, bob]);
    assert_eq!(street.titles(bob), ["Lift to the eye clinic", "Written by a thief"]);
    street.part_all();
    street.needs(alice, "Written at home");
    takes_away(&mut street, alice, laptop, Some(&sheet));
    let honest = [alice, tablet, bob];
    meet_again(&mut street, &honest);
    street.all_equal(&honest);
    for person in honest {
        let titles = ["Lift to the eye clinic", "Long over", "Written at home"];
        assert_eq!(street.titles(person), titles, "{}", street.name(person));
        is_whole(&mut street, person);
    }
    street.needs(tablet, "And on it goes");
    waits(&mut street, 8 * Duration::from_secs(24 * 3_600));
    meet_again(&mut street, &honest);
    street.all_equal(&honest);
    assert_eq!(street.titles(alice).len(), 4);
    assert!(!street.holds_bytes(bob, b"Written by a thief"), "purged a week later");
}

/// As [`a_new_beginning_that_a_thief_made_is_void_and_the_one_before_leads_again`], but an own machine that heard of
/// the new beginning went on in it, in good faith.
#[test]
fn what_an_own_machine_wrote_in_a_beginning_that_became_void_is_written_again() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let over = street.needs(alice, "Long over");
    let lift = street.needs(alice, "Lift to the eye clinic");
    closes(&mut street, alice, &over);
    let (laptop, tablet) = (street.pairs(alice, "laptop"), street.pairs(alice, "tablet"));
    street.meet(&[alice, laptop, tablet, bob]);
    let sheet = street.words_of(alice);
    street.part_all();

    street.tell(laptop, &forget(&[&over]));
    street.needs(laptop, "Written on the laptop");
    street.meet(&[laptop, tablet, bob]);
    street.part_all();
    street.needs(tablet, "Soup on the tablet");
    retitles(&mut street, tablet, &lift, "Lift to the dentist");
    takes_away(&mut street, alice, laptop, Some(&sheet));
    let honest = [alice, tablet, bob];
    meet_again(&mut street, &honest);
    let titles = |street: &mut Neighbourhood, expected: &[&str]| {
        street.all_equal(&honest);
        for person in honest {
            assert_eq!(street.titles(person), expected, "{}", street.name(person));
            is_whole(street, person);
        }
    };
    // The tablet signed for all that it wrote upon, as in every generation.
    let all = ["Lift to the dentist", "Long over", "Soup on the tablet", "Written on the laptop"];
    titles(&mut street, &all);

    // The next beginning has the number of the void one.
    street.tell(tablet, &forget(&[&over]));
    street.needs(tablet, "And on it goes");
    meet_again(&mut street, &honest);
    let rest = ["And on it goes", "Lift to the dentist", "Soup on the tablet", "Written on the laptop"];
    titles(&mut street, &rest);
    waits(&mut street, 8 * Duration::from_secs(24 * 3_600));
    meet_again(&mut street, &honest);
    titles(&mut street, &rest);
    for person in honest {
        street.switch_off(person);
        street.switch_on(person).unwrap();
    }
    meet_again(&mut street, &honest);
    titles(&mut street, &rest);
}
