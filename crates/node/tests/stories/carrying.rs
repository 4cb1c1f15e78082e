//! Everybody's machine carries everybody's posts: to whoever slept, was never met, or was cut off.

use std::time::Duration;

use closeknit_api::{calls, views::Exchange};
use closeknit_ids::DeviceId;
use closeknit_sync::message::{Hello, Message, Proof};
use jiff::SignedDuration;

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

/// Fills a page of the profile: some twenty kilobytes that replace what was there.
fn rewrites_profile(street: &mut Neighbourhood, person: Person, time: usize) {
    let list = |word: char| (0..32).map(|n| format!("{time} {n} {}", word.to_string().repeat(50))).collect();
    let (skills, lends, languages) = (Some(list('ä')), Some(list('ö')), Some(list('ü')));
    street.tell(person, &calls::Profile { skills, lends, languages, ..calls::Profile::default() });
}

#[test]
fn who_was_asleep_gets_a_third_members_posts_from_anybody_who_has_them() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    street.switch_off(bob);
    street.needs(carol, "A ladder for Saturday");
    street.switch_off(carol);
    street.needs(alice, "Lift to the eye clinic");
    street.switch_on(bob).unwrap();
    assert_eq!(street.titles(bob), ["A ladder for Saturday", "Lift to the eye clinic"]);
    street.all_equal(&[alice, bob]);
    let near = street.tell(bob, &calls::Near {}).machines;
    let of = |name| near.iter().find(|machine| machine.owner.name.as_deref() == Some(name)).unwrap();
    assert_eq!((of("alice").exchange, of("carol").exchange), (Exchange::Equal, Exchange::Away));
}

#[test]
fn two_who_never_met_let_in_by_different_voters_with_clocks_three_days_apart_exchange() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let (dora, emil) = (street.person("dora"), street.person("emil"));
    street.set_clock_ahead(dora, SignedDuration::from_hours(36));
    street.set_clock_ahead(emil, SignedDuration::from_hours(-36));
    street.part_all();
    street.meet(&[alice, dora]);
    let invitation = street.invites(alice);
    street.joins(dora, &invitation, alice);
    street.meet(&[bob, emil]);
    let invitation = street.invites(bob);
    street.joins(emil, &invitation, bob);
    street.part_all();
    street.needs(dora, "A ladder for Saturday");
    street.needs(emil, "Somebody who speaks Dari");

    // Neither has ever heard of the other.
    let names = |street: &mut Neighbourhood, person| street.tell(person, &calls::Circle {}).members.len();
    assert_eq!((names(&mut street, dora), names(&mut street, emil)), (3, 3));
    street.meet(&[dora, emil]);
    for person in [dora, emil] {
        assert_eq!(names(&mut street, person), 4);
        assert_eq!(street.titles(person), ["A ladder for Saturday", "Somebody who speaks Dari"]);
    }
    let held = |street: &mut Neighbourhood, person| street.tell(person, &calls::CountAll {}).digest;
    assert_eq!(held(&mut street, dora), held(&mut street, emil));
}

#[test]
fn a_stranger_at_the_door_hears_nothing() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, mallory) = (people[0], DeviceId([7; 32]));
    let circle = street.circle_id(alice);
    let frame = |message: Message| message.to_frame().unwrap();
    let hello = frame(Message::Hello(Hello { lowest: 1, highest: 1 }));
    // What bob said to prove himself, overheard by whatever means.
    let bobs_proof = street.frames().iter().find(|frame| {
        frame.from == people[1] && matches!(Message::from_frame(&frame.bytes), Ok(Some(Message::Proof(_))))
    });
    let bobs_proof = bobs_proof.expect("he proved himself").bytes.clone();
    let (other, others) = Neighbourhood::circle(&["mallory", "accomplice"]);
    let elsewhere = other.frames().iter().rev().find(|frame| {
        frame.from == others[0] && matches!(Message::from_frame(&frame.bytes), Ok(Some(Message::Proof(_))))
    });
    let elsewhere = elsewhere.expect("mallory is a member of another circle").bytes.clone();
    let mallory_elsewhere = other.keys(others[0]).id();
    let attempts: [(&str, DeviceId, Vec<Vec<u8>>); 6] = [
        ("says nothing", mallory, vec![]),
        ("greets", mallory, vec![hello.clone()]),
        ("shows somebody else's proof", mallory, vec![hello.clone(), bobs_proof.clone()]),
        ("shows a proof of another circle", mallory_elsewhere, vec![hello.clone(), elsewhere]),
        ("shows an empty proof", mallory, vec![hello, frame(Message::Proof(Proof { chain: vec![] }))]),
        ("asks at once", mallory, vec![frame(Message::StatementsNext(()))]),
    ];
    for (what, device, says) in attempts {
        let conn = street.network().stranger(alice, device, circle);
        for frame in says {
            street.network().stranger_says(conn, frame);
        }
        street.pass(Duration::from_secs(30));
        assert_eq!(street.network().told(conn), [] as [Vec<u8>; 0], "whoever {what}");
        assert!(!street.network().is_up(conn), "whoever {what} is sent away");
    }
    // Bob's machine, with the same words, is answered: what was tried above was not just deaf ears.
    let bobs = street.keys(people[1]).id();
    let conn = street.network().stranger(alice, bobs, circle);
    street.network().stranger_says(conn, frame(Message::Hello(Hello { lowest: 1, highest: 1 })));
    street.network().stranger_says(conn, bobs_proof);
    street.run();
    assert!(!street.network().told(conn).is_empty());
    // It harmed nobody.
    street.needs(alice, "Lift to the eye clinic");
    street.all_equal(&people);
}

#[test]
fn closed_and_opened_everything_is_there_and_they_find_each_other_again() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(bob, &need);
    let before = street.tell(alice, &calls::CountAll {});
    let shown = street.shows(bob, &need);
    for person in &people {
        street.switch_off(*person);
    }
    street.skip(Duration::from_secs(3600));
    for person in &people {
        street.switch_on(*person).unwrap();
    }
    assert_eq!(street.tell(alice, &calls::CountAll {}), before);
    assert_eq!(street.shows(bob, &need), shown);
    street.needs(bob, "A ladder for Saturday");
    street.all_equal(&people);
    assert_eq!(street.titles(people[2]), ["A ladder for Saturday", "Lift to the eye clinic"]);
}

#[test]
fn tables_made_anew_from_the_log_are_the_same() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    for (n, person) in people.iter().enumerate() {
        let need = street.needs(*person, &format!("Need {n}"));
        street.promises(people[(n + 1) % 3], &need);
        street.tell(*person, &calls::Capacity { hours: Some(4), ..calls::Capacity::default() });
        rewrites_profile(&mut street, *person, n);
    }
    for person in people {
        let before = street.tell(person, &calls::CountAll {});
        let rebuilt = street.tell(person, &calls::Rebuild {});
        assert_eq!(rebuilt, before, "{}", street.name(person));
        assert!(rebuilt.records >= 12 && rebuilt.changed == 0, "{rebuilt:?}");
    }
}

/// At half of a limit the app moves on by itself, and everybody follows: whoever is there, whoever
/// was away, and whoever hears of it from a third.
#[test]
fn after_many_edits_a_document_starts_afresh_and_all_follow() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = street.needs(alice, "Lift to the eye clinic");
    let promise = street.promises(bob, &need).mine;
    street.part(carol);
    let before = street.tell(alice, &calls::CountAll {});
    let mut edits = 0;
    while street.tell(alice, &calls::CountAll {}).statements == before.statements {
        assert!(edits < 200, "no new generation");
        rewrites_profile(&mut street, alice, edits);
        edits += 1;
    }
    street.all_equal(&[alice, bob]);
    street.needs(alice, "A ladder for Saturday");
    assert_eq!(street.shows(alice, &need).card.title, "Lift to the eye clinic", "records keep their ids");
    assert_eq!(street.shows(bob, &need).mine, promise);
    let lends = |street: &mut Neighbourhood, reader| {
        let members = street.tell(reader, &calls::Circle {}).members;
        members.into_iter().find(|m| m.person.name.as_deref() == Some("alice")).unwrap().lends
    };
    assert_eq!(lends(&mut street, bob)[0].split(' ').next(), Some((edits - 1).to_string().as_str()));

    // Carol was away, and alice is now: bob brings her all of it.
    street.meet(&[bob, carol]);
    street.all_equal(&[bob, carol]);
    assert_eq!(street.titles(carol), ["A ladder for Saturday", "Lift to the eye clinic"]);
    assert_eq!(lends(&mut street, carol), lends(&mut street, bob));
    street.meet(&people);
    for person in &people {
        street.switch_off(*person);
        street.switch_on(*person).unwrap();
        assert_eq!(street.tell(*person, &calls::Rebuild {}).changed, 0);
    }
    rewrites_profile(&mut street, alice, 0);
    street.all_equal(&people);
}

/// However often the line breaks, what came is kept, nothing is doubled, and in the end all is there.
#[test]
fn an_exchange_that_breaks_anywhere_is_gone_on_with() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    street.part_all();
    for n in 0..20 {
        rewrites_profile(&mut street, alice, n);
        street.needs(alice, &format!("Need {n}"));
        street.needs(bob, &format!("Wish {n}"));
    }
    let wanted = street.titles(alice).len() + street.titles(bob).len();
    let (mut broken, mut seen) = (0, 0);
    for frames in 1.. {
        street.near(&people);
        let whole = street.run_for(frames);
        let now = street.titles(bob).len();
        assert!(now >= seen, "what came stays");
        seen = now;
        if whole {
            break;
        }
        street.part_all();
        broken += 1;
    }
    assert!(broken > 3, "{broken}");
    assert_eq!(street.titles(bob).len(), wanted);
    street.all_equal(&people);
    assert_eq!(street.tell(bob, &calls::Rebuild {}).changed, 0);
}

/// What alice wrote while she was away is still on its way to bob when she writes more: whenever that is, it all comes.
fn writes_while_bob_catches_up(write: impl Fn(&mut Neighbourhood, Person), posts: usize) {
    let mut overtook = 0;
    for frames in 0.. {
        let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
        let (alice, bob) = (people[0], people[1]);
        street.part_all();
        for n in 0..12 {
            street.needs(alice, &format!("Need {n}"));
        }
        street.near(&people);
        let whole = street.run_for(frames);
        overtook += usize::from(!whole && street.titles_now(bob).len() < 12);
        write(&mut street, alice);
        assert_eq!(street.titles(bob).len(), posts, "after {frames} frames");
        street.all_equal(&people);
        if whole {
            break;
        }
    }
    assert!(overtook > 3, "{overtook}");
}

/// He cannot know yet that all of it is hers, one after the other, and not the work of copies.
#[test]
fn whoever_writes_much_while_another_catches_up_is_not_taken_for_copies_of_themselves() {
    let much = |street: &mut Neighbourhood, alice| {
        for n in 12..22 {
            let (category, title) = ("ride".to_owned(), format!("Need {n}"));
            street.ask(alice, &calls::Post { category, title, ..calls::Post::default() }).unwrap();
        }
        street.run();
    };
    writes_while_bob_catches_up(much, 22);
}

/// What is new reaches a machine while older things are still on their way to it.
#[test]
fn news_that_overtake_what_came_before_them_hold_nothing_up() {
    let news = |street: &mut Neighbourhood, alice| {
        let name = Some("Alice of number seven".to_owned());
        street.ask(alice, &calls::Profile { name, ..calls::Profile::default() }).unwrap();
        street.needs(alice, "The newest");
    };
    writes_while_bob_catches_up(news, 13);
}
