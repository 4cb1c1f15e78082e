//! What is known of a post before it is posted: what in it looks private, who will hold it, when it ends.

use closeknit_api::{
    ErrorCode, Phrase, calls,
    views::{LookedOver, Mode, PostKind, TellKind},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

fn looked_over(street: &mut Neighbourhood, person: Person, post: calls::Post) -> LookedOver {
    street.tell(person, &calls::LookOver { text: String::new(), post: Some(post) })
}

#[test]
fn what_looks_private_is_said_with_its_piece_and_leaves_no_trace() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    let before = street.tell(alice, &calls::CountAll {}).digest;
    let text = "Lift from 14 Tannery Row\nCall 020 7946 0018 after six".to_owned();
    let looked = street.tell(alice, &calls::LookOver { text, post: None });
    let says: Vec<_> = looked.tells.iter().map(|tell| (tell.kind, tell.says.clone())).collect();
    assert_eq!(
        says,
        [
            (TellKind::Address, Phrase::new("private-address").text("piece", "14 Tannery Row")),
            (TellKind::Phone, Phrase::new("private-phone").text("piece", "020 7946 0018")),
        ]
    );
    assert_eq!(looked.holders, 2, "one machine each");
    assert_eq!(street.tell(alice, &calls::CountAll {}).digest, before);
    let long = street.refused(alice, &calls::LookOver { text: "é".repeat(40_000), post: None });
    assert_eq!(long.code, ErrorCode::BadInput);
}

#[test]
fn how_seats_are_given_and_when_it_ends_is_known_before() {
    let (mut street, people) = Neighbourhood::circle(&["alice"]);
    let alice = people[0];
    let mut look = |post: calls::Post| {
        let looked = looked_over(&mut street, alice, post);
        (looked.mode, looked.ends, looked.review)
    };
    let of = |category: &str| calls::Post { category: category.into(), ..calls::Post::default() };
    let day = |day: &str| Some(day.to_owned());
    assert_eq!(look(of("")), (None, None, None), "without a kind of help nothing is known");
    assert_eq!(look(of("child")), (Some(Mode::Choose), day("2026-12-08"), None));
    // For whom, but not yet how they agreed.
    let person = Some("Old Jack".to_owned());
    assert_eq!(look(calls::Post { person, ..of("group") }), (Some(Mode::TurnUp), day("2026-12-08"), None));
    let (when, repeat) = (Some("thursday 9-11".to_owned()), Some("weekly".to_owned()));
    let once = calls::Post { when: when.clone(), ..of("errand") };
    assert_eq!(look(once), (Some(Mode::First), day("2026-11-27"), None));
    let endless = calls::Post { when, repeat, ..of("errand") };
    assert_eq!(look(endless), (Some(Mode::First), None, day("2027-02-22")));
    let standing = calls::Post { kind: PostKind::Offer, standing: true, ..of("errand") };
    assert_eq!(look(standing), (Some(Mode::First), None, day("2027-02-22")));
}
