//! Clocks that are wrong are shown, and change nothing.

use closeknit_api::{Phrase, Value, calls, views::CheckView};
use jiff::SignedDuration;

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The people of a circle, of whom the last comes home with a clock that is so far ahead.
fn with_clock(names: &[&str], ahead: SignedDuration) -> (Neighbourhood, Vec<Person>) {
    let (mut street, people) = Neighbourhood::circle(names);
    let last = *people.last().unwrap();
    street.switch_off(last);
    street.set_clock_ahead(last, ahead);
    street.switch_on(last).unwrap();
    street.meet(&people);
    (street, people)
}

fn notice(street: &mut Neighbourhood, person: Person) -> Option<(String, Option<i32>, Option<String>)> {
    let status = street.tell(person, &calls::Status {});
    let today = street.tell(person, &calls::Today {});
    let clock: Vec<Phrase> =
        status.notices.into_iter().filter(|notice| notice.id.starts_with("notice-clock")).collect();
    assert_eq!(clock.first(), today.clock.as_ref());
    clock.into_iter().next().map(|mut notice| {
        let count = notice.values.get("count").and_then(|count| match count {
            Value::Number(count) => Some(*count),
            _ => None,
        });
        let name = notice.values.remove("name").and_then(|name| match name {
            Value::Text(name) => Some(name),
            _ => None,
        });
        (notice.id, count, name)
    })
}

fn check(street: &mut Neighbourhood, person: Person) -> CheckView {
    let checks = street.tell(person, &calls::Doctor {}).checks;
    checks.into_iter().find(|check| check.name == "clock").unwrap()
}

#[test]
fn a_clock_that_most_neighbours_contradict_is_shown_there_and_nowhere_else() {
    let (mut street, people) = with_clock(&["alice", "bob", "carol"], -DAY * 3);
    let carol = people[2];
    assert_eq!(notice(&mut street, carol), Some(("notice-clock-behind-days".into(), Some(3), None)));
    let said = check(&mut street, carol);
    assert_eq!((said.well, &*said.says.id), (false, "notice-clock-behind-days"));
    for person in [people[0], people[1]] {
        assert_eq!(notice(&mut street, person), None);
        assert_eq!(
            (check(&mut street, person).well, &*check(&mut street, person).says.id),
            (true, "doctor-clock-well")
        );
    }
    // It is remembered where nobody is near, and gone once the clock is right and somebody was met.
    street.part_all();
    street.switch_off(carol);
    street.switch_on(carol).unwrap();
    assert!(notice(&mut street, carol).is_some());
    street.switch_off(carol);
    street.set_clock_ahead(carol, SignedDuration::ZERO);
    street.switch_on(carol).unwrap();
    street.meet(&people);
    assert_eq!(notice(&mut street, carol), None);
    assert!(check(&mut street, carol).well);
}

#[test]
fn of_two_machines_nobody_says_which_is_wrong() {
    let (mut street, people) = with_clock(&["alice", "bob"], SignedDuration::from_hours(5));
    let (alice, bob) = (people[0], people[1]);
    let differs = |name: &str| Some(("notice-clock-differs-hours".into(), Some(5), Some(name.into())));
    assert_eq!(notice(&mut street, alice), differs("bob"));
    assert_eq!(notice(&mut street, bob), differs("alice"));
    assert!(!check(&mut street, alice).well);
}

#[test]
fn an_hour_is_no_difference_and_nobody_to_compare_with_no_complaint() {
    let (mut street, people) = with_clock(&["alice", "bob"], SignedDuration::from_mins(55));
    assert_eq!(notice(&mut street, people[0]), None);
    let mut alone = Neighbourhood::new();
    let carol = alone.person("carol");
    alone.starts(carol, "Tannery Row");
    assert_eq!(check(&mut alone, carol).says.id, "doctor-clock-unknown");
}

#[test]
fn a_clock_that_was_set_while_the_program_runs_is_compared_anew() {
    let (mut street, people) = with_clock(&["alice", "bob", "carol"], DAY * 2);
    let carol = people[2];
    assert_eq!(notice(&mut street, carol), Some(("notice-clock-ahead-days".into(), Some(2), None)));
    street.pass(std::time::Duration::from_secs(2));
    assert!(notice(&mut street, carol).is_some());
    street.set_clock_ahead(carol, SignedDuration::ZERO);
    street.pass(std::time::Duration::from_secs(2));
    assert_eq!(notice(&mut street, carol), None);
    assert_eq!(check(&mut street, carol).says.id, "doctor-clock-unknown");
}

#[test]
fn whatever_a_clock_says_everybody_holds_the_same_records() {
    for ahead in [DAY * 400, -DAY * 3_000] {
        let (mut street, people) = with_clock(&["alice", "bob", "carol"], ahead);
        let need = street.needs(people[0], "Lift to the eye clinic");
        street.promises(people[1], &need);
        street.meet(&people);
        let held: Vec<_> =
            people.iter().map(|person| street.tell(*person, &calls::CountAll {}).digest).collect();
        assert!(held.iter().all(|digest| *digest == held[0]));
        street.switch_off(people[2]);
        street.set_clock_ahead(people[2], SignedDuration::ZERO);
        street.switch_on(people[2]).unwrap();
        street.meet(&people);
        street.all_equal(&people);
    }
}
