//! The rules of the roster, told as stories.

use crate::support::*;
use closeknit_ids::{ChangeHash, MemberKind};
use closeknit_trust::{
    circle::{doc_id, draft_circle},
    ledger::{Ledger, Outcome},
    roster::{Authority, Draft, MOST_ADMISSIONS, Roster, Standing},
    statement::{Body, Cut, Enrol, Pen, Vouch},
    text::{CircleName, DeviceLabel, ZoneName},
};

fn standing(ledger: &Ledger, who: usize) -> Standing {
    roster(ledger).member(cast()[who].id()).unwrap().standing
}

fn is_voter(ledger: &Ledger, who: usize) -> bool {
    roster(ledger).is_voter(cast()[who].id())
}

#[test]
fn a_circle_begins_with_two_voters() {
    let ledger = begun();
    let roster = roster(&ledger);
    assert_eq!(roster.circle(), Some(ledger.circle()));
    assert_eq!(roster.name().map(|name| &**name), Some("Millrace"));
    for who in [ALICE, BOB] {
        let who = &cast()[who];
        let founder = roster.member(who.id()).unwrap();
        assert!(founder.founder && founder.voter);
        assert_eq!(founder.standing, Standing::Active);
        let words = founder.words.unwrap();
        assert_eq!(words.recipient, who.words.member_identity(&words.nonce).recipient());
        assert_eq!(roster.recipients_of(who.id()), [words.recipient, who.devices[0].recipient()]);
    }
    assert_eq!(roster.members().count(), 2);
}

#[test]
fn a_newcomer_reads_at_once_and_votes_when_two_know_them() {
    let mut ledger = begun();
    enrol(&mut ledger, CAROL, 0);
    assert_eq!(standing(&ledger, CAROL), Standing::NotAdmitted);
    assert!(!roster(&ledger).may_read(cast()[CAROL].device(0)));
    admit(&mut ledger, ALICE, CAROL);
    assert_eq!(standing(&ledger, CAROL), Standing::Active);
    assert!(roster(&ledger).may_read(cast()[CAROL].device(0)));
    vouch(&mut ledger, ALICE, CAROL);
    vouch(&mut ledger, ALICE, CAROL);
    assert!(!is_voter(&ledger, CAROL), "the same neighbour twice is one voice");
    vouch(&mut ledger, BOB, CAROL);
    assert!(is_voter(&ledger, CAROL));
    let carol = roster(&ledger).member(cast()[CAROL].id()).unwrap().clone();
    assert_eq!(carol.kind, MemberKind::Household);
    assert_eq!(carol.vouched_by, cast().ids(&[ALICE, BOB]));
}

#[test]
fn the_word_of_who_has_no_vote_counts_nothing_until_they_have_one() {
    let mut ledger = begun();
    for newcomer in [CAROL, DAVE, ERIN] {
        welcome(&mut ledger, ALICE, newcomer);
    }
    vouch(&mut ledger, CAROL, ERIN);
    vouch(&mut ledger, DAVE, ERIN);
    assert!(!is_voter(&ledger, ERIN));
    vouch_both(&mut ledger, CAROL);
    assert!(!is_voter(&ledger, ERIN));
    vouch_both(&mut ledger, DAVE);
    assert!(is_voter(&ledger, ERIN), "what they said before counts now");
}

#[test]
fn an_organisation_that_two_know_stays_without_a_vote() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, PARISH);
    vouch_both(&mut ledger, PARISH);
    assert_eq!(standing(&ledger, PARISH), Standing::Active);
    assert!(!is_voter(&ledger, PARISH));
    assert_eq!(roster(&ledger).member(cast()[PARISH].id()).unwrap().kind, MemberKind::Organisation);
    let as_person = Body::Vouch(Vouch { member: cast()[PARISH].id(), kind: MemberKind::Person });
    say(&mut ledger, cast()[ALICE].pen(0), &as_person);
    assert!(!is_voter(&ledger, PARISH), "one voter cannot give it a vote");
}

#[test]
fn two_voters_in_one_case_remove_and_one_in_each_of_two_cases_does_not() {
    let mut ledger = begun();
    for newcomer in [CAROL, DAVE] {
        welcome(&mut ledger, ALICE, newcomer);
    }
    vouch_both(&mut ledger, CAROL);
    let case = remove(&mut ledger, ALICE, DAVE, None);
    remove(&mut ledger, BOB, DAVE, None);
    assert_eq!(standing(&ledger, DAVE), Standing::Active);
    let dave = roster(&ledger).member(cast()[DAVE].id()).unwrap().clone();
    assert_eq!(dave.cases.len(), 2);
    remove(&mut ledger, CAROL, DAVE, Some(&case));
    assert_eq!(standing(&ledger, DAVE), Standing::Removed);
    vouch_both(&mut ledger, DAVE);
    admit(&mut ledger, BOB, DAVE);
    assert_eq!(standing(&ledger, DAVE), Standing::Removed, "for good");
}

#[test]
fn nobody_votes_in_their_own_case() {
    let mut ledger = begun();
    let case = remove(&mut ledger, ALICE, BOB, None);
    remove(&mut ledger, BOB, BOB, Some(&case));
    assert_eq!(standing(&ledger, BOB), Standing::Active);
}

#[test]
fn who_leaves_is_gone_and_only_their_words_can_say_so() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, CAROL);
    say(&mut ledger, cast()[CAROL].pen(0), &Body::Leave);
    assert_eq!(standing(&ledger, CAROL), Standing::Active, "a stolen machine cannot leave for her");
    say(&mut ledger, cast()[CAROL].words_pen(), &Body::Leave);
    assert_eq!(standing(&ledger, CAROL), Standing::Left);
    assert!(!roster(&ledger).may_read(cast()[CAROL].device(0)));
}

/// Erin turns out to be bad. Whom she let in before the others noticed stays; whom she lets in
/// afterwards, or hid from them, does not.
#[test]
fn a_case_voids_the_admissions_that_its_voters_had_not_seen() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, ERIN);
    vouch_both(&mut ledger, ERIN);
    let before = welcome(&mut ledger, ERIN, CAROL);
    let mut erins = ledger.clone();
    let case = remove(&mut ledger, ALICE, ERIN, None);
    remove(&mut ledger, BOB, ERIN, Some(&case));
    let hidden = welcome(&mut erins, ERIN, DAVE);
    catch_up(&mut ledger, &erins);
    assert_eq!(standing(&ledger, ERIN), Standing::Removed);
    assert_eq!(standing(&ledger, CAROL), Standing::Active);
    assert_eq!(standing(&ledger, DAVE), Standing::NotAdmitted);
    assert_eq!(roster(&ledger).void_admissions().iter().copied().collect::<Vec<_>>(), [hidden.id()]);
    assert!(roster(&ledger).speaks_against(&hidden) && !roster(&ledger).speaks_against(&before));
    admit(&mut ledger, BOB, DAVE);
    assert_eq!(standing(&ledger, DAVE), Standing::Active, "by another's word");
}

#[test]
fn an_admission_seen_by_one_of_two_voters_is_not_void() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, ERIN);
    vouch_both(&mut ledger, ERIN);
    let mut alices = ledger.clone();
    let case = remove(&mut alices, ALICE, ERIN, None);
    welcome(&mut ledger, ERIN, DAVE);
    catch_up(&mut ledger, &alices);
    remove(&mut ledger, BOB, ERIN, Some(&case));
    assert_eq!(standing(&ledger, ERIN), Standing::Removed);
    assert_eq!(standing(&ledger, DAVE), Standing::Active);
}

#[test]
fn one_voters_word_keeps_so_many_in_and_no_more() {
    let mut ledger = begun();
    let newcomers: Vec<Neighbour> = (100..)
        .take(MOST_ADMISSIONS + 1)
        .map(|seed| Neighbour::new(seed, "newcomer", MemberKind::Person, 1))
        .collect();
    for newcomer in &newcomers {
        let Body::Admit(mut admit) = admit_body(ALICE, 0, CAROL, MemberKind::Person, 1) else {
            unreachable!()
        };
        admit.member = newcomer.id();
        say(&mut ledger, cast()[ALICE].pen(0), &Body::Admit(admit));
    }
    let active = |ledger: &Ledger| {
        let roster = roster(ledger);
        newcomers.iter().filter(|newcomer| roster.is_active(newcomer.id())).count()
    };
    assert_eq!(active(&ledger), MOST_ADMISSIONS);
    let last = newcomers.last().unwrap();
    assert!(!roster(&ledger).is_active(last.id()));
    let known = |newcomer: &Neighbour| Body::Vouch(Vouch { member: newcomer.id(), kind: MemberKind::Person });
    for by in [ALICE, BOB] {
        say(&mut ledger, cast()[by].pen(0), &known(&newcomers[0]));
    }
    assert_eq!(active(&ledger), MOST_ADMISSIONS + 1, "who is vouched for makes room");
    let admissions = &roster(&ledger).member(last.id()).unwrap().admissions.clone();
    assert!(admissions[0].token_used_again, "all with one invitation");
}

/// Carol's laptop is stolen after it enrolled her phone. With her words she takes it away.
#[test]
fn a_drop_voids_what_the_thief_did_and_keeps_what_carol_did() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, CAROL);
    vouch_both(&mut ledger, CAROL);
    let carol = &cast()[CAROL];
    say(&mut ledger, carol.pen(0), &carol.enrol_by_device(1));
    let mut thiefs = ledger.clone();
    let drop = drop_by_words(&mut ledger, CAROL, 0);
    say(&mut thiefs, carol.pen(0), &carol.enrol_by_device(2));
    welcome(&mut thiefs, CAROL, DAVE);
    vouch(&mut thiefs, CAROL, ERIN);
    generation(&mut thiefs, CAROL, 0, 1, 5);
    catch_up(&mut ledger, &thiefs);
    vouch(&mut ledger, ALICE, ERIN);
    let roster = roster(&ledger);
    let machine = |machine: usize| roster.machine(carol.device(machine), carol.id());
    assert!(machine(0).unwrap().dropped && !machine(1).unwrap().dropped);
    assert_eq!(machine(2), None, "enrolled by the thief");
    assert_eq!(roster.member(cast()[DAVE].id()).unwrap().standing, Standing::NotAdmitted);
    assert!(roster.is_voter(cast()[ERIN].id()), "a thief has one vote, which k tolerates");
    assert!(roster.lineage(doc_id(ledger.circle(), carol.id())).is_none_or(|lineage| lineage.n() == 0));
    assert!(roster.is_active(carol.id()) && roster.is_voter(carol.id()));
    assert!(ledger.contains(drop.id()));
}

#[test]
fn a_machine_given_away_by_itself_loses_only_what_it_does_afterwards() {
    let mut ledger = begun();
    let alice = &cast()[ALICE];
    welcome(&mut ledger, ALICE, DAVE);
    say(&mut ledger, alice.pen(0), &drop_body(ALICE, 0, vec![]));
    welcome(&mut ledger, ALICE, ERIN);
    assert_eq!(standing(&ledger, DAVE), Standing::Active);
    assert_eq!(standing(&ledger, ERIN), Standing::NotAdmitted);
    let doc = doc_id(ledger.circle(), alice.id());
    assert_eq!(roster(&ledger).authority(alice.device(0), doc, 0), Authority::Full);
    assert!(!roster(&ledger).may_read(alice.device(0)));
}

#[test]
fn another_machine_cannot_take_one_away() {
    let mut ledger = begun();
    let alice = &cast()[ALICE];
    say(&mut ledger, alice.pen(0), &alice.enrol_by_device(1));
    say(&mut ledger, alice.pen(1), &drop_body(ALICE, 0, vec![]));
    say(&mut ledger, cast()[BOB].words_pen(), &drop_body(ALICE, 0, vec![]));
    assert!(!roster(&ledger).machine(alice.device(0), alice.id()).unwrap().dropped);
}

#[test]
fn a_dropped_machines_writing_counts_up_to_the_cuts() {
    let mut ledger = begun();
    let alice = &cast()[ALICE];
    let doc = doc_id(ledger.circle(), alice.id());
    assert_eq!(roster(&ledger).authority(alice.device(0), doc, 0), Authority::Full);
    assert_eq!(roster(&ledger).authority(cast()[BOB].device(0), doc, 0), Authority::None);
    let heads = vec![ChangeHash([1; 32])];
    let cuts = vec![Cut { generation: 3, heads: heads.clone() }];
    say(&mut ledger, alice.words_pen(), &drop_body(ALICE, 0, cuts));
    assert_eq!(roster(&ledger).authority(alice.device(0), doc, 3), Authority::UpTo(vec![heads]));
    assert_eq!(roster(&ledger).authority(alice.device(0), doc, 2), Authority::UpTo(vec![vec![]]));
}

#[test]
fn generations_follow_one_another_and_the_higher_base_leads() {
    let mut ledger = begun();
    let alice = &cast()[ALICE];
    let doc = doc_id(ledger.circle(), alice.id());
    let lineage = |ledger: &Ledger| roster(ledger).lineage(doc).cloned().unwrap_or_default();
    say(&mut ledger, alice.pen(0), &alice.enrol_by_device(1));
    generation(&mut ledger, ALICE, 0, 2, 9);
    assert_eq!(lineage(&ledger).n(), 0, "two does not follow nothing");
    let mut laptop = ledger.clone();
    generation(&mut ledger, ALICE, 1, 1, 5);
    generation(&mut laptop, ALICE, 0, 1, 6);
    catch_up(&mut ledger, &laptop);
    let raced = lineage(&ledger);
    assert_eq!(raced.leading().map(|leading| (leading.n, leading.base)), Some((1, ChangeHash([6; 32]))));
    assert_eq!(raced.rivals().map(|rival| rival.base).collect::<Vec<_>>(), [ChangeHash([5; 32])]);
    generation(&mut ledger, ALICE, 0, 2, 1);
    let merged = lineage(&ledger);
    assert_eq!((merged.n(), merged.rivals().count()), (2, 0));
    assert_eq!(merged.forgotten().len(), 3, "of all that count");
    generation(&mut ledger, BOB, 0, 1, 7);
    assert_eq!(lineage(&ledger), merged, "another's document is another's");
    let again = say(&mut ledger, alice.words_pen(), &generation_body(3, 2));
    assert_eq!(lineage(&ledger).leading().map(|leading| leading.statement), Some(again.id()));
    assert!(lineage(&ledger).leading().unwrap().by_member_key);
}

/// Her laptop and a copy of it: each begins a generation, at different numbers of their statements.
#[test]
fn generations_of_two_copies_of_one_key_are_rivals_in_whatever_order_they_come() {
    let mut ledger = begun();
    let doc = doc_id(ledger.circle(), cast()[ALICE].id());
    let mut copy = ledger.clone();
    generation(&mut ledger, ALICE, 0, 1, 5);
    vouch(&mut copy, ALICE, CAROL);
    generation(&mut copy, ALICE, 0, 1, 6);
    let mut other_order = copy.clone();
    catch_up(&mut other_order, &ledger);
    catch_up(&mut ledger, &copy);
    assert_eq!(roster(&ledger), roster(&other_order));
    let lineage = roster(&ledger).lineage(doc).cloned().unwrap();
    assert_eq!(lineage.leading().map(|leading| (leading.n, leading.base)), Some((1, ChangeHash([6; 32]))));
    assert_eq!(lineage.rivals().count(), 1);
}

/// Two machines come to the very same base, and a third generation follows both.
#[test]
fn which_of_two_equal_generations_is_followed_does_not_depend_on_the_order() {
    let mut ledger = begun();
    let alice = &cast()[ALICE];
    let doc = doc_id(ledger.circle(), alice.id());
    say(&mut ledger, alice.pen(0), &alice.enrol_by_device(1));
    let mut laptop = ledger.clone();
    generation(&mut ledger, ALICE, 1, 1, 5);
    generation(&mut laptop, ALICE, 0, 1, 5);
    let mut other_order = laptop.clone();
    catch_up(&mut other_order, &ledger);
    catch_up(&mut ledger, &laptop);
    let third = generation(&mut ledger, ALICE, 0, 2, 7);
    assert_eq!(other_order.insert(third), Outcome::New);
    assert_eq!(roster(&ledger), roster(&other_order));
    assert_eq!(roster(&ledger).lineage(doc).unwrap().line().count(), 2);
}

#[test]
fn a_drop_that_voids_a_generation_restores_the_one_before() {
    let mut ledger = begun();
    let alice = &cast()[ALICE];
    let doc = doc_id(ledger.circle(), alice.id());
    generation(&mut ledger, ALICE, 0, 1, 5);
    let mut thiefs = ledger.clone();
    drop_by_words(&mut ledger, ALICE, 0);
    generation(&mut thiefs, ALICE, 0, 2, 6);
    assert_eq!(roster(&thiefs).lineage(doc).unwrap().n(), 2);
    catch_up(&mut ledger, &thiefs);
    assert_eq!(roster(&ledger).lineage(doc).unwrap().n(), 1);
}

/// Carol leaves and comes back later under a new name, on the same laptop.
#[test]
fn one_machine_may_belong_to_two_members_in_turn() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, CAROL);
    say(&mut ledger, cast()[CAROL].words_pen(), &Body::Leave);
    let laptop = &cast()[CAROL].devices[0];
    let again = Neighbour::new(500, "carol again", MemberKind::Person, 0);
    let label = DeviceLabel::new("laptop").unwrap();
    let machine = laptop.machine(ledger.circle(), again.id(), label);
    let enrol = Enrol::by_words(machine, &again.words, again.nonce);
    say(&mut ledger, again.words_pen(), &Body::Enrol(enrol));
    let Body::Admit(mut admit) = admit_body(ALICE, 0, CAROL, MemberKind::Person, 9) else { unreachable!() };
    admit.member = again.id();
    say(&mut ledger, cast()[ALICE].pen(0), &Body::Admit(admit));
    let roster = roster(&ledger);
    assert_eq!(roster.owner_of(laptop.id()), Some(again.id()));
    assert!(roster.may_read(laptop.id()));
    assert_eq!(roster.member(cast()[CAROL].id()).unwrap().standing, Standing::Left);
    let pen = Pen::Device(laptop, again.id());
    let first = say(&mut ledger, pen, &vouch_body(DAVE));
    assert_eq!(first.index(), 1);
}

#[test]
fn before_its_beginning_a_circle_has_nobody() {
    let roster = Roster::fold(&Ledger::new(cast().circle()));
    assert_eq!(roster, Roster::default());
    assert_eq!(roster.circle(), None);
}

#[test]
fn who_is_removed_before_anything_else_is_heard_of_them_stays_out() {
    let mut ledger = begun();
    let case = remove(&mut ledger, ALICE, CAROL, None);
    remove(&mut ledger, BOB, CAROL, Some(&case));
    assert_eq!(standing(&ledger, CAROL), Standing::Removed);
    let mut elsewhere = begun();
    welcome(&mut elsewhere, ALICE, CAROL);
    catch_up(&mut ledger, &elsewhere);
    assert_eq!(standing(&ledger, CAROL), Standing::Removed);
}

/// More than one pass traces together, some of them seen by both voters and some by neither.
#[test]
fn of_many_admissions_exactly_the_unseen_are_void() {
    let mut ledger = begun();
    welcome(&mut ledger, ALICE, ERIN);
    vouch_both(&mut ledger, ERIN);
    let admit = admit_body(ERIN, 0, DAVE, MemberKind::Person, 1);
    let admit_many = |ledger: &mut Ledger, count: usize| {
        let statements = (0..count).map(|_| say(ledger, cast()[ERIN].pen(0), &admit).id());
        statements.collect::<std::collections::BTreeSet<_>>()
    };
    let seen = admit_many(&mut ledger, 70);
    let mut erins = ledger.clone();
    let hidden = admit_many(&mut erins, 75);
    let case = remove(&mut ledger, ALICE, ERIN, None);
    remove(&mut ledger, BOB, ERIN, Some(&case));
    catch_up(&mut ledger, &erins);
    assert_eq!(roster(&ledger).void_admissions(), &hidden);
    let against = |id: &closeknit_ids::StatementId| roster(&ledger).speaks_against(ledger.get(*id).unwrap());
    assert!(!against(seen.last().unwrap()) && against(hidden.first().unwrap()));
}

#[test]
fn what_somebody_is_most_voters_say() {
    let mut ledger = begun();
    for newcomer in [CAROL, DAVE] {
        welcome(&mut ledger, ALICE, newcomer);
        vouch_both(&mut ledger, newcomer);
    }
    let kind = |ledger: &Ledger| roster(ledger).member(cast()[PARISH].id()).unwrap().kind;
    enrol(&mut ledger, PARISH, 0);
    assert_eq!(kind(&ledger), MemberKind::Person, "as long as none says anything");
    admit(&mut ledger, ALICE, PARISH);
    assert_eq!(kind(&ledger), MemberKind::Organisation);
    let said = |kind| Body::Vouch(Vouch { member: cast()[PARISH].id(), kind });
    say(&mut ledger, cast()[BOB].pen(0), &said(MemberKind::Household));
    assert_eq!(kind(&ledger), MemberKind::Household, "of equal ones the first");
    say(&mut ledger, cast()[CAROL].pen(0), &said(MemberKind::Organisation));
    assert_eq!(kind(&ledger), MemberKind::Organisation);
    say(&mut ledger, cast()[DAVE].pen(0), &said(MemberKind::Household));
    let parish = roster(&ledger).member(cast()[PARISH].id()).unwrap().clone();
    assert!(parish.voter && parish.kind == MemberKind::Household, "who has a vote is no organisation");
}

#[test]
fn nothing_is_sealed_to_a_machine_that_was_dropped() {
    let mut ledger = begun();
    let alice = &cast()[ALICE];
    say(&mut ledger, alice.pen(0), &alice.enrol_by_device(1));
    drop_by_words(&mut ledger, ALICE, 0);
    let words = alice.words.member_identity(&alice.nonce).recipient();
    assert_eq!(roster(&ledger).recipients_of(alice.id()), [words, alice.devices[1].recipient()]);
    assert_eq!(roster(&ledger).machines_of(alice.id()).count(), 2);
}

/// A machine that gave itself away and then lets somebody in is known to have no say any more.
#[test]
fn what_a_machine_does_after_it_gave_itself_away_is_spoken_against() {
    let mut ledger = begun();
    let before = welcome(&mut ledger, ALICE, CAROL);
    say(&mut ledger, cast()[ALICE].pen(0), &drop_body(ALICE, 0, vec![]));
    let after = welcome(&mut ledger, ALICE, DAVE);
    let roster = roster(&ledger);
    assert!(!roster.speaks_against(&before) && roster.speaks_against(&after));
}

#[test]
fn a_draft_is_a_circle_of_one() {
    let alice = &cast()[ALICE];
    let circle = draft_circle(alice.id());
    let machine = alice.devices[0].machine(circle, alice.id(), DeviceLabel::new("alice's laptop").unwrap());
    let Enrol { words, machine } = Enrol::by_words(machine, &alice.words, alice.nonce);
    let roster = Roster::draft(Draft {
        name: CircleName::new("Millrace").unwrap(),
        zone: ZoneName::new("Europe/Vienna").unwrap(),
        member: alice.id(),
        kind: MemberKind::Person,
        words: words.unwrap(),
        machine,
    });
    assert_eq!((roster.circle(), roster.members().count()), (Some(circle), 1));
    assert_eq!(roster.name().map(|name| &**name), Some("Millrace"));
    assert_eq!(roster.zone().map(|zone| &**zone), Some("Europe/Vienna"));
    assert!(roster.is_active(alice.id()) && roster.may_read(alice.device(0)));
    let doc = doc_id(circle, alice.id());
    assert_eq!(roster.owner_of_doc(doc), Some(alice.id()));
    assert_eq!(roster.authority(alice.device(0), doc, 0), Authority::Full);
}
