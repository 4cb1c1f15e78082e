//! People who might answer a need, by what everybody may see of them.

use std::collections::BTreeSet;

use closeknit_domain::{
    Category, Closed, Level, Post, PostKind, PostRef, Profile, Record, Shown, Verdict,
    matching::Around,
    words::{About, Because, because},
};
use closeknit_ids::MemberId;

use crate::{
    any_time, at_time, millrace, phrases, place, profile,
    story::{Story, alice, bags, bob, carol, dave, lift, vegetables, window},
};

/// The people suggested for a need, with the reasons as its author reads them.
pub(crate) fn people(story: &Story, need: PostRef) -> Vec<(MemberId, Vec<Because>)> {
    people_but(story, need, &BTreeSet::new())
}

fn people_but(story: &Story, need: PostRef, excluded: &BTreeSet<MemberId>) -> Vec<(MemberId, Vec<Because>)> {
    let (known, board, distances) = (story.known(), story.board(), millrace());
    let around = Around::of(&known, &board, &distances);
    let found = around.people_for(need, excluded);
    found
        .into_iter()
        .map(|one| (one.what, one.reasons.iter().map(|reason| because(reason, About::Them)).collect()))
        .collect()
}

pub(crate) fn names(story: &Story, need: PostRef) -> Vec<MemberId> {
    people(story, need).into_iter().map(|(member, _)| member).collect()
}

/// Some on each day, but for Thursday.
pub(crate) fn shows(story: &mut Story, member: MemberId, category: Category, thursday: Level) {
    let mut days = [Level::Some; 7];
    days[3] = thursday;
    story.write(member, Record::Shown(Shown::new([(category, days)])));
}

#[test]
fn who_shows_something_is_suggested_and_who_shows_nothing_never() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let with_a_car =
        |name| Profile { lends: phrases(&["car"]), area: Some(place("Tannery Row")), ..profile(name) };
    story.write(bob(), Record::Profile(with_a_car("Bob")));
    assert_eq!(names(&story, need), [], "they may be resting");
    shows(&mut story, bob(), Category::Ride, Level::Some);
    let found = people(&story, need);
    let ids: Vec<_> = found[0].1.iter().map(Because::id).collect();
    assert_eq!(ids, ["because-near", "because-they-have", "because-they-give-some-on"]);
    story.write(carol(), Record::Profile(with_a_car("Carol")));
    story.write(carol(), Record::Shown(Shown::default()));
    assert_eq!(names(&story, need), [bob()], "an empty week is as good as none");
}

#[test]
fn who_shows_none_on_that_day_is_left_out() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    shows(&mut story, bob(), Category::Ride, Level::None);
    assert_eq!(names(&story, need), []);
    let friday = story.post(alice(), at_time(window("2026-11-27T09:20", "2026-11-27T12:30"), lift()));
    assert_eq!(names(&story, friday), [bob()]);
    let some_day = story.post(alice(), any_time(lift()));
    assert_eq!(names(&story, some_day), [bob()]);
}

#[test]
fn who_only_lives_near_is_not_asked() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    story.write(bob(), Record::Profile(Profile { area: Some(place("Station Side")), ..profile("Bob") }));
    shows(&mut story, bob(), Category::FoodMeal, Level::Plenty);
    assert_eq!(names(&story, need), []);
}

#[test]
fn a_live_offer_speaks_for_itself() {
    let mut story = Story::new();
    let need = story.post(alice(), bags());
    let offer = story.post(bob(), vegetables());
    assert_eq!(people(&story, need), [(bob(), vec![Because::TheyOffer { post: offer }])]);
    let saturdays = Post {
        standing: true,
        kind: PostKind::Offer,
        ..at_time(window("2026-11-28T09:00", "2026-11-28T13:00"), lift())
    };
    story.post(carol(), saturdays);
    let ride = |day| at_time(window(&format!("{day}T10:00"), &format!("{day}T11:00")), lift());
    let (a_later_saturday, thursday) =
        (story.post(alice(), ride("2026-12-12")), story.post(alice(), ride("2026-12-10")));
    assert_eq!(names(&story, a_later_saturday), [carol()], "a standing offer comes back every week");
    assert_eq!(names(&story, thursday), []);
    story.close(offer, Closed::NotNeeded);
    assert_eq!(names(&story, need), []);
}

#[test]
fn nobody_who_came_forward_is_excluded_or_is_elsewhere_is_asked() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    for member in [alice(), bob(), carol(), dave()] {
        shows(&mut story, member, Category::Ride, Level::Some);
    }
    assert_eq!(names(&story, need).len(), 3, "not the author");
    story.promise(bob(), need, 1);
    let elsewhere = story.post(alice(), at_time(window("2026-11-26T09:00", "2026-11-26T10:00"), lift()));
    let promise = story.promise(carol(), elsewhere, 1);
    assert_eq!(names(&story, need).len(), 2, "she only offered");
    story.answer(promise, Verdict::Accept);
    assert_eq!(names(&story, need), [dave()]);
    assert_eq!(people_but(&story, need, &[dave()].into()), []);
    story.remove(dave());
    assert_eq!(names(&story, need), []);
}
