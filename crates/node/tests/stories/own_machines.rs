//! Two or three machines of one member write apart while one of them begins afresh: nothing that was acknowledged is
//! lost, and nothing that was forgotten returns.

use closeknit_api::{calls, views::Closing};
use closeknit_store::{Durability, Scope};
use closeknit_trust::circle::doc_id;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

use crate::forgetting::{DAY, closes, forget, is_whole, needs_with_detail, second_machine, waits};

/// Two machines of alice, and bob, who meet in pairs in this order.
type Order = &'static [(usize, usize)];
const ORDERS: [Order; 6] = [
    &[(0, 1), (0, 2), (1, 2)],
    &[(0, 2), (0, 1), (1, 2)],
    &[(1, 2), (0, 1), (0, 2)],
    &[(1, 2), (0, 2), (0, 1)],
    &[(0, 2), (1, 2), (0, 2)],
    &[(1, 2), (0, 2), (1, 2)],
];

fn meet_in_order(street: &mut Neighbourhood, people: &[Person], order: Order) {
    for (one, other) in order {
        street.part_all();
        street.meet(&[people[*one], people[*other]]);
    }
    street.meet(people);
    street.all_equal(people);
}

#[test]
fn what_another_own_machine_wrote_apart_is_written_again_in_the_new_beginning() {
    for order in ORDERS {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let over = street.needs(alice, "Long over");
        let lift = street.needs(alice, "Lift to the eye clinic");
        let ended = street.needs(alice, "Ended on the laptop");
        closes(&mut street, alice, &over);
        let laptop = second_machine(&mut street, alice, "laptop");
        let all = [alice, laptop, bob];
        street.meet(&all);
        street.all_equal(&all);
        street.part_all();

        street.tell(alice, &forget(&[&over]));
        street.needs(alice, "After the new beginning");
        let change =
            |title: &str| calls::Edit { id: lift.clone(), title: Some(title.into()), ..Default::default() };
        street.tell(laptop, &change("Lift to the dentist"));
        street.needs(laptop, "Written on the laptop");
        closes(&mut street, laptop, &ended);
        let detail =
            calls::Edit { id: lift.clone(), detail: Some("Third floor".into()), ..Default::default() };
        street.tell(alice, &detail);

        meet_in_order(&mut street, &all, order);
        for person in all {
            let titles = [
                "After the new beginning",
                "Ended on the laptop",
                "Lift to the dentist",
                "Written on the laptop",
            ];
            assert_eq!(street.titles(person), titles, "{} after {order:?}", street.name(person));
            assert_eq!(street.reads(person, &ended), street.reads(alice, &ended));
            assert_eq!(street.shows(person, &lift).detail.as_deref(), Some("Third floor"));
        }
        all.iter().for_each(|person| is_whole(&mut street, *person));
        street.needs(laptop, "And on it goes");
        street.all_equal(&all);
    }
}

#[test]
fn of_two_new_beginnings_made_apart_nothing_is_lost_and_nothing_forgotten_returns() {
    for order in ORDERS {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let here = needs_with_detail(&mut street, alice, "Forgotten here", "A canary");
        let there = needs_with_detail(&mut street, alice, "Forgotten there", "Another canary");
        let lift = street.needs(alice, "Lift to the eye clinic");
        closes(&mut street, alice, &here);
        closes(&mut street, alice, &there);
        let laptop = second_machine(&mut street, alice, "laptop");
        let all = [alice, laptop, bob];
        street.meet(&all);
        street.all_equal(&all);
        street.part_all();

        street.needs(alice, "Here, before");
        street.tell(alice, &forget(&[&here]));
        street.needs(alice, "Here, after");
        street.needs(laptop, "There, before");
        street.tell(laptop, &forget(&[&there]));
        street.needs(laptop, "There, after");
        let edit =
            calls::Edit { id: lift.clone(), title: Some("Lift to the dentist".into()), ..Default::default() };
        street.tell(laptop, &edit);

        meet_in_order(&mut street, &all, order);
        let titles = ["Here, after", "Here, before", "Lift to the dentist", "There, after", "There, before"];
        for person in all {
            assert_eq!(street.titles(person), titles, "{} after {order:?}", street.name(person));
        }
        all.iter().for_each(|person| is_whole(&mut street, *person));
        waits(&mut street, 8 * DAY);
        street.all_equal(&all);
        for person in all {
            for canary in ["A canary", "Another canary"] {
                assert!(
                    !street.holds_bytes(person, canary.as_bytes()),
                    "{} has {canary}",
                    street.name(person)
                );
            }
        }
        street.needs(alice, "And on it goes");
        street.all_equal(&all);
    }
}

/// Of two beginnings bob and carol keep the one that leads; one of the two had the other first. What was moved between
/// pages before it went stands there until all pages are written anew.
#[test]
fn after_somebody_elses_beginning_went_all_pages_are_written_anew() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let here = street.needs(alice, "Forgotten here");
    let there = street.needs(alice, "Forgotten there");
    closes(&mut street, alice, &here);
    closes(&mut street, alice, &there);
    let laptop = second_machine(&mut street, alice, "laptop");
    street.meet(&[alice, laptop, bob, carol]);
    street.part_all();
    street.tell(alice, &forget(&[&here]));
    street.tell(laptop, &forget(&[&there]));
    for (one, other) in [(bob, alice), (carol, laptop), (bob, laptop), (carol, alice)] {
        street.part_all();
        street.meet(&[one, other]);
    }
    street.part_all();
    let scope = Scope::Circle(street.circle_id(bob));
    let waits_for_it = |street: &Neighbourhood, person: Person| {
        street.copied_store(person).store.view().setting(scope, "purged").unwrap().is_some()
    };
    assert_ne!(waits_for_it(&street, bob), waits_for_it(&street, carol));
    waits(&mut street, 2 * DAY);
    assert!(!waits_for_it(&street, bob) && !waits_for_it(&street, carol));
}

/// A post of the model: what must be read of it in the end.
struct Told {
    id: String,
    title: String,
    by: Person,
    forgotten: bool,
}

/// Bob, and alice on two machines, or three: her first is the second of all. Apart.
pub(crate) fn bob_and_alices(street: &mut Neighbourhood, people: &[Person], seed: u64) -> Vec<Person> {
    let (alice, bob) = (people[0], people[1]);
    let laptop = second_machine(street, alice, "laptop");
    let tablet = (seed % 2 == 1).then(|| second_machine(street, alice, "tablet"));
    let all: Vec<Person> = [bob, alice, laptop].into_iter().chain(tablet).collect();
    street.meet(&all);
    street.part_all();
    all
}

/// One of them starts the program again.
pub(crate) fn starts_again(street: &mut Neighbourhood, own: Person) {
    street.switch_off(own);
    street.switch_on(own).unwrap();
    street.part_all();
}

/// Any two of them meet, and part.
pub(crate) fn any_two_meet(street: &mut Neighbourhood, all: &[Person], rng: &mut StdRng) {
    let first = rng.random_range(0..all.len());
    let second = (first + rng.random_range(1..all.len())) % all.len();
    street.meet(&[all[first], all[second]]);
    street.part_all();
}

/// Two machines of alice, and bob, do whatever they like and meet whenever they meet.
fn whatever_they_do(seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let all = bob_and_alices(&mut street, &people, seed);
    let mut told: Vec<Told> = Vec::new();
    for step in 0..60 {
        let own = all[rng.random_range(1..all.len())];
        let chosen = (!told.is_empty()).then(|| rng.random_range(0..told.len()));
        match (rng.random_range(0..10), chosen) {
            (0..3, _) | (_, None) => {
                let title = format!("Need {step}");
                let id = street.needs(own, &title);
                told.push(Told { id, title, by: own, forgotten: false });
            }
            (3..5, Some(at)) => {
                let (title, id) = (format!("Edited {step}"), told[at].id.clone());
                let edit = calls::Edit { id, title: Some(title.clone()), ..Default::default() };
                if street.ask(told[at].by, &edit).is_ok() {
                    told[at].title = title;
                }
            }
            (5, Some(at)) => {
                let id = told[at].id.clone();
                // It may be over already, or not known there.
                let _ = street.ask(own, &calls::Close { id, how: Closing::NotNeeded, duplicate_of: None });
            }
            (6, Some(_)) => {
                let over: Vec<usize> = (0..told.len())
                    .filter(|at| {
                        let id = told[*at].id.clone();
                        street.ask(own, &calls::Show { id }).is_ok_and(|post| post.can_forget)
                    })
                    .collect();
                if street.ask(own, &calls::Forget::default()).is_ok() {
                    over.into_iter().for_each(|at| told[at].forgotten = true);
                }
            }
            (7, Some(_)) => starts_again(&mut street, own),
            _ => any_two_meet(&mut street, &all, &mut rng),
        }
    }
    street.meet(&all);
    street.all_equal(&all);
    let mut expected: Vec<_> =
        told.into_iter().filter(|post| !post.forgotten).map(|post| post.title).collect();
    expected.sort();
    for person in all {
        assert_eq!(street.titles(person), expected, "{} with seed {seed}", street.name(person));
        is_whole(&mut street, person);
    }
}

#[test]
fn whatever_they_do_and_whoever_meets_whom_nothing_is_lost_and_nothing_forgotten_returns() {
    (0..16).for_each(whatever_they_do);
}

/// What alice's machine signed comes to her laptop, which was off; and of what the laptop wrote apart before, the second
/// of three changes is lost with its page.
fn hears_and_loses_a_change(street: &mut Neighbourhood, laptop: Person, alice: Person) {
    let circle = street.circle_id(alice);
    let doc = doc_id(circle, street.member_id(alice));
    [alice, laptop].iter().for_each(|person| street.switch_off(*person));
    let signed = street.store(alice).view().statements(circle).unwrap();
    let mut store = street.store(laptop);
    let mut changes = store.view().changes(circle, doc, 0).unwrap();
    let tips = store.view().tips_of(circle, doc).unwrap();
    changes.remove(changes.len() - 2);
    store
        .write(Durability::Full, |batch| {
            for row in signed {
                batch.add_statement(circle, row.id, &row.bytes)?;
            }
            batch.purge_generation(circle, doc, 0)?;
            changes.iter().try_for_each(|row| batch.add_change(circle, doc, 0, row).map(drop))?;
            tips.iter().try_for_each(|tip| batch.put_tip(circle, tip).map(drop))
        })
        .unwrap();
    drop(store);
    [alice, laptop].iter().for_each(|person| street.switch_on(*person).unwrap());
}

/// Nobody sends it again: what can be read is written again, and the rest goes with what was forgotten in it.
#[test]
fn what_was_left_behind_and_damaged_is_written_again_as_far_as_it_can_be_read_and_goes_in_time() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let over = needs_with_detail(&mut street, alice, "Long over", "A canary");
    closes(&mut street, alice, &over);
    let laptop = second_machine(&mut street, alice, "laptop");
    let all = [alice, laptop, bob];
    street.meet(&all);
    street.all_equal(&all);
    street.part_all();
    street.tell(alice, &forget(&[&over]));
    for title in ["First", "Second", "Third"] {
        street.needs(laptop, title);
    }
    hears_and_loses_a_change(&mut street, laptop, alice);
    street.meet(&all);
    street.all_equal(&all);
    assert_eq!(street.titles(bob), ["First"]);
    waits(&mut street, 8 * DAY);
    for person in all {
        assert!(!street.holds_bytes(person, b"A canary"), "{} has it", street.name(person));
        is_whole(&mut street, person);
    }
}
