//! As large as a circle gets on one screen: 500 needs and 200 members.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use closeknit_domain::{
    Capacity, Category, Level, Profile, Record, Verdict, Weekly,
    capacity::{Balance, ResourceMap},
    hours,
    matching::{Around, Own},
};
use closeknit_ids::MemberId;
use jiff::civil::Weekday;

use crate::{
    any_time, at_time, millrace,
    people::shows,
    phrases, place, profile,
    story::{Story, lift, window},
    titled,
};

const AREAS: [&str; 4] = ["Tannery Row", "Bridge End", "Allotment Hill", "Station Side"];

fn member(number: usize) -> MemberId {
    let mut id = [7; 32];
    id[..8].copy_from_slice(&number.to_be_bytes());
    MemberId(id)
}

fn circle() -> Story {
    let mut story = Story::new();
    for i in 0..200 {
        let profile = Profile {
            area: Some(place(AREAS[i % 4])),
            languages: phrases(&["English", ["Spanish", "Swahili", "Arabic"][i % 3]]),
            skills: phrases(&["joinery", "first aid", "listening"]),
            lends: phrases(&["car", "hand truck", "step ladder"]),
            ..profile(&format!("Member {i}"))
        };
        story.write(member(i), Record::Profile(profile));
        shows(&mut story, member(i), Category::ALL[i % 20], Level::Some);
    }
    for i in 0..500 {
        let day = 24 + i % 6;
        let visit = window(&format!("2026-11-{day}T17:30"), &format!("2026-11-{day}T18:30"));
        let post = if i % 3 == 0 { any_time(lift()) } else { at_time(visit, lift()) };
        let post = titled("Carry a wardrobe down two floors, Arabic welcome", Category::ALL[i % 20], post);
        let need =
            story.post(member(i % 200), closeknit_domain::Post { place: Some(place(AREAS[i % 4])), ..post });
        if i % 5 == 0 {
            let promise = story.promise_apart(member((i + 1) % 200), need, 1);
            story.answer(promise, Verdict::StandBy);
        }
    }
    story
}

/// Every need with everybody, both ways, in at most a tenth of a second on a usual machine: five times that is
/// allowed to a busy one, and more without optimisation.
#[test]
fn every_need_with_everybody_is_quick() {
    let story = circle();
    let (known, board, distances) = (story.known(), story.board(), millrace());
    let (nobody, free) = (BTreeSet::new(), Weekly::parse("mon-sat 9-20").unwrap());
    let capacity = Capacity { hours: Some(4), radius_minutes: Some(20), ..Capacity::default() };
    let once = || {
        let start = Instant::now();
        let around = Around::of(&known, &board, &distances);
        let people: usize = board.posts().map(|(need, _)| around.people_for(need, &nobody).len()).sum();
        let one_way = start.elapsed();
        // What is said beside the suggestions.
        let gap = ResourceMap::of(&known, &board).next_gap(Weekday::Thursday);
        let balance = Balance::of(&known, &board, member(1));
        assert!(gap.is_none() && balance == Balance::default(), "{gap:?} and {balance:?}");
        let needs: usize = (0..200)
            .map(|i| {
                let carried = hours::carried(&known, &board, member(i));
                let own = Own {
                    member: member(i),
                    capacity: &capacity,
                    weekly: Some(&free),
                    carried: &carried,
                    excluded: &nobody,
                };
                around.needs_for(&own).len()
            })
            .sum();
        assert!(people > 10_000 && needs > 10_000, "{people} and {needs}");
        (one_way.max(start.elapsed().saturating_sub(one_way)), one_way, start.elapsed())
    };
    let (longer, people, both) = (0..3).map(|_| once()).min().unwrap();
    println!("500 needs × 200 members: people for needs {people:?}, both ways {both:?}");
    let most = if cfg!(debug_assertions) { Duration::from_secs(10) } else { Duration::from_millis(500) };
    assert!(longer < most, "{longer:?}");
}
