//! Who might help whom, with reasons, both ways; whom somebody would rather not meet; a rota proposed.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use closeknit_api::{
    ErrorCode, calls,
    views::{Level, PinView, ShownRow, SuggestView, WayView},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person, contains};

fn texts(texts: &[&str]) -> Option<Vec<String>> {
    Some(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn shows(street: &mut Neighbourhood, person: Person, category: &str, level: Level) {
    let kinds = vec![ShownRow { category: category.into(), days: vec![level; 7] }];
    street.tell(person, &calls::ShowCapacity { kinds });
}

fn titles(view: &SuggestView) -> Vec<&str> {
    view.needs.iter().map(|need| need.card.title.as_str()).collect()
}

fn who(street: &mut Neighbourhood, author: Person, need: &str) -> Vec<(String, Vec<String>)> {
    let found = street.tell(author, &calls::WhoMight { id: need.into(), limit: None }).people;
    let why = |why: Vec<closeknit_api::Phrase>| why.into_iter().map(|phrase| phrase.id).collect();
    found.into_iter().map(|one| (one.person.name.unwrap(), why(one.why))).collect()
}

#[test]
fn needs_and_neighbours_are_suggested_with_reasons_and_nobody_who_rests() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol", "dora"]);
    let (alice, bob, carol, dora) = (people[0], people[1], people[2], people[3]);
    let lift = street.needs(alice, "Lift to the eye clinic");
    let usual = calls::Capacity {
        hours: Some(4),
        free: Some("thu 9-13".into()),
        can: texts(&["ride"]),
        ..calls::Capacity::default()
    };
    street.tell(bob, &usual);
    street.tell(bob, &calls::Profile { lends: texts(&["car"]), ..calls::Profile::default() });
    assert!(who(&mut street, alice, &lift).is_empty(), "nobody shows anything");

    // Of himself his machine knows more than the others do.
    let suggested = street.tell(bob, &calls::Suggest::default());
    assert_eq!(titles(&suggested), ["Lift to the eye clinic"]);
    let why: Vec<_> = suggested.needs[0].why.iter().map(|why| why.id.as_str()).collect();
    assert_eq!(why, ["because-free", "because-you-have", "because-you-like"]);
    let none = calls::Suggest { limit: Some(0) };
    assert!(street.tell(bob, &none).needs.is_empty());

    shows(&mut street, bob, "ride", Level::Some);
    shows(&mut street, carol, "ride", Level::Plenty);
    let might = who(&mut street, alice, &lift);
    let helper = ["because-they-have", "because-they-give-some-on"].map(str::to_owned).to_vec();
    assert_eq!(might[0], ("bob".to_owned(), helper));
    assert_eq!(might[1], ("carol".to_owned(), vec!["because-they-give-plenty-on".to_owned()]));
    assert_eq!(might.len(), 2, "dora shows nothing");
    assert_eq!(street.refusal(bob, &calls::WhoMight { id: lift.clone(), limit: None }), ErrorCode::NotYours);

    // A need for some alone is suggested to nobody else.
    let call = calls::Post {
        category: "ride".into(),
        title: "Lift to the clinic, between us".into(),
        audience: texts(&["carol", "dora"]),
        ..calls::Post::default()
    };
    let between = street.tell(alice, &call).card.id;
    let names: Vec<_> = who(&mut street, alice, &between).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["carol"]);
    assert_eq!(titles(&street.tell(bob, &calls::Suggest::default())), ["Lift to the eye clinic"]);
    let how = closeknit_api::views::Closing::NotNeeded;
    street.tell(alice, &calls::Close { id: between, how, duplicate_of: None });

    // Who rests is neither asked nor suggested; who came forward is not asked again.
    let rests = calls::Capacity { resting_until: Some("2026-12-24".into()), ..calls::Capacity::default() };
    street.tell(carol, &rests);
    assert_eq!(who(&mut street, alice, &lift).len(), 1);
    let resting = street.tell(carol, &calls::Suggest::default());
    assert!(resting.resting && resting.needs.is_empty());
    street.promises(bob, &lift);
    assert!(who(&mut street, alice, &lift).is_empty());
    assert!(street.tell(bob, &calls::Suggest::default()).needs.is_empty());
    street.tell(dora, &calls::Capacity { will_not: texts(&["ride"]), ..calls::Capacity::default() });
    assert!(street.tell(dora, &calls::Suggest::default()).needs.is_empty());
}

/// What is written while something is done, as a log would have it.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Written {
    fn while_doing<T>(&self, act: impl FnOnce() -> T) -> T {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_writer(move || log.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, act)
    }
}

/// The list of those whom somebody would rather not meet is in their own database, so that this test would
/// see it, and in no frame, on no other machine, in no backup and in no log.
#[test]
fn whom_somebody_would_rather_not_meet_never_leaves_the_machine() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol", "dora"]);
    let (alice, bob, carol, dora) = (people[0], people[1], people[2], people[3]);
    let need = street.needs(alice, "Lift to the eye clinic");
    for helper in [bob, carol, dora] {
        shows(&mut street, helper, "ride", Level::Some);
    }
    assert_eq!(who(&mut street, alice, &need).len(), 3);
    let mut ids = [street.member_id(bob), street.member_id(carol)];
    ids.sort();
    let list: Vec<u8> = ids.iter().flat_map(|id| id.0).collect();
    assert!(!street.holds_bytes(alice, &list));

    let log = Written::default();
    log.while_doing(|| {
        let avoids = |person: &str| calls::Avoid { person: Some(person.into()), no_more: false };
        street.tell(alice, &avoids("Bob"));
        assert_eq!(street.tell(alice, &avoids("carol")).people.len(), 2);
        assert_eq!(street.tell(alice, &avoids("alice")).people.len(), 2, "nobody avoids themselves");
        assert_eq!(street.refusal(alice, &avoids("zoe")), ErrorCode::NotFound);
        let left: Vec<_> = who(&mut street, alice, &need).into_iter().map(|(name, _)| name).collect();
        assert_eq!(left, ["dora"]);
        street.needs(bob, "A ladder for Saturday");
        street.tell(alice, &calls::Capacity { can: texts(&["ride"]), ..calls::Capacity::default() });
        assert!(street.tell(alice, &calls::Suggest::default()).needs.is_empty());
        street.needs(alice, "Another lift");
        street.pass(Duration::from_secs(2 * 3_600));
        street.part_all();
        street.meet(&people);
    });
    street.all_equal(&people);

    assert!(street.holds_bytes(alice, &list), "it is kept");
    assert!(!street.frames().iter().any(|frame| frame.says(&list)), "in a frame");
    for other in [bob, carol, dora] {
        assert!(!street.holds_bytes(other, &list), "at {}'s", street.name(other));
    }
    let log = log.0.lock().unwrap().clone();
    for id in ids {
        assert!(!contains(&log, id.to_string().as_bytes()), "in the log");
    }

    // Also after a backup was brought back there is none.
    let (path, words) = (street.profile(alice).join("../backup"), street.tell(alice, &calls::Words {}));
    let path = path.to_string_lossy().into_owned();
    street.tell(alice, &calls::WriteBackup { path: path.clone(), passphrase: None });
    street.switch_off(alice);
    std::fs::remove_dir_all(street.profile(alice)).unwrap();
    street.switch_on(alice).unwrap();
    let words = Some(words.words.unwrap().join(" "));
    street.tell(alice, &calls::RestoreBackup { path, words, passphrase: None });
    assert!(street.tell(alice, &calls::Avoid::default()).people.is_empty());
    assert!(!street.holds_bytes(alice, &list));
}

#[test]
fn who_is_taken_off_the_list_is_suggested_again() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    shows(&mut street, bob, "ride", Level::Some);
    let avoids = |no_more| calls::Avoid { person: Some("bob".into()), no_more };
    let list = street.tell(alice, &avoids(false)).people;
    assert_eq!(list[0].name.as_deref(), Some("bob"));
    assert!(who(&mut street, alice, &need).is_empty());
    assert!(street.tell(alice, &avoids(true)).people.is_empty());
    assert_eq!(who(&mut street, alice, &need).len(), 1);
}

const MONDAY: &str = "2026-11-30T17:30:00";
const TUESDAY: &str = "2026-12-01T17:30:00";

fn evenings(street: &mut Neighbourhood, author: Person) -> String {
    let times = texts(&["2026-11-30T17:30/2026-11-30T18:30", "2026-12-01T17:30/2026-12-01T18:30"]);
    let (category, title) = ("food-meal".to_owned(), "Evening meals after a birth".to_owned());
    street.tell(author, &calls::Post { category, title, times, ..calls::Post::default() }).card.id
}

#[test]
fn a_rota_is_proposed_with_reasons_and_changed_and_nobody_is_put_down_by_it() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol", "dora"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = evenings(&mut street, alice);
    let rota = |pinned: &[(&str, &str)], forbidden: &[(&str, &str)]| {
        let pins = |pairs: &[(&str, &str)]| {
            let pin =
                |(slot, person): &(&str, &str)| PinView { slot: (*slot).into(), person: (*person).into() };
            pairs.iter().map(pin).collect()
        };
        calls::Rota { id: need.clone(), pinned: pins(pinned), forbidden: pins(forbidden) }
    };
    let names = |street: &mut Neighbourhood, call: &calls::Rota| {
        let turns = street.tell(alice, call).turns;
        let name = |turn: &closeknit_api::views::TurnView| {
            let first =
                turn.people.first().map(|one| (one.person.name.clone().unwrap(), one.says.id.clone()));
            first.or_else(|| turn.missing.clone().map(|missing| (String::new(), missing.id)))
        };
        turns.iter().map(name).map(Option::unwrap).collect::<Vec<_>>()
    };
    let of = |name: &str, id: &str| (name.to_owned(), id.to_owned());

    assert_eq!(names(&mut street, &rota(&[], &[])), vec![of("", "rota-missing-nobody-free"); 2]);
    shows(&mut street, bob, "food-meal", Level::Some);
    // Some is once a week.
    let one = names(&mut street, &rota(&[], &[]));
    assert!(
        one.contains(&of("bob", "rota-nobody-else")) && one.contains(&of("", "rota-missing-all-full")),
        "{one:?}"
    );
    shows(&mut street, carol, "food-meal", Level::Plenty);
    let both = names(&mut street, &rota(&[], &[]));
    assert!(both.iter().all(|(name, _)| !name.is_empty()), "{both:?}");

    // She knows better: bob on Monday, and not carol on Tuesday, for whom dora has to be asked.
    let hers = rota(&[(MONDAY, "bob")], &[("2026-12-01", "carol")]);
    let changed = names(&mut street, &hers);
    assert_eq!(changed, [of("bob", "rota-pinned"), of("", "rota-missing-all-full")]);
    let view = street.tell(alice, &hers);
    assert!(view.turns[0].people[0].pinned && view.turns[0].id == MONDAY);
    assert_eq!(view.people.len(), 3, "everybody can be placed");
    let asked = names(&mut street, &rota(&[(MONDAY, "bob"), (TUESDAY, "dora")], &[]));
    assert_eq!(asked, [of("bob", "rota-pinned"), of("dora", "rota-pinned")]);

    // It is a proposal: nothing was written, and nobody hears of it.
    assert!(street.shows(bob, &need).promises.is_empty() && street.shows(alice, &need).promises.is_empty());
    assert_eq!(street.refusal(bob, &rota(&[], &[])), ErrorCode::NotYours);
    let unknown = street.refusal(alice, &rota(&[(MONDAY, "zoe")], &[]));
    assert_eq!(unknown, ErrorCode::NotFound);

    // Who came forward for a time is not asked for it; the other time is still wanted.
    let slots = texts(&[MONDAY]);
    street.tell(carol, &calls::Promise { id: need.clone(), slots, ..calls::Promise::default() });
    let left = street.tell(alice, &rota(&[], &[]));
    assert!(left.turns[0].people.iter().all(|one| one.person.name.as_deref() != Some("carol")));
}

#[test]
fn what_is_too_far_is_not_suggested_once_the_ways_are_known() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let call = calls::Post {
        category: "ride".into(),
        title: "Lift from Bridge End".into(),
        place: Some("Bridge End".into()),
        ..calls::Post::default()
    };
    street.tell(alice, &call);
    let capacity =
        calls::Capacity { can: texts(&["ride"]), radius_minutes: Some(15), ..calls::Capacity::default() };
    street.tell(bob, &capacity);
    let me =
        street.tell(bob, &calls::Profile { area: Some("Station Side".into()), ..calls::Profile::default() });
    let way = |minutes| WayView { place: "Bridge End".into(), minutes };
    assert_eq!(me.ways, [way(None)], "it is asked for the places that others name");
    let why = |street: &mut Neighbourhood| {
        let found = street.tell(bob, &calls::Suggest::default()).needs;
        found.into_iter().flat_map(|need| need.why).map(|why| why.id).collect::<Vec<_>>()
    };
    assert_eq!(why(&mut street), ["because-you-like"], "nothing is known of the way");

    let told = street.tell(bob, &calls::Ways { ways: vec![way(Some(9))] });
    assert_eq!(told.ways, [way(Some(9))]);
    assert_eq!(why(&mut street), ["because-near", "because-you-like"]);
    let near = calls::Board { near: Some(true), ..calls::Board::default() };
    assert_eq!(street.tell(bob, &near).total, 1);

    street.tell(bob, &calls::Ways { ways: vec![way(Some(20))] });
    assert_eq!(why(&mut street), Vec::<String>::new(), "further than he goes");
    assert_eq!(street.tell(bob, &near).total, 0);
    assert_eq!(street.refusal(bob, &calls::Ways { ways: vec![way(Some(5_000))] }), ErrorCode::BadInput);
    let told = street.tell(bob, &calls::Ways { ways: vec![way(None)] });
    assert_eq!(told.ways, [way(None)]);
    assert_eq!(told.radius_minutes, Some(15), "nothing else is lost");
}
