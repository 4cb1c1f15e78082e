//! Files of every released format come back for ever: `tests/golden`. When one is added stands in
//! docs/CONTRIBUTING.md.

use std::{fs, path::PathBuf};

use closeknit_api::{
    calls,
    views::{PostView, Verdict},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

fn golden(format: &str, name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(format).join(name)
}

fn post_called(street: &mut Neighbourhood, person: Person, title: &str) -> PostView {
    let call = calls::Board { search: Some(title.into()), ..Default::default() };
    let card = street.tell(person, &call).posts.into_iter().next().unwrap();
    street.shows(person, &card.id)
}

#[test]
fn format_1_comes_back_from_the_words_on_paper() {
    let mut street = Neighbourhood::new();
    let alice = street.person("alice");
    let path = |name| golden("format-1", name).display().to_string();
    let words = fs::read_to_string(path("words.txt")).unwrap();
    let call =
        calls::RestoreBackup { path: path("alice.closeknit.age"), words: Some(words), passphrase: None };
    let report = street.tell(alice, &call);
    assert_eq!(report.says.id, "backup-restored", "{report:?}");
    assert_eq!(street.titles(alice), ["Lift to the eye clinic", "Soup for Thursday"]);
    let circle = street.tell(alice, &calls::Circle {});
    assert_eq!((circle.name.as_str(), circle.members.len()), ("Millrace", 3));
    let lift = post_called(&mut street, alice, "Lift");
    assert_eq!(lift.detail.as_deref(), Some("Two flights of stairs.\nNo lift."));
    let shown = serde_json::to_string(&lift.promises).unwrap();
    assert!(shown.contains("Canary Lane 7"), "what was sealed opens with the words: {shown}");
    assert_eq!(street.tell(alice, &calls::Me {}).name, "alice");

    // And what a neighbour brings on a stick.
    let report = street.tell(alice, &calls::ReadParcel { path: path("bob.closeknit-parcel") });
    assert_eq!(report.says.id, "backup-restored", "{report:?}");
    let titles = ["A ladder for Saturday", "Lift to the eye clinic", "Soup for Thursday"];
    assert_eq!(street.titles(alice), titles);
    assert_eq!(street.tell(alice, &calls::Rebuild {}).changed, 0);
}

#[test]
#[ignore = "night: writes the files of a new format, once, where CLOSEKNIT_GOLDEN says"]
fn the_files_of_this_format_are_written() {
    let to = PathBuf::from(std::env::var_os("CLOSEKNIT_GOLDEN").expect("a directory in tests/golden"));
    fs::create_dir_all(&to).unwrap();
    let path = |name: &str| to.join(name).display().to_string();
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob) = (people[0], people[1]);
    let over = street.needs(alice, "To be forgotten");
    let lift = street.needs(alice, "Lift to the eye clinic");
    let detail = Some("Two flights of stairs.\nNo lift.".to_owned());
    street.tell(alice, &calls::Edit { id: lift.clone(), detail, ..Default::default() });
    street.promises(bob, &lift);
    let promise = street.promise_of(bob, alice, &lift);
    let doorstep = Some("Canary Lane 7".to_owned());
    street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep });
    street.tell(alice, &calls::Capacity { hours: Some(4), ..calls::Capacity::default() });
    crate::forgetting::closes(&mut street, alice, &over);
    street.tell(alice, &crate::forgetting::forget(&[&over]));
    street.needs(people[2], "Soup for Thursday");
    street.all_equal(&people);

    let words = street.tell(alice, &calls::Words {}).words.unwrap().join(" ");
    fs::write(path("words.txt"), format!("{words}\n")).unwrap();
    let call = calls::WriteBackup { path: path("alice.closeknit.age"), passphrase: None };
    street.tell(alice, &call);
    street.part_all();
    street.needs(bob, "A ladder for Saturday");
    street.tell(bob, &calls::WriteParcel { path: path("bob.closeknit-parcel"), to: None });
}
