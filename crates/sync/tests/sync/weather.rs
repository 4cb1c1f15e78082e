//! Whatever happens on the way: once connections hold, everyone has the same.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use closeknit_sync::Limits;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};

use crate::village::{
    ALICE, BOB, CAROL, DAVE, LineState, Village, founding,
    shelf::{Says, Shelf, device},
};

/// Alice's second machine.
const LAPTOP: usize = 4;
const MACHINES: usize = 5;

/// One thing that happens. Numbers are taken modulo whatever there is.
#[derive(Debug, Clone)]
enum Act {
    Write { machine: usize, size: usize },
    Note { machine: usize },
    BeginAnew { machine: usize },
    Remove { by: usize },
    Connect { dialler: usize, listener: usize },
    Cut { line: usize },
    Deliver { line: usize, end: usize, frames: usize },
    Work { machine: usize },
    Restart { machine: usize },
    Wait { ms: u64 },
}

fn act() -> impl Strategy<Value = Act> {
    let machine = 0..MACHINES;
    let size = prop_oneof![12 => 1..300_usize, 1 => 16_000..17_000_usize];
    prop_oneof![
        8 => (machine.clone(), size).prop_map(|(machine, size)| Act::Write { machine, size }),
        2 => machine.clone().prop_map(|machine| Act::Note { machine }),
        1 => prop_oneof![Just(ALICE), Just(LAPTOP), Just(BOB)].prop_map(|machine| Act::BeginAnew { machine }),
        1 => (0..3_usize).prop_map(|by| Act::Remove { by }),
        6 => (machine.clone(), machine.clone()).prop_map(|(dialler, listener)| Act::Connect { dialler, listener }),
        2 => any::<usize>().prop_map(|line| Act::Cut { line }),
        40 => (any::<usize>(), 0..2_usize, 1..6_usize)
            .prop_map(|(line, end, frames)| Act::Deliver { line, end, frames }),
        15 => machine.clone().prop_map(|machine| Act::Work { machine }),
        1 => machine.prop_map(|machine| Act::Restart { machine }),
        2 => prop_oneof![Just(1_000), Just(70_000), Just(310_000)].prop_map(|ms| Act::Wait { ms }),
    ]
}

/// How often each thing that is worth testing has happened.
static SEEN: Mutex<BTreeMap<&str, usize>> = Mutex::new(BTreeMap::new());

fn seen(what: &'static str, happened: bool) {
    let mut counts = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    *counts.entry(what).or_default() += usize::from(happened);
}

fn village(strangers: bool) -> Village {
    let mut village = if strangers { Village::of_strangers(4) } else { Village::of(4) };
    let laptop = device(100);
    let admit = village.shelf(ALICE).state(Says::Admit(laptop, 0));
    let admit = closeknit_sync::Holdings::statement(village.shelf(ALICE), admit).unwrap();
    let mut shelf = Shelf::new(laptop, 0);
    let known = if strangers { 2 } else { 5 };
    shelf.hear_statements(&founding(4)[..known]);
    shelf.hear_statements(&[admit]);
    village.add(shelf, Limits::default());
    // So that short posts, too, come in many pieces.
    village.machines.iter_mut().for_each(|machine| machine.shelf.longest_answer = 500);
    village
}

fn happen(village: &mut Village, act: &Act, removed: &mut bool) {
    match *act {
        Act::Write { machine, size } => {
            let text: Vec<u8> = (0..size).map(|n| u8::try_from((n * n / 7) % 251).unwrap()).collect();
            village.write(machine, &text);
        }
        Act::Note { machine } => village.state(machine, Says::Note(vec![1; 200])),
        Act::BeginAnew { machine } => village.begin_anew(machine),
        Act::Remove { by } if !*removed => {
            *removed = true;
            village.state(by, Says::Remove(3));
        }
        Act::Remove { .. } => {}
        Act::Connect { dialler, listener } if dialler != listener => {
            let pair =
                |line: &crate::village::Line| line.state == LineState::Up && line.ends == [listener, dialler];
            seen("both have dialled", village.lines.iter().any(pair));
            _ = village.connect(dialler, listener);
        }
        Act::Connect { .. } => {}
        Act::Cut { line } if !village.lines.is_empty() => {
            let line = line % village.lines.len();
            let lost = village.lines[line].queues.iter().any(|queue| !queue.is_empty());
            seen("a frame is lost with its connection", lost);
            village.cut(line);
        }
        Act::Deliver { line, end, frames } if !village.lines.is_empty() => {
            let line = line % village.lines.len();
            (0..frames).for_each(|_| _ = village.deliver(line, end));
        }
        Act::Cut { .. } | Act::Deliver { .. } => {}
        Act::Work { machine } => _ = village.work(machine),
        Act::Restart { machine } => {
            seen("a machine stops with work undone", !village.machines[machine].jobs.is_empty());
            village.restart(machine);
        }
        Act::Wait { ms } => village.pass(ms),
    }
}

/// The storm is over: machines stay connected, and everything arrives, in any order.
fn calm(village: &mut Village, order: &[usize]) -> Vec<usize> {
    let staged = village.machines.iter().any(|machine| machine.shelf.staged() > 0);
    seen("changes are staged when calm comes", staged);
    (0..village.lines.len()).for_each(|line| village.cut(line));
    let pairs = [(ALICE, BOB), (CAROL, BOB), (LAPTOP, CAROL), (LAPTOP, ALICE), (DAVE, ALICE)];
    let lines = pairs.map(|(dialler, listener)| village.connect(dialler, listener));
    let (first, second) = order.split_at(order.len() / 2);
    village.shuffle(&lines, first);
    for machine in [ALICE, BOB, LAPTOP] {
        village.write(machine, &[1; 100]);
        village.state(machine, Says::Note(vec![2; 100]));
    }
    village.shuffle(&lines, second);
    village.settle();
    lines.to_vec()
}

fn everyone_is_equal(acts: &[Act], order: &[usize], strangers: bool) -> Result<(), TestCaseError> {
    let mut village = village(strangers);
    let mut removed = false;
    for act in acts {
        happen(&mut village, act, &mut removed);
    }
    seen("somebody is removed", removed);
    let with_lines =
        village.lines.iter().any(|line| line.state == LineState::Up && line.ends.contains(&DAVE));
    seen("somebody is removed while connected", removed && with_lines);
    let different = !village.same(ALICE, CAROL);
    seen("machines differ when calm comes", different);
    let lines = calm(&mut village, order);
    let others = if removed { vec![BOB, CAROL, LAPTOP] } else { vec![BOB, CAROL, LAPTOP, DAVE] };
    for other in others {
        prop_assert!(village.same(ALICE, other), "alice and {other} differ");
        prop_assert_eq!(village.machines[other].shelf.staged(), 0);
        prop_assert_eq!(village.machines[other].shelf.statements_waiting(), 0);
    }
    for line in &lines[..if removed { 4 } else { 5 }] {
        prop_assert!(village.is_equal(*line), "{:?}", village.agreement(*line));
    }
    prop_assert!(!removed || !village.is_up(lines[4]));
    prop_assert!(village.shunned.is_empty(), "nobody did anything wrong");
    let struck = village.lines.iter().flat_map(|line| line.endings);
    prop_assert!(!struck.flatten().any(|why| why == closeknit_sync::Ending::BrokenFraming));
    Ok(())
}

#[test]
fn once_connections_hold_everyone_has_the_same() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    runner
        .run(
            &(vec(act(), 20..200), vec(0..1_000_usize, 0..300), any::<bool>()),
            |(acts, order, strangers)| everyone_is_equal(&acts, &order, strangers),
        )
        .unwrap();
    let seen = SEEN.lock().unwrap();
    println!("{seen:?}");
    assert!(seen.values().all(|count| *count > 0), "never happened: {seen:?}");
}

/// Everything that can be exchanged, from both sides.
fn two_who_differ(strangers: bool) -> Village {
    let mut village = if strangers { Village::of_strangers(2) } else { Village::of(2) };
    village.machines.iter_mut().for_each(|machine| machine.shelf.longest_answer = 500);
    for n in 0..6 {
        village.shelf(ALICE).write(&[n; 300]);
        village.shelf(BOB).write(&[n; 200]);
        village.shelf(BOB).state(Says::Note(vec![n; 100]));
    }
    village
}

#[test]
fn wherever_the_connection_breaks_the_next_one_completes() {
    for strangers in [false, true] {
        let mut frames = 0;
        loop {
            let mut village = two_who_differ(strangers);
            let line = village.connect(ALICE, BOB);
            let mut delivered = 0;
            while delivered < frames && (village.deliver(line, 1) || village.deliver(line, 0)) {
                delivered += 1;
                while village.work(ALICE) | village.work(BOB) {}
            }
            let whole = village.is_equal(line);
            village.cut(line);
            let line = village.connect(BOB, ALICE);
            village.settle();
            assert!(village.is_equal(line) && village.same(ALICE, BOB), "broken after {frames} frames");
            if whole {
                break;
            }
            frames += 1;
        }
        assert!(frames > 20, "{frames}");
    }
}
