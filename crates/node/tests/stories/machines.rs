//! The machines of one member: one more comes in, one is lost and taken away, two write the same, and a folder that
//! was copied runs twice.

use std::time::Duration;

use closeknit_api::{
    ErrorCode, Phrase, Value, calls,
    views::{JoinStage, MachinesView, MemberKind, OwnMachine, Verdict},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};
use closeknit_store::Scope;

use crate::forgetting::{closes, forget, is_whole, second_machine, waits};

fn machines(street: &mut Neighbourhood, person: Person) -> MachinesView {
    street.tell(person, &calls::Machines {})
}

fn used(street: &mut Neighbourhood, person: Person) -> Vec<OwnMachine> {
    let all = machines(street, person).machines;
    all.into_iter().filter(|machine| !machine.taken_away).collect()
}

fn takes_away(street: &mut Neighbourhood, by: Person, machine: Person, words: Option<&str>) -> MachinesView {
    let machine = street.keys(machine).id().to_string();
    street.tell(by, &calls::DropMachine { machine, words: words.map(str::to_owned) })
}

fn retitles(street: &mut Neighbourhood, by: Person, id: &str, title: &str) {
    street.tell(by, &calls::Edit { id: id.into(), title: Some(title.into()), ..Default::default() });
}

fn ids(says: &[Phrase]) -> Vec<&str> {
    says.iter().map(|says| says.id.as_str()).collect()
}

/// Machines that were closed on call again after half a minute.
fn meet_again(street: &mut Neighbourhood, people: &[Person]) {
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
fn a_lost_machine_is_taken_away_with_the_words_and_what_a_thief_writes_counts_nowhere() {
    // Of alice, her lost laptop and bob, these meet after it was lost; then she takes it away.
    for after in [&[][..], &[(1, 2)], &[(1, 2), (0, 2)]] {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let laptop = street.pairs(alice, "laptop");
        let all = [alice, laptop, bob];
        street.meet(&all);
        street.needs(laptop, "Written on the laptop");
        street.all_equal(&all);
        let sheet = street.writes_down(alice);
        let others = street.words_of(bob);
        street.part_all();
        street.needs(laptop, "Written by a thief");
        for (one, other) in after {
            street.meet(&[all[*one], all[*other]]);
            street.part_all();
        }
        let bob_has_it = street.titles(bob).contains(&"Written by a thief".to_owned());
        assert_eq!(bob_has_it, !after.is_empty());
        street.part_all();
        street.needs(alice, "Written at home");

        let lost = used(&mut street, alice).into_iter().find(|machine| !machine.this).unwrap();
        let told = ids(&lost.dropping);
        assert_eq!(told, ["drop-does", "drop-does-not", "drop-heard", "drop-nobody-near", "drop-for-good"]);
        let machine = lost.id;
        let without = calls::DropMachine { machine: machine.clone(), words: None };
        let refused = street.refused(alice, &without);
        assert_eq!(
            (refused.code, &refused.values["reason"]),
            (ErrorCode::BadWords, &Value::Text("to-drop".into()))
        );
        let wrong = calls::DropMachine { machine, words: Some(others) };
        assert_eq!(street.refusal(alice, &wrong), ErrorCode::OtherWords);
        takes_away(&mut street, alice, laptop, Some(&sheet));
        let counts = after.contains(&(0, 2));

        meet_again(&mut street, &[alice, bob]);
        street.all_equal(&[alice, bob]);
        let mut expected = vec!["Written at home", "Written on the laptop"];
        if counts {
            // Alice had it from bob when she took the machine away: it was not for her to tell by whom it is.
            expected.insert(1, "Written by a thief");
        }
        for person in [alice, bob] {
            assert_eq!(street.titles(person), expected, "{} after {after:?}", street.name(person));
            is_whole(&mut street, person);
        }

        // It goes on writing, and dialling.
        street.needs(laptop, "Written later");
        street.needs(bob, "Not for a thief");
        meet_again(&mut street, &all);
        street.all_equal(&[alice, bob]);
        assert_eq!(street.titles(alice).len(), expected.len() + 1);
        assert!(!street.titles(laptop).contains(&"Not for a thief".to_owned()));
        assert!(!street.holds_bytes(laptop, b"Not for a thief"));
        assert!(!street.holds_bytes(bob, b"Written later"));
        // Whoever carried its bytes is not blamed.
        meet_again(&mut street, &[alice, bob]);
        let near = street.tell(alice, &calls::Near {}).machines;
        assert_eq!(
            near.iter().filter(|machine| machine.says.id == "near-machine-equal").count(),
            1,
            "{near:?}"
        );
    }
}

#[test]
fn a_lost_machine_that_others_still_meet_is_taken_away_in_whatever_order_they_hear() {
    for order in
        [&[(0, 2), (1, 2), (0, 3), (1, 3)][..], &[(1, 2), (1, 3), (0, 3), (2, 3)], &[(1, 3), (0, 2), (2, 3)]]
    {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
        let (alice, bob, carol) = (people[0], people[1], people[2]);
        let laptop = street.pairs(alice, "laptop");
        let all = [alice, laptop, bob, carol];
        street.meet(&all);
        street.all_equal(&all);
        let sheet = street.words_of(alice);
        street.part_all();
        street.needs(laptop, "Written by a thief");
        takes_away(&mut street, alice, laptop, Some(&sheet));
        for (one, other) in order {
            meet_again(&mut street, &[all[*one], all[*other]]);
        }
        let honest = [alice, bob, carol];
        meet_again(&mut street, &honest);
        street.all_equal(&honest);
        for person in honest {
            assert_eq!(street.titles(person), [""; 0], "{} after {order:?}", street.name(person));
            is_whole(&mut street, person);
        }
    }
}

/// Found by the simulator: it stood in the journal of those who had heard of it, for as long as nothing else was purged.
#[test]
fn what_a_lost_machine_wrote_is_in_no_file_a_day_after_it_was_taken_away() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let laptop = street.pairs(alice, "laptop");
    let sheet = street.words_of(alice);
    street.meet(&[alice, laptop, bob]);
    street.part(alice);
    street.needs(laptop, "Nobody else wrote this");
    assert!(street.holds_bytes(bob, b"Nobody else wrote this"));
    // Today's look at what is to go is over.
    street.pass(Duration::from_secs(2));
    takes_away(&mut street, alice, laptop, Some(&sheet));
    meet_again(&mut street, &[alice, bob]);
    // What was moved between pages before it went stands there until all pages are written anew.
    let scope = Scope::Circle(street.circle_id(bob));
    let waits_for_it = |street: &Neighbourhood| {
        street.copied_store(bob).store.view().setting(scope, "purged").unwrap().is_some()
    };
    assert!(waits_for_it(&street));
    street.skip(Duration::from_secs(25 * 60 * 60));
    street.pass(Duration::from_secs(2));
    assert!(!waits_for_it(&street));
    assert!(!street.holds_bytes(bob, b"Nobody else wrote this"));
}

#[test]
fn a_machine_that_a_thief_added_goes_with_the_one_it_was_added_on() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let laptop = street.pairs(alice, "laptop");
    street.meet(&[alice, laptop, bob]);
    let sheet = street.words_of(alice);
    street.part_all();
    let theirs = street.pairs(laptop, "theirs");
    street.needs(theirs, "Written by a thief");
    street.meet(&[theirs, bob]);
    assert_eq!(street.titles(bob), ["Written by a thief"]);
    street.part_all();
    takes_away(&mut street, alice, laptop, Some(&sheet));
    meet_again(&mut street, &[alice, bob]);
    street.all_equal(&[alice, bob]);
    assert_eq!((street.titles(alice), street.titles(bob)), (Vec::new(), Vec::new()));
    assert_eq!(used(&mut street, bob).len(), 1);
    assert_eq!(used(&mut street, alice).len(), 1);
    street.needs(bob, "Not for a thief");
    meet_again(&mut street, &[alice, bob, theirs]);
    assert!(!street.titles(theirs).contains(&"Not for a thief".to_owned()));
    [alice, bob].iter().for_each(|person| is_whole(&mut street, *person));
}

#[test]
fn a_new_beginning_that_a_thief_made_is_void_and_the_one_before_leads_again() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let over = street.needs(alice, "Long over");
    street.needs(alice, "Lift to the eye clinic");
    closes(&mut street, alice, &over);
    let (laptop, tablet) = (street.pairs(alice, "laptop"), street.pairs(alice, "tablet"));
    let all = [alice, laptop, tablet, bob];
    street.meet(&all);
    street.all_equal(&all);
    let sheet = street.words_of(alice);
    street.part_all();

    street.tell(laptop, &forget(&[&over]));
    street.needs(laptop, "Written by a thief");
    street.meet(&[laptop, tablet, bob]);
    assert_eq!(street.titles(bob), ["Lift to the eye clinic", "Written by a thief"]);
    street.part_all();
    street.needs(alice, "Written at home");
    takes_away(&mut street, alice, laptop, Some(&sheet));
    let honest = [alice, tablet, bob];
    meet_again(&mut street, &honest);
    street.all_equal(&honest);
    for person in honest {
        let titles = ["Lift to the eye clinic", "Long over", "Written at home"];
        assert_eq!(street.titles(person), titles, "{}", street.name(person));
        is_whole(&mut street, person);
    }
    street.needs(tablet, "And on it goes");
    waits(&mut street, 8 * Duration::from_secs(24 * 3_600));
    meet_again(&mut street, &honest);
    street.all_equal(&honest);
    assert_eq!(street.titles(alice).len(), 4);
    assert!(!street.holds_bytes(bob, b"Written by a thief"), "purged a week later");
}

/// As [`a_new_beginning_that_a_thief_made_is_void_and_the_one_before_leads_again`], but an own machine that heard of
/// the new beginning went on in it, in good faith.
#[test]
fn what_an_own_machine_wrote_in_a_beginning_that_became_void_is_written_again() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let over = street.needs(alice, "Long over");
    let lift = street.needs(alice, "Lift to the eye clinic");
    closes(&mut street, alice, &over);
    let (laptop, tablet) = (street.pairs(alice, "laptop"), street.pairs(alice, "tablet"));
    street.meet(&[alice, laptop, tablet, bob]);
    let sheet = street.words_of(alice);
    street.part_all();

    street.tell(laptop, &forget(&[&over]));
    street.needs(laptop, "Written on the laptop");
    street.meet(&[laptop, tablet, bob]);
    street.part_all();
    street.needs(tablet, "Soup on the tablet");
    retitles(&mut street, tablet, &lift, "Lift to the dentist");
    takes_away(&mut street, alice, laptop, Some(&sheet));
    let honest = [alice, tablet, bob];
    meet_again(&mut street, &honest);
    let titles = |street: &mut Neighbourhood, expected: &[&str]| {
        street.all_equal(&honest);
        for person in honest {
            assert_eq!(street.titles(person), expected, "{}", street.name(person));
            is_whole(street, person);
        }
    };
    // The tablet signed for all that it wrote upon, as in every generation.
    let all = ["Lift to the dentist", "Long over", "Soup on the tablet", "Written on the laptop"];
    titles(&mut street, &all);

    // The next beginning has the number of the void one.
    street.tell(tablet, &forget(&[&over]));
    street.needs(tablet, "And on it goes");
    meet_again(&mut street, &honest);
    let rest = ["And on it goes", "Lift to the dentist", "Soup on the tablet", "Written on the laptop"];
    titles(&mut street, &rest);
    waits(&mut street, 8 * Duration::from_secs(24 * 3_600));
    meet_again(&mut street, &honest);
    titles(&mut street, &rest);
    for person in honest {
        street.switch_off(person);
        street.switch_on(person).unwrap();
    }
    meet_again(&mut street, &honest);
    titles(&mut street, &rest);
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
