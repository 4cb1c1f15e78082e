//! A profile that another process uses, of a newer version, or damaged on the disk.

use std::{fs, path::PathBuf};

use closeknit_api::{ErrorCode, Value, calls};
use closeknit_ids::CircleId;
use closeknit_node::Engine;
use closeknit_store::{Circle as CircleRow, Durability, Scope, Stage};
use closeknit_trust::circle::doc_id;

use closeknit_simulator::{
    disk::Unsynced,
    neighbourhood::{Neighbourhood, Person},
    trace::Trace,
};

use crate::forgetting::{DAY, closes, forget, is_whole, second_machine, waits};

const PAGE: usize = 4096;
/// A database of before there were keys.
const PLAIN: &[u8] = include_bytes!("../../../store/tests/fixtures/version-1.db");
/// Where SQLite keeps `user_version` in the first page (https://www.sqlite.org/fileformat2.html).
const USER_VERSION: std::ops::Range<usize> = 60..64;

fn database(street: &Neighbourhood, person: Person) -> PathBuf {
    street.profile(person).join("closeknit.db")
}

/// These bytes are somebody's database from now on, and nothing else of it is there.
fn puts_in_place(street: &Neighbourhood, person: Person, bytes: &[u8]) {
    for entry in fs::read_dir(street.profile(person)).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("closeknit.db") {
            fs::remove_file(path).unwrap();
        }
    }
    fs::write(database(street, person), bytes).unwrap();
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
    let mut bytes = PLAIN.to_vec();
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

/// The power goes while a salvaged database is mended: the next start mends it, whatever was done already.
#[test]
fn where_the_power_goes_while_a_database_is_mended_the_next_start_mends_it() {
    let mut cut = 0;
    loop {
        let mut street = Neighbourhood::of_seed(1, Trace::default());
        let people = street.founds(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        let need = street.needs(alice, "Lift to the eye clinic");
        street.promises(bob, &need);
        street.needs(bob, "A ladder for Saturday");
        street.all_equal(&people);
        street.switch_off(bob);
        let mut damaged = fs::read(database(&street, bob)).unwrap();
        // The rows of the board are among what is lost.
        let half = damaged.len() / 2 / PAGE * PAGE;
        damaged[half..half + PAGE].fill(0);
        fs::write(database(&street, bob), damaged).unwrap();
        street.disk(bob).cut_after(Some((cut, Unsynced::Kept)));
        let whole = street.start(bob).is_ok();
        street.disk(bob).cut_after(None);
        if whole {
            assert!(cut > 3, "{cut}");
            return;
        }
        street.switch_on(bob).unwrap();
        street.meet(&people);
        assert_eq!(street.tell(bob, &calls::Rebuild {}).changed, 0, "after {cut} writes");
        street.all_equal(&people);
        street.needs(bob, "Bob goes on");
        street.all_equal(&people);
        cut += 1;
    }
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
        puts_in_place(&street, bob, &damaged);
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
        // Of a machine that lost its own enrolment nothing is to be seen before a neighbour gave that back.
        street.all_equal(&people);
        let seen = street.ask(bob, &calls::Board::default()).map(|board| board.total);
        if seen != Ok(u32::try_from(titles.len()).unwrap()) {
            trouble.push(format!("page {page}: sees {seen:?}"));
        } else {
            assert_eq!(street.titles(bob), titles);
            assert_eq!(street.tell(bob, &calls::Rebuild {}).changed, 0);
        }
        street.switch_off(bob);
    }
    assert!(trouble.is_empty(), "{trouble:#?}");
    assert!(set_aside > 5 && nothing_left * 4 < set_aside, "{nothing_left} of {set_aside}");
}

/// Seeds 11664 and 17468 of a night. A page that was altered may still read: of what was salvaged one tip is not that of
/// its row, one circle is without its member, and of another that can be found out.
#[test]
fn what_reads_otherwise_after_a_salvage_keeps_nobody_from_starting() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    street.needs(alice, "Alice's wish");
    street.needs(bob, "Bob's wish");
    street.all_equal(&people);
    let circle = street.circle_id(bob);
    let doc = doc_id(circle, street.member_id(alice));
    street.switch_off(bob);
    let mut store = street.store(bob);
    let mut tip = store.view().tips_of(circle, doc).unwrap().remove(0);
    *tip.bytes.last_mut().unwrap() ^= 1;
    let row = store.view().circle(circle).unwrap().unwrap();
    let other = CircleRow { id: CircleId([7; 32]), ..row.clone() };
    store
        .write(Durability::Full, |batch| {
            batch.set(Scope::Profile, "unmended", &[1])?;
            batch.put_tip(circle, &tip)?;
            batch.put_circle(&other)?;
            // Seed 18341: a row that could not be read comes back without a name.
            batch.put_circle(&CircleRow { name: String::new(), zone: String::new(), ..row.clone() })?;
            batch.set(Scope::Circle(circle), "member", &[7; 32])
        })
        .unwrap();
    drop(store);
    street.switch_on(bob).unwrap();
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.titles(bob), ["Alice's wish", "Bob's wish"]);
    street.invites(bob);
    let named = |street: &mut Neighbourhood, person| {
        let circle = street.tell(person, &calls::Circle {});
        (circle.name, circle.zone)
    };
    assert_eq!(named(&mut street, bob), named(&mut street, alice));
}

/// Seed 21677. The row of a draft is lost: of alice's the circle came that she is in, bob's is all that he has.
#[test]
fn a_draft_of_which_the_row_is_lost_is_a_draft_again() {
    let mut street = Neighbourhood::new();
    let (alice, bob, carol) = (street.person("alice"), street.person("bob"), street.person("carol"));
    street.starts(alice, "Millrace");
    street.starts(bob, "Weir");
    let line = street.invites(alice);
    street.joins(carol, &line, alice);
    street.needs(bob, "Bob's wish");
    for person in [alice, bob] {
        street.switch_off(person);
        let mut store = street.store(person);
        let rows = store.view().circles().unwrap();
        let lost = rows.into_iter().filter(|row| row.stage != Stage::Real);
        let lost = lost.map(|row| CircleRow { name: String::new(), stage: Stage::Real, ..row });
        let lost: Vec<_> = lost.collect();
        assert_eq!(lost.len(), 1);
        store
            .write(Durability::Full, |batch| {
                batch.set(Scope::Profile, "unmended", &[1])?;
                batch.put_circle(&lost[0])
            })
            .unwrap();
        drop(store);
        street.switch_on(person).unwrap();
        assert_eq!(street.tell(person, &calls::Status {}).circles.len(), 1);
    }
    assert!(street.tell(bob, &calls::Status {}).circles[0].draft);
    assert_eq!(street.titles(bob), ["Bob's wish"]);
    street.meet(&[alice, carol]);
    street.all_equal(&[alice, carol]);
}

/// Each page of somebody's database is lost in turn, and then happens what is to happen. These people's databases are
/// as they were before it each time.
fn as_each_page_is_lost(
    street: &mut Neighbourhood,
    of: Person,
    people: &[Person],
    mut happens: impl FnMut(&mut Neighbourhood),
) {
    street.part_all();
    for person in people {
        street.switch_off(*person);
        street.switch_on(*person).unwrap();
        street.switch_off(*person);
    }
    let whole: Vec<_> =
        people.iter().map(|person| (*person, fs::read(database(street, *person)).unwrap())).collect();
    let pages = fs::metadata(database(street, of)).unwrap().len() as usize / PAGE;
    for page in 0..pages {
        for (person, bytes) in &whole {
            let mut bytes = bytes.clone();
            if *person == of {
                bytes[page * PAGE..(page + 1) * PAGE].fill(0);
            }
            puts_in_place(street, *person, &bytes);
            street.switch_on(*person).unwrap();
        }
        happens(street);
        street.part_all();
        people.iter().for_each(|person| street.switch_off(*person));
    }
}

/// How many members somebody's machine knows.
fn members(street: &mut Neighbourhood, person: Person) -> usize {
    street.ask(person, &calls::Circle {}).map_or(0, |circle| circle.members.len())
}

/// Bob alone has heard of what carol wrote last. Where his machine loses that she was let in, alice tells it again, and
/// then bob passes on what he holds of her. What no tip vouches for any more is shown by neither.
#[test]
fn what_a_machine_holds_of_a_member_who_is_known_again_is_passed_on() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    street.needs(carol, "Carol's wish");
    street.all_equal(&people);
    street.part(alice);
    street.needs(carol, "Carol's later wish");
    street.all_equal(&[bob, carol]);
    let (mut told_again, mut passed_on) = (0, 0);
    as_each_page_is_lost(&mut street, bob, &[alice, bob], |street| {
        let knew = members(street, bob);
        street.meet(&[alice, bob]);
        if members(street, bob) == 3 {
            street.all_equal(&[alice, bob]);
            told_again += usize::from(knew < 3);
            passed_on += usize::from(knew < 3 && street.titles(alice).len() == 2);
        }
    });
    assert!(told_again > 0 && passed_on > 0, "{passed_on} of {told_again}");
}

/// Nobody has heard yet of what bob wrote last. Where his machine loses what it signed for it, it signs once more.
#[test]
fn what_a_machine_wrote_itself_is_passed_on_though_its_tips_are_lost() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    street.needs(bob, "Bob's wish");
    street.all_equal(&people);
    street.part_all();
    street.needs(bob, "Bob's later wish");
    let mut passed_on = 0;
    as_each_page_is_lost(&mut street, bob, &people, |street| {
        let shown = street.ask(bob, &calls::Board::default()).map_or(0, |board| board.total);
        street.meet(&[alice, bob]);
        if members(street, bob) == 2 {
            street.all_equal(&[alice, bob]);
            assert!(shown < 2 || street.titles(alice).len() == 2, "alice never hears of it");
            passed_on += usize::from(shown == 2);
        }
    });
    assert!(passed_on > 3, "{passed_on}");
}

/// Nobody has heard yet of what bob wrote on his tablet, and that loses its own enrolment. Alice gives it back.
#[test]
fn what_a_machine_wrote_itself_is_passed_on_though_its_enrolment_was_lost() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol", "dave", "erin"]);
    let (alice, bob) = (people[0], people[1]);
    let tablet = second_machine(&mut street, bob, "tablet");
    street.meet(&[alice, bob, tablet]);
    street.part_all();
    street.needs(tablet, "Bob's wish");
    let over = street.needs(tablet, "Long over");
    closes(&mut street, tablet, &over);
    let own = |street: &mut Neighbourhood| {
        let own = street.ask(tablet, &calls::Machines {}).map(|own| own.machines).unwrap_or_default();
        (own.iter().any(|machine| machine.this), own.len())
    };
    let mut passed_on = 0;
    as_each_page_is_lost(&mut street, tablet, &[alice, tablet], |street| {
        let lost = own(street) == (false, 1);
        if lost {
            assert_eq!(street.refusal(tablet, &forget(&[&over])), ErrorCode::MeetFirst);
        }
        street.meet(&[alice, tablet]);
        if lost && own(street) == (true, 2) {
            street.all_equal(&[alice, tablet]);
            assert_eq!(street.titles(alice), ["Bob's wish", "Long over"], "alice never hears of it");
            passed_on += 1;
        }
    });
    assert!(passed_on > 0);
}

/// Seed 11646. Where nothing is left that says which keys are bob's, what only he may read can be sealed to nobody.
#[test]
fn a_machine_that_lost_whom_to_seal_to_says_that_it_has_to_meet_somebody() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let bob = people[1];
    street.needs(bob, "Bob's wish");
    let capacity = calls::Capacity { hours: Some(4), ..calls::Capacity::default() };
    let mut met_first = 0;
    as_each_page_is_lost(&mut street, bob, &[bob], |street| {
        if let Err(error) = street.ask(bob, &capacity) {
            met_first += usize::from(error.code == ErrorCode::MeetFirst);
            let expected = [ErrorCode::MeetFirst, ErrorCode::NotAMember, ErrorCode::NotStarted];
            assert!(expected.contains(&error.code), "{error:?}");
        }
    });
    assert!(met_first > 0);
}

/// Bob's tablet began its document afresh, and nobody has heard of it. Where it loses its own enrolment then, what it signed
/// as that waits, and counts at once when alice gives the enrolment back, not only at the next start.
#[test]
fn what_waits_for_a_lost_enrolment_counts_as_soon_as_that_was_given_back() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let tablet = second_machine(&mut street, bob, "tablet");
    street.meet(&[alice, bob, tablet]);
    // Enough statements that the enrolment lies in another page than what is signed last.
    for n in 0..9 {
        street.pairs(alice, &format!("machine{n}"));
    }
    street.meet(&[alice, tablet]);
    let over = street.needs(tablet, "Long over");
    closes(&mut street, tablet, &over);
    street.all_equal(&[alice, tablet]);
    street.part_all();
    street.tell(tablet, &forget(&[&over]));
    let is_own = |street: &mut Neighbourhood| {
        let own = street.ask(tablet, &calls::Machines {}).map(|own| own.machines).unwrap_or_default();
        own.iter().any(|machine| machine.this)
    };
    let in_log = |street: &Neighbourhood, person, circle| {
        street.copied_store(person).store.view().statements(circle).unwrap().len()
    };
    let circle = street.circle_id(alice);
    let mut waited = 0;
    as_each_page_is_lost(&mut street, tablet, &[alice, tablet], |street| {
        let counted = street.ask(tablet, &calls::CountAll {}).map_or(0, |held| held.statements);
        let waits = in_log(street, tablet, circle) > counted as usize;
        if !waits || is_own(street) {
            return;
        }
        street.meet(&[alice, tablet]);
        if is_own(street) {
            let known = street.tell(tablet, &calls::CountAll {}).statements as usize;
            assert_eq!(known, in_log(street, tablet, circle));
            assert_eq!(street.tell(alice, &calls::CountAll {}).statements as usize, known);
            street.all_equal(&[alice, tablet]);
            waited += 1;
        }
    });
    assert!(waited > 0);
}

/// Where the journal has come to the end of a batch, after every batch.
fn batches(journal: &[u8]) -> Vec<usize> {
    const HEADER: usize = 32;
    const FRAME: usize = 24 + PAGE;
    // The last frame of a batch says how large the database is then; all others say nothing.
    let ends = journal[HEADER..].chunks_exact(FRAME).enumerate().filter(|(_, frame)| frame[4..8] != [0; 4]);
    ends.map(|(frame, _)| HEADER + (frame + 1) * FRAME).collect()
}

#[test]
fn a_stop_anywhere_while_a_generation_begins_leaves_nothing_out() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    street.part_all();
    let before = street.tell(alice, &calls::CountAll {}).statements;
    street.posts_until(alice, |count| count.changes > 120);
    while street.tell(alice, &calls::CountAll {}).statements == before {
        // Started anew, so that the journal holds the next act alone.
        street.switch_off(alice);
        street.switch_on(alice).unwrap();
        street.posts_at_length(alice);
    }
    let titles = street.titles(alice);
    let [database, journal] =
        ["closeknit.db", "closeknit.db-wal"].map(|name| street.profile(alice).join(name));
    let (whole, written) = (fs::read(&database).unwrap(), fs::read(&journal).unwrap());
    street.switch_off(alice);
    let ends = batches(&written);
    let mut with_the_statement = None;
    for end in ends.iter().rev().take(4) {
        fs::write(&database, &whole).unwrap();
        fs::write(&journal, &written[..*end]).unwrap();
        street.switch_on(alice).unwrap();
        let count = street.tell(alice, &calls::CountAll {});
        if count.statements > before {
            with_the_statement = Some(*end);
        }
        // The last act may not be there yet; what is there stands in the log, as a whole.
        assert!(street.titles(alice).iter().all(|title| titles.contains(title)));
        assert!(street.titles(alice).len() + 1 >= titles.len());
        assert_eq!(street.tell(alice, &calls::Rebuild {}).changed, 0);
        street.switch_off(alice);
    }
    fs::write(&database, &whole).unwrap();
    fs::write(&journal, &written[..with_the_statement.unwrap()]).unwrap();
    street.switch_on(alice).unwrap();
    street.meet(&people);
    assert_eq!(street.titles(bob), titles, "the first moment at which the generation has begun");
    street.all_equal(&people);
}

#[test]
fn what_could_be_read_of_a_damaged_database_may_be_behind_until_another_was_met() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let circle = Scope::Circle(street.circle_id(bob));
    let behind = |street: &mut Neighbourhood| {
        street.switch_off(bob);
        let behind = street.store(bob).view().setting(circle, "behind").unwrap().is_some();
        street.switch_on(bob).unwrap();
        behind
    };
    street.part_all();
    assert!(!behind(&mut street));
    street.switch_off(bob);
    let mut bytes = fs::read(database(&street, bob)).unwrap();
    let last = bytes.len() - PAGE;
    bytes[last..].fill(0);
    fs::write(database(&street, bob), bytes).unwrap();
    street.switch_on(bob).unwrap();
    assert_eq!(street.tell(bob, &calls::Status {}).notices[0].id, "notice-database-set-aside");
    assert!(behind(&mut street));
    street.meet(&[alice, bob]);
    assert!(!behind(&mut street));
}

const CANARY: &str = "canary in the third birdcage";

/// Alice forgets a need apart from everybody, and writes one. Then her database is damaged: the statement by which the
/// new beginning began is lost; what she wrote in it is there, and the note of what was left behind.
fn loses_the_statement_of_a_beginning(street: &mut Neighbourhood, alice: Person, over: &str) {
    let circle = street.circle_id(alice);
    let doc = doc_id(circle, street.member_id(alice));
    street.part_all();
    street.switch_off(alice);
    let before = fs::read(database(street, alice)).unwrap();
    street.switch_on(alice).unwrap();
    street.tell(alice, &forget(&[over]));
    street.needs(alice, CANARY);
    street.switch_off(alice);
    let store = street.store(alice);
    let changes = store.view().changes(circle, doc, 1).unwrap();
    let mut tips = store.view().tips_of(circle, doc).unwrap();
    tips.retain(|tip| tip.generation == 1);
    let note = store.view().setting(Scope::Circle(circle), "left-behind").unwrap().unwrap();
    drop(store);
    fs::write(database(street, alice), before).unwrap();
    let mut store = street.store(alice);
    store
        .write(Durability::Full, |batch| {
            batch.set(Scope::Circle(circle), "left-behind", &note)?;
            changes.iter().try_for_each(|row| batch.add_change(circle, doc, 1, row).map(drop))?;
            tips.iter().try_for_each(|tip| batch.put_tip(circle, tip).map(drop))
        })
        .unwrap();
    drop(store);
    street.switch_on(alice).unwrap();
}

/// She begins again, under the same number.
#[test]
fn a_beginning_of_which_the_statement_is_lost_stands_in_the_way_of_no_other() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let over = street.needs(alice, "Long over");
    street.needs(alice, "A ladder for Saturday");
    closes(&mut street, alice, &over);
    street.all_equal(&people);
    loses_the_statement_of_a_beginning(&mut street, alice, &over);
    street.tell(alice, &forget(&[&over]));
    street.needs(alice, "Lift to the eye clinic");
    is_whole(&mut street, alice);
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.titles(bob), ["A ladder for Saturday", "Lift to the eye clinic"]);
}

/// Nobody knows that it ever began: it is hidden, and goes as what was left behind does.
#[test]
fn what_was_written_in_a_beginning_of_which_the_statement_is_lost_is_in_no_file_a_week_later() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    let over = street.needs(alice, "Long over");
    closes(&mut street, alice, &over);
    street.all_equal(&people);
    loses_the_statement_of_a_beginning(&mut street, alice, &over);
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.titles(alice), ["Long over"], "that it was forgotten is lost as well");
    waits(&mut street, DAY);
    assert!(street.holds_bytes(alice, CANARY.as_bytes()), "else the test sees nothing");
    street.part_all();
    waits(&mut street, 8 * DAY);
    assert!(!street.holds_bytes(alice, CANARY.as_bytes()));
    is_whole(&mut street, alice);
    assert_eq!(street.titles(alice), ["Long over"], "what leads again does not go");
    street.meet(&people);
    street.all_equal(&people);
}
