//! Who has a say, and who should no longer belong.

use std::time::Duration;

use closeknit_api::{
    ErrorCode, Phrase, Value, calls,
    views::{CircleView, MemberKind, MemberView},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

/// A neighbour as another sees them.
pub(crate) fn sees(street: &mut Neighbourhood, reader: Person, name: &str) -> Option<MemberView> {
    let members = street.tell(reader, &calls::Circle {}).members;
    members.into_iter().find(|member| member.person.name.as_deref() == Some(name))
}

pub(crate) fn says(street: &mut Neighbourhood, reader: Person, name: &str) -> String {
    sees(street, reader, name).unwrap().say.unwrap().id
}

fn id(phrase: Option<Phrase>) -> Option<String> {
    phrase.map(|phrase| phrase.id)
}

fn vouches(street: &mut Neighbourhood, by: Person, name: &str) -> CircleView {
    street.tell(by, &calls::Vouch { member: name.into() })
}

pub(crate) fn votes(street: &mut Neighbourhood, by: Person, name: &str) -> CircleView {
    street.tell(by, &calls::Remove { member: name.into() })
}

/// A machine that closed a connection is called again after half a minute.
pub(crate) fn let_them_call_again(street: &mut Neighbourhood) {
    street.skip(Duration::from_secs(60));
    street.pass(Duration::from_secs(2));
}

/// Carol has a say too, dave has none yet.
pub(crate) fn circle_of_four() -> (Neighbourhood, Vec<Person>) {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol", "dave"]);
    vouches(&mut street, people[0], "carol");
    vouches(&mut street, people[1], "carol");
    street.all_equal(&people);
    (street, people)
}

#[test]
fn after_two_vouched_for_her_carol_has_a_say_and_everybody_reads_who_did() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    for reader in [alice, bob] {
        assert_eq!(says(&mut street, reader, "carol"), "say-none");
        assert_eq!(id(sees(&mut street, reader, "carol").unwrap().vouching), Some("vouching-first".into()));
        assert_eq!(says(&mut street, reader, "alice").trim_end_matches("-you"), "say-has");
    }
    assert_eq!(says(&mut street, carol, "carol"), "say-none-you");

    street.part_all();
    vouches(&mut street, alice, "carol");
    let seen = sees(&mut street, alice, "carol").unwrap();
    let say = seen.say.unwrap();
    assert_eq!((say.id.as_str(), &say.values["left"]), ("say-none-vouched", &Value::Number(1)));
    assert_eq!(say.values["names"], Value::Names(vec!["alice".into()]));
    assert_eq!(seen.vouching, None, "she has said it");
    street.meet(&[alice, bob]);
    assert_eq!(id(sees(&mut street, bob, "carol").unwrap().vouching), Some("vouching-last".into()));
    vouches(&mut street, bob, "carol");
    street.meet(&[bob, carol]);

    assert!(street.tell(carol, &calls::Circle {}).can_invite, "she has a say now");
    assert_eq!(says(&mut street, carol, "carol"), "say-has-vouched-you");
    street.meet(&people);
    street.all_equal(&people);
    let seen = sees(&mut street, alice, "carol").unwrap();
    let say = seen.say.unwrap();
    assert_eq!((say.id.as_str(), seen.vouching), ("say-has-vouched", None));
    let Value::Names(mut names) = say.values["names"].clone() else { panic!("{say:?}") };
    names.sort();
    assert_eq!(names, ["alice", "bob"]);
    // Said twice it is said once.
    let before = street.tell(alice, &calls::CountAll {});
    vouches(&mut street, alice, "carol");
    assert_eq!(street.tell(alice, &calls::CountAll {}), before);
}

#[test]
fn a_word_that_is_not_ones_own_to_give_is_refused_plainly() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol", "dave"]);
    let (alice, carol) = (people[0], people[2]);
    let vouch = |member: &str| calls::Vouch { member: member.into() };
    let remove = |member: &str| calls::Remove { member: member.into() };
    assert_eq!(street.refusal(carol, &vouch("dave")), ErrorCode::NotAVoter);
    assert_eq!(street.refusal(carol, &remove("dave")), ErrorCode::NotAVoter);
    assert_eq!(street.refusal(carol, &vouch("carol")), ErrorCode::AboutYourself);
    assert_eq!(street.refusal(alice, &vouch("alice")), ErrorCode::AboutYourself);
    assert_eq!(street.refusal(alice, &remove("alice")), ErrorCode::AboutYourself);
    assert_eq!(street.refusal(alice, &vouch("erin")), ErrorCode::NotFound);
    let seen = sees(&mut street, carol, "dave").unwrap();
    assert_eq!((seen.vouching, seen.removal, seen.case), (None, Vec::new(), None));

    let erin = street.person("erin");
    street.starts(erin, "Orchard");
    assert_eq!(street.refusal(erin, &vouch("alice")), ErrorCode::NotFound, "nobody else is there");
}

#[test]
fn an_organisation_can_be_known_and_never_has_a_say() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob, hall) = (people[0], people[1], street.person("hall"));
    let invitation = street.invites(alice);
    let kind = Some(MemberKind::Organisation);
    street.tell(hall, &calls::Join { invitation, name: "hall".into(), kind });
    street.agree(hall, alice);
    street.run();
    assert_eq!(says(&mut street, bob, "hall"), "say-organisation");
    assert_eq!(id(sees(&mut street, bob, "hall").unwrap().vouching), Some("vouching-first".into()));
    vouches(&mut street, alice, "hall");
    assert_eq!(says(&mut street, bob, "hall"), "say-organisation-vouched");
    assert_eq!(
        id(sees(&mut street, bob, "hall").unwrap().vouching),
        Some("vouching-last-organisation".into())
    );
    vouches(&mut street, bob, "hall");
    assert_eq!(says(&mut street, hall, "hall"), "say-organisation-vouched-you");
    assert!(!street.tell(hall, &calls::Circle {}).can_invite);
}

#[test]
fn two_who_say_so_remove_dave_and_what_he_held_is_free() {
    let (mut street, people) = circle_of_four();
    let (alice, bob, carol, dave) = (people[0], people[1], people[2], people[3]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(dave, &need);
    let promise = street.promise_of(dave, alice, &need);
    street.tell(alice, &calls::Answer { id: promise, ..Default::default() });
    street.needs(dave, "Dave's ladder");
    street.all_equal(&people);

    // One alone: everybody who has a say reads it, and dave himself; nobody else, and nothing follows.
    assert_eq!(sees(&mut street, bob, "dave").unwrap().removal[0].id, "removal-first");
    let after = votes(&mut street, bob, "dave");
    let dave_there = after.members.iter().find(|member| member.person.name.as_deref() == Some("dave"));
    assert_eq!(dave_there.unwrap().case.clone().unwrap().id, "case-yours");
    let seen = sees(&mut street, carol, "dave").unwrap();
    assert_eq!(seen.case, Some(Phrase::new("case-open").text("by", "bob").text("name", "dave")));
    assert_eq!(seen.removal[0].id, "removal-second");
    let about = sees(&mut street, dave, "dave").unwrap().case;
    assert_eq!(about, Some(Phrase::new("case-about-you").text("by", "bob").text("name", "dave")));
    assert_eq!(street.shows(alice, &need).card.state, street.shows(dave, &need).card.state);
    let before = street.tell(bob, &calls::CountAll {});
    votes(&mut street, bob, "dave");
    assert_eq!(street.tell(bob, &calls::CountAll {}), before, "said twice it is said once");

    votes(&mut street, carol, "dave");
    for reader in [alice, bob, carol] {
        assert!(sees(&mut street, reader, "dave").is_none());
        assert_eq!(street.titles(reader), ["Lift to the eye clinic"], "what dave posted is not shown");
        let notes = street.tell(reader, &calls::Circle {}).notes;
        assert_eq!(notes, [Phrase::new("circle-former").number("count", 1)]);
    }
    street.all_equal(&[alice, bob, carol]);
    let post = street.shows(alice, &need);
    assert!(post.notes.iter().any(|note| note.id == "former-member-was-going"), "{:?}", post.notes);
    assert_eq!(post.card.going, 0);
    let gone = street.refused(alice, &calls::Vouch { member: "dave".into() });
    assert_eq!(gone.code, ErrorCode::FormerMember);

    // Dave keeps what he has, is told, and can write nothing more there.
    let told = |street: &mut Neighbourhood| street.tell(dave, &calls::Status {}).notices;
    assert_eq!(told(&mut street), [Phrase::new("gone-perhaps").text("circle", "Millrace")]);
    assert!(street.titles(dave).contains(&"Lift to the eye clinic".to_owned()));
    street.needs(alice, "Something new");
    let_them_call_again(&mut street);
    street.meet(&people);
    assert!(!street.titles(dave).contains(&"Something new".to_owned()));
    street.switch_off(dave);
    street.switch_on(dave).unwrap();
    assert_eq!(told(&mut street), [Phrase::new("gone-perhaps").text("circle", "Millrace")]);
}

#[test]
fn two_who_open_a_case_apart_say_it_once_more_before_it_counts() {
    let (mut street, people) = circle_of_four();
    let (alice, bob) = (people[0], people[1]);
    street.part_all();
    votes(&mut street, alice, "dave");
    votes(&mut street, bob, "dave");
    street.meet(&people);
    street.all_equal(&people);
    for (reader, other) in [(alice, "bob"), (bob, "alice")] {
        let seen = sees(&mut street, reader, "dave").unwrap();
        assert_eq!(seen.case, Some(Phrase::new("case-apart").text("by", other).text("name", "dave")));
        assert_eq!(seen.removal[0].id, "removal-second");
    }
    votes(&mut street, bob, "dave");
    assert!(sees(&mut street, alice, "dave").is_none());
}

#[test]
fn two_who_meet_in_any_order_remove_the_same() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let (mut street, people) = circle_of_four();
        let dave = people[3];
        let [first, second, third] = order.map(|place| people[place]);
        street.part_all();
        votes(&mut street, first, "dave");
        street.meet(&[first, dave]);
        assert_eq!(id(sees(&mut street, dave, "dave").unwrap().case), Some("case-about-you".into()));
        street.meet(&[first, second]);
        votes(&mut street, second, "dave");
        street.meet(&[second, third]);
        assert!(sees(&mut street, third, "dave").is_none());
        street.meet(&[third, dave]);
        street.meet(&[first, second, third, dave]);
        street.all_equal(&people[..3]);
    }
}

#[test]
fn one_of_only_two_who_have_a_say_cannot_be_removed() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    votes(&mut street, people[0], "bob");
    assert_eq!(id(sees(&mut street, people[1], "bob").unwrap().case), Some("case-about-you".into()));
    assert_eq!(sees(&mut street, people[2], "bob").unwrap().case, None, "she has no say yet");
    street.all_equal(&people);
    assert_eq!(street.tell(people[2], &calls::Circle {}).members.len(), 3);
}

/// Whoever holds an invitation can complete it. Neither machine can know that the other did, so everybody is told.
#[test]
fn an_invitation_with_which_two_people_let_somebody_in_is_told_to_everybody() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let (carol, dora) = (street.person("carol"), street.person("dora"));
    let invitation = street.invites(alice);
    street.run();
    street.meet(&[alice, carol]);
    street.joins(carol, &invitation, alice);
    assert_eq!(street.tell(alice, &calls::Circle {}).notes, [], "once is as it should be");
    street.meet(&[bob, dora]);
    street.knocks(dora, &invitation);
    street.pass(Duration::from_secs(10));
    street.agree(dora, bob);
    street.meet(&[alice, bob, carol, dora]);
    let_them_call_again(&mut street);
    for reader in [alice, bob, carol, dora] {
        let notes = street.tell(reader, &calls::Circle {}).notes;
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert_eq!(notes[0].id, "circle-used-again");
        let Value::Names(mut names) = notes[0].values["names"].clone() else { panic!("{notes:?}") };
        names.sort();
        assert_eq!(names, ["carol", "dora"], "both stand");
    }
}

#[test]
fn a_profile_is_erased_by_name_and_what_is_not_its_own_stays() {
    let (mut street, people) = circle_of_four();
    let (alice, dave) = (people[0], people[3]);
    let profile = street.profile(dave);
    std::fs::write(profile.join("holiday.jpg"), b"not ours").unwrap();
    // As the window keeps what was typed and not sent.
    std::fs::create_dir(profile.join("window")).unwrap();
    std::fs::write(profile.join("window").join("drafts"), b"My back hurts").unwrap();
    let goes = street.tell(dave, &calls::WhatGoes {});
    assert_eq!(goes.name, "Millrace");
    assert!(
        ["closeknit.db", "page.key", "device.key", "recovery.key", "lock"]
            .iter()
            .all(|file| goes.files.contains(&(*file).to_owned())),
        "{goes:?}"
    );
    assert_eq!(street.refusal(dave, &calls::Erase { name: "Orchard".into() }), ErrorCode::BadInput);
    assert_eq!(street.tell(dave, &calls::WhatGoes {}), goes, "nothing went");
    street.tell(dave, &calls::Erase { name: " Millrace ".into() });
    street.switch_off(dave);
    let left: Vec<_> = std::fs::read_dir(&profile).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["holiday.jpg"]);
    assert!(sees(&mut street, alice, "dave").is_some(), "to the others it is a machine that is away");
    street.switch_on(dave).unwrap();
    assert_eq!(street.tell(dave, &calls::Status {}).circles.len(), 0, "as at first start");
}
