//! Properties of the fold over generated circles (trust-and-sync, *The fold*).

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use closeknit_ids::{ChangeHash, MemberId};
use closeknit_trust::{
    circle::doc_id,
    ledger::{Ledger, Outcome, Refusal, Room},
    roster::{Roster, Standing},
    statement::{Body, Statement},
};
use proptest::{prelude::*, test_runner::TestRunner};

use crate::support::{
    naive::{Naive, Rules},
    scene::{Scene, Without, script, unknown},
    *,
};

/// How often each interesting thing happened.
#[derive(Default)]
struct Seen(RefCell<BTreeMap<&'static str, usize>>);

impl Seen {
    fn count(&self, what: &'static str, happened: bool) {
        *self.0.borrow_mut().entry(what).or_default() += usize::from(happened);
    }

    fn all_happened(self) {
        let seen = self.0.into_inner();
        println!("{seen:?}");
        assert!(seen.values().all(|times| *times > 0), "never happened: {seen:?}");
    }
}

/// Checks properties over many scenes, and that what they are about did happen.
fn for_all_scenes(without: Without, check: impl Fn(Scene, &Seen) -> Result<(), TestCaseError>) {
    let seen = Seen::default();
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() });
    let run =
        runner.run(&script(), |(neighbours, steps)| check(Scene::play(neighbours, &steps, without), &seen));
    if let Err(error) = run {
        panic!("{error}");
    }
    seen.all_happened();
}

fn who(roster: &Roster, which: impl Fn(&closeknit_trust::roster::Member) -> bool) -> BTreeSet<MemberId> {
    roster.members().filter(|member| which(member)).map(|member| member.id).collect()
}

fn voters(roster: &Roster) -> BTreeSet<MemberId> {
    who(roster, |member| member.voter)
}

fn removed(roster: &Roster) -> BTreeSet<MemberId> {
    who(roster, |member| member.standing == Standing::Removed)
}

fn active(roster: &Roster) -> BTreeSet<MemberId> {
    who(roster, |member| member.standing == Standing::Active)
}

fn machines(roster: &Roster, dropped_only: bool) -> BTreeSet<(closeknit_ids::DeviceId, MemberId)> {
    let all = roster.members().flat_map(|member| roster.machines_of(member.id));
    all.filter(|machine| machine.dropped || !dropped_only)
        .map(|machine| (machine.device, machine.member))
        .collect()
}

fn generations(roster: &Roster) -> BTreeMap<MemberId, BTreeSet<(u32, ChangeHash)>> {
    let lineage = |member: MemberId| {
        let lineage = roster.lineage(doc_id(cast().circle(), member))?;
        let counting: BTreeSet<_> =
            lineage.counting().iter().map(|counted| (counted.n, counted.base)).collect();
        (!counting.is_empty()).then_some((member, counting))
    };
    roster.members().filter_map(|member| lineage(member.id)).collect()
}

#[test]
fn in_any_circle() {
    for_all_scenes(Without::default(), |mut scene, seen| {
        the_fold_does_what_the_rules_say_word_for_word(&scene, seen)?;
        order_and_duplicates_change_neither_set_nor_roster(&scene, seen)?;
        what_is_unknown_garbled_or_altered_changes_nothing(&mut scene)?;
        what_another_circle_says_changes_nothing(&mut scene)
    });
}

#[test]
fn in_a_circle_without_drops() {
    for_all_scenes(Without { drops: true, ..Without::default() }, |mut scene, seen| {
        votes_removals_and_voided_admissions_only_grow(&scene, seen)?;
        a_drop_never_changes_a_vote(&mut scene, seen)
    });
}

#[test]
fn one_voter_and_any_number_of_others_decide_nothing() {
    for_all_scenes(Without { other_voters: true, ..Without::default() }, |scene, seen| {
        let roster = roster(&scene.ledger);
        prop_assert_eq!(voters(&roster), cast().ids(&[ALICE, BOB]));
        prop_assert_eq!(removed(&roster), BTreeSet::new());
        prop_assert!(roster.void_admissions().is_empty());
        let said = |kind: fn(&Body) -> bool| scene.ledger.iter().any(|statement| kind(statement.body()));
        seen.count("somebody voted for removal", said(|body| matches!(body, Body::Remove(_))));
        seen.count("somebody vouched", said(|body| matches!(body, Body::Vouch(_))));
        seen.count("a vouch of the one voter counted", roster.members().any(|m| m.vouched_by.len() == 1));
        seen.count("somebody was admitted", active(&roster).len() > 2);
        Ok(())
    });
}

fn the_fold_does_what_the_rules_say_word_for_word(scene: &Scene, seen: &Seen) -> Result<(), TestCaseError> {
    let roster = roster(&scene.ledger);
    let naive = Rules::new(scene.ledger.iter()).naive();
    let found = Naive {
        voters: voters(&roster),
        removed: removed(&roster),
        left: who(&roster, |member| member.standing == Standing::Left),
        active: active(&roster),
        void: roster.void_admissions().clone(),
        machines: machines(&roster, false),
        dropped: machines(&roster, true),
        generations: generations(&roster),
    };
    prop_assert_eq!(&found, &naive);
    count_what_happened(scene, &roster, &naive, seen);
    Ok(())
}

fn count_what_happened(scene: &Scene, roster: &Roster, naive: &Naive, seen: &Seen) {
    let parish = cast()[PARISH].id();
    let lineages = naive.generations.values();
    let races = |generations: &BTreeSet<(u32, ChangeHash)>| {
        let numbers: BTreeSet<u32> = generations.iter().map(|(n, _)| *n).collect();
        numbers.len() < generations.len()
    };
    let enrolled: BTreeSet<_> = scene.ledger.iter().filter_map(enrolled).collect();
    let said = |kind: fn(&Body) -> bool| scene.ledger.iter().any(|statement| kind(statement.body()));
    seen.count("a key was copied", scene.ledger.forks().next().is_some());
    seen.count("a newcomer got a vote", naive.voters.len() > 2);
    seen.count("somebody was removed", !naive.removed.is_empty());
    seen.count("a founder was removed", !naive.removed.is_disjoint(&cast().ids(&[ALICE, BOB])));
    seen.count("somebody left", !naive.left.is_empty());
    seen.count("a case voided an admission", !naive.void.is_empty());
    seen.count("a machine was dropped", !naive.dropped.is_empty());
    seen.count("a drop voided an enrolment", naive.machines.len() < enrolled.len());
    seen.count(
        "an organisation was vouched for",
        roster.member(parish).is_some_and(|p| p.vouched_by.len() >= 2),
    );
    seen.count(
        "a stranger enrolled themselves",
        roster.members().any(|m| m.standing == Standing::NotAdmitted),
    );
    seen.count("a generation counted", !naive.generations.is_empty());
    seen.count("a third generation counted", lineages.clone().flatten().any(|(n, _)| *n == 3));
    seen.count("two generations raced", lineages.clone().any(races));
    seen.count("an unknown kind was said", said(|body| matches!(body, Body::Unknown { kind: 900, .. })));
    seen.count("a known kind was garbled", said(|body| matches!(body, Body::Unknown { kind: 5, .. })));
}

fn enrolled(statement: &Statement) -> Option<(closeknit_ids::DeviceId, MemberId)> {
    match statement.body() {
        Body::Enrol(enrol) => Some((enrol.machine.device, statement.member())),
        _ => None,
    }
}

fn order_and_duplicates_change_neither_set_nor_roster(
    scene: &Scene,
    seen: &Seen,
) -> Result<(), TestCaseError> {
    let (mut ledger, mut room) = (Ledger::new(cast().circle()), Room::default());
    let mut waited = false;
    for statement in shuffled(&scene.statements()) {
        let offered = room.offer(statement, &mut ledger);
        prop_assert!(offered.refused.is_empty() && !offered.full);
        waited |= !room.is_empty();
    }
    prop_assert!(room.is_empty());
    let ids = |ledger: &Ledger| ledger.iter().map(Statement::id).collect::<BTreeSet<_>>();
    prop_assert_eq!(ids(&ledger), ids(&scene.ledger));
    prop_assert_eq!(roster(&ledger), roster(&scene.ledger));
    prop_assert_eq!(ledger.forks().collect::<Vec<_>>(), scene.ledger.forks().collect::<Vec<_>>());
    seen.count("a statement came before its past", waited);
    Ok(())
}

fn what_is_unknown_garbled_or_altered_changes_nothing(scene: &mut Scene) -> Result<(), TestCaseError> {
    let before = roster(&scene.ledger);
    for seed in [2, 3] {
        say(&mut scene.ledger, cast()[ALICE].words_pen(), &unknown(seed));
    }
    prop_assert_eq!(&roster(&scene.ledger), &before);
    let last = scene.statements().pop().unwrap();
    let places = scene.ledger.len() * 31 % last.bytes().len();
    let mut altered = last.bytes().to_vec();
    altered[places] ^= 1 << (scene.ledger.len() % 8);
    prop_assert!(Statement::parse(&altered).is_err(), "byte {} of {:?}", places, last);
    Ok(())
}

/// The same neighbours with the same keys, in a circle of two others of them.
fn what_another_circle_says_changes_nothing(scene: &mut Scene) -> Result<(), TestCaseError> {
    let before = (scene.ledger.len(), roster(&scene.ledger));
    let found = found(&cast()[CAROL], &cast()[DAVE]);
    let mut other = Ledger::new(found.circle());
    other.insert(found.clone());
    let vote = other.write(cast()[CAROL].words_pen(), &remove_body(ALICE, None)).unwrap();
    for foreign in [found, vote] {
        prop_assert_eq!(scene.ledger.insert(foreign), Outcome::Refused(Refusal::OtherCircle));
    }
    prop_assert_eq!((scene.ledger.len(), roster(&scene.ledger)), before);
    Ok(())
}

fn votes_removals_and_voided_admissions_only_grow(scene: &Scene, seen: &Seen) -> Result<(), TestCaseError> {
    let mut ledger = Ledger::new(cast().circle());
    let mut before = Roster::default();
    for (place, statement) in scene.statements().into_iter().enumerate() {
        ledger.insert(statement);
        if place % 10 == 0 {
            let now = roster(&ledger);
            prop_assert!(voters(&before).is_subset(&voters(&now)));
            prop_assert!(removed(&before).is_subset(&removed(&now)));
            prop_assert!(before.void_admissions().is_subset(now.void_admissions()));
            before = now;
        }
    }
    seen.count("a newcomer got a vote", voters(&before).len() > 2);
    seen.count("somebody was removed", !removed(&before).is_empty());
    seen.count("a case voided an admission", !before.void_admissions().is_empty());
    Ok(())
}

fn a_drop_never_changes_a_vote(scene: &mut Scene, seen: &Seen) -> Result<(), TestCaseError> {
    let before = roster(&scene.ledger);
    for owner in 0..scene.neighbours() {
        // From what its owner knew at the very beginning, so that it voids all it can.
        let drop = begun().write(cast()[owner].words_pen(), &drop_body(owner, 0, vec![])).unwrap();
        scene.ledger.insert(drop);
    }
    let after = roster(&scene.ledger);
    prop_assert_eq!(voters(&before), voters(&after));
    prop_assert_eq!(removed(&before), removed(&after));
    seen.count("an admission stopped counting", active(&after).len() < active(&before).len());
    seen.count("a generation was voided", generations(&after) != generations(&before));
    seen.count("an enrolment was voided", machines(&after, false) != machines(&before, false));
    Ok(())
}

/// Twice each, in an order that has nothing to do with the one they were said in.
fn shuffled(statements: &[Statement]) -> Vec<Statement> {
    let mut doubled: Vec<Statement> = [statements, statements].concat();
    let seed = statements.len();
    doubled.sort_by_key(|statement| (statement.id().0[seed % 32], statement.id().0[(seed + 7) % 32]));
    doubled
}
