//! Posts for chosen people, and what is said about them: others pass it on and cannot read it.

use closeknit_api::{
    ErrorCode, Phrase, Value, calls,
    views::{Became, Closing, PromiseState, Verdict},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

const TITLE: &str = "Canary someone to listen after a loss";
const DETAIL: &str = "canary evenings after the children sleep";
const WORD: &str = "canary I lost my brother too";
const DOORSTEP: &str = "canary lane 9";
const WHY: &str = "canary she was asleep";

fn for_only(names: &[&str]) -> calls::Post {
    calls::Post {
        category: "check-in".into(),
        title: TITLE.into(),
        detail: Some(DETAIL.into()),
        audience: Some(names.iter().map(|name| (*name).to_owned()).collect()),
        ..calls::Post::default()
    }
}

fn locked_at(street: &mut Neighbourhood, person: Person) -> u32 {
    street.tell(person, &calls::Board::default()).locked
}

#[test]
fn a_need_for_one_is_lived_through_by_the_two_and_carried_by_the_third() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    street.part_all();
    let posted = street.tell(alice, &for_only(&["Bob"]));
    let only =
        |name: &str| Some(Phrase::new("audience-chosen").with("names", Value::Names(vec![name.into()])));
    assert_eq!(posted.card.audience, only("bob"));
    let need = posted.card.id;

    // Bob gets it by way of carol's machine alone; she sees that something is open.
    street.meet(&[alice, carol]);
    street.part_all();
    street.meet(&[carol, bob]);
    assert_eq!(street.titles(carol), Vec::<String>::new());
    assert_eq!([alice, bob, carol].map(|person| locked_at(&mut street, person)), [0, 0, 1]);
    assert_eq!(street.refusal(carol, &calls::Show { id: need.clone() }), ErrorCode::NotFound);
    let seen = street.shows(bob, &need);
    assert_eq!(seen.card.audience, only("alice"));
    assert_eq!((seen.card.title.as_str(), seen.detail.as_deref()), (TITLE, Some(DETAIL)));

    let say = Some(WORD.to_owned());
    street.tell(bob, &calls::Promise { id: need.clone(), say, ..calls::Promise::default() });
    street.meet(&people);
    let promise = street.promise_of(bob, alice, &need);
    let (verdict, doorstep) = (Verdict::Accept, Some(DOORSTEP.to_owned()));
    street.tell(alice, &calls::Answer { id: promise.clone(), verdict, doorstep });
    let going = street.shows(bob, &need);
    assert_eq!(going.card.says, Phrase::new("you-are-going"));
    assert_eq!(going.promises[0].doorstep.as_deref(), Some(DOORSTEP));
    let reason = Some(WHY.to_owned());
    let not = calls::Outcome { id: promise, how: Became::DidNot, reason, ..calls::Outcome::default() };
    street.tell(bob, &not);
    assert_eq!(street.shows(alice, &need).promises[0].state, PromiseState::Void);
    let edit =
        calls::Edit { id: need.clone(), place: Some("the canary bench".into()), ..calls::Edit::default() };
    street.tell(alice, &edit);
    assert_eq!(street.shows(bob, &need).card.place.as_deref(), Some("the canary bench"));
    street.tell(alice, &calls::Close { id: need.clone(), how: Closing::NotNeeded, duplicate_of: None });
    street.tell(alice, &calls::Undo { id: need.clone() });
    street.all_equal(&people);
    assert_eq!(street.tell(carol, &calls::Board::default()).skipped, 0);

    // All of it is still there after everybody slept, and carol never had a word of it.
    for person in people.clone() {
        street.switch_off(person);
        street.switch_on(person).unwrap();
    }
    assert_eq!(street.shows(bob, &need).promises[0].say.as_deref(), Some(WORD));
    assert_eq!(street.tell(bob, &calls::Rebuild {}).changed, 0);
    assert_eq!(street.shows(bob, &need).card.title, TITLE);
    for secret in [TITLE, DETAIL, WORD, DOORSTEP, WHY, "canary"] {
        let bytes = secret.as_bytes();
        assert!(!street.frames().iter().any(|frame| frame.says(bytes)), "{secret} in a frame");
        for person in people.clone() {
            assert!(!street.holds_bytes(person, bytes), "{secret} on the disk of {}", street.name(person));
        }
    }
}

#[test]
fn what_was_open_for_others_is_so_no_longer_when_its_time_is_over() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, carol) = (people[0], people[2]);
    street.tell(alice, &for_only(&["bob"]));
    assert_eq!(locked_at(&mut street, carol), 1);
    street.skip(std::time::Duration::from_secs(15 * 24 * 3600));
    assert_eq!(locked_at(&mut street, carol), 0);
}

#[test]
fn whom_it_is_for_has_to_be_somebody_here() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    assert_eq!(street.refusal(people[0], &for_only(&["Zoe"])), ErrorCode::NotFound);
    assert_eq!(street.refusal(people[0], &for_only(&["alice"])), ErrorCode::BadInput, "oneself alone");
    assert_eq!(street.titles(people[0]), Vec::<String>::new());
}
