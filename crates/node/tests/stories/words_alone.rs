//! A machine is gone, there is no backup, and the words are on paper: a neighbour lets its owner back in.

use std::fs;

use closeknit_api::{
    ErrorCode, calls,
    views::{JoinStage, Verdict},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

fn loses_everything(street: &mut Neighbourhood, person: Person) {
    street.part_all();
    street.switch_off(person);
    fs::remove_dir_all(street.profile(person)).unwrap();
    street.switch_on(person).unwrap();
}

fn lets_back(street: &mut Neighbourhood, neighbour: Person, member: &str) -> String {
    street.tell(neighbour, &calls::LetBack { member: member.into() }).text
}

fn come_back(invitation: &str, words: &str) -> calls::ComeBack {
    calls::ComeBack { invitation: invitation.into(), words: words.into() }
}

#[test]
fn losing_a_machine_with_the_words_on_paper_costs_nothing_but_the_walk_to_a_neighbour() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    let doorstep = Some("Canary Lane 7".to_owned());
    street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep });
    let ladder = street.needs(bob, "A ladder for Saturday");
    street.promises(alice, &ladder);
    street.tell(alice, &calls::Capacity { hours: Some(4), ..calls::Capacity::default() });
    let sheet = street.words_of(alice);
    street.all_equal(&people);
    let (me, id) = (street.tell(alice, &calls::Me {}), street.member_id(alice));
    let shown = street.shows(alice, &need).promises;

    loses_everything(&mut street, alice);
    // Carol has no say in the circle, and can help all the same.
    let invitation = lets_back(&mut street, carol, "alice");
    street.near(&[alice, carol]);
    street.tell(alice, &come_back(&invitation, &sheet));
    assert_eq!(street.at_the_door(carol)[0].name, "alice", "called as she was");
    street.agree(alice, carol);

    assert_eq!(street.member_id(alice), id, "the same member");
    assert_eq!(street.own_attempt(alice).says.id, "joining-back");
    assert_eq!(street.titles(alice), ["A ladder for Saturday", "Lift to the eye clinic"]);
    assert_eq!(street.tell(alice, &calls::Me {}), me, "what was sealed to her opens with the words");
    assert_eq!(street.shows(alice, &need).promises, shown, "with the doorstep");

    // No copy of a key is suspected, and she goes on where she was.
    street.meet(&people);
    street.all_equal(&people);
    let members = street.tell(bob, &calls::Circle {}).members;
    let back = members.iter().find(|member| member.person.name.as_deref() == Some("alice")).unwrap();
    assert_eq!((members.len(), back.machines), (3, 2));
    street.needs(alice, "Back again");
    street.all_equal(&people);
    assert!(street.titles(bob).contains(&"Back again".to_owned()));
    street.switch_off(alice);
    street.switch_on(alice).unwrap();
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.tell(alice, &calls::Rebuild {}).changed, 0);
}

#[test]
fn whoever_began_afresh_meanwhile_comes_back_to_where_they_were() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let sheet = street.words_of(alice);
    let early = street.tell(alice, &calls::CountAll {}).statements;
    street.rewrites_until(alice, |count| count.statements > early);
    street.all_equal(&people);
    let titles = street.titles(alice);

    // Twice: the second machine is lost too.
    for machines in [2, 3] {
        loses_everything(&mut street, alice);
        let invitation = lets_back(&mut street, bob, "alice");
        street.near(&[alice, bob]);
        street.tell(alice, &come_back(&invitation, &sheet));
        street.agree(alice, bob);
        assert_eq!(street.titles(alice), titles);
        let count = street.tell(alice, &calls::CountAll {}).statements;
        street.rewrites_until(alice, |now| now.statements > count);
        street.all_equal(&people);
        let members = street.tell(bob, &calls::Circle {}).members;
        assert!(members.iter().any(|member| member.machines == machines), "{members:?}");
    }
}

#[test]
fn such_an_invitation_is_for_nobody_else() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let dave = street.person("dave");
    let sheet = street.words_of(alice);
    let refused = street.refusal(bob, &calls::LetBack { member: "bob".into() });
    assert_eq!(refused, ErrorCode::AboutYourself);
    assert_eq!(street.refusal(bob, &calls::LetBack { member: "nobody".into() }), ErrorCode::NotFound);
    let invitation = lets_back(&mut street, bob, "alice");

    // It cannot be used to join, nor with other words, nor by who is in the circle.
    let join = calls::Join { invitation: invitation.clone(), name: "dave".into(), kind: None };
    assert_eq!(street.refusal(dave, &join), ErrorCode::BadWords);
    let others = street.words_of(bob);
    assert_eq!(street.refusal(dave, &come_back(&invitation, &others)), ErrorCode::OtherWords);
    assert_eq!(street.refusal(dave, &come_back(&invitation, "abandon abandon")), ErrorCode::BadWords);
    assert_eq!(street.refusal(alice, &come_back(&invitation, &sheet)), ErrorCode::AlreadyMember);
    let usual = street.invites(bob);
    assert_eq!(street.refusal(dave, &come_back(&usual, &sheet)), ErrorCode::BadInvitation);

    // With the right words on the wrong day: bob says no.
    loses_everything(&mut street, alice);
    street.near(&[alice, bob]);
    street.tell(alice, &come_back(&invitation, &sheet));
    let door = street.at_the_door(bob).into_iter().find(|door| door.stage == JoinStage::Compare).unwrap();
    let before = street.tell(bob, &calls::CountAll {}).statements;
    street.says(bob, &door.id, false);
    assert_eq!(street.own_attempt(alice).stage, JoinStage::Refused);
    assert_eq!(street.tell(bob, &calls::CountAll {}).statements, before);
    assert_eq!(street.tell(alice, &calls::Status {}).circles.len(), 0);
    assert!(street.tell(alice, &calls::Words {}).words.is_none(), "nothing was kept of the words");
}

#[test]
fn weeks_later_three_words_show_whether_the_sheet_is_still_there() {
    const WEEK: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 3600);
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let sheet = street.words_of(alice);
    let sheet: Vec<&str> = sheet.split(' ').collect();
    let at =
        |numbers: &[u8]| numbers.iter().map(|n| sheet[usize::from(*n) - 1].to_owned()).collect::<Vec<_>>();
    let due = |street: &mut Neighbourhood| street.tell(alice, &calls::Today {}).practise;
    let ask = street.tell(alice, &calls::Words {}).ask;
    let written = street.tell(alice, &calls::CheckWords { words: at(&ask) });
    street.writes_down(bob);
    assert!(written.kept && written.words.is_none() && !due(&mut street));
    assert!(street.tell(alice, &calls::Practise::default()).ask.is_empty(), "it is not time");

    street.skip(6 * WEEK);
    assert!(due(&mut street));
    let first = street.tell(alice, &calls::Practise::default()).ask;
    assert_eq!(first.len(), 3);
    let practised = |words| calls::Practise { words: Some(words), later: None };
    let mut wrong = at(&first);
    wrong.rotate_left(1);
    assert_eq!(street.refusal(alice, &practised(wrong)), ErrorCode::BadWords);
    assert_eq!(street.refusal(alice, &practised(Vec::new())), ErrorCode::BadWords);
    street.tell(alice, &calls::Practise { later: Some(true), words: None });
    assert!(!due(&mut street), "not now");
    street.skip(WEEK);
    assert!(due(&mut street));
    let says = street.tell(alice, &practised(at(&first))).says.unwrap();
    assert_eq!(says.id, "words-practised");
    assert!(!due(&mut street));

    // Half a year later others are asked for; the machine knows none of them.
    street.skip(26 * WEEK);
    let second = street.tell(alice, &calls::Practise::default()).ask;
    assert!(second.iter().all(|number| !first.contains(number)), "{first:?} {second:?}");
    // A word may stand in every database whose owner has a sheet, such as "practice", and so in bob's.
    for word in sheet.iter().filter(|word| word.len() > 6) {
        let held = [alice, bob].map(|person| street.holds_bytes(person, word.as_bytes()));
        assert!(!held[0] || held[1], "{word}");
    }
}
