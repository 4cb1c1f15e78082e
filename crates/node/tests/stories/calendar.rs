//! Own promises in a calendar, and offers that stand from week to week.

use std::{os::unix::fs::PermissionsExt as _, time::Duration};

use closeknit_api::{
    ErrorCode, calls,
    views::{PostKind, PostState, Verdict},
};

use closeknit_simulator::neighbourhood::Neighbourhood;

fn some(text: &str) -> Option<String> {
    Some(text.into())
}

#[test]
fn own_promises_are_written_for_any_calendar_without_the_doorstep() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need =
        |title: &str, post: calls::Post| calls::Post { category: "ride".into(), title: title.into(), ..post };
    let lift =
        need("Lift; clinic", calls::Post { when: some("thursday 9:20-12:30"), ..calls::Post::default() });
    let rota = calls::Post { when: some("friday 8-9"), repeat: some("weekly"), ..calls::Post::default() };
    let [lift, rota, any] = [lift, need("School run", rota), need("Boxes", calls::Post::default())]
        .map(|post| street.tell(alice, &post).card.id);
    street.all_equal(&people);
    street.promises(bob, &lift);
    street.promises(bob, &any);
    let slots = Some(vec!["2026-11-27".to_owned(), "2026-12-04".to_owned()]);
    street.tell(bob, &calls::Promise { id: rota, slots, ..calls::Promise::default() });
    let promise = street.promise_of(bob, alice, &lift);
    let doorstep = some("14 Tannery Row");
    street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep });
    street.all_equal(&people);

    let path = street.profile(bob).with_file_name("promises.ics");
    let export = calls::ExportCalendar { path: path.display().to_string() };
    let report = street.tell(bob, &export);
    assert_eq!(report.events, 3);
    let notes: Vec<_> = report.notes.iter().map(|note| note.id.as_str()).collect();
    assert_eq!(notes, ["calendar-timeless", "calendar-open"], "boxes have no time");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let file = std::fs::read_to_string(&path).unwrap();
    assert_eq!(file.matches("BEGIN:VEVENT").count(), 3);
    for line in
        ["SUMMARY:Lift\\; clinic", "DTSTART:20261126T082000Z", "STATUS:CONFIRMED", "DTSTART:20261204T070000Z"]
    {
        assert!(file.contains(line), "{line} in {file}");
    }
    assert!(!file.contains("Tannery") && !file.contains("alice"));

    // Taken back, and written again over what was there.
    let promise = street.promise_of(bob, bob, &lift);
    street.tell(bob, &calls::Withdraw { id: promise, slots: None });
    street.tell(bob, &export);
    assert!(std::fs::read_to_string(&path).unwrap().contains("STATUS:CANCELLED"));

    let nowhere = calls::ExportCalendar { path: "/nowhere/at/all.ics".into() };
    assert_eq!(street.refused(bob, &nowhere).code, ErrorCode::FileProblem);
    assert_eq!(street.tell(alice, &export).events, 0, "alice promised nothing");
}

#[test]
fn who_asks_for_a_standing_offer_asks_for_this_week() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let meals = calls::Post {
        kind: PostKind::Offer,
        category: "food-grocery".into(),
        title: "A hot meal".into(),
        standing: true,
        ..calls::Post::default()
    };
    let offer = street.tell(alice, &meals).card.id;
    street.all_equal(&people);
    let ask = |slot: Option<&str>| calls::Promise {
        id: offer.clone(),
        slots: slot.map(|slot| vec![slot.to_owned()]),
        ..calls::Promise::default()
    };
    assert_eq!(
        street.refused(bob, &ask(Some("2026-11-24"))).code,
        ErrorCode::NotFound,
        "no week begins then"
    );
    let first = street.tell(bob, &ask(None)).mine.unwrap();
    street.all_equal(&people);
    assert_eq!(street.shows(carol, &offer).card.state, PostState::Covered);
    // Said again it is the same one; the week may be named by its Monday.
    assert_eq!(street.tell(bob, &ask(Some("2026-11-23T00:00"))).mine.as_ref(), Some(&first));

    street.skip(Duration::from_secs(7 * 24 * 3600));
    assert_eq!(street.shows(carol, &offer).card.state, PostState::Open, "a new week");
    street.tell(carol, &ask(None));
    street.all_equal(&people);
    let second = street.tell(bob, &ask(None));
    street.all_equal(&people);
    let bobs: Vec<_> = second.promises.iter().filter(|promise| promise.mine).collect();
    assert_eq!(bobs.len(), 2, "last week's stays as it was: {bobs:?}");
    assert!(bobs.iter().any(|promise| promise.id == first));
    let carols = street.shows(carol, &offer);
    let own = carols.promises.iter().find(|promise| promise.mine).unwrap();
    assert_eq!(own.going, 1, "carol was first this week");
}
