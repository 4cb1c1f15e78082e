//! The load is spread, and whoever asks twice hears the same.

use closeknit_domain::{Capacity, Category, Level, Post, Profile, Record, Verdict};
use closeknit_ids::MemberId;
use proptest::{collection::vec, prelude::*};

use crate::{
    Seeker, any_time, at_time, millrace,
    people::{names, people, shows},
    place, profile,
    story::{Story, alice, bob, carol, dave, lift, window},
};

#[test]
fn among_equals_the_one_with_most_to_give_comes_first() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    shows(&mut story, bob(), Category::Ride, Level::Some);
    shows(&mut story, carol(), Category::Ride, Level::Plenty);
    shows(&mut story, dave(), Category::Ride, Level::Some);
    assert_eq!(names(&story, need)[0], carol());
    // Then who carries least.
    let other = story.post(alice(), any_time(lift()));
    let second = names(&story, need)[1];
    let promise = story.promise(second, other, 1);
    story.answer(promise, Verdict::Accept);
    assert_eq!(names(&story, need)[2], second);
}

#[test]
fn the_last_resort_is_even() {
    let mut story = Story::new();
    let members: Vec<_> = (1..=4_u8).map(|i| MemberId([i; 32])).collect();
    for &member in &members {
        shows(&mut story, member, Category::Ride, Level::Some);
    }
    let mut first = std::collections::BTreeMap::<MemberId, usize>::new();
    for _ in 0..80 {
        let need = story.post(alice(), lift());
        *first.entry(names(&story, need)[0]).or_default() += 1;
    }
    assert!(members.iter().all(|member| first.get(member).is_some_and(|times| *times > 5)), "{first:?}");
}

proptest! {
    /// Whatever Bob can do and whatever is needed: nothing is suggested that he cannot, and everything that he
    /// likes and can.
    #[test]
    fn only_what_he_can_and_all_that_he_likes(
        needs in vec((0..20_usize, 0..7_i8, 0..23_i8, 0..4_usize), 1..10),
        (will_not, likes) in (vec(0..20_usize, 0..4), vec(0..20_usize, 0..4)),
        radius in 0..30_u16,
        cap in 1..4_u8,
        free in (0..7_i8, 0..20_i8, 1..4_i8),
    ) {
        const AREAS: [&str; 4] = ["Tannery Row", "Bridge End", "Station Side", "Nowhere"];
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let (mut story, distances) = (Story::new(), millrace());
        story.write(bob(), Record::Profile(Profile { area: Some(place("Tannery Row")), ..profile("Bob") }));
        let posts: Vec<_> = needs.iter().map(|&(category, day, hour, area)| {
            let at = |hour| format!("2026-12-{:02}T{hour:02}:00", 7 + day);
            let time = window(&at(hour), &at(hour + 1));
            let post = Post { place: Some(place(AREAS[area])), category: Category::ALL[category], ..at_time(time, lift()) };
            story.post(alice(), post)
        }).collect();
        let of = |list: &[usize]| list.iter().map(|&category| Category::ALL[category]).collect::<Vec<_>>();
        let capacity = Capacity {
            hours: Some(cap), radius_minutes: Some(radius), can: of(&likes), will_not: of(&will_not), ..Capacity::default()
        };
        let (day, from, long) = free;
        let seeker = Seeker { capacity, ..Seeker::free(&format!("{} {from}-{}", days[usize::try_from(day).unwrap()], from + long)) };
        let found: Vec<_> = seeker.finds(&story).into_iter().map(|(post, _)| post).collect();
        for (&post, &(category, need_day, hour, area)) in posts.iter().zip(&needs) {
            let far = distances.between(&place(AREAS[area]), &place("Tannery Row")).is_some_and(|way| way > radius);
            let in_time = need_day == day && (from..from + long).contains(&hour);
            let can = in_time && !far && !will_not.contains(&category);
            prop_assert!(can || !found.contains(&post));
            prop_assert!(!can || !likes.contains(&category) || found.contains(&post));
        }
    }

    /// Members show what they will in whatever order it arrives: the same people for the same reasons, nobody
    /// without a reason, and nobody who shows nothing on that day.
    #[test]
    fn whoever_asks_hears_the_same(levels in vec((0..6_u8, 0..3_usize), 0..12), turn in 0..12_usize) {
        let write = |levels: &[(u8, usize)]| {
            let mut story = Story::new();
            let need = story.post(alice(), lift());
            let mut told = std::collections::BTreeMap::new();
            for (member, level) in levels {
                told.entry(MemberId([*member; 32])).or_insert(Level::ALL[*level]);
            }
            (story, need, told)
        };
        let (mut story, need, told) = write(&levels);
        let (mut other, _, _) = write(&levels);
        for (&member, &level) in &told {
            shows(&mut story, member, Category::Ride, level);
        }
        let mut turned: Vec<_> = told.iter().collect();
        turned.rotate_left(turn.min(told.len()));
        for (&member, &level) in turned {
            shows(&mut other, member, Category::Ride, level);
        }
        let found = people(&story, need);
        prop_assert_eq!(&found, &people(&other, need));
        for (member, reasons) in &found {
            prop_assert!(!reasons.is_empty());
            prop_assert!(told[member] > Level::None);
        }
        prop_assert_eq!(found.len(), told.values().filter(|level| **level > Level::None).count());
    }
}
