//! Showing a stranger's machine that one belongs.

use closeknit_ids::{CircleId, MemberKind};
use closeknit_trust::{
    chain::{self, ChainError, check, prove},
    ledger::Ledger,
    roster::Roster,
    statement::{Body, Enrol, Statement, StatementError, Vouch},
    text::DeviceLabel,
};
use proptest::{prelude::*, test_runner::TestRunner};

use crate::support::{
    scene::{Scene, Without, script},
    *,
};

fn shown(ledger: &Ledger, who: usize, machine: usize) -> Result<Vec<Vec<u8>>, ChainError> {
    let chain = prove(ledger, &roster(ledger), cast()[who].device(machine))?;
    Ok(chain.iter().map(|statement| statement.bytes().to_vec()).collect())
}

fn judged(
    chain: &[Vec<u8>],
    who: usize,
    machine: usize,
    known: &Ledger,
) -> Result<closeknit_ids::MemberId, ChainError> {
    check(cast().circle(), chain, cast()[who].device(machine), &roster(known))
}

fn kinds(chain: &[Vec<u8>]) -> Vec<u16> {
    chain.iter().map(|bytes| Statement::parse(bytes).unwrap().body().kind()).collect()
}

/// Carol was admitted by alice, dave by bob, and neither has heard of the other.
#[test]
fn two_who_never_heard_of_each_other_know_each_other_for_members() {
    let (mut alices, mut bobs) = (begun(), begun());
    welcome(&mut alices, ALICE, CAROL);
    welcome(&mut bobs, BOB, DAVE);
    let (carols, daves) = (shown(&alices, CAROL, 0).unwrap(), shown(&bobs, DAVE, 0).unwrap());
    assert_eq!(judged(&carols, CAROL, 0, &bobs), Ok(cast()[CAROL].id()));
    assert_eq!(judged(&daves, DAVE, 0, &alices), Ok(cast()[DAVE].id()));
    assert_eq!(kinds(&carols), [1, 2, 2, 4], "found, alice's and carol's machine, the admission");
}

#[test]
fn a_chain_is_as_short_as_it_can_be() {
    let mut ledger = begun();
    for newcomer in [CAROL, DAVE, ERIN] {
        welcome(&mut ledger, ALICE, newcomer);
        vouch_both(&mut ledger, newcomer);
    }
    let carol = &cast()[CAROL];
    say(&mut ledger, carol.pen(0), &carol.enrol_by_device(1));
    say(&mut ledger, carol.pen(1), &carol.enrol_by_device(2));
    assert_eq!(kinds(&shown(&ledger, ALICE, 0).unwrap()), [1, 2], "a founder");
    assert_eq!(kinds(&shown(&ledger, CAROL, 2).unwrap()), [1, 2, 2, 4, 2, 2], "her third machine");
}

/// Erin is known to two who are known to the founders; nobody ever admitted her.
#[test]
fn vouches_lead_back_to_the_founders() {
    let mut ledger = begun();
    for newcomer in [CAROL, DAVE] {
        welcome(&mut ledger, ALICE, newcomer);
        vouch_both(&mut ledger, newcomer);
    }
    enrol(&mut ledger, ERIN, 0);
    vouch(&mut ledger, CAROL, ERIN);
    vouch(&mut ledger, DAVE, ERIN);
    let chain = shown(&ledger, ERIN, 0).unwrap();
    assert_eq!(judged(&chain, ERIN, 0, &begun()), Ok(cast()[ERIN].id()));
    assert_eq!(chain.len(), 1 + 5 + 6, "found, five machines, six vouches");
    for missing in 0..chain.len() {
        let mut holed = chain.clone();
        holed.remove(missing);
        assert!(judged(&holed, ERIN, 0, &begun()).is_err(), "without statement {missing}");
    }
}

/// Six who all know each other: among all their words those of the founders show it.
#[test]
fn of_many_words_those_nearest_to_the_founders_are_shown() {
    let mut ledger = begun();
    let all = [CAROL, DAVE, ERIN, FRANK, GRACE];
    for newcomer in all {
        enrol(&mut ledger, newcomer, 0);
        vouch_both(&mut ledger, newcomer);
    }
    for one in all {
        all.into_iter().filter(|other| *other != one).for_each(|other| drop(vouch(&mut ledger, one, other)));
    }
    for one in all {
        let chain = shown(&ledger, one, 0).unwrap();
        assert_eq!(kinds(&chain).len(), 1 + 3 + 2, "found, three machines, the words of alice and bob");
        assert_eq!(judged(&chain, one, 0, &begun()), Ok(cast()[one].id()));
    }
}

/// Erin has her vote by frank's word, so hers cannot show that frank has his, near to alice as she is.
#[test]
fn nobodys_word_is_shown_by_the_word_of_whom_it_made_a_voter() {
    let mut ledger = begun();
    for newcomer in [CAROL, DAVE, GRACE, FRANK, ERIN] {
        enrol(&mut ledger, newcomer, 0);
    }
    vouch_both(&mut ledger, CAROL);
    vouch_both(&mut ledger, DAVE);
    let words = [(CAROL, GRACE), (DAVE, GRACE), (CAROL, FRANK), (GRACE, FRANK)];
    for (by, whom) in words.into_iter().chain([(ALICE, ERIN), (FRANK, ERIN), (ERIN, FRANK)]) {
        vouch(&mut ledger, by, whom);
    }
    for one in [FRANK, ERIN] {
        let chain = shown(&ledger, one, 0).unwrap();
        assert_eq!(judged(&chain, one, 0, &begun()), Ok(cast()[one].id()));
    }
}

/// Frank and grace have no vote when erin gets hers; what they said of her comes first.
#[test]
fn the_words_of_those_without_a_vote_are_in_no_chain() {
    let mut ledger = begun();
    for newcomer in [ERIN, FRANK, GRACE] {
        enrol(&mut ledger, newcomer, 0);
    }
    vouch(&mut ledger, FRANK, ERIN);
    vouch(&mut ledger, GRACE, ERIN);
    vouch_both(&mut ledger, ERIN);
    let chain = shown(&ledger, ERIN, 0).unwrap();
    assert_eq!(judged(&chain, ERIN, 0, &begun()), Ok(cast()[ERIN].id()));
}

/// The parish was known to the two as an organisation at first, and then as a household: only that gives a vote.
#[test]
fn a_word_that_gives_a_vote_is_shown_in_place_of_one_by_the_same_that_does_not() {
    let mut ledger = begun();
    enrol(&mut ledger, PARISH, 0);
    let parish = cast()[PARISH].id();
    for kind in [MemberKind::Organisation, MemberKind::Household, MemberKind::Organisation] {
        for by in [ALICE, BOB] {
            say(&mut ledger, cast()[by].pen(0), &Body::Vouch(Vouch { member: parish, kind }));
        }
    }
    welcome(&mut ledger, PARISH, DAVE);
    for one in [PARISH, DAVE] {
        let chain = shown(&ledger, one, 0).unwrap();
        assert_eq!(judged(&chain, one, 0, &begun()), Ok(cast()[one].id()));
    }
}

/// Each newcomer is known to the two before them and to nobody else, so each chain holds the one before.
#[test]
fn a_chain_that_is_too_long_is_not_shown() {
    let mut ledger = begun();
    let circle = cast().circle();
    let newcomers: Vec<Neighbour> =
        (100..200).map(|seed| Neighbour::new(seed, "newcomer", MemberKind::Person, 1)).collect();
    let mut before = [&cast()[ALICE], &cast()[BOB]];
    let mut longest = 0;
    for (place, newcomer) in newcomers.iter().enumerate() {
        let machine = newcomer.devices[0].machine(circle, newcomer.id(), DeviceLabel::new("mine").unwrap());
        let enrol = Body::Enrol(Enrol::by_words(machine, &newcomer.words, newcomer.nonce));
        say(&mut ledger, newcomer.words_pen(), &enrol);
        for known_to in before {
            let known = Body::Vouch(Vouch { member: newcomer.id(), kind: newcomer.kind });
            say(&mut ledger, known_to.pen(0), &known);
        }
        before = [before[1], newcomer];
        match prove(&ledger, &roster(&ledger), newcomer.device(0)) {
            Ok(chain) => longest = chain.iter().map(|statement| statement.bytes().len()).sum(),
            Err(error) => {
                assert_eq!(error, ChainError::TooLong);
                assert!(longest <= chain::MOST_BYTES && longest > chain::MOST_BYTES - 2048, "{longest}");
                assert!(place > 30, "{place}");
                return;
            }
        }
    }
    panic!("a hundred were not too long");
}

#[test]
fn strangers_and_other_machines_show_nothing() {
    let mut ledger = begun();
    enrol(&mut ledger, CAROL, 0);
    assert_eq!(shown(&ledger, CAROL, 0), Err(ChainError::NotAdmitted));
    vouch(&mut ledger, ALICE, CAROL);
    assert_eq!(shown(&ledger, CAROL, 0), Err(ChainError::NotAdmitted), "one word is not enough");
    assert_eq!(shown(&ledger, DAVE, 0), Err(ChainError::NotEnrolled));
    welcome(&mut ledger, ALICE, DAVE);
    let daves = shown(&ledger, DAVE, 0).unwrap();
    assert_eq!(
        judged(&daves, CAROL, 0, &ledger),
        Err(ChainError::NotEnrolled),
        "dave's chain for carol's machine"
    );
    let elsewhere = check(CircleId([9; 32]), &daves, cast()[DAVE].device(0), &Roster::default());
    assert_eq!(elsewhere, Err(ChainError::OtherCircle));
    assert_eq!(judged(&daves[1..], DAVE, 0, &ledger), Err(ChainError::OtherCircle), "without its beginning");
    assert_eq!(judged(&[], DAVE, 0, &ledger), Err(ChainError::OtherCircle));
}

#[test]
fn an_admission_by_who_has_no_vote_shows_nothing() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, CAROL);
    welcome(&mut ledger, CAROL, DAVE);
    let all: Vec<Vec<u8>> = ledger.iter().map(|statement| statement.bytes().to_vec()).collect();
    assert_eq!(judged(&all, DAVE, 0, &begun()), Err(ChainError::NotAdmitted));
    vouch_both(&mut ledger, CAROL);
    let all: Vec<Vec<u8>> = ledger.iter().map(|statement| statement.bytes().to_vec()).collect();
    assert_eq!(judged(&all, DAVE, 0, &begun()), Ok(cast()[DAVE].id()));
}

#[test]
fn a_chain_is_bounded_and_every_statement_in_it_checked() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, CAROL);
    let chain = shown(&ledger, CAROL, 0).unwrap();
    let mut altered = chain.clone();
    *altered[3].last_mut().unwrap() ^= 1;
    let refused = judged(&altered, CAROL, 0, &ledger);
    assert_eq!(refused, Err(ChainError::Statement(StatementError::FalseSignature)));
    let flood = vec![vec![1; 1024]; chain::MOST_BYTES / 1024 + 1];
    assert_eq!(judged(&flood, CAROL, 0, &ledger), Err(ChainError::TooLong));
    let as_much_as_may_be = &flood[1..];
    assert_ne!(judged(as_much_as_may_be, CAROL, 0, &ledger), Err(ChainError::TooLong));
}

#[test]
fn what_is_known_against_a_member_or_machine_shuts_the_door() {
    let mut ledger = begun();
    for newcomer in [CAROL, DAVE] {
        welcome(&mut ledger, ALICE, newcomer);
        vouch_both(&mut ledger, newcomer);
    }
    let (carols, daves) = (shown(&ledger, CAROL, 0).unwrap(), shown(&ledger, DAVE, 0).unwrap());
    let case = remove(&mut ledger, ALICE, CAROL, None);
    assert_eq!(judged(&carols, CAROL, 0, &ledger), Ok(cast()[CAROL].id()));
    remove(&mut ledger, BOB, CAROL, Some(&case));
    assert_eq!(judged(&carols, CAROL, 0, &ledger), Err(ChainError::Gone));
    drop_by_words(&mut ledger, DAVE, 0);
    assert_eq!(judged(&daves, DAVE, 0, &ledger), Err(ChainError::Dropped));
    say(&mut ledger, cast()[DAVE].words_pen(), &Body::Leave);
    assert_eq!(judged(&daves, DAVE, 0, &ledger), Err(ChainError::Gone));
}

/// Erin was removed, or her machine stolen; whom she lets in afterwards nobody has heard of.
#[test]
fn admissions_by_the_removed_and_the_dropped_open_no_door() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, ERIN);
    vouch_both(&mut ledger, ERIN);
    let mut erins = ledger.clone();
    welcome(&mut erins, ERIN, DAVE);
    let daves = shown(&erins, DAVE, 0).unwrap();
    assert_eq!(judged(&daves, DAVE, 0, &ledger), Ok(cast()[DAVE].id()));
    let mut stolen = ledger.clone();
    drop_by_words(&mut stolen, ERIN, 0);
    assert_eq!(judged(&daves, DAVE, 0, &stolen), Err(ChainError::NotAdmitted));
    let case = remove(&mut ledger, ALICE, ERIN, None);
    remove(&mut ledger, BOB, ERIN, Some(&case));
    assert_eq!(judged(&daves, DAVE, 0, &ledger), Err(ChainError::NotAdmitted));
}

/// A vote counts for ever, so the machine that gave it may be shown although a Drop made its
/// enrolment void.
#[test]
fn votes_of_voided_machines_still_lead_to_the_founders() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, CAROL);
    let bob = &cast()[BOB];
    let mut thiefs = ledger.clone();
    drop_by_words(&mut ledger, BOB, 0);
    say(&mut thiefs, bob.pen(0), &bob.enrol_by_device(1));
    let known = Body::Vouch(Vouch { member: cast()[CAROL].id(), kind: MemberKind::Household });
    say(&mut thiefs, bob.pen(1), &known);
    catch_up(&mut ledger, &thiefs);
    vouch(&mut ledger, ALICE, CAROL);
    welcome(&mut ledger, CAROL, DAVE);
    let daves = shown(&ledger, DAVE, 0).unwrap();
    assert_eq!(judged(&daves, DAVE, 0, &ledger), Ok(cast()[DAVE].id()));
    assert_eq!(shown(&ledger, BOB, 1), Err(ChainError::NotEnrolled));
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: ProptestConfig::default().cases / 4,
        ..ProptestConfig::default()
    })]

    /// Nobody was ever admitted; everybody belongs by the words of others.
    #[test]
    fn whoever_knows_whom_everybody_with_enough_words_can_show_it(
        words in proptest::collection::vec((0..8_usize, 0..8_usize), 16..64),
    ) {
        let mut ledger = begun();
        (CAROL..=GRACE).for_each(|newcomer| drop(enrol(&mut ledger, newcomer, 0)));
        for (by, whom) in words.into_iter().filter(|(by, whom)| by != whom) {
            vouch(&mut ledger, by, whom);
        }
        let roster = roster(&ledger);
        for one in CAROL..=GRACE {
            let shown = shown(&ledger, one, 0);
            prop_assert_eq!(shown.is_ok(), roster.is_active(cast()[one].id()));
            if let Ok(chain) = shown {
                prop_assert_eq!(judged(&chain, one, 0, &begun()), Ok(cast()[one].id()));
            }
        }
    }
}

/// The thief of one of bob's machines made another of them his, of which bob knew nothing when he took it away;
/// later a third one of bob's did so too.
#[test]
fn a_machine_is_shown_by_the_enrolment_that_stands() {
    let mut ledger = begun();
    let bob = &cast()[BOB];
    let mut thiefs = ledger.clone();
    say(&mut thiefs, bob.pen(0), &bob.enrol_by_device(1));
    drop_by_words(&mut ledger, BOB, 0);
    catch_up(&mut ledger, &thiefs);
    enrol(&mut ledger, BOB, 2);
    say(&mut ledger, bob.pen(2), &bob.enrol_by_device(1));
    let bobs = shown(&ledger, BOB, 1).unwrap();
    assert_eq!(judged(&bobs, BOB, 1, &ledger), Ok(bob.id()));
}

/// Whoever the complete set calls active can show it to one who knows nothing and to one who knows
/// all, and nobody else can.
#[test]
fn in_any_circle_the_active_can_show_it_and_nobody_else() {
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        cases: ProptestConfig::default().cases / 4,
        ..ProptestConfig::default()
    });
    let seen = std::cell::Cell::new([0; 3]);
    let run = runner.run(&script(), |(neighbours, steps)| {
        let ledger = Scene::play(neighbours, &steps, Without::default()).ledger;
        let roster = roster(&ledger);
        for who in 0..neighbours {
            for machine in 0..MACHINES {
                let device = cast()[who].device(machine);
                let known = roster.machine(device, cast()[who].id());
                let shown = shown(&ledger, who, machine);
                let [mut active, mut others, mut dropped] = seen.get();
                if roster.may_read(device) {
                    let chain = shown?;
                    prop_assert_eq!(judged(&chain, who, machine, &ledger), Ok(cast()[who].id()));
                    prop_assert_eq!(judged(&chain, who, machine, &begun()), Ok(cast()[who].id()));
                    active += 1;
                } else if let Ok(chain) = shown {
                    prop_assert!(judged(&chain, who, machine, &ledger).is_err());
                    dropped += 1;
                } else {
                    prop_assert!(
                        known.is_none_or(|machine| machine.dropped || !roster.is_active(machine.member))
                    );
                    others += 1;
                }
                seen.set([active, others, dropped]);
            }
        }
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
    assert!(seen.get().iter().all(|times| *times > 10), "{seen:?}");
}
