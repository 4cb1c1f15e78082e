//! What wants somebody now: asked, promised, whether it happened, whether it is still needed.

use std::time::Duration;

use closeknit_api::{
    calls,
    views::{Became, Closing, TodayAct, TodayItem, TodayView, Verdict},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

const DAY: Duration = Duration::from_secs(24 * 3600);

fn today(street: &mut Neighbourhood, person: Person) -> TodayView {
    street.tell(person, &calls::Today {})
}

fn says(items: &[TodayItem]) -> Vec<&str> {
    items.iter().map(|item| item.says.id.as_str()).collect()
}

#[test]
fn an_answer_is_owed_a_promise_is_kept_and_then_both_say_how_it_went() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(bob, &need);

    let asked = today(&mut street, alice).asked;
    assert_eq!(says(&asked), ["next-answer"]);
    assert_eq!(asked[0].card.id, need);
    assert!(asked[0].acts.is_empty(), "whom to choose is not answered in passing");
    let promise = asked[0].promise.clone().unwrap();
    street.tell(alice, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep: None });

    let bobs = today(&mut street, bob);
    assert_eq!((says(&bobs.promises), bobs.asked.len()), (vec!["you-are-going"], 0));
    assert_eq!(bobs.promises[0].window.as_ref().unwrap().start, "2026-11-26T09:20:00");
    assert_eq!(bobs.near.id, "near-some");

    // Three days later, on machines that have not met since.
    street.part_all();
    street.skip(3 * DAY);
    let alices = today(&mut street, alice);
    assert_eq!(says(&alices.happened), ["did-it-happen"]);
    assert_eq!(alices.happened[0].promise.as_deref(), Some(&*promise));
    assert_eq!(alices.happened[0].acts, [TodayAct::Happened, TodayAct::Partly, TodayAct::DidNot]);
    assert_eq!(alices.near.id, "near-nobody-since");
    let bobs = today(&mut street, bob);
    assert_eq!((says(&bobs.happened), bobs.promises.len()), (vec!["did-you-go"], 0));
    assert_eq!(today(&mut street, carol).happened, [], "it is asked of the two");

    // Each answers for themselves; nobody is asked twice.
    street.tell(bob, &calls::Outcome { id: promise.clone(), how: Became::Happened, ..Default::default() });
    assert_eq!(today(&mut street, bob).happened, []);
    assert_eq!(today(&mut street, alice).happened.len(), 1, "bob's word has not come yet");
    street.tell(alice, &calls::Outcome { id: promise, how: Became::Happened, ..Default::default() });
    assert_eq!(today(&mut street, alice).happened, []);
    street.meet(&people);
    street.all_equal(&people);
    for person in people {
        let view = today(&mut street, person);
        assert_eq!([view.asked, view.promises, view.happened, view.review], [const { Vec::new() }; 4]);
    }
}

#[test]
fn who_was_told_how_it_went_is_not_asked_any_more() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    street.tell(alice, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep: None });
    street.part_all();
    street.skip(3 * DAY);
    street.tell(bob, &calls::Outcome { id: promise, how: Became::DidNot, ..Default::default() });
    assert_eq!(says(&today(&mut street, alice).happened), ["did-it-happen"]);
    street.meet(&people);
    let view = today(&mut street, alice);
    assert_eq!((says(&view.asked), view.happened.len()), (vec!["next-did-not-happen"], 0));
}

#[test]
fn three_days_before_its_end_it_is_asked_whether_it_is_still_needed() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let call = |kind, title: &str| calls::Post {
        kind,
        category: "repair".into(),
        title: title.into(),
        ..Default::default()
    };
    let need = street.tell(alice, &call(closeknit_api::views::PostKind::Need, "Dripping tap")).card.id;
    street.part_all();
    street.skip(11 * DAY - Duration::from_secs(3600));
    assert_eq!(today(&mut street, alice).review, []);
    street.skip(Duration::from_secs(2 * 3600));
    let review = today(&mut street, alice).review;
    assert_eq!(says(&review), ["next-still-needed"]);
    assert_eq!(review[0].ends.as_deref(), Some("2026-12-08T12:00:00"));
    assert_eq!(review[0].acts, [TodayAct::Renew, TodayAct::Met, TodayAct::NotNeeded]);
    assert_eq!(today(&mut street, bob).review, [], "it is not his");

    // Yes: two more weeks from now.
    let kept = street.tell(alice, &calls::Renew { id: need.clone(), until: None });
    assert!(kept.ends.unwrap().starts_with("2026-12-19"));
    assert_eq!(today(&mut street, alice).review, []);

    // Nobody said anything: it ended, and can be asked again for a week.
    street.skip(15 * DAY);
    let review = today(&mut street, alice).review;
    assert_eq!((says(&review), &*review[0].acts), (vec!["next-renew"], &[TodayAct::AskAgain][..]));
    street.skip(8 * DAY);
    assert_eq!(today(&mut street, alice).review, []);

    // Done is done, and opened again it is asked again.
    street.tell(alice, &calls::Renew { id: need.clone(), until: None });
    street.skip(12 * DAY);
    street.tell(alice, &calls::Close { id: need.clone(), how: Closing::Met, duplicate_of: None });
    assert_eq!(today(&mut street, alice).review, []);
    street.tell(alice, &calls::Undo { id: need });
    assert_eq!(says(&today(&mut street, alice).review), ["next-still-needed"]);
}

#[test]
fn thanks_stand_there_until_the_one_who_was_thanked_looks_at_them() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep: None });
    street.tell(alice, &calls::Close { id: need.clone(), how: Closing::Met, duplicate_of: None });
    street.part_all();
    let thank = |text: &str, to: Option<&str>| calls::Thank {
        id: need.clone(),
        to: to.map(str::to_owned),
        text: text.into(),
    };
    street.tell(alice, &thank("Thank you, bob", None));
    assert_eq!(today(&mut street, bob).thanks, []);
    street.meet(&people);
    for reader in [alice, carol] {
        assert_eq!(today(&mut street, reader).thanks, [], "neither who says it, nor who did not help");
    }
    for _ in 0..2 {
        let thanks = today(&mut street, bob).thanks;
        assert_eq!(
            (thanks.len(), thanks[0].post.as_str(), thanks[0].title.as_str()),
            (1, need.as_str(), "Lift to the eye clinic")
        );
        assert_eq!((thanks[0].thanks.text.as_str(), &thanks[0].thanks.to), ("Thank you, bob", &None));
    }

    // He opens the post. Nothing of that goes anywhere, and it is remembered when the program starts again.
    let frames = street.frames().len();
    street.shows(bob, &need);
    assert_eq!(today(&mut street, bob).thanks, []);
    assert_eq!(street.frames().len(), frames);
    street.switch_off(bob);
    street.switch_on(bob).unwrap();
    assert_eq!(today(&mut street, bob).thanks, []);

    // What is for him alone is another sentence, and stands there too.
    street.meet(&people);
    street.tell(alice, &thank("And for the cake", Some("bob")));
    let thanks = today(&mut street, bob).thanks;
    assert_eq!((thanks.len(), thanks[0].thanks.text.as_str()), (1, "And for the cake"));
    street.all_equal(&people);
}
