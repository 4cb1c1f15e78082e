//! Who might answer which need, and why.

#![cfg(test)]

#[path = "../story/mod.rs"]
mod story;

mod people;
mod size;
mod spread;

use std::collections::BTreeSet;

use closeknit_domain::PostRef;
use closeknit_domain::{
    Capacity, Category, Level, MemberKind, Phrases, Post, Profile, Record, Shown, Weekly, When, hours,
    matching::{Around, Distances, Own, Reason, Suggestion},
    text::{Name, Phrase, Place, Title},
    time::Window,
    weekly::DayPart,
    words::{About, Because, because},
};
use closeknit_ids::MemberId;
use jiff::civil::{Weekday, date};
use story::{Story, alice, bob, carol, lift, window};

/// The post at another time.
pub(crate) fn at_time(window: Window, post: Post) -> Post {
    Post { when: When::Once(window), ..post }
}

/// The post at no time.
pub(crate) fn any_time(post: Post) -> Post {
    Post { when: When::Anytime, ..post }
}

pub(crate) fn titled(title: &str, category: Category, post: Post) -> Post {
    Post { title: Title::new(title).unwrap(), category, ..post }
}

pub(crate) fn phrases(list: &[&str]) -> Phrases {
    Phrases::new(list.iter().map(|text| Phrase::new(text).unwrap()).collect()).unwrap()
}

pub(crate) fn place(name: &str) -> Place {
    Place::new(name).unwrap()
}

pub(crate) fn profile(name: &str) -> Profile {
    Profile {
        name: Name::new(name).unwrap(),
        kind: MemberKind::Person,
        languages: Phrases::default(),
        area: None,
        skills: Phrases::default(),
        lends: Phrases::default(),
    }
}

pub(crate) fn millrace() -> Distances {
    let ways = [
        ("Tannery Row", "Station Side", 10),
        ("Tannery Row", "Bridge End", 5),
        ("Allotment Hill", "Station Side", 25),
    ];
    let ways: Vec<_> =
        ways.iter().map(|&(one, other, minutes)| (place(one), place(other), minutes)).collect();
    Distances::new(ways.iter().map(|(one, other, minutes)| (one, other, *minutes))).unwrap()
}

/// One member, looking for needs that they could answer.
#[derive(Clone, Default)]
pub(crate) struct Seeker {
    pub(crate) capacity: Capacity,
    pub(crate) free: Option<Weekly>,
    pub(crate) excluded: BTreeSet<MemberId>,
}

impl Seeker {
    pub(crate) fn free(text: &str) -> Self {
        Self { free: Some(Weekly::parse(text).unwrap()), ..Self::default() }
    }

    /// The needs suggested to Bob, with the reasons as he reads them.
    pub(crate) fn finds(&self, story: &Story) -> Vec<(PostRef, Vec<Because>)> {
        let (known, board, distances) = (story.known(), story.board(), millrace());
        let around = Around::of(&known, &board, &distances);
        let carried = hours::carried(&known, &board, bob());
        let own = Own {
            member: bob(),
            capacity: &self.capacity,
            weekly: self.free.as_ref(),
            carried: &carried,
            excluded: &self.excluded,
        };
        let said = |found: Suggestion<'_, PostRef>| {
            let reasons = found.reasons.iter().map(|reason| because(reason, About::You)).collect();
            (found.what, reasons)
        };
        around.needs_for(&own).into_iter().map(said).collect()
    }

    pub(crate) fn finds_nothing(&self, story: &Story) -> bool {
        self.finds(story).is_empty()
    }
}

/// Bob lives in Tannery Row and has a car; Alice needs a lift on Thursday morning at Station Side.
pub(crate) fn lift_for_alice() -> (Story, PostRef) {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let profile =
        Profile { area: Some(place("Tannery Row")), lends: phrases(&["car", "ladder"]), ..profile("Bob") };
    story.write(bob(), Record::Profile(profile));
    (story, need)
}

#[test]
fn a_need_is_suggested_with_its_reasons_in_words() {
    let (story, need) = lift_for_alice();
    let found = Seeker::free("thu 9-13").finds(&story);
    let [(first, reasons)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(*first, need);
    let said: Vec<_> = reasons.iter().map(|reason| (reason.id(), reason.values())).collect();
    let ids: Vec<_> = said.iter().map(|(id, _)| *id).collect();
    assert_eq!(
        ids,
        ["because-free", "because-near", "because-you-have"],
        "Thursday morning, 10 minutes away, you have: car"
    );
    assert_eq!(reasons[1], Because::Near { minutes: 10 });
    assert_eq!(reasons[2], Because::YouHave { thing: "car".into() });
}

/// The first of its times is too long for them, and another is not.
#[test]
fn who_has_room_for_one_of_the_times_is_asked() {
    let (mut story, need) = lift_for_alice();
    let long = window("2026-11-30T09:00", "2026-11-30T17:00");
    let short = window("2026-12-05T09:00", "2026-12-05T10:00");
    let four = Seeker { capacity: Capacity { hours: Some(4), ..Capacity::default() }, ..Seeker::default() };
    story.edit(need, |post| post.when = When::at(vec![long.clone(), short]).unwrap());
    assert!(!four.finds_nothing(&story));
    story.edit(need, |post| post.when = When::Once(long));
    assert!(four.finds_nothing(&story));
}

#[test]
fn who_cannot_is_never_asked() {
    let (story, _) = lift_for_alice();
    let with = |capacity| Seeker { capacity, ..Seeker::free("thu 9-13") };
    assert!(!with(Capacity::default()).finds_nothing(&story));

    let resting = |day| with(Capacity { resting_until: Some(day), ..Capacity::default() });
    assert!(resting(date(2026, 11, 24)).finds_nothing(&story), "resting until tomorrow");
    assert!(resting(date(2026, 11, 23)).finds_nothing(&story), "until the end of today");
    assert!(!resting(date(2026, 11, 22)).finds_nothing(&story), "it is over");

    let will_not = Capacity { will_not: vec![Category::Ride], ..Capacity::default() };
    assert!(with(will_not).finds_nothing(&story));
    let near = |minutes| Capacity { radius_minutes: Some(minutes), ..Capacity::default() };
    assert!(with(near(9)).finds_nothing(&story), "outside the radius");
    assert!(!with(near(10)).finds_nothing(&story));
    let hours = |hours| Capacity { hours: Some(hours), ..Capacity::default() };
    assert!(with(hours(3)).finds_nothing(&story), "the lift takes longer than the week has");
    assert!(!with(hours(4)).finds_nothing(&story));

    assert!(Seeker::free("wed 9-13, thu 14-20").finds_nothing(&story), "no time in common");
    let excluded = Seeker { excluded: [alice()].into(), ..Seeker::default() };
    assert!(excluded.finds_nothing(&story));
}

#[test]
fn where_nothing_is_known_nobody_is_left_out() {
    let (mut story, need) = lift_for_alice();
    assert_eq!(Seeker::default().finds(&story).len(), 1, "no week, no cap, no radius");
    story.edit(need, |post| post.place = Some(place("Hospital")));
    let near = Capacity { radius_minutes: Some(5), ..Capacity::default() };
    let reasons = Seeker { capacity: near, ..Seeker::free("thu 9-13") }.finds(&story).remove(0).1;
    assert!(!reasons.iter().any(|reason| matches!(reason, Because::Near { .. })), "{reasons:?}");
}

#[test]
fn nobody_is_sent_to_two_places_at_once() {
    let (mut story, _) = lift_for_alice();
    let other = story.post(carol(), at_time(window("2026-11-26T12:00", "2026-11-26T14:00"), lift()));
    assert_eq!(Seeker::free("thu 9-15").finds(&story).len(), 2);
    let promise = story.promise(bob(), other, 1);
    story.answer(promise, closeknit_domain::Verdict::Accept);
    assert!(Seeker::free("thu 9-15").finds_nothing(&story));
}

#[test]
fn only_what_is_still_wanted_from_others_is_suggested() {
    let (mut story, need) = lift_for_alice();
    story.post(bob(), lift());
    assert_eq!(Seeker::default().finds(&story).len(), 1, "not one's own");
    story.promise(bob(), need, 1);
    assert!(Seeker::default().finds_nothing(&story), "not what one promised already");
}

#[test]
fn time_may_fit_in_part_and_a_deadline_only_asks_for_enough() {
    let (mut story, need) = lift_for_alice();
    let first = |story: &Story, free: &str| Seeker::free(free).finds(story).remove(0).1.remove(0);
    assert_eq!(first(&story, "thu 12-15").id(), "because-free-in-part");
    story.edit(need, |post| *post = at_time(window("2026-11-23T10:00", "2026-11-27T17:00"), post.clone()));
    assert_eq!(first(&story, "thu 19-20").id(), "because-free", "an hour is enough by Friday");
    assert_eq!(first(&story, "thu 19-19:30").id(), "because-free-in-part");
    assert!(Seeker::free("sat 10-20").finds_nothing(&story));
    assert!(Seeker::free("fri 17-20").finds_nothing(&story));
}

#[test]
fn what_the_need_names_and_what_is_usually_of_use_are_found() {
    let (mut story, need) = lift_for_alice();
    story.edit(need, |post| {
        *post = titled("Bulb change, I have no ladder", Category::Repair, any_time(post.clone()))
    });
    let reasons = Seeker::default().finds(&story).remove(0).1;
    assert!(reasons.contains(&Because::YouHave { thing: "ladder".into() }), "{reasons:?}");
    assert!(!reasons.contains(&Because::YouHave { thing: "car".into() }), "{reasons:?}");
}

#[test]
fn a_language_counts_when_it_is_named_or_when_few_share_it() {
    let (mut story, need) = lift_for_alice();
    let speaks = |story: &mut Story, member, languages| {
        let profile = Profile { languages: phrases(languages), ..profile("Somebody") };
        story.members.entry(member).or_default().retain(|_, record| !matches!(record, Record::Profile(_)));
        story.write(member, Record::Profile(profile));
    };
    story.edit(need, |post| {
        *post = titled("Interpreter at school, Romanian", Category::Language, post.clone())
    });
    speaks(&mut story, bob(), &["en", "romana"]);
    let reasons = Seeker::default().finds(&story).remove(0).1;
    assert_eq!(reasons, [Because::YouSpeak { language: "romana".into() }]);

    speaks(&mut story, bob(), &["English", "Kiswahili"]);
    speaks(&mut story, alice(), &["en", "sw"]);
    speaks(&mut story, carol(), &["English"]);
    speaks(&mut story, story::dave(), &["english"]);
    let reasons = Seeker::default().finds(&story).remove(0).1;
    assert_eq!(reasons, [Because::BothSpeak { language: "Kiswahili".into() }], "English says nothing here");
}

#[test]
fn who_has_not_helped_for_long_is_reminded_and_what_is_urgent_comes_first() {
    let (mut story, need) = lift_for_alice();
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, closeknit_domain::Verdict::Accept);
    story.later(4 * 24);
    story.close(need, closeknit_domain::Closed::Met);
    story.later(5 * 7 * 24);
    let posted = story.now;
    let later = |urgent| Post { urgent, posted, ..any_time(lift()) };
    let (calm, urgent) = (story.post(alice(), later(false)), story.post(carol(), later(true)));
    let found = Seeker::default().finds(&story);
    assert_eq!(found.iter().map(|(post, _)| *post).collect::<Vec<_>>(), [urgent, calm]);
    assert_eq!(found[0].1.last(), Some(&Because::YouLongSince { weeks: 5 }));
}

#[test]
fn distances_are_between_areas_that_places_name() {
    let distances = millrace();
    let between = |one, other| distances.between(&place(one), &place(other));
    assert_eq!(between("Tannery Row", "station side"), Some(10));
    assert_eq!(between("Corner of Station Side and Mill Lane", "TANNERY ROW, by the pump"), Some(10));
    assert_eq!(between("Bridge End", "Station Side"), None, "nobody said");
    assert_eq!(between("Bridge End", "Bridge End school"), Some(0));
    assert_eq!(between("The old mill", "the Old Mill"), Some(0), "one place under one name");
    assert_eq!(between("Bridge Endings", "Tannery Row"), None, "another word");
    let many: Vec<_> = (0..65).map(|i| place(&format!("Area {i}"))).collect();
    let ways = many.iter().map(|area| (area, &many[0], 5));
    assert!(Distances::new(ways).is_err());
    assert!(Distances::new([(&many[0], &many[1], 721)]).is_err());
}

#[test]
fn every_reason_has_its_words() {
    let car = Phrase::new("car").unwrap();
    let free = (Weekday::Tuesday, DayPart::Evening);
    let (day, part) = free;
    let post = PostRef { author: alice(), id: closeknit_ids::RecordId([1; 16]) };
    let gives = |level, day| Reason::Gives { category: Category::Ride, level, day };
    let reasons = [
        Reason::Free { day, part },
        Reason::FreeInPart { day, part: DayPart::Night },
        Reason::FreeForSome { fits: 3, of: 9 },
        Reason::Near { minutes: 0 },
        Reason::Near { minutes: 7 },
        Reason::Has(&car),
        Reason::Can(&car),
        Reason::Speaks(&car),
        Reason::SpeaksToo(&car),
        Reason::Likes(Category::Ride),
        gives(Level::Some, None),
        gives(Level::Some, Some(day)),
        gives(Level::Plenty, None),
        gives(Level::Plenty, Some(day)),
        Reason::Offers(post),
        Reason::LongSince { weeks: 6 },
    ];
    let said: BTreeSet<_> = reasons
        .iter()
        .flat_map(|reason| [because(reason, About::You).id(), because(reason, About::Them).id()])
        .collect();
    let all: BTreeSet<_> = Because::ALL.iter().map(|(id, _)| *id).collect();
    assert_eq!(said, all);
}

#[test]
fn shown_follows_cap_and_week_and_not_the_promises() {
    let capacity = Capacity {
        hours: Some(4),
        can: vec![Category::Ride, Category::Pet],
        will_not: vec![Category::Pet],
        ..Capacity::default()
    };
    let free = Weekly::parse("tue 18-19, sat 9-14").unwrap();
    let today = date(2026, 11, 23);
    let shown = Shown::propose(&capacity, Some(&free), today);
    assert_eq!(shown.kinds().count(), 1, "not what they will not do");
    assert_eq!(shown.level(Category::Ride, Weekday::Tuesday), Level::Some);
    assert_eq!(shown.level(Category::Ride, Weekday::Saturday), Level::Plenty);
    assert_eq!(shown.level(Category::Ride, Weekday::Sunday), Level::None);
    let little = Capacity { hours: Some(2), ..capacity.clone() };
    assert_eq!(
        Shown::propose(&little, Some(&free), today).level(Category::Ride, Weekday::Saturday),
        Level::Some
    );
    let resting = Capacity { resting_until: Some(date(2026, 12, 1)), ..capacity };
    assert!(Shown::propose(&resting, Some(&free), today).is_empty(), "as if nothing had ever been shown");
}
