//! The machines of one member: one more comes in, one is lost and taken away, two write the same, and a folder that
//! was copied runs twice.

use std::time::Duration;

use closeknit_api::{
    ErrorCode, Phrase, Value, calls,
    views::{JoinStage, MachinesView, MemberKind, OwnMachine, Verdict},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

use crate::forgetting::{is_whole, second_machine, waits};

pub(crate) fn machines(street: &mut Neighbourhood, person: Person) -> MachinesView {
    street.tell(person, &calls::Machines {})
}

pub(crate) fn used(street: &mut Neighbourhood, person: Person) -> Vec<OwnMachine> {
    let all = machines(street, person).machines;
    all.into_iter().filter(|machine| !machine.taken_away).collect()
}

pub(crate) fn takes_away(
    street: &mut Neighbourhood,
    by: Person,
    machine: Person,
    words: Option<&str>,
) -> MachinesView {
    let machine = street.keys(machine).id().to_string();
    street.tell(by, &calls::DropMachine { machine, words: words.map(str::to_owned) })
}

pub(crate) fn retitles(street: &mut Neighbourhood, by: Person, id: &str, title: &str) {
    street.tell(by, &calls::Edit { id: id.into(), title: Some(title.into()), ..Default::default() });
}

pub(crate) fn ids(says: &[Phrase]) -> Vec<&str> {
    says.iter().map(|says| says.id.as_str()).collect()
}

/// Machines that were closed on call again after half a minute.
pub(crate) fn meet_again(street: &mut Neighbourhood, people: &[Person]) {
    street.part_all();
    street.skip(Duration::from_secs(60));
    street.meet(people);
    street.pass(Duration::from_secs(2));
}

#[test]
fn one_more_machine_comes_in_with_a_line_and_the_same_code_on_both() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let lift = street.needs(alice, "Lift to the eye clinic");
    street.tell(alice, &calls::Capacity { hours: Some(3), ..Default::default() });
    let chosen = calls::Post {
        category: "ride".into(),
        title: "For bob alone".into(),
        audience: Some(vec!["bob".into()]),
        ..Default::default()
    };
    street.tell(alice, &chosen);

    let invitation = street.tell(alice, &calls::Pair {}).text;
    let laptop = street.person("laptop");
    let call = calls::Join { invitation: invitation.clone(), ..Default::default() };
    assert_eq!(street.tell(laptop, &call).own.unwrap().says.id, "pairing-looking");
    let own = street.own_attempt(laptop);
    assert_eq!((own.stage, own.own, own.says.id.as_str()), (JoinStage::Compare, true, "pairing-compare"));
    let door = street.at_the_door(alice).pop().unwrap();
    assert_eq!((door.own, door.says.id.as_str()), (true, "door-machine-compare"));
    assert!(street.tell(bob, &calls::Circle {}).members.iter().all(|member| member.machines == 1));
    street.agree(laptop, alice);
    assert_eq!(street.own_attempt(laptop).says.id, "pairing-joined");
    assert_eq!(street.at_the_door(alice)[0].says.id, "door-machine-joined");

    let all = [alice, laptop, bob];
    street.meet(&all);
    street.all_equal(&all);
    assert_eq!(street.titles(laptop), ["For bob alone", "Lift to the eye clinic"], "her own, sealed anew");
    assert_eq!(street.tell(laptop, &calls::Me {}).hours, Some(3), "what is for her machines alone");
    assert_eq!(street.member_id(laptop), street.member_id(alice));
    retitles(&mut street, laptop, &lift, "Lift to the dentist");
    assert_eq!(street.shows(bob, &lift).card.title, "Lift to the dentist");
    let seen = machines(&mut street, laptop);
    assert_eq!((seen.says.values["count"].clone(), seen.machines.len()), (Value::Number(2), 2));
    assert!(seen.machines[0].this && !seen.machines[1].this);
    all.iter().for_each(|person| is_whole(&mut street, *person));

    // The words stay where they are: what only they can do the new machine cannot.
    let sheet = street.tell(laptop, &calls::Words {});
    assert_eq!((sheet.words, sheet.kept), (None, true));
    assert!(seen.needs_words);
    assert_eq!(street.refusal(laptop, &calls::Leave { words: None }), ErrorCode::BadWords);
    // A backup can be written there all the same, and opens with them.
    let path = street.profile(laptop).parent().unwrap().join("own.backup").display().to_string();
    street.tell(laptop, &calls::WriteBackup { path: path.clone(), passphrase: None });
    let show = calls::ShowBackup { path, words: Some(street.words_of(alice)), passphrase: None };
    assert_eq!(street.tell(alice, &show).circles, ["Millrace"]);
}

#[test]
fn the_line_is_good_for_one_machine_and_an_hour_and_only_as_that() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let invitation = street.tell(alice, &calls::Pair {}).text;
    let (laptop, other) = (street.person("laptop"), street.person("other"));
    let join = calls::Join { invitation, ..Default::default() };
    street.tell(laptop, &join);
    street.agree(laptop, alice);
    street.tell(other, &join);
    assert_eq!(street.own_attempt(other).says.id, "joining-refused-used");

    let invitation = street.tell(alice, &calls::Pair {}).text;
    street.skip(Duration::from_secs(3_700));
    street.tell(other, &calls::Join { invitation, ..Default::default() });
    assert_eq!(street.own_attempt(other).says.id, "joining-refused-expired");

    // Said no: nothing of the circle is there.
    let invitation = street.tell(alice, &calls::Pair {}).text;
    street.tell(other, &calls::Join { invitation, ..Default::default() });
    let door = street.at_the_door(alice).pop().unwrap();
    street.says(alice, &door.id, false);
    assert_eq!(street.own_attempt(other).stage, JoinStage::Refused);
    assert_eq!(street.tell(other, &calls::Status {}).circles.len(), 0);
    assert_eq!(used(&mut street, alice).len(), 2);
    // Whoever is in the circle already cannot become another member's machine there.
    let invitation = street.tell(alice, &calls::Pair {}).text;
    let join = calls::Join { invitation, ..Default::default() };
    assert_eq!(street.refusal(bob, &join), ErrorCode::AlreadyMember);

    let erin = street.person("erin");
    street.starts(erin, "Orchard");
    assert_eq!(street.refusal(erin, &calls::Pair {}), ErrorCode::OneMachineYet);
    assert!(!machines(&mut street, erin).can_pair);
}

#[test]
fn a_machine_takes_itself_away_without_the_words() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let laptop = street.pairs(alice, "laptop");
    let all = [alice, laptop, bob];
    street.meet(&all);
    street.needs(laptop, "Written on the laptop");
    street.all_equal(&all);
    street.part_all();
    street.needs(laptop, "Told to nobody yet");
    let this = used(&mut street, laptop).into_iter().find(|machine| machine.this).unwrap();
    assert_eq!(ids(&this.dropping), ["drop-this-does", "drop-this-unsent", "drop-for-good"]);
    meet_again(&mut street, &all);
    let this = used(&mut street, laptop).into_iter().find(|machine| machine.this).unwrap();
    assert_eq!(ids(&this.dropping), ["drop-this-does", "drop-for-good"]);

    takes_away(&mut street, laptop, laptop, None);
    let told = street.tell(laptop, &calls::Status {}).notices;
    assert_eq!(told, [Phrase::new("gone-taken-away").text("circle", "Millrace")]);
    let post = calls::Post { category: "lend".into(), title: "Ladder".into(), ..Default::default() };
    assert_eq!(street.refusal(laptop, &post), ErrorCode::NotAMember);
    street.all_equal(&[alice, bob]);
    for person in [alice, bob] {
        assert_eq!(street.titles(person), ["Told to nobody yet", "Written on the laptop"], "it stays");
    }
    assert_eq!(used(&mut street, alice).len(), 1);
    assert_eq!(street.tell(laptop, &calls::Leave { words: None }).circles.len(), 0, "taken off it");
}

#[test]
fn the_same_need_changed_on_two_own_machines_apart_is_merged_field_by_field() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let lift = street.needs(alice, "Lift to the eye clinic");
    let laptop = street.pairs(alice, "laptop");
    let all = [alice, laptop, bob];
    street.meet(&all);
    street.part_all();
    let title =
        |title: &str| calls::Edit { id: lift.clone(), title: Some(title.into()), ..Default::default() };
    street.tell(alice, &calls::Edit { place: Some("Mill lane".into()), ..title("Lift to the dentist") });
    let detail = calls::Edit { id: lift.clone(), detail: Some("Third floor".into()), ..Default::default() };
    street.tell(laptop, &detail);
    meet_again(&mut street, &all);
    street.all_equal(&all);
    for person in all {
        let shown = street.shows(person, &lift);
        assert_eq!(shown.card.title, "Lift to the dentist");
        assert_eq!(
            (shown.detail.as_deref(), shown.card.place.as_deref()),
            (Some("Third floor"), Some("Mill lane"))
        );
    }
    // The same field: one of the two, the same one everywhere; and what is written next holds.
    street.part_all();
    street.tell(alice, &title("At nine"));
    street.tell(laptop, &title("At ten"));
    meet_again(&mut street, &all);
    street.all_equal(&all);
    let shown = street.titles(bob);
    assert!(shown == ["At nine"] || shown == ["At ten"], "{shown:?}");
    assert!(all.iter().all(|person| street.titles(*person) == shown));
    street.tell(laptop, &title("At eleven"));
    all.iter().for_each(|person| assert_eq!(street.titles(*person), ["At eleven"]));
}

#[test]
fn five_machines_of_an_organisation_write_apart_and_show_the_same() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, hall) = (people[0], street.person("hall"));
    let invitation = street.invites(alice);
    let kind = Some(MemberKind::Organisation);
    street.tell(hall, &calls::Join { invitation, name: "hall".into(), kind });
    street.agree(hall, alice);
    let mut own = vec![hall];
    for name in ["desk", "kitchen", "van", "office"] {
        own.push(street.pairs(own[own.len() - 1], name));
    }
    let all: Vec<Person> = own.iter().copied().chain([alice, people[1]]).collect();
    street.meet(&all);
    street.all_equal(&all);
    let need = street.needs(hall, "Soup for forty");
    street.all_equal(&all);
    street.part_all();
    for (number, machine) in own.iter().enumerate() {
        street.needs(*machine, &format!("Post {number}"));
        match number {
            0 => retitles(&mut street, *machine, &need, "Soup for fifty"),
            1 => {
                _ = street.tell(
                    *machine,
                    &calls::Edit { id: need.clone(), detail: Some("Lentils".into()), ..Default::default() },
                )
            }
            2 => {
                _ = street.tell(
                    *machine,
                    &calls::Edit { id: need.clone(), place: Some("The hall".into()), ..Default::default() },
                )
            }
            _ => {}
        }
    }
    // In a row, each with the next: what the first wrote comes to the last by the way, and back.
    for pair in own.windows(2).chain(own.windows(2).rev()) {
        meet_again(&mut street, pair);
    }
    meet_again(&mut street, &[own[0], alice, people[1]]);
    street.all_equal(&all);
    let shown = street.shows(alice, &need);
    assert_eq!(shown.card.title, "Soup for fifty");
    assert_eq!((shown.detail.as_deref(), shown.card.place.as_deref()), (Some("Lentils"), Some("The hall")));
    assert_eq!(street.titles(people[1]).len(), 6);
    assert_eq!(used(&mut street, alice).len(), 1);
    assert_eq!(used(&mut street, hall).len(), 5);
}

#[test]
fn a_folder_that_was_copied_and_runs_twice_is_noticed_and_harmless() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob) = (people[0], people[1]);
    let lift = street.needs(alice, "Lift to the eye clinic");
    street.all_equal(&people);
    street.part_all();
    let copy = street.copy_of(alice, "copy");
    street.part_all();
    let told = |street: &mut Neighbourhood, person| street.tell(person, &calls::Status {}).notices;
    assert!(told(&mut street, alice).is_empty() && told(&mut street, copy).is_empty());

    street.needs(alice, "Written on the one");
    street.needs(copy, "Written on the other");
    let detail = calls::Edit { id: lift.clone(), detail: Some("Third floor".into()), ..Default::default() };
    street.tell(copy, &detail);
    retitles(&mut street, alice, &lift, "Lift to the dentist");
    // Both say something in her name: two statements with one number.
    street.tell(alice, &calls::Vouch { member: "carol".into() });
    street.meet(&[copy, bob]);
    meet_again(&mut street, &[alice, bob]);
    meet_again(&mut street, &[copy, bob]);
    meet_again(&mut street, &[alice, bob, people[2]]);

    let all = [alice, copy, bob, people[2]];
    street.all_equal(&all);
    for person in all {
        let titles = ["Lift to the dentist", "Written on the one", "Written on the other"];
        assert_eq!(street.titles(person), titles, "{}", street.name(person));
        assert_eq!(street.shows(person, &lift).detail.as_deref(), Some("Third floor"));
    }
    assert_eq!(told(&mut street, alice), [Phrase::new("notice-cloned")]);
    assert_eq!(told(&mut street, bob), [], "it is for her to know");
    all.iter().for_each(|person| is_whole(&mut street, *person));
    assert_eq!(told(&mut street, alice), [Phrase::new("notice-cloned")], "after a restart too");

    // The one is gone on with, the other is not: a week later nothing is said any more.
    street.switch_off(copy);
    street.needs(alice, "Goes on");
    waits(&mut street, 8 * Duration::from_secs(24 * 3_600));
    meet_again(&mut street, &[alice, bob, people[2]]);
    street.all_equal(&[alice, bob, people[2]]);
    assert_eq!(told(&mut street, alice), []);
}

#[test]
fn doorstep_details_go_to_a_helpers_new_machine_only_if_their_author_says_so() {
    for yes in [true, false] {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let need = street.needs(alice, "Lift to the eye clinic");
        street.promises(bob, &need);
        let promise = street.promise_of(bob, alice, &need);
        let doorstep = Some("12 Mill Lane".to_owned());
        street.tell(alice, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep });
        let asked = |street: &mut Neighbourhood| street.tell(alice, &calls::Today {}).doorsteps.len();
        assert_eq!(asked(&mut street), 0);
        let tablet = street.pairs(bob, "tablet");
        let all = [alice, bob, tablet];
        street.meet(&all);
        let reads =
            |street: &mut Neighbourhood, person| street.shows(person, &need).promises[0].doorstep.clone();
        assert_eq!(reads(&mut street, bob).as_deref(), Some("12 Mill Lane"));
        assert_eq!(reads(&mut street, tablet), None, "nothing is sent by itself");
        let question = street.shows(alice, &need).promises[0].doorstep_again.clone();
        assert_eq!(question, Some(Phrase::new("doorstep-new-machine").text("name", "bob")));
        assert_eq!(street.shows(bob, &need).promises[0].doorstep_again, None, "it is not for him to say");
        assert_eq!(asked(&mut street), 1);

        street.tell(alice, &calls::SendDoorstep { id: promise, yes });
        assert_eq!(reads(&mut street, tablet).is_some(), yes);
        assert_eq!(
            (asked(&mut street), street.shows(alice, &need).promises[0].doorstep_again.clone()),
            (0, None)
        );
        street.all_equal(&all);
    }
}

#[test]
fn what_is_for_her_machines_alone_opens_on_a_restored_one_after_the_words_went_from_it() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    street.tell(alice, &calls::Capacity { hours: Some(3), ..Default::default() });
    let laptop = second_machine(&mut street, alice, "laptop");
    street.meet(&[alice, laptop, bob]);
    assert_eq!(street.tell(laptop, &calls::Me {}).hours, Some(3));
    street.writes_down(laptop);
    assert_eq!(street.tell(laptop, &calls::Me {}).hours, Some(3));
    street.all_equal(&[alice, laptop, bob]);
    assert_eq!(street.tell(alice, &calls::Me {}).hours, Some(3));
}
