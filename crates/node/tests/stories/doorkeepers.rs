//! An invitation is good at the machine of everybody who has a say, also while its maker sleeps.

use std::time::Duration;

use closeknit_api::{
    Phrase, calls,
    views::{JoinStage, MemberKind},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

/// Longer than a newcomer waits for the machine that invited alone.
const PATIENCE: Duration = Duration::from_secs(10);

/// Alice, who invites, and Bob, who has a say too; both hold what she wrote.
fn alice_and_bob() -> (Neighbourhood, Person, Person) {
    let (street, people) = Neighbourhood::circle(&["alice", "bob"]);
    (street, people[0], people[1])
}

/// Somebody comes to where only these are, and looks for a door.
fn comes(street: &mut Neighbourhood, newcomer: Person, invitation: &str, there: &[Person]) {
    let everybody: Vec<Person> = there.iter().copied().chain([newcomer]).collect();
    street.meet(&everybody);
    street.knocks(newcomer, invitation);
    street.pass(PATIENCE);
}

#[test]
fn whoever_alice_invited_is_let_in_at_bobs_while_she_sleeps() {
    let (mut street, alice, bob) = alice_and_bob();
    let invitation = street.invites(alice);
    street.run();
    street.switch_off(alice);

    let carol = street.person("carol");
    street.meet(&[bob, carol]);
    let looking = street.knocks(carol, &invitation);
    assert_eq!(looking.says, Phrase::new("joining-looking-circle"), "the one who invited may still come");
    street.pass(PATIENCE);
    let own = street.own_attempt(carol);
    let code = own.code.clone().expect("a code to compare");
    assert_eq!(own.says, Phrase::new("joining-compare-other").text("name", "bob").text("code", &code));
    street.agree(carol, bob);
    street.all_equal(&[bob, carol]);

    // It was for one: whoever comes second with it is turned away, by Bob and by Alice.
    let dora = street.person("dora");
    comes(&mut street, dora, &invitation, &[bob]);
    assert_eq!(street.own_attempt(dora).says, Phrase::new("joining-refused-used"));
    street.switch_on(alice).unwrap();
    street.meet(&[alice, bob, carol]);
    street.skip(Duration::from_secs(60));
    street.pass(Duration::from_secs(2));
    street.all_equal(&[alice, bob, carol]);
    comes(&mut street, dora, &invitation, &[alice]);
    assert_eq!(street.own_attempt(dora).says, Phrase::new("joining-refused-used"));
}

#[test]
fn an_invitation_for_two_lets_in_two_at_whichever_doors() {
    let (mut street, alice, bob) = alice_and_bob();
    let invitation = street.tell(alice, &calls::Invite { uses: Some(2), hours: None }).text;
    street.run();
    let (carol, dora, elsa) = (street.person("carol"), street.person("dora"), street.person("elsa"));
    comes(&mut street, carol, &invitation, &[bob]);
    street.agree(carol, bob);
    street.meet(&[alice, bob]);
    street.pass(Duration::from_secs(60));
    comes(&mut street, dora, &invitation, &[alice]);
    street.agree(dora, alice);
    street.meet(&[alice, bob, carol, dora]);
    street.pass(Duration::from_secs(60));
    for reader in [alice, bob, carol, dora] {
        assert_eq!(street.tell(reader, &calls::Circle {}).notes, [], "it was meant for both");
    }
    for door in [alice, bob] {
        street.meet(&[alice, bob]);
        street.pass(Duration::from_secs(60));
        comes(&mut street, elsa, &invitation, &[door]);
        assert_eq!(street.own_attempt(elsa).says, Phrase::new("joining-refused-used"));
    }
}

#[test]
fn it_ends_at_every_door_when_its_time_is_over() {
    let (mut street, alice, bob) = alice_and_bob();
    let invitation = street.tell(alice, &calls::Invite { uses: None, hours: Some(1) }).text;
    street.run();
    street.switch_off(alice);
    street.skip(Duration::from_secs(2 * 60 * 60));
    let carol = street.person("carol");
    comes(&mut street, carol, &invitation, &[bob]);
    assert_eq!(street.own_attempt(carol).says, Phrase::new("joining-refused-expired"));
}

/// Who has no say yet cannot open it: the secret is not sealed to them, and nobody would believe them.
#[test]
fn whoever_has_no_say_lets_nobody_in() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, carol) = (people[0], people[2]);
    assert!(!street.tell(carol, &calls::Circle {}).can_invite);
    let invitation = street.invites(alice);
    street.run();
    street.all_equal(&people);
    let dora = street.person("dora");
    comes(&mut street, dora, &invitation, &[carol]);
    assert_eq!(street.own_attempt(dora).stage, JoinStage::Looking);
    assert_eq!(street.at_the_door(carol), []);
}

/// A draft has nobody else in it, and an organisation has no vote, but may be let in at any door.
#[test]
fn an_organisation_is_let_in_at_bobs_too() {
    let (mut street, alice, bob) = alice_and_bob();
    let invitation = street.invites(alice);
    street.run();
    street.switch_off(alice);
    let hall = street.person("Mill Lane hall");
    street.meet(&[bob, hall]);
    let join =
        calls::Join { invitation, name: "Mill Lane hall".into(), kind: Some(MemberKind::Organisation) };
    street.tell(hall, &join);
    street.pass(PATIENCE);
    street.agree(hall, bob);
    street.all_equal(&[bob, hall]);
}
