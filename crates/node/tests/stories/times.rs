//! Needs with several times, each with seats of its own; regulars, roles, and what is lent.

use closeknit_api::{
    ErrorCode, Phrase, calls,
    views::{PostState, PostView, PromiseState, Rhythm, RoleView, TimeView, Verdict},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

const THURSDAY: &str = "2026-11-26T09:00:00";
const FRIDAY: &str = "2026-11-27T09:00:00";

/// A need of two mornings.
fn mornings(street: &mut Neighbourhood, author: Person) -> String {
    let times = ["2026-11-26T09:00/2026-11-26T11:00", "friday 9-11"].map(str::to_owned).to_vec();
    let call = calls::Post {
        category: "child".into(),
        title: "Somebody with the twins".into(),
        times: Some(times),
        roles: Some(vec![RoleView { name: "with a van".into(), amount: 1 }]),
        ..calls::Post::default()
    };
    street.tell(author, &call).card.id
}

fn promises_at(street: &mut Neighbourhood, helper: Person, post: &str, slots: &[&str]) -> PostView {
    let slots = Some(slots.iter().map(|slot| (*slot).to_owned()).collect());
    street.tell(helper, &calls::Promise { id: post.into(), slots, ..calls::Promise::default() })
}

fn time<'a>(view: &'a PostView, id: &str) -> &'a TimeView {
    view.times.iter().find(|time| time.id == id).unwrap()
}

#[test]
fn each_of_several_times_has_seats_and_words_of_its_own() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = mornings(&mut street, alice);
    let seen = street.shows(bob, &need);
    assert_eq!(seen.times.iter().map(|time| time.id.as_str()).collect::<Vec<_>>(), [THURSDAY, FRIDAY]);
    assert_eq!((seen.roles[0].name.as_str(), seen.roles[0].amount), ("with a van", 1));
    assert_eq!(seen.card.window.unwrap().start, THURSDAY);
    assert!(seen.can_promise && seen.times.iter().all(|time| time.can_promise && time.want == 1));

    // Which of them has to be said; then one morning is bob's and the other carol's, promised apart.
    let unsaid = street.refused(bob, &calls::Promise { id: need.clone(), ..calls::Promise::default() });
    assert_eq!(unsaid.code, ErrorCode::WhichTime);
    street.part_all();
    promises_at(&mut street, bob, &need, &[THURSDAY]);
    promises_at(&mut street, carol, &need, &["2026-11-27"]);
    street.meet(&people);
    street.all_equal(&people);
    for helper in [bob, carol] {
        let promise = street.promise_of(helper, alice, &need);
        street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep: None });
    }
    // Each reads their own day on the card.
    for (helper, day) in [(bob, THURSDAY), (carol, "2026-11-27")] {
        assert!(street.shows(helper, &need).card.window.unwrap().start.starts_with(day));
    }
    let (bobs, carols) = (street.shows(bob, &need), street.shows(carol, &need));
    assert_eq!(time(&bobs, THURSDAY).says, Phrase::new("you-are-going"));
    assert_eq!(time(&bobs, FRIDAY).state, PostState::Covered);
    assert_eq!((time(&bobs, FRIDAY).going, time(&bobs, FRIDAY).mine.as_deref()), (1, None));
    assert_eq!(time(&carols, FRIDAY).says, Phrase::new("you-are-going"));
    assert_eq!(street.shows(alice, &need).card.state, PostState::Covered);

    // Bob's promise says for which, to everybody.
    let promises = street.shows(carol, &need).promises;
    let bobs = promises.iter().find(|promise| promise.helper.name.as_deref() == Some("bob")).unwrap();
    assert_eq!((bobs.times[0].id.as_str(), bobs.times[0].state), (THURSDAY, PromiseState::Going));
    assert!(bobs.times.len() == 1 && !bobs.every && bobs.role.is_none());
    street.all_equal(&people);
}

#[test]
fn a_regular_comes_each_time_and_takes_a_single_time_back() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let call = calls::Post {
        category: "ride".into(),
        title: "To dialysis and back".into(),
        when: Some("2026-11-25T08:00/2026-11-25T13:00".into()),
        repeat: Some("wed, fri".into()),
        roles: Some(vec![RoleView { name: "with a van".into(), amount: 1 }]),
        ..calls::Post::default()
    };
    let need = street.tell(alice, &call).card.id;
    assert_eq!(street.shows(bob, &need).repeat.unwrap().rule, "FREQ=WEEKLY;BYDAY=WE,FR");
    street.part_all();
    let role = |role: &str| Some(role.to_owned());
    let regular = calls::Promise {
        id: need.clone(),
        every: Some(true),
        role: role("With a van"),
        ..calls::Promise::default()
    };
    let juggler = calls::Promise { role: role("with clubs"), ..regular.clone() };
    assert_eq!(street.refusal(bob, &juggler), ErrorCode::NotFound);
    street.tell(bob, &regular);
    street.meet(&people);
    let promise = street.promise_of(bob, alice, &need);
    street.tell(alice, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep: None });
    let seen = street.shows(carol, &need);
    let bobs = &seen.promises[0];
    assert!(bobs.every && bobs.role.as_deref() == Some("with a van"));
    assert!(seen.times.iter().all(|time| time.state == PostState::Covered), "{seen:?}");

    // One Friday bob is away: that day is open again, and carol takes it.
    street.part_all();
    let slots = Some(vec!["2026-12-04".to_owned()]);
    street.tell(bob, &calls::Withdraw { id: promise, slots });
    street.meet(&people);
    let friday = "2026-12-04T08:00:00";
    let seen = street.shows(carol, &need);
    assert_eq!(time(&seen, friday).state, PostState::Open);
    let others = seen.times.iter().filter(|time| time.id != friday);
    assert!(others.clone().count() > 10 && others.clone().all(|time| time.state == PostState::Covered));
    promises_at(&mut street, carol, &need, &[friday]);
    assert!(time(&street.shows(carol, &need), friday).mine.is_some());
    street.all_equal(&people);
}

#[test]
fn how_long_something_is_lent_is_said() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let call = calls::Post {
        kind: closeknit_api::views::PostKind::Offer,
        category: "lend".into(),
        title: "Ladder".into(),
        lend_days: Some(14),
        ..calls::Post::default()
    };
    let offer = street.tell(people[0], &call).card.id;
    assert_eq!(street.shows(people[1], &offer).lend_days, Some(14));
}

/// A lift every Monday, with a regular who is going.
fn mondays(street: &mut Neighbourhood, alice: Person, bob: Person, repeat: &str) -> (String, String) {
    let call = calls::Post {
        category: "ride".into(),
        title: "To dialysis and back".into(),
        when: Some("2026-11-23T09:00/2026-11-23T11:00".into()),
        repeat: Some(repeat.into()),
        ..calls::Post::default()
    };
    let need = street.tell(alice, &call).card.id;
    street.tell(bob, &calls::Promise { id: need.clone(), every: Some(true), ..calls::Promise::default() });
    let promise = street.promise_of(bob, alice, &need);
    street.tell(alice, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep: None });
    (need, promise)
}

fn repeats(need: &str, rule: &str) -> calls::Edit {
    calls::Edit { id: need.into(), repeat: Some(rule.into()), ..calls::Edit::default() }
}

fn starts(view: &PostView) -> Vec<&str> {
    view.times.iter().map(|time| time.id.as_str()).collect()
}

#[test]
fn the_regular_of_mondays_is_asked_again_when_the_post_moves_to_tuesdays() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let (need, promise) = mondays(&mut street, alice, bob, "weekly");
    assert_eq!(street.shows(bob, &need).promises[0].state, PromiseState::Going);
    let repeat = street.shows(alice, &need).repeat.unwrap();
    assert_eq!((repeat.rhythm, &*repeat.weekdays, repeat.last), (Rhythm::Week, &["MO".to_owned()][..], None));

    // How long it goes on, and the same rhythm in other words, ask nobody anything.
    street.tell(alice, &repeats(&need, "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261221"));
    let ending = street.shows(bob, &need);
    assert_eq!(ending.promises[0].state, PromiseState::Going);
    assert_eq!(ending.repeat.unwrap().last.as_deref(), Some("2026-12-21"));
    assert_eq!(ending.times.last().unwrap().id, "2026-12-21T09:00:00");

    // Tuesdays, which Bob hears of later.
    street.part_all();
    let moved = street.tell(alice, &repeats(&need, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261221"));
    let tuesdays = ["2026-12-01T09:00:00", "2026-12-08T09:00:00", "2026-12-15T09:00:00"];
    assert_eq!(starts(&moved), tuesdays, "none that was before anybody said so");
    street.meet(&people);
    let seen = street.shows(bob, &need);
    assert_eq!(seen.card.says.id, "check-again-time");
    assert!(seen.times.iter().all(|time| time.state == PostState::Open), "{:?}", seen.times);
    let today = street.tell(bob, &calls::Today {});
    assert_eq!(today.asked[0].says.id, "check-again-time");
    assert_eq!(street.shows(alice, &need).promises[0].state, PromiseState::CheckAgain);
    street.all_equal(&people);

    // He can: the same promise, with the answer it had.
    let seen = street.tell(bob, &calls::YesAgain { id: promise });
    assert_eq!(seen.card.says.id, "you-are-going-each-time");
    assert!(seen.times.iter().all(|time| time.state == PostState::Covered));
    street.all_equal(&people);
}

#[test]
fn another_hour_leaves_the_rhythm_and_comes_no_more_often() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let (need, _) = mondays(&mut street, alice, bob, "FREQ=WEEKLY;BYDAY=MO;COUNT=3");
    let hour = calls::Edit {
        id: need.clone(),
        when: Some("2026-11-30T16:00/2026-11-30T18:00".into()),
        ..calls::Edit::default()
    };
    let moved = street.tell(alice, &hour);
    assert_eq!(starts(&moved), ["2026-11-30T16:00:00", "2026-12-07T16:00:00"]);
    assert_eq!(street.shows(bob, &need).promises[0].state, PromiseState::CheckAgain);
}

#[test]
fn a_rhythm_ends_and_another_begins() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let (need, promise) = mondays(&mut street, alice, bob, "weekly");
    let once = street.tell(alice, &repeats(&need, ""));
    assert!(once.repeat.is_none() && once.times.is_empty());
    assert_eq!(once.card.window.unwrap().start, "2026-11-30T09:00:00");
    assert_eq!(street.shows(bob, &need).promises[0].state, PromiseState::CheckAgain);
    let seen = street.tell(bob, &calls::YesAgain { id: promise });
    assert_eq!(seen.promises[0].state, PromiseState::Going);

    let again = street.tell(alice, &repeats(&need, "mon, thu"));
    assert_eq!(starts(&again)[..2], ["2026-11-30T09:00:00", "2026-12-03T09:00:00"]);
    assert_eq!(street.shows(bob, &need).promises[0].state, PromiseState::CheckAgain);

    // What has no time, or several, takes no rhythm; what is no rule is none.
    let several = mornings(&mut street, alice);
    assert_eq!(street.refusal(alice, &repeats(&several, "weekly")), ErrorCode::BadRepeat);
    let any = street.tell(alice, &calls::Edit { when: Some(String::new()), ..repeats(&several, "") });
    assert!(any.card.window.is_none());
    assert_eq!(street.refusal(alice, &repeats(&several, "weekly")), ErrorCode::BadInput);
    assert_eq!(street.refusal(alice, &repeats(&need, "now and then")), ErrorCode::BadRepeat);
    street.all_equal(&people);
}

#[test]
fn who_promised_the_one_time_goes_once_when_more_follow() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "To dialysis and back");
    let when = Some("2026-11-26T09:00/2026-11-26T11:00".to_owned());
    street.tell(alice, &calls::Edit { id: need.clone(), when, ..calls::Edit::default() });
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    street.tell(alice, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep: None });
    street.part_all();
    street.tell(alice, &repeats(&need, "weekly"));
    street.meet(&people);
    let times = |view: &PostView| {
        view.promises[0].times.iter().map(|time| (time.id.clone(), time.state)).collect::<Vec<_>>()
    };
    let seen = street.shows(bob, &need);
    assert_eq!(times(&seen), [(THURSDAY.to_owned(), PromiseState::Going)], "nobody asked him for more");
    assert_eq!(time(&seen, THURSDAY).says, Phrase::new("you-are-going"));
    assert_eq!(time(&seen, "2026-12-03T09:00:00").state, PostState::Open);
    street.all_equal(&people);

    // Fridays: he is asked about the first, and goes to that one.
    street.tell(alice, &repeats(&need, "fri"));
    let seen = street.shows(bob, &need);
    assert_eq!(times(&seen), [(FRIDAY.to_owned(), PromiseState::CheckAgain)]);
    let seen = street.tell(bob, &calls::YesAgain { id: promise });
    assert_eq!(times(&seen), [(FRIDAY.to_owned(), PromiseState::Going)]);
    assert!(!seen.promises[0].every);
    assert_eq!(time(&seen, "2026-12-04T09:00:00").state, PostState::Open);
    street.all_equal(&people);
}

#[test]
fn a_time_names_its_zone_where_the_clock_on_the_wall_shows_another() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let need = street.needs(people[0], "Lift to the eye clinic");
    let window = street.shows(people[1], &need).card.window.unwrap();
    let wall = jiff::tz::TimeZone::system();
    let named = (wall.iana_name() != Some("Europe/Vienna")).then(|| "Europe/Vienna".to_owned());
    assert_eq!(window.zone, named);
}
