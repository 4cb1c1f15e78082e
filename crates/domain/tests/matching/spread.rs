//! The load is spread, and whoever asks twice hears the same.

use closeknit_domain::{Category, Level, Verdict};
use closeknit_ids::MemberId;
use proptest::{collection::vec, prelude::*};

use crate::{
    any_time,
    people::{names, people, shows},
    story::{Story, alice, bob, carol, dave, lift},
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
