//! A whole rota proposed at once.
#![cfg(test)]

mod story;

use std::collections::{BTreeMap, BTreeSet};

use closeknit_domain::{
    Category, Level, Shown, Weekly, hours,
    rota::{Filled, Missing, Room, Turn, Why, Willing, Wishes, propose},
};
use closeknit_ids::MemberId;
use proptest::{collection::vec, option, prelude::*};
use story::{Story, alice, bob, carol, dave, lift, madrid, window};

/// Evening meals, an hour each, on these days of December 2026 (the 7th is a Monday).
fn meals(days: &[u8]) -> Vec<Turn> {
    let turn = |day: &u8| Turn {
        window: window(&format!("2026-12-{day:02}T17:30"), &format!("2026-12-{day:02}T18:30")),
        wanted: 1,
    };
    days.iter().map(turn).collect()
}

fn with(member: MemberId, minutes: u32) -> Willing<'static> {
    Willing { member, weekly: None, days: None, room: Room::Minutes(minutes), carried: Vec::new() }
}

fn going(rota: &[Filled]) -> Vec<Vec<MemberId>> {
    rota.iter().map(|turn| turn.going.iter().map(|(member, _)| *member).collect()).collect()
}

#[test]
fn a_meal_train_is_shared_out_by_who_has_most_room() {
    let willing = [with(bob(), 180), with(carol(), 120)];
    let rota = propose(&meals(&[7, 9, 11]), &willing, &Wishes::default(), &madrid());
    assert_eq!(going(&rota)[0], [bob()], "three hours are more than two");
    let each: BTreeMap<MemberId, usize> =
        going(&rota).concat().into_iter().fold(BTreeMap::new(), |mut sum, member| {
            *sum.entry(member).or_default() += 1;
            sum
        });
    assert_eq!(each, BTreeMap::from([(bob(), 2), (carol(), 1)]));
    assert_eq!(rota[0].going[0].1, Why::MostRoom { of: 2 });
    assert_eq!(rota[0].says()[0].id(), "rota-most-room");
}

#[test]
fn nobody_is_asked_for_more_than_their_week_has_and_a_new_week_is_new() {
    let willing = [with(bob(), 60)];
    let rota = propose(&meals(&[7, 9, 14]), &willing, &Wishes::default(), &madrid());
    assert_eq!(going(&rota), [vec![bob()], vec![], vec![bob()]]);
    assert_eq!(rota[1].missing, Some((1, Missing::AllFull)));
    assert_eq!(rota[0].going[0].1, Why::NobodyElse);
}

#[test]
fn what_somebody_carries_already_counts() {
    let mut story = Story::new();
    let post = closeknit_domain::Post {
        when: closeknit_domain::When::Once(window("2026-12-07T18:00", "2026-12-07T20:00")),
        ..lift()
    };
    let need = story.post(alice(), post);
    let promise = story.promise(bob(), need, 1);
    story.answer(promise, closeknit_domain::Verdict::Accept);
    let carried = hours::carried(&story.known(), &story.board(), bob());
    let busy = Willing { carried, ..with(bob(), 180) };
    let rota = propose(&meals(&[7, 9, 11]), &[busy], &Wishes::default(), &madrid());
    assert_eq!(
        going(&rota),
        [vec![], vec![bob()], vec![]],
        "elsewhere on Monday, and two of three hours gone"
    );
}

#[test]
fn the_hardest_time_is_filled_first() {
    let monday = Weekly::parse("mon 17-19").unwrap();
    let willing = [Willing { weekly: Some(&monday), ..with(bob(), 60) }, with(carol(), 60)];
    // Carol could go on Monday too, but then nobody could on Tuesday.
    let rota = propose(&meals(&[7, 8]), &willing, &Wishes::default(), &madrid());
    assert_eq!(going(&rota), [vec![bob()], vec![carol()]]);
    let rota = propose(
        &meals(&[7, 8, 12]),
        &[Willing { weekly: Some(&monday), ..with(bob(), 600) }],
        &Wishes::default(),
        &madrid(),
    );
    assert_eq!(rota[1].missing, Some((1, Missing::NobodyFree)));
}

#[test]
fn pins_are_kept_and_forbidden_pairs_too() {
    let turns = meals(&[7, 7, 9]);
    let wishes = Wishes {
        pinned: [(0, bob()), (1, bob()), (2, dave())].into(),
        forbidden: [(0, carol()), (1, carol()), (2, bob())].into(),
    };
    let rota = propose(&turns, &[with(bob(), 60), with(carol(), 600)], &wishes, &madrid());
    assert_eq!(going(&rota), [vec![bob()], vec![bob()], vec![dave()]]);
    assert_eq!(rota[0].going[0].1, Why::Pinned { over: false, elsewhere: false });
    assert_eq!(rota[1].going[0].1, Why::Pinned { over: true, elsewhere: true });
    assert_eq!(rota[1].says()[0].id(), "rota-pinned-elsewhere");
    let rota =
        propose(&turns, &[with(carol(), 600)], &Wishes { pinned: BTreeSet::new(), ..wishes }, &madrid());
    assert_eq!(going(&rota), [vec![], vec![], vec![carol()]]);
}

#[test]
fn of_a_neighbour_only_what_they_show_is_used() {
    let week = |monday| {
        Shown::new([(
            Category::FoodMeal,
            [monday, Level::Some, Level::None, Level::Some, Level::None, Level::None, Level::None],
        )])
    };
    let (some, plenty) = (week(Level::Some), week(Level::Plenty));
    let showing = |shown| Willing::showing(bob(), shown, Category::FoodMeal, Vec::new()).unwrap();
    let turns = meals(&[7, 8, 9, 10]);
    let asked =
        |shown| going(&propose(&turns, &[showing(shown)], &Wishes::default(), &madrid())).concat().len();
    assert_eq!((asked(&some), asked(&plenty)), (1, 3), "not on Wednesday, of which they show none");
    assert_eq!(Willing::showing(bob(), &some, Category::Pet, Vec::new()), None);
}

fn member(number: u8) -> MemberId {
    MemberId([number; 32])
}

proptest! {
    /// Whatever is wanted and whoever is willing: pins are kept, forbidden pairs too, nobody is over their cap or
    /// in two places at once but by a pin, and no turn stays empty for which somebody has room.
    #[test]
    fn a_rota_is_fair_to_everybody(
        turns in vec((1..21_u8, 8..20_u8, 1..4_u8, 1..4_u16), 1..12),
        willing in vec((0..6_u32, option::of(0..3_usize), any::<bool>()), 0..7),
        pinned in vec((0..12_usize, 0..8_u8), 0..4),
        forbidden in vec((0..12_usize, 0..8_u8), 0..6),
    ) {
        let turns: Vec<Turn> = turns.iter().map(|&(day, hour, long, wanted)| {
            let at = |hour| format!("2026-12-{day:02}T{hour:02}:00");
            Turn { window: window(&at(hour), &at(hour + long)), wanted }
        }).collect();
        let weeks = ["weekdays", "mon-sat 8-14", "every day 12-22"].map(|text| Weekly::parse(text).unwrap());
        let willing: Vec<Willing<'_>> = willing.iter().zip(0..).map(|(&(room, weekly, times), number)| Willing {
            weekly: weekly.map(|number| &weeks[number]),
            room: if times { Room::Times(room) } else { Room::Minutes(room * 60) },
            ..with(member(number), 0)
        }).collect();
        let pairs = |list: &[(usize, u8)]| list.iter().map(|&(turn, number)| (turn, member(number))).collect();
        let wishes = Wishes { pinned: pairs(&pinned), forbidden: pairs(&forbidden) };
        let rota = propose(&turns, &willing, &wishes, &madrid());

        let mut turned = willing.clone();
        turned.reverse();
        prop_assert_eq!(&propose(&turns, &turned, &wishes, &madrid()), &rota, "in whatever order");
        prop_assert_eq!(rota.len(), turns.len());
        let is_pinned = |number: usize, member: MemberId| wishes.pinned.contains(&(number, member));
        for (number, pin) in wishes.pinned.iter().filter(|(number, _)| *number < turns.len()) {
            prop_assert!(rota[*number].going.iter().any(|(member, _)| member == pin), "pins are kept");
        }
        let meets = |a: &Turn, b: &Turn| a.window.begins() < b.window.ends() && b.window.begins() < a.window.ends();
        let week = |turn: &Turn| hours::week(turn.window.begins(), &madrid());
        for (number, (turn, filled)) in turns.iter().zip(&rota).enumerate() {
            let missing = filled.missing.map_or(0, |(missing, _)| missing);
            let chosen = filled.going.iter().filter(|(member, _)| !is_pinned(number, *member));
            for (member, _) in chosen.clone() {
                prop_assert!(!wishes.forbidden.contains(&(number, *member)));
                for (other, there) in turns.iter().zip(&rota).enumerate().filter(|(other, _)| *other != number).map(|(_, both)| both) {
                    let both = there.going.iter().any(|(one, _)| one == member);
                    prop_assert!(!both || !meets(turn, other), "in two places at once");
                }
            }
            prop_assert!(chosen.count() == 0 || filled.going.len() <= usize::from(turn.wanted), "no more than wanted");
            prop_assert!(filled.going.len() + usize::from(missing) >= usize::from(turn.wanted));
        }
        for one in &willing {
            let on: Vec<usize> = (0..turns.len()).filter(|&number| rota[number].going.iter().any(|(who, _)| *who == one.member)).collect();
            for &number in &on {
                let this_week = || on.iter().copied().filter(|other| week(&turns[*other]) == week(&turns[number]));
                let minutes = |number: usize| (turns[number].window.ends().as_second() - turns[number].window.begins().as_second()) / 60;
                let held: i64 = match one.room {
                    Room::Minutes(_) => this_week().map(minutes).sum(),
                    Room::Times(_) => i64::try_from(this_week().count()).unwrap(),
                };
                let (Room::Minutes(most) | Room::Times(most)) = one.room;
                prop_assert!(held <= i64::from(most) || this_week().all(|number| is_pinned(number, one.member)), "over their cap");
            }
            // Whoever has room is not left out of a turn that nobody fills.
            for (number, filled) in rota.iter().enumerate().filter(|(number, filled)| filled.missing.is_some() && !on.contains(number)) {
                let turn = &turns[number];
                let free = one.weekly.is_none_or(|weekly| weekly.covers(&turn.window, &madrid()))
                    && !wishes.forbidden.contains(&(number, one.member))
                    && !on.iter().any(|other| meets(turn, &turns[*other]));
                let this_week = on.iter().filter(|other| week(&turns[**other]) == week(turn));
                let minutes = |turn: &Turn| u32::try_from((turn.window.ends().as_second() - turn.window.begins().as_second()) / 60).unwrap();
                let fits = match one.room {
                    Room::Minutes(most) => this_week.map(|number| minutes(&turns[*number])).sum::<u32>() + minutes(turn) <= most,
                    Room::Times(most) => u32::try_from(this_week.count()).unwrap() < most,
                };
                prop_assert!(!(free && fits), "{:?} was left out of {number}: {filled:?}", one.member);
            }
        }
    }
}
