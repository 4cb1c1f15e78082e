//! What somebody can carry: told before a promise, asked after a meeting, shown to the circle only as they wish.

use std::time::Duration;

use closeknit_api::{
    ErrorCode, Phrase, Value, calls,
    views::{Became, Level, ShownRow, Unit, Verdict},
};

use closeknit_simulator::neighbourhood::{Neighbourhood, Person};

const DAY: Duration = Duration::from_secs(24 * 3_600);

fn hours_of_work(street: &mut Neighbourhood, author: Person, title: &str, hours: u16) -> String {
    let call = calls::Post {
        category: "chore".into(),
        title: title.into(),
        want: Some(hours),
        unit: Some(Unit::Hours),
        mode: Some(closeknit_api::views::Mode::TurnUp),
        ..calls::Post::default()
    };
    street.tell(author, &call).card.id
}

fn of_hours(id: &str, promised: i32, cap: i32) -> Phrase {
    Phrase::new(id).number("promised", promised).number("cap", cap)
}

#[test]
fn who_passes_their_cap_is_told_before_and_can_and_is_asked_after_a_meeting_which_to_release() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    street.tell(bob, &calls::Capacity { hours: Some(4), ..calls::Capacity::default() });
    let (fence, ivy) = (
        hours_of_work(&mut street, alice, "Paint the fence", 3),
        hours_of_work(&mut street, carol, "Cut the ivy", 3),
    );
    let promise = |id: &str| calls::Promise { id: id.into(), amount: Some(3), ..calls::Promise::default() };
    let before =
        |id: &str, amount| calls::BeforePromise { id: id.into(), amount, ..calls::BeforePromise::default() };
    assert_eq!(street.tell(bob, &before(&fence, Some(3))).says, None, "three of four");
    street.tell(bob, &promise(&fence));
    assert_eq!(street.tell(bob, &before(&ivy, None)).says, None, "an hour of it still fits");
    let would = of_hours("carrying-would-be-over", 6, 4);
    assert_eq!(street.tell(bob, &before(&ivy, Some(3))).says, Some(would));
    assert!(street.tell(bob, &calls::Me {}).over.is_empty());
    // Nobody else is told, and carol, who said nothing of hours, is told nothing.
    assert_eq!(street.tell(carol, &before(&fence, Some(3))).says, None);

    // He can all the same.
    street.pass(Duration::from_secs(60));
    street.tell(bob, &promise(&ivy));
    street.meet(&people);
    street.all_equal(&people);
    let me = street.tell(bob, &calls::Me {});
    assert_eq!(me.over.len(), 1);
    assert_eq!(me.over[0].says, of_hours("carrying-over", 6, 4));
    let release = &me.over[0].release;
    assert_eq!(release.len(), 1, "one is enough: {release:?}");
    assert_eq!(release[0].post, ivy, "what he promised last");
    assert_eq!(release[0].says.values["post"], Value::Text("Cut the ivy".into()));

    // It takes him less than the post says, and then it fits.
    let carried: Vec<_> =
        me.carries.iter().map(|one| (one.title.as_str(), one.minutes, one.weighed)).collect();
    assert_eq!(carried.len(), 2);
    assert!(carried.contains(&("Cut the ivy", 180, false)), "{carried:?}");
    let weighed = street.tell(bob, &calls::Weigh { id: release[0].promise.clone(), minutes: Some(45) });
    assert!(weighed.over.is_empty() && weighed.free_hours == Some(0));
    assert!(weighed.carries.iter().any(|one| one.minutes == 45 && one.weighed));
    let nothing = street.tell(bob, &calls::Weigh { id: release[0].promise.clone(), minutes: None });
    assert_eq!(nothing.over.len(), 1, "as the post says again");
    let theirs = street.refused(alice, &calls::Weigh { id: release[0].promise.clone(), minutes: Some(1) });
    assert_eq!(theirs.code, ErrorCode::NotYours);
    let long = street.refused(bob, &calls::Weigh { id: release[0].promise.clone(), minutes: Some(u16::MAX) });
    assert_eq!(long.code, ErrorCode::BadInput);
    street.switch_off(bob);
    street.switch_on(bob).unwrap();
    assert_eq!(street.tell(bob, &calls::Me {}).over.len(), 1);
}

#[test]
fn what_a_promise_takes_can_be_said_before_anybody_answers() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let fence = calls::Post {
        category: "chore".into(),
        title: "Mend the fence".into(),
        mode: Some(closeknit_api::views::Mode::Choose),
        ..calls::Post::default()
    };
    let fence = street.tell(alice, &fence).card.id;
    street.tell(bob, &calls::Promise { id: fence.clone(), ..calls::Promise::default() });
    let promise = street.promise_of(bob, bob, &fence);
    let weigh = |minutes| calls::Weigh { id: promise.clone(), minutes };
    let waiting = street.tell(bob, &weigh(Some(45)));
    assert!(waiting.carries.is_empty(), "nobody said yes yet");
    street.tell(alice, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep: None });
    let carries = street.tell(bob, &calls::Me {}).carries;
    assert_eq!(carries.iter().map(|one| (one.minutes, one.weighed)).collect::<Vec<_>>(), [(45, true)]);
    street.tell(bob, &calls::Withdraw { id: promise.clone(), slots: None });
    assert_eq!(street.refused(bob, &weigh(Some(30))).code, ErrorCode::PromiseOver);
    assert_eq!(street.refused(alice, &weigh(Some(30))).code, ErrorCode::NotYours);
}

fn row(category: &str, days: [Level; 7]) -> ShownRow {
    ShownRow { category: category.into(), days: days.to_vec() }
}

const SOME_ON_TUESDAY: [Level; 7] =
    [Level::None, Level::Some, Level::None, Level::None, Level::None, Level::None, Level::None];
const EVERY_DAY: [Level; 7] = [Level::Plenty; 7];

#[test]
fn the_circle_sees_what_somebody_chose_to_show_added_up_and_nothing_while_they_rest() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let like = Some(vec!["ride".to_owned()]);
    let usual = calls::Capacity {
        hours: Some(4),
        free: Some("tue 18-21, sat 9-10".into()),
        can: like,
        ..calls::Capacity::default()
    };
    let me = street.tell(bob, &usual);
    assert!(me.shows.is_empty(), "nothing is shown unless he wishes");
    assert_eq!(me.could_show.len(), 1);
    assert_eq!(me.could_show[0].category, "ride");
    assert_eq!((me.could_show[0].days[1], me.could_show[0].days[5]), (Level::Plenty, Level::Some));
    street.needs(carol, "Lift to the eye clinic");
    let offer = calls::Post {
        kind: closeknit_api::views::PostKind::Offer,
        category: "ride".into(),
        title: "Lifts in my car".into(),
        standing: true,
        ..calls::Post::default()
    };
    let offer = street.tell(bob, &offer).card.id;

    let map = |street: &mut Neighbourhood, person, area: Option<&str>| {
        let area = area.map(str::to_owned);
        street.tell(person, &calls::Resources { area })
    };
    let gap = map(&mut street, alice, None);
    assert_eq!(gap.kinds.len(), 1);
    assert_eq!((gap.kinds[0].days[3].some, gap.kinds[0].days[3].wanted), (0, 1), "on Thursday");
    assert_eq!(gap.says[0].id, "carrying-nobody");
    let line = street.tell(alice, &calls::Suggest::default()).line;
    let nobody = Phrase::new("carrying-nobody")
        .with("category", Value::Message("category-ride".into()))
        .with("days", Value::Messages(vec!["weekday-thursday".into()]));
    assert_eq!(line, std::slice::from_ref(&nobody));
    let own_line = street.tell(bob, &calls::Suggest::default()).line;
    assert_eq!(own_line, [Phrase::new("carrying-free").number("hours", 4), nobody]);

    street.tell(bob, &calls::Profile { area: Some("Mill Lane".into()), ..calls::Profile::default() });
    let shown = street
        .tell(bob, &calls::ShowCapacity { kinds: vec![row("ride", EVERY_DAY), row("pet", SOME_ON_TUESDAY)] });
    assert_eq!(shown.shows.len(), 2);
    let seen = map(&mut street, alice, None);
    assert_eq!(seen.areas, ["Mill Lane"]);
    assert_eq!(seen.kinds.iter().map(|kind| kind.category.as_str()).collect::<Vec<_>>(), ["ride", "pet"]);
    assert_eq!((seen.kinds[0].days[3].plenty, seen.kinds[1].days[1].some), (1, 1));
    let there = map(&mut street, alice, Some("mill lane"));
    assert_eq!((there.area.as_deref(), there.kinds[0].days[3].wanted), (Some("Mill Lane"), 0));
    let elsewhere = calls::Resources { area: Some("Nowhere".into()) };
    assert_eq!(street.refusal(alice, &elsewhere), ErrorCode::NotFound);
    let short =
        calls::ShowCapacity { kinds: vec![ShownRow { category: "ride".into(), days: vec![Level::Some] }] };
    assert_eq!(street.refusal(bob, &short), ErrorCode::BadRequest);

    // He rests: nothing of it is seen, his offer rests with him, and the day after both are back.
    let rests = calls::Capacity { resting_until: Some("2026-11-25".into()), ..calls::Capacity::default() };
    assert_eq!(street.tell(bob, &rests).shows.len(), 2, "his wish stays on his own machines");
    assert_eq!(map(&mut street, alice, None).kinds.len(), 1);
    assert_eq!(street.reads(alice, &offer), "offer-resting");
    street.skip(2 * DAY);
    street.pass(Duration::from_secs(60));
    assert_eq!(map(&mut street, alice, None).kinds.len(), 2);
    assert_ne!(street.reads(alice, &offer), "offer-resting");
    street.all_equal(&people);
    street.tell(bob, &calls::ShowCapacity { kinds: Vec::new() });
    let after = map(&mut street, alice, None);
    let thursday = &after.kinds[0].days[3];
    assert_eq!((after.kinds.len(), thursday.plenty, thursday.wanted), (1, 0, 1), "only the need is left");
}

#[test]
fn skills_and_things_to_lend_are_found_by_who_has_them() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let texts = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect());
    let (skills, lends) = (texts(&["Jardinería"]), texts(&["hand truck", "ladder"]));
    street.tell(people[1], &calls::Profile { skills, lends, ..calls::Profile::default() });
    let finds = |street: &mut Neighbourhood, text: &str| {
        let found = street.tell(people[0], &calls::Find { text: text.into() }).found;
        found.into_iter().map(|one| (one.person.name.unwrap(), one.what, one.lends)).collect::<Vec<_>>()
    };
    assert_eq!(finds(&mut street, "truck"), [("bob".into(), "hand truck".into(), true)]);
    assert_eq!(finds(&mut street, "jard"), [("bob".into(), "Jardinería".into(), false)]);
    assert!(finds(&mut street, "piano").is_empty() && finds(&mut street, " ").is_empty());
}

#[test]
fn what_somebody_gave_and_got_is_for_their_own_eyes() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = street.needs(alice, "Lift to the eye clinic");
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    street.tell(alice, &calls::Answer { id: promise.clone(), verdict: Verdict::Accept, doorstep: None });
    let balance = |street: &mut Neighbourhood, person| street.tell(person, &calls::Me {}).balance;
    assert_eq!(balance(&mut street, bob), Phrase::new("carrying-balance-none"));
    street.skip(3 * DAY);
    let how = Became::Happened;
    street.tell(alice, &calls::Outcome { id: promise, how, ..calls::Outcome::default() });
    street.all_equal(&people);
    let frames = street.frames().len();
    assert_eq!(balance(&mut street, bob), Phrase::new("carrying-balance-helped").number("helped", 1));
    assert_eq!(
        balance(&mut street, alice),
        Phrase::new("carrying-balance-was-helped").number("was_helped", 1)
    );
    assert_eq!(street.frames().len(), frames, "nothing is sent for it");
}
