//! What members can carry, and what the circle has.
#![cfg(test)]

mod story;

use closeknit_domain::{
    Amount, Capacity, Category, CommitmentRef, How, Level, Load, MemberKind, Mode, Part, Phrases, Post,
    Profile, Record, Shown, SlotIds, Unit, Verdict, Want, When,
    capacity::{self, Balance, ResourceMap, Weights, before_promise, overfull, visits},
    hours,
    text::{Name, Phrase, Place},
    words::Carrying,
};
use closeknit_ids::{MemberId, RecordId};
use jiff::civil::Weekday;
use proptest::{collection::vec, prelude::*};
use story::{Story, alice, at, bags, bob, carol, dave, lift, vegetables, window};

fn cap(hours: u8) -> Capacity {
    Capacity { hours: Some(hours), ..Capacity::default() }
}

fn at_time(start: &str, end: &str, post: Post) -> Post {
    Post { when: When::Once(window(start, end)), ..post }
}

/// A need that takes so many hours, at no time set; who offers first has it.
fn hours_of_work(hours: u16) -> Post {
    Post { want: Want { amount: Amount::new(hours).unwrap(), unit: Unit::Hours }, ..bags() }
}

fn carried(story: &Story) -> Vec<hours::Carried> {
    hours::carried(&story.known(), &story.board(), bob())
}

// What a promise weighs

#[test]
fn a_promise_weighs_what_its_helper_says() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    let (mut weights, week) = (Weights::default(), hours::week(story.now, &story.zone));
    let load =
        |weights: &Weights| Load::in_week(&weights.weigh(carried(&story)), &week, &cap(4)).promised_minutes;
    assert_eq!(load(&weights), 190, "as long as the lift");
    weights.set(promise, Some(60)).unwrap();
    assert_eq!(load(&weights), 60, "she only drives there");
    weights.set(promise, Some(0)).unwrap();
    assert_eq!(load(&weights), 0, "it is on the way");
    weights.set(promise, None).unwrap();
    assert_eq!(load(&weights), 190);

    weights.set(promise, Some(60)).unwrap();
    let text = serde_json::to_string(&weights).unwrap();
    assert_eq!(serde_json::from_str::<Weights>(&text).unwrap(), weights);
    weights.keep_only(|_| true);
    assert_eq!(weights.get(promise), Some(60));
    weights.keep_only(|_| false);
    assert_eq!(weights, Weights::default(), "nothing is kept of what is over");
}

#[test]
fn weights_have_bounds() {
    let promise = |i: u64| {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&i.to_be_bytes());
        CommitmentRef { helper: bob(), id: RecordId(id) }
    };
    let mut weights = Weights::default();
    assert!(weights.set(promise(0), Some(6_001)).is_err());
    for i in 0..1_000 {
        weights.set(promise(i), Some(30)).unwrap();
    }
    assert!(weights.set(promise(1_000), Some(30)).is_err());
    assert!(weights.set(promise(7), Some(60)).is_ok(), "what is weighed can be weighed anew");
    let list: Vec<(CommitmentRef, u16)> = (0..1_001).map(|i| (promise(i), 30)).collect();
    assert!(Weights::try_from(list).is_err());
}

// Before a promise

#[test]
fn who_would_pass_their_cap_is_told_before() {
    let mut story = Story::new();
    let need = story.post(alice(), hours_of_work(3));
    let promise = story.promise(bob(), need, 3);
    story.answer(promise, Verdict::Accept);
    let told = |post: &Post, amount| {
        before_promise(
            &story.known(),
            &carried(&story),
            &cap(4),
            &visits(&story.known(), post, &Part::Whole, amount),
        )
    };
    assert_eq!(told(&hours_of_work(9), 1), None);
    assert_eq!(
        told(&hours_of_work(9), 3),
        Some(Carrying::WouldBeOver { promised: 6, cap: 4 }),
        "6 h of your 4 h"
    );
    let uncapped = Capacity::default();
    assert_eq!(
        before_promise(
            &story.known(),
            &carried(&story),
            &uncapped,
            &visits(&story.known(), &hours_of_work(9), &Part::Whole, 9)
        ),
        None
    );
}

/// An hour on Monday and a whole Saturday: who promises Saturday promises eight hours.
#[test]
fn each_time_of_a_list_weighs_as_long_as_it_is() {
    let (monday, saturday) =
        (window("2026-11-30T09:00", "2026-11-30T10:00"), window("2026-12-05T09:00", "2026-12-05T17:00"));
    let mut story = Story::new();
    let when = When::at(vec![monday, saturday.clone()]).unwrap();
    let need = story.post(alice(), Post { when, ..lift() });
    let part = Part::Slots(SlotIds::one(saturday.slot()));
    let ahead = visits(&story.known(), story.post_record(need), &part, 1);
    assert_eq!(
        before_promise(&story.known(), &carried(&story), &cap(4), &ahead),
        Some(Carrying::WouldBeOverThen { promised: 8, cap: 4, on: at("2026-11-30T00:00") })
    );
    let promise = story.promise_part(bob(), need, part, 1);
    story.answer(promise, Verdict::Accept);
    let week = hours::week(saturday.begins(), &story.zone);
    assert_eq!(Load::in_week(&carried(&story), &week, &cap(4)).over(), Some((8, 4)));
}

/// "By Friday in three weeks": it may be done now, and not any more once that is over.
#[test]
fn what_is_to_be_done_by_some_day_weighs_on_the_week_that_is_now() {
    let mut story = Story::new();
    let need = story.post(alice(), at_time("2026-11-23T10:00", "2026-12-11T17:00", lift()));
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    let weighs = |story: &Story, moment| {
        let week = hours::week(at(moment), &story.zone);
        Load::in_week(&carried(story), &week, &cap(0)).promised_minutes
    };
    story.now = at("2026-12-01T10:00");
    let [visit] = visits(&story.known(), story.post_record(need), &Part::Whole, 1).try_into().unwrap();
    assert_eq!((visit.begins, visit.minutes), (Some(story.now), 60));
    assert_eq!((weighs(&story, "2026-11-23T10:00"), weighs(&story, "2026-12-01T10:00")), (0, 60));
    let [week] = overfull(&story.known(), &story.board(), &carried(&story), &cap(0)).try_into().unwrap();
    assert_eq!((week.week, week.release.len()), (hours::week(story.now, &story.zone), 1));

    story.now = at("2026-12-15T10:00");
    assert_eq!(weighs(&story, "2026-12-15T10:00"), 0, "nobody said what became of it");
    assert_eq!(weighs(&story, "2026-12-11T10:00"), 60);
}

#[test]
fn another_week_is_weighed_by_itself() {
    let mut story = Story::new();
    let need = story.post(alice(), at_time("2026-11-24T09:00", "2026-11-24T12:00", lift()));
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, Verdict::Accept);
    let told = |post: &Post| {
        before_promise(
            &story.known(),
            &carried(&story),
            &cap(4),
            &visits(&story.known(), post, &Part::Whole, 1),
        )
    };
    let next_week = at_time("2026-12-01T09:00", "2026-12-01T12:00", lift());
    assert_eq!(told(&next_week), None);
    let long = at_time("2026-12-01T09:00", "2026-12-01T14:00", lift());
    assert_eq!(
        told(&long),
        Some(Carrying::WouldBeOverThen { promised: 5, cap: 4, on: at("2026-11-30T00:00") })
    );
}

// After a merge

#[test]
fn after_a_merge_it_is_said_what_to_release_and_why() {
    let mut story = Story::new();
    let [first, second, third] =
        [hours_of_work(2), hours_of_work(2), hours_of_work(2)].map(|post| story.post(alice(), post));
    let accepted = story.promise(bob(), first, 2);
    story.answer(accepted, Verdict::Accept);
    story.later(1);
    let unanswered = story.promise_apart(bob(), second, 2);
    story.later(1);
    let latest = story.promise_apart(bob(), third, 2);
    story.answer(latest, Verdict::Accept);
    let over = |hours| overfull(&story.known(), &story.board(), &carried(&story), &cap(hours));
    assert_eq!(over(6), []);
    let [week] = over(4).try_into().unwrap();
    assert_eq!(week.says, Carrying::Over { promised: 6, cap: 4 });
    assert_eq!(week.release.iter().map(|release| release.promise).collect::<Vec<_>>(), [unanswered]);
    assert_eq!(week.release[0].says(), Carrying::ReleaseUnanswered { post: second, hours: 2 });
    let [week] = over(2).try_into().unwrap();
    assert_eq!(week.release.iter().map(|release| release.promise).collect::<Vec<_>>(), [unanswered, latest]);
    assert_eq!(week.release[1].says(), Carrying::ReleaseLatest { post: third, hours: 2 });
}

/// Five hours in each of three weeks, of which one is over when he looks.
#[test]
fn this_week_and_those_to_come_are_looked_at_and_none_that_is_over() {
    let mut story = Story::new();
    let promises = ["2026-11-24", "2026-12-01", "2026-12-08"].map(|day| {
        let time = at_time(&format!("{day}T09:00"), &format!("{day}T14:00"), lift());
        let need = story.post(alice(), time);
        let promise = story.promise(bob(), need, 1);
        story.answer(promise, Verdict::Accept);
        promise
    });
    story.now = at("2026-11-30T10:00");
    let [this, next] =
        overfull(&story.known(), &story.board(), &carried(&story), &cap(4)).try_into().unwrap();
    assert_eq!(this.says, Carrying::Over { promised: 5, cap: 4 });
    let on = at("2026-12-07T00:00");
    assert_eq!(next.says, Carrying::OverThen { promised: 5, cap: 4, on });
    assert_eq!([&this, &next].map(|week| week.release[0].promise), [promises[1], promises[2]]);
}

#[test]
fn what_a_neighbour_has_of_an_offer_is_not_released_and_what_is_done_neither() {
    let mut story = Story::new();
    let visit = at_time("2026-11-25T17:00", "2026-11-25T20:00", vegetables());
    let offer = story.post(bob(), visit);
    for member in [alice(), carol()] {
        let promise = story.promise(member, offer, 1);
        story.answer(promise, Verdict::Accept);
    }
    let [week] = overfull(&story.known(), &story.board(), &carried(&story), &cap(4)).try_into().unwrap();
    assert_eq!((week.load.promised_minutes, week.release), (360, vec![]));
}

proptest! {
    /// Whatever was promised: what is released is enough, and without the last of it it would not be.
    #[test]
    fn releasing_is_enough_and_no_more(
        promises in vec((1..6_u16, any::<bool>(), 0..5_i64, 0..3_i8), 0..8),
        hours in 0..12_u8,
    ) {
        let mut story = Story::new();
        for &(amount, accepted, later, week) in &promises {
            let post = match week {
                0 => hours_of_work(amount),
                week => {
                    let day = 22 + 7 * week;
                    let (month, day) = if day > 30 { (12, day - 30) } else { (11, day) };
                    let start = format!("2026-{month}-{day:02}T08:00");
                    at_time(&start, &start.replace("T08", &format!("T{:02}", 8 + amount)), lift())
                }
            };
            let need = story.post(alice(), Post { mode: Mode::First, ..post });
            let promise = story.promise_apart(bob(), need, amount);
            if accepted {
                story.answer(promise, Verdict::Accept);
            }
            story.later(later);
        }
        let (known, board) = (story.known(), story.board());
        let all = carried(&story);
        for over in overfull(&known, &board, &all, &cap(hours)) {
            let left = |released: &[capacity::Release]| {
                let stays = all.iter().filter(|one| !released.iter().any(|release| release.promise == one.promise));
                Load::in_week(&stays.cloned().collect::<Vec<_>>(), &over.week, &cap(hours)).promised_minutes
            };
            let most = u32::from(hours) * 60;
            prop_assert!(over.load.promised_minutes > most);
            prop_assert!(left(&over.release) <= most);
            let (_, but_last) = over.release.split_last().unwrap();
            prop_assert!(left(but_last) > most);
            let answered = over.release.iter().skip_while(|release| release.unanswered);
            prop_assert!(answered.clone().all(|release| !release.unanswered), "without an accept first");
        }
    }
}

// What the circle has

fn lives(story: &mut Story, member: MemberId, area: Option<&str>, skills: &[&str], lends: &[&str]) {
    let phrases =
        |list: &[&str]| Phrases::new(list.iter().map(|text| Phrase::new(text).unwrap()).collect()).unwrap();
    let profile = Profile {
        name: Name::new("Somebody").unwrap(),
        kind: MemberKind::Person,
        languages: Phrases::default(),
        area: area.map(|area| Place::new(area).unwrap()),
        skills: phrases(skills),
        lends: phrases(lends),
    };
    story.write(member, Record::Profile(profile));
}

fn shows(story: &mut Story, member: MemberId, category: Category, days: &str) {
    let level = |letter| match letter {
        's' => Level::Some,
        'p' => Level::Plenty,
        _ => Level::None,
    };
    let days: Vec<_> = days.chars().map(level).collect();
    story.write(member, Record::Shown(Shown::new([(category, days.try_into().unwrap())])));
}

#[test]
fn the_circle_sees_gaps_and_overlaps() {
    let mut story = Story::new();
    story.post(alice(), lift()); // on Thursday, at Station Side
    lives(&mut story, bob(), Some("Tannery Row"), &[], &[]);
    lives(&mut story, carol(), Some("TANNERY ROW"), &[], &[]);
    shows(&mut story, bob(), Category::Ride, "ss--s--");
    shows(&mut story, carol(), Category::Ride, "p---s--");
    shows(&mut story, dave(), Category::Ride, "s---s--");
    let map = ResourceMap::of(&story.known(), &story.board());
    let monday = map.have(Category::Ride, Weekday::Monday);
    assert_eq!((monday.some, monday.plenty, monday.wanted), (2, 1, 0));
    let tannery = Place::new("Tannery Row").unwrap();
    assert_eq!(map.have_in(Category::Ride, Weekday::Monday, Some(&tannery)).members(), 2);
    assert_eq!(map.have_in(Category::Ride, Weekday::Monday, None).members(), 1, "who said no area");
    assert_eq!(map.areas().count(), 2);
    let gap = [Weekday::Wednesday, Weekday::Thursday, Weekday::Saturday, Weekday::Sunday].to_vec();
    assert_eq!(map.gaps(), [(Category::Ride, gap)]);
    assert_eq!(map.overlaps(), [(Category::Ride, vec![Weekday::Monday, Weekday::Friday])]);
    let ids = |map: &ResourceMap| map.says().iter().map(Carrying::id).collect::<Vec<_>>();
    assert_eq!(ids(&map), ["carrying-nobody", "carrying-several"], "a line for each kind");
    // Somebody shows errands on all days but one, and somebody wants the dog walked, whenever.
    shows(&mut story, alice(), Category::Errand, "ssssss-");
    story.post(alice(), Post { category: Category::Pet, when: When::Anytime, ..lift() });
    let map = ResourceMap::of(&story.known(), &story.board());
    let kinds: Vec<_> = map.gaps().into_iter().map(|(category, days)| (category, days.len())).collect();
    assert_eq!(
        kinds,
        [(Category::Ride, 4), (Category::Pet, 7), (Category::Errand, 1)],
        "what is wanted first"
    );
    assert_eq!(ids(&map), ["carrying-nobody", "carrying-nobody-yet", "carrying-nobody", "carrying-several"]);
}

#[test]
fn who_shows_nothing_makes_no_difference() {
    let mut story = Story::new();
    shows(&mut story, bob(), Category::Ride, "ss--s--");
    let before = ResourceMap::of(&story.known(), &story.board());
    lives(&mut story, carol(), Some("Tannery Row"), &["joinery"], &["car"]);
    story.write(carol(), Record::Shown(Shown::default()));
    shows(&mut story, dave(), Category::Pet, "-------");
    assert_eq!(ResourceMap::of(&story.known(), &story.board()), before, "nobody sees who is resting");
    story.remove(bob());
    assert_eq!(ResourceMap::of(&story.known(), &story.board()), ResourceMap::default());
}

proptest! {
    /// The sum does not tell whose is which: if two swap what they show, it is the same.
    #[test]
    fn a_sum_has_no_names(one in "[sp-]{7}", other in "[sp-]{7}") {
        let sum = |first: &str, second: &str| {
            let mut story = Story::new();
            shows(&mut story, bob(), Category::Ride, first);
            shows(&mut story, carol(), Category::Ride, second);
            ResourceMap::of(&story.known(), &story.board())
        };
        prop_assert_eq!(sum(&one, &other), sum(&other, &one));
        let map = sum(&one, &other);
        for day in map.gaps().into_iter().flat_map(|(_, days)| days) {
            prop_assert_eq!(map.have(Category::Ride, day).members(), 0);
        }
    }
}

#[test]
fn skills_and_things_are_found_however_they_are_written() {
    let mut story = Story::new();
    lives(&mut story, bob(), None, &["Jardinería", "carpentry"], &["Step ladder", "hand truck"]);
    lives(&mut story, carol(), None, &["garden design"], &["ladder"]);
    let found = |needle: &str| -> Vec<(MemberId, String)> {
        let known = story.known();
        capacity::find(&known, needle).into_iter().map(|one| (one.member, one.what.to_string())).collect()
    };
    assert_eq!(found("LADDER"), [(carol(), "ladder".into()), (bob(), "Step ladder".into())]);
    assert_eq!(found("jardineria"), [(bob(), "Jardinería".into())]);
    assert_eq!(found("lad"), found("ladder"), "as far as one has typed");
    assert_eq!(found("truck hand"), [(bob(), "hand truck".into())]);
    assert_eq!(found("hand ladder"), []);
    assert_eq!(found(" ?! "), [], "nothing is asked for");
}

// Giving and receiving, for one's own eyes

#[test]
fn what_somebody_gave_and_got_lately_is_said_in_words() {
    let mut story = Story::new();
    let says = |story: &Story, member| Balance::of(&story.known(), &story.board(), member).says();
    assert_eq!(says(&story, bob()), Carrying::BalanceNone {});
    let helps = |story: &mut Story, need, how| {
        let promise = story.promise(bob(), need, 1);
        story.answer(promise, Verdict::Accept);
        story.tell(bob(), promise, None, how);
    };
    let (walk, chat, lift) =
        (story.post(alice(), bags()), story.post(alice(), bags()), story.post(alice(), bags()));
    helps(&mut story, walk, How::Happened);
    helps(&mut story, chat, How::Partly);
    helps(&mut story, lift, How::DidNot);
    assert_eq!(says(&story, bob()), Carrying::BalanceHelped { helped: 2 });
    assert_eq!(says(&story, alice()), Carrying::BalanceWasHelped { was_helped: 2 });
    assert_eq!(says(&story, carol()), Carrying::BalanceNone {});
    // What she has of his offer is given too.
    let offer = story.post(alice(), vegetables());
    helps(&mut story, offer, How::Happened);
    assert_eq!(says(&story, bob()), Carrying::Balance { helped: 2, was_helped: 1 });
    story.later(5 * 7 * 24);
    assert_eq!(says(&story, bob()), Carrying::BalanceNone {}, "it is over, and nobody adds it up");
}
