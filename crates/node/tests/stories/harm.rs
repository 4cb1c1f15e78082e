//! A member who means harm, with keys and signatures that are good, harms only what is their own.

use std::time::Duration;

use closeknit_api::{Phrase, calls};
use closeknit_domain::{
    Answer, Closed, Closure, Commitment, CommitmentRef, Part, PostRef, Record, Verdict, Withdrawal,
};
use closeknit_ids::{ActorId, ChangeHash, MemberId, MemberKind, RecordId};
use closeknit_replica::Act;
use closeknit_sync::{Piece, Version, message::Message};
use closeknit_trust::{
    invitation::Token,
    statement::{Admit, Body, Generation, Remove, Vouch},
    words::{Nonce, Words},
};
use jiff::Timestamp;
use rand::{SeedableRng as _, rngs::StdRng};

use closeknit_simulator::{
    neighbourhood::{Neighbourhood, Person, unhex},
    workshop::{NOW, Workshop, extent, post, spoiled},
};

use crate::forgetting::second_machine;

struct Street {
    street: Neighbourhood,
    people: Vec<Person>,
    need: String,
    /// What alice and bob see afterwards.
    kept: Vec<&'static str>,
}

/// Alice wants a lift, bob has promised it and was accepted, and mallory offers a ladder.
fn street() -> Street {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "mallory"]);
    let need = street.needs(people[0], "Lift to the eye clinic");
    street.promises(people[1], &need);
    let promise = street.promise_of(people[1], people[0], &need);
    let accept = closeknit_api::calls::Answer { id: promise, ..Default::default() };
    street.tell(people[0], &accept);
    street.needs(people[2], "Mallory's ladder");
    street.all_equal(&people);
    let kept = vec!["Alice goes on", "Bob goes on", "Lift to the eye clinic", "Mallory's ladder"];
    Street { street, people, need, kept }
}

impl Street {
    /// What mallory does in the workshop reaches both, first one, then the other; then everybody
    /// goes on as if nothing had happened.
    fn suffers(mut self, harm: impl FnOnce(&mut Workshop, &[MemberId])) -> Self {
        let (alice, bob, mallory) = (self.people[0], self.people[1], self.people[2]);
        let street = &mut self.street;
        let circle = street.circle_id(alice);
        let ids: Vec<MemberId> = self.people.iter().map(|person| street.member_id(*person)).collect();
        let before = street.shows(alice, &self.need);
        // Started once before, so that the app has no reason to look at its own log again.
        street.switch_off(mallory);
        street.switch_on(mallory).unwrap();
        street.switch_off(mallory);
        let mut workshop = Workshop::of(street, mallory, circle, ids[2]);
        harm(&mut workshop, &ids);
        drop(workshop);
        street.part_all();
        street.switch_on(mallory).expect("mallory's app still knows how to say it");
        street.meet(&[alice, mallory]);
        street.meet(&[alice, bob]);
        street.meet(&[alice, bob, mallory]);
        street.all_equal(&[alice, bob]);

        assert_eq!(street.shows(alice, &self.need), before, "alice's need stands as it stood");
        street.needs(bob, "Bob goes on");
        street.needs(alice, "Alice goes on");
        for person in [alice, bob] {
            let titles = street.titles(person);
            for title in &self.kept {
                assert!(titles.iter().any(|seen| seen == title), "{title} is not among {titles:?}");
            }
            assert_eq!(street.tell(person, &closeknit_api::calls::Circle {}).members.len(), 3);
        }
        street.all_equal(&[alice, bob]);
        for person in [alice, bob] {
            street.switch_off(person);
            street.switch_on(person).unwrap();
            assert_eq!(street.tell(person, &closeknit_api::calls::Rebuild {}).changed, 0);
        }
        street.all_equal(&[alice, bob]);
        self
    }

    fn titles(&mut self) -> Vec<String> {
        self.street.titles(self.people[0])
    }

    /// The others are told that mallory's entries stopped.
    fn the_others_are_told(&mut self) {
        for person in &self.people[..2] {
            let of_mallory = Phrase::new("notice-stopped").text("name", "mallory");
            assert_eq!(about_stops(&mut self.street, *person), [of_mallory]);
        }
    }

    /// Mallory is told that their list stopped, begins it anew, and everybody reads on.
    fn begins_anew(&mut self) {
        let (street, mallory) = (&mut self.street, self.people[2]);
        assert_eq!(about_stops(street, mallory), [Phrase::new("notice-own-stopped")]);
        assert!(street.tell(mallory, &calls::Forgetting::default()).stopped);
        street.meet(&self.people);
        assert_eq!(street.tell(mallory, &calls::BeginAnew::default()).says.id, "anew-done");
        assert!(!street.tell(mallory, &calls::Forgetting::default()).stopped);
        street.needs(mallory, "Mallory goes on");
        street.all_equal(&self.people);
        let titles = street.titles(self.people[0]);
        for title in ["Mallory goes on", "Mallory's ladder"] {
            assert!(titles.iter().any(|seen| seen == title), "{titles:?}");
        }
        for person in &self.people {
            street.switch_off(*person);
            street.switch_on(*person).unwrap();
            assert_eq!(street.tell(*person, &calls::Rebuild {}).changed, 0);
            assert_eq!(about_stops(street, *person), [], "nobody stands still any more");
        }
        street.all_equal(&self.people);
    }
}

/// What somebody is told of entries that stop.
fn about_stops(street: &mut Neighbourhood, person: Person) -> Vec<Phrase> {
    let told = street.tell(person, &calls::Status {}).notices;
    told.into_iter().filter(|notice| notice.id.ends_with("stopped")).collect()
}

/// The record's part of an id that faces show.
fn record(id: &str) -> RecordId {
    RecordId(unhex(id.split_once('.').unwrap().0).try_into().unwrap())
}

#[test]
fn a_signed_change_of_nonsense_stops_its_authors_document_and_nothing_else() {
    // The last byte of the columns, the number of the first operation, the whole middle.
    let spoils: [fn(&mut Vec<u8>); 3] = [
        |data| *data.last_mut().unwrap() ^= 0xff,
        |data| data.truncate(data.len() - 7),
        |data| data.iter_mut().skip(60).for_each(|byte| *byte = 0xff),
    ];
    for spoil in spoils {
        let mut after = street().suffers(|workshop, ids| {
            let mut document = workshop.document(ids[2]);
            let good = document.write(ActorId([9; 16]), NOW, &[post("Mallory's trap")]).unwrap().unwrap();
            let (count, bytes) = extent(&document, good.hash());
            let bad = spoiled(&good, spoil);
            let bytes = bytes - good.size() + bad.size();
            workshop.publish(ids[2], &[bad], count, bytes);
        });
        assert!(!after.titles().contains(&"Mallory's trap".to_owned()));
        after.the_others_are_told();
        after.begins_anew();
    }
}

/// Seed 20152 of a night. What mallory's phone wrote comes together with the lie, and bob passes it on.
#[test]
fn beside_a_lie_what_another_machine_of_its_author_wrote_is_passed_on() {
    let Street { mut street, people, .. } = street();
    let (alice, bob, mallory) = (people[0], people[1], people[2]);
    let phone = second_machine(&mut street, mallory, "phone");
    street.meet(&[alice, bob, mallory, phone]);
    street.part_all();
    let (circle, me) = (street.circle_id(mallory), street.member_id(mallory));
    street.switch_off(mallory);
    let mut document = Workshop::of(&street, mallory, circle, me).document(me);
    let good = document.write(ActorId([9; 16]), NOW, &[post("Mallory's trap")]).unwrap().unwrap();
    let (count, bytes) = extent(&document, good.hash());
    let bad = spoiled(&good, |data| *data.last_mut().unwrap() ^= 0xff);
    street.switch_on(mallory).unwrap();
    street.needs(phone, "Mallory's wish");
    street.meet(&[mallory, phone]);
    street.all_equal(&[mallory, phone]);
    street.part_all();
    street.switch_off(mallory);
    Workshop::of(&street, mallory, circle, me).publish(me, &[bad], count, bytes);
    street.switch_on(mallory).unwrap();
    street.meet(&[bob, mallory]);
    street.part_all();
    street.meet(&[alice, bob]);
    street.all_equal(&[alice, bob]);
    assert!(street.titles(alice).contains(&"Mallory's wish".to_owned()), "{:?}", street.titles(alice));
}

#[test]
fn two_changes_under_one_number_are_not_both_taken() {
    let mut after = street().suffers(|workshop, ids| {
        let document = workshop.document(ids[2]);
        for title in ["Mallory's one face", "Mallory's other face"] {
            let mut fork = document.clone();
            let change = fork.write(ActorId([9; 16]), NOW, &[post(title)]).unwrap().unwrap();
            let (count, bytes) = extent(&fork, change.hash());
            workshop.publish(ids[2], &[change], count, bytes);
        }
    });
    let faces = after.titles().iter().filter(|title| title.contains("face")).count();
    assert!(faces <= 1, "{faces}");
    after.the_others_are_told();
    after.begins_anew();
}

#[test]
fn a_signature_over_less_than_there_is_is_worth_nothing() {
    for (count, bytes) in [(1, 1), (u64::from(u32::MAX), u64::from(u32::MAX)), (0, 0)] {
        street().suffers(|workshop, ids| {
            let mut document = workshop.document(ids[2]);
            let change = document.write(ActorId([9; 16]), NOW, &[post("Mallory's trap")]).unwrap().unwrap();
            workshop.publish(ids[2], &[change], count, bytes);
        });
    }
}

#[test]
fn many_copies_of_one_machine_stop_its_document_and_nothing_else() {
    let mut after = street().suffers(|workshop, ids| {
        let document = workshop.document(ids[2]);
        for copy in 0..9_u8 {
            let mut fork = document.clone();
            let change = fork.write(ActorId([copy + 10; 16]), NOW, &[post(&format!("Copy {copy}"))]);
            let change = change.unwrap().unwrap();
            let (count, bytes) = extent(&fork, change.hash());
            workshop.publish(ids[2], &[change], count, bytes);
        }
    });
    after.begins_anew();
}

/// Mallory's own app would name no more than four of them: these are said by hand.
#[test]
fn a_fifth_state_of_one_machine_stops_its_document_with_a_word_also_after_a_restart() {
    let Street { mut street, people, .. } = street();
    let (alice, mallory) = (people[0], people[2]);
    let (circle, me) = (street.circle_id(alice), street.member_id(mallory));
    street.switch_off(mallory);
    let workshop = Workshop::of(&street, mallory, circle, me);
    let document = workshop.document(me);
    let pieces: Vec<Piece> = (0..5_u8)
        .map(|copy| {
            let mut fork = document.clone();
            let change = fork.write(ActorId([copy + 10; 16]), NOW, &[post(&format!("Copy {copy}"))]);
            let change = change.unwrap().unwrap();
            let (count, bytes) = extent(&fork, change.hash());
            let tip = workshop.tip(me, &change, count, bytes);
            Piece {
                doc: workshop.doc(me),
                generation: 0,
                version: Version([copy + 1; 16]),
                tips: vec![tip.bytes().to_vec()],
                changes: vec![change.bytes().to_vec()],
                more: false,
            }
        })
        .collect();
    drop(workshop);
    street.switch_on(mallory).unwrap();
    for (copy, piece) in pieces.into_iter().enumerate() {
        street.pass(Duration::from_secs(30));
        assert_eq!(about_stops(&mut street, alice), [], "before copy {copy}");
        let news = Message::DocumentNews(piece).to_frame().unwrap();
        street.network().blurts(mallory, alice, &news);
        street.run();
    }
    let of_mallory = [Phrase::new("notice-stopped").text("name", "mallory")];
    assert_eq!(about_stops(&mut street, alice), of_mallory);
    street.switch_off(alice);
    street.switch_on(alice).unwrap();
    assert_eq!(about_stops(&mut street, alice), of_mallory);
    street.needs(alice, "Alice goes on");
    assert!(street.titles(people[1]).contains(&"Alice goes on".to_owned()));
}

#[test]
fn a_machine_with_three_strikes_is_shunned_for_a_day_also_after_a_restart() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "mallory"]);
    let (alice, mallory) = (people[0], people[2]);
    let is_up_to_date = |street: &mut Neighbourhood| {
        let machines = street.tell(alice, &closeknit_api::calls::Near {}).machines;
        let hers = machines.into_iter().find(|machine| machine.owner.name.as_deref() == Some("mallory"));
        hers.unwrap().exchange == closeknit_api::views::Exchange::Equal
    };
    for strike in 1..=3 {
        assert!(is_up_to_date(&mut street), "before strike {strike}");
        street.network().blurts(mallory, alice, &[0]);
        street.pass(Duration::from_secs(40));
    }
    assert!(!is_up_to_date(&mut street));
    street.switch_off(alice);
    street.switch_on(alice).unwrap();
    street.pass(Duration::from_secs(40));
    assert!(!is_up_to_date(&mut street), "her machine remembers");
    street.skip(Duration::from_secs(23 * 3_600));
    street.switch_off(alice);
    street.switch_on(alice).unwrap();
    street.pass(Duration::from_secs(40));
    assert!(!is_up_to_date(&mut street), "nearly a day");
    street.skip(Duration::from_secs(3_600));
    street.pass(Duration::from_secs(40));
    assert!(is_up_to_date(&mut street));
    street.all_equal(&people);
}

#[test]
fn nobody_can_write_into_another_members_document() {
    let mut after = street().suffers(|workshop, ids| {
        for victim in [ids[0], ids[1]] {
            let mut document = workshop.document(victim);
            let change =
                document.write(ActorId([9; 16]), NOW, &[post("Said in your name")]).unwrap().unwrap();
            let (count, bytes) = extent(&document, change.hash());
            workshop.publish(victim, &[change], count, bytes);
        }
    });
    assert!(!after.titles().contains(&"Said in your name".to_owned()));
}

#[test]
fn records_that_speak_of_other_peoples_posts_change_nothing_about_them() {
    let mut scene = street();
    let bobs = scene.street.promise_of(scene.people[1], scene.people[0], &scene.need);
    let (need_id, bobs) = (record(&scene.need), record(&bobs));
    scene.suffers(|workshop, ids| {
        let at = Timestamp::from_second(NOW).unwrap();
        let (alices, bobs) =
            (PostRef { author: ids[0], id: need_id }, CommitmentRef { helper: ids[1], id: bobs });
        let records = [
            Record::Answer(Answer {
                post: need_id,
                commitment: bobs,
                verdict: Verdict::Decline,
                doorstep: None,
                at,
            }),
            Record::Withdrawal(Withdrawal { commitment: bobs.id, slots: None, at }),
            Record::Closure(Closure { post: need_id, how: Closed::NotNeeded, at }),
            Record::Closure(Closure { post: need_id, how: Closed::DuplicateOf(alices), at }),
        ];
        let acts: Vec<Act> =
            records.into_iter().zip(70..).map(|(record, n)| Act::add(RecordId([n; 16]), record)).collect();
        let mut document = workshop.document(ids[2]);
        let change = document.write(ActorId([9; 16]), NOW, &acts).unwrap().unwrap();
        let (count, bytes) = extent(&document, change.hash());
        workshop.publish(ids[2], &[change], count, bytes);
    });
}

/// An own promise with an id that was tried out to come first, and an own yes to it.
#[test]
fn nobody_gives_themselves_a_seat() {
    let mut scene = street();
    let (alice, bob) = (scene.people[0], scene.people[1]);
    let other = scene.street.needs(alice, "Two heavy bags");
    let other_id = record(&other);
    scene.street.promises(bob, &other);
    let mut after = scene.suffers(|workshop, ids| {
        let at = Timestamp::from_second(NOW).unwrap();
        let post = PostRef { author: ids[0], id: other_id };
        let alices = workshop.document(ids[0]).read().records;
        let Some(Record::Post(wanted)) = alices.get(&other_id) else { panic!("alice's need is here") };
        let commitment = Commitment {
            post,
            part: Part::Whole,
            amount: closeknit_domain::Amount::ONE,
            role: None,
            say: None,
            basis: closeknit_domain::basis(wanted, &Part::Whole, ids[2], []),
            made: at,
        };
        let own = CommitmentRef { helper: ids[2], id: RecordId([0; 16]) };
        let yes = Answer { post: other_id, commitment: own, verdict: Verdict::Accept, doorstep: None, at };
        let acts = [
            Act::add(own.id, Record::Commitment(commitment)),
            Act::add(RecordId([1; 16]), Record::Answer(yes)),
        ];
        let mut document = workshop.document(ids[2]);
        let change = document.write(ActorId([9; 16]), NOW, &acts).unwrap().unwrap();
        let (count, bytes) = extent(&document, change.hash());
        workshop.publish(ids[2], &[change], count, bytes);
    });
    let promises = after.street.shows(alice, &other).promises;
    assert_eq!(promises.len(), 2, "it arrived, as a promise like any other");
    let going = closeknit_api::views::PromiseState::Going;
    assert!(promises.iter().all(|promise| promise.state != going), "{promises:?}");
}

#[test]
fn one_without_a_vote_admits_removes_and_begins_nothing() {
    let mut after = street().suffers(|workshop, ids| {
        let rng = &mut StdRng::seed_from_u64(1);
        let puppet = Words::generate(rng).member_key(&Nonce::generate(rng)).id();
        let token = Token::generate(rng);
        let proof = token.prove(workshop.circle, puppet, workshop.keys.id(), workshop.keys.id());
        workshop.state(&Body::Admit(Admit { member: puppet, kind: MemberKind::Person, proof }));
        workshop.state(&Body::Remove(Remove { member: ids[0], case: None }));
        workshop.state(&Body::Vouch(Vouch { member: puppet, kind: MemberKind::Person }));
    });
    let (alice, bob) = (after.people[0], after.people[1]);
    for person in [alice, bob] {
        assert!(after.street.tell(person, &closeknit_api::calls::Circle {}).can_invite);
    }
}

#[test]
fn a_new_beginning_that_never_comes_hides_its_authors_own_records_alone() {
    let mut scene = street();
    scene.kept.retain(|title| *title != "Mallory's ladder");
    scene.suffers(|workshop, _| {
        let generation = Generation {
            n: 1,
            base: ChangeHash([7; 32]),
            count: 3,
            bytes: 9_000,
            closes: Vec::new(),
            forgotten: vec![RecordId([7; 16])],
        };
        workshop.state(&Body::Generation(generation));
    });
}
