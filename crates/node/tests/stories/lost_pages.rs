//! What is lost or altered with a page of a database, and how it comes back.

use std::fs;

use closeknit_api::{ErrorCode, Value, calls};
use closeknit_ids::{CircleId, DocId};
use closeknit_store::{Circle as CircleRow, Durability, Scope, Stage};
use closeknit_trust::circle::doc_id;

use closeknit_simulator::{
    disk::Unsynced,
    neighbourhood::{Neighbourhood, Person},
    trace::Trace,
};

use crate::{
    damage::{PAGE, database, puts_in_place},
    forgetting::{CANARY, closes, forget, goes_in_a_week, second_machine},
};

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

/// Alice forgets a need, after a salvage has brought it back a second time, as of this circle and document.
fn forgets_what_is_also_there_as_of(at: impl Fn(CircleId, DocId) -> (CircleId, DocId)) {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let alice = people[0];
    let over = street.needs(alice, CANARY);
    street.needs(alice, "A ladder for Saturday");
    closes(&mut street, alice, &over);
    street.all_equal(&people);
    let (circle, doc) = (street.circle_id(alice), doc_id(street.circle_id(alice), street.member_id(alice)));
    let (elsewhere, other) = at(circle, doc);
    street.switch_off(alice);
    let mut store = street.store(alice);
    let row = store.view().circle(circle).unwrap().unwrap();
    let changes = store.view().changes(circle, doc, 0).unwrap();
    store
        .write(Durability::Full, |batch| {
            batch.set(Scope::Profile, "unmended", &[1])?;
            if elsewhere != circle {
                batch.put_circle(&CircleRow { id: elsewhere, name: String::new(), ..row })?;
            }
            changes.iter().try_for_each(|row| batch.add_change(elsewhere, other, 0, row).map(drop))
        })
        .unwrap();
    drop(store);
    street.switch_on(alice).unwrap();
    street.meet(&people);
    street.tell(alice, &forget(&[&over]));
    street.all_equal(&people);
    goes_in_a_week(&mut street, alice, CANARY);
    assert_eq!(street.titles(alice), ["A ladder for Saturday"]);
}

/// Seed 24798 of a night. The row of a change reads, and says otherwise what it belongs to: a circle that nobody is in.
#[test]
fn what_is_of_no_circle_after_a_salvage_is_in_no_file_a_week_later() {
    forgets_what_is_also_there_as_of(|_, doc| (CircleId([7; 32]), doc));
}

/// Or a document that nobody has.
#[test]
fn what_is_of_no_document_after_a_salvage_is_in_no_file_a_week_later() {
    forgets_what_is_also_there_as_of(|circle, _| (circle, DocId([7; 32])));
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

/// Alice and bob, whose machine lost who carol is, and perhaps one of her changes; the others are there. It is off.
fn bob_knows_carol_no_more(missing: Option<usize>) -> (Neighbourhood, [Person; 2]) {
    let mut street = Neighbourhood::of_seed(1, Trace::default());
    let people = street.founds(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let circle = street.circle_id(bob);
    street.all_equal(&people);
    street.switch_off(bob);
    let before = fs::read(database(&street, bob)).unwrap();
    street.switch_on(bob).unwrap();
    let (carol, line) = (street.person("carol"), street.invites(alice));
    street.joins(carol, &line, alice);
    let doc = doc_id(circle, street.member_id(carol));
    for n in 0..4 {
        street.needs(carol, &format!("Wish {n}"));
    }
    street.meet(&[alice, bob, carol]);
    street.all_equal(&[alice, bob, carol]);
    street.part_all();
    street.switch_off(bob);
    let store = street.store(bob);
    let mut changes = store.view().changes(circle, doc, 0).unwrap();
    let tips = store.view().tips_of(circle, doc).unwrap();
    drop(store);
    if let Some(missing) = missing {
        changes.remove(missing);
    }
    puts_in_place(&street, bob, &before);
    let mut store = street.store(bob);
    store
        .write(Durability::Full, |batch| {
            batch.set(Scope::Profile, "unmended", &[1])?;
            changes.iter().try_for_each(|row| batch.add_change(circle, doc, 0, row).map(drop))?;
            tips.iter().try_for_each(|tip| batch.put_tip(circle, tip).map(drop))
        })
        .unwrap();
    drop(store);
    (street, [alice, bob])
}

const WISHES: [&str; 4] = ["Wish 0", "Wish 1", "Wish 2", "Wish 3"];

/// Seed 29895 of a night. When alice tells again who carol is, what is missing of hers is asked for.
#[test]
fn what_is_missing_of_a_member_who_is_known_again_is_asked_for() {
    let (mut street, people) = bob_knows_carol_no_more(Some(2));
    street.switch_on(people[1]).unwrap();
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.titles(people[1]), WISHES);
}

/// Seed 31062 of a night. Carol is known again, and the power goes before what she wrote is on the board.
#[test]
fn wherever_the_power_goes_while_a_member_is_known_again_the_board_says_what_the_log_says() {
    let mut went = 0;
    loop {
        let (mut street, people) = bob_knows_carol_no_more(None);
        let bob = people[1];
        street.switch_on(bob).unwrap();
        street.disk(bob).cut_after(Some((went, Unsynced::Kept)));
        street.meet(&people);
        street.disk(bob).cut_after(None);
        if street.is_on(bob) {
            assert!(went > 3, "{went}");
            assert_eq!(street.titles(bob), WISHES);
            return;
        }
        street.part_all();
        street.switch_on(bob).unwrap();
        assert_eq!(street.tell(bob, &calls::Rebuild {}).changed, 0, "after {went} writes");
        street.meet(&people);
        street.all_equal(&people);
        assert_eq!(street.titles(bob), WISHES, "after {went} writes");
        went += 1;
    }
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
