//! A profile that another process uses, of a newer version, or damaged on the disk.

use std::{fs, path::PathBuf};

use closeknit_api::{ErrorCode, Value, calls};
use closeknit_node::Engine;

use crate::neighbourhood::{Neighbourhood, Person};

const PAGE: usize = 4096;
/// Where SQLite keeps `user_version` in the first page (https://www.sqlite.org/fileformat2.html).
const USER_VERSION: std::ops::Range<usize> = 60..64;

fn database(street: &Neighbourhood, person: Person) -> PathBuf {
    street.profile(person).join("closeknit.db")
}

#[test]
fn a_second_process_on_a_profile_is_refused() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let error = Engine::open(&street.profile(people[0])).unwrap_err();
    assert_eq!(error.code, ErrorCode::ProfileInUse);
    street.needs(people[0], "Lift to the eye clinic");
    street.all_equal(&people);
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    street.switch_off(alice);
    let path = database(&street, alice);
    let mut bytes = fs::read(&path).unwrap();
    bytes[USER_VERSION].copy_from_slice(&4_000_u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    let error = street.switch_on(alice).unwrap_err();
    assert_eq!(error.code, ErrorCode::NewerDatabase);
    assert_eq!(error.values["found"], Value::Text("4000".into()));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_key_file_that_is_damaged_is_named_and_left_as_it_is() {
    let mut street = Neighbourhood::new();
    let alice = street.person("alice");
    street.starts(alice, "Millrace");
    street.switch_off(alice);
    let path = street.profile(alice).join("device.key");
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert_eq!(street.switch_on(alice).unwrap_err().code, ErrorCode::FileProblem);
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

/// Whichever page of a database is lost, the program starts, says what happened, keeps the damaged
/// file, and the neighbours bring back what is missing.
#[test]
fn whichever_page_is_lost_the_neighbours_bring_it_back() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    for n in 0..6 {
        let need = street.needs(alice, &format!("Need {n}"));
        street.promises(bob, &need);
        street.needs(bob, &format!("Wish {n}"));
    }
    street.all_equal(&people);
    let titles = street.titles(bob);
    street.switch_off(bob);
    street.switch_on(bob).unwrap();
    street.switch_off(bob);
    let whole = fs::read(database(&street, bob)).unwrap();
    let (mut set_aside, mut nothing_left, mut trouble) = (0, 0, Vec::new());
    for page in 0..whole.len() / PAGE {
        let mut damaged = whole.clone();
        damaged[page * PAGE..(page + 1) * PAGE].fill(0);
        for entry in fs::read_dir(street.profile(bob)).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_string_lossy().starts_with("closeknit.db") {
                fs::remove_file(path).unwrap();
            }
        }
        fs::write(database(&street, bob), &damaged).unwrap();
        if let Err(error) = street.switch_on(bob) {
            trouble.push(format!("page {page}: cannot start: {error:?}"));
            continue;
        }
        let notices = street.tell(bob, &calls::Status {}).notices;
        if let Some(notice) = notices.iter().find(|notice| notice.id == "notice-database-set-aside") {
            let Value::Text(kept) = &notice.values["path"] else { panic!("{notice:?}") };
            assert_eq!(fs::read(kept).unwrap(), damaged, "the damaged file is kept");
            set_aside += 1;
        }
        // Where all is lost that names the circle or says who is in it, he is told that the file was
        // set aside; a backup brings it back.
        let circles = street.tell(bob, &calls::Status {}).circles;
        if circles.iter().all(|circle| circle.members == 0) && !notices.is_empty() {
            nothing_left += 1;
            street.switch_off(bob);
            continue;
        }
        let seen = street.ask(bob, &calls::Board::default()).map(|board| board.total);
        if seen != Ok(u32::try_from(titles.len()).unwrap()) {
            trouble.push(format!("page {page}: sees {seen:?}"));
        } else {
            street.all_equal(&people);
            assert_eq!(street.titles(bob), titles);
            assert_eq!(street.tell(bob, &calls::Rebuild {}).changed, 0);
        }
        street.switch_off(bob);
    }
    assert!(trouble.is_empty(), "{trouble:#?}");
    assert!(set_aside > 5 && nothing_left * 4 < set_aside, "{nothing_left} of {set_aside}");
}
