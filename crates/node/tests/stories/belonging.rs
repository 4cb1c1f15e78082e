//! Who has a say, who should no longer belong, who leaves, and who comes back.

use std::time::Duration;

use closeknit_api::{
    ErrorCode, Phrase, Value, calls,
    views::{CircleView, JoinStage, MemberKind, MemberView},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};
use jiff::SignedDuration;

use crate::{
    damage::{database, puts_in_place},
    forgetting::{remove, second_machine},
};

/// A neighbour as another sees them.
fn sees(street: &mut Neighbourhood, reader: Person, name: &str) -> Option<MemberView> {
    let members = street.tell(reader, &calls::Circle {}).members;
    members.into_iter().find(|member| member.person.name.as_deref() == Some(name))
}

fn says(street: &mut Neighbourhood, reader: Person, name: &str) -> String {
    sees(street, reader, name).unwrap().say.unwrap().id
}

fn id(phrase: Option<Phrase>) -> Option<String> {
    phrase.map(|phrase| phrase.id)
}

fn vouches(street: &mut Neighbourhood, by: Person, name: &str) -> CircleView {
    street.tell(by, &calls::Vouch { member: name.into() })
}

fn votes(street: &mut Neighbourhood, by: Person, name: &str) -> CircleView {
    street.tell(by, &calls::Remove { member: name.into() })
}

/// A machine that closed a connection is called again after half a minute.
fn let_them_call_again(street: &mut Neighbourhood) {
    street.skip(Duration::from_secs(60));
    street.pass(Duration::from_secs(2));
}

/// Carol has a say too, dave has none yet.
fn circle_of_four() -> (Neighbourhood, Vec<Person>) {
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

#[test]
fn whoever_leaves_is_gone_everywhere_and_the_circle_from_their_machine() {
    let (mut street, people) = circle_of_four();
    let (alice, dave) = (people[0], people[3]);
    street.needs(alice, "A canary in the coal mine");
    street.needs(dave, "Dave's ladder");
    street.all_equal(&people);
    assert!(street.holds_bytes(dave, b"canary in the coal"));

    let before = street.tell(dave, &calls::Circle {});
    assert_eq!(before.leaving[0], Phrase::new("leaving-does"));
    assert!(!before.leaving_needs_words);
    let left = street.tell(dave, &calls::Leave { words: None });
    assert_eq!((left.circles.len(), left.current), (0, None));
    assert!(!street.holds_bytes(dave, b"canary in the coal"));
    assert!(!street.holds_bytes(dave, b"Dave's ladder"));
    for reader in &people[..3] {
        assert!(sees(&mut street, *reader, "dave").is_none());
        assert_eq!(street.titles(*reader), ["A canary in the coal mine"]);
    }
    street.all_equal(&people[..3]);
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), [], "somebody was told: nothing is left of it");
    street.switch_on(dave).unwrap();
    assert_eq!(street.tell(dave, &calls::Status {}).circles.len(), 0);
    assert_eq!(street.refusal(dave, &calls::Circle {}), ErrorCode::NotStarted);
}

#[test]
fn whoever_leaves_with_nobody_near_tells_the_first_they_meet() {
    let (mut street, people) = circle_of_four();
    let (alice, bob, dave) = (people[0], people[1], people[3]);
    street.needs(alice, "A canary in the coal mine");
    street.all_equal(&people);
    street.part_all();
    street.tell(dave, &calls::Leave { words: None });
    assert!(!street.holds_bytes(dave, b"canary in the coal"), "at once");
    street.switch_off(dave);
    street.switch_on(dave).unwrap();
    assert_eq!(street.tell(dave, &calls::Status {}).circles.len(), 0, "and not shown");
    assert!(sees(&mut street, bob, "dave").is_some(), "nobody can know yet");

    street.meet(&[bob, dave]);
    assert!(sees(&mut street, bob, "dave").is_none());
    assert!(!street.holds_bytes(dave, b"canary in the coal"), "and nothing came of that meeting");
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), []);
    street.meet(&[alice, bob]);
    assert!(sees(&mut street, alice, "dave").is_none());
}

/// Seed 30142 of a night. To whoever was removed nobody listens: carol, who thinks otherwise of that, would never hear
/// that dave left, nor what he forgot before.
#[test]
fn whoever_leaves_and_is_held_to_be_removed_has_told_nobody_yet() {
    let (mut street, people) = circle_of_four();
    let (alice, bob, carol, dave) = (people[0], people[1], people[2], people[3]);
    street.part_all();
    remove(&mut street, &[alice, bob], dave);
    street.meet(&[alice, bob]);
    street.tell(dave, &calls::Leave { words: None });
    assert!(sees(&mut street, bob, "dave").is_none());
    for holds_so in [alice, bob] {
        street.part_all();
        street.meet(&[holds_so, dave]);
        street.pass(Duration::from_secs(40));
    }
    street.part_all();
    assert!(sees(&mut street, carol, "dave").is_some(), "nobody can know yet");
    street.meet(&[carol, dave]);
    assert!(sees(&mut street, carol, "dave").is_none());
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), [], "now somebody has heard");
}

/// Dave's machine did not hear that bob has heard: the line broke. Bob says so when they meet again.
#[test]
fn whoever_leaves_is_told_by_those_who_know_that_they_know() {
    let (mut street, people) = circle_of_four();
    let (bob, dave) = (people[1], people[3]);
    street.part_all();
    street.tell(dave, &calls::Leave { words: None });
    street.switch_off(dave);
    let before = std::fs::read(database(&street, dave)).unwrap();
    street.switch_on(dave).unwrap();
    street.meet(&[bob, dave]);
    assert!(sees(&mut street, bob, "dave").is_none());
    street.switch_off(dave);
    puts_in_place(&street, dave, &before);
    street.switch_on(dave).unwrap();
    street.meet(&[bob, dave]);
    street.pass(Duration::from_secs(40));
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), []);
}

/// A clock that is set ten years ahead, or back, is no reason to look for nobody any more.
#[test]
fn whoever_left_tells_the_first_they_meet_whatever_the_clock_says() {
    let (mut street, people) = circle_of_four();
    let (bob, dave) = (people[1], people[3]);
    street.part_all();
    street.tell(dave, &calls::Leave { words: None });
    street.set_clock_ahead(dave, SignedDuration::from_hours(10 * 365 * 24));
    street.pass(Duration::from_secs(40));
    street.set_clock_ahead(dave, SignedDuration::ZERO);
    street.pass(Duration::from_secs(40));
    assert!(sees(&mut street, bob, "dave").is_some(), "nobody can know yet");
    street.meet(&[bob, dave]);
    assert!(sees(&mut street, bob, "dave").is_none());
}

#[test]
fn whoever_left_looks_for_somebody_to_tell_on_thirty_days() {
    let (mut street, people) = circle_of_four();
    let dave = people[3];
    street.part_all();
    street.tell(dave, &calls::Leave { words: None });
    for day in 0..=30 {
        street.switch_off(dave);
        assert_ne!(street.store(dave).view().circles().unwrap(), [], "on day {day}");
        street.switch_on(dave).unwrap();
        street.pass(Duration::from_secs(2));
        street.skip(Duration::from_secs(25 * 60 * 60));
    }
    street.pass(Duration::from_secs(2));
    street.switch_off(dave);
    assert_eq!(street.store(dave).view().circles().unwrap(), [], "nobody was there to hear it");
}

/// Bob hears at once. To him dave's phone is a stranger's from then on, and he says nothing to strangers.
#[test]
fn whoever_leaves_on_one_machine_tells_their_other_one_too() {
    for phone_first in [true, false] {
        let (mut street, people) = circle_of_four();
        let (bob, dave) = (people[1], people[3]);
        let phone = second_machine(&mut street, dave, "dave's phone");
        let all = [&people[..], &[phone]].concat();
        street.meet(&all);
        street.all_equal(&all);
        street.part_all();
        street.tell(dave, &calls::Leave { words: None });
        let of_phone = |street: &mut Neighbourhood| street.tell(phone, &calls::Circle {}).leaving;
        assert_eq!(of_phone(&mut street)[0], Phrase::new("leaving-does"), "nobody can know yet");

        for other in if phone_first { [phone, bob] } else { [bob, phone] } {
            street.switch_off(dave);
            assert_ne!(street.store(dave).view().circles().unwrap(), [], "somebody has not heard yet");
            street.switch_on(dave).unwrap();
            street.meet(&[dave, other]);
            street.part_all();
        }
        assert_eq!(of_phone(&mut street)[0], Phrase::new("leaving-taken-off"));
        assert!(sees(&mut street, bob, "dave").is_none());
        street.switch_off(dave);
        assert_eq!(street.store(dave).view().circles().unwrap(), [], "all have heard: nothing is left of it");

        street.meet(&[bob, phone]);
        street.tell(phone, &calls::Leave { words: None });
        assert_eq!(street.tell(phone, &calls::Status {}).circles.len(), 0);
    }
}

#[test]
fn without_the_words_nobody_leaves_and_other_words_do_not_do() {
    let (mut street, people) = circle_of_four();
    let dave = people[3];
    let sheet = street.writes_down(dave);
    assert!(street.tell(dave, &calls::Circle {}).leaving_needs_words);
    let refused = street.refused(dave, &calls::Leave { words: None });
    assert_eq!(refused.code, ErrorCode::BadWords);
    assert_eq!(refused.values["reason"], Value::Text("to-leave".into()));
    let others = street.tell(people[0], &calls::Words {}).words.unwrap().join(" ");
    assert_eq!(street.refusal(dave, &calls::Leave { words: Some(others) }), ErrorCode::OtherWords);
    assert!(sees(&mut street, people[0], "dave").is_some());
    assert_eq!(street.tell(dave, &calls::Leave { words: Some(sheet) }).circles.len(), 0);
    assert!(sees(&mut street, people[0], "dave").is_none());
}

#[test]
fn a_draft_is_taken_off_and_another_circle_is_shown() {
    let mut street = Neighbourhood::new();
    let alice = street.person("alice");
    street.starts(alice, "Millrace");
    street.starts(alice, "Orchard");
    street.needs(alice, "A canary in the coal mine");
    let left = street.tell(alice, &calls::Leave { words: None });
    assert_eq!(left.circles.len(), 1);
    assert_eq!(left.circles[0].name, "Millrace");
    assert_eq!(left.current, Some(left.circles[0].id.clone()));
    assert!(!street.holds_bytes(alice, b"canary in the coal"));
    street.needs(alice, "Millrace goes on");
}

#[test]
fn whoever_left_comes_back_as_somebody_new() {
    let (mut street, people) = circle_of_four();
    let (alice, dave) = (people[0], people[3]);
    street.needs(dave, "Dave's ladder");
    let before = street.member_id(dave);
    street.tell(dave, &calls::Leave { words: None });
    let invitation = street.invites(alice);
    street.joins(dave, &invitation, alice);
    let_them_call_again(&mut street);
    street.all_equal(&people);
    assert_ne!(street.member_id(dave), before);
    assert_eq!(street.titles(alice), Vec::<String>::new(), "what was theirs before does not come back");
    street.needs(dave, "Dave's new ladder");
    street.all_equal(&people);
    assert_eq!(street.titles(people[1]), ["Dave's new ladder"]);
    assert_eq!(says(&mut street, alice, "dave"), "say-none");
    street.switch_off(dave);
    street.switch_on(dave).unwrap();
    street.all_equal(&people);
}

#[test]
fn whoever_was_removed_first_takes_the_circle_off_and_may_be_invited_anew() {
    let (mut street, people) = circle_of_four();
    let (alice, carol, dave) = (people[0], people[2], people[3]);
    votes(&mut street, alice, "dave");
    votes(&mut street, carol, "dave");
    let invitation = street.invites(alice);
    let join = calls::Join { invitation: invitation.clone(), name: "dave".into(), kind: None };
    // His machine was only told so, without a proof: for it he is a member still.
    assert!([ErrorCode::AlreadyMember, ErrorCode::StillHere].contains(&street.refusal(dave, &join)));
    street.tell(dave, &calls::Leave { words: None });
    street.joins(dave, &invitation, alice);
    let_them_call_again(&mut street);
    street.all_equal(&people);
    assert_eq!(street.own_attempt(dave).stage, JoinStage::Joined);
    assert!(sees(&mut street, carol, "dave").is_some());
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
