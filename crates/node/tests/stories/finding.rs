//! Finding posts: by their words, by when and where they are, and in the week of a calendar.

use closeknit_api::{
    ErrorCode, calls,
    views::{DayPart, DayTime, PostState, Verdict, Wanting, WeekView},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person, pages};

fn posts(street: &mut Neighbourhood, author: Person, title: &str, post: calls::Post) -> String {
    let post = calls::Post { category: "ride".into(), title: title.into(), ..post };
    street.tell(author, &post).card.id
}

fn titles(street: &mut Neighbourhood, person: Person, asked: calls::Board) -> Vec<String> {
    let mut titles: Vec<_> = street.tell(person, &asked).posts.into_iter().map(|card| card.title).collect();
    titles.sort();
    titles
}

fn some(text: &str) -> Option<String> {
    Some(text.into())
}

#[test]
fn by_the_words_of_title_detail_place_and_person_wherever_it_was_written() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let (detail, place) = (some("Una cañería que gotea"), some("Station Side"));
    posts(&mut street, alice, "Lift to the clinic", calls::Post { detail, place, ..calls::Post::default() });
    let (person, consent) = (some("Old Jack"), some("on the phone"));
    let letters =
        posts(&mut street, alice, "Letters", calls::Post { person, consent, ..calls::Post::default() });
    street.all_equal(&people);
    let mut search = |typed: &str| {
        titles(&mut street, bob, calls::Board { search: some(typed), ..calls::Board::default() })
    };
    for typed in ["lift", "CLIN", "caneria", "station side", "got lift"] {
        assert_eq!(search(typed), ["Lift to the clinic"], "{typed}");
    }
    assert_eq!(search("jack"), ["Letters"]);
    assert_eq!(search("inic"), Vec::<String>::new());
    assert_eq!(search(" … ").len(), 2, "no word is no search");
    // What the reader's language calls a category is found too.
    let called = Some(vec!["ride".to_owned()]);
    let asked = calls::Board { search: some("viaje"), called, ..calls::Board::default() };
    assert_eq!(titles(&mut street, bob, asked).len(), 2);
    // A change arrives, and what is made anew finds the same.
    street.tell(alice, &calls::Edit { id: letters, title: some("Newspapers"), ..calls::Edit::default() });
    street.all_equal(&people);
    let search = |street: &mut Neighbourhood, typed: &str| {
        titles(street, bob, calls::Board { search: some(typed), ..calls::Board::default() })
    };
    assert_eq!(search(&mut street, "letters"), Vec::<String>::new());
    assert_eq!(search(&mut street, "news"), ["Newspapers"]);
    assert_eq!(street.tell(bob, &calls::Rebuild {}).changed, 0);
    assert_eq!(search(&mut street, "news"), ["Newspapers"]);
}

#[test]
fn what_is_sealed_is_never_in_the_index() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = posts(&mut street, alice, "Lift", calls::Post::default());
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    let doorstep = some("Zanzibarstairs 14, ring twice");
    street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep });
    let audience = Some(vec!["bob".to_owned()]);
    posts(&mut street, alice, "Zanzibarloss", calls::Post { audience, ..calls::Post::default() });
    street.tell(alice, &calls::Capacity { free: some("zanzibardays"), ..calls::Capacity::default() });
    street.all_equal(&people);
    for person in people {
        let asked = calls::Board { search: some("zanzibar"), ..calls::Board::default() };
        // Whom it is for finds it all the same; on the disk it is sealed.
        assert_eq!(titles(&mut street, person, asked), ["Zanzibarloss"]);
        let (profile, key) = (street.profile(person), street.vault(person).page_key());
        street.switch_off(person);
        for file in ["closeknit.db", "closeknit.db-wal"] {
            if !profile.join(file).exists() {
                continue;
            }
            let bytes = pages::readable(&profile.join(file), &key).to_ascii_lowercase();
            let word = b"zanzibar";
            assert!(!bytes.windows(word.len()).any(|window| window == word), "{file}");
        }
    }
}

#[test]
fn by_when_and_where_they_are() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let at =
        |when: &str, place: &str| calls::Post { when: some(when), place: some(place), ..Default::default() };
    posts(&mut street, alice, "today", at("2026-11-24T17:00/2026-11-24T18:00", "Mill Lane, by the pump"));
    posts(&mut street, alice, "sunday", at("sunday 9-11", "Bridge End"));
    let rota = calls::Post { repeat: some("weekly"), ..at("thursday 9-11", "Tannery Row") };
    posts(&mut street, alice, "thursdays", rota);
    posts(&mut street, alice, "any time", calls::Post::default());
    street.all_equal(&people);
    let mut on =
        |day: &str| titles(&mut street, bob, calls::Board { when: some(day), ..calls::Board::default() });
    assert_eq!(on("today"), ["today"]);
    assert_eq!(on("week"), ["sunday", "thursdays", "today"]);
    assert_eq!(on("2026-12-17"), ["thursdays"]);
    assert_eq!(on("2026-11-19"), Vec::<String>::new(), "not before its first time");
    let bad = calls::Board { when: some("whenever"), ..calls::Board::default() };
    assert_eq!(street.refused(bob, &bad).code, ErrorCode::BadTime);

    // What is near is known once the reader has said where they are.
    let near = calls::Board { near: Some(true), ..calls::Board::default() };
    assert_eq!(street.refused(bob, &near).code, ErrorCode::BadInput);
    street.tell(bob, &calls::Profile { area: some("Bridge End"), ..calls::Profile::default() });
    assert_eq!(titles(&mut street, bob, near), ["sunday"]);
    assert_eq!(street.tell(bob, &calls::Board::default()).area, some("Bridge End"));
}

fn week(street: &mut Neighbourhood, person: Person, day: &str) -> WeekView {
    street.tell(person, &calls::Week { day: some(day), among: None })
}

fn shown(time: &DayTime) -> (&str, DayPart, Option<&str>, Option<&str>) {
    (&time.title, time.part, time.from.as_deref(), time.to.as_deref())
}

#[test]
fn in_the_week_of_a_calendar_each_time_stands_on_its_days() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let at = |when: &str| calls::Post { when: some(when), ..calls::Post::default() };
    let rota = calls::Post { repeat: some("tue, thu"), ..at("2026-11-26T08:00/2026-11-26T08:30") };
    let rota = posts(&mut street, alice, "School run", rota);
    posts(&mut street, alice, "Night watch", at("2026-11-27T22:00/2026-11-28T02:00"));
    posts(&mut street, alice, "Generator", at("2026-11-28T00:00/2026-11-30T00:00"));
    posts(&mut street, alice, "Whenever", calls::Post::default());
    let slots = some("2026-11-26").map(|slot| vec![slot]);
    street.tell(bob, &calls::Promise { id: rota, slots, ..calls::Promise::default() });
    street.all_equal(&people);

    let this = week(&mut street, bob, "today");
    assert!(this.current && this.left_out == 0);
    assert_eq!((this.before.as_str(), this.after.as_str()), ("2026-11-16", "2026-11-30"));
    assert_eq!(this.days.iter().map(|day| day.today).position(|today| today), Some(1), "it is Tuesday");
    let on = |view: &WeekView, day: usize| view.days[day].times.clone();
    let thursday = on(&this, 3);
    assert_eq!(shown(&thursday[0]), ("School run", DayPart::Morning, Some("08:00"), Some("08:30")));
    assert!(thursday[0].mine, "bob has promised this one");
    assert_eq!(on(&this, 1), [], "not before its first time");
    assert_eq!(shown(&on(&this, 4)[0]), ("Night watch", DayPart::Evening, Some("22:00"), None));
    let saturday = on(&this, 5);
    assert_eq!(
        saturday.iter().map(shown).collect::<Vec<_>>(),
        [
            ("Generator", DayPart::Whole, Some("00:00"), None),
            ("Night watch", DayPart::Night, None, Some("02:00"))
        ]
    );
    assert_eq!(shown(&on(&this, 6)[0]), ("Generator", DayPart::Whole, None, None));

    let next = week(&mut street, bob, &this.after);
    assert!(!next.current && !on(&next, 1)[0].mine && on(&next, 0).is_empty());
    let far = week(&mut street, bob, "2027-06-01");
    assert_eq!(on(&far, 1)[0].state, PostState::Open, "further than the rules look");

    let among =
        Some(calls::Board { search: some("watch"), wanting: Some(Wanting::Open), ..Default::default() });
    let found = street.tell(bob, &calls::Week { day: None, among });
    assert_eq!(found.days.iter().map(|day| day.times.len()).sum::<usize>(), 2);
}
